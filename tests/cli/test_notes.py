from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from coach.cli import notes
from coach.errors import InputError

app = typer.Typer()
app.command("learn")(notes.learn)
app.command("forget")(notes.forget)


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.usefixtures("small_coach")
def test_notes_are_learned_listed_and_forgotten(tmp_path):
    (tmp_path / "diary.md").write_text("# Halden\n\nSif promised feedback.\n\nShe liked the posters.", "utf-8")
    (tmp_path / "photo.txt").write_bytes(b"\xff\xd8\xff")
    learned = run("learn", str(tmp_path))
    assert learned.exit_code == 0
    assert "diary.md: 2 passages" in learned.stdout
    assert "photo.txt is not text in UTF-8" in learned.stderr
    assert "diary.md: 2 passages, learned on" in run("forget").stdout
    assert run("forget", "diary.md").stdout == "diary.md: forgotten\n"
    assert "no notes of yours" in run("forget").stdout


def test_nothing_to_learn_is_a_clear_error(tmp_path):
    for path in (tmp_path, tmp_path / "missing"):
        assert isinstance(run("learn", str(path)).exception, InputError)


def test_an_unknown_name_is_a_clear_error():
    assert isinstance(run("forget", "nobody.md").exception, InputError)
    assert "nothing to forget" in run("forget", "--all").stdout


@pytest.mark.usefixtures("small_coach")
def test_a_note_in_danger_is_learned_and_help_is_named(tmp_path):
    (tmp_path / "dark.md").write_text("# Tuesday\n\nI want to kill myself, and nobody knows it.", "utf-8")
    (tmp_path / "plain.md").write_text("# Halden\n\nThis rejection killed me. Sif promised feedback.", "utf-8")
    learned = run("learn", str(tmp_path))
    assert learned.exit_code == 0
    assert "dark.md: 1 passage\n\nSome of these words sound" in learned.stdout
    assert learned.stdout.count("findahelpline.com") == 1
    assert "dark.md: 1 passage, learned on" in run("forget").stdout
