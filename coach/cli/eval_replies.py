"""``coach eval replies``, ``dialogues`` and ``situation``: what the coach answers, and what it understands."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from coach.settings import Settings
    from coach.wiring import Parts

_Out = Annotated[Path, typer.Option(metavar="OUT.jsonl", help="Write a line for each line of the file to this one.")]
_Model = Annotated[str | None, typer.Option(help="Catalog id or GGUF file that answers.")]
_NoAdapter = Annotated[bool, typer.Option("--no-adapter", help="Leave out what tunes the model.")]
_Floor = Annotated[bool, typer.Option("--floor", help="Answer without a language model.")]
_NoGuard = Annotated[bool, typer.Option("--no-guard", help="Show what the model writes unchecked.")]
_Plain = Annotated[
    bool, typer.Option("--plain", help="Let the model write everything from prompt and notes, unchecked, to compare.")
]
_Limit = Annotated[int | None, typer.Option(min=1, help="Stop after so many lines.")]
_Resume = Annotated[bool, typer.Option("--resume", help="Keep the lines that OUT has, and add the others.")]


def replies(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Messages with id and text.")],
    out: _Out,
    model: _Model = None,
    no_adapter: _NoAdapter = False,
    floor: _Floor = False,
    no_guard: _NoGuard = False,
    plain: _Plain = False,
    limit: _Limit = None,
    resume: _Resume = False,
) -> None:
    """Answer each message of a file in a conversation of its own."""
    from coach.evals import replies as evals

    rows = evals.read_messages(file)[:limit]
    with evals.loaded(*_chosen(model, no_adapter, floor, no_guard), _look, plain=plain) as engine:
        done = evals.answer_messages(engine, rows, out, _look, resume=resume)
    typer.echo(evals.summary(done))


def dialogues(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Conversations with id and turns.")],
    out: _Out,
    model: _Model = None,
    no_adapter: _NoAdapter = False,
    floor: _Floor = False,
    no_guard: _NoGuard = False,
    plain: _Plain = False,
    limit: _Limit = None,
    resume: _Resume = False,
) -> None:
    """Hold each conversation of a file, one user message after the other."""
    from coach.evals import replies as evals

    rows = evals.read_scripts(file)[:limit]
    with evals.loaded(*_chosen(model, no_adapter, floor, no_guard), _look, plain=plain) as engine:
        done = evals.answer_scripts(engine, rows, out, _look, resume=resume)
    typer.echo(evals.summary([turn for row in done for turn in row["turns"]]))
    typer.echo(f"sentences said twice: {sum(evals.repeated(row['turns']) for row in done)}")


def drafts(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Requests for drafts with id and turns.")],
    out: _Out,
    model: _Model = None,
    floor: _Floor = False,
    limit: _Limit = None,
) -> None:
    """Hold each conversation of a file, and write the draft as it stands after the last turn."""
    from coach.evals import drafts as evals
    from coach.evals.replies import loaded, read_scripts

    rows = read_scripts(file)[:limit]
    with loaded(*_chosen(model, no_adapter=False, floor=floor, no_guard=False), _look) as engine:
        done = evals.answer_requests(engine, rows, out, _look)
    typer.echo(evals.summary(rows, done))


def situation(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Messages with id, text, kind and wants.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write what was read of each message to this file.")] = None,
) -> None:
    """Measure what is understood of messages: kind and wishes."""
    from coach import settings
    from coach.evals import situation as evals
    from coach.evals.files import write_lines
    from coach.facts.memory import as_mapping
    from coach.facts.reading import read_facts
    from coach.llm.catalog import EMBEDDER, require
    from coach.resources import shipped
    from coach.retrieval.embed import Embedder
    from coach.situation import SituationReader
    from coach.text import clean

    rows = evals.read_labelled(file)
    embedder = Embedder(require(EMBEDDER, settings.load()).path)
    reader = SituationReader(shipped("models", "classifiers", "situation.npz"))
    found: list[dict[str, Any]] = []
    for row in rows:
        text = clean(row["text"])
        read = reader.read(text, (), embedder.vectors(text), None)
        found.append(
            {
                "id": row["id"],
                "kind": read.kind.value,
                "wants": read.wants.value,
                "feelings": [feeling.value for feeling in read.feelings],
                "facts": as_mapping(read_facts(text)),
            }
        )
    if out is not None:
        write_lines(out, found)
    report = evals.measured(rows, found)
    typer.echo(json_format.dumps(evals.as_json(report), indent=2) if json else evals.as_text(report))


def _chosen(model: str | None, no_adapter: bool, floor: bool, no_guard: bool) -> tuple[Settings, Parts]:
    from coach import settings
    from coach.wiring import Parts

    return settings.load({"model": model}), Parts(model=not floor, adapter=not no_adapter, guard=not no_guard)


def _look(step: str) -> None:
    typer.echo(step, err=True)


def blind(
    files: Annotated[list[Path], typer.Argument(metavar="A.jsonl B.jsonl ...", help="What each system answered.")],
    messages: Annotated[Path, typer.Option(help="The messages that they answer.")],
    sheet: Annotated[Path, typer.Option(help="CSV file for the readers.")],
    page: Annotated[Path, typer.Option(help="HTML file for the readers.")],
    key: Annotated[Path, typer.Option(help="JSON file that says which row is whose; not for the readers.")],
    seed: Annotated[int, typer.Option(help="Decides the order.")] = 0,
) -> None:
    """Write a sheet on which readers judge replies without knowing whose they are."""
    from coach.evals.blind import read_entries, write_sheet

    entries = read_entries(files, messages)
    write_sheet(entries, sheet=sheet, page=page, key=key, seed=seed)
    typer.echo(f"{len(entries)} rows in {sheet} and {page}; the key is in {key}.")


def tally(
    sheets: Annotated[list[Path], typer.Argument(help="The sheet, filled in, once for each reader.")],
    key: Annotated[Path, typer.Option(help="Its key.")],
) -> None:
    """Score a sheet that one or more readers filled in."""
    from coach.evals.tally import as_text, read_sheets

    typer.echo(as_text(read_sheets(sheets, key)))
