"""Turns events into what the page shows: plain values and escaped HTML, no Gradio.

Whatever a person or a model wrote passes through ``plain`` or ``html.escape`` here.
That is what keeps it text: the page's components would render it as HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from coach.events import CardsFound, Event, SafetyReply, Sentence, TurnDone, TurnFailed
from coach.safety.resources import Line
from coach.types import Card, FoundNote, Level
from coach.ui import texts


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is known of a reply so far.

    ``text`` and ``safety`` are as written, unescaped; ``newest`` is what was added last,
    for screen readers; ``used`` are ids of cards whose words are in the reply.
    """

    text: str = ""
    safety: str = ""
    failure: str = ""
    newest: str = ""
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


class LoadingState(Protocol):
    """The part of ``coach.wiring.Loading`` that the page shows."""

    @property
    def embedder(self) -> str:
        """One of "waiting", "loading", "ready", "failed"."""
        ...

    @property
    def index(self) -> str:
        """The same, for the card index."""
        ...

    @property
    def model(self) -> str:
        """The same, for the language model."""
        ...

    @property
    def message(self) -> str:
        """What is being done."""
        ...

    @property
    def gate_ready(self) -> bool:
        """Whether turns can be answered from vetted text."""
        ...

    @property
    def fraction(self) -> float:
        """How much is done, in 0..1."""
        ...

    @property
    def problem(self) -> str | None:
        """What failed, if anything did."""
        ...

    @property
    def hint(self) -> str | None:
        """What to do about the problem."""
        ...


def advance(reply: Reply, event: Event) -> Reply:
    """Return the reply with one more event taken in."""
    if isinstance(event, Sentence):
        used = reply.used if event.card_id is None else _with(reply.used, event.card_id)
        return replace(reply, text=reply.text + event.lead + event.text, newest=event.text, used=used)
    if isinstance(event, SafetyReply):
        return replace(reply, safety=event.text, newest=event.text, level=event.level)
    if isinstance(event, CardsFound):
        return replace(reply, found=tuple(found.card for found in event.cards), notes=event.notes)
    if isinstance(event, TurnDone):
        return replace(reply, used=event.cards, floor=event.floor, stopped=event.stopped, ended=True, level=event.level)
    if isinstance(event, TurnFailed):
        return failed(reply, event.message, event.hint)
    return reply


def failed(reply: Reply, message: str, hint: str) -> Reply:
    """Return the reply as it stands after a failure, which is told in its place."""
    failure = f"{message} {hint}".strip()
    return replace(reply, failure=failure, newest=failure, ended=True)


def _with(ids: tuple[str, ...], new: str) -> tuple[str, ...]:
    return ids if new in ids else (*ids, new)


_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_REFERENCE = re.compile(r"&(?=#|[A-Za-z])")


def plain(text: str) -> str:
    """Return HTML that shows exactly ``text``.

    Only what a browser would read as markup is escaped ("<" before a letter, "/", "!" or
    "?"; "&" where a character reference could begin). The chat's Copy button copies this
    string, so "5 < 6" and "Q & A" had better stay as they are.
    """
    return _MARKUP.sub("&lt;", _REFERENCE.sub("&amp;", text))


def chat(exchanges: Sequence[Exchange]) -> list[dict[str, str]]:
    """Return the conversation as chat messages, ``role`` and ``content``, ready to be shown."""
    messages: list[dict[str, str]] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": plain(exchange.user)})
        reply = exchange.reply
        parts = (_safety(reply.safety), plain(reply.text.strip()), plain(reply.failure))
        messages += [{"role": "assistant", "content": part} for part in parts if part]
    return messages


def _safety(text: str) -> str:
    """Return the fixed text as a block of its own; the page's script names it a region."""
    if not text:
        return ""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    body = "".join(f"<p>{'<br>'.join(map(_line, part.splitlines()))}</p>" for part in paragraphs)
    return f'<div class="safety">{body}</div>'


def cards(reply: Reply | None, citations: Mapping[str, str]) -> str:
    """Return the panel that shows where a reply comes from, as HTML in one line.

    Args:
        reply: The newest reply; None before the first message.
        citations: What each source key stands for.
    """
    parts = [f"<h2>{_line(texts.CARDS_TITLE)}</h2>"]
    if reply is None:
        return _panel([*parts, _hint(texts.CARDS_EMPTY)])
    used = [card for card in reply.found if card.id in reply.used]
    others = [card for card in reply.found if card.id not in reply.used]
    if reply.ended and reply.floor and reply.text:
        parts.append(_hint(texts.CARDS_FLOOR))
    if reply.ended and not used and not reply.failure:
        parts.append(_hint(texts.CARDS_NONE))
    parts += [_card(card, citations, opened=card is used[0]) for card in used]
    if others and not reply.safety:
        parts.append(f"<h3>{_line(texts.CARDS_OTHERS if used else texts.CARDS_CLOSE)}</h3>")
        parts += [_card(card, citations, opened=False) for card in others]
    if reply.notes and not reply.safety:
        parts.append(f"<h3>{_line(texts.NOTES_TITLE)}</h3>")
        parts += [_note(note) for note in reply.notes]
    return _panel(parts)


def _card(card: Card, citations: Mapping[str, str], *, opened: bool) -> str:
    steps = "".join(f"<li><strong>{_line(step.when)}:</strong> {_line(step.text)}</li>" for step in card.steps)
    sources = "; ".join(_line(citations.get(key, key)) for key in card.sources)
    return (
        f"<details class='card'{' open' if opened else ''}>"
        f"<summary><span class='strategy'>{_line(texts.STRATEGIES[card.strategy])}</span> "
        f"<span class='title'>{_line(card.title)}</span></summary>"
        f"<p>{_line(card.perspective)}</p><ul>{steps}</ul>"
        f"<p class='source'>{_line(texts.SOURCE)}: {sources}</p></details>"
    )


def _note(note: FoundNote) -> str:
    return (
        f"<details class='card'><summary><span class='strategy'>{_line(note.file)}</span> "
        f"<span class='title'>{_line(note.place)}</span></summary><p>{_line(note.text)}</p></details>"
    )


def settled(loading: LoadingState) -> bool:
    """Whether nothing is being loaded any more."""
    return {loading.embedder, loading.index, loading.model} <= {"ready", "failed"}


def status(loading: LoadingState) -> str:
    """Return the line on loading, as HTML; empty when all is ready."""
    if loading.problem:
        return _panel([f"<p class='problem'>{_line(loading.problem)} {_line(loading.hint or '')}</p>"])
    if settled(loading):
        return ""
    percent = round(100 * min(max(loading.fraction, 0.0), 1.0))
    what = _line(loading.message or texts.LOADING)
    meanwhile = texts.LOADING_CARDS if loading.gate_ready else texts.LOADING_WAIT
    bar = f"<progress max='100' value='{percent}'>{percent} %</progress>"
    return _panel([f"<label><span>{what}</span> {bar}</label>", _hint(meanwhile)])


def line(text: str) -> str:
    """Return one paragraph of plain text as HTML in one line; empty for no text."""
    return _panel([f"<p>{_line(text)}</p>"]) if text.strip() else ""


def header() -> str:
    """Return the top of the page, as HTML."""
    return _panel([f"<h1>{_line(texts.NAME)}</h1>", f"<p>{_line(texts.TAGLINE)}</p>"])


def footer() -> str:
    """Return the lines on what this is, what it is not, help and privacy, as HTML."""
    items = "".join(f"<div><dt>{_line(title)}</dt><dd>{_line(text)}</dd></div>" for title, text in texts.FOOTER)
    return _panel([f"<dl>{items}</dl>"])


def _hint(text: str) -> str:
    return f"<p class='hint'>{_line(text)}</p>"


def _panel(parts: Sequence[str]) -> str:
    # One HTML block without line breaks: nothing in it can be read as Markdown.
    return f"<div>{''.join(parts)}</div>"


def _line(text: str) -> str:
    return html.escape(" ".join(text.split()))


_GRAVE = frozenset({Level.L3, Level.L4})


def needs_help_panel(exchanges: Sequence[Exchange]) -> bool:
    """Whether the panel with help lines is shown: while a level stops coaching, and always after L3 or L4."""
    levels = [exchange.reply.level for exchange in exchanges]
    return bool(levels) and (levels[-1].stops_coaching or not _GRAVE.isdisjoint(levels))


def help_panel(exchanges: Sequence[Exchange], lines: Sequence[Line], country: str) -> str:
    """Return the panel with help lines as HTML, with links that call on a phone; "" while it is not shown."""
    if not needs_help_panel(exchanges):
        return ""
    rows = "".join(f"<li>{_help_line(line)}</li>" for line in lines)
    hint = "" if country else f"<p class='hint'>{html.escape(texts.HELP_COUNTRY)}</p>"
    label = html.escape(texts.SAFETY_LABEL, quote=True)
    return f"<section aria-label='{label}'><h2>{label}</h2><ul>{rows}</ul>{hint}</section>"


def _help_line(line: Line) -> str:
    ways = []
    if line.call:
        ways.append(_link(f"tel:{_dialled(line.call)}", texts.HELP_CALL.format(number=line.call)))
    if line.text:
        ways.append(_link(f"sms:{_dialled(line.text)}", texts.HELP_TEXT.format(number=line.text)))
    if line.chat:
        ways.append(_link(line.chat, line.chat.removeprefix("https://")))
    hours = f" <span>{html.escape(line.hours)}</span>" if line.hours else ""
    return f"<strong>{html.escape(line.name)}</strong> {' '.join(ways)}{hours}"


def _link(target: str, text: str) -> str:
    return f"<a href='{html.escape(target, quote=True)}' target='_blank' rel='noreferrer'>{html.escape(text)}</a>"


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)
