"""A sheet on which readers judge replies without knowing which system wrote them.

The order is shuffled; which row is whose stands in a key file of its own. A sheet is a
CSV file to fill in, and an HTML page to read.
"""

from __future__ import annotations

import csv
import html
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError, StorageError
from coach.evals.criteria import CRITERIA, OVERALL, QUOTE
from coach.evals.files import read_lines

COLUMNS = ("row", "message", "reply", *CRITERIA, QUOTE, OVERALL)
"""Columns of the CSV file."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of a sheet: whose reply to which message."""

    id: str
    system: str
    message: str
    reply: str


def read_entries(files: Sequence[Path], messages: Path) -> list[Entry]:
    """Return the replies of several systems to the same messages; a system is named after its file.

    Files of conversations (``turns``) give one entry a conversation.

    Raises:
        InputError: A file cannot be read, two have the same name, or one lacks a message that another has.
    """
    systems = [path.stem for path in files]
    if len(set(systems)) < len(systems):
        raise InputError("Two files have the same name.", hint="A system is named after its file: rename one.")
    texts = {row["id"]: row for row in read_lines(messages, {"id": str})}
    replies = [{row["id"]: row for row in read_lines(path, {"id": str})} for path in files]
    common = [name for name in texts if name in replies[0]]
    for path, found in zip(files, replies, strict=True):
        missing = set(common) ^ set(found)
        if missing:
            raise InputError(
                f"{path} and the other files do not answer the same messages: {min(missing)!r} is not in all of them.",
                hint="Judge systems on the same messages.",
            )
    return [
        _entry(name, system, texts[name], found[name])
        for name in common
        for system, found in zip(systems, replies, strict=True)
    ]


def write_sheet(entries: Sequence[Entry], *, sheet: Path, page: Path, key: Path, seed: int = 0) -> None:
    """Write the CSV file, the page and the key; the order of messages, and of replies to each, is shuffled.

    Raises:
        StorageError: A file cannot be written.
    """
    shuffled = _shuffled(entries, random.Random(seed))
    identified = {str(number): {"id": entry.id, "system": entry.system} for number, entry in enumerate(shuffled, 1)}
    try:
        with sheet.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for number, entry in enumerate(shuffled, 1):
                writer.writerow([number, entry.message, entry.reply, *([""] * (len(CRITERIA) + 2))])
        page.write_text(_page(shuffled), "utf-8")
        key.write_text(json.dumps(identified, indent=1), "utf-8")
    except OSError as error:
        raise StorageError(f"{error.filename} cannot be written: {error.strerror}.", hint="Choose another.") from error


def _shuffled(entries: Sequence[Entry], chance: random.Random) -> list[Entry]:
    """Keep the replies to one message together, so that a reader can compare them."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.id, []).append(entry)
    order = list(groups)
    chance.shuffle(order)
    for group in groups.values():
        chance.shuffle(group)
    return [entry for name in order for entry in groups[name]]


def _entry(name: str, system: str, asked: Mapping[str, Any], answered: Mapping[str, Any]) -> Entry:
    if "turns" in answered:
        shown = "\n\n".join(f"THEY: {turn['text']}\nCOACH: {turn['reply']}" for turn in answered["turns"])
        return Entry(id=name, system=system, message="(a conversation)", reply=shown)
    try:
        return Entry(id=name, system=system, message=str(asked["text"]), reply=str(answered["reply"]))
    except KeyError as error:
        raise InputError(
            f"{name!r} of {system} has no {error}.", hint="Use what `coach eval replies` wrote."
        ) from error


def _page(entries: Sequence[Entry]) -> str:
    criteria = "".join(f"<li><b>{name}</b> {html.escape(meaning)}</li>" for name, meaning in CRITERIA.items())
    parts = []
    message = None
    for number, entry in enumerate(entries, 1):
        if entry.message != message:
            message = entry.message
            parts.append(f"<h2>{html.escape(message)}</h2>")
        parts.append(f'<section><b>{number}</b><div class="reply">{html.escape(entry.reply)}</div></section>')
    return _HTML.replace("CRITERIA", criteria).replace("ROWS", "\n".join(parts))


_HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Replies to judge</title>
<style>body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h2{font-size:1rem;white-space:pre-wrap;border-top:1px solid;padding-top:1rem;margin-top:2.5rem}
section{display:flex;gap:1rem;margin:1rem 0}.reply{white-space:pre-wrap}</style></head>
<body><h1>Replies to judge</h1>
<p>Write your judgement into the CSV file, in the row with the same number: pass, fail or na for each criterion, the
failing words under quote, and 1 to 5 for the whole.</p>
<ul>CRITERIA</ul>
ROWS
</body></html>
"""
