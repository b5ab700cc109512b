"""One connection to the journal's file, and SQLite's errors in words. The only module that knows SQLCipher.

Plain and encrypted journals are opened by the same library, so that the version of SQLite
is known on every system. Nothing else in this process may open the file: a second copy of
SQLite in one process would break the first one's file locks.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coach.errors import CoachError, JournalDamaged, JournalError, StorageError
from coach.journal.keys import Key

Row = tuple[Any, ...]
Parameters = Sequence[Any]

_WAIT_S = 3.0
"""Seconds to wait for another process that is writing."""


class Database:
    """A connection that several threads may share; one at a time uses it.

    Args:
        path: The file; None keeps everything in memory and never touches the disk.
        key: The key of an encrypted file.
        damaged: Called when the file turns out to be damaged, before the error is raised.
        wreck: Read what can be read of a damaged file, without looking at the whole.

    Raises:
        JournalDamaged: The file is not a database, or the key is not its key.
        StorageError: The file cannot be opened.
    """

    def __init__(
        self,
        path: Path | None,
        key: Key | None = None,
        *,
        damaged: Callable[[], None] | None = None,
        wreck: bool = False,
    ) -> None:
        self.path = path
        self._damaged = damaged
        self._lock = threading.RLock()
        with self._translated():
            self._connection = _connect(path, key, wreck)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Run a block as one transaction: all of it is on disk afterwards, or none of it."""
        with self._lock, self._translated():
            if self._connection.in_transaction:
                yield self
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Run a block in which a value of the wrong type counts as damage of the file."""
        with self._lock, self._translated():
            yield self

    def run(self, statement: str, parameters: Parameters = ()) -> int:
        """Execute one statement and return how many rows it changed."""
        with self._lock, self._translated():
            return int(self._execute(statement, parameters).rowcount)

    def rows(self, query: str, parameters: Parameters = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._lock, self._translated():
            return self._fetched(query, parameters)

    def stream(self, query: str, parameters: Parameters = ()) -> Iterator[Row]:
        """Yield rows one by one, so that those before a damaged page are not lost with it."""
        with self._lock, self._translated():
            yield from self._execute(query, parameters)

    def value(self, query: str, parameters: Parameters = ()) -> Any:
        """Return the first column of a query's first row, or None."""
        found = self.rows(query, parameters)
        return found[0][0] if found else None

    def export(self, path: Path, key: Key | None) -> None:
        """Write everything into an empty file, encrypted with another key or (None) plain.

        Raises:
            StorageError: There is no room.
        """
        with self._lock, self._translated():
            literal = key.literal if key else ""
            self._connection.execute(f'ATTACH DATABASE ? AS target KEY "{literal}"', (str(path),))
            try:
                self._connection.execute("SELECT sqlcipher_export('target')").fetchall()
                for mark in ("application_id", "user_version"):
                    value = self._connection.execute(f"PRAGMA main.{mark}").fetchone()[0]
                    self._connection.execute(f"PRAGMA target.{mark} = {int(value)}")
            finally:
                self._connection.execute("DETACH DATABASE target")

    def forget_removed(self) -> None:
        """Empty the write-ahead log, so that what was removed is in no file any more."""
        if self.path is not None:
            self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in by the last one who closes."""
        with self._lock:
            self._connection.close()

    def _fetched(self, query: str, parameters: Parameters) -> list[Row]:
        try:
            return list(self._execute(query, parameters).fetchall())
        except dbapi2.OperationalError as error:
            if "decode" not in str(error):
                raise
        # Text with a flipped bit is still text to be shown, not a failure. Decoding it here takes longer, so only then.
        self._connection.text_factory = _lenient
        try:
            return list(self._execute(query, parameters).fetchall())
        finally:
            self._connection.text_factory = str

    def _execute(self, statement: str, parameters: Parameters) -> Any:
        try:
            return self._connection.execute(statement, parameters)
        except UnicodeEncodeError:
            # Half a character, as a paste can leave it, cannot be stored; the rest can.
            valid = [each.encode("utf-8", "replace").decode() if isinstance(each, str) else each for each in parameters]
            return self._connection.execute(statement, valid)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except JournalDamaged:
            self._mark()
            raise
        except (dbapi2.Error, UnicodeDecodeError) as error:
            # The latter is an error whose message quotes damaged text.
            found = translated(error, self.path)
            if isinstance(found, JournalDamaged):
                self._mark()
            raise found from error

    def _mark(self) -> None:
        if self._damaged is not None:
            self._damaged()


def _connect(path: Path | None, key: Key | None, wreck: bool) -> Any:
    connection = dbapi2.connect(
        ":memory:" if path is None else str(path), timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        # SQLCipher would print to standard error what our errors say better.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.literal}"')
        if wreck:
            connection.text_factory = _lenient
            # SQLite then forgives a file that is too short, and tables whose description is broken.
            connection.execute("PRAGMA writable_schema = ON")
            return connection
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if path is not None:
            connection.execute("PRAGMA journal_mode = WAL")
        # FULL, so that a sentence that was written outlasts a power cut too, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        # The same on macOS, where a plain fsync leaves it to the disk's cache; elsewhere this changes nothing.
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Values of a damaged file cannot make SQLite read where it should not.
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _lenient(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def translated(error: Exception, path: Path | None) -> CoachError:
    """Return the error in words. What our own fixed statements cannot cause is damage.

    A broken constraint means that another window removed what a step belongs to.
    """
    name = str(getattr(error, "sqlite_errorname", None) or "")
    if name == "SQLITE_FULL":
        return StorageError("The disk is full, so the journal cannot be written.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return JournalError(
            "Another window of the coach is using the journal.", hint="Close the other one and try again."
        )
    if name == "SQLITE_READONLY" and path is not None and os.access(path, os.W_OK):
        # The system would let us write: the file's own head says no, or SQLCipher has met a page that it rejects.
        return JournalDamaged(f"The journal {path} is damaged: it cannot be written.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_IOERR")):
        return StorageError(f"The journal {path} cannot be read or written: {error}.")
    if name.startswith("SQLITE_CONSTRAINT"):
        return JournalError("This conversation is no longer in the journal.", hint="Begin a new one; it will be kept.")
    return JournalDamaged(f"The journal {path or 'in memory'} is damaged: {error}.")


def check_full_text() -> None:
    """Make sure that the library can search.

    Raises:
        JournalError: It was built without full-text search.
    """
    connection = dbapi2.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except dbapi2.Error as error:
        raise JournalError(
            f"The database library (SQLite {dbapi2.sqlite_version}) cannot search text: it lacks FTS5.",
            hint="Install the package sqlcipher3 again, at the version in constraints.txt.",
        ) from error
    finally:
        connection.close()
