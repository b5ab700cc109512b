from __future__ import annotations

import pytest

from coach.draft import Channel, Tone
from coach.drafts.another import other_company
from coach.types import Message
from tests.drafts.made import DRAFTS, drafted, held

FIRST = (
    "Please write an email to Ms Bell at Cobalt Freight asking for feedback. I had a panel interview for shift "
    "supervisor. My name is Ines."
)


def test_shorter_keeps_names_job_and_question():
    first, short = drafted(FIRST), drafted(FIRST, "shorter please")
    assert len(short.body) < len(first.body)
    for part in ("Dear Ms Bell,", "shift supervisor", "Cobalt Freight", "Ines", "panel"):
        assert part in short.body


def test_a_tone_changes_and_nothing_else_is_lost():
    formal = drafted(FIRST, "more formal")
    assert formal.brief.tone is Tone.FORMAL
    assert "Yours sincerely,\nInes" in formal.body
    assert "May I ask" in formal.body
    assert formal.brief.facts == drafted(FIRST).brief.facts


def test_what_is_added_stays_through_later_changes():
    draft = drafted(FIRST, "add that I'd still like to work with them", "shorter", "in simpler words")
    assert "I would still like to work with you." in draft.body
    assert draft.brief.tone is Tone.SIMPLE


def test_another_channel_keeps_the_content():
    draft = drafted(FIRST, "not email, LinkedIn")
    assert draft.channel is Channel.LINKEDIN
    assert draft.subject == ""
    assert len(draft.body) <= 300
    assert "shift supervisor" in draft.body


def test_another_company_takes_nothing_of_the_first_but_the_writer():
    draft = drafted(FIRST, "now the same for another company, Eastfold Trams, lady called Noor")
    assert "Noor" in draft.body
    assert "Eastfold Trams" in draft.body
    assert "Ines" in draft.body
    for gone in ("Bell", "Cobalt", "panel"):
        assert gone not in draft.text


def test_never_met_takes_the_meeting_back():
    draft = drafted(FIRST, "no, I never met her, she only sent the emails")
    assert "panel interview" not in draft.body
    assert "Ms Bell" in draft.body


@pytest.mark.parametrize(
    ("turns", "new", "old"),
    [
        (("feedback email to Tunde at Palmgrove Retail", "its not Tunde its Tunji"), "Tunji", "Tunde"),
        (
            (FIRST, "add that I am in Accra in the first week of August", "actually the second week"),
            "second",
            "first week",
        ),
        (
            ("Email to my recruiter Dilys, ask what else she has within 30 miles of Llanelli", "make that 50 miles"),
            "50 miles",
            "30",
        ),
    ],
)
def test_a_correction_replaces_what_it_corrects(turns, new, old):
    text = drafted(*turns).text
    assert new in text
    assert old not in text


def test_what_is_taken_out_goes_and_the_rest_stays():
    draft = drafted(FIRST, "add that I can start in May", "take out the bit about May")
    assert "May" not in draft.body.replace("May I", "")
    assert "shift supervisor" in draft.body


def test_a_sender_given_later_fills_the_bracket():
    draft = drafted("feedback email to Ms Bell, role was shift supervisor", "My name is Hodan")
    assert "Hodan" in draft.body
    assert "your name" not in draft.missing


def test_undo_goes_back_a_version():
    versions, answer = held(FIRST, "more formal", "undo")
    assert answer is not None
    assert answer.undone
    assert versions == [drafted(FIRST)]


@pytest.mark.parametrize("text", ["thanks", "perfect", "and if he ignores me?", "how long should I wait?"])
def test_talk_about_a_draft_leaves_it_alone(text):
    versions, answer = held(FIRST, text)
    assert answer is None
    assert versions == [drafted(FIRST)]


def test_calling_it_off_leaves_no_draft():
    versions, answer = held(FIRST, "actually don't. I'll ring her")
    assert versions == []
    assert answer is not None
    assert answer.called_off


def test_a_hand_edit_survives_later_revisions():
    first = drafted(FIRST)
    ask = next(block for block in first.body.split("\n\n") if "panel could" in block)
    mine = first.body.replace(ask, "How did my answer about rotas come across?")
    edited = DRAFTS.edited(first, first.subject, mine)
    assert edited.body == mine
    answer = DRAFTS.answer(
        "more formal, and add that I can start in June", [Message(role="user", text=FIRST)], None, [first, edited]
    )
    assert answer is not None
    assert answer.draft is not None
    body = answer.draft.body
    assert "How did my answer about rotas come across?" in body
    assert "Yours sincerely" in body
    assert "I can start in June." in body


def test_a_body_rewritten_whole_is_theirs():
    first = drafted(FIRST)
    edited = DRAFTS.edited(first, "Hello", "Just one line to say thanks. Ines")
    assert edited.subject == "Hello"
    assert edited.body == "Just one line to say thanks. Ines"


@pytest.mark.parametrize(
    "text",
    [
        "mention that I work for Tesco now",
        "I'm available for May now",
        "available for May now",
        "say that I'm moving to a new school",
        "and that I look forward to a new job",
        "I'm ready for another one",
    ],
)
def test_what_is_told_of_oneself_is_no_wish_for_another_company(text):
    assert not other_company(text)
    draft = drafted(FIRST, text)
    for part in ("Dear Ms Bell,", "Cobalt Freight", "panel"):
        assert part in draft.body


@pytest.mark.parametrize(
    "text", ["great. now for Norvik", "can I have the same for Norvik?", "I need one for another company"]
)
def test_a_wish_for_another_company_is_one(text):
    assert other_company(text)


def test_a_backslash_of_theirs_is_only_a_character():
    order = "Write to Sam, introduce me to the AC\\DC team at Orbit and ask him if he could mention me"
    assert "AC\\DC" in drafted(order).body


def test_a_name_that_nobody_gave_can_be_taken_out():
    first = "Please write an email to Ms Bell at Cobalt Freight asking for feedback. I had a panel interview."
    _, answer = held(first, "take out my name")
    assert answer is not None
    assert answer.draft is not None
    assert "[your name]" in answer.draft.body


@pytest.mark.parametrize(
    "asked",
    [
        "Phone script: answer Ann Rigby who said no for plant area supervisor, thank her for ringing herself",
        "give me a phone script to ask Dr Lacey for feedback on the interview for technician",
        "phone script to keep in touch with Mr Cole about the porter job",
    ],
)
def test_a_script_for_the_phone_gets_shorter_too(asked):
    lengths = [len(drafted(asked, *["shorter"] * times).body) for times in range(3)]
    assert lengths[0] > lengths[1] > lengths[2]
