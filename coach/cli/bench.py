"""``coach bench``: speed and memory, the pipeline against bare llama.cpp on the same weights."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from coach import settings

if TYPE_CHECKING:
    from coach.evals.bench import Plan


def bench(
    as_json: Annotated[bool, typer.Option("--json", help="Print everything that was measured, as JSON.")] = False,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is run; medians are shown.")] = 3,
    quick: Annotated[bool, typer.Option("--quick", help="One short round, for a look and not for a claim.")] = False,
    reading: Annotated[float, typer.Option(min=0, help="Seconds between a reply and the next message.")] = 5.0,
    model: Annotated[str | None, typer.Option(help="Catalog id or GGUF file that answers.")] = None,
) -> None:
    """Measure this machine: speed and memory, with bare llama.cpp and an empty page to compare with."""
    from coach.evals.bench import Plan, run

    chosen = settings.load({"model": model})
    plan = Plan(rounds=1, reading_s=1.0, pause_s=0.5, messages=6) if quick else Plan(rounds=rounds, reading_s=reading)
    console = Console(stderr=True)
    with console.status("Measuring") as status:

        def look(step: str) -> None:
            status.update(f"Measuring, {step}")
            if not console.is_terminal:
                typer.echo(f"Measuring, {step}", err=True)

        report = run(chosen, plan, look)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _show(report, plan)


def _show(report: dict[str, Any], plan: Plan) -> None:
    table = Table("", "coach", "compared with", "ratio", title=f"{report['model']}, {report['threads']} threads")
    for row in rows(report):
        table.add_row(*row)
    Console().print(table)
    spec = report["machine"]
    typer.echo(
        f"{spec['processor']}, {spec['cores']} cores, {decimal(spec['memory_bytes'])}; "
        f"load before: {spec['load_before'][0]}; rounds: {plan.rounds}; {report['date']}"
    )
    if spec["load_before"][0] > 0.5:
        typer.echo("Other programs were at work, so these figures are lower than the machine's own.")


def rows(report: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return the report's table: what, of the coach, what it is compared with, and their ratio."""
    decode, prefill, first, page = (report[name] for name in ("decode", "prefill", "first_model_text_s", "page"))
    stages, memory, reply = report["stages"], report["peak_bytes"], report["reply_s"]
    found = [
        (
            "decoded freely, tokens/s",
            _number(decode["pipeline_rate"]),
            f"{_number(decode['raw_rate'])} llama.cpp",
            _number(decode["ratio"], 3),
        ),
        ("chosen under a grammar, tokens/s", _number(decode["chosen_rate"]), "", ""),
        ("prompt, tokens/s", _number(prefill["pipeline_rate"]), f"{_number(prefill['raw_rate'])} llama.cpp", ""),
        ("first model-written text, turn 1, s", _number(first["turn_1"], 2), "", ""),
        ("first model-written text, turn 5, s", _number(first["turn_5"], 2), "", ""),
        ("whole reply, s", f"{_number(reply['p50'], 2)} (p95 {_number(reply['p95'], 2)})", "", ""),
        ("share of words by the model", _number(report["model_share"], 2), "", ""),
    ]
    for name, label in (("safety_s", "safety"), ("vectors_s", "embedding"), ("retrieval_s", "retrieval")):
        spread = stages[name]
        found.append((f"{label}, ms", f"{_ms(spread['p50'])} (p95 {_ms(spread['p95'])})", "", ""))
    if page:
        empty = f"{_number(page['empty_s'], 2)} empty page"
        found.append(("start to page, s", _number(page["coach_s"], 2), empty, _number(page["ratio"], 2)))
    found.append(("peak memory", decimal(memory["pipeline"]), f"{decimal(memory['raw'])} llama.cpp", ""))
    return found


def _number(value: float | None, digits: int = 1) -> str:
    return "none" if value is None else f"{value:.{digits}f}"


def _ms(seconds: float | None) -> str:
    return _number(None if seconds is None else seconds * 1000)
