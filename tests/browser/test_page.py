"""The real page with the real pipeline on a small model, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.text import sentences
from coach.ui import texts
from tests.browser.conftest import OpenTab
from tests.browser.talk import HURT, Talk
from tests.program import Coach, Page

pytestmark = pytest.mark.browser

ASK = "How do I ask them for feedback after a rejection?"
CRISIS = "I lost the job and I want to kill myself."
# So long that reading it takes a while even with the smallest model, so that Stop comes in time.
LONG = " ".join(f"Then they asked me about project {number}, and I did not know what to say." for number in range(60))


@pytest.fixture(scope="module")
def page(program: Coach) -> Iterator[Page]:
    page = Page(program, "--port", "17960")
    yield page
    assert page.end() == 0
    assert page.errors == ""


@pytest.fixture
def talk(page: Page, open_tab: OpenTab) -> Talk:
    return Talk(open_tab(page.url))


def test_an_answer_comes_sentence_by_sentence(talk: Talk) -> None:
    expect(talk.tab.get_by_text(texts.EMPTY_TITLE)).to_be_visible()
    expect(talk.again_button).to_be_hidden()
    # What is tested is the stream of a model, not of the vetted text before it is loaded.
    expect(talk.tab.locator("#status progress")).to_have_count(0)
    talk.watch()

    answer = talk.ask(HURT)

    grown = talk.grown()
    assert len(grown) >= 3, "it came at once"
    assert grown[-1] == answer
    for before, after in pairwise(grown):
        assert after.startswith(before)
        assert sentences(after)[: len(sentences(before))] == sentences(before), "a part of a sentence was shown"
    expect(talk.notice).to_have_text("")


def test_the_cards_are_shown_with_their_text(talk: Talk) -> None:
    expect(talk.cards).to_contain_text(texts.CARDS_EMPTY)

    talk.ask(ASK)

    shown = talk.cards.locator("details.card").first
    expect(shown).to_have_attribute("open", "")
    title = shown.locator(".title").inner_text()
    card = next(card for card in read_cards(shipped("knowledge")) if card.title == title)
    expect(shown).to_contain_text(card.perspective)
    for step in card.steps:
        expect(shown).to_contain_text(step.text)
    expect(shown.locator(".source")).to_be_visible()


def test_stop_ends_the_answer_and_try_again_gives_another(talk: Talk) -> None:
    talk.say(LONG)
    talk.stop_button.click()

    talk.wait_until_free()
    expect(talk.notice).to_contain_text("Stopped")
    stopped = talk.answers.all_inner_texts()

    talk.say(HURT)
    whole = talk.answer_to(HURT)
    assert len(sentences(whole)) >= 2, "the chat goes on after a stop"
    assert talk.messages.count() == 2
    assert talk.answers.count() == len(stopped) + 1

    talk.again_button.click()
    expect(talk.stop_button).to_be_visible()
    talk.wait_until_free()
    assert talk.messages.all_inner_texts() == [LONG, HURT]
    assert talk.answers.count() == len(stopped) + 1
    assert len(sentences(talk.answers.last.inner_text())) >= 2


def test_a_crisis_message_gets_the_fixed_reply_in_its_own_region(talk: Talk) -> None:
    talk.say(CRISIS)

    region = talk.tab.locator("#chat").get_by_role("region", name=texts.SAFETY_LABEL)
    expect(region).to_contain_text("findahelpline.com")
    talk.wait_until_free()
    assert talk.answers.count() == 1, "nothing but the fixed reply is shown"
    expect(talk.cards.locator("details.card")).to_have_count(0)


@pytest.mark.parametrize("starter", texts.STARTERS)
def test_a_starter_begins_a_conversation(talk: Talk, starter: str) -> None:
    talk.tab.get_by_role("button", name=starter).click()

    assert talk.answer_to(starter)
    expect(talk.tab.get_by_role("button", name=starter)).to_be_hidden()


def test_a_second_tab_is_another_conversation(page: Page, open_tab: OpenTab) -> None:
    first, second = Talk(open_tab(page.url)), Talk(open_tab(page.url))

    first.say(HURT)
    second.say("thanks")

    assert first.answer_to(HURT) != second.answer_to("thanks")
    assert first.messages.all_inner_texts() == [HURT]
    assert second.messages.all_inner_texts() == ["thanks"]
    expect(second.tab.get_by_text(HURT)).to_have_count(0)


def test_everything_is_reached_with_the_keyboard(talk: Talk) -> None:
    keyboard = talk.tab.keyboard
    assert talk.focused() == texts.BOX_LABEL, "one can write at once"
    keyboard.type("How do I ask them")
    keyboard.press("Shift+Enter")
    keyboard.type("for feedback?")
    assert talk.messages.count() == 0
    keyboard.press("Enter")
    answer = talk.answer_to("How do I ask them\nfor feedback?")
    assert answer
    assert talk.focused() == texts.BOX_LABEL

    card = talk.cards.locator("details.card").first
    talk.press_tab_until(card.locator("summary"))
    keyboard.press("Enter")
    expect(card).not_to_have_attribute("open", "")

    talk.box.focus()
    talk.press_tab_until(talk.again_button)
    keyboard.press("Enter")
    talk.wait_until_free()
    assert talk.messages.count() == 1
    assert talk.focused() == texts.BOX_LABEL

    talk.box.fill(LONG)
    keyboard.press("Enter")
    expect(talk.stop_button).to_be_visible()
    talk.press_tab_until(talk.stop_button)
    keyboard.press("Enter")
    talk.wait_until_free()
    expect(talk.notice).to_contain_text("Stopped")


def test_the_focus_stays_in_the_box(talk: Talk) -> None:
    talk.say(HURT)
    expect(talk.stop_button).to_be_visible()
    assert talk.focused() == texts.BOX_LABEL
    talk.wait_until_free()
    assert talk.focused() == texts.BOX_LABEL


def test_what_people_write_is_shown_as_text_and_calls_nobody(talk: Talk) -> None:
    hostile = '<img src="http://198.51.100.7/a.png"> ![x](http://198.51.100.7/b.png) <b>They</b> said no & I cried.'

    assert talk.ask(hostile)

    expect(talk.messages.last).to_have_text(hostile)
    expect(talk.tab.locator("#chat img[src^=http]")).to_have_count(0)


def test_an_empty_message_is_told_and_the_page_goes_on(talk: Talk) -> None:
    talk.say("   ")
    expect(talk.notice).to_have_text(texts.NO_TEXT)
    expect(talk.cards).to_contain_text(texts.CARDS_EMPTY)
    assert talk.ask("thanks")


def test_what_is_sent_during_an_answer_stays_in_the_box(talk: Talk) -> None:
    talk.say(LONG)
    expect(talk.stop_button).to_be_visible()
    expect(talk.box).to_have_value("")
    talk.box.fill("thanks")
    talk.tab.keyboard.press("Enter")

    talk.wait_until_free()
    expect(talk.box).to_have_value("thanks")
    assert talk.messages.all_inner_texts() == [LONG]
    assert talk.answers.count() == 1


def test_a_message_that_is_too_long_comes_back_into_the_box(talk: Talk) -> None:
    text = "word " * 5000
    talk.say(text)
    expect(talk.notice).to_contain_text("20,000")
    expect(talk.box).to_have_value(text)
    assert talk.messages.count() == 0


def test_a_phone_needs_no_sideways_scrolling(page: Page, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(page.url, width=360, height=740))
    assert talk.width_needed() <= 360

    talk.ask(f"{ASK} {'Donaudampfschifffahrtsgesellschaft' * 5}")
    assert talk.width_needed() <= 360
    for place in (talk.box, talk.send_button, talk.answers.last):
        bounds = place.bounding_box()
        assert bounds is not None
        assert bounds["x"] >= 0
        assert bounds["x"] + bounds["width"] <= 360
