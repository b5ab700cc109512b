"""``coach eval guard``: measures the sentence guard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def guard(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="Sentences with id, text, label and, where known, context.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the label found for each line to this file.")] = None,
) -> None:
    """Measure the sentence guard: bad sentences caught, good ones withheld, and time."""
    from coach import settings
    from coach.evals import guard as evals
    from coach.evals.files import write_lines
    from coach.llm.catalog import EMBEDDER, require
    from coach.reply.classifier import Classifier
    from coach.resources import shipped
    from coach.retrieval.embed import Embedder
    from coach.retrieval.pairs import PairReader, pair_file

    rows = evals.read_labelled(file)
    classifier = Classifier(shipped("models", "classifiers", "guard.npz"))
    folder = require(EMBEDDER, settings.load()).path
    embedder, pairs = Embedder(folder), PairReader(folder, pair_file())

    def judged_lines(lines: list[dict[str, Any]]) -> list[evals.Judged]:
        return evals.judge(
            lines,
            classifier,
            lambda text: embedder.vectors(text).whole,
            lambda message, sentence: pairs.shares(message, [sentence])[0],
        )

    judged_lines(rows[:3])  # the first calls are slow
    judged = judged_lines(rows)
    if out is not None:
        write_lines(out, ({"id": one.id, "label": one.found} for one in judged))
    report = evals.summed(judged)
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else evals.as_text(report))
