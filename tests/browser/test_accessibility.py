"""WCAG 2.2 AA on every view, in light and dark, by axe-core and by looking at what axe does not see."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from coach.ui import texts
from tests.browser.conftest import OpenTab, Served
from tests.browser.talk import HURT, Talk

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

# Everything that can be pressed, with its size in CSS pixels; links inside a sentence are exempt.
_SMALL = """() => [...document.querySelectorAll('button, summary, input, select, textarea, #help a')]
  .filter((each) => each.checkVisibility({ checkVisibilityCSS: true }) && !each.closest('#wire, #newest'))
  .map((each) => {
    const target = each.matches('input[type=radio]') ? each.closest('label') : each;
    const box = target.getBoundingClientRect();
    return [each.outerHTML.slice(0, 120), box.width, box.height];
  }).filter(([, width, height]) => width > 0 && (width < 43.9 || height < 43.9))"""

_NAMELESS = """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
  .filter((each) => each.checkVisibility() && !each.closest('#wire'))
  .filter((each) => !(each.ariaLabel || each.innerText?.trim() || each.labels?.length))
  .map((each) => each.outerHTML.slice(0, 160))"""


def violations(tab: Page, name: str) -> list[str]:
    """Run axe on what is shown, keep its findings where ``COACH_ARTEFACTS`` says, and return the violations."""
    found = Axe().run(tab, options=RULES).response
    if os.environ.get("COACH_ARTEFACTS"):
        kept = {key: found[key] for key in ("testEngine", "url", "violations", "incomplete")}
        Path(os.environ["COACH_ARTEFACTS"], f"axe-{name}.json").write_text(json.dumps(kept, indent=1))
    return [
        f"{name}: {each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def open_everything(tab: Page) -> None:
    """Open whatever is folded, so that it is looked at as well."""
    tab.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def show(talk: Talk, view: str) -> None:
    button = talk.tab.locator(f"#head [data-view={view}]")
    if button.is_visible():
        button.click()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing_on_any_view(served: Served, open_tab: OpenTab, width: int, theme: str) -> None:
    talk = Talk(open_tab(served(), width=width, height=740))
    tab = talk.tab
    tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    expect(tab.locator("body.dark")).to_have_count(int(theme == "dark"))
    # Colours fade from one theme to the other: axe would measure them half-way.
    tab.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
    # The box can be used before the panels are filled; until then they are empty blocks of Gradio's.
    expect(tab.locator("#facts h2")).to_have_count(1)
    found = violations(tab, f"first-{width}-{theme}")
    talk.ask(HURT)
    talk.ask("fail")
    talk.ask("crisis")
    tab.locator("[data-do=wrong]").first.click()
    expect(tab.locator("#chat").get_by_text(texts.TAKEN_BACK)).to_be_visible()
    small: list[str] = []
    nameless: list[str] = []
    for view, _ in texts.VIEWS:
        show(talk, view)
        if view == "settings":
            expect(tab.locator("#reports details")).to_have_count(1)
        open_everything(tab)
        tab.wait_for_timeout(300)
        found += violations(tab, f"{view}-{width}-{theme}")
        small = small + tab.evaluate(_SMALL)
        nameless = nameless + tab.evaluate(_NAMELESS)
        assert talk.width_needed() <= width
    problems = [*found, *map(str, small), *nameless]
    assert not problems, "\n".join(problems)
