"""Sentences and clauses that begin with the person, said back whole, where no event could be picked out.

``coach.reply.telling`` picks clauses that tell what happened with the no. Many messages tell of something else, and
a reply is closer to the person when it takes up that than when it takes up nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.reply.clauses import FILLERS, OPENERS, clauses, own_sentences
from coach.reply.pronouns import ANY_PERSON, GENERIC, PERSON, expanded, is_mark, word_set
from coach.reply.telling import judged, reads_oddly

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
    r"^YOU (?:are|were) (?:an?|not|too|such|just|no|\w+ist)\b"
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
        whole = list(source)
        while whole and (whole[0].lower() in FILLERS | OPENERS or is_mark(whole[0])):
            del whole[0]
        for clause in (whole, *clauses(source)):
            text = _said(clause)
            if text is not None:
                yield text
                break


def _said(clause: list[str]) -> str | None:
    plain = expanded(clause)
    count = sum(not is_mark(token) for token in clause)
    if not _FEWEST <= count <= _MOST or any(word.startswith(GENERIC) for word in plain) or set(plain) & ANY_PERSON:
        return None
    if plain[0] == PERSON:
        fits = plain[1] not in _NOT_AFTER_YOU
    else:
        fits = plain[0] == "your" and plain[1] in _YOURS and any(_VERB.fullmatch(word) for word in plain[2:5])
    text = _BEFORE_MARK.sub("", " ".join(clause)).replace(PERSON, "you")
    unfit = "|" in text or _JUDGING.search(" ".join(plain)) or _UNFIT.search(text) or judged(text)
    if not fits or unfit or reads_oddly(plain):
        return None
    return f"{text[0].upper()}{text[1:]}."
