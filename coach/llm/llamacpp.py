"""Language models run by llama.cpp. The only module that imports ``llama_cpp``.

The context's KV cache is the one precious thing here: a changed prefix costs seconds.
``_Cache`` knows which tokens it holds, reads only what is new, and reads it in small
batches, so that a stop request is heard within a fraction of a second.
"""

from __future__ import annotations

import ctypes
import re
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import llama_cpp
import numpy as np

from coach.errors import ModelError
from coach.llm.base import ChatModel, DecodeStats, Prompt, Stopped, Writing
from coach.llm.templates import template_for

PREFILL_BATCH = 16
"""Tokens read per native call. A stop request waits for one such call at most; see docs/log.md."""

_TEMPERATURE = 0.4
_RETRY_TEMPERATURE = 0.8
_REPEAT_PENALTY = 1.1
_SENTENCE_END = re.compile(r"(?<![\d.])[.!?…][\"'”’)\]]*\s*$")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|e\.g|i\.e|etc|vs|approx|No)\.$")
_AFTER_NUMBER = re.compile(r"\d\.$")


def _silence(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """Drop llama.cpp's own log: it writes to stderr, where the user reads our sentences."""


_LOG = llama_cpp.llama_log_callback(_silence)


class LlamaCppModel(ChatModel):
    """A GGUF file, loaded. One reply at a time; other threads wait for it.

    Args:
        path: The GGUF file.
        threads: Threads for decoding and prefill.
        context: Context window in tokens.
        adapter: A GGUF LoRA for this base, or None.

    Raises:
        ModelError: The file cannot be loaded.
    """

    def __init__(self, path: Path, *, threads: int, context: int, adapter: Path | None = None) -> None:
        llama_cpp.llama_log_set(_LOG, ctypes.c_void_p(0))
        try:
            self._llama = llama_cpp.Llama(
                str(path),
                n_ctx=context,
                n_batch=PREFILL_BATCH,
                n_threads=threads,
                n_threads_batch=threads,
                lora_path=str(adapter) if adapter else None,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError, AssertionError) as error:
            raise ModelError(
                f"The model file {path} cannot be loaded: it is damaged, unreadable or needs more memory than there is.",
                hint="Run `coach model verify` to check the file, and `coach model list` to see what fits this machine.",
            ) from error
        self._path = path
        self._template = template_for(str(self._llama.metadata.get("tokenizer.chat_template", "")))
        self._lock = threading.Lock()
        self.cache = _Cache(self._llama)

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self._path.stem

    def count(self, text: str) -> int:
        """Return the number of tokens of a text."""
        return len(self.cache.tokens(text, special=False))

    def begin(self, prompt: Prompt, *, stopped: Stopped) -> Writing:
        """Read the prompt and open a reply.

        Raises:
            ModelError: The prompt does not fit the context window.
        """
        self._lock.acquire()
        try:
            return _LlamaWriting(self, self._tokens(prompt), stopped)
        except BaseException:
            self._lock.release()
            raise

    def prepare(self, prompt: Prompt, *, stopped: Stopped) -> None:
        """Read a prompt ahead of time; gives way at once when stopped."""
        with self._lock:
            self.cache.read(self._tokens(prompt), stopped)

    def close(self) -> None:
        """Free the model's memory, after the reply in flight."""
        with self._lock:
            self._llama.close()

    def release(self) -> None:
        """Let the next reply begin; called by a ``Writing`` that ends."""
        self._lock.release()

    def _tokens(self, prompt: Prompt) -> list[int]:
        tokens: list[int] = []
        for text, special in self._template.pieces(prompt):
            tokens += self.cache.tokens(text, special=special)
        if len(tokens) > self._llama.n_ctx() - 256:
            raise ModelError(
                "The conversation is longer than the model can read.",
                hint="Start a new conversation, or raise the setting `context`.",
            )
        return tokens


class _Cache:
    """The tokens in a context's KV cache, and the only code that changes them."""

    def __init__(self, llama: llama_cpp.Llama) -> None:
        self._llama = llama
        self.held: list[int] = []
        self.vocabulary = llama.n_vocab()

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Return a text's tokens; ``special`` reads control tokens as such."""
        data = text.encode("utf-8", "replace")
        return list(self._llama.tokenize(data, add_bos=False, special=special))

    def read(self, tokens: Sequence[int], stopped: Stopped) -> int:
        """Make the cache hold exactly these tokens and return how many it held already.

        When stopped it holds a prefix of them, which stays usable.
        """
        known = _shared_prefix(self.held, tokens)
        # The last token is read again: its logits are what the next one is sampled from.
        known = min(known, len(tokens) - 1)
        self.cut(known)
        self.extend(tokens[known:], stopped)
        return known

    def cut(self, length: int) -> None:
        """Forget everything from this position on."""
        del self.held[length:]
        self._llama.n_tokens = length

    def extend(self, tokens: Sequence[int], stopped: Stopped | None = None) -> bool:
        """Read further tokens; False when stopped before the end."""
        for start in range(0, len(tokens), PREFILL_BATCH):
            if stopped is not None and stopped():
                return False
            batch = list(tokens[start : start + PREFILL_BATCH])
            self._llama.eval(batch)
            self.held += batch
        return True

    def logits(self, tokens: Sequence[int]) -> list[float]:
        """Return the logits of these tokens at the end of what is held."""
        pointer = self._llama._ctx.get_logits_ith(-1)
        row = np.ctypeslib.as_array(pointer, shape=(self.vocabulary,))
        return [float(row[token]) for token in tokens]

    def text(self, tokens: Sequence[int]) -> str:
        """Return the tokens' text; a broken character at the end is left out."""
        return self._llama.detokenize(list(tokens)).decode("utf-8", "ignore")

    def sample(self, sampler: _Sampler) -> int:
        """Sample the next token."""
        return int(llama_cpp.llama_sampler_sample(sampler.chain, self._llama.ctx, -1))

    def room(self) -> int:
        """Return how many more tokens fit the context."""
        return self._llama.n_ctx() - len(self.held)

    def ends(self, token: int) -> bool:
        """Whether a token ends the reply."""
        vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        return bool(llama_cpp.llama_vocab_is_eog(vocabulary, token))


class _Sampler:
    """A llama.cpp sampler chain."""

    def __init__(self, *, temperature: float, seed: int, seen: Sequence[int] = ()) -> None:
        self.chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        for link in (
            llama_cpp.llama_sampler_init_penalties(64, _REPEAT_PENALTY, 0.0, 0.0),
            llama_cpp.llama_sampler_init_top_k(40),
            llama_cpp.llama_sampler_init_top_p(0.95, 1),
            llama_cpp.llama_sampler_init_temp(temperature),
            llama_cpp.llama_sampler_init_dist(seed),
        ):
            llama_cpp.llama_sampler_chain_add(self.chain, link)
        for token in seen:
            llama_cpp.llama_sampler_accept(self.chain, token)

    def close(self) -> None:
        """Free the chain."""
        llama_cpp.llama_sampler_free(self.chain)


class _LlamaWriting(Writing):
    """A reply in the making. ``_marks`` are the cache lengths before each piece of it."""

    def __init__(self, model: LlamaCppModel, prompt: list[int], stopped: Stopped) -> None:
        self._model = model
        self._cache = model.cache
        self._stopped = stopped
        self._tries = 0
        self._decode_tokens = 0
        self._decode_s = 0.0
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
        sampler = _Sampler(
            temperature=_RETRY_TEMPERATURE if fresh else _TEMPERATURE,
            seed=self._tries,
            seen=self._cache.held[self._start :],
        )
        try:
            return self._decode(sampler, min(max_tokens, self._cache.room() - 1))
        finally:
            sampler.close()

    def _decode(self, sampler: _Sampler, max_tokens: int) -> str:
        tokens: list[int] = []
        text = ""
        started = time.perf_counter()
        while len(tokens) < max_tokens and not self._stopped():
            token = self._cache.sample(sampler)
            if self._cache.ends(token):
                break
            longer = self._cache.text([*tokens, token])
            if _AFTER_NUMBER.search(text) and longer[len(text) :][:1].isspace():
                break
            text = longer
            tokens.append(token)
            self._cache.extend([token])
            if text.strip() and ("\n" in text.lstrip() or _is_sentence(text)):
                break
        self._decode_tokens += len(tokens)
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
            if run and not self._cache.extend(rows[left[0]][depth : depth + run], self._stopped):
                return -1
            depth += run
            done = [i for i in left if len(rows[i]) == depth]
            if done:
                break
            allowed = sorted({rows[i][depth] for i in left})
            best = allowed[int(np.argmax(self._cache.logits(allowed)))]
            left = [i for i in left if rows[i][depth] == best]
        self._decode_s += time.perf_counter() - started
        self._decode_tokens += depth
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
        )

    def close(self) -> None:
        """Free the model for the next reply."""
        if not self._closed:
            self._closed = True
            self._model.release()


def _is_sentence(text: str) -> bool:
    stripped = text.rstrip()
    return bool(_SENTENCE_END.search(stripped)) and not _ABBREVIATION.search(stripped)


def _shared_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


def _common_prefix(rows: Sequence[Sequence[int]]) -> Sequence[int]:
    shortest, longest = min(rows), max(rows)
    return shortest[: _shared_prefix(shortest, longest)]
