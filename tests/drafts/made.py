"""Conversations about drafts, held with the shipped templates and without a model."""

from __future__ import annotations

from coach.drafts.drafting import Drafts
from coach.drafts.told import DraftAnswer
from coach.events import Draft
from coach.resources import shipped
from coach.types import Message

DRAFTS = Drafts(shipped("prompts", "drafts"))


def held(*turns: str) -> tuple[list[Draft], DraftAnswer | None]:
    """Return the versions of the draft that stands after the last turn, and the last answer."""
    history: list[Message] = []
    versions: list[Draft] = []
    answer: DraftAnswer | None = None
    for text in turns:
        answer = DRAFTS.answer(text, history, None, versions)
        shown = ""
        if answer is not None:
            if answer.undone:
                versions = versions[:-1] or versions
            elif answer.draft is not None and answer.draft not in versions[-1:]:
                versions = [*versions, answer.draft]
            elif answer.called_off:
                versions = []
            shown = f"{answer.before}\n\n{answer.draft.text if answer.draft else ''}"
        history += [Message(role="user", text=text), Message(role="assistant", text=shown)]
    return versions, answer


def drafted(*turns: str) -> Draft:
    """Return the draft that stands after the last turn."""
    versions, _ = held(*turns)
    assert versions, "no draft"
    return versions[-1]
