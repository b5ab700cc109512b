"""What a visit needs of a session, and what it tells the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.errors import CoachError
from coach.events import Draft, Event
from coach.types import Fact, Message
from coach.ui import texts
from coach.ui.render import Exchange, Reply


class Talk(Protocol):
    """The part of ``coach.session.Session`` that a visit uses."""

    @property
    def conversation_id(self) -> str | None:
        """The id under which the conversation is kept; None when it is not."""
        ...

    @property
    def messages(self) -> Sequence[Message]:
        """Everything said so far."""
        ...

    @property
    def facts(self) -> Sequence[Fact]:
        """What is understood."""
        ...

    @property
    def draft(self) -> Draft | None:
        """The draft that stands."""
        ...

    def edit_draft(self, subject: str, body: str) -> Draft:
        """Keep the draft as the user has rewritten it."""
        ...

    @property
    def trouble(self) -> CoachError | None:
        """Why something is not kept, though it should be."""
        ...

    def send(self, text: str, *, stopped: Callable[[], bool]) -> Iterator[Event]:
        """Answer a message with events."""
        ...

    def undo(self) -> str | None:
        """Take the last exchange back."""
        ...

    def correct(self, name: str, value: str | None) -> None:
        """Put a fact right, or (None) remove it."""
        ...

    def take_back(self, number: int, text: str, *, reason: str, comment: str = "") -> bool:
        """Show a text in place of a reply, and keep a report."""
        ...


@dataclass(frozen=True, kw_only=True)
class View:
    """What a tab shows now.

    ``exchanges`` are the last of all, the first of them with number ``first``; ``box`` is
    text to put into the message box, if any; ``ended`` tells that a turn has just ended.
    """

    exchanges: tuple[Exchange, ...]
    first: int = 0
    notice: str = ""
    busy: bool = False
    box: str | None = None
    ended: bool = False

    @property
    def reply(self) -> Reply | None:
        """The newest reply."""
        return self.exchanges[-1].reply if self.exchanges else None


def ending(reply: Reply) -> str:
    """Return what is told of a reply that was stopped."""
    if not reply.stopped:
        return ""
    return texts.STOPPED if reply.text or reply.safety else texts.STOPPED_EARLY
