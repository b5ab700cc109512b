"""What a person changes in a draft by hand, kept so that later revisions leave it alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from coach.draft import DraftEdit, DraftKind
from coach.drafts.assemble import assemble, blocks_of
from coach.drafts.templates import Template
from coach.events import Draft


def edited(draft: Draft, subject: str, body: str, templates: Mapping[DraftKind, Template]) -> Draft:
    """Return the draft as a person has rewritten it.

    A paragraph that they changed stays as they wrote it, whatever is revised later; the others still follow tone and
    length. Where paragraphs were joined or split, the whole body is theirs.

    Args:
        draft: The draft as it stood.
        subject: The subject as it is now.
        body: The text as it is now.
        templates: The templates by kind.
    """
    template = templates[draft.kind]
    edits = {edit.part: edit for edit in draft.brief.by_hand}
    if subject.strip() != draft.subject:
        edits["subject"] = DraftEdit(part="subject", text=subject.strip())
    new = _blocks(body)
    old = blocks_of(draft.brief, template)
    if len(new) == len(old) and old[0][0] != "body":
        for (name, text), now in zip(old, new, strict=True):
            if now != text:
                edits[name] = DraftEdit(part=name, text=now)
    elif "\n\n".join(new) != draft.body:
        edits = {name: edit for name, edit in edits.items() if name == "subject"}
        edits["body"] = DraftEdit(part="body", text="\n\n".join(new))
    changed = " ".join(text for (name, text) in old if name in edits or "body" in edits)
    brief = replace(
        draft.brief,
        by_hand=tuple(edits.values()),
        # What stood in a block that is now theirs is theirs to keep or to drop.
        said=tuple(each for each in draft.brief.said if each not in changed),
        asked=tuple(each for each in draft.brief.asked if each not in changed),
    )
    return assemble(brief, template)


def _blocks(body: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n[ \t]*\n", body.strip()) if block.strip()]
