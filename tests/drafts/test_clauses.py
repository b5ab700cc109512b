"""What an order lists, clause by clause, and what of it stays with the coach."""

from __future__ import annotations

import pytest

from coach.draft import DraftKind
from coach.drafts.briefs import new_brief
from coach.drafts.clauses import read_clauses
from coach.drafts.content import read_content
from coach.drafts.dates import promised_dates
from coach.drafts.facts import kind_facts
from coach.drafts.thanks import deeds


def test_the_second_thing_asked_is_not_lost_behind_the_first():
    text = (
        "I'd like to ask how the data task went, because I ran out of time, and if it's worth applying again in spring"
    )
    assert read_content(text, news=False).asked == (
        "Could you tell me how the data task went?",
        "Could you tell me if it is worth applying again in spring?",
    )


def test_thanks_and_statements_of_one_order_are_told_apart():
    text = (
        "I want to tell him thank you for the trial day and that I enjoyed to work with his team and I wish them well"
    )
    content = read_content(text, news=False)
    assert content.thanked == "the trial day"
    assert content.said[0] == "I enjoyed to work with your team."


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("text him could he put in a word with his manager Rob", "Could you put in a word with your manager Rob?"),
        ("ask is the job really gone or only on hold", "Is the job really gone or only on hold?"),
        ("I'd like her to try me for another ship", "Could you try me for another ship?"),
        ("a mail to Mr Adeyemi to tell me my weak area", "Could you tell me my weak area?"),
        ("ask for the one thing I should practise", "Could you tell me the one thing I should practise?"),
        ("I would value her view of where I lost marks", "Could you give me your view of where I lost marks?"),
        ("how do I ask to go on the casuals list?", "Could I go on the casuals list?"),
        ("write to him that he must check with me first, and stay on speaking terms", "Could you check with me first?"),
        ("text kelly, that one didnt work out, got anything for forklift?", "Do you have anything for forklift?"),
    ],
)
def test_what_the_reader_is_asked_is_said_to_them(text, asked):
    assert read_content(text, news=False).asked == (asked,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'd like to suggest I do the books for them by the hour", "I could do the books for you by the hour."),
        ("I'd like to offer holiday cover in August", "I would like to offer holiday cover in August."),
        ("just so she knows I live in Kassel now", "I live in Kassel now."),
        ("I want them to know I'm fine with it even if I'm not", "I am fine with it."),
        ("How can I say I'm available without saying I know", "I am available."),
        ("add that I'm glad for Tom and will support him", "I am glad for Tom and will support him."),
        ("say his tip with the examples helped a lot", "Your tip with the examples helped a lot."),
    ],
)
def test_what_is_to_be_said_stands_in_their_words_without_the_word_to_the_coach(text, said):
    assert read_content(text, news=False).said == (said,)


@pytest.mark.parametrize(
    "text",
    [
        "I don't want her to know I'm pregnant",
        "they told me to say I was late",
        "she asked me if I can drive",
        "how could I tell her I'm skint",
        "what do I say to her",
        "I wonder if I should write to Mrs Bell at all",
        "I keep asking why I bother",
        "I've moved back in with my parents and I've got debts",
    ],
)
def test_what_is_told_or_wondered_is_no_order(text):
    content = read_content(text, news=True)
    assert content.said == ()
    assert content.asked == ()


def test_clauses_come_in_the_order_of_the_message():
    ways = [
        clause.way
        for clause in read_clauses("ask if it was the rota, and tell him I can start in May. Thank her for tea")
    ]
    assert ways == ["ask", "say", "thank"]


@pytest.mark.parametrize(
    ("text", "thanked"),
    [
        (
            "she told me about the job and gave me a lift to the interview",
            "telling me about the job and giving me a lift to the interview",
        ),
        ("Their receptionist found my glove and posted it to me!", "finding my glove and posting it to me"),
        ("Sister Agnes was so good to me", "being so good to me"),
        ("He told me no and gave me the rejection", ""),
        ("they turned me down", ""),
    ],
)
def test_deeds_that_are_told_are_what_thanks_are_for(text, thanked):
    assert deeds(text) == thanked


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            "he'd ring thursday 2pm but I'm on shift. Friday after 12 is good or monday any time",
            "on Thursday at 2pm",
            "Friday after 12 or Monday any time",
        ),
        ("can you ask him to move our chat from Monday to Wednesday", "on Monday", "Wednesday"),
        ("Panel chair's offered Tuesday, I can only do Wednesday or Thursday", "on Tuesday", "Wednesday or Thursday"),
        ("I've a call with the founder and I'm camping with no signal until Sunday", None, None),
    ],
)
def test_the_old_and_the_new_time_of_a_talk(text, old, new):
    found = promised_dates(text)
    assert (found.get("when"), found.get("newtime")) == (old, new)


def test_a_stock_line_does_not_repeat_their_own_offer():
    brief = new_brief(["I could do their payroll from home till spring"], None, kind=DraftKind.CONTRACT_INQUIRY)
    assert brief.said == ("I could do your payroll from home till spring.",)
    assert "own_offer" in brief.marks


def test_nobody_is_thanked_for_a_forwarding_that_was_only_asked_for():
    asked = new_brief(["tell the agency would she put me up for others"], None, kind=DraftKind.RECRUITER_MESSAGE)
    told = new_brief(["the agency sent my CV for the porter job, say no luck"], None, kind=DraftKind.RECRUITER_MESSAGE)
    assert "forwarded" not in asked.marks
    assert "forwarded" in told.marks


def test_who_acts_is_the_reader_where_she_and_him_stand_together():
    content = read_content("Ask if she'd put in a word with him", news=False)
    assert content.asked == ("Would you put in a word with him?",)


def test_no_asking_is_no_request():
    content = read_content("thank her for her prayers. No asking for anything", news=False)
    assert content.asked == ()
    assert content.thanked == "your prayers"


@pytest.mark.parametrize(
    "text",
    [
        "I sent Marco a LinkedIn message that he'd hired a muppet. I want to take it back",
        "I wrote to her that she wouldn't know talent. I want to take it back",
        "I told him to his face that he is blind, text him sorry",
    ],
)
def test_of_hot_words_nothing_comes_back_in_the_apology(text):
    brief = new_brief([text], None, kind=DraftKind.HOT_WITHDRAWAL)
    assert brief.said == ()
    assert brief.asked == ()


def test_an_apology_may_say_that_its_reader_did_nothing_wrong():
    text = "I shouted at her. Write that she was fair and the other candidate did nothing wrong"
    said = new_brief([text], None, kind=DraftKind.HOT_WITHDRAWAL).said
    assert any("fair" in each for each in said)


def test_what_it_feels_like_is_no_order():
    assert read_content("It feels like asking someone who dumped you if they need a lodger.", news=False).asked == ()


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Thank you note to Sam please. My ex helped me move.", None),
        ("Thank you note to Sam please. My ex was there, he helped me move.", None),
        ("Thank you note to Sam please, about my ex who helped me move.", None),
        ("Thank you note to Dr Ade please. The police helped me after the attack.", None),
        ("Thank you note to Priya please. Her rival Tom offered me a job.", None),
        ("Thank you note to Priya please. She sectioned me.", None),
        ("Thank you note to Sam please. He helped me move and drowned my cat.", "helping me move"),
        ("thank the engineer who told me what to read", "telling me what to read"),
    ],
)
def test_nobody_is_thanked_for_what_somebody_else_did(text, deed):
    found = kind_facts(text, DraftKind.THANK_YOU)
    assert found.get("deed") == deed
    assert deed or "help" not in found
