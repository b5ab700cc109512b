from __future__ import annotations

from pathlib import Path

import pytest

from coach import resources
from coach.errors import CoachError
from coach.resources import shipped


def test_files_of_the_checkout_are_found() -> None:
    assert shipped("knowledge", "phrases").is_dir()
    assert shipped("models", "catalog.toml").is_file()


def test_an_installed_package_finds_its_own_copy_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "coach"
    inside = package / "shipped" / "knowledge"
    inside.mkdir(parents=True)
    (package.parent / "knowledge").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert shipped("knowledge") == inside


def test_a_missing_file_says_what_is_missing_and_what_to_do() -> None:
    with pytest.raises(CoachError, match="knowledge/nothing") as caught:
        shipped("knowledge", "nothing")
    assert "Install" in caught.value.hint
