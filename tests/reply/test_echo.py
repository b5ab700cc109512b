from __future__ import annotations

import pytest

from coach.reply.echo import built_echoes, is_true_echo, said_back

# Every line was read by a person: what is built reads right, and where nothing is built a sentence would be wrong,
# an attack, an opinion, somebody else's words or no fact.
MESSAGES: list[tuple[str, list[str]]] = [
    (
        "I got a rejection from Northwind this morning after four rounds of interviews.",
        ["You got a rejection from Northwind this morning after four rounds of interviews."],
    ),
    (
        "Just got the email. They went with someone else for the analyst role.",
        ["You got the email.", "They went with someone else for the analyst role."],
    ),
    (
        "I was turned down for the nurse manager post today and I can't stop crying.",
        ["You were turned down for the nurse manager post today."],
    ),
    (
        "I applied to 40 jobs since January and I've had two interviews.",
        ["You applied to 40 jobs since January.", "You have had two interviews."],
    ),
    ("They said no. I don't even know what to say.", ["They said no."]),
    (
        "I had my third interview with a law firm last Tuesday and they rejected me by email this afternoon.",
        ["You had your third interview with a law firm last Tuesday.", "They rejected you by email this afternoon."],
    ),
    ("Got ghosted after the final round.", ["You got ghosted after the final round."]),
    (
        "I didn't get the promotion. They gave it to someone I trained.",
        ["You didn't get the promotion.", "They gave it to someone you trained."],
    ),
    (
        "My manager told me today that I didn't get the team lead role.",
        ["Your manager told you today that you didn't get the team lead role.", "This is about the team lead role."],
    ),
    ("I was the runner-up for the librarian job.", ["You were the runner-up for the librarian job."]),
    (
        "I've been out of work for eight months and I just got another no.",
        ["You have been out of work for eight months.", "You just got another no."],
    ),
    ("The recruiter called and said they chose an internal candidate.", []),
    ("I feel like such an idiot. I really thought I had it.", []),
    ("I'm 54 and nobody wants to hire me.", []),
    ("They told me I was too senior for the role.", []),
    ("I waited six weeks and then got a two-line email.", ["You waited six weeks.", "You got a two-line email."]),
    (
        "I interviewed for a teaching job on Friday and haven't heard anything.",
        ["You interviewed for a teaching job on Friday.", "You haven't heard anything."],
    ),
    ("Why did they reject me?", []),
    ("How do I ask for feedback after an interview?", ["You are asking how to ask for feedback."]),
    ("I think they rejected me because of my accent.", []),
    ("If I had prepared more I would have got the job.", []),
    ("I bombed the interview. I forgot everything.", []),
    ("My friend said I should have applied elsewhere.", []),
    ("They asked me about conflict and I went blank.", ["They asked you about conflict."]),
    ("I quit my job for this offer and they withdrew it yesterday.", ["You quit your job for this offer."]),
    ("I moved to Leeds for this job and it fell through.", ["You moved to Leeds for this job."]),
    ("I sent them a thank you note and never heard back.", ["You never heard back."]),
    ("I got rejected from my dream company today.", ["You got rejected from your dream company today."]),
    ("I wasn't selected for the apprenticeship.", ["You weren't selected for the apprenticeship."]),
    (
        "I'm furious. I did four rounds and an unpaid project and they sent me a form letter.",
        [
            "You did four rounds and an unpaid project and they sent you a form letter.",
            "You had four rounds.",
        ],
    ),
    ("My sister applied too. Got the job straight away.", []),
    ("My flatmate got the job I wanted.", []),
    ("Imagine I got the job. What would I do first?", []),
    ("I told my mum I got the job. I didn't.", []),
    (
        "Dear Sam, thank you for applying. Unfortunately we have decided to move forward with other candidates. "
        "We will keep your details on file.",
        [],
    ),
    ('"We were impressed by your background but we have decided not to proceed." What does this mean?', []),
    ("I never got an offer.", ["You never got an offer."]),
    ("I nearly got it.", []),
    ("I was offered the job until they checked my references.", []),
    ("I got the job offer rescinded on Monday.", ["You got the job offer rescinded on Monday."]),
    ("I was interviewed by a panel of five and was asked about my gap.", ["You were interviewed by a panel of five."]),
    ("My boss hates me and gave the job to his nephew.", []),
    ("I am useless and I always will be.", []),
    ("I got a no from the US office.", ["You got a no."]),
    ("We had three rounds of interviews with them.", ["You had three rounds of interviews with them."]),
    ("The company rejected me two hours after I applied.", ["The company rejected you two hours after you applied."]),
    ("They emailed me at midnight to say no.", []),
    ("I lost out to an internal candidate again.", ["You lost out to an internal candidate again."]),
    ("lol I got rejected by a bakery, just kidding, they loved me", []),
    ("I have had 12 rejections this month.", ["You have had 12 rejections this month."]),
    ("I've spent three months on this application.", ["You have spent three months on this application."]),
    ("Rejected again.", ["You were rejected again."]),
    ("No tips please, I just didn't get it.", ["You just didn't get it."]),
    ("I drove two hours to the interview and it lasted ten minutes.", ["You drove two hours to the interview."]),
    ("HR called me and told me the position was cancelled.", ["The position was cancelled."]),
    ("I passed the first test but failed the second.", ["You passed the first test."]),
    ("I heard nothing for five weeks, then a rejection.", ["You heard nothing for five weeks."]),
    ("They chose someone with more experience.", ["They chose someone with more experience."]),
    (
        "I worked there as a contractor for two years and applied for the permanent role.",
        ["You worked there as a contractor for two years.", "You applied for the permanent role."],
    ),
    ("the job went to someone internal", ["The job went to someone internal."]),
    ("i was so sure i had it", []),
    ("can you write an email asking for feedback", ["You are asking about feedback."]),
    ("I don't want advice. I got turned down today.", ["You got turned down today."]),
    ("Thanks, that helped.", []),
    ("I missed out on the job at the mine", ["You missed out on the job at the mine."]),
]


# What stands in where no clause can be said back begins like one of these.
STAND_INS = ("You are asking ", "This is about ", "You had four rounds.", "You got a no.", "The position was ")


@pytest.mark.parametrize(("message", "echoes"), MESSAGES)
def test_built_echoes_are_these(message: str, echoes: list[str]) -> None:
    assert built_echoes(message) == echoes


def test_half_of_all_messages_have_one() -> None:
    assert sum(bool(built_echoes(message)) for message, _ in MESSAGES) >= len(MESSAGES) / 2


@pytest.mark.parametrize("message", [message for message, _ in MESSAGES])
def test_built_echoes_are_true_and_well_formed(message: str) -> None:
    for echo in built_echoes(message, most=9):
        assert is_true_echo(echo, message) or echo.startswith(STAND_INS)
        assert echo[0].isupper()
        assert echo.endswith(".")
        lower = f" {echo.lower()}"
        assert not any(f" {wrong} " in lower for wrong in ("i", "my", "me", "we", "our", "you was", "you am", "you is"))


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (
            "You had four rounds with Northwind, and then a two-line email.",
            "I had four rounds with Northwind, and then a two-line email.",
        ),
        ("You were rejected on the bus.", "I was just rejected on the bus"),
        ("You're 54, and they turned you down.", "I'm 54, and they turned me down."),
        ("You've sent 3,000 letters.", "I've sent 3,000 letters."),
        ("Your manager and you were told on Friday.", "my manager and I were told on Friday"),
        ("You wrote to eleven companies and none replied.", "I wrote to eleven companies and none replied :("),
        ("You got the no today.", "got the no today"),
        ("You were turned down for the nurse job.", "Turned down for the nurse job. I'm a nurse."),
        ("You had 3 interviews.", "3 interviews, a case study, 14 hrs"),
        ("You got a no from the museum.", "No from the museum"),
        ("You didn't get the job.", "I didnt get the job"),
        ("You did not get the job.", "I didn't get the job"),
        # two stretches joined
        ("You phoned twice, and they never called back.", "They never called back. I phoned twice"),
        (
            "You have 12 years in logistics, and they offered it to someone with two.",
            "I have twelve years in logistics and they offered it to someone with two.",
        ),
        ("You sent it to Müller & Sons.", "I sent it to Müller & Sons"),
        ("You got no reply from the salon.", "No reply from the salon."),
        ("You had the interview at 5:58.", "I had the interview at 5:58."),
    ],
)
def test_true_echoes(sentence: str, message: str) -> None:
    assert is_true_echo(sentence, message)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        # numbers, names, negations
        ("You had five rounds with Northwind.", "I had four rounds with Northwind."),
        ("You had four rounds with Eastwind.", "I had four rounds with Northwind."),
        ("You sent 30 letters.", "I sent 300 letters."),
        ("You have spent 3 pounds.", "I have spent 3,000 pounds."),
        ("You were offered €27k.", "I was offered £27k."),
        ("You got the job offer.", "I never got the job offer."),
        ("You got the job at Lidl.", "I didn't get the job at Lidl."),
        ("You got the job offer.", "I almost got the job offer."),
        ("You had the interview at 5.", "I had the interview at 5:58."),
        ("They never called back, and then you phoned twice.", "I phoned twice. They never called back."),
        ("You phoned twice, and they called back.", "I phoned twice. They never called back."),
        ("You phoned twice, and you are useless.", "I phoned twice. I am useless."),
        # cut short, so that it says something else
        ("You got the job offer.", "I got the job offer rescinded."),
        ("You were offered the job.", "I was offered the job until they checked my references."),
        ("You had the interview.", "I had the interview cancelled."),
        # who did what
        ("You got the job at Northwind.", "The friend who helped me got the job at Northwind."),
        ("You turned them down.", "They turned me down."),
        ("You got the job straight away.", "My sister applied too. Got the job straight away."),
        ("You got the job straight away.", "Becca applied too. Got the job straight away."),
        ("You got the job.", "my mate went for it as well, got the job"),
        ("You called back on Monday.", "They never called. didn't call me back on Monday."),
        # somebody's words, or no fact
        ("You did great in round two.", "They said I did great in round two."),
        ("You did great in round two.", "I thought I did great in round two."),
        ("You got the job at Lidl.", "If I got the job at Lidl, I would move."),
        ("You got the job at Lidl.", "Imagine I got the job at Lidl."),
        ("You got the job at Lidl.", "I got the job at Lidl, just kidding."),
        ("You got the job at Lidl.", "Did you hear I got the job at Lidl?"),
        ("You have decided to choose others.", "Hi Sam, we have decided to choose others."),
        ("You were a great candidate.", '"You were a great candidate." That was all.'),
        ("You were a great candidate.", "They wrote 'you were a great candidate'"),
        ("You thank you for the visit.", "Dear Sam, I thank you for the visit."),
        # attacks and accusations
        ("You are useless at interviews.", "I am useless at interviews."),
        ("You are a burden to everyone.", "I am a burden to everyone."),
        ("You bombed the whole interview.", "I bombed the whole interview."),
        ("They hate people over 50.", "They hate people over 50."),
        ("They wanted someone younger.", "They wanted someone younger."),
        ("They gave it to his nephew.", "They gave it to his nephew."),
        # grammar and voice
        ("You was rejected on Monday.", "I was rejected on Monday."),
        ("You wasn't selected this time.", "I wasn't selected this time."),
        ("I got the no today.", "I got the no today."),
        ("They turned me down today.", "They turned me down today."),
        ("You were told when?", "You were told when."),
        # added words
        ("You did really well in the test.", "I did the test."),
        ("You were very close to it.", "I was close to it."),
        ("You the team.", "I like the team."),
        ("", "I got the no."),
        ("You got it.", ""),
    ],
)
def test_false_echoes(sentence: str, message: str) -> None:
    assert not is_true_echo(sentence, message)


@pytest.mark.parametrize(
    ("message", "echo"),
    [
        # the news
        ("offer withdrawn, 'recruitment freeze'", "The offer was withdrawn."),
        ("3 rejections same feedback", "You had 3 rejections."),
        ("nursing home say i am not selected", "You got a no."),
        ("Yesterday they say not selected", "You got a no yesterday."),
        ("radio silence, five weeks", "You have had no answer."),
        ("the job is on hold", "The job is on hold."),
        # the job
        ("QA engineer, Wroclaw. one word, 'Overqualified'", "This is about the QA engineer job."),
        ("its a no for the railway job", "You got a no for the railway job."),
        ("planning officer post, borough council", "This is about the planning officer post."),
        # the question or request
        ("should i message her or leave it", "You are asking whether to message her."),
        ("how do i tell my dad", "You are asking how to tell your dad."),
        (
            "is it weird to add the interviewer on linkedin",
            "You are asking if it is weird to add the interviewer on linkedin.",
        ),
        ("what do I say to her", "You are asking what to say to her."),
        ("who do i write to", "You are asking who to write to."),
        ("how long should i wait before i ask", "You are asking how long to wait before you ask."),
        ("write a msg to my recruiter", "You want a message to your recruiter."),
        ("Please write an email to Mrs Okonkwo", "You want an email to Mrs Okonkwo."),
        ("I want to thank her", "You want to thank her."),
        (
            'what does this mean: "Dear Ifeanyi, thank you for interviewing for the post. We have chosen a candidate '
            'with more experience."',
            "You are asking what their message means.",
        ),
    ],
)
def test_the_news_the_job_or_the_question_stands_in_where_no_clause_can_be_said(message: str, echo: str) -> None:
    found = built_echoes(message, most=1)
    assert found == [echo]


@pytest.mark.parametrize(
    "message",
    [
        "They said no problem",
        "but it was a no-reply",
        "he say no no is very good",
        "my bank rejected my ID photo twice",
        "I just know it's a no",
        "if they say no i am finished",
        "maybe they went with someone else",
        "i did not answer their rejection mail",
        "I said no",
        "the hiring manager was kind",
        "how can being too good be a reason",
        "how would a person even use that",
        "Can't even get hired at a supermarket",
        "two hours after my first choice said no",
        "I talked too much",
        "I went red and mumbled",
        'he wrote "please write an email to Maria"',
        "don't write an email to Maria",
        "what do i do",
        "should i be going up",
    ],
)
def test_nothing_untrue_or_odd_stands_in(message: str) -> None:
    assert built_echoes(message) == []


@pytest.mark.parametrize(
    "message",
    [
        "",
        "🙂🙂",
        "asdkjhh lkjqwe ;;; fffff",
        "We are sorry to tell you that we chose another candidate. We will keep your details in our talent pool.",
        "Hi Mateo, I'm the hiring manager. You were in our top two. We went with another person.",
        "text from the gaffer: 'alright pal. gone with another lad. will hang on to your number'",
        "> We regret that your application was not successful.",
        "They asked me when am I planning to marry",
        "I called her a smug jobsworth and cc'd the director",
        "I'm a burden aren't I",
        "didn't call me back",
    ],
)
def test_nothing_is_built_from_these(message: str) -> None:
    assert built_echoes(message) == []


def test_the_most_telling_clauses_are_kept_in_their_order() -> None:
    message = "I moved to Leeds in May. I drove there on Monday. They rejected me on Friday. The task took three days."
    assert built_echoes(message, most=1) == ["They rejected you on Friday."]
    assert built_echoes(message) == ["You moved to Leeds in May.", "They rejected you on Friday."]


def test_a_long_paste_takes_no_time() -> None:
    assert len(built_echoes("I got a no from the bank on Monday. " * 550)) == 1


@pytest.mark.parametrize(
    ("copied", "turned"),
    [
        ("I knew every answer.", "You knew every answer."),
        ("I wanted someone to say it was rotten.", "You wanted someone to say it was rotten."),
        ("They chose someone else.", None),
        ("You know how I knew every answer.", None),
    ],
)
def test_what_the_model_copied_in_the_first_person_is_turned(copied: str, turned: str | None) -> None:
    assert said_back(copied) == turned
