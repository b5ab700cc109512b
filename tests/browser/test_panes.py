"""The panes around the conversation in a real browser: list, details, settings, and the lock."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coach.journal import keys
from coach.ui import texts
from tests.browser.conftest import OpenTab, Served
from tests.browser.talk import HURT, Talk

pytestmark = pytest.mark.browser

SECRET = "four plain words here"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with less work."""
    monkeypatch.setattr(keys.KeyFile.__init__, "__kwdefaults__", {"n": 2**10, "r": 8, "p": 1, "check": ""})


@pytest.fixture
def talk(url: str, open_tab: OpenTab) -> Talk:
    return Talk(open_tab(url))


def test_a_conversation_is_renamed_found_deleted_and_brought_back(served: Served, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(served()))
    tab = talk.tab
    expect(tab.get_by_text(texts.WELCOME_TITLE)).to_be_visible()
    talk.ask("Northwind said no.")
    listed = tab.locator("#list")
    listed.get_by_text("⋯").click()
    listed.get_by_label(texts.TITLE).fill("My first no")
    listed.get_by_role("button", name=texts.RENAME).click()
    expect(listed.locator(".title")).to_have_text("My first no")
    tab.get_by_role("button", name=texts.NEW).click()
    expect(talk.messages).to_have_count(0)
    expect(talk.box).to_be_focused()
    tab.get_by_label(texts.SEARCH).fill("northw")
    expect(listed.locator("mark")).to_have_text("Northwind")
    tab.get_by_label(texts.SEARCH).fill("zebra")
    expect(listed).to_contain_text(texts.LIST_NOTHING)
    tab.get_by_label(texts.SEARCH).fill("")
    listed.get_by_role("button", name="My first no").first.click()
    expect(talk.messages).to_have_text(["Northwind said no."])
    listed.get_by_text("⋯").click()
    listed.get_by_role("button", name=texts.DELETE).click()
    expect(talk.messages).to_have_count(0)
    listed.get_by_role("button", name=texts.RESTORE).click()
    expect(listed.get_by_role("button", name="My first no").first).to_be_visible()


def test_off_the_record_nothing_is_listed_but_a_reload_finds_it(talk: Talk) -> None:
    talk.tab.get_by_role("button", name=texts.OFF_RECORD, exact=True).click()
    expect(talk.tab.locator("#record")).to_contain_text(texts.OFF_RECORD_HINT)
    talk.ask("zephyr secret")
    expect(talk.tab.locator("#list")).not_to_contain_text("zephyr")
    talk.tab.reload()
    expect(talk.messages).to_have_text(["zephyr secret"])


def test_notes_come_by_file_and_by_pasting_and_go(talk: Talk, tmp_path: Path) -> None:
    tab = talk.tab
    (tmp_path / "plan.md").write_text("# Plan\n\nAsk Mara. <img src=http://198.51.100.7/x>", "utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00")
    tab.get_by_label(texts.OWN_NOTES_FILE).set_input_files([tmp_path / "plan.md", tmp_path / "broken.txt"])
    notes = tab.locator("#notes")
    expect(notes.locator("li")).to_have_count(1)
    expect(notes).to_contain_text("plan.md")
    expect(notes.locator(".told")).to_contain_text("broken.txt")
    tab.get_by_text(texts.OWN_NOTES_PASTE).click()
    tab.get_by_label(texts.OWN_NOTES_NAME).fill("idea")
    tab.get_by_label(texts.OWN_NOTES_TEXT, exact=True).fill("Two lines\nare enough.")
    tab.get_by_role("button", name=texts.OWN_NOTES_ADD).click()
    expect(notes.locator("li")).to_have_count(2)
    notes.get_by_role("button", name=texts.OWN_NOTES_REMOVE.format(file="plan.md")).click()
    expect(notes.locator("li")).to_have_count(1)
    assert not tab.evaluate("document.activeElement === document.body"), "the focus is not lost"


def test_a_wrong_reply_goes_and_its_report_is_saved_as_a_file(talk: Talk) -> None:
    talk.ask(HURT)
    talk.tab.locator("#chat").get_by_role("button", name=texts.WRONG).click()
    expect(talk.answers.last).to_contain_text(texts.TAKEN_BACK)
    expect(talk.tab.locator("#chat")).not_to_contain_text("A final round")
    talk.tab.locator("#head [data-view=settings]").click()
    with talk.tab.expect_download() as saved:
        talk.tab.get_by_role("button", name=texts.REPORTS_EXPORT).click()
    reports = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert reports[0]["message"] == HURT
    assert "A final round" in reports[0]["reply"]


def test_a_draft_is_copied_revised_and_saved(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    talk.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    talk.ask("draft it")
    draft = talk.tab.locator("#chat .draft")
    draft.get_by_role("button", name=texts.COPY).click()
    expect(draft.get_by_role("button", name=texts.COPIED)).to_be_visible()
    copied = talk.tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Subject: A question <after> our talk\n\nDear Mara,\n\nthank you & the team.")
    with talk.tab.expect_download() as saved:
        draft.get_by_role("button", name=texts.DRAFT_EML).click()
    assert saved.value.suggested_filename == "draft.eml"
    assert b"X-Unsent: 1\r\n" in Path(saved.value.path()).read_bytes()
    draft.get_by_role("button", name="Shorter").click()
    expect(talk.messages.last).to_have_text(texts.DRAFT_REVISIONS[0][1])
    talk.wait_until_free()


def test_settings_hold_at_once_and_after_a_reload(served: Served, open_tab: OpenTab) -> None:
    tab = Talk(open_tab(served())).tab
    tab.locator("#head [data-view=settings]").click()
    tab.get_by_label("Dark").check()
    expect(tab.locator("body.dark")).to_have_count(1)
    tab.get_by_label("Larger").check()
    expect(tab.locator("html[data-size=larger]")).to_have_count(1)
    tab.get_by_label("Less").check()
    expect(tab.locator("html[data-motion=less]")).to_have_count(1)
    tab.reload()
    expect(tab.locator("html[data-size=larger][data-motion=less] body.dark")).to_have_count(1)
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_a_passphrase_is_set_asked_for_and_everything_erased(served: Served, open_tab: OpenTab, tmp_path: Path) -> None:
    talk = Talk(open_tab(served(data=tmp_path, country="GB")))
    tab = talk.tab
    talk.ask("Northwind said no.")
    tab.locator("#head [data-view=settings]").click()
    tab.get_by_label(texts.PASSPHRASE_NEW, exact=True).fill(SECRET)
    tab.get_by_label(texts.PASSPHRASE_REPEAT).fill(SECRET)
    tab.get_by_role("button", name=texts.PASSPHRASE_SET).click()
    expect(tab.locator("#told")).to_contain_text(texts.PASSPHRASE_DONE)

    locked = open_tab(served(data=tmp_path, country="GB") + "?" + tab.url.partition("?")[2], wait="#lock form")
    expect(locked.locator("#help a[href='tel:116123']")).to_be_visible()
    expect(locked.locator("body")).not_to_contain_text("Northwind")
    locked.get_by_label(texts.LOCK_LABEL).fill("wrong words here")
    locked.keyboard.press("Enter")
    expect(locked.get_by_role("alert")).to_contain_text("does not open")
    locked.get_by_label(texts.LOCK_LABEL).fill(SECRET)
    locked.keyboard.press("Enter")
    expect(locked.locator("#chat [data-testid=user]")).to_have_text("Northwind said no.")

    locked.locator("#head [data-view=settings]").click()
    locked.get_by_label(re.compile("Type the word")).fill("erase")
    locked.get_by_role("button", name=texts.ERASE).click()
    expect(locked.locator("#told")).to_contain_text(texts.ERASED)
    expect(locked.locator("#list .title")).to_have_count(0)


def test_a_second_tab_with_the_same_conversation_follows(url: str, open_tab: OpenTab) -> None:
    first = Talk(open_tab(url))
    first.ask("one")
    second = Talk(open_tab(first.tab.url))
    expect(second.messages).to_have_text(["one"])
    first.ask("two")
    expect(second.messages).to_have_text(["one", "two"])
    second.ask("three")
    expect(first.messages).to_have_text(["one", "two", "three"])


@pytest.mark.parametrize(("width", "height"), [(360, 740), (640, 400), (320, 256)])
def test_small_windows_and_large_zoom_lose_nothing(url: str, open_tab: OpenTab, width: int, height: int) -> None:
    """640 x 400 is a laptop's 1280 x 800 at 200 %, 320 x 256 the same at 400 %."""
    talk = Talk(open_tab(url, width=width, height=height))
    talk.ask(f"draft {'Donaudampfschifffahrtsgesellschaft' * 5}")
    for view, _ in texts.VIEWS:
        talk.tab.locator(f"#head [data-view={view}]").click()
        assert talk.width_needed() <= width
    talk.tab.locator("#head [data-view=chat]").click()
    for place in (talk.box, talk.send_button, talk.answers.last):
        place.scroll_into_view_if_needed()
        expect(place).to_be_in_viewport()


def test_less_movement_is_respected(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    talk.tab.emulate_media(reduced_motion="reduce")
    talk.say("slow")
    expect(talk.stop_button).to_be_visible()
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    assert talk.tab.evaluate(moving) == 0
    talk.stop_button.click()
    talk.wait_until_free()
