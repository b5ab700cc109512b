"""Writes one turn down while it streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.events import Draft, Event, SafetyReply, Sentence, TakenBack, TurnDone, TurnFailed
from coach.journal import codec
from coach.journal.engine import Database
from coach.journal.stored import State
from coach.types import Level

Step = Callable[[Database], None]


@dataclass
class Passed:
    """A turn of the conversation as it stands."""

    id: str
    message: str
    reply: str
    level: Level


class TurnRecord:
    """One turn while it streams. ``end`` belongs into a ``finally``.

    Args:
        write: Takes a step in the conversation's record.
        conversation_id: The conversation.
        turn: Its newest turn.
        clock: Gives seconds since 1970.
    """

    def __init__(
        self, write: Callable[[Step], None], conversation_id: str, turn: Passed, clock: Callable[[], float]
    ) -> None:
        self._write = write
        self._conversation_id = conversation_id
        self._turn = turn
        self._clock = clock
        self._count = 0
        self._state = State.STOPPED

    @property
    def id(self) -> str:
        """The turn's id, for reports."""
        return self._turn.id

    def add(self, event: Event) -> None:
        """Write one event down, and with it the reply as far as it has come."""
        turn = self._turn
        before = (turn.reply, turn.level)
        self._take_in(event)
        self._count += 1
        values = (turn.id, self._count, self._clock(), codec.encode(event))
        changed = before != (turn.reply, turn.level)
        reply, level, conversation_id = turn.reply, turn.level, self._conversation_id

        def step(database: Database) -> None:
            database.run("INSERT INTO event (turn_id, number, at, body) VALUES (?, ?, ?, ?)", values)
            if changed:
                _set_reply(database, conversation_id, turn.id, reply, values[2])
                database.run("UPDATE turn SET level = ? WHERE id = ?", (level.value, turn.id))
                database.run("UPDATE conversation SET level = ? WHERE id = ?", (level.value, conversation_id))

        self._write(step)

    def end(self) -> None:
        """Mark the turn as ended: done, failed, or stopped if neither was among its events."""
        statement = "UPDATE turn SET state = ?, ended = ? WHERE id = ?"
        values = (self._state.value, self._clock(), self._turn.id)

        def step(database: Database) -> None:
            database.run(statement, values)

        self._write(step)

    def _take_in(self, event: Event) -> None:
        turn = self._turn
        if isinstance(event, Sentence):
            turn.reply += (event.lead or ("\n\n" if turn.reply else "")) + event.text
        elif isinstance(event, Draft):
            turn.reply += ("\n\n" if turn.reply else "") + event.text
        elif isinstance(event, SafetyReply):
            turn.reply += ("\n\n" if turn.reply else "") + event.text
            turn.level = event.level
        elif isinstance(event, TurnDone):
            turn.level = event.level
            self._state = State.STOPPED if event.stopped else State.DONE
        elif isinstance(event, TurnFailed):
            self._state = State.FAILED


def take_back(write: Callable[[Step], None], conversation_id: str, turn: Passed, event: TakenBack, at: float) -> None:
    """Add an event to a turn that has ended, and write its reply anew."""
    reply = turn.reply

    def step(database: Database) -> None:
        database.run(
            """INSERT INTO event (turn_id, number, at, body) VALUES
                (?, (SELECT coalesce(max(number), 0) + 1 FROM event WHERE turn_id = ?), ?, ?)""",
            (turn.id, turn.id, at, codec.encode(event)),
        )
        _set_reply(database, conversation_id, turn.id, reply, at)

    write(step)


def add_passage(database: Database, conversation_id: str, turn_id: str | None, role: str, text: str, at: float) -> int:
    """Add a text and return its id: the time in microseconds, or the next number that is free."""
    found = database.value("SELECT max(?, coalesce(max(id), 0) + 1) FROM passage", (int(at * 1e6),))
    database.run(
        "INSERT INTO passage (id, conversation_id, turn_id, role, text) VALUES (?, ?, ?, ?, ?)",
        (found, conversation_id, turn_id, role, text),
    )
    return int(found)


def _set_reply(database: Database, conversation_id: str, turn_id: str, reply: str, at: float) -> None:
    statement = "UPDATE passage SET text = ? WHERE turn_id = ? AND role = 'assistant'"
    if not database.run(statement, (reply, turn_id)):
        add_passage(database, conversation_id, turn_id, "assistant", reply, at)
