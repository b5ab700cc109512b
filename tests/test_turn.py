from __future__ import annotations

import pytest

from coach.conversation import Conversation
from coach.errors import EmbedderUnavailable, ModelError
from coach.events import CardsFound, Event, SafetyReply, Sentence, SituationRead, TurnDone, TurnFailed, Withheld
from coach.llm.scripted import ScriptedModel
from coach.turn import Turns
from coach.types import FoundNote, Kind, Level, Message, Origin, Wants
from tests.reply.made import BANK, situation
from tests.talk import scripted_turns

TEXT = "I applied to eleven companies in May. None replied."
ECHO = "You applied to eleven companies in May."


def run(turns: Turns, text: str = TEXT, conversation: Conversation | None = None, *, stop: bool = False) -> list[Event]:
    return list(turns.run(text, conversation or Conversation(), stopped=lambda: stop))


def names(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def done(events: list[Event]) -> TurnDone:
    assert isinstance(events[-1], TurnDone)
    return events[-1]


def test_an_ordinary_turn_tells_its_stages_in_order():
    events = run(scripted_turns(ECHO))
    assert names(events) == ["SituationRead", "CardsFound", *["Sentence"] * 4, "TurnDone"]
    end = done(events)
    shown = [event for event in events if isinstance(event, Sentence)]
    assert end.reply == "".join(sentence.lead + sentence.text for sentence in shown)
    assert end.reply.startswith(ECHO)
    assert not end.floor
    assert 0 < end.model_share < 1
    assert end.timings.first_model_text_s is not None


def test_the_model_share_counts_the_words_that_were_decoded():
    events = run(scripted_turns(ECHO))
    shown = [event for event in events if isinstance(event, Sentence)]
    decoded = sum(len(sentence.text.split()) for sentence in shown if sentence.decoded)
    assert done(events).model_share == pytest.approx(decoded / sum(len(one.text.split()) for one in shown))


@pytest.mark.parametrize("level", [Level.L2, Level.L3, Level.L4, Level.V1, Level.V2])
def test_what_stops_coaching_is_answered_by_fixed_text_alone(level):
    model = ScriptedModel([ECHO])
    events = run(scripted_turns(model=model), f"{level} and an email for feedback")
    assert events[0] == SafetyReply(level=level, text=f"Fixed text for {level}.")
    assert names(events) == ["SafetyReply", "TurnDone"]
    assert done(events).level is level
    assert done(events).cards == ()
    assert model.prompts == []


def test_grave_rules_answer_without_the_embedder():
    events = run(scripted_turns(ECHO, error=EmbedderUnavailable("gone")), "L4 now")
    assert names(events) == ["SafetyReply", "TurnDone"]


def test_what_only_the_vectors_show_stops_coaching_too():
    events = run(scripted_turns(ECHO), "slow-L2 hidden")
    assert names(events) == ["SafetyReply", "TurnDone"]


@pytest.mark.parametrize("level", [Level.A, Level.F, Level.D])
def test_needs_get_their_fixed_part_first_and_coaching_goes_on(level):
    events = run(scripted_turns(ECHO), f"{level} and more")
    assert names(events)[:3] == ["SafetyReply", "SituationRead", "CardsFound"]
    assert done(events).level is level
    assert "Fixed text" not in done(events).reply


def test_another_language_gets_its_line_and_no_broken_reply():
    events = run(scripted_turns(ECHO), "Ich habe eine Absage bekommen.")
    assert events[0] == SafetyReply(level=Level.L0, text="Nur Englisch.")
    assert names(events) == ["SafetyReply", "TurnDone"]


def test_no_turn_is_answered_when_the_gate_cannot_run_whole():
    events = run(scripted_turns(ECHO, error=EmbedderUnavailable("The embedding model is missing.")))
    assert events == [TurnFailed(message="The embedding model is missing.", hint=EmbedderUnavailable.hint)]


def test_without_a_model_the_floor_answers_and_says_so():
    turns = scripted_turns(model=ScriptedModel(error=ModelError("too long")))
    end = done(run(turns))
    assert end.floor
    assert end.model_share == 0
    assert end.reply.startswith(ECHO)
    assert end.timings.first_model_text_s is None


def test_there_is_an_answer_even_when_everything_was_said():
    conversation = Conversation(said=frozenset(phrase.text for phrase in BANK) | {ECHO})
    assert done(run(scripted_turns(), conversation=conversation)).reply


def test_a_stop_before_anything_is_a_stopped_turn():
    events = run(scripted_turns(ECHO), stop=True)
    assert names(events) == ["TurnDone"]
    assert done(events).stopped


def test_only_cards_whose_words_are_in_the_reply_are_its_sources():
    refused = run(scripted_turns(ECHO, read=situation(Kind.REFUSES_ADVICE)))
    assert next(event for event in refused if isinstance(event, CardsFound)).cards
    assert done(refused).cards == ()
    advice = run(scripted_turns(ECHO, read=situation(Kind.ASK_FEEDBACK, Wants.ADVICE)))
    assert done(advice).cards == ("ask-once",)


def test_what_a_free_model_writes_is_judged_by_the_classifier_too():
    events = run(scripted_turns("That is a cruel thing to hear.", "That is hard to hear.", free=True))
    assert [event.reason for event in events if isinstance(event, Withheld)] == ["blame"]
    assert next(event.text for event in events if isinstance(event, Sentence)) == "That is hard to hear."


def test_a_free_model_that_says_nothing_showable_leaves_the_turn_to_the_floor():
    events = run(scripted_turns("It is your fault.", "You should have prepared better.", free=True))
    shown = [event for event in events if isinstance(event, Sentence)]
    assert shown
    assert Origin.FREE not in {sentence.origin for sentence in shown}


def test_the_conversation_keeps_what_later_turns_need():
    conversation = Conversation()
    run(scripted_turns(ECHO), conversation=conversation)
    assert conversation.situation == situation()
    assert [found.card.id for found in conversation.cards] == ["ask-once"]
    assert conversation.topic is not None


def test_a_200_turn_conversation_fits_the_context():
    model = ScriptedModel([])
    conversation = Conversation(
        messages=[Message(role=role, text="word " * 60) for _ in range(200) for role in ("user", "assistant")]
    )
    assert isinstance(run(scripted_turns(model=model), conversation=conversation)[1], SituationRead | CardsFound)
    history = model.prompts[0].history
    assert 2 <= len(history) < 400
    assert sum(model.count(message.text) for message in history) <= 2048


def test_passages_of_the_persons_own_notes_come_with_the_cards():
    note = FoundNote(text="Ask Mara about nights.", file="diary.md", place="May, line 3", score=0.7)
    turns = scripted_turns(ECHO)
    turns.brain.kept_notes = (note,)  # type: ignore[attr-defined]
    found = next(event for event in run(turns) if isinstance(event, CardsFound))
    assert found.notes == (note,)


def test_what_was_written_in_danger_is_not_quoted_back():
    said = "The deadline in Leuven is 20 January."
    for level, quoted in ((Level.L0, True), (Level.L2, False)):
        held = Conversation(
            messages=[Message(role="user", text=said, level=level), Message(role="assistant", text="A.")]
        )
        events = run(scripted_turns(ECHO), "what was the deadline in Leuven again?", held)
        shown = " ".join(event.text for event in events if isinstance(event, Sentence))
        assert (f'You wrote: "{said}"' in shown) is quoted
