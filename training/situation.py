"""Train the classifiers of ``coach.situation`` and store them as ``models/classifiers/situation.npz``.

Run ``python -m training.situation``; needs the embedder (``coach setup``) and scikit-learn,
which sentence-transformers brings. Prints the accuracy of five-fold cross-validation. For the kind, one of the
``asks`` of each vetted answer is learnt from too, with little weight: its kind is that of its entry, or of its file.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from coach import settings
from coach.heads import word_features
from coach.llm.catalog import find
from coach.retrieval.embed import Embedder
from coach.text import clean
from coach.types import Kind

_ROOT = Path(__file__).resolve().parent.parent
_TRAIN = _ROOT / "data" / "situation"
_ANSWERS = _ROOT / "knowledge" / "answers"
_OUT = _ROOT / "models" / "classifiers" / "situation.npz"

ASK_WEIGHT = 0.06
"""Weight of an ask beside a labelled message."""


def main() -> None:
    """Train, report and store."""
    files = sorted(_TRAIN.glob("train*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    texts = [clean(row["text"]) for row in rows]
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    vectors = embedder.embed(texts)
    table = np.stack([word_features(text, vector) for text, vector in zip(texts, vectors, strict=True)])
    stored: dict[str, np.ndarray] = {}
    for head in ("kind", "wants", "stage"):
        known = [place for place, row in enumerate(rows) if head in row]
        labels, told = np.array([rows[place][head] for place in known]), table[known]
        model = LogisticRegression(C=10, max_iter=3000, class_weight="balanced")
        guesses = cross_val_predict(model, told, labels, cv=StratifiedKFold(5, shuffle=True, random_state=0))
        print(f"{head}: {np.mean(guesses == labels):.3f} of {len(labels)} right in cross-validation")
        if head == "kind":
            asks, kinds = read_asks()
            asked = np.stack(
                [word_features(ask, vector) for ask, vector in zip(asks, embedder.embed(asks), strict=True)]
            )
            weights = np.repeat([1.0, ASK_WEIGHT], [len(labels), len(asks)])
            model.fit(np.concatenate([told, asked]), np.concatenate([labels, kinds]), sample_weight=weights)
        else:
            model.fit(told, labels)
        stored[f"{head}_weights"] = model.coef_.astype(np.float16)
        stored[f"{head}_bias"] = model.intercept_.astype(np.float32)
        stored[f"{head}_labels"] = model.classes_.astype(str)
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(_OUT, allow_pickle=False, **stored)
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes")


def read_asks() -> tuple[list[str], list[str]]:
    """Return the first of the ``asks`` of each vetted answer whose kind is known, and these kinds."""
    found: list[tuple[str, str]] = []
    for path in sorted(_ANSWERS.glob("*.toml")):
        stem = path.stem.replace("-", "_")
        own = next((kind.value for kind in Kind if stem.startswith(kind.value)), None)
        for entry in tomllib.loads(path.read_text("utf-8"))["answer"]:
            kind = entry["kinds"][0] if entry.get("kinds") else own
            # What refuses advice is said in so many words, so its file tells less than an entry's own kinds.
            told = kind is not None and (bool(entry.get("kinds")) or kind != Kind.REFUSES_ADVICE)
            if kind is not None and told and entry["asks"]:
                found.append((clean(entry["asks"][0]), kind))
    return [ask for ask, _ in found], [kind for _, kind in found]


if __name__ == "__main__":
    main()
