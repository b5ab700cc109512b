"""Tell whether a later message of a talk may concern a draft at all: while one stands, people talk as before."""

from __future__ import annotations

from collections.abc import Sequence

from coach.acts import Act, ActReading
from coach.asks import Offer, asks_for_writing, offer_of
from coach.drafts.classifier import NONE, DraftReading
from coach.drafts.style import told_channel
from coach.types import Message


def share_of_a_draft(
    act: ActReading, reading: DraftReading | None, history: Sequence[Message], *, standing: bool
) -> float:
    """Return how likely a later message asks for a draft or changes one: the mean of what the two classifiers say."""
    share = act.of(Act.DRAFT_NEW, Act.DRAFT_CHANGE, Act.DRAFT_OFF)
    if standing or offer_of(history[-1].text) is Offer.DRAFT:
        share += act.of(Act.AGREES)
    return share if reading is None else (share + 1.0 - reading.shares[NONE]) / 2


def may_be_of_a_draft(text: str, act: ActReading, share: float, *, standing: bool) -> bool:
    """Whether a later message may ask for a draft or for a change of one.

    Args:
        text: The message.
        act: What it does in the talk.
        share: What ``share_of_a_draft`` returned.
        standing: Whether a draft stands.
    """
    asked = asks_for_writing(text) or (standing and told_channel(text) is not None)
    if asked and act.of(Act.ASKS, Act.DECLINES, Act.RECALLS) < _OTHER and share >= _HARDLY:
        return True
    return share >= _PERHAPS


SURELY_DUE = 0.5
"""Probability from which a later message asks for a first draft: on unseen writers' talks 94 % of those that do have
more, and 4 % of the others."""
_PERHAPS = 0.35
"""Probability from which a later message may ask for a draft or change the one that stands."""
_HARDLY = 0.25
"""The same where it has words for writing."""
_OTHER = 0.7
"""Probability from which a message with words for writing is a question or a no all the same."""
