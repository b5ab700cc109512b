"""A conversation in memory: what later turns need of earlier ones, and what the newest turn has shown so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coach.acts import Before
from coach.clock import reply_text
from coach.events import Draft, Event, SafetyReply, Sentence, SituationRead, TakenBack, TurnDone
from coach.facts.memory import as_mapping, from_mapping
from coach.types import Fact, FoundCard, Level, Message, Situation, Vector, Vectors

if TYPE_CHECKING:
    from coach.drafts.told import DraftAnswer


@dataclass(kw_only=True)
class Heard:
    """What a turn has shown so far."""

    sentences: list[Sentence] = field(default_factory=list)
    draft: Draft | None = None
    safety: str = ""
    level: Level | None = None
    situation: Situation | None = None
    answered: bool = False
    instead: str | None = None

    def take(self, event: Event) -> None:
        """Take in the next event of the turn."""
        if isinstance(event, Sentence):
            self.sentences.append(event)
        elif isinstance(event, Draft):
            self.draft = event
        elif isinstance(event, SafetyReply):
            self.safety, self.level = event.text, event.level
        elif isinstance(event, TurnDone):
            self.level = event.level
            self.answered = not event.stopped
        elif isinstance(event, SituationRead):
            self.situation = event.situation
        elif isinstance(event, TakenBack):
            self.instead = event.text

    @property
    def text(self) -> str:
        """The reply as it stands on the screen."""
        if self.instead is not None:
            rest = self.instead
        else:
            rest = reply_text([*self.sentences, *([self.draft] if self.draft is not None else [])])
        return "\n\n".join(part for part in (self.safety, rest) if part)


@dataclass(kw_only=True)
class Conversation:
    """What later turns need of earlier ones.

    ``start`` is where the history that the model reads begins; ``said`` holds every
    sentence shown; ``drafts`` the versions of the draft that stands, the newest last; ``topic``
    are the vectors of the last message that opened a topic,
    ``recent`` the embeddings of the newest messages, oldest first. ``facts`` are what the
    person told so far, and ``fixed`` the names of those that they put right by hand.
    """

    messages: list[Message] = field(default_factory=list)
    situation: Situation | None = None
    cards: tuple[FoundCard, ...] = ()
    topic: Vectors | None = None
    recent: tuple[Vector, ...] = ()
    facts: tuple[Fact, ...] = ()
    fixed: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    drafts: tuple[Draft, ...] = ()
    start: int = 0

    def copy(self) -> Conversation:
        """Return the conversation as it stands now, to go back to."""
        return replace(self, messages=list(self.messages))

    def add(self, text: str, heard: Heard) -> None:
        """Add a message and what was shown in answer to it."""
        level = heard.level
        if level is None:
            # The turn ended before its verdict: what was in force stays.
            level = self.messages[-1].level if self.messages else Level.L0
        self.messages = [
            *self.messages,
            Message(role="user", text=text, level=level),
            Message(role="assistant", text=heard.text, level=level),
        ]
        self.said |= {sentence.text for sentence in heard.sentences}

    @property
    def before(self) -> Before:
        """What stands before the next message; only for a conversation that has begun."""
        reply = self.messages[-1].text
        return Before(
            reply=reply, standing=bool(self.drafts), shown=bool(self.drafts) and self.drafts[-1].text in reply
        )

    def keep_draft(self, answer: DraftAnswer) -> None:
        """Let what a draft's turn came to stand for the turns to come."""
        if answer.undone:
            self.drafts = self.drafts[:-1] or self.drafts
        elif answer.draft is not None and answer.draft not in self.drafts[-1:]:
            self.drafts = (*self.drafts, answer.draft)
        elif answer.called_off:
            self.drafts = ()

    def put_right(self, corrections: Mapping[str, str | None]) -> None:
        """Let the user's corrections hold, whatever messages said; None stands for a fact that they removed."""
        values: dict[str, str | None] = {**as_mapping(self.facts), **corrections}
        kept = {name: value for name, value in values.items() if value is not None}
        self.facts = from_mapping(kept, self.facts)
        self.fixed = frozenset(corrections)
