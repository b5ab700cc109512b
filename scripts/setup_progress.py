"""Runs a step's command and shows that it is still at work. Standard library only."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from machine import Lack

_TAIL_LINES = 15


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Prints one line a step, with its time.

    ``every_s`` is the time between two signs of life: on a terminal the line ticks in
    place, elsewhere (a CI log) a new line comes every so often.
    """

    log: Path
    out: TextIO
    every_s: float

    @classmethod
    def for_stdout(cls, log: Path) -> Reporter:
        """Return a reporter on standard output."""
        return cls(log=log, out=sys.stdout, every_s=1.0 if sys.stdout.isatty() else 15.0)

    def say(self, text: str) -> None:
        """Print a line."""
        print(text, file=self.out, flush=True)

    def run(self, title: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Run a command with its output in the log, and show its time.

        Raises:
            Lack: It failed; the message holds the log's last lines.
        """
        started = time.monotonic()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"\n$ {' '.join(command)}\n")
            log.flush()
            code = self._wait(title, command, environ, log, started)
        if self.out.isatty():
            self.out.write("\r\x1b[K")
        if code != 0:
            raise Lack(f"This step failed: {title}. The end of {self.log}:\n{self._tail()}")
        self.say(f"  done: {title} ({time.monotonic() - started:.0f} s)")

    def _wait(
        self, title: str, command: Sequence[str], environ: Mapping[str, str], log: IO[str], started: float
    ) -> int:
        process = subprocess.Popen(
            command, env=dict(environ), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            while True:
                try:
                    return process.wait(self.every_s)
                except subprocess.TimeoutExpired:
                    self._tick(title, time.monotonic() - started)
        except BaseException:
            process.terminate()
            process.wait()
            raise

    def _tick(self, title: str, elapsed_s: float) -> None:
        line = f"  {title} ... {elapsed_s:.0f} s"
        if self.out.isatty():
            self.out.write(f"\r\x1b[K{line}")
            self.out.flush()
        else:
            self.say(line)

    def _tail(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-_TAIL_LINES:])
