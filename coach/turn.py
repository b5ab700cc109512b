"""The pipeline: one message in, typed events out. The only owner of the order of stages."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from coach.acts import Act, ActReader, ActReading, said_before
from coach.asks import short_cue
from coach.clock import Clock
from coach.conversation import Conversation
from coach.dictation import draft_request, drafted
from coach.errors import CoachError, IndexUnavailable, ModelError
from coach.events import (
    CardsFound,
    Event,
    SafetyReply,
    SituationRead,
    TurnFailed,
)
from coach.facts.memory import line, updated
from coach.llm.base import ChatModel, Stopped
from coach.reply.answers import FoundAnswer
from coach.reply.classifier import Classifier
from coach.reply.compose import Walk, Wording
from coach.reply.matching import Answers
from coach.reply.plan import Planner
from coach.reply.prompts import Prompts, history_start
from coach.reply.slots import Brief
from coach.retrieval.search import Search
from coach.safety.gate import Gate
from coach.safety.replies import SafetyReplies
from coach.signs import read_signs
from coach.situation import SituationReader
from coach.text import words
from coach.types import FoundCard, FoundNote, Kind, Situation, Vector, Vectors

if TYPE_CHECKING:
    from coach.drafts.drafting import Drafts


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

    def answers(self) -> Answers | None:
        """Return the vetted answers; None while they are not loaded."""
        ...

    def notes(self, vector: Vector) -> tuple[FoundNote, ...]:
        """Return passages of the user's own notes that fit a message."""
        ...

    def pair(self, message: str, sentence: str) -> Mapping[str, float] | None:
        """Return the share of each label for a sentence said in answer to a message; None where nothing reads pairs."""
        ...

    def acts(self, before: str, text: str) -> Mapping[str, float] | None:
        """Return the share of each act of a message after ``said_before`` it; None where nothing reads both."""
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
        acts: Reads what a later message does in the talk.
        planner: Plans replies.
        drafts: Returns what writes messages for them to send; asked once a turn can use it.
        wording: Judges what the model writes in its own words.
        prompts: Builds prompts.
        brain: What is loaded.
        free: Whether the model may write in its own words.
        context: The model's context window, in tokens.
        guarded: Whether what the model wrote is checked; always, but for evals that measure the guard.
    """

    gate: Gate
    replies: SafetyReplies
    reader: SituationReader
    acts: ActReader
    planner: Planner
    drafts: Callable[[], Drafts]
    wording: Classifier
    prompts: Prompts
    brain: Brain
    free: Callable[[], bool]
    context: int
    guarded: bool = True

    def stops_by_rule(self, text: str, conversation: Conversation) -> bool:
        """Whether the gate's rules alone stop the coaching at a message; they need nothing that is loaded."""
        return self.gate.check(text, conversation.messages, None).level.stops_coaching

    def run(self, text: str, conversation: Conversation, *, stopped: Stopped) -> Iterator[Event]:
        """Answer a message made ``readable``. ``conversation`` gets the turn's situation, cards and topic."""
        clock = Clock()
        try:
            yield from clock.watch(self._stages(text, conversation, clock, stopped))
        except CoachError as error:
            yield TurnFailed(message=str(error), hint=error.hint)
            return
        yield clock.done(stopped=stopped())

    def _stages(self, text: str, conversation: Conversation, clock: Clock, stopped: Stopped) -> Iterator[Event]:
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
        by_hand = {fact.name.value: fact.value for fact in conversation.facts if fact.name in conversation.fixed}
        wanted = draft_request(text, brief, standing=bool(conversation.drafts))
        answer = wanted and self.drafts().answer(
            wanted,
            history,
            brief.situation,
            conversation.drafts,
            recent=conversation.recent,
            fixed=by_hand,
            act=brief.act,
        )
        if answer:
            yield from drafted(answer, conversation)
            return
        yield CardsFound(cards=brief.cards, notes=notes)
        yield from self._reply(brief, vectors, conversation, clock, stopped)

    def _brief(self, text: str, vectors: Vectors, conversation: Conversation) -> Brief:
        """Read the situation and find the cards; both are kept for the turns to come."""
        act = None
        if conversation.messages:
            before = conversation.before
            act = self.acts.read(text, vectors.whole, before, self.brain.acts(said_before(before), text))
        situation = self.reader.read(text, conversation.messages, vectors, conversation.situation, act)
        told_before = conversation.facts
        conversation.facts = updated(told_before, text, fixed=conversation.fixed)
        situation = replace(situation, facts=conversation.facts)
        search = self.brain.search()
        found: tuple[FoundCard, ...] = ()
        goes_on = False
        short = short_cue(text) if conversation.messages else None
        if short is not None:
            found = conversation.cards
        elif search is not None:
            goes_on = bool(conversation.cards) and search.goes_on(text, vectors.whole)
            topic = conversation.topic.whole if goes_on and conversation.topic is not None else None
            with contextlib.suppress(IndexUnavailable):
                found = search.find(
                    text,
                    vectors.whole,
                    situation,
                    before=conversation.cards if goes_on else (),
                    topic=topic,
                    facts=conversation.recent,
                )
        conversation.situation = situation
        conversation.recent = (*conversation.recent, vectors.whole)[-_RECENT:]
        # A word of thanks does not end a topic: "and if they don't answer?" may still follow.
        if short is None and (situation.kind is not Kind.THANKS or found):
            conversation.cards = found
            conversation.topic = conversation.topic if goes_on else vectors
        return Brief(
            text=text,
            situation=situation,
            cards=found,
            said=conversation.said,
            told_before=told_before,
            before=conversation.messages[-1].text if conversation.messages else "",
            fresh=frozenset(read_signs(text)),
            answers=self._answers(text, vectors, situation, conversation, act) if short is None else (),
            act=act,
            # What was written in danger is not quoted back.
            earlier=tuple(
                message.text
                for message in conversation.messages
                if message.role == "user" and not message.level.stops_coaching
            ),
        )

    def _answers(
        self, text: str, vectors: Vectors, situation: Situation, conversation: Conversation, act: ActReading | None
    ) -> tuple[FoundAnswer, ...]:
        answers = self.brain.answers()
        if answers is None:
            return ()
        later = bool(conversation.messages)
        found = answers.find(text, vectors, situation, later=later)
        elliptic = act is not None and act.act is Act.ASKS and len(words(text)) <= _ELLIPTIC
        if not elliptic or any(one.score > 0 for one in found):
            return found
        # "And for the second one?" is found only with what was told before it: last, or before a nod.
        said = [message.text for message in reversed(conversation.messages) if message.role == "user"]
        told = next((one for one in said if len(words(one)) >= _TELLS), said[0])
        for before in dict.fromkeys((said[0], told)):
            whole = f"{before}\n{text}"
            joined = self.brain.vectors(whole, lambda: False)
            again = answers.find(whole, joined, situation, later=later) if joined is not None else ()
            if fitting := tuple(one for one in again if one.question and one.score > 0):
                return fitting
        return found

    def _reply(
        self, brief: Brief, vectors: Vectors, conversation: Conversation, clock: Clock, stopped: Stopped
    ) -> Iterator[Event]:
        plan = self.planner.plan(brief)
        model = self.brain.model()
        writing = None
        free = self.free()
        if model is not None:
            start = history_start(conversation.messages, conversation.start, self.context // 2, model.count)
            conversation.start = start
            prompt = self.prompts.turn(
                conversation.messages[start:], brief.text, plan.notes, facts=line(brief.told_before), free=free
            )
            try:
                writing = model.begin(prompt, stopped=stopped)
            except ModelError:
                # The floor answers; the program says elsewhere that the model does not work.
                writing = None
        wording = Wording(
            classifier=self.wording,
            message=vectors.whole,
            embed=lambda text: self._sentence_vector(text, stopped),
            pair=lambda text: self.brain.pair(brief.text, text),
        )
        walk = Walk(
            brief=brief,
            plan=plan,
            writing=writing,
            stopped=stopped,
            tuned=model is not None and model.tuned,
            guarded=self.guarded,
            wording=wording,
        )
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

    def _sentence_vector(self, text: str, stopped: Stopped) -> Vector | None:
        vectors = self.brain.vectors(text, stopped)
        return None if vectors is None else vectors.whole


_TELLS = 5
"""Fewest words of a message that may tell what an elliptic question is about."""
_ELLIPTIC = 9
"""Most words of a question that may mean little without the message before it."""

_RECENT = 6
"""Messages that still steer what is found."""
