"""Linear classifiers on a row of features, several in one file: kinds of messages, wishes, channels of drafts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import CoachError
from coach.types import Vector

BUCKETS = 4096
"""Hashed words and word pairs; see ``word_features``."""


class Heads:
    """The heads in a file with ``NAME_weights``, ``NAME_bias`` and ``NAME_labels`` for each.

    Args:
        path: An npz file, made by ``training.situation``, ``training.drafts`` or ``training.acts``.
        names: The heads wanted.

    Raises:
        CoachError: The file is missing or damaged.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                self._heads = {
                    name: (
                        stored[f"{name}_weights"].astype(np.float32),
                        stored[f"{name}_bias"].astype(np.float32),
                        [str(label) for label in stored[f"{name}_labels"]],
                    )
                    for name in names
                }
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise CoachError(
                f"The classifier {path} cannot be read: {error}.",
                hint="Install Rebound again: its files are incomplete.",
            ) from error

    def shares(self, name: str, row: npt.NDArray[np.float32]) -> dict[str, float]:
        """Return the probability of each label of a head, for features of shape (features,)."""
        weights, bias, labels = self._heads[name]
        scores = weights @ row + bias
        powers = np.exp(scores - scores.max())
        return dict(zip(labels, map(float, powers / powers.sum()), strict=True))


def word_features(text: str, vector: Vector) -> npt.NDArray[np.float32]:
    """Return a message's features, shape (dimensions + BUCKETS,): its vector, and its hashed words and word pairs."""
    row = np.zeros(BUCKETS, dtype=np.float32)
    tokens = re.findall(r"[^\W_]+(?:'[^\W_]+)*|[?\"]", text.lower().replace("’", "'").replace("“", '"'))
    for gram in [*tokens, *(f"{one} {other}" for one, other in pairwise(tokens))]:
        row[zlib.crc32(gram.encode()) % BUCKETS] += 1.0
    length = float(np.linalg.norm(row))
    return np.concatenate([vector, row / length if length else row]).astype(np.float32)
