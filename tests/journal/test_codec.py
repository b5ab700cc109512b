from __future__ import annotations

import typing

import numpy as np
import pytest
from journal_trials import done, sentence

from coach.draft import Channel, DraftBrief, DraftEdit, DraftFact, DraftKind, Tone
from coach.events import (
    CardsFound,
    Draft,
    Event,
    HotMessage,
    SafetyReply,
    SituationRead,
    TakenBack,
    TurnFailed,
    Withheld,
)
from coach.journal.codec import decode, encode
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.types import Feeling, FoundCard, Kind, Level, Sign, Situation, Stage, Wants

CARDS = read_cards(shipped("knowledge"))[:3]
SITUATION = Situation(
    kind=Kind.DEBRIEF,
    kind_confidence=0.75,
    wants=Wants.ADVICE,
    stage=Stage.DAYS,
    stage_confidence=1,
    feelings=(Feeling.TIRED, Feeling.SAD),
    signs=frozenset({Sign.SILENCE, Sign.INTERNAL}),
)
EVENTS: list[Event] = [
    SafetyReply(level=Level.L3, text="Are you safe?"),
    SituationRead(situation=SITUATION),
    CardsFound(cards=tuple(FoundCard(card=card, score=float(np.float32(0.5))) for card in CARDS)),
    sentence("You had four rounds, “so close”.", first=True),
    Draft(
        kind=DraftKind.THANK_YOU,
        channel=Channel.EMAIL,
        subject="Thank you",
        body="Dear [name],\n\nThank you.",
        missing=("name",),
        brief=DraftBrief(
            kind=DraftKind.THANK_YOU,
            channel=Channel.EMAIL,
            tone=Tone.WARM,
            short=1,
            facts=(DraftFact(name="role", value="cook", source="I wanted to be a cook."),),
            by_hand=(DraftEdit(part="greeting", text="Dear all,"),),
            said=("I can start.",),
        ),
    ),
    HotMessage(text="You fools."),
    Withheld(text="You failed.", reason="blame"),
    done("You had four rounds."),
    TurnFailed(message="No.", hint="Yes."),
    TakenBack(text="Gone."),
]


def test_every_event_is_tried():
    assert {type(event) for event in EVENTS} == set(typing.get_args(Event))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_comes_back_as_it_was(event):
    assert decode(encode(event), {card.id: card for card in CARDS}) == event


def test_a_card_that_is_gone_is_left_out():
    body = encode(EVENTS[2])
    assert decode(body, {CARDS[1].id: CARDS[1]}) == CardsFound(cards=(FoundCard(card=CARDS[1], score=0.5),))
    assert CARDS[0].perspective not in body


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"event": "FromTheFuture"}',
        '{"event": "TurnFailed", "message": 3, "hint": ""}',
        '{"event": "TurnFailed", "message": "", "hint": "", "more": 1}',
        '{"event": "SafetyReply", "level": "L9", "text": ""}',
        '{"event": "CardsFound", "cards": 3}',
    ],
)
def test_what_cannot_be_read_is_left_out(body):
    assert decode(body) is None
