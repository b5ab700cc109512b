"""Finds the vetted answers that fit a message.

Those whose ``asks`` are nearest to the message are weighed by a linear model that ``training.answers`` learns from
graded pairs: by likeness, the entry's patterns, common words, and what kind of message the entry is for. Below a value
that was measured, none is used. For thanks and small talk, patterns and likeness decide alone.
"""

from __future__ import annotations

import hashlib
import math
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from coach.asks import Ask, read_ask
from coach.errors import CoachError
from coach.reply.answers import OWN, Answer, FoundAnswer, filled, held_by, suits
from coach.text import shortened, words
from coach.types import Kind, Situation, Vector, Vectors, Wants

Embed = Callable[[Sequence[str]], Vector]

WORTH, WORTH_UNHELD = 0.15, 0.35
"""Values from which an entry is used, where all of its patterns hold and where not: that it fits counts .7, that it
fits at least partly .3. Chosen on the graded pairs of ``data/answers/dev.jsonl`` and by reading (docs/quality.md)."""

SIGNALS = 6
SCALE = 400.0
"""Unit vectors are stored as whole numbers of 1 / SCALE."""

_FITS_WEIGHT = 0.7
_NEAREST = 60
"""Entries that are weighed."""

_CLOSE = 0.58
"""Cosine similarity from which an entry fits thanks or small talk, beside its patterns."""

_SURE = 0.92
"""Likeness from which one of an entry's patterns is enough there: hardly a word is different."""

_TELLS_ONLY = 0.15
"""How much less an answer to a question counts for a sentence that asks nothing."""

_ALWAYS_ASKS = frozenset({Kind.DECODE_EMAIL, Kind.BLAME_BAIT})
"""Kinds that want an answer also where nothing in the message is put as a question."""

_READ = 4_000
_NO_REPLY = re.compile(
    r"\b(?:no|do not|don't)[- ]?reply\b(?= ?(?:address|e?-?mail|account|box|@|line|sender))", re.IGNORECASE
)
"""An address that nobody reads; "reply" in it is nothing that was written or asked for."""


class Learnt:
    """What was learnt about answers and graded pairs.

    Args:
        path: File made by ``training.answers``.

    Raises:
        CoachError: The file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                self.weights = stored["weights"].astype(np.float32)
                self._key = str(stored["key"])
                vectors = stored["vectors"].astype(np.float32)
                self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
                names, wishes = stored["kinds"].tolist(), stored["wants"].tolist()
                rows = zip(
                    stored["ids"].tolist(), stored["of_kinds"].tolist(), stored["of_wants"].tolist(), strict=True
                )
                self._for = {
                    entry: (dict(zip(names, kinds, strict=True)), dict(zip(wishes, wants, strict=True)))
                    for entry, kinds, wants in rows
                }
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise CoachError(
                f"What was learnt about answers, {path}, cannot be read: {error}.",
                hint="Install Rebound again: its files are incomplete.",
            ) from error

    def shares(self, entry: str, situation: Situation) -> tuple[float, float]:
        """Return which share of what an entry is for is of a situation's kind, and which has its wish, each 0..1."""
        kinds, wants = self._for.get(entry, ({}, {}))
        return kinds.get(situation.kind.value, 0.0), wants.get(situation.wants.value, 0.0)

    def vectors(self, asks: Sequence[str], identity: str) -> Vector | None:
        """Return the vectors of exactly these texts by an embedding model; None where others were stored."""
        return self._vectors if key(asks, identity) == self._key else None


def key(asks: Sequence[str], identity: str) -> str:
    """Return what tells texts and the model that embeds them apart from others."""
    return hashlib.sha256("\x1f".join([identity, *asks]).encode()).hexdigest()


class Answers:
    """Finds the entries that fit a message.

    Args:
        entries: Every entry.
        embed: Returns unit vectors of texts, shape (len(texts), dimensions).
        learnt: What weighs entries; without it, patterns and likeness decide.
    """

    def __init__(self, entries: Sequence[Answer], embed: Embed, learnt: Learnt | None = None) -> None:
        self._entries = entries
        self._learnt = learnt
        asks = all_asks(entries)
        self._asking = np.array([place for place, entry in enumerate(entries) if entry.asks], dtype=np.int64)
        counts_of = np.array([len(entry.asks) for entry in entries], dtype=np.int64)
        self._later = np.array([entry.later for entry in entries], dtype=np.bool_)
        self._ends = np.cumsum(counts_of)
        self._starts = self._ends - counts_of
        self._questions = np.repeat([entry.question for entry in entries], counts_of)
        self._vectors = embed(asks)
        self._said = [frozenset(words(ask.lower())) for ask in asks]
        counts: dict[str, int] = {}
        for said in self._said:
            for word in said:
                counts[word] = counts.get(word, 0) + 1
        self._rarity = {word: math.log((len(asks) + 1) / (count + 0.5)) for word, count in counts.items()}

    def find(
        self, text: str, vectors: Vectors, situation: Situation, *, later: bool = False, most: int = 3
    ) -> tuple[FoundAnswer, ...]:
        """Return up to ``most`` entries that are true of a message and near to it, the best first.

        Where the message asks something and no answer to a question fits, what can be said to any such question
        comes last. Entries for later messages of a talk are found with ``later`` alone.
        """
        plain = as_matched(text)
        scores = self.likeness(vectors)
        if not later:
            scores[self._later] = -1.0  # so that they are not among the nearest
        if self._learnt is None or situation.kind in OWN:
            found = self._matched(plain, scores, situation, later=later)[:most]
        else:
            found = self._weighed(plain, vectors, scores, situation, self._learnt, later=later)[:most]
        reads = situation.kind in _ALWAYS_ASKS and situation.wants is not Wants.COMFORT
        if not any(one.question for one in found) and (reads or read_ask(text) is not Ask.NOTHING):
            found += [
                filled(entry, {}, 0.0)
                for entry in self._entries
                if entry.default and suits(entry, situation, later=later) and held_by(entry, plain) is not None
            ]
        return tuple(found)

    def _matched(self, text: str, scores: Vector, situation: Situation, *, later: bool) -> list[FoundAnswer]:
        """Return the entries whose patterns hold and that are near enough, the nearest first."""
        found = [
            filled(entry, held[1], float(score))
            for entry, score in zip(self._entries, scores, strict=True)
            if not entry.default
            and score >= _CLOSE
            and suits(entry, situation, later=later)
            and (held := held_by(entry, text)) is not None
            and (held[0] == 1.0 or (held[0] > 0 and score >= _SURE))
        ]
        return sorted(found, key=lambda one: -one.score)

    def _weighed(
        self, text: str, vectors: Vectors, scores: Vector, situation: Situation, learnt: Learnt, *, later: bool
    ) -> list[FoundAnswer]:
        """Return the entries that are worth using, the best first."""
        found = []
        for place in np.argsort(-scores)[:_NEAREST]:
            entry = self._entries[place]
            if entry.default or not suits(entry, situation, later=later) or (held := held_by(entry, text)) is None:
                continue
            signals = self.signals(int(place), held[0], text, vectors, scores, situation, learnt)
            worth = worth_of(signals, learnt.weights)
            if worth >= (WORTH if held[0] == 1.0 else WORTH_UNHELD):
                found.append(filled(entry, held[1], worth))
        return sorted(found, key=lambda one: -one.score)

    def signals(
        self,
        place: int,
        held: float,
        text: str,
        vectors: Vectors,
        scores: Vector,
        situation: Situation,
        learnt: Learnt,
    ) -> tuple[float, ...]:
        """Return what tells whether an entry fits, ``SIGNALS`` values.

        They are the mean likeness of its three nearest ``asks``, whether all of its patterns hold, the largest share of
        rare words that one of its ``asks`` has in common with the message, the shares of its kind and wish, and by how
        much it is less near than the nearest entry.

        Args:
            place: Of the entry.
            held: The share of its patterns that the message holds.
            text: The message, ``as_matched``.
            vectors: Its vectors.
            scores: The ``likeness`` of every entry.
            situation: The message's.
            learnt: Says what the entry is for.
        """
        entry, own = self._entries[place], slice(self._starts[place], self._ends[place])
        near = np.sort(self._vectors[own] @ vectors.whole)[::-1][:3]
        said = frozenset(words(text.lower()))
        common = max((self._rare(asked & said) / self._rare(asked) for asked in self._said[own]), default=0.0)
        kind, wish = learnt.shares(entry.id, situation)
        return (
            float(near.mean()),
            float(held == 1.0),
            common,
            kind,
            wish,
            float(scores[place] - scores.max()),
        )

    def _rare(self, some: frozenset[str]) -> float:
        return sum(self._rarity[word] for word in some) + 1e-6

    def likeness(self, vectors: Vectors) -> Vector:
        """Return each entry's likeness to a message, shape (entries,).

        For an answer to a question, a sentence that asks nothing counts less.
        """
        asking = np.array(["?" in part or read_ask(part) is not Ask.NOTHING for part in vectors.sentences])
        near = self._vectors @ np.vstack([vectors.whole[None], vectors.each]).T
        told = near.max(axis=1)
        asked = near[:, np.concatenate([[True], asking])].max(axis=1) if asking.any() else told
        by_ask = np.where(self._questions, np.maximum(asked, told - _TELLS_ONLY), told)
        scores = np.zeros(len(self._entries), dtype=np.float32)
        scores[self._asking] = np.maximum.reduceat(by_ask, self._starts[self._asking])
        return scores


def all_asks(entries: Sequence[Answer]) -> list[str]:
    """Return what all entries say that they are for, in order."""
    return [ask for entry in entries for ask in entry.asks]


def as_matched(text: str) -> str:
    """Return a message as patterns are tried on it."""
    return _NO_REPLY.sub("noreply", shortened(text, _READ).replace("’", "'"))


def worth_of(signals: Sequence[float], weights: Vector) -> float:
    """Return what an entry is worth for a message, 0..1.

    Args:
        signals: As ``Answers.signals`` returns them.
        weights: Shape (2, 1 + SIGNALS), of a constant and the signals: for that it fits, and that it fits partly or so.
    """
    logits = weights @ np.array([1.0, *signals], dtype=np.float32)
    fits, partly = 1.0 / (1.0 + np.exp(-logits))
    return float(_FITS_WEIGHT * fits + (1.0 - _FITS_WEIGHT) * partly)
