"""Whose clause it is where the subject is left out: "got the no" is "you got the no"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.reply.pronouns import PERSON, is_mark, word_set
from coach.reply.stated import FILLERS, JOINTS, LEADS, OPENERS

OTHER_PEOPLE = word_set(
    "he she he's she's hes shes he'd she'd "
    "someone somebody mate friend sister brother buddy colleague husband wife partner flatmate cousin son "
    "daughter mum mom dad mother father girlfriend boyfriend gf bf ex other others everyone everybody neighbour "
    "neighbor roommate classmate guy girl woman lady man lad kid person candidate applicant"
)
OTHERS_VERBS = word_set("applied went got also too interviewed did had has was is")
ACTS = (
    "got applied interviewed waited sent passed cleared reached finished lost found spent drove flew "
    "travelled worked "
    "came heard received prepared studied trained moved handed missed joined started covered taught "
    "presented practised "
    "practiced learned learnt phoned emailed messaged texted replied resigned quit signed accepted declined "
    "paid bought "
    "borrowed submitted attended completed drafted posted uploaded booked opened"
)
"""Verbs that a person uses of what they did."""

SUBJECTLESS = word_set(f"{ACTS} had did") - word_set(
    "found heard came opened posted started finished accepted declined moved lost booked replied texted "
    "phoned emailed "
    "messaged paid bought borrowed drafted signed learned learnt practised practiced"
)
_KIN = (
    r"(?:your (?:whole |entire )?(?:mum|mom|mam|mother|dad|father|parents|wife|husband|partner|sister|brother|son"
    r"|daughter|kids|family|friends?|mates?|boss|manager|landlord|book club|bank)\b)"
)
_OTHERS = (
    r"(?:them|him|her|hr|the (?:hiring )?(?:manager|mgr|agency|recruiter|company|office|school|boss|panel|shop|union"
    r"|hospital|director|receptionist|consultant)\b)"
)
# What only the person can have done, and not who said no: "went for someone else" is not among it.
_DID = re.compile(
    r"(?:"
    r"slept|ate|cried|sobbed|wept|woke up|turned up|missed out|lost out|came (?:second|third|fourth|last|home)"
    r"|heard (?:nothing|back)"
    r"|made it (?!clear|sound|seem|very|hard|up)|went (?:for (?!some|another|an? |the other|experience)|home|in|there)"
    r"|went back (?!on\b)|found (?:out|the)|left (?:the|your)|never (?:got (?!back)|heard)"
    r"|(?:already )?(?:pressed|hit|clicked) send|scored \d\S*|ranked (?!the|all|every)\w+|asked for (?!your)"
    r"|wrote to (?!say|tell|let|inform)|wrote (?:down|it)|drafted|practi[sc]ed|rehearsed|bought|borrowed"
    r"|paid (?:£|€|\$|\d|for|two|three|four|five|six|seven|eight|nine|ten|half)"
    r"|lost (?:the|your|a|another) (?:\w+ ){0,2}(?:job|jobs|role|post|gig|contract|place|election|race|shifts?|hours)"
    r"|(?:opened|reread|deleted) (?:it|the (?:email|e-mail|mail|letter|envelope|message|attachment|rejection))"
    rf"|(?:told|rang|phoned|called|emailed|messaged|texted|asked|ignored|avoided) {_KIN}"
    rf"|(?:rang|phoned|called|emailed|messaged|texted|chased|thanked|nudged|asked|ignored) {_OTHERS}"
    r"|hung up on (?:them|him|her)|shot (?:the|your) \w+|moved (?:house|here|across|countr\w+|cit\w+)"
    r"|moved to (?!the|an?|another|other|internal|hiring|next|final|offer)"
    r"|took (?:(?:the|a) )?(?:day|week|morning|afternoon|night|\w+day) off|took the (?:train|bus|coach)"
    r"|booked (?:a meeting room|(?:the |a )?(?:day|time|week|\w+day) off|a (?:train|flight|hotel|babysitter))"
    r"|turned down (?:an?|another|the|two|three|four|your|other)\b(?! role| job| post| time)|gave (?:up|notice)"
    r"|do not (?:want (?:to|an?|the|any|your|advice|tips|feedback)|need|know|understand)|did not know"
    r"|want (?:out|to (?!keep|see|meet|hire|interview|offer|use|get))|need to (?!fill|see|know|hire|check)"
    r"|needed to (?:tell|talk|say|hear)|felt (?:nothing|sick|numb)|heard (?:it is|its) a no"
    r"|(?:can|could) not (?:sleep|eat|stop|think|breathe|get out|face|cry|move|turn|bring|believe|drive|open|sit)"
    r"|have (?:sent|applied|done)|have not (?:heard|slept|eaten|told|taken|stopped|left|cried|opened|applied|worked)"
    r"|have been (?:out|without|waiting|applying|working|looking|crying|unemployed|replaying)"
    r")(?:(?<=\s)|(?!\w))"
)
_DID_WORK = re.compile(
    r"did (?:the|an?|your) (?:\w+ ){0,2}(?:course|test|task|refresher|training|interview|shifts?|trial|degree|exam|prep"
    r"|presentation|assessment|study|homework|work|placement|internship|rounds?|quiz|audition|lesson|essay)\b"
)
_ABOUT_IT = re.compile(r"(?:opened|wrote|reread|deleted) it\b|heard (?:it is|its) a no\b|told it is\b")
_DOING = re.compile(
    r"(?:still )?(?:crying|shaking|sitting|hiding|waiting|posting|typing|standing|walking|driving|applying|replaying"
    r"|cleaning|staring|dreading|packing|not doing|writing (?!to (?:inform|let|tell|say|you))"
    r"|going to (?:make|cry|bed|hug|walk|sleep|eat|sit))\b"
)
_HAS_BEEN = re.compile(
    r"been (?!\d|an?\b|so\b|like\b|ages|in touch|very|quiet|filled|months|weeks|years)"
    r"(?!\w+ (?:weeks?|months?|years?|days?))"
)
_FINITE = word_set(
    "is are was were has have had feels felt makes made would seems seems sounds will helps keeps gets got does did "
    "can tomorrow later next soon"
)
"""With one of these, "waiting for them" is what the sentence is about, not what the person does."""

_WHEN = "today|yesterday|tonight|again|this|last|on|at|by|in|over|after|for|via|before|from"
_DONE_TO = re.compile(
    rf"(?:passed over|knocked back|made redundant|let go|laid off|unsuccessful|sent home|cut off|down to the last"
    rf"|not (?:selected|shortlisted|hired|chosen|picked|taken|successful)"
    rf"|(?:ghosted|shortlisted)(?! the\b| to\b)|rejected(?! (?:the|to|an?|your|their|his|her|all|both)\b)"
    rf"|turned down(?! (?:an?|another|the|two|three|four|your|other)\b)"
    rf"|told (?:{_WHEN}|no|it is|\d+)|(?:interviewed|beaten) by"
    rf"|declined (?:\d+|by|after|for|from|today|yesterday|again)"
    rf"|overlooked (?:for|again)|dropped (?:for|after|at)|refused for)\b"
)
_NOT_DONE = word_set("get hear make receive even pass")
_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve")
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
_LOOKED_AT = 25
_OBJECT_WITHIN = 5
_RELATIVES = word_set("mum mom mam dad wife husband hubby")
_NOT_AFTER_RELATIVE = word_set("of to and in with on at for here")
_WAS = word_set("not on up at in there so meant sure")
_AHEAD = word_set("next tomorrow coming upcoming lined left scheduled booked will more")
_NOT_AFTER = word_set("i they he she it we YOU ~you you")


def given_subject(source: Sequence[str], start: int) -> tuple[list[str], int] | None:
    """Return the words that a clause without a subject may be given, and how many of its own they stand for.

    "Got the no" is "you got the no"; in "wasn't picked" the words "you were" stand for "was".
    """
    rest: list[str] = []
    for word in source[start : start + _LOOKED_AT]:
        if is_mark(word):
            break
        if word not in FILLERS:
            rest.append(word)
    if not rest or source[start] in FILLERS:
        return None
    if rest[0] in _RELATIVES and len(rest) > 1 and rest[1] not in _NOT_AFTER | _NOT_AFTER_RELATIVE:
        return ["your"], 0
    # "Told me no" has another subject.
    if "you" in rest[:_OBJECT_WITHIN]:
        return None
    if rest in (["rejected"], ["unsuccessful"]):
        return ["you", "were"], 0
    if len(rest) == 1:
        return None
    if rest[0] in ("was", "am"):
        be = "were" if rest[0] == "was" else "are"
        fits = rest[1] in _WAS or rest[1].isdigit() or _DONE_TO.match(" ".join(rest[1:]))
        return (["you", be], 1) if fits else None
    given = _given_to_noun(rest) or _given_to_verb(rest)
    return None if given is None else (given, 0)


def _given_to_noun(rest: list[str]) -> list[str] | None:
    first, second, *further = rest
    if is_number(first) and second in ("interviews", "rounds", "stages"):
        return None if set(rest) & _AHEAD or any(is_number(word) for word in further[:1]) else ["you", "had"]
    if is_number(first) and second in ("hours", "days", "weeks", "months") and further[:1] == ["of"]:
        return None if set(rest) & _AHEAD or set(further[1:2]) & {"your", "the"} else ["you", "had"]
    if first == "no" and second in ("callback", "reply", "answer", "response", "offer", "feedback", "interview"):
        return None if set(further) & {"address", "yet"} else ["you", "got"]
    if first == "no" and second in ("idea", "clue") and set(further[:1]) & {"how", "what", "why", "where", "who"}:
        return ["you", "have"]
    if (first in ("another", "one") and "rejection" in rest) or (first, second) == ("another", "no"):
        return ["you", "got"]
    if (
        (first == "no" and second in ("to", "from", "at"))
        or (first in _ORDINALS and second in ("no", "rejection", "knockback"))
        or (first == "rejection" and second in ("at", "from", "for", "today", "yesterday", "this", "last", "after"))
    ):
        return ["you", "got", "a"]
    return None


def _given_to_verb(rest: list[str]) -> list[str] | None:
    first, second, *further = rest
    text = " ".join(rest)
    if second in _NOT_AFTER and not _ABOUT_IT.match(text):
        return None
    if _DONE_TO.match(text):
        return ["you", "were"]
    if (first, second) == ("did", "not") and set(further[:1]) & _NOT_DONE:
        return ["you"]
    if first == "did":
        # "Did the panel call" asks.
        return ["you"] if is_number(second) or second in ("all", "everything") or _DID_WORK.match(text) else None
    if first in SUBJECTLESS or _DID.match(text):
        return ["you"]
    if _DOING.match(text) and not set(rest[1:]) & _FINITE:
        return ["you", "are"]
    return ["you", "have"] if _HAS_BEEN.match(text) else None


def is_number(word: str) -> bool:
    """Whether a word is a number of two or more, or of digits."""
    return word.isdigit() or word in _NUMBERS


def person_is_meant(source: Sequence[str], start: int, after_other: bool) -> bool:
    """Whether a clause without a subject has the person for its subject, as far as one can tell."""
    if all(word in LEADS or is_mark(word) for word in source[:start]):
        return not after_other
    before = start - 1
    while before and not is_mark(source[before - 1]) and source[before - 1] not in JOINTS:
        before -= 1
    lead = next((place for place in range(before, start) if source[place] not in FILLERS | OPENERS), before)
    if source[lead] == PERSON or given_subject(source, lead) is not None:
        return True
    # "Civil engineer, rejected again": what comes before names nobody else.
    return not set(source[:start]) & (OTHER_PEOPLE | OTHERS_VERBS | {"they", "it", "who", "your"})
