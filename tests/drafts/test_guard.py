from __future__ import annotations

from dataclasses import replace

import pytest

from coach.draft import Channel, DraftBrief, DraftKind
from coach.drafts.guard import Flaw, flaws, invented, vocabulary_of
from coach.drafts.mending import mended
from coach.drafts.steering import PRIVATE, RUDE
from coach.events import Draft
from tests.drafts.made import DRAFTS, drafted

VOCABULARY = vocabulary_of(DRAFTS.templates)
SAID = ["Write to Ms Bell about the shift supervisor role at Cobalt. I am Ines, interview on 3 May."]
GOOD = Draft(
    kind=DraftKind.FEEDBACK_REQUEST,
    channel=Channel.EMAIL,
    subject="One question",
    body="Dear Ms Bell,\n\nThank you for the interview on 3 May at Cobalt.\n\nKind regards,\nInes",
    missing=(),
    brief=DraftBrief(kind=DraftKind.FEEDBACK_REQUEST, channel=Channel.EMAIL),
)


def reasons(draft: Draft) -> set[str]:
    return {flaw.reason for flaw in flaws(draft, SAID, VOCABULARY)}


def test_a_good_draft_has_no_flaw():
    assert reasons(GOOD) == set()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("I met Sven there.", "invented"),
        ("I have 12 years of practice.", "invented"),
        ("We spoke on 4 May.", "invented"),
        ("You should have told me, you liar.", "rude"),
        ("I demand the reasons in writing.", "demand"),
        ("Please reconsider your decision.", "demand"),
        ("I admire your culture.", "flattery"),
        ("Do not contact me again.", "closes_door"),
        ("What a day!", "tone"),
        ("Why? Who? What? When?", "asks"),
    ],
)
def test_a_flaw_is_found(words, reason):
    assert reason in reasons(replace(GOOD, body=GOOD.body.replace("at Cobalt.", f"at Cobalt. {words}")))


def test_thanks_and_subject_have_to_be_there():
    assert "no_thanks" in reasons(replace(GOOD, body="Dear Ms Bell,\n\nHow was I?\n\nKind regards,\nInes"))
    assert "subject" in reasons(replace(GOOD, subject=""))
    assert "subject" in reasons(replace(GOOD, channel=Channel.TEXT))


def test_what_is_to_be_left_out_must_not_be_in():
    told = replace(GOOD.brief, left_out=("the interview",))
    assert "leak" in reasons(replace(GOOD, brief=told))


def test_a_note_has_its_limit():
    assert "length" in reasons(replace(GOOD, channel=Channel.LINKEDIN, subject="", body="Thank you. " * 40))


def test_brackets_are_no_invention():
    assert invented("Dear [Name], on [3 June] at Cobalt", SAID, VOCABULARY) == []


def test_what_was_said_in_other_figures_is_no_invention():
    said = ["nothing under 41, not Fridays, and I am the legal secretary"]
    assert invented("From £41k, on a Friday, says I'm the legal secretary. Sure, I'd", said, VOCABULARY) == []
    assert invented("We met on a Monday and I want £42k.", said, VOCABULARY) == ["Monday", "42k"]


@pytest.mark.parametrize(("text", "private"), [("legal secretary", False), ("it is a secret", True)])
def test_a_secretary_is_no_secret(text, private):
    assert bool(PRIVATE.search(text)) == private


@pytest.mark.parametrize(("text", "rude"), [("Hi Sue, thanks", False), ("I will sue you", True)])
def test_a_name_is_no_threat_of_a_court(text, rude):
    assert bool(RUDE.search(text)) == rude


def test_what_fails_is_left_out_and_the_rest_is_shown():
    draft = drafted("Email Ms Bell asking for feedback on the shift supervisor role. Add that I think they are liars")
    assert "liar" not in draft.body
    assert "Ms Bell" in draft.body


def test_a_private_thing_does_not_get_into_a_draft():
    draft = drafted(
        "didnt get it. i cried in the stairwell. the job was junior animator at Pufferfish Studios",
        "my boss doesn't know i applied and the rent is due",
        "can u write an email to Ottoline, the lead, asking for feedback",
    )
    for word in ("cried", "stairwell", "boss", "rent"):
        assert word not in draft.text.lower()
    assert "Ottoline" in draft.body
    assert "junior animator" in draft.body


def test_a_flaw_takes_its_sentence_and_no_other():
    brief = DraftBrief(
        kind=DraftKind.KEEP_IN_TOUCH,
        channel=Channel.EMAIL,
        said=("You have to see my new samples.", "I liked that you showed me the workshop."),
    )
    better = mended(brief, Flaw(reason="demand", words="you have to"))
    assert better.said == ("I liked that you showed me the workshop.",)
