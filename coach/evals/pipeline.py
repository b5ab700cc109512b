"""The pipeline, measured as people use it: a conversation with pauses for reading, in a process of its own.

    python -m coach.evals.pipeline --reading 5 --pause 1

Settings come from the environment. Prints JSON lines: progress, then the figures.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from coach import settings
from coach.errors import CoachError, ModelError
from coach.evals.children import tell
from coach.evals.conversation import MESSAGES, TURNS
from coach.events import CardsFound, SafetyReply, Sentence, TurnDone, TurnFailed, Withheld
from coach.memory import peak_bytes
from coach.session import Session
from coach.settings import Settings
from coach.wiring import Engine


def measure(chosen: Settings, *, reading_s: float, pause_s: float, messages: int, own_words: int) -> dict[str, Any]:
    """Run everything and return the figures.

    Args:
        chosen: Settings; the model they name must be there.
        reading_s: Seconds between a reply and the next message.
        pause_s: Seconds between single messages, for what the program still does after each.
        messages: How many of the single messages are sent.
        own_words: Turns of a second conversation, in which the model writes in its own words.

    Returns:
        ``load_s``, ``turns`` (see ``talk``), ``peak_bytes`` up to there, ``singles`` (safety, vectors and
        retrieval seconds of single messages) and ``own_words``, turns of the second conversation.

    Raises:
        CoachError: Embedder or model cannot be loaded, or a turn failed.
    """
    began = time.perf_counter()
    tell("loading the pipeline")
    with _loaded(chosen) as engine:
        load_s = time.perf_counter() - began
        turns = talk(engine.new_session(off_record=True), TURNS, reading_s, "turn")
        peak = peak_bytes()
        picked = MESSAGES[:: math.ceil(len(MESSAGES) / messages)]
        singles = [_single(engine.new_session(off_record=True), text, pause_s) for text in picked]
    free: list[dict[str, Any]] = []
    if own_words:
        tell("loading the model anew")
        with _loaded(replace(chosen, writes="free")) as engine:
            free = talk(engine.new_session(off_record=True), TURNS[:own_words], min(reading_s, 1.0), "own words, turn")
    return {"load_s": load_s, "turns": turns, "peak_bytes": peak, "singles": singles, "own_words": free}


def talk(session: Session, texts: Sequence[str], reading_s: float, label: str) -> list[dict[str, Any]]:
    """Say each text in turn and return for each the fields of ``Timings`` and what a turn amounts to.

    Raises:
        CoachError: A turn failed.
    """
    found = []
    for number, text in enumerate(texts, 1):
        tell(f"{label} {number} of {len(texts)}")
        found.append(_turn(session, text))
        if number < len(texts):
            time.sleep(reading_s)
    return found


def _turn(session: Session, text: str) -> dict[str, Any]:
    """Run a turn; the first model-written text is timed here, where a person would see it."""
    began = time.perf_counter()
    first: float | None = None
    withheld = 0
    for event in session.send(text, stopped=lambda: False):
        if isinstance(event, Sentence) and event.decoded and first is None:
            first = time.perf_counter() - began
        withheld += isinstance(event, Withheld)
        if isinstance(event, TurnFailed):
            raise CoachError(event.message, hint=event.hint)
        if isinstance(event, TurnDone):
            share = {"model_share": event.model_share, "floor": event.floor, "withheld": withheld}
            return {**asdict(event.timings), "first_model_text_s": first, **share}
    raise CoachError("A turn ended without its last event.")


def _single(session: Session, text: str, pause_s: float) -> dict[str, float]:
    """Run a turn up to its cards, and return the seconds of each stage."""
    found = False

    def stopped() -> bool:
        return found

    tell("single messages")
    times: dict[str, float] = {}
    for event in session.send(text, stopped=stopped):
        found = found or isinstance(event, CardsFound | SafetyReply)
        if isinstance(event, TurnDone):
            times = {"safety_s": event.timings.safety_s}
            if event.timings.retrieval_s:
                times |= {"vectors_s": event.timings.vectors_s, "retrieval_s": event.timings.retrieval_s}
    time.sleep(pause_s)
    return times


@contextmanager
def _loaded(chosen: Settings) -> Iterator[Engine]:
    engine = Engine(chosen)
    try:
        loading = engine.load()
        if not loading.model_ready or not loading.gate_ready:
            raise ModelError(loading.problem or "The model cannot be loaded.", hint=loading.hint)
        yield engine
    finally:
        engine.close()


def main() -> None:
    """Read the command line, measure, and print JSON lines."""
    parser = argparse.ArgumentParser(prog="coach.evals.pipeline", description="Measure the pipeline.")
    parser.add_argument("--reading", type=float, default=5.0)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--messages", type=int, default=len(MESSAGES))
    parser.add_argument("--own-words", type=int, default=3)
    options = parser.parse_args()
    try:
        figures = measure(
            settings.load(),
            reading_s=options.reading,
            pause_s=options.pause,
            messages=options.messages,
            own_words=options.own_words,
        )
    except CoachError as error:
        sys.exit(f"{error} {error.hint}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
