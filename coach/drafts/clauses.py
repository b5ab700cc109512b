"""Read an order clause by clause: "thank her for X, ask if Y and whether Z, and say that I ...".

A head ("ask", "say", "thank her for") opens a list of clauses. Each clause is taken on its own, so that the second
thing somebody wants said is not lost behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PERSON = (
    r"(?:her|him|them|she|he|they|everyone|(?:the|my|his|her|their) (?!feedback)[a-z]\w+(?: (?!(?:that|if|for"
    r"|how|what|whether|and|who|can|could|would|is|are|was"
    r"|were|to|in|at|on|about|i|we|know|knows|so)\b)[a-z]\w+)?"
    r"|(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sister|Father|Sir|Madam)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
_SMALL = (
    r"(?: (?:also|just|too|please|pls|maybe|only|nicely|politely|again|back|there|in it|specifically|straight out"
    r"|straight|directly|outright))*"
)
_WH = r"(?:if|whether|what|which|how|when|where|who|why)"
_AUX = r"(?:is|are|was|were|do|does|did|can|could|would|will|has|have|should)"
_SELF = r"(?:i|i'm|im|i've|ive|i'd|i'll|my|we|we're|we've)\b"

_STARTS = r"(?!(?i:in|to|into|on|up|down|off|out|as|for|one|way|email|note|was|is|bit|thing)\b)\w"
_OF_READER = (
    r"(?i:(?:his|her|their|the) [^.,;!?\n]{3,60}?"
    r" (?:was|were|is|are|helped|made|meant|gave|showed|taught|did|had|has|have)\b)"
)
_HEADS: dict[str, re.Pattern[str]] = {
    "thank": re.compile(
        rf"\b(?i:thank(?:s|ing)?(?: you)?|thx|cheers|say (?:thanks|thank you|ta|cheers))\b{_SMALL}"
        rf"(?: to)?(?: {_PERSON}(?: and {_PERSON})?)?{_SMALL} for (?=\w)",
    ),
    "ask": re.compile(
        rf"(?<!like )\b(?i:ask(?:ing)?|enquire|inquire|check|find out|see)\b{_SMALL}(?: (?:with |from )?{_PERSON})?"
        rf"{_SMALL}"
        rf"(?:, (?i:with|if) [a-z ]{{3,20}},)?"
        rf"(?:,? (?i:once|clearly|plainly|kindly|honestly|openly),?)*"
        rf"(?:(?i: about))?[:,]? (?=(?i:(?:(?:by|in|at|on) )?{_WH}|{_AUX}|for)\b)"
        rf"|\b(?i:(?:want|like|love|need|keen|wish|curious|wanna|good)(?:ed)?(?: to)? (?:know|hear|understand"
        rf"|learn|find"
        rf" out)(?: is|:| more about)?|(?:i'm |im |just )?(?:wondering|curious)|i wonder)\b{_SMALL}"
        rf"(?: from {_PERSON})?,? (?=(?i:(?:(?:by|in|at|on) )?{_WH}|{_AUX})\b)"
        r"|\b(?i:email|message|text|note|letter|please|pls|mail)(?: \w+){0,3}: (?=(?i:was|is|were|did|does|do"
        r"|has|have) )",
    ),
    "say": re.compile(
        rf"\b(?i:say|saying|mention|add)(?i: that)? (?={_OF_READER})|"
        rf"\b(?i:say|saying|tell {_PERSON})(?i: look| hi| hello| well| basically| something like)[,:]?"
        rf" (?=(?i:{_SELF}))|"
        rf"\b(?i:say|saying|tell|telling|mention|mentioning|add|adding|include|note|explain|state|let(?="
        rf" {_PERSON} know))"
        rf"\b{_SMALL}(?: (?:to )?{_PERSON})?(?i: know| in)?{_SMALL}"
        rf"(?:(?i:[:,]? that|:)? (?=(?i:{_SELF}|it|it's|its|there)\b)|(?i: that) (?={_STARTS})"
        rf"|:? (?={_OF_READER}))"
        rf"|\b(?i:write|email|mail|message|text|reply|answer|put|dm)\b{_SMALL}(?: (?:to |back to )?{_PERSON})?{_SMALL}"
        rf"(?i:,? (?:that|saying(?: that)?)) (?={_STARTS})"
        rf"|\b(?i:write|email|mail|message|text|reply|answer|dm)\b(?: (?:to )?{_PERSON})?(?i: there)?:"
        rf" ?(?i:sorry,? (?:and |that |but )?)?"
        rf"(?=(?i:{_SELF}|it)\b)"
        rf"|\b(?i:write|draft|send|do|make|prepare|compose)\b[^.;!?\n]{{0,40}}? (?i:email|mail|message|note"
        rf"|letter|text|line|dm)"
        rf"(?: (?:to|for) {_PERSON})?,? that (?=(?i:{_SELF}))"
        rf"|\b(?i:text|tell|message|email) (?:her|him|them) (?=(?i:i'?m|i've|ive|i'll|i can|my)\b)"
        rf"|\b(?i:so(?: that)?|just so|want|like|for) {_PERSON}(?i:(?: to)? knows?)(?i: that)? (?=(?i:{_SELF}|it"
        rf"|there)\b)"
        rf"|\b(?i:tell) {_PERSON}(?i: without \w+) (?i:that )?(?=(?i:{_SELF}))",
    ),
    "request": re.compile(
        rf"\b(?i:ask(?:ing)?|get|remind){_SMALL} {_PERSON}{_SMALL}"
        r"(?i: (?:on|by|via|over|in) (?:linkedin|e-?mail|text|whatsapp|the phone|phone|message))? (?:(?i:not)"
        r" )?(?i:to) (?=\w)"
        rf"|\b(?i:want|like|love|need|prefer) {_PERSON} (?i:to) (?!(?i:know|think|feel|understand|see|believe"
        rf"|regret|notice"
        rf"|reali[sz]e|remember|forget|like|enjoy|keep in touch|be|hear|read|learn|have|get|suffer|pay|say)\b)(?=\w)",
    ),
    "myself": re.compile(
        r"\b(?i:ask(?:ing)?)(?i: on the phone| by email)? (?i:to) (?=(?:go|be|have|come|join|get|meet|speak|talk"
        r"|apply|visit|sit)\b)"
    ),
    "view": re.compile(
        r"\b(?i:value|appreciate|like|love|want|hear|ask for|get) (?=(?:her|his|their|your) (?:honest )?(?:view"
        r"|opinion|thoughts|take)"
        r" (?:of|on|about)\b)"
    ),
    "tell me": re.compile(
        r"\b(?i:mail|email|message|letter|note|text|write)\b[^.;!?\n]{0,90}? (?i:to) (?=tell me\b)(?!tell me"
        r" (?:how|what) to)",
    ),
    "offer": re.compile(
        r"\b(?i:offer(?:ing)?|propos(?:e|ing)|suggest(?:ing)?)\b(?: (?:her|him|them|[A-Z]\w+))?(?i: that)? "
        r"(?!(?i:my|myself|meself|me|it|that|them|himself|her|him|an? (?:new|other) (?:time|day|date)|some"
        r"|something|(?:mon|tues|wednes|thurs|fri|satur|sun)day|to (?:meet|talk|call))\b)(?=\w)",
    ),
}
"""What opens a list of clauses; names keep their capitals, the rest is read in any case."""

_ORDER_WORDS = (
    r"to|and|please|pls|also|just|then|so|but|maybe|you|u|can|could|should|wanna|i'd|i would|i'll|now|or|i|plus|really"
    r"|would|still|only|at least|thing|least|d|it|help me|(?:tell|text|email|message) (?:him|her|them|\w+)"
)
_OPENS = r"^|[.!?;:,\n(–-]\s*"
_ORDER = re.compile(rf"(?:{_OPENS}|\b(?:{_ORDER_WORDS})\s+)$", re.IGNORECASE)
_ORDER_OF_THANKS = re.compile(
    rf"(?:{_OPENS}|\b(?:{_ORDER_WORDS}|an?|the|quick|short|little|linkedin)\s+)$", re.IGNORECASE
)
_OWN_WORDS = re.compile(
    r"\bi(?:'d|'ve| had| have)? (?:also |just )?(?:sent|wrote|written|texted|emailed|posted|messaged|told|said|called"
    r"|accused)\b[^.,;!?\n]*$",
    re.IGNORECASE,
)
"""What somebody has said or sent already: nothing of it is an order, and in anger it is what must not be repeated."""
_NO_ORDER = re.compile(
    r"(?:\b(?:don'?t|do not|dont|not|no|never|without|no need|shouldn'?t|nothing|rather not)(?: \w+)? (?:to )?"
    r"(?:just )?|\b(?:told|asked|invited|allowed|urged|advised|wants?|wanted|says?) (?:me|us|you) to |(?<!help )\b(?:me"
    r"|us) to |\b(?:said|says|who|she|he|they"
    r"|used|able|afraid|scared|too \w+|someone|people|hr) (?:to )?(?:just )?(?:also )?|\b(?:did|do|does) (?:she"
    r"|he|they) "
    r"|\bi (?:had|have|did|already)(?: to)? )$",
    re.IGNORECASE,
)
WEIGHS = (
    r"\b(?:(?:whether|mad|crazy|stupid|silly|foolish|wrong|wise|tempted|hard|harder|difficult|proud|ashamed"
    r"|embarrass\w+|humiliating|kill(?:s|ed)? me|afraid|scared|terrified|dare[ds]?|part of me)(?: [\w']+){0,3}"
    r"|(?:not (?:so |too |really )?sure|unsure)(?: (?!how\b|what\b)[\w']+){0,4}"
    r"|if(?: it(?:'s| is| was)?(?: \w+)?| i (?:ought|need|have|want))?) to\b|\bdare\b"
)
"""That somebody only weighs whether to say a thing, or shrinks from it: "not sure whether to", "so hard to"."""
WEIGHED = re.compile(rf"(?:{WEIGHS})(?: (?:just|even|also|ever|actually|simply|openly|honestly))* $", re.IGNORECASE)
_TURNS = (
    rf"(?:{_SELF}|ask|say|tell|thank|thanks|mention|add|don'?t (?:say|mention|tell|ask|make|add|sound|be|put|use"
    rf"|include|write|want|push|beg)|make|keep|sign|to|(?:can|could|would|will|may|does|do|is|are"
    r"|was|were) (?:i|he|she|they|it|there|the|my)|they|she|he|it's|it is)"
)
_GERUND = re.compile(
    r"\b(?:keeps?|kept|am|are|was|were|is|been|be|stop|of|about|without|start(?:ed)?|i'?m|he'?s|she'?s|they'?re|not|mind|by)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?:,?\s+(?:and|but|plus|then)\s+(?=(?:also |maybe |then |please |just )*(?:that|{_WH}|{_TURNS})\b)"
    rf"|,\s*(?=(?:also |maybe |then |please |just )*(?:that|if|whether|what|how|when|{_TURNS})\b))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;!?\n\"“”]|\s[-–—]\s|$")
_SINGLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|approx|e\.g|i\.e)$")
_OTHER_HEAD = re.compile(
    r"(?:also |maybe |then |please |just )*(?:ask|say|tell|thanks?|mention|add|don'?t (?:say|mention|tell|ask"
    r"|make|add|sound|be|put|use|include|write|want|push|beg)|make|keep|sign|let)\b",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"\s*\([^)]*$")
_REASON = re.compile(r",? (?:because|since|cos|coz|bc|though|although)\b.*$|, (?:as|so|which)\b.*$", re.IGNORECASE)
_TO_READER = re.compile(
    r"(?:^|[.!?;\n]\s*|(?:,|\band|\bor|\bbut)\s+|\b(?:him|her|them|[A-Z]\w+)\s+)"
    r"(?P<clause>(?:and |also )?(?:(?:can|could|would|will|may) (?:he|she|they|i (?=(?:still )?(?:re-?apply|apply|try"
    r"|come|be considered)))\b ?"
    r"(?:please |maybe |just |still |also |possibly )*"
    r"(?:introduce|send|tell|put|give|let|pass|forward|keep|stop|look|consider|call|ring|move|check|share|help|take|hand|ask"
    r"|recommend|mention|spare|write|do it|meet|see me|vouch|apply|reapply|try|come|be considered)"
    r"|(?:can|could) (?:it|our \w+|the (?:call|talk|chat|meeting)) be (?=(?:half|another|later|earlier|an?|the"
    r"|on|at|next|tomorrow|mon|tues|wed|thurs|fri|\d))"
    r"|could i (?:do|help|work|run|cover|teach|take) (?!(?:anything|something|better|about|to|differently)\b))"
    r"\b[^.;!?\n]{0,110})",
    re.IGNORECASE,
)


_LOOK_BACK = 600
"""Characters before the head of an order that are read for whether it is one; a long sentence fits."""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One thing to say, ask or thank for, as the person wrote it, and where it stands in the message."""

    way: str
    text: str
    start: int


def read_clauses(text: str) -> list[Clause]:
    """Return what an order lists, in the order of the message; ``way`` is say, ask or thank."""
    found: list[Clause] = []
    for way, pattern in _HEADS.items():
        for match in pattern.finditer(text):
            if way in ("tell me", "view", "myself"):
                found += _tail("request" if way == "tell me" else way, text, match.end())
                continue
            before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
            gerund = re.match(r"(?:ask|thank|say|tell|mention|add)ing\b", match.group())
            order = _ORDER_OF_THANKS if way == "thank" else _ORDER
            ordered = order.search(before) or (gerund and not _GERUND.search(before))
            if way in ("say", "offer") and WEIGHED.search(before):
                continue
            if ordered and not _NO_ORDER.search(before) and not _OWN_WORDS.search(before):
                found += _tail(way, text, match.end())
    for match in _TO_READER.finditer(text):
        start = match.start("clause")
        if not any(each.start <= start < each.start + len(each.text) for each in found):
            found += _tail("ask", text, start)
    taken: list[Clause] = []
    for each in sorted(found, key=lambda clause: (clause.start, -len(clause.text))):
        if not any(other.start <= each.start < other.start + len(other.text) for other in taken):
            taken.append(each)
    return taken


def _tail(way: str, text: str, start: int) -> Iterator[Clause]:
    """Return the clauses that follow a head, to the end of its sentence or the next head."""
    end = next(
        (m.start() for m in _ENDS.finditer(text, start) if m.group() != "." or not _SINGLE.search(text[: m.start()])),
        len(text),
    )
    place, first = start, True
    cuts = [(m.start(), m.end()) for m in _NEXT.finditer(text, start, end)]
    for stop, following in [*cuts, (end, end)]:
        words_ = text[place:stop].strip(" ,")
        begin, place = place, following
        if not first and _OTHER_HEAD.match(words_):
            return
        kind = _way(way, words_, first=first)
        way, first = kind or way, False
        if kind is None:
            return
        words_ = _OPEN_BRACKET.sub("", words_)
        if kind and words_:
            yield Clause(way=kind, text=words_ if kind == "say" else _REASON.sub("", words_), start=begin)


def _way(way: str, words_: str, *, first: bool) -> str | None:
    """Return what a clause in a list is; empty to pass over it, None where the list ends."""
    if first:
        return way
    if way in ("request", "offer", "view", "myself"):
        if words_.lower().startswith("to "):
            return way
        return _way("ask", words_, first=False) if way == "request" else None
    if re.match(rf"(?:also )?{_WH}\b", words_, re.IGNORECASE):
        if way == "say" and re.match(r"(?:if|when|once)\b.*\b(?:i|i'm|i'd|my)\b", words_, re.IGNORECASE):
            return "say"
        return "ask" if way == "ask" else ""
    if re.match(r"(?:can|could|would|will|may|does|do|is|are|was|were) ", words_, re.IGNORECASE):
        return "ask"
    if re.match(rf"(?:also )?(?:that )?(?:{_SELF}|that\b)", words_, re.IGNORECASE):
        return None if _TO_COACH.match(words_) else "say" if way == "say" or _NEWS.match(words_) else None
    if re.match(r"(?:they|she|he|it)\b", words_, re.IGNORECASE):
        return "say" if way == "say" and not re.match(r"(?:she|he)\b", words_, re.IGNORECASE) else None
    return None


_TO_COACH = re.compile(
    r"i(?:'m| am|m)? (?:don'?t|dont|do not|can'?t|cannot|never|think|guess|suspect|hate|feel|get|want|know|need help"
    r"|was|had|did|keep|just want|wrote|told|said|tried|went|ran|lost|didn'?t|not)\b"
    r"|i'?d (?:like|rather|want)\b|(?:that|it)'?s (?:all|it|enough)\b|that is all\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"(?:also )?(?:that\b|i'?m (?:free|available|still)|i (?:can|could|am|have|will)\b|i'?ve\b|my\b)", re.IGNORECASE
)
