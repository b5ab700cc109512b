"""Read advice cards from their Markdown files, and say exactly what is wrong with one that does not parse.

A card lies in ``knowledge/<strategy>/<id>.md``: YAML front matter, then six sections
(see ``knowledge/README.md``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from coach.errors import KnowledgeError
from coach.text import clean
from coach.types import Card, Feeling, Kind, Stage, Step, Strategy

_REQUIRED = ("id", "title", "strategy", "stages", "kinds", "feelings", "source", "reviewed-on")
_OPTIONAL = ("not_before",)
_SECTIONS = ("Perspective", "Openings", "Steps", "Closing", "Sayings", "Note")
_COUNTS = {"Openings": (2, 3), "Steps": (1, 3), "Sayings": (5, 10)}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Cards may come from others. Whatever they say is shown word for word, so orders to a model have no place in them.
_TO_A_MODEL = re.compile(
    r"</\w+>|<(?:system|assistant|user|card)>|(?:^|[.!?:]\s+)(?:ai|model|assistant|system)\b\s*[:,]|\boverride\b"
    r"|\b(?:for|to) the (?:model|assistant)\b|\bsystem prompt\b|\byou are now an?\b"
    r"|\bignore (?:all|any|the|your) (?:previous|prior|earlier|above)\b",
    re.IGNORECASE,
)
PRACTICE = "practice"

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a source key on a card stands for."""

    key: str
    citation: str
    found: str
    confidence: str


def read_cards(folder: Path) -> tuple[Card, ...]:
    """Read and check every card below a folder, ordered by id.

    Raises:
        KnowledgeError: A card is wrong; the message names file and line.
    """
    sources = {source.key for source in read_sources(folder / "sources.toml")}
    cards: dict[str, Card] = {}
    for strategy in Strategy:
        for path in sorted((folder / strategy.value).glob("*.md")):
            card = parse_card(path.read_text("utf-8"), path, sources=sources)
            if card.id in cards:
                raise KnowledgeError(f"{path}, line 2: another card has the id {card.id!r} already.")
            cards[card.id] = card
    if not cards:
        raise KnowledgeError(
            f"There are no cards in {folder}.", hint="Install Rebound again: its files are incomplete."
        )
    return tuple(cards[key] for key in sorted(cards))


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read ``sources.toml``.

    Raises:
        KnowledgeError: The file is missing, does not parse or lacks a field.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return tuple(Source(key=key, **fields) for key, fields in table.items())
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise KnowledgeError(f"{path}: {error}.") from error


def parse_card(text: str, path: Path, *, sources: set[str]) -> Card:
    """Parse one card; ``path`` is checked against its id and strategy.

    Raises:
        KnowledgeError: Something is wrong; the message names file and line.
    """
    return _Reader(path, text.splitlines(), sources).card()


class _Reader:
    """One card's lines, and where things stand in them."""

    def __init__(self, path: Path, lines: list[str], sources: set[str]) -> None:
        self._path = path
        self._lines = lines
        self._sources = sources

    def card(self) -> Card:
        for row, line in enumerate(self._lines, 1):
            self._check(row, line)
        fields, rows, body = self._front_matter()
        for name in fields:
            if name not in (*_REQUIRED, *_OPTIONAL):
                raise self._fault(rows[name], f"unknown field {name!r}")
        for name in _REQUIRED:
            if name not in fields:
                raise self._fault(1, f"the field {name!r} is missing")
        sections = self._sections(body)
        stages = self._words(fields, rows, "stages", Stage)
        earliest: dict[str, object] = {"not_before": [fields["not_before"]] if "not_before" in fields else []}
        not_before = self._words(earliest, rows, "not_before", Stage)
        card = Card(
            id=self._text(fields, rows, "id"),
            title=self._text(fields, rows, "title"),
            strategy=self._words({**fields, "strategy": [fields["strategy"]]}, rows, "strategy", Strategy)[0],
            stages=stages,
            not_before=not_before[0] if not_before else None,
            kinds=self._words(fields, rows, "kinds", Kind),
            feelings=self._words(fields, rows, "feelings", Feeling),
            sources=self._source_keys(fields, rows),
            reviewed_on=self._date(fields, rows),
            perspective=sections["Perspective"][0][1],
            openings=tuple(text for _, text in sections["Openings"]),
            steps=tuple(self._step(row, text) for row, text in sections["Steps"]),
            closing=sections["Closing"][0][1],
            sayings=tuple(text for _, text in sections["Sayings"]),
            note=sections["Note"][0][1],
        )
        if card.id != self._path.stem:
            raise self._fault(rows["id"], f"the id {card.id!r} is not the file's name")
        if card.strategy.value != self._path.parent.name:
            raise self._fault(rows["strategy"], f"a card of strategy {card.strategy.value!r} lies in the wrong folder")
        return card

    def _check(self, row: int, line: str) -> None:
        """Refuse what hides from a reader, and what speaks to a language model; both would be shown to people."""
        if clean(line) != unicodedata.normalize("NFC", line).strip():
            raise self._fault(row, "the line has hidden characters or the marks of a chat template")
        if _TO_A_MODEL.search(line):
            raise self._fault(row, "the line speaks to a language model, not to a person")

    def _front_matter(self) -> tuple[dict[str, object], dict[str, int], int]:
        """Return the fields, the line each stands on, and where the body begins."""
        marks = [row for row, line in enumerate(self._lines) if line.rstrip() == "---"]
        if len(marks) < 2 or marks[0] != 0:
            raise self._fault(1, "the front matter between two lines --- is missing")
        block = "\n".join(self._lines[1 : marks[1]])
        try:
            fields = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 -- builds strings, lists and mappings only
            node = yaml.compose(block, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            # Where a list is left open, the problem is noticed a line later than it begins.
            mark = error.context_mark or error.problem_mark
            row = mark.line + 2 if mark else 2
            raise self._fault(row, f"the front matter does not parse: {error.problem}") from error
        if not isinstance(fields, dict) or not isinstance(node, yaml.MappingNode):
            raise self._fault(2, "the front matter is not a list of fields")
        return fields, {key.value: key.start_mark.line + 2 for key, _ in node.value}, marks[1] + 1

    def _sections(self, start: int) -> dict[str, list[tuple[int, str]]]:
        """Return each section's items as (line, text); a section without a list is one item."""
        sections: dict[str, list[tuple[int, str]]] = {}
        heads: dict[str, int] = {}
        name = ""
        for row, line in enumerate(self._lines[start:], start + 1):
            if line.startswith("## "):
                name = line[3:].strip()
                if name not in _SECTIONS or name in sections:
                    raise self._fault(row, f"the section {name!r} does not belong here")
                sections[name], heads[name] = [], row
            elif line.strip() and not name:
                raise self._fault(row, "text stands before the first section")
            elif line.startswith("- "):
                sections[name].append((row, line[2:].strip()))
            elif line.strip():
                items = sections[name]
                if items:
                    items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
                else:
                    items.append((row, line.strip()))
        for name in _SECTIONS:
            if name not in sections:
                raise self._fault(len(self._lines), f"the section {name!r} is missing")
            low, high = _COUNTS.get(name, (1, 1))
            if not low <= len(sections[name]) <= high:
                raise self._fault(heads[name], f"{name} has {len(sections[name])} items, not {low} to {high}")
        return sections

    def _text(self, fields: dict[str, object], rows: dict[str, int], name: str) -> str:
        value = fields[name]
        if not isinstance(value, str) or not value.strip():
            raise self._fault(rows[name], f"{name} must be a text")
        return value.strip()

    def _words(
        self, fields: dict[str, object], rows: dict[str, int], name: str, vocabulary: type[_Word]
    ) -> tuple[_Word, ...]:
        values = fields[name]
        if not isinstance(values, list):
            raise self._fault(rows[name], f"{name} must be a list")
        known = {word.value: word for word in vocabulary}
        for value in values:
            if value not in known:
                raise self._fault(rows[name], f"{name} has {value!r}, which is none of {', '.join(known)}")
        return tuple(known[value] for value in values)

    def _source_keys(self, fields: dict[str, object], rows: dict[str, int]) -> tuple[str, ...]:
        value = fields["source"]
        keys = [str(key) for key in value] if isinstance(value, list) else [str(value)]
        for key in keys:
            if key != PRACTICE and key not in self._sources:
                raise self._fault(rows["source"], f"the source {key!r} is not in sources.toml")
        return tuple(keys)

    def _date(self, fields: dict[str, object], rows: dict[str, int]) -> str:
        value = str(fields["reviewed-on"])
        if not _DATE.fullmatch(value):
            raise self._fault(rows["reviewed-on"], "reviewed-on must be a date such as 2026-11-24")
        return value

    def _step(self, row: int, text: str) -> Step:
        when, colon, rest = text.partition(": ")
        if not colon or not rest.strip():
            raise self._fault(row, "a step reads 'WHEN: what to do'")
        return Step(when=when.strip(), text=rest.strip())

    def _fault(self, row: int, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self._path}, line {row}: {what}.")
