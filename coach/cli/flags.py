"""A flag for every row of the settings table, before the command: ``coach --threads 2 ask "..."``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import typer

from coach import settings


def with_settings_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Give a callback an option for each setting; what is given comes before environment and file."""

    @functools.wraps(command)
    def wrapped(*own_values: Any, **values: Any) -> None:
        settings.given.set({row.name: values.pop(row.name) for row in settings.TABLE})
        command(*own_values, **values)

    own = list(inspect.signature(command).parameters.values())
    annotations = dict(inspect.get_annotations(command, eval_str=True))
    parameters = [parameter.replace(annotation=annotations[parameter.name]) for parameter in own]
    for row in settings.TABLE:
        kind = type(row.default) | None
        annotations[row.name] = kind
        option = typer.Option(None, help=row.help, show_default=False)
        parameters.append(inspect.Parameter(row.name, inspect.Parameter.KEYWORD_ONLY, default=option, annotation=kind))
    wrapped.__annotations__ = annotations
    wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return wrapped
