from __future__ import annotations

from pathlib import Path

import machine
import pytest
from machine import Lack


def test_the_catalog_says_what_the_models_need(tmp_path):
    catalog = tmp_path / "catalog.toml"
    catalog.write_text(
        '[a]\npurpose = "chat"\ndefault = true\nbytes = 10\nmemory = 20\n'
        '[b]\npurpose = "chat"\nbytes = 100\nmemory = 200\n'
        '[c]\npurpose = "embedder"\nbytes = 1\nmemory = 2\n'
    )
    assert machine.read_needs(catalog) == machine.Needs(models=11, memory=22)


def _program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_missing_compiler_is_one_sentence_with_the_debian_command(tmp_path):
    _program(tmp_path, "apt-get")
    with pytest.raises(Lack, match=r"sudo apt-get install g\+\+"):
        machine.check_compiler({"PATH": str(tmp_path)}, platform="linux")


def test_a_missing_compiler_elsewhere_names_no_debian_command(tmp_path):
    with pytest.raises(Lack, match="package manager"):
        machine.check_compiler({"PATH": str(tmp_path)}, platform="linux")
    with pytest.raises(Lack, match="xcode-select"):
        machine.check_compiler({"PATH": str(tmp_path)}, platform="darwin")


@pytest.mark.parametrize("name", ["c++", "g++", "clang++"])
def test_any_compiler_will_do(tmp_path, name):
    def is_found() -> bool:
        try:
            machine.check_compiler({"PATH": str(tmp_path)}, platform="linux")
        except Lack:
            return False
        return True

    assert not is_found()
    _program(tmp_path, name)
    assert is_found()


def test_the_compiler_that_cxx_names_has_to_be_there(tmp_path):
    _program(tmp_path, "g++")
    with pytest.raises(Lack):
        machine.check_compiler({"PATH": str(tmp_path), "CXX": "icpx -O2"}, platform="linux")
    _program(tmp_path, "icpx")
    machine.check_compiler({"PATH": str(tmp_path), "CXX": "icpx -O2"}, platform="linux")


def test_a_python_without_venv_names_the_debian_package(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(Lack, match="python3-venv"):
        machine.check_venv_module()


def test_too_little_disk_names_needed_and_free(tmp_path):
    with pytest.raises(Lack, match=r"needs 9000000\.0 GB .* GB are free"):
        machine.check_disk({tmp_path / "not" / "yet": 9 * 10**15})


def test_folders_on_one_disk_add_up(tmp_path):
    import shutil

    most = int(shutil.disk_usage(tmp_path).free * 0.7)
    machine.check_disk({tmp_path / "a": most})
    with pytest.raises(Lack):
        machine.check_disk({tmp_path / "a": most, tmp_path / "b": most})


def test_too_little_memory_names_both():
    with pytest.raises(Lack, match=r"needs 3\.4 GB of memory, and this machine has 2\.0 GB"):
        machine.check_memory(3_400_000_000, 2_000_000_000)
    machine.check_memory(3_400_000_000, 4_000_000_000)
    machine.check_memory(3_400_000_000, None)


def test_this_machine_tells_its_memory():
    total = machine.total_memory()
    assert total is not None
    assert total > 10**8
