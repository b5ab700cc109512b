"""What a name looks like, and what only looks like one."""

from __future__ import annotations

import re

from coach.facts.lexicon import BUSINESS, NOT_NAMES, ROLE_HEADS, TITLES, word_set

CAP = r"[^\W\d_a-zß-öø-ÿ]"


STARTS = r"(?<!\w)(?<!\w['’-])"
"""Where a name begins: not within a word."""


MOST_JOINED = 8
"""Words that may follow the first of a name. More are no name; without a bound, a text in capitals is read again and
again from each of its words."""


WORD = rf"{CAP}(?:[\w'’-]*\w)?"


NAME = rf"{STARTS}{WORD}(?:[ ](?:{WORD}|{CAP}\.|(?:de|van|von|der|den|bin|al|da|dos|ter)\b)){{0,{MOST_JOINED}}}"


TITLED = (
    rf"(?i:\b{TITLES})\.?[ ](?:(?i:dr|prof)\.?[ ])?(?:(?:van|von|de|der|den|da|di|la|le|al|el|bin|ter)[ ]){{0,2}}{NAME}"
)


TITLED_LOW = (
    r"\b(?:(?:mr|mrs|ms|miss|dr|prof|professor)\.?[ ][a-z][\w'-]+"
    # Words that are no title alone: "sister moyo on ward 7" and "coach amara said", not "sister wants".
    r"|(?:sister|coach|chef|father|matron|pastor|captain)[ ][a-z]{3,12}"
    r"(?=,? (?:at|on|from|in|of|said|wrote|told|rang|who|runs|chose|turned)\b))"
)


ANY = rf"(?:{TITLED}|{NAME})"


TITLE_WORD = re.compile(rf"{TITLES}\.?$", re.IGNORECASE)


SALUTATION = re.compile(
    r"\b(?:sir|madam|mam|ma'am|sister|matron|chef|captain|dean|lady|judge|lord|super|coach|father|pastor)$", re.I
)


_LONG = re.compile(r"\S{61,}")


def without_long(text: str) -> str:
    """Return a text of the same length in which what is too long for a name or a word is no letter any more."""
    return _LONG.sub(lambda match: "·" * len(match.group()), text)


_BEFORE = 200
"""Characters before a name that can tell whose name it is."""


def before(text: str, place: int) -> str:
    """Return what stands right before a place in a text."""
    return text[max(0, place - _BEFORE) : place]


def is_endless(name: str) -> bool:
    """Whether words are as many as are read at once, so that they are part of a longer row of capitals, and no name."""
    return name.count(" ") >= MOST_JOINED


def tidy(name: str) -> str:
    """Return a name without what the pattern took too much."""
    words = name.strip(" '’\"“”,").split()
    while len(words) > 1 and words[0].lower() in NOT_NAMES and not TITLE_WORD.fullmatch(words[0]):
        words.pop(0)
    while words and words[-1].lower().rstrip(".") in NOT_NAMES - {"x"}:
        words.pop()
    while len(words) > 1 and (words[-1].lower().rstrip("s") in ROLE_HEADS or words[-1].lower() in ("post", "role")):
        return ""
    kept: list[str] = []
    for word in words:
        if kept and word.lower() in NOT_NAMES and not TITLE_WORD.fullmatch(kept[-1]):
            break
        kept.append(word)
    found = " ".join(kept)
    found = re.sub(r"(?:'s|’s)$", "", found)
    return found[:-1] if found.endswith(".") and len(found.split()[-1]) > 2 else found


def is_name(name: str, *, low: bool) -> bool:
    """Whether words can be the name of a person; with ``low`` also without capital letters."""
    if not name or len(name) > 40 or re.search(r"['’](?:d|ve|ll|re|m)\b", name):
        return False
    words = name.split()
    bare = [word.lower().strip(".") for word in words]
    if TITLE_WORD.fullmatch(words[0]) and len(words) > 1:
        bare = bare[1:]
    if any(word in NOT_NAMES and len(word) > 1 for word in bare) or len(words) > 4:
        return False
    if (
        bare[0] in ROLE_HEADS
        or bare[-1] in ROLE_HEADS
        or (len(bare[0]) < 2 and len(bare) == 1 and len(words) == 1 and not low)
    ):
        return False
    if any("n't" in word or word.endswith("'s") or word.lower() in _POSITION_WORDS for word in words[:-1] or words):
        return False
    if "n't" in words[-1] or (len(words) == 1 and (TITLE_WORD.fullmatch(words[0]) or bare[0] in _POSITION_WORDS)):
        return False
    if any(word.isupper() and len(word) > 2 for word in words):
        return False
    return low or not name.islower()


def is_company(name: str) -> bool:
    """Whether a name ends as names of companies do."""
    return name.lower().split()[-1].strip(".") in BUSINESS


_POSITION_WORDS = word_set(
    "contact owner manager head chair boss chief recruiter editor agent lead director supervisor partner "
    "founder interviewer principal consultant panel hr"
)
