"""A conversation: runs its turns one after the other and keeps what was said, whatever ends a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from coach.errors import CoachError
from coach.events import Event, SafetyReply, Sentence, SituationRead, TurnDone
from coach.llm.base import Stopped
from coach.turn import Conversation, Turns, readable, reply_text
from coach.types import Level, Message, Situation


class Ahead(Protocol):
    """Reads a prompt ahead of time, while the person reads the reply."""

    def start(self, conversation: Conversation) -> None:
        """Begin to read the conversation as it stands now; gives way to any turn."""
        ...


class PastTurn(Protocol):
    """An exchange of a conversation that was kept."""

    @property
    def message(self) -> str:
        """What the user said."""
        ...

    @property
    def level(self) -> Level:
        """The safety level after it."""
        ...

    def events(self) -> list[Event]:
        """Return what the turn yielded, as far as it can still be read."""
        ...


class TurnRecord(Protocol):
    """Where one turn is written down."""

    def add(self, event: Event) -> None:
        """Write an event down."""
        ...

    def end(self) -> None:
        """Mark the turn as ended."""
        ...


class Record(Protocol):
    """Where a conversation is written down while it happens. Trouble with it never ends a turn."""

    @property
    def conversation_id(self) -> str:
        """The conversation's id."""
        ...

    @property
    def past(self) -> Sequence[PastTurn]:
        """What was said before this session."""
        ...

    @property
    def trouble(self) -> CoachError | None:
        """Why something is not kept; None when everything is."""
        ...

    def begin(self, message: str) -> TurnRecord:
        """Write a message down, before it is answered."""
        ...

    def undo(self) -> str | None:
        """Take the last exchange back."""
        ...


@dataclass(kw_only=True)
class _Heard:
    """What a turn has shown so far."""

    sentences: list[Sentence] = field(default_factory=list)
    safety: str = ""
    level: Level | None = None
    situation: Situation | None = None
    answered: bool = False

    def take(self, event: Event) -> None:
        if isinstance(event, Sentence):
            self.sentences.append(event)
        elif isinstance(event, SafetyReply):
            self.safety, self.level = event.text, event.level
        elif isinstance(event, TurnDone):
            self.level = event.level
            self.answered = not event.stopped
        elif isinstance(event, SituationRead):
            self.situation = event.situation

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.safety, reply_text(self.sentences)) if part)


class Session:
    """One conversation. Not thread-safe: one turn at a time.

    Args:
        turns: The pipeline.
        ahead: Reads ahead between turns.
        record: Keeps the conversation, which may have begun earlier; None keeps nothing.
    """

    def __init__(self, turns: Turns, ahead: Ahead, record: Record | None = None) -> None:
        self._turns = turns
        self._ahead = ahead
        self._record = record
        self._conversation = Conversation()
        self._before: list[Conversation] = []
        for turn in record.past if record is not None else ():
            self._take_up(turn)

    @property
    def messages(self) -> list[Message]:
        """Everything said, user and assistant in turn."""
        return list(self._conversation.messages)

    @property
    def conversation_id(self) -> str | None:
        """The id under which the conversation is kept; None when it is not."""
        return self._record.conversation_id if self._record is not None else None

    @property
    def trouble(self) -> CoachError | None:
        """Why something of the conversation is not kept, though it should be."""
        return self._record.trouble if self._record is not None else None

    def send(self, text: str, *, stopped: Callable[[], bool]) -> Iterator[Event]:
        """Answer a message with events, and keep the exchange however the turn ends.

        Raises:
            InputError: There is nothing to answer, or too much; nothing is kept then.
        """
        message = readable(text)
        self._before.append(self._copy())
        heard = _Heard()
        record = self._record.begin(message) if self._record is not None else None
        try:
            for event in self._turns.run(message, self._conversation, stopped=_once(stopped)):
                heard.take(event)
                if record is not None:
                    record.add(event)
                yield event
        finally:
            self._keep(message, heard)
            if record is not None:
                record.end()
            # Whoever stopped a turn wants the processor free, and may not go on at all.
            if heard.answered:
                self._ahead.start(self._conversation)

    def undo(self) -> str | None:
        """Take the last exchange back and return its message; None when there is none."""
        if not self._before:
            return None
        if self._record is not None:
            self._record.undo()
        text = self._conversation.messages[-2].text
        self._conversation = self._before.pop()
        return text

    def _keep(self, text: str, heard: _Heard) -> None:
        conversation = self._conversation
        level = heard.level
        if level is None:
            # The turn ended before its verdict: what was in force stays.
            level = conversation.messages[-1].level if conversation.messages else Level.L0
        conversation.messages = [
            *conversation.messages,
            Message(role="user", text=text, level=level),
            Message(role="assistant", text=heard.text, level=level),
        ]
        conversation.said |= {sentence.text for sentence in heard.sentences}

    def _take_up(self, turn: PastTurn) -> None:
        """Go on from an exchange that was kept, as if it had been said now."""
        self._before.append(self._copy())
        heard = _Heard()
        for event in turn.events():
            heard.take(event)
        heard.level = turn.level
        self._conversation.situation = heard.situation or self._conversation.situation
        self._keep(turn.message, heard)

    def _copy(self) -> Conversation:
        return replace(self._conversation, messages=list(self._conversation.messages))


def _once(stopped: Callable[[], bool]) -> Stopped:
    """Remember a stop: a turn that was told to stop once never goes on."""
    told = False

    def ask() -> bool:
        nonlocal told
        told = told or stopped()
        return told

    return ask
