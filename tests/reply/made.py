"""Values for tests of replies, made in one place."""

from __future__ import annotations

from coach.cues import Cue
from coach.types import Card, Feeling, FoundCard, Kind, Part, Phrase, Sign, Situation, Stage, Step, Strategy, Wants


def situation(
    kind: Kind = Kind.FRESH_REJECTION,
    wants: Wants = Wants.COMFORT,
    *,
    feelings: tuple[Feeling, ...] = (),
    signs: frozenset[Sign] = frozenset(),
    stage: Stage = Stage.UNKNOWN,
) -> Situation:
    return Situation(
        kind=kind,
        kind_confidence=0.9,
        wants=wants,
        stage=stage,
        stage_confidence=0.9,
        feelings=feelings,
        signs=signs,
    )


def phrase(
    text: str,
    part: Part,
    *,
    kinds: tuple[Kind, ...] = (),
    feelings: tuple[Feeling, ...] = (),
    answers: Cue | None = None,
) -> Phrase:
    return Phrase(
        id=text.lower().replace(" ", "-"),
        part=part,
        text=text,
        kinds=kinds,
        feelings=feelings,
        stages=(),
        wants=(),
        needs=(),
        answers=answers,
    )


def found(
    card_id: str = "ask-once", *, score: float = 1.0, note: str = "Ask one question. Keep it short."
) -> FoundCard:
    card = Card(
        id=card_id,
        title="Ask once",
        strategy=Strategy.FEEDBACK,
        stages=(),
        not_before=None,
        kinds=(),
        feelings=(),
        sources=("practice",),
        reviewed_on="2026-11-25",
        perspective="One question is enough.",
        openings=(),
        steps=(Step(when="Today", text="Save the message."), Step(when="Tomorrow", text="Write two lines.")),
        closing="",
        sayings=(),
        note=note,
    )
    return FoundCard(card=card, score=score)


BANK = (
    phrase("That is hard news.", Part.OPENING),
    phrase("Yes, you can ask.", Part.OPENING, kinds=(Kind.ASK_FEEDBACK,)),
    phrase("Yes, once.", Part.OPENING, kinds=(Kind.ASK_FEEDBACK,), answers=Cue.ASK_FEEDBACK),
    phrase("All right, not now.", Part.SHORT, answers=Cue.NO),
    phrase("That can stay open.", Part.SHORT, answers=Cue.UNSURE),
    phrase("Does it fit?", Part.SHORT, answers=Cue.OK),
    phrase("Thank you for putting that right.", Part.SHORT, answers=Cue.CORRECTED),
    phrase("That is a lot to take in.", Part.FEELING),
    phrase("It makes sense that you are angry about that.", Part.FEELING, feelings=(Feeling.ANGRY,)),
    phrase("The decision was about one role on one day.", Part.PERSPECTIVE),
    phrase("Not knowing the reason is uncomfortable.", Part.PERSPECTIVE),
    phrase("Tell one person you trust what happened.", Part.ADVICE),
    phrase("I am here if you want to say more.", Part.CLOSE),
    phrase("What was the hardest part?", Part.CLOSE),
    phrase("All right, no advice.", Part.OPENING, kinds=(Kind.REFUSES_ADVICE,)),
    phrase("I am a program.", Part.IDENTITY, kinds=(Kind.IDENTITY,)),
    phrase("I am a program on your computer. I can be wrong.", Part.IDENTITY, kinds=(Kind.IDENTITY,)),
)
