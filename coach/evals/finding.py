"""What an eval of retrieval runs: embedding, situation and search as in a turn, whole and with parts left out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach import settings as table
from coach.llm import catalog
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.chroma import Store
from coach.retrieval.embed import Embedder
from coach.retrieval.index import CardIndex, views
from coach.retrieval.search import Search, Weights
from coach.situation import SituationReader
from coach.types import Card, FoundCard, Situation, Stage, Vector, Vectors

Find = Callable[[str], tuple[FoundCard, ...]]


class Finder:
    """Finds cards for messages with an index of its own, in a temporary folder."""

    def __init__(self) -> None:
        self._cards = read_cards(shipped("knowledge"))
        self._embedder = Embedder(catalog.require(catalog.EMBEDDER, table.load()).path)
        self._reader = SituationReader(shipped("models", "classifiers", "situation.npz"))
        # Kept until this object goes, as the index reads from it.
        self._folder = tempfile.TemporaryDirectory(prefix="rebound-eval-")
        self._index = CardIndex(Path(self._folder.name), self._cards, "eval", Store)
        self._index.ready(self._embedder.embed)
        self._search = Search(self._cards, self._index)
        self._embedded: dict[str, Vectors] = {}

    def find(self, text: str) -> tuple[FoundCard, ...]:
        """Return the cards for a message that opens a conversation."""
        vectors = self._embedder.vectors(text)
        return self._search.find(text, vectors.whole, self._situation(text, vectors))

    def ablated(self) -> Iterator[tuple[str, Find]]:
        """Yield what is left out, and how to find cards without it."""
        whole = Weights()
        timeless = replace(whole, stage=0.0)
        unsaid = [replace(card, sayings=()) for card in self._cards]
        without_sayings = _Matrix(self._embedder, unsaid)
        yield "nothing", self._with(self._search)
        dense = replace(whole, strategy=0.0, card=0.0, lexical=0.0, kind=0.0, stage=0.0, feeling=0.0)
        yield "all but dense", self._with(Search(self._cards, self._index, weights=dense))
        lexical = replace(whole, strategy=0.0, card=0.0, dense=0.0, kind=0.0, stage=0.0, feeling=0.0)
        yield "all but lexical", self._with(Search(self._cards, self._index, weights=lexical))
        yield "dense", self._with(Search(self._cards, self._index, weights=replace(whole, dense=0.0)))
        yield "lexical", self._with(Search(self._cards, self._index, weights=replace(whole, lexical=0.0)))
        yield "strategy", self._with(Search(self._cards, self._index, weights=replace(whole, strategy=0.0)))
        yield "card", self._with(Search(self._cards, self._index, weights=replace(whole, card=0.0)))
        yield "sayings", self._with(Search(self._cards, without_sayings, sayings=False))
        yield "timing", self._with(Search(self._cards, self._index, weights=timeless), timing=False)

    def _with(self, search: Search, *, timing: bool = True) -> Find:
        def find(text: str) -> tuple[FoundCard, ...]:
            # Times are not compared here, so each message is embedded for the first of the searches only.
            vectors = self._embedded.get(text) or self._embedded.setdefault(text, self._embedder.vectors(text))
            situation = self._situation(text, vectors)
            if not timing:
                situation = replace(situation, stage=Stage.UNKNOWN)
            return search.find(text, vectors.whole, situation)

        return find

    def _situation(self, text: str, vectors: Vectors) -> Situation:
        return self._reader.read(text, [], vectors, None)


class _Matrix:
    """An index in memory, for views that no index on disk has."""

    def __init__(self, embedder: Embedder, cards: Sequence[Card]) -> None:
        rows = [(card.id, text) for card in cards for text in views(card)]
        self._owners = [owner for owner, _ in rows]
        self._vectors = embedder.embed([text for _, text in rows])

    def query(self, vector: Vector, most: int) -> list[tuple[str, float]]:
        """Return (card id, cosine similarity) of the nearest views, best first."""
        near = self._vectors @ vector
        return [(self._owners[row], float(near[row])) for row in np.argsort(-near)[:most]]
