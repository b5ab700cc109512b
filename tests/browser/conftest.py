"""A real browser: Debian's Chromium, driven by Playwright, kept from everything but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from coach.ui import app
from coach.ui.server import Server
from tests.ui.fake_engine import BY_WORD, QUICK, FakeEngine
from tests.ui.gradio_loops import gradios_loops

__all__ = ["gradios_loops"]

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
]
LIMIT_MS = 60_000
expect.set_options(timeout=LIMIT_MS)

OpenTab = Callable[..., Page]
Served = Callable[..., str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, in CI they fail."""
    if CHROMIUM is None:
        said = "no browser tests: Chromium is not installed (on Debian: sudo apt-get install chromium)"
        if os.environ.get("COACH_CI") == "1":
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Opens tabs in one window and records every request they attempt; none may go to another machine."""
    attempted: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(LIMIT_MS)
    context.on("request", lambda request: attempted.append(request.url))
    broken: list[str] = []

    def open_tab(url: str, *, width: int = 1280, height: int = 800, wait: str = "#message textarea") -> Page:
        tab = context.new_page()
        tab.set_viewport_size({"width": width, "height": height})
        tab.on("websocket", lambda socket: attempted.append(socket.url))
        tab.on("pageerror", lambda error: broken.append(str(error)))
        tab.goto(url)
        tab.locator(wait).wait_for()
        return tab

    yield open_tab
    context.close()
    assert attempted
    assert [url for url in attempted if not _is_here(url)] == []
    assert broken == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serves pages whose answers are written down: those of ``BY_WORD`` by a message's first word, else ``QUICK``."""
    running: list[tuple[Server, FakeEngine]] = []

    def serve(data: Path | None = None, country: str | None = None) -> str:
        folder = data or tmp_path_factory.mktemp("data")
        engine = FakeEngine(QUICK, by_word=BY_WORD, data=folder, country=country)
        server, url = app.serve(engine, 17980, open_browser=False)
        running.append((server, engine))
        return url

    yield serve
    for server, engine in running:
        server.close()
        engine.close()


@pytest.fixture(scope="module")
def url(served: Served) -> str:
    """A page that the tests of a file share."""
    return served(country="GB")


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.hostname == "127.0.0.1" or parts.scheme in ("data", "blob", "about")
