"""Mends a damaged journal, or rescues what can be read into a new one. A copy is set aside first, always."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from coach.errors import JournalDamaged, JournalError
from coach.journal import columns, files, roots
from coach.journal.engine import Database, Row
from coach.journal.files import Folder
from coach.journal.keys import Key
from coach.journal.migrations import TABLES, migrate, shape_is_right

_LAST_ROW = 2**62

_KNIT_TOGETHER = (
    """INSERT INTO conversation (id, created, updated)
        SELECT conversation_id, min(started), max(started) FROM turn
        WHERE conversation_id NOT IN (SELECT id FROM conversation) GROUP BY conversation_id""",
    """INSERT OR IGNORE INTO conversation (id, created, updated)
        SELECT conversation_id, min(id) / 1e6, max(id) / 1e6 FROM passage GROUP BY conversation_id""",
    """INSERT INTO turn (id, conversation_id, number, state, started)
        SELECT turn_id, conversation_id,
            row_number() OVER (PARTITION BY conversation_id ORDER BY min(id))
                + (SELECT coalesce(max(number), 0) FROM turn WHERE turn.conversation_id = passage.conversation_id),
            'open', min(id) / 1e6
        FROM passage WHERE turn_id NOT NULL AND turn_id NOT IN (SELECT id FROM turn) GROUP BY turn_id""",
    """UPDATE turn SET parent_id = (SELECT id FROM turn AS before
        WHERE before.conversation_id = turn.conversation_id AND before.number < turn.number
        ORDER BY before.number DESC LIMIT 1)
        WHERE parent_id NOT NULL AND parent_id NOT IN (SELECT id FROM turn)
            OR parent_id IS NULL AND state = 'open'""",
    """UPDATE conversation SET head = (SELECT id FROM turn
        WHERE turn.conversation_id = conversation.id ORDER BY number DESC LIMIT 1)
        WHERE head IS NULL OR head NOT IN (SELECT id FROM turn)""",
    "DELETE FROM event WHERE turn_id NOT IN (SELECT id FROM turn)",
    "DELETE FROM report WHERE turn_id NOT IN (SELECT id FROM turn)",
    "DELETE FROM fact WHERE conversation_id NOT IN (SELECT id FROM conversation)",
    "DELETE FROM writing WHERE conversation_id NOT IN (SELECT id FROM conversation)",
    "DELETE FROM version WHERE writing_id NOT IN (SELECT id FROM writing)",
    "DELETE FROM version WHERE passage_id NOT IN (SELECT id FROM passage)",
)


def repair(folder: Folder, key: Key | None) -> str:
    """Bring a damaged journal back as far as it goes, and say what was done.

    Raises:
        StorageError: There is no room for a copy or for the rescued journal; nothing was changed.
    """
    copy = folder.set_aside()
    kept = f"A copy of the file as it was is kept: {copy}"
    if _mended(folder.database, key):
        folder.doubt.unlink(missing_ok=True)
        return f"The journal was damaged and could be mended; nothing is missing. {kept}"
    conversations, turns = _rescue(folder, key)
    folder.doubt.unlink(missing_ok=True)
    if conversations == 0:
        return f"The journal was damaged and nothing in it could be read. A new one was begun. {kept}"
    return f"The journal was damaged. {conversations} conversations with {turns} messages were rescued. {kept}"


def sound(database: Database) -> bool:
    """Whether every page, row and index of the file is as it should be, the search index included."""
    try:
        if database.rows("PRAGMA integrity_check(1)") != [("ok",)] or not shape_is_right(database):
            return False
        if database.rows("PRAGMA foreign_key_check"):
            return False
        database.run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except JournalDamaged:
        return False
    return True


def _mended(path: Path, key: Key | None) -> bool:
    """Rebuild the indexes, which hold nothing that the tables do not."""
    try:
        with contextlib.closing(Database(path, key)) as database:
            migrate(database)
            if sound(database):
                return True
            if key is not None:
                # SQLCipher gives nothing back of a damaged page, not even so that it could be replaced.
                return False
            database.run("REINDEX")
            database.run("INSERT INTO search (search) VALUES ('rebuild')")
            return sound(database)
    except JournalDamaged:
        return False


def _rescue(folder: Folder, key: Key | None) -> tuple[int, int]:
    """Copy every readable row into a new file, which takes the old one's place."""
    files.remove(folder.new)
    if not roots.readable(folder.database, key):
        roots.lend(folder, key, folder.new)
    folder.create(folder.new)
    with contextlib.closing(Database(folder.new, key)) as target:
        migrate(target)
        target.run("PRAGMA foreign_keys = OFF")
        for table in TABLES:
            _copy(folder.database, key, table, target)
        with target.writing():
            for statement in _KNIT_TOGETHER:
                target.run(statement)
        counted = tuple(int(target.value(f"SELECT count(*) FROM {table}")) for table in ("conversation", "turn"))
    folder.install_new()
    return counted[0], counted[1]


def _copy(path: Path, key: Key | None, table: str, target: Database) -> None:
    known = [str(row[1]) for row in target.rows(f"PRAGMA table_info({table})")]
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})"
    with contextlib.closing(_Wreck(path, key, table, known)) as wreck, target.writing():
        for row in wreck.rows():
            # A value of the wrong type, or an id that cannot be read: the row is lost, the rest is not.
            with contextlib.suppress(JournalError):
                for name, value in zip(known, row, strict=True):
                    if name.endswith("id") and isinstance(value, str):
                        columns.identifier(value)
                target.run(statement, row)


class _Wreck:
    """A table of a damaged file.

    Args:
        path: The file.
        key: Its key.
        table: The table's name.
        columns: The columns wanted.
    """

    def __init__(self, path: Path, key: Key | None, table: str, columns: list[str]) -> None:
        self._path = path
        self._key = key
        self._query = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid > ? ORDER BY rowid"
        self._database: Database | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can be read, in the order of their ids."""
        last: int | None = -1
        leap = 1
        while last is not None:
            try:
                for rowid, *row in self._opened().stream(self._query, (last,)):
                    # In a damaged tree ids can go backwards, in a circle even.
                    if rowid > last:
                        last, leap = int(rowid), 1
                        yield tuple(row)
                return
            except JournalDamaged:
                self.close()
                last = self._beyond(last, leap)
                leap *= 2

    def close(self) -> None:
        """Close the file. SQLCipher refuses everything after one bad page, so each failure needs a new connection."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _beyond(self, last: int, step: int) -> int | None:
        """Return an id close behind the damage that follows ``last``; None if nothing behind it can be read.

        ``step`` is how far to look first: it grows while nothing is found, so that the search ends.
        """
        while not self._readable(last + step):
            step *= 2
            if last + step > _LAST_ROW:
                return None
        low, high = last + max(step // 2, 1), last + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._readable(middle) else (middle, high)
        return high

    def _readable(self, after: int) -> bool:
        try:
            self._opened().rows(f"{self._query} LIMIT 1", (after,))
        except JournalDamaged:
            self.close()
            return False
        return True

    def _opened(self) -> Database:
        if self._database is None:
            self._database = Database(self._path, self._key, wreck=True)
        return self._database
