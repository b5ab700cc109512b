"""Watches a turn's events and sums them up."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Generator, Iterator, Sequence

from coach.events import Draft, Event, SafetyReply, Sentence, Timings, TurnDone
from coach.llm.base import DecodeStats
from coach.text import words
from coach.types import Level


class Clock:
    """Watches a turn's events and sums them up."""

    def __init__(self) -> None:
        self.safety_s = 0.0
        self.vectors_s = 0.0
        self.retrieval_s = 0.0
        self.level = Level.L0
        self.shown: list[Sentence | Draft] = []
        self.stats = DecodeStats()
        self._began = time.perf_counter()
        self._first: float | None = None
        self._first_model: float | None = None

    def watch(self, events: Iterator[Event]) -> Generator[Event]:
        """Pass events on."""
        for event in events:
            now = time.perf_counter() - self._began
            if isinstance(event, Sentence | SafetyReply):
                self._first = now if self._first is None else self._first
            if isinstance(event, Sentence | Draft):
                self.shown.append(event)
                if isinstance(event, Sentence) and event.decoded and self._first_model is None:
                    self._first_model = now
            yield event

    def done(self, *, stopped: bool) -> TurnDone:
        """Return the end of the turn."""
        told = [each for each in self.shown if isinstance(each, Sentence)]
        # A draft is made by code; its words say nothing about who wrote the reply.
        counts = [(len(words(sentence.text)), sentence.decoded) for sentence in told]
        decoded = sum(count for count, by_model in counts if by_model)
        everything = sum(count for count, _ in counts)
        cards = dict.fromkeys(sentence.card_id for sentence in told if sentence.card_id is not None)
        return TurnDone(
            reply=reply_text(self.shown),
            floor=decoded == 0,
            model_share=decoded / everything if everything else 0.0,
            cards=tuple(cards),
            level=self.level,
            stopped=stopped,
            timings=Timings(
                safety_s=self.safety_s,
                vectors_s=self.vectors_s,
                retrieval_s=self.retrieval_s,
                first_text_s=self._first,
                first_model_text_s=self._first_model,
                total_s=time.perf_counter() - self._began,
                **dataclasses.asdict(self.stats),
            ),
        )


def reply_text(shown: Sequence[Sentence | Draft]) -> str:
    """Return sentences and a draft as one text, as they were shown."""
    return "".join(
        f"\n\n{each.text}" if isinstance(each, Draft) else f"{each.lead}{each.text}" for each in shown
    ).strip()
