"""Whether a message only wants to be angry, and asks for nothing civil."""

from __future__ import annotations

import re

from coach.drafts.anger import takes_back
from coach.drafts.kinds import ALREADY_SENT
from coach.types import Kind, Situation

_CIVIL = re.compile(
    r"\b(?:calm\w*|polite\w*|civil\w*|professional\w*|decent\w*|dignified|gracious|formal\w*|thank\w*|apolog\w*|sorry"
    r"|withdraw|take (?:it|that) back|neutral|friendly|kind(?:ly)?|feedback)\b",
    re.IGNORECASE,
)


FURIOUS = re.compile(
    r"\b(?:clowns?|pompous|idiots?|cowards?|joke|circus|sting|hold back|let rip|rip into|finger|send button"
    r"|about to send|furious|livid|fuming|raging|rant|piece of my mind"
    r"|what i think of|tell them exactly|complain\w*|names the"
    r"|why (?:i shouldn't|not))\b",
    re.IGNORECASE,
)


def is_angry(text: str, situation: Situation | None) -> bool:
    """Whether a message wants to be angry at them, and asks for nothing civil."""
    return (
        situation is not None
        and situation.kind is Kind.ANGRY_REPLY
        and FURIOUS.search(text) is not None
        and not _CIVIL.search(text)
        and not takes_back(text)
        and not ALREADY_SENT.search(text)
    )
