"""The panel that shows which advice cards and notes a reply draws on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from coach.resources import shipped
from coach.types import Card, FoundNote
from coach.ui import texts
from coach.ui.markup import hint, line, panel
from coach.ui.render import Reply


def citations() -> dict[str, str]:
    """Return what each source key on a card stands for."""
    sources = tomllib.loads(shipped("knowledge", "sources.toml").read_text("utf-8"))
    return {"practice": texts.SOURCE_PRACTICE} | {key: str(row["citation"]) for key, row in sources.items()}


def cards(reply: Reply | None, citations: Mapping[str, str]) -> str:
    """Return the panel that shows where a reply comes from, as HTML in one line.

    Args:
        reply: The newest reply; None before the first message.
        citations: What each source key stands for.
    """
    parts = [f"<h2>{line(texts.CARDS_TITLE)}</h2>"]
    if reply is None:
        return panel([*parts, hint(texts.CARDS_EMPTY)])
    used = [card for card in reply.found if card.id in reply.used]
    others = [card for card in reply.found if card.id not in reply.used]
    if reply.ended and reply.floor and reply.text:
        parts.append(hint(texts.CARDS_FLOOR))
    if reply.ended and not used and not reply.failure:
        parts.append(hint(texts.CARDS_NONE))
    parts += [_card(card, citations, opened=card is used[0]) for card in used]
    if others and not reply.safety:
        parts.append(f"<h3>{line(texts.CARDS_OTHERS if used else texts.CARDS_CLOSE)}</h3>")
        parts += [_card(card, citations, opened=False) for card in others]
    if reply.notes and not reply.safety:
        parts.append(f"<h3>{line(texts.NOTES_TITLE)}</h3>")
        parts += [_note(note) for note in reply.notes]
    return panel(parts)


def _card(card: Card, citations: Mapping[str, str], *, opened: bool) -> str:
    steps = "".join(f"<li><strong>{line(step.when)}:</strong> {line(step.text)}</li>" for step in card.steps)
    sources = "; ".join(line(citations.get(key, key)) for key in card.sources)
    return (
        f"<details class='card'{' open' if opened else ''}>"
        f"<summary><span class='strategy'>{line(texts.STRATEGIES[card.strategy])}</span> "
        f"<span class='title'>{line(card.title)}</span></summary>"
        f"<p>{line(card.perspective)}</p><ul>{steps}</ul>"
        f"<p class='source'>{line(texts.SOURCE)}: {sources}</p></details>"
    )


def _note(note: FoundNote) -> str:
    return (
        f"<details class='card'><summary><span class='strategy'>{line(note.file)}</span> "
        f"<span class='title'>{line(note.place)}</span></summary><p>{line(note.text)}</p></details>"
    )
