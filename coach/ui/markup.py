"""Pieces of HTML. Whatever a person or a model wrote is escaped here, which is what keeps it text."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_REFERENCE = re.compile(r"&(?=#|[A-Za-z])")


def plain(text: str) -> str:
    """Return HTML that shows exactly ``text``.

    Only what a browser would read as markup is escaped ("<" before a letter, "/", "!" or
    "?"; "&" where a character reference could begin).
    """
    return _MARKUP.sub("&lt;", _REFERENCE.sub("&amp;", text))


def line(text: str) -> str:
    """Return one line of text as HTML, for element or attribute."""
    return html.escape(" ".join(text.split()))


def lines(text: str) -> str:
    """Return a text as HTML that keeps its line breaks and has none itself, for element or attribute."""
    return html.escape(text).replace("\n", "&#10;").replace("\r", "")


def panel(parts: Sequence[str], *, kind: str = "") -> str:
    """Return one HTML block without line breaks, so that nothing in it can be read as Markdown."""
    named = f" class='{kind}'" if kind else ""
    return f"<div{named}>{''.join(parts)}</div>"


def hint(text: str) -> str:
    """Return a quiet paragraph."""
    return f"<p class='hint'>{line(text)}</p>"


def paragraph(text: str) -> str:
    """Return one paragraph in a block of its own; empty for no text."""
    return panel([f"<p>{line(text)}</p>"]) if text.strip() else ""


def button(caption: str, do: str, /, *, kind: str = "", name: str = "", **data: str | int) -> str:
    """Return a button that the page's script turns into an action.

    Args:
        caption: What is on it.
        do: The action.
        kind: Its CSS classes.
        name: Its name for screen readers, where the caption alone does not say enough.
        data: What the action needs to know.
    """
    return f"<button type='button'{_attributes(kind, name, do, data)}>{line(caption)}</button>"


def form(do: str, parts: Sequence[str], *, kind: str = "", **data: str | int) -> str:
    """Return a form whose fields the page's script sends as an action."""
    return f"<form autocomplete='off'{_attributes(kind, '', do, data)}>{''.join(parts)}</form>"


def submit(text: str, *, kind: str = "", name: str = "") -> str:
    """Return the button that sends a form."""
    return f"<button type='submit'{_attributes(kind, name, '', {})}>{line(text)}</button>"


def field(label: str, name: str, value: str = "", *, ident: str, kind: str = "text") -> str:
    """Return an input with its label; ``ident`` is its id on the page."""
    return (
        f"<label for='{line(ident)}'>{line(label)}</label>"
        f"<input id='{line(ident)}' type='{kind}' name='{line(name)}' value='{lines(value)}'>"
    )


def _attributes(kind: str, name: str, do: str, data: dict[str, str | int]) -> str:
    values = {"class": kind, "aria-label": name, "data-do": do} | {
        f"data-{key}": str(each) for key, each in data.items()
    }
    return "".join(f" {key}='{lines(value)}'" for key, value in values.items() if value)
