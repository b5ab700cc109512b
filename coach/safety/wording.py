"""Reads lists of patterns from ``coach/safety/wording/*.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("wording")


@lru_cache(maxsize=8)
def read_wording(name: str) -> dict[str, re.Pattern[str]]:
    """Return the lists of a file, each compiled into one pattern."""
    lists = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return {key: re.compile("|".join(patterns)) for key, patterns in lists.items()}
