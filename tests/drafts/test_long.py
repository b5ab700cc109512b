"""However long a message is, only so much of it is read closely, and no part again and again."""

from __future__ import annotations

import re

import pytest

from coach.drafts import clauses
from coach.drafts.briefs import new_brief
from coach.drafts.clauses import read_clauses
from coach.drafts.pairs import _PAIRS
from coach.facts.companies import _SEQUENCE, company
from coach.facts.names import MOST_JOINED, NAME, before, without_long
from coach.facts.people import people
from coach.facts.reading import read_facts
from coach.text import MAX_CHARACTERS, READ_FIRST, READ_LAST, ends
from coach.types import Message
from tests.drafts.made import DRAFTS, drafted

ASKS = "Please write a thank-you email to Mr Bell at Northwind."
LONG = ["A" * MAX_CHARACTERS, "make it " + "a" * 19_992, "WORD " * 4000, "Tell her that I " * 1200, "ask her " * 2000]


class Recorder:
    """A pattern that notes how many characters it is given."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def search(self, text: str) -> None:
        self.read.append(len(text))


@pytest.mark.parametrize("text", LONG, ids=["letters", "token", "capitals", "tell", "ask"])
def test_a_long_message_is_read_at_its_ends(text: str):
    assert len(ends(text)) <= READ_FIRST + READ_LAST + 1


def test_the_drafter_reads_the_ends_of_what_is_and_was_said(monkeypatch: pytest.MonkeyPatch):
    read: list[int] = []

    def noted(said: list[str], *args: object, **more: object) -> object:
        read.extend(len(text) for text in said)
        return new_brief(said, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("coach.drafts.drafting.new_brief", noted)
    history = [Message(role="user", text="word. " * 3000)]
    assert DRAFTS.answer("word. " * 3000 + ASKS, history, None, []) is not None
    assert len(read) == 2
    assert max(read) <= READ_FIRST + READ_LAST + 1


def test_a_name_after_letters_without_end_is_found():
    draft = drafted("A" * (MAX_CHARACTERS - len(ASKS) - 1) + " " + ASKS)
    assert draft.body.startswith("Dear Mr Bell")
    assert [fact.value for fact in read_facts("A" * 19_000 + " They rejected me at Northwind.")] == ["Northwind"]


def test_a_cut_leaves_no_half_sentence():
    text = "First. I never said " + "tell her that I quit " * 500 + "again. Last."
    assert ends(text) == "First.\nLast."


@pytest.mark.parametrize("last", ["", "”"])
def test_a_cut_leaves_no_half_quotation(last: str):
    text = "Mine. “" + "Theirs. " * 1000 + last + ("Mine. " * 300 if last else "")
    assert not re.search("Theirs" if last else "Theirs.*\n", ends(text)), ends(text)[:100]


def test_capitals_without_end_are_no_name():
    for pattern in (NAME, _SEQUENCE):
        assert max(len(each.split()) for each in re.findall(pattern, "WORD " * 100)) == MOST_JOINED + 1
        assert not any(re.compile(pattern).match("Word-Word’Word", place) for place in range(1, 14))
    assert people("Mail " + "Bell " * 40) == []
    assert company("At " + "Bell " * 40 + "Hospital Trust", frozenset()) is None


def test_a_name_in_quotation_marks_or_after_a_dash_is_one():
    assert [person.name for person in people("The hiring manager is called 'Anna Bell'.")] == ["Anna Bell"]
    assert drafted("Write a thank-you email to Mr Bell. Thanks -Anna").body.endswith("Anna")


def test_what_is_too_long_for_a_name_is_none():
    text = "Mail " + "A" * 61 + " and Bell"
    assert len(without_long(text)) == len(text)
    assert not re.search("A{2}", without_long(text))
    assert len(before("a" * 1000, 900)) < 300


def test_a_pair_begins_where_a_word_does():
    for shape, text in ((1, "aaaa not bbb."), (6, "aaaa should be bbb.")):
        assert _PAIRS[shape].match(text)
        assert not any(_PAIRS[shape].match(text, place) for place in range(1, 4))


def test_orders_without_end_look_back_only_so_far(monkeypatch: pytest.MonkeyPatch):
    recorder = Recorder()
    monkeypatch.setattr(clauses, "_NO_ORDER", recorder)
    read_clauses("Tell her that I " * 300)
    assert recorder.read
    assert max(recorder.read) <= 600
