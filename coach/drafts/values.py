"""Put one day, month, time or number in the place of another."""

from __future__ import annotations

import re

WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)
NUMBER = re.compile(
    r"^(?:[£$€]?\d[\d.,:]*(?:k|%|am|pm)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second"
    r"|third|fourth|last|next|\d+(?:st|nd|rd|th)|mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:r(?:s(?:days?)?)?)?"
    r"|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^(?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)$",
    re.IGNORECASE,
)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?"
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
DATE = re.compile(
    rf"\b{_DAY_NAME}\b(?: (?:morning|afternoon|evening))?(?:,? (?:the )?\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b)?(?: (?:of )?{_MONTH_NAME}\b)?"
    r"(?:,? at \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm))?)?",
    re.IGNORECASE,
)


def exchanged(value: str, new: str) -> str:
    """Return a text with the day, month or number that a message begins with in place of the one that stands there.

    Args:
        value: The text.
        new: The message from where it puts something right: "Wednesday the 10th", "the second week", "38k".
    """
    date, standing = DATE.match(new), DATE.search(value)
    if date is not None and standing is not None:
        told = date.group()
        told = told[0].upper() + told[1:]
        if "at " not in told and (hour := re.search(r",? at \d.*$", standing.group())) is not None:
            told += hour.group()
        return value[: standing.start()] + told + value[standing.end() :]
    return _numbered(value, new)


_ORDINALS = frozenset({"first", "second", "third", "fourth", "last", "next"})


def _numbered(value: str, new: str) -> str:
    """Return a text with a number, weekday or ordinal in place of the one that stood before the same words."""
    said = new.split()
    place = next((place for place, word in enumerate(said) if NUMBER.match(word.strip("-"))), None)
    if place is None:
        return value
    number, after = said[place], said[place + 1] if place + 1 < len(said) else ""
    named = bool(_MONTH.match(number) or WEEKDAY.match(number))
    if named:
        # A day or a month stands for another one, whatever follows.
        number, after = number.capitalize(), ""

    def same(word: str) -> bool:
        if _MONTH.match(number) or _MONTH.match(word):
            return bool(_MONTH.match(number) and _MONTH.match(word))
        return bool(WEEKDAY.match(number)) == bool(WEEKDAY.match(word))

    sums = number[0] in "£$€"
    parts = value.split()
    for at, word in enumerate(parts):
        if sums and not re.match(r"[£$€]\d" if re.search(r"[£$€]\d", value) else r"\d[\d.,]*k?[.,;]?$", word):
            continue
        bare = word.strip(".,;:?()")
        if bare.lower() in _ORDINALS and number.lower() not in _ORDINALS:
            continue
        head, dash, _ = bare.partition("-")
        if dash and NUMBER.match(head) and same(head):
            parts[at] = word.replace(head, number, 1)
            return " ".join(parts)
        follows = parts[at + 1].strip(".,;:?()").lower() if at + 1 < len(parts) else ""
        if (
            NUMBER.match(bare)
            and same(bare)
            and bare.lower() != number.lower()
            and (not after or follows.rstrip("s") == after.lower().rstrip("s"))
        ):
            new_ = number.lower() if bare.islower() and number.isalpha() and not named else number
            parts[at] = word.replace(bare, new_, 1)
            if after and follows != after.lower() and not named:
                # "two weeks" for "one week".
                parts[at + 1] = parts[at + 1].replace(parts[at + 1].strip(".,;:?()"), after.strip(".,;:?!()"))
            return " ".join(parts)
    return value
