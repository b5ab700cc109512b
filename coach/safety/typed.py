"""Looks at what is typed outside a conversation: notes, facts put right, drafts edited by hand, comments.

There no question can be answered, so the fixed text asks none: it names the concern and says where help is.
"""

from __future__ import annotations

from collections.abc import Callable

from coach.events import SafetyReply
from coach.safety.gate import Gate
from coach.safety.levels import GRAVITY
from coach.safety.replies import SafetyReplies
from coach.text import clean
from coach.types import Level, Vectors

_SHORT = 60
"""Words up to which a text is read like a message. In a longer one a single wrong guess would speak for the whole."""


class Look:
    """The gate and its fixed texts, for anything that is typed.

    Args:
        gate: Finds risk.
        replies: The fixed texts.
    """

    def __init__(self, gate: Gate, replies: SafetyReplies) -> None:
        self.gate = gate
        self.replies = replies

    def typed(self, text: str, embed: Callable[[str], Vectors | None]) -> SafetyReply | None:
        """Return fixed text with help where what is typed is at a level that stops coaching, else None.

        Args:
            text: As it was typed, of any length.
            embed: Returns a text's vectors, or None while there are none; then the rules decide alone.
        """
        text = clean(text)
        short = len(text.split()) <= _SHORT
        parts = [text] if short else text.split("\n\n")
        gravest = max((self._level(part, embed, short=short) for part in parts), key=GRAVITY.index)
        if not gravest.stops_coaching:
            return None
        return SafetyReply(level=gravest, text=self.replies.typed(gravest))

    def _level(self, text: str, embed: Callable[[str], Vectors | None], *, short: bool) -> Level:
        """In a long text, the classifier is asked only where a rule has spoken."""
        level = self.gate.check(text, (), None).level
        if text and (short or level.stops_coaching) and (vectors := embed(text)) is not None:
            level = self.gate.check(text, (), vectors).level
        return level
