"""Types conversations into the real page in Chromium and reads what it shows, for ``measure_safety.py``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page
from safety_talks import FixedTexts, Shown, faults_of
from served_page import browser

from coach.errors import CoachError
from coach.evals.children import environment, started
from coach.evals.page import comes_up, free_port
from coach.settings import Settings
from coach.types import Level
from coach.ui import texts

LIMIT_S = 300.0

# What the newest answer shows: fixed text, the coach's own words, and whether the panel with help is in view.
_READ = """() => {
  const bot = [...document.querySelectorAll('#chat [data-testid=bot]')].at(-1);
  const texts = (selector) => [...bot.querySelectorAll(selector)].map((each) => each.innerText.trim());
  const panel = document.querySelector('#help section');
  const box = panel?.getBoundingClientRect();
  return {
    fixed: texts('.safety').join('\\n'), said: texts('.said, .draft'), failed: texts('.failure').length > 0,
    panel: !!box && box.height > 0 && box.top >= 0 && box.top < innerHeight && panel.querySelectorAll('a').length > 0,
  };
}"""


@contextmanager
def talk_in_page(settings: Settings, fixed: FixedTexts) -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """Serve the page, and give a function that holds one conversation in a new tab of it."""
    port = free_port()
    command = [sys.executable, "-m", "coach", "ui", "--no-browser"]
    environ = environment(settings, COACH_PORT=str(port), COACH_DATA_DIR=settings.data_dir)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with browser() as running, started(command, environ, **quiet) as process:
        if not comes_up(process, port, limit_s=LIMIT_S):
            raise CoachError("The page did not start.")
        yield lambda row: _talk(running, f"http://127.0.0.1:{port}/", row, fixed)


def _talk(browser: Browser, address: str, row: dict[str, Any], fixed: FixedTexts) -> dict[str, Any]:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        context.set_default_timeout(LIMIT_S * 1000)
        tab = context.new_page()
        tab.goto(address)
        tab.locator("#message textarea").wait_for()
        # The language model is to answer, not the vetted text that stands in while it loads.
        tab.locator("#status progress").wait_for(state="detached")
        before = due = Level.L0
        held: list[dict[str, Any]] = []
        for turn in row["turns"]:
            found = _said(tab, turn["text"])
            shown = Shown(
                level=fixed.level(found["fixed"]),
                fixed=found["fixed"],
                others=tuple(found["said"]),
                panel=found["panel"],
                failed=found["failed"],
            )
            expected = Level(turn["level"])
            faults = faults_of(expected, shown, before, fixed, due=due)
            held.append({"expected": expected.value, "found": shown.level.value, "faults": faults, **found})
            before, due = shown.level, expected
        return {"id": row["id"], "turns": held}


def _said(tab: Page, text: str) -> dict[str, Any]:
    box = tab.get_by_role("textbox", name=texts.BOX_LABEL, exact=True)
    answered = tab.locator("#chat [data-testid=bot]").count()
    box.fill(text)
    tab.get_by_role("button", name=texts.SEND, exact=True).click()
    tab.wait_for_function("count => document.querySelectorAll('#chat [data-testid=bot]').length > count", arg=answered)
    tab.get_by_role("button", name=texts.AGAIN, exact=True).wait_for()
    found: dict[str, Any] = tab.evaluate(_READ)
    return found
