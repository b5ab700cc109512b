"""Measure three tabs that talk at once on the default model: order, places, lost words, Stop, closing, memory."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measurements import Result, Row, deliver, look
from playwright.sync_api import Browser, Page
from served_page import browser, opened, say, served

from coach.errors import CoachError
from coach.evals.conversation import MESSAGES
from coach.journal.store import Journal
from coach.settings import load
from coach.ui import texts

ROUNDS = 8
TABS = 3
LIMIT_S = 600.0
# So long that the model reads for seconds before it can answer.
LONG = " ".join(f"Then they asked me about project {number}, and I did not know what to say." for number in range(60))
METHOD = (
    "The page runs on the default model with an empty journal; three windows of one Chromium show a conversation each. "
    "Rounds: all three send within a moment, each a message of its own; whose answer ends when, and which places were "
    "shown, is noted. At the end the words in each window and in the journal are compared with what was sent, and each "
    "message must have an answer of its own. Stop: while all three wait, one is stopped in its place in the line, "
    "and the one being answered is stopped, too; the clock runs from the click until that window says so. Closing: the "
    "window that is being answered is closed; the clock runs until the next is no longer told to wait. Memory is "
    "the resident memory of the page's process, after a first answer in each window and at the end."
)

_NOTE = """() => { window.told = []; new MutationObserver(() => {
  const text = document.querySelector('#notice')?.innerText.trim();
  if (text && text !== window.told.at(-1)) window.told.push(text);
}).observe(document.querySelector('#talk'), {childList: true, subtree: true, characterData: true}); }"""


@dataclass(kw_only=True)
class Found:
    """What came out."""

    rounds: int = 0
    in_order: int = 0
    places: int = 0
    lost: int = 0
    stop_waiting_s: float = 0.0
    stop_answering_s: float = 0.0
    after_stop: bool = False
    freed_s: float = 0.0
    memory: tuple[int, int, int] = (0, 0, 0)


def measure(options: argparse.Namespace) -> Result:
    """Talk in three tabs and return what came out."""
    found = Found(rounds=2 if options.quick else ROUNDS)
    with tempfile.TemporaryDirectory(prefix="rebound-") as folder:
        with served(Path(folder)) as (address, process), browser() as chromium:
            tabs = [_tab(chromium, address) for _ in range(TABS)]
            sent: list[list[str]] = [[f"Hello from window {number}." for number in range(TABS)]]
            for tab, text in zip(tabs, sent[0], strict=True):
                say(tab, text)
            before = _memory(process, "VmRSS")
            for number in range(found.rounds):
                look(f"round {number + 1} of {found.rounds}")
                sent.append(_round(tabs, number, found))
            said = [[row[place] for row in sent] for place in range(TABS)]
            found.lost += sum(_lost(tab, texts_) for tab, texts_ in zip(tabs, said, strict=True))
            look("Stop")
            _stop(tabs, found)
            look("closing")
            _close(tabs, found)
            found.memory = (before, _memory(process, "VmRSS"), _memory(process, "VmHWM"))
        found.lost += _lost_in_journal(Path(folder), said)
    return _result(found)


def _tab(chromium: Browser, address: str) -> Page:
    tab = opened(chromium, address)
    tab.evaluate(_NOTE)
    return tab


def _round(tabs: Sequence[Page], number: int, found: Found) -> list[str]:
    """Send in all tabs, the first of them another each time, and wait for all answers; return what was sent."""
    sent = [f"{MESSAGES[(TABS * number + place) % 12]} ({number}.{place})" for place in range(TABS)]
    order = [(number + step) % TABS for step in range(TABS)]
    for tab in tabs:
        tab.evaluate("() => { window.told = []; }")
    for place in order:
        say(tabs[place], sent[place], wait=False)
    ended: list[int] = []
    _until(lambda: _note_ends(tabs, ended))
    found.in_order += ended == order
    places = [tabs[place].evaluate("() => window.told") for place in order]
    second = texts.NEXT_IN_LINE in places[1]
    # The first may have been answered before the third stood in the line.
    third = texts.IN_LINE.format(ahead=2) in places[2] or texts.NEXT_IN_LINE in places[2]
    found.places += second and third
    return sent


def _note_ends(tabs: Sequence[Page], ended: list[int]) -> bool:
    for place, tab in enumerate(tabs):
        if place not in ended and tab.locator("#again").is_visible():
            ended.append(place)
    return len(ended) == len(tabs)


def _lost(tab: Page, sent: Sequence[str]) -> int:
    """Return how many messages a window does not show word for word, or without an answer."""
    shown = [text.strip() for text in tab.locator("#chat [data-testid=user]").all_inner_texts()]
    answers = [text for text in tab.locator("#chat .answer").all_inner_texts() if text.strip()]
    return sum(text not in shown for text in sent) + max(0, len(sent) - len(answers))


def _lost_in_journal(folder: Path, said: Sequence[Sequence[str]]) -> int:
    with Journal.open(load({"data_dir": str(folder)}).journal_folder) as journal:
        kept = [journal.read(each.id) for each in journal.conversations()]
    lost = 0
    for sent in said:
        turns = next((each.turns for each in kept if [turn.message for turn in each.turns[: len(sent)]] == sent), ())
        lost += sum(not turn.reply.strip() for turn in turns[: len(sent)]) if turns else len(sent)
    return lost


def _stop(tabs: Sequence[Page], found: Found) -> None:
    first, second, third = tabs
    say(first, LONG, wait=False)
    say(second, "How do I ask for feedback?", wait=False)
    say(third, "They said no.", wait=False)
    found.stop_waiting_s = _stopped(third)
    found.stop_answering_s = _stopped(first)
    second.locator("#again").wait_for()
    found.after_stop = bool(second.locator("#chat .answer").last.inner_text().strip())


def _stopped(tab: Page) -> float:
    tab.locator("#message .stop-button").click()
    began = time.perf_counter()
    tab.locator("#notice").get_by_text(re.compile("^Stopped")).wait_for()
    return time.perf_counter() - began


def _close(tabs: Sequence[Page], found: Found) -> None:
    first, second, _ = tabs
    say(first, f"Again. {LONG}", wait=False)
    say(second, "I do not want advice today.", wait=False)
    waiting = second.locator("#notice").get_by_text(texts.NEXT_IN_LINE)
    waiting.wait_for()
    began = time.perf_counter()
    first.context.close()
    waiting.wait_for(state="hidden")
    found.freed_s = time.perf_counter() - began
    second.locator("#again").wait_for()


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not done():
        if time.monotonic() > end:
            raise CoachError("Not all of the windows were answered.")
        time.sleep(0.05)


def _memory(process: int, name: str) -> int:
    """Return a process's resident memory in bytes, now (VmRSS) or at its highest (VmHWM)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return 1024 * int(re.search(rf"{name}:\s+(\d+) kB", status)[1])  # type: ignore[index]


def _result(found: Found) -> Result:
    before, after, highest = found.memory
    rows: list[Row] = [
        ("rounds in which the answers came in the order of sending", f"{found.in_order} of {found.rounds}", ""),
        ("rounds in which both who waited were told their place", f"{found.places} of {found.rounds}", ""),
        ("messages or answers lost", str(found.lost), f"of {TABS * (found.rounds + 1)}, in window and journal"),
        ("Stop while waiting in the line", f"{found.stop_waiting_s:.2f} s", "until the window says so"),
        ("Stop while being answered", f"{found.stop_answering_s:.2f} s", "until the window says so"),
        ("the third window after both stops", "answered" if found.after_stop else "not answered", ""),
        ("closing the window that is being answered", f"{found.freed_s:.2f} s", "until the next one's turn"),
        ("memory after a first answer each", f"{before / 1e9:.2f} GB", ""),
        ("memory at the end", f"{after / 1e9:.2f} GB", f"highest {highest / 1e9:.2f} GB"),
    ]
    return Result(title="Three tabs at once on the default model", method=METHOD, rows=rows, data=vars(found))


if __name__ == "__main__":
    sys.exit(deliver(measure))
