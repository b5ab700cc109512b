"""What is broken on a person's computer: each time a sentence that helps, and an answer where one is possible."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.text import words
from tests.program import Coach, Ran
from tests.terminal import Said, Terminal

HURT = "I was turned down today after the final interview. It hurts."
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture
def mine(program: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    """A coach with data of its own, to be broken; this process is it."""
    return program.another(tmp_path / "coach").use(monkeypatch)


def assert_answered_from_the_cards(ran: Ran | Said, *, told: str) -> None:
    assert ran.code == 0, ran.err
    assert told in ran.err
    assert ran.err.count("\n") == 1, "one line tells it"
    done = json.loads(ran.out.splitlines()[-1])
    assert done["event"] == "TurnDone"
    assert done["floor"] is True
    assert len(words(done["reply"])) >= 10


def assert_answered_in_full(ran: Ran | Said) -> None:
    assert ran.code == 0, ran.err
    assert json.loads(ran.out.splitlines()[-1])["floor"] is False


def own_copy(coach: Coach, length: int | None = None) -> Path:
    """Put a file of the person's own, of the same weights up to ``length`` bytes, among the models."""
    path = coach.data / "models" / "my-own.gguf"
    path.write_bytes((coach.data / "models" / WEIGHTS).read_bytes()[:length])
    return path


# What llama.cpp itself refuses runs in a process of its own: should it crash one day, it takes only that with it.


@pytest.mark.parametrize("length", [1000, 98_000_000])
def test_a_truncated_model_of_ones_own(mine: Coach, length: int) -> None:
    path = own_copy(mine, length)
    ran = mine.run("ask", "--json", HURT, variables={"COACH_MODEL": "my-own.gguf"})
    assert_answered_from_the_cards(ran, told=f"The model file {path} cannot be loaded")
    assert path.stat().st_size == length


def test_a_file_that_only_begins_like_a_model(mine: Coach) -> None:
    path = mine.data / "models" / "my-own.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(range(256)) * 4000)
    ran = mine.run("ask", "--json", HURT, variables={"COACH_MODEL": str(path)})
    assert_answered_from_the_cards(ran, told=f"The model file {path} cannot be loaded")


@pytest.mark.parametrize("content", [b"", b"no model at all" * 1000], ids=["empty", "text"])
def test_a_file_that_is_no_model(mine: Coach, terminal: Terminal, content: bytes) -> None:
    path = mine.data / "models" / "my-own.gguf"
    path.write_bytes(content)
    said = terminal("ask", "--json", "--model", "my-own", HURT)
    assert_answered_from_the_cards(said, told=f"The file {path} is not a GGUF model")


def test_a_model_with_another_digest(mine: Coach, terminal: Terminal) -> None:
    path = mine.data / "models" / WEIGHTS
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.unlink()
    path.write_bytes(content)
    said = terminal("ask", "--json", HURT)
    assert_answered_from_the_cards(said, told=f"The file {path} has the SHA-256 digest")
    assert path.read_bytes() == content, "a file of the person's is never removed unasked"
    assert terminal("doctor").code == 1


@pytest.mark.parametrize("place", ["folder", "dangling link"])
def test_something_else_in_the_models_place(mine: Coach, terminal: Terminal, place: str) -> None:
    path = mine.data / "models" / WEIGHTS
    path.unlink()
    if place == "folder":
        path.mkdir()
    else:
        path.symlink_to(mine.home / "gone")
    said = terminal("ask", "--json", HURT)
    assert_answered_from_the_cards(said, told="coach model pull smollm2-135m-instruct")


def test_a_model_that_may_not_be_read(mine: Coach, terminal: Terminal) -> None:
    path = own_copy(mine)
    path.chmod(0)
    ran = mine.run("ask", "--json", HURT, variables={"COACH_MODEL": "my-own.gguf"}, before=without_roots_rights())
    assert_answered_from_the_cards(ran, told=f"The model file {path} cannot be read: Permission denied.")
    path.chmod(0o600)
    assert_answered_in_full(terminal("ask", "--json", "--model", "my-own.gguf", HURT))


@pytest.mark.usefixtures("few_cards")
def test_a_data_folder_on_a_read_only_disk(mine: Coach, terminal: Terminal) -> None:
    index = mine.data / "index"
    before = sorted(mine.data.rglob("*"))
    with mounted(mine.data, "--bind", str(mine.data), remount="remount,bind,ro"):
        said = terminal("ask", "--json", HURT)
        assert_answered_in_full(said)
        assert f"cannot be written to {index}" in said.err
        assert "Answers work all the same." in said.err
        doctor = terminal("doctor")
        assert doctor.code == 1
        assert f"{mine.data} cannot be written" in doctor.out
        build = terminal("index")
        assert build.code == 1
        assert f"cannot be written to {index}" in build.err
    assert sorted(mine.data.rglob("*")) == before
    assert terminal("index").code == 0


@pytest.mark.usefixtures("few_cards")
def test_a_full_disk(mine: Coach, terminal: Terminal) -> None:
    models, index = mine.home / "models", mine.data / "index"
    (mine.data / "models").rename(models)
    with mounted(mine.data, "-t", "tmpfs", "-o", "size=8m", "tmpfs"):
        (mine.data / "models").symlink_to(models, target_is_directory=True)
        filler = fill(mine.data)
        said = terminal("ask", "--json", HURT)
        assert_answered_in_full(said)
        assert "The index" in said.err
        assert "Free space" in said.err
        build = terminal("index")
        assert build.code == 1
        assert "The index" in build.err

        filler.unlink()
        assert terminal("index").code == 0
        assert len(list(index.glob("build-*"))) == 1, "what was begun on the full disk is gone"
        again = terminal("ask", "--json", HURT)
        assert_answered_in_full(again)
        assert again.err == ""


def test_a_full_disk_does_not_cost_the_settings(mine: Coach, terminal: Terminal) -> None:
    with mounted(mine.config, "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
        file = mine.config / "config.toml"
        file.write_text("port = 7900\n")
        fill(mine.config)
        said = terminal("config", "set", "threads", "2")
        assert said.code == 1
        assert f"{file} cannot be written" in said.err
        assert file.read_text() == "port = 7900\n"


def fill(folder: Path) -> Path:
    """Write a file until the disk is full."""
    path = folder / "filler"
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    return path


@contextlib.contextmanager
def mounted(place: Path, *what: str, remount: str = "") -> Iterator[None]:
    """Mount something at a folder; skips the test where that is not allowed."""
    if not sys.platform.startswith("linux"):
        pytest.skip("mounting file systems needs Linux")
    done = subprocess.run(["mount", *what, str(place)], capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"no file system can be mounted here: {done.stderr.strip()}"
        if os.environ.get("COACH_CI") == "1" and os.geteuid() == 0:
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    try:
        if remount:
            subprocess.run(["mount", "-o", remount, str(place)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def without_roots_rights() -> list[str]:
    """Return words before a command that take from root the right to read any file; none for other people."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root can read any file, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
