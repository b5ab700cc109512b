from __future__ import annotations

import threading

import pytest

from coach.errors import ModelError
from coach.llm.base import Prompt
from coach.llm.scripted import ScriptedModel

PROMPT = Prompt(static="s", history=(), newest="n")


def never() -> bool:
    return False


def test_it_says_its_sentences_and_ends() -> None:
    model = ScriptedModel(["One two.", "Three."])
    writing = model.begin(PROMPT, stopped=never)
    assert [writing.sentence() for _ in range(3)] == ["One two.", "Three.", ""]
    assert writing.stats().decode_tokens == 3
    assert writing.choose(["four", "five"]) == 0
    assert (writing.stats().decode_tokens, writing.stats().chosen_tokens) == (3, 1)
    assert model.prompts == [PROMPT]
    writing.close()


def test_a_stopped_reply_says_nothing_more() -> None:
    writing = ScriptedModel(["One."]).begin(PROMPT, stopped=lambda: True)
    assert writing.sentence() == ""
    assert writing.choose(["a"]) == -1


def test_the_given_error_is_raised_and_leaves_the_model_free() -> None:
    model = ScriptedModel(error=ModelError("broken"))
    for _ in range(2):
        with pytest.raises(ModelError, match="broken"):
            model.begin(PROMPT, stopped=never)


def test_a_second_reply_waits_and_closing_twice_frees_it_once() -> None:
    model = ScriptedModel(["One."])
    first = model.begin(PROMPT, stopped=never)
    begun = threading.Event()
    release = threading.Event()

    def other() -> None:
        second = model.begin(PROMPT, stopped=never)
        begun.set()
        release.wait(10)
        second.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert not begun.wait(0.1)
    first.close()
    assert begun.wait(10)
    first.close()
    assert model._lock.locked()
    release.set()
    thread.join()
