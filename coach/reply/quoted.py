"""What a person quotes in a message: taken out of their own words, or said back as the quotation it is."""

from __future__ import annotations

import re

from coach.text import QUOTED, words

LEFT_OUT = "|"
"""Stands where a quotation was."""

_LONGEST = 9
HARSH = re.compile(
    r"\b(?:flat|arrogan\w+|cold|boring|weak\w*|lack\w*|spark|dislike\w*|hate\w*|too \w+"
    r"|not (?!now|this|on this|at this|a no|yet|proceed|selected|successful)\w+"
    r"|no (?!offence|offense|hard feelings|from|longer)\w+|unfortunately"
    r"|regret|quiet|immature|difficult|feisty|hungry|old|young\w*|culture|attitude|hobby|sorry|dear)\b",
    re.IGNORECASE,
)
"""What in a quotation would hurt when it is said back."""


def without_quotations(text: str) -> str:
    """Return a text with a mark in the place of each quotation."""
    return QUOTED.sub(_mark_for, text.replace("`", "'"))


def said_as_quoted(sentence: str, message: str) -> str | None:
    """Return a sentence with marks for its quotations, or None where the message has no such quotation, or it hurts."""
    own = [words(match[0]) for match in QUOTED.finditer(sentence)]
    if not own:
        return sentence
    theirs = [words(match[0]) for match in QUOTED.finditer(message.replace("`", "'"))]
    if any(not 1 <= len(quote) <= _LONGEST or quote not in theirs or HARSH.search(" ".join(quote)) for quote in own):
        return None
    return without_quotations(sentence)


def _mark_for(quotation: re.Match[str]) -> str:
    """Return what stands for a quotation; one that ends a sentence still does."""
    after = quotation.string[quotation.end() : quotation.end() + 3]
    ends = quotation[0][-2:-1] in ".!?" and re.match(r"\s+[A-Z]", after)
    return f" {LEFT_OUT}. " if ends else f" {LEFT_OUT} "
