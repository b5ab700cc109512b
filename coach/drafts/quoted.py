"""What a message quotes, apart from what the person says themselves."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"<!--.{0,4000}?(?:-->|\Z)", re.DOTALL)
"""What a pasted page or email keeps from its readers: nobody who pastes it says it."""

_PASTED = re.compile(r"[\"“][^\"“”]{30,}[\"”]|(?<!\w)[‘'](?=[A-Z])(?:[^'‘’]|(?<=\w)['’](?=\w)){30,}['’](?!\w)")


_LETTER = re.compile(
    r"(?<![\w])(?:Dear|Hi|Hello|Good (?:morning|afternoon)),? (?:(?:Mr|Mrs|Ms|Miss"
    r"|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?[,.:]?\s(?P<body>.{20,1500}?)"
    r"(?P<end>\b(?:kind(?:est)? regards|best regards|warm regards|regards|yours (?:sincerely|faithfully|truly)"
    r"|sincerely|best wishes|many thanks"
    r"|all the best|best,)[,.]?\s+(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?=\s*(?:[.,\n]|$|\s[A-Za-z])))?)",
    re.DOTALL | re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:unfortunately|regret|(?:an)?other candidates?|not (?:be )?(?:able|taking|proceed\w*|progress\w*"
    r"|success\w*|moving|shortlist\w*|selected"
    r"|offering)|unsuccessful|decided (?:to|not)|your (?:application|interest|time)|on this occasion|(?:gone"
    r"|go|going|went) with|someone who|somebody who)\b",
    re.IGNORECASE,
)
"""What a letter says that was sent to the person, and is none of their own."""


def letter_names(text: str) -> tuple[str, str]:
    """Return to whom a pasted letter of a refusal is, and who signed it; empty where it is not said."""
    for match in _LETTER.finditer(text):
        if _REFUSES.search(match["body"]):
            to = re.match(r"(?:Dear|Hi|Hello|Good \w+),? (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)\b", match.group())
            end = re.search(r"\s(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)$", match["end"].rstrip(" .,\n"))
            return to["name"] if to is not None and not re.match(r"(?:Mr|Mrs|Ms|Miss|Dr)\b", to["name"]) else "", end[
                "name"
            ] if end is not None else ""
    return "", ""


def without_letters(text: str) -> str:
    """Return a message without the letters of a refusal that it pastes, from the greeting to the name below."""

    def kept(match: re.Match[str]) -> str:
        return " " if _REFUSES.search(match["body"]) else match.group()

    return _LETTER.sub(kept, text)


def own_words(text: str) -> str:
    """Return a message without what it quotes at length: a pasted email asks for nothing."""
    return _PASTED.sub(" ", without_letters(text)).replace("’", "'")


def visible(text: str) -> str:
    """Return a message without the comments of a pasted page or email, which may hold orders of others."""
    return _HIDDEN.sub(" ", text)
