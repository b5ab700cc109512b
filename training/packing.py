"""Packs: many samples in one row, which read a shared prefix and none of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from training.render import Sample


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One row for the model.

    ``tokens`` and ``positions`` have shape (1, length); ``mask`` has shape (1, 1, length, length)
    and is true where a token (row) may look at another (column). ``read_at`` holds the places whose
    output is judged, ``wanted`` the token that each of them should name next, both of shape (answers).
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    mask: torch.Tensor
    read_at: torch.Tensor
    wanted: torch.Tensor

    def to(self, device: torch.device) -> Pack:
        """Return the pack on a device."""
        return Pack(**{name: value.to(device) for name, value in vars(self).items()})


def packed(samples: Sequence[Sample], prefix: Sequence[int]) -> Pack:
    """Put samples behind one prefix, each as if it alone followed it."""
    tokens, positions, owner = list(prefix), list(range(len(prefix))), [-1] * len(prefix)
    read_at: list[int] = []
    for number, sample in enumerate(samples):
        start = len(tokens)
        tokens += sample.tokens
        positions += range(len(prefix), len(prefix) + len(sample.tokens))
        owner += [number] * len(sample.tokens)
        # A token is foretold by the output one place before it; the first of a sample is never judged.
        read_at += [start + place - 1 for place, counts in enumerate(sample.counts) if counts and place]
    row = torch.tensor(owner)
    causal = torch.ones(len(tokens), len(tokens), dtype=torch.bool).tril()
    seen = (row[None, :] == row[:, None]) | (row[None, :] == -1)
    read = torch.tensor(read_at)
    ids = torch.tensor(tokens)
    return Pack(
        tokens=ids[None], positions=torch.tensor(positions)[None], mask=(causal & seen)[None, None],
        read_at=read, wanted=ids[read + 1],
    )  # fmt: skip


def grouped(samples: Sequence[Sample], room: int) -> list[list[Sample]]:
    """Share samples out into groups of at most ``room`` tokens, in their order; one that is longer stands alone."""
    groups: list[list[Sample]] = []
    filled = room
    for sample in samples:
        if filled + len(sample.tokens) > room:
            groups.append([])
            filled = 0
        groups[-1].append(sample)
        filled += len(sample.tokens)
    return groups
