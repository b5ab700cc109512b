"""What a thank-you is for: deeds that are told of the one who is thanked, as "giving me a lift"."""

from __future__ import annotations

import re
from functools import lru_cache

from coach.drafts.steering import PRIVATE
from coach.drafts.wording import addressed, spelled
from coach.facts.people import people
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
_GIFTS = (
    "advised|answered|arranged|assisted|backed|believed|calmed|checked|cheered|coached|comforted|cooked|corrected"
    "|covered|edited|emailed|encouraged|explained|forwarded|guided|helped|introduced|invited|ironed|listened|loaned"
    "|mentored|messaged|offered|organi[sz]ed|paired|posted|practi[sc]ed|prepared|recommended|refer?red|reviewed"
    "|shared|showed|supported|talked|tested|trained|translated|treated|tutored|vouched|waited|walked|welcomed"
)
"""What is done for somebody: of any other deed nobody is thanked."""
_PAST = rf"(?:{'|'.join(_ING)}|{_GIFTS})"
_SOMEBODY = (
    r"(?P<who>who|she|he|they|(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sister)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    r"(?: \([^)]*\))?|[Mm]y (?:(?!who\b)\w+ ){0,2}(?!who\b)\w+"
    r"|(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er) (?:(?!who\b)\w+ )?(?!who\b)\w+)"
)
_DEED = re.compile(
    rf"\b{_SOMEBODY},? (?:even |also |really |kindly |always |then |just )?(?P<deed>{_PAST}\b[^.;!?\n]*?)"
    r"(?=\s*(?:[.;!?\n]|$|, (?:but|so|now|nobody|no one|never|nothing|and i|i|it|that|which|want|an?|text|email"
    r"|linkedin)\b| but | because |"
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
_ALSO_OTHER = re.compile(rf"(?:,? and (?:even |also |then )?|, )(?!(?:{_PAST})\b)[a-z]{{2,}}ed\b.*$")
_HELPED = re.compile(rf"\b{_SOMEBODY},? (?:even |also |really |kindly |always |then |just )?helped\b")
_LONGEST = 24
_OF_PERSONS = (
    r"(?:ex|husband|wife|partner|boyfriend|girlfriend|fianc\w+|mum|mom|mother|dad|father|parents|son|daughter|brother"
    r"|sister|uncle|aunt|auntie|cousin|gran|nan|grandad|grandma|family|friends?|mates?|neighbours?|flatmate|housemate"
    r"|landlord|landlady|police|rival|doctor|solicitor|lawyer|colleagues?|team|boss|carer|nurse|therapist)"
)
_NO_PERSON = (
    r"(?:job|post|role|position|vacancy|interview|trial|test|task|answer|result|company|firm|application|call|letter"
    r"|email|mail|day|place|room|train|bus|weather|feedback|whole|thing|rejection|decision|no)"
)
_OTHERS = re.compile(
    rf"\b(?i:my|the|her|his|their|our|an?) (?:\w+ )?(?:{_OF_PERSONS}\b|(?!{_NO_PERSON}\b)\w+ (?:[A-Z][\w-]+ )?"
    rf"(?:has|had|have|was|were|is|are|{_PAST})\b)"
)
"""Somebody who may be meant by the "she" that follows."""
_NAMED = re.compile(
    rf"\b(?!(?:She|He|They|It|The|This|That|What|Who|There|And|But|So)\b)(?P<name>[A-Z][\w'-]+)"
    rf" (?:who|has|had|have|was|were|is|are|and|{_PAST})\b"
)
_TO_WHOM = re.compile(
    r"\b(?:to|for|thank|thanks|thanking|tell|dm|text|email|message|asking) (?:an?|the|my|that|those|their) "
    r"(?:(?!(?:about|of|from|with|and|to|for|my|the)\b)[\w-]+ ){1,3}$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sister)\.? [A-Z]")
_NEAR = 40
_STAFF = re.compile(r"[Tt]heir (?:\w+ )?(?:receptionist|porter|secretary|caretaker|recruiter|manager|trainer|cook)$")


def _is_reader(text: str, match: re.Match[str], reader: str, position: str) -> bool:
    """Whether the one of whom a deed is told is the one who is thanked; in doubt, not."""
    who = re.sub(r" \([^)]*\)", "", match["who"])
    names = set(words(reader))
    if who.lower() in ("she", "he", "they"):
        return _first_other(text, reader, position) >= match.start()
    if (
        who == "who"
        and reader
        and re.search(rf"[,:(] ?{re.escape(reader)}\b", match.group() + text[match.end() :][:_NEAR])
    ):
        # "the two nurses who showed me round, Bernie and Colm".
        return True
    if who == "who":
        tail = text[max(0, match.start() - 200) : match.start()]
        named = re.sub(r" \([^)]*\)", "", tail).rstrip(" ,.").lower()
        if reader:
            place = rf"\b(?:{re.escape(reader.lower())}|(?:my|the|their) {re.escape(position or reader.lower())})$"
            return re.search(place, named) is not None
        told = _TO_WHOM.search(f"{tail.rstrip(' ,')} ")
        return told is not None and _first_other(text, reader, position) >= match.start() - len(tail) + told.start()
    if re.match(r"(?:my|the|their|his|her) ", who, re.IGNORECASE):
        if position:
            return re.sub(r"^(?:my|the|their) ", "", who.lower()) == position
        return not reader and bool(_STAFF.match(who))
    return set(words(who)) <= names if reader else bool(_TITLED.match(who))


@lru_cache(maxsize=4)
def _first_other(text: str, reader: str, position: str) -> int:
    """Return the first place where somebody is named who is not the reader, and may be meant by a later "she"."""
    names = set(words(reader))
    bare = text
    if position:
        theirs = re.compile(rf"\b(?:my|the|their) {re.escape(position)}\b", re.IGNORECASE)
        bare = theirs.sub(lambda found: " " * len(found.group()), text)
    others = [match.start() for match in _OTHERS.finditer(bare)]
    if reader:
        others += [each.start for each in people(text) if not set(words(each.name)) & names]
        others += [each.start() for each in _NAMED.finditer(text) if not set(words(each["name"])) & names]
    return min(others, default=len(text))


def deeds(text: str, reader: str = "", position: str = "") -> str:
    """Return what somebody did for the person, as what thanks are for; empty where nothing is surely that.

    Args:
        text: What the person said.
        reader: The name of the one who is thanked, where it is known.
        position: Their position, in lower case.
    """
    found: list[str] = []
    for match in _DEED.finditer(text):
        if not _is_reader(text, match, reader, position):
            continue
        deed = _ALSO_OTHER.sub("", match["deed"].strip(" ,"))
        deed = re.split(rf"[,:(] ?{re.escape(reader)}\b", deed)[0] if reader else deed
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
    good = next((each for each in _WAS_GOOD.finditer(text) if _is_reader(text, each, reader, position)), None)
    if not found and good is not None:
        return f"being {good['deed']}"
    return " and for ".join(dict.fromkeys(found[:2]))


def helped(text: str, reader: str = "", position: str = "") -> bool:
    """Whether it is told of the one who is thanked that they helped."""
    return any(_is_reader(text, each, reader, position) for each in _HELPED.finditer(text))


def _doing(verb: str) -> str:
    """Return a verb in the past as its form in -ing."""
    low = verb.lower()
    if low in _ING:
        return _ING[low]
    return low[:-3] + "ying" if low.endswith("ied") else low[:-2] + "ing"
