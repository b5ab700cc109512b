"""What a turn yields: a closed union of typed events.

The page, the terminal and the journal consume these and nothing else. A sentence
reaches them only inside ``Sentence`` (or the fixed ``SafetyReply``), with its origin.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.draft import Channel, DraftBrief, DraftKind
from coach.types import FoundCard, FoundNote, Level, Origin, Part, Situation


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
    """The cards that the reply may draw on, best first, and passages of the user's own notes that fit."""

    cards: tuple[FoundCard, ...]
    notes: tuple[FoundNote, ...] = ()


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
class Draft:
    """A message written for the person to send; it takes the place of the draft before it.

    ``subject`` is empty for all but emails. ``missing`` are the facts that stand in square
    brackets in it. ``brief`` is what it was made from, for the revisions to come.
    """

    kind: DraftKind
    channel: Channel
    subject: str
    body: str
    missing: tuple[str, ...]
    brief: DraftBrief

    @property
    def text(self) -> str:
        """The whole draft as it is shown and copied."""
        return f"{_SUBJECT}{self.subject}\n\n{self.body}" if self.subject else self.body


_SUBJECT = "Subject: "


def split_draft(text: str) -> tuple[str, str]:
    """Return subject and body of a draft's whole text; the subject is empty where there is none."""
    first, _, rest = text.partition("\n\n")
    return (first.removeprefix(_SUBJECT), rest) if first.startswith(_SUBJECT) else ("", text)


@dataclass(frozen=True, kw_only=True)
class HotMessage:
    """An angry message that the person wants kept. It has no address, and nothing sends it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A sentence that the guard stopped; shown only where the user asks to see it."""

    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Timings:
    """Seconds since the turn began, stage lengths in seconds, and the model's work.

    ``vectors_s`` is the embedding of the message, with any wait for the embedder. The
    model's fields are those of ``coach.llm.base.DecodeStats``.
    """

    safety_s: float = 0.0
    vectors_s: float = 0.0
    retrieval_s: float = 0.0
    first_text_s: float | None = None
    first_model_text_s: float | None = None
    total_s: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    prefill_s: float = 0.0
    decode_tokens: int = 0
    decode_s: float = 0.0
    chosen_tokens: int = 0
    chosen_s: float = 0.0


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


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """The user called the reply wrong, after its turn had ended; ``text``, vetted, is shown in its place."""

    text: str


Event = (
    SafetyReply
    | SituationRead
    | CardsFound
    | Sentence
    | Draft
    | HotMessage
    | Withheld
    | TurnDone
    | TurnFailed
    | TakenBack
)


def to_json(event: Event) -> dict[str, Any]:
    """Return the event as plain JSON values, with its type's name under ``event``."""
    return {"event": type(event).__name__, **_plain(dataclasses.asdict(event))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, frozenset):
        return sorted(_plain(inner) for inner in value)
    return value.value if isinstance(value, StrEnum) else value
