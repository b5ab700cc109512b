"""``coach cards``: list, show and check the advice cards, and show what they cover."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from coach import settings as table
from coach.errors import InputError
from coach.llm import catalog
from coach.resources import shipped
from coach.retrieval import matrix as coverage
from coach.retrieval.cards import read_cards, read_sources
from coach.retrieval.lint import Embed, lint
from coach.types import Card, Feeling, Kind, Stage, Strategy

app = typer.Typer(help="List, show and check the advice cards.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_cards(
    strategy: Annotated[Strategy | None, typer.Option(help="Only cards of this strategy.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="Only cards for this time since the no.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only cards for this kind of message.")] = None,
    feeling: Annotated[Feeling | None, typer.Option(help="Only cards for this feeling.")] = None,
    source: Annotated[str | None, typer.Option(help="Only cards with this source key, or practice.")] = None,
    as_json: _Json = False,
) -> None:
    """List the cards, or those that fit every option given."""
    chosen = [
        card
        for card in _cards()
        if (strategy is None or card.strategy is strategy)
        and (stage is None or stage in card.stages)
        and (kind is None or kind in card.kinds)
        and (feeling is None or feeling in card.feelings)
        and (source is None or source in card.sources)
    ]
    if as_json:
        typer.echo(json.dumps([asdict(card) for card in chosen], indent=2, ensure_ascii=False))
        return
    shown = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    shown.add_column("card", no_wrap=True)
    for heading in ("strategy", "stages", "title"):
        shown.add_column(heading, overflow="fold")
    for card in chosen:
        shown.add_row(card.id, card.strategy, ", ".join(card.stages), card.title)
    console = Console(highlight=False)
    console.print(shown)
    console.print(f"\n{len(chosen)} cards.")


@app.command()
def show(
    card_id: Annotated[str, typer.Argument(metavar="ID", help="A card's id; see `coach cards list`.")],
    as_json: _Json = False,
) -> None:
    """Show one card whole, with what its sources found."""
    card = next((card for card in _cards() if card.id == card_id), None)
    if card is None:
        raise InputError(f"There is no card {card_id!r}.", hint="Run `coach cards list` to see the cards.")
    typer.echo(json.dumps(asdict(card), indent=2, ensure_ascii=False) if as_json else _shown(card))


@app.command("lint")
def lint_cards(
    as_json: _Json = False,
    near: Annotated[
        bool, typer.Option("--near/--no-near", help="Look for near-duplicates; needs the embedder.")
    ] = True,
) -> None:
    """Check length, wording, reading level, sources and near-duplicates; exit 1 when something is found."""
    found = lint(_cards(), _embed() if near else None)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=False))
    else:
        for finding in found:
            typer.echo(f"{finding.card}: {finding.rule}: {finding.text}")
        typer.echo(f"{len(found)} findings in {len(_cards())} cards." if found else "Nothing to mend.")
    if found:
        raise typer.Exit(1)


@app.command()
def matrix(
    write: Annotated[Path | None, typer.Option(help="Write to this file instead, such as docs/cards.md.")] = None,
) -> None:
    """Show how many cards there are for each strategy, stage and kind."""
    text = coverage.as_markdown(_cards())
    if write is None:
        typer.echo(text)
        return
    try:
        write.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{write} cannot be written: {error.strerror}.", hint="Choose another file.") from error


def _cards() -> tuple[Card, ...]:
    return read_cards(shipped("knowledge"))


def _embed() -> Embed:
    from coach.retrieval.embed import Embedder

    return Embedder(catalog.require(catalog.EMBEDDER, table.load()).path).embed


def _shown(card: Card) -> str:
    sources = {source.key: source for source in read_sources(shipped("knowledge", "sources.toml"))}
    timing = f"for {', '.join(card.stages)}" + (f", not before {card.not_before}" if card.not_before else "")
    lines = [card.title, f"{card.strategy} · {timing} · reviewed {card.reviewed_on}", "", card.perspective, ""]
    lines += [f"- {step.when}: {step.text}" for step in card.steps]
    lines += ["", card.closing, "", f"Note: {card.note}", "", "Openings:", *(f"- {text}" for text in card.openings)]
    lines += ["", "People say:", *(f"- {text}" for text in card.sayings), ""]
    for key in card.sources:
        if key in sources:
            lines.append(f"Source: {sources[key].citation}. {sources[key].found} ({sources[key].confidence})")
        else:
            lines.append("Source: practice, not evidence.")
    return "\n".join(lines)
