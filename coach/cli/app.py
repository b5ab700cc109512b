"""All commands of ``coach``, each in a file with its group."""

from __future__ import annotations

from typing import Annotated

import typer

from coach import __version__
from coach.cli import (
    bench,
    cards,
    config,
    data,
    doctor,
    draft,
    evals,
    index,
    journal,
    model,
    notes,
    reports,
    safety,
    setup,
    talk,
    ui,
)
from coach.cli.flags import with_settings_flags

app = typer.Typer(
    help="Rebound: a private coach for the hours and weeks after a job rejection.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rebound-coach {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
@with_settings_flags
def start(
    command: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Open the page; with a command, do that instead."""
    if command.invoked_subcommand is None:
        ui.ui()


app.command("ask")(talk.ask)
app.command("chat")(talk.chat)
app.command("draft")(draft.draft)
app.command("ui")(ui.ui)
app.command("setup")(setup.setup)
app.command("index")(index.index)
app.command("doctor")(doctor.doctor)
app.command("bench")(bench.bench)
app.command("uninstall-data")(data.uninstall_data)
app.command("learn")(notes.learn)
app.command("forget")(notes.forget)
app.add_typer(cards.app, name="cards")
app.add_typer(model.app, name="model")
app.add_typer(config.app, name="config")
app.add_typer(journal.app, name="journal")
journal.app.command("reports")(reports.reports)
app.add_typer(safety.app, name="safety")
app.add_typer(evals.app, name="eval")
