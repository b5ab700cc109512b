"""``coach journal reports``: replies that the user called wrong."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from coach.cli.journal import opened
from coach.errors import InputError
from coach.journal.reports import Reported, read_reports, remove_report


def reports(
    delete: Annotated[str | None, typer.Option(metavar="ID", help="Delete this report for good.")] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete all of them for good.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON. Times are seconds since 1970.")] = False,
) -> None:
    """Show the replies that felt wrong. The reports are kept on this computer and sent nowhere."""
    with opened() as journal:
        found = read_reports(journal.database)
        if delete_all:
            typer.echo(f"{remove_report(journal.database, None)} reports are gone for good.")
            return
        if delete is not None:
            remove_report(journal.database, _full_id(delete, found))
            typer.echo("Gone for good.")
            return
    if as_json:
        typer.echo(json.dumps([each.plain() for each in found], ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("There are no reports.")
    for each in () if as_json else found:
        typer.echo(_shown(each))


def _full_id(beginning: str, found: list[Reported]) -> str:
    matching = [each.id for each in found if each.id.startswith(beginning)]
    if len(matching) > 1:
        raise InputError(f"Several reports begin with {beginning!r}.", hint="Type more of the id.")
    return matching[0] if matching else beginning


def _shown(report: Reported) -> str:
    when = f"{datetime.fromtimestamp(report.at):%Y-%m-%d %H:%M}"
    about = f"{report.id[:8]}  {when}  {report.reason}{': ' + report.comment if report.comment else ''}"
    return f"{about}\n  You wrote: {report.message}\n  The reply: {report.reply}\n"
