"""Learning what a message does after what the coach said, on a small model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from coach.acts import Act, Before, said_before
from coach.retrieval.pairs import PairReader
from tests.small_bert import write_bert
from training import pair
from training.acts import Turn
from training.pair import Trainer, store
from training.pair_encoder import PairEncoder
from training.talks import ACTS, act_loss, read_pairs

ASKED = Before(reply="They said no. Can you rest today?")
TOLD = Before(reply="It is a long day.")


def test_the_same_words_are_told_apart_by_what_stood_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair, "RATE", 0.02)
    monkeypatch.setattr(pair, "HEAD_RATE", 0.05)
    random.seed(0)
    torch.manual_seed(0)
    folder = write_bert(tmp_path / "bert")
    turns = [Turn("no.", ASKED, Act.DECLINES), Turn("no.", TOLD, Act.REACTS)] * 4
    encoder = PairEncoder(folder, len(ACTS))
    pairs = read_pairs(encoder, turns)
    Trainer(encoder=encoder, lines=pairs, rows=range(8), epochs=60, loss=act_loss).run()
    store(encoder, tmp_path / "talks.npz", [act.value for act in ACTS])
    reader = PairReader(folder, tmp_path / "talks.npz")
    for before, act in ((ASKED, Act.DECLINES), (TOLD, Act.REACTS)):
        shares = reader.shares(said_before(before), ["no."])[0]
        assert max(shares, key=shares.__getitem__) == act.value
