"""Narrows what comes out of the file. A flipped bit can turn a number into anything."""

from __future__ import annotations

from typing import Any

from coach.errors import JournalDamaged
from coach.types import Level

_YEAR_9999 = 253_370_764_800


def text(value: Any) -> str:
    """Return a text column's value.

    Raises:
        JournalDamaged: It is something else.
    """
    if isinstance(value, str):
        return value
    raise _wrong(value)


def identifier(value: Any) -> str:
    """Return an id.

    Raises:
        JournalDamaged: It is something else, or text that could not be read: nothing would be found by it.
    """
    found = text(value)
    if "\ufffd" in found:
        raise JournalDamaged("The journal holds an id that cannot be read.")
    return found


def number(value: Any) -> int:
    """Return a whole number.

    Raises:
        JournalDamaged: It is something else.
    """
    if isinstance(value, int):
        return value
    raise _wrong(value)


def moment(value: Any) -> float:
    """Return a time in seconds since 1970; 0 for a number that no calendar can show.

    Raises:
        JournalDamaged: It is something else.
    """
    if isinstance(value, int | float):
        return float(value) if 0 <= value < _YEAR_9999 else 0.0
    raise _wrong(value)


def text_or_none(value: Any) -> str | None:
    """Return a text column's value, which may be absent."""
    return None if value is None else text(value)


def moment_or_none(value: Any) -> float | None:
    """Return a time, which may be absent."""
    return None if value is None else moment(value)


def level(value: Any) -> Level:
    """Return a safety level; one that cannot be read counts as distress, never as nothing."""
    try:
        return Level(text(value))
    except ValueError:
        return Level.L1


def blob(value: Any) -> bytes:
    """Return a column of bytes.

    Raises:
        JournalDamaged: It is something else.
    """
    if isinstance(value, bytes):
        return value
    raise _wrong(value)


def _wrong(value: Any) -> JournalDamaged:
    return JournalDamaged(f"The journal holds a {type(value).__name__} where something else belongs.")
