"""Find in what a person wrote what they ask back, as in "which month did I say?"; it is quoted, never retold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.reply.quoted import HARSH
from coach.reply.slots import Candidate
from coach.text import sentences, shortened, words
from coach.types import Origin

_LONGEST = 160
_FUNCTION = frozenset(
    words(
        """the and but for was were did does what when where which who whom how many much say said tell told
        you your that this it its of in on at to a an i me my we us our is are be been have has had
        do with from again earlier before just about name named called date day month year time
        number first last thing remind remember forgot forget mention mentioned write wrote written
        ask asked not no yes so then there they them their he him his she her as or if by will would
        could can sorry please"""
    )
)
_KINDS = (
    (
        re.compile(r"\b(?:when|date|day|month|deadline|year|time)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:\d{1,2}(?:st|nd|rd|th|:\d\d)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february"
            r"|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
            r"|dec|today|yesterday|tomorrow|week|month|spring|summer|autumn|winter|easter|christmas)\b",
            re.IGNORECASE,
        ),
    ),
    (re.compile(r"\b(?:name|named|called|who)\b", re.IGNORECASE), re.compile(r"(?<=\w )[A-Z][a-z]+|\bcalled\b")),
    (
        re.compile(r"\bhow (?:many|much|long)\b|\bnumber\b", re.IGNORECASE),
        re.compile(
            r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|twice|once)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What a question asks for by its words, and what a sentence that answers it has."""


def recalled(question: str, earlier: Sequence[str]) -> tuple[Candidate, ...]:
    """Return the person's sentence that answers a question about what they wrote; empty where none surely does.

    Args:
        question: What they ask.
        earlier: Their messages, oldest first.
    """
    asked = _content(question)
    wanted = [has for asks, has in _KINDS if asks.search(question)]
    found = [
        (len(asked & _content(sentence)) + any(has.search(sentence) for has in wanted), place, sentence)
        for place, sentence in enumerate(one for text in earlier for one in sentences(text))
        if not (sentence.rstrip().endswith("?") or HARSH.search(sentence))
        and asked & _content(sentence)
        and (not wanted or any(has.search(sentence) for has in wanted))
    ]
    if not found:
        return ()
    _, _, best = max(found)
    quoted = shortened(best.strip(), _LONGEST).replace('"', "'")
    return (Candidate(text=f'You wrote: "{quoted}"', origin=Origin.YOURS),)


def _content(text: str) -> frozenset[str]:
    """Return the first letters of words that say something, so that "opens" finds "opening"."""
    return frozenset(word[:_STEM] for word in words(text) if word not in _FUNCTION)


_STEM = 5
