from __future__ import annotations

import json

import pytest

from coach.errors import InputError
from coach.evals.retrieval import ablation_table, as_json, as_text, measure, read_cases, write_answers
from coach.types import FoundCard, Strategy
from tests.retrieval.conftest import make_card

ROWS = [
    {"id": "1", "text": "ask them", "strategies": ["feedback"], "cards": ["ask"], "kind": "ask_feedback"},
    {"id": "2", "text": "soup", "strategies": ["none"]},
]


def find(text):
    return () if text == "soup" else (FoundCard(card=make_card("ask", Strategy.FEEDBACK), score=1.0),)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return path


def test_cases_are_measured_and_reported(file):
    report, answers = measure(read_cases(file), find)
    assert [answer.strategies for answer in answers] == [("feedback",), ()]
    assert {figure.value for figure in report.figures} == {1.0}
    assert report.kinds == [("ask_feedback", 1, 1.0), ("not labelled", 1, 1.0)]
    assert 0 <= report.p50_ms <= report.p95_ms
    assert json.loads(as_json(report))["cases"] == 2
    text = as_text(report)
    assert "top-1 acceptable" in text
    assert "constant" in text


def test_answers_are_written_one_a_line(file, tmp_path):
    cases = read_cases(file)
    _, answers = measure(cases, find)
    write_answers(tmp_path / "out.jsonl", cases, answers)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert lines == [
        {"id": "1", "strategies": ["feedback"], "cards": ["ask"]},
        {"id": "2", "strategies": [], "cards": []},
    ]


def test_the_search_never_sees_the_kind_or_the_labels(file):
    seen = set()

    def find(text):
        seen.add(text)
        return ()

    measure(read_cases(file), find)
    assert seen == {"ask them", "soup"}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "not a case"),
        ("[]", "not a case"),
        ('{"id": "1", "text": "a"}', "strategies"),
        ('{"id": "1", "text": "a", "strategies": []}', "one or more"),
        ('{"id": "1", "text": "a", "strategies": ["magic"]}', "one or more"),
        ('{"id": "1", "text": "a", "strategies": ["none", "rest"]}', "alone"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, word):
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n" + line + "\n", "utf-8")
    with pytest.raises(InputError, match="line 2") as caught:
        read_cases(path)
    assert word in str(caught.value)


def test_a_missing_or_empty_file_is_a_clear_error(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    for name in ("missing.jsonl", "empty.jsonl"):
        with pytest.raises(InputError, match=name):
            read_cases(tmp_path / name)


def test_the_ablation_table_has_a_row_for_each_part(file):
    table = ablation_table(read_cases(file), [("nothing", find), ("everything", lambda _: ())])
    assert table.splitlines()[2:] == [
        "| nothing | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |",
        "| everything | 0.000 | 0.000 | 0.000 | 1.000 | 0.000 |",
    ]
