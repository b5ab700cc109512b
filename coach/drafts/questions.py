"""The questions that a person wants asked, as the reader would read them."""

from __future__ import annotations

import re

from coach.drafts.steering import LONGEST, RUDE, STOP
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import words

_WH = r"(?:if|whether|what|which|how|when|where|who)"


ASK = re.compile(
    rf"\b(?:ask(?:ing|s)?|find out|want(?:s)? to know|wanna know|like to know|love to know|need to know"
    rf"|wants to learn|like to hear|like to understand|i wonder|wondering|curious|enquire|inquire|see|know from "
    rf"(?:her|him|them))\b"
    rf"(?: (?:also|just|maybe|only|please))*\s*(?:(?:her|him|them|the \w+|[A-Z][\w-]+)\s+)?(?:text,? |by text,? "
    rf"|by email,? )?(?:for [\w ]{{3,30}} and )?(?:also |as well |just )?(?:about )?(?P<wh>{_WH})\b"
    rf"(?P<rest>[^.;!?\n]*?){STOP}",
    re.IGNORECASE,
)


ASK_PLAIN = re.compile(
    r"(?:^|[.;!?\n]\s*|\b(?:ask|and ask|know|know from \w+|see)[:,]?\s+(?:her |him |them )?)(?P<question>(?:was"
    r"|is|were) it (?:the|my|because|that|about)\b[^.;!?\n]*?)\s*(?:[.?!]|$|\n)",
    re.IGNORECASE,
)


DIRECT = re.compile(
    r"(?P<np>\b(?:the|their|your|an?) [^.;!?\n,]{3,80}), (?P<verb>does|do|is|are|can|could|would|will) (?:it|that"
    r"|they|this) (?P<rest>[^.;!?\n]{2,60})\?",
    re.IGNORECASE,
)


ASK_COLON = re.compile(r"\bask: ?(?P<question>[^?\n.]{3,80})\?", re.IGNORECASE)


MARKS = re.compile(
    r"\b(?:want|ask(?:ing)? for|like|need|request|copy of|\(a\))[^.;!?\n]{0,30}?(?P<marks>(?:my|the) (?:scores?"
    r"|marks|ratings?|score sheet|interview notes)(?: and (?:any|my|the) (?:notes|scores|comments))?)\b",
    re.IGNORECASE,
)


_LIST = re.compile(r"\bask (?:him|her|them|\w+) for (?:\w+) things?:? (?P<items>[^.!?\n]+)", re.IGNORECASE)


def listed_questions(text: str, keeps: frozenset[str]) -> list[str]:
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


def as_question(match: re.Match[str], text: str, keeps: frozenset[str]) -> str:
    """Return what a match of ``ASK`` wants asked as a question to the reader; empty where it is none for them."""
    wh, rest = match["wh"].lower(), match["rest"].strip()
    if not rest and wh != "why":
        return ""
    whole = f"{wh} {rest}"
    if re.search(
        r"\bshould i\b|\bi should\b|\bto (?:say|write|do) (?:to|now)?\b$|^(?:what|how) to say|^if (?:i|it|its"
        r"|it's)\b.{0,12}(?:ok|okay|worth writing)",
        whole,
        re.IGNORECASE,
    ):
        return ""
    if re.search(r"\b(?:i don'?t|idk|do you|can you|could you|dunno)\s*$", text[: match.start()], re.IGNORECASE):
        return ""
    if RUDE.search(whole) or len(words(whole)) > LONGEST:
        return ""
    told = addressed(spelled(whole), keeps=keeps)
    told = re.sub(
        r"^what (?:to|2) (fix|improve|work on|learn|practise|practice|change|brush up on|do better)\b",
        r"what I should \1",
        told,
    )
    if re.match(r"(?:if|whether) (?:that|this|it) (?:was|is|were)\b", told):
        before = re.search(
            r"\b(?P<said>i (?!want|like|would|need)[^.;!?\n]{5,80}?),? (?:and|so|but) (?:i'd|i would|i|want|wanna"
            r"|just)[^.;!?\n]{0,20}$",
            text[: match.start()],
            re.IGNORECASE,
        )
        if before is None and re.match(r"(?:if|whether) (?:that|this)\b", told):
            return ""
        if before is not None and re.match(r"(?:if|whether) (?:that|this)\b", told):
            said = sentence(addressed(spelled(before["said"]), keeps=keeps))
            return f"{said} Was that {' '.join(told.split()[3:])}?"
    if re.match(r"(?:what|which) \w+(?: of \w+)?$", told):
        told += " I should work on"
    told = re.sub(r"^(if|whether) (problem|reason|issue|accent|test)\b", r"\1 the \2", told)
    told = re.sub(r"^(if|whether) (worth|possible|ok|okay)\b", r"\1 it is \2", told)
    told = re.sub(r"^what (?:was|is|went) wrong (?:with|in) ", "what could be better in ", told)
    told = re.sub(r"^what i did wrong\b", "what I could do better", told, flags=re.IGNORECASE)
    told = re.sub(r"^which (\w+) to\b", r"which \1 I should", told)
    return sentence(f"Could you tell me {told}", end="?")
