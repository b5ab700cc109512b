"""Read what a message does in a talk: it tells, asks, reacts, objects, wants a draft changed.

A linear classifier on the message, on how the coach's last reply ended, and on whether a draft stands (trained by
``python -m training.acts`` on ``data/acts/train.jsonl``), joined with an encoder that reads the reply's end and the
message together (``training.talks``). What a message says is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.asks import SHORT_CUES, Ask, Offer, asks_for_writing, is_greeting, offer_of, read_ask, short_cue
from coach.heads import Heads, word_features
from coach.text import sentences, words
from coach.types import Vector

WORDS = 0.7
STANDING = 0.7
CUE = 0.3
"""Weights of a message's words, of its vector where a draft stands, and of a cue, beside the message's vector."""


class Act(StrEnum):
    """What a message does, in answer to what the coach said last."""

    TELLS = "tells"
    ASKS = "asks"
    RECALLS = "recalls"
    AGREES = "agrees"
    DECLINES = "declines"
    UNSURE = "unsure"
    REACTS = "reacts"
    PUZZLED = "puzzled"
    SHORTER = "shorter"
    MORE = "more"
    OBJECTS = "objects"
    MENDS = "mends"
    CORRECTS = "corrects"
    DECIDES = "decides"
    ASIDE = "aside"
    PROGRAM = "program"
    THANKS = "thanks"
    BYE = "bye"
    GREETS = "greets"
    NO_ADVICE = "no_advice"
    DRAFT_NEW = "draft_new"
    DRAFT_CHANGE = "draft_change"
    DRAFT_OFF = "draft_off"


class Tone(StrEnum):
    """How what is told sounds: it hurts in some way, it is good or funny, or it is a detail and neither."""

    HEAVY = "heavy"
    LIGHT = "light"
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True)
class Before:
    """What stood before a message: the coach's last reply, whether a draft stands, and whether that reply showed it."""

    reply: str
    standing: bool = False
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class ActReading:
    """The probability of each act, and of each tone if it tells something."""

    shares: Mapping[Act, float]
    tones: Mapping[Tone, float] = field(default_factory=dict)

    @property
    def act(self) -> Act:
        """The likeliest act."""
        return max(self.shares, key=self.shares.__getitem__)

    def of(self, *acts: Act) -> float:
        """Return the probability that it is one of these."""
        return sum(self.shares.get(act, 0.0) for act in acts)


class ActReader:
    """Reads acts with the classifier in a file made by ``training.acts``."""

    def __init__(self, path: Path) -> None:
        self._heads = Heads(path, ("act", "tone"))

    def read(
        self, text: str, vector: Vector, before: Before, together: Mapping[str, float] | None = None
    ) -> ActReading:
        """Return what a message does.

        Args:
            text: The message, cleaned.
            vector: Its unit vector, shape (dimensions,).
            before: What stood before it.
            together: The share of each act by what reads it together with ``said_before`` it; None without that.
        """
        row = act_features(text, vector, before)
        shares = self._heads.shares("act", row)
        if together is not None:
            shares = {name: (shares.get(name, 0.0) + share) / 2 for name, share in together.items()}
        return ActReading(
            shares={Act(name): share for name, share in shares.items()},
            tones={Tone(name): share for name, share in self._heads.shares("tone", row).items()},
        )


def said_before(before: Before) -> str:
    """Return what stood before a message, as the reader of talks sees it."""
    ends = "Here is the draft." if before.shown else " ".join(sentences(before.reply)[-2:])
    return f"{'A draft stands.' if before.standing else 'No draft.'} {ends}"


def act_features(text: str, vector: Vector, before: Before) -> npt.NDArray[np.float32]:
    """Return the features of a message, shape (features,)."""
    own = word_features(text, vector)
    own[len(vector) :] *= WORDS
    cues = CUE * np.array([float(cue) for cue in _cues(text, before)])
    standing = float(before.standing)
    return np.concatenate([own, STANDING * standing * vector, cues, standing * cues]).astype(np.float32)


_NAMED = re.compile(r"(?<=\w )[A-Z][a-z]+")
_PAST = re.compile(r"\b(?:said|told|wrote|mentioned|asked)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|u|ur|you're|youre)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:i|i'm|im|i'll|i've|i'd|my|me)\b", re.IGNORECASE)


def _cues(text: str, before: Before) -> list[bool]:
    """Return what rules find in a message and before it, in an order that the classifier knows."""
    short, ask, offer, count = short_cue(text), read_ask(text), offer_of(before.reply), len(words(text))
    last = frozenset(word for word in words(before.reply.lower()) if len(word) > _FUNCTION)
    return [
        before.standing,
        before.shown,
        not before.reply,
        *(short is cue for cue in SHORT_CUES),
        *(ask is each for each in Ask),
        *(offer is each for each in Offer),
        *(count <= most for most in (2, 4, 8, 15)),
        asks_for_writing(text),
        is_greeting(text),
        text.rstrip().endswith("?"),
        "?" in text,
        "[" in before.reply,
        any(word in last for word in words(text.lower())),
        *(bool(cue.search(text)) for cue in (_NAMED, _PAST, _YOU, _I)),
    ]


_FUNCTION = 4
"""Letters of the longest word that is taken for one that says little."""
