"""The conversation in a real browser, with answers that are written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coach.ui import texts
from tests.browser.conftest import OpenTab, Served
from tests.browser.talk import HURT, Talk
from tests.ui.fake_engine import BY_WORD, done, sentence

pytestmark = pytest.mark.browser

REPLY = (
    "A final round and then a no is hard. What you asked can wait for a day.\n\n"
    "Would you like to write two lines together?"
)


@pytest.fixture
def talk(url: str, open_tab: OpenTab) -> Talk:
    return Talk(open_tab(url))


def test_a_starter_begins_a_conversation(talk: Talk) -> None:
    starter = talk.tab.get_by_role("button", name=texts.STARTERS[0])
    starter.click()

    assert talk.answer_to(texts.STARTERS[0]) == REPLY
    expect(starter).to_be_hidden()


def test_a_second_tab_is_another_conversation_and_both_are_told_their_place(url: str, open_tab: OpenTab) -> None:
    first, second = Talk(open_tab(url)), Talk(open_tab(url))
    first.say("slow one")
    expect(first.answers.last).to_have_text("One.")
    second.say("other one")
    expect(second.notice).to_contain_text(texts.NEXT_IN_LINE)
    first.stop_button.click()

    assert first.answer_to("slow one") == "One."
    assert second.answer_to("other one") == "Something else."
    assert first.messages.all_inner_texts() == ["slow one"]
    expect(second.tab.locator("#chat").get_by_text("slow one", exact=True)).to_have_count(0)


def test_a_tab_closed_in_mid_answer_frees_its_turn(url: str, open_tab: OpenTab) -> None:
    first, second = Talk(open_tab(url)), Talk(open_tab(url))
    first.say("slow one")
    expect(first.answers.last).to_have_text("One.")
    second.say("other one")
    expect(second.notice).to_contain_text(texts.NEXT_IN_LINE)
    first.tab.close()

    assert second.answer_to("other one") == "Something else."


def test_everything_is_reached_with_the_keyboard(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    keyboard = talk.tab.keyboard
    expect(talk.box).to_be_focused()
    keyboard.type("How do I ask them")
    keyboard.press("Shift+Enter")
    keyboard.type("for feedback?")
    assert talk.messages.count() == 0
    keyboard.press("Enter")
    assert talk.answer_to("How do I ask them\nfor feedback?")
    assert talk.focused() == texts.BOX_LABEL

    card = talk.cards.locator("details.card").first
    talk.press_tab_until(card.locator("summary"))
    keyboard.press("Enter")
    expect(card).not_to_have_attribute("open", "")
    origins = talk.tab.locator("#chat details.origins")
    talk.box.focus()
    talk.press_tab_until(origins.locator("summary"))
    keyboard.press("Enter")
    expect(origins).to_have_attribute("open", "")

    talk.press_tab_until(talk.again_button)
    talk.watch()
    keyboard.press("Enter")
    talk.wait_until_grown()
    talk.wait_until_free()
    expect(talk.answers.last).to_have_text(REPLY)
    expect(talk.box).to_be_focused()

    keyboard.type("slow now")
    keyboard.press("Enter")
    expect(talk.answers.last).to_have_text("One.")
    talk.press_tab_until(talk.stop_button)
    keyboard.press("Enter")
    talk.wait_until_free()
    expect(talk.notice).to_contain_text("Stopped")
    expect(talk.box).to_be_focused()


def test_the_last_message_is_edited_and_taken_back(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    talk.ask("Frist try")
    talk.tab.get_by_role("button", name=texts.EDIT, exact=True).click()
    expect(talk.box).to_have_value("Frist try")
    expect(talk.notice).to_contain_text(texts.EDITING)
    assert talk.ask("other try") == "Something else."
    assert talk.messages.all_inner_texts() == ["other try"]

    talk.tab.get_by_role("button", name=texts.UNDO, exact=True).click()
    expect(talk.messages).to_have_count(0)
    expect(talk.box).to_have_value("other try")


def test_a_failure_is_a_sentence_with_a_button_and_never_locks(talk: Talk) -> None:
    assert "No memory is left. Close another program." in talk.ask("fail")
    again = talk.tab.locator("#chat").get_by_role("button", name=texts.AGAIN)
    talk.watch()
    again.click()
    talk.wait_until_grown()
    talk.wait_until_free()
    assert texts.UNEXPECTED in talk.ask("break")
    expect(talk.tab.get_by_text("secret")).to_have_count(0)
    assert "The model is gone." in talk.ask("unavailable")
    assert talk.ask("three") == REPLY


def test_hostile_text_is_shown_as_text_and_calls_nobody(url: str, open_tab: OpenTab) -> None:
    hostile = (
        '<img src="http://198.51.100.7/a.png"> ![x](http://198.51.100.7/b.png) [y](http://198.51.100.7/c) '
        "<b>They</b> said no & I cried. <iframe src=//198.51.100.7/d></iframe> "
        "<style>@import 'http://198.51.100.7/e.css';</style> http://198.51.100.7/f"
    )
    talk = Talk(open_tab(url))
    BY_WORD["<img"] = (sentence(hostile, lead=""), done(hostile))
    assert talk.ask(hostile) == hostile
    expect(talk.messages.last).to_have_text(hostile)
    talk.tab.locator("#chat details.origins summary").click()
    expect(talk.tab.locator("#chat .origins q")).to_have_text(hostile)
    for made in ("img", "iframe", "b", "style", "a"):
        expect(talk.tab.locator(f"#chat .message {made}")).to_have_count(0)


def test_an_empty_message_is_told_and_the_page_goes_on(talk: Talk) -> None:
    talk.say("   ")
    expect(talk.notice).to_contain_text(texts.NO_TEXT)
    assert talk.ask("thanks")


def test_what_is_sent_during_an_answer_stays_in_the_box(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    talk.say("slow")
    expect(talk.answers.last).to_have_text("One.")
    talk.box.fill("thanks")
    talk.tab.keyboard.press("Enter")
    expect(talk.notice).to_contain_text(texts.BUSY)
    talk.stop_button.click()

    talk.wait_until_free()
    expect(talk.box).to_have_value("thanks")
    assert talk.messages.all_inner_texts() == ["slow"]


def test_a_message_that_is_too_long_comes_back_into_the_box(url: str, open_tab: OpenTab) -> None:
    text = "word " * 5000
    talk = Talk(open_tab(url))
    talk.say(text)
    expect(talk.notice).to_contain_text("20,000")
    expect(talk.box).to_have_value(text)
    assert talk.messages.count() == 0


def test_each_sentence_is_announced_once_and_politely(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    newest = talk.tab.locator("#newest")
    expect(newest).to_have_attribute("aria-live", "polite")
    talk.tab.evaluate(
        """() => { window.heard = []; new MutationObserver(() => {
          const text = document.querySelector('#newest p')?.innerText;
          if (text && text !== window.heard.at(-1)) window.heard.push(text);
        }).observe(document.querySelector('#newest'), {childList: true, subtree: true, characterData: true}); }"""
    )
    talk.ask(HURT)
    assert talk.tab.evaluate("window.heard") == [
        "A final round and then a no is hard.",
        "What you asked can wait for a day.",
        "Would you like to write two lines together?",
    ]
    assert talk.tab.locator("#chat [role=log]").get_attribute("aria-live") == "off"


def test_a_reload_and_a_new_server_show_the_conversation(served: Served, open_tab: OpenTab, tmp_path: Path) -> None:
    talk = Talk(open_tab(served(data=tmp_path)))
    talk.ask(HURT)
    address = talk.tab.url
    talk.tab.reload()
    expect(talk.messages.last).to_have_text(HURT)
    expect(talk.answers.last).to_have_text(REPLY)
    talk.ask("And then?")

    other = served(data=tmp_path)
    again = Talk(open_tab(other + address[address.index("?") :]))
    expect(again.messages).to_have_count(2)
    again.ask("A third one.")
    assert again.messages.all_inner_texts() == [HURT, "And then?", "A third one."]
    fresh = Talk(open_tab(other))
    expect(fresh.messages).to_have_count(0)
    fresh.tab.get_by_role("navigation", name=texts.LIST_TITLE).get_by_role("button", name="I was turned down").click()
    expect(fresh.messages).to_have_count(3)


def test_a_reload_in_mid_answer_keeps_what_was_said(url: str, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(url))
    talk.say("slow")
    expect(talk.answers.last).to_have_text("One.")
    expect(talk.tab).to_have_url(re.compile("[?]c="))
    talk.tab.reload()
    expect(talk.answers.last).to_have_text("One.")
    talk.wait_until_free()
    assert talk.ask("other") == "Something else."


@pytest.mark.parametrize("width", [360, 1280])
def test_the_help_panel_stays_in_view_in_every_view(url: str, open_tab: OpenTab, width: int) -> None:
    talk = Talk(open_tab(url, width=width, height=740))
    talk.say("crisis")
    panel = talk.tab.locator("#help section")
    expect(panel.locator("a[href='tel:116123']")).to_be_in_viewport()
    talk.wait_until_free()
    expect(talk.tab.locator("#chat").get_by_role("group", name=texts.SAFETY_LABEL)).to_contain_text("a person now")
    talk.ask("I am safe.")
    expect(panel).to_be_in_viewport()
    for view, _ in texts.VIEWS:
        button = talk.tab.locator(f"#head [data-view={view}]")
        if button.is_visible():
            button.click()
            talk.tab.mouse.wheel(0, 3000)
            expect(panel).to_be_in_viewport()
