from __future__ import annotations

import itertools

import pytest

from coach.errors import CoachError
from coach.reply.prompts import HISTORY_CHARACTERS, NEWEST_CHARACTERS, Prompts, history_start
from coach.resources import shipped
from coach.types import Message


def talk(turns: int, words: int = 20) -> list[Message]:
    return [
        Message(role=role, text=f"{role} {number} " + "word " * words)
        for number in range(turns)
        for role in ("user", "assistant")
    ]


def count(text: str) -> int:
    return len(text.split())


def test_the_prefix_is_the_same_for_every_turn():
    prompts = Prompts(shipped("prompts"))
    first = prompts.turn([], "one", (), free=False)
    later = prompts.turn(talk(3), "two", ("Ask once.",), free=False)
    assert first.static == later.static == prompts.history(talk(3), free=False).static


def test_notes_stand_before_the_message_in_the_newest_block_alone():
    prompt = Prompts(shipped("prompts")).turn(talk(1), "They said no.", ("Ask once.", "Wait a day."), free=False)
    assert prompt.newest == "Notes:\n- Ask once.\n- Wait a day.\n\nThey said no."
    assert all("Ask once." not in message.text for message in prompt.history)


def test_dollar_signs_in_a_message_stay_as_they_are():
    newest = Prompts(shipped("prompts")).turn([], "They pay $notes an hour, $5", (), free=False).newest
    assert newest == "They pay $notes an hour, $5"


def test_long_messages_are_shortened_the_same_way_each_time():
    prompts = Prompts(shipped("prompts"))
    long = "A long thread. " * 1000
    assert len(prompts.turn([], long, (), free=False).newest) <= NEWEST_CHARACTERS + 10
    history = [Message(role="user", text=long), Message(role="assistant", text="Yes.")]
    shown = prompts.turn(history, "and now?", (), free=False).history
    assert len(shown[0].text) <= HISTORY_CHARACTERS + 10
    assert shown == prompts.history(history, free=False).history


def test_history_only_grows_between_cuts_and_a_cut_frees_half():
    start, starts = 0, []
    for turns in range(1, 60):
        start = history_start(talk(turns), start, budget=400, count=count)
        starts.append(start)
        kept = talk(turns)[start:]
        assert sum(count(message.text) + 8 for message in kept) <= 400
        assert start % 2 == 0
    cuts = [one for one, next_one in itertools.pairwise(starts) if one != next_one]
    assert starts == sorted(starts)
    assert 3 <= len(cuts) <= 20  # in blocks, not in each of 59 turns


def test_one_enormous_turn_leaves_an_empty_history():
    assert history_start(talk(1, words=5000), 0, budget=100, count=lambda text: 5000) == 2


def test_a_missing_template_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CoachError, match=r"guided\.md"):
        Prompts(tmp_path)
