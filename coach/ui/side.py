"""The right panel: what was understood, and the user's own notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coach.retrieval.notes import Note
from coach.types import FactName
from coach.ui import texts
from coach.ui.markup import button, field, form, hint, line, panel, submit


def facts(found: Mapping[str, str], notice: str = "") -> str:
    """Return what was understood, each fact in a field of its own that can be changed."""
    parts = [f"<h2 tabindex='-1'>{line(texts.FACTS_TITLE)}</h2>", _told(notice)]
    if not found:
        return panel([*parts, hint(texts.FACTS_EMPTY)])
    return panel([*parts, hint(texts.FACTS_HINT), *(_fact(name, value) for name, value in found.items())])


def fact_name(name: str) -> str:
    """Return a fact's name for people."""
    return texts.FACT_NAMES[FactName(name)] if name in set(FactName) else name


def _fact(name: str, value: str) -> str:
    shown = fact_name(name)
    fields = [
        field(shown, "value", value, ident=f"fact-{name}"),
        submit(texts.SAVE, kind="quiet", name=f"{texts.SAVE}: {shown}"),
        button(texts.REMOVE, "unfact", kind="quiet", name=f"{texts.REMOVE}: {shown}", name_of=name),
    ]
    return form("fact", fields, kind="fields", name_of=name)


def own_notes(notes: Sequence[Note], notice: str = "") -> str:
    """Return the user's own notes, with ways to add and remove some."""
    parts = [f"<h2>{line(texts.OWN_NOTES_TITLE)}</h2>", hint(texts.OWN_NOTES_HINT), _told(notice)]
    rows = "".join(f"<li>{_note(each)}</li>" for each in notes)
    parts.append(f"<ul class='rows'>{rows}</ul>" if rows else hint(texts.OWN_NOTES_EMPTY))
    return panel(parts)


def add_notes() -> str:
    """Return the ways to add notes, which never change."""
    file = (
        f"<label for='note-file'>{line(texts.OWN_NOTES_FILE)}</label>"
        "<input id='note-file' type='file' accept='.md,.markdown,.txt' multiple data-files='learn'>"
    )
    paste = form(
        "learn",
        [
            field(texts.OWN_NOTES_NAME, "name", texts.OWN_NOTES_DEFAULT, ident="note-name"),
            f"<label for='note-text'>{line(texts.OWN_NOTES_TEXT)}</label>",
            "<textarea id='note-text' name='text' rows='4'></textarea>",
            submit(texts.OWN_NOTES_ADD, kind="quiet"),
        ],
        kind="fields",
    )
    return panel(
        [
            f"<div class='fields'>{file}</div>",
            f"<details><summary>{line(texts.OWN_NOTES_PASTE)}</summary>{paste}</details>",
        ]
    )


def _note(note: Note) -> str:
    count = len(note.passages)
    about = (texts.PASSAGE if count == 1 else texts.PASSAGES).format(count=count, day=_day(note.learned_on))
    remove = button(
        texts.REMOVE, "forget", kind="quiet", name=texts.OWN_NOTES_REMOVE.format(file=note.file), key=note.key
    )
    return f"<span><strong>{line(note.file)}</strong> <span class='when'>{line(about)}</span></span>{remove}"


def _day(iso: str) -> str:
    """Return a date as the list of conversations shows it; as it stands where it is none."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%b %Y}"


def _told(notice: str) -> str:
    return f"<p class='told' role='status'>{line(notice)}</p>" if notice else ""
