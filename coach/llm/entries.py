"""What the catalog says of a model, read strictly from ``models/catalog.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from coach.errors import ModelError

_T = TypeVar("_T")

Progress = Callable[[str, int, int], None]
"""Told often by slow work on a model's file: what is being done, bytes done, bytes in all."""


def quiet(step: str, done: int, total: int) -> None:
    """The ``Progress`` that shows nothing."""


class Purpose(StrEnum):
    """What a model is for."""

    CHAT = "chat"
    TEST = "test"
    EMBEDDER = "embedder"


class Writes(StrEnum):
    """How a model writes replies: kept to vetted text and echoes, or in its own words."""

    GUIDED = "guided"
    FREE = "free"


@dataclass(frozen=True, kw_only=True)
class HubSource:
    """A file in a repository of the model hub, at a revision."""

    repository: str
    revision: str
    file: str

    @property
    def key(self) -> str:
        """What tells this source from every other."""
        return f"hub {self.repository}@{self.revision} {self.file}"


@dataclass(frozen=True, kw_only=True)
class WheelSource:
    """Wheels that carry the file in ``count`` parts; a count of 1 is one wheel with the whole.

    ``wheels`` and ``member`` may hold ``{n}``, the part's number from 1. A member that
    ends in ``/`` is a folder.
    """

    wheels: str
    count: int
    member: str

    @property
    def key(self) -> str:
        """What tells this source from every other."""
        return f"wheels {self.wheels} {self.count} {self.member}"

    def requirement(self, part: int) -> str:
        """Return ``name==version`` of the wheel of a part, counted from 1."""
        return self.wheels.format(n=part)

    def path_inside(self, part: int) -> str:
        """Return the path inside the wheel of a part, counted from 1."""
        return self.member.format(n=part)


Source = HubSource | WheelSource


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """A LoRA for one model, a file of ``models/adapters``."""

    file: str
    bytes: int
    sha256: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One model. ``bytes`` and ``memory`` are in bytes; ``sha256`` is "" where nothing is known of the file.

    Where the model is a folder, ``weights`` names the file in it that ``bytes`` and
    ``sha256`` speak of; otherwise it is "".
    """

    id: str
    title: str
    purpose: Purpose
    file: str
    bytes: int
    sha256: str
    licence: str
    writes: Writes
    memory: int
    sources: tuple[Source, ...]
    template: str = ""
    weights: str = ""
    default: bool = False
    better: bool = False
    adapter: Adapter | None = None

    def weights_at(self, path: Path) -> Path:
        """Return the file that ``bytes`` and ``sha256`` speak of, for a model that lies at ``path``."""
        return path / self.weights if self.weights else path


def read_entries(path: Path) -> dict[str, Entry]:
    """Return the entries of a catalog file by id, in its order.

    Raises:
        ModelError: It cannot be read, or a key is missing, unknown or wrong; the message names the key.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path.name, f"cannot be read: {error}") from error
    entries = {}
    for name, value in document.items():
        if not isinstance(value, dict):
            raise _wrong(path.name, f"{name} must be a table")
        entries[name] = _entry(name, _Table(path.name, name, value))
    _check_together(path.name, list(entries.values()))
    return entries


def _wrong(file: str, what: str) -> ModelError:
    return ModelError(f"The catalog {file} is wrong: {what}.", hint="Mend the catalog, or install Rebound again.")


def _check_together(file: str, entries: list[Entry]) -> None:
    files = [entry.file for entry in entries]
    twice = next((name for name in files if files.count(name) > 1), None)
    if twice:
        raise _wrong(file, f"two models have the file {twice}")
    defaults = [entry.id for entry in entries if entry.default]
    if len(defaults) != 1:
        raise _wrong(file, f"exactly one model must have default = true, but {len(defaults)} have it")


class _Table:
    """A table of the catalog that gives up each key once, in the type asked for."""

    def __init__(self, file: str, where: str, values: dict[str, Any]) -> None:
        self._file = file
        self._where = where
        self._left = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def wrong(self, key: str, what: str) -> ModelError:
        return _wrong(self._file, f"{self._where}.{key} {what}")

    def take(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        value = self._left.pop(key, default)
        if value is None:
            raise self.wrong(key, "is missing")
        if type(value) is not kind:
            raise self.wrong(key, f"must be of type {kind.__name__}, not {value!r}")
        if value == "" and default is None:
            raise self.wrong(key, "is empty")
        return value

    def above_zero(self, key: str) -> int:
        value = self.take(key, int)
        if value <= 0:
            raise self.wrong(key, f"must be above zero, not {value}")
        return value

    def one_of(self, key: str, kind: type[StrEnum]) -> str:
        value = self.take(key, str)
        if value not in list(kind):
            raise self.wrong(key, f"must be one of {', '.join(kind)}, not {value!r}")
        return value

    def matching(self, key: str, pattern: str, what: str) -> str:
        value = self.take(key, str)
        if not re.fullmatch(pattern, value):
            raise self.wrong(key, f"must be {what}, not {value!r}")
        return value

    def tables(self, key: str) -> list[_Table]:
        values = self.take(key, list)
        for position, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.wrong(f"{key}[{position}]", "must be a table")
        return [_Table(self._file, f"{self._where}.{key}[{place}]", value) for place, value in enumerate(values)]

    def table(self, key: str) -> _Table:
        return _Table(self._file, f"{self._where}.{key}", self.take(key, dict))

    def end(self) -> None:
        for key in self._left:
            raise self.wrong(key, "is not a known key")


_FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"


def _entry(name: str, table: _Table) -> Entry:
    entry = Entry(
        id=name,
        title=table.take("title", str),
        purpose=Purpose(table.one_of("purpose", Purpose)),
        # Only a plain name can be joined to a folder without leaving it.
        file=table.matching("file", _FILE_NAME, "a plain file name"),
        bytes=table.above_zero("bytes"),
        sha256=table.matching("sha256", "[0-9a-f]{64}", "64 hexadecimal digits in lower case"),
        licence=table.take("licence", str),
        writes=Writes(table.one_of("writes", Writes)),
        memory=table.above_zero("memory"),
        sources=tuple(_source(source) for source in table.tables("sources")),
        template=table.take("template", str, ""),
        weights=table.matching("weights", _FILE_NAME, "a plain file name") if "weights" in table else "",
        default=table.take("default", bool, False),
        better=table.take("better", bool, False),
        adapter=_adapter(table.table("adapter")) if "adapter" in table else None,
    )
    table.end()
    for source in entry.sources:
        is_folder = isinstance(source, WheelSource) and source.member.endswith("/")
        if is_folder != bool(entry.weights):
            raise table.wrong("weights", "must be there where the source is a folder, and only there")
    return entry


def _adapter(table: _Table) -> Adapter:
    adapter = Adapter(
        file=table.matching("file", _FILE_NAME, "a plain file name"),
        bytes=table.above_zero("bytes"),
        sha256=table.matching("sha256", "[0-9a-f]{64}", "64 hexadecimal digits in lower case"),
        licence=table.take("licence", str),
    )
    table.end()
    return adapter


def _source(table: _Table) -> Source:
    source: Source
    if "hub" in table:
        source = HubSource(
            repository=table.matching("hub", rf"{_FILE_NAME}/{_FILE_NAME}", "of the form owner/name"),
            revision=table.matching("revision", _FILE_NAME, "a branch or a commit"),
            file=table.matching("file", _FILE_NAME, "a plain file name"),
        )
    else:
        source = WheelSource(
            wheels=table.matching("wheels", r"[a-z0-9{}-]+==[0-9][0-9.]*", "of the form name==version"),
            count=table.above_zero("count"),
            member=table.matching("member", r"[A-Za-z0-9_{][A-Za-z0-9_./{}:-]*", "a path inside the wheel"),
        )
        try:
            source.requirement(1), source.path_inside(1)
        except (KeyError, IndexError, ValueError):
            raise table.wrong("wheels or member", "may hold no other place-holder than {n}") from None
    table.end()
    return source
