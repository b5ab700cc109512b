"""What stands around the conversation: head, foot, loading, the welcome, help lines and the lock."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Protocol

from coach.safety.resources import Line
from coach.ui import texts
from coach.ui.markup import button, field, form, hint, line, panel, submit


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


def settled(loading: LoadingState) -> bool:
    """Whether nothing is being loaded any more."""
    return {loading.embedder, loading.index, loading.model} <= {"ready", "failed"}


def status(loading: LoadingState) -> str:
    """Return the line on loading, as HTML; empty when all is ready."""
    if loading.problem:
        return panel([f"<p class='problem'>{line(loading.problem)} {line(loading.hint or '')}</p>"])
    if settled(loading):
        return ""
    percent = round(100 * min(max(loading.fraction, 0.0), 1.0))
    what = line(loading.message or texts.LOADING)
    # A turn waits for the cards and never for the model.
    meanwhile = texts.LOADING_CARDS if loading.index in ("ready", "failed") else texts.LOADING_WAIT
    bar = f"<progress max='100' value='{percent}'>{percent} %</progress>"
    return panel([f"<label><span>{what}</span> {bar}</label>", hint(meanwhile)])


def header() -> str:
    """Return the top of the page, as HTML, with the buttons that change the view."""
    views = "".join(
        f"<button type='button' data-view='{view}' aria-pressed='{'true' if view == 'chat' else 'false'}'>"
        f"{line(name)}</button>"
        for view, name in texts.VIEWS
    )
    menu = f"<nav aria-label='{line(texts.MENU_LABEL)}'>{views}</nav>"
    return panel([f"<h1>{line(texts.NAME)}</h1>", f"<p>{line(texts.TAGLINE)}</p>", menu])


def footer() -> str:
    """Return the lines on what this is, what it is not, help and privacy, as HTML."""
    items = "".join(f"<div><dt>{line(title)}</dt><dd>{line(text)}</dd></div>" for title, text in texts.FOOTER)
    return panel([f"<dl>{items}</dl>"])


def empty_chat(*, first_start: bool) -> str:
    """Return what an empty conversation shows: at the first start a short welcome before the invitation."""
    welcome = ""
    if first_start:
        told = "".join(f"<li>{line(each)}</li>" for each in texts.WELCOME)
        welcome = f"<div class='welcome'><h2>{line(texts.WELCOME_TITLE)}</h2><ul>{told}</ul></div>"
    return f"{welcome}<h2>{line(texts.EMPTY_TITLE)}</h2><p>{line(texts.EMPTY_TEXT)}</p>"


def lock(notice: str) -> str:
    """Return the form that asks for the journal's passphrase, as HTML."""
    told = f"<p class='problem' role='alert'>{line(notice)}</p>" if notice else ""
    unlock = form(
        "unlock",
        [
            field(texts.LOCK_LABEL, "passphrase", ident="lock-passphrase", kind="password"),
            submit(texts.LOCK_OPEN, kind="strong"),
        ],
        kind="fields",
    )
    off = button(texts.LOCK_OFF_RECORD, "off_record", kind="quiet")
    return panel([f"<h2>{line(texts.LOCK_TITLE)}</h2>", f"<p>{line(texts.LOCK_TEXT)}</p>", told, unlock, off])


def preferences(theme: str, text_size: str, motion: str) -> str:
    """Return an empty element from which the page's script and style read what the user has chosen."""
    return panel(
        [f"<span data-theme='{line(theme)}' data-size='{line(text_size)}' data-motion='{line(motion)}'></span>"]
    )


def place(conversation_id: str | None, *, stale: int | None = None) -> str:
    """Return an empty element with the conversation's id, and a number while the tab shows an older state of it."""
    older = f" data-stale='{stale}'" if stale is not None else ""
    return panel([f"<span data-conversation='{line(conversation_id or '')}'{older}></span>"])


def heard(number: int) -> str:
    """Return an empty element with the number of the last action that the server heard of."""
    return panel([f"<span data-heard='{number}'></span>"])


def help_panel(helplines: Sequence[Line], country: str) -> str:
    """Return the panel with help lines as HTML, with links that call on a phone."""
    rows = "".join(f"<li>{_help_line(each)}</li>" for each in helplines)
    more = "" if country else hint(texts.HELP_COUNTRY)
    label = line(texts.SAFETY_LABEL)
    return f"<section aria-label='{label}'><h2>{label}</h2><ul>{rows}</ul>{more}</section>"


def _help_line(helpline: Line) -> str:
    ways = []
    if helpline.call:
        ways.append(_link(f"tel:{_dialled(helpline.call)}", texts.HELP_CALL.format(number=helpline.call)))
    if helpline.text:
        ways.append(_link(f"sms:{_dialled(helpline.text)}", texts.HELP_TEXT.format(number=helpline.text)))
    if helpline.chat:
        ways.append(_link(helpline.chat, helpline.chat.removeprefix("https://")))
    hours = f" <span>{html.escape(helpline.hours)}</span>" if helpline.hours else ""
    # What is called in an emergency has the name of its place alone.
    emergency = helpline.purpose == "emergency"
    name = texts.HELP_EMERGENCY.format(place=helpline.name) if emergency else helpline.name
    return f"<strong>{html.escape(name)}</strong> {' '.join(ways)}{hours}"


def _link(target: str, text: str) -> str:
    return f"<a href='{html.escape(target, quote=True)}' target='_blank' rel='noreferrer'>{html.escape(text)}</a>"


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)
