"""A pipeline whose slow parts are scripted, for tests of turns and sessions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from coach.acts import Act, ActReader, ActReading, Before
from coach.conversation import Conversation
from coach.drafts.drafting import Drafts
from coach.errors import CoachError
from coach.llm.base import ChatModel, Stopped
from coach.llm.scripted import ScriptedModel
from coach.reply.classifier import Classifier
from coach.reply.plan import Planner
from coach.reply.prompts import Prompts
from coach.resources import shipped
from coach.retrieval.search import Search
from coach.safety.gate import Gate
from coach.safety.replies import FixedReply, SafetyReplies
from coach.situation import SituationReader
from coach.text import sentences
from coach.turn import Turns
from coach.types import Fault, FoundCard, FoundNote, Level, Message, SafetyVerdict, Situation, Vector, Vectors
from tests.reply.made import BANK, found, situation


class ScriptedGate:
    """Finds the level that the message's first word names ("L2 ..."), else L0; remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    def check(self, text: str, history: Sequence[Message], vectors: Vectors | None) -> SafetyVerdict:
        self.asked.append(vectors is not None)
        first = text.split(maxsplit=1)[0]
        slow = first.startswith("slow-")
        name = first.removeprefix("slow-")
        level = Level(name) if name in list(Level) and (vectors is not None or not slow) else Level.L0
        return SafetyVerdict(level=level)


class ScriptedReplies:
    def reply(self, verdict: SafetyVerdict, history: Sequence[Message]) -> FixedReply | None:
        if verdict.level in (Level.L0, Level.L1):
            return None
        return FixedReply(text=f"Fixed text for {verdict.level}.", goes_on=not verdict.level.stops_coaching)

    def foreign_line(self, text: str) -> str | None:
        return "Nur Englisch." if text.startswith("Ich") else None


class ScriptedReader:
    def __init__(self, read: Situation) -> None:
        self.read_situation = read

    def read(
        self,
        text: str,
        history: Sequence[Message],
        vectors: Vectors,
        before: Situation | None,
        act: ActReading | None = None,
    ) -> Situation:
        return self.read_situation


class ScriptedActs:
    """Finds no act likely, and a change of a draft possible, so that nothing else depends on it."""

    def read(self, text: str, vector: Vector, before: Before, together: object = None) -> ActReading:
        return ActReading(shares=dict.fromkeys(Act, 0.5 / len(Act)) | {Act.DRAFT_CHANGE: 0.4})


class ScriptedSearch:
    def goes_on(self, *_: object, **__: object) -> bool:
        return False

    def find(self, *_: object, **__: object) -> tuple[FoundCard, ...]:
        return (found(),)


class ScriptedWording:
    """Finds blame in every sentence with the word "cruel"."""

    def fault(
        self, sentence: str, vector: Vector, message: str, message_vector: Vector | None, pair: object = None
    ) -> Fault | None:
        return Fault.BLAME if "cruel" in sentence else None


class ScriptedBrain:
    """What is loaded: ``error`` stands for an embedder that cannot be."""

    def __init__(self, model: ChatModel | None, error: CoachError | None = None) -> None:
        self.chat_model = model
        self.error = error
        self.kept_notes: tuple[FoundNote, ...] = ()

    def vectors(self, text: str, stopped: Stopped) -> Vectors | None:
        if self.error is not None:
            raise self.error
        if stopped():
            return None
        parts = tuple(sentences(text))
        return Vectors(whole=np.ones(2, np.float32), sentences=parts, each=np.ones((len(parts), 2), np.float32))

    def search(self) -> Search | None:
        return cast(Search, ScriptedSearch())

    def answers(self) -> None:
        return None

    def notes(self, vector: object) -> tuple[FoundNote, ...]:
        return self.kept_notes

    def pair(self, message: str, sentence: str) -> None:
        return None

    def acts(self, before: str, text: str) -> None:
        return None

    def model(self) -> ChatModel | None:
        return self.chat_model


class NeverAhead:
    """Reads nothing ahead, and remembers that it was asked."""

    def __init__(self) -> None:
        self.started: list[Conversation] = []

    def start(self, conversation: Conversation) -> None:
        self.started.append(replace(conversation))


def scripted_turns(
    *said: str,
    model: ChatModel | None = None,
    error: CoachError | None = None,
    read: Situation | None = None,
    free: bool = False,
) -> Turns:
    """Return a pipeline whose model says the given sentences."""
    prompts = Prompts(shipped("prompts"))
    return Turns(
        gate=cast(Gate, ScriptedGate()),
        replies=cast(SafetyReplies, ScriptedReplies()),
        acts=cast(ActReader, ScriptedActs()),
        reader=cast(SituationReader, ScriptedReader(read or situation())),
        planner=Planner(BANK),
        drafts=functools.partial(Drafts, shipped("prompts", "drafts")),
        wording=cast(Classifier, ScriptedWording()),
        prompts=prompts,
        brain=ScriptedBrain(model or ScriptedModel(said), error),
        free=lambda: free,
        context=4096,
    )
