"""Changes of a draft that stands: each is obeyed, and nothing else is lost with it."""

from __future__ import annotations

import pytest

from coach.draft import Channel, DraftKind, Tone
from coach.drafts.pairs import pairs
from coach.drafts.plainly import plainly
from coach.drafts.request import calls_off, is_due
from coach.drafts.values import exchanged
from coach.types import Kind, Wants
from tests.drafts.made import drafted, held
from tests.reply.made import situation

FIRST = (
    "Please write an email to Ms Bell at Cobalt Freight asking for feedback. I had a panel interview for shift "
    "supervisor. My name is Ines."
)


@pytest.mark.parametrize(
    ("turns", "new", "old"),
    [
        ((FIRST, "actually send it to Tom not Ms Bell"), "Dear Tom", "Bell"),
        ((FIRST, "it's Dr Bell sorry"), "Dear Dr Bell", "Ms"),
        ((FIRST, "the company is Cobalts Freight, not Cobalt Freight"), "Cobalts Freight", "Cobalt Freight"),
        ((FIRST, "no no, the company's name is Cobbalt, with two b"), "Cobbalt", "Cobalt "),
        ((FIRST, "The job was called night supervisor, not shift supervisor"), "night supervisor", "shift supervisor"),
        ((FIRST, "my name is spelled Inez"), "Inez", "Ines"),
        ((FIRST, "add that I could start on Saturdays", "sundays not saturdays"), "Sundays", "aturdays"),
        (
            (FIRST, "add that I can come by on Tuesday the 9th", "no wait, Wednesday the 10th"),
            "Wednesday the 10th",
            "9th",
        ),
        ((FIRST, "add that I am free from May", "from june i mean"), "from June", "May"),
        ((FIRST, "add that I would not go under 35k", "38k sorry"), "38k", "35k"),
        ((FIRST, 'Not "Dear", "Hi"'), "Hi Ms Bell", "Dear"),
        ((FIRST, "add that I am free from the 12th", "from the 19th, I forgot the holiday"), "the 19th", "the 12th"),
        ((FIRST, "not Cobalt, Carrick Freight"), "at Carrick Freight,", "Cobalt"),
        ((FIRST, "it was the first round, not a panel"), "first", "panel"),
        ((FIRST, "add that I am in town from the 2nd of May", "the 12th sorry"), "12th of May", "2nd of May"),
        ((FIRST, "call her Jo, first names: she's Jo to me"), "Dear Jo", "Ms Bell"),
        ((FIRST, "it wasn't a panel interview, it was a phone screen"), "phone screen", "panel"),
    ],
)
def test_a_correction_is_made_and_the_rest_kept(turns, new, old):
    text = drafted(*turns).text
    assert new in text
    assert old not in text.replace(new, "")
    assert "supervisor" in text


def test_what_looks_like_a_correction_changes_nothing_that_does_not_stand_there():
    assert [pair.old for pair in pairs("do not mention Tom")] == []
    assert [pair.old for pair in pairs("I'm not angry")] == []
    assert drafted(FIRST, "it's warm here, not cold").brief.facts == drafted(FIRST).brief.facts


def test_of_a_sentence_only_the_part_goes_that_is_to_be_left_out():
    draft = drafted(
        FIRST, "add that I liked the yard and I would come back any time", "leave out the bit about the yard"
    )
    assert "yard" not in draft.body
    assert "come back any time" in draft.body


def test_leaving_out_takes_no_other_sentence_with_it():
    draft = drafted(
        FIRST, "add that I can do nights", "add that I have a forklift licence", "without the part about nights"
    )
    assert "nights" not in draft.body
    assert "forklift licence" in draft.body


def test_what_is_left_out_and_what_is_added_in_one_message():
    draft = drafted(
        FIRST, "add that I can do night shifts", "leave out the night shifts and add that I can do early shifts"
    )
    assert "night" not in draft.body
    assert "early shifts" in draft.body


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("add thanks that she showed me the yard herself", "you showed me the yard yourself"),
        ("start with thanks for the day they gave me", "Thank you for the day you gave me"),
        ("say part time would be fine as well", "art time would be fine"),
        ("also that my Portuguese is fluent now", "My Portuguese is fluent now."),
        ("put in my number", "[your number]"),
    ],
)
def test_what_is_to_be_added_is_there(change, said):
    draft = drafted(FIRST, change)
    assert said in draft.body
    for part in ("Dear Ms Bell,", "shift supervisor", "Cobalt Freight", "Ines", "panel"):
        assert part in draft.body


def test_a_titled_name_is_the_reader_and_no_employer():
    draft = drafted(FIRST, "it's for another company now, Harbour Lines, to Mr Osei")
    assert draft.body.startswith("Dear Mr Osei,")
    assert "at Harbour Lines" in draft.body


def test_another_employer_and_its_reader_are_told_apart():
    draft = drafted(FIRST, "great. now the same for Norvik, there it was Pernille and only a phone interview")
    assert draft.body.startswith("Dear Pernille,")
    assert "at Norvik" in draft.body
    for gone in ("Bell", "Cobalt", "panel"):
        assert gone not in draft.text


def test_a_tone_puts_nothing_in_the_place_of_a_day():
    body = drafted(FIRST, "add that I have booked the first aid course for the 3rd", "make it friendlier").body
    assert "the first aid course for the 3rd" in body


def test_a_time_that_is_named_later_is_the_one_proposed():
    body = drafted("Write to Mrs Danso, I can't make the call on Monday", "say Wednesday afternoon").body
    assert "Would Wednesday afternoon suit you instead?" in body
    assert "Monday" in body
    later = drafted("Ask Lin to move our call from Thursday to Friday", "Friday after 3").body
    assert "Friday after 3" in later
    assert "Thursday" in later


def test_a_second_reader():
    assert drafted(FIRST, "and to Martin as well, he was on the panel").body.startswith("Dear Ms Bell and Martin,")


def test_who_introduces_stays_the_reader():
    first = "please ask Femi Adeleke to introduce me to the head of finance at Zenon"
    body = drafted(first, "her name is Mrs Balogun, the head of finance").body
    assert body.startswith("Dear Femi,")
    assert "introduce me to Mrs Balogun, the head of finance at Zenon" in body


@pytest.mark.parametrize("text", ["say it nicer", "say it in fewer words please", "put this more simply"])
def test_how_to_say_it_is_nothing_to_add(text):
    assert not drafted(FIRST, text).brief.said


def test_what_is_added_and_taken_back_is_gone():
    assert "euro" not in drafted(FIRST, "add my rate, it's 28 euro an hour", "hm no take out the rate").body
    assert "appointment" not in drafted(FIRST, "say I have an appointment. no, say nothing").body


def test_now_is_no_other_employer_by_itself():
    assert drafted(FIRST, "that's good enough for me now, but shorter").brief.facts == drafted(FIRST).brief.facts
    assert drafted(FIRST, "for Hotel Aurora now, there I met Paolo").body.startswith("Dear Paolo,")


def test_only_the_first_of_several_questions():
    first = (
        "Email to Anouk: ask her how my portfolio came across, whether my rate was too high and if they need me in May"
    )
    body = drafted(first, "only the first question").body
    assert "portfolio" in body
    assert "rate" not in body


def test_the_reader_has_left():
    draft = drafted(FIRST, "Oh she's left the company. Address it to her successor, I don't have the name")
    assert draft.body.startswith("Dear [name],")
    assert "Cobalt Freight" in draft.body


@pytest.mark.parametrize(
    ("change", "tone"),
    [
        ("not so formal", Tone.WARM),
        ("it's too posh, I don't talk like that", Tone.WARM),
        ("once more but so a child could read it", Tone.SIMPLE),
        ("more humble, she is an elder", Tone.FORMAL),
    ],
)
def test_a_tone_in_other_words(change, tone):
    assert drafted(FIRST, change).brief.tone is tone


def test_what_is_kept_for_the_phone_is_no_wish_for_a_call():
    draft = drafted(FIRST, "drop the date, I'll tell her on the phone")
    assert draft.channel is Channel.EMAIL


@pytest.mark.parametrize(
    "text",
    [
        "actually no. leave it. she'll think I'm desperate",
        "nah forget it, I'll see him saturday anyway",
        "don't bother, I've changed my mind",
        "forget it, I'll ring him instead",
        "never mind. thank you",
        "no, I'll wait till Monday",
    ],
)
def test_a_draft_is_called_off(text):
    assert calls_off(text)
    versions, _ = held(FIRST, text)
    assert versions == []


@pytest.mark.parametrize(
    "text",
    [
        "leave it out",
        "leave the name out please",
        "drop the last sentence",
        "leave it as it is but shorter",
        "forget the salary, add my phone number",
        "Skip it, and say I am free in May",
        "ok leave that, but make the start shorter",
        "never mind, add my phone number",
        "she said she'd call. I'll wait till Monday",
        "Sign it Walt. And say my regards to his wife, she was kind when I came by",
    ],
)
def test_a_change_calls_nothing_off(text):
    assert not calls_off(text)


@pytest.mark.parametrize(
    "text",
    ["I wrote to Anneke and she wrote back with three kisses", "I've already written to them and I'm happy with it"],
)
def test_who_only_tells_of_a_message_wants_none(text):
    assert not is_due(text, None, asked=0.9)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what do i text back to Bryony", DraftKind.REJECTION_REPLY),
        ("just a thank you", DraftKind.THANK_YOU),
        ("I'd like to be thought of next time", DraftKind.KEEP_IN_TOUCH),
        ("I need two weeks more to decide", DraftKind.RESCHEDULE),
        ("ask my recruiter for feedback", None),
        ("I feel sad", None),
    ],
)
def test_kinds_that_are_named_outright(text, kind):
    assert plainly(text) is kind


def test_one_day_for_another():
    assert exchanged("on Friday at 3", "Monday at 10") == "on Monday at 10"
    assert exchanged("the first week of August", "second week") == "the second week of August"
    assert exchanged("in September", "October") == "in October"


@pytest.mark.parametrize(
    "text",
    [
        "how do you even ask for contract work from people who just said no. feels like asking a stranger for a bed",
        "How does anyone stay in touch with a place like that?",
    ],
)
def test_who_asks_how_such_things_are_done_wants_no_draft(text):
    assert not is_due(text, None, asked=0.9)


def test_who_asks_how_one_words_a_message_may_want_one():
    assert is_due("How do you word a message that asks them for contract work?", None, asked=0.9)


def test_thanks_to_the_coach_are_no_order():
    thanks = situation(Kind.THANKS, Wants.COMFORT)
    assert not is_due("Thank you. My sister read it over my shoulder and wants one too.", thanks, asked=0.9)
    assert is_due("Thank you. Now write one to Mr Obi as well, please.", thanks, asked=0.9)


@pytest.mark.parametrize(
    "text",
    [
        "add that my trade is chef",
        "my job is dean of studies",
        "say coach is what I want to be",
        "it's a sister company called Norgate",
        "it isn't Ms Bell, it's my mum who reads this",
        "it's not Bell, it's my mum who reads this",
    ],
)
def test_what_is_no_name_or_title_leaves_the_reader(text):
    assert "Dear Ms Bell,\n" in drafted(FIRST, text).text


@pytest.mark.parametrize("text", ["it's Dr, not Ms", "change Ms to Dr", "she's a Dr."])
def test_a_title_by_itself_is_taken(text):
    assert "Dear Dr Bell,\n" in drafted(FIRST, text).text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("...Friday please", "Friday"),
        (", Friday", "Friday"),
        ("oh, Friday then", "Friday"),
        ("Friday at 3.30 please", "Friday at 3.30"),
    ],
)
def test_a_bare_day_is_the_one_proposed(text, day):
    moves = "Please write to Mr Banda to reschedule: our chat is tomorrow and I can't do tomorrow."
    assert f"Would {day} suit you instead?" in drafted(moves, text).text


def test_a_question_of_their_own_does_not_replace_the_new_day():
    body = drafted(
        "I promised Agnes Moor an answer about the catering post by Wednesday. Please write to her, I need until "
        "Friday, and ask whether the shift would start at 6 or 7"
    ).body
    assert "by Friday instead?" in body
    assert "whether the shift would start at 6 or 7" in body


def test_a_question_that_says_more_of_the_times_stands_for_the_stock_one():
    body = drafted(
        "Write to Jonas, I can't make the call on Monday. Ask if we could do Thursday or any day after 4"
    ).body
    assert "after 4" in body


def test_another_sum_written_leaves_no_bracket():
    body = drafted(
        "Email Kit Dunne, I could do the shoots freelance for 320 pounds a day", "Please write 350 pounds not 320"
    ).body
    assert "350 pounds" in body
    assert "[" not in body.replace("[your name]", "")


def test_words_that_name_nothing_keep_nothing_out():
    body = drafted(
        "need a txt to Kelechi from the agency. tell him I'd do the test again any day, I've been practising, and that "
        "I'm not fussed about nights now as my little one's at her dad's half the week (dont say that bit)"
    ).body
    assert "I would do the test again any day" in body
    assert "dad" not in body


def test_a_helper_told_of_by_kin_is_the_reader():
    draft = drafted(
        "My cousin's wife Sunniva works at Harbour Ferries. They rejected me for accounts clerk. Could you write her "
        "an email asking if she'd introduce me to her manager"
    )
    assert draft.body.startswith("Dear Sunniva")
