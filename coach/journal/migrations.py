"""The journal's schema, as numbered steps. A step that was released is never changed; new ones are added at the end.

``PRAGMA user_version`` says how many steps a file has taken. Each step is one transaction.

Texts live in ``passage`` and nowhere else: titles, messages, replies, drafts and kept hot
messages. So the search index covers them all, and deleting a passage deletes its words.
A passage's id is its time in microseconds, so that newest first needs no sorting.
"""

from __future__ import annotations

import contextlib
import functools

from coach.errors import JournalDamaged, JournalTooNew
from coach.journal.engine import Database, Row

APPLICATION_ID = 0x52424E44
"""Marks a file as Rebound's journal ("RBND")."""

_CONVERSATIONS = (
    """CREATE TABLE conversation (
        id TEXT PRIMARY KEY NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        archived INTEGER NOT NULL DEFAULT 0,
        deleted REAL,
        level TEXT NOT NULL DEFAULT 'L0',
        head TEXT
    ) STRICT""",
    "CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC)",
    """CREATE TABLE turn (
        id TEXT PRIMARY KEY NOT NULL,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        number INTEGER NOT NULL,
        parent_id TEXT REFERENCES turn ON DELETE CASCADE,
        state TEXT NOT NULL,
        started REAL NOT NULL,
        ended REAL,
        level TEXT NOT NULL DEFAULT 'L0',
        UNIQUE (conversation_id, number)
    ) STRICT""",
    "CREATE INDEX turn_parent ON turn (parent_id)",
    """CREATE TABLE event (
        turn_id TEXT NOT NULL REFERENCES turn ON DELETE CASCADE,
        number INTEGER NOT NULL,
        at REAL NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (turn_id, number)
    ) STRICT""",
    """CREATE TABLE passage (
        id INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE CASCADE,
        role TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX passage_conversation ON passage (conversation_id, role)",
    "CREATE INDEX passage_turn ON passage (turn_id, role)",
)

_SEARCH = (
    """CREATE VIRTUAL TABLE search USING fts5(
        text, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )""",
    # Without it, the words of deleted passages would stay in the index until chance merges them away.
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search (search) VALUES ('rebuild')",
    """CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
        INSERT INTO search (rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
        INSERT INTO search (search, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    """CREATE TRIGGER passage_changed AFTER UPDATE OF text ON passage BEGIN
        INSERT INTO search (search, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO search (rowid, text) VALUES (new.id, new.text);
    END""",
)

_KEEPSAKES = (
    """CREATE TABLE fact (
        id INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE SET NULL,
        name TEXT NOT NULL,
        value TEXT,
        corrected INTEGER NOT NULL,
        at REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX fact_conversation ON fact (conversation_id)",
    """CREATE TABLE writing (
        id TEXT PRIMARY KEY NOT NULL,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE SET NULL,
        kind TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX writing_conversation ON writing (conversation_id)",
    """CREATE TABLE version (
        writing_id TEXT NOT NULL REFERENCES writing ON DELETE CASCADE,
        number INTEGER NOT NULL,
        author TEXT NOT NULL,
        at REAL NOT NULL,
        passage_id INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
        UNIQUE (writing_id, number)
    ) STRICT""",
    "CREATE INDEX version_passage ON version (passage_id)",
    """CREATE TABLE report (
        id TEXT PRIMARY KEY NOT NULL,
        turn_id TEXT NOT NULL REFERENCES turn ON DELETE CASCADE,
        reason TEXT NOT NULL,
        comment TEXT NOT NULL,
        at REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX report_turn ON report (turn_id)",
    """CREATE TABLE vault (
        name TEXT PRIMARY KEY NOT NULL,
        changed REAL NOT NULL,
        body BLOB NOT NULL
    ) STRICT""",
)

# Lists and searches read these few pages instead of one scattered page for each conversation.
_QUICK = (
    "CREATE INDEX passage_title ON passage (conversation_id, text) WHERE role = 'title'",
    "CREATE INDEX conversation_deleted ON conversation (id) WHERE deleted IS NOT NULL",
)

STEPS: tuple[tuple[str, ...], ...] = (_CONVERSATIONS, _SEARCH, _KEEPSAKES, _QUICK)

_ABSURD = 10_000
"""No program will ever have so many steps: such a number is damage."""

TABLES = ("conversation", "turn", "event", "passage", "fact", "writing", "version", "report", "vault")
"""Every table that holds something of the user's, each after those it refers to."""


def migrate(database: Database, *, upto: int = len(STEPS)) -> None:
    """Take the steps that a file has not taken yet.

    Raises:
        JournalTooNew: A newer program has written the file; nothing was changed.
        JournalDamaged: The file is a database, but not a journal.
    """
    version = _version(database)
    if version == 0:
        _mark(database)
    for number in range(version + 1, upto + 1):
        with database.writing():
            # Another process may have taken the step since.
            if database.value("PRAGMA user_version") == number - 1:
                for statement in STEPS[number - 1]:
                    database.run(statement)
                database.run(f"PRAGMA user_version = {number}")


def shape_is_right(database: Database) -> bool:
    """Whether tables, indexes and triggers are exactly what the steps make: a flipped bit can change a trigger's words.

    The search index's own tables are left out; they belong to SQLite and may differ by its version.
    """
    return _expected_shape() == _shape(database)


@functools.cache
def _expected_shape() -> frozenset[Row]:
    with contextlib.closing(Database(None)) as fresh:
        migrate(fresh)
        return _shape(fresh)


def _shape(database: Database) -> frozenset[Row]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'search!_%' ESCAPE '!'"
    return frozenset(database.rows(query))


def _version(database: Database) -> int:
    version = int(database.value("PRAGMA user_version"))
    mark = database.value("PRAGMA application_id")
    empty = database.value("SELECT count(*) FROM sqlite_master") == 0
    if mark != APPLICATION_ID and not (empty and version == 0 and mark == 0):
        raise JournalDamaged(f"The file {database.path} is not a journal of Rebound.")
    if len(STEPS) < version < _ABSURD:
        raise JournalTooNew(
            f"The journal was written by a newer Rebound (format {version}; this one knows {len(STEPS)})."
        )
    if not 0 <= version < _ABSURD or (version > 0) == empty:
        raise JournalDamaged(f"The journal {database.path} is damaged: its tables do not fit its format {version}.")
    return version


def _mark(database: Database) -> None:
    database.run(f"PRAGMA application_id = {APPLICATION_ID}")
