"""The encoder that reads a message and a sentence together, as it learns: see ``training.pair``."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as nnf
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from coach.retrieval.pairs import LONGEST
from training.encoder import Changed, autocast

FIRST_LAYER = 3
BATCH = 48
CONTRAST = 0.5
"""Weight of the demand that of two sentences under one message the bad one is thought worse."""


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs as the lower layers see them.

    ``states`` are arrays of shape (tokens, dimensions); ``second`` says which tokens are the sentence's; ``label`` is
    the place of its label.
    """

    states: list[npt.NDArray[np.float16]]
    second: list[npt.NDArray[np.bool_]]
    message: npt.NDArray[np.str_]
    label: npt.NDArray[np.int64]


class PairEncoder(nn.Module):
    """The encoder with changeable upper layers and a head for so many labels."""

    def __init__(self, folder: Path, labels: int) -> None:
        super().__init__()
        self.words = AutoTokenizer.from_pretrained(folder, truncation_side="left")
        # Random numbers are slow on many machines, and fused attention is slow to learn through in bf16.
        self.body = AutoModel.from_pretrained(
            folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        self.body.requires_grad_(False)
        self.changes: dict[str, Changed] = {}
        for name, layer in list(self.body.named_modules()):
            upper = name.startswith("encoder.layer.") and int(name.split(".")[2]) >= FIRST_LAYER
            if upper and isinstance(layer, nn.Linear):
                parent, _, child = name.rpartition(".")
                self.changes[name] = Changed(layer)
                setattr(self.body.get_submodule(parent), child, self.changes[name])
        self.head = nn.Linear(2 * self.body.config.hidden_size, labels)

    @torch.no_grad()
    def pairs(self, messages: Sequence[str], texts: Sequence[str], label: Sequence[int]) -> Pairs:
        """Return pairs as the lower layers see them."""
        states, second = [], []
        for start in range(0, len(texts), 64):
            batch = self.words(
                list(messages[start : start + 64]),
                list(texts[start : start + 64]),
                padding=True,
                truncation="longest_first",
                max_length=LONGEST,
                return_tensors="pt",
            )
            with autocast():
                hidden = self.body.embeddings(input_ids=batch["input_ids"], token_type_ids=batch["token_type_ids"])
                hidden = self._through(hidden, batch["attention_mask"].float(), slice(None, FIRST_LAYER))
            for row, mask, kind in zip(hidden, batch["attention_mask"], batch["token_type_ids"], strict=True):
                length = int(mask.sum())
                states.append(row[:length].float().numpy().astype(np.float16))
                second.append(kind[:length].numpy().astype(bool))
        return Pairs(states=states, second=second, message=np.array(messages), label=np.array(label, dtype=np.int64))

    def forward(self, pairs: Pairs, rows: Sequence[int], worn: float = 0.0) -> Tensor:
        """Return logits, shape (len(rows), labels); a share ``worn`` of the tokens is not looked at."""
        shape = (len(rows), max(len(pairs.states[row]) for row in rows))
        hidden, seen, second = torch.zeros(*shape, self.head.in_features // 2), torch.zeros(shape), torch.zeros(shape)
        for place, row in enumerate(rows):
            length = len(pairs.states[row])
            hidden[place, :length] = torch.from_numpy(pairs.states[row].astype(np.float32))
            seen[place, :length] = 1.0
            second[place, :length] = torch.from_numpy(pairs.second[row].astype(np.float32))
        if worn:
            seen = seen * (torch.rand(shape) > worn)
            seen[:, 0] = 1.0
        with autocast():
            hidden = self._through(hidden, seen, slice(FIRST_LAYER, None))
        parts = [
            (hidden.float() * part[..., None]).sum(1) / part.sum(1, keepdim=True).clamp(min=1.0)
            for part in (second * seen, (1.0 - second) * seen)
        ]
        logits: Tensor = self.head(nnf.dropout(torch.cat(parts, dim=1), 0.1, training=self.training))
        return logits

    def _through(self, hidden: Tensor, seen: Tensor, layers: slice) -> Tensor:
        mask = (1.0 - seen)[:, None, None] * -1e4
        for layer in self.body.encoder.layer[layers]:
            hidden = layer(hidden, mask)
        return hidden


Loss = Callable[[Tensor, Pairs, Sequence[int], Tensor], Tensor]
"""Returns the loss for logits, all pairs, the rows that the logits are of, and what each label weighs."""


def fault_loss(logits: Tensor, pairs: Pairs, batch: Sequence[int], weights: Tensor) -> Tensor:
    """Return the loss of labelled pairs: their labels, whether they are bad, and which of one message are worse."""
    label = torch.from_numpy(pairs.label[list(batch)])
    bad = (label != 0).float()
    odds = torch.logsumexp(logits[:, 1:], dim=1) - logits[:, 0]
    loss = nnf.cross_entropy(logits, label, weight=weights, label_smoothing=0.05)
    loss = loss + 0.5 * nnf.binary_cross_entropy_with_logits(odds, bad * 0.94 + 0.03)
    message = pairs.message[list(batch)]
    worse = torch.from_numpy(message[:, None] == message[None]) & (bad[:, None] > bad[None])
    if worse.any():
        loss = loss + CONTRAST * nnf.softplus(1.0 - (odds[:, None] - odds[None])[worse]).mean()
    return loss


def batches(pairs: Pairs, rows: Sequence[int]) -> list[list[int]]:
    """Return shuffled batches in which sentences under one message are together."""
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(str(pairs.message[row]), []).append(row)
    # Those of like length waste little on padding.
    drawn = sorted(groups.values(), key=lambda group: len(pairs.states[group[0]]) + random.uniform(-6, 6))
    made: list[list[int]] = [[]]
    for group in drawn:
        if len(made[-1]) >= BATCH:
            made.append([])
        made[-1] += group
    random.shuffle(made)
    return made
