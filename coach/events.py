"""What a turn yields: a closed union of typed events.

The page, the terminal and the journal consume these and nothing else. A sentence
reaches them only inside ``Sentence`` (or the fixed ``SafetyReply``), with its origin.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from coach.types import FoundCard, Level, Origin, Part, Situation


@dataclass(frozen=True, kw_only=True)
class SafetyReply:
    """Fixed text that answers a risk; the turn has no model-written part before it."""

    level: Level
    text: str


@dataclass(frozen=True, kw_only=True)
class SituationRead:
    """What was understood of the message."""

    situation: Situation


@dataclass(frozen=True, kw_only=True)
class CardsFound:
    """The cards that the reply may draw on, best first."""

    cards: tuple[FoundCard, ...]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence that passed the guard and is shown.

    ``lead`` is the white space that belongs before it ("" for the first, " " or a
    line break after). ``card_id`` names the card it comes from, if any. ``decoded``
    tells whether the model decoded it, freely or under a grammar.
    """

    text: str
    lead: str
    origin: Origin
    part: Part
    decoded: bool
    card_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A sentence that the guard stopped; shown only where the user asks to see it."""

    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Timings:
    """Seconds since the turn began, and stage lengths in seconds."""

    safety_s: float = 0.0
    retrieval_s: float = 0.0
    first_text_s: float | None = None
    first_model_text_s: float | None = None
    total_s: float = 0.0
    decode_tokens: int = 0
    decode_s: float = 0.0


@dataclass(frozen=True, kw_only=True)
class TurnDone:
    """The end of a turn that was answered.

    ``reply`` is the whole text as shown; ``floor`` is true when no model wrote any of
    it; ``model_share`` is the share of shown words that the model decoded, in 0..1;
    ``cards`` are the ids of cards whose words are in the reply.
    """

    reply: str
    floor: bool
    model_share: float
    cards: tuple[str, ...]
    level: Level
    stopped: bool
    timings: Timings


@dataclass(frozen=True, kw_only=True)
class TurnFailed:
    """The turn could not be answered; ``message`` says why and ``hint`` what to do."""

    message: str
    hint: str


Event = SafetyReply | SituationRead | CardsFound | Sentence | Withheld | TurnDone | TurnFailed


def to_json(event: Event) -> dict[str, Any]:
    """Return the event as plain JSON values, with its type's name under ``event``."""
    return {"event": type(event).__name__, **dataclasses.asdict(event)}
