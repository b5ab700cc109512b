"""``coach doctor --prove-offline``: the report that nothing leaves this computer."""

from __future__ import annotations

import dataclasses
import json

import typer


def prove(*, as_json: bool) -> None:
    """Run the page where there is no other machine, and print what was seen; exit code 1 without a proof.

    Raises:
        CoachError: The page did not start or did not answer.
    """
    # Imported here, because the doctor has to run where parts are missing.
    from coach import settings
    from coach.evals import offline

    proof = offline.prove(settings.load(), lambda step: typer.echo(f"  {step}", err=True))
    if as_json:
        typer.echo(json.dumps({**dataclasses.asdict(proof), "proved": proof.proved}, indent=2))
    else:
        typer.echo("\n".join(proof.lines()))
    if not proof.proved:
        raise typer.Exit(1)
