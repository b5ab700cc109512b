"""The command line as a whole: what holds for every command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from coach import __version__
from coach.cli.app import app
from coach.errors import CoachError
from tests.program import ROOT
from tests.terminal import Terminal


def test_every_command_is_listed(terminal: Terminal) -> None:
    said = terminal("--help")
    assert said.code == 0
    for command in ("ask", "chat", "ui", "setup", "index", "doctor", "bench", "uninstall-data", "model", "config"):
        assert f" {command} " in said.out


def helps(group: Any) -> Iterator[tuple[str, str]]:
    for name, command in getattr(group, "commands", {}).items():
        yield name, command.help or ""
        yield from helps(command)


def test_help_is_for_people_and_names_no_classes_of_errors() -> None:
    found = dict(helps(typer.main.get_command(app)))
    assert {"ask", "chat", "pull", "encrypt"} <= found.keys()
    assert [name for name, text in found.items() if not text or "Raises" in text or "Error" in text] == []


def test_version(terminal: Terminal) -> None:
    assert terminal("--version").out == f"rebound-coach {__version__}\n"


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask", "--nonsense"], ["--port", "many", "ui"]])
def test_a_wrong_command_line_is_told(terminal: Terminal, arguments: list[str]) -> None:
    said = terminal(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "nonsense" in said.err or "--port" in said.err


def test_an_error_is_a_sentence_and_its_hint(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise CoachError("Nothing works.", hint="Wait.")

    monkeypatch.setattr("coach.settings.load", fail)
    said = terminal("config")
    assert (said.code, said.out, said.err) == (1, "", "Nothing works. Wait.\n")


def test_a_defect_is_a_sentence_too(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("coach.settings.load", fail)
    said = terminal("config")
    assert said.code == 1
    assert said.err.startswith("Something went wrong inside the program: ZeroDivisionError: by zero.")
    assert "coach doctor" in said.err


def test_whoever_debugs_gets_the_traceback(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("coach.settings.load", fail)
    monkeypatch.setenv("COACH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        terminal("config")


def test_ctrl_c_ends_with_the_usual_code(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coach.settings.load", interrupted)
    said = terminal("config")
    assert said.code == 130
    assert "went wrong" not in said.err


def test_a_reader_that_goes_away_ends_the_program_quietly() -> None:
    # The pipe is closed before anything is written, whatever its buffer holds.
    process = subprocess.Popen(
        [sys.executable, "-m", "coach", "config"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert (process.wait(), errors) == (1, "")


def test_settings_can_be_given_before_the_command(terminal: Terminal) -> None:
    said = terminal("--threads", "3", "config")
    assert [line.split() for line in said.out.splitlines() if line.startswith("threads")] == [["threads", "3", "flag"]]
    assert "default" in next(line for line in terminal("config").out.splitlines() if line.startswith("threads"))
