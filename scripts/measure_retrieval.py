"""Measure the card index at a size far beyond ours: build time, query time, memory and recall.

Run ``python scripts/measure_retrieval.py [CARDS]``. Synthetic cards take sentences of the real
ones at random; their vectors are those of the sentences with noise, so that they crowd the
space as near-copies would. The time to embed them is estimated from a sample.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil

from coach import settings
from coach.llm import catalog
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.chroma import Store
from coach.retrieval.embed import Embedder
from coach.retrieval.index import CardIndex, views
from coach.retrieval.search import Search
from coach.situation import SituationReader
from coach.types import Card, Vector

_CARDS = 10_000
_SAYINGS = 5
_QUERIES = 200
_SAMPLE = 500
_NOISE = 0.5
"""Length of the noise added to a unit vector: similarity to the original is then about 0.9."""

_NEAREST = 250
_JOBS = ("nurse", "welder", "teacher", "clerk", "cook", "driver", "engineer", "designer", "carer", "tutor", "baker")


def main() -> None:
    """Build, ask and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _CARDS
    random_source = random.Random(0)
    real = read_cards(shipped("knowledge"))
    cards = [_synthetic(real, number, random_source) for number in range(count)]
    embedder = Embedder(catalog.require(catalog.EMBEDDER, settings.load()).path)
    texts = [text for card in cards for text in views(card)]
    started = time.perf_counter()
    embedder.embed(texts[:_SAMPLE])
    embedding_s = (time.perf_counter() - started) / _SAMPLE * len(texts)
    vectors = _crowded(real, embedder, len(texts))
    before = psutil.Process().memory_info().rss
    known = dict(zip(texts, vectors, strict=True))

    def looked_up(wanted: Sequence[str]) -> Vector:
        return np.stack([known[text] for text in wanted])

    with tempfile.TemporaryDirectory(prefix="rebound-measure-") as folder:
        index = CardIndex(Path(folder), cards, "synthetic", Store)
        started = time.perf_counter()
        index.build(looked_up)
        building_s = time.perf_counter() - started
        started = time.perf_counter()
        index.ready(looked_up)
        search = Search(cards, index)
        opening_s = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        queries = [random_source.choice(random_source.choice(real).sayings) for _ in range(_QUERIES)]
        times, recall = _ask(queries, embedder, index, search, vectors)
        memory = psutil.Process().memory_info().rss - before
        index.close()
    print(f"{count} cards, {len(texts)} views")
    print(f"embedding about {embedding_s:.0f} s (estimated), building {building_s:.1f} s")
    print(f"opening and checking {opening_s:.1f} s")
    print(f"find p50 {np.percentile(times, 50):.1f} ms, p95 {np.percentile(times, 95):.1f} ms, without embedding")
    print(f"recall of the {_NEAREST} nearest views {recall:.3f}")
    print(f"on disk {size / 1e6:.0f} MB, memory grown by {memory / 1e6:.0f} MB")


def _ask(
    queries: Sequence[str], embedder: Embedder, index: CardIndex, search: Search, vectors: Vector
) -> tuple[list[float], float]:
    """Return the times of ``find`` in milliseconds, and the share of the truly nearest views that the index finds."""
    reader = SituationReader(shipped("models", "classifiers", "situation.npz"))
    times, shares = [], []
    for query in queries:
        embedded = embedder.vectors(query)
        situation = reader.read(query, [], embedded, None)
        started = time.perf_counter()
        search.find(query, embedded.whole, situation)
        times.append(1000 * (time.perf_counter() - started))
        least = np.sort(vectors @ embedded.whole)[-_NEAREST]
        found = index.query(embedded.whole, _NEAREST)
        shares.append(float(np.mean([similarity >= least - 1e-4 for _, similarity in found])))
    return times, float(np.mean(shares))


def _crowded(real: Sequence[Card], embedder: Embedder, count: int) -> Vector:
    """Return unit vectors around those of the real cards' views."""
    random_numbers = np.random.default_rng(0)
    around = embedder.embed([text for card in real for text in views(card)])
    noise = random_numbers.normal(scale=_NOISE / around.shape[1] ** 0.5, size=(count, around.shape[1]))
    rows = around[random_numbers.integers(len(around), size=count)] + noise
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _synthetic(real: Sequence[Card], number: int, random_source: random.Random) -> Card:
    def sentence(texts: Sequence[str]) -> str:
        words = random_source.choice(texts).split()
        words[random_source.randrange(len(words))] = random_source.choice(_JOBS)
        return " ".join([*words, str(number)])

    pattern = random_source.choice(real)
    others = [random_source.choice(real) for _ in range(_SAYINGS)]
    return replace(
        pattern,
        id=f"synthetic-{number}",
        title=sentence([pattern.title]),
        perspective=sentence([card.perspective for card in others]),
        note=sentence([card.note for card in others]),
        sayings=tuple(sentence(card.sayings) for card in others),
    )


if __name__ == "__main__":
    main()
