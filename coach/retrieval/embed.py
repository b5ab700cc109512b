"""Sentence embeddings. The only module that imports ``sentence_transformers``."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.errors import EmbedderUnavailable
from coach.retrieval.levels import LevelReader
from coach.retrieval.tuning import read_tuning, tuning_file
from coach.text import sentences
from coach.types import Vector, Vectors

_BATCH = 32
_MOST_SENTENCES = 400


class Embedder:
    """A sentence-transformers model in a local folder, tuned for what the coach has to tell apart.

    Args:
        folder: The model's folder.
        tuning: File made by ``training.encoder``; the shipped one by default.

    Raises:
        EmbedderUnavailable: The folder or the tuning is missing or damaged.
    """

    def __init__(self, folder: Path, tuning: Path | None = None) -> None:
        self._folder = folder
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        os.environ.setdefault("GOMP_SPINCOUNT", "2000")  # as in coach.llm.llamacpp: do not spin long beside others
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it would write over our own

            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            weights = self._model[0].auto_model.state_dict()  # type: ignore[union-attr]
            for name, update in read_tuning(tuning or tuning_file()).items():
                weights[f"{name}.weight"] += torch.from_numpy(update)
            # Half the time for vectors that differ by less than 1e-4 in cosine, where the processor computes in bf16.
            can = torch.cpu.get_capabilities()
            if can.get("avx512_bf16") or can.get("amx_bf16"):
                self._model.bfloat16()
        except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as error:
            raise EmbedderUnavailable(f"The embedding model in {folder} cannot be loaded: {error}.") from error

    def embed(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors of shape (len(texts), dimensions)."""
        vectors = self._model.encode(list(texts), batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False)
        rows = np.asarray(vectors, dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)

    def vectors(self, text: str) -> Vectors:
        """Embed a message whole and by sentence, and read levels for the safety gate.

        Raises:
            CoachError: What reads levels is missing or damaged; it is loaded at the first call.
        """
        parts = split(text)
        if parts == (text,):
            each = self.embed([text])
            return Vectors(
                whole=each[0], sentences=parts, each=each, levels=self._reader.shares(parts).repeat(2, axis=0)
            )
        # Apart, or every sentence would be padded to the length of the whole: four times as slow with twelve of them.
        whole = self.embed([text])[0]
        return Vectors(whole=whole, sentences=parts, each=self.embed(parts), levels=self._reader.shares([text, *parts]))

    @functools.cached_property
    def _reader(self) -> LevelReader:
        return LevelReader(self._folder)


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a message that are embedded, at least one."""
    return tuple(sentences(text)[:_MOST_SENTENCES]) or (text,)
