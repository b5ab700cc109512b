"""Sessions, the pipeline and the journal together; only the model is scripted."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coach import settings
from coach.errors import InputError, JournalLocked, StorageError
from coach.events import Sentence
from coach.journal import encryption
from coach.journal.engine import Database
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.journal.stored import State
from coach.session import Session
from coach.types import Level
from coach.wiring import Engine, journal_needs_passphrase
from tests.talk import NeverAhead, scripted_turns

TEXT = "I applied to eleven companies in May. None replied."
ECHO = "You applied to eleven companies in May."


def session(journal: Journal, conversation_id: str | None = None) -> Session:
    return Session(scripted_turns(ECHO), NeverAhead(), journal.record(conversation_id))


def say(one: Session, text: str = TEXT) -> list[str]:
    return [event.text for event in one.send(text, stopped=lambda: False) if isinstance(event, Sentence)]


@pytest.mark.parametrize("first", [TEXT, "L3 and an email", "F and the rent", "D and my age"])
def test_what_was_shown_is_what_is_kept(journal, first):
    one = session(journal)
    say(one, first)
    say(one)
    found = journal.read(one.conversation_id or "")
    assert found.messages == one.messages
    assert [turn.state for turn in found.turns] == [State.DONE, State.DONE]
    assert one.trouble is None


def test_a_conversation_goes_on_after_a_restart_as_if_there_had_been_none(folder):
    with Journal.open(folder) as journal:
        straight = session(journal)
        said = {*say(straight), *say(straight, "L2 and so on")}
        kept = straight.conversation_id or ""
    with Journal.open(folder) as journal:
        again = session(journal, kept)
        assert again.messages == straight.messages
        assert again._conversation.situation == straight._conversation.situation
        assert again._conversation.said == straight._conversation.said
        assert not said & set(say(again)), "no sentence comes twice in a conversation"
        assert journal.read(kept).messages == again.messages
        assert again.messages[3].level is Level.L2


def test_undo_reaches_behind_a_restart_and_keeps_the_version(folder):
    with Journal.open(folder) as journal:
        one = session(journal)
        say(one)
        say(one, "And now?")
        kept = one.conversation_id or ""
    with Journal.open(folder) as journal:
        again = session(journal, kept)
        assert again.undo() == "And now?"
        assert again.undo() == TEXT
        assert again.undo() is None
        say(again, "In other words, no.")
        found = journal.read(kept)
        assert [turn.message for turn in found.turns] == ["In other words, no."]
        assert [turn.message for turn in found.earlier] == [TEXT, "And now?"]


def test_a_turn_that_nobody_listens_to_any_more_is_kept_as_stopped(journal):
    one = session(journal)
    events = one.send(TEXT, stopped=lambda: False)
    for event in events:
        if isinstance(event, Sentence):
            break
    events.close()  # type: ignore[attr-defined]
    (turn,) = journal.read(one.conversation_id or "").turns
    assert (turn.message, turn.reply, turn.state) == (TEXT, ECHO, State.STOPPED)


def test_bad_input_is_not_kept(journal):
    one = session(journal)
    with pytest.raises(InputError):
        say(one, " ")
    assert journal.conversations() == []


def test_trouble_with_the_disk_reaches_no_turn_and_is_made_good(journal, monkeypatch):
    one = session(journal)
    say(one)
    before = journal.read(one.conversation_id or "")

    def full(*_):
        raise StorageError("The disk is full, so the journal cannot be written.")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "run", full)
        say(one, "And now?")
        assert str(one.trouble) == "The disk is full, so the journal cannot be written."
        assert len(one.messages) == 4
    assert journal.read(one.conversation_id or "") == before
    say(one, "And then?")
    assert one.trouble is None
    assert journal.read(one.conversation_id or "").messages == one.messages


KILLED = """
import os, sys
sys.path[:0] = [".", "scripts"]
from pathlib import Path
from coach.events import Sentence
from coach.journal.store import Journal
from coach.session import Session
from tests.talk import NeverAhead, scripted_turns
journal = Journal.open(Path(sys.argv[1]))
one = Session(scripted_turns(sys.argv[3]), NeverAhead(), journal.record())
for event in one.send(sys.argv[2], stopped=lambda: False):
    if isinstance(event, Sentence):
        print(one.conversation_id, flush=True)
        os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_answer_cut_short_by_a_kill_is_shown_as_partial_and_goes_on(folder):
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), TEXT, ECHO], capture_output=True, text=True, check=False
    )
    assert run.returncode == -9, run.stderr
    kept = run.stdout.strip()
    with Journal.open(folder) as journal:
        (turn,) = journal.read(kept).turns
        assert (turn.message, turn.reply, turn.partial) == (TEXT, ECHO, True)
        again = session(journal, kept)
        assert [message.text for message in again.messages] == [TEXT, ECHO]
        assert ECHO not in say(again)


@pytest.fixture
def engine(own_folders):
    """The program as it is wired, without models: nothing is loaded until a turn needs it."""
    made = Engine(settings.load())
    yield made
    made.close()


def test_the_engine_keeps_conversations_in_the_data_folder(engine, folder):
    one = engine.new_session()
    assert engine.journal().kept
    assert engine.journal().record().conversation_id != one.conversation_id
    assert Folder(path=folder).database.exists()
    with pytest.raises(InputError):
        engine.new_session("unknown")


def test_off_the_record_not_even_the_journal_is_opened(engine, own_folders):
    one = engine.new_session(off_record=True)
    assert (one.conversation_id, one.trouble) == (None, None)
    assert not own_folders.exists()


def test_with_the_setting_off_nothing_is_kept_and_nobody_complains(own_folders, monkeypatch):
    monkeypatch.setenv("COACH_JOURNAL", "off")
    engine = Engine(settings.load())
    one = engine.new_session()
    assert not engine.journal().kept
    assert one.trouble is None
    assert not own_folders.exists()
    engine.close()


def test_a_locked_journal_is_asked_for_and_never_replaced_by_memory(own_folders, folder, engine):
    assert not journal_needs_passphrase(engine.settings)
    encryption.encrypt(folder, "seven quiet lamps")
    assert journal_needs_passphrase(engine.settings)
    assert not journal_needs_passphrase(replace(engine.settings, journal=False))
    with pytest.raises(JournalLocked):
        engine.new_session()
    right = Engine(settings.load(), passphrase="seven quiet lamps")
    assert right.new_session().conversation_id
    right.close()


def test_a_folder_that_cannot_be_written_is_told_and_the_chat_goes_on(own_folders):
    own_folders.mkdir()
    Path(own_folders / "journal").write_text("in the way")
    engine = Engine(settings.load())
    one = engine.new_session()
    assert isinstance(one.trouble, StorageError)
    engine.close()
