"""Read the facts that a message tells, in the person's own words, each with the sentence it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.facts import patterns
from coach.facts.companies import company, is_agency
from coach.facts.people import Person, people
from coach.facts.roles import role
from coach.facts.senders import sender
from coach.facts.stages import furthest
from coach.text import QUOTED, ends, sentences
from coach.types import Fact, FactName

MANY = frozenset({FactName.PERSON, FactName.SAID, FactName.TRIED})
"""Names of which a conversation may have several facts."""

_MOST_OF_A_KIND = 3
_LONGEST = 16
_LONE_DAY = 2


def read_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts that a message tells, at most one a name but for those in ``MANY``."""
    told = QUOTED.sub(" ", text)
    pasted = patterns.PASTED.search(told)
    if pasted:
        told = told[: pasted.start()].rpartition("\n")[0]
    own = text[: pasted.start()] if pasted else text
    found = [
        Fact(name=FactName.SAID, value=value, sentence=sentence)
        for sentence in sentences(ends(own))
        if "?" not in sentence and (value := _span(patterns.SAID.search(sentence), whole=True))
    ]
    for sentence in sentences(ends(told)):
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
    me = sender(sentence)
    others = people(sentence, me[1] if me is not None else None)
    values: list[tuple[FactName, str | None]] = [
        *((FactName.PERSON, _described(person)) for person in others if person.title or person.position),
        (FactName.COMPANY, _company(sentence, others, me[0] if me is not None else "")),
        (FactName.ROLE, _role(sentence, others)),
        (FactName.STAGE, furthest(sentence)),
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


def _described(person: Person) -> str:
    """Return a person as the fact names them: "Farah, hiring manager", "Mr Adeyemi"."""
    return person.full if person.title or not person.position else f"{person.name}, {person.position.lower()}"


def _company(sentence: str, others: Sequence[Person], own: str) -> str | None:
    if not patterns.ABOUT_A_JOB.search(sentence):
        return None
    found = company(sentence, frozenset(name.lower() for each in others for name in (each.name, each.full)), own)
    if found is None or is_agency(found.value):
        return None
    # The employer that somebody has is none that turned them down.
    ahead = patterns.OWN_EMPLOYER.search(sentence[: found.start].rpartition(",")[2].rpartition(".")[2])
    return None if ahead else found.value


def _role(sentence: str, others: Sequence[Person]) -> str | None:
    if not patterns.ABOUT_A_JOB.search(sentence):
        return None
    found = role(sentence)
    # What somebody is by profession is not what they applied for.
    positions = {person.position.lower() for person in others}
    return None if found is None or found.value.lower() in positions else found.value


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
