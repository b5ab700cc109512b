"""What a person asks to have said in so many words, and whether they order it or only wonder."""

from __future__ import annotations

import re

from coach.drafts.clauses import WEIGHED, WEIGHS
from coach.drafts.news import as_statements
from coach.drafts.questions import Kept
from coach.drafts.steering import PRIVATE, STOP
from coach.drafts.wording import addressed, sentence, spelled

_TO_THEM = (
    r"(?:(?:to )?(?:(?:my |the )?(?:recruiter|agent|manager|boss) [A-Z]\w+|her|him|them|it|the \w+"
    r"|(?-i:[A-Z][\w-]+))\s+)?"
)


_SELF = r"(?:i|i'm|im|i’m|i've|ive|i’ve|i'd|id|i’d|i'll|i’ll|my|we|we're)\b"


_ADD = re.compile(
    rf"\b(?:add|adding|mention|mentioning|say|says|saying|include|put|put in|state|tell|telling|note|point out"
    rf"|let {_TO_THEM}know|(?:write|email|message|text)\b(?:(?!\bask)[^.;!?\n]){{0,90}}? that(?= (?:i|i'd|id|i'm"
    rf"|im|my)\b)"
    rf"|make (?:it )?clear|clear)\b"
    rf"(?: (?:in|a line|one line|one sentence|a sentence|something|also|too|there|somewhere|that bit|on top"
    rf"|at the end))*\s*{_TO_THEM}"
    rf"(?:(?:that|saying(?: that)?|about how|how)\s+|:\s*)?(?P<said>(?:{_SELF}|the \w+ (?:was|were|is|are)\b"
    rf"|there (?:is|are)\b|it (?:was|is|were)\b|no hard feelings)[^.;!?\n]*?){STOP}",
    re.IGNORECASE,
)


SOMETHING_LIKE = re.compile(
    r"\b(?:something like(?! (?:that|this|it)\b)|sth like|smth like|along the lines of|say:|just say|just put"
    r"|say something like)\s*[:,]?\s*[\"“']?(?P<said>[^\"”\n]{6,200}?)[\"”']?\s*(?:$|\n|(?<=[.!?])\s)",
    re.IGNORECASE,
)


_SAY_THAT = re.compile(
    rf"(?P<said>(?:\bthe \w+ (?:was|were|is|are)\b|(?:^|(?<=[.!?\n] ))(?:[\w'-]+ ){{1,4}}(?:is|are|was|were"
    rf"|starts?|opens?|begins?)\b"
    rf"|\b(?:he|she|they)(?:'s|'ve| is| are| has| have| knows?| remembers?)\b"
    rf"|\b{_SELF})[^.,;!?\n]{{4,80}}(?:, not [^.,;!?\n]{{2,30}})?)(?:,\s+|\s+(?=so |maybe |please "
    rf"|pls |you can |could you |and ))"
    rf"(?:so )?(?:maybe |please |pls |you can |could you |and )?(?:say|mention|add|tell (?:her|him|them)"
    rf"|i(?:'d like| would like| want| need) (?:him|her|them) to know) (?:that|it|this|so)\b",
    re.IGNORECASE,
)


_WONDERS = re.compile(
    r"(?:\b(?:how|what|if|whether|should|could|can|shall) (?:do |can |could |should |would )?i\b[^.;!?\n]*"
    rf"|(?:{WEIGHS}|\b(?:not (?:so |too |really )?sure|unsure|wonder\w*|thinking (?:of|about)|think i|do you think"
    r"|in two minds|torn|debating|tempted|hesita\w+|how to|would it be|is it (?:wise|wrong|mad|stupid|silly|okay|ok"
    r"|right|bad|worth|better|too)|(?:any|no) point)\b)(?:(?!\b(?:please|pls)\b)[^.;!?\n])*"
    r"|\bwould you (?:just |even |ever )?(?:(?:say|mention|tell|add|include)\b[^.;!?\n]*)?)$",
    re.IGNORECASE,
)
"""That somebody only wonders how to say a thing; what is private then stays with the coach."""
_OWN_LIFE = re.compile(
    r"\b(?:in (?:a |the )?hospital|lost my (?:\w+ )?job|sacked|fired|dismissed|operation|court|debts?|sober)\b",
    re.IGNORECASE,
)
"""What is private too where somebody only wonders about it."""


def wondered(text: str, place: int, told: str) -> bool:
    """Whether something private is only wondered about, by the words before it or the question that it is part of."""
    if not (PRIVATE.search(told) or _OWN_LIFE.search(told)):
        return False
    if _WONDERS.search(text[:place]):
        return True
    begun = re.split(r"[.!?\n]", text[:place])[-1]
    ends_ = re.search(r"[.!?\n]", text[place:])
    return ends_ is not None and ends_.group() == "?" and not _BIDS.search(begun)


_BIDS = re.compile(r"\b(?:can|could|will|would) (?:you|u)\b|\b(?:please|pls|plz)\b", re.IGNORECASE)


def to_say(text: str, kept: Kept, keeps: frozenset[str]) -> list[str]:
    """Return what the person asks to say; what is private only where they ask for it in so many words."""
    said: list[str] = []
    for match in SOMETHING_LIKE.finditer(text):
        if kept(match, "said") and not negated(text, match.start()):
            first, *then = _AND_ASKS.split(match["said"], maxsplit=1)
            said += as_statements(first, keeps)
            said += [sentence(addressed(spelled(each), keeps=keeps), end="?") for each in then]
    for match in _WISHES.finditer(text):
        if not negated(text, match.start()):
            said.append(sentence(addressed(spelled(match["said"]), keeps=keeps)))
    said += [
        sentence(f"I wish {addressed(spelled(match['whom']), keeps=keeps)}")
        for match in _WISHES_WELL.finditer(text)
        if not negated(text, match.start())
    ]
    for pattern in (_ADD, _SAY_THAT):
        for match in pattern.finditer(text):
            ordered = _is_order(text, match) if pattern is _ADD else kept(match, "said")
            if pattern is _ADD and (
                WEIGHED.search(text[: match.start()]) or wondered(text, match.start("said"), match["said"])
            ):
                continue
            if ordered and not negated(text, match.start()):
                for each in _LISTED.split(match["said"]):
                    said += as_statements(each, keeps)
    return said


_WISHES = re.compile(
    r"\b(?:say|saying|wish (?:him|her|them)|tell (?:him|her|them)) (?P<said>(?:no problem|no worries|good luck"
    r"|well done"
    r"|congratulations|congrats|happy [a-z]+(?: (?:year|holidays|diwali))?)"
    r"(?: (?:with|for|on|to|in) [^.,;!?\n]{3,50}?)?)(?=\s*(?:[.,;!?\n]|$| and | but ))",
    re.IGNORECASE,
)
_WISHES_WELL = re.compile(
    r"\b(?:and|to|please|also) wish (?P<whom>(?!to\b|i\b|that\b)(?:[^.,;!?\n]{2,40}? (?:well|luck|all the best"
    r"|every success)|(?:him|her|them|you) (?:an?|all|every|good) [^.,;!?\n]{3,40}))(?=\s*(?:[.,;!?\n]|$"
    r"| and\b| but\b))",
    re.IGNORECASE,
)
_AND_ASKS = re.compile(
    r"[,;]\s+(?:and |so )?(?=(?:is|are|can|could|would|do|does|may|will) (?:it|you|i|he|she|they|there)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(r",?\s+and that\s+(?=\w)|,\s*that\s+(?=\w)", re.IGNORECASE)


def negated(text: str, place: int) -> bool:
    """Return whether "say" or "ask" at a place is no order, as in "don't say" and "she said"."""
    return bool(
        re.search(
            r"(?:\b(?:phoned|rang|wrote|called|e-?mailed|texted|messaged|got in touch|been in touch"
            r"|came(?: back)?|replied)(?: me)?(?: back)? to (?:just )?"
            r"|\b(?:don'?t|do not|dont|not|never|without|no need to|shouldn'?t|she|he|they|who|shed|recruiter"
            r"|boss|(?:do|can|should|could|must|what) (?:i|I)|able to|how to|what to|me to|words to)\s+(?:to "
            r"|just )?)$",
            text[:place],
            re.IGNORECASE,
        )
    )


_ORDER = re.compile(
    r"(?:^|[.!?,;:\n(]|\b(?:and|please|pls|also|just|maybe|can|could|it|you|should|then|but|u|to|now)) *$",
    re.IGNORECASE,
)


def _is_order(text: str, match: re.Match[str]) -> bool:
    """Whether "say", "tell" or "state" is said to the coach, and not of somebody."""
    if not re.match(r"(?:says?|saying|tell|telling|state|put|note|clear)\b", match.group(), re.IGNORECASE):
        return True
    before = text[: match.start()]
    return bool(_ORDER.search(before)) and not re.search(
        r"\b(?:words|something|what|how|nothing) to *$", before, re.IGNORECASE
    )
