"""Facts over a conversation: added to, put right, and left to the user."""

from __future__ import annotations

from coach.facts.memory import as_mapping, from_mapping, line, slot_values, updated
from coach.facts.reading import read_facts
from coach.types import Fact, FactName


def over(*messages: str, fixed: tuple[str, ...] = ()) -> dict[str, str]:
    known: tuple[Fact, ...] = ()
    for message in messages:
        known = updated(known, message, fixed=fixed)
    return as_mapping(known)


def test_facts_are_kept_over_messages():
    found = over("Second interview at Northwind.", "I feel flat.", "They rejected me by email.")
    assert found == {"company": "Northwind", "stage": "second interview", "channel": "email"}


def test_a_correction_replaces_a_day():
    assert over("They rejected me on Monday.", "no, it was Tuesday actually")["when"] == "Tuesday"


def test_a_correction_replaces_a_stage():
    assert over("I lost in the third interview.", "Sorry, the second, not the third")["stage"] == "second interview"


def test_a_correction_replaces_a_named_value():
    assert over("Final round at Northwind.", "it was Northwood, not Northwind")["company"] == "Northwood"


def test_a_day_in_an_ordinary_message_corrects_nothing():
    assert over("They rejected me on Monday.", "no, I will write to them Friday")["when"] == "on Monday"


def test_another_employer_is_another_case():
    found = over("Final round at Northwind for the clerk role.", "I was also rejected at Brightwater.")
    assert found["company"] == "Brightwater"
    assert "stage" not in found


def test_what_the_user_put_right_stays():
    assert "company" not in over("Final round at Northwind.", fixed=("company",))


def test_several_people_are_kept_and_joined():
    found = over("The hiring manager Farah was kind.", "Then Mr Adeyemi wrote to me.")
    assert found["person"] == "Farah, hiring manager; Mr Adeyemi"


def test_mappings_keep_the_sentence_of_what_did_not_change():
    facts = read_facts("I lost in the second interview at Northwind.")
    back = from_mapping({**as_mapping(facts), "company": "Northwood", "nonsense": "x"}, facts)
    assert as_mapping(back) == {"stage": "second interview", "company": "Northwood"}
    by_name = {fact.name: fact for fact in back}
    assert by_name[FactName.STAGE].sentence
    assert by_name[FactName.COMPANY].sentence == ""


def test_the_line_for_the_prompt():
    facts = read_facts("Second interview at Northwind for the warehouse clerk role. They rang me today.")
    assert line(facts) == "Facts: company Northwind; role warehouse clerk; stage second interview"
    assert line(()) == ""


def test_slots_have_a_value_each():
    facts = read_facts("Second interview at Northwind. Rejected nine times.")
    assert slot_values(facts) == {"company": "Northwind", "stage": "second interview", "number": "nine"}
