"""A draft's part of a turn: what of a message is a request for one, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.acts import Act
from coach.asks import Offer, offer_of, short_cue
from coach.conversation import Conversation
from coach.cues import Cue
from coach.events import Event, HotMessage, Sentence
from coach.reply.slots import Brief
from coach.text import sentences
from coach.types import Origin, Part

if TYPE_CHECKING:
    from coach.drafts.told import DraftAnswer


def draft_request(text: str, brief: Brief, *, standing: bool) -> str:
    """Return a message as a request for a draft; "" for a short turn that is none, such as a word of thanks."""
    if standing or not brief.before:
        return text
    cue = short_cue(text)
    if (cue is Cue.YES or brief.does(Act.AGREES)) and offer_of(brief.before) is Offer.DRAFT:
        asked = "Please write the calm version." if "calm version" in brief.before else "Please write it for me."
        return asked if cue is Cue.YES else f"{asked} {text}"
    return text if cue is None else ""


def drafted(answer: DraftAnswer, conversation: Conversation) -> Iterator[Event]:
    """Show what a draft's turn is answered with, and keep the draft for the turns to come."""
    for place, text in enumerate(sentences(answer.before)):
        yield Sentence(text=text, lead=" " if place else "", origin=Origin.PHRASE, part=Part.WHOLE, decoded=False)
    yield from answer.withheld
    if answer.hot:
        yield HotMessage(text=answer.hot)
    conversation.keep_draft(answer)
    if answer.draft is not None and not answer.hot:
        yield answer.draft
