"""A conversation: runs its turns one after the other and keeps what was said, whatever ends a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from coach.conversation import Conversation, Heard
from coach.errors import CoachError, InputError
from coach.events import Draft, Event, HotMessage, TakenBack, split_draft
from coach.facts.memory import as_mapping
from coach.journal.record import Record
from coach.journal.stored import StoredTurn
from coach.llm.base import Stopped
from coach.text import clean, readable, sentences
from coach.turn import Turns
from coach.types import Fact, FactName, Message


class Ahead(Protocol):
    """Reads a prompt ahead of time, while the person reads the reply."""

    def start(self, conversation: Conversation) -> None:
        """Begin to read the conversation as it stands now; gives way to any turn."""
        ...


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
        self._conversation.put_right(self._corrections)

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
        draft = self._turns.drafts().edited(standing, clean(subject), clean(body))
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
        self._conversation.put_right(self._corrections)
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
        self._before.append(self._conversation.copy())
        heard = Heard()
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
        self._conversation.put_right(self._corrections)
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

    def _keep(self, text: str, heard: Heard) -> None:
        self._fixed[len(self._before) - 1] = heard.safety
        self._conversation.add(text, heard)

    def _take_up(self, turn: StoredTurn) -> None:
        """Go on from an exchange that was kept, as if it had been said now."""
        self._before.append(self._conversation.copy())
        heard = Heard()
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
            rewritten = self._turns.drafts().edited(self.draft, *split_draft(text))
            self._conversation.drafts = (*self._conversation.drafts, rewritten)


def _once(stopped: Callable[[], bool]) -> Stopped:
    """Remember a stop: a turn that was told to stop once never goes on."""
    told = False

    def ask() -> bool:
        nonlocal told
        told = told or stopped()
        return told

    return ask
