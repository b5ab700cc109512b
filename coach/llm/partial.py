"""A file that is being fetched, which lies beside its final name until it is whole.

``<file>.part`` holds the bytes (or is a folder), ``<file>.part.json`` says which source
they come from and how far they can be trusted after an interruption.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class _State:
    """``bytes`` is the length after ``parts`` whole parts."""

    source: str = ""
    parts: int = 0
    bytes: int = 0


class Partial:
    """The unfinished form of the file or folder ``final``. Only one process may use it at a time."""

    def __init__(self, final: Path) -> None:
        self.path = final.with_name(f"{final.name}.part")
        self._final = final
        self._note = final.with_name(f"{final.name}.part.json")
        self._state = self._read()

    @property
    def source(self) -> str:
        """The key of the source that the bytes come from; "" where there are none."""
        return self._state.source

    @property
    def size(self) -> int:
        """Bytes on disk, those of an unfinished part included."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def begin(self, source: str) -> None:
        """Keep what this source sent before, or drop what came from another one."""
        if self._state.source != source:
            self.discard()
            self._write(_State(source=source))

    def whole_parts(self, source: str) -> int:
        """Return how many parts of this source are in, and cut off what follows them."""
        if self._state.source != source:
            return 0
        if self.size > self._state.bytes:
            os.truncate(self.path, self._state.bytes)
        return self._state.parts

    def add_part(self) -> None:
        """Note that one more part was written whole."""
        _flush(self.path)
        self._write(_State(self._state.source, self._state.parts + 1, self.size))

    def discard(self) -> None:
        """Remove the bytes and the note."""
        _remove(self.path)
        self._note.unlink(missing_ok=True)
        self._state = _State()

    def publish(self) -> None:
        """Put the whole, verified file or folder under its final name, in one step."""
        for path in [self.path, *self.path.rglob("*")]:
            _flush(path)
        if self.path.is_dir():
            # A folder cannot be put over another one.
            old = self._final.with_name(f"{self.path.name}.old")
            _remove(old)
            with contextlib.suppress(FileNotFoundError):
                self._final.replace(old)
            self.path.replace(self._final)
            _remove(old)
        else:
            self.path.replace(self._final)
        _flush(self._final.parent)
        self._note.unlink(missing_ok=True)
        self._state = _State()

    def _read(self) -> _State:
        """Whatever does not add up is begun again: the bytes can be had once more."""
        try:
            state = _State(**json.loads(self._note.read_text("utf-8")))
            return state if state.bytes <= self.size else _State()
        except (OSError, ValueError, TypeError):
            return _State()

    def _write(self, state: _State) -> None:
        fresh = self._note.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(state)), "utf-8")
        _flush(fresh)
        fresh.replace(self._note)
        self._state = state


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Bring a file or folder onto the disk, so that a power cut does not leave a hole under a good name."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
