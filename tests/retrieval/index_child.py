"""Run as a program by the index tests: opens or builds the index in a folder, and answers on stdout.

Usage: index_child.py FOLDER [slow]. With "slow" each step of a build waits, so that it can be killed there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from coach.retrieval.chroma import Store
from coach.retrieval.index import CardIndex, views
from coach.types import Vector
from tests.retrieval.conftest import make_card, word_vectors

CARDS = tuple(make_card(f"card{number}") for number in range(12))


class SlowStore(Store):
    """Says before and after each step what it does, and waits there."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        _pause("opening")
        super().__init__(folder, create=create)
        _pause("opened")

    def add(self, ids: Sequence[str], vectors: Vector, cards: Sequence[str]) -> None:
        half = len(ids) // 2
        super().add(ids[:half], vectors[:half], cards[:half])
        _pause("half")
        super().add(ids[half:], vectors[half:], cards[half:])
        _pause("added")

    def close(self) -> None:
        super().close()
        _pause("closed")


def _pause(step: str) -> None:
    print(step, flush=True)
    time.sleep(0.3)


if __name__ == "__main__":
    slow = sys.argv[2:] == ["slow"]
    index = CardIndex(Path(sys.argv[1]), CARDS, "embedder", SlowStore if slow else Store)
    index.ready(word_vectors)
    print("answers", *(card for card, _ in index.query(word_vectors([views(CARDS[7])[0]])[0], 5)), flush=True)
