"""Which clauses tell an event that a reply can begin with.

Only clauses that these rules know are used: a wrong echo hurts, a missing one does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coach.reply.pronouns import GENERIC, PERSON, expanded, spelled, word_set
from coach.reply.stated import FILLERS, JOINTS
from coach.reply.subjects import ACTS, given_subject

_LONGEST = 14
DANGLING = word_set("the a an to of for at with your and but from by or were was are is that which who not")
"""Words that no sentence ends with."""

# A clause with one of these is about what may be, or what somebody said.
_NOT_TOLD = word_set(
    "maybe perhaps think thought guess suppose hope hoped hoping wish feel felt feels wonder wondering said says say "
    "saying tell told tells claims claimed believe believed reckon reckoned assume assumed expected dreamed dreamt "
    "apparently seems seemed might could would should almost nearly probably want wanted wants going gonna "
    "wanna what "
    "how why whatever nor nobody without until i'd you'd YOU'd"
)
_DID = word_set(
    f"{ACTS} had made did asked wrote went took gave left met showed called rang turned kept stayed sat stood spoke "
    "talked managed ran led read checked updated rewrote deleted brought wore walked held stopped thanked "
    "tried changed "
    "cancelled missed built designed baked cooked cleaned drew painted translated coded counted"
)
_HAVE = word_set("a an one two three four five six seven eight nine ten eleven twelve no")
_OTHERS_DID = word_set(
    "chose picked hired went gave offered rejected turned called emailed rang phoned texted sent pulled cancelled "
    "withdrew closed ghosted restructured kept asked took selected got came replied answered declined dropped passed "
    "never interviewed invited stopped ended announced showed promised referred laughed hung introduced postponed "
    "rescheduled forwarded appointed promoted changed extended"
)
_NEED_YOU = word_set("rejected turned ghosted interviewed invited dropped passed")
_WITH_BE = word_set(
    "rejected turned passed selected shortlisted offered given asked invited ghosted interviewed promised knocked "
    "runner-up second made called cancelled filled withdrawn closed addressed sent pulled"
)
_NOT_WITH_BE = word_set("selected shortlisted called hired offered invited asked given chosen successful picked told")
_GOING_ON = word_set("waiting applying looking working searching unemployed out there here")
_ADVERBS = FILLERS | word_set("also still only finally never already even once both all")
_RELATIVE = JOINTS | word_set("where that who people person someone before place job role post")
_NO_EVENT = word_set("can want need do")
"""A clause without a subject that begins so tells no event."""
_NO_NAMES = word_set(
    "this that these those not with is at on what which who how when where why there here it your you please some"
)
_BARE = word_set(
    "client company manager recruiter interviewer employer hospital school bank agency boss owner yard shop "
    "barber hotel "
    "office panel foreman supervisor chef director team landlord firm restaurant college council kitchen"
)
_MARKED = word_set("the a an your one two three four five six seven eight nine ten no nobody none another somebody")
_SAID_NO = re.compile(r"\bsaid no(?= (?:to|at|after|today|on|for|this|again|yesterday|in)\b|$)")
_TOLD_WHEN = re.compile(r"^told(?= (?:today|yesterday|this|last|on|in|by) )")
_NAMED_DID = re.compile(
    r"^(?:(?!is |are |was |were |called |rang |shes |he's |she's )[\w'’&.-]+ ){1,7}?"
    r"(?:went to|picked|chose|hired|rejected you|passed on you|turned you down|got it|gave it to|ghosted you|said no|"
    r"(?:did not|never) (?:hire|pick|choose|reply|answer|call)|"
    r"(?:called|emailed|rang|phoned|texted)(?: you\b|(?= (?:at|on|today|this|yesterday)\b|$)))(?!\w)"
)
_TOPIC = re.compile(
    r"\b(?:nos?|no's|reject(?:ed|ions?)|turned (?:you )?down|passed over|knocked back|ghosted|interview\w*|rounds?"
    r"|stages?|final|"
    r"jobs?|roles?|posts?|positions?|offers?|appl\w+|panel|emails?|call(?:ed)?|phoned|rang|texted|letter|message|"
    r"feedback|reply|replied|answer\w*|hired?|chose|picked|selected|shortlist\w*|recruiter|agency|agencies|manager"
    r"|test|"
    r"task|trial|audition|presentation|promotion|promoted|contract|vacancy|years?|months?|weeks?|days?|hours?"
    r"|minutes?|"
    r"referred|gave it|got it|get it|runner-up|second|heard|waited|asked|wrote|exam|degree|course|training|mail|"
    r"redundant|opening|notice|cv|resume|internship|placement|school|company|team|boss)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:the no|a no|reject(?:ed|ions?)|turned|passed over|knocked|ghosted|offer|went to|said no|chose|picked"
    r"|hired|final|"
    r"rounds?|interview\w*|runner-up|applied|(?:not|didn't|never) (?:get|got|hire|heard?|selected))\b",
    re.IGNORECASE,
)
_STRESSED = word_set(
    "all same every one two three four five six seven eight nine ten eleven twelve never again not already "
    "free twice the "
    "rejected rejection rejections months weeks years days hours minutes rounds interviews times day week "
    "month year hour"
)
"""Words that people write in capitals to stress them; in other words they may be a name."""

_DATES = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september"
    r"|october|november"
    r"|december|(?<=in )march|(?<=since )march|(?<=in )may|(?<=since )may|english)\b"
)
_OTHER_TONGUES = word_set(
    "na sa ko daw yung kasi lang po ang ng ako nga pero niya nag kay mga la el los las una por ich und nicht"
)
_JUDGED = re.compile(
    r"\btoo (?:much|long|fast|slow\w*|many|late|early|quiet|loud|little|hard)\b|\blike an? \w+$|\bhabit\b"
    r"|\blike (?:\d|an? hour|twenty|ten)|\bstuck\b"
    r"|\b(?:blank|froze|frozen|stammer\w*|mumbl\w*|rambl\w*|went red|good mind|stutter\w*|panick\w*|cried"
    r"|crying|sobb\w*|sweat\w*|tongue|nonsense|rubbish)\b"
)
"""What people say of themselves in anger or shame; said back it would be a judgement."""


def written(clause: Sequence[str]) -> str | None:
    """Return a turned clause as a sentence where it tells what happened, or None."""
    plain = expanded(clause)
    if not 1 <= len(clause) <= _LONGEST or any(word.startswith(GENERIC) for word in plain):
        return None
    said_no = _SAID_NO.sub("declined", _TOLD_WHEN.sub("heard", " ".join(plain)))
    if set(said_no.split()) & _NOT_TOLD or reads_oddly(plain) or _is_shouted(clause):
        return None
    given = given_subject(plain, 0)
    if given is not None and (given[1] or plain[0] in _NO_EVENT):
        return None
    if given is None and not _tells(plain, clause):
        return None
    spoken = [*given[0], clause[0].lower(), *clause[1:]] if given else clause
    text = " ".join(spelled(_calm(word), following) for word, following in pairwise([*spoken, ""])).replace(
        PERSON, "you"
    )
    text = dated(text)
    own = plain[0] == PERSON and plain[1] not in ("got", "are", "were") and len(plain) > 3
    return f"{text[0].upper()}{text[1:]}." if own or _TOPIC.search(text) else None


def dated(text: str) -> str:
    """Return a text with capitals where days and months have them."""
    return _DATES.sub(lambda match: match[0].capitalize(), text)


def weight(sentence: str) -> int:
    """Return how much a written clause says about the no itself."""
    return 2 * bool(_NEWS.search(sentence)) + bool(re.search(r"\d", sentence)) + sentence.startswith("You ")


def judged(text: str) -> bool:
    """Whether a person judges themselves in these words, so that saying them back would hurt."""
    return _JUDGED.search(text) is not None


def reads_oddly(plain: list[str]) -> bool:
    """Whether a clause runs into another one, has its verb before its subject, or would read oddly when turned."""
    starts = {PERSON, "they", "he", "she"}
    runs_on = any(word in starts and plain[place - 1] not in _RELATIVE for place, word in enumerate(plain) if place)
    bare = (plain[-1] == "now" and len(plain) < 5 and "have" in plain) or (
        plain[-1].isdigit() and (len(plain) < 2 or plain[-2] not in ("at", "on", "by", "in", "of"))
    )
    mine = "yours" in plain and plain[-2:] != ["of", "yours"]
    cut = plain[-1] in DANGLING | JOINTS
    foreign = bool(set(plain) & _OTHER_TONGUES)
    return (
        runs_on
        or bare
        or mine
        or cut
        or foreign
        or judged(" ".join(plain))
        or "am" in plain
        or plain[1:3] == ["called", "it"]
    )


def _calm(word: str) -> str:
    return word.lower() if word.lower() in _STRESSED else word


def _is_shouted(clause: Sequence[str]) -> bool:
    return any(len(word) > 3 and word.isupper() and word.isalpha() and word.lower() not in _STRESSED for word in clause)


def _tells(plain: list[str], source: Sequence[str]) -> bool:
    """Whether an expanded clause tells an event."""
    verb = next((place for place in range(1, len(plain)) if plain[place] not in _ADVERBS), len(plain))
    rest = [word for word in plain[verb:] if word not in FILLERS]
    if len(plain) < 3 or not rest:
        return False
    if plain[0] == PERSON:
        return _person_acts(rest)
    if plain[0] in ("they", "he", "she"):
        return _others_act(rest)
    if {"which", "who", "that", "one", "only"} & set(plain):
        return False
    if plain[0] in ("your", "the") and any(_others_act(plain[place:]) for place in range(2, min(5, len(plain)))):
        return True
    if plain[0] in ("can", "could") or (plain[0] in _MARKED and plain[1].startswith(("hour", "minute", "day", "week"))):
        return False
    if plain[0] in _BARE or plain[0].endswith("ed") or (source[0].islower() and plain[0] not in _MARKED):
        # "Client said no" and "vouched for you and they said no" need a word before them.
        return False
    return plain[0] not in _NO_NAMES and _NAMED_DID.match(" ".join(plain)) is not None


def _person_acts(rest: list[str]) -> bool:
    second, third = [*rest, "", ""][1:3]
    if rest[0] == "did":
        return second == "not" and third in ("get", "hear", "pass", "receive", "make")
    if rest[0] in ("were", "are") and second == "not":
        return third in _NOT_WITH_BE
    if rest[0] in ("were", "are"):
        return second in _WITH_BE or [second, third] == ["on", "the"] or third == "runner-up"
    if rest[0] == "have" and (second in _HAVE or second[:1].isdigit()):
        return len(rest) > 2 and not {"idea", "clue", "chance", "problem"} & set(rest)
    if rest[0] == "have":
        return second in _DID - {"got"} | {"done", "given"} or (second == "been" and third in _WITH_BE | _GOING_ON)
    return rest[0] in _DID and len(rest) > 1 and rest[:2] != ["worked", "out"]


def _others_act(rest: list[str]) -> bool:
    second = rest[1] if len(rest) > 1 else ""
    if rest in (["was", "no"], ["was", "a", "no"]):
        return True
    if rest[0] in ("was", "were"):
        return second in _WITH_BE
    if rest[0] in ("have", "has"):
        return second in _OTHERS_DID | {"not"}
    if rest[0] in _NEED_YOU:
        return "you" in rest[1:3]
    return rest[0] in _OTHERS_DID or (rest[0], second) in (("did", "not"), ("said", "no"))
