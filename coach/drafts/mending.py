"""Mends a brief whose draft the guard stopped: what made the flaw is left out."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.guard import Flaw


def mended(brief: DraftBrief, flaw: Flaw) -> DraftBrief:
    """Return the brief without what made a flaw."""
    if flaw.reason in ("invented", "rude", "leak", "demand", "flattery", "closes_door", "tone"):
        bad = {word.lower() for word in re.findall(r"\w+", flaw.words)}

        def clean(each: str) -> bool:
            return not bad & {word.lower() for word in re.findall(r"\w+", each)}

        mended = replace(
            brief,
            said=tuple(each for each in brief.said if clean(each)),
            asked=tuple(each for each in brief.asked if clean(each)),
        )
        if mended == brief:
            mended = replace(brief, facts=tuple(fact for fact in brief.facts if clean(fact.value)))
        return mended
    if flaw.reason == "asks":
        return replace(brief, asked=brief.asked[: max(1, len(brief.asked) - 1)])
    if flaw.reason == "length":
        return replace(brief, short=brief.short + 1, said=brief.said[:-1] if brief.short else brief.said)
    return brief
