"""The panel with help lines, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from coach.events import SafetyReply
from coach.types import Level
from coach.ui import app
from coach.ui.server import Server
from tests.ui.fake_engine import FakeEngine, Step_, done, sentence

pytestmark = pytest.mark.browser


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("COACH_COUNTRY", "GB")
    crisis: list[Step_] = [
        SafetyReply(level=Level.L3, text="Thank you for telling me."),
        replace(done(""), level=Level.L3),
    ]
    engine = FakeEngine(
        [sentence("Hello.", lead=""), done("Hello.")], crisis, [sentence("Fine.", lead=""), done("Fine.")]
    )
    server, _ = app.serve(engine, 7860, open_browser=False)
    yield server
    server.close()


def send(tab: Page, text: str, reply: str) -> None:
    tab.fill("#message textarea", text)
    tab.keyboard.press("Enter")
    expect(tab.locator("#chat")).to_contain_text(reply)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_panel_shows_calls_and_stays(server: Server, open_tab: Callable[..., Page], width: int) -> None:
    tab = open_tab(server.url, width=width)
    panel = tab.get_by_role("region", name="Help for you now").first
    send(tab, "one", "Hello.")
    expect(tab.locator("#help section")).to_have_count(0)
    send(tab, "two", "Thank you for telling me.")
    expect(panel).to_be_visible()
    expect(tab.locator("#help a[href='tel:116123']")).to_be_visible()
    send(tab, "three", "Fine.")
    expect(tab.locator("#help section")).to_be_in_viewport()
