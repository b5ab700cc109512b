"""Decide what belongs into a reply, and in which order. Choice is made here; wording comes later.

A plan is a row of slots. Each slot has the candidates that may fill it, the most fitting
first, so that a model chooses among true sentences only, and without a model the first
candidates make a reply by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.acts import Act
from coach.asks import Ask, Offer, may_request, offer_of, read_ask, short_cue
from coach.cues import Cue
from coach.facts.memory import as_mapping, corrects
from coach.reply.answers import OWN
from coach.reply.assembly import ADVICE_WORDS, ASKED, Reply
from coach.reply.bank import Bank
from coach.reply.notes import advice_slots, perspective_of, step_slots, was_said
from coach.reply.questions import questions
from coach.reply.recall import recalled
from coach.reply.slots import Brief, Plan, Slot, one_slot, vetted
from coach.text import sentences, words
from coach.types import Feeling, Kind, Part, Phrase, Sign

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
        cue = (short_cue(brief.text) or _correction(brief) or _cue_of(brief)) if brief.before else None
        if (brief.does(Act.RECALLS) or (brief.earlier and _RECALLS.search(brief.text))) and (
            told := recalled(brief.text, brief.earlier)
        ):
            return Plan(slots=one_slot(Part.ECHO, told), notes=())
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


def _cue_of(brief: Brief) -> Cue | None:
    """Return the short turn that a message is by what it does in the talk; None for a longer one and for any other."""
    count = len(words(brief.text))
    if count > _SHORT_TURN:
        return None
    if brief.does(Act.ASKS):
        unanswered = not any(one.score > 0 for one in brief.answers) and not questions(brief.text)
        return next((cue for cue, rule in _BRIEF_QUESTIONS if rule.search(brief.text)), None) if unanswered else None
    if brief.does(Act.DECIDES) and Sign.WANTS_TO_SEND_ANGER in brief.situation.signs:
        # Whoever is about to send something furious is not told that it is theirs to decide.
        return None
    act, cue = next(((act, cue) for act, cue in _CUES.items() if brief.does(act)), (None, None))
    if cue in _NODS and (may_request(brief.text) or set(brief.situation.feelings) - {Feeling.NONE}):
        return None
    if cue is Cue.MENDS and count > _MENDED:
        return None
    worth = brief.situation.kind not in OWN and any(one.score >= _FITS_WELL for one in brief.answers)
    if act in _UNSURELY and not brief.does_surely(act) and worth:
        return None
    perhaps = brief.act.of(Act.ASIDE) if brief.act is not None and brief.situation.kind is Kind.OFF_TOPIC else 0.0
    return cue or (Cue.ASIDE if perhaps >= _ASIDE else None)


_BRIEF_QUESTIONS = (
    (
        Cue.WHEN,
        re.compile(r"^(?:ok(?:ay)?,? |and |so |but )*(?:when|what day|how soon|by when)\b[\w ]{0,12}[?.!]*$", re.I),
    ),
    (
        Cue.SURE,
        re.compile(
            r"^(?:ok(?:ay)?,? |and |but )*(?:really|are you sure|is that true|you sure|sure|honestly)[?.!]*$", re.I
        ),
    ),
    (
        Cue.LOST,
        re.compile(
            r"^(?:ok(?:ay)?,? )?(?:and|but|or|so|even|which|what about|how about|why (?:that|not))"
            r"\b(?:\W+[\w']+){0,5}\W*$",
            re.I,
        ),
    ),
)

_NODS = frozenset({Cue.OK, Cue.DECIDED, Cue.CORRECTED, Cue.UNSURE})
"""Short turns that want nothing of the coach."""

_RECALLS = re.compile(
    r"\b(?:did i (?:say|tell|write|mention)|(?:that|which) i (?:said|told you|mentioned|wrote))\b[^.!]*\?"
    r"|^(?:and |so )?(?:what|when|who|which|where|how (?:many|much|long))\b.{0,60}\bagain\W*$",
    re.IGNORECASE,
)

_SHORT_TURN = 16
"""Most words of a message that is answered by what it does alone."""

_MENDED = 10
"""Most words of one that only makes up for a tone; a longer one tells something too."""

_ASIDE = 0.2
"""Probability from which a message of no matter of ours is met as an aside of the talk."""

_UNSURELY = frozenset({Act.UNSURE, Act.REACTS, Act.OBJECTS, Act.DECIDES, Act.CORRECTS, Act.MENDS})
_FITS_WELL = 0.35
"""Worth from which a vetted answer to a message outweighs one of these acts that is not sure."""

_CUES = {
    Act.AGREES: Cue.YES,
    Act.DECLINES: Cue.NO,
    Act.UNSURE: Cue.UNSURE,
    Act.REACTS: Cue.OK,
    Act.PUZZLED: Cue.UNCLEAR,
    Act.SHORTER: Cue.SHORTER,
    Act.MORE: Cue.MORE,
    Act.OBJECTS: Cue.OBJECTS,
    Act.MENDS: Cue.MENDS,
    Act.CORRECTS: Cue.CORRECTED,
    Act.DECIDES: Cue.DECIDED,
    Act.ASIDE: Cue.ASIDE,
    Act.BYE: Cue.BYE,
    Act.THANKS: Cue.THANKS,
    Act.RECALLS: Cue.UNTOLD,
}
