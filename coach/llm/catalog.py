"""Finds models: those of the catalog, and GGUF files that the user dropped in.

A GGUF file in the data folder's ``models`` or beside the catalog is a model too. Where
it goes by the file name of a catalog entry it is held to that entry's digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from coach.errors import ModelError
from coach.llm.entries import Entry, Purpose, Writes, read_entries
from coach.resources import shipped
from coach.settings import Settings

EMBEDDER = "all-minilm-l6-v2"
"""Catalog id of the model that embeds cards and messages."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """A model and the path where it lies, or will lie once it is fetched."""

    entry: Entry
    path: Path

    @property
    def present(self) -> bool:
        """Whether its file is there; says nothing about what is in it."""
        return self.entry.weights_at(self.path).is_file()

    @property
    def fits(self) -> bool:
        """Whether this machine has the memory to run it."""
        return self.entry.memory <= psutil.virtual_memory().total


def home() -> Path:
    """Return the folder of the shipped catalog; a GGUF file there is found as well."""
    return shipped("models", "catalog.toml").parent


def load() -> dict[str, Entry]:
    """Return the catalog's entries by id, in the catalog's order.

    Raises:
        ModelError: The catalog is wrong; the message names the key.
    """
    return read_entries(home() / "catalog.toml")


def find(name: str, settings: Settings) -> Located:
    """Return the model for a catalog id, a path to a GGUF file, or the name of a dropped one.

    A model of the catalog is returned even where its file is not there yet.

    Raises:
        ModelError: Nothing goes by that name.
    """
    entries = load()
    if name in entries:
        return locate(entries[name], settings)
    path = _file_named(name, settings)
    if path is not None:
        return _of_file(path, entries)
    for entry in entries.values():
        if entry.file == name:
            return locate(entry, settings)
    raise ModelError(
        f"There is no model named {name!r}.",
        hint=f"Run `coach model list` to see the models; a GGUF file can be put into {settings.models}.",
    )


def require(name: str, settings: Settings) -> Located:
    """Return the model as ``find`` does, and make sure that its file is there.

    Raises:
        ModelError: Nothing goes by that name, or it has not been fetched.
    """
    located = find(name, settings)
    if not located.present:
        raise ModelError(
            f"The model {located.entry.id} is not on this computer yet.",
            hint=f"Run `coach model pull {located.entry.id}` to fetch it.",
        )
    return located


def available(settings: Settings) -> tuple[Located, ...]:
    """Return every model of the catalog in its order, then every dropped GGUF file by name."""
    entries = load()
    known = {entry.file for entry in entries.values()}
    dropped: dict[str, Path] = {}
    for folder in _folders(settings):
        for path in folder.glob("*.gguf"):
            if path.name not in known and path.is_file():
                dropped.setdefault(path.name, path)
    in_catalog = [locate(entry, settings) for entry in entries.values()]
    return (*in_catalog, *(_of_file(dropped[name], entries) for name in sorted(dropped)))


def locate(entry: Entry, settings: Settings) -> Located:
    """Return where a model of the catalog lies, or the path in the data folder where it will."""
    places = [Located(entry=entry, path=folder / entry.file) for folder in _folders(settings)]
    return next((place for place in places if place.present), places[0])


def _folders(settings: Settings) -> tuple[Path, Path]:
    return settings.models, home()


def _file_named(name: str, settings: Settings) -> Path | None:
    """A bare name is looked up in the models folders first, then like any path."""
    given = Path(name).expanduser() if name.startswith("~/") else Path(name)
    places = [folder / file for file in (name, f"{name}.gguf") for folder in _folders(settings)]
    for place in (*places, given.absolute()):
        if place.suffix == ".gguf" and place.is_file():
            return place
    if given.is_file():
        raise ModelError(f"The file {given} is not a model: its name must end in .gguf.")
    return None


def _of_file(path: Path, entries: Mapping[str, Entry]) -> Located:
    in_catalog = next((entry for entry in entries.values() if entry.file == path.name), None)
    return Located(entry=in_catalog or _unknown(path), path=path)


def _unknown(path: Path) -> Entry:
    size = path.stat().st_size
    return Entry(
        id=path.stem,
        title=path.stem,
        purpose=Purpose.CHAT,
        file=path.name,
        bytes=size,
        sha256="",
        licence="unknown",
        # Own wording is only for models whose measured result has earned it.
        writes=Writes.GUIDED,
        # Weights, their repacked copy and the context; the catalog's models need 2 to 4 times their file.
        memory=2 * size + 300_000_000,
        sources=(),
    )
