"""``coach config``: the effective settings, and where each came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.settings import TABLE, config_file
from tests.terminal import Terminal


@pytest.fixture
def file(own_folders: Path) -> Path:
    config_file().parent.mkdir(parents=True)
    return config_file()


def test_every_setting_is_shown_with_its_origin(
    terminal: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('threads = 3\nmodel = "from-file"\n')
    monkeypatch.setenv("COACH_MODEL", "from-environment")
    said = terminal("--port", "8000", "config", "--json")
    shown = json.loads(said.out)
    assert list(shown) == [row.name for row in TABLE]
    assert shown["threads"] == {"value": 3, "from": str(file)}
    assert shown["model"] == {"value": "from-environment", "from": "COACH_MODEL"}
    assert shown["port"] == {"value": 8000, "from": "flag"}
    assert shown["host"] == {"value": "127.0.0.1", "from": "default"}
    plain = terminal("--port", "8000", "config").out
    for row in TABLE:
        assert row.help in plain
    assert str(file) in plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1\n", "unknown setting: colour"),
        ("threads = 'many'\n", "threads"),
        ("threads = -1\n", "threads"),
        ("port = 70000\n", "port"),
        ("port = true\n", "port"),
        ("open_browser = 'perhaps'\n", "open_browser"),
        ("writes = 'poems'\n", "writes"),
        ("model = [1]\n", "model"),
        ("no toml [", "cannot be read"),
        ("model = 'a'\nmodel = 'b'\n", "cannot be read"),
    ],
)
@pytest.mark.parametrize("command", [["config"], ["ask", "hello"]])
def test_a_file_that_makes_no_sense_is_named(
    terminal: Terminal, file: Path, text: str, told: str, command: list[str]
) -> None:
    file.write_text(text)
    said = terminal(*command)
    assert said.code == 1
    assert said.out == ""
    assert told in said.err
    assert str(file) in said.err
    assert file.read_text() == text, "whatever is in it, it is the person's own"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00\x00", b"model = '\xff'"])
def test_a_file_that_is_no_text_is_named(terminal: Terminal, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    said = terminal("config")
    assert said.code == 1
    assert str(file) in said.err


def test_a_folder_in_the_files_place_is_named(terminal: Terminal, file: Path) -> None:
    file.mkdir()
    said = terminal("config")
    assert said.code == 1
    assert str(file) in said.err


def test_a_setting_is_saved_and_read_again(terminal: Terminal, file: Path) -> None:
    file.write_text("# mine\nport = 7900\n")
    said = terminal("config", "set", "threads", "2")
    assert said.code == 0
    assert str(file) in said.out
    assert file.read_text() == "# mine\nport = 7900\nthreads = 2\n"
    assert json.loads(terminal("config", "--json").out)["threads"]["value"] == 2


@pytest.mark.parametrize(("name", "value"), [("colour", "red"), ("threads", "two"), ("port", "0")])
def test_a_wrong_setting_is_not_saved(terminal: Terminal, file: Path, name: str, value: str) -> None:
    said = terminal("config", "set", name, value)
    assert said.code == 1
    assert name in said.err
    assert not file.exists()
