"""Measure which cards are found for labelled messages: ``coach eval retrieval FILE.jsonl``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError
from coach.evals.ranking import NONE, Answer, Case, Figure, by_group, confusions, figures
from coach.text import clean
from coach.types import FoundCard, Strategy

Find = Callable[[str], tuple[FoundCard, ...]]
"""Embeds a message, reads its situation and returns its cards, as a turn does."""

_WARM_UP = 5
_LABELS = frozenset(label.value for label in Strategy)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was measured. Times are milliseconds of embedding plus retrieval for one message."""

    cases: int
    figures: list[Figure]
    p50_ms: float
    p95_ms: float
    confusions: list[tuple[str, str, int]]
    strategies: list[tuple[str, int, float]]
    kinds: list[tuple[str, int, float]]


def read_cases(path: Path) -> list[Case]:
    """Read labelled messages.

    Raises:
        InputError: The file is missing, empty or has a line that is no case; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="Name a JSONL file of labelled messages.") from error
    cases = [_case(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise InputError(f"{path} has no cases.", hint="Each line is a JSON object with id, text and strategies.")
    return cases


def measure(cases: Sequence[Case], find: Find) -> tuple[Report, list[Answer]]:
    """Find cards for every case, one after the other, and report."""
    for case in cases[:_WARM_UP]:
        find(clean(case.text))
    answers, times = [], []
    for case in cases:
        text = clean(case.text)
        started = time.perf_counter()
        found = find(text)
        times.append(1000 * (time.perf_counter() - started))
        answers.append(
            Answer(
                strategies=tuple(one.card.strategy.value for one in found), cards=tuple(one.card.id for one in found)
            )
        )
    p50, p95 = np.percentile(times, [50, 95])
    report = Report(
        cases=len(cases),
        figures=figures(cases, answers),
        p50_ms=float(p50),
        p95_ms=float(p95),
        confusions=confusions(cases, answers),
        strategies=by_group(cases, answers, lambda case: case.strategies[0]),
        kinds=by_group(cases, answers, lambda case: case.kind or "not labelled"),
    )
    return report, answers


def write_answers(path: Path, cases: Sequence[Case], answers: Sequence[Answer]) -> None:
    """Write one line ``{"id", "strategies", "cards"}`` per case.

    Raises:
        InputError: The file cannot be written.
    """
    lines = [
        json.dumps({"id": case.id, "strategies": list(answer.strategies), "cards": list(answer.cards)})
        for case, answer in zip(cases, answers, strict=True)
    ]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error}.", hint="Choose another place with --out.") from error


def ablation_table(cases: Sequence[Case], parts: Iterable[tuple[str, Find]]) -> str:
    """Return a Markdown table of the main figures, a row for each part of the search that is left out."""
    shown = ("top-1 acceptable", "top-1 acceptable, macro", "top-3 acceptable", "none kept out", "top card acceptable")
    lines = [f"| left out | {' | '.join(shown)} |", f"|---|{'---:|' * len(shown)}"]
    for name, find in parts:
        report, _ = measure(cases, find)
        values = {figure.name: figure.value for figure in report.figures}
        lines.append(f"| {name} | {' | '.join(f'{values[each]:.3f}' for each in shown if each in values)} |")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(asdict(report), indent=2)


def as_text(report: Report) -> str:
    """Return the report as lines for a terminal."""
    lines = [f"{report.cases} messages", "", f"{'':26}{'':>7}  {'95 %':^13} constant  cases"]
    for one in report.figures:
        lines.append(f"{one.name:26}{one.value:7.3f}  {one.low:.3f}-{one.high:.3f}  {one.constant:7.3f}  {one.cases:5}")
    lines += ["", f"embedding plus retrieval   p50 {report.p50_ms:.1f} ms, p95 {report.p95_ms:.1f} ms", ""]
    lines.append("worst confusions (wanted -> got)")
    lines += [f"  {wanted} -> {got}: {times}" for wanted, got, times in report.confusions] or ["  none"]
    for title, rows in (("strategy", report.strategies), ("kind", report.kinds)):
        lines += ["", f"right by {title}"]
        lines += [f"  {name:18}{share:6.3f}  of {cases}" for name, cases, share in rows]
    return "\n".join(lines)


def _case(line: str, path: Path, number: int) -> Case:
    try:
        row: Any = json.loads(line)
        case = Case(
            id=str(row["id"]),
            text=str(row["text"]),
            strategies=tuple(str(label) for label in row["strategies"]),
            cards=tuple(str(card) for card in row.get("cards") or ()),
            kind=str(row.get("kind") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}, line {number}: this is not a case: {error!r}.",
            hint="Each line is a JSON object with id, text and strategies.",
        ) from error
    unknown = set(case.strategies) - _LABELS
    if unknown or not case.strategies:
        raise InputError(
            f"{path}, line {number}: strategies must be one or more of {', '.join(sorted(_LABELS))}.",
            hint="Mend that line and run the command again.",
        )
    if NONE in case.strategies and len(case.strategies) > 1:
        raise InputError(f"{path}, line {number}: none stands alone.", hint="Mend that line and run the command again.")
    return case
