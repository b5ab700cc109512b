from __future__ import annotations

import pytest

from coach.acts import Act, ActReading
from coach.draft import Channel, DraftKind
from coach.drafts.told import DraftAnswer
from coach.types import Kind, Message, Stage, Wants
from tests.drafts.made import DRAFTS, drafted, held
from tests.reply.made import situation

HOT = "I want to write back and tell them exactly what I think. Write it, make it sting"


def before(text: str, *, stage: Stage = Stage.UNKNOWN) -> str:
    answer = DRAFTS.answer(text, [], situation(Kind.ASK_FEEDBACK, Wants.DRAFT, stage=stage), [])
    assert answer is not None
    assert answer.draft is not None
    return answer.before


def test_a_hot_reply_gets_no_draft_but_a_place_and_an_offer():
    versions, answer = held(HOT)
    assert versions == []
    assert answer is not None
    assert answer.before.startswith("Your anger is fair.")
    assert "Keep this:" in answer.before
    assert "your decision" in answer.before


def test_a_calm_version_comes_when_it_is_wanted_and_uses_none_of_the_hot_words():
    versions, answer = held(f"{HOT}. They are cowards. Shift supervisor at Cobalt Freight, Ms Bell.", "ok, yes please")
    assert answer is not None
    assert "tomorrow" in answer.before
    assert versions[-1].kind is DraftKind.REJECTION_REPLY
    assert "coward" not in versions[-1].text
    assert "Ms Bell" in versions[-1].body


def test_sending_stays_their_decision():
    _, answer = held(HOT, "no i'm not waiting")
    assert answer is not None
    assert answer.before.startswith("It is your decision")
    assert held(HOT, "no i'm not waiting", "forget it, i'm going to bed")[0] == []


def test_the_hot_version_is_kept_without_an_address():
    _, answer = held(HOT, "Keep this: You utter cowards.\nNever again.")
    assert answer is not None
    assert answer.hot == "You utter cowards.\nNever again."
    assert answer.draft is None


def test_an_angry_message_that_was_sent_is_taken_back_once_and_not_repeated():
    draft = drafted(
        "I sent a furious email to Corinne (HR, Tallgrass) last night. Called it a circus. I want to take it back"
    )
    assert draft.kind is DraftKind.HOT_WITHDRAWAL
    assert "circus" not in draft.text
    assert "sorry" in draft.body
    assert "?" not in draft.body


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("standard no-reply email after a form, never got past the form. feedback email anyway", "expect nothing"),
        ("sender was noreply@. write a feedback email to them after my interview", "takes no replies"),
        ("i asked Wendy for feedback on the 2nd and nothing. one more email, write it", "light reminder"),
        ("I'm so angry. Write a feedback email to Ms Bell", "until tomorrow"),
        ("feedback email to Ms Bell", "Asking once is fine"),
    ],
)
def test_ask_wait_or_skip_is_said_in_one_line_and_the_draft_comes_all_the_same(text, line):
    told = before(text)
    assert line in told
    assert told.count(".") == 1


def test_a_fresh_no_gets_a_day():
    assert "let a day pass" in before("feedback email to Ms Bell", stage=Stage.MINUTES)


def test_facts_put_right_by_hand_hold_whatever_a_message_says():
    answer = DRAFTS.answer(
        "feedback email about the shift supervisor role at Cobalt Freight", [], None, [], fixed={"role": "team lead"}
    )
    assert answer is not None
    assert answer.draft is not None
    assert "team lead" in answer.draft.body
    assert "shift supervisor" not in answer.draft.text


def test_what_is_kept_out_by_wish_stays_out():
    draft = drafted(
        "Write to Prof. Lind, chair of the panel, lecturer post, asking for feedback. Don't mention the union."
    )
    assert "union" not in draft.text


def test_the_facts_of_earlier_messages_are_used():
    draft = drafted(
        "I didn't get the ward manager post at Elm Hospital.", "The panel chair was Dr Amin.", "write a thank you email"
    )
    assert "Dr Amin" in draft.body
    assert "ward manager" in draft.body


def test_anger_that_asks_for_nothing_civil_gets_no_draft():
    text = "Write to Mr Bell that his process is a joke. My finger is on send."
    answer = DRAFTS.answer(text, [], situation(Kind.ANGRY_REPLY, Wants.DRAFT), [])
    assert answer is None or answer.draft is None


def test_a_complaint_says_what_it_is_about_and_asks_for_one_thing():
    draft = drafted("I want to write a complaint letter about how they handled my application for shift supervisor.")
    assert "handled" in draft.subject
    assert any("happened" in each for each in draft.missing)
    assert "?" not in draft.body


def test_thanks_for_an_interview_claim_no_decision():
    draft = drafted("Thank you email to Ms Osei please, the interview for the clerk role was yesterday.")
    assert "decision" not in draft.body


def test_a_talk_that_cannot_be_kept_is_moved_and_no_answer_is_asked_for():
    draft = drafted("Please write to Mr Banda to reschedule: our chat is tomorrow and I can't do tomorrow.")
    assert "cannot make" in draft.body
    assert "hear from you" not in draft.body


def test_an_answer_of_their_own_is_put_off():
    draft = drafted("Write to Ms Osei. I told her I'd answer by Sunday and I can't do it by then, I need more time.")
    assert "my answer" in draft.body


def test_who_interviewed_them_replaces_the_one_they_never_met():
    draft = drafted(
        "Write about the new vacancy, children's librarian. They rejected me for adult services librarian, "
        "Karin Holm was chair.",
        "No I never met Karin, the interview was with Jonas and Elin",
    )
    assert "Jonas and Elin" in draft.body


def test_what_was_said_on_the_phone_was_not_written():
    draft = drafted("I was abusive on the phone to Ms Osei of HR and I regret it. Please write her an apology.")
    assert "I wrote" not in draft.body


def answered(text: str, act: Act, *, standing: bool = True, reply: str = "Here is a draft.") -> DraftAnswer | None:
    """What a later message gets, by what it does, after a draft or after another reply."""
    asked = "Please write a thank-you email to Ms Bell at Cobalt Freight."
    versions, _ = held(asked) if standing else ([], None)
    history = [Message(role="user", text=asked), Message(role="assistant", text=reply)]
    reading = ActReading(shares={act: 0.9})
    return DRAFTS.answer(text, history, situation(Kind.ASK_FEEDBACK, Wants.DRAFT), versions, act=reading)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("he does know everyone in flooring, that's true", Act.TELLS),
        ("fine. what would it even cost me", Act.ASKS),
        ("save the rude one somewhere tho lol", Act.REACTS),
    ],
)
def test_while_a_draft_stands_people_talk_as_before(text: str, act: Act):
    assert answered(text, act) is None


def test_a_change_that_is_not_understood_is_said_to_be_one():
    answer = answered("hmm the other way about", Act.DRAFT_CHANGE)
    assert answer is not None
    assert answer.before.startswith("I could not tell what to change")


def test_a_yes_is_about_a_draft_only_where_one_was_offered():
    assert answered("Please write it for me. email", Act.AGREES, standing=False, reply="Shall I draft it?") is not None
    assert answered("I would like to ask about the toads.", Act.TELLS, standing=False, reply="Go on.") is None


def test_another_draft_of_the_same_kind_is_a_new_one():
    answer = answered("now a thank-you to the agency as well", Act.DRAFT_NEW)
    assert answer is not None
    assert answer.draft is not None
    assert not answer.before.startswith("Here is the new version")


def test_who_was_not_answered_sends_a_light_reminder():
    assert before("I asked them for feedback two weeks ago and nobody answered. Write it again").startswith("One light")


def test_an_order_to_the_coach_is_nothing_to_thank_for():
    draft = drafted("Email Dr Lacey to thank him for the tour of the yard, make it a short one")
    assert "tour of the yard" in draft.body
    assert "short one" not in draft.body


def test_the_channel_may_follow_the_order():
    assert drafted("Thank Ann Rigby for ringing herself, ok yes write it, text").channel is Channel.TEXT
