"""Tell which draft a message asks for, if any, and on which channel.

Linear classifiers on the message's vector and words, on what was said before it, and on cues that rules find
(trained by ``python -m training.drafts`` on ``data/drafts/train.jsonl``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.draft import Channel, DraftKind
from coach.drafts import anger, kinds, request, style
from coach.drafts.quoted import own_words
from coach.heads import Heads, word_features
from coach.types import Vector

NONE = "none"
REVISION = "revision"
UNSAID = ""
"""Labels besides the kinds and channels: no draft, a change of the one that stands, no channel named."""

WORDS = 0.7
EARLIER = 1.0
CUE = 0.3
"""Weights of a message's words, of the messages before it, and of a cue, beside the message's vector."""


@dataclass(frozen=True, kw_only=True)
class DraftReading:
    """What a message asks of the drafts: the probability of each kind, of ``NONE`` and ``REVISION``; the channel."""

    shares: Mapping[str, float]
    channel: Channel | None = None

    @property
    def kind(self) -> DraftKind:
        """The likeliest kind of draft, whether or not one is due."""
        return max(DraftKind, key=lambda kind: self.shares[kind.value])

    @property
    def due(self) -> float:
        """The probability that a new draft is due, where none stands."""
        return 1.0 - self.shares[NONE] / max(1.0 - self.shares[REVISION], 1e-6)


def draft_features(text: str, recent: Sequence[Vector]) -> npt.NDArray[np.float32]:
    """Return the features of a message.

    Args:
        text: The message.
        recent: Vectors of the newest messages, oldest first, this one last.
    """
    own = word_features(text, recent[-1])
    own[len(recent[-1]) :] *= WORDS
    earlier = np.mean(recent[:-1], axis=0) if len(recent) > 1 else np.zeros_like(recent[-1])
    cues = [*map(float, _cues(text)), float(len(recent) > 1)]
    return np.concatenate([own, EARLIER * earlier, CUE * np.array(cues)]).astype(np.float32)


class DraftReader:
    """Reads messages with the classifiers in a file made by ``training.drafts``."""

    def __init__(self, path: Path) -> None:
        self._heads = Heads(path, ("kind", "channel"))

    def read(self, text: str, recent: Sequence[Vector], said: Sequence[str] = ()) -> DraftReading:
        """Return what a message asks of the drafts.

        Args:
            text: The message, cleaned.
            recent: Vectors of the newest messages, oldest first, this one last.
            said: The messages before it, oldest first.
        """
        row = draft_features(text, recent)
        shares = self._heads.shares("kind", row)
        # "Yes, write it" says that a draft is wanted, and the messages before it say which.
        told = list(zip(said[::-1], range(len(recent) - 1, 0, -1), strict=False))[:_BEFORE]
        before = [self._heads.shares("kind", draft_features(one, recent[:place])) for one, place in told]
        shares = _joined(shares, before) if before else shares
        channels = self._heads.shares("channel", row)
        channel = max(channels, key=channels.__getitem__)
        return DraftReading(shares=shares, channel=Channel(channel) if channel != UNSAID else None)


def _cues(text: str) -> list[bool]:
    """Return what rules find in a message, in an order that the classifiers know."""
    own = own_words(text)
    channel = style.channel_of(text)
    return [
        *(bool(pattern.search(own)) for pattern in (*kinds.CUES, *request.CUES)),
        anger.takes_back(text),
        anger.is_hot(text),
        anger.wants_calm(text),
        bool(re.search(r"\?\s*$", own)),
        own != text.replace("’", "'"),
        *(channel is each for each in Channel),
    ]


_BEFORE = 4
"""Earlier messages that have a say in which kind of draft is wanted."""


def _joined(shares: Mapping[str, float], before: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return shares whose kinds are those of all messages; how likely one is due is left to the newest."""
    asked = sum(shares[kind.value] for kind in DraftKind)
    earlier = {kind.value: sum(one[kind.value] for one in before) for kind in DraftKind}
    whole = max(sum(earlier.values()), 1e-6)
    return dict(shares) | {name: (shares[name] + asked * share / whole) / 2 for name, share in earlier.items()}
