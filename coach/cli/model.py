"""``coach model``: which models there are, and fetching, checking and choosing them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from coach import settings as table
from coach.cli.setup import reported
from coach.errors import ModelError
from coach.llm import adapters, catalog, digests, download
from coach.llm.catalog import Located
from coach.llm.entries import Adapter, Purpose
from coach.settings import Settings

app = typer.Typer(help="List, fetch, check and choose the models.", no_args_is_help=True)

_Name = Annotated[str | None, typer.Argument(help="Catalog id, file name or path; by default the model in use.")]


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array instead of a table.")] = False,
) -> None:
    """Show every model, whether it is here, and whether this computer has the memory for it."""
    settings = table.load()
    rows = [_row(located, settings) for located in catalog.available(settings)]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    console = Console(highlight=False)
    console.print(_table(rows))
    for line in _adapter_lines(settings):
        console.print(f"\n{line}", soft_wrap=True)
    console.print(f"\nOwn GGUF files are found in {settings.models}.", soft_wrap=True)


@app.command()
def pull(name: Annotated[str, typer.Argument(metavar="ID", help="Catalog id; see `coach model list`.")]) -> None:
    """Fetch a model, check its digest and print its path; goes on where an earlier try stopped."""
    settings = table.load()
    located = catalog.find(name, settings)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not located.fits:
        console.print(f"{located.entry.id} needs {decimal(located.entry.memory)} of memory, more than there is here.")
    if located.present and not located.entry.sources:
        path = located.path
    else:
        with reported(console) as report:
            path = download.pull(located.entry, settings, report)
    typer.echo(path)


@app.command()
def verify(name: _Name = None) -> None:
    """Hash a model anew and compare it with the catalog; without a name, every model that is here."""
    settings = table.load()
    if name is None:
        chosen = [located for located in catalog.available(settings) if located.present]
        if not chosen:
            raise ModelError("No model is on this computer yet.", hint="Run `coach setup` to fetch the default one.")
    else:
        chosen = [catalog.require(name, settings)]
    for located in chosen:
        _verify(located, settings)


@app.command()
def path(name: _Name = None) -> None:
    """Print the path of a model's file."""
    settings = table.load()
    typer.echo(catalog.require(name or settings.model, settings).path)


@app.command()
def use(
    name: Annotated[str, typer.Argument(metavar="ID-or-FILE", help="Catalog id, file name or path of a GGUF file.")],
) -> None:
    """Choose the model that answers from now on."""
    settings = table.load()
    located = catalog.require(name, settings)
    if located.entry.purpose is Purpose.EMBEDDER:
        raise ModelError(f"{located.entry.id} only compares texts and cannot answer.")
    digests.ensure_verified(located, settings)
    value = _name_of(located, settings)
    saved_to = table.save("model", value)
    typer.echo(f"{value} answers from now on (saved in {saved_to}).")
    if table.load().model != value:
        typer.echo(f"{settings.origins['model']} still says {settings.model} and comes first.", err=True)
    if not located.fits:
        typer.echo(f"It needs {decimal(located.entry.memory)} of memory, more than there is here.", err=True)
    if located.entry.adapter is None and (line := adapters.described(located.entry, settings)):
        typer.echo(line, err=True)


def _verify(located: Located, settings: Settings) -> None:
    with reported(Console(stderr=True, highlight=False, soft_wrap=True)) as report:
        digests.verify(located.path, located.entry, report)
    if located.entry.sha256:
        digests.remember(located, settings)
        typer.echo(f"{located.entry.id}: SHA-256 {located.entry.sha256}, as in the catalog")
    else:
        typer.echo(f"{located.entry.id}: a GGUF file that the catalog does not know")


def _adapter_lines(settings: Settings) -> list[str]:
    """What there is to say of adapters and the model in use."""
    try:
        line = adapters.described(catalog.find(settings.model, settings).entry, settings)
    except ModelError:
        return []  # The table shows that no model is current.
    return [line] if line else []


def _name_of(located: Located, settings: Settings) -> str:
    """The shortest name that finds this very file again, from any folder."""
    for name in (located.entry.id, located.path.name):
        if _finds(name, located.path, settings):
            return name
    return str(located.path)


def _finds(name: str, path: Path, settings: Settings) -> bool:
    try:
        found = catalog.find(name, settings)
    except ModelError:
        return False
    return found.path == path


def _row(located: Located, settings: Settings) -> dict[str, Any]:
    entry = located.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "purpose": str(entry.purpose),
        "file": entry.file,
        "path": str(located.path),
        "bytes": entry.bytes,
        "memory": entry.memory,
        "licence": entry.licence,
        "adapter": _adapter_row(entry.adapter, settings),
        "writes": str(entry.writes),
        "present": located.present,
        "fits": located.fits,
        "current": _finds(settings.model, located.path, settings),
        "default": entry.default,
        "better": entry.better,
    }


def _adapter_row(adapter: Adapter | None, settings: Settings) -> dict[str, Any] | None:
    if adapter is None:
        return None
    path = adapters.located(adapter)
    return {
        "path": str(path),
        "bytes": adapter.bytes,
        "sha256": adapter.sha256,
        "licence": adapter.licence,
        "present": path.is_file(),
        "loaded": settings.adapter,
    }


def _table(rows: list[dict[str, Any]]) -> Table:
    shown = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    # An id is typed again by hand, so it is never broken over lines.
    shown.add_column("model", no_wrap=True)
    for heading in ("for", "size", "memory", "fits", "here", ""):
        shown.add_column(heading, overflow="fold", justify="right" if heading in ("size", "memory") else "left")
    for row in rows:
        marks = ", ".join(mark for mark in ("current", "default") if row[mark])
        sizes = decimal(row["bytes"]), decimal(row["memory"])
        shown.add_row(row["id"], row["purpose"], *sizes, _yes(row["fits"]), _yes(row["present"]), marks)
    return shown


def _yes(value: bool) -> str:
    return "yes" if value else "no"
