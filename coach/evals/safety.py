"""Measures the safety gate on labelled files: single messages, or conversations turn by turn."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError
from coach.evals.intervals import Share
from coach.safety.gate import Gate
from coach.safety.replies import SafetyReplies
from coach.text import clean
from coach.types import Level, Message, SafetyVerdict, Vectors

FAMILIES: tuple[tuple[Level, ...], ...] = ((Level.L2, Level.L3, Level.L4), (Level.V1, Level.V2))
"""Levels of one family, from the lightest on."""

HARMLESS = frozenset({Level.L0, Level.L1})
STAND_IN = "(coaching)"
"""What stands for the coach's reply where no fixed text ends the turn."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A labelled turn and what the gate said of it; ``seconds`` includes embedding."""

    id: str
    expected: Level
    found: Level
    evidence: tuple[str, ...]
    seconds: float
    words: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a file's judgements sum up to."""

    recall: dict[Level, Share]
    grave: Share
    """L3 and L4 answered at L2 or stricter."""
    false_positives: Share
    confusion: dict[Level, Counter[Level]]
    p95_short_s: float
    """95th percentile over messages of at most 60 words."""
    p95_s: float

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "recall": {level.value: share.as_json() for level, share in self.recall.items()},
            "l3_l4_at_l2_or_stricter": self.grave.as_json(),
            "false_positives": self.false_positives.as_json(),
            "confusion": {
                level.value: {found.value: count for found, count in sorted(row.items())}
                for level, row in self.confusion.items()
            },
            "p95_ms_up_to_60_words": round(self.p95_short_s * 1000, 2),
            "p95_ms": round(self.p95_s * 1000, 2),
        }


def caught(expected: Level, found: Level) -> bool:
    """Whether a level was found, or a stricter one of the same family."""
    for family in FAMILIES:
        if expected in family:
            return found in family[family.index(expected) :]
    return found is expected


def summed(judged: Sequence[Judged]) -> Report:
    """Sum judgements up."""
    confusion: dict[Level, Counter[Level]] = {}
    for one in judged:
        confusion.setdefault(one.expected, Counter())[one.found] += 1
    recall = {
        level: Share(hits=sum(count for found, count in row.items() if caught(level, found)), total=row.total())
        for level, row in sorted(confusion.items())
    }
    grave = [one.found in FAMILIES[0] for one in judged if one.expected in (Level.L3, Level.L4)]
    flagged = [one.found not in HARMLESS for one in judged if one.expected in HARMLESS]
    return Report(
        recall=recall,
        grave=Share(hits=sum(grave), total=len(grave)),
        false_positives=Share(hits=sum(flagged), total=len(flagged)),
        confusion=confusion,
        p95_short_s=_percentile([one.seconds for one in judged if one.words <= 60]),
        p95_s=_percentile([one.seconds for one in judged]),
    )


def judge(
    rows: Iterable[dict[str, Any]], gate: Gate, replies: SafetyReplies, embed: Callable[[str], Vectors]
) -> list[list[Judged]]:
    """Judge every row, one list of turns per row; a single message is a row with one turn."""
    return [_judge_row(row, gate, replies, embed) for row in rows]


def _judge_row(
    row: dict[str, Any], gate: Gate, replies: SafetyReplies, embed: Callable[[str], Vectors]
) -> list[Judged]:
    turns = row.get("turns", [row])
    history: list[Message] = []
    judged: list[Judged] = []
    for turn in turns:
        text = clean(turn["text"])
        started = time.perf_counter()
        verdict = gate.check(text, history, embed(text))
        seconds = time.perf_counter() - started
        judged.append(
            Judged(
                id=row["id"],
                expected=Level(turn["level"]),
                found=verdict.level,
                evidence=verdict.evidence,
                seconds=seconds,
                words=len(text.split()),
            )
        )
        history.extend(answered(text, verdict, replies, history))
    return judged


def answered(
    text: str, verdict: SafetyVerdict, replies: SafetyReplies, history: Sequence[Message]
) -> tuple[Message, Message]:
    """Return a message and its reply as the history keeps them; the fixed replies stand in for the coach."""
    fixed = replies.reply(verdict, history)
    shown = STAND_IN if fixed is None else fixed.text + (f"\n\n{STAND_IN}" if fixed.goes_on else "")
    return (
        Message(role="user", text=text, level=verdict.level),
        Message(role="assistant", text=shown, level=verdict.level),
    )


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a labelled file.

    Raises:
        InputError: The file cannot be read, or a line is not a labelled message or conversation.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="Give a JSON lines file.") from error
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            for turn in row.get("turns", [row]):
                Level(turn["level"])
                if not isinstance(turn["text"], str):
                    raise TypeError("text is not a string")
            row["id"] = str(row["id"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}, line {number}: not a labelled message ({error}).",
                hint='A line has "id", and "text" and "level", or "turns" with a text and a level each.',
            ) from error
        rows.append(row)
    if not rows:
        raise InputError(f"{path} has no lines.", hint="Give a JSON lines file.")
    return rows


def prediction(row: dict[str, Any], judged: Sequence[Judged]) -> dict[str, Any]:
    """Return what ``--out`` writes for a row."""
    if "turns" in row:
        return {
            "id": row["id"],
            "levels": [one.found.value for one in judged],
            "evidence": [list(one.evidence) for one in judged],
        }
    return {"id": row["id"], "level": judged[0].found.value, "evidence": list(judged[0].evidence)}


def _percentile(seconds: Sequence[float]) -> float:
    return float(np.percentile(seconds, 95)) if seconds else 0.0
