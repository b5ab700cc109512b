"""What is loaded while the program runs, and the threads that load it. Heavy libraries are imported when needed."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError, IndexUnavailable, JournalLocked, ModelError, StorageError
from coach.llm import adapters, catalog, digests
from coach.llm.base import ChatModel, Stopped
from coach.llm.entries import Writes
from coach.loading import LOOK_S, SETTLED, Loading, Parts
from coach.opening import in_steps, open_answers, open_drafts, open_embedder, open_index, open_pairs, open_talks
from coach.reply.matching import Answers
from coach.reply.prompts import Prompts
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.index import CardIndex
from coach.retrieval.notes import Notes
from coach.retrieval.search import Search
from coach.settings import Settings
from coach.types import FoundNote, Vector, Vectors

if TYPE_CHECKING:
    from coach.retrieval.embed import Embedder
    from coach.retrieval.pairs import PairReader

_IMPORT_S = 30.0
"""Longest wait for what is being loaded when the program ends; torch takes about five seconds to import."""

_KEPT_IN_MEMORY = "Answers work all the same. Free space or mend the folder's permissions, and start again."


class Brain:
    """What is loaded, and how far it is. Implements ``coach.turn.Brain``."""

    def __init__(self, settings: Settings, prompts: Prompts, open_notes: Callable[[], Notes], parts: Parts) -> None:
        self.loading = Loading()
        self._parts = parts
        self.before_turn: Callable[[], None] = lambda: None
        self._settings = settings
        self._prompts = prompts
        self._open_notes = open_notes
        self._notes: Notes | None = None
        self._changed = threading.Condition()
        self._started = False
        self._threads: tuple[threading.Thread, ...] = ()
        self._closed = threading.Event()
        self._embedder: Embedder | None = None
        self._embedding = threading.Lock()
        self._embedder_error: CoachError | None = None
        self._index: CardIndex | None = None
        self._search: Search | None = None
        self._answers: Answers | None = None
        self._model: ChatModel | None = None
        self._pairs: PairReader | None = None
        self._talks: PairReader | None = None
        self._writes = Writes.GUIDED
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def start(self, *, after: threading.Event | None = None, timeout: float = 0.0) -> None:
        """Begin to load, once."""
        with self._changed:
            if self._started:
                return
            self._started = True

        def begin(load: Callable[[], None]) -> None:
            if after is not None:
                after.wait(timeout)
            if self._closed.is_set():
                return
            try:
                load()
            except BaseException as error:  # noqa: BLE001 - whatever it is, no turn may wait for a thread that has ended
                self._give_up(error)

        self._threads = tuple(
            threading.Thread(target=begin, args=(load,), name=name, daemon=True)
            for name, load in (("load cards", self._load_cards), ("load model", self._load_model))
        )
        for thread in self._threads:
            thread.start()

    def wait(self, done: Callable[[Loading], bool], timeout: float) -> bool:
        """Wait until loading has come so far; False when the time is up first."""
        with self._changed:
            return self._changed.wait_for(lambda: done(self.loading), timeout)

    def vectors(self, text: str, stopped: Stopped) -> Vectors | None:
        """Embed a message, waiting for the embedder."""
        self.before_turn()
        self.start()
        while not self.wait(lambda loading: loading.index in SETTLED, LOOK_S):
            if stopped():
                return None
        if self._embedder is None:
            raise self._embedder_error or CoachError("The embedding model is not loaded.")
        return self._embed(text)

    def vectors_now(self, text: str) -> Vectors | None:
        """Embed a text if the embedder is there; never waits."""
        return self._embed(text) if self.loading.gate_ready else None

    def _embed(self, text: str) -> Vectors | None:
        with self._embedding:  # its tokenizer belongs to one thread at a time
            return self._embedder.vectors(text) if self._embedder is not None else None

    def search(self) -> Search | None:
        """Return the search over the cards."""
        return self._search

    def answers(self) -> Answers | None:
        """Return the vetted answers."""
        return self._answers

    def notes(self, vector: Vector) -> tuple[FoundNote, ...]:
        """Return passages of the user's own notes that fit a message."""
        return self._notes.find(vector) if self._notes is not None else ()

    def own_notes(self) -> tuple[Notes, Callable[[Sequence[str]], Vector]]:
        """Return the notes and what embeds them.

        Raises:
            CoachError: They are not loaded, or not yet.
        """
        if self._notes is None or self._embedder is None:
            raise self._embedder_error or CoachError(
                "Your notes cannot be read yet.", hint="Wait until the coach has loaded, and try again."
            )
        return self._notes, self._embedder.embed

    def refresh_notes(self) -> None:
        """Load the notes again."""
        self._notes = None
        if self._embedder is not None:
            self._load_notes(self._embedder)

    def pair(self, message: str, sentence: str) -> Mapping[str, float] | None:
        """Judge a sentence under a message; None where no model writes in its own words."""
        return self._pairs.shares(message, [sentence])[0] if self._pairs is not None else None

    def acts(self, before: str, text: str) -> Mapping[str, float] | None:
        """Judge what a message does after what was said before it; None while what reads that is not loaded."""
        return self._talks.shares(before, [text])[0] if self._talks is not None else None

    def model(self) -> ChatModel | None:
        """Return the model, free for a turn."""
        self.before_turn()
        return self._model

    def idle_model(self) -> ChatModel | None:
        """Return the model for work between turns."""
        return self._model

    def writes_freely(self) -> bool:
        """Whether the loaded model may write in its own words."""
        if self._settings.writes == "auto":
            return self._writes is Writes.FREE
        return self._settings.writes == "free"

    def close(self) -> None:
        """Free everything."""
        self._closed.set()
        for thread in self._threads:
            # A program that ends while another thread imports torch dies with an abort.
            thread.join(_IMPORT_S)
        if self._index is not None:
            self._index.close()
        if self._model is not None:
            self._model.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def _give_up(self, error: BaseException) -> None:
        """Mark what is still being loaded as failed."""
        names = ("embedder", "index", "model")
        ended = {name: "failed" for name in names if getattr(self.loading, name) not in SETTLED}
        self._embedder_error = self._embedder_error or CoachError(f"The coach could not be loaded: {error}.")
        self._say(
            **ended, problem=f"The coach could not be loaded: {type(error).__name__}: {error}.", hint=CoachError.hint
        )

    def _say(self, **changes: Any) -> None:
        with self._changed:
            self.loading = replace(self.loading, **changes)
            self._changed.notify_all()

    def _load_cards(self) -> None:
        self._say(embedder="loading", cards_step="Loading what reads your messages")
        try:
            self._embedder = open_embedder(self._settings)
            self._embedder.vectors("warm up")
        except CoachError as error:
            self._embedder_error = error
            self._say(embedder="failed", index="failed", problem=str(error), hint=error.hint)
            return
        self._say(embedder="ready", index="loading", cards_step="Opening the advice cards")
        if self._closed.is_set():
            return
        try:
            self._index = self._ready_index(self._embedder)
            self._search = Search(read_cards(shipped("knowledge")), self._index)
            self._answers = open_answers(self._settings, self._embedder)
            open_drafts()  # no turn should wait for it
        except CoachError as error:
            self._say(index="failed", problem=str(error), hint=error.hint)
            return
        self._load_notes(self._embedder)
        self._say(index="ready")
        try:
            self._talks = open_talks(self._settings)  # the first message of a talk does not wait for it
        except CoachError as error:
            self._say(problem=f"Later messages are read less well: {error}", hint=error.hint)

    def _load_notes(self, embedder: Embedder) -> None:
        """Load the user's notes; without them everything else works all the same."""
        try:
            notes = self._open_notes()
            notes.ready(embedder.embed)
        except JournalLocked:
            return  # They come with the passphrase.
        except CoachError as error:
            self._say(problem=f"Your own notes cannot be used: {error}", hint=error.hint)
        else:
            self._notes = notes

    def _ready_index(self, embedder: Embedder) -> CardIndex:
        """Open or build the index; where the data folder cannot hold it, in a temporary folder."""
        embed = in_steps(embedder.embed, self._indexing)
        try:
            index = open_index(self._settings)
            index.ready(embed)
        except (StorageError, IndexUnavailable) as error:
            self._say(problem=str(error), hint=_KEPT_IN_MEMORY)
            self._temporary = tempfile.TemporaryDirectory(prefix="rebound-")
            index = open_index(self._settings, self._temporary.name)
            index.ready(embed)
        return index

    def _load_pairs(self) -> None:
        """Load what reads pairs, which only words of the model's own need."""
        if not (self._parts.guard and self.writes_freely()):
            return
        # Two threads do not import its libraries at once.
        while not self.wait(lambda loading: loading.embedder in SETTLED, LOOK_S):
            if self._closed.is_set():
                return
        self._pairs = open_pairs(self._settings)

    def _load_model(self) -> None:
        if not self._parts.model:
            self._say(model="failed")
            return
        self._say(model="loading")
        try:
            located = catalog.require(self._settings.model, self._settings)
            digests.ensure_verified(located, self._settings, self._checking)
            from coach.llm.llamacpp import LlamaCppModel

            self._writes = located.entry.writes
            self._load_pairs()
            self._say(model_step="Loading the language model", checked=1.0)
            model = LlamaCppModel(
                located.path,
                threads=self._settings.model_threads,
                context=self._settings.context,
                adapter=self._adapter(located),
            )
            # The prefix that never changes is read before the first message comes.
            self._say(model_step="The language model reads how it should answer")
            model.prepare(self._prompts.history((), free=self.writes_freely()), stopped=self._closed.is_set)
        except CoachError as error:
            self._say(model="failed", problem=str(error), hint=error.hint)
            return
        except ImportError as error:
            missing = ModelError("llama.cpp is not installed.", hint="Run `coach doctor` to see what to do.")
            self._say(model="failed", problem=f"{missing} ({error})", hint=missing.hint)
            return
        self._model = model
        self._say(model="ready", model_step="")

    def _adapter(self, located: catalog.Located) -> Path | None:
        """Return the adapter to load; a damaged one is told of and left out."""
        try:
            return adapters.ready(located.entry, self._settings) if self._parts.adapter else None
        except ModelError as error:
            self._say(problem=str(error), hint=error.hint)
            return None

    def _checking(self, _step: str, done: int, total: int) -> None:
        share = done / max(total, 1)
        self._say(model_step=f"Checking the language model's file: {share:.0%}".replace("%", " %"), checked=share)

    def _indexing(self, share: float) -> None:
        self._say(cards_step=f"Reading the advice cards, once: {share:.0%}".replace("%", " %"), indexed=share)
