"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import file_tree
import pytest
import typer.main

from coach import settings
from coach.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_file_tree_is_current():
    assert file_tree.updated(README) == README, "run `python scripts/file_tree.py`"


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for folder in ("coach", "training", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if path.read_text("utf-8").strip() and not file_tree._first_line(path)
    ]
    assert silent == []


def test_the_readmes_first_commands_are_run_and_test():
    commands = re.findall(r"^    (make .+|coach .+)$", README, re.M)
    assert commands[:2] == ["make run", "make test"]


def test_every_command_is_in_the_readme_and_every_one_there_exists():
    group = typer.main.get_command(app)
    commands = set(group.commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"^    coach ([a-z-]+)", README, re.M))
    assert named == commands


@pytest.mark.parametrize("path", sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")}))
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_every_setting_has_a_help_text():
    assert all(row.help.endswith((".", ").")) for row in settings.TABLE)
