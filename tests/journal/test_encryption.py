from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from journal_trials import PASSPHRASE, fill

from coach.errors import InputError, JournalError, JournalLocked, StorageError
from coach.journal import encryption, files, keys, repair, transfer
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.journal.vault import Shelf

OTHER = "another seven lamps"

# One word for each thing that issue 8 names, and for each place where SQLite could leave it.
SECRETS = {
    "message": "zephyrine",
    "reply": "quixotical",
    "title": "yardarmish",
    "fact": "vexillology",
    "draft": "draughtsmen",
    "version": "versionable",
    "hot": "hotheadedly",
    "report": "objectionable",
    "note": "notarikon",
    "deleted": "deletionist",
    "aside": "asideways",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Derive keys with less work; the real parameters have a test of their own."""
    monkeypatch.setattr(keys.KeyFile.__init__, "__kwdefaults__", {"n": 2**10, "r": 8, "p": 1, "check": ""})


def words_in(folder: Path) -> set[str]:
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).lower()
    return {name for name, word in SECRETS.items() if word.encode() in content}


def exported(journal: Journal) -> dict[str, object]:
    values: dict[str, object] = json.loads(transfer.to_json(journal))
    del values["exported"]
    return values


@pytest.fixture
def told(folder, say) -> dict[str, object]:
    """A plain journal with every secret in it, closed; returns its content."""
    with Journal.open(folder) as journal:
        record = journal.record()
        say(record, f"{SECRETS['message']} said no.", f"{SECRETS['reply']} it was.")
        journal.rename(record.conversation_id, SECRETS["title"])
        record.understand({"employer": SECRETS["fact"]})
        draft = record.keep(SECRETS["draft"])
        record.revise(draft, SECRETS["version"])
        record.keep(SECRETS["hot"], hot=True)
        record.report("untrue", SECRETS["report"])
        journal.vault.put("notes/cv", SECRETS["note"].encode())
        other = journal.record()
        say(other, f"{SECRETS['deleted']} said no.", "Answer.")
        journal.delete(other.conversation_id)
        content = exported(journal)
    place = Folder(path=folder)
    place.aside.mkdir()
    (place.aside / "2026-01-01-000000-1-journal.db").write_bytes(SECRETS["aside"].encode())
    return content


def test_no_plain_copy_is_left(folder, told):
    assert words_in(folder) == set(SECRETS)
    encryption.encrypt(folder, PASSPHRASE)
    assert words_in(folder) == set()
    assert sorted(path.name for path in folder.iterdir()) == ["damaged", "journal.db", "journal.key", "journal.lock"]
    with Journal.open(folder, PASSPHRASE) as journal:
        assert journal.encrypted
        assert repair.sound(journal.database)
        assert len(journal.search("zephyrine")) == 1
        # Open, with a log of its own.
        journal.record(journal.conversations()[0].id).begin(f"{SECRETS['message']} again").end()
        assert (folder / "journal.db-wal").stat().st_size
        assert words_in(folder) == set()
        copy = journal.vault.get("damaged/2026-01-01-000000-1-journal.db")
        assert copy == SECRETS["aside"].encode()


def test_nothing_is_lost(folder, told):
    encryption.encrypt(folder, PASSPHRASE)
    encryption.encrypt(folder, OTHER, passphrase=PASSPHRASE)
    encryption.decrypt(folder, OTHER)
    with Journal.open(folder) as journal:
        journal.vault.delete("damaged/")
        assert exported(journal) == told
        assert not journal.encrypted
    assert not (folder / "journal.key").exists()


def test_the_old_file_is_overwritten_before_it_is_deleted(folder, told, monkeypatch):
    wiped = {}

    def unlink(path, missing_ok=False):
        if path.exists():
            wiped[path.name] = path.read_bytes()
        real(path, missing_ok=missing_ok)

    real = Path.unlink
    size = (folder / "journal.db").stat().st_size
    monkeypatch.setattr(Path, "unlink", unlink)
    encryption.encrypt(folder, PASSPHRASE)
    assert wiped["journal.db.old"] == bytes(size)
    assert set(wiped["2026-01-01-000000-1-journal.db"]) == {0}


@pytest.mark.parametrize("wrong", [None, "", "seven quiet lampS", PASSPHRASE + " "])
def test_a_wrong_passphrase_is_told_and_changes_nothing(folder, told, wrong):
    encryption.encrypt(folder, PASSPHRASE)
    before = (folder / "journal.db").read_bytes()
    for attempt in (
        lambda: Journal.open(folder, wrong),
        lambda: Journal.open_or_memory(folder, wrong),
        lambda: encryption.encrypt(folder, OTHER, passphrase=wrong),
        lambda: encryption.decrypt(folder, wrong),
    ):
        with pytest.raises(JournalLocked) as caught:
            attempt()
        assert "passphrase" in str(caught.value)
    assert (folder / "journal.db").read_bytes() == before
    assert not Folder(path=folder).doubt.exists()
    Journal.open(folder, PASSPHRASE).close()


def test_the_same_letters_typed_in_another_way_open_it(folder, told):
    encryption.encrypt(folder, "sieben stille Türen")
    with Journal.open(folder, "sieben stille Tu\u0308ren") as journal:
        assert journal.conversations()


@pytest.mark.parametrize("short", ["", "short", "sevenca"])
def test_a_short_passphrase_is_refused(folder, told, short):
    with pytest.raises(InputError, match="at least 8 characters"):
        encryption.encrypt(folder, short)
    Journal.open(folder).close()


def test_a_new_journal_can_be_encrypted_before_anything_is_said(folder, say):
    encryption.encrypt(folder, PASSPHRASE)
    with Journal.open(folder, PASSPHRASE) as journal:
        say(journal.record(), "zephyrine", "Answer.")
        assert words_in(folder) == set()


def test_another_window_must_be_closed_first(folder, told):
    with Journal.open(folder) as journal:
        with pytest.raises(JournalError, match="open in another window"):
            encryption.encrypt(folder, PASSPHRASE)
        assert len(journal.search("zephyrine")) == 1
        assert not Folder(path=folder).new.exists()
    encryption.encrypt(folder, PASSPHRASE)


def test_a_lost_or_broken_key_file_is_written_again_by_the_right_passphrase(folder, told, monkeypatch):
    encryption.encrypt(folder, PASSPHRASE)
    place = Folder(path=folder)
    for content in (None, b"", b"{}", b'{"n": 9e99}', place.key.read_bytes().replace(b'"n": 1024', b'"n": 1023')):
        if content is None:
            place.key.unlink()
        else:
            place.key.write_bytes(content)
        with pytest.raises(JournalLocked):
            Journal.open(folder)
        with pytest.raises(JournalLocked):
            Journal.open(folder, OTHER)
        assert not place.doubt.exists()
        with Journal.open(folder, PASSPHRASE) as journal:
            assert journal.notices == ()
            assert len(journal.search("zephyrine")) == 1
        assert keys.read(place.key, place.database).check


def test_the_salt_is_in_two_places(folder, told):
    encryption.encrypt(folder, PASSPHRASE)
    database = Folder(path=folder).database
    content = bytearray(database.read_bytes())
    content[:16] = bytes(16)
    database.write_bytes(content)
    with Journal.open(folder, PASSPHRASE) as journal:
        assert len(journal.search("zephyrine")) == 1


def test_keys_are_derived_with_current_parameters(monkeypatch):
    monkeypatch.undo()
    used = {}

    def scrypt(password, **values):
        used.update(values)
        return bytes(32)

    monkeypatch.setattr(hashlib, "scrypt", scrypt)
    key, key_file = keys.new_key(PASSPHRASE)
    assert (used["n"], used["r"], used["p"], len(used["salt"])) == (2**17, 8, 1, 16)
    assert (key_file.n, key_file.r, key_file.p) == (2**17, 8, 1)
    assert keys.new_key(PASSPHRASE)[1].salt != key_file.salt
    assert repr(key) == "Key(...)"


def test_the_page_format_is_sqlcipher_four(folder, told):
    encryption.encrypt(folder, PASSPHRASE)
    with Journal.open(folder, PASSPHRASE) as journal:
        settings = {row[0] for row in journal.database.rows("PRAGMA cipher_settings")}
        assert {"PRAGMA cipher_page_size = 4096;", "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;"} <= settings
        assert journal.database.rows("PRAGMA cipher_integrity_check") == []
        assert str(journal.database.value("PRAGMA cipher_version")).startswith("4.")


POINTS = 14
_CRASH = """
import os, shutil, sys
from pathlib import Path
from coach.journal import encryption, keys
keys.KeyFile.__init__.__kwdefaults__ = {"n": 2**10, "r": 8, "p": 1, "check": ""}
folder, change, old, new, points = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])

def counted(real):
    def run(path, *args, **options):
        global left
        if path.exists():
            if left == 0:
                os._exit(9)
            left -= 1
        return real(path, *args, **options)
    return run

Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
for left in range(points):
    copy = folder.with_name(f"crashed-{left}")
    shutil.copytree(folder, copy)
    child = os.fork()
    if child == 0:
        if change == "decrypt":
            encryption.decrypt(copy, old)
        else:
            encryption.encrypt(copy, new, passphrase=old or None)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("change", "old", "new"), [("on", "", OTHER), ("over", PASSPHRASE, OTHER), ("decrypt", PASSPHRASE, "")]
)
def test_a_crash_at_any_point_leaves_one_whole_journal(folder, told, change, old, new):
    """Processes end by themselves at their nth change to the folder: a rename, a deletion, a new key file."""
    if old:
        encryption.encrypt(folder, old)
    command = [sys.executable, "-c", _CRASH, str(folder), change, old, new, str(POINTS)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    codes = [int(code) for code in run.stdout.split()]
    # Enough points were tried when the last processes came to their end.
    assert codes[0] == 9
    assert codes[-1] == 0
    assert set(codes) == {0, 9}
    came_through = []
    for number, code in enumerate(codes):
        crashed = Folder(path=folder.with_name(f"crashed-{number}"))
        came_through.append(_whole(crashed, old or None, new or None, told))
        assert came_through[-1] or code == 9
    assert came_through[0] is False
    assert came_through == sorted(came_through)


def _whole(place: Folder, old: str | None, new: str | None, told: dict[str, object]) -> bool:
    """Whether the change came through; either way nothing may be missing or left over."""
    try:
        changed = (journal := Journal.open(place.path, new)).encrypted == (new is not None)
    except JournalLocked:
        changed, journal = False, Journal.open(place.path, old)
    with journal:
        assert journal.encrypted == ((new if changed else old) is not None)
        journal.vault.delete("damaged/")
        assert exported(journal) == told
        assert repair.sound(journal.database)
    assert [path.name for path in (place.new, place.new_key, place.old) if path.exists()] == []
    if changed and new is not None:
        # Damaged copies are wiped last. A crash before that leaves them; the next encryption takes them in.
        assert words_in(place.path) <= {"aside"}
    return changed


def test_a_disk_without_room_for_the_new_file_leaves_the_old_one(folder, told, monkeypatch):
    def full(*_):
        raise StorageError("The disk is full, so the journal cannot be written.")

    monkeypatch.setattr("coach.journal.engine.Database.export", full)
    with pytest.raises(StorageError):
        encryption.encrypt(folder, PASSPHRASE)
    assert not Folder(path=folder).new.exists()
    with Journal.open(folder) as journal:
        journal.vault.delete("damaged/")
        assert exported(journal) == told


def test_a_damaged_encrypted_journal_is_rescued_without_a_plain_copy(folder, told):
    with Journal.open(folder) as journal:
        fill(journal, 12, turns=2)
    encryption.encrypt(folder, PASSPHRASE)
    Journal.open(folder, PASSPHRASE).close()
    place = Folder(path=folder)
    content = bytearray(place.database.read_bytes())
    for page in range(0, len(content) // 4096, 9):
        content[page * 4096 + 100] ^= 1
    place.database.write_bytes(content)
    place.doubt_it()
    with Journal.open(folder, PASSPHRASE) as journal:
        assert "were rescued" in journal.notices[0]
        assert journal.encrypted
        assert len(journal.conversations()) >= 6
        assert repair.sound(journal.database)
    assert words_in(folder) == set()
    copy = next(place.aside.glob("*-journal.db"))
    assert copy.read_bytes() == bytes(content)
    # The copy can be opened with the passphrase of its time.
    key_file = keys.read(copy.with_suffix(".key"), copy)
    assert key_file.unlock(PASSPHRASE).check == key_file.check


def test_the_vault_holds_bytes_by_name(journal):
    journal.vault.put("notes/a", b"\x00\x01")
    journal.vault.put("notes/b", b"")
    journal.vault.put("vectors", b"x" * 300_000)
    journal.vault.put("notes/a", b"new")
    assert journal.vault.get("notes/a") == b"new"
    assert journal.vault.get("nothing") is None
    assert journal.vault.names() == ["notes/a", "notes/b", "vectors"]
    assert journal.vault.names("notes/") == ["notes/a", "notes/b"]
    assert journal.vault.delete("notes/") == 2
    assert journal.vault.names() == ["vectors"]


def test_notes_and_their_vectors_move_in_and_out(folder, told, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "note-1.json").write_bytes(b"notarikon in a note")
    (notes / "vectors.npz").write_bytes(bytes(range(256)))
    (notes / ".draft").write_bytes(b"notarikon in a draft")
    encryption.encrypt(folder, PASSPHRASE, notes=notes)
    assert not notes.exists()
    assert words_in(tmp_path) == words_in(folder) == set()
    encryption.encrypt(folder, OTHER, passphrase=PASSPHRASE, notes=notes)
    with Journal.open(folder, OTHER) as journal:
        shelf = Shelf(journal.vault)
        assert shelf.names() == ["cv", "note-1.json", "vectors.npz"]
        shelf.put("note-10.json", b"notarikon")
        shelf.delete("note-1")
        shelf.delete("note-10.json")
        assert shelf.get("note-1.json") == b"notarikon in a note"
        with pytest.raises(OSError, match="note-10"):
            shelf.get("note-10.json")
    encryption.decrypt(folder, OTHER, notes=notes)
    assert (notes / "vectors.npz").read_bytes() == bytes(range(256))
    assert {path.name for path in notes.iterdir()} == {"cv", "note-1.json", "vectors.npz"}
    with Journal.open(folder) as journal:
        assert journal.vault.names("notes/") == []


def test_a_deleted_note_is_in_no_file(folder, journal):
    journal.vault.put("notes/cv", b"notarikon" * 3000)
    journal.vault.delete("notes/")
    assert words_in(folder) == set()


def test_a_passphrase_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "passphrase"
    with pytest.raises(InputError, match="cannot be read"):
        keys.from_file(path)
    for content, message in (("", "is empty"), ("\n", "is empty")):
        path.write_text(content)
        path.chmod(0o600)
        with pytest.raises(InputError, match=message):
            keys.from_file(path)
    path.write_text(f"{PASSPHRASE}\nmore\n")
    assert keys.from_file(path) == PASSPHRASE
    path.chmod(0o644)
    with pytest.raises(InputError, match="Others can read"):
        keys.from_file(path)


def test_wiping_takes_links_away_and_leaves_what_they_point_to(tmp_path):
    target = tmp_path / "precious"
    target.write_text("precious")
    inside = tmp_path / "notes"
    (inside / "deep").mkdir(parents=True)
    (inside / "deep" / "cv.md").write_text("cv")
    (inside / "link").symlink_to(target)
    (inside / "folder").symlink_to(tmp_path, target_is_directory=True)
    files.wipe_folder(inside)
    assert not inside.exists()
    assert target.read_text() == "precious"
    files.wipe_folder(inside)
