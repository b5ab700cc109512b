"""Measures echoes: how many true ones the guard accepts, how many false ones, and how many messages have one.

    PYTHONPATH=. python scripts/echo_trials.py data/guard/echo_dev.jsonl
    PYTHONPATH=. python scripts/echo_trials.py --coverage data/retrieval/dev.jsonl

The first form reads ``id``, ``message``, ``echo``, ``true`` and ``kind`` and prints what passes the guard.
The second reads messages with ``text`` (and ``kind``) and prints the share for which an echo is built;
``--show N`` prints N of them, to be read by a person.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from coach.evals.files import read_lines
from coach.evals.intervals import wilson
from coach.reply.echo import built_echoes
from coach.reply.guard import vet_echo
from coach.text import clean

_WITHOUT = frozenset({"identity", "off_topic", "thanks", "refuses_advice"})
"""Kinds of message that are answered without an echo."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure echoes.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--coverage", action="store_true", help="The file holds messages.")
    parser.add_argument("--show", type=int, default=0, help="Print so many echoes with their messages.")
    asked = parser.parse_args()
    if asked.coverage:
        print_coverage(asked.file, asked.show)
    else:
        print_truth(asked.file)


def print_truth(file: Path) -> None:
    """Print how many echoes of each kind pass the guard."""
    rows = read_lines(file, {"id": str, "message": str, "echo": str, "true": bool, "kind": str})
    passed = Counter[tuple[bool, str]]()
    total = Counter[tuple[bool, str]]()
    for row in rows:
        key = (row["true"], row["kind"])
        total[key] += 1
        passed[key] += vet_echo(row["echo"], clean(row["message"]), frozenset()).passes
    for true in (True, False):
        kinds = [key for key in total if key[0] is true]
        print(f"{'True' if true else 'False'} echoes that pass:")
        for key in kinds:
            print(f"  {key[1]:<14}{passed[key]} of {total[key]}")
        print(f"  {'all':<14}{_shown(sum(passed[key] for key in kinds), sum(total[key] for key in kinds))}")


def print_coverage(file: Path, show: int) -> None:
    """Print for how many messages an echo is built."""
    rows = [row for row in read_lines(file, {"text": str}) if row.get("kind") not in _WITHOUT]
    built = [(built_echoes(clean(row["text"]), most=1), row["text"]) for row in rows]
    print(f"Messages with an echo: {_shown(sum(bool(echoes) for echoes, _ in built), len(built))}")
    found = [(echoes[0], text) for echoes, text in built if echoes]
    for echo, text in random.Random(0).sample(found, min(show, len(found))):
        print(f"- {echo}\n    {' '.join(text.split())[:200]}")


def _shown(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    share = hits / total if total else 0.0
    return f"{hits} of {total} ({share:.3f}; 95 % interval {low:.3f} to {high:.3f})"


if __name__ == "__main__":
    main()
