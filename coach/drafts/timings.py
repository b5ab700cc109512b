"""Changes of when somebody could work: another part of a month, one more time, an exception."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.wording import spelled

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"


_PART = r"(?:(?:first|second|third|last) (?:half|week|part|days) of|beginning of|end of|middle of|early|mid|late)"


_PART_OF = re.compile(
    rf"\b(?P<new>{_PART}[ -]{_MONTH})(?:,? (?:and )?not (?P<old>{_MONTH})| instead| rather)?", re.IGNORECASE
)


def redated(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Put one part of a month in the place of another: "first half of February, not January"."""
    match = _PART_OF.search(text)
    if match is None or not re.match(
        r"\W*(?:(?:no|sorry|actually|oh|make (?:it|that)|it'?s|in|the)\W+)*$", text[: match.start()], re.IGNORECASE
    ):
        return brief, text
    old = match["old"] or _MONTH
    stands = re.compile(rf"(?:{_PART}[ -])?(?:the )?{old}\b", re.IGNORECASE)
    said = tuple(stands.sub(lambda _: spelled(match["new"]), each) for each in brief.said)
    if said == brief.said:
        return brief, text
    return replace(brief, said=said), f"{text[: match.start()]} {text[match.end() :]}"


_AND_MORE = re.compile(
    r"\W*(?:oh )?(?:and|also|plus) (?:on |in |at )?(?P<what>(?!only|just|not)[\w'-]+(?: [\w'-]+){0,2}?)(?: too| as well"
    r"| also)?(?: please| pls)?\W*",
    re.IGNORECASE,
)


_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays|mornings?|afternoons?|evenings?"
    r"|nights?|days|half[- ]terms?|easter|christmas|holidays|spring|summer|autumn"
    r"|winter|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def listed(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Add one time to those on which they could work: "and summer"."""
    match = _AND_MORE.fullmatch(text)
    if match is None or not _TIME.search(match["what"]) or not _TIME.fullmatch(match["what"].split()[-1]):
        return brief, text
    place = next(
        (
            at
            for at, each in enumerate(brief.said)
            if _TIME.search(each) and re.search(r"\b(?:can|could|free|available|do|cover)\b", each)
        ),
        None,
    )
    if place is None:
        return brief, text
    last = [*_TIME.finditer(brief.said[place])][-1]
    before = re.sub(r" and (?=[^,]*$)", ", ", brief.said[place][: last.end()], count=1)
    told = f"{before} and {spelled(match['what'])}{brief.said[place][last.end() :]}"
    return replace(brief, said=(*brief.said[:place], told, *brief.said[place + 1 :])), ""


_FINE_TOO = re.compile(
    r"\W*(?:(?:oh|and|also|actually|sorry)\W+)*(?P<what>(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?: (?:is"
    r"|are|would be))? (?:fine|ok|okay|good|possible|no problem)"
    r"(?: (?:too|as well|after all|actually|now|also))*\W*",
    re.IGNORECASE,
)


def allowed(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Take back an exception: "Fridays are fine too" where "except Friday" stands."""
    match = _FINE_TOO.fullmatch(text)
    if match is None:
        return brief, text
    day = match["what"].rstrip("s")
    stands = re.compile(rf",? (?:except|but not|but|apart from|not)(?: on)? {day}s?\b", re.IGNORECASE)
    said = tuple(stands.sub("", each) for each in brief.said)
    return (replace(brief, said=said), "") if said != brief.said else (brief, text)


_NOT_ON = re.compile(
    r"\W*(?:(?:but|oh|and|just|sorry|except|actually)\W+)*(?:not|except) (?:on )?(?P<what>the \d{1,2}(?:st|nd"
    r"|rd|th)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: (?:mornings?|nights?|evenings?))?)"
    r"\W*(?:please|pls|though|sorry)?\W*",
    re.IGNORECASE,
)


_WHEN = re.compile(
    r"\b(?:can|could|free|available|do)\b.*\b(?:every|any|all|from|between|days?|evenings?|nights?|mornings?"
    r"|weekends?)\b",
    re.IGNORECASE,
)


def excepted(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Say of when they could work what is left out of it: "not the 18th"."""
    match = _NOT_ON.fullmatch(text)
    if match is None:
        return brief, text
    what = spelled(match["what"])
    if any(what.lower().removeprefix("the ") in each.lower() for each in brief.said):
        return brief, text
    place = next((at for at, each in enumerate(brief.said) if _WHEN.search(each)), None)
    if place is None:
        return brief, text
    told = (
        f"{brief.said[place].rstrip('.')}, but not {what if what.startswith('the ') else what[0].upper() + what[1:]}."
    )
    return replace(brief, said=(*brief.said[:place], told, *brief.said[place + 1 :])), ""
