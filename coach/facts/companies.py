"""Find what a message says of the work: company, job, and how far the application went."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.facts.lexicon import (
    AGENCY,
    BUSINESS,
    NOT_NAMES,
    NOT_ROLE_WORDS,
    ROLE_HEADS,
    UNMISTAKEN,
)
from coach.facts.names import MOST_JOINED, STARTS, before, is_endless, without_long

_CAP = r"[^\W\d_a-zß-öø-ÿ]"


_WORD = rf"(?:{_CAP}[\w'’.&-]*\w|{_CAP})"


_JOINT = r"(?:[ ]|[ ]?&[ ]?|[ ](?:and|of|de|for|the|y|e|du|la)[ ])"


_SEQUENCE = rf"{STARTS}{_WORD}(?:{_JOINT}(?:{_WORD})){{0,{MOST_JOINED}}}"


@dataclass(frozen=True, kw_only=True)
class Found:
    """Words of a message that are a fact, with how surely they are, and their place."""

    value: str
    score: int
    start: int


_COMPANIES: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"\([A-Z][\w-]+(?: [A-Z][\w-]+)?, (?P<name>{_SEQUENCE})\)"), 4),
    (
        re.compile(
            rf"(?i:\b(?:company|firm|outfit|employer|business|charity|hotel|restaurant|restaurante|startup|shop"
            rf"|garage|agency|nursery|school))\s*(?:(?i:is called|was called|is|was|called|named|name is|=|:"
            rf"|,))?\s+(?P<name>{_SEQUENCE})"
        ),
        5,
    ),
    (re.compile(rf"(?i:\b(?:company|firm|employer|agency)['’]?s name(?: is|['’]s)?) (?P<name>{_SEQUENCE})"), 6),
    (re.compile(rf"(?P<name>{_SEQUENCE}) (?i:company|firm)\b"), 4),
    (
        re.compile(
            rf"(?i:\b(?:shop|garage|place|firm|company|school|cafe|café|hotel|studio|nursery|centre|yard"
            rf"|charity|bakery)\b[^.;!?\n()]{{0,40}})"
            rf"\((?P<name>{_SEQUENCE})[,)]"
        ),
        6,
    ),
    (
        re.compile(
            rf"(?P<name>{_SEQUENCE}) (?i:care home|nursing home|nursery|hospice|garage|bakery|hotel|brewery"
            rf"|distillery)\b"
        ),
        4,
    ),
    (
        re.compile(
            rf"\b(?i:mr|mrs|ms|miss|dr|prof|herr|frau|madam)\.? (?:{_CAP}[\w'’.-]* ){{1,2}}(?i:from|of) (?:the "
            rf"|our )?(?P<name>{_SEQUENCE})"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:role|job|post|position|gig|work|interview(?:ed)?|applied|apply|application|apprenticeship"
            rf"|internship|rejected|rejection|turned down|no|nurse|manager|assistant)) (?i:at|with|to|by|from) "
            rf"(?P<name>{_SEQUENCE})"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:rejected|turned down|let down|knocked back|interviewed|refused|declined) by) "
            rf"(?P<name>{_SEQUENCE})"
        ),
        5,
    ),
    (re.compile(rf"(?i:\b(?:at|@)) (?:the )?(?P<name>{_SEQUENCE})"), 4),
    (
        re.compile(
            rf"(?i:\bwrite (?:back )?to) (?P<name>{_WORD} (?:&|and) (?:Sons?|Daughters?|Co|Partners|Brothers)\b)"
        ),
        7,
    ),
    (re.compile(r"(?i:\bwrite (?:back )?to) (?P<name>[A-Z][A-Z&]{1,6})(?=[ ,.;]|$)"), 5),
    (
        re.compile(
            rf"(?<![\w'’]) ?(?P<name>{_SEQUENCE}) (?i:(?:just )?(?:rejected|turned me down|said no|passed on|did"
            rf"(?:n't|n’t| not)|have turned|has turned|chose|went with|had me|hired|declined|refused|knocked"
            rf"|interviewed me|picked|doesn't|don't want|replied|ghosted|wants? me|offered"
            rf"|(?:have|has) (?:just )?(?:put|advertised|readvertised|re-advertised|reposted|refused|reopened)))\b"
        ),
        3,
    ),
    (re.compile(rf"(?i:\bfor|with|from|in|to|by) (?P<name>{_SEQUENCE})"), 1),
)


_SUFFIXED = re.compile(_SEQUENCE)


_LOW = re.compile(rf"\b(?:at|from|with|for|to) (?P<name>(?:[a-z]+ ){{1,2}}(?:{'|'.join(sorted(UNMISTAKEN))}))\b")


def company(text: str, persons: frozenset[str], own: str = "") -> Found | None:
    """Return the employer that a message names; None where no name is sure.

    Args:
        text: The message.
        persons: Names of people, which are no companies.
        own: The name of the one who writes.
    """
    text = without_long(text)
    best: Found | None = None
    end = 0
    for match in _SUFFIXED.finditer(text):
        gap, end = text[end : match.start()], match.end()
        if is_endless(match.group()) or re.fullmatch(_JOINT, gap):
            continue
        if _ELSEWHERE.search(re.sub(r"\bcompany,? $", "", before(text, match.start()))):
            continue
        found = _company(match.group(), 5, match.start(), persons, own, suffix=True)
        best = better(best, found)
    for pattern, score in _COMPANIES:
        for match in pattern.finditer(text):
            if is_endless(match["name"]) or any(
                _ELSEWHERE.search(before(text, match.start(group))) for group in ("name", 0)
            ):
                continue
            best = better(best, _company(match["name"], score, match.start("name"), persons, own))
    if best is None and text == text.lower() and (low := _LOW.search(text)):
        words = low["name"].split()
        if not any(word in NOT_NAMES or word in NOT_ROLE_WORDS for word in words):
            best = Found(value=low["name"].title(), score=3, start=low.start("name"))
    return best if best is not None and best.score >= _ENOUGH else None


_ENOUGH = 3
_SAID_TO_BE = 5
"""Score of a name that is called a company's; one that is only written large has less."""


_ELSEWHERE = re.compile(
    r"(?:\b(?:moving|moved|moves|now works|now working|is now) (?:\w+ ){0,4}$)|(?:\b(?:friend|cousin|contact"
    r"|colleague|mate|brother|sister|boss)(?: is| works| now)? (?:at|in)(?: the)? $)"
    r"|(?:\b(?:manager|boss|owner|lady|guy) (?:at|of|in) the \w+ (?:is|was) $)|(?:\bgot \d+ \w+ at $)|"
    r"(?:\blast job at $)|(?:\bi(?:'ve| have)? (?:done (?:this|it|that)|did (?:this|it|that)|worked|been"
    r"|been working|trained|sewn?|sew)(?: \w+)? (?:at|for|with|in)(?: the)? $)|(?:\b(?:live(?! coding)|living"
    r"|lives|based"
    r"|stay|staying|born|moved|reside|residing|home|house|flat)\b[^.;!?\n]{0,20}(?:at|in|near)(?: the)? $)"
    r"|(?:\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|some) (?:months?|years?"
    r"|yrs?|weeks?"
    r"|seasons?|summers?|winters?)(?: \w+)? (?:at|with|for|in)(?: the)? $)",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Whether a company's name is that of a staffing agency."""
    low = name.lower()
    return low in _KNOWN_AGENCIES or any(word.strip(".,") in AGENCY for word in low.split())


_KNOWN_AGENCIES = frozenset(
    [
        *("adecco", "blue arrow", "brook street", "hays", "hudson", "kelly services", "manpowergroup", "michael page"),
        *("morgan mckinley", "office angels", "page personnel", "pertemps", "randstad", "reed", "robert half"),
        *("robert walters", "search consultancy", "spring professional", "tempo-team"),
    ]
)


def better(one: Found | None, other: Found | None) -> Found | None:
    """Return the surer of two, the first of equals."""
    if one is None or other is None:
        return one or other
    return other if other.score > one.score else one


_OWN_POSSESSIVE = re.compile(r"(?:St|Saint)\.? [\w-]+['’]s$")
"""A name that ends so of itself."""
_HALVES = frozenset({"met", "post", "home", "foreign", "head"})
"""Words that are the first of a name where a second follows: the Met Office."""
_NUMBERS = frozenset(["Mar", "Sol", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"])
_GENERIC = frozenset(
    [
        "county council",
        "bank po",
        "recruitment panel",
        "early careers",
        "early careers team",
        "talent team",
        "power bi",
        "human resources",
        "customer support",
        "head office",
        "the company",
        "my company",
        "aged care",
        "health care",
        "youth services",
        "social services",
        "customer services",
        "customer service",
    ]
)


def _company(
    words: str, score: int, start: int, persons: frozenset[str], own: str, *, suffix: bool = False
) -> Found | None:
    parts = words.strip(" .,'’").split()
    dropped = 0
    while parts and (parts[0].lower().strip(".'") in NOT_NAMES) and parts[0].lower() != "the":
        if (
            len(parts) == 2
            and parts[0][0].isupper()
            and parts[1].lower() in BUSINESS
            and parts[1][0].isupper()
            and parts[0].lower() in _HALVES
        ):
            break
        dropped += len(parts.pop(0)) + 1
    while (
        parts
        and not (len(parts) > 1 and parts[-1] in _NUMBERS)
        and parts[-1].lower().strip(".'’") in (NOT_NAMES - BUSINESS) | {"and", "of", "for", "the", "&"}
    ):
        parts.pop()
    for cut, word in enumerate(parts):
        if cut and word.endswith(".") and len(word) > 3:
            parts = [*parts[:cut], word[:-1]]
            break
    if parts and parts[0].lower() == "the" and len(parts) == 1:
        return None
    name = " ".join(parts)
    name = name if _OWN_POSSESSIVE.match(name) else re.sub(r"(?:'s|’s)$", "", name)
    if re.search(r"n['’]t\b", name):
        return None
    low = name.lower()
    if not parts or low in _GENERIC or low == own.lower() or len(name) < 3 or len(parts) > 6:
        return None
    bare = low.split()
    ends = bare[-1].strip(".,") in BUSINESS or (
        bare[0] in ("hotel", "café", "cafe", "restaurant", "bank", "st") and len(bare) > 1
    )
    if (len(bare) == 1 or (len(bare) == 2 and bare[0] == "the")) and bare[-1] in BUSINESS:
        return None
    if len(bare) == 1 and name.isupper() and score < _SAID_TO_BE:
        return None
    if suffix and (not ends or len(bare) < 2):
        return None
    if any(low == person or low in person.split() or person in low for person in persons):
        return None
    if bare[-1] in ROLE_HEADS and not ends:
        return None
    return Found(value=name, score=score + (2 if ends else 0) + (1 if len(bare) > 1 else 0), start=start + dropped)
