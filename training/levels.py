"""Train the encoder that reads levels for the safety gate: ``models/classifiers/levels.npz``.

Run ``python -m training.levels`` (25 minutes on two busy cores) after ``training.encoder``, whose tuning it goes on
from. Low-rank changes (LoRA) of the upper four layers and a head are learnt, for levels alone: from the labelled lines
of ``data/safety`` (``train*.jsonl`` and ``more*.jsonl``), and from ordinary talk, of which only is known that it is L0
or L1. Development files are read by nothing here; ``coach eval safety`` tells what it is worth.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from coach import settings
from coach.llm.catalog import EMBEDDER, require
from coach.reply.answers import read_answers
from coach.resources import shipped
from coach.retrieval.levels import LONGEST, levels_file
from coach.retrieval.tuning import read_tuning, tuning_file
from coach.safety.signs import rule_signs
from coach.text import clean, sentences
from coach.types import Level
from training.encoder import Changed, autocast, rate, worn
from training.lessons import ROOT

EPOCHS = 3
BATCH = 64
RATE, HEAD_RATE = 1e-3, 4e-3
SHARPNESS = 3.0
"""What the mean state is multiplied with before the head."""

_FIRST_LAYER = 2
_DATA = ROOT / "data"
_ORDINARY = ("situation", "retrieval", "drafts", "answers")
_TALK, _ASKS = 6500, 4000
"""How many ordinary messages, and questions of the vetted answers, an epoch sees."""

_HARMLESS = (Level.L0, Level.L1)
_BESIDE = 0.4
"""Weight of a sentence beside the dangerous one; ``_SPOKEN`` is that of the dangerous one alone, ``_CALM`` of talk."""
_SPOKEN, _CALM = 0.7, 0.7
_SMOOTHING = 0.05


@dataclass(frozen=True)
class Line:
    """A text, its level (None for one that is L0 or L1), and how much it counts."""

    text: str
    level: Level | None
    weight: float


class LevelEncoder(nn.Module):
    """The tuned sentence encoder with changeable upper layers and a head for the levels."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.words = AutoTokenizer.from_pretrained(folder)
        # Random numbers are slow on many machines, and fused attention is slow to learn through in bf16.
        self.body = AutoModel.from_pretrained(
            folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        weights = self.body.state_dict()
        for name, update in read_tuning(tuning_file()).items():
            if f"{name}.weight" in weights:
                weights[f"{name}.weight"] += torch.from_numpy(update)
        self.body.requires_grad_(False)
        self.changes: dict[str, Changed] = {}
        for name, layer in list(self.body.named_modules()):
            upper = name.startswith("encoder.layer.") and int(name.split(".")[2]) >= _FIRST_LAYER
            if upper and isinstance(layer, nn.Linear):
                parent, _, child = name.rpartition(".")
                self.changes[name] = Changed(layer)
                setattr(self.body.get_submodule(parent), child, self.changes[name])
        self.head = nn.Linear(self.body.config.hidden_size, len(Level))

    def forward(self, texts: Sequence[str]) -> Tensor:
        """Return the logarithms of each level's share, shape (len(texts), levels)."""
        batch = self.words(list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        with autocast():
            states = self.body(**batch).last_hidden_state
        mask = batch["attention_mask"][..., None].float()
        means = (states.float() * mask).sum(1) / mask.sum(1)
        return nnf.log_softmax(self.head(means * SHARPNESS), dim=-1)


def main() -> None:
    """Train and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=levels_file())
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    encoder = LevelEncoder(require(EMBEDDER, settings.load()).path)
    labelled, (talk, asks) = read_labelled(), read_ordinary()
    print(f"{len(labelled)} labelled texts, {len(talk)} and {len(asks)} ordinary ones", flush=True)
    train(encoder, labelled, talk, asks, options.epochs)
    store(encoder, options.out)


def read_labelled() -> list[Line]:
    """Return the labelled lines; of a long one with its dangerous words marked, each sentence too."""
    lines: list[Line] = []
    for path in sorted([*(_DATA / "safety").glob("train*.jsonl"), *(_DATA / "safety").glob("more*.jsonl")]):
        for row in _rows(path):
            text, level, span = clean(row["text"]), Level(row["level"]), clean(row.get("span", ""))
            lines.append(Line(text, level, 1.0))
            parts = sentences(text)
            if span and level not in _HARMLESS and len(parts) > 1:
                lines += [
                    Line(part, level, _SPOKEN) if span in part or part in span else Line(part, Level.L0, _BESIDE)
                    for part in parts
                ]
    return lines


def read_ordinary() -> tuple[list[str], list[str]]:
    """Return ordinary messages, and questions of the vetted answers; the rules leave out what is not harmless."""
    files = [path for name in _ORDINARY for path in sorted((_DATA / name).glob("train*.jsonl"))]
    talk = dict.fromkeys(clean(row.get("text") or " ".join(row["turns"])) for path in files for row in _rows(path))
    asks = dict.fromkeys(clean(ask) for entry in read_answers(shipped("knowledge", "answers")) for ask in entry.asks)
    return [text for text in talk if _calm(text)], [text for text in asks if text not in talk and _calm(text)]


def train(
    encoder: LevelEncoder, labelled: Sequence[Line], talk: Sequence[str], asks: Sequence[str], epochs: int
) -> None:
    """Run the epochs."""
    levels = list(Level)
    counts = np.bincount([levels.index(line.level) for line in labelled if line.level], minlength=len(levels))
    # A middle way between the files' proportions and equal ones.
    weights = torch.tensor(np.sqrt(counts.sum() / np.maximum(counts, 1) / len(levels)), dtype=torch.float32)
    changes = [part for change in encoder.changes.values() for part in (change.a, change.b)]
    optimizer = torch.optim.AdamW(
        [{"params": changes, "lr": RATE}, {"params": encoder.head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01
    )
    batches = _batches(labelled, talk, asks)
    steps = epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps))
    began, step = time.monotonic(), 0
    encoder.train()
    while step < steps:
        for batch in batches[: steps - step]:
            loss = batch_loss(encoder([worn(line.text) for line in batch]), batch, weights)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                left = (time.monotonic() - began) / step * (steps - step)
                print(f"step {step} of {steps}, loss {loss.item():.3f}, {left:.0f} s left", flush=True)
        batches = _batches(labelled, talk, asks)


def batch_loss(said: Tensor, batch: Sequence[Line], weights: Tensor) -> Tensor:
    """Return the loss of a batch for the logarithms of shares, shape (len(batch), levels)."""
    levels, loss = list(Level), torch.zeros(())
    for place, line in enumerate(batch):
        if line.level is None:
            # Beyond 99 % there is nothing more to learn.
            each = -torch.logsumexp(said[place, : len(_HARMLESS)], dim=-1).clamp(max=-0.01)
        else:
            wanted = levels.index(line.level)
            each = -weights[wanted] * ((1 - _SMOOTHING) * said[place, wanted] + _SMOOTHING * said[place].mean())
        loss = loss + line.weight * each
    return loss / len(batch)


def store(encoder: LevelEncoder, out: Path) -> None:
    """Write what was learnt."""
    stored: dict[str, Any] = {
        f"{name}.{part}": getattr(change, part).detach().numpy().astype(np.float16)
        for name, change in encoder.changes.items()
        for part in ("a", "b")
    }
    stored["head.weight"] = encoder.head.weight.detach().numpy() * SHARPNESS
    stored["head.bias"] = encoder.head.bias.detach().numpy()
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, allow_pickle=False, labels=np.array([level.value for level in Level]), **stored)
    print(f"{out}: {out.stat().st_size} bytes")


def _batches(labelled: Sequence[Line], talk: Sequence[str], asks: Sequence[str]) -> list[list[Line]]:
    """Return shuffled batches of texts of like length, which waste little on padding."""
    ordinary = [*random.sample(talk, min(len(talk), _TALK)), *random.sample(asks, min(len(asks), _ASKS))]
    lines = [*labelled, *(Line(text, None, _CALM) for text in ordinary)]
    random.shuffle(lines)
    batches: list[list[Line]] = []
    for start in range(0, len(lines), BATCH * 16):
        pool = sorted(lines[start : start + BATCH * 16], key=lambda line: len(line.text))
        batches += [pool[at : at + BATCH] for at in range(0, math.ceil(len(pool) / BATCH) * BATCH, BATCH)]
    random.shuffle(batches)
    return [batch for batch in batches if batch]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text("utf-8").splitlines() if row.strip()]


def _calm(text: str) -> bool:
    return all(sign.level in _HARMLESS for sign in rule_signs(text))


if __name__ == "__main__":
    main()
