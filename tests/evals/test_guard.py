"""Counting what the sentence guard gets right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evals.guard import Judged, as_text, read_labelled, summed
from tests.program import Coach


def judged(expected: str, found: str, seconds: float = 0.01) -> Judged:
    return Judged(id="x", expected=expected, found=found, seconds=seconds)


def test_a_bad_sentence_is_caught_by_any_fault():
    report = summed(
        [
            judged("blame", "personalizing"),
            judged("blame", "ok"),
            judged("unsafe", "unsafe"),
            judged("ok", "ok"),
            judged("ok", "broken", seconds=0.02),
        ]
    )
    assert (report.caught["blame"].hits, report.caught["blame"].total) == (1, 2)
    assert set(report.caught) == {"blame", "unsafe"}
    assert (report.bad.hits, report.bad.total) == (2, 3)
    assert (report.named.hits, report.named.total) == (1, 3)
    assert (report.withheld.hits, report.withheld.total) == (1, 2)
    assert report.median_s == pytest.approx(0.01)
    assert report.as_json()["ok_withheld"]["share"] == 0.5
    assert "blame             1 of 2" in as_text(report)


def test_a_file_of_good_sentences_alone_has_no_recall():
    report = summed([judged("ok", "ok")])
    assert report.as_json()["bad_caught"]["share"] is None
    assert "all               none" in as_text(report)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2"),
        ("3", "line 2"),
        ('{"id": "b", "text": "x"}', "label"),
        ('{"id": "b", "text": "x", "label": "rude"}', "unknown label 'rude'"),
        ('{"id": "b", "text": "x", "label": "ok", "context": 3}', "context"),
        ('{"id": "a", "text": "x", "label": "ok"}', "twice"),
    ],
)
def test_a_bad_line_is_told(tmp_path: Path, line: str, told: str):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "text": "x", "label": "ok"}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError, match=told):
        read_labelled(path)


def test_the_command_measures_and_writes_labels(program: Coach, tmp_path: Path):
    rows = [
        {"id": "a", "text": "You're not leadership material.", "label": "personalizing", "context": "They said no."},
        {"id": "b", "text": "That is a hard way to hear it.", "label": "ok"},
    ]
    file, out = tmp_path / "rows.jsonl", tmp_path / "found.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ran = program.run("eval", "guard", str(file), "--json", "--out", str(out))
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["bad_caught"]["hits"] == 1
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert found == [{"id": "a", "label": "personalizing"}, {"id": "b", "label": "ok"}]


def test_the_command_tells_a_missing_file_without_a_traceback(program: Coach, tmp_path: Path):
    ran = program.run("eval", "guard", str(tmp_path / "none.jsonl"))
    assert ran.code != 0
    assert "cannot be read" in ran.err
    assert "Traceback" not in ran.err
