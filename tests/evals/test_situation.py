"""Measuring what is understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.evals.situation import as_json, as_text, measured, read_labelled
from tests.program import Coach
from tests.terminal import Terminal


def test_hits_and_confusions_are_counted_for_each_field():
    rows = [{"kind": "thanks", "wants": "comfort"}, {"kind": "debrief", "wants": "advice"}] * 2
    found = [{"kind": "thanks", "wants": "plan"}, {"kind": "thanks", "wants": "advice"}] * 2
    report = measured(rows, found)
    assert (report["kind"].hits, report["kind"].total) == (2, 4)
    assert as_json(report)["kind"]["confusions"] == [{"expected": "debrief", "found": "thanks", "count": 2}]
    assert as_json(report)["kind"]["low"] < 0.5 < as_json(report)["kind"]["high"]
    assert "comfort taken for plan: 2" in as_text(report)


def test_an_unknown_label_is_named(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "x", "kind": "sad", "wants": "comfort"}))
    with pytest.raises(InputError, match="'a' has the unknown kind 'sad'"):
        read_labelled(path)


def test_the_command_reads_messages_and_writes_what_it_read(
    terminal: Terminal, program: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    program.use(monkeypatch)
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"id": "a", "text": "Thank you, that helped.", "kind": "thanks", "wants": "comfort"}
    path.write_text(json.dumps(row) + "\n")
    said = terminal("eval", "situation", str(path), "--json", "--out", str(out))
    assert said.code == 0
    assert json.loads(said.out)["kind"]["hits"] == 1
    read = json.loads(out.read_text())
    assert set(read) >= {"id", "kind", "wants", "feelings"}
    assert read["kind"] == "thanks"
