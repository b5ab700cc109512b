"""Learn which vetted answers fit, and store it with their vectors as ``models/classifiers/answers.npz``.

Run ``python -m training.answers`` (three minutes; twenty on an old processor) after every change of
``knowledge/answers/``, and after ``training.situation``. It reads the graded pairs of ``data/answers/train.jsonl`` and
prints how those of ``dev.jsonl`` come out, from which ``WORTH`` in ``coach.reply.matching`` is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from coach import settings
from coach.heads import Heads, word_features
from coach.llm.catalog import EMBEDDER, load, require
from coach.reply.answers import Answer, held_by, read_answers
from coach.reply.matching import SCALE, Answers, Learnt, all_asks, as_matched, key, worth_of
from coach.retrieval.embed import Embedder
from coach.retrieval.tuning import embedder_identity
from coach.situation import SituationReader
from coach.text import clean
from coach.types import Kind, Vector, Wants
from training.lessons import ROOT

DATA = ROOT / "data" / "answers"
CLASSIFIERS = ROOT / "models" / "classifiers"
OUT = CLASSIFIERS / "answers.npz"
GRADES = {"no": 0, "partly": 1, "fits": 2}


def main() -> None:
    """Learn, store and measure."""
    embedder = Embedder(require(EMBEDDER, settings.load()).path)
    entries = read_answers(ROOT / "knowledge" / "answers")
    asks = all_asks(entries)
    vectors = embedder.embed(asks)
    stored: dict[str, Any] = {
        "key": np.array(key(asks, embedder_identity(load()[EMBEDDER].sha256))),
        "vectors": np.clip(np.round(vectors * SCALE), -127, 127).astype(np.int8),
        "weights": np.zeros((2, 7), np.float32),
        **what_for(entries, asks, vectors),
    }
    write(stored)
    learnt = Learnt(OUT)
    answers = Answers(entries, lambda _: vectors, learnt)
    rows, grades, _ = read_pairs(DATA / "train.jsonl", entries, answers, learnt, embedder)
    stored["weights"] = np.stack([fitted(rows, (grades >= least).astype(np.float32)) for least in (2, 1)])
    write(stored)
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes; weights {np.round(stored['weights'], 2).tolist()}")
    measure(*read_pairs(DATA / "dev.jsonl", entries, answers, learnt, embedder), stored["weights"])


def what_for(entries: Sequence[Answer], asks: Sequence[str], vectors: Vector) -> dict[str, Any]:
    """Return for each entry how likely its ``asks`` are of each kind and wish."""
    heads = Heads(CLASSIFIERS / "situation.npz", ("kind", "wants"))
    rows = [word_features(ask, vector) for ask, vector in zip(asks, vectors, strict=True)]
    owners = [entry.id for entry in entries for _ in entry.asks]
    stored: dict[str, Any] = {"ids": np.array([entry.id for entry in entries])}
    for head, labels in (("kind", tuple(Kind)), ("wants", tuple(Wants))):
        sums = {entry.id: np.zeros(len(labels)) for entry in entries}
        for owner, row in zip(owners, rows, strict=True):
            shares = heads.shares(head, row)
            sums[owner] += [shares.get(label.value, 0.0) for label in labels]
        plural = {"kind": "kinds", "wants": "wants"}[head]
        stored[plural] = np.array([label.value for label in labels])
        stored[f"of_{plural}"] = np.array(
            [sums[entry.id] / max(len(entry.asks), 1) for entry in entries], dtype=np.float16
        )
    return stored


def read_pairs(
    path: Path, entries: Sequence[Answer], answers: Answers, learnt: Learnt, embedder: Embedder
) -> tuple[Vector, Vector, list[str]]:
    """Return signals, grades 0 to 2, and messages' ids of every graded pair whose answer is still there."""
    places = {entry.id: place for place, entry in enumerate(entries)}
    reader = SituationReader(CLASSIFIERS / "situation.npz")
    rows, grades, ids = [], [], []
    for line in path.read_text("utf-8").splitlines():
        pair = json.loads(line)
        text = clean(pair["text"])
        vectors = embedder.vectors(text)
        situation, scores = reader.read(text, (), vectors, None), answers.likeness(vectors)
        for answer, grade in pair["grades"].items():
            if answer in places:
                place, matched = places[answer], as_matched(text)
                held = held_by(entries[place], matched)
                share = held[0] if held is not None else 0.0
                rows.append(answers.signals(place, share, matched, vectors, scores, situation, learnt))
                grades.append(GRADES[grade])
                ids.append(pair["id"])
    return np.array(rows, dtype=np.float32), np.array(grades, dtype=np.float32), ids


def fitted(rows: Vector, labels: Vector) -> Vector:
    """Return the weights of a logistic regression, of a constant first."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    model = LogisticRegression(C=0.3, max_iter=2000).fit((rows - middle) / spread, labels)
    weights = model.coef_[0] / spread
    return np.array([model.intercept_[0] - weights @ middle, *weights], dtype=np.float32)


def measure(rows: Vector, grades: Vector, ids: Sequence[str], weights: Vector) -> None:
    """Print how pairs that were not learnt from come out: all, and those of messages nobody wrote answers for."""
    worth = np.array([worth_of(row, weights) for row in rows.tolist()])
    written = np.array([name.startswith("rd-") for name in ids])
    for name, chosen in (("all", np.ones(len(ids), dtype=bool)), ("messages nobody wrote for", ~written)):
        kept = np.flatnonzero(chosen)
        area = [float(roc_auc_score(grades[kept] >= least, worth[kept])) for least in (2, 1)]
        print(f"{name}: area under the curve {area[0]:.3f} for fits, {area[1]:.3f} for at least partly")
        messages = sorted({ids[int(row)] for row in kept})
        tops = [
            max((int(row) for row in kept if ids[int(row)] == one), key=lambda row: float(worth[row]))
            for one in messages
        ]
        for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
            used = [row for row in tops if worth[row] >= least]
            fits, partly = (int(sum(grades[row] == grade for row in used)) for grade in (2, 1))
            print(f"  from {least}: {len(used)} of {len(tops)} answered, {fits} fit, {partly} fit partly")


def write(stored: dict[str, Any]) -> None:
    """Store what was learnt."""
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(OUT, allow_pickle=False, **stored)


if __name__ == "__main__":
    main()
