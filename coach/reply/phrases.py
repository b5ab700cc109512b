"""The phrase bank: vetted sentences, and which of them fit a situation."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from coach.cues import SHORT_TURNS, Cue
from coach.errors import KnowledgeError
from coach.reply.questions import questions
from coach.types import Feeling, Kind, Part, Phrase, Sign, Situation, Stage, Wants

SLOTS = frozenset({"company", "role", "stage", "number"})
"""Facts that a phrase may have a slot for, as ``<company>``; ``stage`` is the interview stage that was reached."""

_OWN_KINDS = frozenset({Kind.OFF_TOPIC, Kind.IDENTITY, Kind.THANKS})
_PARTS = (Part.OPENING, Part.FEELING, Part.PERSPECTIVE, Part.ADVICE, Part.CLOSE, Part.IDENTITY, Part.SHORT)
_SLOT = re.compile(r"<([^<>]*)>")
_PLAY = 0.7
"""Differences in fit below this are left to chance, or the same few phrases would always come first."""
_COMMON = frozenset({Sign.INTERVIEWED, Sign.PASTED_EMAIL})
_COMMON_WEIGHT = 0.6
"""Most messages about an interview or an email have these signs, so that they tell little about what fits."""
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
            answers=_cue(row, part),
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


def _cue(row: dict[str, Any], part: Part) -> Cue | None:
    """Return what the phrase answers; every short turn has to say it, and nothing else may answer a short turn."""
    cue = Cue(row["answers"]) if "answers" in row or part is Part.SHORT else None
    if (cue in SHORT_TURNS) is not (part is Part.SHORT):
        raise ValueError(f"answers = {row.get('answers')!r} does not belong to this part")
    return cue


def slots(text: str) -> frozenset[str]:
    """Return the names of the slots in a phrase's text."""
    return frozenset(_SLOT.findall(text))


def shortlist(
    bank: Sequence[Phrase],
    part: Part,
    situation: Situation,
    *,
    said: frozenset[str],
    seed: str,
    most: int = 4,
    cue: Cue | None = None,
    known: frozenset[str] = frozenset(),
) -> list[Phrase]:
    """Return the phrases of a part that are true here and were not said yet, the most fitting first.

    Args:
        bank: Every phrase.
        part: The part of the reply.
        situation: What is understood of the person's situation.
        said: Texts that were shown before.
        seed: The message. It decides between phrases that fit equally well, and its direct questions
            bring the phrases that answer them.
        most: How many phrases at most.
        cue: The short turn that is answered, for ``Part.SHORT``, which has nothing without it.
        known: The slots for which a fact is known; a phrase with another slot does not fit.
    """
    cues = questions(seed) | ({cue} if cue else set())
    fitting = [
        phrase
        for phrase in bank
        if phrase.part is part
        and phrase.text not in said
        and slots(phrase.text) <= known
        and (phrase.answers is None or phrase.answers in cues)
        and _fits(phrase, situation)
    ]

    def rank(phrase: Phrase) -> float:
        chance = zlib.crc32(f"{seed}{phrase.id}".encode("utf-8", "replace")) / 2**32
        return -closeness(phrase, situation) - _PLAY * chance

    return sorted(fitting, key=rank)[:most]


def _fits(phrase: Phrase, situation: Situation) -> bool:
    if phrase.kinds:
        if situation.kind not in phrase.kinds:
            return False
    elif situation.kind in _OWN_KINDS and phrase.part is not Part.SHORT:
        return False
    if phrase.feelings and not set(phrase.feelings) & set(situation.feelings):
        return False
    if phrase.stages and situation.stage not in phrase.stages:
        return False
    if phrase.wants and situation.wants not in phrase.wants:
        return False
    return set(phrase.needs) <= situation.signs


def closeness(phrase: Phrase, situation: Situation) -> float:
    """Return how much of what is known a phrase speaks to: higher fits better."""
    return (
        3.0 * bool(phrase.answers)
        + sum(_COMMON_WEIGHT if sign in _COMMON else 2.5 for sign in phrase.needs)
        + bool(set(phrase.feelings) & set(situation.feelings))
        + _sharpness(0.5, phrase.feelings)
        + _sharpness(0.3, phrase.kinds)
        + _sharpness(1.0, phrase.wants)
        + _sharpness(0.3, phrase.stages)
    )


def _sharpness(most: float, condition: tuple[StrEnum, ...]) -> float:
    """Return how much a condition counts: the most when it names one value, half of it for two, else nothing."""
    return {1: most, 2: most / 2}.get(len(condition), 0.0)
