"""Find what is wrong with cards that parse: length, wording, reading level, sources, near-duplicates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coach.retrieval.cards import PRACTICE
from coach.text import sentences, words
from coach.types import Card, Vector

MOST_WORDS = {"title": 14, "perspective": 30, "opening": 25, "step": 45, "closing": 20, "note": 50}
"""Longest parts of a card, in words."""

HARDEST = 8.0
"""Automated Readability Index of a card's own words: about the last year of middle school."""

ALIKE = {"cards": 0.90, "sayings": 0.92}
"""Cosine similarity from which two cards' advice, or sayings of two cards, are called near-duplicates."""

# What voice.md rules out by word; the guard judges replies, this judges what they are made of.
_BANNED = re.compile(
    r"\bi understand how you feel|\bi(?:'m| am) sorry to hear|\bit(?:'s| is) important to|\bit(?:'s| is) ok(?:ay)? to"
    r"|\bstay positive|\bblessing|\bat least you|\bhappens for a reason|\bcheer up|\bshould(?:n't)? have\b|!",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:studies|surveys?|(?:a|one) study|statistics|research (?:shows?|finds?|found|says?))\b"
    r"|\b\d+(?:\.\d+)? ?(?:%|percent|per cent)",
    re.IGNORECASE,
)
_PROMISE = re.compile(r"\bguarante|\byou will (?:get|find|be hired|succeed|soon)\b", re.IGNORECASE)
_OTHERS_WORDS = re.compile(r'"[^"]*"')

Embed = Callable[[Sequence[str]], Vector]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to mend: the card, the rule that it breaks, and how."""

    card: str
    rule: str
    text: str


def lint(cards: Sequence[Card], embed: Embed | None = None) -> list[Finding]:
    """Return what is wrong with the cards, by card; near-duplicates only with an embedder."""
    found = [finding for card in cards for finding in _one(card)]
    if embed is not None:
        found += _alike(cards, embed)
    return sorted(found, key=lambda finding: (finding.card, finding.rule, finding.text))


def reading_level(text: str) -> float:
    """Return the Automated Readability Index, 4.71 letters per word + 0.5 words per sentence - 21.43.

    It is about the school year that reads the text with ease, and needs no count of syllables.
    """
    plain = words(text)
    letters = sum(len(word) for word in plain)
    return 4.71 * letters / max(1, len(plain)) + 0.5 * len(plain) / max(1, len(sentences(text))) - 21.43


def own_parts(card: Card) -> Iterator[tuple[str, str]]:
    """Yield every part of a card that may be shown, as (name, text); sayings are the person's."""
    yield "title", card.title
    yield "perspective", card.perspective
    yield from (("opening", text) for text in card.openings)
    yield from (("step", f"{step.when}: {step.text}") for step in card.steps)
    yield "closing", card.closing
    yield "note", card.note


def _one(card: Card) -> Iterator[Finding]:
    parts = list(own_parts(card))
    for name, text in parts:
        count = len(words(text))
        if count > MOST_WORDS[name]:
            yield Finding(card=card.id, rule="length", text=f"{name} has {count} words, not {MOST_WORDS[name]}: {text}")
        for rule, pattern in (("banned", _BANNED), ("promise", _PROMISE)):
            match = pattern.search(_OTHERS_WORDS.sub("", text).replace("’", "'"))
            if match:
                yield Finding(card=card.id, rule=rule, text=f"{match.group()!r} in the {name}: {text}")
        claim = _CLAIM.search(text)
        if claim and set(card.sources) <= {PRACTICE}:
            yield Finding(card=card.id, rule="source", text=f"{claim.group()!r} without a source in the {name}: {text}")
    level = reading_level("\n".join(text for name, text in parts if name != "title"))
    if level > HARDEST:
        yield Finding(card=card.id, rule="reading level", text=f"index {level:.1f}, not {HARDEST:.0f} or less")


def _alike(cards: Sequence[Card], embed: Embed) -> Iterator[Finding]:
    advice = embed([f"{card.perspective} {card.note}" for card in cards])
    yield from _pairs([(card.id, card.title) for card in cards], advice, "cards")
    sayings = [(card.id, saying) for card in cards for saying in card.sayings]
    yield from _pairs(sayings, embed([text for _, text in sayings]), "sayings")


def _pairs(texts: Sequence[tuple[str, str]], vectors: Vector, kind: str) -> Iterator[Finding]:
    near = np.triu(vectors @ vectors.T, 1)
    for one, other in zip(*np.nonzero(near >= ALIKE[kind]), strict=True):
        (card, text), (another, same) = texts[one], texts[other]
        if card != another:
            yield Finding(
                card=card, rule=f"near-duplicate {kind}", text=f"{near[one, other]:.2f} with {another}: {text} / {same}"
            )
