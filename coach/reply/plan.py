"""Decide what belongs into a reply, and in which order. Choice is made here; wording comes later.

A plan is a row of slots. Each slot has the candidates that may fill it, the most fitting
first, so that a model chooses among true sentences only, and without a model the first
candidates make a reply by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.asks import Ask, Offer, offer_of, read_ask, short_cue
from coach.facts.memory import as_mapping, corrects
from coach.reply.bank import Bank, offers_a_step
from coach.reply.echo import built_echoes
from coach.reply.notes import FITS_CLOSELY, advice_slots, fitting, perspective_of, step_slots
from coach.reply.slots import Brief, Candidate, Plan, Slot
from coach.text import sentences, words
from coach.types import Cue, Feeling, FoundCard, Kind, Origin, Part, Phrase, Sign, Stage, Wants

COMFORT_WORDS = (25, 60)
"""Fewest and most words for someone who is hurting."""

ADVICE_WORDS = (40, 100)
"""The same for someone who asked how."""

SHORT_WORDS = 18
"""Fewest words in answer to a short message in the middle of a talk."""

_SHORT_WORDS = 12
_OWN = frozenset({Kind.IDENTITY, Kind.OFF_TOPIC, Kind.THANKS})
_ASKED = frozenset({Wants.ADVICE, Wants.PLAN, Wants.DECISION, Wants.DRAFT})
_ECHO_WORDS = 10
"""Words that an echo has, about; it is written after the plan is made."""


class Planner:
    """Makes plans from the phrase bank and the cards handed to a turn.

    Args:
        bank: Every vetted phrase.
    """

    def __init__(self, bank: Sequence[Phrase]) -> None:
        self._bank = Bank(bank)

    def plan(self, brief: Brief) -> Plan:
        """Return the plan of one reply."""
        situation = brief.situation
        kind = situation.kind
        cue = (short_cue(brief.text) or _correction(brief)) if brief.before else None
        if cue is not None and (slots := self._short(brief, cue)):
            return Plan(slots=slots, notes=(), most_words=ADVICE_WORDS[1])
        if kind in _OWN:
            return Plan(slots=self._own(brief), notes=())
        return _Reply(self._bank, brief).plan()

    def _own(self, brief: Brief) -> tuple[Slot, ...]:
        """Identity, off topic and thanks: one short answer, preferably one that stands alone."""
        answers = self._bank.pick(Part.IDENTITY, brief, answering=True)
        found = answers or self._bank.pick(Part.IDENTITY, brief, most=100)
        whole = tuple(one for one in found if len(sentences(one.text)) > 1)
        return _slots(Part.IDENTITY, whole[:3] or found[:3])

    def _short(self, brief: Brief, cue: Cue) -> tuple[Slot, ...]:
        """Go on from what was said before: a step that was offered, more of the advice, or a word in return."""
        if cue is Cue.YES and offer_of(brief.before) is Offer.STEP:
            return self._one_step(brief)
        if cue is Cue.MORE and brief.situation.wants in _ASKED and (more := self._one_step(brief)):
            return more
        if cue is Cue.SHORTER and (note := self._in_short(brief)):
            return note
        if cue is Cue.UNCLEAR and (explained := perspective_of(brief)):
            return _slots(Part.PERSPECTIVE, explained)
        return _slots(Part.SHORT, self._bank.pick(Part.SHORT, brief, cue=cue))

    def _in_short(self, brief: Brief) -> tuple[Slot, ...]:
        """What the card of a long answer says in one or two sentences."""
        return advice_slots(brief, brief.cards[:1], Ask.OTHER) if brief.situation.wants in _ASKED else ()

    def _one_step(self, brief: Brief) -> tuple[Slot, ...]:
        steps = step_slots(brief, most=1) or _slots(Part.ADVICE, self._bank.pick(Part.ADVICE, brief, advising=True))
        if not steps:
            return ()
        close = self._bank.pick(Part.CLOSE, brief, asking=False, advising=True)
        return (*steps, *_slots(Part.CLOSE, close))


def _correction(brief: Brief) -> Cue | None:
    """Return ``Cue.CORRECTED`` where a message does nothing but put a fact right."""
    before = as_mapping(brief.told_before)
    changed = any(before.get(name, value) != value for name, value in as_mapping(brief.situation.facts).items())
    return Cue.CORRECTED if changed and corrects(brief.text) and read_ask(brief.text) is Ask.NOTHING else None


class _Reply:
    """A reply about a rejection, put together part by part."""

    def __init__(self, bank: Bank, brief: Brief) -> None:
        self._bank = bank
        self._brief = brief
        self._situation = brief.situation
        self._ask = read_ask(brief.text)
        self._slots: list[Slot] = []
        self._feels = bool(set(self._situation.feelings) - {Feeling.NONE})
        self._goes_on = bool(brief.before) and len(words(brief.text)) <= _SHORT_WORDS
        self._refused = Sign.NO_ADVICE in self._situation.signs or self._situation.kind is Kind.REFUSES_ADVICE
        asks = self._ask is not Ask.NOTHING or self._situation.wants is Wants.PLAN
        self._advised = self._situation.wants in _ASKED and asks and not self._refused
        self._cards = fitting(brief, asked=self._advised)
        whether = self._situation.wants is Wants.DECISION and self._situation.kind in (
            Kind.FRESH_REJECTION,
            Kind.DEBRIEF,
        )
        if whether and not self._cards and not self._topical():
            # "Is it wrong that I am relieved?" asks for no tactics, and the bank's general ones would miss it.
            self._advised = False

    def plan(self) -> Plan:
        """Return the plan."""
        build = {
            Kind.REFUSES_ADVICE: self._refusal,
            Kind.ANGRY_REPLY: self._anger,
            Kind.DECODE_EMAIL: self._letter,
            Kind.BLAME_BAIT: self._bait,
        }.get(self._situation.kind, self._advice if self._advised else self._comfort)
        build()
        least, most = ADVICE_WORDS if self._advised else COMFORT_WORDS
        least = SHORT_WORDS if self._goes_on and not self._advised else least
        self._fill_up(least)
        self._close()
        notes = tuple(found.card.note for found in self._cards[:2]) if self._advised else ()
        return Plan(slots=tuple(self._slots), notes=notes, most_words=most)

    def _comfort(self) -> None:
        self._answer()
        self._echo()
        if self._goes_on and not self._feels:
            # Later in a talk not every reply has the same shape.
            self._add(Part.PERSPECTIVE)
            return
        self._add(Part.FEELING)
        self._perspective()

    def _advice(self) -> None:
        answered = self._answer()
        self._echo()
        if self._feels:
            self._add(Part.FEELING)
        added = self._topical() or advice_slots(self._brief, self._cards, self._ask)
        self._slots += added
        if not added:
            self._add(Part.ADVICE)
            self._add(Part.ADVICE)
        if not answered or not added:
            self._add(Part.PERSPECTIVE, before=Part.ADVICE)

    def _topical(self) -> tuple[Slot, ...]:
        """Advice of the bank on just what the message is about, where no card fits closely."""
        if self._cards and self._cards[0].score >= FITS_CLOSELY:
            return ()
        found = self._bank.pick(Part.ADVICE, self._brief, answering=True, asking=False)
        first = _slots(Part.ADVICE, found)
        more = self._bank.pick(
            Part.ADVICE, self._brief, answering=True, asking=False, taken=[candidate.text for candidate in found]
        )
        return (*first, *_slots(Part.ADVICE, more)) if found else ()

    def _refusal(self) -> None:
        self._echo()
        self._add(Part.FEELING)
        self._add(Part.PERSPECTIVE)

    def _anger(self) -> None:
        """Anger is met, its cost is said, and sending is put off; nobody is told what to feel."""
        self._answer()
        self._echo()
        self._add(Part.FEELING)
        self._add(Part.PERSPECTIVE)
        if self._refused:
            return
        if Sign.WANTS_TO_SEND_ANGER in self._situation.signs or self._advised:
            self._slots += advice_slots(self._brief, self._cards[:1], Ask.OTHER)
            self._add(Part.ADVICE)

    def _letter(self) -> None:
        """What the message says, what it does not say, whether a door is open, and one move."""
        self._answer()
        if self._feels:
            self._add(Part.FEELING)
        elif Sign.PASTED_EMAIL not in self._situation.signs:
            self._echo()
        self._add(Part.PERSPECTIVE)
        if Sign.OFFERS_DOOR_OPEN in self._situation.signs:
            self._add(Part.PERSPECTIVE, needs=Sign.OFFERS_DOOR_OPEN)
        else:
            self._add(Part.PERSPECTIVE)
        if self._refused:
            return
        notes = advice_slots(self._brief, self._cards[:1], Ask.OTHER)
        self._slots += notes
        if not notes:
            self._add(Part.ADVICE)

    def _bait(self) -> None:
        """Neither agreement nor argument: what is underneath, the decision apart from the person, one next thing."""
        self._answer()
        self._echo()
        self._add(Part.FEELING)
        self._perspective()
        if self._advised:
            self._slots += advice_slots(self._brief, self._cards, self._ask)

    def _answer(self) -> bool:
        """Answer a direct question first, where the bank has an answer to it."""
        found = self._bank.pick(Part.OPENING, self._brief, answering=True, taken=self._taken)
        self._slots += _slots(Part.OPENING, found)
        return bool(found)

    def _echo(self) -> None:
        brief = self._brief
        built = [text for text in built_echoes(brief.text) if text not in brief.said]
        if self._slots:
            # A question that has just been answered is not said back.
            built = [text for text in built if not text.startswith("You are asking")]
        candidates = tuple(Candidate(text=text, origin=Origin.YOURS) for text in built)
        if not candidates and not self._slots and not brief.before:
            candidates = self._bank.pick(Part.OPENING, brief, taken=self._taken)
        self._slots.append(Slot(part=Part.ECHO, candidates=candidates, echo=True))

    def _perspective(self) -> None:
        """A perspective from a card that fits closely, or else from the bank."""
        card = perspective_of(self._brief, self._cards)
        self._slots += _slots(Part.PERSPECTIVE, card)
        if not card:
            self._add(Part.PERSPECTIVE)

    def _add(self, part: Part, *, before: Part | None = None, needs: Sign | None = None) -> None:
        found = self._bank.pick(
            part, self._brief, taken=self._taken, advising=self._has(Part.ADVICE), asking=False, needs=needs
        )
        slots = _slots(part, found)
        place = next((at for at, slot in enumerate(self._slots) if slot.part is before), len(self._slots))
        self._slots[place:place] = slots

    def _fill_up(self, least: int) -> None:
        """Add a sentence or two where a reply would be thin."""
        for _ in range(2):
            if self._length() >= least - 8:
                return
            fresh = self._situation.stage in (Stage.MINUTES, Stage.HOURS) and not self._refused
            if (self._advised or fresh) and not self._has(Part.ADVICE):
                self._add(Part.ADVICE)
            else:
                self._add(Part.PERSPECTIVE, before=Part.ADVICE)

    def _close(self) -> None:
        asked_before = self._brief.before.rstrip().endswith("?")
        asking = not (asked_before and not self._advised) and not self._refused
        found = self._bank.pick(
            Part.CLOSE, self._brief, taken=self._taken, asking=asking, advising=self._has(Part.ADVICE)
        )
        if self._refused:
            found = tuple(one for one in found if not offers_a_step(one.text))
        lead = "\n\n" if any(slot.lead == "\n" for slot in self._slots) else " "
        self._slots += _slots(Part.CLOSE, found, lead=lead)

    @property
    def _taken(self) -> tuple[str, ...]:
        return tuple(candidate.text for slot in self._slots for candidate in slot.candidates)

    def _has(self, part: Part) -> bool:
        return any(slot.part is part for slot in self._slots)

    def _length(self) -> int:
        return sum(
            len(words(slot.candidates[0].text)) if slot.candidates else _ECHO_WORDS * slot.echo for slot in self._slots
        )


def _slots(part: Part, candidates: Sequence[Candidate], *, lead: str = " ") -> tuple[Slot, ...]:
    """Return one slot with the candidates, or none where there are none."""
    return (Slot(part=part, candidates=tuple(candidates), lead=lead),) if candidates else ()


__all__ = ["Brief", "Candidate", "FoundCard", "Plan", "Planner", "Slot"]
