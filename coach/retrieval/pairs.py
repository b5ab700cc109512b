"""Reads two texts together: a message and a sentence that answers it, or what the coach said and a message.

Two vectors made apart cannot say whether a sentence is true of a message, or what a message does in answer to the one
before it: that is a fact about the pair. So a further copy of the sentence encoder, tuned for one of these tasks by
``training.pair`` or ``training.talks``, reads both at once.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.resources import shipped
from coach.retrieval.tuned import TunedModel, read_trained

LONGEST = 160
"""Tokens of both texts together; where that is too little, the end of the longer one is read."""

BATCH = 32


def pair_file() -> Path:
    """Return the shipped file for the sentence guard."""
    return shipped("models", "classifiers", "pair.npz")


def talks_file() -> Path:
    """Return the shipped file for what a message does in a talk."""
    return shipped("models", "classifiers", "talks.npz")


class PairReader:
    """The encoder that reads two texts together. Safe to call from several threads.

    Args:
        folder: The folder of the sentence encoder's model.
        trained: File made by ``training.pair`` or ``training.talks``.

    Raises:
        EmbedderUnavailable: The folder is missing or damaged.
        CoachError: The trained file is missing or damaged.
    """

    def __init__(self, folder: Path, trained: Path) -> None:
        learnt = read_trained(trained, "The reader of pairs")
        self._head, self._bias, self._labels = learnt.weight, learnt.bias, learnt.labels
        self._model = TunedModel(folder, learnt.updates, cut="left")
        self._lock = threading.Lock()
        self._message = ""
        self._known: dict[str, dict[str, float]] = {}

    def shares(self, message: str, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Return for each sentence, said in answer to ``message``, the share of each label, 0..1, summing to 1.

        What was worked out for the newest message is remembered until another one comes.
        """
        with self._lock:
            if message != self._message:
                self._message, self._known = message, {}
            new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
            for start in range(0, len(new), BATCH):
                batch = new[start : start + BATCH]
                self._known.update(zip(batch, self._read(message, batch), strict=True))
            return [self._known[sentence] for sentence in sentences]

    def _read(self, message: str, sentences: Sequence[str]) -> list[dict[str, float]]:
        batch = self._model.words(
            [message] * len(sentences),
            list(sentences),
            padding=True,
            truncation="longest_first",
            max_length=LONGEST,
            return_tensors="pt",
        )
        states = self._model.states(batch)
        seen, second = batch["attention_mask"].numpy(), batch["token_type_ids"].numpy()
        parts = [
            np.einsum("btd,bt->bd", states, part) / np.maximum(part.sum(1, keepdims=True), 1)
            for part in ((seen * second).astype(np.float32), (seen * (1 - second)).astype(np.float32))
        ]
        scores = np.concatenate(parts, axis=1) @ self._head.T + self._bias
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = grown / grown.sum(axis=1, keepdims=True)
        return [dict(zip(self._labels, map(float, row), strict=True)) for row in shares]
