"""Measure the pipeline against bare llama.cpp, as `coach bench` does, with more rounds."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from measurements import Result, deliver, look

from coach.cli.bench import rows
from coach.evals.bench import Plan, run, work_of
from coach.evals.children import environment, listen
from coach.llm import catalog
from coach.settings import Settings, load

ROUNDS = 5

METHOD = (
    "`coach bench`: in each round a process runs the pipeline (a conversation of six turns with pauses for reading, "
    "single messages, three turns in the model's own words) and another runs bare llama.cpp on the same file, threads, "
    "context and sampler settings, decoding as many tokens after prompts of the same lengths; who comes first "
    "alternates. Rates are tokens over the time spent decoding and sampling; the ratio is taken within each round, and "
    "medians over rounds are shown. Threads that wait give their core back in both, as the program sets it; what bare "
    "llama.cpp does when they spin instead stands in the last row."
)


def measure(options: argparse.Namespace) -> Result:
    """Run the bench, and bare llama.cpp once more with threads that spin."""
    settings = load()
    plan = Plan(rounds=1, reading_s=1.0, messages=6, own_words=1) if options.quick else Plan(rounds=ROUNDS)
    report = run(settings, plan, look)
    decode = report["decode"]
    spinning = _spinning(settings, report)
    low, high = decode["ratio_lowest"], decode["ratio_highest"]
    shown = [
        (name, own, " ".join(filter(None, [other, ratio and f"(ratio {ratio})"])))
        for name, own, other, ratio in rows(report)
    ]
    if low is not None and high is not None:
        shown.insert(
            1, ("ratio of the rates, lowest to highest round", f"{low:.3f} to {high:.3f}", f"{decode['tokens']} tokens")
        )
    shown += [
        (
            "outside the measured work, per turn, s",
            f"{decode['pause_s'] or 0:.2f}",
            "verdicts, taking back, reading vetted text",
        ),
        ("sentences withheld", str(decode["withheld"]), "all turns of all rounds"),
        (
            "bare llama.cpp with threads that spin, tokens/s",
            f"{spinning['decode_tokens'] / spinning['decode_s']:.1f}",
            "",
        ),
    ]
    return Result(title="Speed and memory", method=METHOD, rows=shown, data={**report, "spinning": spinning})


def _spinning(settings: Settings, report: dict[str, Any]) -> dict[str, Any]:
    look("bare llama.cpp with threads that spin")
    model = catalog.require(settings.model, settings).path
    arguments = [str(model), "--threads", str(settings.model_threads), "--context", str(settings.context)]
    for depth, count in work_of(report["rounds"][-1]["pipeline"]):
        arguments += ["--work", f"{depth}:{count}"]
    return listen("coach.llm.raw", arguments, environment(settings, GOMP_SPINCOUNT="300000"), look)


if __name__ == "__main__":
    sys.exit(deliver(measure))
