"""Read an order clause by clause: "thank her for X, ask if Y and whether Z, and say that I ...".

A head ("ask", "say", "thank her for") opens a list of clauses. Each clause is taken on its own, so that the second
thing somebody wants said is not lost behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.drafts.heads import HEADS, SELF, WH

_ORDER_WORDS = (
    r"to|and|please|pls|also|just|then|so|but|maybe|you|u|can|could|should|wanna|i'd|id|i would|i'll|now|or|i"
    r"|plus|really"
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
    r"(?:just )?|\b(?:phoned|rang|wrote|called|e-?mailed|texted|messaged|got in touch|been in touch"
    r"|came(?: back)?|replied)(?: me)?(?: back)? to (?:just )?"
    r"|\b(?:told|asked|invited|allowed|urged|advised|wants?|wanted|says?) (?:me|us|you) to |(?<!help )\b(?:me"
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
    rf"(?:{SELF}|(?:please |pls )?(?:keep|think of|remember|bear|consider|let|send) me|ask|say|tell|thank"
    rf"|thanks|mention|add|don'?t (?:say|mention|tell|ask|make|add|sound|be|put|use"
    rf"|include|write|want|push|beg)|make|keep|sign|to|(?:can|could|would|will|may|does|do|is|are"
    r"|was|were) (?:i|he|she|they|it|there|the|my)|(?:did|has|have) (?:i|he|she|they|it|there)|they|she|he|it's|it is)"
)
_GERUND = re.compile(
    r"\b(?:keeps?|kept|am|are|was|were|is|been|be|stop|of|about|without|start(?:ed)?|i'?m|he'?s|she'?s"
    r"|they'?re|not|mind|by)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?:,?\s+(?:and|but|plus|then)\s+(?=(?:also |maybe |then |please |just )*(?:that|{WH}|{_TURNS})\b)"
    rf"|,\s*(?=(?:also |maybe |then |please |just )*(?:that|if|whether|what|how|when|{_TURNS})\b))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;!?\n\"“”]|\s[-–—]\s|$")
_SINGLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|approx|e\.g|i\.e)$")
_PLEASE_ME = re.compile(
    r"(?:please |pls )?(?:keep|think of|remember|bear|consider|let|send|tell|call|ring) me\b", re.IGNORECASE
)
_OTHER_HEAD = re.compile(
    r"(?:also |maybe |then |please |just )*(?:ask|say|tell|thanks?|mention|add|don'?t (?:say|mention|tell|ask"
    r"|make|add|sound|be|put|use|include|write|want|push|beg)|make|keep|sign|let)\b",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"\s*\([^)]*$")
_REASON = re.compile(
    r"(?<!\bit)(?<!\bits)(?<!\bit's)(?<!\bthis)(?<!\bthat),? (?:because(?! of\b)|since(?= (?:i|i'm|i've|he|she"
    r"|they|it|my|we)\b)|cos|coz|bc|though|although)\b.*$|, (?:as|so"
    r"|which)\b.*$",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"(?:^|[.!?;\n]\s*|(?:,|\band|\bor|\bbut)\s+|\b(?:him|her|them|[A-Z]\w+)\s+)"
    r"(?P<clause>(?:and |also )?(?:(?:can|could|would|will|may) (?:he|she|they|i (?=(?:still )?(?:re-?apply|apply|try"
    r"|come|be considered)))\b ?"
    r"(?:please |maybe |just |still |also |possibly )*"
    r"(?:introduce|send|tell|put|give|let|pass|forward|keep|stop|look|consider|call|ring|move|check|share|help"
    r"|take|hand|ask"
    r"|bear|remember|hold|save|return|explain|point|check|confirm|show|lend|recommend|mention|spare|write|do it"
    r"|meet|see me|vouch|apply|reapply|try|come|be considered)"
    r"|(?:can|could) (?:it|our \w+|the (?:call|talk|chat|meeting)) be (?=(?:half|another|later|earlier|an?|the"
    r"|on|at|next|tomorrow|mon|tues|wed|thurs|fri|\d))"
    r"|(?<=[.!?] )(?:does|do|is|has|have|are) (?:he|she|they) (?=[^.?!]*\?)(?:know|have|need|think|want|still|got)"
    r"|(?:do|should|shall) i (?=(?:bring|need|wear|have to|sign|report|park)\b)|can i (?!(?:have|get) (?:an?"
    r"|the|some|one|this|that|it)\b)(?=(?:come|be|do|help"
    r"|work|send|bring|apply|try|have)\b)|could i (?:do|help|work|run|cover|teach|take) (?!(?:anything"
    r"|something|better|about|to|differently)\b))"
    r"\b[^.;!?\n]{0,110})",
    re.IGNORECASE,
)


_AND_IS_IT = re.compile(
    r"\b(?:write|e-?mail|text|message|tell|ask|say|reply|answer|mail|note)\b[^.;!?\n]{0,160}?(?:,|,? and|,? also) "
    r"(?P<clause>(?:is|are|was|were|do|does|did|can|could|will) (?:it|there|they|the|that|my)\b [^.;!?\n]{3,80}"
    r"|what(?:'s| is| are) (?:the|their|his|her) [^.;!?\n]{2,60})",
    re.IGNORECASE,
)
"""A question in an order that no "ask" opens: "email her to say so, and is it too late"."""
_LETTER = re.compile(r"(?:e-?mail|mail|message|text|note|letter|line|script)\b(?! \w+:)", re.IGNORECASE)
_A_LETTER = re.compile(r"\b(?:an?|short|quick|little|the|this|nice|polite|formal) $", re.IGNORECASE)
_ORDERS_ITSELF = re.compile(
    r"(?:straight|honest|clear|plain|proper) answer\b|(?:just|only|mainly|basically) that\b|rather (?:he|she"
    r"|they)\b|my \w*\s?(?:question|line)|(?:she|he|they) \w+(?: to)? (?:also )?know\b"
    r"|my (?:reply|answer|message)\b",
    re.IGNORECASE,
)
"""A head that is an order whatever stands before it."""
_OF_THE_READER = re.compile(r"[^,]*, who (?:is|was|are|were|did|has|had|runs|ran|interviewed|[a-z]+ed)\b")
"""What only tells who somebody is: "ask Tom, who was the shift lead"."""
_WHETHER = re.compile(r"(?:^|[.!?\n]\s*)(?:Also |Like |So |Basically )?(?=[Ww]hether\b(?![^.!?\n]*, i\b))")
"""A sentence that is only what is to be asked."""
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
    for way, pattern in HEADS.items():
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
            if way == "ask" and _OF_THE_READER.match(match.group() + text[match.end() :][:30]):
                continue
            letter = way == "ask" and _LETTER.match(match.group())
            ordered = (_A_LETTER.search(before) if letter else ordered) or _ORDERS_ITSELF.match(match.group())
            if ordered and not _NO_ORDER.search(before) and not _OWN_WORDS.search(before):
                found += _tail(way, text, match.end())
    for match in _WHETHER.finditer(text):
        found += _tail("ask", text, match.end())
    for match in (*_TO_READER.finditer(text), *_AND_IS_IT.finditer(text)):
        start = match.start("clause")
        if not any(each.start <= start < each.start + len(each.text) for each in found):
            found += _tail("ask", text, start)
    found = _whole_conditions(text, found)
    taken: list[Clause] = []
    for each in sorted(found, key=lambda clause: (clause.start, -len(clause.text))):
        if not any(other.start <= each.start < other.start + len(other.text) for other in taken):
            taken.append(each)
    return taken


_CONDITION = re.compile(r"(?:if|when|once|should) [^,]*$", re.IGNORECASE)


def _whole_conditions(text: str, clauses: list[Clause]) -> list[Clause]:
    """Return clauses with each condition joined to what follows it: "if he leaves" and "I'd do weekends"."""
    joined: list[Clause] = []
    for each in clauses:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.way == each.way == "say"
            and _CONDITION.fullmatch(last.text)
            and not text[last.start + len(last.text) : each.start].strip(" ,")
        ):
            joined[-1] = replace(last, text=f"{last.text}, {each.text}")
        else:
            joined.append(each)
    return joined


def _tail(way: str, text: str, start: int) -> Iterator[Clause]:
    """Return the clauses that follow a head, to the end of its sentence or the next head."""
    end = next(
        (m.start() for m in _ENDS.finditer(text, start) if m.group() != "." or not _SINGLE.search(text[: m.start()])),
        len(text),
    )
    place, first, asks = start, True, way == "ask"
    cuts = [(m.start(), m.end()) for m in _NEXT.finditer(text, start, end)]
    for stop, following in [*cuts, (end, end)]:
        words_ = text[place:stop].strip(" ,")
        begin, place = place, following
        if not first and _OTHER_HEAD.match(words_) and not _PLEASE_ME.match(words_):
            return
        kind = _way(way, words_, first=first)
        if (
            kind == ""
            and asks
            and re.match(r"(?:also )?(?:whether|if|what|which|how|when|where|why)\b", words_, re.IGNORECASE)
        ):
            kind = "ask"
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
    if re.match(rf"(?:also )?{WH}\b", words_, re.IGNORECASE):
        if way in ("say", "thank") and re.match(
            r"(?:if|when|once|should)\b.*\b(?:i|i'm|i'd|i'll|my)\b", words_, re.IGNORECASE
        ):
            return "say"
        return "ask" if way == "ask" else ""
    if re.match(r"(?:can|could|would|will|may|does|do|did|has|have|is|are|was|were) ", words_, re.IGNORECASE):
        return "ask"
    if re.match(rf"(?:also )?(?:that )?(?:{SELF}|that\b)", words_, re.IGNORECASE):
        return None if _TO_COACH.match(words_) else "say" if way == "say" or _NEWS.match(words_) else None
    if _PLEASE_ME.match(words_):
        return "please" if way == "say" else None
    if re.match(r"(?:they|she|he|it)\b", words_, re.IGNORECASE):
        return "say" if way == "say" and not re.match(r"(?:she|he)\b", words_, re.IGNORECASE) else None
    return None


_TO_COACH = re.compile(
    r"i(?:'m| am|m)? (?:don'?t|dont|do not|can'?t|cannot|never|think|guess|suspect|hate|feel|get|want|know|need help"
    r"|was|had|did|keep|just want|wrote|told|said|tried|went|ran|lost|didn'?t|not)\b"
    r"|i'?d (?:rather|want|like (?!to (?:volunteer|come|work|help|join|stay|keep|hear|see|meet|bring)\b))\b"
    r"|(?:that|it)'?s (?:all|it|enough)\b|that is all\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"(?:also )?(?:that\b|i'?m (?:free|available|still|ready|happy|glad)|i'?ve\b|i'?ll\b|i'?d be\b|my\b"
    r"|i (?:can|could|am|have|will|learned|learnt|enjoyed|liked|loved|hope|appreciated?|won'?t|would be)\b)",
    re.IGNORECASE,
)
