"""A language model that says what it is told to: for tests of logic, never for claims."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from coach.llm.base import ChatModel, DecodeStats, Prompt, Stopped, Writing


class ScriptedModel(ChatModel):
    """Says the given sentences in order, and chooses the first alternative.

    Args:
        sentences: What ``Writing.sentence`` returns, one after the other, then "".
        error: Raised by ``begin``, to test failures.
        tuned: See the protocol.

    Attributes:
        prompts: Every prompt it was given.
    """

    def __init__(self, sentences: Sequence[str] = (), *, error: Exception | None = None, tuned: bool = False) -> None:
        self.prompts: list[Prompt] = []
        self._sentences = list(sentences)
        self._error = error
        self._tuned = tuned
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name."""
        return "scripted"

    @property
    def tuned(self) -> bool:
        """As it was made."""
        return self._tuned

    def count(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def begin(self, prompt: Prompt, *, stopped: Stopped) -> Writing:
        """Open a reply."""
        self.prompts.append(prompt)
        if self._error is not None:
            raise self._error
        self._lock.acquire()
        return _ScriptedWriting(self._sentences, self._lock, stopped)

    def prepare(self, prompt: Prompt, *, stopped: Stopped) -> None:
        """Read nothing."""

    def close(self) -> None:
        """Free nothing."""


class _ScriptedWriting(Writing):
    def __init__(self, sentences: list[str], lock: threading.Lock, stopped: Stopped) -> None:
        self._sentences = sentences
        self._lock = lock
        self._stopped = stopped
        self._words = 0
        self._chosen = 0
        self._closed = False

    def sentence(self, *, max_tokens: int = 60, fresh: bool = False) -> str:
        if self._stopped() or not self._sentences:
            return ""
        text = self._sentences.pop(0)
        self._words += len(text.split())
        return text

    def choose(self, alternatives: Sequence[str]) -> int:
        if self._stopped():
            return -1
        self._chosen += len(alternatives[0].split())
        return 0

    def rollback(self) -> None: ...

    def append(self, text: str) -> None: ...

    def stats(self) -> DecodeStats:
        return DecodeStats(decode_tokens=self._words, chosen_tokens=self._chosen)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._lock.release()
