"""The journal's folder: who may read it, and how files in it are written, set aside and removed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from coach.errors import JournalError, StorageError

PLAIN_HEAD = b"SQLite format 3\x00"
_WAIT_S = 10.0
_CHUNK = 1 << 20
_START = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Where everything of the journal lies. Each path may or may not exist."""

    path: Path

    @property
    def database(self) -> Path:
        """The journal itself; its write-ahead log and shared memory lie beside it."""
        return self.path / "journal.db"

    @property
    def key(self) -> Path:
        """Salt and parameters of an encrypted journal."""
        return self.path / "journal.key"

    @property
    def new(self) -> Path:
        """A database that is to take the journal's place; without meaning until it does."""
        return self.path / "journal.db.new"

    @property
    def new_key(self) -> Path:
        """The key file that belongs to ``new``."""
        return self.path / "journal.key.new"

    @property
    def old(self) -> Path:
        """The database whose place was taken, until it is wiped."""
        return self.path / "journal.db.old"

    @property
    def roots(self) -> Path:
        """Where the tables begin in the database; see ``roots``."""
        return self.path / "journal.roots"

    @property
    def doubt(self) -> Path:
        """A mark: the database was found damaged in use and is to be examined at the next start."""
        return self.path / "journal.doubt"

    @property
    def aside(self) -> Path:
        """Copies of damaged databases."""
        return self.path / "damaged"

    @property
    def encrypted(self) -> bool:
        """Whether the journal needs a passphrase.

        A plain file tells so itself. Any other is encrypted or damaged, and the key file
        decides; where there is none, the file's content does.
        """
        if head(self.database, len(PLAIN_HEAD)) == PLAIN_HEAD:
            return False
        if self.key.exists():
            return True
        there = self.database.exists() and self.database.stat().st_size > 0
        return there and not looks_plain(self.database)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from opening or replacing the journal meanwhile.

        Raises:
            JournalError: Another process holds it.
        """
        lock = filelock.FileLock(self.path / "journal.lock", timeout=_WAIT_S, mode=0o600)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise JournalError(
                "Another window of the coach is opening or changing the journal.", hint="Wait a moment and try again."
            ) from error
        except OSError as error:
            raise _storage(self.path, error) from error
        try:
            yield
        finally:
            lock.release()

    def prepare(self) -> None:
        """Make the folder, for this user alone.

        Raises:
            StorageError: It cannot be made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.chmod(0o700)
        except OSError as error:
            raise _storage(self.path, error) from error

    def create(self, path: Path) -> None:
        """Make an empty file that only this user may read; SQLite gives its log the same mode."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            path.chmod(0o600)
        except OSError as error:
            raise _storage(path, error) from error

    def doubt_it(self) -> None:
        """Leave the mark of damage; a disk that cannot even take that is not worth an error more."""
        try:
            self.doubt.touch(mode=0o600)
        except OSError:
            return

    def set_aside(self) -> Path:
        """Copy the database, its log and its key file out of the way, and return the copy's path.

        Raises:
            StorageError: There is no room for the copy.
        """
        stamp = time.strftime("%Y-%m-%d-%H%M%S")
        number = 1
        while (copy := self.aside / f"{stamp}-{number}-journal.db").exists():
            number += 1
        try:
            self.aside.mkdir(exist_ok=True, mode=0o700)
            for source, target in (
                (self.key, copy.with_suffix(".key")),
                (beside(self.database, "-wal"), beside(copy, "-wal")),
                (self.database, copy),
            ):
                if source.exists():
                    shutil.copy2(source, target)
                    target.chmod(0o600)
        except OSError as error:
            raise _storage(copy, error) from error
        return copy

    def install_new(self) -> None:
        """Put ``new`` in the database's place and wipe what was there.

        At every moment one of ``database`` and ``old`` is whole; ``opening.finish_replacing``
        goes on from wherever a crash left it.

        Raises:
            StorageError: A file cannot be renamed or removed.
        """
        try:
            for stale in (beside(self.database, "-wal"), beside(self.database, "-shm"), self.roots):
                wipe(stale)
            self.database.replace(self.old)
            self.new.replace(self.database)
            if self.new_key.exists():
                self.new_key.replace(self.key)
            sync(self.path)
        except OSError as error:
            raise _storage(self.database, error) from error
        remove(self.old)


def beside(database: Path, suffix: str) -> Path:
    """Return the path of a database's log ("-wal") or shared memory ("-shm")."""
    return database.with_name(database.name + suffix)


def head(path: Path, length: int) -> bytes:
    """Return a file's first bytes, padded with zeros; zeros alone if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(length).ljust(length, b"\0")
    except OSError:
        return bytes(length)


def looks_plain(database: Path) -> bool:
    """Whether a file is a plain database, even one whose beginning was damaged."""
    start = head(database, _START)
    same = sum(found == expected for found, expected in zip(start, PLAIN_HEAD, strict=False))
    return same >= len(PLAIN_HEAD) // 2 or b"CREATE TABLE" in start


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for this user alone so that a crash leaves the old content or the new.

    Raises:
        StorageError: The disk is full or the folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _storage(path, error) from error


def sync(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(database: Path) -> None:
    """Overwrite a database and its log with zeros and delete them.

    Raises:
        StorageError: A file cannot be removed.
    """
    for path in (beside(database, "-wal"), beside(database, "-shm"), beside(database, "-journal"), database):
        wipe(path)


def wipe(path: Path) -> None:
    """Overwrite a file with zeros and delete it; does nothing if there is none.

    Raises:
        StorageError: It cannot be written or deleted.
    """
    try:
        if path.is_file() and not path.is_symlink():
            with path.open("r+b") as file:
                left = path.stat().st_size
                while left > 0:
                    left -= file.write(bytes(min(left, _CHUNK)))
                file.flush()
                os.fsync(file.fileno())
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _storage(path, error) from error


def wipe_folder(folder: Path) -> None:
    """Wipe every file below a folder and delete the folder; a link is deleted, not followed.

    Raises:
        StorageError: A file cannot be removed.
    """
    if not folder.is_dir() or folder.is_symlink():
        return
    try:
        # Deepest first, so that each folder is empty when its turn comes.
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                wipe(path)
        folder.rmdir()
    except OSError as error:
        raise _storage(folder, error) from error


def _storage(path: Path, error: OSError) -> StorageError:
    return StorageError(f"{path} cannot be written: {error.strerror or error}.")
