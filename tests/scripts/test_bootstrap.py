"""Runs the real script on a small checkout whose packages are tiny wheels in a folder."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

_PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "rebound-coach"
version = "0.1.0"
dependencies = ["torch==2.13.0", "llama-cpp-python"]
optional-dependencies.dev = ["checker"]
scripts.coach = "fake_coach:main"
"""

_BACKEND = '''
import zipfile
from pathlib import Path

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "rebound_coach-0.1.0-py3-none-any.whl"
    info = "rebound_coach-0.1.0.dist-info"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        wheel.writestr("rebound.pth", str(Path.cwd()))
        wheel.writestr(f"{info}/METADATA", """Metadata-Version: 2.1
Name: rebound-coach
Version: 0.1.0
Requires-Dist: torch==2.13.0
Requires-Dist: llama-cpp-python
Provides-Extra: dev
Requires-Dist: checker; extra == "dev"
""")
        purelib = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr(f"{info}/WHEEL", purelib)
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\\ncoach = fake_coach:main\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return name
'''

_COACH = """
import os, pathlib, sys

def main():
    with open("calls.txt", "a") as calls:
        print(*sys.argv[1:2], *("--test-model" for word in sys.argv if word == "--test-model"), file=calls)
    if os.environ.get("FAIL"):
        sys.exit("The model could not be fetched.")
    pathlib.Path("model.gguf").touch()
    pathlib.Path(sys.argv[sys.argv.index("--list-to") + 1]).write_text(os.path.abspath("model.gguf") + "\\n")
"""

_CATALOG = '[a]\npurpose = "chat"\ndefault = true\nbytes = 10\nmemory = 20\n'
_CONSTRAINTS = "torch==2.13.0\nllama_cpp_python==0.3.36\nchecker==1.0\n"


class SmallCheckout:
    def __init__(self, root: Path, wheels: Path) -> None:
        self.root, self.wheels = root, wheels

    def bootstrap(self, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "COACH_"))}
        ours = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.run(
            [sys.executable, "scripts/bootstrap.py", *options],
            cwd=self.root,
            env={**kept, **ours, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        path = self.root / "calls.txt"
        return path.read_text().splitlines() if path.exists() else []

    def log(self) -> str:
        return (self.root / ".venv" / "setup.log").read_text()

    def has(self, package: str) -> bool:
        return any((self.root / ".venv").glob(f"lib/python*/site-packages/{package}*.dist-info"))


def _wheel(folder: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for name, version in [
        ("torch", "2.13.0+cpu"),
        ("torch", "2.13.0"),
        ("llama_cpp_python", "0.3.36"),
        ("checker", "1.0"),
    ]:
        _wheel(folder, name, version)
    return folder


@pytest.fixture(scope="module")
def finished(tmp_path_factory, wheels) -> SmallCheckout:
    """A checkout that was set up once, shared: making an environment takes seconds."""
    checkout = SmallCheckout(_lay_out(tmp_path_factory.mktemp("checkout")), wheels)
    done = checkout.bootstrap()
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout


def _lay_out(root: Path) -> Path:
    shutil.copytree(SCRIPTS, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "models").mkdir()
    for name, text in {
        "pyproject.toml": _PYPROJECT,
        "backend.py": _BACKEND,
        "fake_coach.py": _COACH,
        "constraints.txt": _CONSTRAINTS,
        "models/catalog.toml": _CATALOG,
    }.items():
        (root / name).write_text(text)
    return root


def test_a_set_up_installs_the_cpu_build_and_everything_else(finished):
    assert finished.has("torch-2.13.0+cpu")
    assert finished.has("llama_cpp_python-0.3.36")
    assert not finished.has("checker")
    assert finished.calls()[0] == "setup"


def test_a_second_set_up_does_nothing_and_then_dev_adds_only_what_is_missing(finished):
    log, calls = finished.log(), finished.calls()
    again = finished.bootstrap()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (finished.log(), finished.calls()) == (log, calls)

    finished.bootstrap("--dev", "--no-models")
    assert finished.has("checker")
    assert finished.calls() == calls
    added = finished.log().removeprefix(log)
    assert added.count("\n$ ") == 1

    finished.bootstrap("--dev")
    assert finished.calls() == [*calls, "setup --test-model"]


def test_a_removed_model_is_fetched_again_without_pip(finished):
    log, calls = finished.log(), finished.calls()
    (finished.root / "model.gguf").unlink()
    assert finished.bootstrap().returncode == 0
    assert finished.log() == log
    assert len(finished.calls()) == len(calls) + 1


def test_a_failing_fetch_fails_the_set_up_and_is_tried_again(finished):
    (finished.root / "model.gguf").unlink()
    failed = finished.bootstrap(FAIL="1")
    assert failed.returncode == 1
    assert "could not be fetched" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert finished.bootstrap().returncode == 0


def test_a_machine_without_a_compiler_gets_one_sentence(tmp_path, wheels):
    checkout = SmallCheckout(_lay_out(tmp_path), wheels)
    (tmp_path / "bin").mkdir()
    done = checkout.bootstrap(PATH=str(tmp_path / "bin"))
    assert done.returncode == 1
    assert done.stderr.startswith("A C++ compiler is needed")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / ".venv").exists()


def test_a_package_that_cannot_be_had_ends_with_the_log(tmp_path, wheels):
    checkout = SmallCheckout(_lay_out(tmp_path), wheels)
    done = checkout.bootstrap(PIP_FIND_LINKS=str(tmp_path / "models"))
    assert done.returncode == 1
    assert "This step failed: torch" in done.stderr
    assert "torch==2.13.0" in done.stderr.partition("setup.log:")[2]
    assert "Traceback" not in done.stderr


def test_a_python_that_is_too_old_is_told_so():
    code = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path('bootstrap.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Rebound needs Python 3.11 or newer, and this is Python 3.9.")


def _is_readable_by_python_3_6(code: str) -> bool:
    try:
        tree = ast.parse(code, feature_version=(3, 6))
    except SyntaxError:
        return False
    # Python 3.6 does not know ``from __future__ import annotations``, which the parser lets pass.
    return not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in ast.walk(tree))


def test_a_python_that_is_too_old_can_read_the_script():
    assert _is_readable_by_python_3_6((SCRIPTS / "bootstrap.py").read_text("utf-8"))
    assert not _is_readable_by_python_3_6((SCRIPTS / "machine.py").read_text("utf-8"))
    assert not _is_readable_by_python_3_6("if (found := 1):\n    pass")
