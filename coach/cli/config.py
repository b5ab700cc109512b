"""``coach config``: the effective settings and where each came from."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from coach import settings

app = typer.Typer(help="Show or change settings.", invoke_without_command=True, no_args_is_help=False)


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print every setting, its value, and where the value came from."""
    if context.invoked_subcommand is not None:
        return
    effective = settings.load()
    rows = [(row, getattr(effective, row.name), effective.origins[row.name]) for row in settings.TABLE]
    if as_json:
        typer.echo(json.dumps({row.name: {"value": value, "from": origin} for row, value, origin in rows}, indent=2))
        return
    for row, value, origin in rows:
        shown = json.dumps(value, ensure_ascii=False)
        typer.echo(f"{row.name:13} {shown:32} {origin}\n{'':13} {row.help}")
    typer.echo(f"\nThe settings file is {settings.config_file()}; the data folder is {effective.data}.")


@app.command("set")
def set_value(
    name: Annotated[str, typer.Argument(help="Name of the setting.")],
    value: Annotated[str, typer.Argument(help="Its new value.")],
) -> None:
    """Write a setting to the settings file."""
    path = settings.save(name, value)
    typer.echo(f"{name} is now {json.dumps(getattr(settings.load(), name), ensure_ascii=False)} (saved in {path}).")
