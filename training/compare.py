"""Measure a model's echoes and speed with or without its adapter, in the engine that the program runs.

``python -m training.compare FILE --out OUT.jsonl`` reads ``id`` and ``text``; each message gets one free first
sentence, as in the program, and the verdict of the guard before any repair. Run it once as it is and once with
``--no-adapter``: each run is a process of its own, so that its memory is its own. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach import settings
from coach.llm import adapters, catalog
from coach.llm.llamacpp import LlamaCppModel
from coach.memory import peak_bytes
from coach.reply.compose import ECHO_TOKENS, SHORTEST_ECHO
from coach.reply.guard import vet_echo
from coach.reply.phrases import read_phrases
from coach.reply.prompts import Prompts
from coach.text import clean, sentences, words

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A first sentence, and what the guard says: ``verdict`` is "ok", the fault, "vetted" or "" for none written.

    "vetted" is a sentence of the bank: the model held back an echo. Seconds are of decoding.
    """

    id: str
    sentence: str
    verdict: str
    tokens: int
    seconds: float


def main() -> None:
    """Read the command line, run, and print the summary."""
    parser = argparse.ArgumentParser(prog="python -m training.compare", description="Measure echoes and speed.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, help="where to write each sentence with its verdict")
    parser.add_argument("--adapter", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--path", type=Path, help="adapter file to use instead of the catalog's")
    parser.add_argument("--first", type=int, default=0, help="only so many messages")
    options = parser.parse_args()
    chosen = settings.load({"adapter": options.adapter})
    located = catalog.require(chosen.model, chosen)
    adapter = (options.path or adapters.ready(located.entry, chosen)) if options.adapter else None
    rows = [json.loads(line) for line in options.file.read_text("utf-8").splitlines()]
    started = time.perf_counter()
    model = LlamaCppModel(located.path, threads=chosen.model_threads, context=2048, adapter=adapter)
    load_s = time.perf_counter() - started
    tried = tries(model, rows[: options.first or None])
    if options.out:
        lines = [json.dumps(vars(one), ensure_ascii=False) + "\n" for one in tried]
        options.out.write_text("".join(lines), "utf-8")
    found = {"adapter": adapter.name if adapter else None, "load_s": round(load_s, 2), **summary(tried)}
    print(json.dumps({**found, "peak_bytes": peak_bytes()}, indent=2))


def tries(model: LlamaCppModel, rows: Sequence[dict[str, Any]]) -> list[Tried]:
    """Let the model begin a reply to each message."""
    prompts = Prompts(_ROOT / "prompts")
    bank = {part for phrase in read_phrases(_ROOT / "knowledge" / "phrases") for part in sentences(phrase.text)}
    found = []
    for row in rows:
        text = clean(row["text"])
        if len(words(text)) < SHORTEST_ECHO:
            continue
        writing = model.begin(prompts.turn((), text, (), free=False), stopped=lambda: False)
        sentence = writing.sentence(max_tokens=ECHO_TOKENS)
        stats = writing.stats()
        writing.close()
        found.append(
            Tried(
                id=row["id"],
                sentence=sentence,
                verdict=verdict_of(sentence, text, bank),
                tokens=stats.decode_tokens,
                seconds=stats.decode_s,
            )
        )
    return found


def verdict_of(sentence: str, message: str, bank: set[str]) -> str:
    """Return what the guard says of a first sentence; see ``Tried``."""
    if not sentence or sentence in bank:
        return "vetted" if sentence else ""
    fault = vet_echo(sentence, message, frozenset()).fault
    return fault.value if fault else "ok"


def summary(tried: Sequence[Tried]) -> dict[str, Any]:
    """Return counts of verdicts, shares, and the decode rate in tokens per second (median over messages)."""
    counts = Counter(one.verdict for one in tried)
    echoes = len(tried) - counts["vetted"] - counts[""]
    rates = [one.tokens / one.seconds for one in tried if one.seconds > 0 and one.tokens > 3]
    return {
        "messages": len(tried),
        "echoes": echoes,
        "passed": counts["ok"],
        "passed_of_messages": round(counts["ok"] / max(len(tried), 1), 3),
        "passed_of_echoes": round(counts["ok"] / max(echoes, 1), 3),
        "verdicts": dict(counts.most_common()),
        "decode_rate": round(statistics.median(rates), 1) if rates else None,
        "tokens_a_sentence": round(sum(one.tokens for one in tried) / max(len(tried), 1), 1),
    }


if __name__ == "__main__":
    main()
