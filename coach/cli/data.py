"""``coach uninstall-data``: removes what the coach keeps on this computer, and only that."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal

from coach import settings as table
from coach.errors import CoachError, StorageError
from coach.journal import store
from coach.journal.files import wipe_folder
from coach.llm import catalog
from coach.settings import Settings

_INDEX_FILES = ("manifest.json", "manifest.json.new", "build.lock")


@dataclass(frozen=True, kw_only=True)
class Possession:
    """Something of ours on the disk: ``paths`` to remove, and the ``folder`` that goes once it is empty."""

    name: str
    folder: Path
    paths: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(_size(path) for path in self.paths)


def uninstall_data(
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Remove models, index and settings without asking, and keep the rest.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Remove your conversations and notes too, without asking.")
    ] = False,
) -> None:
    """List the models, the index and the settings with their sizes, ask, and remove them; ask about your own words."""
    settings = _settings()
    found = [each for each in possessions(settings) if each.paths]
    own = [each for each in own_words(settings) if each.paths]
    if not found and not own:
        typer.echo("There is nothing to remove.")
        _say_what_stays(settings)
        return
    for each in found:
        _list(each)
    if found and not yes and not everything and not typer.confirm("Remove all of this?", default=False):
        typer.echo("Nothing was removed.")
        return
    # Before the settings go: they may say where everything is.
    chosen = [each for each in own if everything or _gives_up(each, ask=not yes)]
    for each in found:
        _remove(each)
    for each in chosen:
        _erase(each, settings)
    _rmdir_if_empty(settings.data)
    if found or chosen:
        typer.echo("Removed.")
    _say_what_stays(settings)


def own_words(settings: Settings) -> tuple[Possession, ...]:
    """Return what the user wrote, which is asked about one by one and is never removed along with the rest."""
    journal = settings.journal_folder
    files = (path for path in journal.rglob("*") if path.is_file() and path.name != "journal.lock")
    return (
        Possession(name="conversations", folder=journal, paths=tuple(sorted(files))),
        Possession(name="notes", folder=settings.notes, paths=tuple(_note_files(settings.notes))),
    )


def _list(possession: Possession) -> None:
    typer.echo(f"{possession.name:9} {decimal(possession.size):>10}  {possession.folder}")
    for path in possession.paths:
        typer.echo(f"{'':20}  - {path.name}")


def _gives_up(possession: Possession, *, ask: bool) -> bool:
    what = f"Your {possession.name} ({decimal(possession.size)} in {possession.folder})"
    if ask and typer.confirm(f"{what}: remove them too, for good?", default=False):
        return True
    typer.echo(f"{what} stay. `coach journal erase-all` removes conversations and notes.")
    return False


def _erase(possession: Possession, settings: Settings) -> None:
    if possession.folder == settings.journal_folder:
        store.erase(possession.folder)
        (possession.folder / "journal.lock").unlink(missing_ok=True)
        _rmdir_if_empty(possession.folder)
    else:
        wipe_folder(possession.folder)


def possessions(settings: Settings) -> tuple[Possession, ...]:
    """Return what is ours, by name. A folder may hold other files; those are not listed and stay."""
    config = table.config_file()
    return (
        Possession(name="models", folder=settings.models, paths=tuple(_model_files(settings.models))),
        Possession(name="index", folder=settings.index, paths=tuple(_index_files(settings.index))),
        Possession(name="settings", folder=config.parent, paths=(config,) if config.is_file() else ()),
    )


def _settings() -> Settings:
    """Settings that cannot be read must not keep anyone from removing them."""
    try:
        return table.load()
    except CoachError:
        return table.load_without_file()


def _model_files(folder: Path) -> Iterable[Path]:
    """Files that the catalog names, with what belongs to them: parts, locks, notes on their digest."""
    names = tuple(entry.file for entry in catalog.load().values())
    belongs = tuple(start for name in names for start in (f"{name}.part", f".{name}."))
    for path in sorted(folder.glob("*")):
        if not path.is_symlink() and (path.name in names or path.name.startswith(belongs)):
            yield path


def _index_files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.glob("*")):
        if not path.is_symlink() and (path.name in _INDEX_FILES or path.name.startswith("build-")):
            yield path


def _note_files(folder: Path) -> Iterable[Path]:
    """Copies of the user's own notes, their vectors, and drafts of both that an interrupted write left."""
    for path in sorted(folder.glob("*")):
        if not path.is_symlink() and path.is_file():
            yield path


def _remove(possession: Possession) -> None:
    for path in possession.paths:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be removed: {error.strerror or error}.",
                hint="Close the coach if it is open, mend the permissions, and run this again.",
            ) from error
    _rmdir_if_empty(possession.folder)


def _rmdir_if_empty(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        folder.rmdir()


def _say_what_stays(settings: Settings) -> None:
    folders = (settings.models, settings.index, settings.data, table.config_file().parent)
    stays = sorted({path for folder in folders if folder.is_dir() for path in folder.iterdir()} - set(folders))
    if stays:
        typer.echo("These files are not the coach's own, or not known to it, and stay:")
        for path in stays:
            typer.echo(f"  {path}")
    typer.echo(
        "The program itself stays. To remove it, delete its folder, or run `python -m pip uninstall rebound-coach`."
    )


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.lstat().st_size for each in path.rglob("*") if not each.is_dir())
    return path.lstat().st_size
