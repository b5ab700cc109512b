from __future__ import annotations

from dataclasses import replace

import pytest

from coach.acts import Act, ActReading, Tone
from coach.cues import Cue
from coach.reply.answers import FoundAnswer
from coach.reply.phrases import read_phrases
from coach.reply.plan import Planner
from coach.reply.slots import Brief, Plan
from coach.resources import shipped
from coach.types import Fact, FactName, Feeling, Kind, Origin, Part, Sign, Situation, Wants
from tests.reply.made import BANK, found, situation


def planned(text: str, read: Situation, *cards: object, said: frozenset[str] = frozenset()) -> Plan:
    return Planner(BANK).plan(Brief(text=text, situation=read, cards=cards, said=said))  # type: ignore[arg-type]


ASKED = situation(Kind.ASK_FEEDBACK, Wants.DECISION)


def asked(text: str, *, before: str, said: frozenset[str] = frozenset(), read: Situation | None = None) -> Brief:
    """A message in the middle of a talk."""
    return Brief(text=text, situation=read or situation(), cards=(found(),), said=said, before=before)


def parts(plan: Plan) -> list[Part]:
    return [slot.part for slot in plan.slots]


def everything(plan: Plan) -> set[str]:
    return {candidate.text for slot in plan.slots for candidate in slot.candidates}


def test_comfort_has_no_advice_even_where_a_card_fits():
    plan = planned("They said no an hour ago.", situation(), found(score=0.5))
    assert parts(plan)[:3] == [Part.ECHO, Part.FEELING, Part.PERSPECTIVE]
    assert Part.ADVICE not in parts(plan)
    assert plan.notes == ()
    assert "Ask one question. Keep it short." not in everything(plan)


def test_a_card_that_fits_closely_lends_its_perspective_to_comfort_and_not_its_advice():
    plan = planned("They said no an hour ago.", situation(), found(score=0.95))
    assert "One question is enough." in everything(plan)
    assert "Ask one question. Keep it short." not in everything(plan)


def test_a_feeling_that_nobody_showed_is_not_named():
    assert "It makes sense that you are angry about that." not in everything(planned("A no.", situation()))
    angry = planned("A no.", situation(feelings=(Feeling.ANGRY,)))
    assert "It makes sense that you are angry about that." in everything(angry)


def test_a_shown_feeling_comes_before_advice():
    read = situation(Kind.ASK_FEEDBACK, Wants.ADVICE, feelings=(Feeling.ANGRY,))
    order = parts(planned("I am angry. How do I ask for feedback?", read, found()))
    assert order.index(Part.FEELING) < order.index(Part.ADVICE)


def test_a_direct_question_is_answered_first_and_then_comes_what_they_said():
    plan = planned("I had three rounds in May. Should I ask for feedback?", ASKED, found())
    assert parts(plan)[:2] == [Part.OPENING, Part.ECHO]
    assert plan.slots[0].candidates[0].text == "Yes, once."
    assert plan.slots[1].candidates[0].text == "You had three rounds in May."


def test_advice_is_the_note_of_a_card_and_names_it():
    plan = planned("Should I ask for feedback?", ASKED, found(), found("far", score=0.7))
    [advice] = [slot for slot in plan.slots if slot.part is Part.ADVICE]
    assert [candidate.card_id for candidate in advice.candidates] == ["ask-once"]
    assert advice.candidates[0].origin is Origin.CARD
    assert plan.notes == ("Ask one question. Keep it short.", "Ask one question. Keep it short.")


def test_a_card_that_fits_loosely_is_not_used_and_the_model_does_not_read_it():
    plan = planned("Should I ask for feedback?", ASKED, found(score=0.3))
    assert not any(candidate.card_id for slot in plan.slots for candidate in slot.candidates)
    assert plan.notes == ()


def test_who_asks_how_gets_numbered_steps_with_a_time():
    plan = planned("How do I ask?", situation(Kind.ASK_FEEDBACK, Wants.ADVICE), found())
    steps = [slot for slot in plan.slots if slot.part is Part.ADVICE]
    assert [slot.candidates[0].text for slot in steps] == [
        "1. Today: Save the message.",
        "2. Tomorrow: Write two lines.",
    ]
    assert {slot.lead for slot in steps} == {"\n"}


def test_who_asks_for_one_thing_gets_one_without_a_number():
    plan = planned("How do I begin? One small thing.", situation(Kind.NEXT_STEP, Wants.PLAN), found())
    assert [slot.candidates[0].text for slot in plan.slots if slot.part is Part.ADVICE] == ["Today: Save the message."]


def test_a_note_that_was_said_does_not_come_again():
    said = frozenset({"Ask one question. Keep it short."})
    plan = planned("What about feedback?", situation(Kind.ASK_FEEDBACK, Wants.ADVICE), found(), said=said)
    assert said.isdisjoint(everything(plan))


def test_refused_advice_is_not_given_nor_a_step_offered():
    plan = planned("No tips please.", situation(Kind.REFUSES_ADVICE), found())
    assert Part.ADVICE not in parts(plan)
    assert plan.notes == ()
    assert not any("?" in text for text in everything(plan))


def test_a_refusal_holds_for_the_messages_after_it():
    read = situation(Kind.FRESH_REJECTION, Wants.ADVICE, signs=frozenset({Sign.NO_ADVICE}))
    assert Part.ADVICE not in parts(planned("It was the second interview.", read, found()))


def test_yes_to_an_offered_step_gives_the_step():
    brief = asked(
        "yes please", before="That hurts. Would you like one small step for tomorrow, or would you rather talk?"
    )
    assert Planner(BANK).plan(brief).slots[0].candidates[0].text == "Today: Save the message."


def test_more_goes_on_with_the_next_step():
    said = frozenset({"Today: Save the message."})
    read = situation(Kind.NEXT_STEP, Wants.PLAN)
    plan = Planner(BANK).plan(asked("and then?", before="Today: Save the message.", said=said, read=read))
    assert plan.slots[0].candidates[0].text == "Tomorrow: Write two lines."


@pytest.mark.parametrize(
    ("text", "answer"), [("no", "All right, not now."), ("I don't know", "That can stay open."), ("ok", "Does it fit?")]
)
def test_a_short_turn_gets_a_short_answer_of_its_own(text: str, answer: str):
    plan = Planner(BANK).plan(asked(text, before="What was the hardest part?"))
    assert everything(plan) == {answer}


def test_a_correction_is_taken_in():
    known = (Fact(name=FactName.WHEN, value="on Monday"),)
    read = replace(situation(), facts=(Fact(name=FactName.WHEN, value="Tuesday"),))
    brief = replace(asked("no, it was Tuesday", before="That hurts.", read=read), told_before=known)
    assert everything(Planner(BANK).plan(brief)) == {"Thank you for putting that right."}


def test_at_the_start_of_a_conversation_there_is_no_short_turn():
    assert len(planned("no", situation()).slots) > 2


def test_identity_is_answered_by_a_text_that_stands_alone():
    [slot] = planned("Are you human?", situation(Kind.IDENTITY)).slots
    assert [candidate.text for candidate in slot.candidates] == ["I am a program on your computer. I can be wrong."]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("wants", list(Wants))
def test_the_shipped_bank_has_a_reply_for_every_kind_and_wish(kind, wants):
    planner = Planner(read_phrases(shipped("knowledge", "phrases")))
    plan = planner.plan(Brief(text="They said no.", situation=situation(kind, wants), cards=(), said=frozenset()))
    length = sum(len(slot.candidates[0].text.split()) for slot in plan.slots if slot.candidates)
    assert plan.slots
    assert length >= 4
    questions = [slot for slot in plan.slots if slot.candidates and slot.candidates[0].text.endswith("?")]
    assert len(questions) <= 1


FULL = Planner(read_phrases(shipped("knowledge", "phrases")))


def later(text: str, act: Act, *, tone: Tone | None = None, earlier: tuple[str, ...] = ()) -> str:
    """What a plan may show for a later message that does something."""
    tones = {} if tone is None else {tone: 0.95}
    brief = replace(
        asked(text, before="It counts."), act=ActReading(shares={act: 0.9}, tones=tones), earlier=earlier, cards=()
    )
    return " | ".join(sorted(everything(FULL.plan(brief))))


@pytest.mark.parametrize(
    ("text", "act", "cue"),
    [
        ("That's a politician's answer.", Act.OBJECTS, Cue.OBJECTS),
        ("Sorry. That was sharp of me. Long week.", Act.MENDS, Cue.MENDS),
        ("right. closing the laptop", Act.DECIDES, Cue.DECIDED),
        ("the cat is on the keyboard", Act.ASIDE, Cue.ASIDE),
        ("oof", Act.REACTS, Cue.OK),
        ("what did I say about Leeds", Act.RECALLS, Cue.UNTOLD),
        ("And when?", Act.ASKS, Cue.WHEN),
        ("are you sure?", Act.ASKS, Cue.SURE),
        ("and for the second one?", Act.ASKS, Cue.LOST),
        ("they gave it to someone from a lager place", Act.TELLS, Cue.TOLD),
    ],
)
def test_a_later_message_is_met_by_what_it_does(text: str, act: Act, cue: Cue):
    own = {phrase.text for phrase in read_phrases(shipped("knowledge", "phrases")) if phrase.answers is cue}
    shown = set(later(text, act).split(" | "))
    assert shown & own
    assert not {one for one in shown - own if "lager" not in one}


@pytest.mark.parametrize(("tone", "cue"), [(Tone.HEAVY, Cue.TOLD_HEAVY), (Tone.LIGHT, Cue.TOLD_LIGHT)])
def test_what_is_told_is_met_in_its_tone_where_that_is_sure(tone: Tone, cue: Cue):
    own = {phrase.text for phrase in read_phrases(shipped("knowledge", "phrases")) if phrase.answers is cue}
    assert set(later("my mum was there", Act.TELLS, tone=tone).split(" | ")) & own


def test_an_act_that_is_not_sure_gives_way_to_an_answer_that_fits_well():
    met = FoundAnswer(id="met", question=False, texts=("It can stay open.",), more=(), steps=(), score=0.5)
    begun = replace(asked("I don't see what I want", before="It counts."), answers=(met,), cards=())
    doubtful, sure = (replace(begun, act=ActReading(shares={Act.OBJECTS: share})) for share in (0.5, 0.9))
    assert "It can stay open." in everything(FULL.plan(doubtful))
    assert "It can stay open." not in everything(FULL.plan(sure))


def test_a_feeling_that_is_shown_gets_no_nod():
    tired = replace(
        asked("Tired, mostly.", before="It counts.", read=situation(feelings=(Feeling.TIRED,))),
        act=ActReading(shares={Act.REACTS: 0.9}),
        cards=(),
    )
    nods = {phrase.text for phrase in read_phrases(shipped("knowledge", "phrases")) if phrase.answers is Cue.OK}
    assert not everything(FULL.plan(tired)) & nods


def test_one_more_piece_of_a_story_is_met_in_its_point_and_not_closed():
    met = FoundAnswer(id="told", question=False, texts=("Then it waits at home too.",), more=(), steps=(), score=0.5)
    begun = asked("my sister asks every evening", before="It counts.")
    brief = replace(begun, act=ActReading(shares={Act.TELLS: 0.9}), answers=(met,), cards=())
    assert FULL.plan(brief).slots[-1].candidates[0].text == "Then it waits at home too."
    first = replace(brief, before="", act=None)
    assert FULL.plan(first).slots[-1].candidates[0].text != "Then it waits at home too."


def test_what_they_wrote_is_quoted_when_they_ask_for_it():
    earlier = ("There is another call in Leuven, deadline is 20 January.",)
    assert later("And what is the date of deadline that I said?", Act.ASKS, earlier=earlier).startswith("You wrote:")


def test_a_furious_message_is_not_called_their_decision():
    read = replace(situation(Kind.ANGRY_REPLY), signs=frozenset({Sign.WANTS_TO_SEND_ANGER}))
    brief = replace(asked("right, sending it now", before="It counts.", read=read), cards=())
    plan = FULL.plan(replace(brief, act=ActReading(shares={Act.DECIDES: 0.9})))
    own = {phrase.text for phrase in read_phrases(shipped("knowledge", "phrases")) if phrase.answers is Cue.DECIDED}
    assert not everything(plan) & own
