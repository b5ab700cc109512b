"""One conversation as the page shows it.

A ``Visit`` runs the conversation's turns and yields a ``View`` after each change; it never
raises, so that the page cannot lock. Several tabs may show the same one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace

from coach.errors import CoachError, InputError
from coach.events import Draft
from coach.facts.memory import as_mapping
from coach.ui import texts
from coach.ui.exchanges import Exchanges
from coach.ui.line import Line
from coach.ui.render import Exchange, advance, failed
from coach.ui.view import Talk, View, ending

_log = logging.getLogger(__name__)
_LOOK_S = 0.1
"""Seconds between two looks at the line while waiting in it."""


class Visit:
    """A conversation. Its methods may be called from several threads.

    Args:
        new_session: Opens it, by its id or (None) as a new one, when its next turn begins.
        line: Shared by all conversations.
        exchanges: What was said before.
        visit_id: Its id; one of its own where it is not kept.
        off_record: Whether nothing of it is kept.
        facts: What was understood before.
    """

    def __init__(
        self,
        new_session: Callable[[str | None], Talk],
        line: Line,
        *,
        exchanges: Sequence[Exchange] = (),
        visit_id: str | None = None,
        off_record: bool = False,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        self.off_record = off_record
        self._new_session = new_session
        self._session: Talk | None = None
        self._facts = facts or {}
        self._id = visit_id
        self._line = line
        self._lock = threading.RLock()
        self._exchanges = Exchanges(exchanges)
        self._stop = threading.Event()
        self._editing = False
        self._pending = False
        self._running = False

    @property
    def id(self) -> str | None:
        """The conversation's id; None before anything is said that is kept."""
        return self._id

    @property
    def version(self) -> int:
        """A number that grows with each change of what is shown."""
        return self._exchanges.version

    @property
    def facts(self) -> Mapping[str, str]:
        """What is understood, by name."""
        session = self._session
        return as_mapping(session.facts) if session is not None else self._facts

    @property
    def draft(self) -> Draft | None:
        """The draft that stands."""
        if self._session is not None:
            return self._session.draft
        return next((reply.draft for reply in self._exchanges.replies if reply.draft is not None), None)

    def edit_draft(self, subject: str, body: str) -> None:
        """Keep the standing draft as the user has rewritten it.

        Raises:
            CoachError: There is none, or nothing is left of it.
        """
        with self._lock:
            edited = self._opened().edit_draft(subject, body)
            for number in reversed(range(len(self._exchanges))):
                reply = self._exchanges[number].reply
                if reply.draft is not None:
                    self._exchanges.put(replace(reply, draft=edited), number)
                    break

    def say(self, text: str) -> View:
        """Take a message, to be answered by ``answer``. While one is being answered, it is refused."""
        with self._lock:
            if self._busy:
                return self._view(notice=texts.BUSY)
            if not text.strip():
                return self._view(notice=texts.NO_TEXT)
            try:
                if self._editing:
                    self._take_back()
                self._begin(text)
            except CoachError as error:
                return self._view(notice=f"{error} {error.hint}")
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

    def edit(self) -> View:
        """Put the last message into the box; what is sent next takes its place."""
        with self._lock:
            if self._busy or not self._exchanges:
                return self._view(notice=texts.BUSY if self._busy else "")
            self._editing = True
            return self._view(notice=texts.EDITING, box=self._exchanges[-1].user)

    def undo(self) -> View:
        """Take the last exchange back; its message goes into the box."""
        with self._lock:
            if self._busy or not self._exchanges:
                return self._view(notice=texts.BUSY if self._busy else "")
            try:
                text = self._take_back()
            except CoachError as error:
                return self._view(notice=f"{error} {error.hint}")
            return self._view(notice=texts.UNDONE, box=text)

    def take_back(self, number: int, instead: Sequence[str]) -> View:
        """Show a vetted text in place of a reply that felt wrong: the first that was not shown yet."""
        with self._lock:
            if self._busy or not 0 <= number < len(self._exchanges):
                return self._view(notice=texts.BUSY if self._busy else "")
            reply = self._exchanges[number].reply
            if reply.instead:
                return self._view()
            shown = {each.instead for each in self._exchanges.replies}
            text = next((each for each in instead if each not in shown), instead[-1])
            try:
                session = self._opened()
                before = self._exchanges.start(number)
                if len(session.messages) > before:
                    session.take_back(before // 2, text, reason=texts.WRONG_REASON)
            except CoachError as error:
                return self._view(notice=f"{error} {error.hint}")
            self._exchanges.put(replace(reply, instead=text, newest=text, failure=""), number)
            return self._view()

    def correct(self, name: str, value: str | None) -> None:
        """Put a fact right, or (None) remove it.

        Raises:
            CoachError: The conversation cannot be opened.
        """
        with self._lock:
            self._opened().correct(name, value)

    def show_all(self) -> View:
        """Show what was said before the last exchanges, too."""
        with self._lock:
            self._exchanges.show_all()
            return self._view()

    def stop(self) -> None:
        """End the answer that is being written or waited for."""
        self._stop.set()

    def leave(self) -> None:
        """End everything: no tab shows it any more."""
        self.stop()
        self._line.leave(self)

    def reopen(self) -> None:
        """Open the conversation anew with the next turn, because the journal was."""
        with self._lock:
            self._session = None

    def view(self) -> View:
        """Return what a tab shows."""
        with self._lock:
            return self._view()

    @property
    def busy(self) -> bool:
        """Whether an answer is being written or waited for."""
        return self._busy

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
                self._exchanges.put(replace(self._exchanges.reply, stopped=True, ended=True))
            else:
                notice, box = yield from self._turn()
        finally:
            self._line.leave(self)
            with self._lock:
                self._running = False
                self._finish()
        told = notice or ending(self._exchanges.reply) or self._not_kept()
        yield self._view(notice=told, box=box, ended=True)

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
            self._exchanges.mark_start(len(session.messages))
            for event in session.send(text, stopped=self._stop.is_set):
                changed = advance(self._exchanges.reply, event)
                if changed != self._exchanges.reply:
                    self._exchanges.put(changed)
                    yield self._view(notice="" if changed.newest else texts.READING)
        except InputError as error:
            self._take_back()
            return f"{error} {error.hint}", text
        except CoachError as error:
            self._exchanges.put(failed(self._exchanges.reply, str(error), error.hint))
        except Exception as error:  # noqa: BLE001 - one that got out would lock the page until it is reloaded
            _log.error("A turn failed: %r", error)
            self._exchanges.put(failed(self._exchanges.reply, texts.UNEXPECTED, texts.UNEXPECTED_HINT))
        return "", None

    def _finish(self) -> None:
        """Mark a turn as ended that nobody waited for: its tab was closed or reloaded."""
        reply = self._exchanges.reply
        if self._exchanges and not reply.ended:
            self._exchanges.put(replace(reply, stopped=True, ended=True))

    def _not_kept(self) -> str:
        trouble = self._session.trouble if self._session is not None else None
        return f"{texts.NOT_KEPT} {trouble} {trouble.hint}" if trouble is not None else ""

    def _opened(self) -> Talk:
        if self._session is None:
            self._session = self._new_session(None if self.off_record else self._id)
            self._id = self._session.conversation_id or self._id
        return self._session

    def _begin(self, text: str) -> None:
        self._exchanges.begin(text, len(self._session.messages) if self._session else None)
        self._pending = True
        self._stop = threading.Event()

    def _take_back(self) -> str:
        """Drop the last exchange, here and in the session if it got that far; return its message."""
        self._editing = False
        before = self._exchanges.start(-1)
        session = self._opened() if self._id is not None else self._session
        if session is not None and len(session.messages) > before:
            session.undo()
        return self._exchanges.drop()

    @property
    def _busy(self) -> bool:
        return self._pending or self._running

    def _view(self, *, notice: str = "", box: str | None = None, ended: bool = False) -> View:
        shown, first = self._exchanges.shown
        return View(exchanges=shown, first=first, notice=notice, busy=self._busy, box=box, ended=ended)
