"""Measure how long a reload of a conversation of 200 turns takes, against that of an empty one, in a real browser."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from journal_trials import fill
from measurements import Result, deliver, look
from playwright.sync_api import Page
from served_page import BOX, browser, opened, served

from coach.journal.store import Journal
from coach.settings import load

TURNS = 200
RELOADS = 10
METHOD = (
    f"The page runs with a journal that holds one conversation of {TURNS} turns, 40 words an answer. Two windows of "
    "one Chromium show it and an empty conversation; once all is loaded, each is reloaded in turn. The clock runs from "
    "the reload until the server has told what to show, the text box can be used, and the last answer, or the "
    "invitation of the empty conversation, is in view. The first reload of each is not counted. Medians."
)


def measure(options: argparse.Namespace) -> Result:
    """Reload both in turn and return the seconds."""
    count = 3 if options.quick else RELOADS
    with tempfile.TemporaryDirectory(prefix="rebound-") as folder:
        place = Path(folder)
        path = load({"data_dir": folder}).journal_folder
        conversation = _write(path)
        with served(place) as (address, _), browser() as chromium:
            long, empty = opened(chromium, f"{address}?c={conversation}"), opened(chromium, address)
            seconds: dict[str, list[float]] = {"long": [], "empty": []}
            for number in range(count + 1):
                look(f"reload {number} of {count}" if number else "a first reload of each, not counted")
                seconds["long"].append(_reload(long, "#chat .answer"))
                seconds["empty"].append(_reload(empty, "#chat .placeholder"))
    return _result(seconds["long"][1:], seconds["empty"][1:])


def _write(folder: Path) -> str:
    """Write the long conversation and return its id."""
    with Journal.open(folder) as journal:
        fill(journal, 1, turns=TURNS)
        (summary,) = journal.conversations()
        return summary.id


def _reload(page: Page, shown: str) -> float:
    began = time.perf_counter()
    page.reload(wait_until="commit")
    page.locator("#preferences [data-theme]").wait_for(state="attached")  # the server has told what to show
    page.locator(shown).last.wait_for()
    page.locator(f"{BOX}:enabled").wait_for()
    return time.perf_counter() - began


def _result(long: Sequence[float], empty: Sequence[float]) -> Result:
    medians = statistics.median(long), statistics.median(empty)
    return Result(
        title=f"Reload of a conversation of {TURNS} turns",
        method=METHOD,
        rows=[
            (f"{TURNS} turns", f"{medians[0]:.2f} s", _span(long)),
            ("empty conversation", f"{medians[1]:.2f} s", _span(empty)),
            ("longer by", f"{medians[0] - medians[1]:.2f} s", "wanted: at most 1 s"),
        ],
        data={"long_s": list(long), "empty_s": list(empty)},
    )


def _span(values: Sequence[float]) -> str:
    return f"{len(values)} reloads, {min(values):.2f} to {max(values):.2f} s"


if __name__ == "__main__":
    sys.exit(deliver(measure))
