"""Turn a person's sentence from "I" to "you", token by token, with the verbs that go with it."""

from __future__ import annotations

import re
from collections.abc import Sequence


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


PERSON = "YOU"
"""The person as the one who acts, from "I" or "we"; "you" is the person from "me" or "us"."""

GENERIC = "~"
"""Before a "you" or "your" that the message itself uses: it is not the person, or not surely."""

ANY_PERSON = word_set("i i'm i've i'd i'll im ive me my mine myself we we're we've we'd we'll us our ours ourselves")
"""First-person words, in lower case. A sentence of the coach that has one speaks as the person."""

_TOKEN = re.compile(
    r"[£$€]?[^\W_]+(?:(?:['.,/&-]|(?<=\d):(?=\d))[^\W_]+)*(?:%|\+|(?<=s)'(?=\s))?|[,;:()\[\]|–—…]|\.{2,}|-+(?=\s)|[/\"&+]"
)
_MARK = re.compile(r"\W+")
_ALONE = {
    "i": PERSON,
    "we": PERSON,
    "i'm": f"{PERSON} are",
    "im": f"{PERSON} are",
    "we're": f"{PERSON} are",
    "i've": f"{PERSON} have",
    "ive": f"{PERSON} have",
    "we've": f"{PERSON} have",
    "i'd": f"{PERSON}'d",
    "we'd": f"{PERSON}'d",
    "i'll": f"{PERSON} will",
    "we'll": f"{PERSON} will",
    "me": "you",
    "us": "you",
    "my": "your",
    "our": "your",
    "mine": "yours",
    "ours": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
}
_GENERIC = word_set("you your yours yourself u ur you're you've you'd you'll ya ye")
_COUNTRIES = frozenset({"US"})
_AGREE = {"was": "were", "am": "are", "wasn't": "weren't", "wasnt": "weren't"}
_BETWEEN = word_set("just so really actually very literally also still even never only already once then")
_JOINING = frozenset({"and", "but", "or"})
_OTHERS = word_set("they he she it who which that there this")
_LONG = {
    "you're": "you are",
    "you've": "you have",
    "you'll": "you will",
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "won't": "will not",
    "wont": "will not",
    "they're": "they are",
    "they've": "they have",
    "it's": "it is",
}
_NOT = re.compile(r"(did|do|does|was|were|is|are|have|has|had|could|would|should|need|must)n'?t", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """Split a sentence into words, with their numbers, currency and case intact, and inner punctuation marks."""
    return _TOKEN.findall(text.replace("’", "'").replace("‘", "'"))


def is_mark(token: str) -> bool:
    """Whether a token is punctuation."""
    return _MARK.fullmatch(token) is not None


def turned(source: Sequence[str]) -> list[str]:
    """Return a sentence's tokens spoken to the person who said them; see ``PERSON`` and ``GENERIC``."""
    out: list[str] = []
    acts = False
    for token in source:
        word = token.lower()
        if word in _GENERIC:
            out.append(GENERIC + word)
        elif word in _ALONE and token not in _COUNTRIES:
            out += _ALONE[word].split()
            acts = acts or out[-1].startswith(PERSON) or PERSON in out[-2:]
        elif word in _AGREE:
            out.append(_AGREE[word] if _goes_with_person(out, acts) else token)
        else:
            acts = acts and word not in _OTHERS
            out.append(token)
    return out


def _goes_with_person(before: Sequence[str], acts: bool) -> bool:
    """Whether a verb after these tokens belongs to the person."""
    last = next((token for token in reversed(before) if token.lower() not in _BETWEEN), "")
    return last == PERSON or (acts and last.lower() in _JOINING)


def expanded(source: Sequence[str]) -> list[str]:
    """Return tokens in lower case with contractions written out; ``PERSON`` keeps its case."""
    out: list[str] = []
    for token in source:
        word = token if token.startswith(PERSON) else token.lower()
        negated = _NOT.fullmatch(word)
        out += f"{negated[1]} not".split() if negated else _LONG.get(word, word).split()
    return out
