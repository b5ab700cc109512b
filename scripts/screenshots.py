"""Takes the screenshots in docs/screenshots from the real page, with the chosen model and an empty data folder.

Run it in .venv: python scripts/screenshots.py [names]. It needs Debian's Chromium.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from served_page import ROOT, browser, opened, say, served

SHOTS = ROOT / "docs" / "screenshots"
DESKTOP = (1280, 860)
PHONE = (360, 740)
COLOURS = 160
"""Colours of a file: the page has few, and a picture has a third of the size."""

HURT = "They turned me down today after three rounds with Northwind. I am so tired."
FEEDBACK = "Can you write an email to Mara Lindt at Northwind that asks for feedback? I applied as a data analyst."
PRIVATE = "Nobody may know this: I had already told my family that I got the job."
CRISIS = "I don't want to be here any more."
NOTE = "# What I decided\n\nBefore I answer any rejection, I wait one night and talk to Sam first."

Prepare = Callable[[Page, bool], None]
"""Does on a page what is to be seen; told whether it is a phone's."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is done on the page, and in which windows it is looked at, in light and dark unless ``light`` says no."""

    name: str
    prepare: Prepare
    windows: tuple[tuple[int, int], ...] = (DESKTOP, PHONE)
    dark: bool = True


def first_start(page: Page, phone: bool) -> None:
    """Leave the page as it opens."""


def hurt(page: Page, phone: bool) -> None:
    """Someone who got a no an hour ago."""
    say(page, HURT)


def feedback(page: Page, phone: bool) -> None:
    """Someone who asks for feedback, up to a draft that is revised."""
    say(page, FEEDBACK)
    page.locator("#chat .draft").last.get_by_role("button", name="Warmer").click()
    page.locator("#chat [data-testid=user]").nth(1).wait_for()
    page.locator("#again").wait_for()


def private(page: Page, phone: bool) -> None:
    """Someone with things that nobody may read: off the record, with notes of their own."""
    if phone:
        page.locator("#head [data-view=list]").click()
    page.locator("#list-top [data-do=off_record]").click()
    page.locator("#record p").wait_for()
    page.locator("#note-file").set_input_files(
        {"name": "plan.md", "mimeType": "text/markdown", "buffer": NOTE.encode()}
    )
    page.locator("#notes li").first.wait_for(state="attached")
    say(page, PRIVATE)


def crisis(page: Page, phone: bool) -> None:
    """Someone in danger."""
    say(page, CRISIS)


def origins(page: Page, phone: bool) -> None:
    """Where a reply is from."""
    say(page, HURT)
    page.locator("#chat .origins summary").last.click()


def settings(page: Page, phone: bool) -> None:
    """The settings."""
    page.locator("#head [data-view=settings]").click()
    page.locator("#choices select").first.wait_for()


SCENES = (
    Scene(name="first-start", prepare=first_start, dark=False),
    Scene(name="hurt", prepare=hurt),
    Scene(name="feedback", prepare=feedback),
    Scene(name="private", prepare=private),
    Scene(name="help", prepare=crisis, dark=False),
    Scene(name="origins", prepare=origins, windows=(DESKTOP,), dark=False),
    Scene(name="settings", prepare=settings, dark=False),
)


def main(names: list[str]) -> int:
    """Take the pictures of the scenes named, or all of them."""
    wanted = [scene for scene in SCENES if not names or scene.name in names]
    SHOTS.mkdir(exist_ok=True)
    # A first start is one only before anything is said.
    groups = [[scene for scene in wanted if (scene.prepare is first_start) is first] for first in (True, False)]
    with browser() as chromium:
        for group in filter(None, groups):
            with tempfile.TemporaryDirectory(prefix="rebound-") as folder, served(Path(folder)) as (address, _):
                for scene in group:
                    for window in scene.windows:
                        _take(chromium, scene, window, address)
    return 0


def _take(chromium: Browser, scene: Scene, window: tuple[int, int], address: str) -> None:
    width, height = window
    page = opened(chromium, address, viewport={"width": width, "height": height}, color_scheme="light")
    scene.prepare(page, window == PHONE)
    page.mouse.move(0, 0)
    page.evaluate("() => document.activeElement?.blur()")
    for theme in ("light", "dark") if scene.dark else ("light",):
        page.emulate_media(color_scheme=theme)
        page.wait_for_timeout(1000)
        name = f"{scene.name}-{'phone' if window == PHONE else 'desktop'}-{theme}.png"
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(SHOTS / name, optimize=True)
        print(name, flush=True)
    page.context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
