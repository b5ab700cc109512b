"""A conversation: runs its turns one after the other and keeps what was said, whatever ends a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from coach.clock import reply_text
from coach.errors import CoachError, InputError
from coach.events import (
    Draft,
    Event,
    HotMessage,
    SafetyReply,
    Sentence,
    SituationRead,
    TakenBack,
    TurnDone,
    split_draft,
)
from coach.facts.memory import as_mapping, from_mapping
from coach.llm.base import Stopped
from coach.text import clean, sentences
from coach.turn import Conversation, Turns, readable
from coach.types import Fact, FactName, Level, Message, Situation


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

    def keep(self, text: str, *, hot: bool = False, author: str = "you") -> str:
        """Keep a draft, or an angry message that is not sent, and return its id."""
        ...

    def revise(self, writing_id: str, text: str, *, author: str = "you") -> None:
        """Add a version to a draft."""
        ...

    def take_back(self, number: int, event: TakenBack, reply: str) -> None:
        """Note that a reply is taken back; ``number`` counts exchanges from 0, ``reply`` is what is shown now."""
        ...

    def report(self, reason: str, comment: str = "", *, number: int | None = None) -> None:
        """Note that a reply was wrong."""
        ...

    @property
    def standing_draft(self) -> tuple[str, str] | None:
        """Id and newest text of the draft that stood when the conversation was opened."""
        ...

    @property
    def corrections(self) -> Mapping[str, str | None]:
        """Facts that the user put right or (None) removed, by name."""
        ...

    def understand(self, facts: Mapping[str, str]) -> None:
        """Note facts that a message told."""
        ...

    def correct(self, name: str, value: str | None) -> None:
        """Put a fact right, or (None) remove it."""
        ...


@dataclass(kw_only=True)
class _Heard:
    """What a turn has shown so far."""

    sentences: list[Sentence] = field(default_factory=list)
    draft: Draft | None = None
    safety: str = ""
    level: Level | None = None
    situation: Situation | None = None
    answered: bool = False
    instead: str | None = None

    def take(self, event: Event) -> None:
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
        if self.instead is not None:
            rest = self.instead
        else:
            rest = reply_text([*self.sentences, *([self.draft] if self.draft is not None else [])])
        return "\n\n".join(part for part in (self.safety, rest) if part)


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
        self._writing: str | None = None
        # The fixed safety text of each exchange.
        self._fixed: dict[int, str] = {}
        self._corrections: dict[str, str | None] = dict(record.corrections) if record is not None else {}
        for turn in record.past if record is not None else ():
            self._take_up(turn)
        self._take_up_draft()
        self._put_right()

    @property
    def messages(self) -> list[Message]:
        """Everything said, user and assistant in turn."""
        return list(self._conversation.messages)

    @property
    def draft(self) -> Draft | None:
        """The draft that stands; None when there is none."""
        return self._conversation.drafts[-1] if self._conversation.drafts else None

    def edit_draft(self, subject: str, body: str) -> Draft:
        """Keep a draft as the person has rewritten it, as its next version.

        Raises:
            InputError: No draft stands, or nothing is left of it.
        """
        standing = self.draft
        if standing is None:
            raise InputError("There is no draft to change.", hint="Ask for one first.")
        if not body.strip():
            raise InputError("The draft is empty.", hint="Write the message again, or undo the change.")
        draft = self._turns.drafts.edited(standing, clean(subject), clean(body))
        self._conversation.drafts = (*self._conversation.drafts, draft)
        if self._record is not None:
            if self._writing is None:
                self._writing = self._record.keep(draft.text)
            else:
                self._record.revise(self._writing, draft.text)
        return draft

    @property
    def conversation_id(self) -> str | None:
        """The id under which the conversation is kept; None when it is not."""
        return self._record.conversation_id if self._record is not None else None

    @property
    def trouble(self) -> CoachError | None:
        """Why something of the conversation is not kept, though it should be."""
        return self._record.trouble if self._record is not None else None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the person told of their case, with their corrections."""
        return self._conversation.facts

    def correct(self, name: str, value: str | None) -> None:
        """Put a fact right, or (None) remove it. It holds from the next turn on, and only the user changes it again.

        Raises:
            InputError: There is no such fact, or the value is empty.
        """
        if name not in set(FactName):
            raise InputError(f"There is no fact called {name!r}.", hint=f"It is one of {', '.join(FactName)}.")
        value = clean(value) if value is not None else None
        if value == "":
            raise InputError(f"The {name} is empty.", hint="Type a value, or remove the fact.")
        self._corrections[name] = value
        self._put_right()
        if self._record is not None:
            self._record.correct(name, value)

    def answers_at_once(self, text: str) -> bool:
        """Whether a message is answered without anything being loaded: the safety rules alone stop the coaching."""
        return self._turns.stops_by_rule(clean(text), self._conversation)

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
                self._keep_writing(event)
                yield event
        finally:
            self._keep(message, heard)
            if record is not None and self._record is not None:
                if heard.situation is not None:
                    self._record.understand(as_mapping(heard.situation.facts))
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
        self._put_right()
        return text

    def _keep_writing(self, event: Event) -> None:
        """Keep drafts with their versions, and an angry message, apart from what was said."""
        if self._record is None:
            return
        if isinstance(event, HotMessage):
            self._record.keep(event.text, hot=True)
        elif isinstance(event, Draft):
            if self._writing is not None and len(self._conversation.drafts) > 1:
                self._record.revise(self._writing, event.text, author="coach")
            else:
                self._writing = self._record.keep(event.text, author="coach")

    def take_back(self, number: int, text: str, *, reason: str, comment: str = "") -> bool:
        """Show a vetted text in place of a reply that felt wrong, and keep a report of it on this computer.

        Fixed safety text stays, with ``text`` after it.

        Args:
            number: Which exchange, from 0.
            text: What is shown from now on.
            reason: What was wrong with the reply, one of the page's choices.
            comment: The user's own words.

        Returns:
            Whether a report is kept; nothing is of a conversation off the record.

        Raises:
            InputError: There is no such exchange.
        """
        if not 0 <= number < len(self._before):
            raise InputError("There is no such reply in this conversation.", hint="Reload the page and try again.")
        shown = "\n\n".join(part for part in (self._fixed.get(number, ""), text) if part)
        for conversation in (*self._before[number + 1 :], self._conversation):
            messages = list(conversation.messages)
            messages[2 * number + 1] = replace(messages[2 * number + 1], text=shown)
            conversation.messages = messages
            conversation.said |= set(sentences(text))
        if self._record is None:
            return False
        self._record.report(reason, comment, number=number)
        self._record.take_back(number, TakenBack(text=text), shown)
        return True

    def _keep(self, text: str, heard: _Heard) -> None:
        conversation = self._conversation
        self._fixed[len(self._before) - 1] = heard.safety
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
        if heard.draft is not None:
            self._conversation.drafts = (*self._conversation.drafts, heard.draft)
        if heard.situation is not None:
            self._conversation.situation = heard.situation
            self._conversation.facts = heard.situation.facts
        self._keep(turn.message, heard)

    def _take_up_draft(self) -> None:
        """Go on from the draft as it stood last, also where the person had rewritten it."""
        if self._record is None or self._record.standing_draft is None or self.draft is None:
            return
        self._writing, text = self._record.standing_draft
        if text != self.draft.text:
            rewritten = self._turns.drafts.edited(self.draft, *split_draft(text))
            self._conversation.drafts = (*self._conversation.drafts, rewritten)

    def _put_right(self) -> None:
        """Let the user's corrections hold, whatever messages said."""
        values: dict[str, str | None] = {**as_mapping(self._conversation.facts), **self._corrections}
        kept = {name: value for name, value in values.items() if value is not None}
        self._conversation.facts = from_mapping(kept, self._conversation.facts)
        self._conversation.fixed = frozenset(self._corrections)

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
