"""Understand what a person wants changed in the draft that stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.additions import added, filled, when_only
from coach.drafts.amended import amended
from coach.drafts.another import other_company
from coach.drafts.asides import WITH_ASIDES
from coach.drafts.assemble import blocks_of
from coach.drafts.content import Content, read_content
from coach.drafts.corrections import corrected, reworded
from coach.drafts.lengths import MONTHS, with_months
from coach.drafts.readers import for_another, with_facts
from coach.drafts.removals import cut, only_about, to_leave_out, without
from coach.drafts.rephrased import rephrased
from coach.drafts.softening import softened
from coach.drafts.steering import without_leaving
from coach.drafts.style import channel_of, told_channel, tone_of, wants_short
from coach.drafts.templates import Template
from coach.drafts.trimming import content_words, questions_in
from coach.drafts.values import DATE
from coach.facts.stages import STAGES, stage_of
from coach.text import words

_UNDO = re.compile(
    r"\b(?:undo|go back|(?:the )?(?:previous|old|earlier|first|last) (?:one|version|draft)(?: was better| again"
    r"| please| back)?|take that back|back to (?:the )?(?:first|previous|old)|revert)\b",
    re.IGNORECASE,
)


_UNDO_PART = re.compile(r"\b(?:bit|part|line|thing|stuff|sentence|change) (?:about|with|on|of)\b", re.IGNORECASE)


_PUT_IN = re.compile(
    r"\b(?:put|get|bring|have|include|mention|work|squeeze) (?P<name>[A-Z][\w-]+)(?: in\b| too\b| as well\b|$)"
)


_LONGER = re.compile(r"\b(?:longer|too short|more detail|a bit more)\b", re.IGNORECASE)


_ONLY_ASK = re.compile(
    r"\b(?:only|just) (?:ask |the |keep )*(?P<which>(?:first|second|third|last|one)(?: question)?(?:(?:,"
    r"| and)+ (?:the )?(?:first|second"
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
    return bool(_UNDO.search(text)) and len(words(text)) <= 10 and not _UNDO_PART.search(text)


def asks_for_change(text: str) -> bool:
    """Whether a message may ask for a change: it is no word of thanks, and no question to the coach."""
    plain = text.replace("’", "'")
    return not (_TALKS.match(plain) or (_ASKS_COACH.search(plain) and plain.rstrip().endswith("?")))


def revised(text: str, brief: DraftBrief, template: Template | None = None) -> DraftBrief | None:
    """Return the brief with what a message changes; None where it changes nothing.

    Args:
        text: The message.
        brief: What the draft that stands is made from.
        template: The template that it is made with, for changes of the templates' own words.
    """
    plain = text.replace("’", "'")
    if not asks_for_change(plain):
        return None
    another = other_company(plain)
    changed = for_another(brief) if another else brief
    changed, plain = amended(plain, changed)
    if not content_words(plain):
        return changed if changed != brief else None
    changed, rest = corrected(plain, changed)
    if changed != brief and when_only(rest):
        rest = ""
    if changed == brief:
        changed, rest = rephrased(plain, changed)
        if changed != brief and len(words(rest)) <= _WHY and not _ORDERS.search(rest):
            # What is left says why.
            rest = ""
    changed = _as_far(brief, changed)
    wanted = to_leave_out(plain)
    rest = without_leaving(rest)
    changed = without(changed, wanted)
    changed = softened(plain, _styled(plain, changed))
    changed = with_facts(rest, changed, fresh=another and changed.facts != brief.facts)
    changed = _with_content(rest, changed)
    if (months := MONTHS.search(plain)) is not None:
        changed = with_months(changed, plain, months["number"])
    if template is not None and not another:
        changed = _by_hand(plain, brief, changed, template, wanted)
    return changed if changed != brief else None


def _as_far(before: DraftBrief, brief: DraftBrief) -> DraftBrief:
    """Return the brief with the marks of the stage that a correction has put in the place of another."""
    stages = [fact.value for each in (before, brief) for fact in each.facts if fact.name == "stage"]
    if len(stages) < 2 or stages[0] == stages[1]:
        return brief
    told = stage_of(stages[1])
    marks = {mark for mark in brief.marks if mark not in STAGES} | {told[1] if told is not None else "interview"}
    return replace(brief, marks=tuple(sorted(marks)))


def _by_hand(text: str, before: DraftBrief, brief: DraftBrief, template: Template, wanted: Sequence[str]) -> DraftBrief:
    """Return the brief with the templates' own words put right or taken out, where nothing of theirs could be."""
    unsaid = replace(brief, left_out=before.left_out)
    brief = cut(text, brief, dict(blocks_of(brief, template)), wanted)
    return reworded(text, brief, dict(blocks_of(brief, template))) if unsaid == before else brief


_WHY = 6
_ORDERS = re.compile(
    r"\b(?:add|say|sign|ask|also|put|make|mention|not|take|drop|leave|tell|thank|send)\b", re.IGNORECASE
)
_NO_MORE = re.compile(
    r"\b(?:scrap|forget|drop|not|no more|instead of) (?:the |a |an |by |on )?(?:dm|text|linkedin|whatsapp|phone"
    r"|call|message|note)\b",
    re.IGNORECASE,
)


_THEY_DO = re.compile(
    r"\b(?:he|she|they)(?:'s| is|'d)? (?:\w+ ){0,3}?(?:ring(?:s|ing)?|call(?:s|ing)?|phon(?:es?|ing)|texts?"
    r"|texting|e-?mails?)\b",
    re.IGNORECASE,
)
"""What the reader likes or does, and no channel for the draft."""


def _styled(text: str, brief: DraftBrief) -> DraftBrief:
    channel, tone = channel_of(text), tone_of(text)
    if channel is not None and told_channel(text) is None and _THEY_DO.search(text):
        channel = None
    if channel is None and brief.channel is not Channel.EMAIL and _NO_MORE.search(text):
        channel = Channel.EMAIL
    if tone is Tone.PLAIN and brief.tone is Tone.PLAIN and not to_leave_out(text):
        # Nothing is plainer than plain, but for fewer words.
        brief = replace(brief, short=brief.short + 1)
    if channel is not None:
        brief = replace(brief, channel=channel)
    if tone is not None:
        brief = replace(brief, tone=tone if tone is not Tone.SHORT else brief.tone)
    if _LONGER.search(text):
        brief = replace(brief, short=0)
    elif wants_short(text) or re.search(r"\bgrovel", text, re.IGNORECASE):
        brief = replace(brief, short=brief.short + 1)
    return brief


def _with_content(text: str, brief: DraftBrief) -> DraftBrief:
    keeps = frozenset({"they", "their", "them"}) if brief.kind is DraftKind.RECRUITER_MESSAGE else frozenset()
    aside = brief.kind in WITH_ASIDES and not _SAY_NOTHING.search(text)
    content = read_content(text, news=False, keeps=keeps, asides=aside, whole=True)
    if _SAY_NOTHING.search(text):
        content = replace(content, said=())
    if _ONLY_THANKS.search(text):
        brief = replace(brief, said=(), asked=())
    brief = filled(text, brief)
    told = (each for each in content.said if each not in brief.said and not _HOW_TO_SAY_IT.match(each))
    said = [*brief.said, *told]
    asked = only_about(text, _chosen(text, list(brief.asked))) + [
        each for each in content.asked if each not in brief.asked
    ]
    if content.asked and _ONLY_THIS.search(text):
        asked = list(content.asked)
    if (match := _PUT_IN.search(text)) is not None:
        said.append(f"Please pass on my thanks to {match['name']} as well.")
        text = _PUT_IN.sub(" ", text)
    if brief.kind in _TELLS_WHEN and (free := when_only(text)):
        said.append(free)
    more = added(text, (*content.said, content.thanked), (*content.asked, content.topic), keeps)
    for each in [] if _SAY_NOTHING.search(text) else more:
        (asked if each.endswith("?") else said).append(_to_reader(each, brief))
    facts = {fact.name: fact for fact in brief.facts}
    if brief.kind is DraftKind.RESCHEDULE and (times := [each for each in said if _TIME.match(each)]):
        facts["newtime"] = DraftFact(name="newtime", value=times[-1].strip("[]."), source=text)
        said = [each for each in said if each not in times]
        asked = [each for each in asked if not _OTHER_DAY.search(each)]
    named = _named(content, text)
    if (topic := named.get("topic")) and (old := facts.get("topic")) and _ALSO.search(text):
        named["topic"] = replace(topic, value=f"{old.value} and {topic.value}")
    facts |= named
    return replace(
        brief, said=tuple(dict.fromkeys(said)), asked=tuple(dict.fromkeys(asked)), facts=tuple(facts.values())
    )


_ONLY_THIS = re.compile(
    r"\b(?:just|only) ask\b[^.!?\n]*\binstead\b|\binstead,? (?:just |only )?ask\b"
    r"|\bonly ask\b(?! (?:the )?(?:first|second|third|last|one))",
    re.IGNORECASE,
)
_ONLY_THANKS = re.compile(
    r"\b(?:just|only) (?:the |say |a )?(?:thanks|thank[- ]you)\W*(?:please|pls|then)?\W*$", re.IGNORECASE
)
_TELLS_WHEN = frozenset(
    {DraftKind.CONTRACT_INQUIRY, DraftKind.NEW_OPENING, DraftKind.KEEP_IN_TOUCH, DraftKind.RECRUITER_MESSAGE}
)
_ALSO = re.compile(r"\b(?:too|also|as well)\b", re.IGNORECASE)
_HOW_TO_SAY_IT = re.compile(
    r"(?:it|this|that) (?!is\b|was\b|were\b|are\b|would\b|will\b|has\b|had\b|can\b|could\b|mea\w+\b|made\b|gave\b)",
    re.IGNORECASE,
)
"""What follows "say it" is how, unless it says what "it" is or does."""
_OTHER_DAY = re.compile(r"\b(?:different|another|other|new) (?:day|time|date|slot)\b", re.IGNORECASE)
_TIME = re.compile(rf"\[(?:{DATE.pattern})", re.IGNORECASE)


def _to_reader(told: str, brief: DraftBrief) -> str:
    """Return what is to be said to somebody as said to them, where they are one of the readers."""
    match = re.fullmatch(r"Please tell (?P<name>\w+) that I am sorry\.", told)
    readers = next((fact.value for fact in brief.facts if fact.name == "recipient"), "")
    return f"{match['name']}, I am sorry to you above all." if match and match["name"] in readers.split() else told


def _chosen(text: str, asked: list[str]) -> list[str]:
    match = _ONLY_ASK.search(text)
    if match is None:
        return asked
    if len(asked) == 1:
        opens, clauses, end = questions_in(asked[0])
        asked = [f"{opens} {clause}{end}" for clause in clauses] if len(clauses) > 1 else asked
    if len(asked) < 2:
        return asked
    places = {
        _ORDINAL[word] % len(asked) for word in re.findall(r"first|second|third|last|one", match["which"].lower())
    }
    return [question for place, question in enumerate(asked) if place in places]


def _named(content: Content, text: str) -> dict[str, DraftFact]:
    found = {"topic": content.topic, "thanked": content.thanked}
    return {name: DraftFact(name=name, value=value, source=text) for name, value in found.items() if value}
