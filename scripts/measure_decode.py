"""Measure the decode rate of the pipeline's writer against bare llama.cpp, in turn within one process."""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import asdict, dataclass

from measurements import Result, deliver, look

from coach.errors import CoachError
from coach.evals.bench import percentile
from coach.llm import catalog, digests
from coach.llm.llamacpp import LlamaCppModel
from coach.llm.raw import Bare
from coach.reply.prompts import Prompts
from coach.resources import shipped
from coach.settings import load

PAIRS = 60
TOKENS = 24
"""Tokens of a turn at decoding; the writer's may be fewer, or more by a part of a sentence."""

METHOD = (
    "The model is loaded twice in one process: as the pipeline loads it, and bare. They decode in turn, some sentences "
    f"by the pipeline's writer and {TOKENS} tokens by bare llama.cpp after a prompt of the same length; who comes "
    "first alternates. What other programs do falls on both alike, so the ratio suffers less from a busy machine than "
    "the rates do. Tokens over the time spent decoding and sampling, with the same sampler settings."
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both rates, in tokens a second, taken right after each other, and the tokens that the writer decoded."""

    writer: float
    bare: float
    tokens: int


def measure(options: argparse.Namespace) -> Result:
    """Decode in turn and return the ratio of the rates, pair by pair."""
    settings = load()
    located = catalog.require(settings.model, settings)
    digests.ensure_verified(located, settings)
    threads, context = settings.model_threads, settings.context
    model = LlamaCppModel(located.path, threads=threads, context=context)
    try:
        bare = Bare(located.path, threads=threads, context=context, adapter=None)
    except OSError as error:
        raise CoachError(str(error)) from error
    filler = bare.tokens(context // 4)
    bare.read(filler)
    count = 8 if options.quick else PAIRS
    pairs: list[Pair] = []
    for number in range(count):
        look(f"pair {number + 1} of {count}")
        pair = _pair(model, bare, filler, number)
        pairs += [pair] if pair else []
    model.close()
    return _result(pairs)


def _result(pairs: list[Pair]) -> Result:
    if not pairs:
        raise CoachError("The model decoded nothing.", hint="Choose another model.")
    ratios = [pair.writer / pair.bare for pair in pairs]
    rates = [statistics.median(rates) for rates in zip(*((pair.writer, pair.bare) for pair in pairs), strict=True)]
    tokens = sum(pair.tokens for pair in pairs)
    return Result(
        title="Decode rate against bare llama.cpp, in turn",
        method=METHOD,
        rows=[
            ("ratio, median of pairs", f"{statistics.median(ratios):.3f}", f"{len(pairs)} pairs, {tokens} tokens"),
            ("ratio, quartiles", f"{percentile(ratios, 0.25):.3f} and {percentile(ratios, 0.75):.3f}", ""),
            ("rates, medians", f"{rates[0]:.1f} tokens/s", f"{rates[1]:.1f} bare llama.cpp"),
        ],
        data={"pairs": [asdict(pair) for pair in pairs]},
    )


def _pair(model: LlamaCppModel, bare: Bare, filler: list[int], number: int) -> Pair | None:
    """Take both rates; None when the model ends its reply at once."""
    text = f"They said no to me for the {number + 2}th time, and I am tired of it."
    prompt = Prompts(shipped("prompts")).turn((), text, (), free=True)
    writing = model.begin(prompt, stopped=lambda: False)
    depth = min(writing.stats().prompt_tokens, len(filler))

    def bare_rate() -> float:
        bare.cut(depth - 1)
        bare.read(filler[depth - 1 : depth])
        return TOKENS / bare.decode(TOKENS)

    before = bare_rate() if number % 2 else None
    while writing.stats().decode_tokens < TOKENS and writing.sentence():
        pass
    done = writing.stats()
    writing.close()
    if not done.decode_tokens:
        return None
    return Pair(writer=done.decode_tokens / done.decode_s, bare=before or bare_rate(), tokens=done.decode_tokens)


if __name__ == "__main__":
    sys.exit(deliver(measure))
