from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from setup_stamp import Checkout, Stamp, data_in_place, packages_in_place


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "constraints.txt").write_text("torch==2.13.0\n")
    checkout = Checkout(root=tmp_path, environ={"HOME": "/home/somebody"})
    checkout.python.parent.mkdir(parents=True)
    checkout.python.touch()
    (checkout.venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
    return checkout


@pytest.fixture
def stamp(checkout, tmp_path) -> Stamp:
    model = tmp_path / "model.gguf"
    model.touch()
    return Stamp(packages=checkout.packages_digest(), extras=(), place=checkout.place_digest(), files=(str(model),))


def test_a_written_stamp_is_read_back(checkout, stamp):
    checkout.write_stamp(stamp)
    assert checkout.read_stamp() == stamp


@pytest.mark.parametrize("text", ["", "{", "[]", '{"packages": "x"}', '{"extras": 1, "files": []}'])
def test_a_damaged_stamp_counts_as_none(checkout, text):
    (checkout.venv / "set-up.json").write_text(text)
    assert checkout.read_stamp() == Stamp()


def test_a_finished_set_up_is_in_place(checkout, stamp):
    assert packages_in_place(checkout, stamp, ())
    assert data_in_place(checkout, stamp, test_model=False)


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_are_installed_again(checkout, stamp, name):
    (checkout.root / name).write_text("changed\n")
    assert not packages_in_place(checkout, stamp, ())


def test_another_python_is_installed_again(checkout, stamp):
    (checkout.venv / "pyvenv.cfg").write_text("version = 3.12.1\n")
    assert not packages_in_place(checkout, stamp, ())


def test_an_environment_whose_python_is_gone_is_made_again(checkout, stamp):
    checkout.python.unlink()
    assert checkout.python_version == ""
    assert not packages_in_place(checkout, stamp, ())


def test_extras_that_are_missing_are_installed(checkout, stamp):
    assert not packages_in_place(checkout, stamp, ("dev",))
    assert packages_in_place(checkout, replace(stamp, extras=("dev",)), ())


def test_a_removed_model_is_fetched_again(checkout, stamp):
    Path(stamp.files[0]).unlink()
    assert not data_in_place(checkout, stamp, test_model=False)


def test_another_data_folder_is_looked_at_anew(checkout, stamp):
    elsewhere = replace(checkout, environ={"HOME": "/home/somebody", "COACH_DATA_DIR": "/elsewhere"})
    assert not data_in_place(elsewhere, stamp, test_model=False)


def test_the_tests_model_is_asked_for_apart(checkout, stamp):
    assert not data_in_place(checkout, stamp, test_model=True)
    assert data_in_place(checkout, replace(stamp, test_model=True), test_model=True)
