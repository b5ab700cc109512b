"""What is typed outside a conversation goes through the gate, and nothing is refused for it."""

from __future__ import annotations

import pytest

from coach.safety.typed import Look
from coach.settings import load
from coach.types import Level, Vectors
from coach.wiring import Engine, open_look

PLAIN = "I want to kill myself."
LONG = "\n\n".join(f"Interview {number}: two people, an hour, a task on paper, polite goodbye." for number in range(20))


@pytest.fixture(scope="module")
def look() -> Look:
    return open_look(load())


def unloaded(_: str) -> Vectors | None:
    return None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (PLAIN, Level.L3),
        ("My family would be better off without me.", Level.L2),
        ("I'm on the roof right now and I'm going to jump.", Level.L4),
        ("I am going to kill my boss.", Level.V2),
        (f"{LONG}\n\n{PLAIN}\n\n{LONG}", Level.L3),
        ("k\u200bill my\u200bself, I w4nt to k1ll mys3lf", Level.L3),
    ],
)
def test_at_levels_that_stop_coaching_help_is_named(look: Look, text: str, level: Level) -> None:
    found = look.typed(text, unloaded)
    assert found is not None
    assert found.level is level
    assert "findahelpline.com" in found.text
    assert "I am a program" in found.text
    assert "?" not in found.text, "no answer can be given there, so nothing is asked"


@pytest.mark.parametrize(
    "text", ["", "  ", LONG, "This rejection killed me, and I bombed the interview.", "Dear Ms Roth"]
)
def test_ordinary_notes_and_drafts_get_nothing(look: Look, text: str) -> None:
    assert look.typed(text, unloaded) is None


def test_needs_are_left_to_the_conversation(look: Look) -> None:
    assert look.typed("We get evicted on Friday and there is no food left.", unloaded) is None


def test_in_a_long_text_only_what_a_rule_saw_is_embedded(look: Look) -> None:
    asked: list[str] = []

    def embed(text: str) -> Vectors | None:
        asked.append(text)
        return None

    assert look.typed(f"{LONG}\n\n{PLAIN}", embed) is not None
    assert asked == [PLAIN]


def test_the_engine_looks_without_loading_anything() -> None:
    engine = Engine(load({"country": "GB"}))
    found = engine.check(f"Dear Ms Roth,\nthank you. {PLAIN}\nYours")
    assert found is not None
    assert "116 123" in found.text
    assert engine.check("Dear Ms Roth, thank you for your time.") is None
    assert engine.loading().embedder == "waiting"
    engine.close()
