"""The phrase bank: vetted sentences, and which of them fit a situation."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from coach.errors import KnowledgeError
from coach.types import Feeling, Kind, Part, Phrase, Sign, Situation, Stage, Wants

_OWN_KINDS = frozenset({Kind.OFF_TOPIC, Kind.IDENTITY, Kind.THANKS})
_PARTS = (Part.OPENING, Part.FEELING, Part.PERSPECTIVE, Part.ADVICE, Part.CLOSE, Part.IDENTITY)
_Word = TypeVar("_Word", bound=StrEnum)


def read_phrases(folder: Path) -> tuple[Phrase, ...]:
    """Read and check the bank, one file per part.

    Raises:
        KnowledgeError: A file is missing or a phrase is wrong; the message names file and phrase.
    """
    bank: dict[str, Phrase] = {}
    for part in _PARTS:
        path = folder / f"{part.value}.toml"
        try:
            rows = tomllib.loads(path.read_text("utf-8"))["phrase"]
        except KeyError as error:
            raise KnowledgeError(f"{path}: it has no [[phrase]].") from error
        except (OSError, ValueError) as error:
            raise KnowledgeError(f"{path}: {error}.") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise KnowledgeError(f"{path}: every phrase needs its own [[phrase]].")
        for row in rows:
            phrase = _phrase(row, part, path)
            if phrase.id in bank:
                raise KnowledgeError(f"{path}: the id {phrase.id!r} is there twice.")
            bank[phrase.id] = phrase
    return tuple(bank.values())


def _phrase(row: dict[str, Any], part: Part, path: Path) -> Phrase:
    name = row.get("id", "?")
    try:
        return Phrase(
            id=_text(row, "id"),
            part=part,
            text=_text(row, "text"),
            kinds=_words(row, "kinds", Kind),
            feelings=_words(row, "feelings", Feeling),
            stages=_words(row, "stages", Stage),
            wants=_words(row, "wants", Wants),
            needs=_words(row, "needs", Sign),
        )
    except KeyError as error:
        raise KnowledgeError(f"{path}: the phrase {name!r} has no {error}.") from error
    except ValueError as error:
        raise KnowledgeError(f"{path}: the phrase {name!r} is wrong: {error}.") from error


def _words(row: dict[str, Any], name: str, vocabulary: type[_Word]) -> tuple[_Word, ...]:
    if not isinstance(row[name], list):
        raise ValueError(f"{name} has to be a list")
    return tuple(vocabulary(value) for value in row[name])


def _text(row: dict[str, Any], name: str) -> str:
    if not isinstance(row[name], str) or not row[name].strip():
        raise ValueError(f"{name} has to be a text")
    return str(row[name])


def shortlist(
    bank: Sequence[Phrase], part: Part, situation: Situation, *, said: frozenset[str], seed: str, most: int = 4
) -> list[Phrase]:
    """Return the phrases of a part that are true here and were not said yet, the most fitting first.

    ``seed`` (the message) decides between phrases that fit equally well.
    """
    fitting = [
        phrase for phrase in bank if phrase.part is part and phrase.text not in said and _fits(phrase, situation)
    ]

    def rank(phrase: Phrase) -> tuple[float, int]:
        return -_closeness(phrase, situation), zlib.crc32(f"{seed}{phrase.id}".encode("utf-8", "replace"))

    return sorted(fitting, key=rank)[:most]


def _fits(phrase: Phrase, situation: Situation) -> bool:
    if phrase.kinds:
        if situation.kind not in phrase.kinds:
            return False
    elif situation.kind in _OWN_KINDS:
        return False
    if phrase.feelings and not set(phrase.feelings) & set(situation.feelings):
        return False
    if phrase.stages and situation.stage not in phrase.stages:
        return False
    if phrase.wants and situation.wants not in phrase.wants:
        return False
    return set(phrase.needs) <= situation.signs


def _closeness(phrase: Phrase, situation: Situation) -> float:
    """Return how much of what is known the phrase speaks to."""
    return (
        2.0 * len(phrase.needs)
        + 1.5 * bool(phrase.feelings)
        + 1.0 * (1.0 / len(phrase.kinds) if phrase.kinds else 0.0)
        + 0.5 * bool(phrase.wants)
        + 0.5 * bool(phrase.stages)
    )
