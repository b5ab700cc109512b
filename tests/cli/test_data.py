from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coach.cli.data import uninstall_data
from coach.journal.store import Journal
from coach.llm import catalog
from coach.settings import config_file, save


@pytest.fixture
def data(own_folders) -> Path:
    """A data folder with everything the coach leaves, and with some of what it does not."""
    models, index = own_folders / "models", own_folders / "index"
    weights = catalog.load()["smollm2-135m-instruct"].file
    for path, size in {
        models / weights: 3000,
        models / f"{weights}.part": 10,
        models / f"{weights}.part.json": 10,
        models / f".{weights}.lock": 0,
        models / f".{weights}.verified.json": 10,
        models / "all-minilm-l6-v2" / "model.safetensors": 1000,
        index / "manifest.json": 10,
        index / "build.lock": 0,
        index / "build-1a2b" / "chroma.sqlite3": 500,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    save("model", "smollm2-135m-instruct")
    return own_folders


def uninstall(*options: str, answer: str = "") -> Result:
    app = typer.Typer()
    app.command()(uninstall_data)
    return CliRunner().invoke(app, list(options), input=answer)


def test_everything_is_listed_with_its_size_and_removed_after_a_yes(data):
    result = uninstall(answer="y\n")
    assert result.exit_code == 0
    assert "4.0 kB" in result.output
    assert "SmolLM2" in result.output
    assert not data.exists()
    assert not config_file().exists()
    assert "The program itself stays" in result.output


@pytest.mark.parametrize("answer", ["n\n", "\n", "maybe\nn\n"])
def test_nothing_is_removed_without_a_yes(data, answer):
    before = sorted(data.rglob("*"))
    result = uninstall(answer=answer)
    assert result.exit_code == 0
    assert "Nothing was removed" in result.output
    assert sorted(data.rglob("*")) == before
    assert config_file().exists()


def test_yes_can_be_said_beforehand(data):
    assert uninstall("--yes").exit_code == 0
    assert not data.exists()


def test_files_of_others_stay_and_are_named(data):
    others = [data / "models" / "my-own.gguf", data / "index" / "notes.txt", data / "diary.txt"]
    for path in others:
        path.write_text("mine")
    result = uninstall("--yes")
    assert [path.read_text() for path in others] == ["mine"] * 3
    assert all(str(path) in result.output for path in others)
    assert sorted(path for path in data.rglob("*") if path.is_file()) == sorted(others)


def test_what_a_link_points_to_stays(data, tmp_path):
    elsewhere = tmp_path / "all-minilm-l6-v2"
    elsewhere.mkdir()
    (elsewhere / "model.safetensors").write_text("mine")
    (data / "index" / "build-link").symlink_to(elsewhere, target_is_directory=True)
    uninstall("--yes")
    assert (elsewhere / "model.safetensors").read_text() == "mine"


def test_an_empty_computer_is_said_to_be_empty():
    result = uninstall("--yes")
    assert result.exit_code == 0
    assert "There is nothing to remove" in result.output


def test_settings_that_cannot_be_read_are_removed_all_the_same(data):
    config_file().write_text("no toml [")
    assert uninstall("--yes").exit_code == 0
    assert not config_file().exists()
    assert not data.exists()


@pytest.fixture
def words(data) -> Path:
    """A data folder with conversations and notes in it too."""
    with Journal.open(data / "journal") as journal:
        journal.record().begin("Zephyrine said no.").end()
    (data / "notes").mkdir()
    (data / "notes" / "cv.md").write_text("My CV")
    return data


def test_conversations_and_notes_are_asked_about_one_by_one(words):
    result = uninstall(answer="y\ny\nn\n")
    assert result.exit_code == 0
    assert "Your conversations (" in result.output
    assert "Your notes (" in result.output
    assert not (words / "journal").exists()
    assert (words / "notes" / "cv.md").read_text() == "My CV"
    assert "for good" in uninstall(answer="y\n").output
    assert not words.exists()


def test_yes_does_not_mean_conversations_and_notes(words):
    result = uninstall("--yes")
    assert not (words / "models").exists()
    assert "Your conversations (" in result.output
    assert "coach journal erase-all" in result.output
    with Journal.open(words / "journal") as journal:
        assert len(journal.conversations()) == 1
    assert (words / "notes" / "cv.md").exists()


def test_everything_can_be_said_beforehand(words):
    assert uninstall("--everything").exit_code == 0
    assert not words.exists()


def test_a_first_no_keeps_conversations_too(words):
    before = sorted(words.rglob("*"))
    assert "Nothing was removed" in uninstall(answer="n\n").output
    assert sorted(words.rglob("*")) == before
