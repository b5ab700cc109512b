"""Every dependency is declared, pinned and has its reason."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Where the name to import is not the name to install.
IMPORTS = {"llama-cpp-python": "llama_cpp", "pyyaml": "yaml"}


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()


RUNTIME = sorted(name_of(row) for row in PROJECT["dependencies"])
EVERY = sorted({*RUNTIME, *(name_of(row) for rows in PROJECT["optional-dependencies"].values() for row in rows)})
CONSTRAINTS = [
    line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")
]


def imported() -> set[str]:
    """Every name that the package imports from outside itself and the standard library."""
    found = set()
    for path in (ROOT / "coach").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"coach"}


def test_what_is_imported_is_declared():
    declared = {IMPORTS.get(name, name.replace("-", "_")) for name in RUNTIME}
    assert sorted(imported() - declared) == []


def test_what_is_declared_is_imported():
    unused = [name for name in RUNTIME if IMPORTS.get(name, name.replace("-", "_")) not in imported()]
    assert unused == []


@pytest.mark.parametrize("name", EVERY)
def test_each_dependency_has_its_reason(name):
    rows = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower().splitlines()
    cells = [row.split("|") for row in rows if row.startswith(f"| {name} |")]
    assert len(cells) == 1
    assert all(cell.strip() for cell in cells[0][1:-1])


@pytest.mark.parametrize("name", EVERY)
def test_each_dependency_is_pinned(name):
    pinned = [row.partition("==")[0].lower().replace("_", "-") for row in CONSTRAINTS]
    assert pinned.count(name) == 1


def test_constraints_are_versions_and_nothing_else():
    assert [row for row in CONSTRAINTS if not re.fullmatch(r"[\w.-]+==[\w.]+", row)] == []
