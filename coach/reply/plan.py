"""Decide what belongs into a reply, and in which order. Choice is made here; wording comes later.

A plan is a row of slots. Each slot has the candidates that may fill it, the most fitting
first, so that a model chooses among true sentences only, and without a model the first
candidates make a reply by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.reply.echo import built_echoes
from coach.reply.phrases import shortlist
from coach.text import sentences
from coach.types import Feeling, FoundCard, Kind, Origin, Part, Phrase, Sign, Situation, Wants

CLOSE_RIVAL = 0.1
"""Score by which a second card's note may trail the first and still be offered for choice."""

_OWN = frozenset({Kind.IDENTITY, Kind.OFF_TOPIC, Kind.THANKS})
_ASKED = frozenset({Wants.ADVICE, Wants.PLAN, Wants.DECISION, Wants.DRAFT})
_ASKS_STEPS = re.compile(
    r"\bhow (?:do|can|should|to|would)\b|\bsteps?\b|\bwhat (?:should|can|do) i do\b|\bplan\b", re.I
)


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
    words back; the candidates are there for when that fails.
    """

    part: Part
    candidates: tuple[Candidate, ...]
    lead: str = " "
    echo: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The slots of a reply in their order, and the notes that the model reads."""

    slots: tuple[Slot, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """All that a plan is made from. ``said`` holds every sentence shown in this conversation."""

    text: str
    situation: Situation
    cards: tuple[FoundCard, ...]
    said: frozenset[str]


class Planner:
    """Makes plans from the phrase bank, the cards handed to a turn, and the draft templates.

    Args:
        bank: Every vetted phrase.
        drafts: Draft templates by kind.
    """

    def __init__(self, bank: Sequence[Phrase], drafts: Mapping[Kind, str]) -> None:
        self._bank = bank
        self._drafts = drafts

    def plan(self, brief: Brief) -> Plan:
        """Return the plan of one reply."""
        kind, wants = brief.situation.kind, brief.situation.wants
        if kind in _OWN:
            return Plan(slots=self._own(brief), notes=())
        if wants is Wants.DRAFT and kind in self._drafts and Sign.WANTS_TO_SEND_ANGER not in brief.situation.signs:
            return Plan(slots=self._draft(brief), notes=())
        if kind is Kind.REFUSES_ADVICE:
            return Plan(slots=self._filled(brief, (Part.OPENING, Part.FEELING, Part.CLOSE)), notes=())
        cards = tuple(found for found in brief.cards if found.card.note not in brief.said)
        advised = wants in _ASKED or kind in (Kind.ANGRY_REPLY, Kind.DECODE_EMAIL)
        notes = tuple(found.card.note for found in cards[:2]) if advised else ()
        return Plan(slots=self._coaching(brief, cards if advised else (), advised=advised), notes=notes)

    def _coaching(self, brief: Brief, cards: Sequence[FoundCard], *, advised: bool) -> tuple[Slot, ...]:
        hurting = bool(set(brief.situation.feelings) - {Feeling.NONE}) or not advised
        before: tuple[Part, ...] = (
            (Part.ECHO, Part.FEELING, Part.PERSPECTIVE) if hurting else (Part.ECHO, Part.PERSPECTIVE)
        )
        if advised and brief.situation.wants is Wants.DECISION:
            # A direct question is answered first.
            before = (Part.OPENING, *before)
        slots = [*self._filled(brief, before)]
        if advised:
            slots += self._advice(brief, cards)
        close = self._filled(brief, (Part.CLOSE,), lead="\n\n" if len(slots) > 4 else " ")
        return (*slots, *close)

    def _advice(self, brief: Brief, cards: Sequence[FoundCard]) -> tuple[Slot, ...]:
        if cards and brief.situation.wants in (Wants.ADVICE, Wants.PLAN) and _ASKS_STEPS.search(brief.text):
            return _steps(cards[0], brief.said)
        near = [found for found in cards if found.score >= cards[0].score - CLOSE_RIVAL][:2]
        if not near:
            return self._filled(brief, (Part.ADVICE,))
        notes = tuple(Candidate(text=found.card.note, origin=Origin.CARD, card_id=found.card.id) for found in near)
        return (Slot(part=Part.ADVICE, candidates=notes),)

    def _filled(self, brief: Brief, parts: Sequence[Part], *, lead: str = " ") -> tuple[Slot, ...]:
        """Return a slot for each part for which there is anything true and new to say."""
        slots: list[Slot] = []
        for part in parts:
            echo = part is Part.ECHO
            source = Part.OPENING if echo else part
            phrases = shortlist(self._bank, source, brief.situation, said=brief.said, seed=brief.text)
            if part is Part.FEELING:
                # What the message shows is named; only without that, what is true of anyone there.
                phrases = [phrase for phrase in phrases if phrase.feelings] or phrases
            candidates = [Candidate(text=phrase.text, origin=Origin.PHRASE) for phrase in phrases]
            if echo:
                built = [text for text in built_echoes(brief.text) if text not in brief.said]
                opened = any(slot.part is Part.OPENING for slot in slots)
                candidates = [Candidate(text=text, origin=Origin.YOURS) for text in built] or candidates[
                    : 0 if opened else None
                ]
            if candidates:
                slots.append(Slot(part=part, candidates=tuple(candidates), lead=lead, echo=echo))
        return tuple(slots)

    def _own(self, brief: Brief) -> tuple[Slot, ...]:
        """Identity, off topic and thanks: one short answer, preferably one that stands alone."""
        phrases = shortlist(
            self._bank, Part.IDENTITY, brief.situation, said=brief.said, seed=brief.text, most=len(self._bank)
        )
        whole = [phrase for phrase in phrases if len(sentences(phrase.text)) > 1] or list(phrases)
        candidates = tuple(Candidate(text=phrase.text, origin=Origin.PHRASE) for phrase in whole[:4])
        return (Slot(part=Part.IDENTITY, candidates=candidates),) if candidates else ()

    def _draft(self, brief: Brief) -> tuple[Slot, ...]:
        lead_in, _, message = self._drafts[brief.situation.kind].strip().partition("\n\n")
        parts = ((lead_in, Origin.PHRASE, " "), (message, Origin.DRAFT, "\n\n"))
        return tuple(
            Slot(part=Part.WHOLE, candidates=(Candidate(text=text, origin=origin),), lead=lead)
            for text, origin, lead in parts
        )


def _steps(found: FoundCard, said: frozenset[str]) -> tuple[Slot, ...]:
    """Return the card's steps, numbered, each with its time."""
    texts = [f"{number}. {step.when}: {step.text}" for number, step in enumerate(found.card.steps, 1)]
    return tuple(
        Slot(
            part=Part.ADVICE,
            candidates=(Candidate(text=text, origin=Origin.CARD, card_id=found.card.id),),
            lead="\n",
        )
        for text in texts
        if text not in said
    )
