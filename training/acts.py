"""Train the classifier of ``coach.acts`` and store it as ``models/classifiers/acts.npz``.

Run ``python -m training.acts``; needs the embedder (``coach setup``) and scikit-learn, which sentence-transformers
brings. Prints the accuracy on ``data/acts/dev.jsonl``, and with ``--report`` that on ``report.jsonl``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from coach import settings
from coach.acts import Act, Before, Tone, act_features
from coach.llm.catalog import find
from coach.retrieval.embed import Embedder
from coach.text import clean
from coach.types import Vector

_ROOT = Path(__file__).resolve().parent.parent
DATA = _ROOT / "data" / "acts"
_REQUESTS = _ROOT / "data" / "drafts" / "train.jsonl"
_OUT = _ROOT / "models" / "classifiers" / "acts.npz"

PENALTY = 5
"""Inverse strength of the penalty on weights; chosen on ``dev.jsonl``."""

_OF_REQUESTS = 0.15
"""What a single request for a draft counts beside a turn of a talk."""


@dataclass(frozen=True)
class Turn:
    """A message, what stood before it, what it does, and the tone of what it tells, if any."""

    text: str
    before: Before
    act: Act
    tone: Tone | None = None


def main() -> None:
    """Train, report and store."""
    parser = argparse.ArgumentParser(prog="python -m training.acts", description=__doc__)
    parser.add_argument("--report", action="store_true", help="print the accuracy on report.jsonl as well")
    options = parser.parse_args()
    embedder = Embedder(find("all-minilm-l6-v2", settings.load()).path)
    talks, asked = list(turns_of(DATA / "train.jsonl")), list(requests())
    table = table_of([*talks, *asked], embedder)
    acts = np.array([turn.act.value for turn in (*talks, *asked)])
    weights = np.repeat([1.0, _OF_REQUESTS], [len(talks), len(asked)])
    told = np.flatnonzero([turn.tone is not None for turn in talks])
    heads = {
        "act": _fresh().fit(table, acts, sample_weight=weights),
        "tone": _fresh().fit(table[told], np.array([talks[place].tone for place in told])),
    }
    for name in ("dev", *(("report",) if options.report else ())):
        turns = list(turns_of(DATA / f"{name}.jsonl"))
        rows = table_of(turns, embedder)
        _print_acts(name, turns, heads["act"].predict(rows).tolist())
        pairs = [
            (turn.tone, guess) for turn, guess in zip(turns, heads["tone"].predict(rows), strict=True) if turn.tone
        ]
        print(f"{name}: {sum(tone == guess for tone, guess in pairs)} of {len(pairs)} tones right")
    stored: dict[str, np.ndarray[Any, Any]] = {}
    for name, model in heads.items():
        stored[f"{name}_weights"] = model.coef_.astype(np.float16)
        stored[f"{name}_bias"] = model.intercept_.astype(np.float32)
        stored[f"{name}_labels"] = model.classes_.astype(str)
    np.savez_compressed(_OUT, allow_pickle=False, **stored)
    print(f"{_OUT.relative_to(_ROOT)}: {_OUT.stat().st_size} bytes")


def _fresh() -> LogisticRegression:
    return LogisticRegression(C=PENALTY, max_iter=500, tol=1e-3)


def turns_of(path: Path) -> Iterator[Turn]:
    """Return the turns of talks, each with what stood before it; the first of a talk has nothing before it."""
    for line in path.read_text("utf-8").splitlines():
        before = Before(reply="")
        for turn in json.loads(line)["turns"]:
            act = Act(turn["act"])
            if before.reply:
                tone = Tone(turn["tone"]) if "tone" in turn else None
                yield Turn(clean(turn["user"]), before, act, tone)
            shown = bool(turn["draft"])
            standing = shown or (before.standing and act is not Act.DRAFT_OFF)
            before = Before(reply=turn["coach"], standing=standing, shown=shown)


def requests() -> Iterator[Turn]:
    """Return messages that ask for a draft or change one that stands."""
    for line in _REQUESTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        change = row["kind"] == "revision"
        if change or (row["kind"] != "none" and row.get("before")):
            act = Act.DRAFT_CHANGE if change else Act.DRAFT_NEW
            yield Turn(clean(row["text"]), Before(reply="All right.", standing=change, shown=change), act)


def table_of(turns: list[Turn], embedder: Embedder) -> Vector:
    """Return the features of turns, one row each."""
    vectors = embedder.embed([turn.text for turn in turns])
    return np.stack([act_features(turn.text, vector, turn.before) for turn, vector in zip(turns, vectors, strict=True)])


def _print_acts(name: str, turns: list[Turn], guesses: list[str]) -> None:
    right = [turn.act == guess for turn, guess in zip(turns, guesses, strict=True)]
    print(f"{name}: {sum(right)} of {len(right)} acts right")
    for act in Act:
        own = [hit for hit, turn in zip(right, turns, strict=True) if turn.act is act]
        print(f"  {act.value}: {sum(own)} of {len(own)} found, {guesses.count(act.value)} taken for it")


if __name__ == "__main__":
    main()
