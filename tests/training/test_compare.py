from __future__ import annotations

import pytest

from training.compare import Tried, summary, verdict_of

MESSAGE = "They rang at noon. I didn't get the porter job, and my brother was so sure."


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("You didn't get the porter job.", "ok"),
        ("They didn't give you the porter job.", "misfit"),
        ("Your brother got the porter job.", "misfit"),
        ("That hurts.", "vetted"),
        ("", ""),
        ("You didn't get the porter", "broken"),
    ],
)
def test_a_first_sentence_has_a_verdict(sentence, verdict):
    assert verdict_of(sentence, MESSAGE, {"That hurts."}) == verdict


def test_held_back_echoes_do_not_count_as_failed_ones():
    rows = [("ok", 8), ("ok", 10), ("misfit", 12), ("vetted", 4), ("", 0)]
    tried = [
        Tried(id=str(n), sentence="s", verdict=verdict, tokens=tokens, seconds=tokens / 20)
        for n, (verdict, tokens) in enumerate(rows)
    ]
    found = summary(tried)
    assert (found["messages"], found["echoes"], found["passed"]) == (5, 3, 2)
    assert found["passed_of_messages"] == 0.4
    assert found["passed_of_echoes"] == 0.667
    assert found["decode_rate"] == 20.0
