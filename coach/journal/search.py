"""Full-text search over everything that was said: titles, messages, replies, drafts and kept hot messages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from coach.journal import columns
from coach.journal.engine import Database

_OPEN, _CLOSE = "\ue000", "\ue001"
_WORD = re.compile(r"[^\W_]+")
_SNIPPET_WORDS = 24

# In the order of ids, which is the order of time; nothing is ranked, so a common word costs no more than a rare one.
_QUERY = f"""
    SELECT passage.conversation_id, passage.turn_id, passage.role, passage.id / 1e6,
        snippet(search, 0, '{_OPEN}', '{_CLOSE}', '…', {_SNIPPET_WORDS})
    FROM search JOIN passage ON passage.id = search.rowid
    WHERE search MATCH ?
        AND passage.conversation_id NOT IN (SELECT id FROM conversation WHERE deleted IS NOT NULL)
    ORDER BY search.rowid DESC LIMIT ?
"""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A passage that was found.

    ``role`` is "title", "user", "assistant", "draft" or "hot"; ``at`` is in seconds since
    1970; ``spans`` are the found words in ``snippet``, as (start, end).
    """

    conversation_id: str
    turn_id: str | None
    role: str
    at: float
    snippet: str
    spans: tuple[tuple[int, int], ...]


def search(database: Database, text: str, *, limit: int) -> list[Hit]:
    """Return passages that have all words, in any order, the latest first; the last word may be a beginning."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words:
        return []
    match = " ".join(f'"{word}"' for word in words) + "*"
    with database.reading():
        return [_hit(*row) for row in database.rows(_QUERY, (match, limit))]


def _hit(conversation_id: object, turn_id: object, role: object, at: object, marked: object) -> Hit:
    snippet, spans = _unmarked(columns.text(marked))
    return Hit(
        conversation_id=columns.text(conversation_id),
        turn_id=columns.text_or_none(turn_id),
        role=columns.text(role),
        at=columns.moment(at),
        snippet=snippet,
        spans=spans,
    )


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = ""
    spans: list[tuple[int, int]] = []
    for part in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", marked):
        word = part.strip(_OPEN + _CLOSE)
        if part.startswith(_OPEN):
            spans.append((len(text), len(text) + len(word)))
        text += word
    return text, tuple(spans)
