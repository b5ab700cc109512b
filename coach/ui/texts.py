"""Every text of the page, so that a translator needs only this file."""

from __future__ import annotations

from coach.types import FactName, Origin, Strategy

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
EDIT = "Edit"
UNDO = "Undo"
EARLIER = "Show earlier messages"

STARTERS_LABEL = "Or start with one of these"
STARTERS = (
    "I was turned down today after the final interview. It hurts.",
    "How do I ask them for feedback after a rejection?",
    "I want to look back at my interview without tearing myself down.",
)

NO_TEXT = "The message is empty. Write a few words first."
BUSY = "The coach is still answering. You can wait, or press Stop."
STOPPED = "Stopped. You can write on, or try again."
EDITING = "You are changing your last message. Sending it replaces the message and its answer."
UNDONE = "Taken back. Your message is in the box below if you want it again."
NOT_KEPT = "This conversation is not being kept."
STOPPED_EARLY = "Stopped before the answer began. You can write on, or try again."
NEXT_IN_LINE = "Another page on this computer is being answered. Yours is next."
IN_LINE = "Other pages on this computer are being answered. {ahead} are before yours."
READING = "Reading your message."
UNEXPECTED = "Something went wrong inside the program, and this answer could not be written."
UNEXPECTED_HINT = "Your message is still here. Press “Try again”, or run `coach doctor` if it happens again."

SAFETY_LABEL = "Help for you now"
HELP_EMERGENCY = "Emergency services in {place}"
HELP_CALL = "Call {number}"
HELP_TEXT = "Text {number}"
HELP_COUNTRY = "For the lines of your own country, choose it in the settings."

MENU_LABEL = "Parts of the page"
VIEWS = (("chat", "Chat"), ("list", "History"), ("side", "Details"), ("settings", "Settings"))
BACK = "Back to the conversation"

SIDE_LABEL = "Details of this conversation"

LIST_TITLE = "Conversations"
NEW = "New conversation"
OFF_RECORD = "Off the record"
OFF_RECORD_HINT = "Off the record: nothing of this conversation is kept. It is gone when you close it."
OFF_RECORD_NAME = "Off the record (not kept)"
SEARCH = "Search in conversations"
LIST_EMPTY = "Your conversations will be listed here. They stay on this computer."
LIST_NOTHING = "Nothing was found."
LIST_MORE = "Older ones are found by searching."
UNTITLED = "Conversation"
MORE = "More for “{title}”"
PINNED = "Pinned"
PIN = "Pin to the top"
UNPIN = "Unpin"
TITLE = "Title"
RENAME = "Rename"
DELETE = "Delete"
DELETED = "Deleted: “{title}”. It can be brought back for {days} days."
RESTORE = "Bring it back"

TOOLS_LABEL = "About this reply"
COPY = "Copy"
COPIED = "Copied"
ORIGIN = "Where is this from?"
WRONG = "That felt wrong"
WRONG_REASON = "felt wrong"
TAKEN_BACK = "The reply that stood here was taken back. A report of it is kept on this computer, under Settings."
TAKEN_BACK_OFF = "The reply that stood here was taken back. This conversation is off the record, so no report is kept."
ORIGINS = {
    Origin.YOURS: "your own words, repeated",
    Origin.NOTES: "your own notes",
    Origin.CARD: "an advice card",
    Origin.PHRASE: "a vetted sentence, written and checked beforehand",
    Origin.SAFETY: "fixed safety text, the same for everyone",
    Origin.DRAFT: "part of a message written for you to send",
    Origin.FREE: "the language model’s own wording, checked before it was shown",
}
ORIGIN_CARD = "the card “{title}”. {source}: {citation}"
ORIGIN_NOTES = "your own notes: {places}"
ORIGIN_CHOSEN = "The language model chose this sentence among the vetted ones."

FACTS_TITLE = "What I’ve understood"
FACTS_EMPTY = "What the coach understands of your situation is listed here, and you can put it right."
FACTS_HINT = "If something is wrong, change it. It is used from your next message on."
FACT_NAMES = {
    FactName.COMPANY: "Employer",
    FactName.ROLE: "Role",
    FactName.STAGE: "How far you came",
    FactName.NUMBER: "How many rejections",
    FactName.PERSON: "Person there",
    FactName.WHEN: "When",
    FactName.CHANNEL: "How they told you",
    FactName.SAID: "What they said",
    FactName.TRIED: "What you have tried",
    FactName.COUNTRY: "Country",
}
SAVE = "Save"
REMOVE = "Remove"
FACT_SAVED = "Saved: {name}."
FACT_REMOVED = "Removed: {name}."

OWN_NOTES_TITLE = "Your own notes"
OWN_NOTES_HINT = "Replies can draw on them, and say so. They stay on this computer."
OWN_NOTES_EMPTY = "There are none yet."
OWN_NOTES_FILE = "Add files (.md or .txt)"
OWN_NOTES_PASTE = "Or paste a text"
OWN_NOTES_NAME = "Name"
OWN_NOTES_TEXT = "Text"
OWN_NOTES_ADD = "Add to my notes"
OWN_NOTES_DEFAULT = "Pasted note"
OWN_NOTES_REMOVE = "Remove “{file}”"
OWN_NOTES_ADDED = "Added: {file}."
OWN_NOTES_REMOVED = "Removed: {file}."
OWN_NOTES_TOO_LONG = "This file is longer than 900 kB. Add the part that matters as a text of its own."
PASSAGES = "{count} passages, added on {day}"
PASSAGE = "1 passage, added on {day}"

DRAFTS_TITLE = "Drafts"
DRAFTS_EMPTY = "Messages that are written for you to send are kept here, with their earlier versions."
DRAFT_LABEL = "A message for you to send"
DRAFT_REVISIONS = (
    ("Shorter", "Make it shorter, please."),
    ("Warmer", "Make it warmer, please."),
    ("More formal", "Make it more formal, please."),
)
DRAFT_TXT = "Save as .txt"
DRAFT_EML = "Save as .eml"
DRAFT_MAIL = "Open in your mail program"
DRAFT_EDIT = "Change the draft by hand"
DRAFT_SUBJECT = "Subject"
DRAFT_SUBJECT_LINE = "Subject: {subject}"
DRAFT_BODY = "Message"
DRAFT_KEEP = "Keep this version"
DRAFT_KEPT = "Kept as a new version."
DRAFT_HOT = "The angry version. It is kept here and sent nowhere."
DRAFT_VERSION = "Version {number}, by {author}"
DRAFT_AUTHORS = {"coach": "the coach", "you": "you"}

SETTINGS_TITLE = "Settings"
SETTING_MODEL = "Model that answers"
SETTING_MODEL_HINT = "Another model answers from the next start on."
SETTING_MODEL_MISSING = "{name} (not fetched: coach setup)"
SETTING_COUNTRY = "Country, for help lines"
COUNTRY_NONE = "Not set (international lines)"
COUNTRIES = {"AU": "Australia", "GB": "United Kingdom", "US": "United States"}
SETTING_NAMES = {"theme": "Colours", "text_size": "Text size", "motion": "Movement"}
SETTING_VALUES = {
    "theme": {"system": "As the computer", "light": "Light", "dark": "Dark"},
    "text_size": {"normal": "Normal", "large": "Large", "larger": "Larger"},
    "motion": {"system": "As the computer", "less": "Less"},
}
SETTING_SAVED = "Saved."

PASSPHRASE_TITLE = "Passphrase"
PASSPHRASE_OFF = "Conversations and notes are stored so that anyone who can use this account can read them."
PASSPHRASE_ON = "Conversations and notes are encrypted."
PASSPHRASE_FINAL = "The passphrase is kept nowhere. If it is forgotten, nobody can open them again."
PASSPHRASE_NEW = "New passphrase"
PASSPHRASE_REPEAT = "New passphrase again"
PASSPHRASE_SET = "Encrypt"
PASSPHRASE_CHANGE = "Change the passphrase"
PASSPHRASE_UNSET = "Store without encryption"
PASSPHRASE_DIFFERENT = "The two passphrases are not the same."
PASSPHRASE_DONE = "Encrypted. No plain copy is left in the data folder; earlier exports and backups are as they were."
PASSPHRASE_GONE = "Conversations and notes are no longer encrypted."
STILL_BUSY = "An answer is being written. Try again when it has ended."

LOCK_TITLE = "Your conversations are locked"
LOCK_TEXT = "Type the passphrase to open them."
LOCK_LABEL = "Passphrase"
LOCK_OPEN = "Open"
LOCK_OFF_RECORD = "Talk off the record without opening them"

REPORTS_TITLE = "Replies that felt wrong"
REPORTS_HINT = "These reports are kept on this computer and not sent anywhere."
REPORTS_EMPTY = "There are none."
REPORT_YOU = "You wrote"
REPORT_REPLY = "The reply"
REPORTS_EXPORT = "Save all as a file"
REPORTS_DELETE_ALL = "Delete all reports"
REPORT_DELETE = "Delete this report"
REPORTS_DELETED = "Deleted."

DATA_TITLE = "Your data"
DATA_FOLDER = "Everything is in this folder:"
ERASE_TITLE = "Erase everything"
ERASE_TEXT = "Removes every conversation, report and draft, and your own notes, for good. The models stay."
ERASE_WORD = "erase"
ERASE_LABEL = "Type the word “{word}” to go on"
ERASE = "Erase everything"
ERASE_NOT = "Nothing was erased. Type the word “{word}” first."
ERASED = "Erased. Nothing of what you wrote is left in the data folder."

WELCOME_TITLE = "This is Rebound"
WELCOME = (
    "A place to talk after a job rejection. It is a program, not a person, and it can be wrong.",
    "Everything stays on this computer. Nothing you write is sent anywhere.",
    "If you are in danger or think of ending your life, call your emergency number, or find a free line at "
    "findahelpline.com.",
)

CARDS_TITLE = "What this answer draws on"
CARDS_EMPTY = "When an answer uses advice cards, they are shown here with their full text and source."
CARDS_NONE = "This answer uses no advice card."
CARDS_OTHERS = "Also close to what you wrote"
CARDS_CLOSE = "Close to what you wrote"
NOTES_TITLE = "From your notes"
CARDS_FLOOR = "This answer is put together from vetted sentences, without the language model."
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

UNKNOWN_ACTION = "That did not work. Reload the page and try again."

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
