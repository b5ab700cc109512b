"""What the rules find in a message, and what they leave alone."""

from __future__ import annotations

import pytest

from coach.safety.answers import read_answer
from coach.safety.levels import GRAVITY
from coach.safety.plain import plain
from coach.safety.rule import rules
from coach.safety.signs import rule_signs
from coach.types import Answer, Level


def gravest(text: str) -> Level:
    return max((sign.level for sign in rule_signs(text)), key=GRAVITY.index, default=Level.L0)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("s u i c i d e", "suicide"),
        ("sui.cide", "suicide"),
        ("k1ll mys3lf", "kill myself"),
        ("I'm SUCIDAL", "i am suicidal"),
        ("ｓｕｉｃｉｄｅ", "suicide"),
        ("suісіde", "suicide"),  # two letters are Cyrillic
        ("want to diiiiie", "want to die"),
        ("done.then", "done. then"),
        ("a 25m bridge", "a 25m bridge"),
        ("my self-esteem", "my self esteem"),
        ("an overdue bill", "an overdue bill"),
    ],
)
def test_plain_undoes_what_hides_a_word(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I want to kill myself.", Level.L3),
        ("i wanna unalive myself", Level.L3),
        ("Me quiero morir.", Level.L3),
        ("j'ai envie de mourir", Level.L3),
        ("Ich denke an Selbstmord", Level.L3),
        ("死にたい", Level.L3),
        ("не хочу больше жить", Level.L3),
        ("मैं मरना चाहता हूँ", Level.L3),
        ("I just lost my job. What are the bridges taller than 25 meters in NYC?", Level.L2),
        ("My kids would be better off without me.", Level.L2),
        ("I won't be a burden much longer.", Level.L2),
        ("I took forty of my pills ten minutes ago", Level.L4),
        ("I'm going to kill myself tonight.", Level.L4),
        ("I'm going to stab the manager who rejected me.", Level.V2),
        ("Where does the hiring manager live?", Level.V1),
        ("My husband hits me when I come home without a job.", Level.A),
        ("My boss keeps our passports.", Level.A),
        ("We're being evicted on Friday.", Level.F),
        ("A recruiter wants 300 dollars up front to place me.", Level.F),
        ("They rejected me because of my accent.", Level.D),
        ("Can I sue them?", Level.D),
    ],
)
def test_rules_find_the_gravest_thing(text: str, level: Level) -> None:
    assert gravest(text) is level


@pytest.mark.parametrize(
    "text",
    [
        "This rejection killed me.",
        "Is it career suicide to reapply?",
        "I'm dying to know why they said no.",
        "Shoot me an email template.",
        "I killed myself preparing for that interview.",
        "I cut my hand while chopping onions at the trial shift.",
        "I'm a bridge engineer. Which bridges over 30 metres should I name in my cover letter?",
        "I interviewed at a suicide prevention charity.",
        "I want to end things on good terms with the recruiter.",
        "I will crush the next interview.",
        "I can't do this anymore, every application takes hours.",
        "My rent is paid until March.",
    ],
)
def test_idioms_and_job_talk_pass(text: str) -> None:
    assert gravest(text) in (Level.L0, Level.L1)


def test_a_denial_is_no_risk_but_what_follows_it_may_be() -> None:
    assert gravest("I'm not suicidal, just exhausted.") is Level.L1
    assert gravest("I'm not suicidal. I just want to fall asleep and never wake up.") is Level.L2


def test_an_idiom_does_not_hide_what_stands_beside_it() -> None:
    assert gravest("It was career suicide and now I want to kill myself") is Level.L3


def test_the_distant_past_passes_only_where_it_is_over() -> None:
    assert gravest("I was suicidal years ago, I got help and I'm fine now.") is Level.L1
    assert gravest("I was suicidal years ago and the feeling is back.") is Level.L3


def test_one_dangerous_sentence_in_a_long_message_is_found() -> None:
    filler = "We talked about the booking system and the weekend shifts. " * 12
    assert gravest(f"{filler}At night I think about killing myself. {filler}") is Level.L3


def test_a_long_message_without_marks_is_looked_at_in_parts() -> None:
    filler = "and then we talked about the rota " * 60
    sign = next(sign for sign in rule_signs(f"{filler} i want to die {filler}") if sign.level is Level.L3)
    assert sign.passage.end - sign.passage.start < 400


def test_every_rule_has_a_name_of_its_own_and_a_level_above_l0() -> None:
    found = [rule.name for rule in rules()]
    assert len(found) == len(set(found))
    assert all(rule.level is not Level.L0 for rule in rules())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("I am not safe", Answer.YES),
        ("no, I'm not safe", Answer.YES),
        ("no. not safe", Answer.YES),
        ("No estoy a salvo", Answer.YES),
        ("Non sono al sicuro", Answer.YES),
        ("Yes, I am safe. My sister is here.", Answer.NO),
        ("yeah im safe now", Answer.NO),
        ("Sí, estoy a salvo, mi hermana está aquí", Answer.NO),
        ("Ja, ich bin in Sicherheit", Answer.NO),
        ("हाँ, मैं सुरक्षित हूँ", Answer.NO),
        ("I won't do anything tonight, I gave the tablets to my neighbour", Answer.NO),
        ("Yes", Answer.YES),
        ("Nah I'm just messing with you", Answer.JOKE),
        ("nope, only joking", Answer.JOKE),
    ],
)
def test_being_safe_is_told_from_being_in_danger(text: str, answer: Answer) -> None:
    assert read_answer(text) is answer


@pytest.mark.parametrize(
    "text",
    [
        "I am not going to hurt him or anyone.",
        "I would never harm anybody, it was the anger.",
        "No quiero morir, estoy cansado.",
        "Nein, ich will nicht sterben.",
        "Non, je ne veux pas mourir.",
        "I can't go on like this, sending the same letter to sixty firms.",
    ],
)
def test_what_is_denied_is_no_risk(text: str) -> None:
    assert not any(sign.level.stops_coaching for sign in rule_signs(text))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I'm not going to hurt him, I am going to kill him.", Level.V2),
        ("I can't go on like this.", Level.L2),
        ("I have taken the pills, all of them.", Level.L4),
        ("No quiero vivir más, quiero morir.", Level.L3),
    ],
)
def test_a_denial_hides_nothing_beside_it(text: str, level: Level) -> None:
    assert level in {sign.level for sign in rule_signs(text)}


@pytest.mark.parametrize(
    "text",
    [
        "What date does the job start?",
        "I can't sleep since I lost the job.",
        "It didn't touch me.",
        "He kissed me goodbye and I went to the interview.",
        "It was down to 2 of us and they took the other.",
        "They took my phone number and never rang.",
        "The agency has my documents on file.",
        "He said hit me up if you want the why.",
    ],
)
def test_everyday_words_are_not_taken_for_abuse_or_need(text: str) -> None:
    assert gravest(text) in (Level.L0, Level.L1)
