"""The default model in the whole program."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import llama_cpp
import pytest
from playwright.sync_api import expect

from coach.events import CardsFound, Event, Sentence, SituationRead, TurnDone, Withheld
from coach.llm.base import ChatModel, Prompt, Writing
from coach.reply.guard import vet_echo, vet_free, vet_vetted
from coach.text import sentences, words
from coach.types import Kind, Level, Origin
from coach.ui import texts
from coach.wiring import Engine
from tests.browser.conftest import OpenTab
from tests.browser.talk import HURT, Talk
from tests.program import Coach, Page

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

ASK = "I was turned down on Monday after two rounds. How do I ask them for feedback without sounding bitter?"
FOLLOW = "And what do I do if nobody answers me?"
LONG = " ".join(f"Then came question {number} of the panel, and I could not say a word." for number in range(40))


@dataclass
class Reading:
    """The prompts that a model was given, and its replies to them."""

    prompts: list[Prompt] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)


@pytest.fixture
def model(engine: Engine) -> ChatModel:
    model = engine._brain.idle_model()
    assert model is not None
    return model


@pytest.fixture
def reading(model: ChatModel, monkeypatch: pytest.MonkeyPatch) -> Reading:
    reading = Reading()
    begin = model.begin

    def noted(prompt: Prompt, *, stopped: Callable[[], bool]) -> Writing:
        reading.prompts.append(prompt)
        reading.writings.append(begin(prompt, stopped=stopped))
        return reading.writings[-1]

    monkeypatch.setattr(model, "begin", noted)
    return reading


def never() -> bool:
    return False


def test_a_turn_is_written_by_the_model_and_every_sentence_passes(engine: Engine, reading: Reading) -> None:
    events = list(engine.new_session().send(ASK, stopped=never))

    kinds = [type(event) for event in events]
    assert kinds[:2] == [SituationRead, CardsFound]
    assert kinds[-1] is TurnDone
    assert set(kinds[2:-1]) <= {Sentence, Withheld}
    situation, found, done = events[0], events[1], events[-1]
    assert isinstance(situation, SituationRead)
    assert isinstance(found, CardsFound)
    assert isinstance(done, TurnDone)
    assert situation.situation.kind is Kind.ASK_FEEDBACK
    assert found.cards
    assert not done.floor
    assert not done.stopped
    assert done.level is Level.L0
    assert 0 < done.model_share <= 1
    assert done.timings.decode_tokens + done.timings.chosen_tokens > 0
    assert set(done.cards) <= {each.card.id for each in found.cards}

    shown = [event for event in events if isinstance(event, Sentence)]
    assert len(shown) >= 3
    assert any(sentence.decoded for sentence in shown)
    assert done.reply == "".join(sentence.lead + sentence.text for sentence in shown)
    notes = [line.removeprefix("- ") for line in reading.prompts[0].newest.splitlines() if line.startswith("- ")]
    said: frozenset[str] = frozenset()
    for sentence in shown:
        assert_passes(sentence, ASK, notes, said)
        said |= {sentence.text}


def assert_passes(sentence: Sentence, message: str, notes: list[str], said: frozenset[str]) -> None:
    if sentence.origin is Origin.YOURS:
        verdict = vet_echo(sentence.text, message, said)
    elif sentence.origin is Origin.FREE:
        verdict = vet_free(sentence.text, message, notes, said)
    else:
        verdict = vet_vetted(sentence.text, sentence.origin, said)
    assert verdict.passes, (sentence, verdict)


def test_a_second_turn_reads_only_what_is_new(engine: Engine, model: ChatModel, reading: Reading) -> None:
    session = engine.new_session()
    list(session.send(ASK, stopped=never))
    wait_until_quiet()
    list(session.send(FOLLOW, stopped=never))

    first, second = (writing.stats() for writing in reading.writings)
    before, after = reading.prompts
    assert after.static == before.static
    assert [message.text for message in after.history] == [message.text for message in session.messages[:2]]
    assert first.cached_tokens >= model.count(before.static), "the part that never changes was read at the start"
    assert second.cached_tokens > first.cached_tokens
    # What was not cached is the newest block, and a few tokens of the template around it.
    assert second.prompt_tokens - second.cached_tokens <= model.count(after.newest) + 32


def wait_until_quiet() -> None:
    """Wait until nothing is read ahead any more."""
    for thread in threading.enumerate():
        if thread.name == "read ahead":
            thread.join()


class Batches:
    """Counts llama.cpp's native calls, and presses Stop in the middle of one of them.

    Args:
        stop_in: Number of the call in which Stop is pressed.
    """

    def __init__(self, stop_in: int) -> None:
        self.stop = threading.Event()
        self.after_stop = 0
        self.pressed = 0.0
        self.last_end = 0.0
        self._stop_in = stop_in
        self._count = 0
        self._decode = llama_cpp.llama_decode

    def decode(self, *arguments: Any) -> Any:
        self._count += 1
        if self.stop.is_set():
            self.after_stop += 1
        if self._count == self._stop_in:
            self.pressed = time.perf_counter()
            self.stop.set()
        try:
            return self._decode(*arguments)
        finally:
            self.last_end = time.perf_counter()


@pytest.mark.parametrize("stop_in", [2, 5])
def test_stop_in_the_middle_of_reading_frees_the_processor(
    engine: Engine, reading: Reading, monkeypatch: pytest.MonkeyPatch, stop_in: int
) -> None:
    session = engine.new_session()
    batches = Batches(stop_in)
    monkeypatch.setattr(llama_cpp, "llama_decode", batches.decode)
    monkeypatch.setattr(llama_cpp.llama_cpp, "llama_decode", batches.decode)

    events: list[Event] = list(session.send(LONG, stopped=batches.stop.is_set))
    ended = time.perf_counter()
    wait_until_quiet()

    done = events[-1]
    assert isinstance(done, TurnDone)
    assert done.stopped
    assert done.reply == ""
    assert reading.writings[0].stats().decode_tokens == 0, "it was still reading"
    assert batches.after_stop <= 1
    free_ms, end_ms = (1000 * (moment - batches.pressed) for moment in (batches.last_end, ended))
    print(f"stop in native call {stop_in}: processor free after {free_ms:.0f} ms, turn ended after {end_ms:.0f} ms")


def test_the_chat_goes_on_after_a_stop(engine: Engine) -> None:
    session = engine.new_session()
    stop = threading.Event()
    for event in session.send(ASK, stopped=stop.is_set):
        if isinstance(event, Sentence):
            stop.set()
    *_, done = session.send(FOLLOW, stopped=never)
    assert isinstance(done, TurnDone)
    assert not done.stopped
    assert len(words(done.reply)) >= 10
    assert len(session.messages) == 4


@pytest.fixture(scope="module")
def page(real_program: Coach) -> Iterator[Page]:
    page = Page(real_program, "--port", "17980")
    yield page
    assert page.end() == 0
    assert page.errors == ""


@pytest.mark.browser
def test_the_page_streams_what_the_default_model_writes(page: Page, open_tab: OpenTab) -> None:
    talk = Talk(open_tab(page.url))
    # Loading begins once the page is open; an answer before its end would come from the floor.
    expect(talk.tab.locator("#status progress")).to_have_count(1)
    expect(talk.tab.locator("#status progress")).to_have_count(0)
    talk.watch()
    answer = talk.ask(HURT)
    assert len(talk.grown()) >= 3
    assert len(sentences(answer)) >= 3
    expect(talk.cards).not_to_contain_text(texts.CARDS_FLOOR)
