"""Fetches a file from the model hub, going on where an earlier try stopped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import cache

import httpx

from coach.errors import DigestMismatch, DownloadError
from coach.llm.entries import HubSource
from coach.llm.partial import Partial

_HUB = "https://huggingface.co"
_LIMIT_S = 3.0
_SILENCE_S = 30.0
_TRIES = 5
_PAUSE_S = 0.2


def address() -> str:
    """Return the hub's address; the variable COACH_HUB_URL names another one."""
    return os.environ.get("COACH_HUB_URL", _HUB).rstrip("/")


def is_reachable() -> bool:
    """Tell whether the hub answers within 3 seconds; asked once per process and address."""
    return _answers(address())


@cache
def _answers(hub: str) -> bool:
    answered = threading.Event()

    def ask() -> None:
        try:
            if httpx.head(hub, timeout=_LIMIT_S, follow_redirects=True).is_success:
                answered.set()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError):
            pass
        finally:
            asked.set()

    asked = threading.Event()
    # Looking up a name has no time limit of its own, hence a thread that may be left behind.
    threading.Thread(target=ask, name="hub-probe", daemon=True).start()
    asked.wait(_LIMIT_S)
    return answered.is_set()


class _Dropped(Exception):
    """The connection ended before the file did, or the server asked to come again."""


def fetch(source: HubSource, partial: Partial, size: int, report: Callable[[int], None]) -> None:
    """Fill ``partial`` up to ``size`` bytes. ``report`` is told the bytes so far.

    Raises:
        DownloadError: The hub does not have the file, or the connection kept dropping.
        DigestMismatch: The hub's file has another size, so it cannot be the right one.
    """
    url = f"{address()}/{source.repository}/resolve/{source.revision}/{source.file}"
    limits = httpx.Timeout(_SILENCE_S, connect=_LIMIT_S)
    # Ranges count bytes as they are sent, so nothing may be packed on the way.
    plain = {"Accept-Encoding": "identity"}
    furthest, failures = -1, 0
    with httpx.Client(timeout=limits, headers=plain, follow_redirects=True) as client:
        while (have := _usable(partial, source, size)) < size:
            failures = 0 if have > furthest else failures + 1
            furthest = max(furthest, have)
            if failures > _TRIES:
                raise DownloadError(f"the hub dropped the connection {failures} times at {have} of {size} bytes")
            time.sleep(_PAUSE_S * failures)
            try:
                _receive(client, url, source, partial, size, report)
            except (httpx.TransportError, _Dropped):
                continue
            except httpx.HTTPError as error:
                raise DownloadError(f"the hub's answer cannot be used ({error})") from error


def _usable(partial: Partial, source: HubSource, size: int) -> int:
    if partial.source != source.key:
        return 0
    if partial.size > size:
        partial.discard()
    return partial.size


def _receive(
    client: httpx.Client, url: str, source: HubSource, partial: Partial, size: int, report: Callable[[int], None]
) -> None:
    have = _usable(partial, source, size)
    with client.stream("GET", url, headers={"Range": f"bytes={have}-"} if have else {}) as response:
        goes_on = _check(response, have, size)
        partial.begin(source.key)
        with partial.path.open("ab" if goes_on else "wb") as file:
            # No block size: bytes gathered into larger blocks are lost when the connection drops.
            for block in response.iter_raw():
                file.write(block)
                if file.tell() > size:
                    raise _other_size(f"more than {size}", size)
                report(file.tell())


def _check(response: httpx.Response, have: int, size: int) -> bool:
    """Tell whether the answer goes on where the bytes at hand end; otherwise it begins anew."""
    status = response.status_code
    if status == httpx.codes.PARTIAL_CONTENT:
        start, _, total = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
        if total.isdigit() and int(total) != size:
            raise _other_size(total, size)
        if start.partition("-")[0] != str(have):
            raise DownloadError("the hub sent another part of the file than it was asked for")
        return True
    if status == httpx.codes.OK:
        length = response.headers.get("Content-Length", str(size))
        if length != str(size):
            raise _other_size(length, size)
        return False
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise _other_size(f"{have} or fewer", size)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.TOO_MANY_REQUESTS:
        raise _Dropped
    raise DownloadError(f"the hub answered {status} {response.reason_phrase} for {response.url.path}")


def _other_size(found: str, size: int) -> DigestMismatch:
    return DigestMismatch(f"the hub's file has {found} bytes, but the catalog names {size}")
