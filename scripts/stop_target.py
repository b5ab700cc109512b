"""The program whose Stop is measured: runs a turn when told to, and stops it when told to.

Reads lines from standard input ("decode", "prefill", "stop"), prints a JSON line when
it is ready, when the work asked for has begun, and when the turn has ended.
"""

from __future__ import annotations

import itertools
import json
import sys
import threading
from collections.abc import Iterator
from typing import Any

from coach import settings
from coach.evals.conversation import TURNS
from coach.events import CardsFound, Sentence, TurnDone
from coach.wiring import Engine

_LONG = "They answered that the team was still meeting people, and I wrote back that I was glad to wait a little more. "


def main() -> None:
    """Serve until standard input ends."""
    engine = Engine(settings.load({"writes": "free"}))
    loading = engine.load()
    if not loading.model_ready:
        sys.exit(loading.problem)
    stop = threading.Event()
    asked: list[str] = []
    waiting = threading.Condition()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                stop.set()
                continue
            with waiting:
                asked.append(line.strip())
                waiting.notify()
        with waiting:
            asked.append("")
            waiting.notify()

    threading.Thread(target=listen, daemon=True).start()
    _say(ready=True)
    for number in itertools.count(1):
        with waiting:
            waiting.wait_for(lambda: bool(asked))
            phase = asked.pop(0)
        if not phase:
            break
        stop.clear()
        _turn(engine, phase, number, stop)
    engine.close()


def _turn(engine: Engine, phase: str, number: int, stop: threading.Event) -> None:
    # Another beginning each time, or the model would have read most of it already.
    text = f"Number {number}. {_LONG * 20}" if phase == "prefill" else TURNS[number % len(TURNS)]
    mark = CardsFound if phase == "prefill" else Sentence
    for event in _until_begun(engine.new_session(off_record=True).send(text, stopped=stop.is_set), mark):
        if isinstance(event, TurnDone):
            timings = event.timings
            decoded = timings.decode_tokens + timings.chosen_tokens
            _say(stopped=event.stopped, decoded=decoded, prefill_s=timings.prefill_s)
            return
    _say(stopped=False, decoded=0, prefill_s=0.0)


def _until_begun(events: Iterator[Any], mark: type) -> Iterator[Any]:
    begun = False
    for event in events:
        if isinstance(event, mark) and not begun:
            begun = True
            _say(begun=True)
        yield event


def _say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
