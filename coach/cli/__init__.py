"""The command ``coach``. Whatever goes wrong ends in a sentence, never a traceback."""

from __future__ import annotations

import os
import sys

from coach.errors import CoachError


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
