"""``coach safety``: says what the safety gate sees in a text, and why."""

from __future__ import annotations

import json as json_format
from typing import Annotated

import typer

app = typer.Typer(help="Look at the safety gate.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look at the safety gate."""


@app.command("explain")
def explain(
    text: Annotated[str, typer.Argument(help="A message, as somebody would type it.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say which level a message has, and which rule or which training lines spoke for it."""
    from coach import settings
    from coach.llm.catalog import EMBEDDER, require
    from coach.resources import shipped
    from coach.retrieval.embed import Embedder
    from coach.safety.gate import Gate
    from coach.text import readable

    message = readable(text)
    gate = Gate(shipped("models", "classifiers", "safety.npz"))
    vectors = Embedder(require(EMBEDDER, settings.load()).path).vectors(message)
    verdict = gate.check(message, [], vectors)
    signs = [
        {
            "level": sign.level.value,
            "kind": sign.kind,
            "reason": sign.reason,
            "passage": sign.passage.text,
            "words": sign.words,
        }
        for sign in gate.signs(message, vectors)
    ]
    nearest = [
        {"text": near.text, "level": near.level.value, "similarity": round(near.similarity, 3)}
        for near in gate.nearest(vectors.whole)
    ]
    if json:
        typer.echo(
            json_format.dumps(
                {"level": verdict.level.value, "kinds": verdict.kinds, "signs": signs, "nearest": nearest},
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    typer.echo(f"Level {verdict.level.value}" + (f": {', '.join(verdict.kinds)}" if verdict.kinds else ""))
    for sign in signs:
        typer.echo(f"  {sign['level']:3} {sign['reason']}: {sign['words']!r}")
    typer.echo("Nearest training lines:")
    for near in nearest:
        typer.echo(f"  {near['similarity']:.2f} {near['level']:3} {near['text']}")
