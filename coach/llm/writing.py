"""One reply being written by a llama.cpp model, sentence by sentence."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from coach.llm.base import DecodeStats, Stopped, Writing
from coach.text import ends_sentence

if TYPE_CHECKING:
    from coach.llm.llamacpp import LlamaCppModel, Sampler

TEMPERATURE = 0.4
_RETRY_TEMPERATURE = 0.8
_AFTER_NUMBER = re.compile(r"\d\.$")


class LlamaWriting(Writing):
    """A reply in the making: ``_marks`` are the cache lengths before each piece of it."""

    def __init__(self, model: LlamaCppModel, prompt: list[int], stopped: Stopped) -> None:
        self._model = model
        self._cache = model.cache
        self._stopped = stopped
        self._tries = 0
        self._decode_tokens = 0
        self._decode_s = 0.0
        self._chosen_tokens = 0
        self._chosen_s = 0.0
        self._closed = False
        started = time.perf_counter()
        self._cached = self._cache.read(prompt, stopped)
        self._prefill_s = time.perf_counter() - started
        self._start = len(prompt)
        self._marks: list[int] = []

    def sentence(self, *, max_tokens: int = 60, fresh: bool = False) -> str:
        """Decode one sentence; see the protocol."""
        self._marks.append(len(self._cache.held))
        if self._stopped() or len(self._cache.held) < self._start:
            return ""
        self._tries += 1
        sampler = self._cache.sampler(
            temperature=_RETRY_TEMPERATURE if fresh else TEMPERATURE,
            seed=self._tries,
            seen=self._cache.held[self._start :],
        )
        try:
            return self._decode(sampler, min(max_tokens, self._cache.room() - 1))
        finally:
            sampler.close()

    def _decode(self, sampler: Sampler, max_tokens: int) -> str:
        written = bytearray()
        text = ""
        count = 0
        started = time.perf_counter()
        while count < max_tokens and not self._stopped():
            token = self._cache.sample(sampler)
            if self._cache.ends(token):
                break
            piece = self._cache.piece(token)
            # "3." may go on as "3.5", so it ends a sentence only when a space would follow.
            if _AFTER_NUMBER.search(text) and piece[:1].isspace() and ends_sentence(text.lstrip()):
                break
            written += piece
            text = written.decode("utf-8", "ignore")
            count += 1
            self._cache.extend([token])
            if text.strip() and ("\n" in text.lstrip() or _is_over(text.strip())):
                break
        self._decode_tokens += count
        self._decode_s += time.perf_counter() - started
        return "" if self._stopped() else text.strip()

    def choose(self, alternatives: Sequence[str]) -> int:
        """Decode under a grammar that allows only the alternatives.

        Where all that are left agree on the tokens that follow, these are read in one
        batch: there is nothing to choose.
        """
        self._marks.append(len(self._cache.held))
        if self._stopped() or len(self._cache.held) < self._start:
            return -1
        lead = " " if len(self._cache.held) > self._start else ""
        rows = [self._cache.tokens(lead + text, special=False) for text in alternatives]
        left = list(range(len(rows)))
        depth = 0
        started = time.perf_counter()
        while True:
            run = len(_common_prefix([rows[i] for i in left])) - depth
            if self._stopped():
                return -1
            if run and not self._cache.extend(rows[left[0]][depth : depth + run], self._stopped):
                return -1
            depth += run
            done = [i for i in left if len(rows[i]) == depth]
            longer = [i for i in left if len(rows[i]) > depth]
            ends = self._cache.end_tokens if done else []
            if done and not (longer and ends):
                break
            allowed = [*ends, *sorted({rows[i][depth] for i in longer})]
            best = allowed[int(np.argmax(self._cache.logits(allowed)))]
            if best in ends:
                break
            left = [i for i in longer if rows[i][depth] == best]
        self._chosen_s += time.perf_counter() - started
        self._chosen_tokens += depth
        return done[0]

    def rollback(self) -> None:
        """Take back the piece that came last."""
        if self._marks:
            mark = self._marks.pop()
            if mark < len(self._cache.held):
                # The last kept token is read again, for its logits.
                last = self._cache.held[mark - 1]
                self._cache.cut(mark - 1)
                self._cache.extend([last])

    def append(self, text: str) -> None:
        """Read text that the model did not write."""
        self._marks.append(len(self._cache.held))
        lead = " " if len(self._cache.held) > self._start else ""
        self._cache.extend(self._cache.tokens(lead + text, special=False), self._stopped)

    def stats(self) -> DecodeStats:
        """Return the work done so far."""
        return DecodeStats(
            prompt_tokens=self._start,
            cached_tokens=self._cached,
            prefill_s=self._prefill_s,
            decode_tokens=self._decode_tokens,
            decode_s=self._decode_s,
            chosen_tokens=self._chosen_tokens,
            chosen_s=self._chosen_s,
        )

    def close(self) -> None:
        """Free the model for the next reply."""
        if not self._closed:
            self._closed = True
            self._model.release()


def _is_over(text: str) -> bool:
    return ends_sentence(text) and not _AFTER_NUMBER.search(text)


def _common_prefix(rows: Sequence[list[int]]) -> list[int]:
    # What the first and the last in order share, all between them share.
    first, last = min(rows), max(rows)
    return first[: shared_prefix(first, last)]


def shared_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    """Return how many tokens two rows share at their beginning."""
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length
