"""Train the encoder that reads a message with what the coach said before it: ``models/classifiers/talks.npz``.

Run ``python -m training.talks`` (about six minutes) after ``training.acts``; it reads ``data/acts/train.jsonl``. An
interrupted run goes on from its last epoch. Low-rank changes (LoRA) of the upper layers are learnt, as in
``training.pair``. Prints the accuracy on ``data/acts/dev.jsonl``, alone and joined with the linear classifier of
``training.acts``, and with ``--report`` that on ``report.jsonl``.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as nnf
from torch import Tensor

from coach import settings
from coach.acts import Act, ActReader, said_before
from coach.llm.catalog import EMBEDDER, require
from coach.retrieval.embed import Embedder
from training.acts import DATA, Turn, turns_of
from training.lessons import ROOT
from training.pair import Trainer, store
from training.pair_encoder import PairEncoder, Pairs

OUT = ROOT / "models" / "classifiers" / "talks.npz"
ACTS = tuple(Act)

EPOCHS = 6


def main() -> None:
    """Train, store and measure."""
    parser = argparse.ArgumentParser(prog="python -m training.talks", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", action="store_true", help="print the accuracy on report.jsonl as well")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    folder = require(EMBEDDER, settings.load()).path
    encoder = PairEncoder(folder, len(ACTS))
    pairs = read_pairs(encoder, list(turns_of(DATA / "train.jsonl")))
    kept = options.out.with_suffix(".state")
    rows = range(len(pairs.label))
    Trainer(encoder=encoder, lines=pairs, rows=rows, epochs=options.epochs, loss=act_loss, kept=kept).run()
    store(encoder, options.out, [act.value for act in ACTS])
    kept.unlink()
    for name in ("dev", *(("report",) if options.report else ())):
        measure(name, encoder, folder)


def read_pairs(encoder: PairEncoder, turns: Sequence[Turn]) -> Pairs:
    """Return turns as the lower layers see them, each with what was said before it."""
    said = [said_before(turn.before) for turn in turns]
    return encoder.pairs(said, [turn.text for turn in turns], [ACTS.index(turn.act) for turn in turns])


def act_loss(logits: Tensor, pairs: Pairs, batch: Sequence[int], weights: Tensor) -> Tensor:
    """Return the loss of labelled turns."""
    label = torch.from_numpy(pairs.label[list(batch)])
    return nnf.cross_entropy(logits, label, weight=weights, label_smoothing=0.05)


def measure(name: str, encoder: PairEncoder, folder: Path) -> None:
    """Print how the turns of a file come out."""
    turns = list(turns_of(DATA / f"{name}.jsonl"))
    pairs = read_pairs(encoder, turns)
    encoder.eval()
    with torch.no_grad():
        rows = range(len(turns))
        alone = torch.cat([encoder(pairs, rows[at : at + 64]).softmax(-1) for at in range(0, len(turns), 64)]).numpy()
    reader = ActReader(ROOT / "models" / "classifiers" / "acts.npz")
    read = {"alone": 0, "linear": 0, "joined": 0}
    vectors = Embedder(folder).embed([turn.text for turn in turns])
    for turn, vector, row in zip(turns, vectors, alone, strict=True):
        together = {act.value: float(share) for act, share in zip(ACTS, row, strict=True)}
        read["alone"] += ACTS[int(row.argmax())] is turn.act
        read["linear"] += reader.read(turn.text, vector, turn.before).act is turn.act
        read["joined"] += reader.read(turn.text, vector, turn.before, together).act is turn.act
    for label, right in read.items():
        print(f"{name}, {label}: {right} of {len(turns)} acts right")


if __name__ == "__main__":
    main()
