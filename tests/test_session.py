from __future__ import annotations

import pytest

from coach.errors import EmbedderUnavailable, InputError
from coach.events import Sentence, TurnDone
from coach.session import Session
from coach.types import Level
from tests.talk import NeverAhead, scripted_turns

TEXT = "I applied to eleven companies in May. None replied."
ECHO = "You applied to eleven companies in May."


def session(*said: str, ahead: NeverAhead | None = None, error: EmbedderUnavailable | None = None) -> Session:
    return Session(scripted_turns(*said, error=error), ahead or NeverAhead())


def say(one: Session, text: str = TEXT, *, stop_after: int | None = None) -> list[object]:
    events: list[object] = []

    def stopped() -> bool:
        return stop_after is not None and sum(isinstance(event, Sentence) for event in events) >= stop_after

    for event in one.send(text, stopped=stopped):
        events.append(event)
    return events


def test_an_exchange_is_kept_as_it_was_shown():
    one = session(ECHO)
    end = say(one)[-1]
    assert isinstance(end, TurnDone)
    user, assistant = one.messages
    assert (user.role, user.text) == ("user", TEXT)
    assert (assistant.role, assistant.text) == ("assistant", end.reply)


def test_levels_are_kept_with_the_messages():
    one = session(ECHO)
    say(one, "L3 and an email")
    assert [message.level for message in one.messages] == [Level.L3, Level.L3]
    assert one.messages[1].text == "Fixed text for L3."


def test_a_stopped_answer_is_kept_as_far_as_it_went():
    one = session(ECHO)
    end = say(one, stop_after=2)[-1]
    assert isinstance(end, TurnDone)
    assert end.stopped
    assert one.messages[1].text == end.reply
    assert one.messages[1].text.count(".") == 2


def test_a_turn_that_nobody_listens_to_any_more_is_kept_too():
    one = session(ECHO)
    events = one.send(TEXT, stopped=lambda: False)
    for event in events:
        if isinstance(event, Sentence):
            break
    events.close()  # type: ignore[attr-defined]
    assert [message.text for message in one.messages] == [TEXT, ECHO]


def test_no_sentence_comes_twice_in_a_conversation():
    one = session(ECHO)
    shown = [event.text for _ in range(2) for event in say(one) if isinstance(event, Sentence)]
    assert len(shown) == len(set(shown))


def test_undo_takes_back_the_exchange_and_all_that_came_of_it():
    one = session(ECHO)
    first = [event.text for event in say(one) if isinstance(event, Sentence)]
    assert one.undo() == TEXT
    assert one.messages == []
    again = [event.text for event in say(one) if isinstance(event, Sentence)]
    assert set(first) & set(again), "what was taken back may be said again"
    assert one.undo() == TEXT
    assert one.undo() is None


def test_bad_input_keeps_nothing():
    one = session(ECHO)
    with pytest.raises(InputError):
        say(one, "  ")
    assert one.messages == []
    assert one.undo() is None


def test_the_history_is_read_ahead_after_an_answer_and_not_after_a_failure():
    ahead = NeverAhead()
    say(session(ECHO, ahead=ahead))
    assert [len(conversation.messages) for conversation in ahead.started] == [2]
    broken = NeverAhead()
    say(session(ahead=broken, error=EmbedderUnavailable("gone")))
    assert broken.started == []


def test_nothing_is_read_ahead_after_a_stop():
    ahead = NeverAhead()
    list(session(ECHO, ahead=ahead).send(TEXT, stopped=lambda: True))
    assert ahead.started == []


def test_a_stop_that_was_asked_for_once_holds():
    answers = iter([False, True])
    one = session(ECHO)
    events = list(one.send(TEXT, stopped=lambda: next(answers, False)))
    assert isinstance(events[-1], TurnDone)
    assert events[-1].stopped


def test_a_reply_is_taken_back_in_every_later_prompt_and_said_no_more():
    one = session(ECHO)
    say(one)
    say(one, "L3 and more")
    say(one)
    assert one.take_back(0, "Gone. Write on.", reason="felt wrong") is False, "nothing is kept, so there is no report"
    assert one.messages[1].text == "Gone. Write on."
    one.take_back(1, "Gone too.", reason="felt wrong")
    assert one.messages[3].text == "Fixed text for L3.\n\nGone too."
    one.undo()
    assert [message.text for message in one.messages[1::2]] == ["Gone. Write on.", "Fixed text for L3.\n\nGone too."]
    with pytest.raises(InputError):
        one.take_back(5, "x", reason="felt wrong")
