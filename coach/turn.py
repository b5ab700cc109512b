"""The pipeline: one message in, typed events out. The only owner of the order of stages."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from coach.errors import CoachError, IndexUnavailable, InputError, ModelError
from coach.events import (
    CardsFound,
    Event,
    SafetyReply,
    Sentence,
    SituationRead,
    Timings,
    TurnDone,
    TurnFailed,
)
from coach.llm.base import ChatModel, DecodeStats, Stopped
from coach.reply.compose import Walk
from coach.reply.plan import Brief, Planner
from coach.reply.prompts import Prompts, history_start
from coach.retrieval.search import Search
from coach.safety.gate import Gate
from coach.safety.replies import SafetyReplies
from coach.situation import SituationReader
from coach.text import MAX_CHARACTERS, clean, words
from coach.types import FoundCard, FoundNote, Kind, Level, Message, Situation, Vector, Vectors


@dataclass(kw_only=True)
class Conversation:
    """What later turns need of earlier ones.

    ``start`` is where the history that the model reads begins; ``said`` holds every
    sentence shown; ``topic`` are the vectors of the last message that opened a topic, and
    ``facts`` the embeddings of the newest messages, oldest first.
    """

    messages: list[Message] = field(default_factory=list)
    situation: Situation | None = None
    cards: tuple[FoundCard, ...] = ()
    topic: Vectors | None = None
    facts: tuple[Vector, ...] = ()
    said: frozenset[str] = frozenset()
    start: int = 0


class Brain(Protocol):
    """The parts that are loaded while the program runs, and may not be there yet."""

    def vectors(self, text: str, stopped: Stopped) -> Vectors | None:
        """Embed a message, waiting for the embedder; None when stopped first.

        Raises:
            CoachError: The embedder cannot be loaded.
        """
        ...

    def search(self) -> Search | None:
        """Return the search over the cards; None while there is no index."""
        ...

    def notes(self, vector: Vector) -> tuple[FoundNote, ...]:
        """Return passages of the user's own notes that fit a message."""
        ...

    def model(self) -> ChatModel | None:
        """Return the language model, free for this turn; None while it cannot answer."""
        ...


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Runs turns.

    Args:
        gate: Finds risk, before anything else.
        replies: The fixed texts.
        reader: Reads the situation.
        planner: Plans replies.
        prompts: Builds prompts.
        brain: What is loaded.
        free: Whether the model may write in its own words.
        context: The model's context window, in tokens.
    """

    gate: Gate
    replies: SafetyReplies
    reader: SituationReader
    planner: Planner
    prompts: Prompts
    brain: Brain
    free: Callable[[], bool]
    context: int

    def run(self, text: str, conversation: Conversation, *, stopped: Stopped) -> Iterator[Event]:
        """Answer a message made ``readable``. ``conversation`` gets the turn's situation, cards and topic."""
        clock = _Clock()
        try:
            yield from clock.watch(self._stages(text, conversation, clock, stopped))
        except CoachError as error:
            yield TurnFailed(message=str(error), hint=error.hint)
            return
        yield clock.done(stopped=stopped())

    def _stages(self, text: str, conversation: Conversation, clock: _Clock, stopped: Stopped) -> Iterator[Event]:
        history = conversation.messages
        started = time.perf_counter()
        # The rules need no embedder; what they stop is answered at once.
        verdict = self.gate.check(text, history, None)
        vectors = None
        if not verdict.level.stops_coaching:
            clock.safety_s = time.perf_counter() - started
            started = time.perf_counter()
            vectors = self.brain.vectors(text, stopped)
            if vectors is None:
                return
            clock.vectors_s = time.perf_counter() - started
            started = time.perf_counter()
            verdict = self.gate.check(text, history, vectors)
        clock.level = verdict.level
        clock.safety_s += time.perf_counter() - started
        fixed = self.replies.reply(verdict, history)
        foreign = self.replies.foreign_line(text)
        parts = [fixed.text if fixed is not None else "", foreign or ""]
        if any(parts):
            yield SafetyReply(level=verdict.level, text="\n\n".join(filter(None, parts)))
        if vectors is None or foreign is not None or (fixed is not None and not fixed.goes_on):
            return
        started = time.perf_counter()
        brief = self._brief(text, vectors, conversation)
        notes = self.brain.notes(vectors.whole)
        clock.retrieval_s = time.perf_counter() - started
        yield SituationRead(situation=brief.situation)
        yield CardsFound(cards=brief.cards, notes=notes)
        yield from self._reply(brief, conversation, clock, stopped)

    def _brief(self, text: str, vectors: Vectors, conversation: Conversation) -> Brief:
        """Read the situation and find the cards; both are kept for the turns to come."""
        situation = self.reader.read(text, conversation.messages, vectors, conversation.situation)
        search = self.brain.search()
        found: tuple[FoundCard, ...] = ()
        goes_on = False
        if search is not None:
            goes_on = bool(conversation.cards) and search.goes_on(text, vectors.whole)
            topic = conversation.topic.whole if goes_on and conversation.topic is not None else None
            with contextlib.suppress(IndexUnavailable):
                found = search.find(
                    text,
                    vectors.whole,
                    situation,
                    before=conversation.cards if goes_on else (),
                    topic=topic,
                    facts=conversation.facts,
                )
        conversation.situation = situation
        conversation.facts = (*conversation.facts, vectors.whole)[-_FACTS:]
        # A word of thanks does not end a topic: "and if they don't answer?" may still follow.
        if situation.kind is not Kind.THANKS or found:
            conversation.cards = found
            conversation.topic = conversation.topic if goes_on else vectors
        return Brief(text=text, situation=situation, cards=found, said=conversation.said)

    def _reply(self, brief: Brief, conversation: Conversation, clock: _Clock, stopped: Stopped) -> Iterator[Event]:
        plan = self.planner.plan(brief)
        model = self.brain.model()
        writing = None
        free = self.free()
        if model is not None:
            start = history_start(conversation.messages, conversation.start, self.context // 2, model.count)
            conversation.start = start
            prompt = self.prompts.turn(conversation.messages[start:], brief.text, plan.notes, free=free)
            try:
                writing = model.begin(prompt, stopped=stopped)
            except ModelError:
                # The floor answers; the program says elsewhere that the model does not work.
                writing = None
        walk = Walk(brief=brief, plan=plan, writing=writing, stopped=stopped)
        try:
            if writing is not None and free:
                yield from walk.free(writing)
            if not clock.shown and not stopped():
                yield from walk.guided()
            if not clock.shown and not stopped():
                # All that fits was said before: saying it again is better than silence.
                again = replace(brief, said=frozenset())
                yield from Walk(brief=again, plan=self.planner.plan(again), writing=None, stopped=stopped).guided()
        finally:
            if writing is not None:
                clock.stats = writing.stats()
                writing.close()


_FACTS = 6
"""Messages whose facts still steer what is found."""


class _Clock:
    """Watches a turn's events and sums them up."""

    def __init__(self) -> None:
        self.safety_s = 0.0
        self.vectors_s = 0.0
        self.retrieval_s = 0.0
        self.level = Level.L0
        self.shown: list[Sentence] = []
        self.stats = DecodeStats()
        self._began = time.perf_counter()
        self._first: float | None = None
        self._first_model: float | None = None

    def watch(self, events: Iterator[Event]) -> Generator[Event]:
        """Pass events on."""
        for event in events:
            now = time.perf_counter() - self._began
            if isinstance(event, Sentence | SafetyReply):
                self._first = now if self._first is None else self._first
            if isinstance(event, Sentence):
                self.shown.append(event)
                if event.decoded and self._first_model is None:
                    self._first_model = now
            yield event

    def done(self, *, stopped: bool) -> TurnDone:
        """Return the end of the turn."""
        counts = [(len(words(sentence.text)), sentence.decoded) for sentence in self.shown]
        decoded = sum(count for count, by_model in counts if by_model)
        everything = sum(count for count, _ in counts)
        cards = dict.fromkeys(sentence.card_id for sentence in self.shown if sentence.card_id is not None)
        return TurnDone(
            reply=reply_text(self.shown),
            floor=decoded == 0,
            model_share=decoded / everything if everything else 0.0,
            cards=tuple(cards),
            level=self.level,
            stopped=stopped,
            timings=Timings(
                safety_s=self.safety_s,
                vectors_s=self.vectors_s,
                retrieval_s=self.retrieval_s,
                first_text_s=self._first,
                first_model_text_s=self._first_model,
                total_s=time.perf_counter() - self._began,
                **dataclasses.asdict(self.stats),
            ),
        )


def reply_text(shown: list[Sentence]) -> str:
    """Return sentences as one text, as they were shown."""
    return "".join(f"{sentence.lead}{sentence.text}" for sentence in shown)


def readable(text: str) -> str:
    """Return a message as the stages read it.

    Raises:
        InputError: There is nothing to answer, or too much.
    """
    message = clean(text)
    if not message:
        raise InputError("The message is empty.")
    if len(message) > MAX_CHARACTERS:
        raise InputError(
            f"The message has {len(message):,} characters, and {MAX_CHARACTERS:,} can be read at once.",
            hint="Send it in parts, or leave out what matters less.",
        )
    return message
