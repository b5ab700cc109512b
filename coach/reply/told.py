"""Sentences and clauses that begin with the person, said back whole, where no event could be picked out.

``coach.reply.telling`` picks clauses that tell what happened with the no. Many messages tell of something else, and
a reply is closer to the person when it takes up that than when it takes up nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from coach.reply.clauses import clauses, own_sentences
from coach.reply.pronouns import ANY_PERSON, GENERIC, PERSON, expanded, is_mark, spelled, word_set
from coach.reply.quoted import LEFT_OUT
from coach.reply.stated import LEADS
from coach.reply.subjects import given_subject
from coach.reply.telling import dated, judged, reads_oddly

_FEWEST, _MOST = 4, 20
_BEFORE_MARK = re.compile(r" (?=[,;:)])")
_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|does|did|will|would|can|could|went|said|told|got|came|\w+ed|keeps?)"
)
_YOURS = word_set(
    "recruiter manager boss notice contract visa permit application offer agency interview probation start"
)
# After "you": what is meant, asked for or held possible is no fact to begin with.
_NOT_AFTER_YOU = word_set(
    "should could would might will can must may shall 'd hope guess suppose wish think mean swear bet reckon imagine "
    "wonder assume promise thank know see understand love like just only do say sound wait wanna gonna very"
)
# "You are a doer, not a thinker" is a judgement, whoever said it; so is "your English is not good".
_JUDGING = re.compile(
    r"^YOU (?:are|were) (?:an?|the|not (?!chosen|picked|selected|hired|shortlisted|taken)|too|such|just|no|\w+ist)\b"
    r"|^your \w+ (?:is|are) (?:not|too|so)\b|^YOU have very\b"
)
_UNFIT = re.compile(
    r"\b(?:please|you to|thanks?|help|advice|sorry|honestly|anyway|if|whether|tell|write|draft|email them|coach|program"
    r"|question|kind of|sort of|because|so that|nobody|no one|nearly|almost|not answer"
    r"|this one|that one|it's like|as if|or something|and so on)\b",
    re.IGNORECASE,
)


def told_echoes(message: str) -> Iterator[str]:
    """Yield sentences turned from whole sentences and clauses of the message, in its order."""
    for source, _ in own_sentences(message):
        whole = _without_bracket(source)
        while whole and (whole[0].lower() in LEADS - {"no"} or is_mark(whole[0])):
            del whole[0]
        while whole and is_mark(whole[-1]) and whole[-1] != LEFT_OUT:
            del whole[-1]
        for clause in (whole, *clauses(source)):
            text = _said(clause)
            if text is not None:
                yield text
                break


def _without_bracket(source: list[str]) -> list[str]:
    """Return a sentence without its remark in brackets; nothing of one with several, which may be a list."""
    opening, closing = source.count("("), source.count(")")
    if not opening and not closing:
        return list(source)
    if opening != 1 or closing != 1 or source.index(")") < source.index("("):
        return []
    return [*source[: source.index("(")], *source[source.index(")") + 1 :]]


def _said(clause: list[str]) -> str | None:
    plain = expanded(clause)
    given = given_subject(plain, 0) if plain else None
    if given is not None:
        words, left_out = given
        clause = [*words, clause[0].lower(), *clause[1:]] if not left_out else []
        plain = [PERSON if word == "you" else word for word in words] + plain
    count = sum(not is_mark(token) for token in clause)
    if not _FEWEST <= count <= _MOST or any(word.startswith(GENERIC) for word in plain) or set(plain) & ANY_PERSON:
        return None
    if plain[0] == PERSON:
        fits = plain[1] not in _NOT_AFTER_YOU
    else:
        fits = plain[0] == "your" and plain[1] in _YOURS and any(_VERB.fullmatch(word) for word in plain[2:5])
    spoken = [spelled(word, following) for word, following in pairwise([*clause, ""])]
    text = _BEFORE_MARK.sub("", " ".join(spoken)).replace(PERSON, "you")
    unfit = "|" in text or _JUDGING.search(" ".join(plain)) or _UNFIT.search(text) or judged(text)
    if not fits or unfit or reads_oddly(plain):
        return None
    text = dated(text)
    return f"{text[0].upper()}{text[1:]}."
