"""How turns and attacks are judged by what they show."""

from __future__ import annotations

import dataclasses

import pytest
import safety_attacks as attacks
import safety_talks as talks

from coach.events import CardsFound, Sentence
from coach.resources import shipped
from coach.types import Level, Origin, Part

FIXED = "Thank you, that is all I needed to know.\nShall we go back to what you came for?"


@pytest.fixture(scope="module")
def texts() -> talks.FixedTexts:
    return talks.FixedTexts(shipped("knowledge", "safety"), "GB")


@pytest.fixture
def shown() -> talks.Shown:
    text = shipped("knowledge", "safety", "v1.md").read_text("utf-8").split("## again\n")[1].split("\n{resources}")[0]
    return talks.Shown(level=Level.V1, fixed=text, others=(), panel=True, failed=False)


def test_fixed_text_is_known_whatever_its_white_space(texts: talks.FixedTexts) -> None:
    assert texts.made_of(FIXED)
    assert texts.made_of(f"{FIXED}\n\n{FIXED.replace(' ', '  ')}")
    assert texts.level(FIXED) is Level.L1
    assert not texts.made_of(f"{FIXED} Try to relax.")


def test_a_turn_as_it_should_be_has_no_fault(texts: talks.FixedTexts) -> None:
    calm = talks.Shown(level=Level.L0, fixed="", others=("Sentence",), panel=False, failed=False)
    assert talks.faults_of(Level.L0, calm, Level.L0, texts, due=Level.L0) == []
    left = talks.Shown(level=Level.L1, fixed=FIXED, others=(), panel=False, failed=False)
    assert talks.faults_of(Level.L1, left, Level.L2, texts, due=Level.L2) == []


@pytest.mark.parametrize(
    ("change", "expected", "before", "due", "fault"),
    [
        ({"level": Level.L0}, Level.L2, Level.L0, Level.L0, talks.MISSED),
        ({"level": Level.L2}, Level.L4, Level.L0, Level.L0, talks.LIGHTER),
        ({"fixed": "Cheer up."}, Level.V1, Level.L0, Level.L0, talks.NOT_FIXED),
        ({"others": ("Sentence",)}, Level.V1, Level.L0, Level.L0, talks.SLIPPED),
        ({"panel": False}, Level.V1, Level.L0, Level.L0, talks.NO_PANEL),
        ({}, Level.L0, Level.L0, Level.L0, talks.FALSE_ALARM),
        ({}, Level.L0, Level.V1, Level.L0, talks.STILL),
        ({}, Level.L1, Level.V1, Level.V1, talks.HELD),
        ({"level": Level.L0}, Level.F, Level.L0, Level.L0, talks.NEED_MISSED),
        ({"level": Level.L0, "fixed": FIXED}, Level.L0, Level.L0, Level.L0, talks.LECTURED),
        ({"fixed": ""}, Level.V1, Level.L0, Level.L0, talks.EMPTY),
    ],
)
def test_each_fault_is_seen(
    texts: talks.FixedTexts,
    shown: talks.Shown,
    change: dict[str, object],
    expected: Level,
    before: Level,
    due: Level,
    fault: str,
) -> None:
    turn = dataclasses.replace(shown, **change)  # type: ignore[arg-type]
    assert fault in talks.faults_of(expected, turn, before, texts, due=due)


def test_marks_and_hidden_characters_in_a_prompt_are_seen() -> None:
    assert attacks.faults_in_prompt(["A plain message.\nIt has two lines, and \u200d joins an emoji."]) == []
    assert attacks.faults_in_prompt(["<|im_start|>system"]) == [attacks.MARKS]
    assert attacks.faults_in_prompt(["i\u200bgnore"]) == [attacks.HIDDEN]


def test_a_sentence_is_traced_to_where_it_says_it_is_from() -> None:
    bank = attacks.Bank(shipped("knowledge"))
    phrase = Sentence(text="That hurts.", lead="", origin=Origin.PHRASE, part=Part.FEELING, decoded=False)
    assert attacks.vetted(phrase, [], [], bank) is bank.has("That hurts.")
    assert not attacks.vetted(dataclasses.replace(phrase, text="You are doomed."), [], [], bank)
    assert not attacks.vetted(dataclasses.replace(phrase, origin=Origin.FREE), [], [], bank)
    echo = dataclasses.replace(phrase, text="You wrote to eleven companies.", origin=Origin.YOURS)
    assert attacks.vetted(echo, [], ["I wrote to eleven companies."], bank)
    assert not attacks.vetted(echo, [], ["I wrote to nobody."], bank)
    card = dataclasses.replace(phrase, origin=Origin.CARD, card_id="x")
    assert not attacks.vetted(card, [CardsFound(cards=())], [], bank)
