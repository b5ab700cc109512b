"""The whole journal as JSON and back, without loss; and one conversation as Markdown, for reading.

An export names the schema step it was written at. An import builds that schema in memory,
fills it, and migrates it before anything reaches the journal, so that old exports stay
readable and a broken one changes nothing.
"""

from __future__ import annotations

import base64
import contextlib
import json
import time
from dataclasses import dataclass
from typing import Any

from coach.errors import CoachError, InputError
from coach.journal.engine import Database, Row
from coach.journal.migrations import STEPS, TABLES, migrate
from coach.journal.store import Journal
from coach.journal.stored import Conversation, State, StoredTurn, WritingKind

FORMAT = "rebound-journal"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many conversations came in, and how many were there already and stayed as they were."""

    new: int
    present: int


def to_json(journal: Journal) -> str:
    """Return everything in the journal: all versions, deleted conversations that can be restored, the vault."""
    with journal.database.writing() as database:
        tables = {table: _rows_of(database, table) for table in TABLES}
    values = {"format": FORMAT, "schema": len(STEPS), "exported": _iso(time.time()), "tables": tables}
    return json.dumps(values, ensure_ascii=False, indent=1)


def from_json(journal: Journal, text: str) -> Imported:
    """Add what an export holds. Conversations and vault entries that are there already are left alone.

    Raises:
        InputError: The text is no export, was written by a newer program, or contradicts itself; nothing was added.
        StorageError: The disk is full; nothing was added.
    """
    tables, schema = _parsed(text)
    with contextlib.closing(Database(None)) as staged:
        migrate(staged, upto=schema)
        try:
            with staged.writing():
                for table, rows in tables.items():
                    _fill(staged, table, rows)
            migrate(staged)
            if staged.rows("PRAGMA foreign_key_check"):
                raise _no_export("it refers to parts that are missing")
        except InputError:
            raise
        except CoachError as error:
            raise _no_export("its values contradict each other") from error
        return _merge(staged, journal.database)


def _parsed(text: str) -> tuple[dict[str, list[Any]], int]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_export("it is not JSON") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise _no_export(f'it does not say "format": "{FORMAT}"')
    schema, tables = values.get("schema"), values.get("tables")
    if not isinstance(schema, int) or schema < 1:
        raise _no_export("it names no schema")
    if schema > len(STEPS):
        raise InputError(
            f"The export was written by a newer Rebound (format {schema}; this one knows {len(STEPS)}).",
            hint="Install the newer Rebound and import it there.",
        )
    if (
        not isinstance(tables, dict)
        or not set(tables) <= set(TABLES)
        or not all(isinstance(rows, list) for rows in tables.values())
    ):
        raise _no_export("its tables are not those of a journal")
    return {table: tables[table] for table in TABLES if table in tables}, schema


def _no_export(reason: str) -> InputError:
    return InputError(
        f"This is not an export of the journal: {reason}.", hint="Choose a file that `coach journal export` wrote."
    )


def _rows_of(database: Database, table: str) -> list[dict[str, Any]]:
    columns = _columns(database, table)
    rows = database.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid")
    return [dict(zip(columns, map(_jsonable, row), strict=True)) for row in rows]


def _fill(database: Database, table: str, rows: list[Any]) -> None:
    columns = _columns(database, table)
    statement = _insert(table, columns)
    for row in rows:
        if not isinstance(row, dict) or set(row) != set(columns):
            raise _no_export(f"a row of {table} has other columns")
        try:
            database.run(statement, [_from_jsonable(row[column]) for column in columns])
        except (ValueError, TypeError, OverflowError) as error:
            raise _no_export(f"a row of {table} cannot be read") from error


def _merge(staged: Database, target: Database) -> Imported:
    """Copy what the target does not have, conversation by conversation."""
    with target.writing():
        present = {row[0] for row in target.rows("SELECT id FROM conversation")}
        ids = [row[0] for row in staged.rows("SELECT id FROM conversation ORDER BY rowid")]
        new = [each for each in ids if each not in present]
        staged.run("CREATE TEMP TABLE chosen (id TEXT PRIMARY KEY)")
        for each in new:
            staged.run("INSERT INTO chosen VALUES (?)", (each,))
        moved = _passage_ids(staged, target)
        # Facts are told apart by their order alone.
        if target.value("SELECT count(*) FROM fact"):
            staged.run("UPDATE fact SET id = id + ?", (target.value("SELECT max(id) FROM fact"),))
        for table in TABLES:
            columns = _columns(staged, table)
            statement = _insert(table, columns, ignore=table == "vault")
            for row in staged.rows(_CHOSEN[table].format(columns=", ".join(f"{table}.{name}" for name in columns))):
                target.run(statement, _renumbered(table, columns, row, moved))
    return Imported(new=len(new), present=len(ids) - len(new))


_OWN = "SELECT {{columns}} FROM {0} JOIN chosen ON chosen.id = {0}.conversation_id ORDER BY {0}.rowid"
_OF_TURN = (
    "SELECT {{columns}} FROM {0} JOIN turn ON turn.id = {0}.turn_id "
    "JOIN chosen ON chosen.id = turn.conversation_id ORDER BY {0}.rowid"
)
_CHOSEN = {
    "conversation": "SELECT {columns} FROM conversation JOIN chosen USING (id) ORDER BY conversation.rowid",
    "turn": _OWN.format("turn"),
    "event": _OF_TURN.format("event"),
    "passage": _OWN.format("passage"),
    "fact": _OWN.format("fact"),
    "writing": _OWN.format("writing"),
    "version": "SELECT {columns} FROM version JOIN writing ON writing.id = version.writing_id "
    "JOIN chosen ON chosen.id = writing.conversation_id ORDER BY version.rowid",
    "report": _OF_TURN.format("report"),
    "vault": "SELECT {columns} FROM vault ORDER BY rowid",
}


def _passage_ids(staged: Database, target: Database) -> dict[int, int]:
    """Return new ids for passages whose id another passage has: two journals may have used one microsecond."""
    query = "SELECT passage.id FROM passage JOIN chosen ON chosen.id = conversation_id ORDER BY passage.id"
    wanted = [int(row[0]) for row in staged.rows(query)]
    taken = {int(row[0]) for row in target.rows("SELECT id FROM passage")} if wanted else set()
    moved: dict[int, int] = {}
    free = max((*taken, *wanted), default=0)
    for each in wanted:
        if each in taken:
            free += 1
            moved[each] = free
    return moved


def _renumbered(table: str, columns: list[str], row: Row, moved: dict[int, int]) -> Row:
    values = dict(zip(columns, row, strict=True))
    if table == "passage":
        values["id"] = moved.get(values["id"], values["id"])
    elif table == "version":
        values["passage_id"] = moved.get(values["passage_id"], values["passage_id"])
    return tuple(values.values())


def _columns(database: Database, table: str) -> list[str]:
    return [str(row[1]) for row in database.rows(f"PRAGMA table_info({table})")]


def _insert(table: str, columns: list[str], *, ignore: bool = False) -> str:
    verb = "INSERT OR IGNORE" if ignore else "INSERT"
    return f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _jsonable(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _from_jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value.get("base64", "?"), validate=True)
    if isinstance(value, list):
        raise ValueError("a list is no value")
    return value


def to_markdown(conversation: Conversation) -> str:
    """Return a conversation as it stands, with its facts, drafts and kept hot messages."""
    summary = conversation.summary
    lines = [f"# {_heading(summary.title)}", "", f"Begun {_iso(summary.created)}."]
    for turn in conversation.turns:
        lines += ["", turn_markdown(turn)]
    if conversation.facts:
        lines += ["", "## What was understood", ""]
        lines += [f"- {name}: {value}" for name, value in conversation.facts.items()]
    for writing in conversation.writings:
        title = "Draft" if writing.kind is WritingKind.DRAFT else "Kept, not for sending"
        latest = [_quoted(version.text) for version in writing.versions[-1:]]
        lines += ["", f"## {title}, {_iso(writing.created)}", "", *latest]
    return "\n".join(lines) + "\n"


def turn_markdown(turn: StoredTurn) -> str:
    """Return one exchange as Markdown."""
    note = {State.OPEN: "(The answer broke off here.)", State.STOPPED: "(Stopped here.)"}.get(turn.state, "")
    said = [f"**You**, {_iso(turn.started)}:", _quoted(turn.message)]
    reply = [part for part in (turn.reply, note) if part]
    return "\n\n".join([*said, "**Coach**:", *reply] if reply else said)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _heading(title: str) -> str:
    return " ".join(title.split())


def _iso(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
