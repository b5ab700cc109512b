"""The list of conversations: new ones, search, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from coach.journal.search import Hit
from coach.journal.stored import Summary
from coach.ui import texts
from coach.ui.markup import button, field, form, hint, line, panel, submit

SHOWN = 60
"""Conversations in the list; older ones are found by searching."""


def top() -> str:
    """Return what stands above the list, which never changes."""
    search = (
        f"<label for='search' class='hidden'>{line(texts.SEARCH)}</label>"
        f"<input id='search' type='search' autocomplete='off' placeholder='{line(texts.SEARCH)}' "
        "data-do='search' name='text'>"
    )
    new = button(texts.NEW, "new", kind="strong")
    off = button(texts.OFF_RECORD, "off_record", kind="quiet")
    return panel([f"<h2 tabindex='-1'>{line(texts.LIST_TITLE)}</h2>", new, off, search])


def conversations(
    found: Sequence[Summary],
    current: str | None,
    *,
    off_record: bool = False,
    snippets: Mapping[str, Hit] | None = None,
    deleted: Summary | None = None,
    undo_days: int = 7,
) -> str:
    """Return the list as HTML.

    Args:
        found: The conversations, in order; more than ``SHOWN`` are cut.
        current: Id of the one that is open.
        off_record: Whether the open one is off the record.
        snippets: While searching: where the words were found, by id.
        deleted: The one that was deleted just now and can be brought back.
        undo_days: For how many days.
    """
    parts = []
    if deleted is not None:
        told = texts.DELETED.format(title=deleted.title or texts.UNTITLED, days=undo_days)
        restore = button(texts.RESTORE, "restore", kind="quiet", id=deleted.id)
        parts.append(f"<div class='told' role='status'><p>{line(told)}</p>{restore}</div>")
    rows = [_row(each, each.id == current, (snippets or {}).get(each.id)) for each in found[:SHOWN]]
    if off_record:
        rows.insert(0, f"<li class='current'><span class='title'>{line(texts.OFF_RECORD_NAME)}</span></li>")
    if rows:
        parts.append(f"<ul>{''.join(rows)}</ul>")
    else:
        parts.append(hint(texts.LIST_EMPTY if snippets is None else texts.LIST_NOTHING))
    if len(found) > SHOWN:
        parts.append(hint(texts.LIST_MORE))
    return panel(parts)


def _row(each: Summary, current: bool, hit: Hit | None) -> str:
    title = each.title or texts.UNTITLED
    moment = datetime.fromtimestamp(each.updated)
    when = f"{moment.day} {moment:%b %Y}"
    pinned = f"{texts.PINNED}, {when}" if each.pinned else when
    snippet = f"<span class='snippet'>{_marked(hit)}</span>" if hit is not None and hit.role != "title" else ""
    mark = " aria-current='true'" if current else ""
    opening = (
        f"<button type='button' class='open' data-do='open' data-id='{each.id}'{mark}>"
        f"<span class='title'>{line(title)}</span><span class='when'>{line(pinned)}</span>{snippet}</button>"
    )
    rename = form(
        "rename",
        [field(texts.TITLE, "title", title, ident=f"title-{each.id}"), submit(texts.RENAME, kind="quiet")],
        kind="fields",
        id=each.id,
    )
    pin = button(texts.UNPIN if each.pinned else texts.PIN, "pin", kind="quiet", id=each.id, on=int(not each.pinned))
    delete = button(texts.DELETE, "delete", kind="quiet", id=each.id)
    label = line(texts.MORE.format(title=title))
    more = f"<details class='more'><summary aria-label='{label}'>⋯</summary><div>{pin}{delete}{rename}</div></details>"
    return f"<li{' class=' + chr(39) + 'current' + chr(39) if current else ''}>{opening}{more}</li>"


def _marked(hit: Hit) -> str:
    """Return a snippet with the found words marked."""
    shown, end = "", 0
    for start, stop in hit.spans:
        shown += f"{line_end(hit.snippet[end:start])}<mark>{line_end(hit.snippet[start:stop])}</mark>"
        end = stop
    return shown + line_end(hit.snippet[end:])


def line_end(text: str) -> str:
    """Return a part of a line as HTML, with the spaces at its ends."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return f"{left}{line(text)}{right}"
