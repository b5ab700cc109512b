"""What a message quotes, apart from what the person says themselves."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"<!--.{0,4000}?(?:-->|\Z)", re.DOTALL)
"""What a pasted page or email keeps from its readers: nobody who pastes it says it."""

_PASTED = re.compile(r"[\"“][^\"“”]{30,}[\"”]|(?<!\w)[‘'](?=[A-Z])(?:[^'‘’]|(?<=\w)['’](?=\w)){30,}['’](?!\w)")


def own_words(text: str) -> str:
    """Return a message without what it quotes at length: a pasted email asks for nothing."""
    return _PASTED.sub(" ", text).replace("’", "'")


def visible(text: str) -> str:
    """Return a message without the comments of a pasted page or email, which may hold orders of others."""
    return _HIDDEN.sub(" ", text)
