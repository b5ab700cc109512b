"""Work that a person offers short of a post, and what the reader said of their plans."""

from __future__ import annotations

import re

from coach.drafts.wording import addressed, spelled
from coach.text import words

_END = (
    r"(?=\s*(?:[.;,!?\n(]|$|,? (?:but|and|because|cos|so|then|thanks|please|pls|instead|at all|if|till|until|by|on|in"
    r"|from|as|at)\b| - | – ))"
)


_MENTIONED = re.compile(
    r"\b(?:they|he|she|who|manager|boss|owner|lead|director)(?: \w+)? (?:told me|said|mentioned|wrote|says|say|mention)"
    r"(?: to)?(?: me)?(?: (?:in|on|at) (?:the|our|my) \w+)?(?: that)? (?P<said>(?:they|he|she|we|there (?:would"
    r"|will|might|may|could)|evenings|mornings|weekends|december|summer|the "
    r"(?:summer|winter|wet|season)|(?:the|their|his|her|a) (?:[\w-]+ ){1,3}(?:is|are|will be"
    r"|would be) (?:going on|leaving|on leave|off|away|retiring|short|busy|moving|expanding|opening|having"
    r"|coming))\b[^.;!?\n\"“”]{4,90})"
    r"|\b(?P<said2>they (?:have|need|run|expect|are) [^.;!?\n,]{4,80}), (?:they|he|she) (?:told|said)"
    r"|\b(?:said|wrote|told me)[:,]? ?[\"“](?P<quote>(?:(?:maybe )?next (?:year|month|spring|summer|autumn"
    r"|season)|we (?:have|need|build|expect|are|open|start|sometimes))[^\"”]{4,80}?)\.?[\"”]",
    re.IGNORECASE,
)


def mentioned(text: str) -> str:
    """Return what the reader said of their plans, in words to them; empty where nothing is surely that."""
    match = _MENTIONED.search(text)
    if match is None:
        return ""
    said = next(group for group in match.groups() if group).strip()
    if re.search(
        r"\b(?:no\b|not|never|reject|sorry|someone|somebody|(?<!need )(?<!want )another|other|me\b|my\b|i\b"
        r"|was|were|did|had|chose"
        r"|picked|went)\b",
        said,
        re.IGNORECASE,
    ):
        return ""
    said = spelled(said)
    if match["quote"]:
        said = re.sub(r"\bwe\b", "you", said, flags=re.IGNORECASE)
        said = re.sub(r"\bour\b", "your", said, flags=re.IGNORECASE)
        said = said[0].lower() + said[1:]
    told = addressed(said)
    return told if len(words(told)) <= 18 else ""


_WORK = re.compile(
    rf"(?:\b(?:offer(?:ing)?(?: (?:him|her|them|[A-Z]\w+))?(?: to do)?|for|about|want|do|would do|i'd do|re"
    rf"|regarding|on|asking about|ask for|happily do|honestly do|propose)\s+(?:some |the |a |any |their |of |her "
    rf"|him )?)?"
    r"\b(?P<value>(?:(?!any\b|re\b|text\b|do\b|offer|want|would|could|that|with|from|can|will|full|their|they"
    r"|them|she|he|the|and|not|for|about|this|you|him|her|ask|asking|email|write|some|me)[\w'>-]+ ){0,2}?"
    r"(?:cover teaching|maternity cover|(?:sick|relief|reception|holiday|event|evening) cover|holiday courses?"
    r"|seasonal (?:picking|work|help|night work|jobs?)|season work(?: nights)?|wedding shifts|bank shifts|"
    r"(?:evening|night|weekend|morning|saturday) shifts|"
    r"freelance (?:blog )?\w+(?:ing|work|shifts|projects?|articles|blogs|translation|design|cover)?"
    r"|hourly consulting|consulting|(?:work|help)(?:ing)? by the (?:day|hour)|casual (?:work|shifts|basis)"
    r"|contract work|temp(?:orary)? work|part[- ]time "
    r"(?:work|hours|help)|labouring(?: on the day rate)?|supply (?:work|teaching)|project work|relief work"
    r"|day[- ]rate work|peer review|summer playscheme|clean up project|seasonal help)"
    rf"(?: on (?:the |a )?day[- ]rate)?(?: (?:one|two|three|\d+) (?:days?|hours|hrs) (?:a|per) week)?(?: "
    rf"(?:nights|in \w+ \w+|from (?:mid |early |late )?[\w]+(?: \w+)?|jan-april))?(?:,? \w+ing from (?:mid "
    rf"|early |late )?\w+)?){_END}",
    re.IGNORECASE,
)


_AS = re.compile(
    rf"\boffer (?:myself|meself) (?:as|on) (?P<value>(?:a |an )?[\w -]+?(?: for [\w ]+)?){_END}", re.IGNORECASE
)


_HOURS = re.compile(
    r"\b(?P<value>(?:one|two|three|four|\d+)(?:-\d+)? (?:days?|hours|hrs) (?:a|per|/) ?(?:week|wk))\b", re.IGNORECASE
)


_MONTHS_COVER = re.compile(r"\b(?P<value>\w+[- ]month) (?:maternity )?cover\b", re.IGNORECASE)


_PART = re.compile(r"\b(?:part[- ]time|freelance|casual|seasonal|contract|short[- ]term)\b", re.IGNORECASE)


_SOMEBODY_FREE = re.compile(r"\bfreelance \w{3,}(?:er|or|ist|ian|man|eer)$")


_NEED = re.compile(
    r"\b(?:(?:he|she|they|who|(?-i:[A-Z])\w+)(?:'s|'re| is| are)?|, is|, are|boss,? (?-i:[A-Z])\w+,? (?:is"
    r"|he's|she's))(?P<how> always| forever| often| sometimes| usually)? short (?P<what>(?:of|at"
    r"|on) [^.,;!?\n]{4,70})",
    re.IGNORECASE,
)


def _need(text: str) -> dict[str, str]:
    """Return what the reader is short of: "often short of weekend drivers"."""
    match = _NEED.search(text)
    if match is None:
        return {}
    how = {"forever": "often", "always": "often"}.get(
        (match["how"] or "").strip().lower(), (match["how"] or "").strip()
    )
    return {"need": f"{how} short {addressed(spelled(match['what']))}".strip()}


def offered_work(text: str) -> dict[str, str]:
    """Return the work that is offered, in the person's words, and what the reader is short of."""
    return _need(text) | _offered(text)


def _offered(text: str) -> dict[str, str]:
    own = _AS.search(text)
    if own is not None:
        value = own["value"].strip()
        value = value if re.match(r"an? |day rate", value) else f"a {value}"
        value = re.sub(r"^day rate", "a day rate", value)
        return {
            "as_what": f"{'on' if 'rate' in value else 'as'} {spelled(value)}",
            "work": "contract work",
            "contract": "yes",
        }
    best = ""
    for match in _WORK.finditer(text):
        value = re.sub(r"^(?:['’]s|s) ", "", spelled(match["value"]))
        before = text[: match.start("value")][-40:]
        if re.search(r"\b(?:not|no|isn'?t|wasn'?t)\s*$", before, re.IGNORECASE):
            continue
        if len(words(value)) > len(words(best)):
            best = value
    if (someone := _SOMEBODY_FREE.search(best)) is not None:
        return {"as_what": f"as a {someone.group()}", "work": "freelance work", "contract": "yes"}
    found = {"work": _lower(best)} if best else {}
    months = _MONTHS_COVER.search(text)
    if months is not None and "cover" in best:
        found["work"] = (
            f"{months['value'].replace(' month', '-month')} {best}"
            if months["value"].split()[0].lower() not in best
            else best
        )
    hours = _HOURS.search(text)
    if hours is not None and hours["value"].lower() not in best.lower():
        value = spelled(hours["value"].lower()).replace("/", " per ")
        found["work"] = f"{best or 'part-time work'}, {value}"
    start = re.search(
        r"\b(?:part[- ]?time|cover|shifts|seasonal|casual)\b[^.;!?\n]{0,30}?\bfrom (?P<value>\d{1,2} \w+"
        r"|\w+ \d{1,2}|(?:mid |early |late )?[A-Z]\w+)\b",
        text,
    )
    if not found and (plain := _PART.search(text)) is not None:
        word = plain.group().lower().replace("part time", "part-time").replace("short term", "short-term")
        found["work"] = f"{word} work"
    if start is not None and found.get("work") and " from " not in found["work"]:
        found["work"] += f" from {start['value']}"
    return found


def _lower(value: str) -> str:
    return value[0].lower() + value[1:] if value and not value.split(maxsplit=1)[0].isupper() else value
