"""Opens what the program reads with: the card index, the embedder, the vetted answers, the reader of pairs.

Heavy libraries are imported when needed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.llm import catalog, digests
from coach.reply.answers import read_answers
from coach.reply.matching import Answers, Learnt, all_asks
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.index import CardIndex
from coach.retrieval.pairs import PairReader, pair_file, talks_file
from coach.retrieval.tuning import embedder_identity
from coach.settings import Settings
from coach.types import Vector

if TYPE_CHECKING:
    from coach.drafts.drafting import Drafts
    from coach.retrieval.embed import Embedder

_STEP = 128
"""Texts that are embedded at once while the index is built, so that progress can be told in between."""


def open_index(settings: Settings, root: str | None = None) -> CardIndex:
    """Return the card index in ``root``, by default in the settings' folder. It is not read yet."""
    digest = embedder_identity(catalog.load()[catalog.EMBEDDER].sha256)
    cards = read_cards(shipped("knowledge"))
    folder = settings.index if root is None else type(settings.index)(root)
    return CardIndex(folder, cards, digest, _open_store)


def _open_store(folder: Any, *, create: bool = False) -> Any:
    from coach.retrieval.chroma import Store

    return Store(folder, create=create)


def open_embedder(settings: Settings) -> Embedder:
    """Load the embedding model.

    Raises:
        CoachError: It is missing or damaged.
    """
    located = catalog.require(catalog.EMBEDDER, settings)
    digests.ensure_verified(located, settings)
    from coach.retrieval.embed import Embedder

    return Embedder(located.path)


def open_answers(settings: Settings, embedder: Embedder) -> Answers:
    """Return the vetted answers. Their vectors are shipped; after a change of an answer all are embedded anew.

    Raises:
        CoachError: What was learnt about them is missing or damaged.
    """
    entries = read_answers(shipped("knowledge", "answers"))
    learnt = Learnt(shipped("models", "classifiers", "answers.npz"))
    identity = embedder_identity(catalog.load()[catalog.EMBEDDER].sha256)
    vectors = learnt.vectors(all_asks(entries), identity)
    return Answers(entries, embedder.embed if vectors is None else lambda _: vectors, learnt)


@functools.cache
def open_drafts() -> Drafts:
    """Return what writes messages, read at the first call; its patterns alone take a tenth of a second to make.

    Raises:
        CoachError: A template or the classifier is missing or damaged.
    """
    from coach.drafts.classifier import DraftReader
    from coach.drafts.drafting import Drafts

    return Drafts(shipped("prompts", "drafts"), DraftReader(shipped("models", "classifiers", "drafts.npz")))


def open_pairs(settings: Settings) -> PairReader:
    """Load what reads a message and a sentence that answers it together.

    Raises:
        CoachError: The embedding model or the trained file is missing or damaged.
    """
    return _pair_reader(settings, pair_file())


def open_talks(settings: Settings) -> PairReader:
    """Load what reads a message together with what the coach said before it.

    Raises:
        CoachError: The embedding model or the trained file is missing or damaged.
    """
    return _pair_reader(settings, talks_file())


def _pair_reader(settings: Settings, trained: Path) -> PairReader:
    located = catalog.require(catalog.EMBEDDER, settings)
    digests.ensure_verified(located, settings)
    return PairReader(located.path, trained)


def in_steps(embed: Callable[[Sequence[str]], Vector], look: Callable[[float], None]) -> Callable[..., Vector]:
    """Return ``embed`` so that it tells how far it is, in 0..1, where it is given many texts."""

    def step_by_step(texts: Sequence[str]) -> Vector:
        if len(texts) <= _STEP:
            return embed(texts)
        # Texts of one length together: each step is padded to its longest.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        rows: dict[int, Vector] = {}
        for start in range(0, len(order), _STEP):
            look(start / len(order))
            numbers = order[start : start + _STEP]
            rows |= zip(numbers, embed([texts[number] for number in numbers]), strict=True)
        return np.stack([rows[number] for number in range(len(texts))])

    return step_by_step
