"""The bench: the pipeline against bare llama.cpp on the same weights, in alternating processes.

On a machine with other work, one run says little. So both are run several times, each
time right after the other, and medians are reported; the ratio is taken within each
round, where both met about the same machine.
"""

from __future__ import annotations

import datetime
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.errors import CoachError
from coach.evals import machine
from coach.evals.children import Look, environment, listen
from coach.evals.conversation import MESSAGES
from coach.evals.page import QUIET, coach_page, empty_page, free_port, seconds_to_page
from coach.llm import adapters, catalog, digests
from coach.settings import Settings

Figures = Mapping[str, Any]
"""What a measured process printed: see ``coach.evals.pipeline.measure`` and ``coach.llm.raw.RawFigures``."""

_USUAL_WORK = ((400, 64),)
"""What bare llama.cpp does where the pipeline decoded nothing freely."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured.

    Args:
        rounds: How often pipeline, bare llama.cpp and pages are run.
        reading_s: Seconds between a reply and the next message.
        pause_s: Seconds between single messages.
        messages: How many single messages are sent in a round.
        own_words: Turns in which the model writes in its own words, for there is more to decode then.
        pages: Whether the start of the pages is measured.
        adapter: Set by ``run``: the adapter that the pipeline runs with, so that bare llama.cpp does too.
    """

    rounds: int = 3
    reading_s: float = 5.0
    pause_s: float = 1.0
    messages: int = len(MESSAGES)
    own_words: int = 3
    pages: bool = True
    adapter: Path | None = None


def run(settings: Settings, plan: Plan, look: Look) -> dict[str, Any]:
    """Measure and return the report: ``summary``'s keys, with ``rounds`` for all that was measured.

    Raises:
        CoachError: A model is missing, or something that was measured failed.
    """
    if plan.rounds < 1:
        raise CoachError("The bench needs one round at least.", hint="Use `coach bench --rounds 3`.")
    model = _checked(settings, look)
    plan = replace(plan, adapter=adapters.ready(catalog.require(settings.model, settings).entry, settings))
    before = machine.describe()
    neighbours = machine.Neighbours()
    rounds: list[dict[str, Any]] = []
    for number in range(plan.rounds):
        heading = f"round {number + 1} of {plan.rounds}"
        rounds.append(_round(settings, plan, model, rounds, lambda step, told=heading: look(f"{told}: {step}")))  # type: ignore[misc]
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "model": settings.model,
        "adapter": plan.adapter.name if plan.adapter else None,
        "threads": settings.model_threads,
        "context": settings.context,
        "writes": settings.writes,
        "reading_s": plan.reading_s,
        **summary(rounds),
        "machine": {**before, "stolen_share": neighbours.stolen()},
        "versions": machine.versions(),
        "rounds": rounds,
    }


def _checked(settings: Settings, look: Look) -> Path:
    """Return the model's file; it and the embedder are there and whole."""
    for name in (settings.model, catalog.EMBEDDER):
        look(f"checking {name}")
        digests.ensure_verified(catalog.require(name, settings), settings)
    return catalog.require(settings.model, settings).path


def _round(settings: Settings, plan: Plan, model: Path, before: Sequence[Figures], look: Look) -> dict[str, Any]:
    """Run each once. Who comes first alternates, so that a drift of the machine favours neither."""

    def pipeline() -> dict[str, Any]:
        arguments = ["--reading", str(plan.reading_s), "--pause", str(plan.pause_s)]
        arguments += ["--messages", str(plan.messages), "--own-words", str(plan.own_words)]
        return listen("coach.evals.pipeline", arguments, environment(settings), look)

    def raw(like: Figures) -> dict[str, Any]:
        look("bare llama.cpp")
        arguments = [str(model), "--threads", str(settings.model_threads), "--context", str(settings.context)]
        arguments += ["--adapter", str(plan.adapter)] if plan.adapter else []
        for depth, count in work_of(like):
            arguments += ["--work", f"{depth}:{count}"]
        return listen("coach.llm.raw", arguments, environment(settings), look)

    found: dict[str, Any] = {}
    if len(before) % 2:
        found["raw"] = raw(before[-1]["pipeline"])
        found["pipeline"] = pipeline()
    else:
        found["pipeline"] = pipeline()
        found["raw"] = raw(found["pipeline"])
    if plan.pages:
        found["page"] = _pages(settings, look, coach_first=bool(len(before) % 2))
    return found


def _pages(settings: Settings, look: Look, *, coach_first: bool) -> dict[str, float]:
    look("start of the pages")
    found: dict[str, float] = {}
    for name in ("coach_s", "empty_s") if coach_first else ("empty_s", "coach_s"):
        port = free_port()
        command = coach_page(port) if name == "coach_s" else empty_page(port)
        found[name] = seconds_to_page(command, port, environment(settings, **QUIET))
    return found


def work_of(pipeline: Figures) -> tuple[tuple[int, int], ...]:
    """Return what bare llama.cpp has to do to do the same work: prompt lengths, and tokens decoded after each."""
    turns = [turn for turn in _all_turns(pipeline) if turn["decode_tokens"]]
    return tuple((turn["prompt_tokens"], turn["decode_tokens"]) for turn in turns) or _USUAL_WORK


def summary(rounds: Sequence[Figures]) -> dict[str, Any]:
    """Return medians over rounds. Rates are in tokens a second, times in seconds, memory in bytes."""
    pipelines = [each["pipeline"] for each in rounds]
    raws = [each["raw"] for each in rounds]
    turns = [turn for figures in pipelines for turn in figures["turns"]]
    return {
        "decode": _decode(pipelines, raws),
        "prefill": {
            "raw_rate": _median(_rate(raw, "prefill") for raw in raws),
            "pipeline_rate": _median(_prefill_rate(_all_turns(figures)) for figures in pipelines),
        },
        "first_model_text_s": {
            f"turn_{number}": _median(figures["turns"][number - 1]["first_model_text_s"] for figures in pipelines)
            for number in (1, 5)
        },
        "reply_s": _spread(turn["total_s"] for turn in turns),
        "model_share": statistics.mean(turn["model_share"] for turn in turns),
        "turns_without_model": sum(turn["floor"] for turn in turns) / len(rounds),
        "stages": _stages(pipelines),
        "load_s": {"raw": _median(raw["load_s"] for raw in raws), "pipeline": _median(p["load_s"] for p in pipelines)},
        "page": _page([each["page"] for each in rounds if "page" in each]),
        "peak_bytes": {
            "raw": _median(raw["peak_bytes"] for raw in raws),
            "pipeline": _median(figures["peak_bytes"] for figures in pipelines),
        },
    }


def _decode(pipelines: Sequence[Figures], raws: Sequence[Figures]) -> dict[str, Any]:
    """Compare what both decoded token by token; what was chosen under a grammar stands beside it."""
    rates = [pooled_rate(_all_turns(figures), "decode") for figures in pipelines]
    bare = [_rate(raw, "decode") for raw in raws]
    ratios = [own / other for own, other in zip(rates, bare, strict=True) if own and other]
    everything = [turn for figures in pipelines for turn in _all_turns(figures)]
    return {
        "raw_rate": _median(bare),
        "pipeline_rate": _median(rates),
        "ratio": _median(ratios),
        "ratio_lowest": min(ratios, default=None),
        "ratio_highest": max(ratios, default=None),
        "tokens": sum(turn["decode_tokens"] for turn in everything),
        "replies_rate": _median(pooled_rate(figures["turns"], "decode") for figures in pipelines),
        "own_words_rate": _median(pooled_rate(figures["own_words"], "decode") for figures in pipelines),
        "chosen_rate": _median(pooled_rate(figures["turns"], "chosen") for figures in pipelines),
        "chosen_tokens": sum(turn["chosen_tokens"] for turn in everything),
        "pause_s": _median(pause_of(turn) for turn in everything),
        "withheld": sum(turn["withheld"] for turn in everything),
    }


def pause_of(turn: Figures) -> float:
    """Return a turn's seconds outside its measured work: verdicts, taking sentences back, reading vetted text."""
    work = ("safety_s", "vectors_s", "retrieval_s", "prefill_s", "decode_s", "chosen_s")
    return max(0.0, float(turn["total_s"] - sum(turn[name] for name in work)))


def pooled_rate(turns: Sequence[Figures], kind: str) -> float | None:
    """Return the tokens of all turns over the seconds of all; None where there were none."""
    seconds = sum(turn[f"{kind}_s"] for turn in turns)
    return sum(turn[f"{kind}_tokens"] for turn in turns) / seconds if seconds else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the smallest value that is not exceeded by ``share`` (in 0..1) of all; None for no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _stages(pipelines: Sequence[Figures]) -> dict[str, Any]:
    """Pool all turns and single messages of all rounds; a fixed reply has no retrieval."""
    rows = [row for figures in pipelines for row in (*figures["turns"], *figures["singles"])]
    return {
        name: _spread(row[name] for row in rows if name in row) for name in ("safety_s", "vectors_s", "retrieval_s")
    }


def _spread(values: Iterable[float]) -> dict[str, Any]:
    found = list(values)
    return {"p50": percentile(found, 0.5), "p95": percentile(found, 0.95), "count": len(found)}


def _page(starts: Sequence[Figures]) -> dict[str, Any] | None:
    if not starts:
        return None
    return {
        "coach_s": _median(start["coach_s"] for start in starts),
        "empty_s": _median(start["empty_s"] for start in starts),
        "ratio": _median(start["coach_s"] / start["empty_s"] for start in starts),
    }


def _all_turns(figures: Figures) -> list[Figures]:
    return [*figures["turns"], *figures["own_words"]]


def _prefill_rate(turns: Sequence[Figures]) -> float | None:
    seconds = sum(turn["prefill_s"] for turn in turns)
    return sum(turn["prompt_tokens"] - turn["cached_tokens"] for turn in turns) / seconds if seconds else None


def _rate(figures: Figures, kind: str) -> float | None:
    seconds = figures[f"{kind}_s"]
    return figures[f"{kind}_tokens"] / seconds if seconds else None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
