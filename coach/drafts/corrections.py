"""Put words right in a brief: a name, a number, a day, what somebody said."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief, DraftEdit

_NOT_THIS = re.compile(
    r"(?:\b(?:not|isn'?t|aint)\s+(?P<old>[\w'-]+(?: [\w'-]+)?),?\s+(?:but |its |it'?s |it is |his name is "
    r"|her name is |but it'?s )(?P<new>[\w'-]+(?: [\w'-]+)?))"
    r"|(?:(?:it'?s |is |at |called |to )?(?P<new2>[A-Z0-9][\w'-]*(?: [A-Z][\w'-]*)?),? (?:and )?not "
    r"(?P<old2>[A-Z0-9][\w'-]*(?: [A-Z][\w'-]*)?))",
    re.UNICODE,
)


_INSTEAD = re.compile(
    r"\b(?:actually|make (?:that|it)|i mean(?:t)?|sorry,?|correction:?|rather|no,? it(?:'s| is| was)|it was"
    r"|should be|change (?:it|that) to)\s+(?:it(?:'s| is| was)\s+)?(?:an?\s+|the\s+)?(?P<new>\w[^.;!?\n,]{0,40})",
    re.IGNORECASE,
)


_NUMBER = re.compile(
    r"^(?:\d[\d.,:]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth"
    r"|last|next|1st|2nd|3rd|\d+th|mon\w*|tues\w*|wed\w*|thur\w*|fri\w*|sat\w*|sun\w*|jan\w*|feb\w*|mar\w*|apr\w*"
    r"|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)$",
    re.IGNORECASE,
)


MONTHS = re.compile(r"\b(?P<number>\d+|\w+)[- ]month\b", re.IGNORECASE)


_OR_RATHER = re.compile(r"\b(?:no|sorry|rather|wait|actually)[, ]+(?:it'?s )?(?P<number>\d+)\b", re.IGNORECASE)


def with_months(brief: DraftBrief, text: str, number: str) -> DraftBrief:
    """Return the brief with the length of the work that is offered."""
    if (rather := _OR_RATHER.search(text)) is not None:
        number = rather["number"]
    return replace(
        brief,
        facts=tuple(
            replace(fact, value=f"{number}-month {re.sub(r'^[0-9]+-month ', '', fact.value)}")
            if fact.name == "work"
            else fact
            for fact in brief.facts
        ),
    )


def corrected(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with words put right, as in "not Tunde, it's Tunji" or "actually the second week"."""
    for match in _NOT_THIS.finditer(text):
        old, new = match["old"] or match["old2"], match["new"] or match["new2"]
        brief = _replaced(brief, old, new)
    if (quoted := _QUOTED.search(text)) is not None:
        brief = _requoted(brief, quoted["new"])
    if not _NOT_THIS.search(text):
        for match in _INSTEAD.finditer(text):
            brief = _swapped(brief, match["new"].strip())
    return brief


_QUOTED = re.compile(r"\b(?:said|wrote|told me)[:,]? ?[\"“](?P<new>[^\"”]{3,60})[\"”]", re.IGNORECASE)


def _requoted(brief: DraftBrief, new: str) -> DraftBrief:
    """Put the reader's words right: "he said 'maybe next year'" where "next year" stood."""
    said = new.split()
    for length in range(len(said) - 1, 0, -1):
        tail = " ".join(said[-length:])
        if len(tail) > 3 and any(
            tail.lower() in fact.value.lower() for fact in brief.facts if fact.name == "mentioned"
        ):
            return _replaced(brief, tail, new.lower() if new[0].isupper() else new)
    return brief


def _replaced(brief: DraftBrief, old: str, new: str) -> DraftBrief:
    old = re.sub(r"'s$", "", old)
    new = re.sub(r"'s$", "", new)
    pattern = re.compile(rf"\b{re.escape(old)}\b", re.IGNORECASE)

    def swap(value: str) -> str:
        return pattern.sub(lambda _: new, value)

    return _mapped(brief, swap)


def _swapped(brief: DraftBrief, new: str) -> DraftBrief:
    """Put a number, weekday or ordinal in place of the one that stood before the same words."""
    said = new.split()
    place = next((place for place, word in enumerate(said) if _NUMBER.match(word.strip("-"))), None)
    if place is None:
        return brief
    number, after = said[place], said[place + 1] if place + 1 < len(said) else ""

    def swap(value: str) -> str:
        parts = value.split()
        for at, word in enumerate(parts):
            bare = word.strip(".,;:?()")
            head, dash, tail = bare.partition("-")
            if dash and _NUMBER.match(head) and (not after or tail.lower() == after.lower() or True):
                parts[at] = word.replace(head, number, 1)
                return " ".join(parts)
            follows = parts[at + 1].strip(".,;:?()").lower() if at + 1 < len(parts) else ""
            if (
                _NUMBER.match(bare)
                and bare.lower() != number.lower()
                and (not after or follows.rstrip("s") == after.lower().rstrip("s"))
            ):
                parts[at] = word.replace(bare, number, 1)
                return " ".join(parts)
        return value

    return _mapped(brief, swap)


def _mapped(brief: DraftBrief, swap: object) -> DraftBrief:
    assert callable(swap)
    return replace(
        brief,
        facts=tuple(replace(fact, value=str(swap(fact.value))) for fact in brief.facts),
        said=tuple(str(swap(each)) for each in brief.said),
        asked=tuple(str(swap(each)) for each in brief.asked),
        by_hand=tuple(DraftEdit(part=edit.part, text=str(swap(edit.text))) for edit in brief.by_hand),
    )
