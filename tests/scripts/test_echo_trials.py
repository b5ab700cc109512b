"""Counting echoes."""

from __future__ import annotations

import json
from pathlib import Path

import echo_trials
import pytest


def test_true_and_false_echoes_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = [
        {"id": "a", "message": "I phoned twice.", "echo": "You phoned twice.", "true": True, "kind": "one stretch"},
        {"id": "b", "message": "I phoned twice.", "echo": "They phoned twice.", "true": False, "kind": "swap"},
    ]
    file = tmp_path / "echoes.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    echo_trials.print_truth(file)
    told = capsys.readouterr().out
    assert "one stretch   1 of 1" in told
    assert "swap          0 of 1" in told


def test_messages_that_need_no_echo_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = [
        {"id": "a", "text": "They turned me down today.", "kind": "fresh_rejection"},
        {"id": "b", "text": "hm", "kind": "fresh_rejection"},
        {"id": "c", "text": "are you real", "kind": "identity"},
    ]
    file = tmp_path / "messages.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    echo_trials.print_coverage(file, show=5)
    told = capsys.readouterr().out
    assert "1 of 2" in told
    assert "They turned you down today." in told
