"""``coach index``: checks the card index and builds it where needed."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.console import Console

from coach import settings


def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it anew even if it is in order.")] = False,
) -> None:
    """Check the card index, and build it if it does not fit the cards."""
    from coach.wiring import build_index, index_health

    effective = settings.load()
    problem = index_health(effective)
    if problem is None and not rebuild:
        typer.echo(f"The index in {effective.index} is in order.")
        return
    if problem is not None:
        typer.echo(problem, err=True)
    started = time.monotonic()
    with Console(stderr=True).status("building the card index"):
        count = build_index(effective)
    typer.echo(f"Built the index of {count} cards in {time.monotonic() - started:.1f} s: {effective.index}")
