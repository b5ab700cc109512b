"""Cuts a message into the passages that the safety gate looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.text import sentences

_MOST_WORDS = 40
_STEP = 25


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A part of a message, with its place in it as (start, end)."""

    text: str
    start: int
    end: int


def passages(text: str) -> list[Passage]:
    """Return every sentence of a message; one without marks for 40 words is cut into overlapping parts."""
    found: list[Passage] = []
    cursor = 0
    for sentence in sentences(text):
        start = text.find(sentence, cursor)
        start = cursor if start < 0 else start
        cursor = start + len(sentence)
        found.extend(_cut(sentence, start))
    return found


def neighbours(parts: Sequence[Passage], text: str) -> list[Passage]:
    """Return each pair of passages that follow one another, as one passage."""
    return [
        Passage(text=text[one.start : other.end], start=one.start, end=other.end)
        for one, other in pairwise(parts)
        if len(one.text.split()) + len(other.text.split()) <= 2 * _MOST_WORDS
    ]


def _cut(sentence: str, start: int) -> list[Passage]:
    words = sentence.split()
    if len(words) <= _MOST_WORDS:
        return [Passage(text=sentence, start=start, end=start + len(sentence))]
    places: list[tuple[int, int]] = []
    cursor = 0
    for word in words:
        at = sentence.index(word, cursor)
        cursor = at + len(word)
        places.append((at, cursor))
    cuts = range(0, max(1, len(words) - _MOST_WORDS + _STEP), _STEP)
    spans = [(places[first][0], places[min(first + _MOST_WORDS, len(words)) - 1][1]) for first in cuts]
    return [Passage(text=sentence[a:b], start=start + a, end=start + b) for a, b in spans]
