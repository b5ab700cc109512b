"""Makes the brief of a new draft from all that was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.asides import WITH_ASIDES
from coach.drafts.choosing import chosen_kind
from coach.drafts.classifier import DraftReading
from coach.drafts.content import Content, read_content
from coach.drafts.facts import kind_facts, merged, read_facts
from coach.drafts.offers import mentioned
from coach.drafts.others import as_she, kept_for_others, of_their_firm
from coach.drafts.plainer import said_plainly
from coach.drafts.quoted import own_words
from coach.drafts.steering import PRIVATE, RUDE
from coach.drafts.style import channel_of, told_channel, tone_of, wants_short
from coach.drafts.wishes import read_known
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import words
from coach.types import Situation

_NEWS = frozenset(
    {
        DraftKind.NEW_OPENING,
        DraftKind.KEEP_IN_TOUCH,
        DraftKind.CONTRACT_INQUIRY,
        DraftKind.RECRUITER_MESSAGE,
        DraftKind.THANK_YOU,
    }
)
"""Kinds into which belongs what the person has done since, and when they could work."""
_WITH_TERMS = frozenset({DraftKind.RECRUITER_MESSAGE, DraftKind.CONTRACT_INQUIRY})
_OF_THEMSELVES = (_NEWS | {DraftKind.INTRODUCTION_REQUEST}) - {DraftKind.THANK_YOU}
"""Kinds that are about what the person can do, wherever in a message it is told."""
_PLANS = frozenset({DraftKind.NEW_OPENING, DraftKind.KEEP_IN_TOUCH, DraftKind.CONTRACT_INQUIRY})
"""Kinds into which belongs what the reader said of their plans."""


def new_brief(
    every: Sequence[str],
    situation: Situation | None,
    *,
    kind: DraftKind | None = None,
    reading: DraftReading | None = None,
) -> DraftBrief:
    """Return the brief of a new draft.

    Args:
        every: The person's messages, the newest last.
        situation: What was understood of the newest.
        kind: What the draft is for; by default what the messages say.
        reading: What the classifiers say of the newest; without it the words decide.
    """
    text = every[-1]
    known = merged(read_facts(each) for each in every)
    if kind is None:
        kind = chosen_kind(every, situation, reading, agency="agency" in known.facts)
    marks = set(known.marks)
    specials = kind_facts("\n".join(every), kind)
    if case := specials.pop("case", ""):
        marks.add(case)
    facts = dict(known.facts)
    facts |= {name: DraftFact(name=name, value=value, source=text) for name, value in specials.items()}
    if kind is DraftKind.INTRODUCTION_REQUEST:
        facts = of_their_firm(facts, marks, every)
    keeps = kept_for_others(every, kind, facts)
    contents = _contents(every, kind, facts, keeps)
    facts |= _wished(contents, text)
    if "thanked" not in facts and "deed" in facts:
        facts["thanked"] = replace(facts["deed"], name="thanked")
    if kind in _PLANS and (plans := mentioned("\n".join(every))):
        facts["mentioned"] = DraftFact(name="mentioned", value=plans, source=text)
    if _same_job(facts):
        facts.pop("role")
    if any(content.verbatim for content in contents):
        marks.add("verbatim")
    asked = _asked(contents, kind, specials)
    reader = facts["recipient"].value.split()[-1] if "recipient" in facts else ""
    said = _said(contents, kind, specials, reader) + (() if asked else _about(facts, kind, contents))
    if kind is DraftKind.HOT_WITHDRAWAL:
        said = tuple(dict.fromkeys((*_owned(every), *said)))
    marks |= _told_by(said, kind, specials)
    left_out = tuple(dict.fromkeys(each for content in contents for each in content.left_out))
    gone = {each.lower() for each in left_out}
    facts = {name: fact for name, fact in facts.items() if fact.value.lower() not in gone}
    channels = _channels(every, reading)
    tones = [tone for each in every if (tone := tone_of(each)) is not None]
    return DraftBrief(
        kind=kind,
        channel=channels[-1] if channels else Channel.EMAIL,
        tone=tones[-1] if tones else Tone.PLAIN,
        short=int(wants_short(own_words(text)) and Channel.LINKEDIN not in channels[-1:]),
        facts=tuple(facts.values()),
        marks=tuple(sorted(marks)),
        said=said,
        asked=asked,
        left_out=left_out,
        read=len(every),
    )


def _contents(
    every: Sequence[str], kind: DraftKind, facts: Mapping[str, DraftFact], keeps: frozenset[str]
) -> list[Content]:
    """Return what each message asks a draft of a kind to hold."""
    contents = [
        read_content(
            as_she(each, facts),
            news=kind in _NEWS,
            keeps=keeps,
            asides=kind in WITH_ASIDES,
            whole=kind in _OF_THEMSELVES,
            terms=kind in _WITH_TERMS,
        )
        for each in every
    ]
    if kind is DraftKind.INTRODUCTION_REQUEST:
        known_by = [said for each in every for said in read_known(said_plainly(each.replace("’", "'")), keeps)]
        contents[-1] = replace(contents[-1], said=(*contents[-1].said, *known_by))
    return contents


def _asked(contents: Sequence[Content], kind: DraftKind, specials: Mapping[str, str]) -> tuple[str, ...]:
    """Return what messages want asked, without what a draft of this kind asks anyway."""
    asked = [each for content in contents for each in content.asked if not _told_already(each, kind, specials)]
    if target := specials.get("target"):
        asked = [re.sub(r"\bmention me\?$", lambda _: f"mention me to {target}?", each) for each in asked]
        asked = [re.sub(r"\bto (?:her|him|them)\?$", lambda _: f"to {target}?", each) for each in asked]
        if re.match(r"[A-Z]|the ", target):
            asked = [
                re.sub(
                    r"\b(tell|ask|show|give|email|text|ring|call|write to|speak to|talk to) (?:him|her|them)\b",
                    lambda told: f"{told[1]} {target}",
                    each,
                )
                for each in asked
            ]
    return tuple(dict.fromkeys(asked))


def _same_job(facts: Mapping[str, DraftFact]) -> bool:
    """Whether the job that is open and the one of the no are one and the same mention."""
    opening, job = facts.get("opening"), facts.get("role")
    return opening is not None and job is not None and _JOB_WORD.sub("", opening.value.lower()) == job.value.lower()


_OF_READER = re.compile(r"(?:You|Your)\b")
_CIVIL = re.compile(r"\b(?:kind|fair|right|good|helpful|patient|decent|honest|nothing wrong|no fault|polite)\b")
"""What an apology may say of its reader; of the hot words nothing may come back."""
_JOB_WORD = re.compile(r"^new |\s+(?:role|job|post|position|vacancy)$")


def _said(contents: Sequence[Content], kind: DraftKind, specials: Mapping[str, str], reader: str) -> tuple[str, ...]:
    """Return what messages want said, without what a draft of this kind says anyway, or of the reader by name."""
    work = frozenset(words(specials.get("work", "")))
    return tuple(
        dict.fromkeys(
            each
            for content in contents
            for each in content.said
            if not _said_anyway(each, kind)
            and not (reader and re.search(rf"\b{re.escape(reader)}\b", each))
            and not (kind is DraftKind.HOT_WITHDRAWAL and _OF_READER.match(each) and not _CIVIL.search(each))
            and not ("looking" in specials and each.startswith("I am looking for "))
            and not (
                "own_job" in specials and each.startswith("I am a") and specials["own_job"].lower() in each.lower()
            )
            and not (work and _NAMES_WORK.match(each) and set(words(each)[5:]) <= work)
        )
    )


_OWNED = re.compile(
    r"\b(?P<said>i (?:was (?:so )?wrong to|should(?: not|n't) have|had no (?:right|business) to) [^.,;!?\n]{3,60}?)"
    r"(?=\s*(?:[.,;!?\n]|$| and | but | because ))",
    re.IGNORECASE,
)


def _owned(every: Sequence[str]) -> tuple[str, ...]:
    """Return what they say themselves they should not have done, where it holds nothing of the hot words."""
    found = [match["said"] for each in every for match in _OWNED.finditer(each.replace("’", "'"))]
    told = [sentence(addressed(spelled(each))) for each in found if not (RUDE.search(each) or PRIVATE.search(each))]
    return tuple(dict.fromkeys(told))


def _about(facts: Mapping[str, DraftFact], kind: DraftKind, contents: Sequence[Content]) -> tuple[str, ...]:
    """Return what is asked about in a kind of draft that has no question for it."""
    topic = facts.get("topic")
    if topic is not None and any(topic.value in each for content in contents for each in content.said):
        return ()
    told = topic is not None and kind is not DraftKind.FEEDBACK_REQUEST
    return (f"I would like to ask about {topic.value}.",) if topic is not None and told else ()


def _told_by(said: Sequence[str], kind: DraftKind, specials: Mapping[str, str]) -> set[str]:
    """Return the marks for what a person's own sentences say, so that no stock line says it again."""
    found: set[str] = set()
    work = frozenset(words(specials.get("work", "")))
    if kind is DraftKind.CONTRACT_INQUIRY and any(
        _OFFERS.search(each) and (not work or work & set(words(each))) for each in said
    ):
        found.add("own_offer")
    if any(_KEEN.search(each) for each in said):
        found.add("keen")
    if any(_IN_TOUCH.search(each) for each in said):
        found.add("in_touch")
    if kind is DraftKind.NEW_OPENING and any(re.search(r"\bappl(?:ying|ied)\b", each) for each in said):
        found.add("applying")
    return found


_ASKING = 2
"""Newest messages that may say what is to be asked about."""


def _wished(contents: Sequence[Content], source: str) -> dict[str, DraftFact]:
    """Return what messages ask about, thank for and did, the newest of each."""
    # What was asked about earlier in a story was asked of somebody else.
    topics = [content.topic for content in contents[-_ASKING:]]
    values = {
        name: value
        for content, topic in zip(contents, [""] * (len(contents) - len(topics)) + topics, strict=True)
        for name, value in (("topic", topic), ("thanked", content.thanked), ("did", content.did))
        if value
    }
    return {name: DraftFact(name=name, value=value, source=source) for name, value in values.items()}


def _channels(every: Sequence[str], reading: DraftReading | None) -> list[Channel]:
    """Return the channels that are named, oldest first, the one that the classifier has read last."""
    named = [channel for each in every if (channel := channel_of(each)) is not None]
    read = [reading.channel] if reading is not None and reading.channel is not None else []
    told = told_channel(every[-1])
    return [*named, *read, *([told] if told is not None else [])]


def _told_already(question: str, kind: DraftKind, specials: Mapping[str, str]) -> bool:
    """Whether a question asks what this kind of draft asks anyway."""
    if kind is DraftKind.INTRODUCTION_REQUEST:
        told = {"target", "offered_intro"} & set(specials) or ("word" in specials and " with " not in question)
        return "introduc" in question.lower() or bool(told and _GOOD_WORD.search(question))
    if kind is DraftKind.RESCHEDULE and (new := set(words(specials.get("newtime", ""))) - {"by", "on"}):
        told = set(words(question))
        return new <= told and len((told - new) & _MORE_TIMES) < _MORE
    work = set(specials.get("work", "").lower().split())
    return kind is DraftKind.CONTRACT_INQUIRY and len(work & set(question.lower().strip("?").split())) > 1


_MORE_TIMES = frozenset({"or", "after", "before", "any", "same", "between", "else"})
_MORE = 2
"""A question that says so much more of the times is better than the stock one."""
_OFFERS = re.compile(
    r"\bI (?:could|can|would|am (?:up for|happy|willing|able|open (?:for|to)|available (?:as"
    r"|for)))\b",
    re.IGNORECASE,
)
_IN_TOUCH = re.compile(
    r"\b(?:stay|keep) in (?:touch|contact)\b|\bstay connected\b|\bhear (?:about|of|when|if)\b", re.IGNORECASE
)
_KEEN = re.compile(r"\b(?:glad|happy|love|interest\w*|keen|up for|like to|still (?:about|around|here|fond))\b")
_GOOD_WORD = re.compile(r"\bput (?:me|in a|a)\b|\b(?:good )?word\b|\bin touch\b", re.IGNORECASE)
_NAMES_WORK = re.compile(r"I would like to (?:offer|ask about)\b")
_DONE_ANYWAY = {
    DraftKind.INTRODUCTION_REQUEST: re.compile(r"I hope (?:that )?you are well\b"),
    DraftKind.HOT_WITHDRAWAL: re.compile(
        r"I (?:am|apologi[sz]e)\b.*\b(?:sorry|apologi[sz]e)"
        r"|(?:It|I) (?:is|has|have|has been)(?: since| now)? (?:gone|deleted)\b"
    ),
    DraftKind.RESCHEDULE: re.compile(
        r"It (?:needs|has) to be\b|I (?:cannot|will not|am not able to|am unable to) (?:come"
        r"|make|do|take|talk)\b"
    ),
    DraftKind.REJECTION_REPLY: re.compile(r"(?:I am sorry|It is a no)\b"),
    DraftKind.NEW_OPENING: re.compile(r"I (?:am|saw|have seen) (?:interested|the (?:new )?ad)\b"),
}


def _said_anyway(sentence: str, kind: DraftKind) -> bool:
    """Whether a draft of this kind says a sentence anyway."""
    known = _DONE_ANYWAY.get(kind)
    return known is not None and known.match(sentence) is not None
