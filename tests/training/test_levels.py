"""Learning to read levels, on a small model."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from coach.retrieval import levels as reading
from coach.retrieval.levels import LevelReader
from coach.types import Level
from tests.small_bert import write_bert
from training import levels
from training.levels import LevelEncoder, Line, batch_loss, store, train

CALM = ["they said no to me today.", "it is a long day."]
GRAVE = ["i am tired.", "it is your fault."]


@pytest.fixture(autouse=True)
def no_shared_tuning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped tuning is for a bigger model."""
    np.savez(tmp_path / "encoder.npz")
    for module in (levels, reading):
        monkeypatch.setattr(module, "tuning_file", lambda: tmp_path / "encoder.npz")


def test_it_learns_to_tell_levels_apart_and_what_is_stored_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levels, "RATE", 0.02)
    monkeypatch.setattr(levels, "HEAD_RATE", 0.05)
    random.seed(0)
    torch.manual_seed(0)
    folder = write_bert(tmp_path)
    encoder = LevelEncoder(folder)
    lines = [*(Line(text, Level.L3, 1.0) for text in GRAVE), *(Line(text, Level.L0, 1.0) for text in CALM)]
    train(encoder, lines, ["you can rest."], ["they told me no."], 60)
    store(encoder, tmp_path / "levels.npz")
    shares = LevelReader(folder, tmp_path / "levels.npz").shares([*GRAVE, *CALM, "you can rest."])
    grave = shares[:, list(Level).index(Level.L3)]
    assert grave[:2].min() > 0.5 > grave[2:].max()


def test_of_ordinary_talk_either_harmless_level_is_right() -> None:
    said = torch.log_softmax(torch.tensor([[4.0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 4.0, 0, 0, 0, 0, 0, 0, 0, 0]]), dim=-1)
    weights, talk = torch.ones(len(Level)), Line("you can rest.", None, 1.0)
    assert float(batch_loss(said[:1], [talk], weights)) == pytest.approx(float(batch_loss(said[1:], [talk], weights)))
    assert float(batch_loss(said[1:], [Line("you can rest.", Level.L0, 1.0)], weights)) > 3.0
