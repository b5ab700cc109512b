"""Measured programs run as processes of their own: how they are started, listened to and ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coach
from coach.errors import CoachError
from coach.settings import TABLE, Settings

Look = Callable[[str], None]
"""Told what is being done, several times a minute."""

_END_S = 10.0


def environment(settings: Settings, **changes: str) -> dict[str, str]:
    """Return this process's environment, in which every setting has its present value, with changes."""
    found = dict(os.environ)
    found |= {f"COACH_{row.name.upper()}": str(getattr(settings, row.name)) for row in TABLE}
    # A child must run the same code as this process, wherever it was started.
    places = [str(Path(coach.__file__).parent.parent), *filter(None, [found.get("PYTHONPATH")])]
    found["PYTHONPATH"] = os.pathsep.join(places)
    return found | changes


@contextmanager
def started(command: Sequence[str], environ: Mapping[str, str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Start a program, and end it and all that it started when the block is left."""
    process = subprocess.Popen(
        command, env=environ, text=True, encoding="utf-8", errors="replace", start_new_session=True, **options
    )
    try:
        yield process
    finally:
        _end(process)


def listen(
    module: str, arguments: Sequence[str], environ: Mapping[str, str], look: Look, *, before: Sequence[str] = ()
) -> dict[str, Any]:
    """Run a module of this package that prints JSON lines, and return the last of them.

    A line with the key ``step`` is progress; ``before`` are words put before the command.

    Raises:
        CoachError: It failed; the message is its own last line.
    """
    found: dict[str, Any] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": errors}
        with started([*before, sys.executable, "-m", module, *arguments], environ, **options) as process:
            assert process.stdout is not None
            for line in process.stdout:
                with contextlib.suppress(ValueError):
                    found = json.loads(line)
                    if "step" in found:
                        look(str(found["step"]))
            code = process.wait()
        errors.seek(0)
        told = errors.read().strip().splitlines()
    if code or not found or "step" in found:
        raise CoachError(f"{module} could not be measured: {told[-1] if told else f'exit code {code}'}")
    return found


def tell(step: str) -> None:
    """Report progress to a parent that listens."""
    print(json.dumps({"step": step}), flush=True)


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdout is not None:
        process.stdout.close()
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()


def _signal(process: subprocess.Popen[str], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        elif process.poll() is None:
            process.terminate()
