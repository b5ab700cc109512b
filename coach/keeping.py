"""What is kept on this computer: the journal and the user's own notes, plain or encrypted together."""

from __future__ import annotations

import threading

from coach.errors import InputError
from coach.journal import encryption, files, store
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.journal.vault import Shelf
from coach.llm import catalog
from coach.retrieval.notes import Blobs, FolderBlobs, Notes
from coach.retrieval.tuning import embedder_identity
from coach.settings import Settings


class Keeping:
    """Opens the journal when it is first asked for, and again after its encryption has changed.

    Args:
        settings: Effective settings.
        passphrase: Opens an encrypted journal; ``unlock`` can give it later.
    """

    def __init__(self, settings: Settings, passphrase: str | None = None) -> None:
        self._settings = settings
        self._folder = Folder(path=settings.journal_folder)
        self._passphrase = passphrase
        self._journal: Journal | None = None
        self._lock = threading.RLock()

    @property
    def encrypted(self) -> bool:
        """Whether journal and notes are encrypted."""
        return self._folder.encrypted

    @property
    def locked(self) -> bool:
        """Whether the journal waits for its passphrase."""
        return self._settings.journal and self._journal is None and self._passphrase is None and self.encrypted

    def journal(self) -> Journal:
        """Return the journal, opened at the first call; one in memory where it cannot be kept.

        Raises:
            JournalLocked: It is encrypted, and the passphrase is missing or wrong.
        """
        with self._lock:
            if self._journal is None:
                self._journal = self._opened()
            return self._journal

    def unlock(self, passphrase: str) -> None:
        """Open an encrypted journal.

        Raises:
            JournalLocked: The passphrase is wrong.
        """
        with self._lock:
            before, self._passphrase = self._passphrase, passphrase
            try:
                self.journal()
            except BaseException:
                self._passphrase = before
                raise

    def encrypt(self, new: str) -> None:
        """Encrypt journal and notes with a passphrase, or change it. Records that are open end here.

        Raises:
            InputError: The passphrase is too short, or nothing is kept that could be encrypted.
            JournalError: Another program has the journal open.
            StorageError: The disk has no room; everything is as it was.
        """
        with self._lock:
            if not self.journal().kept:
                raise InputError("The journal is not kept on the disk.", hint="There is nothing to encrypt.")
            self._close()
            encryption.encrypt(self._folder.path, new, passphrase=self._passphrase, notes=self._settings.notes)
            self._passphrase = new

    def decrypt(self) -> None:
        """Store journal and notes without encryption again. Records that are open end here.

        Raises:
            JournalError: Another program has the journal open.
            StorageError: The disk has no room; everything is as it was.
        """
        with self._lock:
            self.journal()
            self._close()
            encryption.decrypt(self._folder.path, self._passphrase or "", notes=self._settings.notes)
            self._passphrase = None

    def erase(self) -> None:
        """Remove every conversation and the user's own notes for good. Records that are open end here.

        Raises:
            StorageError: A file cannot be removed.
        """
        with self._lock:
            if self._journal is not None and not self._journal.kept:
                self._journal.erase()
            self._close()
            store.erase(self._folder.path)
            files.wipe_folder(self._settings.notes)
            self._passphrase = None

    def notes(self) -> Notes:
        """Return the user's notes, from the journal's vault where it is encrypted.

        Raises:
            JournalLocked: The passphrase is missing or wrong.
        """
        blobs: Blobs = Shelf(self.journal().vault) if self.encrypted else FolderBlobs(self._settings.notes)
        return Notes(blobs, embedder_identity(catalog.load()[catalog.EMBEDDER].sha256))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def _opened(self) -> Journal:
        if not self._settings.journal:
            return Journal.in_memory()
        return Journal.open_or_memory(self._folder.path, self._passphrase, undo_days=self._settings.undo_days)

    def _close(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None
