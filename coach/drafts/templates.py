"""Reads the draft templates of ``prompts/drafts/``; ``common.md`` there explains how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.draft import Channel, DraftKind
from coach.errors import KnowledgeError

_LINE = re.compile(r"- (?:\((?P<when>[a-z_, ]+)\) )?(?P<text>\S.*)")
_LAYOUT = re.compile(r"- (?P<channel>[a-z]+): (?P<parts>[a-z_?| ]+)")
_SLOT = re.compile(r"\{([a-z_]+)\}")
NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One way to say a part: what has to hold, and the text with its slots."""

    needs: frozenset[str]
    bars: frozenset[str]
    text: str

    @property
    def slots(self) -> tuple[str, ...]:
        """The facts that it needs."""
        return tuple(_SLOT.findall(self.text))


@dataclass(frozen=True, kw_only=True)
class PartName:
    """A part in a layout: its name, whether it goes when the draft is to be shorter, and its paragraph from 0."""

    name: str
    optional: bool
    paragraph: int


@dataclass(frozen=True, kw_only=True)
class Template:
    """One kind of draft: the order of its parts for each channel, and the ways to say each part."""

    layout: Mapping[Channel, tuple[PartName, ...]]
    parts: Mapping[str, tuple[Line, ...]]


def read_templates(folder: Path) -> dict[DraftKind, Template]:
    """Return the templates by kind.

    Raises:
        KnowledgeError: A file is missing or not written as ``common.md`` says; the message names file and line.
    """
    _, common = _read(folder / "common.md")
    found: dict[DraftKind, Template] = {}
    for kind in DraftKind:
        path = folder / f"{kind.value}.md"
        layout, parts = _read(path)
        every = {name: (*parts.get(name, ()), *common.get(name, ())) for name in {**common, **parts}}
        for channel in Channel:
            if channel not in layout:
                raise KnowledgeError(f"{path.name} has no layout for {channel.value}.")
            for part in layout[channel]:
                if part.name not in every:
                    raise KnowledgeError(
                        f"{path.name}: the layout for {channel.value} names {part.name!r}, which is no part."
                    )
        found[kind] = Template(layout=layout, parts=every)
    return found


def read_lines(path: Path) -> dict[str, tuple[Line, ...]]:
    """Return the sections of a file of vetted lines.

    Raises:
        KnowledgeError: The file is missing or wrong.
    """
    return _read(path)[1]


def _read(path: Path) -> tuple[dict[Channel, tuple[PartName, ...]], dict[str, tuple[Line, ...]]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError(
            f"The draft template {path.name} is missing.", hint="Install Rebound again: its files are incomplete."
        ) from error
    layout: dict[Channel, tuple[PartName, ...]] = {}
    parts: dict[str, list[Line]] = {}
    section = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            section = line[3:].strip()
            if section != "layout":
                parts[section] = []
        elif section and line.strip():
            pattern = _LAYOUT if section == "layout" else _LINE
            match = pattern.fullmatch(line.rstrip())
            if match is None:
                raise KnowledgeError(f"{path.name}:{number}: this is no line of a template: {line!r}.")
            if section == "layout":
                layout[_channel(match["channel"], path, number)] = _order(match["parts"])
            else:
                parts[section].append(_line(match))
    return layout, {name: tuple(ways) for name, ways in parts.items()}


def _channel(name: str, path: Path, number: int) -> Channel:
    try:
        return Channel(name)
    except ValueError:
        raise KnowledgeError(f"{path.name}:{number}: there is no channel {name!r}.") from None


def _order(text: str) -> tuple[PartName, ...]:
    return tuple(
        PartName(name=name.rstrip("?"), optional=name.endswith("?"), paragraph=place)
        for place, paragraph in enumerate(text.split("|"))
        for name in paragraph.split()
    )


def _line(match: re.Match[str]) -> Line:
    conditions = [each.strip() for each in (match["when"] or "").split(",") if each.strip()]
    bars = {each.removeprefix("not ") for each in conditions if each.startswith("not ")}
    return Line(
        needs=frozenset(each for each in conditions if not each.startswith("not ")),
        bars=frozenset(bars),
        text=match["text"],
    )
