"""Linear classifiers in a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError
from coach.heads import Heads


def test_shares_are_those_of_the_labels(tmp_path: Path) -> None:
    path = tmp_path / "heads.npz"
    np.savez(
        path,
        kind_weights=np.array([[1.0, 0.0], [0.0, 1.0]]),
        kind_bias=np.zeros(2),
        kind_labels=np.array(["news", "question"]),
    )
    shares = Heads(path, ["kind"]).shares("kind", np.array([0.0, 1.0], np.float32))
    assert shares == pytest.approx({"news": 1 / (1 + np.e), "question": np.e / (1 + np.e)})
    with pytest.raises(CoachError, match="wants"):
        Heads(path, ["kind", "wants"])


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken"])
def test_a_missing_or_damaged_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "heads.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CoachError) as caught:
        Heads(path, ["kind"])
    assert "Install Rebound again" in caught.value.hint
