"""How a level stays and ends over a conversation.

A level that stops coaching stays until its question is answered. One direct no ends L2, V1 and
V2; L3 and L4 need two direct answers of present safety. A joke, silence or another subject is
no answer. The turn of the ending no is L1, what comes after stands by itself again.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.safety.answers import read_answer, says_safe
from coach.safety.signs import rule_signs
from coach.types import Answer, Level, Message

GRAVITY = (Level.L0, Level.L1, Level.D, Level.F, Level.A, Level.V1, Level.L2, Level.V2, Level.L3, Level.L4)
"""Levels from the lightest to the gravest; the gravest thing in a message decides."""

NEEDS_TWO = frozenset({Level.L3, Level.L4})


def level_after(text: str, own: Level, history: Sequence[Message]) -> tuple[Level, Answer]:
    """Return the level in force after a message, and how it answers the question asked before.

    Args:
        text: The message, cleaned.
        own: Its level by itself.
        history: What was said before, with the level in force after each message.
    """
    before = history[-1].level if history else Level.L0
    if not before.stops_coaching:
        return own, Answer.NONE
    answer = read_answer(text)
    if before is Level.L4 and answer is Answer.NO and not says_safe(text):
        answer = Answer.UNCLEAR  # "no" may mean that nobody was called
    if own.stops_coaching:
        return max(own, before, key=GRAVITY.index), answer
    if answer is Answer.YES:
        return _RAISED[before], answer
    if answer is not Answer.NO:
        return before, answer
    if before in NEEDS_TWO and not answered_before(history):
        return before, answer
    return (own if own in (Level.A, Level.F, Level.D) else Level.L1), answer


_RAISED = {Level.L2: Level.L3, Level.L3: Level.L4, Level.L4: Level.L4, Level.V1: Level.V2, Level.V2: Level.V2}


def answered_before(history: Sequence[Message]) -> bool:
    """Whether a direct answer of safety was already given since the level rose to L3 or L4."""
    for message in reversed(history):
        if message.level not in NEEDS_TWO:
            return False
        if message.role != "user" or read_answer(message.text) is not Answer.NO:
            continue
        if message.level is Level.L4 and not says_safe(message.text):
            continue
        # "I will not do it today" is taken back in part; asked at L3, it is an answer of safety all the same.
        if not any(sign.level in NEEDS_TWO for sign in rule_signs(message.text)):
            return True
    return False
