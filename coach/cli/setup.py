"""``coach setup``: fetches and prepares what the coach needs after its installation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TransferSpeedColumn

from coach import settings as table
from coach.cli.native import look_at_engine
from coach.errors import StorageError
from coach.llm import catalog, download
from coach.llm.entries import Progress as Report
from coach.settings import Settings

TEST_MODEL = "smollm2-135m-instruct"
_LINE_EVERY_S = 15.0


def setup(
    test_model: Annotated[bool, typer.Option("--test-model", help="Also fetch the small model of the tests.")] = False,
    list_to: Annotated[Path | None, typer.Option(help="Write the paths of all that is in place to this file.")] = None,
) -> None:
    """Fetch and check the models and build the card index; what is done already is skipped."""
    settings = table.load()
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"  llama.cpp {look_at_engine().version} works")
    # The chat model comes last: without it the coach answers from its cards, without the others not at all.
    places = [_fetch(catalog.EMBEDDER, settings, console)]
    _build_index(settings, console)
    if test_model:
        places.append(_fetch(TEST_MODEL, settings, console))
    places.append(_fetch(settings.model, settings, console))
    better = download.suggest_better(settings)
    if better:
        console.print(f"  {better}")
    if list_to:
        _write_list([*places, settings.index], list_to)


def _fetch(name: str, settings: Settings, console: Console) -> Path:
    located = catalog.find(name, settings)
    if located.present and not located.entry.sha256:
        console.print(f"  {located.entry.title}: your own file")
        return located.path
    was_there = located.present
    with reported(console) as report:
        path = download.pull(located.entry, settings, report)
    console.print(f"  {located.entry.title}: {'in place' if was_there else 'fetched'}, digest verified")
    return path


def _build_index(settings: Settings, console: Console) -> None:
    from coach.wiring import build_index, index_health

    if index_health(settings) is None:
        console.print("  card index: in place")
        return
    started = time.monotonic()
    with console.status("building the card index"):
        build_index(settings)
    console.print(f"  card index: built ({time.monotonic() - started:.0f} s)")


def _write_list(places: list[Path], list_to: Path) -> None:
    try:
        list_to.write_text("".join(f"{place.absolute()}\n" for place in places), "utf-8")
    except OSError as error:
        raise StorageError(f"The list {list_to} cannot be written: {error.strerror}.") from error


@contextmanager
def reported(console: Console) -> Iterator[Report]:
    """Show the progress of work on a model's file: a bar on a terminal, now and then a line elsewhere."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bars:
        task = bars.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bars.update(task, description=step, completed=done, total=total)

        yield show


class _Lines:
    """Prints a line at the start of long work and every 15 seconds after that."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _LINE_EVERY_S:
            self._last = now
            self._console.print(f"  {step}: {done / 1e6:.0f} of {total / 1e6:.0f} MB")
