"""Turns events into what the conversation shows: plain values and escaped HTML, no Gradio."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coach.events import CardsFound, Draft, Event, SafetyReply, Sentence, TakenBack, TurnDone, TurnFailed
from coach.types import Card, FoundNote, Level, Origin
from coach.ui import drafts, texts
from coach.ui.markup import button, line, plain


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is known of a reply so far.

    ``text`` and ``safety`` are as written, unescaped; ``newest`` is what was added last,
    for screen readers; ``used`` are ids of cards whose words are in the reply; ``instead``
    is shown in place of ``text`` once the user has called that wrong.
    """

    text: str = ""
    draft: Draft | None = None
    safety: str = ""
    failure: str = ""
    instead: str = ""
    newest: str = ""
    sentences: tuple[Sentence, ...] = ()
    found: tuple[Card, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    used: tuple[str, ...] = ()
    floor: bool = False
    stopped: bool = False
    ended: bool = False
    level: Level = Level.L0


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A person's message and the reply to it."""

    user: str
    reply: Reply = Reply()


def advance(reply: Reply, event: Event) -> Reply:
    """Return the reply with one more event taken in."""
    if isinstance(event, Sentence):
        used = reply.used if event.card_id is None else _with(reply.used, event.card_id)
        text, sentences = reply.text + event.lead + event.text, (*reply.sentences, event)
        return replace(reply, text=text, newest=event.text, used=used, sentences=sentences)
    if isinstance(event, Draft):
        return replace(reply, draft=event, newest=event.text)
    if isinstance(event, SafetyReply):
        return replace(reply, safety=event.text, newest=event.text, level=event.level)
    if isinstance(event, CardsFound):
        return replace(reply, found=tuple(found.card for found in event.cards), notes=event.notes)
    if isinstance(event, TurnDone):
        return replace(reply, used=event.cards, floor=event.floor, stopped=event.stopped, ended=True, level=event.level)
    if isinstance(event, TurnFailed):
        return failed(reply, event.message, event.hint)
    if isinstance(event, TakenBack):
        return replace(reply, instead=event.text, newest=event.text, failure="")
    return reply


def failed(reply: Reply, message: str, hint: str) -> Reply:
    """Return the reply as it stands after a failure, which is told in its place."""
    failure = f"{message} {hint}".strip()
    return replace(reply, failure=failure, newest=failure, ended=True)


def _with(ids: tuple[str, ...], new: str) -> tuple[str, ...]:
    return ids if new in ids else (*ids, new)


def chat(
    exchanges: Sequence[Exchange], citations: Mapping[str, str], *, first: int = 0, reported: bool = True
) -> list[dict[str, str]]:
    """Return the conversation as chat messages, ``role`` and ``content``, ready to be shown.

    Args:
        exchanges: What is shown.
        citations: What each source key of a card stands for.
        first: The number of the first of them in the conversation, from 0.
        reported: Whether a reply that is taken back leaves a report; one off the record does not.
    """
    messages: list[dict[str, str]] = []
    drafted = [number for number, exchange in enumerate(exchanges, first) if exchange.reply.draft is not None]
    for number, exchange in enumerate(exchanges, first):
        messages.append({"role": "user", "content": plain(exchange.user)})
        standing = bool(drafted) and number == drafted[-1]
        content = _answer(exchange.reply, citations, number, reported=reported, standing=standing)
        if content:
            messages.append({"role": "assistant", "content": content})
    return messages


def _answer(reply: Reply, citations: Mapping[str, str], number: int, *, reported: bool, standing: bool) -> str:
    said = reply.instead or reply.text.strip()
    parts = [safety(reply.safety)] if reply.safety else []
    if said:
        parts.append(f"<div class='said'>{plain(said)}</div>")
    if reply.draft is not None and reply.draft.body and not reply.instead:
        parts.append(drafts.block(reply.draft, standing=standing and reply.ended))
    if reply.failure:
        again = button(texts.AGAIN, "again", kind="quiet")
        parts.append(f"<div class='failure'><p>{line(reply.failure)}</p>{again}</div>")
    if not parts:
        return ""
    if reply.instead:
        parts.append(f"<p class='hint'>{line(texts.TAKEN_BACK if reported else texts.TAKEN_BACK_OFF)}</p>")
    tools = _tools(reply, citations, number) if reply.ended and (said or reply.safety or reply.draft) else ""
    return f"<div class='answer'>{''.join(parts)}</div>{tools}"


def safety(text: str) -> str:
    """Return the fixed text as a block of its own; the page's script names it a region."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    body = "".join(f"<p>{'<br>'.join(map(line, part.splitlines()))}</p>" for part in paragraphs)
    return f"<div class='safety'>{body}</div>"


def _tools(reply: Reply, citations: Mapping[str, str], number: int) -> str:
    """Return what can be done with a reply that has ended."""
    wrong = "" if reply.instead else button(texts.WRONG, "wrong", kind="quiet", number=number)
    # A draft has a button of its own, and two with the same name would confuse.
    copy = "" if reply.draft else f"<button type='button' class='quiet' data-copy>{line(texts.COPY)}</button>"
    return (
        f"<div class='tools' role='group' aria-label='{line(texts.TOOLS_LABEL)}'>{copy}{wrong}"
        f"<details class='origins'><summary>{line(texts.ORIGIN)}</summary>"
        f"<ol>{''.join(origins(reply, citations))}</ol></details></div>"
    )


def origins(reply: Reply, citations: Mapping[str, str]) -> list[str]:
    """Return a list item for each part of a reply, with where it comes from in words."""
    rows: list[tuple[str, str]] = []
    if reply.safety:
        rows.append((reply.safety, texts.ORIGINS[Origin.SAFETY]))
    if reply.instead:
        return [_origin(*row) for row in (*rows, (reply.instead, texts.ORIGINS[Origin.PHRASE]))]
    cards = {card.id: card for card in reply.found}
    for sentence in reply.sentences:
        words = texts.ORIGINS[sentence.origin]
        card = cards.get(sentence.card_id or "")
        if card is not None:
            citation = "; ".join(citations.get(key, key) for key in card.sources)
            words = texts.ORIGIN_CARD.format(title=card.title, source=texts.SOURCE, citation=citation)
        elif sentence.origin is Origin.NOTES and reply.notes:
            places = "; ".join(f"{note.file}, {note.place}" for note in reply.notes)
            words = texts.ORIGIN_NOTES.format(places=places)
        rows.append((sentence.text, words))
    if reply.draft is not None:
        rows.append((reply.draft.text, texts.ORIGINS[Origin.DRAFT]))
    return [_origin(*row) for row in rows]


def _origin(text: str, words: str) -> str:
    return f"<li><q>{line(text)}</q> <span>{line(words)}</span></li>"


_GRAVE = frozenset({Level.L3, Level.L4})


def needs_help_panel(exchanges: Sequence[Exchange]) -> bool:
    """Whether the panel with help lines is shown: while a level stops coaching, and always after L3 or L4."""
    levels = [exchange.reply.level for exchange in exchanges]
    return bool(levels) and (levels[-1].stops_coaching or not _GRAVE.isdisjoint(levels))
