"""Find cards by words: names, places and rare words that an embedding blurs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from coach.text import words
from coach.types import Card

_HALF = 8.0
"""BM25 score that counts as one half; scores have no upper limit of their own."""


class Lexical:
    """A BM25 index of what the cards say.

    Args:
        texts: One text per card.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s  # brings scipy: the page's first window should not wait for it

        self._size = len(texts)
        self._bm25 = bm25s.BM25()
        self._bm25.index([_terms(text) for text in texts], show_progress=False)

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Return one score in 0..1 for each text, in their order."""
        query = [term for term in dict.fromkeys(_terms(text)) if term in self._bm25.vocab_dict]
        if not query:
            return np.zeros(self._size, dtype=np.float32)
        raw = np.asarray(self._bm25.get_scores(query), dtype=np.float32)
        return raw / (raw + _HALF)


def card_text(card: Card, *, sayings: bool = True) -> str:
    """Return the words by which a card is found."""
    return " ".join([card.title, card.perspective, card.note, *(card.sayings if sayings else ())])


def _terms(text: str) -> list[str]:
    """Return words with their plain endings cut, so that "asked" finds "ask"."""
    return [_stem(word) for word in words(text)]


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
