"""What a message lists, and what its writer tells of themselves: all of it is in the draft, and nothing private."""

from __future__ import annotations

import pytest

from coach.drafts.content import read_content
from coach.drafts.dictated import as_orders
from coach.drafts.facts import read_facts
from coach.drafts.introductions import read_target
from coach.drafts.openings import read_opening
from coach.drafts.quoted import letter_names, without_letters
from coach.drafts.wording import addressed
from tests.drafts.made import drafted

LETTER = (
    "Hi Tomos, Thanks for coming in. We've decided to go with someone who can start sooner. Do shout in the new year. "
    "Best, Carys"
)


def test_each_item_of_a_list_is_an_order_of_its_own():
    text = (
        "I want to say: the Doyle's job fell through, I'm free from Monday, HGV class 2, don't want Tilbury. I stammer."
    )
    said = read_content(text, news=False).said
    assert said == (
        "The Doyle's job fell through.",
        "I am free from Monday.",
        "I have HGV class 2.",
        "I do not want Tilbury.",
    )


def test_a_question_and_thanks_in_a_list_stay_what_they_are():
    content = read_content(
        "Things to say: thanks for the Ocado interview, can she find out who got it, still up for packing.", news=False
    )
    assert content.thanked == "the Ocado interview"
    assert content.asked == ("Can you find out who got it?",)
    assert content.said == ("I am still up for packing.",)


def test_numbered_points_are_a_list():
    told = as_orders(
        "She wants it by email. 1) Fulton said no 2) second round at Marsh on Thursday 3) I'd look at Bristol."
    )
    assert "Say that Fulton said no." in told
    assert "Say that I have a second round at Marsh on Thursday." in told


def test_what_somebody_else_said_is_no_list():
    text = "She wrote in her email: we liked you, we took someone else, good luck."
    assert as_orders(text) == text


@pytest.mark.parametrize(
    "told",
    [
        "I drive with a suspended licence.",
        "I've got a tribunal against my last company.",
        "I work through the pain most days.",
        "I am on my third warning at work.",
        "I've been signed off work since June.",
        "I've been sleeping in my car since August.",
        "I care for my mother three days a week.",
        "I want the job so badly.",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_of_their_own_life_stays_out_wherever_it_stands(told: str, first: bool):
    order = "Write an email to Ann at Cobalt please."
    text = f"{told} {order}" if first else f"{order} {told}"
    assert read_content(text, news=True, asides=True, whole=True, terms=True).said == ()


def test_short_words_of_family_are_kept_out_too():
    text = "Say I have my ticket now and my dad's better so I can travel. Don't mention my dad."
    assert read_content(text, news=False).said == ("I have my ticket now.",)


def test_a_paper_that_another_holds_is_not_claimed():
    assert read_content("She chose a chef with a certificate. I can help on Sundays.", news=True).said == (
        "I can help on Sundays.",
    )


def test_a_pasted_letter_orders_nothing_and_names_its_two_ends():
    assert without_letters(f"{LETTER}\n\ni want to shout now").strip() == "i want to shout now"
    assert letter_names(LETTER) == ("Tomos", "Carys")
    facts = read_facts(f"{LETTER}\n\ni can start now. text").facts
    assert (facts["sender"].value, facts["recipient"].value) == ("Tomos", "Carys")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anyway Neil Abara at Fenwick Rail, he turned me down for tester.", "Neil Abara"),
        ("I want Leila, who I trained with, to introduce me to Mr Oakes at Elm Surgery.", "Leila"),
        ("so sharon at greggs. sharon the manager said no last time", "Sharon"),
        ("Lost out on the job at Wold Hall. Lucinda there was nice.", "Lucinda"),
        ("How do I get my landlady's son Marek to tell his manager that I exist?", "Marek"),
        ("Write to Jan Mossberg, who turned me down.", "Jan Mossberg"),
    ],
)
def test_the_reader_is_found(text: str, name: str):
    assert read_facts(text).facts["recipient"].value == name


def test_a_stay_elsewhere_is_no_employer_of_the_no():
    text = "The bike shop on Marsh Lane (Spokesmith) said no. Since then I did 8 months at Halfords."
    assert read_facts(text).facts["company"].value == "Spokesmith"


def test_an_opening_is_told_as_it_was_heard():
    text = "Now I hear from a driver that the second depot opens in Tema in March."
    assert read_opening(text)["opening_news"] == "a second depot opens in Tema in March"


def test_who_they_would_be_introduced_to_has_name_and_work():
    text = "She knows the curator at the Bell Archive, a Dr Huang."
    assert read_target(text)["target"].startswith("Dr Huang")


def test_she_is_the_one_who_is_asked_where_the_reader_passes_it_on():
    assert addressed("ask Joy if she would have a call with me") == "ask Joy if she would have a call with me"


def test_nothing_is_asked_where_they_have_found_something():
    text = (
        "Text Raj at Pinewood Recruitment, thank him for the placements at Doyle. Say I'm no longer free for temp work "
        "from 8 January."
    )
    assert "anything similar" not in drafted(text).body
