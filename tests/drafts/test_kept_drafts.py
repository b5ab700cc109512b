"""Drafts through turn, session and journal."""

from __future__ import annotations

import pytest

from coach.errors import InputError
from coach.events import CardsFound, Draft, HotMessage, Sentence, TurnDone
from coach.journal.record import Record
from coach.journal.store import Journal
from coach.journal.stored import WritingKind
from coach.session import Session
from tests.talk import NeverAhead, scripted_turns

ASK = "Write an email to Ms Bell at Cobalt Freight asking for feedback on the shift supervisor role. I'm Ines."


def session(record: Record | None = None) -> Session:
    return Session(scripted_turns("You had a no."), NeverAhead(), record)


def say(one: Session, text: str) -> list[object]:
    return list(one.send(text, stopped=lambda: False))


@pytest.fixture
def journal(own_folders):
    with Journal.open(own_folders / "journal") as opened:
        yield opened


def test_a_turn_shows_one_line_and_the_draft_and_no_cards():
    events = say(session(), ASK)
    names = [type(event).__name__ for event in events]
    assert names == ["SituationRead", "Sentence", "Draft", "TurnDone"]
    line, draft, done = events[1:]
    assert isinstance(line, Sentence)
    assert isinstance(draft, Draft)
    assert isinstance(done, TurnDone)
    assert done.reply == f"{line.text}\n\n{draft.text}"
    assert done.floor
    assert not any(isinstance(event, CardsFound) for event in events)


def test_the_history_holds_the_draft_as_shown():
    one = session()
    say(one, ASK)
    assert one.draft is not None
    assert one.messages[-1].text.endswith(one.draft.text)


def test_taking_an_exchange_back_takes_its_draft_back():
    one = session()
    say(one, ASK)
    first = one.draft
    say(one, "more formal")
    assert one.draft != first
    one.undo()
    assert one.draft == first
    one.undo()
    assert one.draft is None


def test_versions_are_kept_and_a_hand_edit_is_one(journal):
    one = session(journal.record())
    say(one, ASK)
    say(one, "shorter")
    assert one.draft is not None
    mine = one.draft.body.replace("Kind regards,", "All the best,")
    edited = one.edit_draft(one.draft.subject, mine)
    assert edited.body == mine
    [writing] = journal.read(one.conversation_id or "").writings
    assert writing.kind is WritingKind.DRAFT
    assert [version.author for version in writing.versions] == ["coach", "coach", "you"]
    assert writing.versions[-1].text == edited.text


def test_a_draft_goes_on_after_a_restart(journal):
    one = session(journal.record())
    say(one, ASK)
    again = session(journal.record(one.conversation_id))
    assert again.draft == one.draft
    say(again, "more formal")
    assert again.draft is not None
    assert "May I ask" in again.draft.body
    assert "Ms Bell" in again.draft.body


def test_a_draft_rewritten_by_hand_goes_on_after_a_restart(journal):
    one = session(journal.record())
    say(one, ASK)
    assert one.draft is not None
    edited = one.edit_draft("My own subject", one.draft.body.replace("Kind regards,", "All the best,"))
    again = session(journal.record(one.conversation_id))
    assert again.draft is not None
    assert again.draft.text == edited.text
    say(again, "more formal")
    assert again.draft is not None
    assert again.draft.subject == "My own subject"
    assert "All the best," in again.draft.body
    [writing] = journal.read(one.conversation_id or "").writings
    assert [version.author for version in writing.versions] == ["coach", "you", "coach"]


def test_a_hot_message_is_kept_apart(journal):
    one = session(journal.record())
    say(one, "make it sting, tell them exactly what they are")
    events = say(one, "Keep this: You cowards.")
    assert HotMessage(text="You cowards.") in events
    [writing] = journal.read(one.conversation_id or "").writings
    assert writing.kind is WritingKind.HOT
    assert writing.versions[-1].text == "You cowards."
    assert one.draft is None


def test_without_a_draft_or_words_there_is_nothing_to_change():
    one = session()
    with pytest.raises(InputError):
        one.edit_draft("", "Dear all")
    say(one, ASK)
    with pytest.raises(InputError):
        one.edit_draft("Subject", "  ")
    assert one.draft is not None
    assert one.draft.body.strip()
