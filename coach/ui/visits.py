"""Conversations in open tabs: who talks, whose turn it is, and what each one sees.

A ``Visit`` belongs to one tab. It runs the tab's turns and yields a ``View`` after
each change; it never raises, so that the page cannot lock. Turns of several tabs are
answered in the order in which they were sent.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from coach.errors import CoachError, InputError
from coach.events import Event
from coach.types import Message
from coach.ui import texts
from coach.ui.render import Exchange, Reply, advance, failed

_log = logging.getLogger(__name__)
_LOOK_S = 0.1
"""Seconds between two looks at the line while waiting in it."""


class Talk(Protocol):
    """The part of ``coach.session.Session`` that a visit uses."""

    @property
    def messages(self) -> Sequence[Message]:
        """Everything said so far."""
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


@dataclass(frozen=True, kw_only=True)
class View:
    """What a tab shows now. ``box`` is text to put back into the message box, if any."""

    exchanges: tuple[Exchange, ...]
    notice: str = ""
    busy: bool = False
    box: str | None = None

    @property
    def reply(self) -> Reply | None:
        """The newest reply."""
        return self.exchanges[-1].reply if self.exchanges else None


class Line:
    """Lets one through at a time, in the order of arrival."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[object] = []

    def enter(self, who: object) -> None:
        """Stand at the end."""
        with self._changed:
            self._waiting.append(who)

    def ahead(self, who: object, *, wait_s: float = 0.0) -> int:
        """Return how many are before ``who``, after waiting a while for it to become none."""
        with self._changed:
            self._changed.wait_for(lambda: self._before(who) == 0, timeout=wait_s)
            return self._before(who)

    def leave(self, who: object) -> None:
        """Step out, wherever in the line; does nothing for one who is not in it."""
        with self._changed:
            if who in self._waiting:
                self._waiting.remove(who)
            self._changed.notify_all()

    def _before(self, who: object) -> int:
        return self._waiting.index(who) if who in self._waiting else 0


class Visit:
    """One tab's conversation. Its methods may be called from several threads.

    Args:
        new_session: Opens the conversation, when it begins.
        line: Shared by all tabs.
    """

    def __init__(self, new_session: Callable[[], Talk], line: Line) -> None:
        self._new_session = new_session
        self._session: Talk | None = None
        self._line = line
        self._lock = threading.Lock()
        self._exchanges: tuple[Exchange, ...] = ()
        self._lengths: list[int] = []
        self._stop = threading.Event()
        self._pending = False
        self._running = False

    def say(self, text: str) -> View:
        """Take a message, to be answered by ``answer``. While one is being answered, it is refused."""
        with self._lock:
            if self._busy:
                return self._view(notice=texts.BUSY)
            if not text.strip():
                return self._view(notice=texts.NO_TEXT)
            self._begin(text)
            return self._view(notice=texts.READING, box="")

    def again(self) -> View:
        """Take the last exchange back and have its message answered anew, by ``answer``."""
        with self._lock:
            if self._busy or not self._exchanges:
                return self._view(notice=texts.BUSY if self._busy else "")
            try:
                self._begin(self._take_back())
            except CoachError as error:
                return self._view(notice=f"{error} {error.hint}")
            return self._view(notice=texts.READING)

    def stop(self) -> None:
        """End the answer that is being written or waited for."""
        self._stop.set()

    def leave(self) -> None:
        """End everything: the tab is closed."""
        self.stop()
        self._line.leave(self)

    def view(self) -> View:
        """Return what the tab shows."""
        with self._lock:
            return self._view()

    def answer(self) -> Iterator[View]:
        """Answer the message taken last, and yield a view after each change."""
        with self._lock:
            if not self._pending or self._running:
                return
            self._pending, self._running = False, True
        self._line.enter(self)
        notice, box = "", None
        try:
            yield from self._wait()
            if self._stop.is_set():
                self._change(replace(self._reply, stopped=True, ended=True))
            else:
                notice, box = yield from self._turn()
        finally:
            self._line.leave(self)
            with self._lock:
                self._running = False
        reply = self._exchanges[-1].reply if self._exchanges else Reply()
        yield self._view(notice=notice or _ending(reply) or self._not_kept(), box=box)

    def _wait(self) -> Iterator[View]:
        shown = 0
        while not self._stop.is_set() and (ahead := self._line.ahead(self, wait_s=_LOOK_S)):
            if ahead != shown:
                shown = ahead
                notice = texts.NEXT_IN_LINE if ahead == 1 else texts.IN_LINE.format(ahead=ahead)
                yield self._view(notice=notice)

    def _turn(self) -> Generator[View, None, tuple[str, str | None]]:
        """Run the turn; return a closing notice, and text that goes back into the box."""
        text = self._exchanges[-1].user
        try:
            session = self._opened()
            self._lengths[-1] = len(session.messages)
            for event in session.send(text, stopped=self._stop.is_set):
                changed = advance(self._reply, event)
                if changed != self._reply:
                    self._change(changed)
                    yield self._view(notice="" if changed.newest else texts.READING)
        except InputError as error:
            self._take_back()
            return f"{error} {error.hint}", text
        except CoachError as error:
            self._change(failed(self._reply, str(error), error.hint))
        except Exception as error:  # noqa: BLE001 - one that got out would lock the page until it is reloaded
            _log.error("A turn failed: %r", error)
            self._change(failed(self._reply, texts.UNEXPECTED, texts.UNEXPECTED_HINT))
        return "", None

    def _not_kept(self) -> str:
        trouble = self._session.trouble if self._session is not None else None
        return f"{texts.NOT_KEPT} {trouble} {trouble.hint}" if trouble is not None else ""

    def _opened(self) -> Talk:
        if self._session is None:
            self._session = self._new_session()
        return self._session

    def _begin(self, text: str) -> None:
        self._exchanges = (*self._exchanges, Exchange(user=text))
        self._lengths.append(len(self._session.messages) if self._session else 0)
        self._pending = True
        self._stop = threading.Event()

    def _take_back(self) -> str:
        """Drop the last exchange, here and in the session if it got that far; return its message."""
        *kept, last = self._exchanges
        self._exchanges = tuple(kept)
        before = self._lengths.pop()
        if self._session is not None and len(self._session.messages) > before:
            self._session.undo()
        return last.user

    @property
    def _busy(self) -> bool:
        return self._pending or self._running

    @property
    def _reply(self) -> Reply:
        return self._exchanges[-1].reply

    def _change(self, reply: Reply) -> None:
        self._exchanges = (*self._exchanges[:-1], replace(self._exchanges[-1], reply=reply))

    def _view(self, *, notice: str = "", box: str | None = None) -> View:
        return View(exchanges=self._exchanges, notice=notice, busy=self._busy, box=box)


def _ending(reply: Reply) -> str:
    if not reply.stopped:
        return ""
    return texts.STOPPED if reply.text or reply.safety else texts.STOPPED_EARLY


class Visits:
    """All open tabs by their ids.

    Args:
        new_session: Opens a conversation.
    """

    def __init__(self, new_session: Callable[[], Talk]) -> None:
        self.opened = threading.Event()
        self._new_session = new_session
        self._line = Line()
        self._lock = threading.Lock()
        self._visits: dict[str, Visit] = {}

    def of(self, tab: str) -> Visit:
        """Return the visit of a tab, a new one at its first call."""
        with self._lock:
            if tab not in self._visits:
                self._visits[tab] = Visit(self._new_session, self._line)
            return self._visits[tab]

    def leave(self, tab: str) -> None:
        """Forget a tab and stop what it waits for."""
        with self._lock:
            visit = self._visits.pop(tab, None)
        if visit is not None:
            visit.leave()

    def close(self) -> None:
        """Forget all tabs."""
        with self._lock:
            tabs = list(self._visits)
        for tab in tabs:
            self.leave(tab)
