"""Metrics of ranked answers: pure functions from cases and answers to figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

NONE = "none"
_ROUNDS = 2000
_SEED = 20261124


@dataclass(frozen=True, kw_only=True)
class Case:
    """A labelled message.

    ``strategies`` are the acceptable labels, best first, ``("none",)`` when no card should come; ``cards`` are the
    ids of acceptable cards, empty when nobody labelled them; ``kind`` is for the breakdown only.
    """

    id: str
    text: str
    strategies: tuple[str, ...]
    cards: tuple[str, ...] = ()
    kind: str = ""

    @property
    def is_none(self) -> bool:
        """Whether no card should come."""
        return NONE in self.strategies


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found for a case: strategies and ids of the ranked cards, best first; empty for none."""

    strategies: tuple[str, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A share of cases, in 0..1, with its 95 % bootstrap interval and what the best constant answer gets."""

    name: str
    value: float
    low: float
    high: float
    constant: float
    cases: int


Hits = npt.NDArray[np.float64]


def figures(cases: Sequence[Case], answers: Sequence[Answer]) -> list[Figure]:
    """Return every figure; those that have no case are left out."""
    pairs = list(zip(cases, answers, strict=True))
    asked = [pair for pair in pairs if not pair[0].is_none]
    none = [pair for pair in pairs if pair[0].is_none]
    labelled = [pair for pair in asked if pair[0].cards]
    groups = [case.strategies[0] for case, _ in asked]
    triples = [Answer(strategies=labels, cards=()) for labels in combinations(_labels(cases), 3)]
    singles = [Answer(strategies=(label,), cards=()) for label in _labels(cases)]
    ids = sorted({card for case in cases for card in case.cards})
    cards = [Answer(strategies=(), cards=(card,)) for card in ids]
    nothing = [Answer(strategies=(), cards=())]
    return [
        *_figure("top-1 acceptable", asked, top_1, singles),
        *_figure("top-1 acceptable, macro", asked, top_1, singles, groups),
        *_figure("top-3 acceptable", asked, top_3, triples),
        *_figure("top-3 acceptable, macro", asked, top_3, triples, groups),
        *_figure("MRR", asked, reciprocal_rank, triples),
        *_figure("none kept out", none, empty, nothing),
        *_figure("something found", asked, lambda case, answer: 1.0 - empty(case, answer), singles),
        *_figure("top card acceptable", labelled, card_1, cards),
        *_figure("a card of 3 acceptable", labelled, card_3, cards),
    ]


def top_1(case: Case, answer: Answer) -> float:
    """Whether the top card's strategy is acceptable."""
    return float(bool(answer.strategies) and answer.strategies[0] in case.strategies)


def top_3(case: Case, answer: Answer) -> float:
    """Whether one of the first three cards has an acceptable strategy."""
    return float(bool(set(answer.strategies[:3]) & set(case.strategies)))


def reciprocal_rank(case: Case, answer: Answer) -> float:
    """One divided by the rank of the first acceptable card, 0 when there is none."""
    ranks = (1.0 / rank for rank, label in enumerate(answer.strategies, 1) if label in case.strategies)
    return next(ranks, 0.0)


def empty(_: Case, answer: Answer) -> float:
    """Whether nothing was found."""
    return float(not answer.cards and not answer.strategies)


def card_1(case: Case, answer: Answer) -> float:
    """Whether the top card is an acceptable one."""
    return float(bool(answer.cards) and answer.cards[0] in case.cards)


def card_3(case: Case, answer: Answer) -> float:
    """Whether one of the first three cards is an acceptable one."""
    return float(bool(set(answer.cards[:3]) & set(case.cards)))


def confusions(cases: Sequence[Case], answers: Sequence[Answer], most: int = 8) -> list[tuple[str, str, int]]:
    """Return the commonest wrong answers as (best label, label of the top card, how often)."""
    wrong: Counter[tuple[str, str]] = Counter()
    for case, answer in zip(cases, answers, strict=True):
        got = answer.strategies[0] if answer.strategies else NONE
        if got not in case.strategies:
            wrong[case.strategies[0], got] += 1
    return [(wanted, got, times) for (wanted, got), times in wrong.most_common(most)]


def by_group(
    cases: Sequence[Case], answers: Sequence[Answer], group: Callable[[Case], str]
) -> list[tuple[str, int, float]]:
    """Return (group, cases, share right) by group; a ``none`` case is right when nothing was found."""
    hits: dict[str, list[float]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        hits[group(case)].append(empty(case, answer) if case.is_none else top_1(case, answer))
    return [(name, len(hits[name]), float(np.mean(hits[name]))) for name in sorted(hits)]


def _figure(
    name: str,
    pairs: Sequence[tuple[Case, Answer]],
    hit: Callable[[Case, Answer], float],
    constants: Sequence[Answer],
    groups: Sequence[str] | None = None,
) -> list[Figure]:
    if not pairs:
        return []
    hits = np.array([hit(case, answer) for case, answer in pairs])
    places = _places(groups) if groups else [np.arange(len(pairs))]
    low, high = _interval(hits, places)
    constant = max(_mean(np.array([hit(case, one) for case, _ in pairs]), places) for one in constants)
    return [Figure(name=name, value=_mean(hits, places), low=low, high=high, constant=constant, cases=len(pairs))]


def _places(groups: Sequence[str]) -> list[npt.NDArray[np.intp]]:
    names = np.array(groups)
    return [np.flatnonzero(names == name) for name in sorted(set(groups))]


def _mean(hits: Hits, places: Sequence[npt.NDArray[np.intp]]) -> float:
    return float(np.mean([hits[group].mean() for group in places]))


def _interval(hits: Hits, places: Sequence[npt.NDArray[np.intp]]) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles over resamples, drawn within each group."""
    random = np.random.default_rng(_SEED)
    means = [hits[random.choice(group, (_ROUNDS, len(group)))].mean(axis=1) for group in places]
    low, high = np.percentile(np.mean(means, axis=0), [2.5, 97.5])
    return float(low), float(high)


def _labels(cases: Sequence[Case]) -> list[str]:
    labels = sorted({label for case in cases for label in case.strategies if label != NONE})
    return labels + [f"no label {number}" for number in range(3 - len(labels))]
