"""What a person wrote is quoted back when they ask for it."""

from __future__ import annotations

import pytest

from coach.reply.recall import recalled
from coach.types import Origin

EARLIER = (
    "The interview was 40 minutes by Zoom. I have talked too fast.",
    "There is another call in Leuven, deadline is 20 January. Do I apply?",
    "scored 61 needed 65 on the typing bit",
    "she's called Niamh and she's sound",
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("And what is the date of deadline that I said?", "There is another call in Leuven, deadline is 20 January."),
        ("what was the score i needed again", "scored 61 needed 65 on the typing bit"),
        ("how many minutes was the interview again?", "The interview was 40 minutes by Zoom."),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, quoted: str) -> None:
    (found,) = recalled(question, EARLIER)
    assert found.text == f'You wrote: "{quoted}"'
    assert found.origin is Origin.YOURS


@pytest.mark.parametrize("question", ["what was the salary again?", "when is the deadline in Ghent", "", "again?"])
def test_nothing_is_guessed(question: str) -> None:
    assert recalled(question, ("They said no.", "Do you know the deadline?")) == ()


def test_a_question_and_harsh_words_are_not_quoted() -> None:
    assert (
        recalled("what did I say about the panel?", ("Was the panel at nine?", "The panel said I was too old.")) == ()
    )


def test_a_quotation_in_a_quotation_keeps_one_kind_of_marks() -> None:
    (found,) = recalled("what did the letter say again?", ('The letter was "very short" indeed.',))
    assert found.text == "You wrote: \"The letter was 'very short' indeed.\""
