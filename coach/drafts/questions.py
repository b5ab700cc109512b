"""The questions that a person wants asked, as the reader would read them."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.drafts.steering import LONGEST, RUDE, STOP
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import words

_WH = r"(?:if|whether|what|which|how|when|where|who)"


_ASK = re.compile(
    rf"\b(?:ask(?:ing|s)?|find out|want(?:s)? to know|wanna know|like to know|love to know|need to know"
    rf"|wants to learn|like to hear|like to understand|i wonder|wondering|curious|enquire|inquire|see|know from "
    rf"(?:her|him|them))\b"
    rf"(?: (?:also|just|maybe|only|please))*(?: from (?:him|her|them|the \w+(?: company)?"
    rf"|[A-Z]\w+))?\s*(?:(?:her|him|them|the \w+|[A-Z][\w-]+)\s+)?(?:text,? |by text,? "
    rf"|by email,? )?(?:for [\w ]{{3,30}} and )?(?:also |as well |just )?(?:about )?(?P<wh>{_WH})\b"
    rf"(?P<rest>[^.;!?\n]*?){STOP}",
    re.IGNORECASE,
)


_ASK_PLAIN = re.compile(
    r"(?:^|[.;!?\n]\s*|\b(?:ask|and ask|know|know from \w+|see)[:,]?\s+(?:her |him |them )?)(?P<question>(?:was"
    r"|is|were) it (?:the|my|because|that|about)\b[^.;!?\n]*?)\s*(?:[.?!]|$|\n)",
    re.IGNORECASE,
)


_DIRECT = re.compile(
    r"(?P<np>\b(?:the|their|your|an?) [^.;!?\n,]{3,80}), (?P<verb>does|do|is|are|can|could|would|will) (?:it|that"
    r"|they|this) (?P<rest>[^.;!?\n]{2,60})\?",
    re.IGNORECASE,
)


_ASK_COLON = re.compile(r"\bask: ?(?P<question>[^?\n.]{3,80})\?", re.IGNORECASE)


_MARKS = re.compile(
    r"\b(?:want|ask(?:ing)? for|like|need|request|copy of|\(a\))[^.;!?\n]{0,30}?(?P<marks>(?:my|the) (?:scores?"
    r"|marks|ratings?|score sheet|interview notes)(?: and (?:any|my|the) (?:notes|scores|comments))?)\b",
    re.IGNORECASE,
)


_LIST = re.compile(r"\bask (?:him|her|them|\w+) for (?:\w+) things?:? (?P<items>[^.!?\n]+)", re.IGNORECASE)


Kept = Callable[[re.Match[str], str], bool]
"""Whether a group of a match may be taken up, because it is not private."""


def read_questions(text: str, kept: Kept, keeps: frozenset[str], *, negated: Callable[[str, int], bool]) -> list[str]:
    """Return what a message wants asked, as questions to the reader.

    Args:
        text: The message.
        kept: Whether a group of a match may be taken up.
        keeps: Words for others than the reader, see ``addressed``.
        negated: Whether "ask" at a place is said to be left.
    """

    def question(words_: str) -> str:
        return sentence(addressed(spelled(words_), keeps=keeps), end="?")

    asked = [
        _as_question(match, text, keeps)
        for match in _ASK.finditer(text)
        if not negated(text, match.start()) and kept(match, "wh")
    ]
    asked += [question(match["question"]) for match in _ASK_PLAIN.finditer(text) if kept(match, "question")]
    asked += [
        question(f"{match['verb'].capitalize()} {match['np']} {match['rest']}") for match in _DIRECT.finditer(text)
    ]
    asked += [question(match["question"]) for match in _ASK_COLON.finditer(text)]
    asked += _listed_questions(text, keeps)
    if (marks := _MARKS.search(text)) is not None:
        asked.append(question(f"Could you send me {marks['marks']}"))
    return [each for each in asked if each]


def _listed_questions(text: str, keeps: frozenset[str]) -> list[str]:
    """Return the questions of a list: "ask him for 3 things: why, the salary range, another client"."""
    match = _LIST.search(text)
    if match is None:
        return []
    found = []
    for item in re.split(r",\s*(?:and\s+)?", match["items"]):
        told = addressed(spelled(item.strip(" .")), keeps=keeps)
        if re.fullmatch(r"why|the reason|reasons?", told, re.IGNORECASE):
            found.append("Could you tell me what decided it?")
        elif re.match(r"(?:an?other|any|an?|more|other)\b", told, re.IGNORECASE):
            found.append(sentence(f"Do you have {told}", end="?"))
        elif told:
            found.append(sentence(f"Could you tell me {told if told.startswith('the ') else 'the ' + told}", end="?"))
    return found


def _as_question(match: re.Match[str], text: str, keeps: frozenset[str]) -> str:
    """Return what a match of ``_ASK`` wants asked as a question to the reader; empty where it is none for them."""
    wh, rest = match["wh"].lower(), match["rest"].strip()
    whole = f"{wh} {rest}".strip()
    if (not rest and wh != "why") or _FOR_COACH.search(whole) or _TO_COACH.search(text[: match.start()]):
        return ""
    if RUDE.search(whole) or len(words(whole)) > LONGEST:
        return ""
    told = addressed(spelled(whole), keeps=keeps)
    told = re.sub(rf"^what (?:to|2) ({_TO_DO})\b", r"what I should \1", told)
    if _THAT.match(told):
        before = _SAID_BEFORE.search(text[: match.start()])
        if before is None:
            return ""
        said = sentence(addressed(spelled(before["said"]), keeps=keeps))
        return f"{said} Was that {' '.join(told.split()[3:])}?"
    if re.match(r"(?:what|which) \w+(?: of \w+)?$", told):
        told += " I should work on"
    for pattern, better in _BETTER:
        told = pattern.sub(better, told)
    return sentence(f"Could you tell me {told}", end="?")


_FOR_COACH = re.compile(
    r"\bshould i\b|\bi should (?:say|write|ask|send|reply|answer|call|ring|put)\b|^what i said\b|\bto (?:say"
    r"|write|do) (?:to|now)?\b$|^(?:what|how) to say|^if (?:i|it|its"
    r"|it's)\b.{0,12}(?:ok|okay|worth writing)",
    re.IGNORECASE,
)
_TO_COACH = re.compile(r"\b(?:i don'?t|idk|do you|can you|could you|dunno)\s*$", re.IGNORECASE)
_TO_DO = "fix|improve|work on|learn|practise|practice|change|brush up on|do better"
_THAT = re.compile(r"(?:if|whether) (?:that|this) (?:was|is|were)\b")
_SAID_BEFORE = re.compile(
    r"\b(?P<said>i (?!want|like|would|need)[^.;!?\n]{5,80}?),? (?:and|so|but) (?:i'd|i would|i|want|wanna"
    r"|just)[^.;!?\n]{0,20}$",
    re.IGNORECASE,
)
_BETTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(if|whether) (problem|reason|issue|accent|test)\b"), r"\1 the \2"),
    (re.compile(r"^(if|whether) (worth|possible|ok|okay)\b"), r"\1 it is \2"),
    (re.compile(r"^what (?:was|is|went) wrong (?:with|in) "), "what could be better in "),
    (re.compile(r"^what i did wrong\b", re.IGNORECASE), "what I could do better"),
    (re.compile(r"^which (\w+) to\b"), r"which \1 I should"),
    (re.compile(r"\bmade me stronger\b"), "made my application stronger"),
)
"""What people write for short, or hard on themselves, and how their reader would like it said."""
