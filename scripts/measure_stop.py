"""Measure how long the processor stays busy after a stop request, in decoding and in the middle of prefill."""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measurements import Result, deliver, look

from coach.errors import CoachError
from coach.evals.children import environment, started
from coach.settings import load

TRIALS = 15
WATCH_S = 2.5
QUIET_S = 0.1
"""The processor counts as free from the moment after which the process used less than ``IDLE`` of a core that long."""

IDLE = 0.05
BUSY = 0.2
"""Share of a core that the process must have used just before the request, or there was nothing to stop."""

_SAMPLE_S = 0.001
_BEFORE = {"decode": (0.02, 0.4), "prefill": (0.3, 1.0)}
"""Seconds between the beginning of the phase and the stop request, drawn from this range."""

METHOD = (
    "The pipeline runs in a process of its own, the model writing in its own words so that there is much to decode. "
    "In decoding the request comes 20 to 400 ms after the first sentence was shown, in prefill 300 to 1,000 ms after "
    "the cards were found, while a message of about 2,200 characters is read. From just before the request on, the "
    "processor time of the whole process, all threads together, is read from outside every millisecond; the latency "
    f"ends where the process then uses less than {IDLE:.0%} of one core for {QUIET_S * 1000:.0f} ms, and does not go "
    f"back to work within {WATCH_S} s. Turns that were over, or not at work, before the request are "
    "not counted."
)


class Target:
    """The measured process.

    Args:
        process: Runs ``stop_target.py``.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        # The processor clock of another process: see clock_getcpuclockid(3).
        self._clock = (~process.pid << 3) | 2

    def say(self, line: str) -> None:
        """Tell it something."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Return the next thing it says.

        Raises:
            CoachError: It ended.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise CoachError("The program whose Stop is measured has ended early.")
        return dict(json.loads(line))

    def watch(self, seconds: float) -> list[tuple[float, float]]:
        """Return pairs of time since now and processor seconds used since now."""
        began, used = time.perf_counter(), time.clock_gettime(self._clock)
        samples = [(0.0, 0.0)]
        while samples[-1][0] < seconds:
            time.sleep(_SAMPLE_S)
            samples.append((time.perf_counter() - began, time.clock_gettime(self._clock) - used))
        return samples


def idle_from(samples: Sequence[tuple[float, float]]) -> float | None:
    """Return the time from which the process is idle to the end; None when it never is.

    Args:
        samples: Pairs of time and processor seconds, both growing.
    """
    busy = [
        later[0]
        for earlier, later in _windows(samples)
        if later[1] - earlier[1] >= IDLE * max(QUIET_S, later[0] - earlier[0])
    ]
    if busy and busy[-1] >= samples[-1][0] - QUIET_S / 2:
        return None
    # The last busy window ends after the work did; the work's end is the last growth in it.
    limit = busy[-1] if busy else QUIET_S
    grown = [
        now[0]
        for before, now in itertools.pairwise(samples)
        if now[0] <= limit and now[1] - before[1] >= IDLE * (now[0] - before[0])
    ]
    return grown[-1] if grown else 0.0


def _windows(samples: Sequence[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return for each sample the one ``QUIET_S`` earlier, with it."""
    found = []
    start = 0
    for sample in samples:
        while sample[0] - samples[start][0] > QUIET_S:
            start += 1
        found.append((samples[start], sample))
    return found


def measure(options: argparse.Namespace) -> Result:
    """Stop turns in both phases and return the latencies."""
    if not hasattr(time, "clock_gettime") or sys.platform != "linux":
        raise CoachError("The processor time of another process can be read on Linux only.", hint="Measure there.")
    trials = 3 if options.quick else TRIALS
    command = [sys.executable, str(Path(__file__).with_name("stop_target.py"))]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    look("loading the pipeline")
    with started(command, environment(load()), **pipes) as process:
        target = Target(process)
        target.hear()
        found = {phase: _trials(target, phase, trials) for phase in _BEFORE}
    rows = [row for phase, latencies in found.items() for row in _rows(phase, latencies)]
    return Result(title="From a stop request to a free processor", method=METHOD, rows=rows, data=dict(found))


def _trials(target: Target, phase: str, count: int) -> list[float | None]:
    latencies: list[float | None] = []
    for attempt in range(count * 3):
        if len(latencies) == count:
            break
        look(f"stop in {phase}, {len(latencies) + 1} of {count}")
        target.watch(1.0)
        target.say(phase)
        said = target.hear()
        if "begun" not in said:
            continue
        time.sleep(random.Random(attempt).uniform(*_BEFORE[phase]))
        at_work = target.watch(QUIET_S / 2)[-1]
        target.say("stop")
        samples = target.watch(WATCH_S)
        ended = target.hear()
        in_phase = ended["stopped"] and bool(ended["decoded"]) == (phase == "decode")
        if in_phase and at_work[1] > BUSY * at_work[0]:
            latencies.append(idle_from(samples))
    return latencies


def _rows(phase: str, latencies: Sequence[float | None]) -> list[tuple[str, str, str]]:
    known = [latency for latency in latencies if latency is not None]
    busy = len(latencies) - len(known)
    if not known:
        return [(f"in {phase}", "none", f"{busy} of {len(latencies)} never idle within {WATCH_S} s")]
    remark = f"{len(latencies)} stops" + (f", {busy} never idle within {WATCH_S} s" if busy else "")
    return [
        (f"in {phase}, median", f"{statistics.median(known) * 1000:.0f} ms", remark),
        (f"in {phase}, longest", f"{max(known) * 1000:.0f} ms", ""),
    ]


if __name__ == "__main__":
    sys.exit(deliver(measure))
