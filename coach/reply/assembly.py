"""Puts a reply about a rejection together, part by part, in the order that its kind asks for."""

from __future__ import annotations

from coach.acts import Act, Tone
from coach.asks import Ask, Offer, may_request, offer_of, read_ask
from coach.cues import Cue
from coach.reply.answers import FoundAnswer
from coach.reply.bank import Bank, offers_a_step
from coach.reply.notes import FITS_CLOSELY, advice_slots, fitting, was_said
from coach.reply.row import Row
from coach.reply.slots import Brief, Plan, Slot, one_slot, vetted
from coach.text import words
from coach.types import Feeling, Kind, Part, Sign, Stage, Wants

COMFORT_WORDS = (25, 60)
"""Fewest and most words for someone who is hurting."""

ADVICE_WORDS = (40, 100)
"""The same for someone who asked how."""

SHORT_WORDS = 18
"""Fewest words in answer to a short message in the middle of a talk."""

ASKED = frozenset({Wants.ADVICE, Wants.PLAN, Wants.DECISION, Wants.DRAFT})
"""Wishes of somebody who wants to know what to do."""

SECOND_FITS = 0.65
"""Worth from which a second answer is taken into a reply beside the first."""

_GENERAL_FITS = 0.62
"""Score from which a card's advice is nearer to a question than what can be said to any question of its kind."""

_ANSWER_WORDS = 80
_SHORT_WORDS = 12


def _ask_of(brief: Brief) -> Ask:
    """Return what a message asks for by its words; a later one may ask without them ("can u get in with a 3")."""
    ask = read_ask(brief.text)
    return Ask.OTHER if ask is Ask.NOTHING and brief.does(Act.ASKS) else ask


def _word_for(brief: Brief) -> Cue:
    """Return what kind of word fits what was told: where its tone is unsure, one that fits anything."""
    tones = brief.act.tones if brief.act is not None else {}
    return next((cue for tone, cue in _TONES.items() if tones.get(tone, 0.0) >= _SURELY), Cue.TOLD)


_TONES = {Tone.HEAVY: Cue.TOLD_HEAVY, Tone.LIGHT: Cue.TOLD_LIGHT}
_SURELY = 0.9
"""Share from which a tone is answered; from there 17 of 19 development turns called heavy are (21 of 26 from .85)."""


class Reply:
    """A reply about a rejection, put together part by part."""

    def __init__(self, bank: Bank, brief: Brief) -> None:
        self._bank = bank
        self._brief = brief
        self._situation = brief.situation
        self._ask = _ask_of(brief)
        self._row = Row(bank, brief)
        self._feels = bool(set(self._situation.feelings) - {Feeling.NONE})
        self._goes_on = bool(brief.before) and len(words(brief.text)) <= _SHORT_WORDS
        self._refused = Sign.NO_ADVICE in self._situation.signs or self._situation.kind is Kind.REFUSES_ADVICE
        asks = self._ask is not Ask.NOTHING or self._situation.wants is Wants.PLAN
        self._advised = self._situation.wants in ASKED and asks and not self._refused
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
        found = self._found()
        # Who asks whether gets a yes or a no first; the bank's word on a line of a letter is none.
        general = found is not None and found.score == 0 and self._situation.wants is not Wants.DECISION
        if found is not None and not (general and self._bank_answers()):
            return self._answered(found)
        if self._only_goes_on() and (slots := self._told()):
            return Plan(slots=slots, notes=())
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
        return Plan(slots=tuple(self._row.slots), notes=notes, most_words=most)

    def _found(self) -> FoundAnswer | None:
        """The vetted answer to build on; where something is asked, a word on what is told does not do."""
        unused = [one for one in self._brief.answers if not self._was_used(one)]
        likely = self._brief.act.act if self._brief.act is not None else None
        if self._ask is not Ask.NOTHING and ("?" in self._brief.text or likely is Act.ASKS):
            unused = [one for one in unused if one.question]
        return next(iter(unused), None)

    def _bank_answers(self) -> bool:
        """Whether the bank has an answer to a line or a matter that the message names, which a general one has not."""
        return bool(self._bank.pick(Part.OPENING, self._brief, answering=True))

    def _answered(self, found: FoundAnswer) -> Plan:
        """The plan around a vetted answer to just what the message asks or tells.

        An answer to a question comes first. What is said of an event comes after the person's own words for it.
        """
        asks = self._ask is not Ask.NOTHING or "?" in self._brief.text or self._situation.wants in ASKED
        leads = found.question and (asks or self._situation.kind is Kind.BLAME_BAIT)
        texts = one_slot(Part.OPENING if leads else Part.PERSPECTIVE, vetted(found.texts))
        if leads:
            self._row.slots += texts
        self._row.echo(opening=False)
        if self._feels:
            self._row.add(Part.FEELING)
        if not leads:
            self._row.slots += texts
        # A word on what else was told would come between the answer and what to do.
        second = None if leads else self._second(found)
        if second is not None:
            self._row.slots += one_slot(Part.PERSPECTIVE, vetted(second.texts))
        if found.more and second is None:
            self._row.slots += one_slot(Part.PERSPECTIVE, vetted(found.more))
        steps = self._steps(found) if leads or self._advised else ()
        if not steps and len(found.more) > 1 and self._row.length() < COMFORT_WORDS[0]:
            self._row.slots += one_slot(Part.PERSPECTIVE, vetted(found.more))
        self._row.slots += steps
        # One more piece of a story, met in its point, needs no close: the talk goes on by itself.
        if steps or not (leads or (self._brief.before and self._only_goes_on())):
            self._close(drafting=leads)
        return Plan(slots=tuple(self._row.slots), notes=(), most_words=ADVICE_WORDS[1] if steps else _ANSWER_WORDS)

    def _steps(self, found: FoundAnswer) -> tuple[Slot, ...]:
        """What the person may do: a card's steps where they asked for steps, else what goes with the answer."""
        if self._refused:
            return ()
        general = found.score == 0
        least = _GENERAL_FITS if general else FITS_CLOSELY
        close = [card for card in self._cards if card.score >= least]
        if self._ask is Ask.STEPS or general or not found.steps:
            by_card = advice_slots(self._brief, close, self._ask) if self._advised else ()
            if by_card:
                return by_card
        return one_slot(Part.ADVICE, vetted(found.steps))

    def _second(self, first: FoundAnswer) -> FoundAnswer | None:
        """What else the message tells that there is a fitting word for."""
        if first.alone:
            return None
        others = (one for one in self._brief.answers if one.id != first.id and not (one.question or one.alone))
        return next((one for one in others if one.score >= SECOND_FITS and not self._was_used(one)), None)

    def _was_used(self, found: FoundAnswer) -> bool:
        return any(was_said(text, self._brief) for text in found.texts)

    def _only_goes_on(self) -> bool:
        """Whether a later message tells more, and neither asks nor shows a feeling: general words would miss it."""
        act = self._brief.act
        if act is None or self._feels or self._advised or self._ask is not Ask.NOTHING or may_request(self._brief.text):
            return False
        pasted = Sign.PASTED_EMAIL in (self._brief.fresh or frozenset())
        return not pasted and Sign.WANTS_TO_SEND_ANGER not in self._situation.signs

    def _told(self) -> tuple[Slot, ...]:
        """What a further piece of a story is met with: it is said back, and a word that fits whatever was told."""
        asking = not (self._brief.before.rstrip().endswith("?") or self._refused)
        word = self._bank.pick(Part.SHORT, self._brief, cue=_word_for(self._brief), asking=asking)
        self._row.echo(opening=False)
        return (*self._row.slots, *one_slot(Part.SHORT, word)) if word else ()

    def _comfort(self) -> None:
        self._row.answer()
        self._row.echo()
        if self._goes_on and not self._feels:
            # Later in a talk not every reply has the same shape.
            self._row.add(Part.PERSPECTIVE)
            return
        self._row.add(Part.FEELING)
        self._row.perspective(self._cards)

    def _advice(self) -> None:
        answered = self._row.answer()
        self._row.echo()
        if self._feels:
            self._row.add(Part.FEELING)
        added = self._topical() or advice_slots(self._brief, self._cards, self._ask)
        self._row.slots += added
        if not added:
            self._row.add(Part.ADVICE)
            self._row.add(Part.ADVICE)
        if not answered or not added:
            self._row.add(Part.PERSPECTIVE, before=Part.ADVICE)

    def _topical(self) -> tuple[Slot, ...]:
        """Advice of the bank on just what the message is about, where no card fits closely."""
        if self._cards and self._cards[0].score >= FITS_CLOSELY:
            return ()
        found = self._bank.pick(Part.ADVICE, self._brief, answering=True, asking=False)
        first = one_slot(Part.ADVICE, found)
        more = self._bank.pick(
            Part.ADVICE, self._brief, answering=True, asking=False, taken=[candidate.text for candidate in found]
        )
        return (*first, *one_slot(Part.ADVICE, more)) if found else ()

    def _refusal(self) -> None:
        self._row.echo()
        self._row.add(Part.FEELING)
        self._row.add(Part.PERSPECTIVE)

    def _anger(self) -> None:
        """Anger is met, its cost is said, and sending is put off; nobody is told what to feel."""
        self._row.answer()
        self._row.echo()
        self._row.add(Part.FEELING)
        self._row.add(Part.PERSPECTIVE)
        if self._refused:
            return
        if Sign.WANTS_TO_SEND_ANGER in self._situation.signs or self._advised:
            self._row.slots += advice_slots(self._brief, self._cards[:1], Ask.OTHER)
            self._row.add(Part.ADVICE)

    def _letter(self) -> None:
        """What the message says, what it does not say, whether a door is open, and one move."""
        self._row.answer()
        if self._feels:
            self._row.add(Part.FEELING)
        elif Sign.PASTED_EMAIL not in self._situation.signs:
            self._row.echo()
        self._row.add(Part.PERSPECTIVE)
        if Sign.OFFERS_DOOR_OPEN in self._situation.signs:
            self._row.add(Part.PERSPECTIVE, needs=Sign.OFFERS_DOOR_OPEN)
        else:
            self._row.add(Part.PERSPECTIVE)
        if self._refused:
            return
        notes = advice_slots(self._brief, self._cards[:1], Ask.OTHER)
        self._row.slots += notes
        if not notes:
            self._row.add(Part.ADVICE)

    def _bait(self) -> None:
        """Neither agreement nor argument: what is underneath, the decision apart from the person, one next thing."""
        self._row.answer()
        self._row.echo()
        self._row.add(Part.FEELING)
        self._row.perspective(self._cards)
        if self._advised:
            self._row.slots += advice_slots(self._brief, self._cards, self._ask)

    def _fill_up(self, least: int) -> None:
        """Add a sentence or two where a reply would be thin."""
        for _ in range(2):
            if self._row.length() >= least - 8:
                return
            fresh = self._situation.stage in (Stage.MINUTES, Stage.HOURS) and not self._refused
            if (self._advised or fresh) and not self._row.has(Part.ADVICE):
                self._row.add(Part.ADVICE)
            else:
                self._row.add(Part.PERSPECTIVE, before=Part.ADVICE)

    def _close(self, *, drafting: bool = False) -> None:
        """Close a reply; with ``drafting`` only by the offer of a draft."""
        asked_before = self._brief.before.rstrip().endswith("?")
        asking = not (asked_before and not self._advised) and not self._refused
        found = self._bank.pick(
            Part.CLOSE, self._brief, taken=self._row.taken, asking=asking, advising=self._row.has(Part.ADVICE)
        )
        if drafting:
            found = tuple(one for one in found if offer_of(one.text) is Offer.DRAFT)
        if self._refused:
            found = tuple(one for one in found if not offers_a_step(one.text))
        lead = "\n\n" if any(slot.lead == "\n" for slot in self._row.slots) else " "
        self._row.slots += one_slot(Part.CLOSE, found, lead=lead)
