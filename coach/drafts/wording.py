"""Turn a person's words about somebody into words to them, in plain spelling."""

from __future__ import annotations

import re

from coach.drafts.spelling import SPELLING
from coach.facts.lexicon import word_set

_DROPPED = re.compile(
    r"\b(?:pls|plz|please|nicely|politely|lol|haha|btw|tho|though"
    r"|(?<!is )(?<!are )(?<!be )(?<!was )(?<!both )(?<!all )(?<!either )ok|too|obvs)\s*[.!]*\s*$",
    re.IGNORECASE,
)
_SUBJECTS = frozenset({"they", "he", "she"})
_OBJECTS = frozenset({"them", "him"})
_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "needs": "need",
    "wants": "want",
    "thinks": "think",
    "likes": "like",
    "knows": "know",
    "sees": "see",
    "takes": "take",
    "offers": "offer",
    "says": "say",
    "hires": "hire",
    "recommends": "recommend",
    "recommend": "recommend",
    "remembers": "remember",
    "works": "work",
    "hopes": "hope",
    "suggests": "suggest",
    "prefers": "prefer",
    "expects": "expect",
    "means": "mean",
    "looks": "look",
    "feels": "feel",
    "keeps": "keep",
    "uses": "use",
    "gets": "get",
    "finds": "find",
}
_AFTER_HER = word_set(
    "to for if whether what which how when where that and or but about at in on with from by as so again back "
    "know please pls of is was will would could can may i my me it this a an the last next yesterday"
)
_TOKEN = re.compile(r"[^\W_]+(?:['’/&+.,-][^\W_]+)*|w/|\s+|.", re.DOTALL)
_WORD = re.compile(r"[^\W_]")
_THIRD = re.compile(
    r"(?!(?:always|as|this|its|perhaps|sometimes|besides|towards|ours|his|was|thus|yes)$)[a-z]{2,}[^s\W]s"
)
"""A word in -s that follows "she" or "they": her verb."""
_BETWEEN = word_set("really also still just even actually always never ever would could can will may might do")


_MONTHS = {
    month[:3].lower(): month
    for month in (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    )
}
_RANGE = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) ?[-–] ?((?:jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)


_HAS = re.compile(
    r"\b(she|he|it|who)'?s ((?:just |only |now |already |always |never )?(?:got|been|had|done|taken|given|seen"
    r"|known|worked|taught|run|watched|helped|made|come|become|put|asked|said|told|sent|finished|decided|spoken"
    r"|written|heard|met))\b",
    re.IGNORECASE,
)


_ILL = re.compile(
    r"(?:(?<=^)|(?<=[.;!?,:] )|(?<=\bthat )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bif )|(?<=\bor )|(?<=\bwhen ))ill"
    r"(?= (?!(?:and|but|or|for|in|at|with|again|since|last|this|on|all|from|so|too|today|now)\b)[a-z]+\b)",
    re.IGNORECASE,
)
"""The "ill" that is "I'll": at the beginning of a clause, with a verb after it."""


_ID_DONE = re.compile(
    r"\b([Ii]|he|she|they|we|you)'d (?=(?:never |always |already |just |only |also |even |not )*(?:seen|been|done"
    r"|gone|taken"
    r"|given|written|made|heard|met|known|got|forgotten|thought|said|told|left|lost|found|sent|had|spent|brought"
    r"|drawn|shown"
    r"|grown|driven|broken|chosen|begun|held|built|bought|caught|felt|kept|spoken|won"
    r"|(?!need\b|proceed|succeed|exceed|feed|speed|embed|bleed|breed|heed|seed|weed)[a-z]{2,}ed)\b)",
    re.IGNORECASE,
)
"""The "I'd" that is "I had"."""


def spelled(text: str) -> str:
    """Return a person's words in full spelling, case and everything else as it was."""
    out: list[str] = []
    plain = _HAS.sub(r"\1 has \2", text.replace("’", "'"))
    plain = _ILL.sub("I will", plain)
    plain = _ID_DONE.sub(r"\1 had ", plain)
    plain = re.sub(r"\b([Ii]) (done|seen|been) ", r"\1 have \2 ", plain)
    plain = re.sub(r"\bmin\.? (?=[£$€]?\d)", "minimum ", plain, flags=re.IGNORECASE)
    for token in _TOKEN.findall(plain):
        full = SPELLING.get(token.lower())
        out.append(
            token
            if full is None or (token.isupper() and len(token) > 1 and token.lower() not in ("im", "id"))
            else full
        )
    joined = re.sub(r"\s+", " ", "".join(out)).strip()
    joined = _RANGE.sub(lambda match: f"{_MONTHS[match[1].lower()[:3]]} to {_MONTHS[match[2].lower()[:3]]}", joined)
    joined = re.sub(
        r"\bits (?=(?:a|an|the|my|too|not|because|worth|still|over|gone|open|fine|there|ok|okay)\b)", "it is ", joined
    )
    joined = _MONTH_IN.sub(lambda match: f"{match[1]} {match[2].capitalize()}", joined)
    return re.sub(r"\s+([,.;!?])", r"\1", joined)


_MONTH_IN = re.compile(
    r"\b(in|since|from|until|till|by|of|next|last|early|late|mid) (may|march)\b(?! (?:be|have|not|i)\b)"
)


def addressed(text: str, *, keeps: frozenset[str] = frozenset()) -> str:
    """Return words about the reader ("ask if she needs help") as words to them ("if you need help").

    Args:
        text: The words, spelled in full.
        keeps: Words for other people, which stay ("they" where a recruiter is asked about a client).
    """
    if (passed := _PASSED_ON.search(text)) is not None and not keeps & _OF_ONE:
        head = addressed(text[: passed.end()], keeps=keeps)
        return head + addressed(text[passed.end() :], keeps=keeps | _OF_ONE)
    text = _SOME_OF_THEM.sub(r"\1 of these", text)
    tokens = _TOKEN.findall(text)
    words = [token.lower() if _WORD.match(token) else token for token in tokens]
    keeps |= _third(words)
    out: list[str] = []
    subject = False
    for place, (token, word) in enumerate(zip(tokens, words, strict=True)):
        if word in keeps or not _WORD.match(token):
            out.append(token)
            continue
        if word in _SUBJECTS:
            out.append("you")
            subject = True
            continue
        if word in _OBJECTS or (
            word == "her" and (not _noun_follows(words, place) or _last_word(words, place) in _GIVES)
        ):
            out.append("you")
        elif word in ("their", "his", "her"):
            out.append("your")
        elif word in ("theirs", "hers"):
            out.append("yours")
        elif word in ("themselves", "himself", "herself"):
            out.append("yourself")
        elif subject and (word in _VERBS or _THIRD.fullmatch(word)):
            out.append(_VERBS.get(word) or _first_form(word))
        else:
            out.append(token)
        subject = subject and word in _BETWEEN
    return re.sub(r"\bof your(?=$|[.,?]| (?:at|in|who|from|with)\b)", "of yours", "".join(out))


_OF_ONE = frozenset({"he", "him", "his", "she", "her", "hers"})
_PASSED_ON = re.compile(
    r"\b(?:ask|tell|let|remind) (?!me\b|you\b|him\b|her\b|them\b|us\b|for\b|about\b|if\b|that\b"
    r"|whether\b)(?:[\w'’]+ ){1,3}?(?=(?:if|whether|that|to|know)\b)",
    re.IGNORECASE,
)
"""What the reader is to pass on to somebody else, of whom it then speaks."""
_SOME_OF_THEM = re.compile(
    r"\b(one|two|three|four|five|six|\d+|half|both|some|any|each|all|most|none) of them\b", re.IGNORECASE
)


def _first_form(verb: str) -> str:
    """Return the verb that goes with "you" for one that goes with "she": "tries" as "try", "runs" as "run"."""
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    return verb[:-2] if re.search(r"(?:s|x|z|ch|sh)es$", verb) and not verb.endswith("ses") else verb[:-1]


_HE, _SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})


def _third(words: list[str]) -> frozenset[str]:
    """Return the words for somebody else, where "she" and "him" stand together: who acts is the reader."""
    if not _HE & set(words) or not _SHE & set(words):
        return frozenset()
    acting = next((word for word in words if word in ("he", "she")), "")
    return _HE if acting == "she" else _SHE if acting == "he" else frozenset()


_GIVES = word_set("owe owes give gave send sent buy bought show showed lend lent offer bring brought")
"""Verbs after which "her" is who gets a thing: "I owe her lunch"."""


def _last_word(words: list[str], place: int) -> str:
    return next((word for word in reversed(words[:place]) if word.strip()), "")


def _noun_follows(words: list[str], place: int) -> bool:
    following = next((word for word in words[place + 1 :] if word.strip()), "")
    return bool(following) and bool(_WORD.match(following)) and following not in _AFTER_HER


_CHANNEL_TOLD = re.compile(
    r",\s*(?:by |on |in |via |as |just |and )?(?:an? )?(?:(?:short|quick|brief|formal|polite|nice|simple|proper"
    r"|plain|warm)"
    r",? )*(?:e-?mail|mail|text(?: message)?|whats ?app|linked ?in|message|note|sms|letter|dm)?(?: form| message)?"
    r"(?: please| pls| thanks)?\s*[.!?]*$",
    re.IGNORECASE,
)
"""How it is to be sent, said at the end of a thing that is to be said."""


def sentence(text: str, *, end: str = ".") -> str:
    """Return words as a sentence, with a capital at its start and one mark at its end; empty for no words."""
    text = re.sub(r"\s*\([^()]*$", "", _CHANNEL_TOLD.sub("", text)).strip(" ,;:-–—\n\"“”'")
    while (shorter := _DROPPED.sub("", text).strip(" ,;:-–—\n\"“”'")) != text:
        text = shorter
    text = text.rstrip(".!?…").rstrip(" ,;:")
    return f"{text[0].upper()}{text[1:]}{end}" if text else ""
