"""What the pipeline needs from a language model: sentences, one at a time.

A reply is written through a ``Writing``. It decodes one sentence and stops there
until it is told to go on, so that a verdict can be passed on every sentence before
the next one is begun, and a failed sentence can be taken back as if it had never
been written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.types import Message

Stopped = Callable[[], bool]
"""Asked often while a model works; true means stop now."""


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A turn's prompt, in the order in which the model reads it.

    ``static`` never changes between turns, ``history`` only grows at its end between
    cuts, ``newest`` is dropped after the turn.
    """

    static: str
    history: tuple[Message, ...]
    newest: str


@dataclass(frozen=True, kw_only=True)
class DecodeStats:
    """Work done by a ``Writing`` so far. Times in seconds.

    ``decode_*`` is what the model decoded freely, token by token: decoding and sampling
    only. ``chosen_*`` is what it wrote under a grammar, most of it read in batches, so
    that its rate says nothing about decoding.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    prefill_s: float = 0.0
    decode_tokens: int = 0
    decode_s: float = 0.0
    chosen_tokens: int = 0
    chosen_s: float = 0.0


class Writing(Protocol):
    """One reply being written. Not thread-safe."""

    def sentence(self, *, max_tokens: int = 60, fresh: bool = False) -> str:
        """Decode up to the end of a sentence; "" when the model ended the reply or was stopped.

        ``fresh`` asks for another wording than the greedy one, after a rollback.
        """
        ...

    def choose(self, alternatives: Sequence[str]) -> int:
        """Decode one of the alternatives, under a grammar, and return its position.

        Returns -1 when stopped.
        """
        ...

    def rollback(self) -> None:
        """Take back the sentence or choice that came last."""
        ...

    def append(self, text: str) -> None:
        """Let the model read text that it did not write, as part of its reply."""
        ...

    def stats(self) -> DecodeStats:
        """Return the work done so far."""
        ...

    def close(self) -> None:
        """End the reply and free the model for the next one."""
        ...


class ChatModel(Protocol):
    """A loaded language model."""

    @property
    def name(self) -> str:
        """The catalog id or file name."""
        ...

    @property
    def tuned(self) -> bool:
        """Whether an adapter tunes it to say the person's words back."""
        ...

    def count(self, text: str) -> int:
        """Return the number of tokens of a text."""
        ...

    def begin(self, prompt: Prompt, *, stopped: Stopped) -> Writing:
        """Read the prompt and open a reply. Blocks while another reply is open."""
        ...

    def prepare(self, prompt: Prompt, *, stopped: Stopped) -> None:
        """Read a prompt ahead of time, so that a later ``begin`` finds it cached."""
        ...

    def close(self) -> None:
        """Free the model's memory."""
        ...
