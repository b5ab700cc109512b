"""Measures the sentence guard on labelled sentences: ``coach eval guard FILE.jsonl``."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError
from coach.evals.files import read_lines
from coach.evals.intervals import Share
from coach.reply.classifier import OK, Classifier
from coach.reply.guard import Judge, vet_free
from coach.text import clean
from coach.types import Fault, Vector

LABELS = (OK, *(fault.value for fault in Fault))

Embed = Callable[[str], Vector]
"""Returns a text's unit vector."""

Pair = Callable[[str, str], Mapping[str, float]]
"""Returns the share of each label for a sentence, the second text, under a message."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A labelled sentence and the guard's verdict; ``seconds`` includes embedding it, but not its message."""

    id: str
    expected: str
    found: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a file's verdicts sum up to: a bad sentence is caught when it is withheld, for whatever reason."""

    caught: dict[str, Share]
    bad: Share
    withheld: Share
    """Good sentences that were withheld."""
    named: Share
    """Bad sentences for which the fault found is the one labelled."""
    median_s: float
    p95_s: float

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "caught": {label: share.as_json() for label, share in self.caught.items()},
            "bad_caught": self.bad.as_json(),
            "ok_withheld": self.withheld.as_json(),
            "fault_named_rightly": self.named.as_json(),
            "median_ms": round(self.median_s * 1000, 2),
            "p95_ms": round(self.p95_s * 1000, 2),
        }


def read_labelled(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file with ``id``, ``text``, ``label`` and, where known, ``context`` (the message).

    Raises:
        InputError: The file cannot be read, or a line is not a labelled sentence; the message names it.
    """
    rows = read_lines(path, {"id": str, "text": str, "label": str})
    for row in rows:
        if row["label"] not in LABELS:
            raise InputError(
                f"{path}: {row['id']!r} has the unknown label {row['label']!r}.", hint=f"It is one of {_listed()}."
            )
        if not isinstance(row.setdefault("context", ""), str):
            raise InputError(
                f"{path}: the context of {row['id']!r} is not a string.", hint="Give the message, or none."
            )
    return rows


def judge(rows: Iterable[dict[str, Any]], classifier: Classifier, embed: Embed, pair: Pair) -> list[Judged]:
    """Judge every sentence as if the model had written it freely in answer to its message."""
    return [_judged(row, classifier, embed, pair) for row in rows]


def _judged(row: dict[str, Any], classifier: Classifier, embed: Embed, pair: Pair) -> Judged:
    message = clean(row["context"])
    about = embed(message) if message else None
    sentence = clean(row["text"])
    started = time.perf_counter()
    read = pair(message, sentence) if message else None
    judge = Judge(classifier=classifier, sentence=embed(sentence), message=about, pair=read)
    verdict = vet_free(sentence, message, (), frozenset(), judge)
    seconds = time.perf_counter() - started
    found = OK if verdict.fault is None else verdict.fault.value
    return Judged(id=row["id"], expected=row["label"], found=found, seconds=seconds)


def summed(judged: Sequence[Judged]) -> Report:
    """Sum verdicts up."""
    totals = Counter(one.expected for one in judged)
    stopped = Counter(one.expected for one in judged if one.found != OK)
    bad = [label for label in LABELS if label != OK and totals[label]]
    right = sum(one.found == one.expected for one in judged if one.expected != OK)
    seconds = [one.seconds for one in judged] or [0.0]
    all_bad = sum(totals[label] for label in bad)
    return Report(
        caught={label: Share(hits=stopped[label], total=totals[label]) for label in bad},
        bad=Share(hits=sum(stopped[label] for label in bad), total=all_bad),
        withheld=Share(hits=stopped[OK], total=totals[OK]),
        named=Share(hits=right, total=all_bad),
        median_s=float(np.median(seconds)),
        p95_s=float(np.percentile(seconds, 95)),
    )


def as_text(report: Report) -> str:
    """Return a report as lines of text."""
    lines = ["Bad sentences caught"]
    lines += [f"  {label:<18}{share}" for label, share in report.caught.items()]
    lines.append(f"  {'all':<18}{report.bad}")
    lines.append(f"Good sentences withheld: {report.withheld}")
    lines.append(f"Fault named as labelled: {report.named}")
    lines.append(
        f"Time for a sentence, embedding included: median {report.median_s * 1000:.1f} ms, "
        f"95th percentile {report.p95_s * 1000:.1f} ms"
    )
    return "\n".join(lines)


def _listed() -> str:
    return f"{', '.join(LABELS[:-1])} and {LABELS[-1]}"
