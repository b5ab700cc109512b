"""Data that is reported on is nowhere among the data that something was learnt from or tuned on."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.text import words

DATA = Path(__file__).resolve().parents[2] / "data"
FOLDERS = sorted({path.parent for path in DATA.rglob("*report*.jsonl")})
FEWEST_WORDS, FEWEST_IN_TURNS = 3, 6
"""Shorter texts are left out: "thanks" is the same everywhere, "no, I'm safe now" in any two conversations."""


def plain(text: str) -> str:
    """Spelling, case, marks and white space make no text another one."""
    return " ".join(words(unicodedata.normalize("NFKC", text)))


def texts(value: Any) -> Iterator[str]:
    """Every text that a person would have typed or read in a row: labels, ids and remarks are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ("text", "turns", "message", "messages", "echo", "reply", "user"):
                yield from texts(each)


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Return a row's name and each of its texts, made plain."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            row = json.loads(line)
            fewest = FEWEST_IN_TURNS if "turns" in row else FEWEST_WORDS
            for text in texts(row):
                if len((same := plain(text)).split()) >= fewest:
                    yield f"{path.name}:{row.get('id', number)}", same


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_text_that_is_reported_on_was_learnt_or_tuned_on(folder: Path) -> None:
    reports = sorted(folder.glob("*report*.jsonl"))
    known: dict[str, str] = {}
    for path in sorted(
        {each for name in ("train", "more", "dev") for each in folder.glob(f"*{name}*.jsonl")} - set(reports)
    ):
        for name, text in read(path):
            known.setdefault(text, name)
    found = [(name, text) for path in reports for name, text in read(path)]
    assert found, "no texts were read: has the shape of the rows changed?"
    # Ids only: whoever reads this must not learn what the report data says.
    shared = sorted({f"{name} = {known[text]}" for name, text in found if text in known})
    assert not shared, "; ".join(shared)


def test_the_comparison_sees_through_spelling_and_shape(tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    train = tmp_path / "train.jsonl"
    report.write_text(json.dumps({"id": "r", "turns": [{"text": "They said NO, again,  after five rounds!"}]}), "utf-8")
    train.write_text(json.dumps({"id": "t", "text": "they said no again after five rounds"}), "utf-8")
    with pytest.raises(AssertionError, match="r"):
        test_no_text_that_is_reported_on_was_learnt_or_tuned_on(tmp_path)
