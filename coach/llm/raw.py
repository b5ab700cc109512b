"""Bare llama.cpp, measured: what the pipeline is compared with.

Runs as a process of its own, so that its peak of memory is its own::

    python -m coach.llm.raw MODEL.gguf --threads 2 --context 4096 --work 300:40 --work 450:60

Nothing of the pipeline is on the measured path: native calls, and a loop around them.
Only the sampler chain is built where the pipeline builds its own, so that both have
the same settings.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.llm.llamacpp import Sampler, silence_log
from coach.llm.writing import TEMPERATURE
from coach.memory import peak_bytes

import llama_cpp  # isort: skip - coach.llm.llamacpp sets how its threads wait, before it is first imported

BATCH = 512
"""Tokens read per native call: llama.cpp's own choice. The pipeline reads fewer, to hear a stop."""

_TEXT = "They wrote that they chose someone else for the role, and thanked me for my time. "


@dataclass(frozen=True, kw_only=True)
class RawFigures:
    """What bare llama.cpp did. Seconds and bytes; ``decode_s`` is decoding and sampling."""

    load_s: float
    prefill_tokens: int
    prefill_s: float
    decode_tokens: int
    decode_s: float
    peak_bytes: int


class Bare:
    """A model and a context, without anything around them.

    Args:
        path: The GGUF file.
        threads: Threads for decoding and prefill.
        context: Context window in tokens.
        adapter: A GGUF LoRA, or None.

    Raises:
        OSError: Model or adapter cannot be loaded.
    """

    def __init__(self, path: Path, *, threads: int, context: int, adapter: Path | None) -> None:
        llama_cpp.llama_backend_init()
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), llama_cpp.llama_model_default_params())
        if not self._model:
            raise OSError(f"llama.cpp cannot load {path}.")
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx, settings.n_batch, settings.n_ubatch = context, BATCH, BATCH
        settings.n_threads = settings.n_threads_batch = threads
        # As the pipeline has it; it brought nothing on a CPU.
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if adapter is not None:
            self._apply(adapter)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self.vocabulary = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))

    def _apply(self, adapter: Path) -> None:
        loaded = llama_cpp.llama_adapter_lora_init(self._model, str(adapter).encode())
        if not loaded:
            raise OSError(f"llama.cpp cannot load the adapter {adapter}.")
        adapters = (llama_cpp.llama_adapter_lora_p_ctypes * 1)(loaded)
        if llama_cpp.llama_set_adapters_lora(self._context, adapters, 1, (ctypes.c_float * 1)(1.0)):
            raise OSError(f"llama.cpp cannot use the adapter {adapter} with this model.")

    def tokens(self, count: int) -> list[int]:
        """Return so many tokens of plain text."""
        text = (_TEXT * (count // 8 + 1)).encode()
        row = (llama_cpp.llama_token * (len(text) + 8))()
        found = llama_cpp.llama_tokenize(self._vocabulary, text, len(text), row, len(row), False, False)
        return list(row[: min(found, count)])

    def read(self, tokens: Sequence[int]) -> None:
        """Read tokens after those that the cache holds."""
        for start in range(0, len(tokens), BATCH):
            part = tokens[start : start + BATCH]
            row = (llama_cpp.llama_token * len(part))(*part)
            if llama_cpp.llama_decode(self._context, llama_cpp.llama_batch_get_one(row, len(part))):
                raise OSError("llama.cpp cannot read on.")

    def cut(self, length: int) -> None:
        """Forget everything from this position on."""
        llama_cpp.llama_memory_seq_rm(llama_cpp.llama_get_memory(self._context), 0, length, -1)

    def decode(self, count: int) -> float:
        """Decode so many tokens, whatever they are, and return the seconds it took."""
        sampler = Sampler(self.vocabulary, temperature=TEMPERATURE, seed=1)
        row = (llama_cpp.llama_token * 1)()
        started = time.perf_counter()
        for _ in range(count):
            row[0] = llama_cpp.llama_sampler_sample(sampler.chain, self._context, -1)
            llama_cpp.llama_decode(self._context, llama_cpp.llama_batch_get_one(row, 1))
        spent = time.perf_counter() - started
        sampler.close()
        return spent


def measure(
    path: Path, *, threads: int, context: int, adapter: Path | None, work: Sequence[tuple[int, int]]
) -> RawFigures:
    """Load, read the longest prompt in one go, then decode at every depth.

    Args:
        path: The GGUF file.
        threads: Threads for decoding and prefill.
        context: Context window in tokens.
        adapter: A GGUF LoRA, or None.
        work: Pairs of tokens before the reply, and tokens decoded from there on.

    Raises:
        OSError: llama.cpp cannot load or run the model.
    """
    started = time.perf_counter()
    bare = Bare(path, threads=threads, context=context, adapter=adapter)
    load_s = time.perf_counter() - started
    prompt = bare.tokens(max(depth for depth, _ in work))
    bare.read(prompt[:8])  # the first call of all touches the weights on disk
    bare.cut(0)
    started = time.perf_counter()
    bare.read(prompt)
    prefill_s = time.perf_counter() - started
    decode_s = 0.0
    # From the deepest on, so that what was read stays of use.
    for depth, count in sorted(work, reverse=True):
        bare.cut(depth - 1)
        bare.read(prompt[depth - 1 : depth])  # for its logits
        decode_s += bare.decode(count)
    return RawFigures(
        load_s=load_s,
        prefill_tokens=len(prompt),
        prefill_s=prefill_s,
        decode_tokens=sum(count for _, count in work),
        decode_s=decode_s,
        peak_bytes=peak_bytes(),
    )


def _pair(text: str) -> tuple[int, int]:
    depth, _, count = text.partition(":")
    if int(depth) < 1 or int(count) < 1:
        raise ValueError(text)
    return int(depth), int(count)


def main() -> None:
    """Read the command line, measure, and print JSON."""
    parser = argparse.ArgumentParser(prog="coach.llm.raw", description="Measure bare llama.cpp.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--context", type=int, default=4096)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--work", type=_pair, action="append", required=True, metavar="DEPTH:TOKENS")
    options = parser.parse_args()
    silence_log()
    work = [(depth, min(count, options.context - depth)) for depth, count in options.work if depth < options.context]
    try:
        figures = measure(
            options.model, threads=options.threads, context=options.context, adapter=options.adapter, work=work
        )
    except OSError as error:
        sys.exit(str(error))
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main()
