"""Read the facts that a message tells, in the person's own words, each with the sentence it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.facts import patterns
from coach.text import sentences
from coach.types import Fact, FactName

MANY = frozenset({FactName.PERSON, FactName.SAID, FactName.TRIED})
"""Names of which a conversation may have several facts."""

_MOST_OF_A_KIND = 3
_LONGEST = 16
_LONE_DAY = 2


def read_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts that a message tells, at most one a name but for those in ``MANY``."""
    told = patterns.QUOTED.sub(" ", text)
    pasted = patterns.PASTED.search(told)
    if pasted:
        told = told[: pasted.start()].rpartition("\n")[0]
    found = [
        Fact(name=FactName.SAID, value=value, sentence=sentence)
        for sentence in sentences(text[: pasted.start()] if pasted else text)
        if "?" not in sentence and (value := _span(patterns.SAID.search(sentence), whole=True))
    ]
    for sentence in sentences(told):
        if "?" in sentence and not re.search(r"\b(?:after|from|for|at)\b", sentence):
            continue
        found += _of_sentence(sentence)
    return fewest(found)


def fewest(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Keep the newest of each name, and the newest few where there may be several."""
    kept: list[Fact] = []
    for fact in reversed(facts):
        same = [other for other in kept if other.name is fact.name]
        if any(other.value.lower() == fact.value.lower() for other in same):
            continue
        if len(same) < (_MOST_OF_A_KIND if fact.name in MANY else 1):
            kept.append(fact)
    return tuple(reversed(kept))


def _of_sentence(sentence: str) -> list[Fact]:
    if patterns.NOT_THIS_CASE.search(sentence):
        return []
    people = _people(sentence)
    values: list[tuple[FactName, str | None]] = [
        *((FactName.PERSON, person) for person in people),
        (FactName.COMPANY, _company(sentence, people)),
        (FactName.ROLE, _role(sentence)),
        (FactName.STAGE, stage_of(sentence)),
        (FactName.NUMBER, _number(sentence)),
        (FactName.WHEN, _when(sentence)),
        (FactName.CHANNEL, next((name for name, rule in patterns.CHANNELS if rule.search(sentence)), None)),
        (FactName.COUNTRY, match["country"] if (match := patterns.COUNTRY.search(sentence)) else None),
        (FactName.TRIED, _span(patterns.TRIED.search(sentence), whole=False)),
    ]
    return [Fact(name=name, value=value, sentence=sentence) for name, value in values if value]


def _span(match: re.Match[str] | None, *, whole: bool) -> str | None:
    if match is None:
        return None
    words = (match.group() if whole else match["what"]).strip(" ,:").split()
    return " ".join(words[:_LONGEST])


def _people(sentence: str) -> list[str]:
    found: dict[str, str] = {}
    for rule in patterns.POSITIONED:
        for match in rule.finditer(sentence):
            name = match["name"]
            if name.split()[0].lower().strip(".'’") not in patterns.NO_COMPANY:
                found.setdefault(name, f"{name}, {match['role'].lower()}")
    for match in patterns.TITLED.finditer(sentence):
        if not any(match["name"] in name or name in match["name"] for name in found):
            found[match["name"]] = match["name"]
    return list(found.values())


def _company(sentence: str, people: Sequence[str]) -> str | None:
    for rule in (patterns.COMPANY_IS, patterns.COMPANY_SAID):
        if (match := rule.search(sentence)) and (name := _as_company(match["name"], people)):
            return name
    if not patterns.ABOUT_A_JOB.search(sentence):
        return None
    for match in patterns.COMPANY_AT.finditer(sentence):
        before = sentence[: match.start("name")]
        if patterns.OWN_EMPLOYER.search(before.rpartition(",")[2]):
            continue
        if name := _as_company(match["name"], people):
            return name
    return None


def _as_company(name: str, people: Sequence[str]) -> str | None:
    words = name.replace("’", "'").removesuffix("'s").strip(" .,").split()
    while words and words[-1].lower() in patterns.NO_COMPANY | {"and", "of"}:
        words.pop()
    if not words or any(word.lower().strip(".") in patterns.NO_COMPANY for word in words[:1]):
        return None
    value = " ".join(words)
    spoken = " ".join(people).lower()
    return None if len(value) < 2 or value.lower() in spoken or value.split()[0].lower() in spoken.split() else value


def _role(sentence: str) -> str | None:
    for rule in patterns.ROLES if patterns.APPLIED.search(sentence) else patterns.ROLES[:-1]:
        for match in rule.finditer(sentence):
            words = match["role"].split()
            while words and words[0].lower().strip(",.'") in patterns.NO_ROLE:
                words.pop(0)
            if not words or any(word.lower() in patterns.NO_ROLE for word in words) or len(words) > 4:
                continue
            return " ".join(words) if any(word[:1].isupper() for word in words[1:]) else " ".join(words).lower()
    return None


def stage_of(sentence: str) -> str | None:
    """Return the furthest interview stage that a sentence says was reached; None without any."""
    best: tuple[int, str] | None = None
    for match in patterns.STAGE.finditer(sentence):
        if patterns.STAGE_NOT.search(sentence[: match.start()]):
            continue
        value = match["stage"].lower().replace("-", " ")
        for digit, word in patterns.DIGIT.items():
            value = value.replace(digit, word)
        value = value.replace("last", "final")
        first = value.split()[0]
        rank = 9 if first == "final" else patterns.ORDER.index(first) + 2 if first in patterns.ORDER else 1
        if best is None or rank > best[0]:
            best = rank, value
    return best[1] if best else None


def _number(sentence: str) -> str | None:
    match = patterns.NUMBER.search(sentence)
    value = match and (match["number"] or match["times"])
    return value.lower() if value and value.lower() not in ("1", "one", "0") else None


def _when(sentence: str) -> str | None:
    if patterns.ASKS.search(sentence):
        return None
    for clause in patterns.CUTS.split(sentence):
        match = patterns.WHEN.search(clause)
        # ", on Monday" alone is about what the sentence is about.
        around = clause if len(clause.split()) > _LONE_DAY else sentence
        if match and patterns.THE_NO.search(around) and not patterns.AHEAD.search(clause[: match.start()]):
            return match["when"]
    return None
