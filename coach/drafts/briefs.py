"""Makes the brief of a new draft from all that was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.asides import WITH_ASIDES
from coach.drafts.classifier import DraftReading
from coach.drafts.content import Content, read_content
from coach.drafts.facts import kind_facts, merged, read_facts
from coach.drafts.kinds import kind_of
from coach.drafts.offers import mentioned
from coach.drafts.quoted import own_words
from coach.drafts.steering import PRIVATE, RUDE
from coach.drafts.style import channel_of, told_channel, tone_of, wants_short
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import sentences, words
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
_PLANS = frozenset({DraftKind.NEW_OPENING, DraftKind.KEEP_IN_TOUCH, DraftKind.CONTRACT_INQUIRY})
"""Kinds into which belongs what the reader said of their plans."""
_TO_AGENCIES = frozenset(
    {DraftKind.FEEDBACK_REQUEST, DraftKind.THANK_YOU, DraftKind.KEEP_IN_TOUCH, DraftKind.NEW_OPENING}
)
_ENOUGH = 14
_ELSEWHERE = re.compile(
    r"\b(?:no|turned down|rejected|refused|rejection)\b[^.!?\n]{0,50}\b(?:elsewhere|somewhere else"
    r"|(?:an)?other (?:place|firm|company|employer|school|terminal|team))\b",
    re.IGNORECASE,
)


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
        kind = _kind(every, situation, reading, agency="agency" in known.facts)
    marks = set(known.marks)
    specials = kind_facts("\n".join(every), kind)
    if case := specials.pop("case", ""):
        marks.add(case)
    facts = dict(known.facts)
    facts |= {name: DraftFact(name=name, value=value, source=text) for name, value in specials.items()}
    if kind is DraftKind.INTRODUCTION_REQUEST:
        facts = _of_their_firm(facts, marks, every)
    keeps = _kept_for_others(every, kind, facts)
    contents = [
        read_content(each, news=kind in _NEWS, keeps=keeps, asides=kind in WITH_ASIDES, terms=kind in _WITH_TERMS)
        for each in every
    ]
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
    said = _said(contents, kind, specials) + (() if asked else _about(facts, kind, contents))
    if kind is DraftKind.HOT_WITHDRAWAL:
        said = (*_owned(every), *said)
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


def _of_their_firm(facts: Mapping[str, DraftFact], marks: set[str], every: Sequence[str]) -> dict[str, DraftFact]:
    """Return the facts of the firm into which they would be introduced, and mark where another one said no."""
    kept = dict(facts)
    if _ELSEWHERE.search("\n".join(every)):
        kept = {name: fact for name, fact in kept.items() if name not in ("company", "role", "stage")}
    if "company" in kept and not _no_from(kept["company"].value, every):
        marks.add("elsewhere")
    return kept


def _no_from(company: str, every: Sequence[str]) -> bool:
    """Whether a sentence tells of a no and names the company."""
    return any(company in part and "no" in read_facts(part).marks for each in every for part in sentences(each))


def _kind(
    every: Sequence[str], situation: Situation | None, reading: DraftReading | None, *, agency: bool
) -> DraftKind:
    shares = reading.shares if reading is not None else None
    kind = kind_of(_asking(every), situation, shares, every="\n".join(every))
    return DraftKind.RECRUITER_MESSAGE if reading is None and kind in _TO_AGENCIES and agency else kind


def _kept_for_others(every: Sequence[str], kind: DraftKind, facts: Mapping[str, DraftFact]) -> frozenset[str]:
    """Return the words that are not for the reader: "they" where a recruiter is asked about a client."""
    between = kind is DraftKind.RECRUITER_MESSAGE or "agency" in facts
    return frozenset({"they", "their", "them"}) if between and _OTHERS.search("\n".join(every)) else frozenset()


def _asked(contents: Sequence[Content], kind: DraftKind, specials: Mapping[str, str]) -> tuple[str, ...]:
    """Return what messages want asked, without what a draft of this kind asks anyway."""
    asked = [each for content in contents for each in content.asked if not _told_already(each, kind, specials)]
    if target := specials.get("target"):
        asked = [re.sub(r"\bmention me\?$", lambda _: f"mention me to {target}?", each) for each in asked]
        asked = [re.sub(r"\bto (?:her|him|them)\?$", lambda _: f"to {target}?", each) for each in asked]
    return tuple(dict.fromkeys(asked))


def _same_job(facts: Mapping[str, DraftFact]) -> bool:
    """Whether the job that is open and the one of the no are one and the same mention."""
    opening, job = facts.get("opening"), facts.get("role")
    return opening is not None and job is not None and _JOB_WORD.sub("", opening.value.lower()) == job.value.lower()


_OF_READER = re.compile(r"(?:You|Your)\b")
_CIVIL = re.compile(r"\b(?:kind|fair|right|good|helpful|patient|decent|honest|nothing wrong|no fault|polite)\b")
"""What an apology may say of its reader; of the hot words nothing may come back."""
_JOB_WORD = re.compile(r"^new |\s+(?:role|job|post|position|vacancy)$")


def _said(contents: Sequence[Content], kind: DraftKind, specials: Mapping[str, str]) -> tuple[str, ...]:
    """Return what messages want said, without what a draft of this kind says anyway."""
    work = frozenset(words(specials.get("work", "")))
    return tuple(
        dict.fromkeys(
            each
            for content in contents
            for each in content.said
            if not _said_anyway(each, kind)
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


def _wished(contents: Sequence[Content], source: str) -> dict[str, DraftFact]:
    """Return what messages ask about, thank for and did, the newest of each."""
    values = {
        name: value
        for content in contents
        for name, value in (("topic", content.topic), ("thanked", content.thanked), ("did", content.did))
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
        return new <= set(words(question))
    work = set(specials.get("work", "").lower().split())
    return kind is DraftKind.CONTRACT_INQUIRY and len(work & set(question.lower().strip("?").split())) > 1


_OFFERS = re.compile(
    r"\bI (?:could|can|would|am (?:up for|happy|willing|able|open (?:for|to)|available (?:as"
    r"|for)))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:client|employer|company|hiring manager|her|him|she|he)\b", re.IGNORECASE)
"""That "they" are others than the recruiter who reads."""
_IN_TOUCH = re.compile(
    r"\b(?:stay|keep) in (?:touch|contact)\b|\bstay connected\b|\bhear (?:about|of|when|if)\b", re.IGNORECASE
)
_KEEN = re.compile(r"\b(?:glad|happy|love|interest\w*|keen|up for|like to|still (?:about|around|here|fond))\b")
_GOOD_WORD = re.compile(r"\bput (?:me|in a|a)\b|\b(?:good )?word\b|\bin touch\b", re.IGNORECASE)
_NAMES_WORK = re.compile(r"I would like to (?:offer|ask about)\b")
_DONE_ANYWAY = {
    DraftKind.INTRODUCTION_REQUEST: re.compile(r"I hope (?:that )?you are well\b"),
    DraftKind.HOT_WITHDRAWAL: re.compile(
        r"I (?:am|apologi[sz]e)\b.*\b(?:sorry|apologi[sz]e)|It (?:is|has|has been) (?:gone|deleted)\b"
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


def _asking(every: Sequence[str]) -> str:
    """Return the words that tell what kind of draft is wanted: the message's, with those before where it is short."""
    own = own_words(every[-1])
    return own if len(own.split()) > _ENOUGH or len(every) == 1 else "\n".join([own_words(every[-2]), own])
