"""The row of slots of a reply, while it is put together: what can be added to it, with what stands there in view."""

from __future__ import annotations

from collections.abc import Sequence

from coach.reply.bank import Bank
from coach.reply.notes import perspective_of
from coach.reply.particular import particular_echoes, says_enough
from coach.reply.slots import Brief, Candidate, Slot, one_slot
from coach.text import words
from coach.types import FoundCard, Origin, Part, Sign

_ECHO_WORDS = 10
"""Words that an echo has, about; it is written after the plan is made."""


class Row:
    """The slots of a reply in their order, as far as they stand."""

    def __init__(self, bank: Bank, brief: Brief) -> None:
        self.slots: list[Slot] = []
        self._bank = bank
        self._brief = brief

    @property
    def taken(self) -> tuple[str, ...]:
        """Every text that may be shown."""
        return tuple(candidate.text for slot in self.slots for candidate in slot.candidates)

    def has(self, part: Part) -> bool:
        """Whether there is a slot of that part."""
        return any(slot.part is part for slot in self.slots)

    def length(self) -> int:
        """Return about how many words the reply has."""
        return sum(
            len(words(slot.candidates[0].text)) if slot.candidates else _ECHO_WORDS * (slot.echo and not slot.answered)
            for slot in self.slots
        )

    def add(self, part: Part, *, before: Part | None = None, needs: Sign | None = None) -> None:
        """Add phrases of the bank at the end, or before the first slot of another part."""
        found = self._bank.pick(
            part, self._brief, taken=self.taken, advising=self.has(Part.ADVICE), asking=False, needs=needs
        )
        place = next((at for at, slot in enumerate(self.slots) if slot.part is before), len(self.slots))
        self.slots[place:place] = one_slot(part, found)

    def answer(self) -> bool:
        """Answer a direct question, where the bank has an answer to it, and return whether it has."""
        found = self._bank.pick(Part.OPENING, self._brief, answering=True, taken=self.taken)
        self.slots += one_slot(Part.OPENING, found)
        return bool(found)

    def echo(self, *, opening: bool = True) -> None:
        """Say the person's words back, by rules or by the model; where neither can, the bank may open."""
        brief = self._brief
        built = [text for text in particular_echoes(brief.text) if text not in brief.said]
        answered = bool(self.slots)
        if answered:
            # After an answer, the question is not said back, and neither is what everybody here could say.
            built = [text for text in built if says_enough(text, (), answered=True)]
        candidates = tuple(Candidate(text=text, origin=Origin.YOURS) for text in built)
        if opening and not candidates and not answered and not brief.before:
            candidates = self._bank.pick(Part.OPENING, brief, taken=self.taken)
        self.slots.append(Slot(part=Part.ECHO, candidates=candidates, echo=True, answered=answered))

    def perspective(self, cards: Sequence[FoundCard]) -> None:
        """Add a perspective from a card that fits closely, or else from the bank."""
        card = perspective_of(self._brief, cards)
        self.slots += one_slot(Part.PERSPECTIVE, card)
        if not card:
            self.add(Part.PERSPECTIVE)
