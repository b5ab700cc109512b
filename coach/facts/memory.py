"""Facts kept over a conversation: a later message adds to them or puts one right, and the user can too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from coach.facts import patterns
from coach.facts.stages import furthest
from coach.types import Fact, FactName

SLOTS = {
    FactName.COMPANY: "company",
    FactName.ROLE: "role",
    FactName.STAGE: "stage",
    FactName.NUMBER: "number",
}
"""Facts for which phrases of the bank have slots."""

_OF_ONE_CASE = frozenset(
    {FactName.ROLE, FactName.STAGE, FactName.WHEN, FactName.CHANNEL, FactName.SAID, FactName.PERSON, FactName.TRIED}
)
_LONGEST = 16
_LONGEST_VALUE = 4

_CORRECTS = re.compile(
    r"^(?:(?:no|nope|sorry|actually|wait|correction|not quite|oh)\b[,.: ]*)+|\bi (?:meant|mean)\b|\bmake that\b",
    re.IGNORECASE,
)
_PUTS_RIGHT = re.compile(
    r"\b(?:it was|it's|it is|i meant|i mean|make that|that was|was|called)?(?: on| the| at)? ?(?P<new>[\w'’ -]{2,40}?)"
    r"(?:,? (?:and )?not (?:on |the |at )?(?P<old>[\w'’ -]{2,40}))?(?:,? actually)?[.!]?$",
    re.IGNORECASE,
)


def updated(known: Sequence[Fact], text: str, *, fixed: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Return what is known after a message, newest last.

    Args:
        known: Facts of earlier messages.
        text: The new message. It may correct a fact ("no, it was Tuesday").
        fixed: Names of facts that the user has put right by hand, which only the user changes.
    """
    from coach.facts.reading import fewest, read_facts  # its patterns take long to make: see ``open_drafts``

    kept = set(fixed)
    new = [fact for fact in (*read_facts(text), *_corrections(known, text)) if fact.name not in kept]
    company = next((fact.value for fact in new if fact.name is FactName.COMPANY), None)
    before = next((fact.value for fact in known if fact.name is FactName.COMPANY), None)
    if company and before and company.lower() != before.lower() and not _CORRECTS.search(text):
        # Another employer is another case: what was said of the first one does not hold for it.
        known = [fact for fact in known if fact.name not in _OF_ONE_CASE or fact.name in kept]
    return fewest([*known, *new])


def corrects(text: str) -> bool:
    """Whether a message is short and puts something right."""
    short = len(text.split()) <= _LONGEST
    return short and bool(_CORRECTS.search(text) or re.search(r",? not (?:the )?\w+[.!]?$", text))


def as_mapping(facts: Sequence[Fact]) -> dict[str, str]:
    """Return facts by name, several of one name joined with "; "."""
    found: dict[str, str] = {}
    for fact in facts:
        found[fact.name.value] = f"{found[fact.name.value]}; {fact.value}" if fact.name.value in found else fact.value
    return found


def from_mapping(values: Mapping[str, str], facts: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """Return facts with the values given; those among ``facts`` with the same value keep their sentence."""
    found: list[Fact] = []
    for name, value in values.items():
        if name not in set(FactName):
            continue
        same = [fact for fact in facts if fact.name == name]
        if as_mapping(same).get(name) == value:
            found += same
        else:
            found.append(Fact(name=FactName(name), value=value))
    return tuple(found)


def slot_values(facts: Sequence[Fact]) -> dict[str, str]:
    """Return the facts that fill slots of phrases, by slot name."""
    return {SLOTS[fact.name]: fact.value for fact in facts if fact.name in SLOTS}


def line(facts: Sequence[Fact]) -> str:
    """Return company, role and stage as the line that a prompt holds; empty without any."""
    named = [
        f"{name.value} {fact.value}"
        for name in (FactName.COMPANY, FactName.ROLE, FactName.STAGE)
        for fact in facts
        if fact.name is name
    ]
    return f"Facts: {'; '.join(named)}" if named else ""


def _corrections(known: Sequence[Fact], text: str) -> list[Fact]:
    """Return what a short message puts right: "no, it was Tuesday", "the second interview, not the third"."""
    if not corrects(text):
        return []
    rest = _CORRECTS.sub("", text).strip(" ,.")
    match = _PUTS_RIGHT.search(rest)
    if match is None:
        return []
    new, old = match["new"].strip(), (match["old"] or "").strip().lower()
    if len(new.split()) > _LONGEST_VALUE:
        return []
    if when := patterns.WHEN.search(new) or patterns.BARE_DAY.search(new):
        return [Fact(name=FactName.WHEN, value=when["when"], sentence=text)] if _has(known, FactName.WHEN) else []
    if stage := furthest(f"{new} {_noun_of(known)}".strip()):
        return [Fact(name=FactName.STAGE, value=stage, sentence=text)] if _has(known, FactName.STAGE) else []
    for fact in known:
        if old and old in fact.value.lower():
            return [Fact(name=fact.name, value=new, sentence=text)]
    return []


def _has(known: Sequence[Fact], name: FactName) -> bool:
    return any(fact.name is name for fact in known)


def _noun_of(known: Sequence[Fact]) -> str:
    """Return "round" or "interview", as the person called the stage, for "no, the second"."""
    stage = next((fact.value for fact in known if fact.name is FactName.STAGE), "")
    return stage.split()[-1] if stage else ""
