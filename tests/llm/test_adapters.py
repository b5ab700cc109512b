from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach import settings
from coach.errors import ModelError
from coach.llm import adapters, catalog
from coach.llm.base import Prompt
from coach.llm.entries import Adapter, read_entries
from coach.llm.llamacpp import LlamaCppModel
from tests.llm.fake_hub import hub_source, write_catalog

PROMPT = Prompt(static="You are a calm coach.", history=(), newest="They said no after four rounds.")
WANTED = settings.load({"adapter": True})
WIDTH, INNER = 576, 1536  # of SmolLM2 135M


def made_adapter(path: Path, *, size: float) -> Path:
    """Write a LoRA of random weights for SmolLM2 135M; with size 0 it changes nothing."""
    gguf = pytest.importorskip("gguf", reason="needs the development tools: pip install -e .[dev]")
    chance = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 4.0)
    for layer in (0, 15, 29):
        name = f"blk.{layer}.ffn_up.weight"
        writer.add_tensor(f"{name}.lora_a", (size * chance.standard_normal((2, WIDTH))).astype(np.float16))
        writer.add_tensor(f"{name}.lora_b", chance.standard_normal((INNER, 2)).astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def sentence_of(model: Path, adapter: Path | None) -> str:
    loaded = LlamaCppModel(model, threads=1, context=512, adapter=adapter)
    writing = loaded.begin(PROMPT, stopped=lambda: False)
    text = writing.sentence(max_tokens=16)
    writing.close()
    loaded.close()
    return text


def test_llama_cpp_writes_with_the_adapter(smollm: Path, tmp_path: Path) -> None:
    plain = sentence_of(smollm, None)
    assert plain
    assert sentence_of(smollm, made_adapter(tmp_path / "still.gguf", size=0.0)) == plain
    assert sentence_of(smollm, made_adapter(tmp_path / "loud.gguf", size=1.0)) != plain


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog folder of our own, with an adapter file."""
    monkeypatch.setattr(catalog, "home", lambda: tmp_path)
    (tmp_path / "adapters").mkdir()
    (tmp_path / "adapters" / "coach.gguf").write_bytes(b"GGUF and more")
    return tmp_path


def entry_with(data: bytes = b"GGUF and more"):
    known = read_entries(Path("models/catalog.toml"))["smollm2-135m-instruct"]
    digest = hashlib.sha256(data).hexdigest()
    return replace(known, adapter=Adapter(file="coach.gguf", bytes=len(data), sha256=digest, licence="Apache-2.0"))


def test_a_model_gets_its_adapter_where_it_is_wanted(shelf: Path) -> None:
    assert adapters.ready(entry_with(), WANTED) == shelf / "adapters" / "coach.gguf"


def test_it_is_off_unless_it_is_turned_on(shelf: Path) -> None:
    assert adapters.ready(entry_with(), settings.load({"adapter": False})) is None


def test_another_model_has_none(shelf: Path) -> None:
    assert adapters.ready(replace(entry_with(), adapter=None), WANTED) is None


def test_a_changed_adapter_is_not_loaded(shelf: Path) -> None:
    with pytest.raises(ModelError, match="not the file the catalog names") as caught:
        adapters.ready(entry_with(b"GGUF and less"), WANTED)
    assert "adapter false" in caught.value.hint


def test_a_missing_adapter_is_told(shelf: Path) -> None:
    (shelf / "adapters" / "coach.gguf").unlink()
    with pytest.raises(ModelError, match="is missing"):
        adapters.ready(entry_with(), WANTED)


def test_the_catalog_reads_adapters_strictly(tmp_path: Path) -> None:
    line = f'adapter = {{ file = "a.gguf", bytes = 9, sha256 = "{"0" * 64}", licence = "Apache-2.0" }}'
    path = write_catalog(tmp_path, sources=hub_source())
    text = path.read_text("utf-8")
    path.write_text(f"{text}{line}\n", "utf-8")
    (found,) = read_entries(path).values()
    assert found.adapter == Adapter(file="a.gguf", bytes=9, sha256="0" * 64, licence="Apache-2.0")
    for wrong, named in (
        (line.replace("licence", "license"), "adapter.licence"),
        (line.replace("bytes = 9", "bytes = 0"), "adapter.bytes"),
        (line.replace("a.gguf", "../a.gguf"), "adapter.file"),
        (line.replace(" }", ", rank = 8 }"), "adapter.rank"),
        ('adapter = "a.gguf"', "adapter must be of type dict"),
    ):
        path.write_text(f"{text}{wrong}\n", "utf-8")
        with pytest.raises(ModelError, match=named):
            read_entries(path)


def test_the_shipped_adapter_is_the_one_the_catalog_names() -> None:
    for entry in catalog.load().values():
        if entry.adapter is not None:
            path = adapters.located(entry.adapter)
            assert path.stat().st_size == entry.adapter.bytes <= 40_000_000
            assert adapters.ready(entry, WANTED) == path
            assert path.with_suffix(".json").is_file()
