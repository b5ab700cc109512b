"""Every text of the page, so that a translator needs only this file."""

from __future__ import annotations

from coach.types import Strategy

NAME = "Rebound"
TAGLINE = "A quiet place to talk after a job rejection."

EMPTY_TITLE = "What happened?"
EMPTY_TEXT = "Write it the way you would tell a friend. A few words are enough."
CHAT_LABEL = "Conversation"

BOX_LABEL = "Your message"
BOX_PLACEHOLDER = "They said no, and …"
SEND = "Send"
STOP = "Stop"
AGAIN = "Try again"

STARTERS_LABEL = "Or start with one of these"
STARTERS = (
    "I was turned down today after the final interview. It hurts.",
    "How do I ask them for feedback after a rejection?",
    "I want to look back at my interview without tearing myself down.",
)

NO_TEXT = "The message is empty. Write a few words first."
BUSY = "The coach is still answering. You can wait, or press Stop."
STOPPED = "Stopped. You can write on, or try again."
NOT_KEPT = "This conversation is not being kept."
STOPPED_EARLY = "Stopped before the answer began. You can write on, or try again."
NEXT_IN_LINE = "Another page on this computer is being answered. Yours is next."
IN_LINE = "Other pages on this computer are being answered. {ahead} are before yours."
READING = "Reading your message."
UNEXPECTED = "Something went wrong inside the program, and this answer could not be written."
UNEXPECTED_HINT = "Your message is still here. Press “Try again”, or run `coach doctor` if it happens again."

SAFETY_LABEL = "Help for you now"
HELP_CALL = "Call {number}"
HELP_TEXT = "Text {number}"
HELP_COUNTRY = (
    "For the lines of your own country, set it once: coach config set country, with two letters such as US or GB."
)

CARDS_TITLE = "What this answer draws on"
CARDS_EMPTY = "When an answer uses advice cards, they are shown here with their full text and source."
CARDS_NONE = "This answer uses no advice card."
CARDS_OTHERS = "Also close to what you wrote"
CARDS_CLOSE = "Close to what you wrote"
NOTES_TITLE = "From your notes"
CARDS_FLOOR = "This answer is put together from sentences that people have checked."
SOURCE = "Source"
SOURCE_PRACTICE = "Common coaching practice, no study behind it."
STRATEGIES = {
    Strategy.DEPERSONALIZE: "Not a verdict on you",
    Strategy.NETWORK: "Keeping the door open",
    Strategy.CONTRACT: "Other ways to work with them",
    Strategy.CRITIQUE: "Looking back at the interview",
    Strategy.FEEDBACK: "Asking for feedback",
    Strategy.RECRUITER: "Recruiters and agencies",
    Strategy.NEXT_STEP: "The next step",
    Strategy.REST: "Rest and recovery",
    Strategy.NONE: "Other",
}

LOADING = "Getting ready"
LOADING_CARDS = "You can write already. Answers come from the advice cards until the model is ready."
LOADING_WAIT = "You can write already. The first answer comes as soon as this is done."

FOOTER_LABEL = "About this page"
FOOTER = (
    ("What this is", "A program for the time after a job rejection. It is not a person, and it can be wrong."),
    ("What it is not", "Not therapy, and not medical or legal advice."),
    (
        "Where help is",
        "In danger, or thinking about ending your life: call your local emergency number. "
        "Free and confidential helplines, by country: findahelpline.com",
    ),
    ("Privacy", "The model runs on this computer. What you write is kept here and not sent anywhere."),
)

OTHER_PORT = "Port {wanted} is in use, so the page has moved to the next free one."
READY_AT = "Rebound is at {url}"
HOW_TO_END = "Press Ctrl-C to end it."
