"""Cards and an embedder that need no weights, for tests of what surrounds them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from coach.text import words
from coach.types import Card, Kind, Stage, Step, Strategy, Vector

DIMENSIONS = 384


@cache
def _word_vector(word: str) -> Vector:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=DIMENSIONS).astype(np.float32)


def word_vectors(texts: Sequence[str]) -> Vector:
    """Unit vectors, each the sum of its words' own: texts that share words are near each other."""
    rows = np.stack([sum((_word_vector(word) for word in words(text)), _word_vector("")) for text in texts])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def make_card(key: str, strategy: Strategy = Strategy.FEEDBACK, **changes: object) -> Card:
    """A valid card; its texts hold its id."""
    fields: dict[str, object] = {
        "id": key,
        "title": f"About {key}",
        "strategy": strategy,
        "stages": (Stage.DAYS,),
        "not_before": None,
        "kinds": (Kind.ASK_FEEDBACK,),
        "feelings": (),
        "sources": ("practice",),
        "reviewed_on": "2026-11-24",
        "perspective": f"One sentence on {key}.",
        "openings": ("You can ask.", "Asking is normal."),
        "steps": (Step(when="Tomorrow", text="Write four lines."),),
        "closing": "Who wrote to you?",
        "sayings": tuple(f"{key} saying {word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon")),
        "note": f"A note on {key}.",
    }
    return Card(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture
def few_cards() -> tuple[Card, ...]:
    return tuple(make_card(f"card{number}") for number in range(12))
