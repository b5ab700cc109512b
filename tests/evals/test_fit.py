from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evals.fit import tally, write_sheet
from coach.evals.intervals import wilson
from coach.resources import shipped
from coach.retrieval.cards import read_cards

CARDS = read_cards(shipped("knowledge"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    ids = [card.id for card in CARDS[:100]]
    messages, answers = tmp_path / "messages.jsonl", tmp_path / "answers.jsonl"
    messages.write_text("".join(json.dumps({"id": f"m{i}", "text": f"Message {i}"}) + "\n" for i in range(101)))
    rows = [{"id": f"m{i}", "strategies": [], "cards": [ids[i]]} for i in range(100)]
    rows.append({"id": "m100", "strategies": [], "cards": []})
    answers.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return messages, answers


def sheet_of(files: tuple[Path, Path], folder: Path, seed: int = 0) -> tuple[Path, Path]:
    write_sheet(*files, CARDS, sheet=folder / "sheet.csv", key=folder / "key.json", seed=seed)
    return folder / "sheet.csv", folder / "key.json"


def filled(sheet: Path, answer: dict[str, str] | str) -> None:
    with sheet.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["fits"] = answer if isinstance(answer, str) else answer[row["row"]]
    with sheet.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_every_answered_message_is_on_the_sheet_and_decoys_are_not_marked_there(files, tmp_path):
    sheet, key = sheet_of(files, tmp_path)
    entries = json.loads(key.read_text())
    real = [entry for entry in entries.values() if not entry["decoy"]]
    assert sorted(entry["id"] for entry in real) == sorted(f"m{i}" for i in range(100))
    assert 5 <= len(entries) - len(real) <= 30
    assert "decoy" not in sheet.read_text()


def test_the_same_seed_makes_the_same_sheet(files, tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir(), (tmp_path / "c").mkdir()
    first, second = sheet_of(files, tmp_path / "a")[0], sheet_of(files, tmp_path / "b")[0]
    assert first.read_text() == second.read_text()
    assert sheet_of(files, tmp_path / "c", seed=1)[0].read_text() != first.read_text()


def test_a_reader_who_says_yes_to_everything_is_found_out(files, tmp_path):
    sheet, key = sheet_of(files, tmp_path)
    filled(sheet, "yes")
    fit = tally(sheet, key)
    assert (fit.fitting, fit.judged, fit.share) == (100, 100, 1.0)
    assert fit.decoys_accepted == fit.decoys > 0


def test_decoys_do_not_count_for_the_share(files, tmp_path):
    sheet, key = sheet_of(files, tmp_path)
    filled(sheet, {number: "no" if entry["decoy"] else "Yes" for number, entry in json.loads(key.read_text()).items()})
    fit = tally(sheet, key)
    assert (fit.share, fit.decoys_accepted) == (1.0, 0)
    assert fit.low > 0.95


def test_an_open_row_is_named(files, tmp_path):
    sheet, key = sheet_of(files, tmp_path)
    with pytest.raises(InputError, match="row 1"):
        tally(sheet, key)


def test_a_card_that_does_not_exist_is_named(files, tmp_path):
    files[1].write_text(json.dumps({"id": "m1", "cards": ["no-such-card"]}))
    with pytest.raises(InputError, match="no-such-card"):
        sheet_of(files, tmp_path)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"), [(0, 100, 0.0, 0.037), (50, 100, 0.404, 0.596), (100, 100, 0.963, 1.0)]
)
def test_wilson_intervals_are_the_published_ones(hits, total, low, high):
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)


def test_nothing_counted_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
