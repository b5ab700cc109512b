"""Checks that a model's file is the file the catalog names.

Hashing a gigabyte takes seconds, so a file that passed is remembered by its size and
time of change in a small stamp beside the models, and not hashed again until one differs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

from coach.errors import DigestMismatch, ModelError
from coach.llm.catalog import Located
from coach.llm.entries import Entry, Progress, quiet
from coach.settings import Settings

_BLOCK = 1 << 20
_MAGIC = b"GGUF"


def verify(path: Path, entry: Entry, progress: Progress = quiet) -> None:
    """Check the model at ``path``: size, then SHA-256; or where the catalog has neither, that it is a GGUF file.

    Raises:
        ModelError: It cannot be read, is incomplete, or is not a GGUF file.
        DigestMismatch: It is another file than the catalog names.
    """
    weights = entry.weights_at(path)
    _check_shape(weights, entry)
    if not entry.sha256:
        return
    found = sha256(weights, f"Checking {entry.id}", progress)
    if found != entry.sha256:
        raise DigestMismatch(
            f"The file {weights} has the SHA-256 digest {found}, but the catalog names {entry.sha256}.",
            hint=f"Run `coach model pull {entry.id}` to fetch it again, or rename it if it is a model of your own.",
        )


def ensure_verified(located: Located, settings: Settings, progress: Progress = quiet) -> None:
    """Check a model as ``verify`` does, but hash it only if it changed since it last passed.

    Raises:
        ModelError: As ``verify``.
        DigestMismatch: As ``verify``.
    """
    weights = located.entry.weights_at(located.path)
    _check_shape(weights, located.entry)
    if located.entry.sha256 and not _is_remembered(weights, located.entry, settings):
        verify(located.path, located.entry, progress)
        remember(located, settings)


def remember(located: Located, settings: Settings) -> None:
    """Note that the model passed ``verify``. Where nothing can be written, it will be hashed again."""
    weights = located.entry.weights_at(located.path)
    with contextlib.suppress(OSError):
        settings.models.mkdir(parents=True, exist_ok=True)
        _stamp(located.entry, settings).write_text(json.dumps(_state(weights, located.entry)), "utf-8")


def _stamp(entry: Entry, settings: Settings) -> Path:
    return settings.models / f".{entry.file}.verified.json"


def _state(weights: Path, entry: Entry) -> dict[str, Any]:
    status = weights.stat()
    return {
        "path": str(weights.absolute()),
        "size": status.st_size,
        "mtime_ns": status.st_mtime_ns,
        "sha256": entry.sha256,
    }


def _is_remembered(weights: Path, entry: Entry, settings: Settings) -> bool:
    try:
        return bool(json.loads(_stamp(entry, settings).read_text("utf-8")) == _state(weights, entry))
    except (OSError, ValueError):
        return False


def _check_shape(weights: Path, entry: Entry) -> None:
    """Check what costs no time: that the file can be read, has its size, and is a GGUF file."""
    try:
        size = weights.stat().st_size
        with weights.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise _unreadable(weights, error) from error
    if not entry.sha256 and start != _MAGIC:
        raise ModelError(f"The file {weights} is not a GGUF model: it does not begin with the letters GGUF.")
    if entry.sha256 and size != entry.bytes:
        state = "is incomplete" if size < entry.bytes else "is not the file the catalog names"
        raise DigestMismatch(
            f"The file {weights} {state}: it has {size} bytes instead of {entry.bytes}.",
            hint=f"Run `coach model pull {entry.id}` to fetch it again.",
        )


def sha256(path: Path, step: str, progress: Progress = quiet) -> str:
    """Return a file's SHA-256 digest.

    Raises:
        ModelError: It cannot be read.
    """
    digest = hashlib.sha256()
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                progress(step, file.tell(), total)
    except OSError as error:
        raise _unreadable(path, error) from error
    return digest.hexdigest()


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"The model file {path} cannot be read: {error.strerror or error}.")
