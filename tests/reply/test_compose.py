from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.errors import ModelError
from coach.events import Sentence, Withheld
from coach.llm.base import Prompt, Writing
from coach.llm.scripted import ScriptedModel
from coach.reply.compose import FREE_SENTENCES, Walk
from coach.reply.plan import Planner
from coach.reply.slots import Brief, Candidate, Plan, Slot
from coach.types import Kind, Origin, Part, Wants
from tests.reply.made import BANK, found, situation

TEXT = "I applied to eleven companies in May. None replied."


@pytest.fixture
def nothing_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message gives no echo to choose from, so the model has to write one."""
    monkeypatch.setattr("coach.reply.row.particular_echoes", lambda _: [])


def never() -> bool:
    return False


def brief(text: str = TEXT, *, advice: bool = False, said: frozenset[str] = frozenset()) -> Brief:
    read = situation(Kind.ASK_FEEDBACK, Wants.ADVICE) if advice else situation()
    return Brief(text=text, situation=read, cards=(found(score=1.0 if advice else 0.1),), said=said)


def opened(*sentences: str) -> Writing:
    return ScriptedModel(sentences).begin(Prompt(static="", history=(), newest=""), stopped=never)


def walk(writing: Writing | None, about: Brief | None = None, stopped=never) -> Walk:
    about = about or brief()
    return Walk(brief=about, plan=Planner(BANK).plan(about), writing=writing, stopped=stopped)


def shown(events: Sequence[object]) -> list[Sentence]:
    return [event for event in events if isinstance(event, Sentence)]


@pytest.mark.usefixtures("nothing_built")
def test_a_true_echo_of_the_model_is_shown_as_yours():
    first, *others = shown(list(walk(opened("You applied to eleven companies in May.")).guided()))
    assert first.text == "You applied to eleven companies in May."
    assert (first.origin, first.part, first.decoded) == (Origin.YOURS, Part.ECHO, True)
    assert {sentence.origin for sentence in others} == {Origin.PHRASE}


@pytest.mark.usefixtures("nothing_built")
def test_a_false_echo_is_withheld_and_replaced():
    withheld, first, *_ = list(walk(opened("You applied to twelve companies in May.")).guided())
    assert withheld == Withheld(text="You applied to twelve companies in May.", reason="misfit")
    assert isinstance(first, Sentence)
    assert first.origin is Origin.PHRASE


@pytest.mark.usefixtures("nothing_built")
def test_what_the_model_copied_is_turned_to_the_person():
    withheld, first, *_ = list(walk(opened("I applied to eleven companies in May.")).guided())
    assert isinstance(withheld, Withheld)
    assert isinstance(first, Sentence)
    assert (first.text, first.origin, first.decoded) == (
        "You applied to eleven companies in May.",
        Origin.YOURS,
        False,
    )


def test_true_echoes_of_the_message_need_no_model_to_write_one():
    first, *_ = shown(list(walk(opened("You applied to twelve companies in May.")).guided()))
    assert (first.text, first.origin) == ("You applied to eleven companies in May.", Origin.YOURS)


def only_echoes(*echoes: str, answered: bool = False) -> Plan:
    candidates = tuple(Candidate(text=text, origin=Origin.YOURS) for text in echoes)
    return Plan(slots=(Slot(part=Part.ECHO, candidates=candidates, echo=True, answered=answered),), notes=())


@pytest.mark.parametrize(
    ("own", "others", "answered", "seen"),
    [
        (
            "You applied to eleven companies in May.",
            ["None replied."],
            False,
            "You applied to eleven companies in May.",
        ),
        # A false one, and one that says less than what stands ready
        ("You applied to twelve companies in May.", ["None replied."], False, "None replied."),
        (
            "None replied.",
            ["You applied to eleven companies in May."],
            False,
            "You applied to eleven companies in May.",
        ),
        (
            "Applied to eleven companies in May.",
            ["You applied to eleven companies in May."],
            False,
            "You applied to eleven",
        ),
        # After an answer, only a telling one
        ("You applied to eleven companies in May.", [], True, "You applied to eleven companies in May."),
        ("None of them replied.", [], True, None),
    ],
)
def test_a_tuned_model_tries_first(own: str, others: list[str], answered: bool, seen: str | None):
    about = brief("I applied to eleven companies in May. None replied. None of them replied.")
    plan = only_echoes(*others, answered=answered)
    events = Walk(brief=about, plan=plan, writing=opened(own), stopped=never, tuned=True).guided()
    texts = [sentence.text for sentence in shown(list(events))]
    assert [text.startswith(seen or "") for text in texts] == ([] if seen is None else [True])


def test_an_untuned_model_does_not_try_after_an_answer():
    events = Walk(
        brief=brief(),
        plan=only_echoes(answered=True),
        writing=opened("You applied to eleven companies in May."),
        stopped=never,
    )
    assert list(events.guided()) == []


def test_what_the_model_chose_counts_as_decoded_and_what_was_set_does_not():
    sentences = shown(list(walk(opened("You applied to eleven companies in May.")).guided()))
    by_part = {sentence.part: sentence.decoded for sentence in sentences}
    assert by_part[Part.PERSPECTIVE] is True  # two candidates
    assert by_part[Part.FEELING] is False  # one candidate


def test_without_a_model_the_same_plan_makes_a_whole_reply():
    sentences = shown(list(walk(None).guided()))
    assert [sentence.part for sentence in sentences] == [Part.ECHO, Part.FEELING, Part.PERSPECTIVE, Part.CLOSE]
    assert not any(sentence.decoded for sentence in sentences)
    assert sentences[0].lead == ""


def test_a_note_of_two_sentences_comes_as_two_with_its_card():
    sentences = shown(list(walk(None, brief("What about feedback?", advice=True)).guided()))
    notes = [(sentence.text, sentence.card_id) for sentence in sentences if sentence.origin is Origin.CARD]
    assert notes == [("Ask one question.", "ask-once"), ("Keep it short.", "ask-once")]


def test_nothing_that_was_said_comes_again():
    first = shown(list(walk(None).guided()))
    said = frozenset(sentence.text for sentence in first)
    second = shown(list(walk(None, brief(said=said)).guided()))
    assert said.isdisjoint(sentence.text for sentence in second)


def test_a_stop_ends_the_walk_before_the_next_sentence():
    asked = 0

    def third_time() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    assert len(shown(list(walk(None, stopped=third_time).guided()))) == 1


@pytest.mark.usefixtures("nothing_built")
def test_a_model_that_fails_midway_leaves_the_rest_to_the_floor():
    class Failing:
        def sentence(self, *, max_tokens: int = 60, fresh: bool = False) -> str:
            return "You applied to eleven companies in May."

        def choose(self, alternatives: Sequence[str]) -> int:
            raise ModelError("gone")

        def append(self, text: str) -> None:
            raise ModelError("gone")

        def rollback(self) -> None: ...

    sentences = shown(list(walk(Failing()).guided()))  # type: ignore[arg-type]
    assert [sentence.part for sentence in sentences] == [Part.ECHO, Part.FEELING, Part.PERSPECTIVE, Part.CLOSE]
    assert [sentence.decoded for sentence in sentences] == [True, False, False, False]


def test_free_writing_is_guarded_tried_once_more_and_ends_with_a_question():
    writing = opened(
        "You should have prepared better.",  # withheld
        "Waiting for an answer takes a lot out of a week.",
        "What would help most right now?",
        "Another sentence that must not come.",
    )
    events = list(walk(writing).free(writing))
    assert [type(event) for event in events] == [Withheld, Sentence, Sentence]
    assert shown(events)[-1].text.endswith("?")


def test_free_writing_that_fails_twice_says_nothing():
    writing = opened("You should have prepared.", "It is your fault.")
    assert shown(list(walk(writing).free(writing))) == []


def test_free_writing_is_never_endless():
    writing = opened(*(f"This is sentence number {number} of many." for number in range(50)))
    assert len(shown(list(walk(writing).free(writing)))) == FREE_SENTENCES


def row(*texts: str, part: Part = Part.PERSPECTIVE) -> Slot:
    return Slot(part=part, candidates=tuple(Candidate(text=text, origin=Origin.PHRASE) for text in texts))


def told(*slots: Slot, most_words: int = 100) -> list[str]:
    plan = Plan(slots=slots, notes=(), most_words=most_words)
    events = Walk(brief=brief(), plan=plan, writing=None, stopped=never).guided()
    return [sentence.text for sentence in shown(list(events))]


def test_a_reply_asks_one_question_at_most():
    assert told(row("What happened?"), row("How was it?", "Take your time.")) == ["What happened?", "Take your time."]
    assert told(row("What happened?"), row("How was it?")) == ["What happened?"]


def test_a_reply_does_not_say_nearly_the_same_twice():
    assert told(row("Going on after a no is hard."), row("Starting again after a no is hard.")) == [
        "Going on after a no is hard."
    ]


def test_a_reply_begins_with_the_person_where_it_can():
    assert told(row("I would wait.", "Waiting is fine.")) == ["Waiting is fine."]
    assert told(row("I would wait.")) == ["I would wait."]
    assert told(row("That hurts."), row("I would wait.", "Waiting is fine."))[1] == "I would wait."


def test_a_reply_is_no_longer_than_its_plan_allows_but_still_ends_well():
    long = "One two three four five six seven eight nine ten."
    told_ = told(
        row(long),
        row("Eleven more words are too many for this very short reply."),
        row("Bye.", part=Part.CLOSE),
        most_words=15,
    )
    assert told_ == [long, "Bye."]


@pytest.mark.usefixtures("nothing_built")
def test_without_the_guard_what_the_model_wrote_is_shown():
    about = brief()
    plan = Planner(BANK).plan(about)
    writing = opened("You failed because you are weak.")
    events = list(Walk(brief=about, plan=plan, writing=writing, stopped=never, guarded=False).guided())
    assert shown(events)[0].text == "You failed because you are weak."
