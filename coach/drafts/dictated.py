"""Say as orders what a message lists after a colon, item by item: "say: free from Monday, no Slough".

Such a list is what the draft is to hold, whatever its grammar. Each item becomes an order of its own ("Say that I am
free from Monday."), so that everything that reads orders reads it; an item with no verb stays with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENER = re.compile(
    r"(?:^|(?<=[.!?\n]))(?P<lead>[^.!?\n:]{0,200}?\b(?:draft|say|said|tell|telling|know|mention|add|include"
    r"|put|write|text|message"
    r"|msg|e-?mail|mail|note|script|dm|line|reply|words|whatsapp|linkedin|points|gist|things|update|time"
    r"|basically|short|list|terms|offer)\b[^.!?\n:\"“]{0,80}):"
    r"[ \t]+(?![\"“'‘]|(?:Dear|Hi|Hello|Good (?:morning|afternoon))\b)(?P<list>[^.!?\n]{6,400})",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:he|she|they|it|who|which|hr|recruiter|manager|company|reply|rejection|feedback"
    r"|(?-i:[A-Z]\w+)) (?:just |then |only |has |had )?"
    r"(?:said|wrote|says|sent|told|emailed|texted|replied|came|put|goes|read|reads)\b[^:]*$|\bthis is what\b"
    r"|\bi (?:said|wrote|sent|told)\b",
    re.IGNORECASE,
)
"""That what follows the colon is quoted of somebody, or was written already."""
_TELLS = re.compile(
    r"(?:(?<=^)|(?<=[.!?\n] )|(?<=\band )|(?<=\bplease ))(?P<lead>[Tt]ell (?:him|her|them))(?: that)?"
    r" (?P<list>(?:i\b|i'm|i've|i'd|im|ive|my|the) ?[^.!?\n]{6,300})",
    re.IGNORECASE,
)
_SUBJECT = r"(?:i|i'm|im|i've|ive|i'd|i'll|my|mine|we|we're|we've|our|it|it's|its|there|there's)\b"
_NOUN = re.compile(
    r"(?:the|my) (?:[\w’-]+ ){0,3}[\w-]+'s (?:an?|no|not|over|gone|done|off|on) ?|"
    r"(?:the|this|that|their|his|her) (?:[\w'’-]+ ){1,4}?(?:is|was|were|are|has|had|fell|went|did|didn'?t|said"
    r"|will|would|came|closed|ended|ends|runs|starts|finished)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"happy (?:new year|christmas|easter|birthday|diwali|eid|holidays)\b|merry christmas\b|congratulations\b",
    re.IGNORECASE,
)
_BY_VERB = re.compile(
    r"(?:also |just |now |still |really )*(?:don'?t|dont|do not|can'?t|cant|cannot|couldn'?t|won'?t|wont|can"
    r"|could|would|will|got"
    r"|have|had|passed|finished|did|done|moved|live|drive|hold|speak|work|worked|want|need|prefer|hope|enjoyed"
    r"|liked|loved|like"
    r"|know|think|remember|feel|miss|start|started|applied|learnt|learned|completed|trained|qualified"
    r"|retrained|ran|run|built|managed|lost"
    r"|heard|saw|would like|would love)\b",
    re.IGNORECASE,
)
_BY_STATE = re.compile(
    r"(?:also |now |just )*(?:free|available|still (?:looking|after|interested|here|keen|open|around|up for"
    r"|available)|happy|glad|keen"
    r"|open to|willing|ready|able|based|fluent|looking|moving|after|up for|grateful|around|interested|flexible"
    r"|not (?:bothered|fussed|available|interested|free|looking|after|willing|able|keen|against)"
    r"|only (?:looking|free|after|available"
    r"|interested)|qualified|trained|licen[cs]ed|insured|registered)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:also )?(?P<ask>ask|asking|find out|check)\b|(?P<question>(?:is|are|was|were|do|does|did|can|could"
    r"|would|will|has|have) (?:he|she|they|it"
    r"|there|the|that|my|i)\b|(?:if|whether|what|when|where|why|how|which|who)\b|any(?:thing)? (?:news|else"
    r"|going|similar|chance)\b)",
    re.IGNORECASE,
)
_THANKS = re.compile(r"(?:thanks|thank|cheers|ta)\b.*\bfor\b", re.IGNORECASE)
_TO_COACH = re.compile(
    r"(?:please|pls|plz|thanks|thank you|cheers|ok|okay|nothing (?:else|more|fancy)|that'?s (?:it|all)"
    r"|no more\b(?! than)|short|brief|formal|polite|quick"
    r"|by (?:e-?mail|text)|e-?mail|text|linkedin|(?:and )?(?:keep|make) it|don'?t (?:make|sound|be|mention|say"
    r"|tell|put|add|include)|not (?:too|mention|say)"
    r"|without|so (?:he|she|they)|(?:in|no) \w+ words|sign|that kind|something like|you know|etc)\b",
    re.IGNORECASE,
)
"""An item that says how it is to be done."""
_CUT = re.compile(
    rf"\s*[;,]\s*(?:(?:and|but|also|plus|then|so) )*|\s+(?:and|but|plus|n|&)\s+(?=(?:also |that |then |just "
    rf"|now )*(?:{_SUBJECT}"
    r"|can\b|can'?t\b|could\b|would\b|will\b|won'?t\b|don'?t\b|dont\b|have\b|got\b|am\b|ask\b|thank|free\b"
    r"|available\b|still\b"
    r"|not \w+|only (?:looking|free|after|available)\b|looking\b|(?:the|my|our) (?:[\w-]+ ){{1,4}}(?:is|was"
    r"|are|ended|ends|has|had)\b))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:because|cos|coz|since|as|so|which|who|where|when|if|unless|until|till|though|although|except|apart|but not)\b",
    re.IGNORECASE,
)
"""What goes on with the item before it."""
_FEWEST = 2


_WANT = re.compile(
    r"(?P<open>^|[.!?\n]\s*)What (?:i|I)(?:'d| would)?(?: (?:do|really|actually))* (?:want|need|like|am after"
    r"|am looking for|'m after|'m looking for) (?:is|are|would be):? "
    r"(?P<what>(?!to\b|for\b|him\b|her\b|them\b|you\b|an? (?:e-?mail|message|note|text|letter|draft))[^.!?\n]{4,160})",
)


def as_orders(text: str) -> str:
    """Return a message with each list of what is to be said as orders of one thing each."""
    if len(_NUMBERED.findall(text)) > 1:
        first, *items = _NUMBERED.split(text)
        last, *rest = re.split(r"(?<=[a-z])\. ", items[-1], maxsplit=1)
        text = f"{first.rstrip(' :.')}. {' '.join(_orders('; '.join([*items[:-1], last])))} {' '.join(rest)}"
    text = _WANT.sub(lambda match: f"{match['open']}Say that I am looking for {match['what']}", text)
    out, place = [], 0
    found = [*_OPENER.finditer(text), *(match for match in _TELLS.finditer(text) if "," in match["list"])]
    for match in sorted(found, key=lambda each: each.start("list")):
        if match.start() < place or _OF_OTHERS.search(match["lead"]):
            continue
        told = list(_orders(match["list"]))
        if told:
            out += [text[place : match.end("lead")], ". ", " ".join(told)]
            place = match.end()
            place += text[place : place + 1] in (".", ";")
    return "".join([*out, text[place:]])


def _orders(listed: str) -> Iterator[str]:
    """Yield the orders of a list."""
    told: list[str] = []
    orders: list[str] = []
    for part in _CUT.split(listed):
        item = re.sub(r"^(?:that|and|also|then) (?=\w)", "", part.strip(" .,;"), flags=re.IGNORECASE)
        greets, thanks = _GREETING.match(item), _THANKS.match(item)
        if not item or (_TO_COACH.match(item) and not greets and not thanks):
            continue
        if greets:
            orders.insert(0, f"Say {item[0].lower()}{item[1:]}.")
        elif thanks:
            orders.append(f"{item[0].upper()}{item[1:]}.")
        elif _ASKS.match(item) and not _WHEN_I.match(item):
            orders.append(_question(item))
        elif (own := item if _WHEN_I.match(item) else as_own(item)) is not None:
            told.append(own)
        elif told and not (_HELD.search(item) or _COMING.match(item) or _SOMEBODY_SAID.match(item)):
            told[-1] += f"{' ' if _GOES_ON.match(item) else ', '}{item}"
        else:
            told.append(_fragment(item))
    yield from (f"Say that {each}." for each in told if each)
    yield from orders


_NUMBERED = re.compile(r"(?:^|(?<=\s))\d[.)] (?=[A-Za-z])")


def _question(item: str) -> str:
    """Return an item that asks something as an order to ask it."""
    asked = re.sub(r"^(?:also )?(?:ask|asking|find out|check) ?", "", item, flags=re.IGNORECASE)
    return f"Ask {re.sub(r'^any(?=thing)?', 'if there is any', asked, flags=re.IGNORECASE)}."


def _fragment(item: str) -> str:
    """Return an item without a verb as a statement; empty where it is not clear what of it is told."""
    if _HELD.search(item):
        return f"I have {item}"
    if _COMING.match(item):
        return f"I have {'' if re.match(r'(?:an?|the|one|two) ', item) else 'a '}{item}"
    if _SOMEBODY_SAID.match(item):
        return item
    if len(item.split()) < _FEWEST:
        return ""
    if _WORK.search(item):
        return f"I am looking for {item}"
    return f"I could do {item}" if _TIMES.match(item) else ""


_COMING = re.compile(
    r"(?:an? |one |two )?(?:first |second |third |final |next |new )?(?:round|interview|trial|stage|call|test"
    r"|offer)s?\b",
    re.IGNORECASE,
)
_SOMEBODY_SAID = re.compile(
    r"[A-Z][\w'’&-]*(?: [A-Z&][\w'’&-]*)* (?:said|turned|have|has|went|chose|did|rejected|offered|wants?)\b"
)
_WHEN_I = re.compile(r"(?:if|when|once|should) .*\b(?:i'd|i'll|i would|i will|i can|i could|i'm)\b", re.IGNORECASE)
"""What they would do in some case: no question, though it begins like one."""
_HELD = re.compile(
    r"\b(?:HGV|forklift|DBS|CSCS|SIA|NVQ|CPC|ADR|licen[cs]e|certificates?|tickets?|clearance|diploma|degree"
    r"|own (?:van|car|tools|transport|kit)"
    r"|\d+ years|class \d|level \d)\b",
    re.IGNORECASE,
)
"""What somebody holds, where it is only named."""
_TIMES = re.compile(
    r"(?:weekends?|days?|nights?|evenings?|mornings?|afternoons?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|(?:one|two|three|four|five|\d) (?:days?|hours?|nights?))\b",
    re.IGNORECASE,
)
_WORK = re.compile(r"\b(?:jobs?|roles?|work|shifts?|posts?|positions?)\b", re.IGNORECASE)


def as_own(item: str) -> str | None:
    """Return an item as a statement of the one who writes; None where it makes none by itself."""
    if re.match(_SUBJECT, item, re.IGNORECASE) or _NOUN.match(item):
        return item
    if re.match(r"\w+ (?:i|he|she|they|we|you)\b", item, re.IGNORECASE):
        return None
    low = f"{item[0].lower()}{item[1:]}"
    if _BY_STATE.match(item):
        return f"I am {low}"
    if _BY_VERB.match(item):
        return f"I {low}"
    return None
