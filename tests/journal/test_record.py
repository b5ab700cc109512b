from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from journal_trials import done, sentence

from coach.errors import InputError
from coach.events import SafetyReply, TurnFailed
from coach.journal.record import title_of
from coach.journal.store import Journal
from coach.journal.stored import State, WritingKind
from coach.types import Level


def on_disk(folder: Path) -> Journal:
    """Another look at the same file, as another process has it."""
    return Journal.open(folder)


def test_the_message_is_on_disk_before_the_answer_begins(journal, folder):
    record = journal.record()
    record.begin("They said no.")
    with on_disk(folder) as other:
        (turn,) = other.read(record.conversation_id).turns
    assert (turn.message, turn.reply, turn.state) == ("They said no.", "", State.OPEN)


def test_each_sentence_is_on_disk_as_it_passes_and_the_answer_is_partial_until_its_end(journal, folder):
    record = journal.record()
    turn = record.begin("They said no.")
    for number, text in enumerate(["That hurts.", "It was one role.", "You can rest today."]):
        turn.add(sentence(text, first=number == 0))
        with on_disk(folder) as other:
            (stored,) = other.read(record.conversation_id).turns
        assert stored.reply.endswith(text)
        assert stored.partial
    turn.add(done("That hurts. It was one role. You can rest today."))
    turn.end()
    with on_disk(folder) as other:
        (stored,) = other.read(record.conversation_id).turns
    assert stored.state is State.DONE
    assert stored.ended is not None
    assert stored.reply == "That hurts. It was one role. You can rest today."


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (done(""), State.DONE),
        (dataclasses.replace(done(""), stopped=True), State.STOPPED),
        (TurnFailed(message="No.", hint="Yes."), State.FAILED),
        (None, State.STOPPED),
    ],
)
def test_the_end_says_how_the_turn_ended(journal, event, state):
    record = journal.record()
    turn = record.begin("They said no.")
    turn.add(sentence("That hurts.", first=True))
    if event is not None:
        turn.add(event)
    turn.end()
    (stored,) = journal.read(record.conversation_id).turns
    assert (stored.state, stored.reply) == (state, "That hurts.")


def test_fixed_text_and_sentences_are_one_reply_with_its_level(journal):
    record = journal.record()
    turn = record.begin("I cannot pay the rent.")
    turn.add(SafetyReply(level=Level.F, text="Needs first."))
    turn.add(sentence("That is a lot.", first=True))
    assert record.messages[-1].text == "Needs first.\n\nThat is a lot."
    found = journal.read(record.conversation_id)
    assert found.summary.level is Level.F
    assert [message.level for message in found.messages] == [Level.F, Level.F]
    # A message whose verdict never came is under what was in force.
    record.begin("And now?")
    assert journal.read(record.conversation_id).messages[-1].level is Level.F


def test_a_stored_conversation_goes_on(journal, say):
    first = journal.record()
    say(first, "They said no.", "That hurts.")
    first.understand({"employer": "Northwind"})
    again = journal.record(first.conversation_id)
    assert again.messages == first.messages
    assert again.facts == {"employer": "Northwind"}
    say(again, "What now?", "Rest.")
    found = journal.read(first.conversation_id)
    assert [turn.message for turn in found.turns] == ["They said no.", "What now?"]
    assert found.turns[1].parent_id == found.turns[0].id
    assert len(journal.conversations()) == 1


def test_edits_and_retries_keep_what_was_there(journal, say):
    record = journal.record()
    say(record, "One.", "Answer to one.")
    say(record, "Two.", "First answer to two.")
    assert record.undo() == "Two."
    say(record, "Two.", "Second answer to two.")
    assert record.undo() == "Two."
    say(record, "Two, in other words.", "Answer to other words.")
    found = journal.read(record.conversation_id)
    assert [turn.reply for turn in found.turns] == ["Answer to one.", "Answer to other words."]
    assert [turn.reply for turn in found.earlier] == ["First answer to two.", "Second answer to two."]
    assert {turn.parent_id for turn in (*found.earlier, found.turns[1])} == {found.turns[0].id}
    assert journal.record(record.conversation_id).messages == record.messages


def test_undo_reaches_the_beginning_and_no_further(journal, say):
    record = journal.record()
    assert record.undo() is None
    say(record, "One.", "Answer.")
    assert record.undo() == "One."
    assert record.undo() is None
    assert record.messages == []
    found = journal.read(record.conversation_id)
    assert found.turns == ()
    assert [turn.message for turn in found.earlier] == ["One."]


def test_half_a_character_does_not_cost_the_rest(journal, say):
    record = journal.record()
    say(record, "They said no\ud800.", "That hurts.")
    record.report("untrue", "so \udfff it is")
    assert record.trouble is None
    assert journal.read(record.conversation_id).turns[0].message == "They said no?."
    assert len(journal.search("said\ud800")) == 2


def test_a_conversation_without_a_message_is_not_written(journal):
    journal.record()
    assert journal.conversations() == []


def test_a_correction_stays_whatever_later_messages_tell(journal, say):
    record = journal.record()
    say(record, "Northwind said no.", "That hurts.")
    record.understand({"employer": "Northwind", "role": "nurse", "round": "second"})
    record.correct("employer", "Southwind")
    record.correct("round", None)
    record.understand({"employer": "Northwind", "role": "ward manager", "round": "third"})
    expected = {"employer": "Southwind", "role": "ward manager"}
    assert record.facts == expected
    again = journal.record(record.conversation_id)
    assert again.facts == expected
    again.understand({"employer": "Northwind", "round": "third"})
    assert again.facts == expected


def test_drafts_keep_their_versions_and_hot_messages_their_kind(journal, say):
    record = journal.record()
    with pytest.raises(InputError):
        record.keep("Dear team")
    say(record, "Help me write.", "Here.")
    draft = record.keep("Dear team", author="coach")
    record.revise(draft, "Dear all")
    hot = record.keep("You fools", hot=True)
    again = journal.record(record.conversation_id)
    again.revise(draft, "Dear Ms Bell")
    found = {writing.id: writing for writing in journal.read(record.conversation_id).writings}
    assert [(version.author, version.text) for version in found[draft].versions] == [
        ("coach", "Dear team"),
        ("you", "Dear all"),
        ("you", "Dear Ms Bell"),
    ]
    assert found[hot].kind is WritingKind.HOT
    with pytest.raises(InputError):
        record.revise("nothing", "Dear")


def test_a_wrong_reply_is_reported_with_its_turn(journal, say):
    record = journal.record()
    first = say(record, "One.", "Answer.")
    last = say(record, "Two.", "Answer.")
    record.report("untrue")
    record.report("unkind", "It said I was old.", turn_id=first)
    found = journal.read(record.conversation_id).reports
    assert [(each.turn_id, each.reason, each.comment) for each in found] == [
        (last, "untrue", ""),
        (first, "unkind", "It said I was old."),
    ]
    with pytest.raises(InputError):
        record.report("untrue", turn_id="another")


def test_a_conversation_that_is_removed_meanwhile_goes_on_in_memory_and_says_so(journal, say):
    record = journal.record()
    say(record, "One.", "Answer.")
    journal.delete(record.conversation_id)
    journal.purge()
    say(record, "Two.", "Answer.")
    assert "no longer in the journal" in str(record.trouble)
    assert len(record.messages) == 4
    assert not journal.folder.doubt.exists()


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("They said no. I had four rounds.", "They said no"),
        ("Why?", "Why?"),
        ("no\nstop", "no"),
        ("word " * 40, "word " * 11 + "word …"),
        ("x" * 100, "x" * 60 + " …"),
        ("…", "…"),
        (".", "Conversation"),
    ],
)
def test_titles_come_from_the_first_message(message, title):
    assert title_of(message) == title
