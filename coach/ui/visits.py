"""Which conversation each open tab shows."""

from __future__ import annotations

import functools
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from coach.journal.stored import Conversation, StoredTurn
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.types import Card
from coach.ui.line import Line
from coach.ui.render import Exchange, Reply, advance
from coach.ui.view import Talk
from coach.ui.visit import Visit

OFF_RECORD = "off-"
"""What the id of a conversation off the record begins with."""
_GRACE_S = 60.0
"""Seconds for which a conversation off the record outlives its last tab, so that a reload finds it."""


class NewSession(Protocol):
    """``coach.wiring.Engine.new_session``."""

    def __call__(self, conversation_id: str | None = None, *, off_record: bool = False) -> Talk:
        """Open a conversation."""
        ...


@dataclass(kw_only=True)
class _Shown:
    """A visit and the tabs that show it."""

    visit: Visit
    tabs: set[str] = field(default_factory=set)
    left: float | None = None


class Visits:
    """All open tabs by their ids.

    Args:
        new_session: Opens a conversation.
        past: Returns a kept conversation; raises InputError where there is none.
        clock: Gives seconds.
    """

    def __init__(
        self,
        new_session: NewSession,
        past: Callable[[str], Conversation],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.opened = threading.Event()
        self._new_session = new_session
        self._past = past
        self._clock = clock
        self._line = Line()
        self._lock = threading.RLock()
        self._shown: list[_Shown] = []

    def of(self, tab: str) -> Visit:
        """Return what a tab shows, a new conversation at its first call."""
        with self._lock:
            shown = self._of(tab)
            return shown.visit if shown is not None else self.new(tab)

    def new(self, tab: str, *, off_record: bool = False) -> Visit:
        """Show a new conversation in a tab."""
        visit_id = OFF_RECORD + secrets.token_hex(8) if off_record else None
        open_session = functools.partial(self._new_session, off_record=off_record)
        return self._show(tab, Visit(open_session, self._line, visit_id=visit_id, off_record=off_record))

    def open(self, tab: str, conversation_id: str) -> Visit:
        """Show a conversation in a tab: one that another tab shows, or one from the journal.

        Raises:
            InputError: There is none with that id.
            JournalLocked: The journal waits for its passphrase.
        """
        with self._lock:
            for shown in self._living():
                if shown.visit.id == conversation_id:
                    return self._show(tab, shown.visit)
            stored = self._past(conversation_id)
            visit = Visit(
                self._new_session,
                self._line,
                exchanges=[past_exchange(turn, all_cards()) for turn in stored.turns],
                visit_id=conversation_id,
                facts=stored.facts,
            )
            return self._show(tab, visit)

    def shared(self, visit: Visit) -> bool:
        """Whether several tabs show it."""
        with self._lock:
            return any(shown.visit is visit and len(shown.tabs) > 1 for shown in self._shown)

    @property
    def busy(self) -> bool:
        """Whether an answer is being written anywhere."""
        with self._lock:
            return any(shown.visit.busy for shown in self._shown)

    def reopen(self) -> None:
        """Make every conversation open anew with its next turn, because the journal was."""
        with self._lock:
            for shown in self._shown:
                if not shown.visit.off_record:
                    shown.visit.reopen()

    def drop(self, conversation_id: str | None = None) -> None:
        """Empty the tabs that show a conversation, or (None) all of them."""
        with self._lock:
            gone = [each for each in self._shown if conversation_id is None or each.visit.id == conversation_id]
            self._shown = [each for each in self._shown if each not in gone]
        for each in gone:
            each.visit.leave()

    def leave(self, tab: str) -> None:
        """Forget a tab, and stop what nobody else waits for."""
        with self._lock:
            shown = self._of(tab)
            if shown is None:
                return
            shown.tabs.discard(tab)
            if shown.tabs:
                return
            shown.left = self._clock()
            if not shown.visit.off_record:
                self._shown.remove(shown)
        shown.visit.leave()

    def close(self) -> None:
        """Forget all tabs."""
        self.drop()

    def _of(self, tab: str) -> _Shown | None:
        return next((shown for shown in self._shown if tab in shown.tabs), None)

    def _show(self, tab: str, visit: Visit) -> Visit:
        with self._lock:
            before = self._of(tab)
            if before is not None and before.visit is not visit:
                self.leave(tab)
            shown = next((each for each in self._living() if each.visit is visit), None)
            if shown is None:
                shown = _Shown(visit=visit)
                self._shown.append(shown)
            shown.tabs.add(tab)
            shown.left = None
            return visit

    def _living(self) -> list[_Shown]:
        """Forget what was off the record and left for too long, and return the rest."""
        now = self._clock()
        self._shown = [each for each in self._shown if each.left is None or now - each.left < _GRACE_S]
        return self._shown


@functools.cache
def all_cards() -> Mapping[str, Card]:
    """Return the cards by their ids."""
    return {card.id: card for card in read_cards(shipped("knowledge"))}


def past_exchange(turn: StoredTurn, cards: Mapping[str, Card]) -> Exchange:
    """Return a turn of the journal as it is shown; one that broke off counts as stopped."""
    reply = Reply()
    for event in turn.events(cards):
        reply = advance(reply, event)
    if not reply.ended:
        reply = replace(reply, stopped=True, ended=True)
    return Exchange(user=turn.message, reply=replace(reply, level=turn.level))
