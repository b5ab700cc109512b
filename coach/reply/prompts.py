"""Builds prompts from the templates in ``prompts/``: a prefix that never changes, history, the newest block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template

from coach.errors import CoachError
from coach.llm.base import Prompt
from coach.text import shortened
from coach.types import Message

NEWEST_CHARACTERS = 2400
"""Longest message that the model reads whole; of a longer one, beginning and end."""

HISTORY_CHARACTERS = 700
"""The same for messages of earlier turns."""


class Prompts:
    """The templates of a folder.

    Raises:
        CoachError: A template is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._guided = _read(folder / "guided.md")
        self._free = _read(folder / "free.md")
        self._newest = Template(_read(folder / "newest.md"))

    def history(self, messages: Sequence[Message], *, free: bool) -> Prompt:
        """Return the prompt that ends after the history, to be read ahead of time."""
        return Prompt(static=self._static(free=free), history=_as_history(messages), newest="")

    def turn(
        self, messages: Sequence[Message], text: str, notes: Sequence[str], *, facts: str = "", free: bool
    ) -> Prompt:
        """Return the prompt of a turn.

        Args:
            messages: The history to be read, cut already.
            text: The person's message.
            notes: What cards say that may be used.
            facts: The line of facts that earlier turns told; empty without any.
            free: Whether the model writes in its own words.
        """
        listed = "".join(f"- {note}\n" for note in notes)
        block = f"Notes:\n{listed}\n" if listed else ""
        newest = self._newest.substitute(
            facts=f"{facts}\n\n" if facts else "", notes=block, message=shortened(text, NEWEST_CHARACTERS)
        )
        return Prompt(static=self._static(free=free), history=_as_history(messages), newest=newest)

    def _static(self, *, free: bool) -> str:
        return self._free if free else self._guided


def history_start(messages: Sequence[Message], start: int, budget: int, count: Callable[[str], int]) -> int:
    """Return where the history that the model reads begins.

    It stays where it was until the budget is used up, then moves on so far that half of it
    is free again: between two cuts the history only grows at its end, and stays cached.

    Args:
        messages: The whole conversation, user and assistant in turn.
        start: Where it began in the turn before.
        budget: Tokens that the history may have.
        count: Counts the tokens of a text.
    """
    marks = 8  # tokens around each message, more than any template needs
    lengths = [count(shortened(message.text, HISTORY_CHARACTERS)) + marks for message in messages[start:]]
    if sum(lengths) <= budget:
        return start
    while lengths and sum(lengths) > budget // 2:
        lengths = lengths[2:]
        start += 2
    return min(start, len(messages))


def _as_history(messages: Sequence[Message]) -> tuple[Message, ...]:
    return tuple(
        Message(role=message.role, text=shortened(message.text, HISTORY_CHARACTERS), level=message.level)
        for message in messages
    )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise CoachError(
            f"The program's own file {path.name} is missing.", hint="Install Rebound again: its files are incomplete."
        ) from error
