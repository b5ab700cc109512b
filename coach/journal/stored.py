"""What the journal gives back: values, without a way to the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from coach.events import Event
from coach.journal import codec
from coach.types import Card, Level, Message


class State(StrEnum):
    """How a turn ended; OPEN is one that did not, so its reply is partial."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class WritingKind(StrEnum):
    """DRAFT is a message to be sent; HOT is the furious version that is kept and not sent."""

    DRAFT = "draft"
    HOT = "hot"


class Exchange(Protocol):
    """A message, the reply as far as it came, and the level in force after it."""

    @property
    def message(self) -> str:
        """What the user said."""
        ...

    @property
    def reply(self) -> str:
        """What the coach said; empty if nothing was shown."""
        ...

    @property
    def level(self) -> Level:
        """The safety level."""
        ...


def shown(exchanges: Iterable[Exchange]) -> list[Message]:
    """Return a conversation as messages, user and assistant in turn, with the level in force after each."""
    found: list[Message] = []
    for each in exchanges:
        found.append(Message(role="user", text=each.message, level=each.level))
        found.append(Message(role="assistant", text=each.reply, level=each.level))
    return found


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A conversation in the list. Times are in seconds since 1970."""

    id: str
    title: str
    created: float
    updated: float
    pinned: bool
    archived: bool
    deleted: float | None
    level: Level


@dataclass(frozen=True, kw_only=True)
class StoredTurn:
    """A message and what answered it.

    ``parent_id`` is the turn before it; two turns with the same parent are versions of
    each other. ``bodies`` are the events as stored.
    """

    id: str
    number: int
    parent_id: str | None
    state: State
    started: float
    ended: float | None
    level: Level
    message: str
    reply: str
    bodies: tuple[str, ...] = field(repr=False)

    @property
    def partial(self) -> bool:
        """Whether the reply broke off: the program ended before it did."""
        return self.state is State.OPEN

    def events(self, cards: Mapping[str, Card] | None = None) -> list[Event]:
        """Return the events of the turn, with cards looked up by id; what cannot be read is left out."""
        decoded = (codec.decode(body, cards) for body in self.bodies)
        return [event for event in decoded if event is not None]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of a draft. ``author`` is "coach" or "you"."""

    number: int
    author: str
    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A draft or a kept hot message, with all its versions, the first one first."""

    id: str
    kind: WritingKind
    turn_id: str | None
    created: float
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A reply that the user called wrong."""

    id: str
    turn_id: str
    reason: str
    comment: str
    at: float


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Everything of one conversation.

    ``turns`` is the conversation as it stands; ``earlier`` are the versions that edits,
    retries and undo left behind; ``facts`` is what was understood, corrections counted.
    """

    summary: Summary
    turns: tuple[StoredTurn, ...]
    earlier: tuple[StoredTurn, ...]
    facts: Mapping[str, str]
    corrected: frozenset[str]
    writings: tuple[Writing, ...]
    reports: tuple[Report, ...]

    @property
    def messages(self) -> list[Message]:
        """The conversation as it was shown, with the level in force after each message."""
        return shown(self.turns)
