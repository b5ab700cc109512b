"""Reading a message and a sentence together: what comes back, what is remembered, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import CoachError, EmbedderUnavailable
from coach.retrieval.pairs import LONGEST, PairReader, pair_file
from tests.small_bert import write_bert

MESSAGE = "they said no to me today."
SENTENCES = ["you were told no today.", "it is your fault.", "you can rest."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = np.random.default_rng(0)
    name = "encoder.layer.3.output.dense"
    arrays: dict[str, Any] = {
        f"{name}.a": draw.normal(size=(2, 32)).astype(np.float16),
        f"{name}.b": draw.normal(size=(16, 2)).astype(np.float16),
        "head.weight": draw.normal(scale=0.2, size=(3, 32)).astype(np.float32),
        "head.bias": np.zeros(3, np.float32),
        "labels": np.array(["ok", "blame", "misfit"]),
    }
    path = tmp_path_factory.mktemp("trained") / "pair.npz"
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return path


def test_a_sentence_has_a_share_for_each_label(folder: Path, trained: Path) -> None:
    shares = PairReader(folder, trained).shares(MESSAGE, SENTENCES)
    assert [list(each) for each in shares] == [["ok", "blame", "misfit"]] * 3
    assert [sum(each.values()) for each in shares] == pytest.approx([1.0] * 3)


def test_the_message_counts_and_company_does_not(folder: Path, trained: Path) -> None:
    reader = PairReader(folder, trained)
    together = reader.shares(MESSAGE, SENTENCES)
    other = reader.shares("i am tired.", SENTENCES[:1])
    alone = PairReader(folder, trained).shares(MESSAGE, SENTENCES[:1])
    assert list(alone[0].values()) == pytest.approx(list(together[0].values()), abs=0.02)
    assert abs(other[0]["ok"] - together[0]["ok"]) > 1e-3


def test_texts_that_are_too_long_are_cut(folder: Path, trained: Path) -> None:
    reader = PairReader(folder, trained)
    for one, other in ((MESSAGE, "_" * 400), ("i am tired. " * 200, "no. " * 200)):
        assert sum(reader.shares(one, [other])[0].values()) == pytest.approx(1.0)


def test_what_was_read_is_remembered_until_another_message_comes(
    folder: Path, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = PairReader(folder, trained)
    read: list[str] = []
    real = reader._read

    def remember(message: str, sentences: Sequence[str]) -> list[dict[str, float]]:
        read.extend(sentences)
        return real(message, sentences)

    monkeypatch.setattr(reader, "_read", remember)
    assert reader.shares(MESSAGE, SENTENCES[:2]) == reader.shares(MESSAGE, SENTENCES[:2])
    assert read == SENTENCES[:2]
    reader.shares("i am tired.", SENTENCES[:1])
    reader.shares(MESSAGE, SENTENCES[:1])
    assert read == [*SENTENCES[:2], SENTENCES[0], SENTENCES[0]]


def test_of_a_long_message_the_end_is_read_and_the_sentence_stays_whole(folder: Path, trained: Path) -> None:
    reader = PairReader(folder, trained)
    end = " ".join(["i am tired ."] * LONGEST)
    one, two = reader.shares("they said no . " + end, SENTENCES[:1]), reader.shares("no today . " + end, SENTENCES[:1])
    assert one == two
    assert reader.shares(end, SENTENCES[:1]) != reader.shares(end, SENTENCES[1:2])
    assert reader.shares(MESSAGE, ["it is your fault " * LONGEST])[0].keys() == {"ok", "blame", "misfit"}


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04half"])
def test_a_damaged_file_is_told(folder: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pair.npz").write_bytes(content)
    with pytest.raises(CoachError, match=r"pair\.npz"):
        PairReader(folder, tmp_path / "pair.npz")


def test_a_missing_model_is_told(tmp_path: Path, trained: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        PairReader(tmp_path / "none", trained)


def test_the_shipped_file_knows_the_labels_of_the_guard() -> None:
    with np.load(pair_file(), allow_pickle=False) as stored:
        labels = [str(label) for label in stored["labels"]]
        assert labels[0] == "ok"
        assert {"personalizing", "blame", "invented", "misfit"} <= set(labels)
        assert stored["head.weight"].shape == (len(labels), 768)
