"""Find the two or three cards that fit this person now, or none.

Each card is scored by what the message calls for, by its nearest view, by words, and by
what is known of the situation. Cards that come too early are left out, and no reply is
handed three cards with the same advice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from coach.resources import shipped
from coach.retrieval.lexical import Lexical, card_text
from coach.retrieval.strategy import Calling, StrategyReader
from coach.text import words
from coach.types import Card, FoundCard, Kind, Situation, Stage, Vector, Wants

_NEAREST = 250
"""Views asked for; enough that each strategy has some."""

_ASKS = frozenset({Wants.ADVICE, Wants.PLAN, Wants.DRAFT, Wants.DECISION})
# Kinds of message that ask for something practical, whatever else is read from them.
_PRACTICAL = frozenset(
    {
        Kind.ASK_FEEDBACK,
        Kind.STAY_IN_TOUCH,
        Kind.CONTRACT_WORK,
        Kind.DEBRIEF,
        Kind.RECRUITER,
        Kind.NEXT_STEP,
    }
)
_STAGES = tuple(Stage)
_FOLLOW_UP_WORDS = 14
_RARELY = 0.01
"""Probability that is added to every other one before its logarithm counts."""

_CONTINUES = 0.25
"""Probability from which a short message goes on with the topic before it."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each part of a card's score counts; chosen on ``data/retrieval/dev*.jsonl``.

    No card is returned when the log odds of ``none``, less ``near`` times the nearest view's cosine similarity beyond
    one half, are above ``none_above``. ``far_behind`` is the distance from the best score at which a card is dropped.
    """

    strategy: float = 0.06
    card: float = 0.05
    dense: float = 0.5
    support: float = 0.15
    lexical: float = 0.55
    kind: float = 0.14
    stage: float = 0.01
    feeling: float = 0.0025
    topic: float = 0.5
    facts: float = 1.1
    again: float = 0.10
    repeat: float = 0.65
    near: float = 6.3
    none_above: float = -1.8
    far_behind: float = 0.5


class Index(Protocol):
    """Where the views of the cards are found."""

    def query(self, vector: Vector, most: int) -> list[tuple[str, float]]:
        """Return (card id, cosine similarity), best first."""
        ...


Scores = npt.NDArray[np.float32]


class Search:
    """Ranks cards for a message.

    Args:
        cards: Every card.
        index: Finds the nearest views.
        classifier: File made by ``training.retrieval``; the shipped one by default.
        weights: How the parts of a score count.
        sayings: Whether what people say counts among a card's words.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        index: Index,
        classifier: Path | None = None,
        *,
        weights: Weights | None = None,
        sayings: bool = True,
    ) -> None:
        self._cards = list(cards)
        self._places = {card.id: place for place, card in enumerate(cards)}
        self._index = index
        self._reader = StrategyReader(classifier or shipped("models", "classifiers", "retrieval.npz"))
        self._weights = weights or Weights()
        self._lexical = Lexical([card_text(card, sayings=sayings) for card in cards])

    def find(
        self,
        text: str,
        vector: Vector,
        situation: Situation,
        *,
        most: int = 3,
        before: tuple[FoundCard, ...] = (),
        topic: Vector | None = None,
        facts: Sequence[Vector] = (),
    ) -> tuple[FoundCard, ...]:
        """Return at most ``most`` cards, best first; none when nothing fits.

        Args:
            text: The message, cleaned.
            vector: Its embedding, shape (dimensions,).
            situation: What is understood of it.
            most: How many cards at most.
            before: The cards of the turn before; empty at the start and after a turn without cards.
            topic: Embedding of the last message that opened a topic.
            facts: Embeddings of the earlier messages of this person, oldest first.
        """
        calling = self._reader.read(text, vector)
        follows = bool(before) and _goes_on(text, calling)
        rows = self._index.query(vector, _NEAREST)
        if not rows or (not follows and self._is_none(calling, rows[0][1])):
            return ()
        scores = self._scores(text, self._dense(rows), situation, calling)
        if follows:
            scores = self._kept_to_topic(scores, before, topic)
        scores += self._weights.facts * self._steer(facts)
        ranked = [
            FoundCard(card=card, score=float(scores[place]))
            for place, card in enumerate(self._cards)
            if in_time(card, situation)
        ]
        return self._diverse(sorted(ranked, key=lambda found: (-found.score, found.card.id)), most)

    def goes_on(self, text: str, vector: Vector) -> bool:
        """Whether a message goes on with the topic before it, as "shorter please" does, instead of opening one."""
        return _goes_on(text, self._reader.read(text, vector))

    def _is_none(self, calling: Calling, nearest: float) -> bool:
        """Whether no card fits; what somebody said in nearly these words is good evidence that one does."""
        odds = math.log((calling.none + 1e-6) / (1 - calling.none + 1e-6))
        return odds - self._weights.near * (nearest - 0.5) > self._weights.none_above

    def _scores(self, text: str, dense: Scores, situation: Situation, calling: Calling) -> Scores:
        weights = self._weights
        scores = weights.dense * dense + weights.lexical * self._lexical.scores(text)
        rarely = math.log(_RARELY)
        called = {label: math.log(share + _RARELY) for label, share in calling.strategies.items()}
        meant = {name: math.log(share + _RARELY) for name, share in calling.cards.items()}
        scores += np.array(
            [
                weights.strategy * called.get(card.strategy, rarely)
                + weights.card * meant.get(card.id, rarely)
                + self._fit(card, situation)
                for card in self._cards
            ],
            dtype=np.float32,
        )
        return scores

    def _dense(self, rows: Sequence[tuple[str, float]]) -> Scores:
        """Return each card's nearest view's similarity, with some support from its second nearest."""
        least = rows[-1][1] if rows else 0.0
        best = np.full((len(self._cards), 2), least, dtype=np.float32)
        seen = np.zeros(len(self._cards), dtype=np.int32)
        for card, similarity in rows:
            place = self._places[card]
            if seen[place] < 2:
                best[place, seen[place]] = similarity
                seen[place] += 1
        support = self._weights.support
        return np.asarray((1 - support) * best[:, 0] + support * best[:, 1], dtype=np.float32)

    def _kept_to_topic(self, scores: Scores, before: tuple[FoundCard, ...], topic: Vector | None) -> Scores:
        """Weigh in what was talked about before a message that goes on with it."""
        kept = scores * (1 - self._weights.topic)
        if topic is not None:
            kept += self._weights.topic * self._dense(self._index.query(topic, _NEAREST))
        for place, found in enumerate(before):
            kept[self._places[found.card.id]] += self._weights.again * (3 - min(place, 2))
        return kept

    def _steer(self, facts: Sequence[Vector]) -> Scores:
        """Return how near each card is to what was said earlier, less the mean, so that it only shifts the order."""
        if not facts:
            return np.zeros(len(self._cards), dtype=np.float32)
        near = np.max([self._dense(self._index.query(vector, _NEAREST)) for vector in facts], axis=0)
        return np.asarray(near - near.mean(), dtype=np.float32)

    def _fit(self, card: Card, situation: Situation) -> float:
        """Return a bonus for what the card says it is for."""
        weights = self._weights
        bonus = weights.kind * situation.kind_confidence * (situation.kind in card.kinds)
        if situation.stage is not Stage.UNKNOWN:
            bonus += weights.stage * situation.stage_confidence * (situation.stage in card.stages)
        return bonus + weights.feeling * bool(set(situation.feelings) & set(card.feelings))

    def _diverse(self, ranked: Sequence[FoundCard], most: int) -> tuple[FoundCard, ...]:
        """Take the best one, then each next with a discount for strategies that are in already."""
        kept: list[FoundCard] = []
        rest = list(ranked)
        while rest and len(kept) < most:
            taken = [found.card.strategy for found in kept]
            best = max(rest, key=lambda found: found.score - self._weights.repeat * taken.count(found.card.strategy))
            if kept and best.score < kept[0].score - self._weights.far_behind:
                break
            rest.remove(best)
            kept.append(best)
        return tuple(kept)


def _goes_on(text: str, calling: Calling) -> bool:
    return calling.goes_on >= _CONTINUES and len(words(text)) <= _FOLLOW_UP_WORDS


def in_time(card: Card, situation: Situation) -> bool:
    """Whether a card may be offered now: nothing tactical too early, unless it was asked for."""
    asked = situation.wants in _ASKS or situation.kind in _PRACTICAL
    if card.not_before is None or asked or situation.stage is Stage.UNKNOWN:
        return True
    return _STAGES.index(situation.stage) >= _STAGES.index(card.not_before)
