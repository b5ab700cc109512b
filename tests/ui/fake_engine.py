"""An engine whose answers are written down, for tests of the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach import settings
from coach.errors import CoachError, InputError
from coach.events import CardsFound, Event, SafetyReply, Sentence, Timings, TurnDone, TurnFailed
from coach.types import Card, FoundCard, Level, Message, Origin, Part, Step, Strategy


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


class FakeSession:
    """Plays one script a turn; the last one again when they run out."""

    def __init__(self, scripts: Sequence[Sequence[Step_]], log: list[str]) -> None:
        self.messages: list[Message] = []
        self.trouble: CoachError | None = None
        self._scripts = list(scripts)
        self._log = log

    def send(self, text: str, *, stopped: Callable[[], bool]) -> Iterator[Event]:
        self._log.append(f"send {text}")
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
                    yield step
                if stopped():
                    self._log.append("stopped")
                    yield done(shown, stopped=True)
                    return
                if isinstance(step, TurnDone | TurnFailed):
                    yield step
        finally:
            if not script or not isinstance(script[0], InputError):
                self.messages += [Message(role="user", text=text), Message(role="assistant", text=shown)]
            self._log.append("end")

    def undo(self) -> str | None:
        self._log.append("undo")
        if not self.messages:
            return None
        *kept, user, _ = self.messages
        self.messages = kept
        return user.text


def _pass(seconds: float, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped():
        time.sleep(0.01)


class FakeEngine:
    """Has what ``coach.wiring.Engine`` has, for the page."""

    def __init__(self, *scripts: Sequence[Step_], loading: Sequence[FakeLoading] = (), host: str = "127.0.0.1") -> None:
        self.settings = settings.load({"host": host})
        self.log: list[str] = []
        self.closed = False
        self.opened: threading.Event | None = None
        self._scripts = scripts or ([sentence("Hello.", lead=""), done("Hello.")],)
        self._loading = list(loading) or [FakeLoading()]

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        self.opened = after

    def loading(self) -> FakeLoading:
        return self._loading.pop(0) if len(self._loading) > 1 else self._loading[0]

    def wait_for_gate(self) -> None: ...

    def new_session(self) -> FakeSession:
        return FakeSession(self._scripts, self.log)

    def close(self) -> None:
        self.closed = True


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
    done("", floor=True),
)
