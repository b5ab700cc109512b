from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from journal_trials import PASSPHRASE, damage, fill, fuzz, kill

from coach.errors import InputError, JournalDamaged, StorageError
from coach.journal import encryption, files, repair, roots
from coach.journal.files import Folder
from coach.journal.migrations import TABLES
from coach.journal.store import Journal


@pytest.fixture
def filled(folder) -> Folder:
    """A closed journal of thirty conversations."""
    with Journal.open(folder) as journal:
        fill(journal, 30, turns=3)
    return Folder(path=folder)


def overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def pages_of(place: Folder, table: str) -> list[int]:
    """Leaf pages of a table, by what is in them: SQLite marks one with 13 and counts its rows."""
    content = place.database.read_bytes()
    words = {"event": b'{"event"', "conversation": b"L0"}[table]
    starts = range(4096, len(content), 4096)
    return [start for start in starts if content[start] == 13 and words in content[start : start + 4096]]


def test_a_broken_first_page_costs_nothing(filled):
    with Journal.open(filled.path) as journal:
        before = [journal.read(each.id) for each in journal.conversations()]
    overwrite(filled.database, 0, random.Random(1).randbytes(4096))
    damaged = filled.database.read_bytes()
    with Journal.open(filled.path) as journal:
        assert [journal.read(each.id) for each in journal.conversations()] == before
        assert repair.sound(journal.database)
        (notice,) = journal.notices
    assert "30 conversations with 90 messages were rescued" in notice
    (copy,) = filled.aside.glob("*-journal.db")
    assert str(copy) in notice
    assert copy.read_bytes() == damaged
    with Journal.open(filled.path) as journal:
        assert journal.notices == ()


def test_without_the_note_of_tables_a_broken_first_page_is_set_aside_whole(filled):
    filled.roots.unlink()
    overwrite(filled.database, 100, random.Random(1).randbytes(3996))
    damaged = filled.database.read_bytes()
    with Journal.open(filled.path) as journal:
        assert "nothing in it could be read" in journal.notices[0]
        assert journal.conversations() == []
    (copy,) = filled.aside.glob("*-journal.db")
    assert copy.read_bytes() == damaged


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"turn": "x"}', b'{"turn": null}'])
def test_a_broken_note_of_tables_is_written_again(filled, content):
    filled.roots.write_bytes(content)
    assert roots.read(filled.roots) == {}
    Journal.open(filled.path).close()
    assert set(roots.read(filled.roots)) == set(TABLES)


def test_one_broken_page_costs_the_rows_on_it_and_no_more(filled):
    page = pages_of(filled, "event")[3]
    overwrite(filled.database, page, bytes(4096))
    with Journal.open(filled.path) as journal:
        summaries = journal.conversations()
        with contextlib.suppress(JournalDamaged):
            for summary in summaries:
                journal.read(summary.id)
    assert filled.doubt.exists()
    with Journal.open(filled.path) as journal:
        assert "30 conversations with 90 messages were rescued" in journal.notices[0]
        turns = [turn for each in journal.conversations() for turn in journal.read(each.id).turns]
        lost = sum(5 - len(turn.bodies) for turn in turns)
        assert 0 < lost < 40
        assert all(turn.message and turn.reply for turn in turns)
        assert repair.sound(journal.database)
    assert not filled.doubt.exists()


def test_turns_whose_conversation_is_lost_are_found_again(filled):
    for page in pages_of(filled, "conversation"):
        if page == (roots.read(filled.roots)["conversation"] - 1) * 4096:
            overwrite(filled.database, page, bytes(4096))
    filled.doubt_it()
    with Journal.open(filled.path) as journal:
        assert "30 conversations with 90 messages were rescued" in journal.notices[0]
        for summary in journal.conversations():
            assert summary.title
            assert len(journal.read(summary.id).turns) == 3


def test_a_broken_search_index_is_built_again(filled):
    with Journal.open(filled.path) as journal:
        before = journal.search("northwind")
        journal.database.run("DELETE FROM search_data WHERE id > 10")
    with Journal.open(filled.path) as journal, pytest.raises(JournalDamaged):
        journal.search("northwind")
    with Journal.open(filled.path) as journal:
        assert "could be mended; nothing is missing" in journal.notices[0]
        assert journal.search("northwind") == before
        assert len(before) > 10


def test_a_head_that_forbids_writing_is_damage(filled):
    overwrite(filled.database, 18, b"\x09")
    with contextlib.suppress(JournalDamaged), Journal.open(filled.path) as journal:
        record = journal.record()
        record.begin("One more.")
        assert isinstance(record.trouble, JournalDamaged)
    with Journal.open(filled.path) as journal:
        assert "30 conversations" in journal.notices[0] or "nothing is missing" in journal.notices[0]
        assert len(journal.conversations()) == 30


@pytest.mark.parametrize("letter", [b"z", b"\xff"], ids=["another", "none"])
def test_a_conversation_that_its_index_does_not_know_is_damage(filled, letter):
    with Journal.open(filled.path) as journal:
        known = journal.conversations()[0].id
        with pytest.raises(InputError):
            journal.read("unknown")
    content = filled.database.read_bytes()
    # Thirty rows fit on the table's first page.
    start = (roots.read(filled.roots)["conversation"] - 1) * 4096
    assert content[start] == 13
    at = content.index(known.encode(), start, start + 4096)
    overwrite(filled.database, at, letter)
    told: list[str] = []
    # Found at once if the list begins with it, else when it is read.
    with Journal.open(filled.path) as journal, contextlib.suppress(JournalDamaged):
        told += journal.notices
        _ = [journal.read(summary.id) for summary in journal.conversations()]
    with Journal.open(filled.path) as journal:
        told += journal.notices
        found = [journal.read(summary.id) for summary in journal.conversations()]
    assert len(told) == 1
    assert sum(len(each.turns) for each in found) == 90


def test_a_file_that_is_no_journal_is_set_aside(folder):
    place = Folder(path=folder)
    place.prepare()
    place.database.write_bytes(files.PLAIN_HEAD + b"something else entirely" * 1000)
    with Journal.open(folder) as journal:
        assert "nothing in it could be read" in journal.notices[0]
    (copy,) = place.aside.glob("*-journal.db")
    assert b"something else entirely" in copy.read_bytes()


def test_two_damages_in_one_second_keep_two_copies(filled):
    for _ in range(2):
        overwrite(filled.database, 0, bytes(100))
        Journal.open(filled.path).close()
    assert len(list(filled.aside.glob("*-journal.db"))) == 2


def test_without_room_for_the_copy_nothing_is_touched(filled, monkeypatch):
    overwrite(filled.database, 0, bytes(100))
    damaged = filled.database.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(StorageError, match="No space left"):
        Journal.open(filled.path)
    with Journal.open_or_memory(filled.path) as journal:
        assert isinstance(journal.trouble, StorageError)
    assert filled.database.read_bytes() == damaged


def test_values_that_fit_no_calendar_or_vocabulary_are_shown_as_well_as_they_can_be(journal, say):
    record = journal.record()
    say(record, "They said no.", "That hurts.")
    journal.database.run("UPDATE turn SET state = 'dome', level = 'L#', started = 1e300")
    journal.database.run("UPDATE event SET body = substr(body, 3) WHERE number = 1")
    (turn,) = journal.read(record.conversation_id).turns
    assert (turn.partial, str(turn.level), turn.started) == (True, "L1", 0.0)
    assert len(turn.events()) == 1


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_damaged_files_open_or_are_set_aside(folder, tmp_path, passphrase, monkeypatch):
    from coach.journal import keys

    monkeypatch.setattr(keys.KeyFile.__init__, "__kwdefaults__", {"n": 2**10, "r": 8, "p": 1, "check": ""})
    with Journal.open(folder) as journal:
        fill(journal, 12, turns=3)
    if passphrase:
        encryption.encrypt(folder, passphrase)
        Journal.open(folder, passphrase).close()
    result = fuzz(folder, tmp_path / "work", 25, passphrase=passphrase, seed=7)
    assert result.bad == []
    assert result.files == 25
    assert result.refused == 0
    assert result.opened + result.mended + result.rescued + result.begun_anew == 25
    assert result.rescued >= 5


def test_damage_is_done():
    content = bytes(range(256)) * 100
    chance = random.Random(3)
    done = [damage(content, chance) for _ in range(60)]
    assert {kind for kind, _ in done} == {"bits", "head", "stretch", "zeros", "cut"}
    assert all(changed != content for _, changed in done)


def test_killed_processes_lose_nothing(folder):
    result = kill(folder, 20, seed=11)
    assert result.lost == []
    assert result.damaged == []
    assert result.kills == 20
    assert result.turns >= 20
    assert result.in_flight > 0


FULL_DISK = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, "scripts")
from journal_trials import sentence
from coach.journal.store import Journal
folder, balloon = Path(sys.argv[1]) / "journal", Path(sys.argv[1]) / "balloon"
journal = Journal.open(folder)
record = journal.record()
turn = record.begin("Said while there was room.")
turn.add(sentence("Answered too.", first=True))
turn.end()
assert record.trouble is None, record.trouble
handle = os.open(balloon, os.O_CREAT | os.O_WRONLY)
try:
    while os.write(handle, bytes(4096)):
        pass
except OSError:
    os.close(handle)
told = []
for number in range(40):
    turn = record.begin(f"Said on a full disk, {number}. " + "x" * 2000)
    turn.add(sentence("Answered in memory.", first=True))
    turn.end()
    told.append(str(record.trouble or ""))
shown = len(record.messages)
other = Journal.open_or_memory(folder)
balloon.unlink()
record.begin("Said with room again.").end()
print(json.dumps({"told": told, "shown": shown, "after": str(record.trouble or ""), "id": record.conversation_id}))
journal.close()
"""


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 2 MB, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small file system is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_the_chat_goes_on_and_is_kept_once_there_is_room(small_disk):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(small_disk)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    values = json.loads(done.stdout)
    assert values["told"][-1] == "The disk is full, so the journal cannot be written."
    assert values["shown"] == 2 + 2 * 40
    assert values["after"] == ""
    with Journal.open(small_disk / "journal") as journal:
        assert journal.notices == ()
        turns = journal.read(values["id"]).turns
        assert len(turns) == 42
        assert [turn.number for turn in turns] == list(range(1, 43))
        assert {turn.reply for turn in turns[1:41]} == {"Answered in memory."}
        assert repair.sound(journal.database)
