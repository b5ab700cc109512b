from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coach.cli.doctor import Finding, State, doctor, examine
from coach.settings import config_file


def run(*options: str) -> Result:
    app = typer.Typer()
    app.command()(doctor)
    return CliRunner().invoke(app, list(options))


def findings() -> dict[str, Finding]:
    return {finding.name: finding for finding in examine()}


def own_copy(link: Path) -> Path:
    """Put a file in the place of a link, so that a test may damage it."""
    target = link.resolve()
    link.unlink()
    link.write_bytes(target.read_bytes())
    return link


def test_a_healthy_coach_has_no_problem(small_coach):
    found = findings()
    states = {name: finding.state for name, finding in found.items() if finding.state is not State.OK}
    # The index is not built yet, and how much is free depends on the machine.
    assert set(states) <= {"index", "memory", "disk"}
    assert states["index"] is State.WARNING
    assert State.PROBLEM not in states.values()
    assert "digest as in the catalog" in found["model"].text


def test_every_check_is_one_line_and_json_says_the_same(small_coach):
    plain, as_json = run(), run("--json")
    assert plain.exit_code == as_json.exit_code == 0
    rows = json.loads(as_json.stdout)
    names = ["python", "packages", "llama.cpp", "settings", "data folder", "disk", "memory", "model", "embedder"]
    assert [row["name"] for row in rows] == [*names, "index", "help lines", "offline"]
    assert all(any(line.split()[1:2] == row["name"].split()[:1] for line in plain.stdout.splitlines()) for row in rows)


def test_a_missing_model_is_a_problem_with_what_to_do():
    result = run()
    assert result.exit_code == 1
    assert findings()["model"].state is State.PROBLEM
    assert "coach model pull qwen2.5-coder-1.5b-instruct" in result.stdout


def test_a_truncated_model_is_a_problem(small_coach):
    model = own_copy(next((small_coach / "models").glob("*.gguf")))
    with model.open("r+b") as file:
        file.truncate(1000)
    assert run().exit_code == 1
    assert "1000 bytes" in findings()["model"].text


def test_full_reads_a_model_again_that_is_remembered_as_good(small_coach):
    model = own_copy(next((small_coach / "models").glob("*.gguf")))
    assert run().exit_code == 0
    status = model.stat()
    with model.open("r+b") as file:
        file.seek(5000)
        file.write(b"damaged")
    os.utime(model, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run().exit_code == 0
    result = run("--full")
    assert result.exit_code == 1
    assert "SHA-256" in result.stdout


def test_settings_that_cannot_be_read_are_named_and_the_rest_is_checked(small_coach):
    config_file().parent.mkdir(parents=True)
    config_file().write_text("no toml [")
    found = findings()
    assert found["settings"].state is State.PROBLEM
    assert str(config_file()) in found["settings"].text
    assert found["model"].state is State.OK


def test_a_data_folder_that_cannot_be_made_is_a_problem(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "file" / "data"))
    assert findings()["data folder"].state is State.PROBLEM


def test_looking_leaves_nothing_behind(own_folders):
    examine()
    assert not own_folders.exists()


def test_looking_leaves_the_environment_as_it_was(small_coach):
    before = dict(os.environ)
    assert findings()["offline"].text == "HF_HUB_OFFLINE=1, GRADIO_ANALYTICS_ENABLED=False"
    assert dict(os.environ) == before


@pytest.mark.parametrize("package", ["psutil", "starlette", "chromadb", "platformdirs"])
def test_it_runs_where_a_package_cannot_be_loaded(small_coach, package):
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "import typer; from coach.cli.doctor import doctor; typer.run(doctor)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Python 3" in done.stdout
    if package != "chromadb":
        assert done.returncode == 1
        assert f"The package {package} cannot be loaded." in done.stdout
