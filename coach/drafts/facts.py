"""What a conversation says that a draft can use, with the sentence each fact came from.

The newest message wins. A fact that is not sure is left out: a draft then has a bracket, or does without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.draft import DraftFact, DraftKind
from coach.drafts.marks import marks_of
from coach.drafts.quoted import letter_names
from coach.drafts.wording import spelled
from coach.facts.companies import Found, company, is_agency
from coach.facts.lexicon import ROLE_HEADS
from coach.facts.names import is_name
from coach.facts.people import Person, people
from coach.facts.roles import role
from coach.facts.senders import sender
from coach.facts.stages import STAGES, day_of, stage_of
from coach.text import sentences

LONGEST = 60
"""Characters that the value of a fact may have."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Facts by name, and marks: what is so besides.

    Names: recipient, position, company, agency, role, sender, stage, day, reference.
    """

    facts: Mapping[str, DraftFact]
    marks: frozenset[str]


def read_facts(text: str) -> Known:
    """Return the facts of one message."""
    plain = text.replace("’", "'")
    facts: dict[str, DraftFact] = {}

    def note(name: str, value: str, place: int) -> None:
        if value and len(value) <= LONGEST:
            facts[name] = DraftFact(name=name, value=value, source=_around(text, place))

    me = sender(text)
    if me is not None:
        note("sender", me[0], me[1][0])
    elif (addressed := _PASTED_TO.search(plain)) is not None:
        note("sender", addressed["value"], addressed.start("value"))
    to, signed = letter_names(text)
    if to and "sender" not in facts:
        note("sender", to, text.find(to))
    others = [person for person in people(text, me[1] if me is not None else None) if not to or person.name != to]
    if signed and not any(signed in person.name or person.score >= _TOLD for person in others):
        others.append(Person(name=signed, score=_TOLD, start=text.find(signed)))
    if any(person.score > 1 for person in others):
        # Who is named as employers are is none, where somebody else is.
        others = [person for person in others if person.score != 1 or " " not in person.name or person.title]
    reader = _reader(others, plain)
    if reader is not None:
        note("recipient", reader.full, reader.start)
        note("position", reader.position.lower(), reader.start)
    names = frozenset(name.lower() for person in others for name in (person.name, person.full))
    firm = company(text, names, me[0] if me is not None else "")
    if firm is not None:
        between = is_agency(firm.value) or re.search(
            rf"\bagency[ ,:(]+(?:called )?{re.escape(firm.value)}", plain, re.IGNORECASE
        )
        note("agency" if between else "company", firm.value, firm.start)
    job, position = _job(plain, others, reader)
    note("position", position, reader.start if reader is not None else 0)
    if job is not None and not (reader is not None and job.value.lower() == reader.position.lower()):
        note("role", _job_title(spelled(job.value)), job.start)
    if job is None and (named := _JOB_IN_BRACKETS.search(plain)) is not None and len(named["job"].split()) <= 4:
        note("role", spelled(named["job"]), named.start("job"))
        if firm is None and named["firm"]:
            note("company", named["firm"], named.start("firm"))
    if (both := _WITH_JOB.search(plain)) is not None and both["job"].split()[-1].lower() in ROLE_HEADS:
        if job is None:
            note("role", spelled(both["job"]), both.start())
        if firm is None and is_name(both["firm"], low=False):
            note("company", both["firm"], both.start())
    stage = stage_of(plain)
    if stage is not None:
        note("stage", stage[0], stage[2])
    day = day_of(plain)
    if day is not None:
        note("day", day[0], day[1])
    for name, pattern in _OTHERS.items():
        if (match := pattern.search(plain)) is not None:
            note(name, match["value"].strip(" ,."), match.start())
    return Known(facts=facts, marks=frozenset(marks_of(plain) | ({stage[1]} if stage is not None else set())))


def _job(text: str, others: list[Person], reader: Person | None) -> tuple[Found | None, str]:
    """Return the job that a message is about, and what the reader is where that was taken for it."""
    job = role(text)
    whose = next((each for each in others if job is not None and _is_position(text, job.start, each)), None)
    if job is None or whose is None:
        return job, ""
    other = role(text.replace(job.value, " " * len(job.value)))
    if whose is reader:
        return (other, job.value.lower()) if other is not None else (job, "")
    # "Elaine Swift, product lead": what somebody else is.
    return other, ""


_TOLD = 6
"""Score of who is told to be the reader; a pasted letter's signature counts as much."""
_NO_TITLE = re.compile(
    r"(?:(?:though|but|because|that|when|as|the|if|and|so|then|while|since|is|was) )*(?:(?:re-?)?advertised|paid"
    r"|real|proper"
    r"|actual|full[- ]time|permanent|perm|paper|window|other|same|new|right|next)?$",
    re.IGNORECASE,
)


def _job_title(found: str) -> str:
    """Return what was found as a job; empty for words that only stand before one ("though the paid")."""
    found = re.sub(
        r" there\b.*$| \((?:form|standard|automated?|by|an?|via|the|no|on|email|online)\b[^()]*\)$", "", found
    )
    return "" if _NO_TITLE.fullmatch(found) else found


def _is_position(text: str, place: int, reader: Person) -> bool:
    """Whether a job right after a name is what that person does: "Vic Tanner, technical manager"."""
    if re.match(r"(?:[\w'-]+ ){1,4}?(?:post|role|job|position|vacancy)\b", text[place:]):
        return False
    before = text[max(0, place - 60) : place].rstrip()
    return (
        bool(reader.name)
        and re.search(rf"{re.escape(reader.name)}(?:,| \(|, (?:the|their|our)| is (?:the|their|a))$", before)
        is not None
    )


def read_persons(text: str) -> list[Person]:
    """Return the people of a message that a draft could go to, the surest first."""
    me = sender(text)
    others = people(text, me[1] if me is not None else None)
    return sorted(others, key=lambda person: (-person.score, person.start))


def merged(parts: Iterable[Known]) -> Known:
    """Return the facts of several messages, oldest first: the newest value of each name stands."""
    facts: dict[str, DraftFact] = {}
    marks: set[str] = set()
    for part in parts:
        before = facts.get("recipient")
        facts |= part.facts
        if before is not None and facts["recipient"].value.lower() in before.value.lower().split():
            facts["recipient"] = before
        if "stage" in part.facts:
            marks -= STAGES
        marks |= part.marks
    return Known(facts=facts, marks=frozenset(marks))


def _around(text: str, place: int) -> str:
    """Return the sentence at a place."""
    start = 0
    for part in sentences(text):
        found = text.find(part, start)
        if found < 0:
            continue
        start = found + len(part)
        if place < start:
            return part
    return text


_WITH_JOB = re.compile(
    r"\b(?:from|at|by|with) (?P<firm>[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3}) \((?:the )?(?P<job>[a-z][\w -]{3,40})\)"
)
"""An employer with the job in brackets."""
_JOB_IN_BRACKETS = re.compile(
    r"\b(?:job|role|post|position|vacancy|interview)\b[^.;!?()\n]{0,60}\((?:the "
    r"|for )?(?P<job>(?:[a-z]+ ){0,3}[a-z]+(?:er|or|ant|ist|ian|master|nurse|clerk|chef|cook|hand|lead))"
    r"(?:, (?P<firm>[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3})|,[^()]*)?\)"
)
_PASTED_TO = re.compile(
    r"[\"“'‘]\s*(?:Dear|Hi|Hello) (?P<value>[A-Z][\w-]+),(?=[^\"”]{0,600}(?:another candidate|other candidates?"
    r"|unfortunately|regret|not (?:be )?(?:proceeding|progressing|successful)|decided to|appoint))",
    re.DOTALL,
)
_TEAM = re.compile(
    r"(?:(?i:to|addressee|recipient|dear|for|attn|contact is|signed by"
    r"|from)\s*:?\s+(?:the )?)(?P<value>(?:[A-Z][\w-]+ )+(?:Team|Panel"
    r"|Committee|Office|Department|Operations))\b"
)


_TEAM_TOLD = re.compile(
    r"\b(?:write(?: back)?|e-?mail|message|ask|text|thank|tell|request|draft|reply|note|something|letter)(?:"
    r" \w+)?(?: to| for)?"
    r"(?: the| their| its)? (?P<value>(?:talent|hiring|recruitment|recruiting|hr|people|admissions|selection)(?:"
    r" (?:team"
    r"|department|panel|office))?)(?!\w| manager| lead| partner| lady| man| woman| person| girl| guy| agency|"
    r" number| firm| company| consultant)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?:by|with|to|thank) (?P<value>(?:Mr|Mrs|Ms|Dr|Prof)\.? [A-Z][\w-]+ and (?:Mr|Mrs|Ms|Dr|Prof)\.? [A-Z][\w-]+)"
)
_BOTH = re.compile(
    r"\b(?:people|panel|interviewers|both of them|them)\s*(?:were|was|are|is|:|,|\()\s*(?P<value>[A-Z][\w-]+"
    r"(?:, [A-Z][\w-]+)+,? ?(?:and|&)? ?(?:[A-Z][\w-]+)?)"
)


def _reader(others: list[Person], text: str) -> Person | None:
    """Return the one to write to: the most surely named, the first of equals."""
    team = _TEAM.search(text)
    if team is not None and not any(person.title for person in others):
        return Person(name=team["value"], score=9, start=team.start("value"))
    pair = _PAIR.search(text)
    if pair is not None and not any(person.score >= 9 for person in others):
        return Person(name=pair["value"], score=6, start=pair.start("value"))
    told = _TEAM_TOLD.search(text)
    if told is not None and not others and ("hr" in told["value"].lower() or " " in told["value"]):
        named = told["value"].title().replace("Hr", "HR")
        return Person(name=named if " " in named else f"{named} Team", score=3, start=told.start("value"))
    several = _BOTH.search(text)
    if several is not None and not any(person.score >= 7 for person in others):
        names = re.split(r",\s*|\s+(?:and|&)\s+", several["value"].strip(" ,"))
        names = [name for name in names if name]
        if len(names) > 1:
            return Person(name=f"{', '.join(names[:-1])} and {names[-1]}", score=5, start=several.start("value"))
    by_title = _BY_TITLE.search(text)
    if by_title is not None:
        titled = [
            person for person in others if person.title.lower().rstrip(".").startswith(by_title["title"].lower()[:4])
        ]
        if len(titled) == 1:
            return titled[0]
    return max(others, key=lambda person: (person.score, -person.start), default=None)


_BY_TITLE = re.compile(
    r"\b(?:write|e-?mail|message|text|ask|tell|note|letter|thank|reply|send (?:it|this|one"
    r"|something))(?: (?:to|for))? the (?P<title>professor|doctor|captain|chef|sister"
    r"|councillor|colonel|major|reverend|judge)\b",
    re.IGNORECASE,
)
"""Who is to be written to, by their title alone: "write to the professor for me"."""


_OTHERS: dict[str, re.Pattern[str]] = {
    "asked_on": re.compile(
        r"\b(?:wrote|asked|emailed|messaged)\b[^.;!?\n]{0,40}?(?P<value>on (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: "
        r"(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)?)\b",
        re.IGNORECASE,
    ),
    "reference": re.compile(
        r"\b(?:ref(?:erence)?(?: no\.?| number)?|(?:candidate|applicant|application|vacancy|job) (?:number"
        r"|no\.?|id|ref))"
        r"(?: is| was)?[:.]? ?(?P<value>[A-Z0-9]+[A-Z0-9/-]*\d[A-Z0-9/-]*)"
    ),
}


def kind_facts(text: str, kind: DraftKind) -> dict[str, str]:
    """Return what only one kind of draft needs, by name, in words to the reader where it speaks of them."""
    from coach.drafts.specials import SPECIALS

    reader = SPECIALS.get(kind)
    return reader(text.replace("’", "'")) if reader is not None else {}
