from __future__ import annotations

import time

import pytest

from coach.drafts.content import read_content
from coach.drafts.wording import addressed, sentence, spelled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("add that I'd still like to work with them", "I would still like to work with you."),
        ("and say im free for cleanup work too", "I am free for cleanup work."),
        ("The children were a joy, say that.", "The children were a joy."),
        ("make it clear that I liked the team", "I liked the team."),
    ],
)
def test_what_they_want_added_is_said_to_the_reader(text, said):
    assert read_content(text, news=False).said == (said,)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I'd like to know if the gap mattered", "Could you tell me if the gap mattered?"),
        ("ask her what course she recommends", "Could you tell me what course you recommend?"),
        ("ask him which topics to learn", "Could you tell me which topics I should learn?"),
        ("Ask what was wrong with the reel", "Could you tell me what could be better in the reel?"),
    ],
)
def test_what_they_want_to_know_becomes_an_easy_question(text, asked):
    assert read_content(text, news=False).asked == (asked,)


@pytest.mark.parametrize(
    "text",
    [
        "i don't know what to say to them",
        "the nursing home says i am not selected",
        "they still ring me to ask where the forms are",
        "do you know if I should write?",
        "add that they are idiots and I hate them",
    ],
)
def test_what_is_not_for_the_reader_stays_out(text):
    content = read_content(text, news=True)
    assert content.said == ()
    assert content.asked == ()


@pytest.mark.parametrize(
    "text",
    [
        "I've started therapy. I've got debt too.",
        "I can start on Monday because my mother died.",
        "I have finished the course but that's confidential",
        "I have finished chemo.",
        "I have finished my probation.",
        "I can work from May after my dialysis.",
        "I've completed rehab and the psychiatrist is happy.",
    ],
)
def test_private_things_are_not_taken_for_news(text):
    assert read_content(text, news=True).said == ()


@pytest.mark.parametrize(
    "text",
    [
        "I'm not sure whether to say I was in hospital for depression.",
        "Not sure whether to write to her and tell her that I was in prison.",
        "Would it be mad to mention that I was in prison?",
        "Tempted to say that I cried all night.",
        "It was so hard to tell her that I lost my last job.",
        "I'm too proud to say that I'm bankrupt.",
        "It would kill me to tell her that I was evicted.",
        "I wonder about adding that I was in rehab.",
        "Thinking of mentioning that I have epilepsy.",
        "Would you mention that I was in prison?",
        "Would it be stupid to offer to work for free?",
    ],
)
def test_what_somebody_only_weighs_saying_stays_with_the_coach(text):
    content = read_content(text, news=True)
    assert (content.said, content.asked) == ((), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Write to Ms Osei. I want to tell her that I was in hospital in May.", "I was in hospital in May."),
        ("Please tell her that I was in prison.", "I was in prison."),
        ("If possible I want to say that I'm free in May.", "I am free in May."),
        ("I'm not sure how to say that I'm still interested in the role.", "I am still interested in the role."),
    ],
)
def test_what_somebody_asks_for_in_so_many_words_is_said(text, said):
    assert read_content(text, news=False).said == (said,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Offer to work for less because I am skint and behind on rent.", ("I could work for less.",)),
        ("Offer to do the books since I know them.", ("I could do the books.",)),
        ("Offer to work for less to pay my debt.", ()),
    ],
)
def test_an_offer_comes_without_its_reason(text, said):
    assert read_content(text, news=False).said == said


@pytest.mark.parametrize(
    "text",
    [
        "Write to Ms Osei that she has to give me the job.",
        "Write to Ms Osei that they should hire me.",
        "Write to Ms Osei that she must change her mind.",
        "Write to Ms Osei that she must know I was in prison.",
        "Fine. I shouldn't have worn the cardigan, is that it?",
    ],
)
def test_a_demand_or_a_private_thing_makes_no_question(text):
    content = read_content(text, news=False)
    assert (content.said, content.asked) == ((), ())


def test_news_belongs_only_where_it_is_asked_for():
    text = "Since then I've completed the GCP course."
    assert read_content(text, news=True).said == ("Since then I have completed the GCP course.",)
    assert read_content(text, news=False).said == ()


def test_a_message_in_their_own_words_is_taken_whole():
    content = read_content("something like no worries, thanks for the look round", news=False)
    assert content.verbatim
    assert content.said == ("No worries, thanks for the look round.",)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("dont mention the lad", "lad"),
        ("take out the rate", "rate"),
        ("leave Keith out", "Keith"),
        ("dont mention barkwell she doesnt know who it was", "barkwell"),
        ("leave out the job i never got", "job i never got"),
    ],
)
def test_what_is_to_be_left_out_is_remembered(text, word):
    assert word in read_content(text, news=False).left_out


def test_words_about_the_reader_become_words_to_them():
    assert addressed("if she needs help and her brother was there with them") == (
        "if you need help and your brother was there with you"
    )
    assert addressed("what they said", keeps=frozenset({"they"})) == "what they said"


def test_spelling_is_full_and_sentences_end_once():
    assert spelled("im free mon & tues, dont wait") == "I am free Monday and Tuesday, do not wait"
    assert sentence("  i liked it pls ") == "I liked it."
    assert sentence("") == ""


@pytest.mark.parametrize("name", ["her", "Her", "For Feedback"])
def test_many_names_after_ask_are_read_at_once(name):
    start = time.perf_counter()
    read_content(f"ask {f'{name} ' * 40}now", news=False)
    assert time.perf_counter() - start < 1
