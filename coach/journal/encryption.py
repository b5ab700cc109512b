"""Turns encryption on, off, or over to another passphrase.

The whole content is exported into a new file, which takes the old one's place only when it
is complete; the old one is then overwritten and deleted, damaged copies included. A crash
in between leaves one whole journal, and the next start removes the other.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from coach.errors import JournalDamaged, JournalError
from coach.journal import files, keys, opening, repair
from coach.journal.engine import Database
from coach.journal.files import Folder
from coach.journal.keys import Key, KeyFile
from coach.journal.migrations import TABLES
from coach.journal.vault import NOTES, Shelf, Vault


def encrypt(path: Path, new: str, *, passphrase: str | None = None, notes: Path | None = None) -> None:
    """Encrypt the journal in a folder, or change its passphrase.

    Copies of damaged journals move into the encrypted one, under "damaged/" in its vault.

    Args:
        path: The journal's folder.
        new: The passphrase from now on.
        passphrase: The one so far, where it is encrypted already.
        notes: The folder of the user's own notes; its files move into the vault, under "notes/".

    Raises:
        InputError: The new passphrase is too short.
        JournalLocked: The old one is missing or wrong.
        JournalError: Another window has the journal open.
        StorageError: The disk has no room for the new file; the journal is as it was.
    """
    key, key_file = keys.new_key(new)
    _replace(Folder(path=path), passphrase, key, key_file, notes)
    if notes is not None:
        files.wipe_folder(notes)


def decrypt(path: Path, passphrase: str, *, notes: Path | None = None) -> None:
    """Store the journal in a folder without encryption, and the user's own notes in theirs.

    Raises:
        JournalLocked: The passphrase is wrong.
        JournalError: Another window has the journal open.
        StorageError: The disk has no room for the new file; the journal is as it was.
    """
    _replace(Folder(path=path), passphrase, None, None)
    if notes is not None:
        _give_back(Folder(path=path), notes)


def _give_back(folder: Folder, notes: Path) -> None:
    """Move notes out of a plain journal's vault; each is in one of the two places at any moment."""
    with contextlib.closing(Database(folder.database)) as database:
        shelf = Shelf(Vault(database))
        Folder(path=notes).prepare()
        for name in shelf.names():
            files.write_whole(notes / name, shelf.get(name))
            shelf.delete(name)


def _replace(
    folder: Folder, passphrase: str | None, key: Key | None, key_file: KeyFile | None, notes: Path | None = None
) -> None:
    folder.prepare()
    with folder.locked():
        opening.finish_replacing(folder)
        old_key = opening.unlocked(folder, passphrase)
        folder.create(folder.database)
        database, _ = opening.connected(folder, old_key)
        try:
            _alone(database)
            if key is not None:
                _take_in(folder.aside, "damaged/", database)
            if notes is not None:
                _take_in(notes, NOTES, database)
            folder.create(folder.new)
            database.export(folder.new, key)
            _check(folder.new, key, database)
        except BaseException:
            files.remove(folder.new)
            raise
        finally:
            database.close()
        if key_file is not None:
            keys.write(folder.new_key, key_file)
        folder.install_new()
        if key is None:
            files.wipe(folder.key)
            return
        for copy in sorted(folder.aside.glob("*")):
            files.wipe(copy)


def _alone(database: Database) -> None:
    """Fold the log in and keep everyone else out until the file is closed."""
    try:
        database.run("PRAGMA journal_mode = DELETE")
        database.run("PRAGMA locking_mode = EXCLUSIVE")
        with database.writing():
            database.run("UPDATE vault SET name = name WHERE 0")
    except JournalError as error:
        if isinstance(error, JournalDamaged):
            raise
        raise JournalError(
            "The journal is open in another window of the coach.", hint="Close it, and run this again."
        ) from error


def _take_in(source: Path, beginning: str, database: Database) -> None:
    vault = Vault(database)
    for path in sorted(source.glob("*")):
        # Names that begin with a dot are drafts of an interrupted write.
        if path.is_file() and not path.name.startswith("."):
            vault.put(beginning + path.name, path.read_bytes())


def _check(path: Path, key: Key | None, source: Database) -> None:
    """Make sure that the new file holds what the old one does.

    Raises:
        JournalDamaged: It does not.
    """
    with contextlib.closing(Database(path, key)) as copy:
        counts = [f"SELECT count(*) FROM {table}" for table in TABLES]
        same = [copy.value(query) for query in counts] == [source.value(query) for query in counts]
        if not same or not repair.sound(copy):
            raise JournalDamaged("The new file did not turn out right, so the journal was left as it was.")
        copy.run("PRAGMA journal_mode = DELETE")
