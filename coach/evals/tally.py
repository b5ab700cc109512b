"""Scores sheets that readers filled in: shares with intervals, agreement between readers, preference."""

from __future__ import annotations

import csv
import itertools
import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.evals.criteria import CRITERIA, HARD_GATES, OVERALL
from coach.evals.intervals import wilson

_JUDGED = {
    "pass": True,
    "p": True,
    "yes": True,
    "fail": False,
    "f": False,
    "no": False,
    "na": None,
    "n/a": None,
    "": None,
}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What one reader said of one reply. ``criteria`` holds True for pass, False for fail, None where none applies."""

    row: str
    id: str
    system: str
    criteria: Mapping[str, bool | None]
    overall: int


@dataclass(frozen=True, kw_only=True)
class Score:
    """A count of hits among ``total``."""

    hits: int
    total: int

    def text(self) -> str:
        """Return share and 95 % Wilson interval."""
        if not self.total:
            return "none"
        low, high = wilson(self.hits, self.total)
        return f"{self.hits}/{self.total} {self.hits / self.total:.2f} ({low:.2f} to {high:.2f})"


def read_sheets(sheets: Sequence[Path], key: Path) -> list[list[Judgement]]:
    """Return each reader's judgements, in the order of the rows.

    Raises:
        InputError: A file cannot be read, or a row is not filled in; the message names it.
    """
    try:
        entries = json.loads(key.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{key} cannot be read: {error}.", hint="Name the key that was written with the sheet."
        ) from error
    return [[_judgement(sheet, row, entries) for row in _rows(sheet, entries)] for sheet in sheets]


def agreed(readers: Sequence[Sequence[Judgement]]) -> list[Judgement]:
    """Return one judgement a row: a criterion fails only when every reader says so; marks are averaged and rounded."""
    found = []
    for same in zip(*readers, strict=True):
        criteria = {name: _consensus([one.criteria[name] for one in same]) for name in CRITERIA}
        overall = round(statistics.fmean(one.overall for one in same))
        first = same[0]
        found.append(Judgement(row=first.row, id=first.id, system=first.system, criteria=criteria, overall=overall))
    return found


def as_text(readers: Sequence[Sequence[Judgement]]) -> str:
    """Return the result of all readers as lines of text."""
    together = agreed(readers)
    systems = sorted({one.system for one in together})
    lines = [f"{len(readers)} readers, {len(together)} replies, {len(systems)} systems."]
    lines.append("A criterion counts as failed where every reader failed it.")
    for system in systems:
        own = [one for one in together if one.system == system]
        marks = [one.overall for reader in readers for one in reader if one.system == system]
        lines += ["", system, f"  hard gates ({', '.join(HARD_GATES)})  {_score(own, HARD_GATES).text()}"]
        lines.append(f"  all ten  {_score(own, tuple(CRITERIA)).text()}")
        lines.append(f"  overall  mean {statistics.fmean(marks):.2f}, median {statistics.median(marks):.1f} of 5")
        lines += [f"  {name}  {_score(own, (name,), applies=True).text()}" for name in CRITERIA]
    lines += ["", *_preferences(readers, systems), *_agreement(readers)]
    return "\n".join(lines)


def preference(readers: Sequence[Sequence[Judgement]], system: str, other: str) -> tuple[int, int, int]:
    """Return for how many messages a system's mean mark is higher than another's, the same, and lower."""
    marks: dict[tuple[str, str], list[int]] = {}
    for one in itertools.chain.from_iterable(readers):
        marks.setdefault((one.id, one.system), []).append(one.overall)
    higher = same = lower = 0
    for name in {name for name, _ in marks}:
        own, others = marks.get((name, system)), marks.get((name, other))
        if own and others:
            gap = statistics.fmean(own) - statistics.fmean(others)
            higher, same, lower = higher + (gap > 0), same + (gap == 0), lower + (gap < 0)
    return higher, same, lower


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa of two readers' verdicts; None when it is not defined. Source: Cohen 1960."""
    if not pairs:
        return None
    same = sum(one == other for one, other in pairs) / len(pairs)
    first, second = (sum(pair[place] for pair in pairs) / len(pairs) for place in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (same - chance) / (1 - chance)


def _consensus(values: Sequence[bool | None]) -> bool | None:
    if all(value is None for value in values):
        return None
    return any(value is not False for value in values)


def _score(judged: Sequence[Judgement], names: Sequence[str], *, applies: bool = False) -> Score:
    """Count replies that fail none of the criteria; with ``applies`` only among those where one applies."""
    counted = [one for one in judged if not applies or any(one.criteria[name] is not None for name in names)]
    passed = [one for one in counted if all(one.criteria[name] is not False for name in names)]
    return Score(hits=len(passed), total=len(counted))


def _preferences(readers: Sequence[Sequence[Judgement]], systems: Sequence[str]) -> Iterator[str]:
    for system, other in itertools.combinations(systems, 2):
        higher, same, lower = preference(readers, system, other)
        decided = Score(hits=higher, total=higher + lower).text()
        yield f"{system} over {other}: better {higher}, same {same}, worse {lower}; of those decided {decided}"


def _agreement(readers: Sequence[Sequence[Judgement]]) -> Iterator[str]:
    for one, other in itertools.combinations(range(len(readers)), 2):
        both = list(zip(readers[one], readers[other], strict=True))
        yield f"Readers {one + 1} and {other + 1}:"
        for name in CRITERIA:
            verdicts = [(left.criteria[name], right.criteria[name]) for left, right in both]
            pairs = [(left, right) for left, right in verdicts if left is not None and right is not None]
            value = kappa(pairs)
            same = Score(hits=sum(left == right for left, right in pairs), total=len(pairs))
            yield f"  {name}  same verdict {same.text()}, kappa {'undefined' if value is None else f'{value:.2f}'}"
        near = Score(hits=sum(abs(left.overall - right.overall) <= 1 for left, right in both), total=len(both))
        yield f"  overall within one mark {near.text()}"


def _rows(sheet: Path, entries: Mapping[str, Any]) -> list[dict[str, str]]:
    try:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            rows = {row.get("row", "").strip(): row for row in csv.DictReader(file)}
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(
            f"{sheet} cannot be read: {error}.", hint="Name the CSV file that a reader filled in."
        ) from error
    missing = [number for number in entries if number not in rows]
    if missing:
        raise InputError(f"{sheet} has no row {missing[0]}.", hint="Give the readers the whole sheet.")
    return [rows[number] for number in entries]


def _judgement(sheet: Path, row: Mapping[str, str], entries: Mapping[str, Any]) -> Judgement:
    number = row["row"].strip()
    criteria: dict[str, bool | None] = {}
    for name in CRITERIA:
        given = (row.get(name) or "").strip().lower()
        if given not in _JUDGED:
            raise InputError(f"{sheet}, row {number}: {name} is {given!r}.", hint="Write pass, fail or na.")
        criteria[name] = _JUDGED[given]
    overall = (row.get(OVERALL) or "").strip()
    if overall not in ("1", "2", "3", "4", "5"):
        raise InputError(f"{sheet}, row {number}: overall is {overall!r}.", hint="Write a whole number from 1 to 5.")
    entry = entries[number]
    return Judgement(row=number, id=entry["id"], system=entry["system"], criteria=criteria, overall=int(overall))
