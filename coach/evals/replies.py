"""Runs files of messages and conversations through the real pipeline, and sums up what came out."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.errors import CoachError, InputError, ModelError
from coach.evals.files import read_lines, strings, write_lines
from coach.events import Draft, SafetyReply, Sentence, SituationRead, TurnDone, TurnFailed, Withheld
from coach.session import Session
from coach.settings import Settings
from coach.types import Origin, Part
from coach.wiring import Engine, Loading, Parts

Look = Callable[[str], None]
"""Told what is being done."""


def read_messages(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file of messages, each with ``id`` and ``text``.

    Raises:
        InputError: The file cannot be read, or a line is no message.
    """
    return read_lines(path, {"id": str, "text": str})


def read_scripts(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file of conversations, each with ``id`` and ``turns``, the user's messages in order.

    Raises:
        InputError: The file cannot be read, or a line is no conversation.
    """
    rows = read_lines(path, {"id": str, "turns": list})
    for row in rows:
        if not strings(row["turns"]):
            raise InputError(f"{path}: the turns of {row['id']!r} have to be texts.", hint="Mend that line.")
    return rows


def answer(session: Session, text: str) -> dict[str, Any]:
    """Run a turn and return what it amounts to.

    ``reply`` is all that was shown, fixed text included; ``sentences`` hold text, origin, part, decoded and card.

    Raises:
        CoachError: The turn failed.
    """
    sentences: list[dict[str, Any]] = []
    withheld: list[dict[str, str]] = []
    kind: dict[str, Any] = {"kind": None, "wants": None}
    done: TurnDone | None = None
    for event in session.send(text, stopped=lambda: False):
        if isinstance(event, Sentence | SafetyReply | Draft):
            sentences.append(_shown(event))
        elif isinstance(event, Withheld):
            withheld.append({"text": event.text, "reason": event.reason})
        elif isinstance(event, SituationRead):
            kind = {"kind": event.situation.kind.value, "wants": event.situation.wants.value}
        elif isinstance(event, TurnFailed):
            raise CoachError(event.message, hint=event.hint)
        elif isinstance(event, TurnDone):
            done = event
    if done is None:
        raise CoachError("A turn ended without its last event.")
    return {
        "reply": session.messages[-1].text,
        "sentences": sentences,
        "cards": list(done.cards),
        **kind,
        "level": done.level.value,
        "withheld": withheld,
        "floor": done.floor,
        "model_share": round(done.model_share, 4),
        "first_text_s": done.timings.first_text_s,
        "total_s": done.timings.total_s,
    }


def answer_messages(
    engine: Engine, rows: Sequence[dict[str, Any]], out: Path, look: Look, *, resume: bool = False
) -> list[dict[str, Any]]:
    """Answer each message in a conversation of its own, write each line at once, and return all lines.

    Args:
        engine: A loaded program.
        rows: What ``read_messages`` returned.
        out: Gets ``id`` and the fields of ``answer``.
        look: Told how far it is.
        resume: Keep what ``out`` has already, and answer the rest.
    """

    def one(row: dict[str, Any]) -> dict[str, Any]:
        return {"id": row["id"], **_turns(engine, [row["text"]])[0]}

    return _written(rows, one, out, look, resume=resume)


def answer_scripts(
    engine: Engine, rows: Sequence[dict[str, Any]], out: Path, look: Look, *, resume: bool = False
) -> list[dict[str, Any]]:
    """Hold each conversation; like ``answer_messages``, with ``turns`` that hold ``text`` and the fields of a reply."""

    def one(row: dict[str, Any]) -> dict[str, Any]:
        found = _turns(engine, row["turns"])
        turns = [{"text": text, **each} for text, each in zip(row["turns"], found, strict=True)]
        return {"id": row["id"], "turns": turns}

    return _written(rows, one, out, look, resume=resume)


def _turns(engine: Engine, texts: Sequence[str]) -> list[dict[str, Any]]:
    session = engine.new_session(off_record=True)
    return [answer(session, text) for text in texts]


def _written(
    rows: Sequence[dict[str, Any]],
    one: Callable[[dict[str, Any]], dict[str, Any]],
    out: Path,
    look: Look,
    *,
    resume: bool,
) -> list[dict[str, Any]]:
    done = {row["id"]: row for row in read_lines(out, {"id": str})} if resume and out.is_file() else {}
    if not done:
        write_lines(out, ())
    for number, row in enumerate(rows, 1):
        if row["id"] in done:
            continue
        look(f"{number} of {len(rows)}: {row['id']}")
        done[row["id"]] = one(row)
        write_lines(out, [done[row["id"]]], more=True)
    return [done[row["id"]] for row in rows]


@contextmanager
def loaded(settings: Settings, parts: Parts, look: Look, *, plain: bool = False) -> Iterator[Engine]:
    """Load the program for an eval. Nothing is kept of what is said.

    Args:
        settings: Effective settings.
        parts: What runs.
        look: Told what is being loaded.
        plain: Let the model write everything freely from prompt and notes, unguarded: what the program is compared to.

    Raises:
        CoachError: Something that the eval needs cannot be loaded.
    """
    if plain:
        settings, parts = replace(settings, writes="free"), replace(parts, guard=False)
    engine = Engine(settings, parts=parts)
    told: list[str] = []

    def tell(loading: Loading) -> None:
        if loading.message and told[-1:] != [loading.message]:
            told.append(loading.message)
            look(loading.message)

    try:
        loading = engine.load(tell)
        if not loading.gate_ready or (parts.model and not loading.model_ready):
            raise ModelError(loading.problem or "The model cannot be loaded.", hint=loading.hint)
        yield engine
    finally:
        engine.close()


def summary(turns: Sequence[dict[str, Any]]) -> str:
    """Return what answered turns amount to, as lines of text."""
    count = len(turns)
    coached = [turn for turn in turns if any(each["origin"] != Origin.SAFETY for each in turn["sentences"])]
    origins = Counter(each["origin"] for turn in turns for each in turn["sentences"])
    withheld = Counter(each["reason"] for turn in turns for each in turn["withheld"])
    echoes = sum(
        any(each["part"] == Part.ECHO and each["origin"] == "yours" for each in _all(turn)) for turn in coached
    )
    lines = [
        f"{count} replies, {len(coached)} with coaching; {sum(not turn['reply'].strip() for turn in turns)} empty",
        f"kinds: {_counted(Counter(turn['kind'] or 'fixed text' for turn in turns))}",
        f"floor: {_share(sum(turn['floor'] for turn in coached), len(coached))} of replies with coaching",
        f"model share: {_mean([turn['model_share'] for turn in coached]):.2f} of words on average",
        f"echo: {_share(echoes, len(coached))}",
        f"words: median {_median([len(turn['reply'].split()) for turn in coached]):.0f}",
        f"origins of sentences: {_counted(origins)}",
        f"withheld: {_counted(withheld)}",
        f"first text: median {_median([turn['first_text_s'] or 0.0 for turn in turns]):.2f} s; "
        f"whole reply: median {_median([turn['total_s'] for turn in turns]):.2f} s",
    ]
    return "\n".join(lines)


def repeated(turns: Sequence[dict[str, Any]]) -> int:
    """Return how many sentences of a conversation were said before in it, drafts and fixed text aside."""
    texts = [
        each["text"]
        for turn in turns
        for each in turn["sentences"]
        if each["origin"] not in (Origin.DRAFT, Origin.SAFETY)
    ]
    return len(texts) - len(set(texts))


def _shown(event: Sentence | SafetyReply | Draft) -> dict[str, Any]:
    if isinstance(event, Draft):
        return {"text": event.text, "origin": Origin.DRAFT.value, "part": "draft", "decoded": False, "card": None}
    if isinstance(event, SafetyReply):
        return {"text": event.text, "origin": Origin.SAFETY.value, "part": "fixed", "decoded": False, "card": None}
    return {
        "text": event.text,
        "origin": event.origin.value,
        "part": event.part.value,
        "decoded": event.decoded,
        "card": event.card_id,
    }


def _all(turn: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = turn["sentences"]
    return found


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"


def _share(hits: int, total: int) -> str:
    return f"{hits} of {total} ({hits / total:.2f})" if total else "none"


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0
