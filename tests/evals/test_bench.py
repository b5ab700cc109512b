"""The bench's sums, and one short run of it on the default model. Nothing here asserts on seconds."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach import settings
from coach.cli.app import app
from coach.cli.bench import rows
from coach.errors import CoachError, ModelError
from coach.evals import bench
from coach.evals.children import environment, listen
from coach.evals.page import free_port, seconds_to_page


def turn(**changes):
    usual = {
        "safety_s": 0.001,
        "vectors_s": 0.02,
        "retrieval_s": 0.003,
        "first_model_text_s": 0.5,
        "total_s": 3.0,
        "prompt_tokens": 400,
        "cached_tokens": 300,
        "prefill_s": 1.0,
        "decode_tokens": 20,
        "decode_s": 1.0,
        "chosen_tokens": 30,
        "chosen_s": 0.5,
        "model_share": 0.5,
        "floor": False,
        "withheld": 0,
    }
    return usual | changes


def a_round(*, rate: float = 20.0, raw_rate: float = 20.0, **changes):
    one = turn(decode_tokens=100, decode_s=100 / rate, total_s=200.0)
    return {
        "pipeline": {
            "load_s": 5.0,
            "peak_bytes": 3000,
            "turns": [one] * 6,
            "singles": [{"safety_s": 0.002}, {"safety_s": 0.001, "vectors_s": 0.1, "retrieval_s": 0.004}],
            "own_words": [one] * 3,
        }
        | changes,
        "raw": {
            "load_s": 1.0,
            "prefill_tokens": 400,
            "prefill_s": 2.0,
            "decode_tokens": 900,
            "decode_s": 900 / raw_rate,
            "peak_bytes": 2000,
        },
        "page": {"coach_s": 3.0, "empty_s": 2.0},
    }


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.95, 10), (0.0, 1), (1.0, 10)])
def test_a_percentile_is_one_of_the_values(share, expected):
    assert bench.percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == expected


def test_no_values_have_no_percentile():
    assert bench.percentile([], 0.5) is None


def test_rates_are_pooled_over_turns_and_not_averaged():
    turns = [turn(decode_tokens=10, decode_s=1.0), turn(decode_tokens=90, decode_s=3.0)]
    assert bench.pooled_rate(turns, "decode") == 25.0
    assert bench.pooled_rate([turn(decode_tokens=0, decode_s=0.0)], "decode") is None


def test_the_ratio_is_taken_within_each_round():
    rounds = [a_round(rate=10, raw_rate=10), a_round(rate=19, raw_rate=20), a_round(rate=4, raw_rate=5)]
    decode = bench.summary(rounds)["decode"]
    assert decode["ratio"] == pytest.approx(0.95)
    assert decode["ratio_lowest"] == pytest.approx(0.8)
    assert decode["ratio_highest"] == pytest.approx(1.0)
    assert decode["tokens"] == 3 * 9 * 100
    assert decode["chosen_rate"] == pytest.approx(60)


def test_turns_without_model_text_leave_gaps_and_no_errors():
    silent = turn(decode_tokens=0, decode_s=0.0, chosen_tokens=0, chosen_s=0.0, first_model_text_s=None, floor=True)
    found = bench.summary([a_round(turns=[silent] * 6, own_words=[])])
    assert found["decode"]["ratio"] is None
    assert found["first_model_text_s"] == {"turn_1": None, "turn_5": None}
    assert found["turns_without_model"] == 6
    assert found["decode"]["raw_rate"] == pytest.approx(20)


def test_a_fixed_reply_counts_for_safety_and_not_for_retrieval():
    stages = bench.summary([a_round()])["stages"]
    assert stages["safety_s"]["count"] == 6 + 2
    assert stages["retrieval_s"]["count"] == 6 + 1


def test_turn_five_is_the_fifth():
    turns = [turn(first_model_text_s=float(number)) for number in range(1, 7)]
    assert bench.summary([a_round(turns=turns)])["first_model_text_s"] == {"turn_1": 1.0, "turn_5": 5.0}


def test_pauses_are_what_no_stage_accounts_for():
    assert bench.pause_of(turn()) == pytest.approx(3.0 - 0.001 - 0.02 - 0.003 - 1.0 - 1.0 - 0.5)
    assert bench.pause_of(turn(total_s=0.0)) == 0.0


def test_bare_llama_does_the_same_work():
    figures = {"turns": [turn(prompt_tokens=300, decode_tokens=7), turn(decode_tokens=0)], "own_words": [turn()]}
    assert bench.work_of(figures) == ((300, 7), (400, 20))
    assert bench.work_of({"turns": [turn(decode_tokens=0)], "own_words": []}) == ((400, 64),)


def test_every_row_of_the_table_has_its_columns():
    report = bench.summary([a_round()])
    assert all(len(row) == 4 for row in rows(report))
    labels = [row[0] for row in rows(report)]
    assert len(labels) == len(set(labels))
    assert "start to page, s" not in [row[0] for row in rows(report | {"page": None})]


def test_a_missing_model_is_named_with_the_way_to_it():
    with pytest.raises(ModelError, match="not on this computer") as caught:
        bench.run(settings.load(), bench.Plan(rounds=1), lambda step: None)
    assert "coach model pull" in caught.value.hint


def test_no_rounds_are_refused():
    assert CliRunner().invoke(app, ["bench", "--rounds", "0"]).exit_code == 2


def test_a_child_gets_the_settings_of_this_process(monkeypatch):
    found = environment(settings.load({"threads": 3, "open_browser": False}), EXTRA="1")
    assert found["EXTRA"] == "1"
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    again = settings.load()
    assert (again.threads, again.open_browser) == (3, False)


def test_a_measurement_that_fails_says_why(tmp_path):
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(100))
    arguments = [str(tmp_path / "broken.gguf"), "--threads", "1", "--work", "10:1"]
    with pytest.raises(CoachError, match=r"cannot load .*broken\.gguf"):
        listen("coach.llm.raw", arguments, environment(settings.load()), lambda step: None)


def test_a_page_that_ends_early_is_an_error():
    command = [sys.executable, "-c", "print('no page today')"]
    with pytest.raises(CoachError, match="no page today"):
        seconds_to_page(command, free_port(), environment(settings.load()))


def test_bare_llama_counts_what_it_was_asked_to_do(smollm: Path):
    arguments = [str(smollm), "--threads", "2", "--context", "512", "--work", "40:6", "--work", "90:4"]
    found = listen("coach.llm.raw", arguments, environment(settings.load()), lambda step: None)
    assert (found["prefill_tokens"], found["decode_tokens"]) == (90, 10)
    assert found["peak_bytes"] > smollm.stat().st_size


@pytest.mark.real
@pytest.mark.timeout(400)
def test_a_short_run_measures_everything(real_coach: Path, index: Path):
    shutil.copytree(index, real_coach / "index")
    plan = bench.Plan(rounds=1, reading_s=0.0, pause_s=0.0, messages=3, own_words=1)
    steps: list[str] = []
    report = bench.run(settings.load(), plan, steps.append)
    json.dumps(report)
    assert len(report["rounds"][0]["pipeline"]["turns"]) == 6
    assert report["rounds"][0]["raw"]["decode_tokens"] == report["decode"]["tokens"] > 0
    assert report["decode"]["ratio"] > 0
    assert report["stages"]["retrieval_s"]["count"] >= 6
    assert report["page"]["ratio"] > 0
    assert report["peak_bytes"]["pipeline"] > report["peak_bytes"]["raw"] > 0
    assert report["machine"]["cores"] >= 1
    assert any("bare llama.cpp" in step for step in steps)
    with contextlib.closing(sqlite3.connect(real_coach / "journal" / "journal.db")) as journal:
        kept = journal.execute("SELECT count(*) FROM conversation").fetchone()
    assert kept == (0,), "the bench must not fill the user's journal"
    assert rows(report)
