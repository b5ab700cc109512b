"""How ``coach journal`` shows what it found."""

from __future__ import annotations

import dataclasses
import json
import time
from typing import Any

from rich.table import Table
from rich.text import Text

from coach.journal.search import Hit
from coach.journal.stored import Conversation, StoredTurn, Summary

ID_LETTERS = 8
"""So much of an id is shown; any beginning that only one conversation has will do."""

_SPEAKERS = {"user": "you", "assistant": "coach", "title": "title", "draft": "draft", "hot": "kept"}


def listed(found: list[Summary]) -> Table:
    """Return conversations as a table."""
    shown = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    # An id is typed again by hand, so it is never broken over lines.
    shown.add_column("id", no_wrap=True)
    shown.add_column("last said", no_wrap=True)
    shown.add_column("title", overflow="fold")
    for each in found:
        marks = [mark for mark, on in (("pinned", each.pinned), ("archived", each.archived)) if on]
        title = Text(each.title + (f"  ({', '.join(marks)})" if marks else ""))
        shown.add_row(each.id[:ID_LETTERS], _minute(each.updated), title)
    return shown


def found_line(hit: Hit) -> Text:
    """Return a passage in one line, with the found words in bold."""
    who = _SPEAKERS.get(hit.role, hit.role)
    text = Text(f"{hit.conversation_id[:ID_LETTERS]}  {_minute(hit.at)}  {who:5}  ")
    snippet = Text(hit.snippet)
    for start, end in hit.spans:
        snippet.stylize("bold", start, end)
    snippet.plain = " ".join(snippet.plain.splitlines())
    return text + snippet


def conversation_json(found: Conversation) -> dict[str, Any]:
    """Return everything of a conversation as plain values, events included."""
    values = dataclasses.asdict(found)
    values["corrected"] = sorted(found.corrected)
    for name, turns in (("turns", found.turns), ("earlier", found.earlier)):
        values[name] = [_turn(turn) for turn in turns]
    return values


def _turn(turn: StoredTurn) -> dict[str, Any]:
    values = dataclasses.asdict(turn)
    del values["bodies"]
    return {**values, "partial": turn.partial, "events": [json.loads(body) for body in turn.bodies]}


def _minute(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def day(at: float) -> str:
    """Return a time's date."""
    return time.strftime("%Y-%m-%d", time.localtime(at))
