from __future__ import annotations

import pytest

from coach.drafts.facts import merged, read_facts

SHIFT = (
    "Please write to Maribel Oduya at Cobalt Freight. She interviewed me for shift supervisor last Tuesday. "
    "My name is Tomasz."
)


def values(text: str) -> dict[str, str]:
    return {name: fact.value for name, fact in read_facts(text).facts.items()}


def test_a_message_tells_who_writes_to_whom_about_what():
    found = values(SHIFT)
    assert found["recipient"] == "Maribel Oduya"
    assert found["company"] == "Cobalt Freight"
    assert found["role"] == "shift supervisor"
    assert found["sender"] == "Tomasz"
    assert found["day"] == "last Tuesday"


def test_each_fact_names_the_sentence_it_came_from():
    facts = read_facts(SHIFT).facts
    assert facts["role"].source == "She interviewed me for shift supervisor last Tuesday."
    assert facts["sender"].source == "My name is Tomasz."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("manager is called Folasade, care home", "Folasade"),
        ("the boss = Mr Dunmore, he asked about inspection", "Mr Dunmore"),
        ("Contact: Ms Thibodeau. They said no.", "Ms Thibodeau"),
        ("message for the woman who interviewed me, Saoirse", "Saoirse"),
        ("email gaz (the boss) and ask", "Gaz"),
        ("the interview was with Dr Osei. They said no", "Dr Osei"),
        ("To: Early Careers Team. I fell at the group exercise", "Early Careers Team"),
        ("Three people: Dermot, Ayesha, Lin. It was a panel", "Dermot, Ayesha and Lin"),
    ],
)
def test_the_reader_is_found_however_they_are_named(text, name):
    assert values(text)["recipient"] == name


@pytest.mark.parametrize(
    "text",
    [
        "feedback email please",
        "Write something formal. Thanks",
        "I'm Portuguese and it was in Cork",
        "My boss does not know that I applied",
        "it came on Friday and I was so sad",
    ],
)
def test_no_name_is_made_of_what_is_none(text):
    found = values(text)
    assert "recipient" not in found
    assert "sender" not in found


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("im 17, names callum", "Callum"),
        ("write it please. Ta, Jaz", "Jaz"),
        ("I was turned down. - Fintan", "Fintan"),
        ("Sign as Dr Amara N.", "Dr Amara N"),
        ("Her name's Oonagh. I'm Reza.", "Reza"),
    ],
)
def test_the_one_who_writes_is_found(text, sender):
    assert values(text)["sender"].rstrip(".") == sender


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rejected as permanent data engineer at Pennant Energy.", "data engineer"),
        ("they said no to me for banksman.", "banksman"),
        ("I didnt get the plumbing apprenticeship at Pikes", "plumbing apprenticeship"),
        ("the deputy manager post went to someone else", "deputy manager"),
        ("Role: receptionist. No was on Monday.", "receptionist"),
    ],
)
def test_the_job_is_found(text, role):
    assert values(text)["role"] == role


@pytest.mark.parametrize("text", ["my manager told me", "The hiring manager was kind", "I feel like a failure"])
def test_a_person_or_a_feeling_is_no_job(text):
    assert "role" not in values(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("I had a panel interview", "panel"),
        ("my trial shift was on Friday", "trial"),
        ("the demo lesson went well", "demo"),
        ("they gave me a take-home task", "test"),
        ("I got to the final round", "final"),
        ("it was a phone screen", "screen"),
    ],
)
def test_how_far_it_went_is_read(text, mark):
    assert mark in read_facts(text).marks


def test_an_interview_that_was_not_is_no_stage():
    assert "stage" not in values("I never got an interview, only the form")


def test_the_newest_message_wins_a_contradiction():
    found = merged(
        [read_facts("It was for shift supervisor at Cobalt Freight."), read_facts("The role was team lead.")]
    )
    assert found.facts["role"].value == "team lead"
    assert found.facts["company"].value == "Cobalt Freight"


def test_a_short_name_does_not_replace_the_full_one():
    found = merged([read_facts("Write to Clare Hobbs, the chair."), read_facts("one email to Clare only")])
    assert found.facts["recipient"].value == "Clare Hobbs"


@pytest.mark.parametrize(
    ("text", "name", "firm"),
    [
        ("kasia from bramley trust wrote that i'm not getting the job", "Kasia", "Bramley Trust"),
        ("Dr Anjali Menon at Helix Genomics turned me down", "Dr Anjali Menon", "Helix Genomics"),
        ("Mrs Pargeter at Dodd & Lowe wrote me a kind no for the clerk job", "Mrs Pargeter", "Dodd & Lowe"),
        ("I emailed Graham at Pelham Court about the interview", "Graham", "Pelham Court"),
        (
            "My cousin Bayo knows one Mr Okafor who works for Dangote. I want to text Bayo so he can introduce me",
            "Bayo",
            "",
        ),
        ("Marek works at Allegro. Ask Marek to introduce me to his team lead Joanna Wilk", "Marek", "Allegro"),
        ("Pete took on another lad. text him that i can do day rate", "Pete", ""),
        ("a note to Prof. van Dijk about the interview", "Prof. van Dijk", ""),
        ("sister moyo on ward 7 said no to me", "Sister Moyo", ""),
        ("Write to Father Brendan please", "Father Brendan", ""),
        ("Ask my auntie Grace for a word with her boss", "Auntie Grace", ""),
        ("I sent Ines and Paul a rude email", "Ines and Paul", ""),
        ("the company's name is Ravenhill", "", "Ravenhill"),
    ],
)
def test_reader_and_employer_are_told_apart(text, name, firm):
    facts = read_facts(text).facts
    assert (facts["recipient"].value if "recipient" in facts else "") == name
    assert (facts["company"].value if "company" in facts else "") == firm


def test_what_somebody_cannot_do_is_no_job():
    assert "role" not in values("The interview was a month ago. can't cook. anyway")
    assert values("The interview was a month ago. line cook. anyway")["role"] == "line cook"
