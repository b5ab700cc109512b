"""The index is detected as unusable and rebuilt after everything that can happen to its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import StorageError
from coach.retrieval.chroma import Store
from coach.retrieval.index import CardIndex, views
from tests.retrieval.conftest import make_card, word_vectors

ROOT = Path(__file__).resolve().parent.parent.parent


class Counted:
    """An embedder that counts the texts of builds; a check at the start embeds one."""

    def __init__(self):
        self.builds = 0

    def __call__(self, texts):
        self.builds += len(texts) > 1
        return word_vectors(texts)


@pytest.fixture
def index(tmp_path, few_cards):
    return built(tmp_path, few_cards)


@pytest.fixture
def large_index(tmp_path):
    """Large enough that Chroma keeps the graph in files of its own."""
    return built(tmp_path, tuple(make_card(f"card{number}") for number in range(160)))


def built(tmp_path, few_cards):
    made = CardIndex(tmp_path / "index", few_cards, "embedder", Store)
    made.ready(word_vectors)
    made.close()
    return made


def published(index):
    return index._root / index._read().folder


def opened_anew(index, cards=None, embedder="embedder"):
    """Start as a new program would, and return how often it had to build."""
    embed = Counted()
    again = CardIndex(index._root, cards or index._cards, embedder, Store)
    again.ready(embed)
    assert_right(again)
    again.close()
    return embed.builds


def assert_right(index):
    """Views find their own cards, first."""
    for card in index._cards[::7]:
        for text in views(card):
            assert index.query(word_vectors([text])[0], 3)[0] == (card.id, pytest.approx(1.0, abs=1e-5))


def test_a_good_index_is_not_built_again(index):
    assert index.problem() is None
    assert opened_anew(index) == 0
    assert opened_anew(index) == 0


@pytest.mark.parametrize("damage", ["zero-byte", "truncated", "garbage", "deleted"])
@pytest.mark.parametrize("name", ["data_level0.bin", "index_metadata.pickle", "header.bin", "link_lists.bin"])
def test_a_damaged_file_of_a_large_index_is_rebuilt(large_index, name, damage):
    (path,) = published(large_index).rglob(name)
    harm(path, damage)
    assert opened_anew(large_index) == 1


@pytest.mark.parametrize("damage", ["zero-byte", "truncated", "garbage", "deleted"])
def test_a_damaged_database_is_rebuilt(index, damage):
    harm(published(index) / "chroma.sqlite3", damage)
    assert opened_anew(index) == 1


def harm(path, damage):
    data = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    elif damage == "garbage":
        path.write_bytes(os.urandom(len(data)))
    else:
        path.write_bytes(data[: 0 if damage == "zero-byte" else len(data) // 2])


@pytest.mark.parametrize("share", [0.015, 0.3, 0.5, 0.7, 0.995])
def test_a_changed_page_of_the_database_is_never_silently_wrong(index, share):
    path = published(index) / "chroma.sqlite3"
    data = bytearray(path.read_bytes())
    start = int(len(data) * share) // 4096 * 4096
    data[start : start + 4096] = bytes(4096)
    path.write_bytes(bytes(data))
    opened_anew(index)
    index.ready(word_vectors)
    found = [index.query(word_vectors([text])[0], 1)[0][0] for card in index._cards for text in views(card)]
    index.close()
    assert found == [card.id for card in index._cards for _ in views(card)]
    assert opened_anew(index) == 0


def test_vectors_that_differ_are_noticed(index, tmp_path):
    import sqlite3

    with sqlite3.connect(published(index) / "chroma.sqlite3") as database:
        changed = database.execute("update embedding_metadata set string_value = 'card3' where string_value = 'card4'")
        assert changed.rowcount
    database.close()
    assert opened_anew(index) == 1


def test_a_deleted_folder_is_rebuilt(index):
    shutil.rmtree(published(index))
    assert "missing" in (index.problem() or "")
    assert opened_anew(index) == 1


def test_a_deleted_root_is_rebuilt(index):
    shutil.rmtree(index._root)
    assert opened_anew(index) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "\x00\x01"])
def test_a_bad_manifest_is_rebuilt(index, text):
    (index._root / "manifest.json").write_text(text, "utf-8")
    assert opened_anew(index) == 1


def test_changed_cards_are_rebuilt(index, few_cards):
    changed = (replace(few_cards[0], note="Another note."), *few_cards[1:])
    assert opened_anew(index, cards=changed) == 1


def test_a_removed_card_is_rebuilt_and_not_found(index, few_cards):
    assert opened_anew(index, cards=few_cards[1:]) == 1


def test_another_embedder_is_rebuilt(index):
    assert opened_anew(index, embedder="another") == 1


def test_an_open_index_answers_after_another_program_rebuilt_it(index):
    index.ready(word_vectors)
    for _ in range(3):
        CardIndex(index._root, index._cards, "embedder", Store).build(word_vectors)
        assert_right(index)
    index.close()


def test_a_large_index_is_not_built_again(large_index):
    assert opened_anew(large_index) == 0
    assert opened_anew(large_index) == 0


def test_two_builds_before_the_last_are_removed(index):
    for _ in range(3):
        index.build(word_vectors)
    assert len(list(index._root.glob("build-*"))) == 2


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path, few_cards):
    (tmp_path / "index").write_text("a file in its place", "utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        CardIndex(tmp_path / "index", few_cards, "embedder", Store).ready(word_vectors)


def test_a_build_killed_at_any_step_is_made_good(tmp_path):
    """Kill a real program at each step of a build in turn; the next start has to answer rightly."""
    steps = ["opening", "opened", "half", "added", "closed"]
    for step in steps:
        child = _child(tmp_path / "index", "slow")
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == step:
                child.kill()
                break
        child.wait()
        child.stdout.close()
    _answers(tmp_path / "index")
    assert len(list((tmp_path / "index").glob("build-*"))) == 1, "what the killed builds left was not removed"


def test_a_build_killed_before_it_was_published_leaves_the_old_index(index):
    before = index._read()
    child = _child(index._root, "slow")
    child.kill()
    child.wait()
    child.stdout.close()
    assert index._read() == before
    assert opened_anew(index) == 0


def test_two_programs_on_one_folder_agree(tmp_path):
    children = [_child(tmp_path / "index") for _ in range(3)]
    for child in children:
        assert child.communicate(timeout=100)[0].startswith("answers card7 card7 ")
    assert len(list((tmp_path / "index").glob("build-*"))) == 1, "one program built, the others waited and read"


def _child(folder, *more):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "retrieval" / "index_child.py"), str(folder), *more],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _answers(folder):
    output = _child(folder).communicate(timeout=100)[0]
    assert output.startswith("answers card7"), output
