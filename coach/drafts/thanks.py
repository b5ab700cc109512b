"""What a thank-you is for: deeds that are told of the one who is thanked, as "giving me a lift"."""

from __future__ import annotations

import re

from coach.drafts.steering import PRIVATE
from coach.drafts.wording import addressed, spelled
from coach.text import words

_ING = {
    "sent": "sending",
    "got": "getting",
    "gave": "giving",
    "put": "putting",
    "took": "taking",
    "told": "telling",
    "wrote": "writing",
    "met": "meeting",
    "drove": "driving",
    "read": "reading",
    "lent": "lending",
    "taught": "teaching",
    "let": "letting",
    "made": "making",
    "rang": "ringing",
    "spoke": "speaking",
    "did": "doing",
    "brought": "bringing",
    "found": "finding",
    "kept": "keeping",
    "came": "coming",
    "stood": "standing",
    "saw": "seeing",
    "held": "holding",
    "stayed": "staying",
    "went": "going",
    "sat": "sitting",
    "paid": "paying",
    "fought": "fighting",
    "spent": "spending",
    "left": "leaving",
}
_NO_GIFT = "need|want|reject|refus|fail|turn|seem|look|us|ignor|ghost|interview|call|reply|ask|hir|declin"
_PAST = rf"(?:{'|'.join(_ING)}|(?!{_NO_GIFT})[a-z]{{2,}}ed)"
_SOMEBODY = (
    r"(?:who|she|he|they|(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sister)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    r"(?: \([^)]*\))?|[Mm]y (?:\w+ ){0,2}\w+|(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er) (?:\w+ )?\w+)"
)
_DEED = re.compile(
    rf"\b{_SOMEBODY},? (?:even |also |really |kindly |always |then |just )?(?P<deed>{_PAST}\b[^.;!?\n]*?)"
    r"(?=\s*(?:[.;!?\n]|$|, (?:but|so|now|and i|i|it|that|which|want|an?|text|email|linkedin)\b| but | because |"
    r" (?:even )?though | although |"
    r" so (?:i|that)\b"
    r"|,? and (?:i|I|it|that|now|thank|ask|say|tell)\b| before (?:they|she|he)\b| (?:its|it's) ))"
)
_FOR_ME = re.compile(r"^\w+(?: \w+){0,9}? (?:me|my|us|our)\b", re.IGNORECASE)
_NO_DEED = re.compile(
    r"\b(?:no|not|didn't|didnt|reject\w*|someone|somebody|another|else|down|unfortunately|never|sorry)\b"
    r"|^told (?!(?:me|us) (?:about|how|where|what|which|who|(?:her|him|them)sel))|^(?:let|made|got|had) me (?:go"
    r"|feel|wait|cry)\b"
    r"|^(?:gave|sent) me (?:the|a|an) (?:no|rejection|news|refusal|standard|form)|^left\b(?! me (?:a|the))",
    re.IGNORECASE,
)
_WAS_GOOD = re.compile(
    rf"\b{_SOMEBODY} (?:was|has been|were|is) (?P<deed>(?:so |very |really |always |such )?(?:good|kind|nice"
    rf"|lovely|patient|helpful"
    r"|decent|honest|fair|open|generous) (?:to|with) (?:me|us))\b"
)
_ALSO = re.compile(rf"(?P<link>,? and (?:even |also |then )?|, )(?P<verb>{_PAST})\b")
_LONGEST = 24


def deeds(text: str) -> str:
    """Return what somebody did for the person, as what thanks are for; empty where nothing is surely that."""
    found: list[str] = []
    for match in _DEED.finditer(text):
        deed = match["deed"].strip(" ,")
        if match.group().startswith("who "):
            # "the one who sat with me was kind": what comes after the deed is of the one, not of the deed.
            deed = re.split(r",|\s(?:was|were|is|are)\s", deed)[0]
        if _NO_DEED.search(deed) or not _FOR_ME.search(deed) or PRIVATE.search(deed):
            continue
        verb, _, rest = deed.partition(" ")
        rest = _ALSO.sub(lambda also: f" and {_doing(also['verb'])}", rest)
        told = re.sub(r"\blike (?=\d|ten|two|three|a (?:dozen|hundred))", "", f"{_doing(verb)} {rest}")
        told = addressed(spelled(told)).strip(" ,")
        if len(words(told)) <= _LONGEST:
            found.append(told)
    if not found and (good := _WAS_GOOD.search(text)) is not None:
        return f"being {good['deed']}"
    return " and for ".join(dict.fromkeys(found[:2]))


def _doing(verb: str) -> str:
    """Return a verb in the past as its form in -ing."""
    low = verb.lower()
    if low in _ING:
        return _ING[low]
    return low[:-3] + "ying" if low.endswith("ied") else low[:-2] + "ing"
