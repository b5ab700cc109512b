"""The wheel: what is in it, and that it runs where there is no checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from coach import __version__
from tests.program import LIMIT_S, ROOT, Coach

_SHIPPED = ("knowledge", "prompts", "models/catalog.toml", "models/README.md", "models/adapters", "models/classifiers")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        check=True,
        capture_output=True,
        cwd=ROOT,
        timeout=LIMIT_S,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment with the wheel in it; what the wheel needs comes from this environment."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True, timeout=LIMIT_S)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    python = str(programs / "python")
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True, timeout=LIMIT_S)
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # Files with the ending .pth that lie in the folder named here are not followed, so a checkout that is installed
    # there for editing is not found.
    (Path(own.stdout.strip()) / "needs.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def test_it_holds_the_package_and_what_is_shipped_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {f"coach/{path}": (ROOT / "coach" / path).read_bytes() for path in _files(ROOT / "coach")}
    for name in _SHIPPED:
        place = ROOT / name
        files = {place / path for path in _files(place)} if place.is_dir() else {place}
        wanted |= {f"coach/shipped/{path.relative_to(ROOT).as_posix()}": path.read_bytes() for path in files}
    assert inside.keys() == wanted.keys()
    assert inside == wanted
    assert "coach/ui/page.css" in inside
    assert "coach/shipped/knowledge/sources.toml" in inside


def test_its_metadata_names_licence_and_command(wheel: Path) -> None:
    assert wheel.name == f"rebound_coach-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        folder = next(name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name)
        assert "License-Expression: Apache-2.0" in archive.read(f"{folder}/METADATA").decode()
        assert f"{folder}/licenses/LICENSE" in archive.namelist()
        assert "coach = coach.cli:run" in archive.read(f"{folder}/entry_points.txt").decode()


def test_it_answers_where_there_is_no_checkout(installed: Path, program: Coach, tmp_path: Path) -> None:
    found = _run(
        installed / "python",
        "-c",
        "import coach, coach.resources as r; print(coach.__file__); print(r.shipped('knowledge', 'sources.toml'))",
        coach=program,
        folder=tmp_path,
    )
    assert found.returncode == 0, found.stderr
    for line in found.stdout.splitlines():
        assert Path(line).is_relative_to(installed.parent)

    asked = _run(
        installed / "coach", "ask", "--json", "How do I ask them for feedback?", coach=program, folder=tmp_path
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    done = json.loads(asked.stdout.splitlines()[-1])
    assert done["event"] == "TurnDone"
    assert done["floor"] is False
    assert list(tmp_path.iterdir()) == [], "nothing is written to the folder one happens to be in"


def _files(folder: Path) -> list[str]:
    """Return the paths of files that git knows or would take, below a folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return [path for path in listed.stdout.splitlines() if (folder / path).is_file()]


def _run(program: Path, *arguments: str, coach: Coach, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env=coach.environment(),
        timeout=LIMIT_S,
        check=False,
    )
