from __future__ import annotations

import typer
from typer.testing import CliRunner, Result

from coach.cli.setup import setup
from coach.errors import DownloadError


def run(*options: str) -> Result:
    app = typer.Typer()
    app.command()(setup)
    return CliRunner().invoke(app, list(options))


def test_what_is_in_place_is_verified_and_listed_and_the_index_is_built_once(small_coach, tmp_path):
    first = run("--list-to", str(tmp_path / "list"))
    assert first.exit_code == 0, first.output
    assert first.output.count("in place, digest verified") == 2
    assert "card index: built" in first.output
    listed = (tmp_path / "list").read_text().splitlines()
    assert sorted(line.removeprefix(f"{small_coach}/") for line in listed) == [
        "index",
        "models/SmolLM2-135M-Instruct.Q4_1.gguf",
        "models/all-minilm-l6-v2",
    ]
    second = run("--list-to", str(tmp_path / "list"))
    assert second.exit_code == 0
    assert "card index: in place" in second.output


def test_a_model_of_the_users_own_needs_no_download(small_coach, smollm, monkeypatch):
    (small_coach / "models" / smollm.name).rename(small_coach / "models" / "mine.gguf")
    monkeypatch.setenv("COACH_MODEL", "mine")
    result = run()
    assert result.exit_code == 0, result.output
    assert "mine: your own file" in result.output


def test_without_a_source_the_rest_is_done_all_the_same(small_coach, smollm, monkeypatch, tmp_path):
    (small_coach / "models" / smollm.name).unlink()
    monkeypatch.setenv("COACH_MODEL", "qwen2.5-1.5b-instruct")  # from the hub alone, which cannot be reached
    result = run("--list-to", str(tmp_path / "list"))
    assert isinstance(result.exception, DownloadError)
    assert "card index: built" in result.output
    assert not (tmp_path / "list").exists()
