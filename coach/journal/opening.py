"""Opens the journal's file: finishes what a crash interrupted, unlocks, examines, repairs, migrates."""

from __future__ import annotations

import contextlib

from coach.errors import JournalDamaged, JournalLocked
from coach.journal import files, keys, repair, roots
from coach.journal.engine import Database
from coach.journal.files import Folder
from coach.journal.keys import Key
from coach.journal.migrations import migrate, shape_is_right
from coach.journal.reading import summaries


def unlocked(folder: Folder, passphrase: str | None) -> Key | None:
    """Return the key of an encrypted journal, None for a plain one.

    Raises:
        JournalLocked: The passphrase is missing or wrong.
    """
    if not folder.encrypted:
        return None
    if passphrase is None:
        raise JournalLocked("The journal is encrypted and needs its passphrase.")
    return keys.read(folder.key, folder.database).unlock(passphrase)


def finish_replacing(folder: Folder) -> None:
    """Bring an interrupted change of encryption to one of its two ends.

    The old database has its name back unless the new one has taken it; whichever holds the
    name is whole, and the other is wiped.
    """
    if folder.old.exists() and not folder.database.exists():
        folder.old.replace(folder.database)
    if folder.old.exists():
        # The new database is in place; its key file may not be yet.
        if folder.new_key.exists():
            folder.new_key.replace(folder.key)
        files.remove(folder.old)
    files.remove(folder.new)
    files.wipe(folder.new_key)
    if folder.database.exists() and folder.database.stat().st_size and not folder.encrypted:
        files.wipe(folder.key)


def connected(folder: Folder, key: Key | None) -> tuple[Database, tuple[str, ...]]:
    """Open and migrate the database, after repair where it is damaged; return it with notices for the user.

    Raises:
        JournalLocked: The passphrase that the key was made from is wrong.
        JournalTooNew: A newer program has written it.
        StorageError: It cannot be written, or there is no room to repair it.
    """
    if key is not None:
        _ensure_check(folder, key)
    if folder.doubt.exists() and folder.database.stat().st_size == 0:
        # Erased while another window had it open and met the zeros: there is nothing to mend.
        folder.doubt.unlink()
    if not folder.doubt.exists():
        with contextlib.suppress(JournalDamaged):
            return _examined(folder, key), ()
    notice = repair.repair(folder, key)
    return _examined(folder, key), (notice,)


def _ensure_check(folder: Folder, key: Key) -> None:
    """Where the key file was lost, let the database itself judge the passphrase, and write the file again.

    Raises:
        JournalLocked: It does not fit. Damage would look the same, so nothing is repaired.
    """
    if keys.read(folder.key, folder.database).check:
        return
    try:
        Database(folder.database, key).close()
    except JournalDamaged:
        raise keys.wrong_passphrase() from None
    keys.write(folder.key, keys.KeyFile(salt=key.salt, check=key.check))


def _examined(folder: Folder, key: Key | None) -> Database:
    database = Database(folder.database, key, damaged=folder.doubt_it)
    try:
        migrate(database)
        if not shape_is_right(database):
            raise JournalDamaged(f"The journal {folder.database} is damaged: its tables are not as they should be.")
        summaries(database, limit=1)
        roots.note(folder, database)
    except BaseException:
        database.close()
        raise
    return database
