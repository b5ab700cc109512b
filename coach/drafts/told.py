"""What the drafts are told of a message, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coach.acts import ActReading
from coach.draft import DraftBrief, DraftFact
from coach.drafts.classifier import DraftReading
from coach.events import Draft, Withheld
from coach.types import Situation


@dataclass(frozen=True, kw_only=True)
class DraftAnswer:
    """What a turn about a draft shows.

    ``before`` are vetted sentences of the coach. ``draft`` is the draft that stands from now on; None where there is
    none any more, or the message is no reason for one. ``hot`` is an angry message to be kept, with no address.
    ``undone`` says that the draft is the version before, ``called_off`` that none stands any more.
    """

    before: str
    draft: Draft | None = None
    withheld: tuple[Withheld, ...] = ()
    hot: str = ""
    undone: bool = False
    called_off: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message with all that goes with it: what was said before, what was understood, what was put right by hand."""

    text: str
    said: tuple[str, ...]
    situation: Situation | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    reading: DraftReading | None = None
    act: ActReading | None = None

    @property
    def every(self) -> list[str]:
        """All messages, the newest last."""
        return [*self.said, self.text]

    def put_right(self, brief: DraftBrief) -> DraftBrief:
        """Return the brief with the facts that the person put right by hand."""
        facts = {fact.name: fact for fact in brief.facts}
        for name, value in self.fixed.items():
            if (own := _FIXED.get(name)) is not None:
                facts[own] = DraftFact(name=own, value=value)
        return replace(brief, facts=tuple(facts.values()))


_FIXED = {"company": "company", "role": "role", "stage": "stage", "person": "recipient"}
"""Facts of a conversation by the names that they have in a draft."""
