"""Reads for the safety gate how much a text speaks for each level.

The vectors that everything else shares leave too little of what a hint at death differs by from a weary sentence. So a
second copy of the sentence encoder, tuned by ``training.levels`` for this alone, reads each sentence once more.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.errors import CoachError
from coach.resources import shipped
from coach.retrieval.tuned import TunedModel, read_trained
from coach.retrieval.tuning import read_tuning, tuning_file
from coach.types import Level, Vector

LONGEST = 96
"""Tokens of a text that are read; a longer one is looked at sentence by sentence all the same."""

BATCH = 32


def levels_file() -> Path:
    """Return the shipped file."""
    return shipped("models", "classifiers", "levels.npz")


class LevelReader:
    """The encoder that reads levels. Safe to call from several threads.

    Args:
        folder: The folder of the sentence encoder's model.
        trained: File made by ``training.levels``; the shipped one by default.

    Raises:
        EmbedderUnavailable: The folder is missing or damaged.
        CoachError: The trained file is missing or damaged, or made for other levels.
    """

    def __init__(self, folder: Path, trained: Path | None = None) -> None:
        path = trained or levels_file()
        learnt = read_trained(path, "The safety gate's reader")
        if learnt.labels != tuple(level.value for level in Level):
            raise CoachError(
                f"The safety gate's reader {path} knows other levels.",
                hint="Install Rebound again: its files are incomplete.",
            )
        self._head, self._bias = learnt.weight, learnt.bias
        updates = read_tuning(tuning_file())  # what it learnt comes on top of the shared tuning
        for name, update in learnt.updates.items():
            updates[name] = updates.get(name, 0) + update
        self._model = TunedModel(folder, updates)
        self._lock = threading.Lock()  # a tokenizer belongs to one thread at a time

    def shares(self, texts: Sequence[str]) -> Vector:
        """Return the share of each ``Level`` for each text, shape (len(texts), levels); rows sum to 1."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        shares = np.empty((len(texts), len(Level)), dtype=np.float32)
        with self._lock:
            for start in range(0, len(order), BATCH):
                numbers = order[start : start + BATCH]
                shares[numbers] = self._read([texts[number] for number in numbers])
        return shares

    def _read(self, texts: Sequence[str]) -> Vector:
        batch = self._model.words(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        seen = batch["attention_mask"].numpy().astype(np.float32)
        means = np.einsum("btd,bt->bd", self._model.states(batch), seen) / seen.sum(1, keepdims=True)
        scores = means @ self._head.T + self._bias
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=1, keepdims=True), dtype=np.float32)
