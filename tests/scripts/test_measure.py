"""What is made of measured samples, and how results are filed."""

from __future__ import annotations

import json

import measure
import measure_stop
import pytest


def samples(work: list[tuple[float, float]], seconds: float = 2.5) -> list[tuple[float, float]]:
    """Return samples, one a millisecond, of a process that keeps two cores busy in the given spans."""
    found, used = [(0.0, 0.0)], 0.0
    for step in range(1, int(seconds * 1000)):
        now = step / 1000
        used += 0.002 if any(begin < now <= end for begin, end in work) else 0.000001
        found.append((now, used))
    return found


@pytest.mark.parametrize("end", [0.004, 0.04, 0.15, 1.2])
def test_the_latency_ends_with_the_work(end):
    assert measure_stop.idle_from(samples([(0.0, end)])) == pytest.approx(end, abs=0.002)


def test_work_that_begins_again_counts():
    assert measure_stop.idle_from(samples([(0.0, 0.05), (0.8, 1.3)])) == pytest.approx(1.3, abs=0.002)


def test_work_without_end_is_none():
    assert measure_stop.idle_from(samples([(0.0, 2.5)])) is None


def test_an_idle_process_has_no_latency():
    assert measure_stop.idle_from(samples([])) == 0.0


FOUND = {
    "title": "A thing",
    "method": "It was looked at.",
    "rows": [["in decode", "12 ms", "3 stops"]],
    "data": {"decode": [0.012]},
    "date": "2026-01-02T03:04:05+00:00",
    "quick": True,
    "commit": "abc",
    "machine": {"processor": "P", "cores": 2, "memory_bytes": 8e9, "system": "S", "load_before": [0.1, 0.2, 0.3]},
    "versions": {"python": "3.11"},
}


def test_a_result_is_filed_for_machines_and_for_people(tmp_path):
    path = measure.write("thing", FOUND, tmp_path / "new")
    assert path.name == "2026-01-02-thing.json"
    assert json.loads(path.read_text("utf-8")) == FOUND
    text = path.with_suffix(".md").read_text("utf-8")
    for part in ("# A thing", "12 ms", "3 stops", "It was looked at.", "not for a claim", "load before: 0.1"):
        assert part in text


def test_an_unknown_measurement_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        measure.main(["nothing"])
    assert ended.value.code == 2
    assert "stop" in capsys.readouterr().err


def test_a_failed_measurement_is_told_and_the_others_are_taken(tmp_path, monkeypatch):
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "measure_bad.py").write_text("raise SystemExit(1)")
    (scripts / "measure_good.py").write_text(f"import json; print(json.dumps({FOUND!r}))")
    (scripts / "measure_own.py").write_text("print('Written elsewhere.')")
    monkeypatch.setattr(measure, "ROOT", tmp_path)
    assert measure.main(["--to", str(tmp_path / "out")]) == 1
    assert [path.suffix for path in sorted((tmp_path / "out").iterdir())] == [".json", ".md"]
