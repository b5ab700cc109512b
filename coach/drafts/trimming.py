"""Cut what is to go out of a sentence, so that the rest still is one."""

from __future__ import annotations

import re

from coach.drafts.wording import sentence
from coach.facts.lexicon import word_set
from coach.text import words

_FUNCTION = word_set(
    "the a an my your his her their i you he she they it to of and that is was in on for with me about any at him them "
    "bit bits part parts line lines sentence sentences thing things stuff word words mention i'm i've there or"
)


_MONEY = re.compile(
    r"[£$€]\s?\d|\b\d+ ?(?:euros?|pounds?|dollars?|quid)\b|\b\d+k\b|\bsalary\b|\bpay\b|\bwages?\b", re.IGNORECASE
)


OF_MONEY = frozenset({"salary", "money", "pay", "wage", "figure", "rate", "fee", "price"})


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that say something, without their endings."""
    return frozenset(re.sub(r"(?<=\w{3})(?:'s|s)$", "", word) for word in words(text) if word not in _FUNCTION)


def holds(text: str, gone: frozenset[str]) -> bool:
    """Whether a text says what is to go: all of its words, or the most of several."""
    if gone <= OF_MONEY and _MONEY.search(text):
        return True
    there = len(gone & content_words(text))
    return there == len(gone) or (len(gone) > _SEVERAL and there / len(gone) >= _MOST)


def touches(clause: str, gone: frozenset[str]) -> bool:
    """Whether a clause holds any of the words that are to go."""
    return bool(gone & content_words(clause)) or holds(clause, gone)


def unfigured(said: str) -> str:
    """Return a sentence without a figure in brackets, or that stands after "of" or "at"."""
    return re.sub(r"\s*\([^()]*\d[^()]*\)|,? (?:of|at) [£$€]?\d[\d.,]*k?\b", "", said)


_PRICE = re.compile(
    r"(?:,| and| but)? ?(?:at |for |around |about |from )?(?:[£$€]\s?\d[\d.,]*k?|\b\d+k|\b\d+ (?:pounds|euros"
    r"|quid))(?: (?:or|and) (?:over|more|above))?(?: (?:an?|per|each) \w+)?(?=[,.]| and\b| but\b| from\b|$)"
)


def unpriced(said: str) -> str:
    """Return a sentence without the price in it; empty where it says nothing else."""
    rest = _PRICE.sub("", said)
    if rest != said and re.search(r"\b(?:under|over|below|above|than|for|at|to|of|is|be|around|about)[.]?$", rest):
        return ""
    return rest if rest == said or len(content_words(rest)) > 1 else ""


_SEVERAL = 2


_MOST = 0.6


_FEWEST = 3
"""Words that what is left of a sentence must have."""


def rest_of(said: str, gone: frozenset[str]) -> str:
    """Return a sentence without what is to go; empty where no sentence is left."""
    if not holds(said, gone):
        return said
    clauses = re.split(r",? (?:and|but) |; ", said.rstrip(".!"))
    kept = [clause for clause in clauses if not touches(clause, gone)]
    if not kept and (cut_off := _without_tail(said.rstrip(".!"), gone)):
        kept = [cut_off]
    elif len(kept) < len(clauses):
        kept = [
            cut_off if (cut_off := _without_tail(clause, gone)) else clause
            for clause in clauses
            if clause in kept or _without_tail(clause, gone)
        ]
    left = " and ".join(kept)
    return sentence(left) if kept and len(words(left)) >= _FEWEST and _SUBJECT.match(left) else ""


_TAIL = re.compile(
    r",? (?:because of|because|on account of|due to|except|until|from|since|with|without|at|in|on|for|near|by"
    r"|around|as|so|which|who|where|after|before|ideally|over|under|of) [^,;]*$"
    r"|, [^,;]+$",
    re.IGNORECASE,
)


_BARE_VERB = re.compile(
    r"\bto (?:stay|be|work|do|go|live|come|get|have|take|help|start|keep|make|see|use|run)$", re.IGNORECASE
)
"""A verb that says nothing without what followed it."""
_HANGS = re.compile(
    r"\s+(?:because|due|account|and|but|or|of|for|in|on|at|with|from|to|the|an?|as|so|by|near|if|that)$", re.IGNORECASE
)
"""What cannot end a sentence."""


def _without_tail(clause: str, gone: frozenset[str]) -> str:
    """Return a clause without the phrase at its end that says what is to go; empty where too little is left."""
    for match in reversed([*re.finditer(r"(?=,? )", clause)]):
        tail = _TAIL.match(clause, match.start())
        if tail is not None and gone <= content_words(tail.group()):
            left = clause[: match.start()].rstrip(" ,")
            while (shorter := _HANGS.sub("", left)) != left:
                left = shorter
            if _BARE_VERB.search(left):
                return ""
            return left if len(words(left)) > _FEWEST and not touches(left, gone) else ""
    return ""


_SUBJECT = re.compile(r"(?:i|i'm|my|we|our|you|your|it|there|the|thank you|please)\b", re.IGNORECASE)


_QUESTION = re.compile(
    r"(?P<opens>(?:could|can|would|may) (?:you|i) (?:please |kindly )?(?:tell me|let me know|say|ask"
    r"|send(?: me)?|give me|forward|pass on)"
    r"|i would [^,?]*?tell me)"
    r" (?P<rest>.+?)(?P<end>[?.])$",
    re.IGNORECASE,
)


def rest_of_question(asked: str, gone: frozenset[str]) -> str:
    """Return a question without those of its clauses that hold what is to go; empty where none is left."""
    if not holds(asked, gone):
        return asked
    opens, clauses, end = questions_in(asked)
    kept = [clause for clause in clauses if not touches(clause, gone)]
    return f"{opens} {' and '.join(kept)}{end}" if opens and kept else ""


def questions_in(asked: str) -> tuple[str, list[str], str]:
    """Return how a question opens, the things it asks, and its last mark; nothing to open where it is no list."""
    match = _QUESTION.match(asked)
    if match is None:
        return "", [], ""
    clauses = re.split(
        r",? (?:and|or) (?=(?:about|how|what|which|whether|if|why|when|where|the|my)\b)|, ", match["rest"]
    )
    return match["opens"], clauses, match["end"]
