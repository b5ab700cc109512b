"""Language models run by llama.cpp. The only module that imports ``llama_cpp``.

The context's KV cache is the one precious thing here: a changed prefix costs seconds.
``Cache`` knows which tokens it holds, reads only what is new, and lets llama.cpp ask
between its matrix products whether to stop, so that a stop request is heard within a
fraction of a second.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Sequence
from pathlib import Path

# A thread that waits spins for a moment and then gives its core back. Without a limit, other programs on the same cores
# make the model many times slower; without any spinning it decodes a third slower when alone (docs/log.md). Read once,
# when the library is loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "2000")

import llama_cpp
import numpy as np

from coach.errors import ModelError
from coach.llm.base import ChatModel, Prompt, Stopped, Writing
from coach.llm.templates import template_for
from coach.llm.writing import LlamaWriting, shared_prefix

PREFILL_BATCH = 128
"""Tokens read per native call; what a stopped call has read of them is read again. See docs/log.md."""

_RESERVED = 256
"""Tokens of the context window that are kept for the reply."""

_REPEAT_PENALTY = 1.1
_PIECE_BYTES = 256


def _silence(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """Drop llama.cpp's own log: it writes to stderr, where the user reads our sentences."""


_LOG = llama_cpp.llama_log_callback(_silence)


def silence_log() -> None:
    """Keep llama.cpp's log off stderr."""
    llama_cpp.llama_log_set(_LOG, ctypes.c_void_p(0))


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
        _check_file(path)
        silence_log()
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
                f"The model file {path} cannot be loaded: it is damaged or needs more memory than there is.",
                hint="Run `coach model verify` to check it, and `coach model list` to see what fits this machine.",
            ) from error
        # The library compares with None, but gets a null pointer: it goes on silently without the adapter.
        if adapter is not None and not self._llama._lora_adapter:
            self._llama.close()
            raise ModelError(
                f"The adapter {adapter} cannot be loaded: it is damaged or made for another model.",
                hint="Start with `coach --no-adapter`, or install Rebound again.",
            )
        self._path = path
        self._tuned = adapter is not None
        self._template = template_for(str(self._llama.metadata.get("tokenizer.chat_template", "")))
        self._lock = threading.Lock()
        self._closed = False
        self.cache = Cache(self._llama)

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self._path.stem

    @property
    def tuned(self) -> bool:
        """Whether it was loaded with an adapter."""
        return self._tuned

    def count(self, text: str) -> int:
        """Return the number of tokens of a text."""
        self._check_open()
        return len(self.cache.tokens(text, special=False))

    def begin(self, prompt: Prompt, *, stopped: Stopped) -> Writing:
        """Read the prompt and open a reply.

        Raises:
            ModelError: The prompt does not fit the context window, or the model was closed.
        """
        self._lock.acquire()
        try:
            self._check_open()
            return LlamaWriting(self, self._tokens(prompt), stopped)
        except BaseException:
            self._lock.release()
            raise

    def prepare(self, prompt: Prompt, *, stopped: Stopped) -> None:
        """Read a prompt ahead of time; gives way at once when stopped."""
        with self._lock:
            self._check_open()
            self.cache.read(self._tokens(prompt), stopped)

    def close(self) -> None:
        """Free the model's memory, after the reply in flight."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._llama.close()

    def _check_open(self) -> None:
        # llama.cpp does not check: a freed model takes the whole program down.
        if self._closed:
            raise ModelError("The language model was closed.", hint="Start Rebound again.")

    def release(self) -> None:
        """Let the next reply begin; called by a ``Writing`` that ends."""
        self._lock.release()

    def _tokens(self, prompt: Prompt) -> list[int]:
        tokens: list[int] = []
        for text, special in self._template.pieces(prompt):
            tokens += self.cache.tokens(text, special=special)
        if len(tokens) > self.cache.window - _RESERVED:
            raise ModelError(
                "The conversation is longer than the model can read.",
                hint="Start a new conversation, or raise the setting `context`.",
            )
        return tokens


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            mark = file.read(4)
    except FileNotFoundError as error:
        raise ModelError(f"There is no model file at {path}.") from error
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read: {error.strerror}.",
            hint="Check the file's permissions, or choose another model with `coach model use`.",
        ) from error
    if mark != b"GGUF":
        raise ModelError(f"The file {path} is not a GGUF model.", hint="Choose a GGUF file, or run `coach model list`.")


class Cache:
    """The tokens in a context's KV cache, and the only code that changes them."""

    def __init__(self, llama: llama_cpp.Llama) -> None:
        self._llama = llama
        self._stopped: Stopped | None = None
        # Kept as an attribute: llama.cpp holds only the address.
        self._abort = llama_cpp.ggml_abort_callback(self._is_stopped)
        self._never = llama_cpp.ggml_abort_callback()
        self._vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
        self._buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        self.held: list[int] = []
        self.vocabulary = llama.n_vocab()
        self.window = llama.n_ctx()
        ends = (llama.token_eos(), llama_cpp.llama_vocab_eot(self._vocabulary))
        self.end_tokens = sorted({token for token in ends if token >= 0})

    def _is_stopped(self, _data: object) -> bool:
        return self._stopped is not None and self._stopped()

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Return a text's tokens; ``special`` reads control tokens as such."""
        data = text.encode("utf-8", "replace")
        return list(self._llama.tokenize(data, add_bos=False, special=special))

    def read(self, tokens: Sequence[int], stopped: Stopped) -> int:
        """Make the cache hold exactly these tokens and return how many it held already.

        When stopped it holds a prefix of them, which stays usable.
        """
        known = shared_prefix(self.held, tokens)
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
        """Read further tokens; False when stopped before the end.

        Raises:
            ModelError: They do not fit the context window, or llama.cpp fails.
        """
        if len(self.held) + len(tokens) > self.window:
            raise ModelError(
                "The conversation is longer than the model can read.",
                hint="Start a new conversation, or raise the setting `context`.",
            )
        for start in range(0, len(tokens), PREFILL_BATCH):
            if stopped is not None and stopped():
                return False
            batch = list(tokens[start : start + PREFILL_BATCH])
            if not self._read_batch(batch, stopped if len(batch) > 1 else None):
                return False
            self.held += batch
        return True

    def _read_batch(self, batch: list[int], stopped: Stopped | None) -> bool:
        self._stopped = stopped
        if stopped is not None:
            llama_cpp.llama_set_abort_callback(self._llama.ctx, self._abort, None)
        try:
            self._llama.eval(batch)
        except RuntimeError as error:
            if stopped is not None and stopped():
                return False
            raise ModelError("The language model stopped working.", hint="Start Rebound again.") from error
        finally:
            if stopped is not None:
                llama_cpp.llama_set_abort_callback(self._llama.ctx, self._never, None)
            self._stopped = None
        return True

    def logits(self, tokens: Sequence[int]) -> list[float]:
        """Return the logits of these tokens at the end of what is held."""
        pointer = self._llama._ctx.get_logits_ith(-1)
        row = np.ctypeslib.as_array(pointer, shape=(self.vocabulary,))
        return [float(row[token]) for token in tokens]

    def piece(self, token: int) -> bytes:
        """Return one token's bytes, which may be a part of a character; control tokens have none."""
        size = llama_cpp.llama_token_to_piece(self._vocabulary, token, self._buffer, _PIECE_BYTES, 0, False)
        return self._buffer.raw[: max(size, 0)]

    def sampler(self, *, temperature: float, seed: int, seen: Sequence[int]) -> Sampler:
        """Return a sampler, which its user closes; ``seen`` tokens are made less likely."""
        return Sampler(self.vocabulary, temperature=temperature, seed=seed, seen=seen)

    def sample(self, sampler: Sampler) -> int:
        """Sample the next token."""
        return int(llama_cpp.llama_sampler_sample(sampler.chain, self._llama.ctx, -1))

    def room(self) -> int:
        """Return how many more tokens fit the context."""
        return self.window - len(self.held)

    def ends(self, token: int) -> bool:
        """Whether a token ends the reply."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))


class Sampler:
    """A llama.cpp sampler chain."""

    def __init__(self, vocabulary: int, *, temperature: float, seed: int, seen: Sequence[int] = ()) -> None:
        self.chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        for link in (
            llama_cpp.llama_sampler_init_penalties(vocabulary, 64, _REPEAT_PENALTY, 0.0, 0.0),
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
