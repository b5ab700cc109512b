"""The clauses in which a person tells what is so, in their own words.

What others said or wrote, questions and hypotheticals are left out. All words are turned
and expanded as ``pronouns`` does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.reply.pronouns import ANY_PERSON, GENERIC, PERSON, is_mark, tokens, turned, word_set
from coach.text import sentences

FILLERS = word_set("just so really actually very literally honestly")
"""Words that an echo may leave out."""

JOINTS = word_set("and but so then when after since while")
"""Words that join two clauses, each of which is so."""

_REASONS = word_set("because bc cos")
_LATER = word_set("after since while when")
_INTERJECTIONS = word_set("lol lmao haha hahaha jaja eh tho though rn obvs innit smh ffs tbh ngl imo idk omg ugh")
OPENERS = word_set(
    "sir madam hi hello hey ok okay well welp yeah nah anyway update honestly basically bro guys today "
    "yesterday finally now "
    "again"
)
"""Words that come before a clause without being part of it."""

# Anywhere in a sentence, these make what it says not a fact.
_UNREAL = word_set("if unless whether imagine pretend supposedly hypothetically joke joking kidding jk")
_OTHER_PEOPLE = word_set(
    "he she someone somebody mate friend sister brother buddy colleague husband wife partner flatmate cousin son "
    "daughter mum mom dad mother father girlfriend boyfriend gf bf ex other others everyone everybody neighbour "
    "neighbor roommate classmate guy girl woman lady man lad kid person candidate applicant"
)
_OTHERS_VERBS = word_set("applied went got also too interviewed did had has was is")
_LEFT_OUT = "|"
_QUOTED = re.compile(r"[\"“][^\"“”]{1,4000}[\"”]|(?<!\w)[‘'](?:[^'‘’\n]|(?<=\w)['’](?=\w)){2,2000}['’](?!\w)")
_PASTED = re.compile(
    r"^\s*>|\b(?:dear|hi|hello|hey) [A-Z][\w.]+(?: [A-Z][\w.]+)?,|\bdear (?:applicant|candidate|all|sir|madam|\{)"
    r"|\bwe regret\b|\bunfortunately,? (?:we|on this|you)\b"
    r"|\bthank you for (?:your|applying|coming|taking|interviewing)\b|\b(?:we|i) (?:have|'ve) decided (?:not )?to\b"
    r"|\bmov(?:e|ing) forward with\b|\bwe(?:'re| are| were)? (?:sorry|unable|impressed)\b"
    r"|\byour (?:application|candidacy)\b",
    re.IGNORECASE | re.MULTILINE,
)

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

_SUBJECTLESS = word_set(f"{ACTS} had did") - word_set(
    "found heard came opened posted started finished accepted declined moved lost booked replied texted "
    "phoned emailed "
    "messaged paid bought borrowed drafted signed learned learnt practised practiced"
)
_OPENINGS = [
    "asked for",
    "made it",
    "found out",
    "found the",
    "heard nothing",
    "heard back",
    "came second",
    "left the",
    "left your",
    "went for",
    "went back",
    "wrote to",
    "never got",
    "never heard",
]
_PASSIVES = [
    "turned down",
    "passed over",
    "knocked back",
    "not selected",
    "not shortlisted",
    "not hired",
    "made redundant",
    "let go",
]
_PARTICIPLES = word_set("rejected ghosted shortlisted")
_NOT_DONE = word_set("get hear make receive even pass")
_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve")
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
_AHEAD = word_set("next tomorrow coming upcoming lined left scheduled booked will more")
_NOT_AFTER = word_set("i they he she it we YOU ~you you")
_TIME = re.compile(r"(?:year|month|week|day|hour|minute|hr|min)s?")


def own_text(message: str) -> str:
    """Return what the person wrote, without what they quoted and pasted; a mark stands where a quotation was."""
    message = _QUOTED.sub(f" {_LEFT_OUT} ", message.replace("`", "'"))
    pasted = _PASTED.search(message)
    return message[: pasted.start()].rpartition("\n")[0] if pasted else message


def own_sentences(message: str) -> Iterator[tuple[list[str], bool]]:
    """Yield each sentence in which the person tells what is so, in their own words, turned.

    The flag says whether the sentence before it was about somebody else, who may still be meant.
    """
    after_other = False
    for part in sentences(own_text(message)):
        own = ["," if word.lower() in _INTERJECTIONS else word for word in tokens(part)]
        plain = [word.lower() for word in own]
        if "?" not in part and not set(plain) & _UNREAL:
            yield turned(own), after_other
        speaks = bool(plain) and plain[0] in ANY_PERSON | _SUBJECTLESS
        after_other = bool(set(plain[:3]) & _OTHER_PEOPLE) or (not speaks and bool(set(plain[1:2]) & _OTHERS_VERBS))


def clauses(source: Sequence[str]) -> Iterator[list[str]]:
    """Yield the clauses of a turned sentence, up to the first word that makes the rest less than a fact."""
    clause: list[str] = []
    for place, token in enumerate([*source, ","]):
        word = token.lower()
        if word in _REASONS or (word == "to" and source[place + 1 : place + 2] in (["say"], ["tell"])):
            yield clause
            return
        if token == _LEFT_OUT:
            # What was quoted belongs to the clause, which says less without it.
            clause = [GENERIC]
        elif is_mark(token) or (word in JOINTS - _LATER and len(clause) >= 4):
            yield clause
            clause = []
        elif clause or word not in JOINTS | FILLERS | OPENERS:
            clause.append(token)


def ends_at_joint(source: Sequence[str], end: int) -> bool:
    """Whether what comes before a joint is whole without what follows: not so "two hours | after I applied"."""
    return source[end] in JOINTS and not (source[end] in _LATER and _TIME.fullmatch(source[end - 1]))


def given_subject(source: Sequence[str], start: int) -> list[str] | None:
    """Return the words that a clause without a subject may be given: "got the no" is "you got the no"."""
    end = next((place for place in range(start, len(source)) if is_mark(source[place])), len(source))
    rest = [word for word in source[start:end] if word not in FILLERS]
    if not rest or source[start] in FILLERS or "you" in rest:
        return None
    if rest == ["rejected"]:
        return ["you", "were"]
    return (_given_to_noun(rest) or _given_to_verb(rest)) if len(rest) > 1 else None


def _given_to_noun(rest: list[str]) -> list[str] | None:
    first, second, *further = rest
    if is_number(first) and second in ("interviews", "rounds", "stages"):
        return None if set(rest) & _AHEAD or any(is_number(word) for word in further[:1]) else ["you", "had"]
    if first == "no" and second in ("callback", "reply", "answer", "response", "offer", "feedback", "interview"):
        return None if set(further) & {"address", "yet"} else ["you", "got"]
    if (first in ("another", "one") and "rejection" in rest) or (first, second) == ("another", "no"):
        return ["you", "got"]
    if (
        (first == "no" and second in ("to", "from"))
        or (first in _ORDINALS and second in ("no", "rejection", "knockback"))
        or (first == "rejection" and second in ("at", "from", "for", "today", "yesterday", "this", "last", "after"))
    ):
        return ["you", "got", "a"]
    return None


def _given_to_verb(rest: list[str]) -> list[str] | None:
    first, second, *further = rest
    if (first in _PARTICIPLES and second not in _NOT_AFTER | {"the", "to"}) or f"{first} {second}" in _PASSIVES:
        return ["you", "were"]
    if (first, second) == ("did", "not"):
        return ["you"] if set(further[:1]) & _NOT_DONE else None
    return ["you"] if (first in _SUBJECTLESS and second not in _NOT_AFTER) or f"{first} {second}" in _OPENINGS else None


def is_number(word: str) -> bool:
    """Whether a word is a number of two or more, or of digits."""
    return word.isdigit() or word in _NUMBERS


def person_is_meant(source: Sequence[str], start: int, after_other: bool) -> bool:
    """Whether a clause without a subject has the person for its subject, as far as one can tell."""
    if set(source[:start]) <= FILLERS | OPENERS | JOINTS:
        return not after_other
    before = start - 1
    while before and not is_mark(source[before - 1]) and source[before - 1] not in JOINTS:
        before -= 1
    lead = next((place for place in range(before, start) if source[place] not in FILLERS | OPENERS), before)
    if source[lead] == PERSON or given_subject(source, lead) is not None:
        return True
    # "Civil engineer, rejected again": what comes before names nobody else.
    return not set(source[:start]) & (_OTHER_PEOPLE | _OTHERS_VERBS | {"they", "it", "who", "your"})
