"""Where people find help: the verified lines of ``knowledge/safety/resources.toml``.

Only lines stand there that were read on two pages of the service itself or of a health or
public authority that agree; what is not there is not shown.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import KnowledgeError

STALE_AFTER = datetime.timedelta(days=365)
ANYWHERE = ""
HOW_TO_SET = "To see the lines of your own country here, set it once: `coach config set country US`, or GB, or yours."


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page on which a line was read, on which day, and the words that say so."""

    address: str
    read_on: datetime.date
    published: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A place to turn to.

    ``country`` is empty for lines for anywhere; ``purpose`` is "crisis", "emergency", "abuse",
    "needs" or "rights". ``call`` and ``text`` are numbers as people dial them.
    """

    id: str
    country: str
    purpose: str
    name: str
    call: str
    text: str
    chat: str
    hours: str
    language: str
    reviewed_on: datetime.date
    sources: tuple[Source, ...]

    def shown(self) -> str:
        """Return the line as one sentence of a reply."""
        ways = []
        if self.call and self.call == self.text:
            ways.append(f"call or text {self.call}")
        else:
            ways.extend(f"{verb} {value}" for verb, value in (("call", self.call), ("text", self.text)) if value)
        if self.chat:
            ways.append(("online at " if ways else "") + self.chat.removeprefix("https://").rstrip("/"))
        return f"{self.name}: {', '.join(ways)}{f' ({self.hours})' if self.hours else ''}."


class Resources:
    """The lines for one country, or the international ones.

    Raises:
        KnowledgeError: The file is missing or an entry is wrong.
    """

    def __init__(self, path: Path, country: str = ANYWHERE) -> None:
        self.country = country.strip().upper()
        self.all = read_lines(path)
        self.known = frozenset(line.country for line in self.all if line.country)

    def find(self, purpose: str) -> tuple[Line, ...]:
        """Return the country's lines for a purpose, then those for anywhere."""
        own = [line for line in self.all if line.purpose == purpose and self.country and line.country == self.country]
        anywhere = [line for line in self.all if line.purpose == purpose and line.country == ANYWHERE]
        return (*own, *anywhere)

    def lines(self, purpose: str) -> str:
        """Return the lines for a purpose as a list, with how to set the country where it is unknown."""
        rows = [f"- {line.shown()}" for line in self.find(purpose)]
        if not self.country:
            rows.append(f"- {HOW_TO_SET}")
        return "\n".join(rows)

    def emergency(self) -> str:
        """Return one sentence with the country's emergency number, or how to find it."""
        own = [line for line in self.find("emergency") if line.country]
        if own:
            return f"The emergency number where you are is {own[0].call}."
        return "The emergency number is the one that brings an ambulance where you live."

    def stale(self, today: datetime.date) -> tuple[Line, ...]:
        """Return the lines whose review is older than a year."""
        return tuple(line for line in self.all if today - line.reviewed_on > STALE_AFTER)


def read_lines(path: Path) -> tuple[Line, ...]:
    """Read every line of a resources file.

    Raises:
        KnowledgeError: The file is missing or an entry is wrong.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["line"]
        return tuple(_line(row) for row in rows)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{path}: the list of help lines cannot be read: {error}.") from error


def _line(row: dict[str, Any]) -> Line:
    line = Line(
        id=row["id"],
        country=row["country"],
        purpose=row["purpose"],
        name=row["name"],
        call=row.get("call", ""),
        text=row.get("text", ""),
        chat=row.get("chat", ""),
        hours=row.get("hours", ""),
        language=row.get("language", ""),
        reviewed_on=row["reviewed-on"],
        sources=tuple(
            Source(
                address=source["address"],
                read_on=source["read-on"],
                published=source["published"],
                quote=source["quote"],
            )
            for source in row["source"]
        ),
    )
    # A directory without a number of its own cannot send anyone to a dead line.
    if (line.call or line.text) and len({source.address for source in line.sources}) < 2:
        raise ValueError(f"the line {line.id} needs two sources")
    return line
