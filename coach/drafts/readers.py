"""Put facts into the brief of a draft that stands: those that a message adds or puts right, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from coach.draft import DraftBrief, DraftFact, DraftKind
from coach.drafts.facts import Known, read_facts, read_persons
from coach.drafts.pairs import pairs
from coach.drafts.specials import SPECIALS
from coach.facts.lexicon import NOT_NAMES
from coach.facts.people import Person
from coach.facts.stages import STAGES

NEVER_MET = re.compile(
    r"\b(?:never|haven'?t|have not|didn'?t) (?:actually )?(?:met|meet|spoke|spoken|talked|seen)\b", re.IGNORECASE
)
_GONE = re.compile(
    r"\b(?:she|he)(?:'s| has) (?:left|gone|moved)\b|\bsuccessor\b|\b(?:don'?t|do not|dont) (?:have|know) (?:the|her"
    r"|his|a|any)"
    r" name\b|\bno name\b",
    re.IGNORECASE,
)


_NO_CALL = re.compile(
    r"\b(?:didn'?t|did not|never) (?:phone|call|ring)\b|\b(?:was|by) (?:an? )?(?:e-?mail"
    r"|letter),? not\b",
    re.IGNORECASE,
)


_ONLY_FORM = re.compile(
    r"\b(?:never|didn'?t|did not|wasn'?t|without) (?:\w+ ){0,3}interview\b|\bno interview\b|\bonly the (?:online "
    r"|application )?form\b",
    re.IGNORECASE,
)


def for_another(brief: DraftBrief) -> DraftBrief:
    """Return a brief without what belonged to the first reader and employer."""
    gone = {"recipient", "position", "company", "agency", "stage", "day", "reference", "topic", "when"}
    return replace(
        brief,
        facts=tuple(fact for fact in brief.facts if fact.name not in gone),
        marks=tuple(
            mark for mark in brief.marks if mark not in STAGES | {"never_met", "door", "close", "rounds", "again"}
        ),
        by_hand=tuple(edit for edit in brief.by_hand if edit.part == "closing"),
    )


def with_facts(text: str, brief: DraftBrief, *, fresh: bool) -> DraftBrief:
    """Return the brief with the facts that a message adds or puts right; the newest wins."""
    known = read_facts(text)
    facts = {fact.name: fact for fact in brief.facts}
    new = dict(known.facts)
    if fresh and "company" not in new and (firm := _named_firm(text, known)):
        new["company"] = DraftFact(name="company", value=firm, source=text)
    persons = read_persons(text)
    if fresh:
        new, persons = _of_another(text, new, persons, facts)
    standing = facts.get("recipient")
    persons = [person for person in persons if not _only_corrects(text, person, standing)]
    reader = persons[0] if persons else None
    if reader is None or (standing is not None and not fresh and not _is_reader(text, reader.score)):
        new.pop("recipient", None)
        new.pop("position", None)
    if _ADDS.match(text):
        for name in ("company", "agency", "role", "stage", "day"):
            new.pop(name, None)
    if not fresh:
        for name in ("company", "agency", "role", "stage", "day"):
            if name in facts and not _puts_right(text, known, name):
                new.pop(name, None)
    elif "role" in new and "role" in facts and len(new["role"].value) < 3:
        new.pop("role")
    if standing is not None and "recipient" in new and _same_name(new["recipient"].value, standing.value):
        new.pop("recipient")
    if "stage" in new and "stage" in facts:
        brief = replace(brief, marks=tuple(mark for mark in brief.marks if mark not in STAGES))
    if standing is not None and (also := _ALSO_TO.search(text)) is not None and not fresh:
        both = f"{standing.value} and {also['name']}"
        new["recipient"] = DraftFact(name="recipient", value=both, source=text)
    elif brief.kind is DraftKind.INTRODUCTION_REQUEST and standing is not None and "recipient" in new and not fresh:
        brief, facts = _introduced_to(brief, new.pop("recipient").value, text)
        new.pop("position", None)
    if standing is not None and "recipient" not in new and _GONE.search(text):
        facts.pop("recipient")
        facts.pop("position", None)
    if (several := _BOTH.search(text)) is not None and not fresh:
        facts["recipient"] = DraftFact(name="recipient", value=several["names"], source=text)
        new.pop("recipient", None)
    if "sender" in new and not _SIGNS.search(text):
        new.pop("sender")
    facts |= new
    if _ONLY_FORM.search(text):
        facts.pop("stage", None)
    marks = _marks_of(text, brief, known, reached="stage" in new)
    if (interviewers := _MET_WITH.search(text)) is not None:
        facts["met_with"] = DraftFact(name="met_with", value=interviewers["value"], source=text)
    special = SPECIALS.get(brief.kind)
    if special is not None and fresh:
        facts |= {
            name: DraftFact(name=name, value=value, source=text)
            for name, value in special(text).items()
            if name != "case"
        }
    return replace(brief, facts=tuple(facts.values()), marks=tuple(sorted(marks)))


def _only_corrects(text: str, person: Person, standing: DraftFact | None) -> bool:
    """Whether a name only stands for another word that is put right: "Lichfield, not Derby"."""
    known = set(standing.value.split()) if standing is not None else set()
    return standing is not None and any(
        person.name in pair.new and not known & set(pair.old.split()) for pair in pairs(text)
    )


def _marks_of(text: str, brief: DraftBrief, known: Known, *, reached: bool) -> set[str]:
    """Return the marks of a brief with those that a message adds or takes away."""
    marks = set(brief.marks)
    if _NO_CALL.search(text):
        marks.discard("called")
    if _ONLY_FORM.search(text):
        marks = (marks - STAGES) | {"form"}
    if reached:
        marks |= known.marks & STAGES
    if NEVER_MET.search(text):
        marks.add("never_met")
    return marks | (known.marks & {"again"})


_FOR = re.compile(
    r"\b(?:for|to|at|with) (?:the |my )?(?P<name>[A-Z][\w&'’-]*(?: (?:& |and )?[A-Z][\w'’-]*)*)(?=\s*(?:[,.;:!?\n(]"
    r"|$|too\b|now\b"
    r"|and\b|but\b|as\b|please\b|pls\b|where\b|there\b|the\b))"
)


def _of_another(
    text: str, new: dict[str, DraftFact], persons: list[Person], facts: Mapping[str, DraftFact]
) -> tuple[dict[str, DraftFact], list[Person]]:
    """Tell reader and employer apart in "the same for Norvik, there it was Pernille"."""
    target = _FOR.search(text)
    if target is None or set(target["name"].lower().split()) & NOT_NAMES:
        return new, persons
    firm = target["name"]
    if _TITLED.match(firm):
        # "Harbour Lines, to Mr Osei" names both by itself.
        return new, persons
    others = [person for person in persons if person.name != firm and firm not in person.full]
    named = new.get("company")
    if not others and named is not None and named.value != firm and " " not in named.value:
        others = [Person(name=named.value, score=_SURE, start=text.index(named.value))]
    if not others:
        # Who only says "the same for Norvik" speaks of the next employer.
        there = re.search(r"\b(?:there|it)(?:'s| is| was) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)", text)
        others = [Person(name=there["name"], score=_SURE, start=there.start("name"))] if there is not None else []
    new = new | {"company": DraftFact(name="company", value=firm, source=text)}
    new.pop("position", None)
    if others:
        new["recipient"] = DraftFact(name="recipient", value=others[0].full, source=text)
    else:
        new.pop("recipient", None)
    return new, others


_SURE = 6
_TITLED = re.compile(r"(?:Mrs?|Ms|Miss|Dr|Prof|Sir|Madam)\b", re.IGNORECASE)


def _named_firm(text: str, known: Known) -> str:
    """Return the one capitalised name that is nobody's, where a message turns to another company."""
    taken = {word.lower() for fact in known.facts.values() for word in fact.value.split()}
    found = [
        match.group()
        for match in re.finditer(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]+(?: [A-Z][\w-]+)*", text)
        if not set(match.group().lower().split()) & (taken | NOT_NAMES)
    ]
    return found[0] if len(found) == 1 else ""


_BOTH = re.compile(
    r"\b(?i:make it|send (?:it|this)|address (?:it|this)|it'?s|write)(?i: out)?(?i: to| for)? "
    r"(?P<names>[A-Z][\w'’-]+(?:, [A-Z][\w'’-]+)* and [A-Z][\w'’-]+)\b"
)
_SIGNS = re.compile(
    r"\b(?:sign\w*|name|i'?m|i am|call me|know me|from|thanks|regards|cheers|best|wishes|it'?s|[-–—])|[-–—]",
    re.IGNORECASE,
)
"""That a name in a change may be the writer's own."""
_ALSO_TO = re.compile(
    r"(?:^|[.!?\n]\s*)(?:and|also|oh and|plus)(?: also)? (?:send (?:it|this) |address (?:it"
    r"|this) )?to (?P<name>[A-Z][\w'’-]+)"
    r"(?: as well| too|,? also)\b"
)


def _introduced_to(brief: DraftBrief, name: str, text: str) -> tuple[DraftBrief, dict[str, DraftFact]]:
    """Return the brief and its facts with the name of the one to be introduced to; the reader stays who they are."""
    facts = {fact.name: fact for fact in brief.facts}
    target = facts.get("target")
    if target is None or re.search(r"\b(?:instead|send it|write to|ask)\b", text, re.IGNORECASE):
        return brief, facts | {"recipient": DraftFact(name="recipient", value=name, source=text)}
    told = f"{name}, {target.value}" if target.value.startswith("the ") else name
    facts["target"] = replace(target, value=told)
    asked = tuple(each.replace(target.value, told) for each in brief.asked)
    return replace(brief, asked=asked), facts


_MET_WITH = re.compile(r"\binterview (?:was |were )?with (?P<value>[A-Z][\w-]+(?:,? (?:and |& )?[A-Z][\w-]+)*)")
_ADDS = re.compile(
    r"\s*(?:and |also |please |pls |can you |could you |can u )*(?:add|mention|say|include|put)\b", re.IGNORECASE
)
_READER = re.compile(
    r"\b(?:instead|send (?:it|this)|address|to (?:him|her)|her name|his name|called|it'?s for|contact|only"
    r"|make it (?:to|for)|name is|prefer)\b",
    re.IGNORECASE,
)


def _is_reader(text: str, score: int) -> bool:
    return score >= 6 or (score >= 4 and bool(_READER.search(text)) and not NEVER_MET.search(text))


def _puts_right(text: str, known: Known, name: str) -> bool:
    return (
        name in known.facts
        and bool(
            re.search(
                r"\b(?:actually|not|no,|sorry|i mean|correction|wrong|it'?s|it was|role:|job:|company:|make it"
                r"|should be)\b",
                text,
                re.IGNORECASE,
            )
        )
        and not NEVER_MET.search(text)
    )


def _same_name(new: str, old: str) -> bool:
    return new.lower() in old.lower().split() or new.lower() == old.lower()
