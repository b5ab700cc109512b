"""Reads how a message answers the question of a safety reply: yes, no, unclear, a joke or angry.

A direct no ends a level, so it has to be one: "just kidding", "not really", "no, but" and
"no idea" are not. Words of other languages count, too. The wording is in ``wording/answers.toml``.
"""

from __future__ import annotations

import re

from coach.safety.benign import without_idioms
from coach.safety.plain import plain
from coach.safety.wording import read_wording
from coach.types import Answer

_SAID = read_wording("answers")
_OPENING = 200
"""Characters in which a yes or a no is looked for."""


def read_answer(text: str) -> Answer:
    """Return how a message answers the question of a safety reply."""
    words = without_idioms(plain(text))
    opening = words[:_OPENING]
    says_no = bool(_SAID["direct_no"].search(opening))
    if _SAID["not_safe"].search(words):
        return Answer.YES
    safe = _SAID["safe"].search(words) is not None
    if _SAID["yes"].search(opening) and not says_no and not safe:
        return Answer.YES
    is_no = says_no and not _SAID["not_a_no"].search(opening)
    if (is_no or safe or _SAID["said_out"].search(words)) and not _SAID["hedge"].search(words):
        return Answer.NO
    if _SAID["angry"].search(words):
        return Answer.ANGRY
    if _SAID["joke"].search(words):
        return Answer.JOKE
    if _SAID["unsure"].search(words) or _SAID["hedge"].search(words) or not re.search(r"\w", words):
        return Answer.UNCLEAR
    return Answer.NONE


def says_safe(text: str) -> bool:
    """Whether a message says in words that there is no danger; a bare no does not."""
    words = without_idioms(plain(text))
    return any(_SAID[name].search(words) for name in ("safe", "said_out"))
