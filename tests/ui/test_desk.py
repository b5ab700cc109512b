"""What a tab shows and what its buttons do, without Gradio and without a browser."""

from __future__ import annotations

import itertools
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from coach import settings
from coach.errors import StorageError
from coach.events import TurnFailed
from coach.journal import keys
from coach.journal.store import Journal
from coach.ui import frame, texts
from coach.ui.actions import act
from coach.ui.desk import Desk, Parts
from tests.ui.fake_engine import DRAFT, SAFETY, FakeEngine, FakeLoading, done, sentence

HELLO = (sentence("One.", lead=""), done("One."))
SECRET = "four plain words here"

_number = itertools.count(1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with less work."""
    monkeypatch.setattr(keys.KeyFile.__init__, "__kwdefaults__", {"n": 2**10, "r": 8, "p": 1, "check": ""})


@pytest.fixture
def desk() -> Desk:
    return Desk(FakeEngine(HELLO))


def do(desk: Desk, action: str, tab: str = "a", **sent: Any) -> Parts:
    return act(desk, tab, json.dumps({"do": action, "n": next(_number), **sent}))


def talk(desk: Desk, text: str = "They said no.", tab: str = "a") -> Parts:
    desk.say(tab, text)
    shown: Parts = {}
    for parts in desk.answer(tab):
        shown |= parts
    return shown


def ids(desk: Desk) -> list[str]:
    return [each.id for each in desk.engine.journal().conversations()]


def chat_of(parts: Parts) -> str:
    return " ".join(message["content"] for message in parts["chat"])


def test_the_first_start_welcomes_and_later_ones_do_not(desk: Desk) -> None:
    assert texts.WELCOME_TITLE in desk.open("a", None)["placeholder"]
    talk(desk)
    assert texts.WELCOME_TITLE not in desk.open("b", None)["placeholder"]


def test_a_conversation_is_in_the_list_and_in_the_address_once_it_is_answered(desk: Desk) -> None:
    shown = talk(desk)

    (kept,) = ids(desk)
    assert f"data-id='{kept}' aria-current='true'" in shown["list"]
    assert f"data-conversation='{kept}'" in shown["place"]
    assert "They said no" in chat_of(desk.open("b", kept))


def test_an_unknown_conversation_opens_a_new_one(desk: Desk) -> None:
    shown = desk.open("a", "nothing")
    assert shown["chat"] == []
    assert shown["notice"] == ""


def test_new_and_off_the_record(desk: Desk) -> None:
    talk(desk)
    assert do(desk, "new")["chat"] == []
    shown = do(desk, "off_record")
    assert texts.OFF_RECORD_HINT in shown["record"]
    shown = talk(desk, "A secret.")
    assert texts.OFF_RECORD_NAME in shown["list"]
    assert len(ids(desk)) == 1
    assert do(desk, "open", id=ids(desk)[0])["record"] == ""


def test_conversations_are_searched_renamed_pinned_deleted_and_brought_back(desk: Desk) -> None:
    talk(desk, "Northwind said no.")
    do(desk, "new")
    talk(desk, "Contoso said nothing.")
    contoso, northwind = ids(desk)

    found = do(desk, "search", text="northw")["list"]
    assert northwind in found
    assert contoso not in found
    assert "<mark>" in do(desk, "search", text="one")["list"]
    assert texts.LIST_NOTHING in do(desk, "search", text="zebra")["list"]
    assert northwind in do(desk, "search", text="")["list"]
    assert "The <b>first</b> one" not in do(desk, "rename", id=northwind, title="The <b>first</b> one")["list"]
    assert "The &lt;b&gt;first&lt;/b&gt; one" in do(desk, "search", text="")["list"]
    shown = do(desk, "pin", id=northwind, on="1")["list"]
    assert shown.index(northwind) < shown.index(contoso)
    deleted = do(desk, "delete", id=contoso)
    assert deleted["chat"] == [], "it was open here"
    assert ids(desk) == [northwind]
    assert texts.RESTORE in deleted["list"]
    assert contoso in do(desk, "restore", id=contoso)["list"]
    assert set(ids(desk)) == {northwind, contoso}


def test_a_wrong_id_is_a_sentence(desk: Desk) -> None:
    assert "There is no conversation" in do(desk, "open", id="x")["notice"]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{}",
        '{"do": "new"}',
        '{"do": 3, "n": 1}',
        '{"n": 1}',
        '{"do": "erase-the-disk"}',
        '{"do": ["new"]}',
        "null",
    ],
)
def test_what_makes_no_sense_is_a_sentence(desk: Desk, sent: str) -> None:
    assert texts.UNKNOWN_ACTION in act(desk, "a", sent)["notice"]


def test_an_action_that_comes_twice_is_done_once_and_one_of_another_tab_is_another(desk: Desk) -> None:
    sent = json.dumps({"do": "learn", "name": "mine.md", "text": "Ask Mara.", "n": 5})
    first = act(desk, "a", sent)
    assert texts.OWN_NOTES_ADDED.format(file="mine.md") in first["notes"]
    assert "data-heard='5'" in first["heard"]
    assert act(desk, "a", sent) == {"heard": first["heard"]}
    assert act(desk, "a", json.dumps({"do": "new", "n": 4})) == {"heard": frame.heard(4)}, "a late copy"
    assert "notes" in act(desk, "b", sent)


GRAVE = "I am going to kill myself tonight."


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "learn", "name": "mine.md", "text": f"Ask Mara.\n\n{GRAVE}"},
        {"action": "fact", "nameOf": "company", "value": GRAVE},
        {"action": "edit_draft", "subject": "A question", "body": GRAVE},
        {"action": "rename", "title": GRAVE},
    ],
)
def test_what_is_typed_beside_the_chat_shows_help_when_it_is_grave(sent: dict[str, str]) -> None:
    desk = Desk(FakeEngine((DRAFT, sentence("One.", lead=""), done("One."))))
    talk(desk)
    assert desk.whole("a")["help"] == ""
    shown = do(desk, sent["action"], **{name: text for name, text in sent.items() if name != "action"}, id=ids(desk)[0])
    assert "findahelpline.com" in shown["help"]
    assert "class='safety'" in shown["notice"]
    assert "findahelpline.com" in talk(desk)["help"], "it stays"
    assert do(desk, "off_record")["help"] == ""


def test_files_added_at_once_are_told_of_together(desk: Desk) -> None:
    do(desk, "learn", name="long.md", too_long=True)
    shown = do(desk, "learn", name="mine.md", text="Ask Mara.", goes_on=True)["notes"]
    assert "long.md" in shown
    assert texts.OWN_NOTES_ADDED.format(file="mine.md") in shown
    assert "long.md" not in do(desk, "learn", name="other.md", text="Ask Jon.")["notes"]


@pytest.mark.parametrize("number", ["", "-1", "99", "x", "²"])
def test_a_reply_that_is_not_there_cannot_be_taken_back(desk: Desk, number: str) -> None:
    talk(desk)
    parts = do(desk, "wrong", number=number)
    assert texts.TAKEN_BACK not in chat_of(desk.whole("a") | parts)


def test_a_wrong_reply_is_taken_back_and_its_report_can_be_read_and_deleted(desk: Desk) -> None:
    talk(desk, "They said <b>no</b>.")
    shown = chat_of(do(desk, "wrong", number="0"))
    assert "One." not in shown
    assert texts.TAKEN_BACK in shown

    reports = do(desk, "settings")["reports"]
    assert "They said &lt;b&gt;no&lt;/b&gt;." in reports
    assert texts.ORIGINS[HELLO[0].origin] in reports
    assert texts.REPORTS_EMPTY in do(desk, "unreport", id="")["reports"]


def test_off_the_record_no_report_is_kept(desk: Desk) -> None:
    do(desk, "off_record")
    talk(desk)
    assert texts.TAKEN_BACK_OFF in chat_of(do(desk, "wrong", number="0"))
    assert texts.REPORTS_EMPTY in do(desk, "settings")["reports"]


def test_a_failed_turn_can_be_tried_again() -> None:
    desk = Desk(FakeEngine((TurnFailed(message="No memory.", hint="Close something."),), HELLO))
    assert "data-do='again'" in chat_of(talk(desk))
    do(desk, "again")
    assert "One." in chat_of(list(desk.answer("a"))[-1])


def test_facts_are_corrected_and_removed(desk: Desk) -> None:
    talk(desk)
    shown = do(desk, "fact", nameOf="role", value="  Data   <b>analyst</b> ")["facts"]
    assert "value='Data &lt;b&gt;analyst&lt;/b&gt;'" in shown
    assert desk.engine.journal().read(ids(desk)[0]).facts == {"role": "Data <b>analyst</b>"}
    assert "analyst" not in do(desk, "unfact", nameOf="role")["facts"]


def test_notes_are_added_listed_and_removed(desk: Desk) -> None:
    shown = do(desk, "learn", name="../../mine", text="# Plan\n\nAsk Mara.")["notes"]
    assert "mine.txt" in shown
    assert ".." not in shown
    (note,) = desk.engine.kept.notes().listed()
    assert texts.OWN_NOTES_EMPTY in do(desk, "forget", key=note.key)["notes"]
    assert "There are no notes named" in do(desk, "forget", key="x")["notice"]


@pytest.mark.parametrize(("name", "text"), [("a.exe", "x"), ("a.md", ""), ("a.md", "\0"), ("a.md", "x" * 1_000_001)])
def test_what_is_no_note_is_told_beside_the_notes(desk: Desk, name: str, text: str) -> None:
    shown = do(desk, "learn", name=name, text=text)["notes"]
    assert texts.OWN_NOTES_EMPTY in shown
    assert "class='told'" in shown


def test_settings_are_kept_and_hold_at_once(desk: Desk) -> None:
    assert "data-theme='dark'" in do(desk, "set", name="theme", value="dark")["preferences"]
    assert settings.load().theme == "dark"
    talk(desk)
    do(desk, "set", name="country", value="GB")
    assert "116123" in desk.help_panel()
    assert "must be" in do(desk, "set", name="theme", value="pink")["told"]
    assert do(desk, "set", name="host", value="0.0.0.0").keys() == {"heard"}
    assert do(desk, "set", name="data_dir", value="/tmp").keys() == {"heard"}


def test_the_help_panel_shows_after_a_grave_message() -> None:
    desk = Desk(FakeEngine(SAFETY))
    assert desk.open("a", None)["help"] == ""
    assert texts.SAFETY_LABEL in talk(desk)["help"]
    assert texts.SAFETY_LABEL in desk.open("b", ids(desk)[0])["help"], "after a reload, too"


def test_a_passphrase_locks_the_page_until_it_is_given(tmp_path: Path) -> None:
    desk = Desk(FakeEngine(HELLO, data=tmp_path))
    talk(desk, "Northwind said no.")
    do(desk, "learn", name="mine.md", text="Ask Mara.")
    assert texts.PASSPHRASE_DIFFERENT in do(desk, "encrypt", new=SECRET, again="x")["told"]
    assert "at least 8" in do(desk, "encrypt", new="short", again="short")["told"]
    assert texts.PASSPHRASE_DONE in do(desk, "encrypt", new=SECRET, again=SECRET)["told"]
    assert "Northwind" in chat_of(talk(desk, "And now?")), "the open conversation goes on"
    (kept,) = ids(desk)
    desk.engine.kept.close()

    later = Desk(FakeEngine(HELLO, data=tmp_path))
    locked = later.open("a", kept)
    assert texts.LOCK_TITLE in locked["lock"]
    assert texts.SAFETY_LABEL in locked["help"], "help comes before the passphrase"
    assert "Northwind" not in str(locked)
    assert "does not open" in do(later, "unlock", passphrase="wrong words here")["lock"]
    opened = do(later, "unlock", passphrase=SECRET, conversation=kept)
    assert opened["lock"] == ""
    assert "Northwind" in chat_of(opened)
    assert "mine.md" in opened["notes"]
    assert texts.PASSPHRASE_GONE in do(later, "decrypt")["told"]
    later.engine.kept.close()
    with Journal.open(later.engine.settings.journal_folder) as plain:
        assert len(plain.conversations()) == 1


def test_one_can_talk_off_the_record_without_the_passphrase(tmp_path: Path) -> None:
    desk = Desk(FakeEngine(HELLO, data=tmp_path))
    talk(desk)
    do(desk, "encrypt", new=SECRET, again=SECRET)
    desk.engine.kept.close()
    later = Desk(FakeEngine(HELLO, data=tmp_path))
    later.open("a", None)

    shown = do(later, "off_record")
    assert shown["lock"] == ""
    assert "One." in chat_of(talk(later))
    assert later.engine.kept.locked
    assert "passphrase" in do(later, "search", text="x").get("notice", "") or "list" in do(later, "search", text="x")
    assert texts.LOCK_TITLE in do(later, "new")["lock"]


def test_everything_is_erased_only_with_the_typed_word(tmp_path: Path) -> None:
    desk = Desk(FakeEngine(HELLO, data=tmp_path))
    talk(desk, "Northwind said no.")
    do(desk, "learn", name="mine.md", text="Ask Mara.")
    assert "Type the word" in do(desk, "erase", word="yes")["told"]
    assert len(ids(desk)) == 1
    shown = do(desk, "erase", word=" Erase ")
    assert texts.ERASED in shown["told"]
    assert shown["chat"] == []
    assert ids(desk) == []
    assert "mine.md" not in shown["notes"]
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Northwind" not in left
    assert b"Mara" not in left
    talk(desk, "Hello again.")
    assert len(ids(desk)) == 1


@pytest.mark.parametrize("action", ["encrypt", "decrypt", "erase"])
def test_nothing_is_locked_or_erased_under_an_answer_that_is_being_written(action: str) -> None:
    desk = Desk(FakeEngine((sentence("One.", lead=""), 60.0, done(""))))
    desk.say("a", "hi")
    running = desk.answer("a")
    next(running)
    assert texts.STILL_BUSY in do(desk, action, tab="b", new=SECRET, again=SECRET, word=texts.ERASE_WORD)["told"]
    desk.stop("a")
    list(running)
    assert len(ids(desk)) == 1


def test_a_second_tab_sees_what_the_first_one_says() -> None:
    desk = Desk(FakeEngine((sentence("One.", lead=""), 0.2, sentence("Two."), done(""))))
    desk.open("a", None)
    desk.say("a", "hi")
    running = desk.answer("a")
    next(running)
    visit = desk.visits.of("a")
    desk.open("b", visit.id)
    assert desk.look("b")["timer"] is True
    list(running)
    assert "data-stale" in desk.look("b")["place"]
    assert "Two." in chat_of(do(desk, "refresh", tab="b"))
    assert "place" not in desk.look("b"), "once is enough"
    assert desk.look("a")["timer"] is True, "as long as two tabs show it"
    desk.leave("b")
    assert desk.look("a")["timer"] is False


def test_a_journal_that_cannot_be_kept_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(FakeEngine(HELLO))
    broken = Journal.in_memory(trouble=StorageError("The disk is full.", hint="Free some space."))
    monkeypatch.setattr(desk.engine.kept, "_journal", broken)
    assert f"{texts.NOT_KEPT} The disk is full." in desk.open("a", None)["notice"]


def test_three_tabs_are_all_answered_and_nobody_loses_a_word() -> None:
    desk = Desk(FakeEngine((sentence("One.", lead=""), 0.1, sentence("Two."), done(""))))
    shown: dict[str, Any] = {}

    def run(tab: str) -> None:
        shown[tab] = talk(desk, f"from {tab}", tab)

    threads = [threading.Thread(target=run, args=(tab,)) for tab in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    for tab in "abc":
        assert f"from {tab}" in chat_of(shown[tab])
        assert "One. Two." in chat_of(shown[tab])
    assert len(ids(desk)) == 3


def test_the_line_on_loading_goes_with_the_last_look() -> None:
    """Looking ends when all is loaded, so whatever ends it has to take the line away."""
    engine = FakeEngine(HELLO, loading=[FakeLoading(index="loading", message="Reading", fraction=0.5), FakeLoading()])
    desk = Desk(engine)
    assert "Reading" in desk.look("a")["status"]
    shown = talk(desk)
    assert (shown["timer"], shown["status"]) == (False, "")


def test_a_draft_changed_by_hand_is_the_one_in_the_conversation() -> None:
    desk = Desk(FakeEngine((DRAFT, done(""))))
    talk(desk)
    parts = do(desk, "edit_draft", subject="Another subject", body="Hello Mara, a line of my own.")
    assert "a line of my own" in chat_of(parts)
    assert "thank you" not in chat_of(parts)
