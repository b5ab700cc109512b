"""Decide what belongs into a reply, and in which order. Choice is made here; wording comes later.

A plan is a row of slots. Each slot has the candidates that may fill it, the most fitting
first, so that a model chooses among true sentences only, and without a model the first
candidates make a reply by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.asks import Ask, Offer, offer_of, read_ask, short_cue
from coach.facts.memory import as_mapping, corrects
from coach.reply.assembly import ADVICE_WORDS, ASKED, Reply
from coach.reply.bank import Bank
from coach.reply.notes import advice_slots, perspective_of, step_slots, was_said
from coach.reply.slots import Brief, Plan, Slot, one_slot, vetted
from coach.text import sentences
from coach.types import Cue, Kind, Part, Phrase

_OWN_FITS = 0.7
"""Likeness from which an answer is given to thanks and small talk, where a few words are like many others."""

_OWN = frozenset({Kind.IDENTITY, Kind.OFF_TOPIC, Kind.THANKS})


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
        return Reply(self._bank, brief).plan()

    def _own(self, brief: Brief) -> tuple[Slot, ...]:
        """Identity, off topic and thanks: one short answer, preferably one that stands alone."""
        for answer in brief.answers:
            if answer.score >= _OWN_FITS and not any(was_said(text, brief) for text in answer.texts):
                return (*one_slot(Part.IDENTITY, vetted(answer.texts)), *one_slot(Part.IDENTITY, vetted(answer.more)))
        answers = self._bank.pick(Part.IDENTITY, brief, answering=True)
        found = answers or self._bank.pick(Part.IDENTITY, brief, most=100)
        whole = tuple(one for one in found if len(sentences(one.text)) > 1)
        return one_slot(Part.IDENTITY, whole[:3] or found[:3])

    def _short(self, brief: Brief, cue: Cue) -> tuple[Slot, ...]:
        """Go on from what was said before: a step that was offered, more of the advice, or a word in return."""
        if cue is Cue.YES and offer_of(brief.before) is Offer.STEP:
            return self._one_step(brief)
        if cue is Cue.MORE and brief.situation.wants in ASKED and (more := self._one_step(brief)):
            return more
        if cue is Cue.SHORTER and (note := self._in_short(brief)):
            return note
        if cue is Cue.UNCLEAR and (explained := perspective_of(brief)):
            return one_slot(Part.PERSPECTIVE, explained)
        return one_slot(Part.SHORT, self._bank.pick(Part.SHORT, brief, cue=cue))

    def _in_short(self, brief: Brief) -> tuple[Slot, ...]:
        """What the card of a long answer says in one or two sentences."""
        return advice_slots(brief, brief.cards[:1], Ask.OTHER) if brief.situation.wants in ASKED else ()

    def _one_step(self, brief: Brief) -> tuple[Slot, ...]:
        steps = step_slots(brief, most=1) or one_slot(Part.ADVICE, self._bank.pick(Part.ADVICE, brief, advising=True))
        if not steps:
            return ()
        close = self._bank.pick(Part.CLOSE, brief, asking=False, advising=True)
        return (*steps, *one_slot(Part.CLOSE, close))


def _correction(brief: Brief) -> Cue | None:
    """Return ``Cue.CORRECTED`` where a message does nothing but put a fact right."""
    before = as_mapping(brief.told_before)
    changed = any(before.get(name, value) != value for name, value in as_mapping(brief.situation.facts).items())
    return Cue.CORRECTED if changed and corrects(brief.text) and read_ask(brief.text) is Ask.NOTHING else None
