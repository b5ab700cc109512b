"""Takes the screenshots in docs/screenshots from the real page, with the chosen model and an empty data folder.

Run it in .venv: python scripts/screenshots.py [names]. It needs Debian's Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from coach.settings import load

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "docs" / "screenshots"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LIMIT_MS = 600_000

HURT = "They turned me down today after three rounds with Northwind. I am so tired."
DRAFT = "Can you write an email to Mara Lindt at Northwind that asks for feedback? I applied as a data analyst."
CRISIS = "I don't want to be here any more."


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: its file name, the window, the colours, and what is done before it is taken."""

    name: str
    width: int
    height: int
    dark: bool
    prepare: Callable[[Page], None]


def say(*messages: str) -> Callable[[Page], None]:
    """Send messages, each after the answer to the one before."""

    def prepare(page: Page) -> None:
        for message in messages:
            page.fill("#message textarea", message)
            page.keyboard.press("Enter")
            page.locator("#again").wait_for(state="hidden")
            page.locator("#again").wait_for(state="visible")
        page.wait_for_timeout(800)

    return prepare


def then(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    """Do one thing after the other."""

    def prepare(page: Page) -> None:
        for step in steps:
            step(page)

    return prepare


def press(selector: str) -> Callable[[Page], None]:
    """Click on something."""

    def prepare(page: Page) -> None:
        page.locator(selector).last.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(1200)

    return prepare


def nothing(_: Page) -> None:
    """Leave the page as it opens."""


SHOTS_WANTED = (
    Shot(name="first-start", width=1280, height=800, dark=False, prepare=nothing),
    Shot(name="page", width=1280, height=860, dark=False, prepare=say(HURT, "How do I ask them for feedback?")),
    Shot(name="origins", width=1280, height=860, dark=False, prepare=then(say(HURT), press("#chat .origins summary"))),
    Shot(name="draft", width=1280, height=860, dark=False, prepare=say(DRAFT)),
    Shot(name="page-dark", width=1280, height=860, dark=True, prepare=say(HURT)),
    Shot(name="help", width=1280, height=860, dark=False, prepare=say(CRISIS)),
    Shot(name="settings", width=1280, height=860, dark=False, prepare=press("#head [data-view=settings]")),
    Shot(name="tablet", width=820, height=1180, dark=False, prepare=say(HURT)),
    Shot(name="tablet-dark", width=820, height=1180, dark=True, prepare=say(DRAFT)),
    Shot(name="phone-first-start", width=360, height=740, dark=False, prepare=nothing),
    Shot(name="phone", width=360, height=740, dark=False, prepare=say(HURT)),
    Shot(name="phone-dark", width=360, height=740, dark=True, prepare=say(HURT)),
    Shot(
        name="phone-details",
        width=360,
        height=740,
        dark=False,
        prepare=then(say(HURT), press("#head [data-view=side]")),
    ),
    Shot(name="phone-help", width=360, height=740, dark=False, prepare=say(CRISIS)),
)


def main(names: list[str]) -> int:
    """Take the pictures named, or all of them."""
    wanted = [shot for shot in SHOTS_WANTED if not names or shot.name in names]
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        firsts = [shot for shot in wanted if shot.prepare is nothing]
        for group in (firsts, [shot for shot in wanted if shot not in firsts]):
            if group:
                with _page() as address:
                    for shot in group:
                        print(shot.name, flush=True)
                        _take(browser, shot, address)
        browser.close()
    return 0


@contextmanager
def _page() -> Iterator[str]:
    """Serve the page with an empty data folder that borrows models and index; yield its address."""
    own = load()
    with tempfile.TemporaryDirectory(prefix="rebound-") as folder:
        Path(folder, "models").symlink_to(own.models, target_is_directory=True)
        if own.index.is_dir():
            shutil.copytree(own.index, Path(folder, "index"))
        environment = {**os.environ, "COACH_DATA_DIR": folder, "COACH_COUNTRY": "GB"}
        command = [sys.executable, "-m", "coach", "--port", "7900", "ui", "--no-browser"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
            try:
                yield _address(program)
            finally:
                program.terminate()


def _address(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    for line in program.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return found[0]
    raise SystemExit("The page did not start; run `coach doctor`.")


def _take(browser: Browser, shot: Shot, address: str) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, color_scheme="dark" if shot.dark else "light"
    )
    context.set_default_timeout(LIMIT_MS)
    page = context.new_page()
    page.goto(address)
    page.locator("#message textarea").wait_for()
    page.wait_for_timeout(1500)
    page.locator("#status progress").wait_for(state="detached")
    shot.prepare(page)
    page.screenshot(path=SHOTS / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
