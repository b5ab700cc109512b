"""Finds the vetted answers that fit a message.

Among the entries whose patterns hold, the one whose ``asks`` are nearest to the
message or to a sentence of it is used, from a likeness that was measured; below it none is.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from coach.asks import Ask, read_ask
from coach.reply.answers import Answer, FoundAnswer, filled, held_by, suits
from coach.text import shortened
from coach.types import Kind, Situation, Vector, Vectors, Wants

Embed = Callable[[Sequence[str]], Vector]

FITS = 0.58
"""Cosine similarity from which an entry fits, beside its patterns; set by reading matches on training messages."""

_SURE = 0.92
"""Likeness from which one of an entry's patterns is enough: hardly a word is different. From .78, "thank you" was taken
for "thank you, I feel better", because the tuned encoder draws together what is of one kind."""

_TELLS_ONLY = 0.15
"""How much less an answer to a question counts for a sentence that asks nothing."""

_ALWAYS_ASKS = frozenset({Kind.DECODE_EMAIL, Kind.BLAME_BAIT})
"""Kinds that want an answer also where nothing in the message is put as a question."""

_READ = 4_000
_NO_REPLY = re.compile(
    r"\b(?:no|do not|don't)[- ]?reply\b(?= ?(?:address|e?-?mail|account|box|@|line|sender))", re.IGNORECASE
)
"""An address that nobody reads; "reply" in it is nothing that was written or asked for."""


class Answers:
    """Finds the entries that fit a message.

    Args:
        entries: Every entry.
        embed: Returns unit vectors of texts, shape (len(texts), dimensions).
    """

    def __init__(self, entries: Sequence[Answer], embed: Embed) -> None:
        self._entries = entries
        asks = [ask for entry in entries for ask in entry.asks]
        owners = [place for place, entry in enumerate(entries) for _ in entry.asks]
        self._owners = np.array(owners, dtype=np.int64)
        self._questions = np.array([entry.question for entry in entries], dtype=np.bool_)
        self._vectors = embed(asks)

    def find(self, text: str, vectors: Vectors, situation: Situation, *, most: int = 3) -> tuple[FoundAnswer, ...]:
        """Return up to ``most`` entries that are true of a message and near to it, the best first.

        Where the message asks something and no answer to a question fits, what can be said to any such question
        comes last.
        """
        plain = _NO_REPLY.sub("noreply", shortened(text, _READ).replace("’", "'"))
        scores = self.likeness(vectors)
        found = self._matched(plain, scores, situation)[:most]
        reads = situation.kind in _ALWAYS_ASKS and situation.wants is not Wants.COMFORT
        if not any(one.question for one in found) and (reads or read_ask(text) is not Ask.NOTHING):
            found += [
                filled(entry, {}, 0.0)
                for entry in self._entries
                if entry.default and suits(entry, situation) and held_by(entry, plain) is not None
            ]
        return tuple(found)

    def _matched(self, text: str, scores: Vector, situation: Situation) -> list[FoundAnswer]:
        """Return the entries whose patterns hold and that are near enough, the nearest first."""
        found = [
            filled(entry, held[1], float(score))
            for entry, score in zip(self._entries, scores, strict=True)
            if not entry.default
            and score >= FITS
            and suits(entry, situation)
            and (held := held_by(entry, text)) is not None
            and (held[0] == 1.0 or (held[0] > 0 and score >= _SURE))
        ]
        return sorted(found, key=lambda one: -one.score)

    def likeness(self, vectors: Vectors) -> Vector:
        """Return each entry's likeness to a message, shape (entries,).

        For an answer to a question, a sentence that asks nothing counts less.
        """
        asking = np.array(["?" in part or read_ask(part) is not Ask.NOTHING for part in vectors.sentences])
        whole = self._vectors @ vectors.whole
        near = self._vectors @ vectors.each.T
        told = np.maximum(whole, near.max(axis=1))
        asked = np.maximum(whole, near[:, asking].max(axis=1)) if asking.any() else told
        asked = np.maximum(asked, told - _TELLS_ONLY)
        by_ask = np.where(self._questions[self._owners], asked, told)
        scores = np.zeros(len(self._entries), dtype=np.float32)
        np.maximum.at(scores, self._owners, by_ask)
        return scores


def kept(path: Path, identity: str, embed: Embed) -> Embed:
    """Return an embedder that keeps what it computed in a file, and computes anew when texts or model changed.

    Args:
        path: An npz file. It is a cache: where it cannot be read or written, all works without it.
        identity: Of the embedding model.
        embed: Returns unit vectors of texts.
    """

    def read_or_embed(texts: Sequence[str]) -> Vector:
        key = hashlib.sha256("\x1f".join([identity, *texts]).encode()).hexdigest()
        unusable = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
        with contextlib.suppress(*unusable), np.load(path, allow_pickle=False) as stored:
            vectors = np.asarray(stored["vectors"], dtype=np.float32)
            if str(stored["key"]) == key and len(vectors) == len(texts) and bool(np.isfinite(vectors).all()):
                return vectors
        rounded = embed(texts).astype(np.float16)
        draft = path.with_name(f"{path.name}.new")
        try:
            with draft.open("wb") as file:
                np.savez(file, key=np.array(key), vectors=rounded)
            draft.replace(path)
        except OSError:
            # Half a file on a full disk would take the room that the journal needs.
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        return np.asarray(rounded, dtype=np.float32)

    return read_or_embed
