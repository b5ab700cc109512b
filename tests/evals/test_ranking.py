from __future__ import annotations

import pytest

from coach.evals.ranking import Answer, Case, by_group, confusions, figures


def case(number, *strategies, cards=(), kind=""):
    return Case(id=str(number), text="text", strategies=strategies, cards=cards, kind=kind)


def answer(*strategies, cards=None):
    return Answer(strategies=strategies, cards=tuple(strategies if cards is None else cards))


CASES = [
    case(1, "rest", cards=("a", "b")),
    case(2, "rest", "network"),
    case(3, "feedback", cards=("c",)),
    case(4, "none"),
    case(5, "none"),
]
ANSWERS = [
    answer("rest", "network", cards=("b", "x")),
    answer("feedback", "critique", "network"),
    answer("rest", "critique", "feedback", cards=("x", "y", "c")),
    answer(),
    answer("rest"),
]


@pytest.fixture(scope="module")
def found():
    return {figure.name: figure for figure in figures(CASES, ANSWERS)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top-1 acceptable", 1 / 3),
        ("top-1 acceptable, macro", (1 / 2 + 0) / 2),
        ("top-3 acceptable", 1.0),
        ("MRR", (1 + 1 / 3 + 1 / 3) / 3),
        ("none kept out", 1 / 2),
        ("something found", 1.0),
        ("top card acceptable", 1 / 2),
        ("a card of 3 acceptable", 1.0),
    ],
)
def test_figures_are_as_counted_by_hand(found, name, value):
    assert found[name].value == pytest.approx(value)


def test_the_best_constant_answer_is_counted_on_the_same_cases(found):
    assert found["top-1 acceptable"].constant == pytest.approx(2 / 3)
    assert found["top-1 acceptable, macro"].constant == pytest.approx(1 / 2)
    assert found["none kept out"].constant == 1.0
    assert found["top card acceptable"].constant == pytest.approx(1 / 2)


def test_intervals_hold_the_value_and_narrow_with_more_cases(found):
    few = found["top-1 acceptable"]
    many = {figure.name: figure for figure in figures(CASES * 50, ANSWERS * 50)}["top-1 acceptable"]
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_figures_without_cases_are_left_out():
    assert {figure.name for figure in figures(CASES[3:], ANSWERS[3:])} == {"none kept out"}


def test_confusions_count_what_was_got_for_what_was_wanted():
    assert set(confusions(CASES, ANSWERS)) == {("rest", "feedback", 1), ("feedback", "rest", 1), ("none", "rest", 1)}


def test_groups_count_none_as_right_when_nothing_came():
    assert by_group(CASES, ANSWERS, lambda one: one.strategies[0]) == [
        ("feedback", 1, 0.0),
        ("none", 2, 0.5),
        ("rest", 2, 0.5),
    ]
