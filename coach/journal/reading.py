"""Reads conversations back: the list, and one with its versions, facts, drafts and reports."""

from __future__ import annotations

from typing import Any

from coach.errors import InputError, JournalDamaged
from coach.journal import columns
from coach.journal.engine import Database
from coach.journal.stored import Conversation, Report, State, StoredTurn, Summary, Version, Writing, WritingKind

_SUMMARIES = """
    SELECT conversation.id, passage.text, created, updated, pinned, archived, deleted, level
    FROM conversation LEFT JOIN passage
        ON passage.conversation_id = conversation.id AND passage.role = 'title'
"""


def summaries(
    database: Database, *, archived: bool | None = False, deleted: bool = False, limit: int | None = None
) -> list[Summary]:
    """Return conversations, pinned ones first, then the latest first."""
    query = (
        f"{_SUMMARIES} WHERE deleted IS {'NOT NULL' if deleted else 'NULL'} AND archived = coalesce(?, archived) "
        "ORDER BY pinned DESC, updated DESC LIMIT ?"
    )
    wanted = None if archived is None else int(archived)
    with database.reading():
        return [_summary(row) for row in database.rows(query, (wanted, -1 if limit is None else limit))]


def read(database: Database, conversation_id: str) -> Conversation:
    """Return a conversation with everything in it.

    Raises:
        InputError: There is none with that id.
    """
    with database.reading():
        found = database.rows(f"{_SUMMARIES} WHERE conversation.id = ?", (conversation_id,))
        if not found:
            # A row that its own index does not know is damage, not a wrong id.
            if database.value("SELECT count(*) FROM conversation NOT INDEXED WHERE id = ?", (conversation_id,)):
                raise JournalDamaged("The journal is damaged: an index does not know a conversation.")
            raise InputError(
                f"There is no conversation {conversation_id!r}.", hint="Run `coach journal list` to see them."
            )
        head = database.value("SELECT head FROM conversation WHERE id = ?", (conversation_id,))
        turns, earlier = _split(_turns(database, conversation_id), head)
        facts, corrected = _facts(database, conversation_id)
        return Conversation(
            summary=_summary(found[0]),
            turns=turns,
            earlier=earlier,
            facts=facts,
            corrected=corrected,
            writings=_writings(database, conversation_id),
            reports=_reports(database, conversation_id),
        )


def _summary(row: tuple[Any, ...]) -> Summary:
    return Summary(
        id=columns.identifier(row[0]),
        title=columns.text_or_none(row[1]) or "",
        created=columns.moment(row[2]),
        updated=columns.moment(row[3]),
        pinned=bool(columns.number(row[4])),
        archived=bool(columns.number(row[5])),
        deleted=columns.moment_or_none(row[6]),
        level=columns.level(row[7]),
    )


def _turns(database: Database, conversation_id: str) -> dict[str, StoredTurn]:
    bodies: dict[str, list[str]] = {}
    query = """SELECT turn_id, body FROM event JOIN turn ON turn.id = turn_id
        WHERE conversation_id = ? ORDER BY turn.number, event.number"""
    for turn_id, body in database.rows(query, (conversation_id,)):
        bodies.setdefault(columns.text(turn_id), []).append(columns.text(body))
    texts: dict[tuple[str, str], str] = {}
    query = "SELECT turn_id, role, text FROM passage WHERE conversation_id = ? AND role IN ('user', 'assistant')"
    for turn_id, role, text in database.rows(query, (conversation_id,)):
        texts[columns.text(turn_id), columns.text(role)] = columns.text(text)
    query = """SELECT id, number, parent_id, state, started, ended, level FROM turn
        WHERE conversation_id = ? ORDER BY number"""
    found = {}
    for row in database.rows(query, (conversation_id,)):
        turn_id = columns.text(row[0])
        found[turn_id] = StoredTurn(
            id=turn_id,
            number=columns.number(row[1]),
            parent_id=columns.text_or_none(row[2]),
            state=State(row[3]) if row[3] in set(State) else State.OPEN,
            started=columns.moment(row[4]),
            ended=columns.moment_or_none(row[5]),
            level=columns.level(row[6]),
            message=texts.get((turn_id, "user"), ""),
            reply=texts.get((turn_id, "assistant"), ""),
            bodies=tuple(bodies.get(turn_id, ())),
        )
    return found


def _split(turns: dict[str, StoredTurn], head: str | None) -> tuple[tuple[StoredTurn, ...], tuple[StoredTurn, ...]]:
    """Return the turns that lead to the head, and the others."""
    standing: list[StoredTurn] = []
    left = dict(turns)
    while head is not None and (turn := left.pop(head, None)) is not None:
        standing.append(turn)
        head = turn.parent_id
    return tuple(reversed(standing)), tuple(left.values())


def _facts(database: Database, conversation_id: str) -> tuple[dict[str, str], frozenset[str]]:
    """The latest value of each fact; once the user has corrected one, only the user changes it."""
    values: dict[str, str | None] = {}
    corrected: set[str] = set()
    query = "SELECT name, value, corrected FROM fact WHERE conversation_id = ? ORDER BY id"
    for name, value, by_user in database.rows(query, (conversation_id,)):
        key = columns.text(name)
        if by_user or key not in corrected:
            values[key] = columns.text_or_none(value)
        if by_user:
            corrected.add(key)
    return {name: value for name, value in values.items() if value is not None}, frozenset(corrected)


def _writings(database: Database, conversation_id: str) -> tuple[Writing, ...]:
    versions: dict[str, list[Version]] = {}
    query = """SELECT writing_id, number, author, at, text FROM version
        JOIN passage ON passage.id = passage_id WHERE conversation_id = ? ORDER BY number"""
    for writing_id, number, author, at, text in database.rows(query, (conversation_id,)):
        version = Version(
            number=columns.number(number),
            author=columns.text(author),
            at=columns.moment(at),
            text=columns.text(text),
        )
        versions.setdefault(columns.text(writing_id), []).append(version)
    query = "SELECT id, kind, turn_id, created FROM writing WHERE conversation_id = ? ORDER BY created, id"
    return tuple(
        Writing(
            id=columns.text(row[0]),
            kind=WritingKind.HOT if row[1] == WritingKind.HOT else WritingKind.DRAFT,
            turn_id=columns.text_or_none(row[2]),
            created=columns.moment(row[3]),
            versions=tuple(versions.get(columns.text(row[0]), ())),
        )
        for row in database.rows(query, (conversation_id,))
    )


def _reports(database: Database, conversation_id: str) -> tuple[Report, ...]:
    query = """SELECT report.id, turn_id, reason, comment, at FROM report
        JOIN turn ON turn.id = turn_id WHERE conversation_id = ? ORDER BY at, report.id"""
    return tuple(
        Report(
            id=columns.text(row[0]),
            turn_id=columns.text(row[1]),
            reason=columns.text(row[2]),
            comment=columns.text(row[3]),
            at=columns.moment(row[4]),
        )
        for row in database.rows(query, (conversation_id,))
    )
