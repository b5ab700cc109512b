"""Read what a message calls for: a strategy, nothing at all, or more of what was talked about before.

A kernel machine over the message's embedding, its words and word pairs, and its letter
groups, trained by ``python -m training.retrieval``. The letter groups carry over
misspellings, which people type when they are upset.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.types import Strategy, Vector

BUCKETS = 8192
STEPS = 400
"""Vectors of the training messages are stored as whole numbers, ``STEPS`` to one."""

_LONGEST = 2000
"""Characters that are hashed; what a message calls for is plain long before."""

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!\"{}=<>]")

Table = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Calling:
    """What a message calls for, as probabilities in 0..1.

    ``strategies`` adds up to 1 over all but ``none``; ``none`` is whether no card fits;
    ``goes_on`` is whether the message needs the one before it to be understood. ``cards``
    adds up to 1 over the ids of the cards that training knew.
    """

    strategies: dict[Strategy, float]
    cards: dict[str, float]
    none: float
    goes_on: float


class StrategyReader:
    """Reads callings with what ``training.retrieval`` stored in a file."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._known = stored["known"].astype(np.float32) / STEPS
            self._near = stored["near"].astype(np.float32)
            self._words = stored["words"].astype(np.float32)
            self._scale = stored["scale"].astype(np.float32)
            self._bias = stored["bias"].astype(np.float32)
            self._labels = [Strategy(label) for label in stored["labels"]]
            self._card_weights = stored["card_weights"].astype(np.float32)
            self._card_bias = stored["card_bias"].astype(np.float32)
            self._card_ids = [str(name) for name in stored["card_ids"]]

    def read(self, text: str, vector: Vector) -> Calling:
        """Return what a message calls for; ``vector`` is its embedding, shape (dimensions,)."""
        raw = self._near @ similarity(self._known @ vector) + self._words @ features(text)
        scores = self._scale * raw + self._bias
        shares = _softmax(scores[:-2])
        cards = _softmax(self._card_weights @ vector + self._card_bias)
        return Calling(
            strategies={label: float(share) for label, share in zip(self._labels, shares, strict=True)},
            cards={name: float(share) for name, share in zip(self._card_ids, cards, strict=True)},
            none=_logistic(float(scores[-2])),
            goes_on=_logistic(float(scores[-1])),
        )


def similarity(cosines: Table) -> Table:
    """Return the Gaussian kernel of unit vectors with these cosines."""
    return np.asarray(np.exp(2.0 * cosines - 2.0), dtype=np.float32)


def features(text: str) -> Table:
    """Return a message's hashed words and word pairs, then its hashed letter groups, shape (2 * BUCKETS,)."""
    tokens = _TOKEN.findall(text[:_LONGEST].lower().replace("’", "'"))
    pairs = [f"{one} {other}" for one, other in pairwise(tokens)]
    padded = [f"<{token}>" for token in tokens]
    groups = [token[at : at + 4] for token in padded for at in range(max(1, len(token) - 3))]
    # Words count half and letters a third of what the embedding counts; see docs/retrieval.md.
    return np.concatenate([_hashed([*tokens, *pairs], 0.5), _hashed(groups, 0.35)])


def _hashed(grams: list[str], weight: float) -> Table:
    places = [zlib.crc32(gram.encode()) % BUCKETS for gram in grams]
    row = np.sqrt(np.bincount(places, minlength=BUCKETS)).astype(np.float32)
    length = float(np.linalg.norm(row))
    return np.asarray(row * (weight**0.5 / length), dtype=np.float32) if length else row


def _softmax(scores: Table) -> Table:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def _logistic(score: float) -> float:
    return float(1.0 / (1.0 + np.exp(-score)))
