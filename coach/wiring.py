"""Builds the parts from settings; alone in choosing classes. Heavy libraries load in the background."""

from __future__ import annotations

import functools
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError, IndexUnavailable, ModelError, StorageError
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.journal.vault import Shelf
from coach.llm import catalog, digests
from coach.llm.base import ChatModel, Stopped
from coach.llm.entries import Writes
from coach.reply.phrases import read_phrases
from coach.reply.plan import Planner
from coach.reply.prompts import Prompts, history_start
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.index import CardIndex
from coach.retrieval.notes import Blobs, FolderBlobs, Notes
from coach.retrieval.search import Search
from coach.safety.gate import Gate
from coach.safety.replies import SafetyReplies
from coach.session import Session
from coach.settings import Settings
from coach.situation import SituationReader
from coach.turn import Conversation, Turns
from coach.types import FoundNote, Vector, Vectors

if TYPE_CHECKING:
    from coach.retrieval.embed import Embedder

_LOOK_S = 0.1
_KEPT_IN_MEMORY = "Answers work all the same. Free space or mend the folder's permissions, and start again."


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How far the program is. The states are "waiting", "loading", "ready" and "failed"."""

    embedder: str = "waiting"
    index: str = "waiting"
    model: str = "waiting"
    message: str = ""
    problem: str | None = None
    hint: str | None = None

    @property
    def gate_ready(self) -> bool:
        """Whether turns can be answered, from vetted text at least."""
        return self.embedder == "ready"

    @property
    def model_ready(self) -> bool:
        """Whether the language model answers."""
        return self.model == "ready"

    @property
    def settled(self) -> bool:
        """Whether nothing is being loaded any more."""
        return {self.embedder, self.index, self.model} <= {"ready", "failed"}

    @property
    def fraction(self) -> float:
        """How much is done, in 0..1."""
        parts = ((self.embedder, 0.5), (self.index, 0.1), (self.model, 0.4))
        return sum(weight for state, weight in parts if state in ("ready", "failed"))


class Engine:
    """The program behind page and terminal.

    Args:
        settings: Effective settings.
        passphrase: Opens an encrypted journal.
    """

    def __init__(self, settings: Settings, *, passphrase: str | None = None) -> None:
        self.settings = settings
        self._passphrase = passphrase
        self._journal: Journal | None = None
        self._journal_lock = threading.Lock()
        self._prompts = Prompts(shipped("prompts"))
        self._brain = _Brain(settings, self._prompts, self._notes)
        self._ahead = _ReadAhead(self._brain, self._prompts, settings.context // 2)
        self._brain.before_turn = self._ahead.give_way

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        """Load everything in threads of its own, once ``after`` is set or ``timeout`` seconds have passed."""
        self._brain.start(after=after, timeout=timeout)

    def load(self, look: Callable[[Loading], None] | None = None) -> Loading:
        """Load everything and return when it is done; ``look`` is called meanwhile, about ten times a second."""
        self._brain.start()
        while not self._brain.wait(lambda loading: loading.settled, _LOOK_S):
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
        with self._journal_lock:
            if self._journal is None:
                settings = self.settings
                self._journal = (
                    Journal.open_or_memory(settings.journal_folder, self._passphrase, undo_days=settings.undo_days)
                    if settings.journal
                    else Journal.in_memory()
                )
            return self._journal

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

    def _notes(self) -> Notes:
        """Return the user's notes, from the vault where the journal is encrypted."""
        encrypted = Folder(path=self.settings.journal_folder).encrypted
        blobs: Blobs = Shelf(self.journal().vault) if encrypted else FolderBlobs(self.settings.notes)
        return Notes(blobs, catalog.load()[catalog.EMBEDDER].sha256)

    def close(self) -> None:
        """Free what was loaded."""
        self._ahead.close()
        self._brain.close()
        with self._journal_lock:
            if self._journal is not None:
                self._journal.close()

    @functools.cached_property
    def _turns(self) -> Turns:
        return Turns(
            gate=Gate(shipped("models", "classifiers", "safety.npz")),
            replies=SafetyReplies(shipped("knowledge", "safety"), self.settings.country),
            reader=SituationReader(shipped("models", "classifiers", "situation.npz")),
            planner=Planner(read_phrases(shipped("knowledge", "phrases")), self._prompts.drafts),
            prompts=self._prompts,
            brain=self._brain,
            free=self._brain.writes_freely,
            context=self.settings.context,
        )


def journal_needs_passphrase(settings: Settings) -> bool:
    """Whether conversations are kept in a journal that is encrypted."""
    return settings.journal and Folder(path=settings.journal_folder).encrypted


def index_health(settings: Settings) -> str | None:
    """Return why the published card index cannot be used; None when it can."""
    return _index(settings).problem()


def build_index(settings: Settings) -> int:
    """Build the card index anew and return the number of cards in it.

    Raises:
        CoachError: The embedder is missing, or the index cannot be built or written.
    """
    cards = read_cards(shipped("knowledge"))
    index = _index(settings)
    index.build(_embedder(settings).embed)
    index.close()
    return len(cards)


def _index(settings: Settings, root: str | None = None) -> CardIndex:
    digest = catalog.load()[catalog.EMBEDDER].sha256
    cards = read_cards(shipped("knowledge"))
    folder = settings.index if root is None else type(settings.index)(root)
    return CardIndex(folder, cards, digest, _open_store)


def _open_store(folder: Any, *, create: bool = False) -> Any:
    from coach.retrieval.chroma import Store

    return Store(folder, create=create)


def _embedder(settings: Settings) -> Embedder:
    located = catalog.require(catalog.EMBEDDER, settings)
    digests.ensure_verified(located, settings)
    from coach.retrieval.embed import Embedder

    return Embedder(located.path)


class _Brain:
    """What is loaded, and how far it is. Implements ``coach.turn.Brain``."""

    def __init__(self, settings: Settings, prompts: Prompts, open_notes: Callable[[], Notes]) -> None:
        self.loading = Loading()
        self.before_turn: Callable[[], None] = lambda: None
        self._settings = settings
        self._prompts = prompts
        self._open_notes = open_notes
        self._notes: Notes | None = None
        self._changed = threading.Condition()
        self._started = False
        self._closed = threading.Event()
        self._embedder: Embedder | None = None
        self._embedder_error: CoachError | None = None
        self._index: CardIndex | None = None
        self._search: Search | None = None
        self._model: ChatModel | None = None
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
            except Exception as error:  # noqa: BLE001 - whatever it is, no turn may wait for a thread that has ended
                self._give_up(error)

        for name, load in (("load cards", self._load_cards), ("load model", self._load_model)):
            threading.Thread(target=begin, args=(load,), name=name, daemon=True).start()

    def wait(self, done: Callable[[Loading], bool], timeout: float) -> bool:
        """Wait until loading has come so far; False when the time is up first."""
        with self._changed:
            return self._changed.wait_for(lambda: done(self.loading), timeout)

    def vectors(self, text: str, stopped: Stopped) -> Vectors | None:
        """Embed a message, waiting for the embedder."""
        self.before_turn()
        self.start()
        while not self.wait(lambda loading: loading.index in ("ready", "failed"), _LOOK_S):
            if stopped():
                return None
        if self._embedder is None:
            raise self._embedder_error or CoachError("The embedding model is not loaded.")
        return self._embedder.vectors(text)

    def search(self) -> Search | None:
        """Return the search over the cards."""
        return self._search

    def notes(self, vector: Vector) -> tuple[FoundNote, ...]:
        """Return passages of the user's own notes that fit a message."""
        return self._notes.find(vector) if self._notes is not None else ()

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
        if self._index is not None:
            self._index.close()
        if self._model is not None:
            self._model.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def _give_up(self, error: Exception) -> None:
        """Mark what is still being loaded as failed."""
        names = ("embedder", "index", "model")
        ended = {name: "failed" for name in names if getattr(self.loading, name) not in ("ready", "failed")}
        self._embedder_error = self._embedder_error or CoachError(f"The coach could not be loaded: {error}.")
        self._say(
            **ended, problem=f"The coach could not be loaded: {type(error).__name__}: {error}.", hint=CoachError.hint
        )

    def _say(self, **changes: Any) -> None:
        with self._changed:
            self.loading = replace(self.loading, **changes)
            self._changed.notify_all()

    def _load_cards(self) -> None:
        self._say(embedder="loading", message="Loading the cards")
        try:
            self._embedder = _embedder(self._settings)
            self._embedder.vectors("warm up")
        except CoachError as error:
            self._embedder_error = error
            self._say(embedder="failed", index="failed", problem=str(error), hint=error.hint)
            return
        self._say(embedder="ready", index="loading")
        try:
            self._index = self._ready_index(self._embedder)
            self._search = Search(read_cards(shipped("knowledge")), self._index)
        except CoachError as error:
            self._say(index="failed", problem=str(error), hint=error.hint)
            return
        self._load_notes(self._embedder)
        self._say(index="ready")

    def _load_notes(self, embedder: Embedder) -> None:
        """Load the user's notes; without them everything else works all the same."""
        try:
            notes = self._open_notes()
            notes.ready(embedder.embed)
        except CoachError as error:
            self._say(problem=f"Your own notes cannot be used: {error}", hint=error.hint)
        else:
            self._notes = notes

    def _ready_index(self, embedder: Embedder) -> CardIndex:
        """Open or build the index; where the data folder cannot hold it, in a temporary folder."""
        try:
            index = _index(self._settings)
            index.ready(embedder.embed)
        except (StorageError, IndexUnavailable) as error:
            self._say(problem=str(error), hint=_KEPT_IN_MEMORY)
            self._temporary = tempfile.TemporaryDirectory(prefix="rebound-")
            index = _index(self._settings, self._temporary.name)
            index.ready(embedder.embed)
        return index

    def _load_model(self) -> None:
        self._say(model="loading")
        try:
            located = catalog.require(self._settings.model, self._settings)
            digests.ensure_verified(located, self._settings, self._checking)
            from coach.llm.llamacpp import LlamaCppModel

            self._say(message="Loading the language model")
            model = LlamaCppModel(located.path, threads=self._settings.model_threads, context=self._settings.context)
            self._writes = located.entry.writes
            # The prefix that never changes is read before the first message comes.
            model.prepare(self._prompts.history((), free=self.writes_freely()), stopped=self._closed.is_set)
        except CoachError as error:
            self._say(model="failed", problem=str(error), hint=error.hint)
            return
        except ImportError as error:
            missing = ModelError("llama.cpp is not installed.", hint="Run `coach doctor` to see what to do.")
            self._say(model="failed", problem=f"{missing} ({error})", hint=missing.hint)
            return
        self._model = model
        self._say(model="ready", message="")

    def _checking(self, step: str, done: int, total: int) -> None:
        self._say(message=f"{step}: {done * 100 // max(total, 1)} %")


class _ReadAhead:
    """Reads the history while the person reads the reply, and gives way to any turn."""

    def __init__(self, brain: _Brain, prompts: Prompts, budget: int) -> None:
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
