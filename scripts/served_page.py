"""Serves the real page with a data folder of its own, for scripts that look at it in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from coach.errors import CoachError
from coach.evals.children import environment, started
from coach.evals.page import QUIET
from coach.settings import load

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")
LIMIT_MS = 600_000
BOX = "#message textarea"


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a Chromium.

    Raises:
        CoachError: There is none.
    """
    if not Path(CHROMIUM).is_file():
        raise CoachError(f"There is no browser at {CHROMIUM}.", hint="Install it with `sudo apt-get install chromium`.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


@contextmanager
def served(data: Path, **changes: str) -> Iterator[tuple[str, int]]:
    """Serve the page from a data folder that borrows this machine's models and card index.

    Args:
        data: The folder.
        changes: Variables of the environment that differ.

    Yields:
        The page's address and its process's id.

    Raises:
        CoachError: It did not start.
    """
    own = load()
    if not (data / "models").exists():
        (data / "models").symlink_to(own.models, target_is_directory=True)
        if own.index.is_dir():
            shutil.copytree(own.index, data / "index")
    variables = {"COACH_DATA_DIR": str(data), "COACH_CONFIG_DIR": str(data / "config"), "COACH_COUNTRY": "GB"}
    environ = environment(own, **(variables | QUIET | changes))
    command = [sys.executable, "-m", "coach", "--port", "7900", "ui", "--no-browser"]
    with started(command, environ, stdout=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout is not None
        for line in program.stdout:
            found = re.search(r"http://\S+", line)
            if found:
                yield found[0], program.pid
                return
    raise CoachError("The page did not start.", hint="Run `coach doctor`.")


def opened(browser: Browser, address: str, **window: object) -> Page:
    """Open the page in a window of its own and return once everything is loaded."""
    context = browser.new_context(**window)  # type: ignore[arg-type]
    context.set_default_timeout(LIMIT_MS)
    page = context.new_page()
    page.goto(address)
    page.locator(BOX).wait_for()
    page.locator("#preferences [data-theme]").wait_for(state="attached")  # the server has answered once
    page.locator("#status progress").wait_for(state="detached")
    return page


def say(page: Page, message: str, *, wait: bool = True) -> None:
    """Send a message, and wait for the whole answer."""
    page.fill(BOX, message)
    page.keyboard.press("Enter")
    page.locator("#chat [data-testid=user]", has_text=message).last.wait_for()
    if wait:
        # It went when the message came, and is back once the answer has ended.
        page.locator("#again").wait_for()
