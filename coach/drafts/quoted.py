"""What a message quotes, apart from what the person says themselves."""

from __future__ import annotations

import re

_PASTED = re.compile(r"[\"“][^\"“”]{30,}[\"”]|(?<!\w)[‘'](?=[A-Z])(?:[^'‘’]|(?<=\w)['’](?=\w)){30,}['’](?!\w)")


def own_words(text: str) -> str:
    """Return a message without what it quotes at length: a pasted email asks for nothing."""
    return _PASTED.sub(" ", text).replace("’", "'")
