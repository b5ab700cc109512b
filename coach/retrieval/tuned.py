"""A second copy of the sentence encoder's model with a tuning of its own, for what reads more than its vectors tell."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from coach.errors import CoachError, EmbedderUnavailable
from coach.retrieval.tuning import read_tuning
from coach.types import Vector


@dataclass(frozen=True, kw_only=True)
class Trained:
    """What a training left: updates of weights by module, and a head of shape (labels, features) with its bias."""

    updates: dict[str, Vector]
    weight: Vector
    bias: Vector
    labels: tuple[str, ...]


def read_trained(path: Path, name: str) -> Trained:
    """Return what is in a file of ``training.pair``, ``training.talks`` or ``training.levels``.

    Raises:
        CoachError: The file is missing or damaged; ``name`` says whose it is.
    """
    try:
        updates = read_tuning(path)
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return Trained(
                updates=updates,
                weight=stored["head.weight"].astype(np.float32),
                bias=stored["head.bias"].astype(np.float32),
                labels=tuple(str(label) for label in stored["labels"]),
            )
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, EmbedderUnavailable) as error:
        raise CoachError(
            f"{name} {path} cannot be read: {error}.", hint="Install Rebound again: its files are incomplete."
        ) from error


class TunedModel:
    """The model with changed weights.

    Args:
        folder: The folder of the sentence encoder's model.
        updates: What is added to each weight matrix, by its module's name.
        cut: From which side a text that is too long is cut.

    Raises:
        EmbedderUnavailable: The folder is missing or damaged, or the updates are for another model.
    """

    def __init__(self, folder: Path, updates: Mapping[str, Vector], *, cut: Literal["left", "right"] = "right") -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        try:
            import torch
            from transformers import AutoModel, AutoTokenizer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it would write over our own
            self._torch = torch
            self.words: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, truncation_side=cut)
            self._model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
            weights = self._model.state_dict()
            for name, update in updates.items():
                weights[f"{name}.weight"] += torch.from_numpy(update)
            can = torch.cpu.get_capabilities()
            if can.get("avx512_bf16") or can.get("amx_bf16"):
                self._model.bfloat16()
        except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as error:
            raise EmbedderUnavailable(f"The embedding model in {folder} cannot be loaded: {error}.") from error

    def states(self, batch: Any) -> Vector:
        """Return the last layer's states for what ``words`` made, shape (texts, tokens, dimensions)."""
        with self._torch.inference_mode():
            states: Vector = self._model(**batch).last_hidden_state.float().numpy()
        return states
