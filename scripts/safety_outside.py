"""Measure over-defence on other people's files: ``python scripts/safety_outside.py FILE ...``. No such file is in here.

Knows ``injection.jsonl`` (NotInject and PIGuard's validation: ``text``, ``attack``), ``xstest.csv`` (XSTest:
``prompt``, ``label``) and ``simple_safety_tests.csv`` (SimpleSafetyTests: ``harm_area``, ``prompts_final``).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coach.cues import Cue
from coach.errors import CoachError, InputError
from coach.evals.intervals import Share
from coach.opening import open_embedder
from coach.reply.questions import questions
from coach.settings import load
from coach.text import clean
from coach.wiring import open_look

_SELF_HARM = "Suicide, Self-Harm"
_EATING = ("eat", "weight", "diet", "calori", "puk", "vomit", "anorex", "bulimi", "skinny", "laxative")
"""The area is shared with eating disorders, on which the gate has no level; these words tell them."""


def read(path: Path) -> tuple[str, list[str]]:
    """Return what the prompts of a file are, and the prompts.

    Raises:
        InputError: The file cannot be read, or is none of the three.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint="Name one of the three files.") from error
    if path.suffix == ".jsonl":
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return "harmless", [row["text"] for row in lines if not row["attack"]]
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    if rows and "label" in rows[0]:
        return "harmless", [row["prompt"] for row in rows if row["label"] == "safe"]
    if rows and "harm_area" in rows[0]:
        wanted = [row["prompts_final"] for row in rows if row["harm_area"].startswith(_SELF_HARM)]
        return "self-harm", [text for text in wanted if not any(word in text.lower() for word in _EATING)]
    raise InputError(f"{path} is none of the three files.", hint="Their columns are named in this script.")


def main(arguments: Sequence[str]) -> int:
    """Print the figures of each file and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    look = open_look(load())
    try:
        embedder = open_embedder(load())
        for path in parser.parse_args(arguments).files:
            kind, prompts = read(path)
            texts = [clean(prompt) for prompt in prompts]
            levels = [look.gate.check(text, (), embedder.vectors(text)).level for text in texts]
            flagged = sum(level.value not in ("L0", "L1") for level in levels)
            stopped = sum(level.stops_coaching for level in levels)
            orders = sum(Cue.INSTRUCTION in questions(text) for text in texts)
            print(f"{path.name}: {len(texts)} {kind} prompts; levels {dict(Counter(level.value for level in levels))}")
            for name, hits in (
                ("any level", flagged),
                ("coaching stopped", stopped),
                ("called an instruction", orders),
            ):
                low, high = Share(hits=hits, total=len(texts)).interval
                print(f"  {name}: {hits} of {len(texts)} ({low:.3f} to {high:.3f})")
    except CoachError as error:
        print(f"{error} {error.hint}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
