"""Builds the parts from settings; alone in choosing classes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from coach import settings as table
from coach.acts import ActReader
from coach.brain import Brain
from coach.conversation import Conversation
from coach.errors import ModelError
from coach.events import SafetyReply
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.keeping import Keeping
from coach.llm.base import Stopped
from coach.loading import LOOK_S, Loading, Parts
from coach.opening import open_drafts, open_embedder, open_index
from coach.reply.classifier import Classifier
from coach.reply.phrases import read_phrases
from coach.reply.plan import Planner
from coach.reply.prompts import Prompts, history_start
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.notes import Note
from coach.safety.gate import Gate
from coach.safety.replies import SafetyReplies
from coach.safety.typed import Look
from coach.session import Session
from coach.settings import Settings
from coach.situation import SituationReader
from coach.turn import Turns

__all__ = ["Engine", "Loading", "Parts", "build_index", "index_health", "journal_needs_passphrase", "open_look"]


class Engine:
    """The program behind page and terminal.

    Args:
        settings: Effective settings.
        passphrase: Opens an encrypted journal.
        parts: Which parts run; all of them but in evals.
    """

    def __init__(self, settings: Settings, *, passphrase: str | None = None, parts: Parts | None = None) -> None:
        self._parts = parts or Parts()
        self.settings = settings
        self.kept = Keeping(settings, passphrase)
        self._prompts = Prompts(shipped("prompts"))
        self._brain = Brain(settings, self._prompts, self.kept.notes, self._parts)
        self._ahead = _ReadAhead(self._brain, self._prompts, settings.context // 2)
        self._brain.before_turn = self._ahead.give_way

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        """Load everything in threads of its own, once ``after`` is set or ``timeout`` seconds have passed."""
        self._brain.start(after=after, timeout=timeout)

    def load(self, look: Callable[[Loading], None] | None = None, *, stopped: Stopped = lambda: False) -> Loading:
        """Load everything and return when it is done; ``look`` is called meanwhile, about ten times a second.

        Loading goes on in the background when ``stopped`` says so first.
        """
        self._brain.start()
        while not self._brain.wait(lambda loading: loading.settled, LOOK_S) and not stopped():
            if look is not None:
                look(self.loading())
        return self.loading()

    def loading(self) -> Loading:
        """Return how far loading is."""
        return self._brain.loading

    def journal(self) -> Journal:
        """Return the journal, opened at the first call; one in memory where it cannot be kept.

        Raises:
            JournalLocked: It is encrypted, and the passphrase is missing or wrong.
        """
        return self.kept.journal()

    def refresh_notes(self) -> None:
        """Load the user's own notes again, after the place where they are kept has changed."""
        self._brain.refresh_notes()

    def learn(self, name: str, text: str) -> Note:
        """Add a text to the user's own notes.

        Raises:
            InputError: It is no text that can be kept as a note.
            CoachError: Notes cannot be read yet, or cannot be written.
        """
        notes, embed = self._brain.own_notes()
        return notes.learn_text(name, text, embed)

    def forget(self, key: str) -> None:
        """Remove a note.

        Raises:
            InputError: There is none with that key.
            CoachError: Notes cannot be read yet, or cannot be removed.
        """
        notes, embed = self._brain.own_notes()
        notes.forget([key], embed)

    def change(self, name: str, value: str) -> None:
        """Keep a setting for the next start; those of the page and the country hold from now on.

        Raises:
            SettingsError: The value does not work, or cannot be written.
        """
        table.save(name, value)
        changes: dict[str, Any] = {name: value}
        self.settings = replace(self.settings, **changes)
        if name == "country":
            self._turns.replies.resources.country = value.strip().upper()

    def new_session(self, conversation_id: str | None = None, *, off_record: bool = False) -> Session:
        """Open a conversation.

        Args:
            conversation_id: One from the journal, to go on with; by default a new one.
            off_record: Keep nothing of it.

        Raises:
            JournalLocked: The journal is encrypted, and the passphrase is missing or wrong.
            InputError: There is no conversation with that id.
        """
        record = None if off_record else self.journal().record(conversation_id)
        return Session(self._turns, self._ahead, record)

    def check(self, text: str) -> SafetyReply | None:
        """Look at something typed outside a conversation: a note, a fact put right, a draft edited by hand, a comment.

        Nothing is refused for it. It never waits: the whole gate looks once the embedder is loaded, before that its
        rules do.

        Args:
            text: As it was typed, of any length.

        Returns:
            Fixed text with help, to be shown beside what was asked for, at the levels that stop coaching; else None.
        """
        return self._look.typed(text, self._brain.vectors_now)

    def close(self) -> None:
        """Free what was loaded."""
        self._ahead.close()
        self._brain.close()
        self.kept.close()

    @functools.cached_property
    def _look(self) -> Look:
        return open_look(self.settings)

    @functools.cached_property
    def _turns(self) -> Turns:
        return Turns(
            gate=self._look.gate,
            replies=self._look.replies,
            acts=ActReader(shipped("models", "classifiers", "acts.npz")),
            reader=SituationReader(shipped("models", "classifiers", "situation.npz")),
            planner=Planner(read_phrases(shipped("knowledge", "phrases"))),
            drafts=open_drafts,
            wording=Classifier(shipped("models", "classifiers", "guard.npz")),
            prompts=self._prompts,
            brain=self._brain,
            free=self._brain.writes_freely,
            context=self.settings.context,
            guarded=self._parts.guard,
        )


def open_look(settings: Settings) -> Look:
    """Return the safety gate with its fixed texts; they need no model."""
    return Look(
        Gate(shipped("models", "classifiers", "safety.npz")),
        SafetyReplies(shipped("knowledge", "safety"), settings.country),
    )


def journal_needs_passphrase(settings: Settings) -> bool:
    """Whether conversations are kept in a journal that is encrypted."""
    return settings.journal and Folder(path=settings.journal_folder).encrypted


def index_health(settings: Settings) -> str | None:
    """Return why the published card index cannot be used; None when it can."""
    return open_index(settings).problem()


def build_index(settings: Settings) -> int:
    """Build the card index anew and return the number of cards in it.

    Raises:
        CoachError: The embedder is missing, or the index cannot be built or written.
    """
    cards = read_cards(shipped("knowledge"))
    index = open_index(settings)
    index.build(open_embedder(settings).embed)
    index.close()
    return len(cards)


class _ReadAhead:
    """Reads the history while the person reads the reply, and gives way to any turn."""

    def __init__(self, brain: Brain, prompts: Prompts, budget: int) -> None:
        self._brain = brain
        self._prompts = prompts
        self._budget = budget
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, conversation: Conversation) -> None:
        """Begin to read the conversation as it stands now."""
        cancel = self._renewed()
        messages, start = list(conversation.messages), conversation.start
        thread = threading.Thread(target=self._read, args=(messages, start, cancel), name="read ahead", daemon=True)
        with self._lock:
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
            thread.start()

    def give_way(self) -> None:
        """Stop reading: a turn wants the model."""
        with self._lock:
            self._cancel.set()

    def close(self) -> None:
        """Stop reading for good, and return when nothing uses the model any more."""
        self.give_way()
        for thread in self._threads:
            thread.join()

    def _renewed(self) -> threading.Event:
        with self._lock:
            self._cancel.set()
            self._cancel = threading.Event()
            return self._cancel

    def _read(self, messages: list[Any], start: int, cancel: threading.Event) -> None:
        model = self._brain.idle_model()
        if model is None or cancel.is_set():
            return
        begin = history_start(messages, start, self._budget, model.count)
        prompt = self._prompts.history(messages[begin:], free=self._brain.writes_freely())
        try:
            model.prepare(prompt, stopped=cancel.is_set)
        except ModelError:
            return  # The next turn meets the same error and says so.
