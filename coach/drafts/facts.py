"""What a conversation says that a draft can use, with the sentence each fact came from.

The newest message wins. A fact that is not sure is left out: a draft then has a bracket, or does without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.draft import DraftFact, DraftKind
from coach.drafts.wording import spelled
from coach.facts.companies import company, is_agency
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
    others = people(text, me[1] if me is not None else None)
    reader = _reader(others, plain)
    if reader is not None:
        note("recipient", reader.full, reader.start)
        note("position", reader.position.lower(), reader.start)
    names = frozenset(name.lower() for person in others for name in (person.name, person.full))
    firm = company(text, names, me[0] if me is not None else "")
    if firm is not None:
        note("agency" if is_agency(firm.value) else "company", firm.value, firm.start)
    job = role(text)
    if job is not None and not (reader is not None and job.value.lower() == reader.position.lower()):
        note("role", _job_title(spelled(job.value)), job.start)
    stage = stage_of(plain)
    if stage is not None:
        note("stage", stage[0], stage[2])
    day = day_of(plain)
    if day is not None:
        note("day", day[0], day[1])
    for name, pattern in _OTHERS.items():
        if (match := pattern.search(plain)) is not None:
            note(name, match["value"].strip(" ,."), match.start())
    return Known(facts=facts, marks=frozenset(_marks(plain) | ({stage[1]} if stage is not None else set())))


_NO_TITLE = re.compile(
    r"(?:(?:though|but|because|that|when|as|the|if|and|so|then|while|since|is|was) )*(?:(?:re-?)?advertised|paid"
    r"|real|proper"
    r"|actual|full[- ]time|permanent|perm|paper|window|other|same|new|right|next)?$",
    re.IGNORECASE,
)


def _job_title(found: str) -> str:
    """Return what was found as a job; empty for words that only stand before one ("though the paid")."""
    return "" if _NO_TITLE.fullmatch(found) else found


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


_PASTED_TO = re.compile(
    r"[\"“'‘]\s*(?:Dear|Hi|Hello) (?P<value>[A-Z][\w-]+),(?=[^\"”]{0,600}(?:another candidate|other candidates?"
    r"|unfortunately|regret|not (?:be )?(?:proceeding|progressing|successful)|decided to|appoint))",
    re.DOTALL,
)
_TEAM = re.compile(
    r"(?:(?i:to|addressee|recipient|dear|for|attn)\s*:?\s+(?:the )?)(?P<value>(?:[A-Z][\w-]+ )+(?:Team|Panel"
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
    return max(others, key=lambda person: (person.score, -person.start), default=None)


_OTHERS: dict[str, re.Pattern[str]] = {
    "asked_on": re.compile(
        r"\b(?:wrote|asked|emailed|messaged)\b[^.;!?\n]{0,40}?(?P<value>on (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: "
        r"(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)?)\b",
        re.IGNORECASE,
    ),
    "reference": re.compile(r"\bref(?:erence)?(?: no\.?| number)?[:.]? ?(?P<value>[A-Z0-9]+[A-Z0-9/-]*\d[A-Z0-9/-]*)"),
}


_MARKS: dict[str, re.Pattern[str]] = {
    "forwarded": re.compile(
        r"(?<!would )(?<!could )(?<!can )(?<!to )(?<!she )(?<!he )(?<!they )\b(?:put|sent|submitted|proposed)"
        r" (?:me|my (?:cv|name|details))\b(?! (?:a|an|the|my|no|up|on|off|in)\b)"
        r"|\b(?:who|she|he|they|agency|recruiter|agent)(?: had| has)? (?:put|sent|submitted|proposed) (?:me|my"
        r" (?:cv|name"
        r"|details)) (?:for|to|forward)\b|\b(?:got|was|been) put forward\b|\bputting me forward\b",
        re.IGNORECASE,
    ),
    "no_ask": re.compile(
        r"\b(?:nothing (?:more|else)|no asking|no more|(?:don'?t|do not) (?:need|want) (?:anything|to ask)"
        r"|ask(?:ing)? for nothing)\b",
        re.IGNORECASE,
    ),
    "no_excuse": re.compile(r"\b(?:no|without|any) (?:excuses?|reasons?|explaining|explanation)\b", re.IGNORECASE),
    "called": re.compile(
        r"\b(?:he|she|they|hr|manager|recruiter|boss|principal|owner)(?: \w+)? (?:rang|called|phoned)\b(?! (?:me )?"
        r"(?:an?\b|their|it|in|her|him))|\bthe call was\b|\bgot a call\b|\bleft (?:me )?a voicemail\b",
        re.IGNORECASE,
    ),
    "nobody": re.compile(
        r"\bdon'?t know (?:anybody|anyone|any name|the name|who)|\b(?:only|just) an inbox\b|\brecruitment inbox\b"
        r"|\bthe inbox\b|\bhr@|\binfo@|\bno name given\b|\bno names?\b",
        re.IGNORECASE,
    ),
    "emails": re.compile(r"\bsent the emails\b|\bemailed me\b", re.IGNORECASE),
    "voicemail_only": re.compile(
        r"\bleave (?:him |her |them )?a voicemail\b|\bvoicemail (?:back|for|to)\b", re.IGNORECASE
    ),
    "reception": re.compile(
        r"\breception(?:ist)?\b[^.;!?]{0,40}(?:message|pass)|(?:say|talk|speak) to the receptionist|pass on a message",
        re.IGNORECASE,
    ),
    "referee": re.compile(
        r"\b(?:my referee|my reference|reference letter|her letters|his letters|their letters)\b", re.IGNORECASE
    ),
    "ring_any": re.compile(
        r"\b(?:ring|call|phone|bell me) (?:\w+ )?(?:any ?time|whenever)\b|\bcall back if i like\b", re.IGNORECASE
    ),
    "close": re.compile(
        r"\b(?:runner[- ]?up|came (?:close )?second|second choice|2nd choice|(?:final|last) (?:two|three|2|3|4)\b"
        r"|down to (?:two|2|three|3|the last)|one of two|finalists?|very close|reserve list)\b",
        re.IGNORECASE,
    ),
    "internal": re.compile(
        r"\b(?:internal (?:panel|application|role|job|post|vacancy)|my own (?:ward|team|company|department)"
        r"|i'?ve been here|i work there|work(?:ed)? here|passed over|promotion|my (?:own )?ward)\b",
        re.IGNORECASE,
    ),
    "door": re.compile(
        r"\b(?:(?:said|says|wrote|told me|offered|asked|invited)\b[^.;!?\n]{0,60}(?:keep in touch|stay in touch"
        r"|keep in contact|ring any ?time|call any ?time|try again|apply again|reapply|check back|keep (?:my|your|you"
        r"|me)|think of me|first call|get in touch)|keep your (?:cv|details|profile)|please do stay in touch)\b",
        re.IGNORECASE,
    ),
    "offered": re.compile(
        r"\b(?:said|says|told me|mentioned|muttered|wrote)\b[^.;!?\n]{0,60}(?:freelance|ad hoc|cover|casuals?"
        r"|contract|part[- ]time|pitches|overloaded|scramble|busy season|need people|hard to fill)\b",
        re.IGNORECASE,
    ),
    "again": re.compile(
        r"\b(?:second ask|asked (?:[\w.'-]+ ){0,4}?(?:for feedback )?(?:twice|already|before|\d+ (?:days|weeks) ago"
        r"|on \d)|i (?:asked|wrote|emailed)\b[^.;!?\n]{0,60}(?:feedback)[^.;!?\n]{0,60}(?:nothing|no (?:reply|answer)"
        r"|zilch|silence)|nudge|one more try|follow[- ]?up|remind\w*|(?:asked"
        r"|wrote to)\b[^.;!?]{0,60}feedback[^?]{0,60}\b(?:zilch|nothing|tumbleweed|no reply))\b",
        re.IGNORECASE,
    ),
    "rounds": re.compile(r"\b(?:\d|two|three|four|five|six|seven) (?:rounds|interviews|stages)\b", re.IGNORECASE),
    "noreply": re.compile(r"\bno-?reply\b|\bdo not reply\b|\bunattended\b|\bautomat\w+\b", re.IGNORECASE),
    "standard": re.compile(
        r"\b(?:standard|template|automat\w+|form|copy[- ]paste|canned|generic) (?:\w+ )?(?:email|letter|rejection"
        r"|reply|no\b|mail)\b|\bnever got past the form\b|\bonline form\b",
        re.IGNORECASE,
    ),
    "angry": re.compile(
        r"\b(?:livid|fuming|raging|seething|i want blood|(?:i'?m|im|i am|so|feel|feeling|really) (?:so |really "
        r"|still )?(?:angry|furious|pissed|mad))\b",
        re.IGNORECASE,
    ),
    "never_met": re.compile(
        r"\b(?:never|haven'?t|not) (?:actually )?(?:met|spoke|spoken|seen|talked)\b|\bnever met\b"
        r"|\bonly sent the emails\b",
        re.IGNORECASE,
    ),
    "form": re.compile(
        r"\b(?:never got past the form|only the form|screened out|application stage|before (?:any|an) interview"
        r"|no interview)\b",
        re.IGNORECASE,
    ),
    "no": re.compile(
        r"\b(?:reject\w*|turned (?:me )?down|(?:got|the|a|this|said|with the|my) no\b|not (?:selected|chosen"
        r"|successful|picked)|wasn'?t (?:picked|chosen|selected)|didnt? get|didn'?t get|(?:went|gone|goes|going)"
        r" (?:to|with) (?:some"
        r"|other|an |a |another|the other|internal)|fell through|(?:it|that)'?s a no\b|is a no\b|said no\b|going"
        r" another way"
        r"|gave (?:it|the \w+(?: \w+)?) to\b|someone else|other person|other girl|unsuccessful|chose|regret"
        r"|knocked back|gone with|passed on me"
        r"|not this time|refused?|none worked out|didn'?t work out|rejected there)\b",
        re.IGNORECASE,
    ),
    "silent": re.compile(
        r"\b(?:haven'?t heard|not heard|heard nothing|no (?:answer|reply|word|news)|gone quiet|silence|ghosted"
        r"|nothing since)\b",
        re.IGNORECASE,
    ),
}


def _marks(text: str) -> set[str]:
    return {mark for mark, rule in _MARKS.items() if rule.search(text)}


def kind_facts(text: str, kind: DraftKind) -> dict[str, str]:
    """Return what only one kind of draft needs, by name, in words to the reader where it speaks of them."""
    from coach.drafts.specials import SPECIALS

    reader = SPECIALS.get(kind)
    return reader(text.replace("’", "'")) if reader is not None else {}
