"""Train the classifiers of ``coach.drafts`` and store them as ``models/classifiers/drafts.npz``.

Run ``python -m training.drafts``; needs the embedder (``coach setup``) and scikit-learn, which sentence-transformers
brings. Messages of ``data/situation`` that want no draft are learnt as such. Prints the accuracy of
five-fold cross-validation on ``data/drafts/train*.jsonl``, whole conversations left out together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from coach import settings
from coach.drafts.classifier import NONE, REVISION, draft_features
from coach.llm.catalog import find
from coach.retrieval.embed import Embedder
from coach.text import clean

_ROOT = Path(__file__).resolve().parent.parent
_TRAIN = _ROOT / "data" / "drafts"
_ORDINARY = _ROOT / "data" / "situation"
_OUT = _ROOT / "models" / "classifiers" / "drafts.npz"

PENALTY = 10
"""Inverse strength of the penalty on weights."""

_FOLDS = 5
_BETWEEN = " / "

Rows = npt.NDArray[np.float32]


def main() -> None:
    """Train, report and store."""
    files = sorted(_TRAIN.glob("train*.jsonl"))
    lines = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    table = feature_table(lines, embedder)
    ordinary = feature_table(ordinary_lines(), embedder)
    stored: dict[str, np.ndarray[Any, Any]] = {}
    for head in ("kind", "channel"):
        labels = np.array([line[head] for line in lines])
        extra = ordinary if head == "kind" else ordinary[:0]
        guesses = cross_validated(table, labels, extra, [_talk(line["id"]) for line in lines])
        print(f"{head}: {np.mean(guesses == labels):.3f} of {len(labels)} right in cross-validation")
        if head == "kind":
            _print_kinds(labels, guesses)
        model = fitted(table, labels, extra)
        stored[f"{head}_weights"] = model.coef_.astype(np.float16)
        stored[f"{head}_bias"] = model.intercept_.astype(np.float32)
        stored[f"{head}_labels"] = model.classes_.astype(str)
    np.savez_compressed(_OUT, allow_pickle=False, **stored)
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes")


def ordinary_lines() -> list[dict[str, str]]:
    """Return messages that want no draft."""
    files = sorted(_ORDINARY.glob("train*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    return [{"text": row["text"]} for row in rows if row["wants"] != "draft"]


def feature_table(lines: list[dict[str, str]], embedder: Embedder) -> Rows:
    """Return the features of messages, one row each."""
    said = [[*filter(None, map(clean, line.get("before", "").split(_BETWEEN))), clean(line["text"])] for line in lines]
    texts = list(dict.fromkeys(text for each in said for text in each))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return np.stack([draft_features(each[-1], [vectors[text] for text in each]) for each in said])


def fitted(table: Rows, labels: npt.NDArray[np.str_], ordinary: Rows) -> LogisticRegression:
    """Fit on messages with their labels, and on ordinary ones as ``NONE``."""
    model = LogisticRegression(C=PENALTY, max_iter=300, tol=1e-3)
    rows = np.concatenate([table, ordinary])
    every = np.concatenate([labels, np.full(len(ordinary), NONE)])
    return model.fit(rows, every)


def cross_validated(
    table: Rows, labels: npt.NDArray[np.str_], ordinary: Rows, talks: list[str]
) -> npt.NDArray[np.str_]:
    """Return the label of each row as guessed by a model that has seen nothing of its conversation."""
    guesses = np.empty(len(labels), dtype=labels.dtype)
    for known, new in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(table, labels, talks):
        guesses[new] = fitted(table[known], labels[known], ordinary).predict(table[new])
    return guesses


def _talk(line: str) -> str:
    """Return the conversation that a line is of: "mth-001" for "mth-001-3"; a single message is one by itself."""
    return line.rpartition("-")[0] if line.count("-") > 1 else line


def _print_kinds(labels: npt.NDArray[np.str_], guesses: npt.NDArray[np.str_]) -> None:
    due = ~np.isin(labels, [NONE, REVISION])
    asked = ~np.isin(guesses, [NONE, REVISION])
    print(f"due: {np.mean(asked[due]):.3f} found; {np.mean(asked[labels == NONE]):.3f} of those that want none taken")


if __name__ == "__main__":
    main()
