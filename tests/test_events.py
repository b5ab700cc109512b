from __future__ import annotations

import json
from typing import get_args

from coach.draft import Channel, DraftBrief, DraftKind
from coach.events import (
    CardsFound,
    Draft,
    Event,
    HotMessage,
    SafetyReply,
    Sentence,
    SituationRead,
    TakenBack,
    Timings,
    TurnDone,
    TurnFailed,
    Withheld,
    to_json,
)
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.types import Feeling, FoundCard, Kind, Level, Origin, Part, Sign, Situation, Stage, Wants

SITUATION = Situation(
    kind=Kind.FRESH_REJECTION,
    kind_confidence=0.75,
    wants=Wants.COMFORT,
    stage=Stage.HOURS,
    stage_confidence=1.0,
    feelings=(Feeling.SAD,),
    signs=frozenset({Sign.SILENCE, Sign.ASKS_WHY}),
)


def events() -> list[Event]:
    card = read_cards(shipped("knowledge"))[0]
    return [
        SafetyReply(level=Level.L2, text="Are you thinking about suicide?"),
        SituationRead(situation=SITUATION),
        CardsFound(cards=(FoundCard(card=card, score=0.5),)),
        Sentence(text="That hurts.", lead="", origin=Origin.PHRASE, part=Part.FEELING, decoded=False),
        Withheld(text="You are too old.", reason="personalizing"),
        TurnDone(
            reply="That hurts.",
            floor=True,
            model_share=0.0,
            cards=(card.id,),
            level=Level.L0,
            stopped=False,
            timings=Timings(total_s=0.5),
        ),
        TurnFailed(message="No.", hint="Try again."),
        TakenBack(text="Gone."),
        HotMessage(text="You clowns."),
        Draft(
            kind=DraftKind.THANK_YOU,
            channel=Channel.EMAIL,
            subject="Thank you",
            body="Dear Ines,",
            missing=("your name",),
            brief=DraftBrief(kind=DraftKind.THANK_YOU, channel=Channel.EMAIL),
        ),
    ]


def test_every_kind_of_event_is_tested_here() -> None:
    assert {type(event) for event in events()} == set(get_args(Event))


def test_every_event_survives_json() -> None:
    for event in events():
        plain = to_json(event)
        assert plain["event"] == type(event).__name__
        assert json.loads(json.dumps(plain)) == plain


def test_values_are_written_as_their_words() -> None:
    plain = to_json(SituationRead(situation=SITUATION))["situation"]
    assert plain["kind"] == "fresh_rejection"
    assert type(plain["kind"]) is str
    assert plain["signs"] == ["asks_why", "silence"]
    assert plain["feelings"] == ["sad"]
