"""Writes a reply: walks the plan, lets the model write or choose, shows what the guard passes.

The same walk without a model is the floor: the first candidate of each slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass

from coach.errors import ModelError
from coach.events import Sentence, Withheld
from coach.llm.base import Stopped, Writing
from coach.reply.classifier import Classifier
from coach.reply.echo import said_back
from coach.reply.guard import GuardVerdict, Judge, vet_echo, vet_free, vet_vetted
from coach.reply.particular import says_enough
from coach.reply.slots import Brief, Candidate, Plan, Slot
from coach.text import alike, sentences, words
from coach.types import Fault, Origin, Part, Vector

ECHO_TOKENS = 32
SHORTEST_ECHO = 4
FREE_SENTENCES = 7
FREE_WORDS = 100

_BEGINS_WITH_I = re.compile(r"I(?:'\w+)?\s")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What judges sentences in the model's own words.

    Args:
        classifier: The guard's classifier.
        message: The message's unit vector, shape (dimensions,).
        embed: Returns a sentence's unit vector; None when stopped first.
        pair: Returns the share of each label for a sentence under the message; None where nothing reads pairs.
    """

    classifier: Classifier
    message: Vector
    embed: Callable[[str], Vector | None]
    pair: Callable[[str], Mapping[str, float] | None] = lambda _sentence: None


@dataclass(kw_only=True)
class Walk:
    """One reply on its way.

    Args:
        brief: What the turn is about.
        plan: What belongs into the reply.
        writing: The model's open reply; None for the floor.
        stopped: Whether to end now.
        tuned: Whether the model is one that says the person's words back well.
        guarded: Whether what the model wrote is checked.
        wording: Needed where the model writes freely; the rules alone judge without it.
    """

    brief: Brief
    plan: Plan
    writing: Writing | None
    stopped: Stopped
    tuned: bool = False
    guarded: bool = True
    wording: Wording | None = None

    def __post_init__(self) -> None:
        self._said: set[str] = set()
        self._first = True
        self._words = 0
        self._asked = False

    def guided(self) -> Iterator[Sentence | Withheld]:
        """Fill the plan's slots: a checked echo, then vetted text chosen by the model."""
        for slot in self.plan.slots:
            if self.stopped():
                return
            if self._is_too_much(slot):
                continue
            if slot.echo and self.writing is not None and self._may_try(slot):
                echoed = yield from self._own_echo(self.writing, slot)
                if echoed:
                    continue
            yield from self._chosen(slot)

    def _may_try(self, slot: Slot) -> bool:
        """Whether the model may write an echo: a weak one where nothing else says the person's words back."""
        return self.tuned or not (slot.answered or any(one.origin is Origin.YOURS for one in slot.candidates))

    def _is_too_much(self, slot: Slot) -> bool:
        """Whether a slot would make the reply too long; what closes it is short and may come all the same."""
        if slot.part in (Part.CLOSE, Part.WHOLE) or not slot.candidates:
            return False
        return self._words + min(len(words(one.text)) for one in slot.candidates) > self.plan.most_words

    def free(self, writing: Writing) -> Iterator[Sentence | Withheld]:
        """Let the model write in its own words under the full guard; a failed sentence is tried once more."""
        shown = asked = 0
        length = 0
        while shown < FREE_SENTENCES and length < FREE_WORDS and not asked and not self.stopped():
            text, verdict = "", GuardVerdict(origin=Origin.FREE)
            for fresh in (False, True):
                text = writing.sentence(fresh=fresh)
                if not text:
                    return
                verdict = self._vet_free(text)
                if verdict.passes or not self.guarded:
                    break
                yield Withheld(text=text, reason=_reason(verdict))
                writing.rollback()
            if not verdict.passes and self.guarded:
                return
            shown, length, asked = shown + 1, length + len(words(text)), asked + text.endswith("?")
            yield self._show(text, Part.WHOLE, verdict.origin, " ", decoded=True)

    def _vet_free(self, text: str) -> GuardVerdict:
        wording, judge = self.wording, None
        if wording is not None:
            vector = wording.embed(text)
            if vector is None:
                # Stopped: what nobody judged, nobody sees.
                return GuardVerdict(origin=Origin.FREE, fault=Fault.BROKEN)
            judge = Judge(
                classifier=wording.classifier, sentence=vector, message=wording.message, pair=wording.pair(text)
            )
        return vet_free(text, self.brief.text, self.plan.notes, self._all_said, judge)

    @property
    def _all_said(self) -> frozenset[str]:
        return self.brief.said | self._said

    def _own_echo(self, writing: Writing, slot: Slot) -> Generator[Sentence | Withheld, None, bool]:
        """Let the model say the person's words back; the generator's value tells whether that was shown."""
        if len(words(self.brief.text)) < SHORTEST_ECHO:
            return False
        text = writing.sentence(max_tokens=ECHO_TOKENS)
        if self.stopped():
            return True
        verdict = self._vet_echo(text, slot)
        if text and (verdict.passes or not self.guarded):
            yield self._show(text, slot.part, Origin.YOURS, slot.lead, decoded=True)
            return True
        if text:
            yield Withheld(text=text, reason=_reason(verdict))
        writing.rollback()
        mended = said_back(text) if text else None
        if mended is None or not self._vet_echo(mended, slot).passes:
            return False
        writing.append(mended)
        yield self._show(mended, slot.part, Origin.YOURS, slot.lead, decoded=False)
        return True

    def _vet_echo(self, text: str, slot: Slot) -> GuardVerdict:
        """Judge an echo: true, and with something to say where a better one is at hand or an answer came before."""
        verdict = vet_echo(text, self.brief.text, self._all_said)
        told = [one.text for one in slot.candidates if one.origin is Origin.YOURS]
        if verdict.passes and not says_enough(text, told, answered=slot.answered):
            return GuardVerdict(origin=Origin.YOURS, fault=Fault.MISFIT)
        return verdict

    def _chosen(self, slot: Slot) -> Iterator[Sentence | Withheld]:
        candidates = tuple(one for one in slot.candidates if self._may_follow(one))
        if not candidates:
            return
        if self._first:
            # A reply begins with the person, where it can.
            candidates = tuple(one for one in candidates if not _BEGINS_WITH_I.match(one.text)) or candidates
        decoded = False
        position = 0
        if self.writing is not None:
            try:
                if len(candidates) > 1:
                    position = self.writing.choose([candidate.text for candidate in candidates])
                    decoded = True
                else:
                    self.writing.append(candidates[0].text)
            except ModelError:
                # What the model cannot finish, the floor does.
                self.writing, decoded, position = None, False, 0
        if position < 0 or self.stopped():
            return
        yield from self._candidate(candidates[position], slot, decoded=decoded)

    def _may_follow(self, candidate: Candidate) -> bool:
        """The last check on the whole reply: something new in it, and one question at most."""
        if candidate.origin is Origin.DRAFT:
            return True
        new = [text for text in sentences(candidate.text) if not self._was_said(text)]
        return bool(new) and candidate.text not in self._all_said and not (self._asked and "?" in candidate.text)

    def _was_said(self, text: str) -> bool:
        """Whether a sentence was shown in this conversation, or nearly the same words in this reply."""
        return text in self._all_said or any(alike(text, one) for one in self._said)

    def _candidate(self, candidate: Candidate, slot: Slot, *, decoded: bool) -> Iterator[Sentence | Withheld]:
        draft = candidate.origin is Origin.DRAFT
        whole = draft or slot.lead == "\n"
        lead = slot.lead
        for text in [candidate.text] if whole else sentences(candidate.text):
            verdict = vet_vetted(text, candidate.origin, self._all_said)
            if not verdict.passes or (not draft and self._was_said(text)):
                yield Withheld(text=text, reason=Fault.REPEAT.value)
                continue
            yield self._show(text, slot.part, candidate.origin, lead, decoded=decoded, card_id=candidate.card_id)
            lead = " "

    def _show(
        self, text: str, part: Part, origin: Origin, lead: str, *, decoded: bool, card_id: str | None = None
    ) -> Sentence:
        self._said.add(text)
        if origin is not Origin.DRAFT:
            self._words += len(words(text))
            self._asked = self._asked or "?" in text
        lead, self._first = ("" if self._first else lead), False
        return Sentence(text=text, lead=lead, origin=origin, part=part, decoded=decoded, card_id=card_id)


def _reason(verdict: GuardVerdict) -> str:
    return (verdict.fault or Fault.BROKEN).value
