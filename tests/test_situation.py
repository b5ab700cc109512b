from __future__ import annotations

import numpy as np
import pytest

from coach.acts import Act, ActReading
from coach.asks import read_ask
from coach.feelings import named_feelings
from coach.heads import BUCKETS, word_features
from coach.resources import shipped
from coach.signs import read_signs
from coach.situation import SituationReader, _by_act, _Found, _plausible
from coach.times import stated_stage
from coach.types import Feeling, Kind, Message, Sign, Situation, Stage, Vectors, Wants


@pytest.mark.parametrize(
    ("text", "feelings"),
    [
        ("I'm so angry", {Feeling.ANGRY}),
        ("furious. just furious", {Feeling.ANGRY}),
        ("I’m embarrassed and exhausted", {Feeling.ASHAMED, Feeling.TIRED}),
        ("I can't stop crying", {Feeling.SAD}),
        ("It hurts.", {Feeling.HURT}),
        ("They hurt me with that line", {Feeling.HURT}),
        ("That was humiliating", {Feeling.ASHAMED}),
        ("I'm not just sad, I'm livid", {Feeling.SAD, Feeling.ANGRY}),
        ("My boss smiled and I was so mad at him", {Feeling.ANGRY}),
        ("I feel a relief", {Feeling.RELIEVED}),
        ("I'm scared of telling my wife", {Feeling.ANXIOUS}),
        ("I don't understand", {Feeling.CONFUSED}),
        ("no wonder I'm tired", {Feeling.TIRED}),
        ("I'm so cross I can't type straight", {Feeling.ANGRY}),
        ("I'm cross and I've every right", {Feeling.ANGRY}),
        ("I feel such a fool, I told everyone", {Feeling.ASHAMED}),
        ("I feel so stupid", {Feeling.ASHAMED}),
        ("no from Thurso. Dead beat and I'm out of north", {Feeling.TIRED}),
        ("Today the moderator rang, and I wept.", {Feeling.SAD}),
        ("I'm low about it", {Feeling.SAD}),
        ("my heart just dropped", {Feeling.DISAPPOINTED}),
        ("They said someone internal. I'm flat.", {Feeling.DISAPPOINTED}),
        ("Since Thursday's no I don't feel anything.", {Feeling.NUMB}),
        ("It isn't sinking in.", {Feeling.NUMB}),
        ("I don't get it. I'm lost.", {Feeling.CONFUSED}),
        ("just heard its a no and honestly?? phew", {Feeling.RELIEVED}),
        ("I'm quietly glad they said no", {Feeling.RELIEVED}),
        # Taken back
        ("I'm not angry", set()),
        ("I'm not even really angry with them", set()),
        ("I don't feel sad about it", set()),
        ("I was never ashamed of it", set()),
        ("No shame in it", set()),
        ("less anger, more tiredness", set()),
        # Somebody else's
        ("My wife is furious", set()),
        ("She was so disappointed when I told her", set()),
        ("The interviewer looked tired", set()),
        ("they were angry that I asked", set()),
        ("my mum cried", set()),
        # Idioms and things
        ("Sorry, I was sad to see the post close", set()),
        ("I'm afraid we need your answer by Monday", set()),
        ("What a shame", set()),
        ("Would it hurt to ask?", set()),
        ("It can't hurt to apply", set()),
        ("Will this hurt my chances?", set()),
        ("write me an angry email", set()),
        ("I was nervous in the interview", set()),
        ("send a greeting in december, or cringe?", set()),
        ("I want an email that makes Mr Whitcombe squirm", set()),
        ("I laughed so hard I frightened the dog", set()),
        ("We live in a flat near the office", set()),
        ("I got lost on the way to the interview", set()),
        ("I had to cross the river", set()),
        ("Then the actor playing an angry relative shouted at me", set()),
        # Supposed
        ("How do I ask without sounding angry?", set()),
        ("If I was angry I would say so", set()),
        ("Should I be embarrassed?", set()),
        # Quoted
        ('They wrote "we know you will be disappointed"', set()),
        ("I got the no today", set()),
    ],
)
def test_named_feelings(text: str, feelings: set[Feeling]) -> None:
    assert set(named_feelings(text)) == feelings


HAS = [
    (Sign.INTERVIEWED, "I had an interview on Monday"),
    (Sign.INTERVIEWED, "the panel was kind"),
    (Sign.INTERVIEWED, "I interviewed there twice"),
    (Sign.SEVERAL_ROUNDS, "after four rounds"),
    (Sign.SEVERAL_ROUNDS, "I got through to the second interview"),
    (Sign.FINAL_ROUND, "I was the runner-up"),
    (Sign.FINAL_ROUND, "it came down to the last two"),
    (Sign.FINAL_ROUND, "no after the final round"),
    (Sign.SILENCE, "I haven't heard back"),
    (Sign.SILENCE, "they never replied"),
    (Sign.SILENCE, "the recruiter hasn't answered"),
    (Sign.SILENCE, "got ghosted"),
    (Sign.SILENCE, "nobody replied"),
    (Sign.AUTOMATED, "an automated email from noreply@"),
    (Sign.AUTOMATED, "it was a form letter"),
    (Sign.FAST_REPLY, "rejected in 8 minutes"),
    (Sign.FAST_REPLY, "the no came an hour after I applied"),
    (Sign.REASON_GIVEN, "they said I was too senior"),
    (Sign.REASON_GIVEN, "he told me I lacked experience"),
    (Sign.REASON_GIVEN, "they chose someone with more experience"),
    (Sign.INTERNAL, "I didn't get the promotion"),
    (Sign.INTERNAL, "passed over again"),
    (Sign.REFERRAL, "my friend referred me"),
    (Sign.REFERRAL, "a colleague put my name forward"),
    (Sign.MANY_REJECTIONS, "12 rejections this month"),
    (Sign.MANY_REJECTIONS, "I applied to 40 jobs"),
    (Sign.PASTED_EMAIL, "Dear Sam, we enjoyed meeting you. Unfortunately we chose another."),
    (Sign.PASTED_EMAIL, "Thank you for your application. We have decided to go another way."),
    (Sign.WANTS_TO_SEND_ANGER, "help me write an angry email"),
    (Sign.ASKS_WHY, "Why did they reject me?"),
    (Sign.ASKS_WHY, "why didn't I get it"),
    (Sign.ASKS_WHY, "I just want to know why"),
    (Sign.SELF_ATTACK, "I'm such an idiot"),
    (Sign.SELF_ATTACK, "im useless"),
    (Sign.SELF_ATTACK, "am I just stupid"),
    (Sign.CLAIMS_BIAS, "they gave it to the boss's nephew"),
    (Sign.CLAIMS_BIAS, "it was rigged"),
    (Sign.OFFERS_DOOR_OPEN, "We will keep your CV on file"),
    (Sign.OFFERS_DOOR_OPEN, "they told me to apply again in spring"),
    (Sign.LONG_WAIT, "I waited six weeks"),
    (Sign.LONG_WAIT, "it took them three months to say no"),
    (Sign.NO_ADVICE, "no advice please, I only want to say it"),
    (Sign.NO_ADVICE, "I don't want tips"),
    (Sign.NO_ADVICE, "Please don't suggest anything"),
    (Sign.NO_CONTACT, "it was just an online form"),
    (Sign.NO_CONTACT, "I never talked to anyone there"),
    (Sign.ASKED_ALREADY, "I already asked them for feedback"),
    (Sign.BAD_MOMENT, "I went blank at the second question"),
    (Sign.BAD_MOMENT, "I talked too much"),
]
HAS_NOT = [
    (Sign.INTERVIEWED, "I never got an interview"),
    (Sign.INTERVIEWED, "rejected without an interview"),
    (Sign.INTERVIEWED, "how do I get an interview"),
    (Sign.INTERVIEWED, "I have another interview tomorrow"),
    (Sign.INTERVIEWED, "I didn't even get an interview"),
    (Sign.INTERVIEWED, "I have an interview tomorrow"),
    (Sign.SEVERAL_ROUNDS, "I wasn't invited to the second round"),
    (Sign.FINAL_ROUND, "for the last two months"),
    (Sign.FINAL_ROUND, "the last three jobs were the same"),
    (Sign.FINAL_ROUND, "I didn't make the final round"),
    (Sign.FINAL_ROUND, "my last interview was in May"),
    (Sign.SILENCE, "I haven't replied to them yet"),
    (Sign.SILENCE, "I heard nothing for five weeks, then a rejection"),
    (Sign.SILENCE, "there was a silence in the room"),
    (Sign.AUTOMATED, "are you a bot"),
    (Sign.AUTOMATED, "give me a template for the thank-you"),
    (Sign.FAST_REPLY, "the interview was over in ten minutes"),
    (Sign.FAST_REPLY, "I drove home after two hours"),
    (Sign.REASON_GIVEN, "they said I did great"),
    (Sign.REASON_GIVEN, "they said no"),
    (Sign.REASON_GIVEN, "they didn't say I was too old"),
    (Sign.INTERNAL, "they hired an internal candidate"),
    (Sign.REFERRAL, "I had no referral"),
    (Sign.REFERRAL, "should I ask for a referral"),
    (Sign.MANY_REJECTIONS, "she asks every single evening"),
    (Sign.MANY_REJECTIONS, "another no"),
    (Sign.MANY_REJECTIONS, "I have three jobs"),
    (Sign.PASTED_EMAIL, "I want to write: thank you for your time"),
    (Sign.PASTED_EMAIL, "Dear Mr Lee, I would like feedback on my interview."),
    (Sign.WANTS_TO_SEND_ANGER, "I don't want to send an angry email"),
    (Sign.ASKS_WHY, "why do you ask"),
    (Sign.ASKS_WHY, "why not try tomorrow"),
    (Sign.SELF_ATTACK, "I'm not useless"),
    (Sign.SELF_ATTACK, "I don't think I'm stupid"),
    (Sign.SELF_ATTACK, "the process is a joke"),
    (Sign.CLAIMS_BIAS, "I don't think it was rigged"),
    (Sign.CLAIMS_BIAS, "my nephew is visiting"),
    (Sign.OFFERS_DOOR_OPEN, "how can I stay in touch with them"),
    (Sign.OFFERS_DOOR_OPEN, "should I apply again"),
    (Sign.LONG_WAIT, "out of work for 8 months"),
    (Sign.LONG_WAIT, "I worked there for three months"),
    (Sign.NO_ADVICE, "they gave me no advice about the visa"),
    (Sign.NO_ADVICE, "what steps can I take"),
    (Sign.NO_CONTACT, "I talked to the manager for an hour"),
    (Sign.ASKED_ALREADY, "should I ask for feedback"),
    (Sign.BAD_MOMENT, "the interview went well"),
]


@pytest.mark.parametrize(("sign", "text"), HAS)
def test_a_sign_is_read(sign: Sign, text: str) -> None:
    assert sign in read_signs(text)


@pytest.mark.parametrize(("sign", "text"), HAS_NOT)
def test_a_sign_is_not_read(sign: Sign, text: str) -> None:
    assert sign not in read_signs(text)


def test_every_sign_is_tested_both_ways() -> None:
    assert {sign for sign, _ in HAS} == set(Sign)
    assert {sign for sign, _ in HAS_NOT} == set(Sign)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("I got rejected 20 mins ago", Stage.MINUTES),
        ("just got the email", Stage.MINUTES),
        ("They said no this morning.", Stage.HOURS),
        ("rejected 3 hours ago", Stage.HOURS),
        ("Today I got a no from the bank", Stage.HOURS),
        ("They went with someone else. Yesterday.", Stage.DAYS),
        ("I was turned down two days ago", Stage.DAYS),
        ("I got the letter last week", Stage.WEEKS),
        ("they rejected me five weeks ago", Stage.WEEKS),
        ("It has been three months since the rejection", Stage.MONTHS),
        ("I applied three weeks ago and got rejected today", Stage.HOURS),
        ("They rejected me last year and again yesterday", Stage.DAYS),
        ("I got a rejection last month and I have an interview today", Stage.MONTHS),
        # Not the time of the no
        ("I have an interview today", None),
        ("I sent my application yesterday", None),
        ("After eight months of silence they said no", None),
        ("The email came three weeks later", None),
        ("I lost my job a year ago", None),
        ("What can I do today?", None),
        ('They wrote "you were rejected today"', None),
    ],
)
def test_stated_stage(text: str, stage: Stage | None) -> None:
    assert stated_stage(text) is stage


def vectors(seed: int = 0) -> Vectors:
    whole = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    whole /= np.linalg.norm(whole)
    return Vectors(whole=whole, sentences=("x",), each=whole[None, :])


@pytest.fixture(scope="module")
def reader() -> SituationReader:
    return SituationReader(shipped("models", "classifiers", "situation.npz"))


BEFORE = Situation(
    kind=Kind.DEBRIEF,
    kind_confidence=0.9,
    wants=Wants.ADVICE,
    stage=Stage.WEEKS,
    stage_confidence=0.8,
    feelings=(Feeling.SAD,),
    signs=frozenset({Sign.INTERVIEWED, Sign.SELF_ATTACK, Sign.PASTED_EMAIL}),
)


def test_features_are_a_vector_and_counted_words() -> None:
    row = word_features("No, no?", vectors().whole)
    assert row.shape == (384 + BUCKETS,)
    assert row.dtype == np.float32
    assert np.linalg.norm(row[384:]) == pytest.approx(1.0)
    assert not word_features("", vectors().whole)[384:].any()
    assert (word_features("it’s", vectors().whole) == word_features("it's", vectors().whole)).all()


def test_a_stated_time_beats_the_classifier(reader: SituationReader) -> None:
    read = reader.read("They rejected me last year.", (), vectors(), None)
    assert read.stage is Stage.MONTHS
    assert read.stage_confidence == 1.0
    assert 0 <= read.kind_confidence <= 1


def test_facts_are_carried_over_but_not_what_belongs_to_one_message(reader: SituationReader) -> None:
    history = (Message(role="user", text="x"), Message(role="assistant", text="y"))
    read = reader.read("and what about the second question they asked me there", history, vectors(), BEFORE)
    assert Sign.INTERVIEWED in read.signs
    assert not {Sign.SELF_ATTACK, Sign.PASTED_EMAIL} & read.signs
    assert read.feelings == ()


def test_a_short_follow_up_goes_on_with_its_topic(reader: SituationReader) -> None:
    history = (Message(role="user", text="x"), Message(role="assistant", text="y"))
    unsure = vectors()
    alone = reader.read("ok and then", (), unsure, None)
    assert alone.kind_confidence < 0.6
    if alone.kind not in (Kind.THANKS, Kind.REFUSES_ADVICE, Kind.IDENTITY):
        assert reader.read("ok and then", history, unsure, BEFORE).kind is Kind.DEBRIEF
    long = "I would like to ask the recruiter whether there are other roles in the field of nursing"
    assert reader.read(long, history, unsure, BEFORE).kind is reader.read(long, (), unsure, None).kind


@pytest.mark.parametrize(
    "text",
    [
        "Good evening, I was not selected for PhD position in Ghent. Supervisor is prof. Annelies Maes.",
        "They have declined me for the choir",
    ],
)
def test_news_of_a_no_is_on_topic(text: str) -> None:
    assert _plausible(text, read_ask(text), Kind.OFF_TOPIC, 0.6, Kind.FRESH_REJECTION)[0] is Kind.FRESH_REJECTION


@pytest.mark.parametrize(("share", "kind"), [(0.05, Kind.DEBRIEF), (0.2, Kind.IDENTITY)])
def test_both_readers_say_whether_a_later_message_is_about_the_program(share: float, kind: Kind) -> None:
    act = ActReading(shares={Act.ASKS: 1.0 - share, Act.PROGRAM: share})
    found = _Found(Kind.IDENTITY, 0.99, Wants.EXPLANATION, 0.9)
    assert (_by_act(act, found, BEFORE) or (BEFORE.kind, 0.0))[0] is kind


def test_what_somebody_asks_of_themselves_is_not_about_the_program() -> None:
    for text, kind in (("Do you think I lack vision?", Kind.DEBRIEF), ("Do you keep what I write?", Kind.IDENTITY)):
        assert _plausible(text, read_ask(text), Kind.IDENTITY, 0.6, Kind.DEBRIEF)[0] is kind
