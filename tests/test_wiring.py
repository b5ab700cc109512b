"""The parts as they are wired, with the small model and real files."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from coach.cli.app import app
from coach.events import CardsFound, TurnDone
from coach.settings import load
from coach.wiring import Engine


def test_a_turn_runs_from_the_settings_alone_and_finds_the_persons_own_notes(small_coach: Path, tmp_path: Path):
    diary = tmp_path / "diary.md"
    diary.write_text("# Interviews\n\nAt Northwind the panel asked about night shifts on the ward. I said yes.\n")
    learned = CliRunner().invoke(app, ["learn", str(diary)])
    assert learned.exit_code == 0, learned.output

    engine = Engine(load())
    try:
        loading = engine.load()
        assert loading.problem is None
        assert (loading.gate_ready, loading.model_ready) == (True, True)
        session = engine.new_session(off_record=True)
        events = list(
            session.send("Northwind said no. The panel asked about night shifts on the ward.", stopped=lambda: False)
        )
        found = next(event for event in events if isinstance(event, CardsFound))
        assert [note.file for note in found.notes] == ["diary.md"]
        end = events[-1]
        assert isinstance(end, TurnDone)
        assert end.reply
    finally:
        engine.close()
