"""What the measuring scripts share: the shape of their results, and how they are called.

A script ``measure_NAME.py`` measures one thing and hands a ``Result`` to ``deliver``;
``measure.py`` runs them all and files what they print.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from coach.errors import CoachError

Row = tuple[str, str, str]
"""What was measured, its value, and a remark ("" for none)."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One measurement: ``method`` says in sentences how it was taken; ``data`` is all of it, as JSON values."""

    title: str
    method: str
    rows: list[Row]
    data: dict[str, Any] = field(default_factory=dict)


def deliver(
    measure: Callable[[argparse.Namespace], Result],
    *,
    options: Callable[[argparse.ArgumentParser], None] | None = None,
) -> int:
    """Run a measurement from the command line, print its result as one line of JSON, and return the exit code.

    Every measurement knows ``--quick``: fewer repetitions, for a look and not for a claim.
    """
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, for a look and not for a claim")
    if options is not None:
        options(parser)
    try:
        result = measure(parser.parse_args())
    except CoachError as error:
        print(f"{error} {error.hint}", file=sys.stderr)
        return 1
    print(json.dumps(asdict(result)))
    return 0


def look(step: str) -> None:
    """Show what is being done."""
    print(f"  {step}", file=sys.stderr, flush=True)
