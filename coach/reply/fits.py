"""Whether what a person told has what a card's advice takes for granted."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

from coach.errors import KnowledgeError
from coach.reply.slots import Brief
from coach.resources import shipped

_SHORT = 8
"""A message of at most so many words may go on with what was told before."""


def is_about(card_id: str, brief: Brief) -> bool:
    """Whether the message, or a fact told before, has a word that a card for some cases only needs.

    Raises:
        KnowledgeError: The program's list of such cards cannot be read.
    """
    rule = needed_words(shipped("knowledge", "card-fits.toml")).get(card_id)
    if rule is None or (brief.before and len(brief.text.split()) <= _SHORT):
        return True
    told = [brief.text, *(fact.sentence or fact.value for fact in (*brief.situation.facts, *brief.told_before))]
    return any(rule.search(text.replace("’", "'")) for text in told)


@functools.lru_cache(maxsize=1)
def needed_words(path: Path) -> dict[str, re.Pattern[str]]:
    """Return, by card, the pattern of words of which a person has to have used one.

    Raises:
        KnowledgeError: The file cannot be read, or a pattern is wrong; the message names the file.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["cards"]
        return {card: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for card, words in rows.items()}
    except (OSError, ValueError, KeyError, re.error) as error:
        raise KnowledgeError(f"{path}: {error}.") from error
