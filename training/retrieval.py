"""Train what ``coach.retrieval.strategy`` reads and store it as ``models/classifiers/retrieval.npz``.

Run ``python -m training.retrieval``; needs the embedder (``coach setup``) and scikit-learn,
which sentence-transformers brings. Learns from ``data/retrieval/train*.jsonl`` and the
sayings of the cards, never from a development or report file, and prints the accuracy of
five-fold cross-validation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from coach import settings
from coach.llm.catalog import EMBEDDER, find
from coach.retrieval.cards import read_cards
from coach.retrieval.embed import Embedder
from coach.retrieval.strategy import STEPS, features, similarity
from coach.text import clean
from coach.types import Strategy

_ROOT = Path(__file__).resolve().parent.parent
_TRAIN = _ROOT / "data" / "retrieval"
_OUT = _ROOT / "models" / "classifiers" / "retrieval.npz"
_FOLDS = 5
# How much the first, second and third acceptable strategy of a message count.
_SHARES = (1.0, 0.45, 0.25)
_RIDGE = 0.5
"""Regularisation, chosen on the development file together with the kernel's width."""

_CARD_C = 20.0
"""Inverse regularisation of the reader of cards."""

_LABELS = tuple(label for label in Strategy if label is not Strategy.NONE)

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message with its acceptable strategies, best first; empty when only what was said before it would tell.

    ``cards`` are the ids of the cards that fit, best first; empty where nobody said.
    """

    text: str
    strategies: tuple[Strategy, ...]
    goes_on: bool = False
    cards: tuple[str, ...] = ()


def main() -> None:
    """Train, report and store."""
    examples = read_examples()
    embedder = Embedder(find(EMBEDDER, settings.load()).path)
    exact = embedder.embed([example.text for example in examples])
    known = np.clip(np.round(exact * STEPS), -127, 127).astype(np.int8)
    words = np.stack([features(example.text) for example in examples])
    vectors = known.astype(np.float32) / STEPS
    near: npt.NDArray[np.float32] = (vectors @ vectors.T).astype(np.float32)
    kernel = (similarity(near) + words @ words.T).astype(np.float64)
    wanted, counts = targets(examples)
    held_out = np.zeros_like(wanted)
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(kernel):
        solved, mean = solve(kernel[np.ix_(train, train)], wanted[train], counts[train])
        held_out[test] = kernel[np.ix_(test, train)] @ solved + mean
    scale, bias = calibrated(examples, held_out)
    _report(examples, held_out * scale + bias)
    solved, mean = solve(kernel, wanted, counts)
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        _OUT,
        allow_pickle=False,
        known=known,
        near=solved.T.astype(np.float16),
        words=(solved.T @ words).astype(np.float16),
        scale=scale.astype(np.float32),
        bias=(mean * scale + bias).astype(np.float32),
        labels=np.array([label.value for label in _LABELS]),
        **card_weights(examples, vectors),
    )
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes")


def read_examples() -> list[Example]:
    """Read the training messages and the sayings of the cards."""
    files = sorted(_TRAIN.glob("train*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    written = [
        Example(
            text=clean(row["text"]),
            strategies=tuple(Strategy(label) for label in row["strategies"]),
            goes_on=row.get("goes_on", False),
            cards=tuple(row.get("cards", ())),
        )
        for row in rows
    ]
    sayings = [
        Example(text=clean(saying), strategies=(card.strategy,), cards=(card.id,))
        for card in read_cards(_ROOT / "knowledge")
        for saying in card.sayings
    ]
    return written + sayings


def targets(examples: list[Example]) -> tuple[Table, Table]:
    """Return what each output should be and how much each example counts for it.

    Both have shape (examples, strategies + 2): a column for each strategy, one for ``none``, one for ``goes_on``.
    """
    wanted = np.zeros((len(examples), len(_LABELS) + 2))
    for row, example in enumerate(examples):
        shares = _SHARES[: len(example.strategies)]
        for strategy, share in zip(example.strategies, shares, strict=False):
            column = len(_LABELS) if strategy is Strategy.NONE else _LABELS.index(strategy)
            wanted[row, column] += share / sum(shares)
        wanted[row, -1] = example.goes_on
    # A middle way between the file's proportions and equal ones: nobody knows what people will ask most.
    weight = (wanted[:, :-1] / np.sqrt(wanted[:, :-1].sum(axis=0))).sum(axis=1)
    told = weight > 0
    counts = np.zeros_like(wanted)
    counts[told, :-1] = (weight[told] / weight[told].mean())[:, None]
    counts[:, -1] = 1.0
    return wanted, counts


def solve(kernel: Table, wanted: Table, counts: Table) -> tuple[Table, Table]:
    """Return kernel ridge regression's coefficients, shape (examples, outputs), and the mean of each output."""
    solved = np.zeros_like(wanted)
    mean = np.zeros(wanted.shape[1])
    for columns in (slice(0, -1), slice(-1, None)):
        rows = np.flatnonzero(counts[:, columns.start] > 0)
        part = wanted[rows, columns]
        mean[columns] = part.mean(axis=0)
        ridge = np.diag(_RIDGE / counts[rows, columns.start])
        solved[rows, columns] = np.linalg.solve(kernel[np.ix_(rows, rows)] + ridge, part - mean[columns])
    return solved, mean


def card_weights(examples: list[Example], vectors: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """Return a linear reader of cards, trained on the messages whose best card is known."""
    rows = [row for row, example in enumerate(examples) if example.cards]
    fit = LogisticRegression(C=_CARD_C, max_iter=1000).fit(vectors[rows], [examples[row].cards[0] for row in rows])
    return {
        "card_weights": fit.coef_.astype(np.float16),
        "card_bias": fit.intercept_.astype(np.float16),
        "card_ids": np.array(fit.classes_),
    }


def calibrated(examples: list[Example], held_out: Table) -> tuple[Table, Table]:
    """Return a factor and an offset for each output that make probabilities of held-out scores."""
    scale, bias = np.ones(held_out.shape[1]), np.zeros(held_out.shape[1])
    told = np.array([bool(example.strategies) for example in examples])
    none = np.array([Strategy.NONE in example.strategies for example in examples])
    more = np.array([example.goes_on for example in examples])
    for column, rows, labels in ((-2, told, none), (-1, np.ones_like(told), more)):
        fit = LogisticRegression(C=1e3).fit(held_out[rows, column, None], labels[rows])
        scale[column], bias[column] = fit.coef_[0, 0], fit.intercept_[0]
    rows = np.flatnonzero(told & ~none)
    best = [_LABELS.index(examples[row].strategies[0]) for row in rows]

    def loss(factor: float) -> float:
        scores = factor * held_out[rows][:, : len(_LABELS)]
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(rows)), best]))

    scale[:-2] = min(np.arange(1.0, 12.0, 0.25), key=loss)
    return scale, bias


def _report(examples: list[Example], scores: Table) -> None:
    """Print how often held-out examples are read right."""
    right: dict[str, list[bool]] = {"strategy": [], "none": [], "not none": [], "goes on": [], "opens": []}
    for example, row in zip(examples, scores, strict=True):
        if Strategy.NONE in example.strategies:
            right["none"].append(bool(row[-2] > 0))
        elif example.strategies:
            right["strategy"].append(_LABELS[int(row[:-2].argmax())] in example.strategies)
            right["not none"].append(bool(row[-2] <= 0))
        right["goes on" if example.goes_on else "opens"].append(bool(row[-1] > 0) == example.goes_on)
    for name, hits in right.items():
        print(f"{name}: {np.mean(hits):.3f} of {len(hits)} right in cross-validation")


if __name__ == "__main__":
    main()
