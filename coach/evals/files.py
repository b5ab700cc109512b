"""Files of JSON lines that evals read and write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coach.errors import InputError, StorageError


def read_lines(path: Path, needed: Mapping[str, type]) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines, each with the keys that are needed.

    Raises:
        InputError: The file cannot be read, a line is no object, a key is missing or has another type, or an id
            is there twice; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"{path} cannot be read: {reason}.", hint="Name a file of JSON lines.") from error
    rows = [_row(line, path, number, needed) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise InputError(f"{path} has no lines.", hint="Name a file of JSON lines.")
    seen: set[str] = set()
    for row in rows:
        if row.get("id") in seen:
            raise InputError(f"{path}: the id {row['id']!r} is there twice.", hint="Give each line its own id.")
        seen.add(row.get("id", ""))
    return rows


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]], *, more: bool = False) -> None:
    """Write objects as JSON lines; with ``more`` behind what is there.

    Raises:
        StorageError: The file cannot be written.
    """
    try:
        with path.open("a" if more else "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.", hint="Choose another file.") from error


def strings(value: Sequence[Any]) -> bool:
    """Whether a list holds strings only, and at least one."""
    return bool(value) and all(isinstance(each, str) for each in value)


def _row(line: str, path: Path, number: int, needed: Mapping[str, type]) -> dict[str, Any]:
    hint = f"Each line is a JSON object with {' and '.join(needed)}."
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number}: this is not JSON: {error}.", hint=hint) from error
    if not isinstance(row, dict):
        raise InputError(f"{path}, line {number}: this is not a JSON object.", hint=hint)
    for name, kind in needed.items():
        if not isinstance(row.get(name), kind):
            raise InputError(f"{path}, line {number}: {name} is missing or is not a {kind.__name__}.", hint=hint)
    return row
