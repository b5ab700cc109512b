"""``coach index``: looks at the card index, and builds it where needed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.terminal import Terminal


@pytest.fixture
def indexed(small_coach: Path, index: Path) -> Path:
    """A data folder with a healthy index; returns the folder of the index."""
    return Path(shutil.copytree(index, small_coach / "index"))


def test_an_index_in_order_is_left_alone(terminal: Terminal, indexed: Path) -> None:
    before = (indexed / "manifest.json").read_bytes()
    said = terminal("index")
    assert said.code == 0
    assert said.out == f"The index in {indexed} is in order.\n"
    assert (indexed / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"format": 1}', None])
def test_a_damaged_index_is_told_and_needs_the_embedder(
    terminal: Terminal, indexed: Path, manifest: bytes | None
) -> None:
    if manifest is None:
        (indexed / "manifest.json").unlink()
    else:
        (indexed / "manifest.json").write_bytes(manifest)
    shutil.rmtree(indexed.parent / "models")
    said = terminal("index")
    assert said.code == 1
    assert "manifest.json" in said.err
    assert "coach model pull all-minilm-l6-v2" in said.err


def test_the_index_is_built(terminal: Terminal, small_coach: Path, few_cards: int) -> None:
    said = terminal("index")
    assert said.code == 0
    assert f"Built the index of {few_cards} cards" in said.out
    assert terminal("index").out.endswith("is in order.\n")

    first = json.loads((small_coach / "index" / "manifest.json").read_text())["folder"]
    assert terminal("index", "--rebuild").code == 0
    second = json.loads((small_coach / "index" / "manifest.json").read_text())["folder"]
    assert first != second
