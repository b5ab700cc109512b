"""What the encoder learns from: the labelled texts of all training files, never of a development or report file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.retrieval.cards import read_cards
from coach.safety.signs import rule_signs
from coach.text import clean, sentences
from coach.types import Card, Kind, Level, Stage, Strategy, Wants

ROOT = Path(__file__).resolve().parent.parent
_DATA = ROOT / "data"
_HARMLESS = (Level.L0, Level.L1)

LABELS: dict[str, tuple[str, ...]] = {
    "level": tuple(Level),
    "kind": tuple(Kind),
    "wants": tuple(Wants),
    "stage": tuple(Stage),
    "strategy": tuple(Strategy),
}
"""The tasks with one answer of several, and their answers."""

# How much the first, second and third acceptable strategy of a message count.
_SHARES = (1.0, 0.45, 0.25)


@dataclass(kw_only=True)
class Lesson:
    """A text and what is known of it.

    ``shares`` holds, by task, how much each answer is right, shape (answers,), summing to 1. ``calm`` says that its
    level is L0 or L1, without saying which. ``cards`` are the ids of the cards that fit, the best first.
    """

    text: str
    shares: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    calm: bool = False
    cards: tuple[str, ...] = ()


def read_lessons() -> tuple[list[Lesson], list[Card]]:
    """Return one lesson for each different text, and the cards."""
    lessons: dict[str, Lesson] = {}

    def of(text: str) -> Lesson:
        return lessons.setdefault(clean(text), Lesson(text=clean(text)))

    for row in _rows("safety"):
        _learn_level(of, row)
    for row in _rows("situation"):
        for task in {"kind", "wants", "stage"} & set(row):
            of(row["text"]).shares.setdefault(task, _one(task, row[task]))
    cards = read_cards(ROOT / "knowledge")
    sayings = [
        {"text": saying, "strategies": [card.strategy.value], "cards": [card.id]}
        for card in cards
        for saying in card.sayings
    ]
    for row in [*_rows("retrieval"), *sayings]:
        if row["strategies"]:
            of(row["text"]).shares.setdefault("strategy", _strategies(row["strategies"]))
        of(row["text"]).cards = of(row["text"]).cards or tuple(row.get("cards", ()))
    for lesson in lessons.values():
        if "level" not in lesson.shares:
            lesson.calm = all(sign.level in _HARMLESS for sign in rule_signs(lesson.text))
    return list(lessons.values()), list(cards)


def _learn_level(of: Any, row: dict[str, Any]) -> None:
    """Learn a line's level; of a long line with its dangerous words marked, the level of each part too."""
    text, span, level = clean(row["text"]), clean(row.get("span", "")), Level(row["level"])
    of(text).shares["level"] = _one("level", level)
    if not span or span == text or level in _HARMLESS:
        return
    of(span).shares["level"] = _one("level", level)
    for sentence in sentences(text):
        if span not in sentence and sentence not in span and len(sentence) > 15:
            of(sentence).calm = True


def _one(task: str, answer: str) -> npt.NDArray[np.float32]:
    row = np.zeros(len(LABELS[task]), dtype=np.float32)
    row[LABELS[task].index(answer)] = 1.0
    return row


def _strategies(names: list[str]) -> npt.NDArray[np.float32]:
    shares = _SHARES[: len(names)]
    parts = [_one("strategy", name) * share / sum(shares) for name, share in zip(names, shares, strict=False)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def _rows(name: str) -> list[dict[str, Any]]:
    files = sorted((_DATA / name).glob("train*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
