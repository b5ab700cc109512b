"""Writes a reply: walks the plan, lets the model write or choose, shows what the guard passes.

The same walk without a model is the floor: the first candidate of each slot.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from coach.errors import ModelError
from coach.events import Sentence, Withheld
from coach.llm.base import Stopped, Writing
from coach.reply.guard import GuardVerdict, vet_echo, vet_free, vet_vetted
from coach.reply.plan import Brief, Candidate, Plan, Slot
from coach.safety.output import unsafe_output
from coach.text import sentences, words
from coach.types import Fault, Origin, Part

ECHO_TOKENS = 32
SHORTEST_ECHO = 4
FREE_SENTENCES = 7
FREE_WORDS = 100


@dataclass(kw_only=True)
class Walk:
    """One reply on its way.

    Args:
        brief: What the turn is about.
        plan: What belongs into the reply.
        writing: The model's open reply; None for the floor.
        stopped: Whether to end now.
    """

    brief: Brief
    plan: Plan
    writing: Writing | None
    stopped: Stopped

    def __post_init__(self) -> None:
        self._said: set[str] = set()
        self._first = True

    def guided(self) -> Iterator[Sentence | Withheld]:
        """Fill the plan's slots: a checked echo, then vetted text chosen by the model."""
        for slot in self.plan.slots:
            if self.stopped():
                return
            if slot.echo and self.writing is not None:
                echoed = yield from self._own_echo(self.writing, slot)
                if echoed:
                    continue
            yield from self._chosen(slot)

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
                verdict = vet_free(text, self.brief.text, self.plan.notes, self._all_said)
                if verdict.passes and unsafe_output(text):
                    verdict = GuardVerdict(origin=verdict.origin, fault=Fault.UNSAFE)
                if verdict.passes:
                    break
                yield Withheld(text=text, reason=_reason(verdict))
                writing.rollback()
            if not verdict.passes:
                return
            shown, length, asked = shown + 1, length + len(words(text)), asked + text.endswith("?")
            yield self._show(text, Part.WHOLE, verdict.origin, " ", decoded=True)

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
        verdict = vet_echo(text, self.brief.text, self._all_said) if text else None
        if text and verdict is not None and verdict.passes:
            yield self._show(text, slot.part, Origin.YOURS, slot.lead, decoded=True)
            return True
        if text and verdict is not None:
            yield Withheld(text=text, reason=_reason(verdict))
        writing.rollback()
        return False

    def _chosen(self, slot: Slot) -> Iterator[Sentence | Withheld]:
        candidates = slot.candidates
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

    def _candidate(self, candidate: Candidate, slot: Slot, *, decoded: bool) -> Iterator[Sentence | Withheld]:
        whole = candidate.origin is Origin.DRAFT or slot.lead == "\n"
        lead = slot.lead
        for text in [candidate.text] if whole else sentences(candidate.text):
            verdict = vet_vetted(text, candidate.origin, self._all_said)
            if not verdict.passes:
                yield Withheld(text=text, reason=_reason(verdict))
                continue
            yield self._show(text, slot.part, candidate.origin, lead, decoded=decoded, card_id=candidate.card_id)
            lead = " "

    def _show(
        self, text: str, part: Part, origin: Origin, lead: str, *, decoded: bool, card_id: str | None = None
    ) -> Sentence:
        self._said.add(text)
        lead, self._first = ("" if self._first else lead), False
        return Sentence(text=text, lead=lead, origin=origin, part=part, decoded=decoded, card_id=card_id)


def _reason(verdict: GuardVerdict) -> str:
    return (verdict.fault or Fault.BROKEN).value
