"""The real page with the real pipeline on a small model, in a real browser. What needs no model is in test_chat.py."""

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
from tests.browser.talk import HURT, LONG, Talk
from tests.program import Coach, Page

pytestmark = pytest.mark.browser

ASK = "How do I ask them for feedback after a rejection?"
CRISIS = "I lost the job and I want to kill myself."


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
    assert len(grown) >= 2, "it came at once"
    assert grown[-1] == answer
    for before, after in pairwise(grown):
        assert after.startswith(before)
        assert sentences(after)[: len(sentences(before))] == sentences(before), "a part of a sentence was shown"
    expect(talk.notice).to_have_text("")


def test_the_cards_are_shown_with_their_text(talk: Talk) -> None:
    expect(talk.cards).to_contain_text(texts.CARDS_EMPTY)

    talk.ask(ASK)

    shown = talk.cards.locator("details.card").first
    # Open already where the reply draws on it.
    if shown.get_attribute("open") is None:
        shown.locator("summary").click()
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

    region = talk.tab.locator("#chat").get_by_role("group", name=texts.SAFETY_LABEL)
    expect(region).to_contain_text("findahelpline.com")
    talk.wait_until_free()
    assert talk.answers.count() == 1, "nothing but the fixed reply is shown"
    expect(talk.cards.locator("details.card")).to_have_count(0)
