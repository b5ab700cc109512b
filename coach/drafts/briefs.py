"""Makes the brief of a new draft from all that was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.classifier import DraftReading
from coach.drafts.content import Content, read_content
from coach.drafts.facts import kind_facts, merged, read_facts
from coach.drafts.kinds import kind_of
from coach.drafts.offers import mentioned
from coach.drafts.quoted import own_words
from coach.drafts.style import channel_of, tone_of, wants_short
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
_PLANS = frozenset({DraftKind.NEW_OPENING, DraftKind.KEEP_IN_TOUCH, DraftKind.CONTRACT_INQUIRY})
"""Kinds into which belongs what the reader said of their plans."""
_TO_AGENCIES = frozenset(
    {DraftKind.FEEDBACK_REQUEST, DraftKind.THANK_YOU, DraftKind.KEEP_IN_TOUCH, DraftKind.NEW_OPENING}
)
_ENOUGH = 14


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
        kind = kind_of(_asking(every), situation, reading.shares if reading is not None else None)
        if reading is None and kind in _TO_AGENCIES and "agency" in known.facts:
            kind = DraftKind.RECRUITER_MESSAGE
    facts = dict(known.facts)
    marks = set(known.marks)
    specials = kind_facts("\n".join(every), kind)
    if case := specials.pop("case", ""):
        marks.add(case)
    facts |= {name: DraftFact(name=name, value=value, source=text) for name, value in specials.items()}
    keeps = (
        frozenset({"they", "their", "them"})
        if kind is DraftKind.RECRUITER_MESSAGE or "agency" in facts
        else frozenset()
    )
    contents = [read_content(each, news=kind in _NEWS, keeps=keeps) for each in every]
    facts |= _wished(contents, text)
    if kind is not DraftKind.THANK_YOU:
        facts.pop("thanked", None)
    elif "thanked" not in facts and "deed" in facts:
        facts["thanked"] = replace(facts["deed"], name="thanked")
    if kind in _PLANS and (plans := mentioned("\n".join(every))):
        facts["mentioned"] = DraftFact(name="mentioned", value=plans, source=text)
    if any(content.verbatim for content in contents):
        marks.add("verbatim")
    asked = tuple(
        dict.fromkeys(each for content in contents for each in content.asked if not _told_already(each, kind, specials))
    )
    left_out = tuple(dict.fromkeys(each for content in contents for each in content.left_out))
    facts = {
        name: fact for name, fact in facts.items() if fact.value.lower() not in {each.lower() for each in left_out}
    }
    channels = _channels(every, reading)
    tones = [tone for each in every if (tone := tone_of(each)) is not None]
    return DraftBrief(
        kind=kind,
        channel=channels[-1] if channels else Channel.EMAIL,
        tone=tones[-1] if tones else Tone.PLAIN,
        short=int(wants_short(own_words(text)) and Channel.LINKEDIN not in channels[-1:]),
        facts=tuple(facts.values()),
        marks=tuple(sorted(marks)),
        said=tuple(dict.fromkeys(each for content in contents for each in content.said)),
        asked=asked,
        left_out=left_out,
        read=len(every),
    )


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
    return named if reading is None or reading.channel is None else [*named, reading.channel]


def _told_already(question: str, kind: DraftKind, specials: Mapping[str, str]) -> bool:
    """Whether a question asks what this kind of draft asks anyway."""
    if kind is DraftKind.INTRODUCTION_REQUEST:
        return "introduc" in question.lower()
    work = set(specials.get("work", "").lower().split())
    return kind is DraftKind.CONTRACT_INQUIRY and len(work & set(question.lower().strip("?").split())) > 1


def _asking(every: Sequence[str]) -> str:
    """Return the words that tell what kind of draft is wanted: the message's, with those before where it is short."""
    own = own_words(every[-1])
    return own if len(own.split()) > _ENOUGH or len(every) == 1 else "\n".join([own_words(every[-2]), own])
