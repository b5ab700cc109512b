"""The values every stage speaks in, and the closed vocabularies.

Everything here is immutable and built by keyword. Vocabularies are string
enums, so that their members read well in JSON, TOML and Markdown front matter.
One long file on purpose: every stage speaks in most of these, and there is one place to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from coach.cues import Cue

Vector = npt.NDArray[np.float32]


class Kind(StrEnum):
    """What a message is, as the coach sees it."""

    FRESH_REJECTION = "fresh_rejection"
    ASK_FEEDBACK = "ask_feedback"
    STAY_IN_TOUCH = "stay_in_touch"
    ANGRY_REPLY = "angry_reply"
    CONTRACT_WORK = "contract_work"
    DEBRIEF = "debrief"
    RECRUITER = "recruiter"
    NEXT_STEP = "next_step"
    BLAME_BAIT = "blame_bait"
    DECODE_EMAIL = "decode_email"
    REFUSES_ADVICE = "refuses_advice"
    OFF_TOPIC = "off_topic"
    IDENTITY = "identity"
    THANKS = "thanks"


class Wants(StrEnum):
    """What the person hopes to get from the next reply."""

    COMFORT = "comfort"
    ADVICE = "advice"
    DRAFT = "draft"
    EXPLANATION = "explanation"
    PLAN = "plan"
    DECISION = "decision"


class Stage(StrEnum):
    """Time since the no, in growing order. The interview stage is a fact, not this."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    UNKNOWN = "unknown"


class Feeling(StrEnum):
    """A feeling that a message shows."""

    HURT = "hurt"
    DISAPPOINTED = "disappointed"
    SAD = "sad"
    ANGRY = "angry"
    ASHAMED = "ashamed"
    ANXIOUS = "anxious"
    TIRED = "tired"
    NUMB = "numb"
    CONFUSED = "confused"
    RELIEVED = "relieved"
    NONE = "none"


class Sign(StrEnum):
    """A fact that a message states, needed for a sentence of the phrase bank to be true."""

    INTERVIEWED = "interviewed"
    SEVERAL_ROUNDS = "several_rounds"
    FINAL_ROUND = "final_round"
    SILENCE = "silence"
    AUTOMATED = "automated"
    FAST_REPLY = "fast_reply"
    REASON_GIVEN = "reason_given"
    INTERNAL = "internal"
    REFERRAL = "referral"
    MANY_REJECTIONS = "many_rejections"
    PASTED_EMAIL = "pasted_email"
    WANTS_TO_SEND_ANGER = "wants_to_send_anger"
    ASKS_WHY = "asks_why"
    SELF_ATTACK = "self_attack"
    CLAIMS_BIAS = "claims_bias"
    OFFERS_DOOR_OPEN = "offers_door_open"
    LONG_WAIT = "long_wait"
    NO_ADVICE = "no_advice"
    NO_CONTACT = "no_contact"
    ASKED_ALREADY = "asked_already"
    BAD_MOMENT = "bad_moment"


class Strategy(StrEnum):
    """What a message calls for; every card has one of these but ``none``."""

    DEPERSONALIZE = "depersonalize"
    NETWORK = "network"
    CONTRACT = "contract"
    CRITIQUE = "critique"
    FEEDBACK = "feedback"
    RECRUITER = "recruiter"
    NEXT_STEP = "next-step"
    REST = "rest"
    NONE = "none"


class Level(StrEnum):
    """Safety level of a message or conversation."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    V1 = "V1"
    V2 = "V2"
    A = "A"
    F = "F"
    D = "D"

    @property
    def stops_coaching(self) -> bool:
        """Whether the reply is fixed text alone and no coaching follows."""
        return self in _STOPS_COACHING


_STOPS_COACHING = frozenset({Level.L2, Level.L3, Level.L4, Level.V1, Level.V2})


class Origin(StrEnum):
    """Where a shown sentence comes from."""

    PHRASE = "phrase"
    CARD = "card"
    NOTES = "notes"
    SAFETY = "safety"
    YOURS = "yours"
    DRAFT = "draft"
    FREE = "free"


class Part(StrEnum):
    """The part a sentence plays in a reply."""

    ECHO = "echo"
    OPENING = "opening"
    FEELING = "feeling"
    PERSPECTIVE = "perspective"
    ADVICE = "advice"
    CLOSE = "close"
    IDENTITY = "identity"
    SHORT = "short"
    WHOLE = "whole"


class FactName(StrEnum):
    """What a fact is about. ``STAGE`` is how far they came ("second interview"), ``NUMBER`` how many rejections."""

    COMPANY = "company"
    ROLE = "role"
    STAGE = "stage"
    NUMBER = "number"
    PERSON = "person"
    WHEN = "when"
    CHANNEL = "channel"
    SAID = "said"
    TRIED = "tried"
    COUNTRY = "country"


class Fault(StrEnum):
    """Why the guard withholds a sentence."""

    PERSONALIZING = "personalizing"
    BLAME = "blame"
    EMPLOYER_BLAME = "employer_blame"
    TOXIC_POSITIVITY = "toxic_positivity"
    SYCOPHANCY = "sycophancy"
    INVENTED = "invented"
    UNSAFE = "unsafe"
    LEAK = "leak"
    REPEAT = "repeat"
    MISFIT = "misfit"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of a conversation as it was shown.

    ``role`` is "user" or "assistant"; ``level`` is the safety level in force after it.
    """

    role: str
    text: str
    level: Level = Level.L0


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """A message's embeddings, unit length, made once a turn.

    ``whole`` has shape (dimensions,); ``each`` has shape (len(sentences), dimensions). ``levels`` says how much the
    whole and each sentence speak for every ``Level``, shape (1 + len(sentences), levels); None where nothing read them.
    """

    whole: Vector
    sentences: tuple[str, ...]
    each: Vector
    levels: Vector | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact in the person's words, and the sentence of theirs that it came from; "" when they typed it in by hand."""

    name: FactName
    value: str
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is understood of the person's situation in this turn.

    ``kind_confidence``, ``stage_confidence`` and ``draft_share``, of a draft being wanted, are
    probabilities in 0..1, the last None where nobody asked; ``facts`` are those of the whole
    conversation, this turn's message included.
    """

    kind: Kind
    kind_confidence: float
    wants: Wants
    stage: Stage
    stage_confidence: float
    feelings: tuple[Feeling, ...]
    signs: frozenset[Sign] = frozenset()
    facts: tuple[Fact, ...] = ()
    draft_share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One small optional action of a card, with its time."""

    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One advice card, as written in ``knowledge/<strategy>/<id>.md``."""

    id: str
    title: str
    strategy: Strategy
    stages: tuple[Stage, ...]
    not_before: Stage | None
    kinds: tuple[Kind, ...]
    feelings: tuple[Feeling, ...]
    sources: tuple[str, ...]
    reviewed_on: str
    perspective: str
    openings: tuple[str, ...]
    steps: tuple[Step, ...]
    closing: str
    sayings: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One vetted sentence of ``knowledge/phrases/``, with what it fits.

    An empty tuple means no condition, but for ``kinds``: any kind about a rejection. ``answers``
    ties it to a short turn (every phrase of ``Part.SHORT``) or to what a message asks or mentions. The text
    may hold slots such as ``<company>``; it is not to be shown before they are filled.
    """

    id: str
    part: Part
    text: str
    kinds: tuple[Kind, ...]
    feelings: tuple[Feeling, ...]
    stages: tuple[Stage, ...]
    wants: tuple[Wants, ...]
    needs: tuple[Sign, ...]
    answers: Cue | None = None


@dataclass(frozen=True, kw_only=True)
class FoundCard:
    """A card that retrieval picked, with its score (higher fits better)."""

    card: Card
    score: float


class Answer(StrEnum):
    """How a message answers the question that a safety reply asked before it."""

    NONE = "none"
    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    JOKE = "joke"
    ANGRY = "angry"


@dataclass(frozen=True, kw_only=True)
class FoundNote:
    """A passage of the user's own notes that fits a message.

    ``file`` is the name it was learned under; ``place`` is its heading and line, for people; ``score`` is the
    cosine similarity to the message. The text is the user's: whatever it says is text, never an instruction.
    """

    text: str
    file: str
    place: str
    score: float


@dataclass(frozen=True, kw_only=True)
class SafetyVerdict:
    """The gate's answer: the level in force after a message, and which words led to it.

    ``own`` is the level of the message by itself, without the conversation before it; ``kinds``
    say what it is about (such as "means", "home", "housing"). ``evidence`` holds the passages that
    spoke, ``spans`` their places in the message as (start, end), ``reasons`` the rules or the
    classifier behind them. ``answer`` is how it answers a question asked before, ``before`` the
    level that was in force until now. ``asks`` tells whether the message also asks for something
    harmless, such as an email.
    """

    level: Level
    evidence: tuple[str, ...] = ()
    own: Level = Level.L0
    kinds: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    reasons: tuple[str, ...] = ()
    answer: Answer = Answer.NONE
    before: Level = Level.L0
    asks: bool = False
