"""Learning to read a message and a sentence together, on a small model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch

from coach.retrieval.pairs import PairReader
from tests.small_bert import write_bert
from training import pair
from training.guard import LABELS
from training.pair import Trainer, judged, store
from training.pair_encoder import PairEncoder, Pairs, batches, fault_loss

MESSAGES = ["they said no to me today.", "i am tired.", "it is a long day.", "they told me no."]
GOOD, BAD = "you can rest.", "it is your fault."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bert(tmp_path_factory.mktemp("bert"))


def lines(encoder: PairEncoder) -> Pairs:
    blame = LABELS.index("blame")
    return encoder.pairs([*MESSAGES, *MESSAGES], [GOOD] * 4 + [BAD] * 4, [0] * 4 + [blame] * 4)


def trainer(folder: Path, kept: Path | None = None, epochs: int = 12) -> Trainer:
    random.seed(0)
    torch.manual_seed(0)
    encoder = PairEncoder(folder, len(LABELS))
    return Trainer(encoder=encoder, lines=lines(encoder), rows=range(8), epochs=epochs, loss=fault_loss, kept=kept)


def test_it_learns_to_tell_good_from_bad_and_what_is_stored_reads_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair, "RATE", 0.02)
    monkeypatch.setattr(pair, "HEAD_RATE", 0.05)
    one = trainer(folder, epochs=40)
    one.run()
    shares = judged(one.encoder, one.lines, range(8))
    assert shares[:4].max() < 0.5 < shares[4:].min()
    store(one.encoder, tmp_path / "pair.npz", LABELS)
    read = PairReader(folder, tmp_path / "pair.npz").shares(MESSAGES[0], [GOOD, BAD])
    assert [1 - each["ok"] for each in read] == pytest.approx([shares[0], shares[4]], abs=0.05)


def test_an_interrupted_run_goes_on_to_the_same_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trainer(folder)
    whole.run()
    cut = trainer(folder, tmp_path / "state")
    real, kept = cut._keep, []

    def keep(epoch: int) -> None:
        real(epoch)
        kept.append(epoch)
        if epoch == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(cut, "_keep", keep)
    with pytest.raises(KeyboardInterrupt):
        cut.run()
    resumed = trainer(folder, tmp_path / "state")
    resumed.run()
    assert judged(resumed.encoder, resumed.lines, range(8)) == pytest.approx(
        judged(whole.encoder, whole.lines, range(8)), abs=1e-3
    )


def test_sentences_under_one_message_are_in_one_batch(folder: Path) -> None:
    pairs = lines(PairEncoder(folder, len(LABELS)))
    made = batches(pairs, range(8))
    assert sorted(row for batch in made for row in batch) == list(range(8))
    for row in range(4):
        assert any({row, row + 4} <= set(batch) for batch in made)


def test_a_bad_sentence_has_to_look_worse_than_a_good_one_under_the_same_message(folder: Path) -> None:
    pairs = lines(PairEncoder(folder, len(LABELS)))
    logits = torch.zeros(2, len(LABELS))
    same = fault_loss(logits, pairs, [0, 4], torch.ones(len(LABELS)))
    apart = fault_loss(logits, pairs, [0, 5], torch.ones(len(LABELS)))
    assert float(same) > float(apart)
