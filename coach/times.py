"""Read by rules the time since the no, where a message states it."""

from __future__ import annotations

import re

from coach.text import QUOTED, sentences
from coach.types import Stage

_NUMBER = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|couple of|a couple of|\d+)"
)
_TIMES: tuple[tuple[Stage, str], ...] = (
    (
        Stage.MINUTES,
        rf"\b{_NUMBER}\s*(?:secs?|seconds?|mins?|minutes?)\s+ago\b|\bjust now\b|\bliterally just\b"
        r"|\bjust (?:got|had|received|opened|read) (?:the|my|a|an|another)\b|\bjust got (?:rejected|turned down)\b",
    ),
    (
        Stage.HOURS,
        rf"\b{_NUMBER}\s*(?:h|hrs?|hours?)\s+ago\b|\bhalf an hour ago\b"
        r"|\b(?:today|tonight|this (?:morning|afternoon|evening))\b",
    ),
    (Stage.DAYS, rf"\b{_NUMBER}\s+days?\s+ago\b|\byesterday\b|\blast night\b|\bthe other day\b"),
    (Stage.WEEKS, rf"\b{_NUMBER}\s+weeks?\s+(?:ago|since)\b|\blast week\b"),
    (
        Stage.MONTHS,
        rf"\b{_NUMBER}\s+(?:months?|years?)\s+(?:ago|since)\b|\blast (?:month|year|spring|summer|autumn|winter)\b",
    ),
)
_STAGE_RULES = tuple((stage, re.compile(pattern, re.IGNORECASE)) for stage, pattern in _TIMES)
_NO_CAME = re.compile(
    r"\breject(?:ed|ion|s)?\b|\bturned (?:me )?down\b|\bsa(?:id|ys|ying) no\b|\b(?:the|a|another|got|was|is) no\b"
    r"|\bno (?:from|to|at|today)\b"
    r"|\bnot (?:been )?(?:selected|successful)\b|\bunsuccessful\b|\bpassed over\b|\bknocked? ?back\b|\bghosted\b"
    r"|\blost out\b"
    r"|\b(?:didn't|didnt|did not) get (?:it|the|that|this|in)\b|\bwent with (?:someone|somebody|another)\b"
    r"|\b(?:got|received|had|opened|read) (?:the|an?|their|that) (?:\w+ ){0,2}(?:email|letter|call|text|news"
    r"|message)\b"
    r"|\b(?:email|letter|call|text|news|message) (?:came|arrived|just)\b"
    r"|\b(?:they|hr|recruiter|manager|he|she) (?:just )?(?:called|rang|phoned|emailed|texted|wrote|told me)\b",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(
    r"\b(?:interview(?:s|ed|ing)?|appl(?:y|ied|ying|ication)|meeting|start(?:s|ed)?|send|write|ask|going|have to"
    r"|need to|call them)\b",
    re.IGNORECASE,
)
_SHORT_ANSWER = 4


def stated_stage(text: str) -> Stage | None:
    """Return the time since the no that the message states, the shortest one where there are several."""
    found = []
    parts = sentences(QUOTED.sub("", text.replace("’", "'")))
    for place, part in enumerate(parts):
        around = " ".join(parts[max(0, place - 1) : place + 2]) if len(part.split()) <= _SHORT_ANSWER else part
        for order, (_, rule) in enumerate(_STAGE_RULES):
            if any(_is_of_the_no(part, around, match) for match in rule.finditer(part)):
                found.append(order)
    return _STAGE_RULES[min(found)][0] if found else None


def _is_of_the_no(part: str, around: str, match: re.Match[str]) -> bool:
    cuts = [cut.span() for cut in re.finditer(r"[,;:()]|\b(?:and|but|so|then)\b|\s[-–—]+\s", part)]
    start = max((end for _, end in cuts if end <= match.start()), default=0)
    end = min((begin for begin, _ in cuts if begin >= match.end()), default=len(part))
    clause = part[start:end]
    return bool(_NO_CAME.search(clause) or (_NO_CAME.search(around) and not _OTHER_EVENT.search(clause)))
