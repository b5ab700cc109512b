"""What each tab shows, part by part, and what happens when something on it is pressed. No Gradio.

Every method returns the parts of the page that change, by name; ``coach.ui.app`` hands
them to the components of these names. Nothing here raises: what goes wrong is a sentence.
"""

from __future__ import annotations

import contextlib
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach.errors import CoachError, InputError
from coach.journal.stored import Summary
from coach.resources import shipped
from coach.safety.resources import Resources
from coach.ui import cards, drafts, frame, listing, render, side, texts
from coach.ui.engine import Engine
from coach.ui.markup import paragraph
from coach.ui.view import View
from coach.ui.visit import Visit
from coach.ui.visits import OFF_RECORD, Visits

Parts = dict[str, Any]
"""New values by the names of the page's parts."""

LOOKED_AT = ("status", "place", "timer")
"""The parts that are looked at again and again while something is going on."""


@dataclass(kw_only=True)
class Tab:
    """What a tab shows besides its conversation.

    ``heard`` is the number of the last action that was heard of; ``learned`` what was told of the files that were
    just added to the user's own notes; ``worried`` that something typed beside the chat called for the help panel.
    """

    query: str = ""
    heard: int = 0
    learned: tuple[str, ...] = ()
    worried: bool = False
    deleted: Summary | None = None
    version: int = -1


class Desk:
    """Shows conversations in tabs.

    Args:
        engine: Answers and keeps.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.visits = Visits(engine.new_session, lambda each: engine.journal().read(each))
        self.citations = cards.citations()
        self._lock = threading.Lock()
        self._tabs: dict[str, Tab] = {}
        self._answering: set[str] = set()
        self._instead = tomllib.loads(shipped("knowledge", "taken-back.toml").read_text("utf-8"))["texts"]

    def tab(self, tab: str) -> Tab:
        """Return what a tab shows besides its conversation."""
        return self._tabs.setdefault(tab, Tab())

    def hear(self, tab: str, number: int) -> bool:
        """Note the number of an action, and return whether it is a new one."""
        with self._lock:
            ours = self.tab(tab)
            if number <= ours.heard:
                return False
            ours.heard = number
            return True

    def open(self, tab: str, conversation_id: str | None) -> Parts:
        """Show the page in a tab, with the conversation that its address names."""
        self.visits.opened.set()
        if conversation_id and (conversation_id.startswith(OFF_RECORD) or not self.engine.kept.locked):
            # One that was deleted, or was off the record for too long: the tab begins anew.
            with contextlib.suppress(InputError):
                self.visits.open(tab, conversation_id)
        return self.whole(tab, notice=self._start_notice())

    def _start_notice(self) -> str:
        """Return what should be known about the journal's start: repairs, or that nothing is kept."""
        if self.engine.kept.locked:
            return ""
        journal = self.engine.journal()
        trouble = journal.trouble
        told = [*journal.notices, *([f"{texts.NOT_KEPT} {trouble} {trouble.hint}"] if trouble else [])]
        return " ".join(told)

    def whole(self, tab: str, *, notice: str = "", locked: str = "") -> Parts:
        """Return every part that a tab shows."""
        if self.engine.kept.locked and not self.visits.of(tab).off_record:
            return {**self.look(tab), "lock": frame.lock(locked), "help": self.help_panel(), **self.preferences()}
        view = self.visits.of(tab).view()
        shown = self.updates(tab, view) | {"notice": paragraph(notice)}
        return {**self.look(tab), **shown, **self.around(tab), **self.preferences(), "lock": ""}

    def look(self, tab: str) -> Parts:
        """Return the state of loading, and whether another tab has changed the conversation (``LOOKED_AT``)."""
        visit = self.visits.of(tab)
        stale = self._watched(tab, visit) and self.tab(tab).version not in (-1, visit.version)
        return self._loading(tab, visit) | ({"place": frame.place(visit.id, stale=visit.version)} if stale else {})

    def _loading(self, tab: str, visit: Visit) -> Parts:
        """Return the state of loading and whether to look again, of one moment: a look that ends tells the last."""
        loading = self.engine.loading()
        return {"status": frame.status(loading), "timer": self._watched(tab, visit) or not frame.settled(loading)}

    def refresh(self, tab: str) -> Parts:
        """Return the conversation as it stands, after another tab has changed it."""
        return self.updates(tab, self.visits.of(tab).view())

    def answer(self, tab: str) -> Iterator[Parts]:
        """Answer the message that was taken last, and yield what changes."""
        self._answering.add(tab)
        try:
            for view in self.visits.of(tab).answer():
                yield self.updates(tab, view) | (self.around(tab) if view.ended else {})
        finally:
            self._answering.discard(tab)

    def updates(self, tab: str, view: View) -> Parts:
        """Return the parts that show a conversation."""
        visit = self.visits.of(tab)
        self.tab(tab).version = visit.version
        reply = view.reply
        box: Parts = {"busy": view.busy}
        if view.box is not None:
            box["value"] = view.box
        first_start = not view.exchanges and not self.engine.kept.locked and self._nothing_kept()
        return {
            "chat": render.chat(view.exchanges, self.citations, first=view.first, reported=not visit.off_record),
            "placeholder": frame.empty_chat(first_start=first_start),
            "cards": cards.cards(reply, self.citations),
            "newest": paragraph(reply.newest if reply else ""),
            "notice": paragraph(view.notice),
            "box": box,
            **self._loading(tab, visit),
            "turn": bool(view.exchanges) and not view.busy,
            "starters": not view.exchanges,
            "earlier": view.first > 0,
            "help": self.help_panel() if self.tab(tab).worried or render.needs_help_panel(view.exchanges) else "",
            "place": frame.place(visit.id),
            "record": paragraph(texts.OFF_RECORD_HINT) if visit.off_record else "",
        }

    def around(self, tab: str) -> Parts:
        """Return what stands beside the conversation: the list, facts, notes and drafts."""
        visit = self.visits.of(tab)
        return {
            "list": self.listing(tab, visit),
            "facts": side.facts(visit.facts),
            "notes": self.own_notes(),
            "drafts": self.drafts(visit),
        }

    def listing(self, tab: str, visit: Visit) -> str:
        """Return the list of conversations, or those in which the tab's search finds something."""
        if self.engine.kept.locked:
            return listing.conversations((), None, off_record=visit.off_record)
        ours = self.tab(tab)
        journal = self.engine.journal()
        found = journal.conversations(archived=None if ours.query else False)
        hits = None
        if ours.query:
            hits = {hit.conversation_id: hit for hit in reversed(journal.search(ours.query, limit=200))}
            found = [each for each in found if each.id in hits]
        return listing.conversations(
            found,
            visit.id,
            off_record=visit.off_record,
            snippets=hits,
            deleted=ours.deleted,
            undo_days=self.engine.settings.undo_days,
        )

    def drafts(self, visit: Visit, notice: str = "") -> str:
        """Return what was written for the user to send."""
        return drafts.versions(self._writings(visit), visit.draft, notice)

    def own_notes(self, notice: str = "") -> str:
        """Return the user's own notes."""
        if self.engine.kept.locked:
            return side.own_notes((), notice)
        return side.own_notes(self.engine.kept.notes().listed(), notice)

    def preferences(self) -> Parts:
        """Return what the page's style goes by."""
        settings = self.engine.settings
        return {"preferences": frame.preferences(settings.theme, settings.text_size, settings.motion)}

    def help_panel(self) -> str:
        """Return the panel with help lines for the user's country."""
        country = self.engine.settings.country
        resources = Resources(shipped("knowledge", "safety", "resources.toml"), country)
        return frame.help_panel((*resources.find("emergency"), *resources.find("crisis")), country)

    def look_at(self, tab: str, *typed: str) -> Parts:
        """Look at what was typed beside the chat, and return where help is if someone seems to be in danger."""
        reply = self.engine.check("\n\n".join(typed))
        if reply is None:
            return {}
        self.tab(tab).worried = True
        return {"notice": render.safety(reply.text), "help": self.help_panel()}

    def leave(self, tab: str) -> None:
        """Forget a tab that was closed."""
        self._tabs.pop(tab, None)
        self.visits.leave(tab)

    # What can be done with a conversation

    def say(self, tab: str, text: str) -> Parts:
        """Take a message."""
        return self.updates(tab, self.visits.of(tab).say(text))

    def do(self, tab: str, act: Callable[[Visit], View]) -> Parts:
        """Do something with a tab's conversation."""
        return self.updates(tab, act(self.visits.of(tab)))

    def take_back(self, tab: str, number: int) -> Parts:
        """Show a gentler text in place of a reply that felt wrong."""
        return self.updates(tab, self.visits.of(tab).take_back(number, self._instead))

    def stop(self, tab: str) -> None:
        """End the answer that is being written."""
        self.visits.of(tab).stop()

    def _watched(self, tab: str, visit: Visit) -> bool:
        """Whether somebody else may change what a tab shows."""
        return self.visits.shared(visit) or (visit.busy and tab not in self._answering)

    def _nothing_kept(self) -> bool:
        try:
            return not self.engine.journal().conversations(archived=None, limit=1)
        except CoachError:
            return False

    def _writings(self, visit: Visit) -> tuple[Any, ...]:
        if visit.id is None or visit.off_record or self.engine.kept.locked:
            return ()
        try:
            return self.engine.journal().read(visit.id).writings
        except CoachError:
            return ()


def text_of(values: Mapping[str, Any], name: str) -> str:
    """Return a text that the page sent, "" for anything else."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
