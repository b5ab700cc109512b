"""Mends a brief whose draft the guard stopped: what made the flaw is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.guard import Flaw


def mended(brief: DraftBrief, flaw: Flaw) -> DraftBrief:
    """Return the brief without what made a flaw."""
    if flaw.reason in ("invented", "rude", "leak", "demand", "flattery", "closes_door", "tone"):
        bad = {word.lower() for word in re.findall(r"\w+", flaw.words)}

        def clean(each: str) -> bool:
            return not bad & {word.lower() for word in re.findall(r"\w+", each)}

        def without_phrase(each: str) -> bool:
            return flaw.words.lower() not in each.lower()

        # The whole phrase first: "you have to" shares a word with every sentence.
        mended = _kept(brief, without_phrase) if flaw.words.strip() else brief
        if mended == brief:
            mended = _kept(brief, clean)
        if mended == brief:
            mended = replace(brief, facts=tuple(fact for fact in brief.facts if clean(fact.value)))
        return mended
    if flaw.reason == "asks":
        return replace(brief, asked=brief.asked[: max(1, len(brief.asked) - 1)])
    if flaw.reason == "length":
        return replace(brief, short=brief.short + 1, said=brief.said[:-1] if brief.short else brief.said)
    return brief


def _kept(brief: DraftBrief, fits: Callable[[str], bool]) -> DraftBrief:
    """Return the brief with those of the person's sentences and questions that fit."""
    return replace(
        brief,
        said=tuple(each for each in brief.said if fits(each)),
        asked=tuple(each for each in brief.asked if fits(each)),
    )
