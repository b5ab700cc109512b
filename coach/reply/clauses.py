"""The clauses in which a person tells what is so, in their own words.

What others said or wrote, questions and hypotheticals are left out. All words are turned
and expanded as ``pronouns`` does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coach.reply.pronouns import ANY_PERSON, GENERIC, is_mark, tokens, turned, word_set
from coach.reply.quoted import LEFT_OUT, without_quotations
from coach.reply.stated import JOINTS, LEADS, stated, takes_back
from coach.reply.subjects import OTHER_PEOPLE, OTHERS_VERBS, SUBJECTLESS
from coach.text import sentences

_REASONS = word_set("because bc cos coz cuz")
_LATER = word_set("after since while when")
_INTERJECTIONS = word_set("lol lmao haha hahaha jaja eh tho though rn obvs innit smh ffs tbh ngl imo idk omg ugh")
_PASTED = re.compile(
    r"^\s*>"
    # "Dear coach" and "hi there" begin no letter that was pasted.
    r"|\b(?:dear|hi|hello|hey) (?!(?:coach|whoever|there|friend|rebound|bot|robot|ai|all|everyone|folks|guys|again)\b)"
    r"[A-Z][\w.]+(?: [A-Z][\w.]+)?,|\bdear \{"
    r"|\bdear (?:applicant|candidate|all|sir|madam)\s*(?:[,:;/\n-]|or|thank|we\b|$)"
    r"|\bwe regret\b|\bunfortunately,? (?:we|on this|you)\b"
    r"|\bwe(?:'ve| have)? (?:chose|chosen|gone with|filled|selected|reviewed|received|appreciate|enjoyed meeting"
    r"|wish you|will keep|will not be|won't be|cannot offer|can't offer|are not able)\b"
    r"|\bthank(?:s| you) for (?:your|applying|coming|taking|interviewing)\b"
    r"|\b(?:we|i) (?:have|'ve) decided (?:not )?to\b"
    r"|\bmov(?:e|ing) forward with (?!my|me|us)\b|\bwe(?:'re| are| were)? (?:sorry|unable|impressed)\b"
    r"|\byour (?:application|candidacy|profile|interest in)\b",
    re.IGNORECASE | re.MULTILINE,
)

_TIME = re.compile(r"(?:year|month|week|day|hour|minute|hr|min)s?")


def own_text(message: str) -> str:
    """Return what the person wrote, without what they quoted and pasted; a mark stands where a quotation was."""
    message = without_quotations(message)
    pasted = _PASTED.search(message)
    return message[: pasted.start()].rpartition("\n")[0] if pasted else message


def own_sentences(message: str) -> Iterator[tuple[list[str], bool]]:
    """Yield each sentence in which the person tells what is so, in their own words, turned.

    The flag says whether the sentence before it was about somebody else, who may still be meant.
    """
    after_other = False
    parts = sentences(own_text(message))
    for part, following in pairwise([*parts, ""]):
        own = ["," if word.lower() in _INTERJECTIONS else word for word in tokens(part)]
        asks = "?" in part
        if not takes_back(following) and not (asks and "?" in part.rstrip("?!\"')”’ ")):
            told = turned(stated(own, asks=asks))
            if told:
                yield told, after_other
        plain = [word.lower() for word in own]
        speaks = bool(plain) and plain[0] in ANY_PERSON | SUBJECTLESS
        names = bool(set(plain[:3]) & OTHER_PEOPLE) or (not speaks and bool(set(plain[1:2]) & OTHERS_VERBS))
        # A third sentence may still go on about the friend of the first.
        after_other = names or (after_other and not set(plain) & ANY_PERSON)


def clauses(source: Sequence[str]) -> Iterator[list[str]]:
    """Yield the clauses of a turned sentence, up to the first word that makes the rest less than a fact."""
    clause: list[str] = []
    for place, token in enumerate([*source, ","]):
        word = token.lower()
        if word in _REASONS or (word == "to" and source[place + 1 : place + 2] in (["say"], ["tell"])):
            yield clause
            return
        if token == LEFT_OUT:
            # What was quoted belongs to the clause, which says less without it.
            clause = [GENERIC]
        elif (is_mark(token) and word != "&") or (word in JOINTS - _LATER and len(clause) >= 4):
            yield clause
            clause = []
        elif clause or word not in LEADS - {"no"}:
            clause.append(token)


def ends_at_joint(source: Sequence[str], end: int) -> bool:
    """Whether what comes before a joint is whole without what follows: not so "two hours | after I applied"."""
    return source[end] in JOINTS and not (source[end] in _LATER and _TIME.fullmatch(source[end - 1]))
