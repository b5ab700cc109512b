"""Talks to a page of the coach over HTTP as a browser does, without one."""

from __future__ import annotations

import html
import json
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

import httpx

from coach.errors import CoachError

_LIMIT_S = 600.0
_TAG = re.compile(r"<[^>]+>")


class PageClient:
    """One tab.

    Args:
        address: The page's address.

    Raises:
        CoachError: The page does not answer.
    """

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=_LIMIT_S, trust_env=False)
        self._tab = secrets.token_hex(6)
        try:
            self.page = self._http.get("/").raise_for_status().text
            config = self._http.get("/config").raise_for_status().json()
        except httpx.HTTPError as error:
            raise CoachError(f"The page does not answer: {error}.") from error
        names = {each["id"]: each["props"].get("elem_id") or each["type"] for each in config["components"]}
        self._calls: dict[str, int] = {}
        self._after: dict[int, int] = {}
        for call in config["dependencies"]:
            for target, event in call["targets"]:
                self._calls.setdefault(f"{names.get(target, '')}.{event}", call["id"])
            if call["trigger_after"] is not None:
                self._after[call["trigger_after"]] = call["id"]
        self._shown = {call["id"]: [names[each] for each in call["outputs"]] for call in config["dependencies"]}

    def load(self) -> None:
        """Open the page, and wait until everything is loaded.

        Raises:
            CoachError: It takes too long.
        """
        self._call(next(number for name, number in self._calls.items() if name.endswith(".load")))
        end = time.monotonic() + _LIMIT_S
        while "<progress" in str(self._call(self._calls["timer.tick"])["status"]):
            if time.monotonic() > end:
                raise CoachError("The page was not ready in time.")
            time.sleep(0.5)

    def say(self, text: str) -> str:
        """Send a message and return the answer as it stands at its end, as plain text.

        Raises:
            CoachError: There was no answer.
        """
        sent = self._calls["message.submit"]
        self._call(sent, text)
        answer = self._after[sent]
        body = {"data": [], "fn_index": answer, "session_hash": self._tab}
        self._http.post("/gradio_api/queue/join", json=body).raise_for_status()
        shown: Any = None
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._tab}) as stream:
            for line in stream.iter_lines():
                event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if event.get("msg") == "process_completed":
                    shown = self._named(answer, event["output"].get("data", []))
                    break
        found = [text for text in _texts(shown and shown.get("chat")) if "class='answer'" in text]
        if not found:
            raise CoachError("The page gave no answer.")
        return html.unescape(_TAG.sub(" ", found[-1].partition("<div class='tools'")[0])).strip()

    def close(self) -> None:
        """Close the tab."""
        self._http.close()

    def _call(self, number: int, *data: Any) -> dict[str, Any]:
        body = {"data": list(data), "fn_index": number, "session_hash": self._tab}
        answer = self._http.post("/gradio_api/run/predict", json=body).raise_for_status().json()
        return self._named(number, answer["data"])

    def _named(self, number: int, data: list[Any]) -> dict[str, Any]:
        return dict(zip(self._shown[number], data, strict=False))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in plain JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
