"""Runs the program as people do: in a process of its own, with folders of its own."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 100
"""After so many seconds a process is hung. Nothing is measured with it."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True, kw_only=True)
class Coach:
    """A data folder and a config folder, with what is set in the environment."""

    home: Path
    model: str

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def config(self) -> Path:
        return self.home / "config"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables of a process: this one's, without any setting of the person who runs the tests."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        return {**mine, **self.variables(), "COACH_HUB_URL": "http://127.0.0.1:9", "PYTHONUNBUFFERED": "1", **more}

    def variables(self) -> dict[str, str]:
        """Return the variables that make a process this coach."""
        return {"COACH_DATA_DIR": str(self.data), "COACH_CONFIG_DIR": str(self.config), "COACH_MODEL": self.model}

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        before: Sequence[str] = (),
        limit_s: float = LIMIT_S,
        variables: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run a command to its end; ``before`` are words put before it, such as ``unshare -rn``."""
        done = subprocess.run(
            [*before, sys.executable, "-m", "coach", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env=self.environment(**(variables or {})),
            timeout=limit_s,
            check=False,
        )
        ran = Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
        assert "Traceback" not in ran.err + ran.out, ran.err
        return ran

    def use(self, monkeypatch: pytest.MonkeyPatch) -> Coach:
        """Make the test's own process this coach."""
        for name, value in self.variables().items():
            monkeypatch.setenv(name, value)
        return self

    def another(self, home: Path) -> Coach:
        """Return a copy of this coach with data of its own, so that a test may damage it."""
        shutil.copytree(self.home, home, symlinks=True)
        return Coach(home=home, model=self.model)


class Page:
    """The page, served by ``coach ui`` in a process of its own.

    Args:
        coach: Whose data it uses.
        options: Options of the program, before the command ``ui``.
        environment: Further variables.
        before: Words put before the command.
    """

    def __init__(
        self,
        coach: Coach,
        *options: str,
        environment: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> None:
        self.lines: list[str] = []
        self._errors = coach.home / f"page-{time.monotonic_ns()}.err"
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [*before, sys.executable, "-m", "coach", *options, "ui", "--no-browser"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=ROOT,
                env=coach.environment(**(environment or {})),
            )
        self._out: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.url = self._wait_for("Rebound is at ").split()[-1]

    @property
    def errors(self) -> str:
        """What it wrote to standard error."""
        return self._errors.read_text("utf-8")

    def end(self) -> int:
        """End it as Ctrl-C does, and return its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(timeout=LIMIT_S)
        finally:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as out:
            for line in out:
                self._out.put(line.decode().rstrip("\n"))

    def _wait_for(self, start: str) -> str:
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            try:
                self.lines.append(self._out.get(timeout=0.1))
            except queue.Empty:
                assert self._process.poll() is None, self.errors
                continue
            if self.lines[-1].startswith(start):
                return self.lines[-1]
        self._process.kill()
        raise AssertionError(f"The page did not start: {self.lines} {self.errors}")
