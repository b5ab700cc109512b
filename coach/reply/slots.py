"""What a plan is made of: a row of slots, each with the vetted candidates that may fill it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.acts import Act, ActReading
from coach.reply.answers import FoundAnswer
from coach.types import Fact, FoundCard, Origin, Part, Sign, Situation


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Vetted text that may fill a slot. It may hold several sentences, which then come together."""

    text: str
    origin: Origin
    card_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A place in the reply. ``lead`` is the white space before it.

    With ``echo`` the model may first try a sentence of its own that says the person's
    words back; the candidates, if any, are there for when that fails. ``answered`` says that
    a question was answered just before, so that only a telling echo fits.
    """

    part: Part
    candidates: tuple[Candidate, ...]
    lead: str = " "
    echo: bool = False
    answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The slots of a reply in their order, the notes that the model reads, and the most words that it may have."""

    slots: tuple[Slot, ...]
    notes: tuple[str, ...]
    most_words: int = 1000


@dataclass(frozen=True, kw_only=True)
class Brief:
    """All that a plan is made from.

    ``said`` holds every sentence shown in this conversation; ``told_before`` the facts of
    earlier messages; ``before`` is the coach's last reply, "" at the start. ``fresh`` are the
    signs that this message shows itself; those of the situation may be of an earlier one.
    ``answers`` are vetted answers to what the message asks or tells, the nearest first. ``act`` is
    what it does in the talk, None at its start, and ``earlier`` the messages before it, oldest first.
    """

    text: str
    situation: Situation
    cards: tuple[FoundCard, ...]
    said: frozenset[str]
    told_before: tuple[Fact, ...] = ()
    before: str = ""
    fresh: frozenset[Sign] | None = None
    answers: tuple[FoundAnswer, ...] = ()
    act: ActReading | None = None
    earlier: tuple[str, ...] = ()

    def does(self, *acts: Act) -> bool:
        """Whether the message likely does one of these in a talk."""
        return self.act is not None and self.act.of(*acts) >= _LIKELY

    def does_surely(self, *acts: Act) -> bool:
        """Whether the message does one of these beyond doubt."""
        return self.act is not None and self.act.of(*acts) >= _SURELY


_LIKELY, _SURELY = 0.45, 0.75


def one_slot(part: Part, candidates: Sequence[Candidate], *, lead: str = " ") -> tuple[Slot, ...]:
    """Return one slot with the candidates, or none where there are none."""
    return (Slot(part=part, candidates=tuple(candidates), lead=lead),) if candidates else ()


def vetted(texts: Sequence[str]) -> tuple[Candidate, ...]:
    """Return vetted texts as candidates for one place."""
    return tuple(Candidate(text=text, origin=Origin.PHRASE) for text in texts)
