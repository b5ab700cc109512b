"""Where each table begins in the file, noted beside it, so that a broken table of contents costs nothing else.

SQLite keeps its table of contents in the first page and a few others. If one of them is
damaged, SQLite reads nothing, and SQLCipher least of all, although every row may be whole.
The numbers of the tables' first pages say nothing about anybody and change only with the
schema or when the whole file is written anew.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from coach.errors import JournalDamaged, StorageError
from coach.journal import files
from coach.journal.engine import Database
from coach.journal.files import Folder
from coach.journal.keys import Key
from coach.journal.migrations import TABLES, migrate

PAGE = 4096
"""Bytes of a page; SQLite's and SQLCipher's default."""

_QUERY = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"


def note(folder: Folder, database: Database) -> None:
    """Write the numbers down if they are not noted yet; without room for them, the journal works all the same."""
    there = {str(name): int(root) for name, root in database.rows(_QUERY) if name in TABLES}
    if there != read(folder.roots):
        with contextlib.suppress(StorageError):
            files.write_whole(folder.roots, json.dumps(there).encode())


def read(path: Path) -> dict[str, int]:
    """Return the numbers by table; none if the note is missing or damaged."""
    try:
        values = json.loads(path.read_bytes())
        return {table: int(values[table]) for table in TABLES if table in values}
    except (OSError, ValueError, TypeError):
        return {}


def readable(path: Path, key: Key | None) -> bool:
    """Whether a damaged file still tells where all tables are."""
    try:
        with contextlib.closing(Database(path, key, wreck=True)) as database:
            return {name for name, _ in database.rows(_QUERY)} >= set(TABLES)
    except JournalDamaged:
        return False


def _columns(database: Database, table: str) -> str:
    """Return the columns without constraints, but for a number that is the row's own id: it is stored nowhere else."""
    found = []
    for _, name, kind, _, _, key in database.rows(f"PRAGMA table_info({table})"):
        found.append(f"{name} {kind}{' PRIMARY KEY' if key and kind == 'INTEGER' else ''}")
    return ", ".join(found)


def lend(folder: Folder, key: Key | None, spare: Path) -> None:
    """Give a damaged file a first page with nothing but the noted numbers in it.

    Args:
        folder: The journal, of which a copy has been set aside.
        key: Its key.
        spare: A file to build that page in; it is removed again.

    Raises:
        StorageError: There is no room.
    """
    noted = read(folder.roots)
    if not noted:
        return
    folder.create(spare)
    with contextlib.closing(Database(None)) as fresh, contextlib.closing(Database(spare, key)) as blank:
        migrate(fresh)
        blank.run("PRAGMA journal_mode = DELETE")
        with blank.writing():
            for table in noted:
                blank.run(f"CREATE TABLE {table} ({_columns(fresh, table)})")
            # The page also says how long the file is. Too long is forgiven, too short is not.
            blank.run("CREATE TABLE padding (x)")
            blank.run("INSERT INTO padding VALUES (zeroblob(?))", (folder.database.stat().st_size,))
            blank.run("PRAGMA writable_schema = ON")
            for table, root in noted.items():
                blank.run("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (root, table))
    try:
        with folder.database.open("r+b") as file:
            file.write(files.head(spare, PAGE))
    except OSError as error:
        raise StorageError(f"{folder.database} cannot be written: {error.strerror or error}.") from error
    files.remove(spare)
