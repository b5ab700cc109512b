from __future__ import annotations

from dataclasses import replace

import pytest

from coach.draft import Channel, DraftKind, Tone
from coach.drafts.anger import is_hot, takes_back, wants_calm
from coach.drafts.choosing import chosen_kind
from coach.drafts.classifier import DraftReading
from coach.drafts.kinds import kind_of
from coach.drafts.request import calls_off, is_due
from coach.drafts.style import channel_of, tone_of, wants_short
from coach.types import Kind, Wants
from tests.reply.made import situation


@pytest.mark.parametrize(
    "text",
    [
        "Can you write an email to Ms Bell asking for feedback?",
        "feedback email pls",
        "linkedin note to the engineer",
        "what do I say when I ring her?",
        "Thank Dr Keane for the call.",
        "I'd like to keep in touch with Amara",
        "need an answer to a rejection",
    ],
)
def test_a_request_is_heard(text):
    assert is_due(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "should i write to the manager or wait till monday",
        "I've already written to them this morning",
        "no, i don't want a draft, i want to talk",
        "What does 'we will keep you on file' mean?",
        "write my kid's maths homework for me",
        "make me a plan for the week",
        "how do i tell my dad",
        "they said no an hour ago and I feel sick",
    ],
)
def test_what_only_touches_a_message_is_no_request(text):
    assert not is_due(text, None)


def test_what_is_pasted_asks_for_nothing():
    assert not is_due('"Dear applicant, please write to us if you want feedback on your form." what is this', None)


def test_a_faint_request_needs_the_situation():
    text = "Assessor: Benedita. I failed the role play."
    assert is_due(text, replace(situation(Kind.ASK_FEEDBACK, Wants.DRAFT), draft_share=0.6), signed=True)
    assert not is_due(text, replace(situation(Kind.DEBRIEF, Wants.COMFORT), draft_share=0.01), signed=True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("email her asking for feedback on my panel", DraftKind.FEEDBACK_REQUEST),
        ("reply to the rejection for me, gracious", DraftKind.REJECTION_REPLY),
        ("I want to stay in touch with the manager", DraftKind.KEEP_IN_TOUCH),
        ("the job has been readvertised, write to them", DraftKind.NEW_OPENING),
        ("ask them about freelance work", DraftKind.CONTRACT_INQUIRY),
        ("message to my recruiter, what else has she got", DraftKind.RECRUITER_MESSAGE),
        ("ask my old boss to introduce me to the lab head", DraftKind.INTRODUCTION_REQUEST),
        ("thank you email to the panel", DraftKind.THANK_YOU),
        ("the call is on Tuesday and I can't make it, write to him", DraftKind.RESCHEDULE),
        ("I sent a furious email last night and want to take it back", DraftKind.HOT_WITHDRAWAL),
    ],
)
def test_the_kind_follows_from_the_words(text, kind):
    assert kind_of(text, None) is kind


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("short email please", Channel.EMAIL),
        ("LinkedIn note, 300 characters", Channel.LINKEDIN),
        ("text him back", Channel.TEXT),
        ("he rejected me by email so I'll reply by whatsapp", Channel.TEXT),
        ("I'd rather ring. What do I say", Channel.PHONE),
        ("not email, LinkedIn", Channel.LINKEDIN),
        ("They rang me with the no", None),
        ("the no came by email", None),
    ],
)
def test_the_channel_is_the_one_wanted_and_not_the_one_of_the_no(text, channel):
    assert channel_of(text) is channel


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("more formal please", Tone.FORMAL),
        ("bit friendlier", Tone.WARM),
        ("in simpler words", Tone.SIMPLE),
        ("less grovelly", Tone.PLAIN),
        ("not formal, just normal", None),
        ("nice!! can you add a line", None),
    ],
)
def test_the_tone_is_heard(text, tone):
    assert tone_of(text) is tone


def test_few_words_are_heard_and_a_short_list_is_no_wish():
    assert wants_short("too long, half that")
    assert not wants_short("I was shortlisted")


@pytest.mark.parametrize(
    "text",
    [
        "make it sting",
        "give them both barrels",
        'about to send: "you utter clown, thanks"',
        "about to press send. subject line is 'Your loss, Graham'",
    ],
)
def test_something_furious_to_be_sent_is_hot(text):
    assert is_hot(text)
    assert not takes_back(text)


def test_a_civil_version_is_not_hot():
    text = 'turn this into something i can send: "Do better, you frauds."'
    assert wants_calm(text)
    assert not is_hot("write a calm email before I let them have it")


@pytest.mark.parametrize("text", ["forget it, i'm going to bed", "actually don't. I'll ring him", "never mind"])
def test_a_draft_can_be_called_off(text):
    assert calls_off(text)


@pytest.mark.parametrize("text", ["don't mention the funeral", "I don't want to beg", "no, the other manager"])
def test_a_wish_about_the_draft_does_not_call_it_off(text):
    assert not calls_off(text)


def test_a_draft_that_only_one_of_two_classifiers_sees_is_not_due():
    text = "The woman who got the job follows me on LinkedIn. Accept?"
    sees, doubts = (replace(situation(Kind.STAY_IN_TOUCH, Wants.DECISION), draft_share=share) for share in (0.3, 0.001))
    assert is_due(text, sees, asked=0.7)
    assert not is_due(text, doubts, asked=0.7)


@pytest.mark.parametrize(
    ("told", "regrets"), [("He hugged me when I told him.", False), ("I told them where to go.", True)]
)
def test_telling_somebody_at_home_is_nothing_to_take_back(told, regrets):
    shares = {kind.value: 0.0 for kind in DraftKind} | {"hot_withdrawal": 0.6, "keep_in_touch": 0.4, "none": 0.0}
    reading = DraftReading(shares=shares)
    kind = chosen_kind([told, "could I write to her?", "yes please, email"], None, reading, agency=False)
    assert (kind is DraftKind.HOT_WITHDRAWAL) is regrets
