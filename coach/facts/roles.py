"""Find the job that a message is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from coach.facts.companies import Found, better
from coach.facts.job_mentions import BARE_POST, HEAD, NO_FOR, NO_ROLE, NOT_GOT, PLACED, RANK, SAID_ROLE
from coach.facts.lexicon import (
    BUSINESS,
    NOT_ROLE_WORDS,
    POSITIONS,
    ROLE_HEADS,
    ROLE_IS_PLACE,
    word_set,
)


def role(text: str) -> Found | None:
    """Return the job that a message is about, in its words; None where none is sure."""
    best: Found | None = None
    for pattern, score in ((SAID_ROLE, 6), (PLACED, 6), (BARE_POST, 5)):
        for match in pattern.finditer(text):
            value = _clean_role(match["role"])
            if pattern is not SAID_ROLE and len(value.split()) == 1 and not _is_job(value):
                continue
            if match.groupdict().get("noun", "").lower() == "thing" and not (value and _is_job(value.split()[-1])):
                continue
            if value and not _PERSON_AFTER.match(text, match.end()):
                best = better(best, Found(value=value, score=score, start=match.start("role")))
    for match in NO_FOR.finditer(text):
        value = _clean_role(match["role"])
        if value and not re.search(
            r"\b(?:it|work|\w+ing|weeks|months|years|feedback|reason|now)\b", value, re.IGNORECASE
        ):
            best = better(best, Found(value=value, score=3, start=match.start("role")))
    for match in NOT_GOT.finditer(text):
        value = _clean_role(match["role"])
        if value and (_is_job(value.split()[-1]) or RANK.match(value)):
            best = better(best, Found(value=value, score=3, start=match.start("role")))
    for match in HEAD.finditer(text):
        best = better(best, _headed(text, match))
    return best


_PERSON_AFTER = re.compile(
    r"\s*(?:'s|’s)?\s*(?:=|:|\(\s*[A-Z]|,?\s+(?:is|was|called|named|who|said|told|wrote|rang|emailed|interviewed"
    r"|replied|there\b|she|he)\b"
    r"|,?\s+(?:Mr|Mrs|Ms|Dr|Prof)\b|\s+name\b|,?\s+[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?\s*(?:[,.(]|said|told|rang|was"
    r"|is|wrote|$))"
)


_OPENS = re.compile(r"(?:^|[.,;!?(\n:]\s*)$")


_POSITION = re.compile(rf"{POSITIONS}$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The name of a job with what stands around it.

    ``opens`` says that a clause begins with it; ``left`` is in lower case.
    """

    value: str
    head: str
    left: str
    right: str
    before: str
    opens: bool


def _headed(text: str, match: re.Match[str]) -> Found | None:
    before = match["before"].split()
    kept = list(takewhile(_belongs, reversed(before)))[::-1]
    start = match.start("head") - sum(len(word) + 1 for word in kept)
    left = text[max(0, start - 40) : start].lower()
    left = re.sub(r"(?:permanent|perm|full[- ]?time|paid|second|new|part[- ]time) $", "", left)
    skipped = {word.lower() for word in before[: len(before) - len(kept)]}
    opens = bool(_OPENS.search(left)) or (
        skipped <= _KINDS_OF_JOBS and bool(_OPENS.search(text[max(0, match.start() - 3) : match.start()]))
    )
    head = match["head"].strip()
    after = _field(match["head"], match["after"])
    value = _clean_role(" ".join([*kept, head]) + after)
    if not value:
        return None
    place = _Place(
        value=value,
        head=match["head"].lower(),
        left=left,
        right=text[match.end("head") + len(after) :],
        before=text[max(0, start - 30) : start],
        opens=opens,
    )
    score = 0 if _is_no_job(place) else _score(place)
    return Found(value=value, score=score, start=start) if score >= _ENOUGH else None


_ENOUGH = 3
_KINDS_OF_JOBS = word_set("full time full-time permanent perm part-time second")


def _belongs(word: str) -> bool:
    bare = word.lower().strip("'’.")
    return bare not in NOT_ROLE_WORDS and bare not in _NEVER and not bare.isdigit()


_WITH_FIELD = word_set(
    "lecturer lectureship director manager curator studentship apprenticeship professor prof head vp lead editor"
)
"""Jobs whose field is said after them: "head of sales"."""


def _field(head: str, after: str) -> str:
    """Return what belongs to the name of a job of all that follows it."""
    words = head.lower().split()
    if words[-1] not in _WITH_FIELD or (len(words) > 1 and words[-1] not in _FIELD_WHATEVER_BEFORE):
        bracket = re.match(r"(?: \([\w -]{2,20}\))?", after)
        after = bracket.group() if bracket else ""
    is_position = _POSITION.search(head.strip()) and not head.lower().startswith("lectur")
    if (after.startswith(" (") and is_position) or _NO_FIELD.match(after):
        return ""
    return re.split(r" (?:at|with|on|for|and|who|they|i|was|is|said)\b", after, maxsplit=1, flags=re.IGNORECASE)[0]


_FIELD_WHATEVER_BEFORE = word_set("curator prof professor director head")
_NO_FIELD = re.compile(r" \((?:\w+ )*(?:manager|boss|hr|she|he|the|i|my|company|\d+)\b", re.IGNORECASE)


def _is_no_job(place: _Place) -> bool:
    """Whether it is somebody's signature or title."""
    signed = re.search(r"(?:regards|sincerely|wishes|faithfully)[,.]?\s+[^.\n]{0,40}$", place.left)
    titled = re.match(r"(?:prof|professor|dean)$", place.head) and re.match(r"\.? [A-Z]", place.right)
    return bool(signed or titled)


_ENDS = r"\s*(?:[.,;!?)\n]|$"
_BEFORE: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), score)
    for pattern, score in (
        (r"\b(?:(?:interview|job|vacancy) of|(?:post|position|role)(?: of)?)(?: the| an?)? $", 3),
        (r"\b(?:for|as|become|becoming|be)(?: (?:the|an?|their|their new))? $", 3),
        (
            r"\b(?:applied|apply|application|interview(?:ed)?|rejected|turned down|turned me down|trial|refused me) "
            r"(?:\w+ ){0,3}(?:for|as|on|4)(?: (?:the|an?|their))? $",
            3,
        ),
        (r"\b(?:apply|applied)(?: to be)?(?: an?| the)? $", 3),
        (r"\b(?:i'm|i’m|i am|im|i work as|i was)(?: an?)? $", -1),
    )
)
"""What before the name of a job speaks for its being the one applied for, or against it."""
_JOB_FOLLOWS = re.compile(r"\s+(?:role|job|post|position|vacancy|gig|place|line|interview|opening)\b", re.IGNORECASE)
_OF_SOMEBODY = re.compile(r"\b(?:my|the|our|his|her|their|with|to|from|by)(?: \w+)? $")
_SINGLE = word_set("manager recruiter director consultant agent lead principal")


def _score(place: _Place) -> int:
    """Return how surely it is the job that was applied for, and not what somebody is."""
    score = sum(worth for pattern, worth in _BEFORE if pattern.search(place.left))
    if _JOB_FOLLOWS.match(place.right):
        score += 4
    if place.opens and re.match(rf"{_ENDS}| at\b| in\b| with\b| not\b)", place.right):
        score += 3
    if place.head in ROLE_IS_PLACE:
        score += 3
    if re.search(r"\b(?:it's|its|it is)(?: an?| the)? $", place.left) and re.match(rf"{_ENDS})", place.right):
        score += 3
    if re.match(r" (?:at|of|in) the\b", place.right) and re.search(r"[A-Z][\w'’-]+,\s*$", place.before):
        score -= 3
    if _names_somebody(place):
        score -= 5
    if _OF_SOMEBODY.search(place.left) and _POSITION.search(place.value) and score < 4:
        score -= 4
    return score - 2 * (place.value.lower() in _SINGLE)


def _names_somebody(place: _Place) -> bool:
    named = _PERSON_AFTER.match(place.right)
    if named is None or set(named.group().lower().strip(" ,.(").split()) & BUSINESS:
        return False
    return not place.right.lstrip().startswith(",") or bool(_POSITION.search(place.value))


def _clean_role(words: str) -> str:
    parts = words.strip(" ,.;:'\"“”").split()
    while (
        parts
        and not re.match(r"year \d", " ".join(parts), re.IGNORECASE)
        and (parts[0].lower() in NOT_ROLE_WORDS or NO_ROLE.match(parts[0]))
    ):
        parts.pop(0)
    while parts and parts[-1].lower() in NOT_ROLE_WORDS | {"role", "job", "post", "position", "elsewhere"}:
        parts.pop()
    if not parts or len(parts) > 6 or any(part.lower() in _NEVER or _CONTRACTED.match(part) for part in parts):
        return ""
    value = " ".join(parts).strip(" ,.;:")
    value = value if value.count("(") == value.count(")") else value.strip("()")
    value = re.sub(r"\bapprenticship\b", "apprenticeship", value, flags=re.IGNORECASE)
    if value.isupper() and len(value.split()) > 1:
        # Written loudly; a short form among other words keeps its capitals.
        value = " ".join(part.lower() if len(part) > 4 else part for part in value.split())
    # A capital at the start of a sentence is not part of the job's name.
    if (
        value[:1].isupper()
        and not any(part[:1].isupper() for part in parts[1:])
        and not parts[0].isupper()
        and len(parts) > 0
    ) and parts[0].lower() not in ("english", "french", "german", "spanish", "polish", "year", "php", "excel"):
        value = value[0].lower() + value[1:] if parts[0][1:].islower() else value
    return value if len(value) > 1 and not NO_ROLE.match(value) else ""


_ALONE = ROLE_HEADS | word_set(
    "retail sales bar kitchen warehouse nursing teaching cleaning care office marketing finance hr it legal "
    "editorial reception delivery security accounts procurement logistics kitchen factory shop hotel support "
    "compliance"
)


_WORKERS = re.compile(r"\w{3,}(?:worker|keeper|maker|smith|wright|stan|eer|ist|ician|woman|man)$", re.IGNORECASE)


def _is_job(word: str) -> bool:
    """Whether one word alone before "job" is the name of a job or a field of work."""
    return word.lower() in _ALONE or bool(_WORKERS.match(word))


_CONTRACTED = re.compile(r"(?:i|they|we|you|he|she|it|there|that)['’]", re.IGNORECASE)
_NEVER = word_set(
    "yours mine his hers back open gone filled up covered cut future today's i he she they we you is was were "
    "are am told said got get him her them his their because rejected failed why what feedback interview email "
    "thank thanks please write draft just only not gave give given take took almost cancelled withdrawn frozen "
    "withdrew deleted online public can could keep will would cannot can't cant don't dont didn't didnt won't wont "
    "never "
    "january february march april june july august september october november december"
)


def is_place(value: str) -> bool:
    """Whether the name of a job needs no "role" after it."""
    return value.lower().split()[-1] in ROLE_IS_PLACE or bool(
        re.match(r"(?:\w+ )?(?:apprenticeship|internship|lectureship|studentship|fellowship)\b", value, re.IGNORECASE)
    )
