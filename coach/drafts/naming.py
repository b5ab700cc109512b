"""Put names right in a brief: how somebody is spelled, and how they are addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from coach.draft import DraftBrief, DraftEdit, DraftFact
from coach.facts.lexicon import NOT_NAMES, TITLES
from coach.facts.names import is_name

_SIGN = re.compile(
    r"\bspel(?:t|led|ling)\b|\bwritten\b|\bwith (?:an?|one|two|no|double) \w+\b|\bwithout the \w\b|\bit'?s\b|\bits\b"
    r"|\bhe'?s\b|\bshe'?s\b|\bname\b|\bcalled\b|\bsorry\b|\bactually\b|\bwrong\b|\btypo\b|\bnot\b|\bmisspel",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"\b(?:spel(?:t|led)|written|spelling is)(?: as| like)?:? (?P<name>[\w'’-]{3,20})", re.IGNORECASE)
_LARGE = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w'’-]{2,}")
_ALIKE = 0.7
"""How alike two spellings of one name are at least."""


def respelled(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with a name spelled as a message spells it, where it is nearly one that stands there."""
    if not _SIGN.search(text):
        return brief
    for new in _names(text):
        old = max(_standing(brief), key=lambda word: _likeness(word, new), default="")
        if old and old.lower() != new.lower() and _likeness(old, new) >= _ALIKE:
            brief = _exchanged(brief, old, new)
    return brief


def _names(text: str) -> Iterator[str]:
    for match in _SPELLED.finditer(text):
        yield match["name"][0].upper() + match["name"][1:]
    for match in _LARGE.finditer(text):
        word = re.sub(r"['’]s$", "", match.group())
        if word.lower() not in NOT_NAMES:
            yield word


def _standing(brief: DraftBrief) -> list[str]:
    named = [
        fact.value for fact in brief.facts if fact.name in ("recipient", "sender", "company", "agency", "met_with")
    ]
    words = [word for value in named for word in re.findall(r"[\w'’-]{3,}", value)]
    return [*words, *(word for each in (*brief.said, *brief.asked) for word in _LARGE.findall(each)[1:])]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _exchanged(brief: DraftBrief, old: str, new: str) -> DraftBrief:
    pattern = re.compile(rf"\b{re.escape(old)}\b")

    def swap(value: str) -> str:
        return pattern.sub(lambda _: new, value)

    return replace(
        brief,
        facts=tuple(replace(fact, value=swap(fact.value)) for fact in brief.facts),
        said=tuple(swap(each) for each in brief.said),
        asked=tuple(swap(each) for each in brief.asked),
        by_hand=tuple(DraftEdit(part=edit.part, text=swap(edit.text)) for edit in brief.by_hand),
    )


_IT_IS = (
    r"\b(?:it'?s|its|she'?s|he'?s|they'?re|make it|should (?:be|say)|call (?:her|him)|just|only|simply|plain"
    r"|change (?:it|that|m[rsx]|mrs|miss|dr) to) (?:an? )?"
)
_TITLED = re.compile(rf"{_IT_IS}(?P<title>{TITLES})\b\.? (?P<name>[A-Z][\w'’-]+)", re.IGNORECASE)
_TITLE = re.compile(
    rf"{_IT_IS}(?P<title>mr|mrs|ms|miss|mx|dr|prof)\b(?:,? (?:sorry|please|pls|actually|btw|by the way|not {TITLES}))*"
    r"\W*$",
    re.IGNORECASE,
)
"""A title by itself: only those that are no trade, and only where the message ends with it."""
_NO_TITLES = frozenset({"sir", "madam", "lady", "father"})
_BY_TITLE = re.compile(rf"(?P<title>{TITLES}\.?) (?P<rest>.+)", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?i:call (?:her|him)|she'?s|he'?s|it'?s) (?P<name>[A-Z][\w'’-]+)(?= to me\b|,? (?:first name|we'?re on first))"
    r"|\b(?i:likes? to be called|prefers? to be called) (?P<name3>(?:Mr|Mrs|Ms|Miss|Dr|Professor) [A-Z][\w'’-]+)"
    r"|\b(?i:goes by|known as|prefers|calls? (?:her|him)(?:self)?|answers to)(?: being called"
    r"| to be called)? (?P<name2>[A-Z][\w'’-]+)(?! [A-Z])"
)
_FIRST_NAMES = re.compile(r"\bfirst[- ]names?\b", re.IGNORECASE)
_A_WOMAN = re.compile(r"\b(?:she'?s|it'?s|is) a (?:she|woman|lady)\b", re.IGNORECASE)
_A_MAN = re.compile(r"\b(?:he'?s|it'?s|is) a (?:he|man|gentleman)\b", re.IGNORECASE)


def retitled(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with the reader addressed as a message says: "it's Ms Tran", "she's a Dr", "first names"."""
    reader = next((fact for fact in brief.facts if fact.name == "recipient"), None)
    if reader is None or " and " in reader.value:
        return brief
    titled = _BY_TITLE.fullmatch(reader.value)
    name = titled["rest"] if titled is not None else reader.value
    value = reader.value
    if (match := _CALLED.search(text)) is not None and (
        called := match["name"] or match["name2"] or match["name3"]
    ).lower() not in NOT_NAMES:
        value = called
    elif (match := _TITLED.search(text)) is not None and match["name"].lower() not in NOT_NAMES:
        own = match["name"]
        if match["title"].lower() not in _NO_TITLES and (
            _likeness(own, name.split()[-1]) >= _ALIKE or own.startswith(f"{name.split()[-1]}-")
        ):
            value = f"{_large(match['title'])} {' '.join([*name.split()[:-1], own])}"
    elif (match := _TITLE.search(text)) is not None:
        value = f"{_large(match['title'])} {name}"
    elif titled is not None and _FIRST_NAMES.search(text) and len(name.split()) > 1:
        value = name.split()[0]
    elif titled is not None and _A_WOMAN.search(text) and titled["title"].lower().rstrip(".") == "mr":
        value = f"Ms {name}"
    elif titled is not None and _A_MAN.search(text) and titled["title"].lower().rstrip(".") in ("ms", "mrs", "miss"):
        value = f"Mr {name}"
    if value == reader.value:
        return brief
    new = DraftFact(name="recipient", value=value, source=text)
    return replace(brief, facts=tuple(new if fact.name == "recipient" else fact for fact in brief.facts))


def _large(title: str) -> str:
    return title[0].upper() + title[1:]


_ANOTHER_READER = re.compile(
    r"\b(?i:not|instead of"
    r"|no longer) (?P<old>[A-Z][\w'’-]+)\b[^.!?\n]{0,40}?[, ](?P<new>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)\W*$"
)


def readdressed(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with another reader, where the old one stands there: "not Sheila, it's her son now, Darren"."""
    match = _ANOTHER_READER.search(text)
    if match is None or not is_name(match["new"], low=False):
        return brief
    facts = tuple(
        replace(fact, value=match["new"]) if fact.name == "recipient" and match["old"] in fact.value.split() else fact
        for fact in brief.facts
    )
    return replace(brief, facts=facts)
