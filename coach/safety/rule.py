"""The rules of the safety gate: what one is, and reading them from ``coach/safety/rules/*.toml``.

A rule names its level and kind and lists patterns on plain text (``coach.safety.plain``);
``<name>`` in a pattern stands for a fragment of the same or another file. ``unless`` undoes it
when found in the same passage, ``excuse`` when found anywhere in the message.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.types import Level

_FOLDER = Path(__file__).with_name("rules")
_FRAGMENT = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Patterns, the level and kind they stand for, and what undoes them."""

    name: str
    level: Level
    kind: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    excuse: re.Pattern[str] | None

    def search(self, passage: str, message: str) -> re.Match[str] | None:
        """Return the words of a passage that speak for this rule, if any; both texts are plain."""
        match = next(filter(None, (pattern.search(passage) for pattern in self.patterns)), None)
        if match is None or (self.unless and self.unless.search(passage)):
            return None
        return None if self.excuse and self.excuse.search(message) else match


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every rule, read and compiled once."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.toml"))]
    fragments: dict[str, str] = {}
    for file in files:
        for name, pattern in file.get("fragments", {}).items():
            fragments[name] = _filled(pattern, fragments)
    return tuple(_rule(row, fragments) for file in files for row in file["rule"])


def _rule(row: dict[str, str | list[str]], fragments: dict[str, str]) -> Rule:
    return Rule(
        name=str(row["name"]),
        level=Level(str(row["level"])),
        kind=str(row["kind"]),
        patterns=tuple(re.compile(_filled(pattern, fragments)) for pattern in row["any"]),
        unless=_either(row.get("unless", ()), fragments),
        excuse=_either(row.get("excuse", ()), fragments),
    )


def _either(patterns: str | Sequence[str], fragments: dict[str, str]) -> re.Pattern[str] | None:
    return re.compile("|".join(_filled(pattern, fragments) for pattern in patterns)) if patterns else None


def _filled(pattern: str, fragments: dict[str, str]) -> str:
    return _FRAGMENT.sub(lambda match: fragments[match.group(1)], pattern)
