"""Put the length of the work that is offered right."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief

MONTHS = re.compile(r"\b(?P<number>\d+|\w+)[- ]month\b", re.IGNORECASE)


_OR_RATHER = re.compile(r"\b(?:no|sorry|rather|wait|actually)[, ]+(?:it'?s )?(?P<number>\d+)\b", re.IGNORECASE)


def with_months(brief: DraftBrief, text: str, number: str) -> DraftBrief:
    """Return the brief with the length of the work that is offered."""
    if (rather := _OR_RATHER.search(text)) is not None:
        number = rather["number"]
    return replace(
        brief,
        facts=tuple(
            replace(fact, value=f"{number}-month {re.sub(r'^[0-9]+-month ', '', fact.value)}")
            if fact.name == "work"
            else fact
            for fact in brief.facts
        ),
    )
