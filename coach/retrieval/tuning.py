"""What the project changes in the sentence encoder: low-rank updates of its weights, made by ``training.encoder``."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import numpy as np

from coach.errors import EmbedderUnavailable
from coach.resources import shipped
from coach.types import Vector

SCALE = 1.0
"""Factor of the low-rank product."""


def tuning_file() -> Path:
    """Return the shipped file."""
    return shipped("models", "classifiers", "encoder.npz")


def read_tuning(path: Path) -> dict[str, Vector]:
    """Return the update of each weight matrix by its module's name, shape (outputs, inputs).

    Raises:
        EmbedderUnavailable: The file is missing or damaged.
    """
    try:
        # Opened here, as numpy leaves a damaged file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            names = [name.removesuffix(".a") for name in stored.files if name.endswith(".a")]
            return {
                name: SCALE * stored[f"{name}.b"].astype(np.float32) @ stored[f"{name}.a"].astype(np.float32)
                for name in names
            }
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise EmbedderUnavailable(f"The encoder's tuning {path} cannot be read: {error}.") from error


def embedder_identity(weights: str) -> str:
    """Return what tells one embedder from another: the digest of its weights, and of the tuning on top of them.

    Raises:
        EmbedderUnavailable: The tuning is missing.
    """
    try:
        return hashlib.sha256(weights.encode("ascii") + tuning_file().read_bytes()).hexdigest()
    except OSError as error:
        raise EmbedderUnavailable(f"The encoder's tuning cannot be read: {error}.") from error
