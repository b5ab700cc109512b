from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from sqlcipher3 import dbapi2

from coach.errors import InputError, JournalError, StorageError
from coach.journal import store
from coach.journal.store import Journal


def everything(folder) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_it(journal, folder, say):
    say(journal.record(), "They said no.", "That hurts.")
    assert folder.stat().st_mode & 0o777 == 0o700
    files = [path for path in folder.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"journal.db", "journal.db-wal", "journal.db-shm"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_it_is_written_ahead(journal):
    assert journal.database.value("PRAGMA journal_mode") == "wal"
    assert journal.database.value("PRAGMA secure_delete") == 1
    assert journal.database.value("PRAGMA foreign_keys") == 1
    assert journal.database.value("PRAGMA synchronous") == 2


def test_the_list_has_pinned_ones_first_and_then_the_latest(journal, say):
    now = iter(range(1_790_000_000, 1_800_000_000))
    records = [journal.record(clock=lambda: next(now)) for _ in range(4)]
    for number, record in enumerate(records):
        say(record, f"Conversation {number}", "Answer.")
    say(records[1], "Once more", "Answer.")
    journal.pin(records[0].conversation_id)
    journal.archive(records[2].conversation_id)
    assert [each.title for each in journal.conversations()] == ["Conversation 0", "Conversation 1", "Conversation 3"]
    assert [each.title for each in journal.conversations(archived=True)] == ["Conversation 2"]
    assert len(journal.conversations(archived=None)) == 4
    assert len(journal.conversations(limit=2)) == 2
    journal.pin(records[0].conversation_id, False)
    journal.archive(records[2].conversation_id, False)
    assert [each.title[-1] for each in journal.conversations()] == ["1", "3", "2", "0"]


def test_a_conversation_is_renamed(journal, say):
    record = journal.record()
    say(record, "They said no.", "That hurts.")
    journal.rename(record.conversation_id, "  The Leeds\n ward ")
    assert journal.conversations()[0].title == "The Leeds ward"
    assert [hit.role for hit in journal.search("leeds")] == ["title"]
    with pytest.raises(InputError):
        journal.rename(record.conversation_id, " \n")


def test_ids_may_be_shortened_while_they_are_clear(journal, say):
    records = [journal.record() for _ in range(20)]
    for record in records:
        say(record, "They said no.", "That hurts.")
    wanted = records[7].conversation_id
    assert journal.find(wanted.upper()) == wanted
    shared = next(
        digit for digit in "0123456789abcdef" if sum(each.conversation_id[0] == digit for each in records) > 1
    )
    with pytest.raises(InputError, match="Several"):
        journal.find(shared)
    for nothing in ("", " ", "zz", "%", "_"):
        with pytest.raises(InputError, match="There is no conversation"):
            journal.find(nothing)
    for act in (journal.read, journal.pin, journal.archive, journal.delete, journal.restore, journal.record):
        with pytest.raises(InputError, match="There is no conversation"):
            act("zz")


def test_a_deleted_conversation_comes_back_whole(journal, say):
    record = journal.record()
    say(record, "They said no.", "That hurts.")
    before = journal.read(record.conversation_id)
    journal.delete(record.conversation_id)
    assert journal.conversations() == []
    assert journal.search("hurts") == []
    with pytest.raises(InputError):
        journal.find(record.conversation_id)
    assert journal.find(record.conversation_id, deleted=True) == record.conversation_id
    journal.restore(record.conversation_id)
    assert journal.read(record.conversation_id) == before
    assert len(journal.search("hurts")) == 1


def test_what_is_purged_is_in_no_file_any_more(journal, folder, say):
    kept, gone = journal.record(), journal.record()
    say(kept, "Keepsakewords stay.", "Keepsakeanswer.")
    say(gone, "Xylophonist zephyrine message.", "Quixotically answered.")
    gone.understand({"employer": "Vexillology Ltd"})
    gone.correct("employer", "Wyvern Ltd")
    draft = gone.keep("Draughtsmanship one")
    gone.revise(draft, "Draughtsmanship two")
    gone.report("untrue", "Objectionably so")
    words = ("ylophonist", "ephyrine", "uixotically", "exillology", "yvern", "raughtsman", "bjectionably")
    before = everything(folder).lower()
    assert all(word.encode() in before for word in words)
    journal.delete(gone.conversation_id)
    assert journal.purge() == 1
    after = everything(folder).lower()
    assert [word for word in words if word.encode() in after] == []
    assert b"eepsakewords" in after
    journal.close()
    assert [word for word in words if word.encode() in everything(folder).lower()] == []
    with Journal.open(folder) as again:
        assert [each.title for each in again.conversations()] == ["Keepsakewords stay"]


def test_words_of_sentences_that_were_edited_away_are_found_until_purged(journal, say):
    record = journal.record()
    say(record, "Zephyrine.", "Answer.")
    record.undo()
    say(record, "Other.", "Answer.")
    assert len(journal.search("zephyrine", limit=5)) == 2  # the message, and the title made from it


def test_only_what_was_deleted_long_ago_goes_at_the_start(journal, folder, say):
    old, new = journal.record(), journal.record()
    for record in (old, new):
        say(record, "They said no.", "That hurts.")
        journal.delete(record.conversation_id)
    long_ago = time.time() - 8 * 86_400
    journal.database.run("UPDATE conversation SET deleted = ? WHERE id = ?", (long_ago, old.conversation_id))
    journal.close()
    with Journal.open(folder, undo_days=9) as again:
        assert len(again.conversations(deleted=True)) == 2
    with Journal.open(folder, undo_days=7) as again:
        assert [each.id for each in again.conversations(deleted=True)] == [new.conversation_id]


def test_off_the_record_never_touches_the_disk(own_folders, say):
    before = sorted(own_folders.parent.rglob("*"))
    journal = Journal.in_memory()
    record = journal.record()
    say(record, "Nobody may read this.", "Nobody will.")
    assert len(journal.search("nobody")) == 3
    assert journal.record(record.conversation_id).messages == record.messages
    assert (journal.kept, journal.trouble, record.trouble) == (False, None, None)
    assert sorted(own_folders.parent.rglob("*")) == before
    journal.erase()
    assert journal.conversations() == []


def test_off_the_record_opens_no_file_for_writing(tmp_path):
    """What the process opens is asked of the system, not of us."""
    code = (
        "import sys, random; sys.path.insert(0, 'scripts')\n"
        "import journal_trials\n"
        "from coach.journal.store import Journal\n"
        "opened = []\n"
        "watched = ('open', 'os.mkdir')\n"
        "sys.addaudithook(lambda event, args: opened.append((event, args)) if event in watched else None)\n"
        "journal = Journal.in_memory()\n"
        "journal_trials.fill(journal, 300, turns=2)\n"
        "journal.search('northwind')\n"
        "import os\n"
        "links = [os.readlink(f'/proc/self/fd/{each}') for each in os.listdir('/proc/self/fd')"
        " if os.path.exists(f'/proc/self/fd/{each}')] if os.path.isdir('/proc/self/fd') else []\n"
        "print([args for event, args in opened if event == 'os.mkdir' or set('wax+') & set(str(args[1]))])\n"
        "print([link for link in links if 'journal' in link or 'etilqs' in link])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["[]", "[]"]


def test_two_processes_write_side_by_side(journal, folder, say):
    code = (
        "import sys; from pathlib import Path; from coach.journal.store import Journal\n"
        "with Journal.open(Path(sys.argv[1])) as journal:\n"
        "    record = journal.record()\n"
        "    for number in range(30):\n"
        "        record.begin(f'Theirs {number}').end()\n"
        "    sys.exit(record.trouble is not None)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder)]) as other:
        record = journal.record()
        while other.poll() is None:
            say(record, "Mine", "Answer.")
            assert record.trouble is None
    assert other.returncode == 0
    lengths = sorted(len(journal.read(each.id).turns) for each in journal.conversations())
    assert lengths == sorted([30, len(record.messages) // 2])


def test_erasing_leaves_nothing(journal, folder, say):
    say(journal.record(), "Zephyrine.", "Answer.")
    journal.vault.put("notes/cv", b"Zephyrine")
    (folder / "damaged").mkdir()
    (folder / "damaged" / "2026-01-01-000000-1-journal.db").write_bytes(b"Zephyrine")
    (folder / "mine.txt").write_text("not the coach's")
    journal.erase()
    assert sorted(path.name for path in folder.iterdir()) == ["journal.lock", "mine.txt"]
    store.erase(folder / "nowhere")
    with Journal.open(folder) as again:
        assert again.conversations() == []


def test_a_window_that_was_open_while_all_was_erased_leaves_no_false_alarm(journal, folder, say):
    record = journal.record()
    say(record, "Zephyrine.", "Answer.")
    store.erase(folder)
    say(record, "Said to the open window.", "Answer.")
    assert record.trouble is not None
    journal.close()
    with Journal.open(folder) as again:
        assert again.notices == ()
        assert again.conversations() == []


def test_a_library_without_full_text_search_is_told_at_the_start(monkeypatch, folder):
    class Blunt:
        def execute(self, statement):
            raise dbapi2.OperationalError("no such module: fts5")

        def close(self): ...

    monkeypatch.setattr(dbapi2, "connect", lambda *_: Blunt())
    with pytest.raises(JournalError, match="cannot search text: it lacks FTS5"):
        Journal.open(folder)


def test_a_folder_that_cannot_be_made_is_told_and_the_chat_goes_on_in_memory(own_folders, say):
    own_folders.mkdir()
    folder = own_folders / "journal"
    folder.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="cannot be written"):
        Journal.open(folder)
    with Journal.open_or_memory(folder) as journal:
        assert not journal.kept
        record = journal.record()
        say(record, "They said no.", "That hurts.")
        assert isinstance(record.trouble, StorageError)
        assert len(journal.read(record.conversation_id).turns) == 1
    assert folder.read_text() == "a file where the folder should be"
