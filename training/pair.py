"""Train the encoder that reads a message and a sentence together: ``models/classifiers/pair.npz``.

Run ``python -m training.pair`` (about eight minutes); it reads ``data/guard/train*.jsonl``. Its state is kept after
every epoch in a file beside the output, and an interrupted run goes on from there. With ``--hold`` it learns from three
of four parts of the messages instead, stores nothing, and prints how the sentences of the fourth part and of
``dev.jsonl`` are judged with and without it; ``PAIR_WEIGHT`` and ``PAIR_THRESHOLD`` in ``coach.reply.classifier`` are
set from that. Low-rank changes (LoRA) of the upper layers of all-MiniLM-L6-v2 are learnt; the lower ones stay as they
are, so what they make of each pair is worked out only once.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from coach import settings
from coach.llm.catalog import EMBEDDER, require
from coach.types import Vector
from training import guard
from training.guard import LABELS
from training.lessons import ROOT
from training.pair_encoder import Loss, PairEncoder, Pairs, batches, fault_loss

OUT = ROOT / "models" / "classifiers" / "pair.npz"

EPOCHS = 8
RATE, HEAD_RATE = 1.2e-3, 3e-3
WORN = 0.1
"""Share of the tokens that are not looked at in training, so that no single word decides."""


def main() -> None:
    """Train and store, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=1, help="on busy cores, two wait for each other")
    parser.add_argument("--hold", action="store_true", help="measure on messages that were not learnt from")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    encoder = PairEncoder(require(EMBEDDER, settings.load()).path, len(LABELS))
    files = sorted(guard.DATA.glob("train*.jsonl"))
    if options.hold:
        files.append(guard.DATA / "dev.jsonl")
    lines = guard.read_lines(files)
    pairs = encoder.pairs(lines.message, lines.text, [LABELS.index(label) for label in lines.label])
    held = guard.held_out(lines) if options.hold else np.zeros(len(lines.text), dtype=np.bool_)
    trainer = Trainer(
        encoder=encoder,
        lines=pairs,
        rows=np.flatnonzero(~held).tolist(),
        epochs=options.epochs,
        loss=fault_loss,
        kept=None if options.hold else options.out.with_suffix(".state"),
    )
    print(f"{len(trainer.rows)} lines to learn", flush=True)
    trainer.run()
    if options.hold:
        guard.print_held(lines, held, judged(encoder, pairs, np.flatnonzero(held).tolist()))
        return
    store(encoder, options.out, LABELS)
    options.out.with_suffix(".state").unlink()


def judged(encoder: PairEncoder, pairs: Pairs, rows: Sequence[int]) -> Vector:
    """Return the share of all faults for some pairs, shape (len(rows),)."""
    encoder.eval()
    with torch.no_grad():
        parts = [1.0 - encoder(pairs, rows[at : at + 64]).softmax(-1)[:, 0] for at in range(0, len(rows), 64)]
    return np.asarray(torch.cat(parts).numpy(), dtype=np.float32)


def store(encoder: PairEncoder, out: Path, labels: Sequence[str]) -> None:
    """Write what was learnt."""
    stored: dict[str, Any] = {
        f"{name}.{part}": getattr(change, part).detach().numpy().astype(np.float16)
        for name, change in encoder.changes.items()
        for part in ("a", "b")
    }
    stored |= {f"head.{name}": part.detach().numpy() for name, part in encoder.head.named_parameters()}
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, allow_pickle=False, labels=np.array(labels), **stored)
    print(f"{out}: {out.stat().st_size} bytes")


@dataclass(kw_only=True)
class Trainer:
    """One run of training.

    Args:
        encoder: What learns.
        lines: Labelled pairs.
        rows: Those that are learnt from.
        epochs: How often each line is seen.
        loss: What is made small.
        kept: Where the state is kept after each epoch, and found again; None for nowhere.
    """

    encoder: PairEncoder
    lines: Pairs
    rows: Sequence[int]
    epochs: int
    loss: Loss
    kept: Path | None = None

    def __post_init__(self) -> None:
        encoder = self.encoder
        self._changes = [part for change in encoder.changes.values() for part in (change.a, change.b)]
        self._optimizer = torch.optim.AdamW(
            [{"params": self._changes, "lr": RATE}, {"params": encoder.head.parameters(), "lr": HEAD_RATE}],
            weight_decay=0.02,
        )
        self._steps = self.epochs * len(batches(self.lines, self.rows))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: _rate(step, max(self._steps, 1))
        )
        labels = encoder.head.out_features
        counts = np.bincount(self.lines.label[list(self.rows)], minlength=labels)
        weights = np.sqrt(counts.sum() / np.maximum(counts, 1) / labels)
        self._weights = torch.tensor(weights, dtype=torch.float32).clamp(max=2.5)

    def run(self) -> None:
        """Train what is left to train."""
        started, first, step = time.monotonic(), self._resume(), 0
        for epoch in range(first, self.epochs):
            self.encoder.train()
            made = batches(self.lines, self.rows)
            for place, batch in enumerate(made, 1):
                loss = self._step(batch)
                step += 1
                if place % 10 == 0:
                    left = (time.monotonic() - started) / step * ((self.epochs - epoch) * len(made) - place)
                    print(f"epoch {epoch + 1} of {self.epochs}, loss {loss:.3f}, {left:.0f} s left", flush=True)
            self._keep(epoch + 1)

    def _step(self, batch: list[int]) -> float:
        loss = self.loss(self.encoder(self.lines, batch, WORN), self.lines, batch, self._weights)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._changes, 1.0)
        self._optimizer.step()
        self._schedule.step()
        return float(loss.item())

    def _keep(self, epoch: int) -> None:
        if self.kept is None:
            return
        state = {
            "epoch": epoch,
            "learnt": {name: part for name, part in self.encoder.named_parameters() if part.requires_grad},
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "random": (random.getstate(), torch.get_rng_state()),
        }
        part = self.kept.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.kept)

    def _resume(self) -> int:
        """Take up a kept state, and return the epochs done."""
        if self.kept is None or not self.kept.is_file():
            return 0
        # Written by this program, and it holds the states of random number generators.
        state: dict[str, Any] = torch.load(self.kept, weights_only=False)
        with torch.no_grad():
            for name, part in self.encoder.named_parameters():
                if part.requires_grad:
                    part.copy_(state["learnt"][name])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        random.setstate(state["random"][0])
        torch.set_rng_state(state["random"][1])
        print(f"goes on after epoch {state['epoch']}", flush=True)
        return int(state["epoch"])


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / 20) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))


if __name__ == "__main__":
    main()
