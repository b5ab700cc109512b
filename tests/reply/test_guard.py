from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from coach.reply.classifier import Classifier
from coach.reply.guard import GuardVerdict, Judge, vet_echo, vet_free, vet_vetted, wording_fault
from coach.types import Fault, Origin, Vector

MESSAGE = "I had four rounds with Northwind and then a two-line email. I'm useless."
NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("You're too old at 54, that's why you're not chosen.", Fault.PERSONALIZING),
        ("You’re not leadership material.", Fault.PERSONALIZING),
        ("You are not ready for that level.", Fault.PERSONALIZING),
        ("A smaller role might suit you better.", Fault.PERSONALIZING),
        ("You should have prepared more.", Fault.BLAME),
        ("If you had practised, it would have gone well.", Fault.BLAME),
        ("That is your own fault.", Fault.BLAME),
        ("They were intimidated by you.", Fault.EMPLOYER_BLAME),
        ("They lied about the budget.", Fault.EMPLOYER_BLAME),
        ("It was rigged from the start.", Fault.EMPLOYER_BLAME),
        ("It is a blessing in disguise.", Fault.TOXIC_POSITIVITY),
        ("At least you got an interview.", Fault.TOXIC_POSITIVITY),
        ("When one door closes another opens.", Fault.TOXIC_POSITIVITY),
        ("You can do it!.", Fault.TOXIC_POSITIVITY),
        ("You're right, send it.", Fault.SYCOPHANCY),
        ("You will find something soon.", Fault.INVENTED),
        ("They will reply within a week.", Fault.INVENTED),
        ("The hiring freeze was the reason.", Fault.INVENTED),
        ("About 70 percent get a second chance.", Fault.INVENTED),
        ("That sounds like depression.", Fault.UNSAFE),
        ("What they did is illegal.", Fault.UNSAFE),
        ("I will call them for you.", Fault.UNSAFE),
        ("We regret to inform you of our decision.", Fault.LEAK),
        ("As an AI, I cannot say.", Fault.LEAK),
        ("The user asks for comfort.", Fault.LEAK),
        ("They were lying to you.", Fault.EMPLOYER_BLAME),
        ("I applied there too.", Fault.LEAK),
        ("I'm sorry to hear that.", Fault.LEAK),
        ("# Steps.", Fault.BROKEN),
        ("See https://example.org.", Fault.BROKEN),
        ("This never ends", Fault.BROKEN),
        ("", Fault.BROKEN),
        ("word " * 41 + "end.", Fault.BROKEN),
        ("你好，没关系.", Fault.BROKEN),
    ],
)
def test_a_wrong_wording_is_told_apart(sentence: str, fault: Fault) -> None:
    assert wording_fault(sentence) is fault


@pytest.mark.parametrize(
    "sentence",
    [
        "That hurts.",
        "Feeling ashamed after a no is common, and it does not mean you did something wrong.",
        "You can go on from here when you are ready.",
        "Rest for at least one evening.",
        "I can't judge whether that was lawful.",
        "A very fast no can feel careless.",
        "If you had an offer in writing, keep it.",
        "You should not have to feel ashamed of crying.",
        "You are quiet today, and that is fine.",
        "Zoë’s note said “no”.",
        "You call it your own fault, and being late once is a thing that happened.",
        "One no does not make it your fault.",
        "The reason they gave is the hours, and that was the reason they gave before.",
        "What was the hardest part?",
        "Lying down and typing is fine.",
    ],
)
def test_a_good_wording_passes(sentence: str) -> None:
    assert wording_fault(sentence) is None


def test_vetted_text_only_has_to_be_new() -> None:
    assert vet_vetted("They are idiots!", Origin.CARD, NOTHING) == GuardVerdict(origin=Origin.CARD)
    assert vet_vetted("That hurts.", Origin.PHRASE, frozenset({"That hurts."})).fault is Fault.REPEAT


def test_an_echo_must_be_true_new_and_no_attack() -> None:
    echo = "You had four rounds with Northwind."
    assert vet_echo(echo, MESSAGE, NOTHING) == GuardVerdict(origin=Origin.YOURS)
    assert vet_echo(echo, MESSAGE, NOTHING).passes
    assert vet_echo(echo, MESSAGE, frozenset({echo})).fault is Fault.REPEAT
    assert vet_echo("You had five rounds with Northwind.", MESSAGE, NOTHING).fault is Fault.MISFIT
    assert not vet_echo("You are useless.", MESSAGE, NOTHING).passes


def test_a_free_sentence_is_known_by_where_it_comes_from() -> None:
    vetted = ("You can rest.",)
    assert vet_free("You can rest.", MESSAGE, vetted, NOTHING).origin is Origin.PHRASE
    assert vet_free("You had four rounds with Northwind.", MESSAGE, vetted, NOTHING).origin is Origin.YOURS
    assert vet_free("Four rounds is a long way to go.", MESSAGE, vetted, NOTHING) == GuardVerdict(origin=Origin.FREE)
    parrot = "I had four rounds with Northwind and then a two-line email."
    assert vet_free(parrot, MESSAGE, vetted, NOTHING).fault is Fault.LEAK
    assert vet_free("You are too old.", MESSAGE, vetted, NOTHING).fault is Fault.PERSONALIZING
    assert vet_free("You can rest.", MESSAGE, vetted, frozenset({"You can rest."})).fault is Fault.REPEAT


class EverythingIsBlame:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fault(
        self, sentence: str, vector: Vector, message: str, message_vector: Vector | None, pair: object = None
    ) -> Fault | None:
        self.asked.append(sentence)
        return Fault.BLAME


def test_what_the_rules_pass_the_classifier_judges_but_never_vetted_text():
    classifier = EverythingIsBlame()
    vector = np.ones(2, np.float32)
    judge = Judge(classifier=cast(Classifier, classifier), sentence=vector, message=vector)
    vetted = ("You can rest.",)
    assert vet_free("You can rest.", MESSAGE, vetted, NOTHING, judge).passes
    assert vet_free("You had four rounds with Northwind.", MESSAGE, vetted, NOTHING, judge).passes
    assert vet_free("You are too old.", MESSAGE, vetted, NOTHING, judge).fault is Fault.PERSONALIZING
    assert classifier.asked == []
    assert vet_free("A quieter place may be for you.", MESSAGE, vetted, NOTHING, judge).fault is Fault.BLAME


@pytest.mark.parametrize(
    "sentence", ["A self-attack is not excused by its beginning: You think so, and it is your own fault."]
)
def test_only_the_persons_own_part_is_set_aside(sentence: str) -> None:
    assert wording_fault(sentence) is Fault.BLAME


def test_a_dangerous_fact_is_withheld_by_rules_alone():
    assert vet_free("You have ADHD, I think.", MESSAGE, (), NOTHING).fault is Fault.UNSAFE
