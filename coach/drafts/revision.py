"""Understand what a person wants changed in the draft that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from coach.draft import DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.content import Content, read_content
from coach.drafts.corrections import MONTHS, corrected, with_months
from coach.drafts.facts import Known, read_facts, read_persons
from coach.drafts.specials import SPECIALS
from coach.drafts.style import channel_of, tone_of, wants_short
from coach.facts.lexicon import NOT_NAMES, word_set
from coach.facts.stages import STAGES
from coach.text import words

_OTHER_COMPANY = re.compile(
    r"\b(?:(?:it'?s |now )?(?:for|with|to) (?:an?other|a different|a new|the other|a second) (?:company|firm|one"
    r"|place|employer|job|school|agency|lab)|(?:for|at) another (?:company|one|place|firm)"
    r"|another company now|(?:do|now|make|write)? ?(?:also |it )?(?:the )?same (?:for|to|one for|message for"
    r"|email for)|now (?:one |do |the same |same )*for\b|do also for|then for (?:mr|mrs|ms|dr|[A-Z])|now i got "
    r"(?:knocked|rejected|turned)|change it for that|second company|other company)\b",
    re.IGNORECASE,
)


_NEVER_MET = re.compile(
    r"\b(?:never|haven'?t|have not|didn'?t) (?:actually )?(?:met|meet|spoke|spoken|talked|seen)\b", re.IGNORECASE
)


_UNDO = re.compile(
    r"\b(?:undo|go back|(?:the )?(?:previous|old|earlier|first|last) (?:one|version|draft)(?: was better| again"
    r"| please| back)?|take that back|back to (?:the )?(?:first|previous|old)|revert)\b",
    re.IGNORECASE,
)


_PUT_IN = re.compile(
    r"\b(?:put|get|bring|have|include|mention|work|squeeze) (?P<name>[A-Z][\w-]+)(?: in\b| too\b| as well\b|$)"
)


_LONGER = re.compile(r"\b(?:longer|too short|more detail|a bit more)\b", re.IGNORECASE)


_ONLY_ASK = re.compile(
    r"\bonly (?:ask |the |keep )*(?P<which>(?:first|second|third|last|one)(?:(?:,| and)+ (?:the )?(?:first|second"
    r"|third|last))*)",
    re.IGNORECASE,
)


_ORDINAL = {"first": 0, "one": 0, "second": 1, "third": 2, "last": -1}


_SAY_NOTHING = re.compile(
    r"\b(?:no,? )?(?:say nothing|leave (?:it|that) (?:out|off)|not that|take (?:that|it) (?:out|back)|without "
    r"(?:it|that))\b",
    re.IGNORECASE,
)


_TALKS = re.compile(
    r"^\s*(?:thanks?|thank you|perfect|great|good|love it|ok(?:ay)?|nice|cheers|ta|brilliant|lovely|yes|no)[\s.!,]*$",
    re.IGNORECASE,
)


_ASKS_COACH = re.compile(
    r"\b(?:what if|if (?:he|she|they) (?:ignores?|doesn'?t|don'?t|says?|replies)|when should|should i|how long"
    r"|do you think|is (?:it|that) (?:ok|okay|too)|will (?:he|she|they)|why)\b",
    re.IGNORECASE,
)


def wants_undo(text: str) -> bool:
    """Whether a message asks for the version before."""
    return bool(_UNDO.search(text)) and len(words(text)) <= 10


def other_company(text: str) -> bool:
    """Whether a message wants the same draft for somebody else."""
    return bool(_OTHER_COMPANY.search(text.replace("’", "'")))


def revised(text: str, brief: DraftBrief) -> DraftBrief | None:
    """Return the brief with what a message changes; None where it changes nothing."""
    plain = text.replace("’", "'")
    if _TALKS.match(plain) or (_ASKS_COACH.search(plain) and plain.rstrip().endswith("?")):
        return None
    changed = brief
    if other_company(plain):
        changed = _for_another(changed)
    changed = _styled(plain, changed)
    changed = corrected(plain, changed)
    changed = _with_facts(plain, changed, fresh=changed.facts != brief.facts and other_company(plain))
    changed = _with_content(plain, changed)
    if (months := MONTHS.search(plain)) is not None:
        changed = with_months(changed, plain, months["number"])
    return changed if changed != brief else None


def _for_another(brief: DraftBrief) -> DraftBrief:
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


def _styled(text: str, brief: DraftBrief) -> DraftBrief:
    channel, tone = channel_of(text), tone_of(text)
    if channel is not None:
        brief = replace(brief, channel=channel)
    if tone is not None:
        brief = replace(brief, tone=tone if tone is not Tone.SHORT else brief.tone)
    if _LONGER.search(text):
        brief = replace(brief, short=0)
    elif wants_short(text) or re.search(r"\bgrovel", text, re.IGNORECASE):
        brief = replace(brief, short=brief.short + 1)
    return brief


def _with_facts(text: str, brief: DraftBrief, *, fresh: bool) -> DraftBrief:
    """Return the brief with the facts that a message adds or puts right; the newest wins."""
    known = read_facts(text)
    facts = {fact.name: fact for fact in brief.facts}
    new = dict(known.facts)
    if fresh and "company" not in new and (firm := _named_firm(text, known)):
        new["company"] = DraftFact(name="company", value=firm, source=text)
    persons = read_persons(text)
    standing = facts.get("recipient")
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
    facts |= new
    marks = set(brief.marks)
    if "stage" in new:
        marks |= known.marks & STAGES
    if _NEVER_MET.search(text):
        marks.add("never_met")
    if "again" in known.marks:
        marks.add("again")
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


def _named_firm(text: str, known: Known) -> str:
    """Return the one capitalised name that is nobody's, where a message turns to another company."""
    taken = {word.lower() for fact in known.facts.values() for word in fact.value.split()}
    found = [
        match.group()
        for match in re.finditer(r"(?<![.!?] )(?<!^)\b[A-Z][\w-]+(?: [A-Z][\w-]+)*", text)
        if not set(match.group().lower().split()) & (taken | NOT_NAMES)
    ]
    return found[0] if len(found) == 1 else ""


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
    return score >= 6 or (score >= 4 and bool(_READER.search(text)) and not _NEVER_MET.search(text))


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
        and not _NEVER_MET.search(text)
    )


def _same_name(new: str, old: str) -> bool:
    return new.lower() in old.lower().split() or new.lower() == old.lower()


def _with_content(text: str, brief: DraftBrief) -> DraftBrief:
    keeps = frozenset({"they", "their", "them"}) if brief.kind is DraftKind.RECRUITER_MESSAGE else frozenset()
    content = read_content(text, news=False, keeps=keeps)
    said, asked, left_out = list(brief.said), list(brief.asked), list(brief.left_out)
    if _SAY_NOTHING.search(text):
        content = replace(content, said=())
    for each in content.left_out:
        gone = _content_words(each)
        said = [sentence for sentence in said if not gone & _content_words(sentence)]
        asked = [question for question in asked if not gone & _content_words(question)]
        left_out.append(each)
    said += [each for each in content.said if each not in said]
    asked = _chosen(text, asked) + [each for each in content.asked if each not in asked]
    if (match := _PUT_IN.search(text)) is not None:
        said.append(f"Please pass on my thanks to {match['name']} as well.")
    facts = {fact.name: fact for fact in brief.facts}
    facts |= _named(content, text)
    by_hand = tuple(replace(edit, text=_without(edit.text, content.left_out)) for edit in brief.by_hand)
    return replace(
        brief,
        said=tuple(said),
        asked=tuple(asked),
        left_out=tuple(dict.fromkeys(left_out)),
        facts=tuple(facts.values()),
        by_hand=by_hand,
    )


def _without(text: str, left_out: Iterable[str]) -> str:
    """Return a text without the sentences that hold words to be left out."""
    gone = [_content_words(each) for each in left_out]
    parts = re.split(r"(?<=[.?!])(\s+)", text)
    kept = [part for part in parts if not any(words_ and words_ <= _content_words(part) for words_ in gone)]
    return "".join(kept).strip()


def _chosen(text: str, asked: list[str]) -> list[str]:
    match = _ONLY_ASK.search(text)
    if match is None or len(asked) < 2:
        return asked
    places = {
        _ORDINAL[word] % len(asked) for word in re.findall(r"first|second|third|last|one", match["which"].lower())
    }
    return [question for place, question in enumerate(asked) if place in places]


def _named(content: Content, text: str) -> dict[str, DraftFact]:
    found = {"topic": content.topic, "thanked": content.thanked}
    return {name: DraftFact(name=name, value=value, source=text) for name, value in found.items() if value}


_FUNCTION = word_set(
    "the a an my your his her their i you he she they it to of and that is was in on for with me about any at"
)


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if word not in _FUNCTION)
