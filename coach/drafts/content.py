"""Find what a person wants in their message: what to say, what to ask, what to thank for, what to keep out.

Only what they ask for in so many words, or say of themselves where it belongs into such a message, becomes a part of
a draft, in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.drafts.news import as_statements, read_news
from coach.drafts.questions import Kept, read_questions
from coach.drafts.steering import PRIVATE, STOP, private_spans, words_left_out
from coach.drafts.wording import addressed, spelled
from coach.text import words

_TO_THEM = (
    r"(?:(?:to )?(?:(?:my |the )?(?:recruiter|agent|manager|boss) [A-Z]\w+|her|him|them|it|the \w+|[A-Z][\w-]+)\s+)?"
)


_SELF = r"(?:i|i'm|im|i’m|i've|ive|i’ve|i'd|id|i’d|i'll|i’ll|my|we|we're)\b"


_ADD = re.compile(
    rf"\b(?:add|adding|mention|mentioning|say|says|saying|include|put|put in|state|tell|telling|note|point out"
    rf"|let {_TO_THEM}know|(?:write|email|message|text)\b[^.;!?\n]{{0,90}}? that(?= (?:i|i'd|id|i'm|im|my)\b)"
    rf"|make (?:it )?clear|clear)\b"
    rf"(?: (?:in|a line|one line|one sentence|a sentence|something|also|too|there|somewhere|that bit|on top"
    rf"|at the end))*\s*{_TO_THEM}"
    rf"(?:(?:that|saying(?: that)?|about how|how)\s+|:\s*)?(?P<said>(?:{_SELF}|the \w+ (?:was|were|is|are)\b"
    rf"|there (?:is|are)\b|it (?:was|is|were)\b|no hard feelings)[^.;!?\n]*?){STOP}",
    re.IGNORECASE,
)


_SOMETHING_LIKE = re.compile(
    r"\b(?:something like|sth like|smth like|along the lines of|say:|just say|just put"
    r"|say something like)\s*[:,]?\s*[\"“']?(?P<said>[^\"”\n]{6,200}?)[\"”']?\s*(?:$|\n|(?<=[.!?])\s)",
    re.IGNORECASE,
)


_SAY_THAT = re.compile(
    rf"(?P<said>(?:\bthe \w+ (?:was|were|is|are)\b|\b{_SELF})[^.,;!?\n]{{4,80}}),?\s+(?:so )?(?:maybe |please "
    rf"|pls |you can |could you |and )?(?:say|mention|add|tell (?:her|him|them)) (?:that|it|this|so)\b",
    re.IGNORECASE,
)


_ABOUT = re.compile(
    rf"\b(?:ask(?:ing|s)?|enquir\w+|inquir\w+|feedback|question|one word|comments?|know more|hear)\b(?: (?:her"
    rf"|him|them|for feedback|specifically|only|[A-Z][\w-]+))*\s+(?:about|on|regarding)\s+(?P<topic>(?:the|my"
    rf"|how my|how the|bank|wedding|a|any|their)\b[^.,;!?\n]*?|[a-z][\w -]*?shifts){STOP}",
    re.IGNORECASE,
)


_THANK = re.compile(
    r"\b(?:thank|thanks|thank you|thanking|ta)\b(?: (?:to|you))?(?: (?:her|him|them|both|all|the \w+|(?:Mr|Mrs|Ms"
    r"|Dr|Prof|Miss)\.? [A-Z][\w-]+(?: [A-Z][\w-]+)?|[A-Z][\w-]+(?: [A-Z][\w-]+)?))?\s+for (?P<thanked>(?:the|her"
    r"|his|their|an?|coming|being|taking|showing|giving|letting|meeting|that|all|seeing)\b[^.,;!?\n(]*?)(?=\s*"
    r"(?:[.,;!?\n(]|$|,? (?:and|but|though|also) ))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a message asks a draft to hold.

    ``said`` are sentences, ``asked`` questions, both as the reader would read them. ``topic`` is what a question is
    about, ``thanked`` what is thanked for; both are in words to the reader. ``did`` is what they presented
    or made. ``left_out`` are words to keep out. ``verbatim`` says that they gave the whole message in their own words.
    """

    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    topic: str = ""
    thanked: str = ""
    did: str = ""
    left_out: tuple[str, ...] = ()
    verbatim: bool = False


def read_content(text: str, *, news: bool, keeps: frozenset[str] = frozenset()) -> Content:
    """Return what a message asks a draft to hold.

    Args:
        text: The message.
        news: Whether what they have done since, and when they could work, belongs into it.
        keeps: Words for others than the reader, see ``addressed``.
    """
    plain = text.replace("’", "'")
    left_out = words_left_out(plain)
    private = private_spans(plain)

    def kept(match: re.Match[str], group: str) -> bool:
        begin = match.start(group)
        return not any(start <= begin < end for start, end in private)

    said = _to_say(plain, kept, keeps) + (read_news(plain, kept, keeps) if news else [])
    asked = read_questions(plain, kept, keeps, negated=_negated)
    blocked = frozenset(word for each in left_out for word in words(each) if len(word) > 3)
    return Content(
        said=_distinct(each for each in said if not blocked & set(words(each))),
        asked=_distinct(each for each in asked if not blocked & set(words(each))),
        topic=next(
            (_topic(match["topic"], keeps) for match in _ABOUT.finditer(plain) if not _negated(plain, match.start())),
            "",
        ),
        thanked=next((_noun(match["thanked"], keeps) for match in _THANK.finditer(plain)), ""),
        did=_did(plain),
        verbatim=bool(_SOMETHING_LIKE.search(plain)),
        left_out=tuple(left_out),
    )


def _to_say(text: str, kept: Kept, keeps: frozenset[str]) -> list[str]:
    """Return what the person asks to say; what is private only where they ask for it in so many words."""
    said: list[str] = []
    for pattern in (_SOMETHING_LIKE, _ADD, _SAY_THAT):
        for match in pattern.finditer(text):
            ordered = _is_order(text, match) if pattern is _ADD else kept(match, "said")
            if ordered and not _negated(text, match.start()):
                said += as_statements(match["said"], keeps)
    return said


_DID = re.compile(
    r"\bi (?P<did>(?:presented|gave|showed|prepared|built|taught|demoed|pitched|wrote|made) (?:an?|the|my|them"
    r"|him|her) [^.;!?\n,]{3,60})(?=\s*(?:[.;!?\n,]|$))",
    re.IGNORECASE,
)


def _did(text: str) -> str:
    match = _DID.search(text)
    if (
        match is None
        or PRIVATE.search(match["did"])
        or re.search(r"\b(?:mistake|mess|fool|email|message|call)\b", match["did"])
    ):
        return ""
    return addressed(spelled(match["did"]))


def _negated(text: str, place: int) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:don'?t|do not|dont|not|never|without|no need to|shouldn'?t|she|he|they|who|shed|recruiter"
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


_NO_TOPIC = re.compile(r"\b(?:feedback|role|job|position|post|application|openings?|vacancy|interview)\b")


def _topic(words_: str, keeps: frozenset[str]) -> str:
    told = _noun(words_, keeps)
    return "" if _NO_TOPIC.search(told) or len(words(told)) > 9 else told


def _noun(words_: str, keeps: frozenset[str]) -> str:
    told = addressed(spelled(words_), keeps=keeps).strip(" ,.;:!?'\"")
    if re.match(r"(?:all )?(?:that|it|this|all)\b", told, re.IGNORECASE):
        return ""
    told = re.sub(r" (?:specifically|only|please|too|pls)$", "", told)
    return told if 0 < len(words(told)) <= 12 and not PRIVATE.search(told) else ""


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in items if each))
