"""The exchanges of a conversation as the page shows them, and where each begins among the session's messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coach.ui.render import Exchange, Reply

WINDOW = 20
"""Exchanges that are shown at first; a long conversation opens as quickly as a short one."""


class Exchanges:
    """All exchanges. Not thread-safe.

    Args:
        past: What was said before.
    """

    def __init__(self, past: Sequence[Exchange]) -> None:
        self._all = tuple(past)
        self._starts = [2 * number for number in range(len(past))]
        self._whole = False
        self.version = 0

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, number: int) -> Exchange:
        return self._all[number]

    @property
    def replies(self) -> list[Reply]:
        """The replies, the newest first."""
        return [each.reply for each in reversed(self._all)]

    @property
    def reply(self) -> Reply:
        """The newest reply; one that has not begun where there is none."""
        return self._all[-1].reply if self._all else Reply()

    def start(self, number: int) -> int:
        """Return how many messages the session had before an exchange; negative numbers count from the end."""
        return self._starts[number]

    def mark_start(self, messages: int) -> None:
        """Note how many messages the session has before the newest exchange."""
        self._starts[-1] = messages

    def begin(self, text: str, messages: int | None) -> None:
        """Add an exchange that has no reply yet, where the session has so many messages, or None is open."""
        self._all = (*self._all, Exchange(user=text))
        self._starts.append(2 * len(self._starts) if messages is None else messages)
        self.version += 1

    def drop(self) -> str:
        """Take the newest exchange away and return its message."""
        *kept, last = self._all
        self._all = tuple(kept)
        self._starts.pop()
        self.version += 1
        return last.user

    def put(self, reply: Reply, number: int = -1) -> None:
        """Give an exchange, by default the newest, another reply."""
        number %= len(self._all)
        changed = replace(self._all[number], reply=reply)
        self._all = (*self._all[:number], changed, *self._all[number + 1 :])
        self.version += 1

    def show_all(self) -> None:
        """Show those before the last few, too."""
        self._whole = True

    @property
    def shown(self) -> tuple[tuple[Exchange, ...], int]:
        """The exchanges that are shown, and the number of the first."""
        first = 0 if self._whole else max(0, len(self._all) - WINDOW)
        return self._all[first:], first
