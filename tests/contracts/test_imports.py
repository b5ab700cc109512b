"""Imports point down only, and each heavy library is known to one module. The rules are in pyproject.toml."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

EMBED = "Only embed and tuned know the embedding libraries"
LLAMA = "Only coach.llm.llamacpp and coach.llm.raw know llama.cpp"
# Module, the line that breaks the contract, the import that has to be named, the contract.
BREACHES = [
    ("types.py", "import coach.turn", "coach.types -> coach.turn", "Imports point down only"),
    ("session.py", "import coach.wiring", "coach.session -> coach.wiring", "Imports point down only"),
    ("wiring.py", "import coach.ui.app", "coach.wiring -> coach.ui.app", "Imports point down only"),
    ("ui/render.py", "import coach.cli", "coach.ui.render -> coach.cli", "Imports point down only"),
    ("situation.py", "import coach.llm.catalog", "coach.situation -> coach.llm", "A stage never imports an adapter"),
    (
        "retrieval/search.py",
        "import coach.retrieval.chroma",
        "search -> coach.retrieval.chroma",
        "A stage never imports an adapter",
    ),
    (
        "retrieval/index.py",
        "import coach.retrieval.embed",
        "index -> coach.retrieval.embed",
        "A stage never imports an adapter",
    ),
    (
        "retrieval/embed.py",
        "import coach.llm.catalog",
        "embed -> coach.llm.catalog",
        "An adapter never imports another",
    ),
    (
        "llm/catalog.py",
        "import coach.retrieval.chroma",
        "catalog -> coach.retrieval.chroma",
        "An adapter never imports another",
    ),
    ("wiring.py", "def late():\n    import torch", "coach.wiring -> torch", EMBED),
    ("evals/__init__.py", "import sentence_transformers", "coach.evals -> sentence_transformers", EMBED),
    ("retrieval/index.py", "import chromadb", "index -> chromadb", "Only coach.retrieval.chroma knows Chroma"),
    ("llm/base.py", "import llama_cpp", "coach.llm.base -> llama_cpp", LLAMA),
    ("ui/render.py", "import gradio", "coach.ui.render -> gradio", "Only coach.ui.app knows Gradio"),
    (
        "llm/catalog.py",
        "import coach.journal.store",
        "catalog -> coach.journal.store",
        "An adapter never imports another",
    ),
    ("journal/store.py", "import coach.llm.catalog", "store -> coach.llm.catalog", "An adapter never imports another"),
    ("journal/store.py", "import sqlcipher3", "store -> sqlcipher3", "Only coach.journal.engine knows SQLCipher"),
    ("journal/store.py", "import sqlite3", "store -> sqlite3", "Only coach.journal.engine knows SQLCipher"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> str:
    """What is said of a copy in which every contract is broken, in one run: each takes seconds."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "coach", folder / "coach", ignore=shutil.ignore_patterns("__pycache__"))
    for module, line, *_ in BREACHES:
        with (folder / "coach" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_the_code_keeps_the_contracts():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("named", "contract"), [row[2:] for row in BREACHES])
def test_a_breach_is_found(found, named, contract):
    assert f"{contract} BROKEN" in found
    assert re.search(rf"{re.escape(named)}\b.*\(l\.", found), found


@pytest.mark.parametrize("module", ["coach", "coach.cli.app", "coach.wiring", "coach.session"])
def test_importing_stays_light(module):
    heavy = ["torch", "gradio", "chromadb", "llama_cpp", "sentence_transformers", "transformers", "scipy"]
    heavy += ["coach.drafts.drafting", "coach.facts.reading"]  # their patterns take long to make
    code = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
