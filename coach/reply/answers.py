"""Vetted answers to what people ask and tell after a no, and which of them fits a message.

Each entry of ``knowledge/answers/`` says in its own words what it is for (``asks``), and by
patterns what a message has to say for it to be true of that person (``about``, all of
them). Among the entries whose patterns hold, the one whose ``asks`` are nearest to the
message or to a sentence of it is used, from a likeness that was measured; below it none is.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.asks import Ask, read_ask
from coach.errors import KnowledgeError
from coach.text import shortened
from coach.types import Kind, Situation, Vector, Vectors, Wants

Embed = Callable[[Sequence[str]], Vector]

FITS = 0.58
"""Cosine similarity from which an entry fits, beside its patterns; set by reading matches on training messages."""

_SURE = 0.92
"""Likeness from which one of an entry's patterns is enough: hardly a word is different. From .78, "thank you" was taken
for "thank you, I feel better", because the tuned encoder draws together what is of one kind."""

_EXCLUDES = (r"\A(?!", "^(?!", r"(?s)\A(?!", "(?s)^(?!")
"""How a pattern begins that says what may not be in a message; such patterns have to hold at any likeness."""

_TELLS_ONLY = 0.15
"""How much less an answer to a question counts for a sentence that asks nothing."""

_ALWAYS_ASKS = frozenset({Kind.DECODE_EMAIL, Kind.BLAME_BAIT})
"""Kinds that want an answer also where nothing in the message is put as a question."""

_OWN = frozenset({Kind.OFF_TOPIC, Kind.IDENTITY, Kind.THANKS, Kind.REFUSES_ADVICE})
"""Kinds that get only entries written for them: who wants no advice is not to be answered with steps."""
_READ = 4_000
_NO_REPLY = re.compile(
    r"\b(?:no|do not|don't)[- ]?reply\b(?= ?(?:address|e?-?mail|account|box|@|line|sender))", re.IGNORECASE
)
"""An address that nobody reads; "reply" in it is nothing that was written or asked for."""
_SLOT = re.compile(r"<(\w+)>")
_LISTS = ("about", "asks", "texts")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One entry.

    Args:
        id: Its name.
        question: Whether it answers a question, and so comes first in a reply.
        about: Patterns that all have to be found; a named group fills the slot of its name. One that begins with a
            negative lookahead says what may not be there.
        asks: What people say that this is for.
        texts: The answer, in one or more wordings that say the same.
        more: Sentences that may follow, one of them.
        steps: What the person may do, for who asked.
        kinds: Kinds of message it is for; empty for all about a rejection.
        wants: Wishes it is for; empty for all.
        default: Whether it is for questions of its kinds that nothing fits closely.
        alone: Whether nothing else that a message tells is answered beside it.
    """

    id: str
    question: bool
    about: tuple[re.Pattern[str], ...]
    asks: tuple[str, ...]
    texts: tuple[str, ...]
    more: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    wants: tuple[Wants, ...] = ()
    default: bool = False
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class FoundAnswer:
    """An entry that fits a message, its slots filled, with its likeness in 0..1."""

    id: str
    question: bool
    texts: tuple[str, ...]
    more: tuple[str, ...]
    steps: tuple[str, ...]
    score: float
    alone: bool = False


def read_answers(folder: Path) -> tuple[Answer, ...]:
    """Read and check every entry of a folder.

    Raises:
        KnowledgeError: A file or an entry is wrong; the message names both.
    """
    found: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            rows = tomllib.loads(path.read_text("utf-8"))["answer"]
        except (OSError, ValueError, KeyError) as error:
            raise KnowledgeError(f"{path}: it holds no answers that can be read: {error}.") from error
        for row in rows:
            try:
                answer = _answer(row)
            except (KeyError, TypeError, ValueError, re.error) as error:
                raise KnowledgeError(f"{path}: the answer {row.get('id', '?')!r} is wrong: {error}.") from error
            if answer.id in found:
                raise KnowledgeError(f"{path}: the id {answer.id!r} is there twice.")
            found[answer.id] = answer
    if not found:
        raise KnowledgeError(f"{folder}: there are no answers.")
    return tuple(found.values())


def _answer(row: dict[str, Any]) -> Answer:
    for name in (*_LISTS, "more", "steps"):
        if not isinstance(row.get(name, []), list) or not all(isinstance(one, str) for one in row.get(name, [])):
            raise ValueError(f"{name} has to be a list of texts")
    if not (row["about"] and row["texts"] and (row["asks"] or row.get("default"))):
        raise ValueError("about, asks and texts may not be empty")
    about = tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["about"])
    given = {name for pattern in about for name in pattern.groupindex}
    shown = (*row["texts"], *row.get("more", ()), *row.get("steps", ()))
    if missing := {name for text in shown for name in _SLOT.findall(text)} - given:
        raise ValueError(f"no pattern fills the slot {sorted(missing)[0]!r}")
    return Answer(
        id=str(row["id"]),
        question=bool(row["question"]),
        about=about,
        asks=tuple(row["asks"]),
        texts=tuple(row["texts"]),
        more=tuple(row.get("more", ())),
        steps=tuple(row.get("steps", ())),
        kinds=tuple(Kind(kind) for kind in row.get("kinds", ())),
        wants=tuple(Wants(wish) for wish in row.get("wants", ())),
        default=bool(row.get("default", False)),
        alone=bool(row.get("alone", False)),
    )


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
        """Return up to ``most`` entries that are true of a message and near to it, the nearest first.

        Where the message asks something and no answer to a question is near, what can be said to any such question
        comes last.
        """
        plain = _NO_REPLY.sub("noreply", shortened(text, _READ).replace("’", "'"))
        scores = self._scores(vectors)
        found = [
            _filled(entry, slots, float(score))
            for entry, score in zip(self._entries, scores, strict=True)
            if not entry.default
            and score >= FITS
            and _suits(entry, situation)
            and (slots := _slots(entry, plain, sure=bool(score >= _SURE))) is not None
        ]
        found = sorted(found, key=lambda one: -one.score)[:most]
        reads = situation.kind in _ALWAYS_ASKS and situation.wants is not Wants.COMFORT
        if not any(one.question for one in found) and (reads or read_ask(text) is not Ask.NOTHING):
            found += [
                _filled(entry, {}, 0.0)
                for entry in self._entries
                if entry.default and _suits(entry, situation) and _slots(entry, plain) is not None
            ]
        return tuple(found)

    def _scores(self, vectors: Vectors) -> Vector:
        """Return each entry's likeness; for an answer to a question, a sentence that asks nothing counts less."""
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


def _suits(entry: Answer, situation: Situation) -> bool:
    if entry.wants and situation.wants not in entry.wants:
        return False
    return situation.kind in entry.kinds if entry.kinds else situation.kind not in _OWN


def _slots(entry: Answer, text: str, *, sure: bool = False) -> dict[str, str] | None:
    """Return what fills the slots of an entry that is true of a text; None of one that is not."""
    told = [pattern for pattern in entry.about if not pattern.pattern.startswith(_EXCLUDES)]
    if any(pattern.search(text) is None for pattern in entry.about if pattern.pattern.startswith(_EXCLUDES)):
        return None
    matches = [match for pattern in told if (match := pattern.search(text))]
    if told and (not matches or (len(matches) < len(told) and not sure)):
        return None
    slots = {name: value.lower() for match in matches for name, value in match.groupdict().items() if value}
    shown = (*entry.texts, *entry.more, *entry.steps)
    return slots if all(set(_SLOT.findall(text)) <= slots.keys() for text in shown) else None


def _filled(entry: Answer, slots: dict[str, str], score: float) -> FoundAnswer:
    def fill(text: str) -> str:
        spoken = _SLOT.sub(lambda match: slots[match[1]], text)
        return spoken[:1].upper() + spoken[1:]

    return FoundAnswer(
        id=entry.id,
        question=entry.question,
        texts=tuple(map(fill, entry.texts)),
        more=tuple(map(fill, entry.more)),
        steps=tuple(map(fill, entry.steps)),
        score=score,
        alone=entry.alone,
    )


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
