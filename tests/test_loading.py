"""What is told of loading, and embedding in steps, without loading anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from coach.brain import Brain
from coach.loading import Loading, Parts
from coach.opening import in_steps
from coach.reply.prompts import Prompts
from coach.resources import shipped
from coach.settings import Settings, load
from coach.types import Vector


def test_what_every_answer_waits_for_is_told_first() -> None:
    loading = Loading(embedder="loading", model="loading", cards_step="Cards", model_step="Model")
    assert loading.message == "Cards"
    assert Loading(embedder="ready", index="ready", model="loading", model_step="Model").message == "Model"


def test_the_fraction_grows_from_step_to_step_to_the_whole() -> None:
    steps = [
        Loading(),
        Loading(checked=0.5),
        Loading(embedder="ready", checked=1.0),
        Loading(embedder="ready", index="loading", indexed=0.5, checked=1.0),
        Loading(embedder="ready", index="ready", checked=1.0),
        Loading(embedder="ready", index="ready", model="ready"),
    ]
    fractions = [each.fraction for each in steps]
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert fractions == sorted(set(fractions))


def test_many_texts_are_embedded_in_steps_and_come_back_in_order() -> None:
    def lengths(texts: Sequence[str]) -> Vector:
        return np.array([[len(text)] for text in texts], np.float32)

    texts = ["x" * (number * 7 % 300) for number in range(300)]
    told: list[float] = []
    rows = in_steps(lengths, told.append)(texts)
    assert rows.tolist() == lengths(texts).tolist()
    assert len(told) == 3
    assert told == sorted(told)
    assert in_steps(lengths, told.append)(["one"]).tolist() == [[3.0]]
    assert len(told) == 3, "a few texts are embedded at once"


class Panic(BaseException):
    """As what a library's Rust core raises, which is no Exception."""


def test_whatever_ends_a_loading_thread_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_: Settings) -> None:
        raise Panic("a damaged page")

    monkeypatch.setattr("coach.brain.open_embedder", panic)
    brain = Brain(load(), Prompts(shipped("prompts")), lambda: pytest.fail("no notes are opened"), Parts(model=False))
    brain.start()
    assert brain.wait(lambda loading: loading.settled, 30)
    assert brain.loading.index == "failed"
    assert "a damaged page" in (brain.loading.problem or "")
    brain.close()
