"""Which of a person's own words are said back."""

from __future__ import annotations

import pytest

from coach.reply.particular import particular_echoes


def test_a_number_makes_an_echo_particular() -> None:
    assert particular_echoes("I had four interviews and then a no.") == ["You had four interviews."]


@pytest.mark.parametrize("message", ["I should get a little podium built.", "I might try again with 3 firms in May."])
def test_what_one_might_or_should_do_is_not_said_back(message: str) -> None:
    """Turned to "you" it would read as advice."""
    assert particular_echoes(message) == []


@pytest.mark.parametrize("message", ["I was do interview in Rotterdam", "I did not got the post at the port"])
def test_a_slip_of_grammar_is_not_said_back(message: str) -> None:
    assert not any("do interview" in echo or "did not got" in echo for echo in particular_echoes(message))


def test_chat_words_are_left_out() -> None:
    assert particular_echoes("rejected AGAIN smh") == ["You were rejected again."]
