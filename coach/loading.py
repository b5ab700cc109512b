"""How far loading is, as page and terminal show it, and which parts are loaded at all."""

from __future__ import annotations

from dataclasses import dataclass

LOOK_S = 0.1
"""Seconds between two looks at how far loading is."""

SETTLED = frozenset({"ready", "failed"})
"""States in which nothing is loaded any more."""


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How far the program is. The states are "waiting", "loading", "ready" and "failed".

    Cards and model are loaded side by side: ``cards_step`` and ``model_step`` say what is being done, ``indexed``
    and ``checked`` how much of building the card index and of checking the model's file is done, in 0..1.
    """

    embedder: str = "waiting"
    index: str = "waiting"
    model: str = "waiting"
    cards_step: str = ""
    model_step: str = ""
    indexed: float = 0.0
    checked: float = 0.0
    problem: str | None = None
    hint: str | None = None

    @property
    def gate_ready(self) -> bool:
        """Whether turns can be answered, from vetted text at least."""
        return self.embedder == "ready"

    @property
    def model_ready(self) -> bool:
        """Whether the language model answers."""
        return self.model == "ready"

    @property
    def settled(self) -> bool:
        """Whether nothing is being loaded any more."""
        return {self.embedder, self.index, self.model} <= SETTLED

    @property
    def message(self) -> str:
        """What is being done: for the cards first, because every answer waits for them."""
        return self.model_step if self.index in SETTLED else self.cards_step

    @property
    def fraction(self) -> float:
        """How much is done, in 0..1."""
        parts = ((self.embedder, 0.0, 0.3), (self.index, self.indexed, 0.3), (self.model, self.checked / 2, 0.4))
        return sum(weight * (1.0 if state in SETTLED else done) for state, done, weight in parts)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Which parts of the program run. All of them do, but for evals that measure what one is worth.

    ``model`` is the language model, ``adapter`` what tunes it, ``guard`` the check of what it wrote.
    """

    model: bool = True
    adapter: bool = True
    guard: bool = True
