"""Reading how much a text speaks for each level."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import CoachError, EmbedderUnavailable
from coach.retrieval import levels
from coach.retrieval.levels import LONGEST, LevelReader, levels_file
from coach.types import Level
from tests.small_bert import write_bert

TEXTS = ["i am tired.", "they said no to me today.", "it is a long day."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(autouse=True)
def no_shared_tuning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped tuning is for a bigger model."""
    np.savez(tmp_path / "encoder.npz")
    monkeypatch.setattr(levels, "tuning_file", lambda: tmp_path / "encoder.npz")


def stored(path: Path, labels: list[str]) -> Path:
    draw = np.random.default_rng(0)
    name = "encoder.layer.3.output.dense"
    arrays: dict[str, Any] = {
        f"{name}.a": draw.normal(size=(2, 32)).astype(np.float16),
        f"{name}.b": draw.normal(size=(16, 2)).astype(np.float16),
        "head.weight": draw.normal(scale=0.2, size=(len(labels), 16)).astype(np.float32),
        "head.bias": np.zeros(len(labels), np.float32),
        "labels": np.array(labels),
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return path


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    return stored(tmp_path / "levels.npz", [level.value for level in Level])


def test_each_text_has_a_share_for_every_level_whatever_its_company(folder: Path, trained: Path) -> None:
    reader = LevelReader(folder, trained)
    shares = reader.shares(TEXTS)
    assert shares.shape == (3, len(Level))
    assert shares.sum(axis=1) == pytest.approx([1.0] * 3, abs=1e-5)
    alone = np.concatenate([reader.shares([text]) for text in TEXTS])
    assert alone == pytest.approx(shares, abs=0.02)
    assert np.abs(shares[0] - shares[1]).max() > 1e-3


def test_a_text_of_any_length_is_read(folder: Path, trained: Path) -> None:
    reader = LevelReader(folder, trained)
    end = "i am tired . " * LONGEST
    assert reader.shares([end + "no ."]) == pytest.approx(reader.shares([end + "today ."]))


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04half"])
def test_a_damaged_file_is_told(folder: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "levels.npz").write_bytes(content)
    with pytest.raises(CoachError, match=r"levels\.npz"):
        LevelReader(folder, tmp_path / "levels.npz")


def test_a_file_for_other_levels_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="other levels"):
        LevelReader(folder, stored(tmp_path / "other.npz", ["L0", "L2"]))


def test_a_missing_model_is_told(tmp_path: Path, trained: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        LevelReader(tmp_path / "none", trained)


def test_the_shipped_file_knows_the_levels() -> None:
    with np.load(levels_file(), allow_pickle=False) as shipped:
        assert [str(label) for label in shipped["labels"]] == [level.value for level in Level]
        assert shipped["head.weight"].shape == (len(Level), 384)
