"""Tell whether a later message of a talk may concern a draft at all: while one stands, people talk as before."""

from __future__ import annotations

from collections.abc import Sequence

from coach.acts import Act, ActReading
from coach.asks import Offer, asks_for_writing, offer_of
from coach.drafts.classifier import NONE, DraftReading
from coach.drafts.request import is_other_writing
from coach.drafts.style import told_channel
from coach.types import Message


def is_of_a_draft(
    text: str, act: ActReading, reading: DraftReading | None, history: Sequence[Message], *, standing: bool
) -> bool:
    """Whether a later message asks for a first draft, or may be about the one that stands.

    Args:
        text: The message.
        act: What it does in the talk.
        reading: What it asks of the drafts; None where nothing was embedded.
        history: What was said before it.
        standing: Whether a draft stands.
    """
    share = share_of_a_draft(act, reading, history, standing=standing)
    if not standing:
        return share >= _SURELY and not is_other_writing(text)
    asked = asks_for_writing(text) or told_channel(text) is not None
    worded = asked and act.of(Act.ASKS, Act.DECLINES, Act.RECALLS) < _OTHER
    return share >= (_HARDLY if worded else _PERHAPS)


def share_of_a_draft(
    act: ActReading, reading: DraftReading | None, history: Sequence[Message], *, standing: bool
) -> float:
    """Return how likely a later message asks for a draft or changes one: the mean of what the two classifiers say."""
    share = act.of(Act.DRAFT_NEW, Act.DRAFT_CHANGE, Act.DRAFT_OFF)
    if standing or offer_of(history[-1].text) is Offer.DRAFT:
        share += act.of(Act.AGREES)
    return share if reading is None else (share + 1.0 - reading.shares[NONE]) / 2


_SURELY = 0.5
"""Probability from which a message asks for a first draft: on unseen writers' talks 94 % of those that do have more,
and 4 % of the others."""
_PERHAPS, _HARDLY = 0.35, 0.25
"""Probability from which a message may be about the draft that stands, and the same where it has words for writing."""
_OTHER = 0.7
"""Probability from which a message with words for writing is a question or a no all the same."""
