"""How far an application went, and when."""

from __future__ import annotations

import re

STAGES = frozenset(
    {"panel", "trial", "demo", "test", "case", "portfolio", "group", "roleplay", "screen", "final", "interview", "form"}
)
"""Marks that say how far the application went; one at a time holds."""


_STAGES: tuple[tuple[str, str], ...] = (
    (
        "trial",
        r"(?:trial (?:shift|day)|working interview|trial work|stage shift)s?|(?:two|three|2|3|4) trial days|"
        r"(?<!clinical )(?<!on )(?:a |my |the |make |made )trial\b(?! by)|\d day on test",
    ),
    (
        "demo",
        r"(?:teaching demo|demo lesson|demo class|observed lesson|observed (?:\w+ )?lesson|exam lesson|trial lesson"
        r"|sample lesson|job talk|demo session|micro-?teach|audition)(?: (?:with class \w+|with year \d+|on [a-z]+"
        r"(?: [a-z]+)?(?=[.,;]|$)))?",
    ),
    ("roleplay", r"role[- ]?play"),
    ("group", r"(?:group (?:exercise|interview|assessment(?: day)?|day|discussion)|assessment (?:centre|center|day))"),
    ("case", r"(?:case (?:study|interview|presentation|memo)|presentation(?= round)?)"),
    (
        "test",
        r"(?<!passed my )(?<!passed the )(?<!failed my )(?<!got my )(?:(?:technical|tech|coding|written|practical"
        r"|weld|trade|road|driving|typing|walk cycle|maths|skills"
        r"|translation|editing|sql|data|test) (?:test|exam|task|assessment|exercise|challenge)|(?:take-home"
        r"|take ?home (?=task|test|assignment|exercise|project))(?: ?(?:task|test"
        r"|assignment))?|test task|live coding(?: session)?|tech screen|technical screen"
        r"|technical interview|coding interview|practical\b)",
    ),
    ("portfolio", r"portfolio (?:review|chat|interview|presentation|talk)"),
    ("panel", r"(?:panel interview|interview panel|panel\b(?! questions?)|oral board)"),
    ("final", r"(?:final (?:round|interview|stage)|last (?:round|stage))"),
    ("screen", r"(?:phone (?:screen|interview|chat)|telephone interview|screening call|recruiter screen)"),
    (
        "interview",
        r"(?:second|2nd|first|1st|third|3rd) (?:round )?interview|(?:first|second|third|1st|2nd|3rd) round"
        r"|video interview"
        r"|zoom interview|online interview|interview(?:s|ed)?\b(?!er)",
    ),
)


_STAGE_RULES = tuple((mark, re.compile(rf"\b{pattern}", re.IGNORECASE)) for mark, pattern in _STAGES)


_NEVER = re.compile(
    r"\b(?:no|not|never|without|didn'?t (?:get|have)|before (?:the|an|any)|next|another|future|upcoming|offered a"
    r"|got an|have an|for an|mock)\s+(?:\w+ ){0,3}$",
    re.IGNORECASE,
)


_LOST_AT = re.compile(
    r"\b(?:failed|fell|lost) (?:it )?(?:the |at |in |on )*(?:the )?interview\b|\binterview failed\b", re.IGNORECASE
)
_CANON = {
    "take home": "take-home task",
    "take-home": "take-home task",
    "second round": "second interview",
    "2nd round": "second interview",
    "first round": "first interview",
    "1st round": "first interview",
    "third round": "third interview",
    "3rd round": "third interview",
    "2nd interview": "second interview",
    "1st interview": "first interview",
    "3rd interview": "third interview",
    "panel": "panel interview",
    "interview panel": "panel interview",
    "oral board": "oral board",
    "final stage": "final round",
    "last round": "final round",
    "last stage": "final round",
    "interviewed": "interview",
    "interviews": "interviews",
    "tech test": "technical test",
    "tech screen": "technical screen",
    "role-play": "role play",
    "roleplay": "role play",
    "working interview": "trial shift",
    "stage shift": "trial shift",
    "trial work": "trial",
    "phone chat": "phone interview",
    "live coding": "live coding session",
    "screening call": "phone interview",
    "recruiter screen": "phone interview",
    "practical": "practical test",
    "teaching demo": "teaching demo",
    "group day": "group day",
    "walk cycle test": "walk cycle test",
    "presentation": "presentation",
    "case presentation": "case presentation",
}


_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_DIGIT = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth"}
_ORDINAL = re.compile(
    r"\b(?P<stage>(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|final|last)(?:[ -](?:round"
    r"|interview|stage))"
    r"|phone (?:screen|interview)|panel interview|technical (?:interview|test|round)|assessment (?:centre|center|day)"
    r"|trial (?:shift|day)|group interview|video interview)\b",
    re.IGNORECASE,
)
_NOT_REACHED = re.compile(
    r"\b(?:next|another|a|an|my next|if|before|for a|have an?|got an?|get an?|without|never (?:got|made it"
    r"|reached)(?: to)?(?: the)?"
    r"|not even) $",
    re.IGNORECASE,
)


def furthest(text: str) -> str | None:
    """Return the furthest interview stage that a text says was reached, as "second round"; None without any."""
    best: tuple[int, str] | None = None
    for match in _ORDINAL.finditer(text):
        if _NOT_REACHED.search(text[: match.start()]):
            continue
        value = match["stage"].lower().replace("-", " ")
        for digit, word in _DIGIT.items():
            value = value.replace(digit, word)
        value = value.replace("last", "final")
        first = value.split()[0]
        rank = 9 if first == "final" else _ORDER.index(first) + 2 if first in _ORDER else 1
        if best is None or rank > best[0]:
            best = rank, value
    return best[1] if best else None


def stage_of(text: str) -> tuple[str, str, int] | None:
    """Return how far it went: in words, as a mark, and the place."""
    lost = _LOST_AT.search(text)
    if lost is not None:
        return "interview", "interview", lost.start()
    for mark, rule in _STAGE_RULES:
        for match in rule.finditer(text):
            if _NEVER.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            words = " ".join(match.group().split())
            words = " ".join(word if any(each.isdigit() for each in word) else word.lower() for word in words.split())
            words = re.sub(r"^(?:a|my|the|make|made) ", "", words)
            if mark == "trial":
                words = (
                    "trial days"
                    if re.match(r"(?:two|three|2|3|4) trial days|\d day", words)
                    else words.rstrip("s")
                    if "shift" in words or "day" in words
                    else words
                )
            words = _CANON.get(words, words)
            if (
                mark == "interview"
                and words == "interview"
                and re.search(r"\b(?:rounds?|interviews|two interviews|3 interviews)\b", text, re.IGNORECASE)
                and re.search(r"\b(?:\d|two|three|four|five|six) (?:rounds|interviews)\b", text, re.IGNORECASE)
            ):
                words = "interviews"
            return words, mark, match.start()
    if re.search(
        r"\b(?:never got past|only) the form\b|\b(?:online|application) form\b|\bno interview\b", text, re.IGNORECASE
    ):
        return None
    rounds = re.search(r"\b(?:\d|two|three|four|five|six|several) (?:rounds|stages)\b", text, re.IGNORECASE)
    return ("interviews", "interview", rounds.start()) if rounds is not None else None


_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct"
    r"(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)


_DAY = re.compile(
    rf"(?:\binterview(?:ed|s)?\b|\btrial\b|\bassessment (?:centre|center|day)\b|\bpanel\b|\bjob talk\b|\bdemo\b"
    rf"|\bround\b|\bsaw me\b"
    rf"|\bmet\b)[^.;!?\n]{{0,90}}?\b(?P<value>on (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?{_MONTHS})?\b"
    rf"|on {_MONTHS} \d{{1,2}}\b|(?<=, )\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS}\b|on (?:mon|tues|wednes|thurs|fri"
    rf"|satur|sun)day|last (?:mon|tues|wednes|thurs|fri"
    rf"|satur|sun)day|in {_MONTHS}\b)",
    re.IGNORECASE,
)


def day_of(text: str) -> tuple[str, int] | None:
    """Return the day of the interview, as the person says it: "on 9 May", "last Tuesday"."""
    match = _DAY.search(text)
    if match is None:
        return None
    between = text[match.start() : match.start("value")]
    if re.search(
        r"\b(?:reject\w*|no\b|said|told|decision|email|letter|but|and then|then"
        r"|because|i am|i'm|im|will|can|could|free|taking|booked|test is|start\w*|finish\w*|closing)\b",
        between,
        re.IGNORECASE,
    ):
        return None
    value = " ".join(
        word.capitalize() if re.fullmatch(rf"{_MONTHS}|\w+day", word, re.IGNORECASE) else word.lower()
        for word in match["value"].split()
    )
    value = f"on {value}" if value[0].isdigit() else value
    if re.fullmatch(r"on (?:the )?\d{1,2}", value):
        return None
    value = re.sub(r"^on (\d{1,2}(?:st|nd|rd|th))$", r"on the \1", value)
    return value, match.start("value")
