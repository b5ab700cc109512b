"""What in a message a phrase of the bank answers: short turns, direct questions, matters with advice of their own."""

from __future__ import annotations

from enum import StrEnum


class Cue(StrEnum):
    """What in a message a phrase of the bank answers.

    In this order: short turns of a conversation; direct questions about the no; what people ask the
    coach about itself, order it to do, and say in thanks; lines of a rejection email; matters that a
    message mentions and that have advice of their own.
    """

    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    UNSURE = "unsure"
    UNCLEAR = "unclear"
    SHORTER = "shorter"
    MORE = "more"
    BYE = "bye"
    OK = "ok"
    CORRECTED = "corrected"
    TOLD = "told"
    TOLD_HEAVY = "told_heavy"
    TOLD_LIGHT = "told_light"
    OBJECTS = "objects"
    MENDS = "mends"
    DECIDED = "decided"
    ASIDE = "aside"
    WHEN = "when"
    SURE = "sure"
    LOST = "lost"
    UNTOLD = "untold"

    WHY = "why"
    IS_IT_ME = "is_it_me"
    AGE = "age"
    ASK_FEEDBACK = "ask_feedback"
    CHOSE_OTHER = "chose_other"
    NO_FURTHER = "no_further"
    ANSWER_THE_NO = "answer_the_no"
    SEND_IT = "send_it"
    APPLY_AGAIN = "apply_again"
    USE_RECRUITER = "use_recruiter"
    MEANING = "meaning"
    WHEN_TO_WRITE = "when_to_write"
    HOW_LONG = "how_long"

    GREETING = "greeting"
    WHO_ARE_YOU = "who_are_you"
    A_PERSON = "a_person"
    REMEMBERS = "remembers"
    WHO_READS = "who_reads"
    WHICH_PROGRAM = "which_program"
    FEELS = "feels"
    QUALIFIED = "qualified"
    DECIDES = "decides"
    OFFLINE = "offline"
    OUTSIDE = "outside"
    INSTRUCTION = "instruction"
    HELPED = "helped"
    LEAVING = "leaving"

    CV_KEPT = "cv_kept"
    STRONG_FIELD = "strong_field"
    BETTER_MATCH = "better_match"
    FIT = "fit"
    NO_FEEDBACK = "no_feedback"
    ON_HOLD = "on_hold"
    APPLY_LATER = "apply_later"
    RUNNER_UP = "runner_up"
    GOOD_WISHES = "good_wishes"
    OTHER_DIRECTION = "other_direction"
    UNFORTUNATELY = "unfortunately"

    MONEY = "money"
    PERMIT = "permit"
    ALREADY_SENT = "already_sent"
    TRIAL = "trial"
    FEE = "fee"
    AGENCY = "agency"
    LINKEDIN = "linkedin"
    TELLING_OTHERS = "telling_others"
    COMPARING = "comparing"
    SLEEPLESS = "sleepless"
    CRYING = "crying"
    OFFER_WITHDRAWN = "offer_withdrawn"
    MISTAKE = "mistake"
    GAP = "gap"
    PUBLIC = "public"
    IN_PERSON = "in_person"
    STOPGAP = "stopgap"
    BREAK = "break"
    HOW_MANY = "how_many"
    MAY_I_ASK = "may_i_ask"
    REMINDER = "reminder"
    REGRET = "regret"
    PROTECTED = "protected"


SHORT_TURNS = frozenset(
    {
        Cue.YES,
        Cue.NO,
        Cue.THANKS,
        Cue.UNSURE,
        Cue.UNCLEAR,
        Cue.SHORTER,
        Cue.MORE,
        Cue.BYE,
        Cue.OK,
        Cue.CORRECTED,
        Cue.TOLD,
        Cue.TOLD_HEAVY,
        Cue.TOLD_LIGHT,
        Cue.OBJECTS,
        Cue.MENDS,
        Cue.DECIDED,
        Cue.ASIDE,
        Cue.WHEN,
        Cue.SURE,
        Cue.LOST,
        Cue.UNTOLD,
    }
)
"""The cues that are a short turn, which needs the conversation before it."""
