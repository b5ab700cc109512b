"""Bytes by name inside the journal's file, so that they share its encryption: notes, vectors, copies."""

from __future__ import annotations

import time

from coach.journal import columns
from coach.journal.engine import Database


class Vault:
    """Named blobs. A name may hold slashes; those under "notes/" are the user's own notes.

    Args:
        database: The journal's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, name: str, body: bytes) -> None:
        """Store bytes under a name, in place of what was there.

        Raises:
            StorageError: The disk is full.
        """
        with self._database.writing() as database:
            database.run(
                "INSERT OR REPLACE INTO vault (name, changed, body) VALUES (?, ?, ?)", (name, time.time(), body)
            )

    def get(self, name: str) -> bytes | None:
        """Return the bytes under a name, or None."""
        with self._database.reading() as database:
            body = database.value("SELECT body FROM vault WHERE name = ?", (name,))
            return None if body is None else columns.blob(body)

    def names(self, beginning: str = "") -> list[str]:
        """Return all names that begin so, sorted."""
        query = "SELECT name FROM vault WHERE substr(name, 1, ?) = ? ORDER BY name"
        with self._database.reading() as database:
            return [columns.text(row[0]) for row in database.rows(query, (len(beginning), beginning))]

    def remove(self, name: str) -> None:
        """Remove one name for good, if it is there."""
        with self._database.writing() as database:
            database.run("DELETE FROM vault WHERE name = ?", (name,))
        self._database.forget_removed()

    def delete(self, beginning: str) -> int:
        """Remove for good all names that begin so; return how many."""
        with self._database.writing() as database:
            gone = database.run("DELETE FROM vault WHERE substr(name, 1, ?) = ?", (len(beginning), beginning))
        self._database.forget_removed()
        return gone


NOTES = "notes/"
"""What the names of the user's own notes and their vectors begin with."""


class Shelf:
    """A part of the vault, with names of its own; keeps what a folder would keep in a plain journal.

    Args:
        vault: The vault.
        beginning: What the names begin with there.
    """

    def __init__(self, vault: Vault, beginning: str = NOTES) -> None:
        self._vault = vault
        self._beginning = beginning

    def names(self) -> list[str]:
        """Return the names of everything kept."""
        return [name.removeprefix(self._beginning) for name in self._vault.names(self._beginning)]

    def get(self, name: str) -> bytes:
        """Return what is kept under a name.

        Raises:
            FileNotFoundError: Nothing is.
        """
        body = self._vault.get(self._beginning + name)
        if body is None:
            raise FileNotFoundError(name)
        return body

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, whole or not at all."""
        self._vault.put(self._beginning + name, data)

    def delete(self, name: str) -> None:
        """Remove a name for good, if it is there."""
        self._vault.remove(self._beginning + name)
