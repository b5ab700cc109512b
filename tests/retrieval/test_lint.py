from __future__ import annotations

import pytest

from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.lint import lint, reading_level
from coach.retrieval.matrix import as_markdown, holes
from coach.types import Kind, Stage, Step
from tests.retrieval.conftest import make_card, word_vectors


def rules(card):
    return {finding.rule for finding in lint([card])}


def test_a_plain_card_has_no_finding():
    assert rules(make_card("plain")) == set()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"note": "word " * 51}, "length"),
        ({"steps": (Step(when="Now", text="You should have asked."),)}, "banned"),
        ({"openings": ("It’s important to rest.", "You can ask.")}, "banned"),
        ({"closing": "Who wrote to you!"}, "banned"),
        ({"perspective": "Then you will find work."}, "promise"),
        ({"note": "Studies show that 40 percent never hear back."}, "source"),
        (
            {"perspective": "Organisational considerations substantially circumscribe individual explanations."},
            "reading level",
        ),
    ],
)
def test_each_rule_finds_its_fault(changes, rule):
    assert rule in rules(make_card("faulty", **changes))


def test_a_claim_with_a_source_is_no_finding():
    assert "source" not in rules(make_card("told", note="Studies show this.", sources=("webb2012",)))


def test_words_offered_in_quotation_marks_are_the_persons():
    assert "banned" not in rules(make_card("quoted", note='You can write: "I should have asked sooner."'))


def test_near_duplicates_are_found_across_cards_only():
    one = make_card("one", sayings=("they never wrote back to me", "b", "c", "d", "e"))
    other = make_card("other", sayings=("they never wrote back to me", "f", "g", "h", "i"))
    found = [finding for finding in lint([one, other], word_vectors) if finding.rule == "near-duplicate sayings"]
    assert len(found) == 1
    assert "other" in found[0].text
    assert not [each for each in lint([one], word_vectors) if each.rule == "near-duplicate sayings"]


def test_longer_words_and_sentences_are_harder():
    easy = reading_level("You can ask. It is short.")
    assert easy < reading_level("You can ask for it, and it is short, and then you wait for it.")
    assert easy < reading_level("Organisations communicate. Applicants anticipate.")


def test_the_shipped_cards_have_no_finding():
    assert lint(read_cards(shipped("knowledge"))) == []


def test_the_matrix_in_the_docs_is_current():
    path = shipped("knowledge").parent / "docs" / "cards.md"
    assert path.read_text("utf-8") == as_markdown(read_cards(shipped("knowledge"))), (
        "Run `coach cards matrix --write docs/cards.md`."
    )


def test_holes_are_named():
    card = make_card("only", kinds=(Kind.DEBRIEF,), stages=(Stage.DAYS,))
    found = holes([card])
    assert (Kind.DEBRIEF, Stage.DAYS) not in found
    assert (Kind.DEBRIEF, Stage.HOURS) in found
    assert "debrief in hours" in as_markdown([card])
