"""Train the classifiers of ``coach.situation`` and store them as ``models/classifiers/situation.npz``.

Run ``python -m training.situation``; needs the embedder (``coach setup``) and scikit-learn,
which sentence-transformers brings. Prints the accuracy of five-fold cross-validation.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from coach import settings
from coach.llm.catalog import find
from coach.retrieval.embed import Embedder
from coach.situation import features
from coach.text import clean

_ROOT = Path(__file__).resolve().parent.parent
_TRAIN = _ROOT / "data" / "situation"
_OUT = _ROOT / "models" / "classifiers" / "situation.npz"


def main() -> None:
    """Train, report and store."""
    files = sorted(_TRAIN.glob("train*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    texts = [clean(row["text"]) for row in rows]
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    vectors = embedder.embed(texts)
    table = np.stack([features(text, vector) for text, vector in zip(texts, vectors, strict=True)])
    stored: dict[str, np.ndarray] = {}
    for head in ("kind", "wants", "stage"):
        labels = np.array([row[head] for row in rows])
        model = LogisticRegression(C=10, max_iter=3000, class_weight="balanced")
        guesses = cross_val_predict(model, table, labels, cv=StratifiedKFold(5, shuffle=True, random_state=0))
        print(f"{head}: {np.mean(guesses == labels):.3f} of {len(labels)} right in cross-validation")
        model.fit(table, labels)
        stored[f"{head}_weights"] = model.coef_.astype(np.float16)
        stored[f"{head}_bias"] = model.intercept_.astype(np.float32)
        stored[f"{head}_labels"] = model.classes_.astype(str)
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(_OUT, allow_pickle=False, **stored)
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
