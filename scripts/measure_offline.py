"""Measure a start and an answer with no network but the loopback interface, against the same with the network."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from measurements import Result, deliver, look

from coach.errors import CoachError
from coach.evals.children import environment
from coach.settings import load

RUNS = 3
LIMIT_S = 300
_ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""Runs a command in a network of its own, which has a loopback interface and nothing else."""

_REACHABLE = "import socket; socket.create_connection(('1.1.1.1', 53), 2)"
_PAGE = """
import sys
from coach.evals.children import environment
from coach.evals.page import coach_page, free_port, seconds_to_page
from coach.settings import load
port = free_port()
print(seconds_to_page(coach_page(port), port, environment(load())))
"""
MESSAGE = "They said no after three interviews. Should I ask them for feedback?"

METHOD = (
    "`coach ask` (process start to exit) and the start of the page (process start to the first answer to a request) "
    "are run with the machine's network and in a Linux network namespace that has a loopback interface and nothing "
    "else, in turn. That the namespace reaches nothing is tried first. Medians."
)


def measure(options: argparse.Namespace) -> Result:
    """Run both ways in turn and return seconds."""
    _check_alone()
    runs = 1 if options.quick else RUNS
    ask = [sys.executable, "-m", "coach", "ask", MESSAGE]
    found: dict[str, list[float]] = {"ask": [], "ask offline": [], "page": [], "page offline": []}
    for number in range(runs):
        look(f"run {number + 1} of {runs}")
        for name, prefix in (("", ()), (" offline", _ALONE)):
            began = time.perf_counter()
            _run([*prefix, *ask])
            found[f"ask{name}"].append(time.perf_counter() - began)
            found[f"page{name}"].append(float(_run([*prefix, sys.executable, "-c", _PAGE])))
    rows = []
    for name, label in (("ask", "`coach ask`"), ("page", "start to page")):
        with_network, alone = (statistics.median(found[each]) for each in (name, f"{name} offline"))
        rows.append((f"{label}, offline", f"{alone:.2f} s", f"{with_network:.2f} s with the network"))
    return Result(title="Without a network", method=METHOD, rows=rows, data=dict(found))


def _check_alone() -> None:
    """Make sure that the namespace can be made, and that nothing is reached from it."""
    try:
        _run([*_ALONE, "true"])
    except (OSError, CoachError) as error:
        raise CoachError(
            "This machine does not let a program have a network of its own.", hint="Run it on a Linux that does."
        ) from error
    done = subprocess.run([*_ALONE, sys.executable, "-c", _REACHABLE], capture_output=True, check=False)
    if done.returncode == 0:
        raise CoachError("The network namespace reaches the outside, so this would measure nothing.")


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(
        command,
        env=environment(load(), COACH_JOURNAL="false"),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        told = done.stderr.strip().splitlines() or ["it said nothing"]
        raise CoachError(f"{' '.join(command[:4])} failed: {told[-1]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(deliver(measure))
