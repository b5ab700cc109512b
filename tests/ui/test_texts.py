"""All that people read on the page stands in one file, ready for a translator."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import ui

HERE = Path(ui.__file__).parent
MODULES = sorted(path.name for path in HERE.glob("*.py") if path.name not in ("texts.py", "server.py"))
"""The web server is no part of the page: it refuses what no page sends, and its errors are those of the program."""

_TAG = re.compile(r"<[^>]*>?|[\w-]+='")
_PROSE = re.compile(r"\b[A-Z][a-z]+(:|\.|,)?(\s|$)")
"""A capitalised word in running text; attributes, keys and style names begin with small letters here."""


def prose(source: str) -> Iterator[str]:
    """Yield the strings of a module that read like text for people."""
    tree = ast.parse(source)
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    # What is logged, and the names of fonts.
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_log.error", "gr.themes.Base"):
            quiet |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in quiet and _PROSE.search(_TAG.sub(" ", text)):
                yield text


@pytest.mark.parametrize("name", MODULES)
def test_no_module_has_texts_of_its_own(name: str) -> None:
    assert list(prose((HERE / name).read_text("utf-8"))) == []


def test_the_script_has_no_texts_of_its_own() -> None:
    code = re.sub(r"^\s*//.*$", "", (HERE / "page.js").read_text("utf-8"), flags=re.MULTILINE)
    assert [found[0] for found in re.finditer(r"([\"'`])(?:(?!\1).)*?\b[A-Z][a-z]+ [a-z](?:(?!\1).)*\1", code)] == []


@pytest.mark.parametrize("text", ['told("Something was lost.")', 'f"<p>Subject: {line(x)}</p>"', "'Saved'"])
def test_a_text_that_slips_in_is_found(text: str) -> None:
    assert list(prose(f"x = {text}"))


def test_docstrings_and_markup_are_no_texts() -> None:
    assert (
        list(prose("""\"\"\"Return a Thing.\"\"\"\nx = f"<p class='Hint'>{y}</p>"\n_log.error("A turn failed")"""))
        == []
    )
