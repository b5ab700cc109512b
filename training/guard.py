"""Train the classifier of ``coach.reply`` and store it as ``models/classifiers/guard.npz``.

Run ``python -m training.guard``; needs the embedder (``coach setup``). Learns the ``train*.jsonl`` of
``data/guard``. Prints, from cross-validation with all lines of a message and of a pair in one fold, what
the rules and the classifier together catch at several thresholds. The rules were made with the sentences
at hand, so these figures flatter them a little.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.linalg
import scipy.sparse

from coach import settings
from coach.llm.catalog import find
from coach.reply.classifier import (
    ADDED_WEIGHT,
    BUCKETS,
    OK,
    SCALE,
    SIGNAL_WEIGHT,
    THRESHOLD,
    WORD_WEIGHT,
    added,
    hashed,
    leaning,
    likeness,
    signals,
)
from coach.reply.guard import vet_free
from coach.retrieval.embed import Embedder
from coach.text import clean
from coach.types import Fault, Vector

_ROOT = Path(__file__).resolve().parent.parent
DATA = _ROOT / "data" / "guard"
_OUT = _ROOT / "models" / "classifiers" / "guard.npz"

LABELS = (OK, *(fault.value for fault in Fault if fault is not Fault.REPEAT))
"""What a sentence can be; repetition is found by rules alone."""

Held = np.ndarray[Any, np.dtype[np.bool_]]
"""For each line, whether it is one of those meant."""

PENALTY = 1.0
FOLDS = 8


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Training lines: ``group`` holds a number for each, the same for lines that belong together."""

    file: tuple[str, ...]
    text: tuple[str, ...]
    message: tuple[str, ...]
    label: tuple[str, ...]
    group: np.ndarray[Any, np.dtype[np.int64]]
    vectors: Vector
    added: Vector
    signals: Vector
    words: scipy.sparse.csr_matrix


def main() -> None:
    """Train, report and store."""
    lines = read_lines(sorted(DATA.glob("train*.jsonl")))
    centre, spread, standard = standardised(lines)
    kernel, targets = kernel_of(lines, standard), targets_of(lines)
    print_cross_validation(lines, cross_validated(kernel, targets, lines.group))
    duals, means = fitted(kernel, targets)
    np.savez_compressed(
        _OUT,
        allow_pickle=False,
        support=_quantized(lines.vectors),
        added=_quantized(lines.added),
        signals=standard.astype(np.float16),
        centre=centre,
        spread=spread,
        duals=duals.astype(np.float16),
        words=(WORD_WEIGHT * (lines.words.T @ duals)).astype(np.float16),
        means=means,
        labels=np.array(LABELS),
    )
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes from {len(lines.text)} lines")


def read_lines(files: Sequence[Path]) -> Lines:
    """Read and embed the lines of some files."""
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    rows = [(path.stem, json.loads(row)) for path in files for row in path.read_text("utf-8").splitlines()]
    texts = tuple(clean(row["text"]) for _, row in rows)
    messages = tuple(clean(row["context"]) for _, row in rows)
    places = {text: place for place, text in enumerate(dict.fromkeys((*texts, *messages)))}
    table = embedder.embed(list(places))
    vectors = table[[places[text] for text in texts]]
    about = table[[places[text] for text in messages]]
    return Lines(
        file=tuple(name for name, _ in rows),
        text=texts,
        message=messages,
        label=tuple(row["label"] for _, row in rows),
        group=_groups([(f"{name} {row['id']}", row["context"]) for name, row in rows]),
        vectors=vectors,
        added=np.stack([added(one, other) for one, other in zip(vectors, about, strict=True)]),
        signals=np.stack(
            [
                signals(text, message, float(one @ other))
                for text, message, one, other in zip(texts, messages, vectors, about, strict=True)
            ]
        ),
        words=_word_rows(texts),
    )


def _groups(rows: Sequence[tuple[str, str]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Number lines so that those with one message, and both of a pair (ids that end in -p01), have one number."""
    numbers = np.arange(len(rows))
    before: dict[str, int] = {}
    for place, (name, message) in enumerate(rows):
        pair = re.search(r"^(\S+) .*-(p\d+)$", name)
        for key in (message, *((f"{pair[1]} {pair[2]}",) if pair else ())):
            other = before.setdefault(key, place)
            numbers[numbers == numbers[place]] = numbers[other]
    return numbers


def standardised(lines: Lines) -> tuple[Vector, Vector, Vector]:
    """Return the mean and the spread of the signals, and the signals made alike by them."""
    centre, spread = lines.signals.mean(axis=0), lines.signals.std(axis=0) + 1e-3
    return centre, spread, ((lines.signals - centre) / spread).astype(np.float32)


def kernel_of(lines: Lines, standard: Vector) -> Vector:
    """Return how alike the lines are, shape (lines, lines)."""
    kernel = likeness(lines.vectors, lines.vectors) + ADDED_WEIGHT * likeness(lines.added, lines.added)
    kernel += SIGNAL_WEIGHT * leaning(standard, standard) + WORD_WEIGHT * (lines.words @ lines.words.T).toarray()
    return np.asarray(kernel, dtype=np.float32)


def targets_of(lines: Lines) -> Vector:
    """Return 1 for each line's label and 0 for the others, shape (lines, labels)."""
    return np.array([[label == one for one in LABELS] for label in lines.label], dtype=np.float32)


def fitted(kernel: Vector, targets: Vector) -> tuple[Vector, Vector]:
    """Return duals, shape (lines, labels), and means, shape (labels,)."""
    means = targets.mean(axis=0)
    ridge = kernel + PENALTY * np.eye(len(kernel), dtype=np.float32)
    duals = scipy.linalg.solve(ridge, targets - means, assume_a="pos", overwrite_a=True)
    return duals.astype(np.float32), means


def cross_validated(kernel: Vector, targets: Vector, group: np.ndarray[Any, np.dtype[np.int64]]) -> Vector:
    """Return each line's share of all faults, from lines of other groups."""
    folds = np.random.default_rng(0).integers(0, FOLDS, len(kernel))[group]
    shares = np.zeros(len(kernel), dtype=np.float32)
    for fold in range(FOLDS):
        learnt, held = folds != fold, folds == fold
        duals, means = fitted(kernel[np.ix_(learnt, learnt)], targets[learnt])
        shares[held] = 1.0 - (kernel[np.ix_(held, learnt)] @ duals + means)[:, 0]
    return shares


def held_out(lines: Lines) -> Held:
    """Return which lines to measure on: all of ``dev.jsonl``, and a quarter of the training messages."""
    quarter = np.random.default_rng(0).integers(0, 4, len(lines.text))[lines.group] == 0
    return np.asarray(quarter | (np.array(lines.file) == "dev"), dtype=np.bool_)


def print_held(lines: Lines, held: Held, pair: Vector) -> None:
    """Print how the held lines are judged by the kernels, by the reader of pairs (``pair``) and by both."""
    kernel, targets = kernel_of(lines, standardised(lines)[2]), targets_of(lines)
    duals, means = fitted(kernel[np.ix_(~held, ~held)], targets[~held])
    alone = 1.0 - (kernel[np.ix_(held, ~held)] @ duals + means)[:, 0]
    ruled, here = ruled_out(lines)[held], np.array(lines.file)[held]
    bad = np.array([label != OK for label in lines.label])[held]
    for name, rows in (("training messages", here != "dev"), ("dev.jsonl", here == "dev")):
        for weight in (0.0, 0.3, 0.5, 0.7, 1.0):
            shares = (1.0 - weight) * alone + weight * pair
            told = [f"{name}, pairs {weight}:"]
            for most in (0.05, 0.075, 0.1):
                threshold, caught = at_most(most, shares[rows], ruled[rows], bad[rows])
                told.append(f"{caught[bad[rows]].mean():.3f} caught at {most} withheld (from {threshold:.2f});")
            print(" ".join(told))


def at_most(most: float, shares: Vector, ruled: Held, bad: Held) -> tuple[float, Held]:
    """Return the threshold at which a share ``most`` of the good lines is withheld, and what is stopped there."""
    room = max(int(most * (~bad).sum()) - int((ruled & ~bad).sum()), 0)
    threshold = float(np.sort(shares[~bad & ~ruled])[::-1][room])
    return threshold, np.asarray(ruled | (shares > threshold), dtype=np.bool_)


def ruled_out(lines: Lines) -> Held:
    """Return which lines the rules stop."""
    pairs = zip(lines.text, lines.message, strict=True)
    return np.array([not vet_free(text, message, (), frozenset()).passes for text, message in pairs])


def print_cross_validation(lines: Lines, shares: Vector) -> None:
    """Print what is caught and withheld of each file's lines at thresholds around the present one."""
    ruled = ruled_out(lines)
    bad = np.array([label != OK for label in lines.label])
    gravest = np.array([label in (Fault.PERSONALIZING, Fault.BLAME) for label in lines.label])
    for name in dict.fromkeys(lines.file):
        here = np.array([one == name for one in lines.file])
        print(f"{name}: rules alone catch {ruled[here & bad].mean():.3f} and withhold {ruled[here & ~bad].mean():.3f}")
        for threshold in (THRESHOLD - 0.2, THRESHOLD - 0.1, THRESHOLD, THRESHOLD + 0.1):
            caught = ruled | (shares >= threshold)
            print(
                f"  {threshold:.2f}: bad {caught[here & bad].mean():.3f}, personalizing and blame "
                f"{caught[here & gravest].mean():.3f} caught; ok {caught[here & ~bad].mean():.3f} withheld"
            )


def _quantized(vectors: Vector) -> np.ndarray[Any, np.dtype[np.int8]]:
    return np.asarray(np.clip(np.rint(vectors * SCALE), -127, 127), dtype=np.int8)


def _word_rows(texts: Sequence[str]) -> scipy.sparse.csr_matrix:
    """Return hashed words, one unit row for each text."""
    buckets = [hashed(text) for text in texts]
    lengths = [len(row) for row in buckets]
    values = np.repeat([max(length, 1) ** -0.5 for length in lengths], lengths).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return scipy.sparse.csr_matrix((values, np.concatenate(buckets), pointers), shape=(len(texts), BUCKETS))


if __name__ == "__main__":
    main()
