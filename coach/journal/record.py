"""Writes one conversation down while it happens.

Each step is a transaction of its own, on disk before the method returns. When the disk
refuses, no error reaches the turn: steps wait in memory, ``trouble`` says why, and each
later step tries to write them all.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping

from coach.errors import CoachError, InputError, JournalError
from coach.events import TakenBack
from coach.journal.engine import Database
from coach.journal.stored import Conversation, State, WritingKind, shown
from coach.journal.turns import Passed, Step, TurnRecord, add_passage, take_back
from coach.text import sentences
from coach.types import Level, Message

_TITLE_CHARACTERS = 60


class Record:
    """One conversation. Built by ``Journal.record``; used by one thread at a time.

    Args:
        database: Where it is written.
        stored: The conversation that goes on; None for a new one.
        trouble: Why nothing is kept, if something should be.
        clock: Gives seconds since 1970.

    Attributes:
        conversation_id: Its id. A new conversation is written with its first message.
        past: The turns that a stored conversation had when it was opened.
        trouble: Why the latest steps are not on disk, or None when everything is.
    """

    def __init__(
        self,
        database: Database,
        *,
        stored: Conversation | None = None,
        trouble: CoachError | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.conversation_id = stored.summary.id if stored else secrets.token_hex(8)
        self.past = stored.turns if stored else ()
        self.trouble = trouble
        self._never_kept = trouble is not None
        self._database = database
        self._clock = clock
        self._waiting: list[Step] = []
        self._turns = [Passed(turn.id, turn.message, turn.reply, turn.level) for turn in stored.turns] if stored else []
        self._begun = stored is not None
        self._facts: dict[str, str] = dict(stored.facts) if stored else {}
        self._corrected: set[str] = set(stored.corrected) if stored else set()
        self._turn_ids = {turn.id for turn in (*stored.turns, *stored.earlier)} if stored else set()
        self._writing_ids = {writing.id for writing in stored.writings} if stored else set()
        drafts = [each for each in stored.writings if each.kind is WritingKind.DRAFT] if stored else []
        self.standing_draft = (drafts[-1].id, drafts[-1].versions[-1].text) if drafts and drafts[-1].versions else None

    @property
    def messages(self) -> list[Message]:
        """The conversation as it stands, as shown, with the level in force after each message."""
        return shown(self._turns)

    @property
    def facts(self) -> Mapping[str, str]:
        """What is understood, by name, corrections counted."""
        return dict(self._facts)

    @property
    def corrections(self) -> Mapping[str, str | None]:
        """Facts that the user put right, by name; None for those that they removed."""
        return {name: self._facts.get(name) for name in self._corrected}

    def begin(self, message: str) -> TurnRecord:
        """Write a message down before it is answered, and return the record of its turn."""
        turn = Passed(secrets.token_hex(8), message, "", self._turns[-1].level if self._turns else Level.L0)
        parent = self._turns[-1].id if self._turns else None
        self._turns.append(turn)
        self._turn_ids.add(turn.id)
        first, self._begun = not self._begun, True
        at = self._clock()

        def step(database: Database) -> None:
            if first:
                self._add_conversation(database, message, at)
            database.run(
                """INSERT INTO turn (id, conversation_id, number, parent_id, state, started, level) VALUES
                    (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM turn WHERE conversation_id = ?), ?, ?, ?, ?)""",
                (turn.id, self.conversation_id, self.conversation_id, parent, State.OPEN.value, at, turn.level.value),
            )
            add_passage(database, self.conversation_id, turn.id, "user", message, at)
            self._touch(database, at, head=turn.id)

        self._write(step)
        return TurnRecord(self._write, self.conversation_id, turn, self._clock)

    def undo(self) -> str | None:
        """Take the last exchange back and return its message; what was said stays in the journal as a version.

        An edit or a retry is ``undo`` and then ``begin``.
        """
        if not self._turns:
            return None
        gone = self._turns.pop()
        head = self._turns[-1].id if self._turns else None
        at = self._clock()
        self._write(lambda database: self._touch(database, at, head=head))
        return gone.message

    def understand(self, facts: Mapping[str, str]) -> None:
        """Note facts that a message told. Those that the user has corrected stay as corrected."""
        for name, value in facts.items():
            if name not in self._corrected and self._facts.get(name) != value:
                self._facts[name] = value
                self._add_fact(name, value, corrected=False)

    def correct(self, name: str, value: str | None) -> None:
        """Put a fact right, or (None) remove it; from now on only the user changes it."""
        self._corrected.add(name)
        if value is None:
            self._facts.pop(name, None)
        else:
            self._facts[name] = value
        self._add_fact(name, value, corrected=True)

    def keep(self, text: str, *, hot: bool = False, author: str = "you") -> str:
        """Keep a draft, or a hot message (with ``hot``), and return its id for ``revise``.

        Raises:
            InputError: Nothing has been said yet, so there is no conversation to keep it with.
        """
        writing_id = secrets.token_hex(8)
        kind = WritingKind.HOT if hot else WritingKind.DRAFT
        turn_id = self._last().id
        at = self._clock()

        def step(database: Database) -> None:
            database.run(
                "INSERT INTO writing (id, conversation_id, turn_id, kind, created) VALUES (?, ?, ?, ?, ?)",
                (writing_id, self.conversation_id, turn_id, kind.value, at),
            )
            self._add_version(database, writing_id, text, author, at)

        self._writing_ids.add(writing_id)
        self._write(step)
        return writing_id

    def revise(self, writing_id: str, text: str, *, author: str = "you") -> None:
        """Add a version to a draft or hot message; the earlier ones stay.

        Raises:
            InputError: This conversation has no such draft.
        """
        if writing_id not in self._writing_ids:
            raise InputError(f"There is no draft {writing_id!r} in this conversation.", hint="Keep it first.")
        at = self._clock()
        self._write(lambda database: self._add_version(database, writing_id, text, author, at))

    def take_back(self, number: int, event: TakenBack, reply: str) -> None:
        """Note that the reply of a turn is taken back; what it was stays among the turn's events.

        Args:
            number: Which turn of the conversation as it stands, from 0.
            event: What is shown in its place.
            reply: The whole reply from now on.
        """
        turn = self._turns[number]
        turn.reply = reply
        take_back(self._write, self.conversation_id, turn, event, self._clock())

    def report(self, reason: str, comment: str = "", *, turn_id: str | None = None, number: int | None = None) -> None:
        """Note that a reply was wrong.

        Args:
            reason: What is wrong with it, one of the page's choices.
            comment: The user's own words.
            turn_id: Which turn; by default the last.
            number: Which turn, from 0, where its id is not known.

        Raises:
            InputError: This conversation has no such turn.
        """
        turn_id = turn_id or (self._last().id if number is None else self._turns[number].id)
        if turn_id not in self._turn_ids:
            raise InputError(f"There is no turn {turn_id!r} in this conversation.", hint="Report the last reply.")
        values = (secrets.token_hex(8), turn_id, reason, comment, self._clock())
        statement = "INSERT INTO report (id, turn_id, reason, comment, at) VALUES (?, ?, ?, ?, ?)"
        self._write(lambda database: _ran(database, statement, values))

    def _write(self, step: Step) -> None:
        """Take a step, and before it those that could not be taken so far."""
        self._waiting.append(step)
        try:
            with self._database.writing() as database:
                for each in self._waiting:
                    each(database)
        except CoachError as error:
            self.trouble = error
            return
        self._waiting.clear()
        if not self._never_kept:
            self.trouble = None

    def _last(self) -> Passed:
        if not self._turns:
            raise InputError("Nothing has been said yet.", hint="Type a message first.")
        return self._turns[-1]

    def _add_conversation(self, database: Database, message: str, at: float) -> None:
        database.run("INSERT INTO conversation (id, created, updated) VALUES (?, ?, ?)", (self.conversation_id, at, at))
        add_passage(database, self.conversation_id, None, "title", title_of(message), at)

    def _touch(self, database: Database, at: float, *, head: str | None) -> None:
        level = self._turns[-1].level if self._turns else Level.L0
        database.run(
            "UPDATE conversation SET updated = ?, head = ?, level = ? WHERE id = ?",
            (at, head, level.value, self.conversation_id),
        )

    def _add_fact(self, name: str, value: str | None, *, corrected: bool) -> None:
        turn_id = self._turns[-1].id if self._turns else None
        values = (self.conversation_id, turn_id, name, value, int(corrected), self._clock())
        statement = "INSERT INTO fact (conversation_id, turn_id, name, value, corrected, at) VALUES (?, ?, ?, ?, ?, ?)"
        self._write(lambda database: _ran(database, statement, values))

    def _add_version(self, database: Database, writing_id: str, text: str, author: str, at: float) -> None:
        found = database.rows("SELECT turn_id, kind FROM writing WHERE id = ?", (writing_id,))
        if not found:
            raise JournalError("This draft is no longer in the journal.", hint="Keep it as a new one.")
        turn_id, kind = found[0]
        passage = add_passage(database, self.conversation_id, turn_id, kind, text, at)
        database.run(
            """INSERT INTO version (writing_id, number, author, at, passage_id) VALUES
                (?, (SELECT coalesce(max(number), 0) + 1 FROM version WHERE writing_id = ?), ?, ?, ?)""",
            (writing_id, writing_id, author, at, passage),
        )


def title_of(message: str) -> str:
    """Return a title for a conversation from its first message: the first sentence, shortened at a word."""
    first = " ".join((sentences(message) or [message])[0].split())
    if len(first) <= _TITLE_CHARACTERS:
        return first.rstrip(".") or "Conversation"
    return first[:_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def _ran(database: Database, statement: str, values: tuple[object, ...]) -> None:
    database.run(statement, values)
