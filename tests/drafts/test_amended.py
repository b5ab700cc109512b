"""Changes that are told by what they want: moved, denied, excepted, softened, brought back."""

from __future__ import annotations

import pytest

from tests.drafts.made import drafted, held

CONTRACT = (
    "Email Bernard at Fairweather Joinery. I could do his drawings freelance, I can do every evening from the 12th to "
    "the 23rd, £45 a sheet."
)
TOUCH = (
    "I'd like to stay in touch with Iris Colquhoun at Hexham Water. Email her that I enjoyed seeing the lab and that I "
    "would be keen if they recruit again."
)


@pytest.mark.parametrize(
    ("first", "change", "holds", "lacks"),
    [
        (CONTRACT, "make the rate 40", "£40 a sheet", "£45"),
        (CONTRACT, "make it £40", "£40 a sheet", "£45"),
        (CONTRACT, "not the 18th", "but not the 18th", "£50"),
        (
            TOUCH,
            "hang on, I never saw the lab, it was on Teams. say I enjoyed talking with her",
            "talking with you",
            "lab",
        ),
        (TOUCH, "cc Martin Hale please", "I am copying in Martin Hale.", "cc"),
        (TOUCH, "add that I will finish in summer 2028", "summer 2028", "autumn"),
        (TOUCH, "add a line hoping the flood repairs are done", "I hope the flood repairs are done.", "["),
    ],
)
def test_a_change_is_made_and_the_rest_stays(first: str, change: str, holds: str, lacks: str):
    body = drafted(f"{first} I'm Ana.", change).body
    assert holds in body
    assert lacks not in body


def test_a_season_stands_for_a_season_of_the_same_year():
    body = drafted(TOUCH, "add that I will finish in summer 2028", "no, autumn 2028").body
    assert "I will finish in autumn 2028." in body


def test_what_was_taken_out_comes_back():
    first = f"{CONTRACT} I have my own plotter."
    without = drafted(first, "take out the plotter").body
    assert "plotter" not in without
    assert "I have my own plotter." in drafted(first, "take out the plotter", "ok mention it after all").body
    assert "I have my own plotter." in drafted(first, "take out the plotter", "put the plotter back in").body


def test_what_was_kept_out_from_the_start_can_be_said_after_all():
    first = "Email Ms Bell at Cobalt to stay in touch. I've moved to Leeds. Don't mention that I've moved to Leeds."
    assert "Leeds" not in drafted(first).body
    assert "I have moved to Leeds." in drafted(first, "ok mention it after all").body


def test_a_part_of_an_undo_is_taken_out_alone():
    turns = (TOUCH, "add that I can do Fridays", "undo that last bit about Fridays, I can't")
    body = drafted(*turns).body
    assert "Fridays" not in body
    assert "I enjoyed seeing the lab" in body


def test_a_request_is_said_more_gently():
    first = "Email Declan, recruiter at Hartwell Legal. Tell him I'd like him not to send my CV out without asking me."
    assert (
        "I would be grateful if you did not send my CV out without asking me."
        in drafted(first, "that sounds rude, put it nicer").body
    )


def test_no_reason_is_given_any_more_and_the_sentence_is_whole():
    first = "Email Patrice, my recruiter, that I am withdrawing from the Sutcliffe process because of the travel."
    assert "I am withdrawing from the Sutcliffe process." in drafted(first, "not because of the travel, no reason").body


def test_an_exception_is_taken_back():
    first = "Text Mr Aziz at Hollin Depot about part-time cleaning, say I can do any night except Friday."
    assert "I can do any night." in drafted(first, "Fridays are fine too actually").body


def test_another_number_of_weeks_has_its_ending():
    first = "Email Ms Bell at Cobalt to stay in touch and say I did one week of training in August."
    assert "two weeks of training" in drafted(first, "two weeks").body


def test_how_somebody_is_called_is_how_they_are_addressed():
    assert drafted(CONTRACT, "He goes by Bernie").body.startswith("Dear Bernie,")


def test_an_order_that_cannot_be_followed_leaves_the_draft_and_says_so():
    _, answer = held(CONTRACT, "change the harbour to the lighthouse")
    assert answer is not None
    assert answer.before.startswith("I could not tell what to change")
