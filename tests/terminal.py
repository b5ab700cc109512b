"""Runs the command line inside the test's own process, where the heavy libraries are loaded once."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from coach.cli import main
from coach.settings import given


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command left on the terminal."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Said]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Runs ``coach`` with arguments and standard input, and returns how it ended."""

    def run(*arguments: str, stdin: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "argv", ["coach", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        capsys.readouterr()
        before = given.get()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            given.set(before)
        heard = capsys.readouterr()
        assert "Traceback" not in heard.out + heard.err
        return Said(code=code, out=heard.out, err=heard.err)

    return run
