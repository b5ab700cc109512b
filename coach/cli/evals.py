"""``coach eval``: measures parts of the program against labelled files."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli import eval_replies
from coach.cli.eval_guard import guard

if TYPE_CHECKING:
    from coach.evals.safety import Report

app = typer.Typer(help="Measure against labelled files.", no_args_is_help=True)
for command in (
    eval_replies.replies,
    eval_replies.dialogues,
    eval_replies.drafts,
    eval_replies.situation,
    eval_replies.blind,
    eval_replies.tally,
):
    app.command()(command)


@app.callback()
def group() -> None:
    """Measure against labelled files."""


app.command("guard")(guard)


@app.command("safety")
def safety(
    file: Annotated[Path, typer.Argument(help="JSON lines with id, text and level, or id and turns.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write a prediction for each line to this file.")] = None,
) -> None:
    """Measure the safety gate: recall for each level, false positives, confusions and time."""
    from coach import settings
    from coach.errors import StorageError
    from coach.evals import safety as evals
    from coach.llm.catalog import EMBEDDER, require
    from coach.resources import shipped
    from coach.retrieval.embed import Embedder
    from coach.safety.gate import Gate
    from coach.safety.replies import SafetyReplies

    rows = evals.read_rows(file)
    embedder = Embedder(require(EMBEDDER, settings.load()).path)
    embedder.vectors("The first call is slow, and says nothing about the others.")
    gate = Gate(shipped("models", "classifiers", "safety.npz"))
    judged = evals.judge(rows, gate, SafetyReplies(shipped("knowledge", "safety")), embedder.vectors)
    if out is not None:
        lines = [
            json_format.dumps(evals.prediction(row, turns), ensure_ascii=False)
            for row, turns in zip(rows, judged, strict=True)
        ]
        try:
            out.write_text("\n".join(lines) + "\n", "utf-8")
        except OSError as error:
            raise StorageError(f"{out} cannot be written: {error.strerror}.", hint="Choose another file.") from error
    report = evals.summed([one for turns in judged for one in turns])
    typer.echo(json_format.dumps(report.as_json(), indent=2) if json else _safety_table(report))


@app.command()
def retrieval(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Messages with id, text and strategies.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write what was found for each message to this file.")] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Also measure with parts of the search left out.")] = False,
) -> None:
    """Measure which cards are found for messages."""
    from coach.evals import retrieval as measuring
    from coach.evals.finding import Finder

    cases = measuring.read_cases(file)
    finder = Finder()
    if ablate:
        typer.echo(measuring.ablation_table(cases, finder.ablated()))
        return
    report, answers = measuring.measure(cases, finder.find)
    if out is not None:
        measuring.write_answers(out, cases, answers)
    typer.echo(measuring.as_json(report) if as_json else measuring.as_text(report))


@app.command("fit-sheet")
def fit_sheet(
    answers: Annotated[Path, typer.Argument(metavar="PRED.jsonl", help="What `coach eval retrieval --out` wrote.")],
    messages: Annotated[Path, typer.Option(help="The labelled messages.")],
    sheet: Annotated[Path, typer.Option(help="CSV file for the reader.")],
    key: Annotated[Path, typer.Option(help="JSON file that says which row is what.")],
    seed: Annotated[int, typer.Option(help="Decides the order, and the rows with a wrong card.")] = 0,
) -> None:
    """Write a sheet on which a reader says whether each top card fits its message."""
    from coach.evals.fit import write_sheet
    from coach.resources import shipped
    from coach.retrieval.cards import read_cards

    count = write_sheet(messages, answers, read_cards(shipped("knowledge")), sheet=sheet, key=key, seed=seed)
    typer.echo(f"{count} rows in {sheet}; the key is in {key}.")


@app.command("fit-tally")
def fit_tally(
    sheet: Annotated[Path, typer.Argument(help="The sheet, filled in.")],
    key: Annotated[Path, typer.Option(help="Its key.")],
) -> None:
    """Score a sheet that a reader filled in."""
    from coach.evals.fit import tally

    fit = tally(sheet, key)
    typer.echo(
        f"The top card fits: {fit.fitting} of {fit.judged} ({fit.share:.3f}; 95 % interval {fit.low:.3f} to "
        f"{fit.high:.3f}). Wrong cards taken for fitting: {fit.decoys_accepted} of {fit.decoys}."
    )


def _safety_table(report: Report) -> str:
    """Return a safety report as lines of text."""
    found = sorted({level for row in report.confusion.values() for level in row})
    lines = ["expected  caught " + "".join(f"{level.value:>5}" for level in found)]
    for level, share in report.recall.items():
        row = report.confusion[level]
        counts = "".join(f"{row[other] or '.':>5}" for other in found)
        lines.append(f"{level.value:9} {share.hits:3}/{share.total:<3}{counts}   {share}")
    lines.append(f"L3 and L4 answered at L2 or stricter: {report.grave}")
    lines.append(f"False positives among L0 and L1: {report.false_positives}")
    lines.append(
        f"95 % of messages up to 60 words took at most {report.p95_short_s * 1000:.1f} ms, "
        f"of all messages {report.p95_s * 1000:.1f} ms, embedding included."
    )
    return "\n".join(lines)
