"""Does the top card fit? A sheet for readers who see only message and card, and its score.

A share of the rows carries a card that was drawn at random, so that a reader who says yes
to everything is found out. Which rows these are stands in a key file of its own.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.evals.intervals import wilson
from coach.types import Card

DECOYS = 0.15
"""Share of rows with a card that does not belong to the message."""

_COLUMNS = ("row", "message", "title", "perspective", "steps", "note", "fits")
_WORDS = {"yes": True, "y": True, "1": True, "no": False, "n": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What a reader found: counts, shares in 0..1 and 95 % Wilson intervals."""

    fitting: int
    judged: int
    share: float
    low: float
    high: float
    decoys: int
    decoys_accepted: int


def write_sheet(messages: Path, answers: Path, cards: Sequence[Card], *, sheet: Path, key: Path, seed: int = 0) -> int:
    """Write sheet and key, and return the number of rows.

    Args:
        messages: The labelled messages; only ``id`` and ``text`` are read.
        answers: What ``coach eval retrieval --out`` wrote.
        cards: Every card.
        sheet: The CSV file for the reader.
        key: The JSON file that says which row is what.
        seed: Decides order and decoys.

    Raises:
        InputError: A file cannot be read, or names a card that does not exist.
    """
    by_id = {card.id: card for card in cards}
    texts = {row["id"]: row["text"] for row in _rows(messages)}
    pairs = [(row["id"], row["cards"][0]) for row in _rows(answers) if row["cards"]]
    unknown = [card for _, card in pairs if card not in by_id]
    if unknown:
        raise InputError(f"{answers} names a card that does not exist: {unknown[0]}.", hint="Run the eval again.")
    chance = random.Random(seed)
    decoys = [(name, chance.choice(_others(by_id, card))) for name, card in pairs if chance.random() < DECOYS]
    rows = [(*pair, False) for pair in pairs] + [(*pair, True) for pair in decoys]
    chance.shuffle(rows)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number, (name, card, _) in enumerate(rows, 1):
            writer.writerow([number, texts[name], *_shown(by_id[card]), ""])
    entries = {
        str(number): {"id": name, "card": card, "decoy": decoy} for number, (name, card, decoy) in enumerate(rows, 1)
    }
    key.write_text(json.dumps(entries, indent=1), "utf-8")
    return len(rows)


def tally(sheet: Path, key: Path) -> Fit:
    """Score a sheet that a reader filled in.

    Raises:
        InputError: A file cannot be read, or a row was left open; the message names it.
    """
    entries: Mapping[str, Any] = json.loads(key.read_text("utf-8"))
    with sheet.open(encoding="utf-8", newline="") as file:
        given = {row["row"]: row["fits"].strip().lower() for row in csv.DictReader(file)}
    for number in entries:
        if given.get(number) not in _WORDS:
            raise InputError(f"{sheet}, row {number}: 'fits' must be yes or no.", hint="Fill the row in.")
    real = [_WORDS[given[number]] for number, entry in entries.items() if not entry["decoy"]]
    decoys = [_WORDS[given[number]] for number, entry in entries.items() if entry["decoy"]]
    low, high = wilson(sum(real), len(real))
    return Fit(
        fitting=sum(real),
        judged=len(real),
        share=sum(real) / len(real) if real else 0.0,
        low=low,
        high=high,
        decoys=len(decoys),
        decoys_accepted=sum(decoys),
    )


def _others(by_id: Mapping[str, Card], card: str) -> list[str]:
    """Return cards of other strategies, which are wrong for sure more often than not."""
    return [other for other in by_id if by_id[other].strategy is not by_id[card].strategy]


def _shown(card: Card) -> tuple[str, str, str, str]:
    steps = " / ".join(f"{step.when}: {step.text}" for step in card.steps)
    return card.title, card.perspective, steps, card.note


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="Name a JSONL file.") from error
