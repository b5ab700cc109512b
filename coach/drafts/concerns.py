"""Tell whether a later message of a talk may concern a draft at all: while one stands, people talk as before."""

from __future__ import annotations

from collections.abc import Sequence

from coach.acts import Act, ActReading
from coach.asks import Offer, asks_for_writing, offer_of
from coach.drafts.style import told_channel
from coach.types import Message


def may_be_of_a_draft(text: str, act: ActReading, history: Sequence[Message], *, standing: bool) -> bool:
    """Whether a later message may ask for a draft or for a change of one, by what it does in the talk."""
    share = act.of(Act.DRAFT_NEW, Act.DRAFT_CHANGE, Act.DRAFT_OFF)
    if standing or offer_of(history[-1].text) is Offer.DRAFT:
        share += act.of(Act.AGREES)
    asked = asks_for_writing(text) or (standing and told_channel(text) is not None)
    if asked and act.of(Act.ASKS, Act.DECLINES, Act.RECALLS) < _OTHER:
        return True
    return share >= (_HARDLY if standing else _PERHAPS)


_HARDLY, _PERHAPS = 0.2, 0.3
"""Probabilities from which a later message may be about the draft that stands, and may ask for a first one."""
_OTHER = 0.7
"""Probability from which a message with words for writing is a question or a no all the same."""
