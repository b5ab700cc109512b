"""The journal: opened, examined, migrated; and what is done with whole conversations.

A journal that cannot be kept on disk is one in memory with ``trouble`` set, so that the
chat goes on and can say that nothing is being kept.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from coach.errors import CoachError, InputError, JournalDamaged, JournalLocked, StorageError
from coach.journal import files, opening
from coach.journal.engine import Database, check_full_text
from coach.journal.files import Folder
from coach.journal.migrations import TABLES, migrate
from coach.journal.reading import read, summaries
from coach.journal.record import Record
from coach.journal.search import Hit, search
from coach.journal.stored import Conversation, Summary
from coach.journal.vault import Vault

_DAY_S = 86_400.0


class Journal:
    """Every conversation of this user. Built by ``open``, ``open_or_memory`` or ``in_memory``.

    Args:
        database: Where the conversations are.
        folder: The folder of a journal on disk; None in memory.
        notices: What the user should be told about the start.
        trouble: Why nothing is kept, if something should be.

    Its methods may be called from several threads.
    """

    def __init__(
        self,
        database: Database,
        *,
        folder: Folder | None = None,
        notices: tuple[str, ...] = (),
        trouble: CoachError | None = None,
    ) -> None:
        self.database = database
        self.folder = folder
        self.notices = notices
        self.trouble = trouble
        self.vault = Vault(database)

    @classmethod
    def in_memory(cls, *, trouble: CoachError | None = None) -> Journal:
        """Return a journal that never touches the disk, for what is said off the record."""
        check_full_text()
        database = Database(None)
        migrate(database)
        return cls(database, trouble=trouble)

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None, *, undo_days: int = 7) -> Journal:
        """Open the journal in a folder, or begin one there.

        A damaged one is copied aside and mended; ``notices`` tells. Conversations whose
        time for undo is over are removed for good.

        Args:
            path: The journal's folder.
            passphrase: Needed where the journal is encrypted.
            undo_days: How long a deleted conversation can be brought back, in days.

        Raises:
            JournalLocked: The passphrase is missing or wrong.
            JournalTooNew: A newer program has written it.
            StorageError: The folder cannot be written, or the disk is full.
            JournalError: Another process is changing the journal.
        """
        check_full_text()
        folder = Folder(path=path)
        folder.prepare()
        with folder.locked():
            opening.finish_replacing(folder)
            key = opening.unlocked(folder, passphrase)
            folder.create(folder.database)
            database, notices = opening.connected(folder, key)
        journal = cls(database, folder=folder, notices=notices)
        # A full disk must not keep anyone from reading; the next start tries again.
        with contextlib.suppress(StorageError, JournalDamaged):
            journal.purge(before=time.time() - undo_days * _DAY_S)
        return journal

    @classmethod
    def open_or_memory(cls, path: Path, passphrase: str | None = None, *, undo_days: int = 7) -> Journal:
        """Open the journal; if that fails for any reason but the passphrase, return one in memory with ``trouble``.

        Raises:
            JournalLocked: The passphrase is missing or wrong.
        """
        try:
            return cls.open(path, passphrase, undo_days=undo_days)
        except JournalLocked:
            raise
        except CoachError as error:
            return cls.in_memory(trouble=error)

    @property
    def kept(self) -> bool:
        """Whether what is said is written to the disk."""
        return self.folder is not None

    @property
    def encrypted(self) -> bool:
        """Whether the file on disk is encrypted."""
        return self.folder is not None and self.folder.encrypted

    def record(self, conversation_id: str | None = None, *, clock: Callable[[], float] = time.time) -> Record:
        """Return the record of a new conversation, or of a stored one that goes on.

        Raises:
            InputError: There is no conversation with that id.
        """
        stored = None if conversation_id is None else self.read(conversation_id)
        return Record(self.database, stored=stored, trouble=self.trouble, clock=clock)

    def conversations(
        self, *, archived: bool | None = False, deleted: bool = False, limit: int | None = None
    ) -> list[Summary]:
        """Return conversations, pinned ones first, then the latest first.

        Args:
            archived: Only archived ones, only others, or (None) both.
            deleted: Only those that are deleted and can be brought back, instead of the others.
            limit: At most so many.
        """
        return summaries(self.database, archived=archived, deleted=deleted, limit=limit)

    def find(self, beginning: str, *, deleted: bool = False) -> str:
        """Return the full id that begins so.

        Raises:
            InputError: None does, or several do.
        """
        state = "NOT NULL" if deleted else "IS NULL"
        query = f"SELECT id FROM conversation WHERE substr(id, 1, ?) = ? AND deleted {state} LIMIT 2"
        wanted = beginning.strip().lower()
        found = self.database.rows(query, (len(wanted), wanted)) if wanted else []
        if not found:
            raise InputError(
                f"There is no {'deleted ' if deleted else ''}conversation {beginning!r}.",
                hint="Run `coach journal list` to see them.",
            )
        if len(found) > 1:
            raise InputError(f"Several conversations begin with {beginning!r}.", hint="Type more of the id.")
        return str(found[0][0])

    def read(self, conversation_id: str) -> Conversation:
        """Return a conversation with everything in it.

        Raises:
            InputError: There is none with that id.
        """
        return read(self.database, conversation_id)

    def search(self, text: str, *, limit: int = 50) -> list[Hit]:
        """Return passages that have all words of a text, the latest first; the last word may be a beginning."""
        return search(self.database, text, limit=limit)

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            InputError: The title is empty.
        """
        title = " ".join(title.split())
        if not title:
            raise InputError("A title needs at least one letter.", hint="Type a title.")
        with self.database.writing() as database:
            database.run(
                "UPDATE passage SET text = ? WHERE conversation_id = ? AND role = 'title'", (title, conversation_id)
            )

    def pin(self, conversation_id: str, pinned: bool = True) -> None:
        """Keep a conversation at the top of the list, or no longer."""
        self._set(conversation_id, "pinned", int(pinned))

    def archive(self, conversation_id: str, archived: bool = True) -> None:
        """Take a conversation out of the list without deleting it, or put it back."""
        self._set(conversation_id, "archived", int(archived))

    def delete(self, conversation_id: str) -> None:
        """Hide a conversation. ``restore`` brings it back until ``purge`` removes it."""
        self._set(conversation_id, "deleted", time.time())

    def restore(self, conversation_id: str) -> None:
        """Bring a deleted conversation back."""
        self._set(conversation_id, "deleted", None)

    def purge(self, *, before: float | None = None, conversation_id: str | None = None) -> int:
        """Remove deleted conversations for good, from tables, search index and log; return how many.

        Args:
            before: Only those deleted before this time, in seconds since 1970.
            conversation_id: Only this one.
        """
        latest = time.time() if before is None else before
        query = "SELECT count(*) FROM conversation WHERE deleted <= ? AND id = coalesce(?, id)"
        if not self.database.value(query, (latest, conversation_id)):
            return 0
        with self.database.writing() as database:
            gone = database.run(
                "DELETE FROM conversation WHERE deleted <= ? AND id = coalesce(?, id)", (latest, conversation_id)
            )
        self.database.forget_removed()
        return gone

    def erase(self) -> None:
        """Remove every conversation and everything else that is kept; in memory, or on disk with all files."""
        if self.folder is None:
            with self.database.writing() as database:
                for table in reversed(TABLES):
                    database.run(f"DELETE FROM {table}")
            return
        self.close()
        erase(self.folder.path)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _set(self, conversation_id: str, column: str, value: object) -> None:
        with self.database.writing() as database:
            if not database.run(f"UPDATE conversation SET {column} = ? WHERE id = ?", (value, conversation_id)):
                raise InputError(
                    f"There is no conversation {conversation_id!r}.", hint="Run `coach journal list` to see them."
                )


def erase(path: Path) -> None:
    """Overwrite and delete all files of the journal in a folder, encrypted or not; no passphrase is needed.

    Raises:
        StorageError: A file cannot be removed.
    """
    folder = Folder(path=path)
    if not path.is_dir():
        return
    with folder.locked():
        # Without the key file's salt an encrypted journal is unreadable at once, whatever becomes of the rest.
        files.wipe(folder.key)
        files.wipe(folder.new_key)
        for database in (folder.database, folder.new, folder.old):
            files.remove(database)
        for copy in sorted(folder.aside.glob("*-journal.*")):
            files.wipe(copy)
        files.wipe(folder.roots)
        files.wipe(folder.doubt)
        try:
            if folder.aside.is_dir() and not any(folder.aside.iterdir()):
                folder.aside.rmdir()
        except OSError as error:
            raise StorageError(f"{folder.aside} cannot be removed: {error.strerror or error}.") from error
