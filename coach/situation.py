"""Read a message's situation: kind, wants, time since the no, feelings and signs.

Kind, wants and stage come from linear classifiers on the message's vector and its words
(trained by ``python -m training.situation`` on ``data/situation/train.jsonl``). A time
that the message states, a feeling that it names and the signs are read by rules: they
are claims about the person, and a wrong one hurts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.signs import named_feelings, read_signs, stated_stage
from coach.text import words
from coach.types import Kind, Message, Sign, Situation, Stage, Vector, Vectors, Wants

BUCKETS = 4096
"""Hashed words and word pairs; see ``features``."""

_SHORT = 6
"""A message of at most so many words, without a clear kind of its own, goes on with the topic before it."""

_SURE = 0.5


def features(text: str, vector: Vector) -> npt.NDArray[np.float32]:
    """Return a message's features, shape (dimensions + BUCKETS,): its vector, and its hashed words and word pairs."""
    row = np.zeros(BUCKETS, dtype=np.float32)
    tokens = re.findall(r"[^\W_]+(?:'[^\W_]+)*|[?\"]", text.lower().replace("’", "'").replace("“", '"'))
    for gram in [*tokens, *(f"{one} {other}" for one, other in pairwise(tokens))]:
        row[zlib.crc32(gram.encode()) % BUCKETS] += 1.0
    length = float(np.linalg.norm(row))
    return np.concatenate([vector, row / length if length else row]).astype(np.float32)


class SituationReader:
    """Reads situations with the classifiers in a file made by ``training.situation``."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._heads = {
                name: (
                    stored[f"{name}_weights"].astype(np.float32),
                    stored[f"{name}_bias"].astype(np.float32),
                    [str(label) for label in stored[f"{name}_labels"]],
                )
                for name in ("kind", "wants", "stage")
            }

    def read(self, text: str, history: Sequence[Message], vectors: Vectors, before: Situation | None) -> Situation:
        """Return the situation of a message.

        Args:
            text: The message, cleaned.
            history: What was said before it.
            vectors: Its vectors.
            before: The situation of the turn before, for short follow-ups.
        """
        row = features(text, vectors.whole)
        kind, kind_confidence = self._best("kind", row)
        wants, wants_confidence = self._best("wants", row)
        stage, stage_confidence = stated_stage(text), 1.0
        if stage is None:
            guessed, stage_confidence = self._best("stage", row)
            stage = Stage(guessed) if stage_confidence >= _SURE else Stage.UNKNOWN
        if before is not None and stage is Stage.UNKNOWN:
            stage, stage_confidence = before.stage, before.stage_confidence
        read_kind, read_wants = Kind(kind), Wants(wants)
        feelings = named_feelings(text)
        signs = read_signs(text)
        if before is not None and history and _goes_on(text, read_kind, kind_confidence):
            read_kind, kind_confidence = before.kind, before.kind_confidence
            read_wants = read_wants if wants_confidence >= _SURE else before.wants
        if before is not None:
            signs |= before.signs - {Sign.ASKS_WHY, Sign.SELF_ATTACK, Sign.PASTED_EMAIL, Sign.WANTS_TO_SEND_ANGER}
        return Situation(
            kind=read_kind,
            kind_confidence=kind_confidence,
            wants=read_wants,
            stage=stage,
            stage_confidence=stage_confidence,
            feelings=feelings,
            signs=frozenset(signs),
        )

    def _best(self, head: str, row: npt.NDArray[np.float32]) -> tuple[str, float]:
        weights, bias, labels = self._heads[head]
        scores = weights @ row + bias
        powers = np.exp(scores - scores.max())
        best = int(np.argmax(powers))
        return labels[best], float(powers[best] / powers.sum())


def _goes_on(text: str, kind: Kind, confidence: float) -> bool:
    """Whether a short message goes on with the topic before it instead of opening one."""
    if kind in (Kind.THANKS, Kind.REFUSES_ADVICE, Kind.IDENTITY) and confidence >= 0.3:
        return False
    return len(words(text)) <= _SHORT and confidence < 0.6
