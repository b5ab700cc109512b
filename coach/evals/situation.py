"""Measures what is understood of messages, on labelled files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.evals.files import read_lines
from coach.evals.intervals import wilson
from coach.types import Kind, Wants

FIELDS = ("kind", "wants")
_LABELS: dict[str, tuple[str, ...]] = {"kind": tuple(Kind), "wants": tuple(Wants)}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was read of one field: hits among ``total``, and how often which label was taken for which."""

    hits: int
    total: int
    confusions: Counter[tuple[str, str]]

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end of the 95 % Wilson interval, in 0..1."""
        return wilson(self.hits, self.total)


def read_labelled(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file with ``id``, ``text``, ``kind`` and ``wants``.

    Raises:
        InputError: The file cannot be read, or a label is unknown; the message names the line's id.
    """
    rows = read_lines(path, {"id": str, "text": str, "kind": str, "wants": str})
    for row in rows:
        for field in FIELDS:
            if row[field] not in _LABELS[field]:
                raise InputError(
                    f"{path}: {row['id']!r} has the unknown {field} {row[field]!r}.",
                    hint=f"It is one of {', '.join(_LABELS[field])}.",
                )
    return rows


def measured(rows: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> dict[str, Measured]:
    """Compare labels with what was read, line by line."""
    return {
        field: _measured([(row[field], one[field]) for row, one in zip(rows, found, strict=True)]) for field in FIELDS
    }


def _measured(pairs: Sequence[tuple[str, str]]) -> Measured:
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    return Measured(hits=len(pairs) - wrong.total(), total=len(pairs), confusions=wrong)


def as_json(report: dict[str, Measured]) -> dict[str, Any]:
    """Return a report as plain values."""
    return {
        field: {
            "hits": one.hits,
            "total": one.total,
            "accuracy": one.hits / one.total,
            "low": one.interval[0],
            "high": one.interval[1],
            "confusions": [
                {"expected": pair[0], "found": pair[1], "count": count} for pair, count in one.confusions.most_common()
            ],
        }
        for field, one in report.items()
    }


def as_text(report: dict[str, Measured]) -> str:
    """Return a report as lines of text, with the twelve most frequent confusions of each field."""
    lines = []
    for field, one in report.items():
        low, high = one.interval
        lines.append(
            f"{field}: {one.hits} of {one.total} ({one.hits / one.total:.3f}; 95 % interval {low:.3f} to {high:.3f})"
        )
        lines += [f"  {pair[0]} taken for {pair[1]}: {count}" for pair, count in one.confusions.most_common(12)]
    return "\n".join(lines)
