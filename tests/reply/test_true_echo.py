"""What the check of an echo lets through and what it does not, rule by rule."""

from __future__ import annotations

import pytest

from coach.reply.echo import built_echoes, is_true_echo
from coach.reply.guard import vet_echo
from coach.reply.particular import particular_echoes


def passes(sentence: str, message: str) -> bool:
    return vet_echo(sentence, message, frozenset()).passes


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        # the clauses before a question
        ("They picked the apprentice.", "They picked the apprentice, so what do I tell the lads?"),
        ("You drove there twice.", "I drove there twice and should I bill them?"),
        ("Your folder is still on their desk.", "my folder is still on their desk, is it rude to fetch it?"),
        # and before a condition
        ("You read it to the children.", "I read it to the children as if it were a bedtime story"),
        ("They rang on Friday.", "They rang on Friday, and if I know them they won't ring again"),
        ("They asked if you could start in May.", "They asked if I could start in May, then went quiet"),
        ("You don't know if the shop will stay open.", "I don't know if the shop will stay open"),
        # no joke where somebody says so
        ("You practised in the barn.", "I practised in the barn, I'm not joking."),
    ],
)
def test_the_plain_clauses_of_a_sentence_are_facts(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("They picked the apprentice.", "Did they pick the apprentice, or did I mishear?"),
        ("They picked the apprentice.", "They picked the apprentice, didn't they?"),
        ("They picked the apprentice.", "They picked the apprentice, right?"),
        ("You would move there.", "I would move there, if they paid the van"),
        ("They'll keep your place.", "They'll keep my place if the other one leaves"),
        ("You moved to Hull.", "If they had rung and I moved to Hull, we'd be settled"),
        ("You could be in Hull.", "Had I got it, I could be in Hull"),
        ("They rang on Friday.", "It was as if they rang on Friday"),
        ("You passed the driving test.", "I passed the driving test. Just kidding."),
        ("You passed the driving test.", "I passed the driving test (in my dreams)."),
        ("You passed the driving test.", "I passed the driving test, or so I thought."),
        ("They liked your bread.", "They liked my bread, she said."),
        ("They liked your bread.", "They liked my bread, apparently."),
        ("They liked your bread.", "Clearly they liked the competition and they liked my bread"),
    ],
)
def test_questions_conditions_and_what_is_taken_back_are_none(sentence: str, message: str) -> None:
    assert not passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        # what was said is named in a word, so the next clause is the person's
        ("The agency wants an answer by noon.", "Said no on Monday, and the agency wants an answer by noon."),
        ("You kept the apron.", "They said no and I kept the apron"),
        ("Your gran sent a cake.", "I told them on Monday and my gran sent a cake"),
        ("They took the other baker.", "I thought it went well, but they took the other baker"),
        ("You were on the ladder.", "They told me at the gate, and I was on the ladder"),
        ("You couldn't find the door.", "I felt sick and I couldn't find the door"),
        ("They filled the post in March.", "Nobody rang, and they filled the post in March"),
        # where and when come before
        ("You have to hand in the keys.", "On Thursday I have to hand in the keys"),
        ("You locked the van.", "Got the email this morning I locked the van"),
    ],
)
def test_what_follows_other_peoples_words_may_be_a_fact(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("They loved your samples.", "They said I was first choice and they loved my samples"),
        ("They loved your samples.", "He told me it went well, and they loved my samples"),
        ("You were a touch slow.", "They said no, I was a touch slow."),
        ("You were close behind.", "They told me lovely samples and I was close behind"),
        ("You talked over him.", "They said I was fine but I talked over him"),
        ("They noticed your hands.", "I'm scared I shook and they noticed my hands"),
        ("They rang your old boss.", "I bet they laughed and they rang my old boss"),
        ("You had the job.", "For a moment I had the job"),
        ("You were the front runner.", "In my head I was the front runner"),
        ("You rang the owner.", "I'm going to ring the owner"),
        ("Is it over for you.", "is it over for me"),
        ("You loved it there.", "Reply: I loved it there"),
        ("You quit on Friday.", "write this: I quit on Friday"),
    ],
)
def test_what_was_said_guessed_feared_or_planned_is_none(sentence: str, message: str) -> None:
    assert not passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("You lost the contract at the quarry.", "Lost the contract at the quarry, to a cousin of theirs"),
        ("You scored 44% on the sums.", "Scored 44% on the sums"),
        ("You were told no in the car park.", "told no in the car park"),
        ("You weren't picked for the choir.", "Wasn't picked for the choir"),
        ("You were not chosen for the crew.", "not chosen for the crew, again"),
        ("You emailed the recruiter twice.", "emailed the recruiter twice. nothing"),
        ("You told your dad on the phone.", "Told my dad on the phone"),
        ("You are crying in the stock room.", "crying in the stock room"),
        ("You have been waiting since Easter.", "been waiting since Easter"),
        ("You don't want a pep talk.", "dont want a pep talk"),
        ("You just hung up on them.", "just hung up on them"),
        ("You had 3 hours of tests.", "3 hours of tests"),
        ("Your mum made soup.", "mum made soup"),
    ],
)
def test_the_subject_that_was_left_out_is_the_person(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("You told them no at the gate.", "Told me no at the gate"),
        ("You went for someone local.", "Went for someone local"),
        ("You lost your form twice.", "Lost my form twice"),
        ("You asked for your salary history.", "Asked for my salary history"),
        ("You took a week to answer.", "Took a week to answer"),
        ("You want to keep your CV.", "Want to keep my CV"),
        ("You want someone with a licence.", "Want someone with a licence"),
        ("You moved on to others.", "Moved on to others"),
        ("You never got back to you.", "Never got back to me"),
        ("You have been six weeks.", "Been six weeks"),
        ("You were rejected your own draft.", "Rejected my own draft"),
        ("You cried all evening.", "My cousin applied. She's nineteen. Cried all evening."),
        ("You did the panel call.", "Did the panel call"),
        ("You are waiting for a reply.", "Waiting for a reply is the worst of it"),
        ("You were dropped by the yard.", "Dropped by the yard to fetch my boots"),
    ],
)
def test_a_subject_is_not_given_where_somebody_else_may_be_meant(sentence: str, message: str) -> None:
    assert not passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("They've asked you to train her.", "theyve asked me to train her"),
        ("It's worse on Sundays.", "its worse on sundays"),
        ("Your nan's kitchen is full of forms.", "my nans kitchen is full of forms"),
        ("You were on the phone with the vet about it.", "i was on the phone w/ the vet abt it"),
        ("You waited 6 hours and two minutes.", "i waited six hrs & 2 mins"),
        ("They told you that you came third.", "They told me I came third"),
        ("You applied for a job at the mill.", "I applied for job at the mill"),
        ("Your dad has been ringing round.", "my dad (61) has been ringing round"),
        ("They took the other nurse and you.", "They took the other nurse and me"),
        ("You wanted the allotment job, and you weren't.", "I wanted the allotment job, and I wasn't, and it's fine"),
        ("You worked at the mine.", "I worked at the mine"),
        ("They won't move forward with your file.", "They won't move forward with my file"),
        ("You wrote to the council.", "Dear coach, I wrote to the council."),
        ("They rang at nine, and you missed it.", "They rang at nine while I was out, so I missed it"),
        ("You told the agency.", "I told the agency about the gap"),
        ("You applied to the depot twice.", "i applied to the depot twice they never rang"),
        ("You and your sister drove there.", "me and my sister drove there"),
        ("You'd cleared your desk.", "id cleared my desk"),
        ("You had four rounds, and then nothing.", "I had four rounds - and then nothing"),
        ("You have no idea how to start it.", "no idea how to start it"),
    ],
)
def test_spelling_brackets_and_ends_are_no_obstacle(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("You were glad.", "I was glad for her"),
        ("You were happy there.", "I was happy there for a week"),
        ("You didn't apply.", "I didn't apply for the money"),
        ("You didn't want it.", "I didn't really want it"),
        ("You were the only one.", "I was the only one who had no tie"),
        ("They thanked everyone in the room.", "They thanked everyone in the room but me"),
        ("The board passed.", "The board passed on me"),
        ("You were let.", "I was let in at nine"),
        ("You were kind, and he was late.", "I was kind. My cousin drove. It rained. He was late."),
        ("They were tidy and quick.", "They were tidy, quick and rude"),
        ("They left a few notes.", "They left few notes"),
        ("You got the job at the depot.", "I got the job at the depot but they took it back"),
        ("They said you were the best.", "They said I was the best, but they had to pick one"),
        ("They had five rounds.", "They had five rounds, or was it six"),
        ("They offered you the post.", "They offered me the post and then took it back"),
        ("You applied at Hall.", "I applied at Hall & Daughter"),
        ("You were not nervous.", "I was not nervous when they rang the first time"),
        ("You took our time.", "we have chosen another candidate and you took our time"),
        ("You chose another candidate.", "from HR: we chose another candidate"),
    ],
)
def test_an_end_that_changes_the_sense_is_none(sentence: str, message: str) -> None:
    assert not passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ('They wrote "not now", and you kept the letter.', "They wrote 'not now', and I kept the letter."),
        ('He said "interesting" after your answer.', "he said 'interesting' after my answer"),
        ("You read it four times.", 'She wrote "We wish you well." I read it four times.'),
    ],
)
def test_a_short_quotation_may_be_said_back_as_one(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ('They wrote "not yet".', "They wrote 'not now'."),
        ("They wrote not now.", "They wrote 'not now'."),
        ('They called you "too quiet".', 'They called me "too quiet".'),
        ("You kept saying.", 'I kept saying "synergy"'),
        ("They said.", 'They said "no" and left'),
    ],
)
def test_no_quotation_is_changed_cut_or_hurtful(sentence: str, message: str) -> None:
    assert not passes(sentence, message)


@pytest.mark.parametrize(
    "message",
    [
        "I let my family down.",
        "I'm the problem.",
        "I'm a fool.",
        "I can't do anything right.",
        "I came across as needy.",
        "I'm not clever.",
        "I'll never work again.",
        "I must have said something.",
        "I should give up.",
        "They never intended to hire me.",
        "They saw my surname.",
        "They don't like foreigners.",
        "They only hired him for his dad.",
        "They gave it to the owner's golf partner.",
        "They dropped me because I asked for ramps.",
        "They passed me over for my age.",
        "They gave it to her because she's pretty.",
        "I interview badly.",
        "I'm going to be homeless.",
        "They will regret it.",
        "Of course they loved me.",
        "Only people with London connections get these fellowships.",
        "Nobody gets hired at fifty.",
    ],
)
def test_attacks_accusations_and_forecasts_are_never_said_back(message: str) -> None:
    turned = message.replace("I'm", "You're").replace("I'll", "You'll").replace("I ", "You ").replace("my", "your")
    turned = turned.replace(" You asked", " you asked").replace(" me ", " you ").replace(" me.", " you.")
    assert not is_true_echo(turned, message)
    assert turned not in built_echoes(message, most=9)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("Your niece drove you there.", "My niece drove me there."),
        ("You broke the best mug.", "I broke the best mug."),
        ("They sent you to the wrong building.", "They sent me to the wrong building."),
        ("You told a joke about boats.", "I told a joke about boats."),
        ("You missed out on the bridge inspector post.", "I missed out on the bridge inspector post."),
        ("You teach autistic children.", "I teach autistic children."),
        ("You are too tired to write.", "I'm too tired to write."),
    ],
)
def test_harmless_senses_of_words_that_may_hurt_pass(sentence: str, message: str) -> None:
    assert passes(sentence, message)


@pytest.mark.parametrize(
    ("message", "echo"),
    [
        ("lost the job at the pool to a lad who can't swim", "You lost the job at the pool to a lad who can't swim."),
        ("Turned up in my best shoes. Nobody met me.", "You turned up in your best shoes."),
        ("theyve asked me to train the new one", "They've asked you to train the new one."),
        ("told today its a no by the Harrow & Pike lot", "You were told today it's a no by the Harrow & Pike lot."),
        ("been a relief porter 6 yrs on nights", None),
        ("Did Ada Lovelace really write the first program", None),
        ('i keep hearing myself say "absolutely"', None),
    ],
)
def test_what_passes_now_is_built_too_and_well_spelled(message: str, echo: str | None) -> None:
    assert particular_echoes(message)[:1] == ([echo] if echo else [])


@pytest.mark.parametrize("piece", ["told them no and ", "and ", "( a ", "a, ", "if ", "so what do i do and ", '"a" '])
def test_no_long_message_is_read_again_and_again(piece: str) -> None:
    assert not is_true_echo("You were told no in the car park.", piece * (20_000 // len(piece)))
