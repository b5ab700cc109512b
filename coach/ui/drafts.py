"""Drafts: the block in the conversation, and the panel with all versions."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from coach.draft import Channel
from coach.drafts.mail import as_eml, as_txt, mailto
from coach.events import Draft
from coach.journal.stored import Writing, WritingKind
from coach.ui import texts
from coach.ui.markup import button, field, form, hint, line, lines, panel, submit


def block(draft: Draft, *, standing: bool) -> str:
    """Return a draft as a block of its own, its line breaks kept.

    Args:
        draft: The draft.
        standing: Whether it is the last one, so that it can be made shorter and so on.
    """
    title = line(texts.DRAFT_SUBJECT_LINE.format(subject=draft.subject))
    subject = f"<p class='subject'>{title}</p>" if draft.subject else ""
    body = "<br>".join(line(each) for each in draft.body.splitlines())
    revise = [button(name, "say", kind="quiet", text=text) for name, text in texts.DRAFT_REVISIONS] if standing else []
    return (
        f"<div class='draft' role='group' aria-label='{line(texts.DRAFT_LABEL)}'>{subject}<p>{body}</p>"
        f"<div class='buttons'>{''.join([_copy(draft.text), *revise])}</div>"
        f"<div class='buttons'>{''.join(_ways_out(draft))}</div></div>"
    )


def _copy(text: str) -> str:
    return f"<button type='button' class='quiet' data-copy='{lines(text)}'>{line(texts.COPY)}</button>"


def _ways_out(draft: Draft) -> list[str]:
    files = [(texts.DRAFT_TXT, "draft.txt", as_txt(draft))]
    if draft.channel is Channel.EMAIL:
        files.append((texts.DRAFT_EML, "draft.eml", as_eml(draft)))
    buttons = [
        f"<button type='button' class='quiet' data-save='{name}' data-bytes='{base64.b64encode(data).decode()}'>"
        f"{line(text)}</button>"
        for text, name, data in files
    ]
    if draft.channel is Channel.EMAIL:
        buttons.append(f"<a class='quiet' href='{line(mailto(draft))}'>{line(texts.DRAFT_MAIL)}</a>")
    return buttons


def versions(writings: Sequence[Writing], standing: Draft | None, notice: str = "") -> str:
    """Return what was written for the user to send: the standing draft to change by hand, then all versions.

    Args:
        writings: Drafts and kept angry messages, from the journal.
        standing: The draft that stands, where there is one.
        notice: What came of the last change.
    """
    parts = [f"<h2>{line(texts.DRAFTS_TITLE)}</h2>"]
    if notice:
        parts.append(f"<p class='told' role='status'>{line(notice)}</p>")
    if standing is not None:
        parts.append(_by_hand(standing))
    parts += [_writing(each) for each in reversed(writings)]
    return panel(parts if len(parts) > 1 else [*parts, hint(texts.DRAFTS_EMPTY)])


def _by_hand(draft: Draft) -> str:
    fields = [
        *([field(texts.DRAFT_SUBJECT, "subject", draft.subject, ident="draft-subject")] if draft.subject else []),
        f"<label for='draft-body'>{line(texts.DRAFT_BODY)}</label>",
        f"<textarea id='draft-body' name='body' rows='8'>{lines(draft.body)}</textarea>",
        submit(texts.DRAFT_KEEP, kind="quiet"),
    ]
    return f"<details><summary>{line(texts.DRAFT_EDIT)}</summary>{form('edit_draft', fields, kind='fields')}</details>"


def _writing(writing: Writing) -> str:
    hot = writing.kind is WritingKind.HOT
    shown = []
    for version in reversed(writing.versions):
        author = texts.DRAFT_AUTHORS.get(version.author, version.author)
        about = texts.DRAFT_HOT if hot else texts.DRAFT_VERSION.format(number=version.number, author=author)
        text = "<br>".join(line(each) for each in version.text.splitlines())
        shown.append(
            f"<details class='card'><summary>{line(about)}</summary><p>{text}</p>"
            f"{'' if hot else _copy(version.text)}</details>"
        )
    return "".join(shown)
