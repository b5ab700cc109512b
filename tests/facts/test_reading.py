"""Facts are what a message plainly says, in its own words; when in doubt there is none."""

from __future__ import annotations

import pytest

from coach.facts.reading import read_facts
from coach.types import FactName


def told(text: str) -> dict[str, str]:
    return {fact.name.value: fact.value for fact in read_facts(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was the third interview at Brightwater.", {"company": "Brightwater", "stage": "third interview"}),
        ("Applied for the warehouse clerk role at Kestrel Logistics.", {"company": "Kestrel Logistics"}),
        ("Rejected after the final round.", {"stage": "final round"}),
        ("I got a no after the 2nd interview for the lab technician post.", {"role": "lab technician"}),
        (
            "The role was junior planner at Kestrel Council and the interviewer was Mr Adeyemi.",
            {"role": "junior planner"},
        ),
        ("They rejected me on Tuesday by email.", {"when": "on Tuesday", "channel": "email"}),
        ("She rang me this morning and said no.", {"channel": "phone", "when": "this morning"}),
        ("Fourteen applications and 9 rejections.", {"number": "9"}),
        ("I was rejected nine times.", {"number": "nine"}),
        ("The hiring manager Farah was kind to me.", {"person": "Farah, hiring manager"}),
        ("Here in Germany everyone asks for certificates.", {"country": "Germany"}),
        ("They said I was their second choice.", {"said": "They said I was their second choice"}),
        ("I emailed them twice after the interview.", {"tried": "emailed them twice after the interview"}),
    ],
)
def test_what_is_plainly_said_is_a_fact(text: str, expected: dict[str, str]):
    assert expected.items() <= told(text).items()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My friend got the job at Northwind.", "company"),
        ("I have worked at Tesco for six years.", "company"),
        ("I have an interview at Northwind tomorrow.", "company"),
        ("If I had applied at Northwind I would be happy.", "company"),
        ("I am from Douala and the panel said no.", "company"),
        ("My recruiter at Hays stopped answering after the rejection.", "company"),
        ("I read about it on LinkedIn.", "company"),
        ("I have another final round on Thursday.", "when"),
        ("I never got to the final round.", "stage"),
        ("I want a second interview so much.", "stage"),
        ("Every Sunday my mother asks about the job.", "when"),
        ("It was the perfect job.", "role"),
        ("I did not get the job.", "role"),
        ('They wrote "we will keep your CV at Northwind".', "company"),
        ("What happens after the third interview?", "number"),
    ],
)
def test_what_is_not_said_of_this_case_is_no_fact(text: str, name: str):
    assert name not in told(text)


def test_each_fact_names_the_sentence_it_came_from():
    facts = read_facts("It hurts. They turned me down at Northwind after the second round.")
    assert {fact.sentence for fact in facts} == {"They turned me down at Northwind after the second round."}
    assert {fact.name for fact in facts} == {FactName.COMPANY, FactName.STAGE}


def test_the_furthest_stage_counts():
    assert told("I passed the phone screen and the second round and lost in the third round.")["stage"] == "third round"


def test_a_pasted_email_tells_no_facts():
    assert (
        told("Dear Ms Osei, we regret that the post at Brightwater went to someone else after the second interview.")
        == {}
    )
