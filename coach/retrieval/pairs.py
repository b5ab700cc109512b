"""Reads a message and a sentence together, for the sentence guard.

Two vectors made apart cannot say whether a sentence is true of a message: that is a fact about the pair. So a second
copy of the sentence encoder, tuned by ``training.pair``, reads both at once and says what is wrong with the sentence.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.resources import shipped
from coach.retrieval.tuned import TunedModel, read_trained

LONGEST = 160
"""Tokens of a message and a sentence together; of a longer message its end is read."""

BATCH = 32


def pair_file() -> Path:
    """Return the shipped file."""
    return shipped("models", "classifiers", "pair.npz")


class PairReader:
    """The encoder that reads a message and a sentence together. Safe to call from several threads.

    Args:
        folder: The folder of the sentence encoder's model.
        trained: File made by ``training.pair``; the shipped one by default.

    Raises:
        EmbedderUnavailable: The folder is missing or damaged.
        CoachError: The trained file is missing or damaged.
    """

    def __init__(self, folder: Path, trained: Path | None = None) -> None:
        learnt = read_trained(trained or pair_file(), "The guard's pair classifier")
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
        # A sentence is never cut, so it has to leave room for the message.
        batch = self._model.words(
            [message] * len(sentences),
            [" ".join(sentence.split()[: LONGEST // 3]) for sentence in sentences],
            padding=True,
            truncation="only_first",
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
