"""The small classifier beside the rules: kernel ridge regression on a passage's vector and its hashed words.

The kernel is a Gaussian of the angle between two vectors plus the words they share, so that
a passage is judged by the training lines it is like. Trained by ``python -m training.safety``
on the ``train*.jsonl`` of ``data/safety``. It also knows its training lines, so that an answer
can be explained by the lines nearest to it.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import CoachError
from coach.safety.plain import plain
from coach.types import Level, Vector

BUCKETS = 32768
"""Hashed words, pairs and triples; see ``hashed``."""

GAMMA = 1.5
"""Width of the Gaussian: exp(-2 GAMMA (1 - cosine))."""

SCALE = 400.0
"""Unit vectors are stored as whole numbers of 1 / SCALE; hardly a number of one is above 127 / 400."""

WORD_WEIGHT = 0.5
"""Weight of the shared words in the kernel, beside the Gaussian's 1."""

GROUPS: dict[str, tuple[Level, ...]] = {
    "risk": (Level.L2, Level.L3, Level.L4),
    "violence": (Level.V1, Level.V2),
    "abuse": (Level.A,),
    "needs": (Level.F,),
    "rights": (Level.D,),
}
"""Levels that are decided together: first whether one of them holds, then which."""

THRESHOLDS = {"risk": 0.61, "violence": 0.5, "abuse": 0.55, "needs": 0.62, "rights": 0.6}
"""Share from which a group is spoken for, of the classifier and the reader of levels together. Chosen on
``data/safety/dev-hand4.jsonl``, whose author wrote nothing that was learnt, on 634 ordinary messages of
``data/retrieval``, and on 562 turns of ``data/drafts``."""


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A training line near a passage, with its level and cosine similarity in -1..1."""

    text: str
    level: Level
    similarity: float


def hashed(text: str) -> npt.NDArray[np.int64]:
    """Return the buckets of a passage's words, pairs and triples of words, each once; all weigh the same."""
    tokens = re.findall(r"[^\W_]+|\?", plain(text))
    grams = {" ".join(tokens[i : i + size]) for size in (1, 2, 3) for i in range(len(tokens) - size + 1)}
    return np.unique(np.fromiter((zlib.crc32(gram.encode()) % BUCKETS for gram in grams), np.int64, len(grams)))


def likeness(vectors: Vector, support: Vector) -> Vector:
    """Return the Gaussian part of the kernel, shape (n, m), for unit vectors of shapes (n, d) and (m, d)."""
    close = np.clip(vectors @ support.T, -1.0, 1.0)
    return np.asarray(np.exp(2 * GAMMA * (close - 1.0)), dtype=np.float32)


class Classifier:
    """The trained weights in a file.

    Raises:
        CoachError: The file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as stored:
                self._support = _unit(stored["support"])
                self._duals = stored["duals"].astype(np.float32)
                self._words = stored["words"].astype(np.float32)
                self._means = stored["means"].astype(np.float32)
                self._levels = tuple(Level(str(label)) for label in stored["labels"])
                self._lines = json.loads(bytes(stored["lines"]).decode("utf-8"))
                self._vectors = _unit(stored["vectors"])
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise CoachError(
                f"The safety classifier {path} cannot be read: {error}.",
                hint="Install Rebound again: its files are incomplete.",
            ) from error

    def shares(self, texts: Sequence[str], vectors: Vector) -> list[dict[Level, float]]:
        """Return how much each level is spoken for, about 0..1, for passages and their vectors of shape (n, d)."""
        scores = likeness(vectors, self._support) @ self._duals + self._means
        for i, text in enumerate(texts):
            buckets = hashed(text)
            scores[i] += self._words[buckets].sum(axis=0) / np.sqrt(max(len(buckets), 1))
        return [dict(zip(self._levels, map(float, row), strict=True)) for row in scores]

    def closeness(self, vectors: Vector) -> Vector:
        """Return each vector's cosine similarity to the training line nearest to it, shape (n,)."""
        return np.asarray((vectors @ self._vectors.T).max(axis=1), dtype=np.float32)

    def nearest(self, vector: Vector, count: int = 3) -> list[Neighbour]:
        """Return the training lines nearest to a passage's vector."""
        similar = self._vectors @ vector
        best = np.argsort(similar)[::-1][:count]
        return [
            Neighbour(text=self._lines[i][0], level=Level(self._lines[i][1]), similarity=float(similar[i]))
            for i in best
        ]


def _unit(stored: npt.NDArray[np.int8]) -> Vector:
    rows = stored.astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
