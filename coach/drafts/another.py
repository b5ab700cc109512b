"""Tell whether a message wants the draft that stands for another reader."""

from __future__ import annotations

import re

_OTHER_COMPANY = re.compile(
    r"\b(?:(?:it'?s |now )?(?:for|with|to) (?:an?other|a different|a new|the other|a second) (?:company|firm|one"
    r"|place|employer|job|school|agency|lab)|(?:for|at) another (?:company|one|place|firm)"
    r"|another company now|for (?-i:[A-Z])[\w&'-]+(?: (?-i:[A-Z&])[\w&'-]*)* now\b|same (?:again|thing"
    r"|one)?,? ?(?:but |only )?for\b|(?:do|now"
    r"|make|write)? ?(?:also "
    r"|it )?(?:the )?same (?:for|to|one for|message for"
    r"|email for)|now (?:one |do |the same |same )*for\b|do also for|then for (?:mr|mrs|ms|dr|(?-i:[A-Z]))|now i got "
    r"(?:knocked|rejected|turned)|change it for that|second company|other company)\b",
    re.IGNORECASE,
)


def other_company(text: str) -> bool:
    """Whether a message wants the same draft for somebody else; in doubt, not, as much would be dropped with it."""
    plain = text.replace("’", "'")
    for match in _OTHER_COMPANY.finditer(plain):
        if _A_TIME.search(match.group()) or _A_TIME.match(plain[match.end() :]):
            continue
        before = re.split(r"[.!?;\n]", plain[: match.start()])[-1]
        if not _OF_THEMSELVES.search(_WISH.sub(" ", before)):
            return True
    return False


_A_TIME = re.compile(
    r"\s*\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    re.IGNORECASE,
)


_OF_THEMSELVES = re.compile(
    r"\b(?:i|im|ive|id|ill|my|we|say|saying|add|mention|tell|include|put)\b"
    r"|\b(?:work|works|worked|move|moved|go|gone|back|ready|available|open|forward|free|keen|hoping"
    r"|(?!(?:writ|ask)ing)\w{2,}ing)\s*$",
    re.IGNORECASE,
)
"""What comes before a company of which the person tells something, and for which no draft is wanted."""


_WISH = re.compile(
    r"\b(?:(?:can|could|may) i (?:please )?(?:have|get)|i(?:'d| would)? (?:also |now )?(?:need|want|like)"
    r"(?= (?:one|it|this|that|the same|same)\b))",
    re.IGNORECASE,
)
