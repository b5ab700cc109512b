"""The values of drafts: their kinds, channels and tones, and what one is made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DraftKind(StrEnum):
    """What a message that is written for the person is for."""

    FEEDBACK_REQUEST = "feedback_request"
    REJECTION_REPLY = "rejection_reply"
    KEEP_IN_TOUCH = "keep_in_touch"
    NEW_OPENING = "new_opening"
    CONTRACT_INQUIRY = "contract_inquiry"
    RECRUITER_MESSAGE = "recruiter_message"
    INTRODUCTION_REQUEST = "introduction_request"
    THANK_YOU = "thank_you"
    RESCHEDULE = "reschedule"
    HOT_WITHDRAWAL = "hot_withdrawal"


class Channel(StrEnum):
    """The way a draft goes to its reader."""

    EMAIL = "email"
    LINKEDIN = "linkedin"
    TEXT = "text"
    PHONE = "phone"


class Tone(StrEnum):
    """How a draft is worded. ``SHORT`` asks for few words; a draft can be short in any other tone too."""

    PLAIN = "plain"
    WARM = "warm"
    FORMAL = "formal"
    SIMPLE = "simple"
    SHORT = "short"


@dataclass(frozen=True, kw_only=True)
class DraftFact:
    """A fact for a draft: what it is called, its value in the person's words, and the sentence it came from."""

    name: str
    value: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftEdit:
    """A part of a draft that the person wrote by hand: its place, and the text; empty where they removed it."""

    part: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DraftBrief:
    """All that a draft is made from. From the same brief comes the same draft.

    ``short`` counts how often it was to be shorter. ``marks`` are what is so besides the facts
    (such as "panel" or "agency"). ``said`` are sentences that the person asked to add, ``asked``
    questions that they want asked, ``left_out`` words that they want kept out. ``read`` is the
    number of their messages that the facts come from.
    """

    kind: DraftKind
    channel: Channel
    tone: Tone = Tone.PLAIN
    short: int = 0
    facts: tuple[DraftFact, ...] = ()
    marks: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    by_hand: tuple[DraftEdit, ...] = ()
    read: int = 0
