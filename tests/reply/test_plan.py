from __future__ import annotations

import pytest

from coach.reply.phrases import read_phrases
from coach.reply.plan import Brief, Plan, Planner
from coach.reply.prompts import Prompts
from coach.resources import shipped
from coach.types import Feeling, Kind, Origin, Part, Sign, Situation, Wants
from tests.reply.made import BANK, found, situation

DRAFTS = {Kind.ASK_FEEDBACK: "Here is a draft.\n\nSubject: Thanks\n\nDear [name],\n\nThank you."}


def planned(text: str, read: Situation, *cards: object, said: frozenset[str] = frozenset()) -> Plan:
    return Planner(BANK, DRAFTS).plan(Brief(text=text, situation=read, cards=cards, said=said))  # type: ignore[arg-type]


def parts(plan: Plan) -> list[Part]:
    return [slot.part for slot in plan.slots]


def everything(plan: Plan) -> set[str]:
    return {candidate.text for slot in plan.slots for candidate in slot.candidates}


def test_comfort_has_no_advice_even_where_a_card_fits():
    plan = planned("They said no an hour ago.", situation(), found())
    assert parts(plan) == [Part.ECHO, Part.FEELING, Part.PERSPECTIVE, Part.CLOSE]
    assert plan.notes == ()
    assert "Ask one question. Keep it short." not in everything(plan)


def test_a_feeling_that_nobody_showed_is_not_named():
    assert "It makes sense that you are angry about that." not in everything(planned("A no.", situation()))
    angry = planned("A no.", situation(feelings=(Feeling.ANGRY,)))
    assert "It makes sense that you are angry about that." in everything(angry)


def test_a_shown_feeling_comes_before_advice():
    read = situation(Kind.ASK_FEEDBACK, Wants.ADVICE, feelings=(Feeling.ANGRY,))
    order = parts(planned("I am angry. Tell me about feedback.", read, found()))
    assert order.index(Part.FEELING) < order.index(Part.ADVICE)


def test_a_question_for_a_decision_is_answered_first():
    plan = planned("Should I ask them?", situation(Kind.ASK_FEEDBACK, Wants.DECISION), found())
    assert plan.slots[0].candidates[0].text == "Yes, you can ask."
    assert parts(plan).count(Part.OPENING) == 1


def test_an_answered_question_is_followed_by_the_persons_own_words():
    plan = planned("I had three rounds in May. Should I ask?", situation(Kind.ASK_FEEDBACK, Wants.DECISION), found())
    assert parts(plan)[:2] == [Part.OPENING, Part.ECHO]
    assert plan.slots[1].candidates[0].text == "You had three rounds in May."


def test_advice_is_the_note_of_a_card_and_names_it():
    plan = planned("What about feedback?", situation(Kind.ASK_FEEDBACK, Wants.ADVICE), found(), found("far", score=0.2))
    [advice] = [slot for slot in plan.slots if slot.part is Part.ADVICE]
    assert [candidate.card_id for candidate in advice.candidates] == ["ask-once"]
    assert advice.candidates[0].origin is Origin.CARD


def test_who_asks_how_gets_numbered_steps_with_a_time():
    plan = planned("How do I ask?", situation(Kind.ASK_FEEDBACK, Wants.ADVICE), found())
    steps = [slot for slot in plan.slots if slot.part is Part.ADVICE]
    assert [slot.candidates[0].text for slot in steps] == [
        "1. Today: Save the message.",
        "2. Tomorrow: Write two lines.",
    ]
    assert {slot.lead for slot in steps} == {"\n"}


def test_a_note_that_was_said_does_not_come_again():
    said = frozenset({"Ask one question. Keep it short."})
    plan = planned("Tell me more.", situation(Kind.ASK_FEEDBACK, Wants.ADVICE), found(), said=said)
    assert not any(candidate.card_id for slot in plan.slots for candidate in slot.candidates)


def test_refused_advice_is_not_given():
    plan = planned("No tips please.", situation(Kind.REFUSES_ADVICE), found())
    assert parts(plan) == [Part.OPENING, Part.FEELING, Part.CLOSE]
    assert plan.notes == ()


def test_identity_is_answered_by_a_text_that_stands_alone():
    [slot] = planned("Are you human?", situation(Kind.IDENTITY)).slots
    assert [candidate.text for candidate in slot.candidates] == ["I am a program on your computer. I can be wrong."]


def test_a_wanted_draft_is_the_template_after_its_lead_in():
    lead_in, draft = planned("Write it for me.", situation(Kind.ASK_FEEDBACK, Wants.DRAFT), found()).slots
    assert lead_in.candidates[0].text == "Here is a draft."
    assert draft.candidates[0].text.startswith("Subject: Thanks")
    assert draft.candidates[0].origin is Origin.DRAFT


def test_anger_that_wants_to_be_sent_gets_no_draft():
    read = situation(Kind.ASK_FEEDBACK, Wants.DRAFT, signs=frozenset({Sign.WANTS_TO_SEND_ANGER}))
    assert not any(
        candidate.origin is Origin.DRAFT
        for slot in planned("Write it so that it stings.", read).slots
        for candidate in slot.candidates
    )


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("wants", list(Wants))
def test_the_shipped_bank_has_a_reply_for_every_kind_and_wish(kind, wants):
    planner = Planner(read_phrases(shipped("knowledge", "phrases")), Prompts(shipped("prompts")).drafts)
    plan = planner.plan(Brief(text="They said no.", situation=situation(kind, wants), cards=(), said=frozenset()))
    length = sum(len(slot.candidates[0].text.split()) for slot in plan.slots)
    assert plan.slots
    assert length >= 4
    questions = [slot for slot in plan.slots if slot.candidates[0].text.endswith("?")]
    assert len(questions) <= 1
