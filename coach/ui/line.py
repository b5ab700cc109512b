"""The queue of open tabs for the one model: first come, first served."""

from __future__ import annotations

import threading


class Line:
    """Lets one through at a time, in the order of arrival."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[object] = []

    def enter(self, who: object) -> None:
        """Stand at the end."""
        with self._changed:
            self._waiting.append(who)

    def ahead(self, who: object, *, wait_s: float = 0.0) -> int:
        """Return how many are before ``who``, after waiting a while for it to become none."""
        with self._changed:
            self._changed.wait_for(lambda: self._before(who) == 0, timeout=wait_s)
            return self._before(who)

    def leave(self, who: object) -> None:
        """Step out, wherever in the line; does nothing for one who is not in it."""
        with self._changed:
            if who in self._waiting:
                self._waiting.remove(who)
            self._changed.notify_all()

    def _before(self, who: object) -> int:
        return self._waiting.index(who) if who in self._waiting else 0
