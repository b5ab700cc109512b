"""Vetted answers to what people ask and tell after a no: how they are written, and of which message they can be true.

Each entry of ``knowledge/answers/`` says in its own words what it is for (``asks``), and by
patterns what a message has to say for it to be true of that person (``about``, all of
them). ``coach.reply.matching`` finds those that fit a message.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import KnowledgeError
from coach.types import Kind, Situation, Wants

_EXCLUDES = (r"\A(?!", "^(?!", r"(?s)\A(?!", "(?s)^(?!")
"""How a pattern begins that says what may not be in a message; such patterns have to hold at any likeness."""
OWN = frozenset({Kind.OFF_TOPIC, Kind.IDENTITY, Kind.THANKS, Kind.REFUSES_ADVICE})
"""Kinds that get only entries written for them: who wants no advice is not to be answered with steps."""

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
        later: Whether it is only for later messages of a talk, and not for the first.
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
    later: bool = False


@dataclass(frozen=True, kw_only=True)
class FoundAnswer:
    """An entry that fits a message, its slots filled, with its worth in 0..1; 0 for what fits any such question."""

    id: str
    question: bool
    texts: tuple[str, ...]
    more: tuple[str, ...]
    steps: tuple[str, ...]
    score: float
    alone: bool = False


def read_answers(folder: Path) -> tuple[Answer, ...]:
    """Read and check every entry of a folder; ``later = true`` at the top of a file holds for all that is in it.

    Raises:
        KnowledgeError: A file or an entry is wrong; the message names both.
    """
    found: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            read = tomllib.loads(path.read_text("utf-8"))
            rows, later = read["answer"], bool(read.get("later", False))
        except (OSError, ValueError, KeyError) as error:
            raise KnowledgeError(f"{path}: it holds no answers that can be read: {error}.") from error
        for row in rows:
            try:
                answer = _answer(row, later=later)
            except (KeyError, TypeError, ValueError, re.error) as error:
                raise KnowledgeError(f"{path}: the answer {row.get('id', '?')!r} is wrong: {error}.") from error
            if answer.id in found:
                raise KnowledgeError(f"{path}: the id {answer.id!r} is there twice.")
            found[answer.id] = answer
    if not found:
        raise KnowledgeError(f"{folder}: there are no answers.")
    return tuple(found.values())


def _answer(row: dict[str, Any], *, later: bool) -> Answer:
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
        later=later,
    )


def suits(entry: Answer, situation: Situation, *, later: bool) -> bool:
    """Whether an entry is for a kind of message, for what is wanted, and for this place in a talk."""
    if entry.later and not later:
        return False
    if entry.wants and situation.wants not in entry.wants:
        return False
    return situation.kind in entry.kinds if entry.kinds else situation.kind not in OWN


def held_by(entry: Answer, text: str) -> tuple[float, dict[str, str]] | None:
    """Return the share of an entry's patterns that a text holds, and what fills its slots.

    None where the text says what it may not say, or where a slot stays empty.
    """
    told = [pattern for pattern in entry.about if not pattern.pattern.startswith(_EXCLUDES)]
    if any(pattern.search(text) is None for pattern in entry.about if pattern.pattern.startswith(_EXCLUDES)):
        return None
    matches = [match for pattern in told if (match := pattern.search(text))]
    slots = {name: value.lower() for match in matches for name, value in match.groupdict().items() if value}
    shown = (*entry.texts, *entry.more, *entry.steps)
    if not all(set(_SLOT.findall(text)) <= slots.keys() for text in shown):
        return None
    return len(matches) / len(told) if told else 1.0, slots


def filled(entry: Answer, slots: dict[str, str], score: float) -> FoundAnswer:
    """Return an entry as it was found, with its slots filled."""

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
