"""Find what a person wants in their message: what to say, what to ask, what to thank for, what to keep out.

Only what they ask for in so many words, or say of themselves where it belongs into such a message, becomes a part of
a draft, in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from coach.drafts.questions import ASK, ASK_COLON, ASK_PLAIN, DIRECT, MARKS, as_question, listed_questions
from coach.drafts.steering import LONGEST, PRIVATE, RUDE, STOP, private_spans, words_left_out
from coach.drafts.wording import addressed, sentence, spelled
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


_OWN_NEWS = re.compile(
    r"(?:^|[.;!?\n,]\s*|\b(?:and|since then|since)\s+)(?P<said>(?:(?:since then,? )?(?:i(?:'ve| have|ve)?|ive|i'm"
    r"|i am|im)\s+(?:since |now |also |just |already )*"
    r"(?:finished|completed|passed|done|got|booked|started|qualified|gained|earned|learned|renewed|shot|made"
    r"|built|written|published|have a|have my|have an|hold|speak|took)|(?:got|passed|finished|completed|booked"
    r"|have)(?= my\b)|just (?:finished|passed|completed|got)|got(?=[^.;!?\n,]{0,40} now\b))\s+"
    r"(?:the |my |a |an |his |her |their )?(?!(?:the |a |an |my )?(?:no\b|news|email|letter|rejection|call|text"
    r"|interview|job|turned|rejected|told|it\b|that|nothing|two|three|final|second|knocked|message|mail|reply"
    r"|feedback|answer|through|to the|this|hurt|cut|refused|nope|standard|same)\b)[^.;!?\n,]{3,70}?)(?=\s*"
    r"(?:[.;!?\n]|$|, (?!and)|,? (?:and|but|so) (?:i|she|he|they|we|want|would|could|can|that)\b))",
    re.IGNORECASE,
)


_CAN = re.compile(
    r"(?:^|[.;!?\n,(]\s*|\b(?:and|also|so|that)\s+)(?P<said>(?:i |we |im |i'm |i am )?(?:can|could"
    r"|would be able to|am available|available|am free|free|would)\s+"
    r"(?:also )?(?:do|start|work|come|join|help|offer|take|cover|drive|travel|invoice|be there|only|from|on|for"
    r"|to start)\b[^.;!?\n]{2,80}?)(?=\s*(?:[.;!?\n)]|$|, (?:but|so|because|as)\b|,? (?:but|so|because|as) (?:i"
    r"|he|she|they)\b))",
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

    said: list[str] = []
    for pattern in (_SOMETHING_LIKE, _ADD, _SAY_THAT):
        for match in pattern.finditer(plain):
            if (
                _negated(plain, match.start())
                or (pattern is _ADD and not _is_order(plain, match))
                or (pattern is not _ADD and not kept(match, "said"))
            ):
                continue
            said += _said(match["said"], keeps)
    if news:
        said += _papers(_unquoted(plain), kept)
        for pattern in (_OWN_NEWS, _CAN):
            said += [
                each
                for match in pattern.finditer(_unquoted(plain))
                if kept(match, "said")
                for each in _said(_own(match["said"]), keeps)
            ]
    asked = [
        question
        for match in ASK.finditer(plain)
        if not _negated(plain, match.start()) and kept(match, "wh") and (question := as_question(match, plain, keeps))
    ]
    asked += [
        sentence(addressed(spelled(match["question"]), keeps=keeps), end="?")
        for match in ASK_PLAIN.finditer(plain)
        if kept(match, "question")
    ]
    asked += [
        sentence(
            addressed(spelled(f"{match['verb'].capitalize()} {match['np']} {match['rest']}"), keeps=keeps), end="?"
        )
        for match in DIRECT.finditer(plain)
    ]
    asked += [
        sentence(addressed(spelled(match["question"]), keeps=keeps), end="?") for match in ASK_COLON.finditer(plain)
    ]
    asked += listed_questions(plain, keeps)
    if (marks := MARKS.search(plain)) is not None:
        asked.append(sentence(f"Could you send me {addressed(spelled(marks['marks']), keeps=keeps)}", end="?"))
    topic = next(
        (_topic(match["topic"], keeps) for match in _ABOUT.finditer(plain) if not _negated(plain, match.start())), ""
    )
    thanked = next((_noun(match["thanked"], keeps) for match in _THANK.finditer(plain)), "")
    blocked = frozenset(word for each in left_out for word in words(each) if len(word) > 3)
    return Content(
        said=_distinct(each for each in said if not blocked & set(words(each))),
        asked=_distinct(each for each in asked if not blocked & set(words(each))),
        topic=topic,
        thanked=thanked,
        did=_did(plain),
        verbatim=bool(_SOMETHING_LIKE.search(plain)),
        left_out=tuple(left_out),
    )


_PAPERS = re.compile(
    r"(?:^|[.;!?\n,]\s*|\b(?:have|hold|got|with) (?:an? |my |own )?)(?P<said>DBS\b[^.;!?\n,]{0,30}|(?:[A-Za-z]+ ){0,2}"
    r"(?:licen[cs]e|certificate|forklift paper|clearance|own (?:car|van|transport|tools))\b(?: since \d{4})?)"
    r"(?=\s*(?:[.;!?\n,]|$| and\b))",
    re.IGNORECASE,
)
_TONGUES = re.compile(
    r"(?:^|[.;!?\n]\s*|\bbilingual \(?)(?P<said>(?:(?:English|French|German|Spanish|Portuguese|Italian|Dutch"
    r"|Polish|Arabic|Hindi|Welsh"
    r"|Irish|Turkish|Russian|Ukrainian|Mandarin|Swahili|Tagalog)(?:,? and |, |$|(?=[.;!?\n])))+)(?=[.;!?\n]|$)",
)


def _papers(text: str, kept: Callable[[re.Match[str], str], bool]) -> list[str]:
    """Return what they hold and speak, where a message lists it without a verb."""
    found = []
    for match in _PAPERS.finditer(text):
        said = spelled(match["said"]).strip()
        if kept(match, "said") and not re.search(
            r"\b(?:i|no|not|never|his|her|their|your|the|lost|got|have|my|a|an|with)\b", said, re.IGNORECASE
        ):
            own = re.sub(r"^own ", "my own ", said, flags=re.IGNORECASE)
            article = "" if re.match(r"DBS|my |forklift paper|\w+ clearance|clearance", own) else "a "
            found.append(sentence(f"I have {article}{own}"))
    if (tongues := _TONGUES.search(text)) is not None and " and " in tongues["said"]:
        found.append(sentence(f"I work in {tongues['said'].strip(' .')}"))
    return found


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


def _unquoted(text: str) -> str:
    return re.sub(r"[\"“][^\"”]{1,600}[\"”]", lambda match: " " * len(match.group()), text)


def _own(said: str) -> str:
    """Return a statement with the person as its subject, where they left that out."""
    said = said.strip()
    if re.match(r"(?:i|i'm|im|i've|ive|we|since)\b", said, re.IGNORECASE):
        return said
    low = said.lower()
    said = said[0].lower() + said[1:]
    if low.startswith("just "):
        return f"I have {said}"
    if low.startswith(("got ", "booked ", "passed ", "finished ", "completed ")):
        return f"I have {said}" if not low.startswith("got ") else f"I have {said[4:]}"
    if low.startswith(("available", "free")):
        return f"I am {said}"
    return f"I {said}"


def _said(said: str, keeps: frozenset[str]) -> list[str]:
    if re.fullmatch(r"no hard feelings\W*", said, re.IGNORECASE):
        return ["There are no hard feelings."]
    said = re.sub(r"^(?:that|about)\s+", "", said.strip(), flags=re.IGNORECASE)
    told = sentence(addressed(spelled(said), keeps=keeps))
    told = re.sub(r", (can|could|am|have) ", r" and \1 ", told)
    if re.search(r"\b(?:have|got|want|need|do|did) (?:it|that|them)\b", told):
        return []
    if re.search(r"\b(?:to|then|that|it|so)\.$", told) and not re.search(r"\bwith it\.$|\bmiss it\.$", told):
        return []
    length = len(words(told))
    return [told] if 2 < length <= LONGEST and not RUDE.search(told) else []


_NO_TOPIC = re.compile(r"\b(?:feedback|role|job|position|post|application|openings?|vacancy|interview)\b")


def _topic(words_: str, keeps: frozenset[str]) -> str:
    told = _noun(words_, keeps)
    return "" if _NO_TOPIC.search(told) or len(words(told)) > 9 else told


def _noun(words_: str, keeps: frozenset[str]) -> str:
    told = addressed(spelled(words_), keeps=keeps).strip(" ,.;:!?'\"")
    told = re.sub(r" (?:specifically|only|please|too|pls)$", "", told)
    return told if 0 < len(words(told)) <= 12 and not PRIVATE.search(told) else ""


def _distinct(items: object) -> tuple[str, ...]:
    assert hasattr(items, "__iter__")
    return tuple(dict.fromkeys(each for each in items if each))
