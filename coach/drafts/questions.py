"""The questions that a person wants asked, as the reader would read them."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.drafts.steering import LONGEST, RUDE, STOP
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import words

_WH = r"(?:if|whether|what|which|how|when|where|who)"


_ASK = re.compile(
    rf"(?<!like )\b(?:ask(?:ing|s)?|find out|want(?:s)? to know|wanna know|like to know|love to know|need to know"
    rf"|wants to learn|like to hear|like to understand|i wonder|wondering|curious|enquire|inquire|see(?= (?:if"
    rf"|whether)\b)|know from "
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
    r"|they|this) (?P<rest>(?!(?:it|so|all|right|that)\?)[^.;!?\n]{2,60})\?",
    re.IGNORECASE,
)


_ASK_COLON = re.compile(r"\bask: ?(?P<question>[^?\n.]{3,80})\?", re.IGNORECASE)


_MARKS = re.compile(
    r"\b(?:want|ask(?:ing)? for|like|need|request|copy of|\(a\))[^.;!?\n]{0,30}?(?P<marks>(?:my"
    r"|the) (?:(?!and\b)[\w-]+ ){0,3}?(?:scores?"
    r"|marks|ratings?|score sheet|interview notes)(?: and (?:any|my|the) (?:notes|scores|comments))?)\b",
    re.IGNORECASE,
)


_GOT = re.compile(
    r"(?:(?:^|[.,;!?\n]\s*)|\b(?:has|have) (?:he|she|they) )got (?P<what>(?:anything|any \w+)\b[^.,;!?\n]{0,60})"
    r"|(?:^|[.,;!?\n]\s*)(?P<else>anything (?:else|going|similar)\b[^.,;!?\n]{0,60})\?",
    re.IGNORECASE,
)
_LIST = re.compile(r"\bask (?:him|her|them|\w+) for (?:\w+) things?:? (?P<items>[^.!?\n]+)", re.IGNORECASE)


Kept = Callable[[re.Match[str], str | int], bool]
"""Whether a group of a match may be taken up, because it is not private."""


def read_questions(
    text: str, kept: Kept, keeps: frozenset[str], *, negated: Callable[[str, int], bool], before: list[str]
) -> list[str]:
    """Return what a message wants asked, as questions to the reader.

    Args:
        text: The message.
        kept: Whether a group of a match may be taken up.
        keeps: Words for others than the reader, see ``addressed``.
        negated: Whether "ask" at a place is said to be left.
        before: Questions that are known already, to which these are added.
    """

    def question(words_: str) -> str:
        return sentence(addressed(spelled(words_), keeps=keeps), end="?")

    asked = [
        *before,
        *(
            _as_question(match, text, keeps)
            for match in _ASK.finditer(text)
            if not negated(text, match.start()) and kept(match, "wh")
        ),
    ]
    asked += [question(match["question"]) for match in _ASK_PLAIN.finditer(text) if kept(match, "question")]
    asked += [
        question(f"{match['verb'].capitalize()} {match['np']} {match['rest']}") for match in _DIRECT.finditer(text)
    ]
    asked += [question(match["question"]) for match in _ASK_COLON.finditer(text)]
    asked += _listed_questions(text, keeps)
    asked += [
        question(f"Do you have {match['what'] or match['else']}") for match in _GOT.finditer(text) if kept(match, 0)
    ]
    told = " ".join(asked)
    if (marks := _MARKS.search(text)) is not None and not re.search(r"\b(?:scores?|marks|notes)\b", told):
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
    if (not rest and wh != "why") or _TO_COACH.search(text[: match.start()]):
        return ""
    return _indirect(f"{wh} {rest}".strip(), text[: match.start()], keeps)


def _indirect(whole: str, before: str, keeps: frozenset[str]) -> str:
    """Return "if she was late" as "Could you tell me if you were late?"; empty where that is no question for them."""
    if _FOR_COACH.search(whole) or RUDE.search(whole) or len(words(whole)) > LONGEST:
        return ""
    told = addressed(spelled(whole), keeps=keeps)
    told = re.sub(rf"^what (?:to|2) ({_TO_DO})\b", r"what I should \1", told)
    if _THAT.match(told):
        said_before = _SAID_BEFORE.search(before)
        if said_before is None:
            return ""
        said = sentence(addressed(spelled(said_before["said"]), keeps=keeps))
        if _IT_WAS.match(told):
            return f"{said} Was it {_IT_WAS.sub('', told)}?"
        return f"{said} Was that {' '.join(told.split()[3:])}?"
    if told == "which one":
        told = "which one it was"
    elif re.match(r"(?:what|which) \w+(?: of \w+)?$", told):
        told += " I should work on"
    for pattern, better in _BETTER:
        told = pattern.sub(better, told)
    if (wish := _WISH.fullmatch(told)) is not None:
        return sentence(f"{wish['modal'].capitalize()} {wish['who']} {wish['rest']}", end="?")
    return sentence(f"Could you tell me {told[0].lower()}{told[1:]}", end="?")


def clause_question(clause: str, way: str, before: str, keeps: frozenset[str]) -> str:
    """Return a clause of an order as a question to the reader; empty where it is none for them.

    Args:
        clause: The clause, as "if she knows of another" or "could he look at it".
        way: "ask", or "request" for what they are asked to do.
        before: The message up to the clause.
        keeps: Words for others than the reader, see ``addressed``.
    """
    clause = re.sub(r"^(?:and|also|or|maybe|please|then)\s+", "", clause.strip(), flags=re.IGNORECASE)
    if way == "view":
        return sentence(f"Could you give me {addressed(spelled(clause), keeps=keeps)}", end="?")
    if way == "myself":
        return sentence(f"Could I {addressed(spelled(clause), keeps=keeps)}", end="?")
    if way == "request":
        clause = re.sub(r"\b((?:which|what) (?:bit|part|one|area|question|answer))$", r"\1 it was", clause)
        if re.search(r"\byou\b", clause, re.IGNORECASE) or RUDE.search(clause):
            return ""
        return sentence(f"Could you {addressed(spelled(re.sub(r'^to ', '', clause)), keeps=keeps)}", end="?")
    if (given := re.match(r"for (?P<what>.+)", clause, re.IGNORECASE)) is not None:
        return _for_question(given["what"], keeps)
    if re.match(r"(?:(?:by|in|at|on) )?(?:if|whether|what|which|how|when|where|who|why)\b", clause, re.IGNORECASE):
        if re.fullmatch(r"why|what|how", clause, re.IGNORECASE) or re.match(
            r"(?:what|how|who) (?:do|can|should) i\b", clause, re.IGNORECASE
        ):
            return ""
        return _indirect(clause[0].lower() + clause[1:], before, keeps)
    told = addressed(spelled(clause), keeps=keeps)
    for third, second in _AGREE:
        told = re.sub(rf"^{third} you\b", f"{second} you", told, flags=re.IGNORECASE)
    if re.fullmatch(r"(?:was|is) (?:it|that)(?: (?:that|this|it))?", told, re.IGNORECASE):
        return ""
    return "" if RUDE.search(told) or len(words(told)) > LONGEST else sentence(told, end="?")


_AGREE = (("is", "are"), ("was", "were"), ("does", "do"), ("has", "have"))
_NOT_GIVEN = re.compile(
    r"(?:(?:some |any |honest |the )*feedback|her|him|them|a (?:good )?word|an? (?:interview|job|introduction"
    r"|intro|chance)"
    r"|it|help|that|this|anything|nothing|more$|advice|similar|me\b|[A-Z])"
)


def _for_question(what: str, keeps: frozenset[str]) -> str:
    """Return the question for "ask her for the one thing I should practise"; empty where that is the kind's own ask."""
    if _NOT_GIVEN.match(what) or re.search(r"\bfeedback$|\bthings\b", what) or len(words(what)) > _LONGEST_WISH:
        return ""
    told = addressed(spelled(what), keeps=keeps)
    if re.match(r"(?:another|other|any|more) ", told):
        return sentence(f"Do you have {told}", end="?")
    verb = "tell" if re.match(r"(?:the )?(?:one|main|real|first|reason|name)\b", told) else "give"
    if re.match(r"(?:the|my) (?:scores?|marks|notes|sheet)", told):
        verb = "send"
    return sentence(f"Could you {verb} me {told}", end="?")


_LONGEST_WISH = 18
_WISH = re.compile(
    r"(?:if|whether) (?P<who>you|I|we) (?P<modal>could|would|can|may|might)(?! (?:need|be|have \w+(?:ed|en|ne)"
    r"|have had) )"
    r" (?P<rest>(?:(?!\b(?:if|whether|what|how)\b).)+|(?:tell|let) me .+)",
    re.IGNORECASE,
)
"""What is asked as a request ("if you would pass it on"), and not as a thing to be known."""


_FOR_COACH = re.compile(
    r"\bshould i\b|\bi should (?:say|write|ask|send|reply|answer|call|ring|put)\b|^what i said\b"
    r"|\bto (?:say|write|do) (?:to|now)?\b$|^(?:what|how) to say|^where i(?:'m| am) going"
    r"|^if (?:it is|it's|its) possible to (?:ask|write|say)\b|^(?:how|what|who) (?:do|can|should|would|must) i\b"
    r"|^if (?:i|it|its|it's)\b.{0,12}(?:ok|okay|worth writing)",
    re.IGNORECASE,
)
_TO_COACH = re.compile(r"\b(?:i don'?t|idk|do you|can you|could you|dunno)\s*$", re.IGNORECASE)
_TO_DO = "fix|improve|work on|learn|practise|practice|change|brush up on|do better"
_THAT = re.compile(r"(?:if|whether) (?:(?:that|this) (?:was|is|were)|it (?:was|is) (?=(?:that|this)\b))\b")
_IT_WAS = re.compile(r"(?:if|whether) it (?:was|is) ")
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
