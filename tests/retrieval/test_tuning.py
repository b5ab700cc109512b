"""The encoder's tuning: applied, told apart, and missed loudly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.errors import EmbedderUnavailable
from coach.retrieval import tuning
from coach.retrieval.embed import Embedder
from coach.retrieval.tuning import embedder_identity, read_tuning, tuning_file

TEXTS = ["They went with another candidate after four rounds.", "The recipe needs two eggs."]


def _stored(path: Path, **arrays: np.ndarray) -> Path:
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return path


def test_an_update_is_the_product_of_its_two_halves(tmp_path: Path) -> None:
    a, b = np.ones((2, 3), dtype=np.float16), np.full((4, 2), 0.5, dtype=np.float16)
    read = read_tuning(_stored(tmp_path / "tuning.npz", **{"layer.a": a, "layer.b": b}))
    assert list(read) == ["layer"]
    assert np.allclose(read["layer"], np.ones((4, 3)))


def test_the_shipped_tuning_changes_the_vectors_and_nothing_else_does(embedder: Path, tmp_path: Path) -> None:
    name = "encoder.layer.5.output.dense"
    nothing = {f"{name}.a": np.zeros((1, 1536), np.float16), f"{name}.b": np.zeros((384, 1), np.float16)}
    plain = Embedder(embedder, _stored(tmp_path / "none.npz", **nothing)).embed(TEXTS)
    tuned = Embedder(embedder).embed(TEXTS)
    again = Embedder(embedder, tuning_file()).embed(TEXTS)
    assert np.array_equal(tuned, again)
    assert float((plain * tuned).sum(axis=1).max()) < 0.99


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04half"])
def test_a_damaged_tuning_is_said(content: bytes, embedder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "tuning.npz"
    damaged.write_bytes(content)
    with pytest.raises(EmbedderUnavailable, match=r"tuning\.npz"):
        Embedder(embedder, damaged)


def test_a_tuning_for_another_model_is_said(embedder: Path, tmp_path: Path) -> None:
    other = _stored(tmp_path / "tuning.npz", **{"blocks.0.a": np.ones((1, 2)), "blocks.0.b": np.ones((2, 1))})
    with pytest.raises(EmbedderUnavailable):
        Embedder(embedder, other)


def test_another_tuning_is_another_embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = embedder_identity("00")
    other = tmp_path / "other.npz"
    other.write_bytes(b"other")
    monkeypatch.setattr(tuning, "tuning_file", lambda: other)
    assert embedder_identity("00") != before
    assert embedder_identity("00") != embedder_identity("11")
