from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from coach.cli.cards import app
from coach.errors import InputError


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_cards_are_listed_by_every_filter():
    everything = json.loads(run("list", "--json").stdout)
    some = json.loads(run("list", "--strategy", "rest", "--stage", "minutes", "--json").stdout)
    assert 0 < len(some) < len(everything)
    assert all(card["strategy"] == "rest" and "minutes" in card["stages"] for card in some)
    sourced = json.loads(run("list", "--source", "webb2012", "--json").stdout)
    assert sourced
    assert all("webb2012" in card["sources"] for card in sourced)


def test_an_unknown_strategy_is_refused():
    result = run("list", "--strategy", "magic")
    assert result.exit_code == 2
    assert "magic" in result.output


def test_a_card_is_shown_with_its_sources():
    text = run("show", "the-first-minutes-after-a-no").stdout
    assert "The first minutes" in text
    assert "practice, not evidence" in text


def test_an_unknown_card_is_one_clear_line():
    result = run("show", "no-such-card")
    assert isinstance(result.exception, InputError)
    assert "no-such-card" in str(result.exception)


def test_lint_says_that_there_is_nothing_to_mend():
    result = run("lint", "--no-near")
    assert (result.exit_code, result.stdout.strip()) == (0, "Nothing to mend.")


@pytest.mark.usefixtures("small_coach")
def test_lint_finds_no_near_duplicates_among_the_shipped_cards():
    assert run("lint").stdout.strip() == "Nothing to mend."


def test_the_matrix_is_written(tmp_path):
    assert run("matrix", "--write", str(tmp_path / "cards.md")).exit_code == 0
    assert "## By strategy and stage" in (tmp_path / "cards.md").read_text("utf-8")
