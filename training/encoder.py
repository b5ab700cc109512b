"""Tune the sentence encoder for what the coach has to tell apart: ``models/classifiers/encoder.npz``.

Run ``python -m training.encoder`` (26 minutes on two busy cores), then the classifiers that read its vectors:
``python -m training.situation``, ``training.retrieval``, ``training.drafts``, ``training.guard`` and
``training.safety``. Low-rank changes (LoRA) of the upper
layers of all-MiniLM-L6-v2 are learnt together with a throw-away linear head for each task, and a message is drawn
towards the cards that fit it. Deterministic for a seed and a number of threads.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from coach import settings
from coach.llm.catalog import EMBEDDER, require
from coach.retrieval.tuning import SCALE
from coach.text import clean
from coach.types import Card
from training.lessons import LABELS, ROOT, Lesson, read_lessons

OUT = ROOT / "models" / "classifiers" / "encoder.npz"

RANK = 16
FIRST_LAYER = 2
"""Layers below keep their weights: they read letters and words, and leaving them saves a third of the time."""

EPOCHS = 4
BATCH = 64
CARD_PAIRS = 24
RATE, HEAD_RATE = 1.5e-3, 5e-3
SHARPNESS = 8.0
"""What a unit vector is multiplied with before the heads."""

_WEIGHT = {"level": 1.5, "kind": 2.0, "wants": 2.0, "stage": 1.0, "strategy": 1.0}
_SMOOTHING = 0.04


class Changed(nn.Module):
    """A linear layer with a low-rank change: W x + SCALE b (a x)."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.b = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, rows: Tensor) -> Tensor:
        """Return the layer's output with the change."""
        whole: Tensor = self.layer(rows) + (rows @ self.a.T) @ self.b.T * SCALE
        return whole


class Encoder(nn.Module):
    """The sentence encoder with changeable upper layers, and a head for each task."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.words = AutoTokenizer.from_pretrained(folder)
        self.body = AutoModel.from_pretrained(folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.body.requires_grad_(False)
        self.changes: dict[str, Changed] = {}
        for name, layer in list(self.body.named_modules()):
            if isinstance(layer, nn.Linear) and name.startswith("encoder.layer.") and _layer(name) >= FIRST_LAYER:
                parent, _, child = name.rpartition(".")
                self.changes[name] = Changed(layer)
                setattr(self.body.get_submodule(parent), child, self.changes[name])
        size = self.body.config.hidden_size
        self.heads = nn.ModuleDict({task: nn.Linear(size, len(answers)) for task, answers in LABELS.items()})

    def forward(self, texts: Sequence[str], longest: int = 80) -> Tensor:
        """Return unit vectors, shape (len(texts), dimensions)."""
        batch = self.words(list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with autocast():
            states = self.body(**batch).last_hidden_state
        mask = batch["attention_mask"][..., None].float()
        return nnf.normalize((states.float() * mask).sum(1) / mask.sum(1), dim=-1)


def main() -> None:
    """Train and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    lessons, cards = read_lessons()
    encoder = Encoder(require(EMBEDDER, settings.load()).path)
    size = sum(change.a.numel() + change.b.numel() for change in encoder.changes.values())
    print(f"{len(lessons)} texts, {size:,} numbers to learn", flush=True)
    train(encoder, lessons, cards, options.epochs)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    stored = {
        f"{name}.{part}": getattr(change, part).detach().numpy().astype(np.float16)
        for name, change in encoder.changes.items()
        for part in ("a", "b")
    }
    np.savez_compressed(options.out, allow_pickle=False, **stored)
    print(f"{options.out}: {options.out.stat().st_size} bytes")


def train(encoder: Encoder, lessons: list[Lesson], cards: list[Card], epochs: int) -> None:
    """Run the epochs."""
    changes = [part for change in encoder.changes.values() for part in (change.a, change.b)]
    optimizer = torch.optim.AdamW(
        [{"params": changes, "lr": RATE}, {"params": encoder.heads.parameters(), "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = epochs * (len(lessons) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps))
    weights = {task: _weights(task, lessons) for task in LABELS}
    by_card: dict[str, list[str]] = {card.id: [clean(f"{card.title}. {card.perspective}")] for card in cards}
    for lesson in lessons:
        if lesson.cards:
            by_card[lesson.cards[0]].append(lesson.text)
    started, step, total = time.monotonic(), 0, 0.0
    encoder.train()
    for _ in range(epochs):
        for batch in _batches(lessons):
            loss = _task_loss(encoder, batch, weights) + 0.5 * _card_loss(encoder, by_card)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            schedule.step()
            step, total = step + 1, total + loss.item()
            if step % 20 == 0:
                took = time.monotonic() - started
                left = took / step * (steps - step)
                print(f"step {step} of {steps}, loss {total / 20:.3f}, {left:.0f} s left", flush=True)
                total = 0.0


def autocast() -> torch.autocast:
    """Return a context that computes in bf16 where the processor has it; elsewhere that is many times slower."""
    can = torch.cpu.get_capabilities()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(can.get("avx512_bf16") or can.get("amx_bf16")))


def rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at a step: up at once, then down by half a cosine."""
    return min(1.0, (step + 1) / 40) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))


def _layer(name: str) -> int:
    return int(name.split(".")[2])


def _weights(task: str, lessons: list[Lesson]) -> Tensor:
    """Return what an answer counts: a middle way between the files' proportions and equal ones."""
    counts = np.sum([lesson.shares[task] for lesson in lessons if task in lesson.shares], axis=0)
    return torch.tensor(np.sqrt(counts.sum() / np.maximum(counts, 1.0) / len(counts)), dtype=torch.float32)


def _batches(lessons: list[Lesson]) -> list[list[Lesson]]:
    """Return shuffled batches of texts of like length, which waste little on padding."""
    shuffled = random.sample(lessons, len(lessons))
    batches: list[list[Lesson]] = []
    for start in range(0, len(shuffled), BATCH * 16):
        pool = sorted(shuffled[start : start + BATCH * 16], key=lambda lesson: len(lesson.text))
        batches += [pool[at : at + BATCH] for at in range(0, len(pool) - BATCH + 1, BATCH)]
    random.shuffle(batches)
    return batches


def _task_loss(encoder: Encoder, batch: list[Lesson], weights: dict[str, Tensor]) -> Tensor:
    vectors = nnf.dropout(encoder([worn(lesson.text) for lesson in batch]), 0.1, training=True) * SHARPNESS
    loss = torch.zeros(())
    for task in LABELS:
        rows = [place for place, lesson in enumerate(batch) if task in lesson.shares]
        if rows:
            wanted = torch.from_numpy(np.stack([batch[place].shares[task] for place in rows]))
            wanted = wanted * (1 - _SMOOTHING) + _SMOOTHING / wanted.shape[1]
            said = nnf.log_softmax(encoder.heads[task](vectors[rows]), dim=-1)
            each = (wanted * weights[task] * said).sum(1)
            loss = loss - _WEIGHT[task] * each.sum() / len(batch)
    calm = [place for place, lesson in enumerate(batch) if lesson.calm and "level" not in lesson.shares]
    if calm:
        said = nnf.log_softmax(encoder.heads["level"](vectors[calm]), dim=-1)
        # L0 and L1 come first; beyond 98 % there is nothing more to learn.
        loss = loss - _WEIGHT["level"] * torch.logsumexp(said[:, :2], dim=-1).clamp(max=-0.02).sum() / len(batch)
    return loss


def _card_loss(encoder: Encoder, by_card: dict[str, list[str]]) -> Tensor:
    """Draw two texts that belong to the same card together, and apart from those of other cards."""
    drawn = random.sample([texts for texts in by_card.values() if len(texts) > 1], CARD_PAIRS)
    pairs = [random.sample(texts, 2) for texts in drawn]
    vectors = encoder([worn(text) for pair in zip(*pairs, strict=True) for text in pair], 48)
    likeness = vectors[:CARD_PAIRS] @ vectors[CARD_PAIRS:].T * 20.0
    here = torch.arange(CARD_PAIRS)
    return (nnf.cross_entropy(likeness, here) + nnf.cross_entropy(likeness.T, here)) / 2


def worn(text: str) -> str:
    """Return a text as it is, or now and then with words missing, so that no single word decides."""
    parts = text.split()
    if random.random() < 0.7 or len(parts) < 6:
        return text
    return " ".join(part for part in parts if random.random() > 0.08)


if __name__ == "__main__":
    main()
