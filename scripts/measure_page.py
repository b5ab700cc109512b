"""Measure how long a second start takes until one can type, in a real browser, against an empty Gradio page."""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measurements import Result, deliver, look
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from coach.errors import CoachError
from coach.evals.children import environment, started
from coach.evals.page import QUIET, comes_up, empty_page, free_port
from coach.settings import load

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
STARTS = 5
BOX = "textarea:enabled"

METHOD = (
    "One Chromium is running. The start command and the program of an empty Gradio page (Blocks with one text box) are "
    "started in turn, each ended before the next; the clock runs from the start of the process. As soon as the address "
    "answers, a fresh browser context opens it, and the clock stops when a text box is visible and enabled. The first "
    "start of each is not counted. Medians; the ratio is that of the medians."
)


def measure(options: argparse.Namespace) -> Result:
    """Start both pages in turn and return seconds until a text box can be used."""
    if not Path(CHROMIUM).is_file():
        raise CoachError(f"There is no browser at {CHROMIUM}.", hint="Install it with `sudo apt-get install chromium`.")
    count = 2 if options.quick else STARTS
    own: list[float] = []
    empty: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for number in range(count + 1):
            look(f"start {number} of {count}" if number else "a first start of each, not counted")
            own.append(_seconds(browser, shlex.split(options.command), free_port()))
            port = free_port()
            empty.append(_seconds(browser, empty_page(port), port))
        browser.close()
    return _result(options.command, own[1:], empty[1:])


def _result(command: str, own: Sequence[float], empty: Sequence[float]) -> Result:
    medians = statistics.median(own), statistics.median(empty)
    return Result(
        title="From the start to a page one can type into",
        method=METHOD,
        rows=[
            (f"`{command}`, second start", f"{medians[0]:.2f} s", _span(own)),
            ("empty Gradio page", f"{medians[1]:.2f} s", _span(empty)),
            ("ratio", f"{medians[0] / medians[1]:.2f}", ""),
        ],
        data={"command": command, "own_s": list(own), "empty_s": list(empty)},
    )


def _span(values: Sequence[float]) -> str:
    return f"{len(values)} starts, {min(values):.2f} to {max(values):.2f} s"


def _seconds(browser: Browser, command: Sequence[str], port: int) -> float:
    """Start a page, open it, and return the seconds until its text box is enabled."""
    environ = environment(load(), COACH_PORT=str(port), COACH_OPEN_BROWSER="false", **QUIET)
    with tempfile.TemporaryFile("w+") as output, browser.new_context() as context:
        page = context.new_page()
        options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, "cwd": ROOT}
        began = time.perf_counter()
        with started(command, environ, **options) as process:
            if not comes_up(process, port):
                output.seek(0)
                raise CoachError(f"The page did not start: {output.read().strip()[-300:]}")
            try:
                page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
                page.wait_for_selector(BOX, state="visible")
            except PlaywrightError as error:
                raise CoachError(f"The page cannot be used in the browser: {error}") from error
            return time.perf_counter() - began


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--command", default="make run", help="what starts the coach's page")


if __name__ == "__main__":
    sys.exit(deliver(measure, options=_options))
