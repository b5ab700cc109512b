"""An engine whose answers are written down, for tests of the page."""

from __future__ import annotations

import functools
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, cast

import numpy as np

from coach import settings
from coach.conversation import Conversation
from coach.draft import Channel, DraftBrief, DraftKind
from coach.drafts.drafting import Drafts
from coach.errors import InputError, ModelError
from coach.events import CardsFound, Draft, Event, SafetyReply, Sentence, Timings, TurnDone, TurnFailed
from coach.resources import shipped
from coach.retrieval.notes import Note
from coach.session import Session
from coach.turn import Turns
from coach.types import Card, FoundCard, Level, Origin, Part, Step, Strategy, Vector
from coach.wiring import Engine
from tests.talk import NeverAhead


@dataclass(frozen=True, kw_only=True)
class FakeLoading:
    embedder: str = "ready"
    index: str = "ready"
    model: str = "ready"
    message: str = ""
    model_ready: bool = True
    gate_ready: bool = True
    fraction: float = 1.0
    problem: str | None = None
    hint: str | None = None


def sentence(text: str, *, lead: str = " ", card_id: str | None = None) -> Sentence:
    return Sentence(
        text=text,
        lead=lead,
        origin=Origin.CARD if card_id else Origin.PHRASE,
        part=Part.ADVICE,
        decoded=True,
        card_id=card_id,
    )


def card(card_id: str = "wait-a-day", *, title: str = "Wait a day before you answer") -> Card:
    return Card(
        id=card_id,
        title=title,
        strategy=Strategy.FEEDBACK,
        stages=(),
        not_before=None,
        kinds=(),
        feelings=(),
        sources=("career-guides", "practice"),
        reviewed_on="2026-11-24",
        perspective="A question can wait for a day and still be on time.",
        openings=(),
        steps=(Step(when="Today", text="Save the message."), Step(when="Tomorrow", text="Write two lines.")),
        closing="",
        sayings=(),
        note="",
    )


def done(reply: str, *, cards: tuple[str, ...] = (), stopped: bool = False, floor: bool = False) -> TurnDone:
    return TurnDone(
        reply=reply,
        floor=floor,
        model_share=0.0 if floor else 1.0,
        cards=cards,
        level=Level.L0,
        stopped=stopped,
        timings=Timings(),
    )


Step_ = Event | Exception | float
"""What happens next: an event, an error raised, or seconds that pass (a stop ends them)."""


class FakeTurns:
    """Plays one script a turn; the last one again when they run out. Stands in for ``coach.turn.Turns``."""

    def __init__(
        self, scripts: Sequence[Sequence[Step_]], log: list[str], by_word: Mapping[str, Sequence[Step_]]
    ) -> None:
        self._scripts = list(scripts)
        self._log = log
        self._by_word = by_word
        self.drafts = functools.partial(Drafts, shipped("prompts", "drafts"))

    def run(self, text: str, conversation: Conversation, *, stopped: Callable[[], bool]) -> Iterator[Event]:
        self._log.append(f"send {text}")
        script = self._by_word.get(text.split(maxsplit=1)[0])
        if script is None:
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        shown = ""
        try:
            for step in script:
                if isinstance(step, float):
                    _pass(step, stopped)
                elif isinstance(step, Exception):
                    raise step
                elif not isinstance(step, TurnDone | TurnFailed):
                    if isinstance(step, Sentence):
                        shown += step.lead + step.text
                    if isinstance(step, Draft):
                        conversation.drafts = (*conversation.drafts, step)
                    yield step
                if stopped():
                    self._log.append("stopped")
                    yield done(shown, stopped=True)
                    return
                if isinstance(step, TurnDone | TurnFailed):
                    yield step
        finally:
            self._log.append("end")


def _pass(seconds: float, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped():
        time.sleep(0.01)


def embed(passages: Sequence[str]) -> Vector:
    """Stands in for the embedding model."""
    return np.ones((len(passages), 2), np.float32)


class FakeEngine(Engine):
    """An engine with a real journal and real sessions in a folder of its own, whose answers are written down."""

    unclosed: ClassVar[set[FakeEngine]] = set()

    def __init__(
        self,
        *scripts: Sequence[Step_],
        loading: Sequence[FakeLoading] = (),
        host: str = "127.0.0.1",
        data: Path | None = None,
        passphrase: str | None = None,
        country: str | None = None,
        by_word: Mapping[str, Sequence[Step_]] | None = None,
    ) -> None:
        self._own = data is None
        folder = str(data or tempfile.mkdtemp(prefix="fake-engine-"))
        super().__init__(settings.load({"host": host, "data_dir": folder, "country": country}), passphrase=passphrase)
        self.unclosed.add(self)
        self.log: list[str] = []
        self.closed = False
        self.opened: threading.Event | None = None
        self._script = FakeTurns(scripts or ([sentence("Hello.", lead=""), done("Hello.")],), self.log, by_word or {})
        self._states = list(loading) or [FakeLoading()]

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        self.opened = after

    def loading(self) -> FakeLoading:  # type: ignore[override]
        return self._states.pop(0) if len(self._states) > 1 else self._states[0]

    def new_session(self, conversation_id: str | None = None, *, off_record: bool = False) -> Session:
        record = None if off_record else self.journal().record(conversation_id)
        return Session(cast(Turns, self._script), NeverAhead(), record)

    def learn(self, name: str, text: str) -> Note:
        return self.kept.notes().learn_text(name, text, embed)

    def forget(self, key: str) -> None:
        self.kept.notes().forget([key], embed)

    def refresh_notes(self) -> None: ...

    def close(self) -> None:
        self.closed = True
        self.unclosed.discard(self)
        super().close()
        if self._own:
            shutil.rmtree(self.settings.data, ignore_errors=True)


REPLY = (
    0.3,
    CardsFound(
        cards=(
            FoundCard(card=card(), score=0.9),
            FoundCard(card=card("ask-once", title="Ask one question that is easy to answer"), score=0.5),
        )
    ),
    0.4,
    sentence("A final round and then a no is hard.", lead=""),
    0.6,
    sentence("What you asked can wait for a day.", card_id="wait-a-day"),
    0.6,
    sentence("Would you like to write two lines together?", lead="\n\n"),
    done("", cards=("wait-a-day",)),
)
SAFETY = (
    SafetyReply(
        level=Level.L3,
        text="I am glad you wrote that here.\n\nPlease talk to a person now. Call your local emergency number.",
    ),
    replace(done("", floor=True), level=Level.L3),
)
QUICK = tuple(0.05 if isinstance(step, float) else step for step in REPLY)
"""The same reply at a pace for tests."""
DRAFT = Draft(
    kind=DraftKind.FEEDBACK_REQUEST,
    channel=Channel.EMAIL,
    subject="A question <after> our talk",
    body="Dear Mara,\n\nthank you & the team.\n\nBest,\n[your name]",
    missing=("your name",),
    brief=DraftBrief(kind=DraftKind.FEEDBACK_REQUEST, channel=Channel.EMAIL),
)
BY_WORD: dict[str, Sequence[Step_]] = {
    "slow": (sentence("One.", lead=""), 60.0, sentence("Two."), done("One. Two.")),
    "other": (sentence("Something else.", lead=""), done("Something else.")),
    "draft": (sentence("Here is a draft.", lead=""), DRAFT, done("Here is a draft.")),
    "crisis": SAFETY,
    "fail": (TurnFailed(message="No memory is left.", hint="Close another program."),),
    "break": (RuntimeError("secret"),),
    "unavailable": (ModelError("The model is gone."),),
    "word": (InputError("It has more than 20,000 characters."),),
}
"""Scripts by the first word of a message."""
