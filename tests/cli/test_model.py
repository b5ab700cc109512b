"""``coach model`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import settings as settings_table
from coach.cli.model import app
from coach.errors import DigestMismatch, ModelError
from coach.llm import catalog, hub
from tests.llm.fake_hub import WEIGHTS, hub_source, running_hub, table, write_catalog

OTHER = WEIGHTS[:-1] + bytes([WEIGHTS[-1] ^ 1])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog with ``tiny`` (the default), ``huge`` (fits no machine) and ``embed`` (cannot answer)."""
    huge = table("huge", OTHER, hub_source("huge.gguf"), "better = true").replace("1_000_000", f"{10**18}")
    embed = table("embed", WEIGHTS, hub_source("embed.gguf"), purpose="embedder")
    folder = write_catalog(tmp_path / "home", sources=hub_source(), more=huge + embed).parent
    monkeypatch.setattr(catalog, "home", lambda: folder)
    return folder


@pytest.fixture
def models(home: Path) -> Path:
    """The models folder in the user's data folder, with nothing in it."""
    folder = settings_table.load().models
    folder.mkdir(parents=True)
    return folder


def run(*arguments: str) -> Result:
    """Run a command that must succeed."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def fails(*arguments: str) -> BaseException:
    """Run a command that must fail, and return what it raises to ``coach``."""
    result = CliRunner().invoke(app, arguments)
    assert result.exception is not None
    return result.exception


def rows() -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in json.loads(run("list", "--json").stdout)}


@pytest.mark.usefixtures("home")
def test_without_a_command_it_shows_its_commands():
    output = CliRunner().invoke(app, []).output
    assert all(command in output for command in ("list", "pull", "verify", "path", "use"))


def test_list_marks_what_is_here_fits_is_current_and_default(models: Path):
    (models / "own.gguf").write_bytes(WEIGHTS)
    (models / "tiny.gguf").write_bytes(WEIGHTS)
    settings_table.save("model", "own")
    found = rows()
    assert list(found) == ["tiny", "huge", "embed", "own"]
    marks = {name: [mark for mark in ("present", "fits", "current", "default") if found[name][mark]] for name in found}
    assert marks == {
        "tiny": ["present", "fits", "default"],
        "huge": [],
        "embed": ["fits"],
        "own": ["present", "fits", "current"],
    }
    assert found["own"]["path"] == str(models / "own.gguf")


def test_list_shows_a_table_that_names_the_folder(models: Path):
    settings_table.save("model", "tiny")
    lines = run("list").stdout.splitlines()
    assert lines[1].split() == ["tiny", "chat", "400.0", "kB", "1.0", "MB", "yes", "no", "current,", "default"]
    assert lines[2].split()[:7] == ["huge", "chat", "400.0", "kB", "1.0", "EB", "no"]
    assert str(models) in lines[-1]


@pytest.mark.usefixtures("models")
def test_a_current_model_that_is_gone_does_not_stop_the_list():
    settings_table.save("model", "gone.gguf")
    assert not any(row["current"] for row in rows().values())


def test_pull_prints_the_path_alone_and_verify_hashes_it_anew(models: Path, monkeypatch: pytest.MonkeyPatch):
    with running_hub() as server:
        hub._answers.cache_clear()
        monkeypatch.setenv("COACH_HUB_URL", server.address)
        server.does.files["tiny.gguf"] = WEIGHTS
        assert run("pull", "tiny").stdout == f"{models / 'tiny.gguf'}\n"
    assert f"tiny: SHA-256 {catalog.load()['tiny'].sha256}" in run("verify", "tiny").stdout
    stamp = models / ".tiny.gguf.verified.json"
    state = json.loads(stamp.read_text("utf-8"))
    (models / "tiny.gguf").write_bytes(OTHER)
    stamp.write_text(json.dumps(state | {"mtime_ns": (models / "tiny.gguf").stat().st_mtime_ns}), "utf-8")
    assert isinstance(fails("verify", "tiny"), DigestMismatch)


def test_pull_of_a_dropped_file_only_prints_its_path(models: Path):
    (models / "own.gguf").write_bytes(WEIGHTS)
    assert run("pull", "own").stdout == f"{models / 'own.gguf'}\n"


def test_verify_without_a_name_goes_over_all_that_is_here(models: Path):
    assert "No model is on this computer yet" in str(fails("verify"))
    (models / "tiny.gguf").write_bytes(WEIGHTS)
    (models / "own.gguf").write_bytes(WEIGHTS)
    lines = run("verify").stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["tiny", "own"]
    assert "the catalog does not know" in lines[1]


def test_path_is_that_of_the_model_in_use_unless_one_is_named(models: Path):
    for name in ("tiny", "own"):
        (models / f"{name}.gguf").write_bytes(WEIGHTS)
    settings_table.save("model", "own")
    assert run("path").stdout == f"{models / 'own.gguf'}\n"
    assert run("path", "tiny").stdout == f"{models / 'tiny.gguf'}\n"


@pytest.mark.parametrize("command", ["path", "use", "verify"])
@pytest.mark.usefixtures("models")
def test_a_model_that_is_not_here_says_how_to_fetch_it(command: str):
    error = fails(command, "huge")
    assert isinstance(error, ModelError)
    assert "coach model pull huge" in error.hint


def test_use_saves_the_shortest_name_that_finds_the_file_again(models: Path, tmp_path: Path):
    far = tmp_path / "far"
    far.mkdir()
    for path in (models / "tiny.gguf", models / "own.gguf", far / "own.gguf"):
        path.write_bytes(WEIGHTS)
    for given, saved in (
        ("tiny", "tiny"),
        (str(models / "tiny.gguf"), "tiny"),
        (str(models / "own.gguf"), "own"),
        (str(far / "own.gguf"), str(far / "own.gguf")),
    ):
        assert f"{saved} answers from now on" in run("use", given).stdout
        assert settings_table.load().model == saved


def test_use_says_when_a_variable_comes_first(models: Path, monkeypatch: pytest.MonkeyPatch):
    (models / "own.gguf").write_bytes(WEIGHTS)
    monkeypatch.setenv("COACH_MODEL", "tiny")
    assert "COACH_MODEL still says tiny and comes first" in run("use", "own").stderr


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("embed", WEIGHTS, "cannot answer"),
        ("tiny", OTHER, "SHA-256"),
        ("page", b"<html>", "not a GGUF model"),
        ("nobody", b"", "no model named"),
    ],
)
def test_use_refuses_what_could_not_answer(models: Path, name: str, content: bytes, reason: str):
    if content:
        (models / f"{name}.gguf").write_bytes(content)
    assert reason in str(fails("use", name))
    assert not settings_table.config_file().exists()


@pytest.fixture
def adapted(home: Path, models: Path) -> Path:
    """The same catalog, in which ``huge`` has an adapter; ``tiny`` is here and in use."""
    path = home / "catalog.toml"
    line = f'adapter = {{ file = "voice.gguf", bytes = 4, sha256 = "{"0" * 64}", licence = "Apache-2.0" }}'
    path.write_text(path.read_text("utf-8").replace("better = true", f"better = true\n{line}"), "utf-8")
    (models / "tiny.gguf").write_bytes(WEIGHTS)
    (models / "huge.gguf").write_bytes(OTHER)
    settings_table.save("model", "tiny")
    return path


@pytest.mark.usefixtures("adapted")
def test_the_list_says_that_another_model_runs_without_the_adapter():
    assert "tiny runs without an adapter: voice.gguf is made for huge." in run("list").stdout
    assert rows()["tiny"]["adapter"] is None


@pytest.mark.usefixtures("adapted")
def test_the_list_says_whether_the_adapter_is_loaded():
    settings_table.save("model", "huge")
    assert "The adapter voice.gguf, made for huge, is loaded with it." in run("list").stdout
    assert rows()["huge"]["adapter"]["loaded"] is True  # type: ignore[index]
    settings_table.save("adapter", False)
    assert "is not loaded (setting `adapter`)" in run("list").stdout
    assert rows()["huge"]["adapter"]["present"] is False  # type: ignore[index]


@pytest.mark.usefixtures("adapted")
def test_choosing_a_model_without_the_adapter_says_so():
    run("use", "huge")
    assert "tiny runs without an adapter" in run("use", "tiny").stderr
