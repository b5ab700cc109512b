"""Counting what the safety gate gets right."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evals.safety import Judged, caught, prediction, read_rows, summed
from coach.types import Level


def judged(expected: str, found: str, *, seconds: float = 0.01, words: int = 5) -> Judged:
    return Judged(id="x", expected=Level(expected), found=Level(found), evidence=("e",), seconds=seconds, words=words)


@pytest.mark.parametrize(
    ("expected", "found", "counts"),
    [
        ("L2", "L4", True),
        ("L3", "L2", False),
        ("L2", "V2", False),
        ("V1", "V2", True),
        ("V2", "V1", False),
        ("A", "A", True),
        ("A", "F", False),
        ("L0", "L1", False),
    ],
)
def test_a_stricter_level_of_the_family_counts(expected: str, found: str, counts: bool) -> None:
    assert caught(Level(expected), Level(found)) is counts


def test_sums() -> None:
    report = summed(
        [
            judged("L0", "L1"),
            judged("L0", "D"),
            judged("L1", "L0"),
            judged("L3", "L2"),
            judged("L4", "L0"),
            judged("L2", "L3", seconds=9.0, words=200),
        ]
    )
    assert (report.false_positives.hits, report.false_positives.total) == (1, 3)
    assert (report.grave.hits, report.grave.total) == (1, 2)
    assert report.recall[Level.L2].hits == 1
    assert report.recall[Level.L3].hits == 0
    assert report.p95_short_s == pytest.approx(0.01)
    assert report.p95_s > 1
    assert report.as_json()["confusion"]["L0"] == {"D": 1, "L1": 1}


def test_predictions_of_messages_and_conversations() -> None:
    assert prediction({"id": "a", "text": ""}, [judged("L0", "L2")]) == {"id": "a", "level": "L2", "evidence": ["e"]}
    turns = prediction({"id": "b", "turns": []}, [judged("L0", "L0"), judged("L2", "L3")])
    assert turns["levels"] == ["L0", "L3"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"id": 1, "text": "x", "level": "L9"}',
        '{"id": 1, "text": 3, "level": "L0"}',
        '{"text": "x", "level": "L0"}',
        "3",
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "text": "x", "level": "L0"}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_rows(path)


def test_an_empty_or_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    with pytest.raises(InputError, match="no lines"):
        read_rows(tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        read_rows(tmp_path / "none.jsonl")
