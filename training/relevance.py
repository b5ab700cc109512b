"""Shows from which score a card fits: the thresholds of ``coach/reply/notes.py`` are read off this table.

    python -m training.relevance data/retrieval/dev.jsonl data/retrieval/dev2.jsonl

Run it again whenever scores change, that is after the encoder, the search's weights or its classifier did.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from coach.evals.finding import Finder
from coach.evals.ranking import NONE
from coach.evals.retrieval import read_cases


def table(rows: Sequence[tuple[float, bool, bool]]) -> str:
    """Return for each threshold how many top cards reach it, and how many of these are right.

    Args:
        rows: Score of the top card, whether its strategy is one that a reader accepts, and whether the card is.
    """
    lines = ["score  cards  strategy accepted  card named"]
    for step in range(int(min(score for score, *_ in rows) * 20), int(max(score for score, *_ in rows) * 20) + 1):
        least = step / 20
        kept = [row for row in rows if row[0] >= least]
        if kept:
            strategy, card = (sum(row[place] for row in kept) / len(kept) for place in (1, 2))
            lines.append(f"{least:5.2f}  {len(kept):5}  {strategy:17.2f}  {card:10.2f}")
    return "\n".join(lines)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description="Show from which score a card fits.")
    parser.add_argument("files", nargs="+", type=Path)
    finder = Finder()
    rows = []
    for path in parser.parse_args().files:
        for case in read_cases(path):
            found = finder.find(case.text)
            if found and (case.cards or case.strategies == (NONE,)):
                best = found[0]
                accepted = best.card.strategy.value in case.strategies
                rows.append((best.score, accepted, best.card.id in case.cards))
    print(table(rows))


if __name__ == "__main__":
    main()
