"""How much of a sentence is told as a fact: what comes before its question or its condition.

"They said no on Friday, and should I write back" tells of the no; "if I had got it, I would move" tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.reply.pronouns import GENERIC, PERSON, is_mark, word_set

FILLERS = word_set("just so really actually very literally honestly")
"""Words that an echo may leave out."""

JOINTS = word_set("and but so then when after since while")
"""Words that join two clauses, each of which is so."""

COORDINATING = word_set("and but so then ;")
"""Joints, and the mark, before a clause that stands by itself."""

SUBJECTS = frozenset({PERSON}) | word_set("they he she it the your hr")
"""Words that begin a clause of its own."""

DAYS = "today yesterday tonight monday tuesday wednesday thursday friday saturday sunday"
ADVERBS = word_set(
    f"{DAYS} morning afternoon evening night week month year ago later twice again already too there home anyway"
)
"""Words after which a clause is over, so that a subject begins the next one, full stop or not."""

OPENERS = word_set(
    "sir madam hi hello hey ok okay well welp yeah nah anyway update honestly basically bro guys today "
    "yesterday finally now "
    "again"
)
"""Words that come before a clause without being part of it."""

LEADS = FILLERS | JOINTS | OPENERS | word_set("fine alright right phew no nope also plus meanwhile still man btw")
"""Words that may come first in a sentence, or after a mark, before the clause begins."""

CUT = f"{GENERIC}cut"
"""Stands where a sentence was cut in the middle of a clause, so that the clause is not whole."""

_UNREAL = word_set("imagine pretend supposedly hypothetically")
_JOKING = re.compile(
    r"\b(?:just|only|as|is|was|it's|its|that's|thats|be) (?:a )?joke\b|\bjk\b"
    r"|(?<!\bnot )(?<!n't )\b(?:joking|kidding)\b"
)
_TAKEN_BACK = re.compile(
    r"\W*(?:(?:ha|just|only|i'm|im|i am|no|well)\W+)*(?:kidding|joking|jk|psych|not really|not|i wish|as if|if only"
    r"|in my dreams|yeah,? right|or so i (?:thought|hoped)|that was a joke)\W*",
    re.IGNORECASE,
)
_CONDITIONS = word_set("if unless whether")
_ASKED = word_set("asked asks know knows")
_SEEMS = word_set("look looks looked feel feels felt seem seems seemed sound sounds sounded act acts acted like")
_MODALS = word_set("would could should might will can may wd cd")
_AUXILIARIES = word_set(
    "is are was were am do does did should can could would will shall have has had may might isn't aren't wasn't "
    "don't doesn't didn't shouldn't can't couldn't wouldn't won't haven't hasn't isnt arent wasnt dont doesnt didnt "
    "shouldnt cant couldnt wouldnt wont"
)
_TELLING = word_set("a an the my to not no two three four five six seven eight nine ten")
_ASKED_OF = word_set("i we they he she it this that there you u")
_ASKS = word_set(
    "why whats any thoughts advice ideas worth normal too resend good bad fair legit weird weirdly possible rude"
)
_WH = word_set("what how who which whose when where")
_WH_NEXT = word_set("now next long come about else kind to")
_BEFORE_QUESTION = (
    JOINTS - word_set("when after since while")
    | FILLERS
    | OPENERS
    | word_set("or please plus also oh right fine alright")
)


def stated(own: Sequence[str], *, asks: bool) -> list[str]:
    """Return the tokens of a sentence that are told as facts.

    Args:
        own: The tokens of one sentence, as ``pronouns.tokens`` splits them, not turned.
        asks: Whether the sentence ends with a question mark.
    """
    plain = [token.lower() for token in own]
    if set(plain) & _UNREAL or _JOKING.search(" ".join(plain)):
        return []
    if plain[:1] and plain[0] in ("had", "were", "should") and set(plain[1:2]) & _ASKED_OF:
        # "Had I got it, I would be in Leeds."
        return []
    end, whole = _question(plain) if asks else (len(plain), True)
    told = [*own[:end], *([] if end == len(own) else [","] if whole else [CUT])]
    kept = _before_condition(told, plain[:end])
    return [] if all(is_mark(token) for token in kept) else kept


def takes_back(sentence: str) -> bool:
    """Whether a sentence says of the one before that it was not meant: "Just kidding."."""
    return len(sentence) < 40 and _TAKEN_BACK.fullmatch(sentence) is not None


def _question(plain: Sequence[str]) -> tuple[int, bool]:
    """Return where the question of a sentence begins, 0 where nothing comes before, and if a clause ends there."""
    start, begins = 0, True
    for place, word in enumerate(plain):
        if is_mark(word) or word in COORDINATING:
            if not begins:
                start = place
            begins = True
        elif begins and word in _BEFORE_QUESTION and not _asks_at(plain, place):
            continue
        elif begins and _asks_at(plain, place):
            return (0, True) if _is_tag(plain[place:]) else (start, True)
        elif word in _AUXILIARIES and plain[place + 1 : place + 2] and plain[place + 1] in _ASKED_OF:
            return place - (plain[place - 1] in _WH), False
        else:
            begins = False
    return 0, True


def _asks_at(plain: Sequence[str], place: int) -> bool:
    word, following = plain[place], plain[place + 1 : place + 4]
    if word in _AUXILIARIES and word not in ("did", "had", "have", "has", "do"):
        return True
    if word in _AUXILIARIES:
        return not (following and (following[0] in _TELLING or following[0].isdigit()))
    if word in _WH:
        near = following[:1] if word in ("when", "where") else following
        return bool(set(near) & _AUXILIARIES) or bool(set(following[:1]) & _WH_NEXT)
    return word in _ASKS


def _is_tag(rest: Sequence[str]) -> bool:
    """Whether a question is about what was told before it: "didn't they", "is that so", "do you think"."""
    return len(rest) <= 3 and rest[0] in _AUXILIARIES and bool(set(rest[1:3]) & _ASKED_OF)


def _before_condition(told: list[str], plain: Sequence[str]) -> list[str]:
    place = next((place for place, word in enumerate(plain) if word in _CONDITIONS), None)
    if place is None:
        return told
    if place and plain[place - 1] == "as":
        return [*told[: place - 1], CUT if set(plain[max(place - 4, 0) : place]) & _SEEMS else ","]
    if set(plain[max(place - 4, 0) : place]) & _ASKED:
        # "They asked if I could start on Monday" is a fact; nothing after it is surely one.
        end = next((after for after in range(place, len(plain)) if is_mark(plain[after])), None)
        return told if end is None else [*told[:end], ","]
    joint = next((at for at in range(place - 1, -1, -1) if is_mark(plain[at]) or plain[at] in COORDINATING), 0)
    kept = told[:joint]
    if any(word in _MODALS or word.endswith(("'d", "'ll")) for word in plain[:joint]):
        return []
    return [*kept, ","] if kept else []
