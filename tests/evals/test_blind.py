"""Blind sheets: whose reply is whose stays hidden, and what readers say is counted right."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evals.blind import COLUMNS, read_entries, write_sheet
from coach.evals.criteria import CRITERIA
from coach.evals.tally import agreed, as_text, kappa, preference, read_sheets


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    messages, good, bad = tmp_path / "messages.jsonl", tmp_path / "ours.jsonl", tmp_path / "plain.jsonl"
    ids = [f"m{number}" for number in range(20)]
    messages.write_text("".join(json.dumps({"id": name, "text": f"Message <{name}>"}) + "\n" for name in ids))
    good.write_text("".join(json.dumps({"id": name, "reply": f"Kind {name}"}) + "\n" for name in ids))
    bad.write_text("".join(json.dumps({"id": name, "reply": f"Cruel {name}"}) + "\n" for name in ids))
    return messages, good, bad


def sheet_of(files: tuple[Path, Path, Path], folder: Path, seed: int = 0) -> tuple[Path, Path, Path]:
    messages, good, bad = files
    made = folder / "sheet.csv", folder / "sheet.html", folder / "key.json"
    write_sheet(read_entries([good, bad], messages), sheet=made[0], page=made[1], key=made[2], seed=seed)
    return made


def rows_of(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(newline="") as file:
        return list(csv.DictReader(file))


def filled(sheet: Path, out: Path, **fails: str) -> Path:
    """Fill a sheet in: kind replies pass with 5, cruel ones get what ``fails`` says and a 1."""
    rows = rows_of(sheet)
    for row in rows:
        kind = row["reply"].startswith("Kind")
        row |= dict.fromkeys(CRITERIA, "pass") | {"overall": "5" if kind else "1"}
        row |= {} if kind else fails
    with out.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return out


def test_a_sheet_has_every_reply_and_names_no_system(files, tmp_path: Path):
    sheet, page, key = sheet_of(files, tmp_path)
    rows = rows_of(sheet)
    assert len(rows) == 40
    assert "ours" not in sheet.read_text() + page.read_text()
    assert "plain" not in sheet.read_text()
    entries = json.loads(key.read_text())
    for row in rows:
        entry = entries[row["row"]]
        assert row["reply"].startswith("Kind" if entry["system"] == "ours" else "Cruel")
        assert row["reply"].endswith(entry["id"])
        assert row["message"] == f"Message <{entry['id']}>"


def test_the_order_is_shuffled_and_the_seed_decides(files, tmp_path: Path):
    first = [row["reply"] for row in rows_of(sheet_of(files, tmp_path)[0])]
    again = [row["reply"] for row in rows_of(sheet_of(files, tmp_path)[0])]
    other = [row["reply"] for row in rows_of(sheet_of(files, tmp_path, seed=1)[0])]
    assert first == again
    assert first != other
    ours_first = [one.startswith("Kind") for one in first[::2]]
    assert True in ours_first
    assert False in ours_first


def test_the_page_escapes_what_people_wrote(files, tmp_path: Path):
    page = sheet_of(files, tmp_path)[1].read_text()
    assert "Message &lt;m3&gt;" in page
    assert page.count("<section>") == 40


def test_systems_must_answer_the_same_messages(files, tmp_path: Path):
    messages, good, bad = files
    bad.write_text("\n".join(bad.read_text().splitlines()[1:]))
    with pytest.raises(InputError, match="'m0' is not in all of them"):
        read_entries([good, bad], messages)


def test_two_systems_need_two_names(files, tmp_path: Path):
    messages, good, _ = files
    with pytest.raises(InputError, match="same name"):
        read_entries([good, good], messages)


def test_conversations_are_shown_turn_by_turn(tmp_path: Path):
    messages, ours = tmp_path / "scripts.jsonl", tmp_path / "ours.jsonl"
    messages.write_text(json.dumps({"id": "a", "turns": ["Hi", "No"]}) + "\n")
    ours.write_text(json.dumps({"id": "a", "turns": [{"text": "Hi", "reply": "Hello."}, {"text": "No", "reply": "."}]}))
    [entry] = read_entries([ours], messages)
    assert entry.reply == "THEY: Hi\nCOACH: Hello.\n\nTHEY: No\nCOACH: ."


def test_a_failure_counts_when_both_readers_see_it(files, tmp_path: Path):
    sheet, _, key = sheet_of(files, tmp_path)
    one = filled(sheet, tmp_path / "one.csv", R1="fail", R7="fail", R8="na")
    other = filled(sheet, tmp_path / "other.csv", R1="fail", R7="na", R8="na")
    readers = read_sheets([one, other], key)
    cruel = [judged for judged in agreed(readers) if judged.system == "plain"]
    assert {judged.criteria["R1"] for judged in cruel} == {False}
    assert {judged.criteria["R7"] for judged in cruel} == {True}
    assert {judged.criteria["R8"] for judged in cruel} == {None}
    told = as_text(readers)
    assert "hard gates (R1, R2, R6, R10)  0/20 0.00" in told
    assert "hard gates (R1, R2, R6, R10)  20/20 1.00" in told
    assert "R8  none" in told


def test_preference_counts_messages(files, tmp_path: Path):
    sheet, _, key = sheet_of(files, tmp_path)
    readers = read_sheets([filled(sheet, tmp_path / "one.csv")], key)
    assert preference(readers, "ours", "plain") == (20, 0, 0)
    assert preference(readers, "plain", "ours") == (0, 0, 20)


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([(True, True), (False, False)], 1.0),
        ([(True, False), (False, True)], -1.0),
        ([(True, True), (True, False), (False, True), (False, False)], 0.0),
        ([(True, True)], None),
        ([], None),
    ],
)
def test_kappa(pairs: list[tuple[bool, bool]], value: float | None):
    assert kappa(pairs) == (pytest.approx(value) if value is not None else None)


@pytest.mark.parametrize(("column", "given"), [("R3", "maybe"), ("overall", ""), ("overall", "6")])
def test_an_open_row_is_named(files, tmp_path: Path, column: str, given: str):
    sheet, _, key = sheet_of(files, tmp_path)
    with pytest.raises(InputError, match=rf"row \d+: {column} is"):
        read_sheets([filled(sheet, tmp_path / "one.csv", **{column: given})], key)


def test_a_sheet_that_lacks_rows_is_told(files, tmp_path: Path):
    sheet, _, key = sheet_of(files, tmp_path)
    one = filled(sheet, tmp_path / "one.csv")
    one.write_text("\n".join(one.read_text().splitlines()[:-1]) + "\n")
    with pytest.raises(InputError, match="has no row 40"):
        read_sheets([one], key)
