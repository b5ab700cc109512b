"""Train the classifier of ``coach.safety`` and store it as ``models/classifiers/safety.npz``.

Run ``python -m training.safety``; needs the embedder (``coach setup``). Each ``train*.jsonl`` in
``data/safety`` is by another author. The encoder has been tuned on most of these lines, so what a
model catches of them says nothing: ``coach eval safety data/safety/dev-hand4.jsonl`` does.
Messages of the training files of ``data/situation`` and ``data/retrieval`` that no rule flags are
ordinary talk; learnt are those that a first model, which does not know them, takes for something else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import torch

from coach import settings
from coach.llm.catalog import find
from coach.retrieval.embed import Embedder, split
from coach.safety.classifier import BUCKETS, GROUPS, SCALE, WORD_WEIGHT, hashed, likeness
from coach.safety.gate import views_of
from coach.safety.signs import rule_signs
from coach.text import clean
from coach.types import Level, Vector, Vectors

_ROOT = Path(__file__).resolve().parent.parent
_DATA = _ROOT / "data" / "safety"
_ORDINARY = ("situation", "retrieval")
_OUT = _ROOT / "models" / "classifiers" / "safety.npz"

_HARMLESS = (Level.L0, Level.L1)
_LEVELS = tuple(Level)

_ALARM = 0.3
"""Share of a group of levels from which an ordinary message is learnt."""

_STRIP = 2000

PENALTY = 0.3
"""Ridge penalty of a view of weight 1."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A training line, its author, the views the classifier has of it, and each view's level for training.

    A view with the level None is looked at by the gate, but not learnt from: whether it is
    dangerous by itself is not known.
    """

    author: str
    text: str
    level: Level
    texts: tuple[str, ...]
    vectors: Vector
    learnt: tuple[Level | None, ...]
    whole: Vector


@dataclass(frozen=True, kw_only=True)
class Model:
    """What is stored: support vectors, their duals for each level, weights of hashed words, means."""

    support: Vector
    duals: Vector
    words: Vector
    means: Vector

    def alarm(self, line: Line) -> float:
        """Return the most that any of a line's views speaks for any group of levels above L1."""
        shared = _word_rows(line.texts) @ self.words
        scores = likeness(line.vectors, self.support) @ self.duals + shared + self.means
        groups = [[_LEVELS.index(level) for level in levels] for levels in GROUPS.values()]
        return float(max(scores[:, group].sum(axis=1).max() for group in groups))


def main() -> None:
    """Train, report and store."""
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    files = sorted(_DATA.glob("train*.jsonl"))
    labelled = [(path.stem, row) for path in files for row in _rows(path)]
    everyday = _ordinary_rows()
    known = _embedded([clean(row["text"]) for row in (*(row for _, row in labelled), *everyday)], embedder)
    lines = [_line(row, author, known) for author, row in labelled]
    ordinary = [_line(row, "ordinary", known) for row in everyday]
    first = fitted(lines)
    mistaken = [line for line in ordinary if first.alarm(line) > _ALARM]
    print(f"{len(mistaken)} of {len(ordinary)} ordinary messages are learnt")
    model = fitted([*lines, *mistaken])
    packed = json.dumps([[line.text, line.level.value] for line in lines], ensure_ascii=False).encode("utf-8")
    np.savez_compressed(
        _OUT,
        allow_pickle=False,
        support=quantized(model.support),
        duals=model.duals.astype(np.float16),
        words=model.words.astype(np.float16),
        means=model.means,
        labels=np.array([level.value for level in _LEVELS]),
        lines=np.frombuffer(packed, dtype=np.uint8),
        vectors=quantized(np.stack([line.whole for line in lines])),
    )
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes from {len(lines)} lines of {len(files)} authors")


def quantized(vectors: Vector) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Return unit vectors in one byte a number, a quarter of the file: cosines change by less than 0.01."""
    return np.asarray(np.clip(np.rint(vectors * SCALE), -127, 127), dtype=np.int8)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(row) for row in path.read_text("utf-8").splitlines()]


def _ordinary_rows() -> list[dict[str, str]]:
    """Return ordinary messages; the rules leave out the few that are not harmless."""
    files = [path for name in _ORDINARY for path in sorted((_ROOT / "data" / name).glob("train*.jsonl"))]
    texts = dict.fromkeys(clean(row["text"]) for path in files for row in _rows(path))
    calm = [text for text in texts if all(sign.level in _HARMLESS for sign in rule_signs(text))]
    return [{"text": text, "level": "L0"} for text in calm]


def _embedded(texts: list[str], embedder: Embedder) -> dict[str, Vector]:
    """Return the vectors of texts and of their sentences; all at once takes a tenth of the time of one by one."""
    parts = list(dict.fromkeys(part for text in texts for part in (text, *split(text))))
    return dict(zip(parts, embedder.embed(parts), strict=True))


def _line(row: dict[str, str], author: str, known: dict[str, Vector]) -> Line:
    text, level, span = clean(row["text"]), Level(row["level"]), clean(row.get("span", ""))
    parts = split(text)
    vectors = Vectors(whole=known[text], sentences=parts, each=np.stack([known[part] for part in parts]))
    views = views_of(text, vectors)
    return Line(
        author=author,
        text=text,
        level=level,
        texts=tuple(passage.text for passage, _ in views),
        vectors=np.stack([vector for _, vector in views]),
        learnt=tuple(_learnt(passage.text, text, level, span) for passage, _ in views),
        whole=vectors.whole,
    )


def _learnt(passage: str, text: str, level: Level, span: str) -> Level | None:
    if level in _HARMLESS or passage == text:
        return level
    if not span:
        return None
    if span in passage or passage in span:
        return level
    return Level.L0


def fitted(lines: list[Line]) -> Model:
    """Fit on every view that is learnt from; long lines weigh as much as short ones."""
    rows = [
        (text, vector, level, len(line.learnt) ** -0.5)
        for line in lines
        for text, vector, level in zip(line.texts, line.vectors, line.learnt, strict=True)
        if level is not None
    ]
    support = np.stack([vector for _, vector, _, _ in rows])
    words = _word_rows([text for text, *_ in rows])
    # In strips: numpy's product of a matrix with itself dies like scipy's solvers, below.
    strips = [slice(at, at + _STRIP) for at in range(0, len(rows), _STRIP)]
    kernel = np.empty((len(rows), len(rows)), dtype=np.float32)
    for strip in strips:
        kernel[strip] = likeness(support[strip], support) + WORD_WEIGHT * (words[strip] @ words.T).toarray()
    kernel[np.diag_indices_from(kernel)] += PENALTY / np.array([weight for *_, weight in rows], dtype=np.float32)
    targets = np.array([[level is one for one in _LEVELS] for _, _, level, _ in rows], dtype=np.float32)
    means = targets.mean(axis=0)
    # Not scipy.linalg, whose solvers die on a matrix of more than 2 GiB.
    factor = torch.linalg.cholesky(torch.from_numpy(kernel))
    duals = torch.cholesky_solve(torch.from_numpy(targets - means), factor).numpy()
    return Model(support=support, duals=duals, words=WORD_WEIGHT * (words.T @ duals), means=means)


def _word_rows(texts: tuple[str, ...] | list[str]) -> scipy.sparse.csr_matrix:
    """Return hashed words, one unit row for each text."""
    buckets = [hashed(text) for text in texts]
    lengths = [len(row) for row in buckets]
    values = np.repeat([max(length, 1) ** -0.5 for length in lengths], lengths).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return scipy.sparse.csr_matrix((values, np.concatenate(buckets), pointers), shape=(len(texts), BUCKETS))


if __name__ == "__main__":
    main()
