"""The command ``coach``. Whatever goes wrong ends in a sentence, never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from coach.errors import CoachError


def run() -> NoReturn:
    """Run the command line and end the process with its code.

    By then everything is closed and written. Python's own way out would take torch, llama.cpp and Chroma apart first,
    and on a busy computer that was seen to hang for minutes after Ctrl-C.
    """
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot print a character must not end the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        _run()
    except CoachError as error:
        _end(f"{error} {error.hint}")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("COACH_DEBUG"):
            raise
        _end(
            f"Something went wrong inside the program: {type(error).__name__}: {error}. "
            "Run `coach doctor`; with COACH_DEBUG=1 the details are shown."
        )


def _run() -> None:
    try:
        from coach.cli.app import app
    except ImportError as error:
        # A package is missing or broken. The doctor can say which, and needs none of them.
        if "doctor" not in sys.argv[1:]:
            name = (error.name or "a package it needs").partition(".")[0]
            _end(f"The package {name} cannot be loaded. Run `coach doctor` to see what to do.")
        import typer

        from coach.cli.doctor import doctor

        sys.argv.remove("doctor")
        typer.run(doctor)
    else:
        app(prog_name="coach")


def _end(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(1)
