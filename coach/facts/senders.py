"""Find the name of the one who writes."""

from __future__ import annotations

import re

from coach.facts.lexicon import TITLES
from coach.facts.names import ANY, CAP, NAME, TITLED, WORD, before, is_company, is_endless, is_name, tidy, without_long


def sender(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the name of the person who writes, and its place; None where it is not said."""
    text = without_long(text)
    for pattern, extra in _SENDERS:
        for match in pattern.finditer(text):
            name = tidy(match["name"])
            if (
                is_endless(match["name"])
                or _TO_SOMEBODY.match(match["name"])
                or _TITLE_BEFORE.search(before(text, match.start("name")))
            ):
                continue
            if is_name(name, low=extra) and not is_company(name) and not _of_others(text, match):
                return (name.title() if name.islower() else name), match.span("name")
    return None


_TO_SOMEBODY = re.compile(r"(?:to|for|dear|ask|email|text|thank) ", re.IGNORECASE)
_TITLE_BEFORE = re.compile(rf"\b{TITLES}\.\s*$", re.IGNORECASE)


_NAMED = r"(?:'s|’s|s|:| is| =|=)?[ :]*"


_END = r"(?=\s*(?:[.,;!?)\n(]|$|and\b|from\b|but\b|x+\b|btw\b|by the way\b))"


_SENDERS: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(rf"\b[Mm]y (?:good |full |first )?name{_NAMED}(?P<name>{NAME}|[a-z]{{3,12}}){_END}"), True),
    (
        re.compile(
            rf"(?i:\bsign(?:ed|ing)?(?: it| off)?(?: with| as)? (?:my |the )?(?:full |whole |real "
            rf"|proper )?name)\s*[:,–-]?\s*"
            rf"(?P<name>{TITLED}|{NAME}){_END}"
        ),
        False,
    ),
    (re.compile(rf"\b[Mm]y name(?:'s|’s| is)? (?:spelled|spelt|written)(?: as)? (?P<name>{NAME}){_END}"), False),
    (re.compile(rf"\b(?i:knows?|know) me as (?P<name>{NAME})"), False),
    (re.compile(rf"\b\d\d,? names (?P<name>{NAME}|[a-z]{{3,12}}){_END}"), True),
    (
        re.compile(
            rf"(?i:(?<!was )(?<!is )(?<!letter )\bsign(?:ed|ing)?(?: it| me)?(?: off)?(?: as| from| with)?\b"
            rf"|\bsignature\b|\bsign-?off\b)\s*[:,-]?\s*(?P<name>{TITLED}|(?:{CAP}\. ?){{1,2}}{WORD}|{NAME}){_END}"
        ),
        False,
    ),
    (
        re.compile(
            rf"(?<![Ww]hat )(?:\b(?:I'm|I’m|Im|im|i'm|i’m|I am|i am|[Cc]all me|[Mm]e =|[Tt]his is)"
            rf"|\b[Ff]rom me,?) (?P<name>{TITLED}|{NAME}){_END}"
        ),
        False,
    ),
    (
        re.compile(rf"(?:^|(?<=[.!?,\n])|(?<=pls)|(?<=please)|(?<=it))\s*[Ff]rom[:]? (?P<name>{NAME})\s*[.!]?\s*$"),
        False,
    ),
    (re.compile(rf"(?i:\b(?:to|for)) {ANY},? from (?P<name>{NAME})(?=\s*(?:[.,!?]|$))"), False),
    (re.compile(rf"(?:^|\s)(?:[-–—~]+|x) ?(?P<name>{NAME})\s*x*\s*$"), False),
    (
        re.compile(
            rf"(?:\b(?i:ta|thanks|thank you|thx|best|cheers|regards|respectfully|sincerely|yours|love),?\s+"
            rf"|[.!?)…\n]\s*(?!(?i:ta|thanks|thx|best|cheers|regards|love)\b))(?P<name>(?<=[a-z], ){TITLED}"
            rf"|{WORD}(?:[ ](?:{WORD}|{CAP}\.)){{0,2}})\s*x*\s*[.!]?\s*$"
        ),
        False,
    ),
    (
        re.compile(rf"(?:^|[.!?;\n]\s*|\band |\boh |\bim \d\d,? )[Nn]ame{_NAMED}(?P<name>{NAME}|[a-z]{{3,12}}){_END}"),
        True,
    ),
)


_SOMEBODY_BEFORE = re.compile(
    r"\b(?:flatmate|friend|mate|cousin|colleague|brother|sister|woman|person|bloke|contact|neighbour)\b[^.!?\n]*$",
    re.IGNORECASE,
)
_OTHERS_BEFORE = re.compile(
    r"(?:\b(?:his|her|their|whose|lady|manager|boss|'s|hr|chef|interviewer|owner|recruiter)\s*$)"
    r"|(?:owner|manager|boss|lady|guy|chef|recruiter|interviewer|head)[^.!?\n]*$",
    re.IGNORECASE,
)


def _of_others(text: str, match: re.Match[str]) -> bool:
    """Whether "name is" speaks of somebody else."""
    if not re.match(r"[\s.,;!?]*(?:and |oh )?names?\b", match.group(), re.IGNORECASE):
        return False
    if _SOMEBODY_BEFORE.search(text[: match.start()]) and "my" not in match.group().lower().split():
        return True
    return bool(_OTHERS_BEFORE.search(text[: match.start()].rsplit("\n", 1)[-1])) and not re.match(
        r"[.!?;\n]", match.group()
    )
