"""Tell the reader of a draft apart from others that a message speaks of: clients, firms, those to be introduced to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coach.draft import DraftFact, DraftKind
from coach.drafts.facts import read_facts
from coach.text import sentences

_ELSEWHERE = re.compile(
    r"\b(?:no|turned down|rejected|refused|rejection)\b[^.!?\n]{0,50}\b(?:elsewhere|somewhere else"
    r"|(?:an)?other (?:place|firm|company|employer|school|terminal|team))\b",
    re.IGNORECASE,
)


def of_their_firm(facts: Mapping[str, DraftFact], marks: set[str], every: Sequence[str]) -> dict[str, DraftFact]:
    """Return the facts of the firm into which they would be introduced, and mark where another one said no."""
    kept = dict(facts)
    if _ELSEWHERE.search("\n".join(every)):
        kept = {name: fact for name, fact in kept.items() if name not in ("company", "role", "stage")}
    in_target = "company" in kept and "target" in kept and kept["company"].value in kept["target"].value
    if "company" in kept and not _no_from(kept["company"].value, every, surely=in_target):
        marks.add("elsewhere")
        if "role" in kept and kept["company"].value not in kept["role"].source:
            kept.pop("role")
    return kept


def _no_from(company: str, every: Sequence[str], *, surely: bool) -> bool:
    """Whether a sentence tells of a no, and names the company or no other; ``surely`` only where it is meant."""
    if surely:
        told = [part for each in every for part in sentences(each) if "no" in read_facts(part).marks]
        return any(company in part or re.search(r"\b(?:there|they|them)\b", part, re.IGNORECASE) for part in told)
    firms = [
        read_facts(part).facts.get("company")
        for each in every
        for part in sentences(each)
        if "no" in read_facts(part).marks
    ]
    return any(firm is None or firm.value == company or company in firm.source for firm in firms)


def as_she(text: str, facts: Mapping[str, DraftFact]) -> str:
    """Return a message in which the reader's name, where it is the subject of what they are asked, is "she"."""
    reader = facts.get("recipient")
    if reader is None or " and " in reader.value:
        return text
    first = re.sub(r"^(?:Mr|Mrs|Ms|Miss|Dr|Professor|Prof)\.? ", "", reader.value)
    names = "|".join({re.escape(reader.value), re.escape(first), re.escape(first.split()[0])})
    return re.sub(
        rf"\b(?P<lead>(?:[Cc]ould|[Cc]an|[Ww]ould|[Ww]ill|if|whether|does|did|that)) (?:{names})(?= [a-z])",
        r"\g<lead> she",
        text,
    )


def kept_for_others(every: Sequence[str], kind: DraftKind, facts: Mapping[str, DraftFact]) -> frozenset[str]:
    """Return the words that are not for the reader: "they" where a recruiter is asked about a client."""
    if kind is DraftKind.INTRODUCTION_REQUEST and re.search(r"\b(?:he|she|him|her)\b", "\n".join(every), re.IGNORECASE):
        return frozenset({"they", "their", "them", *_of_others(facts)})
    between = kind is DraftKind.RECRUITER_MESSAGE or "agency" in facts
    others = _of_others(facts)
    return frozenset({"they", "their", "them"}) | others if between and _OTHERS.search("\n".join(every)) else others


def _of_others(facts: Mapping[str, DraftFact]) -> frozenset[str]:
    """Return the words that cannot be for the reader, by their title: "her" where they are Mr Olawale."""
    title = facts["recipient"].value.split()[0].rstrip(".").lower() if "recipient" in facts else ""
    if title in ("mr", "sr", "herr", "sir", "father"):
        return frozenset({"she", "her", "hers", "herself"})
    return (
        frozenset({"he", "him", "his", "himself"})
        if title in ("mrs", "ms", "miss", "frau", "sister", "madam", "madame")
        else frozenset()
    )


_OTHERS = re.compile(r"\b(?:client|employer|company|hiring manager|her|him|she|he)\b", re.IGNORECASE)
"""That "they" are others than the recruiter who reads."""
