"""Find what a message may put right: "X, not Y", "change Y to X", "you wrote Y, I said X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.drafts.values import DATE, NUMBER
from coach.facts.lexicon import word_set

_W = r"[\"“‘']?[\w£$€@][\w'’&./:-]*[\"”’]?"
_START = r"(?<!\w)(?<!\w['’&./:-])"
_WORDS = rf"{_W}(?: {_W}){{0,4}}?"
_LEAD = r"(?:(?:the|an?|in|on|at|to|for|that) )*"
_IT_IS = (
    r"(?:but |rather |it'?s |its |it is |it was |he'?s |she'?s |his name is |her name is |make it |say |to |for |at )"
)
_END = r"(?=\s*(?:[.,;:!?)\n]|$| please| pls| sorry| and | but | as | because | cos | since | that'?s | i ))"

_PAIRS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bnot (?P<old>[\"“‘][^\"”’]+[\"”’]),? (?:but )?(?P<new>[\"“‘][^\"”’]+[\"”’])",
        rf"{_START}(?P<new>{_W}(?: {_W}){{0,6}}?),? (?:(?:and )?(?:not|rather than|instead of"
        rf"|in place of)|(?:(?:would be|is|suits me|works) )?better than) {_LEAD}(?P<old>{_WORDS}){_END}",
        rf"\b(?:not|isn'?t|aint|ain'?t|wasn'?t|never (?:said|wrote|told you)|don'?t (?:say|write|put|call (?:her|him|it"
        rf"|me)))\s+{_LEAD}(?P<old>{_WORDS})(?: actually| though"
        rf"| sorry)?\s*[,.;:–-]?\s*(?:just )?{_IT_IS}+{_LEAD}(?P<new>{_WORDS}){_END}",
        rf"\bwhere it says (?P<old>{_WORDS}),? (?:it should (?:say|be|read)|put|say|write"
        rf"|make it) (?P<new>{_WORDS}){_END}",
        rf"(?:^|[.!?\n]\s*|\b(?:no|sorry|wait|oh),? )not (?P<old>{_WORDS}), (?P<new>{_WORDS}){_END}",
        rf"\b(?:change|swap|replace|correct) {_LEAD}(?P<old>{_WORDS}) (?:to|with|for|into"
        rf"|by) {_LEAD}(?P<new>{_WORDS}){_END}",
        rf"{_START}(?P<old>{_W}(?: {_W}){{0,3}}) (?:should be|must be|needs to be|ought to be"
        rf"|is wrong,? it'?s) {_LEAD}(?P<new>{_WORDS}){_END}",
        rf"\bi (?:asked for|said|meant|told you|wrote|have) {_LEAD}(?P<new>{_WORDS})\s*[.,;]\s*(?:and |but )?you "
        rf"(?:wrote|put|said|made it|have) {_LEAD}(?P<old>{_WORDS}){_END}",
        r"\b(?:instead of|in place of) [\"“'‘]?(?P<old>[^\"”'’\n]{2,40}?)[\"”'’]?,? (?:write|say|put|use|have|make it)"
        r" [\"“'‘]?(?P<new>[^\"”'’\n.,;]{2,60}?)[\"”'’]?(?=\s*[.,;!?]|\s*$)",
        rf"\byou(?:'ve| have)? (?:wrote|written|put|got|said|have) {_LEAD}(?P<old>{_WORDS})\s*[.,;]\s*(?:but |and )?"
        rf"(?:it'?s|its|it was|i said|i meant|it should be|i'?m) {_LEAD}(?P<new>{_WORDS}){_END}",
        rf"\bmake (?:the|my|that) (?P<old>{_WORDS}) (?P<new>[£$€]?\d[\w,.]*)(?=\s*(?:[,;!?]|\.(?!\d)|$))",
    )
)
_AUXILIARY = re.compile(
    r"(?:^|\s)(?:do|does|did|is|are|was|were|am|have|has|had|would|could|should|can|will|must|may|might|i'?m|im|he's"
    r"|she's|they're|why|if|or|so|of course|please|pls|just|maybe|probably|certainly|he|she|they|i|its|it's|it|but"
    r"|and|course)$",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"^.*\b(?:is|was|called|it'?s|its|to|at|for|in|on|says?|said|be|make|that|the|an?|meant|mean|actually|sorry|no"
    r"|with"
    r"|he'?s|she'?s|from|by|am|only|send|wait|put)\b[,:]? ",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[,]?\s+(?:please|pls|plz|sorry|thanks|ok|okay|though|actually|really|now|obviously|instead)$", re.IGNORECASE
)
EMPTY = word_set(
    "the a an i you he she it they my your his her their to of at in on for and or one that this is was be me us him as"
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Words of a draft that are wrong, those that are right, and where the wrong ones stand in the message."""

    old: str
    new: str
    span: tuple[int, int]


_CLEFT = re.compile(
    rf"\bit(?:'s| is| was) (?P<new>{_WORDS}) (?:i mean(?:t)?|(?:that|who"
    rf"|which) [^,.;!?\n]{{2,40}}?),? (?:and )?not (?P<old>{_WORDS}){_END}",
    re.IGNORECASE,
)
"""The shape "it is CS1 that I passed, not CM1"."""


def pairs(text: str) -> Iterator[Pair]:
    """Return what a message may put right; whether it does is told by the draft."""
    if (cleft := _CLEFT.search(text)) is not None:
        yield Pair(old=_bare(cleft["old"]), new=_bare(cleft["new"]), span=cleft.span())
        text = f"{text[: cleft.start()]}{' ' * len(cleft.group())}{text[cleft.end() :]}"
    for place, pattern in enumerate(_PAIRS):
        for match in pattern.finditer(text):
            old, new = _bare(match["old"]), _bare(match["new"])
            if place == _NOT_AFTER:
                new = re.sub(r"^(?P<day>\w+) (?:it|the \w+|that) (?:was|is)$", r"\g<day>", new)
                if _AUXILIARY.search(new):
                    continue
                new = _bare(_told(new, old))
                if NUMBER.match(new) and not any(NUMBER.match(word) for word in old.split()):
                    continue
            new = _WHEN.sub(lambda day: day.group().capitalize(), new)
            if re.match(r"no (?:reason|excuse|need|point)\b|nothing\b", new, re.IGNORECASE):
                continue
            if old and new and old.lower() != new.lower() and new.lower() not in _FILLERS:
                # "X, not Y" leaves X to be read; a whole "not Y, say X" is dealt with.
                yield Pair(old=old, new=new, span=match.span("old") if place == _NOT_AFTER else match.span())


_WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september"
    r"|october|november"
    r"|december)\b"
)
_FILLERS = word_set("fact in general case sorry please pls thanks actually oops lol haha ok okay yes no wait though")
_NOT_AFTER = 1
"""The shape "X, not Y", where much that is no part of X may stand before it."""


def _bare(phrase: str) -> str:
    return _AFTER.sub("", phrase.strip(" ,.;:")).strip("\"“”‘’' ")


def _told(new: str, old: str) -> str:
    """Return the end of a phrase that stands for the old words: from the word that both begin with, or a lead."""
    said, first = new.split(), old.split(maxsplit=1)[0].lower()
    if NUMBER.match(first):
        # "two days a week, not three": the number stands for the number.
        numbers = [at for at, word in enumerate(said) if NUMBER.match(word)]
        alike = [at for at in numbers if said[at][0].isdigit() == first[0].isdigit()]
        place = next(iter(alike or numbers), None)
        if place is not None and (date := DATE.match(" ".join(said[place:]))) is not None:
            return date.group()
        if place is not None:
            return " ".join(said[place : place + len(old.split())]) if len(old.split()) == 1 else " ".join(said[place:])
    if re.match(r"[A-Z][\w-]+ (?:to|and|or) [A-Z][\w-]+$", new):
        return new
    low = [word.lower() for word in said]
    if first in low and first not in EMPTY:
        return " ".join(said[low.index(first) :])
    cut = re.sub(r"^(?:and|but|also) ", "", _INTO.sub("", new), flags=re.IGNORECASE)
    return cut or new
