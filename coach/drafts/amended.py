"""Changes that are told by what they want and not by words: denied, moved, softened, copied to somebody."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import Channel, DraftBrief, DraftFact
from coach.drafts.removals import without
from coach.drafts.timings import allowed, excepted, listed, redated
from coach.drafts.trimming import content_words
from coach.drafts.wording import spelled
from coach.facts.lexicon import NOT_NAMES

_DENIED = re.compile(
    r"\b(?:i|we) (?:never|didn'?t|did not|haven'?t|have not|hadn'?t|wasn'?t|don'?t|do not) (?:actually |ever "
    r"|even |really )?"
    r"(?P<verb>\w+) (?P<what>[^.,;!?\n]{3,60})",
    re.IGNORECASE,
)
_SAYING = frozenset(
    {
        "say",
        "said",
        "tell",
        "told",
        "mean",
        "meant",
        "want",
        "need",
        "mention",
        "mentioned",
        "write",
        "wrote",
        "ask",
        "asked",
        "like",
        "think",
    }
)
_MOVED = re.compile(
    r"\b(?:put|move|bring|have|get|mention|say|tell (?:him|her|them)(?: about)?|start with|begin with"
    r"|open with) (?P<what>(?:the |my |that |what )?[^.,;!?\n]{3,60}?)"
    r"(?P<where> (?:first|before .*|to the (?:top|start|front|beginning)|at the (?:top|start|front|beginning)"
    r"|up front|higher(?: up)?|earlier"
    r"|last|to the end|at the end|after .*))?(?=\s*(?:[.,;!?\n]|$|please\b|pls\b))",
    re.IGNORECASE,
)
_OPENS_WITH = re.compile(r"(?:start|begin|open) with", re.IGNORECASE)
_LAST = re.compile(r" (?:last|to the end|at the end|after\b)", re.IGNORECASE)
_COPY = re.compile(
    r"\b(?:(?:please |and |also |can you |could you )*cc|copy(?: in)?"
    r"|put) (?:in )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|him|her|them)"
    r"(?= (?:in (?:copy|cc|on (?:it|this)|too|as well)|on cc|into (?:it|this)))"
    r"|\b(?:cc|c\.c\.|copy in|copying in)(?: in)? (?:(?:his|her|their|my"
    r"|the) [a-z]+(?: [a-z]+)? )?(?P<name2>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|\bcopy (?P<name3>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) in\b",
)
_RATE = re.compile(
    r"\b(?:make|change|put|set) (?:the|my|that) (?:(?:day|hourly|daily|hour) )?(?:rate|price|fee|figure|money"
    r"|amount) (?:to |at |into )?(?P<new>[£$€]?\d[\d.,]*k?)",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?P<sign>[£$€])\d[\d.,]*\d(?P<k>k?)|(?P<sign2>[£$€])\d(?P<k2>k?)")


def amended(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Return the brief with such changes, and the message without the words that ask for them."""
    for change in (
        _undenied,
        _reordered,
        _copied,
        _rated,
        _rounded,
        _placed,
        redated,
        allowed,
        excepted,
        listed,
        _ungone,
    ):
        brief, text = change(text, brief)
    return brief, text


def _undenied(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Leave out the statements that a message denies: "I never saw the lab, it was on Teams"."""
    for match in _DENIED.finditer(text):
        gone = content_words(match["what"])
        if match["verb"].lower() in _SAYING or not gone:
            continue
        said = tuple(each for each in brief.said if not gone <= content_words(each))
        if said != brief.said:
            stop = re.compile(r"[.!?\n]|$").search(text, match.end())
            end = stop.end() if stop is not None else len(text)
            return replace(brief, said=said), f"{text[: match.start()]} {text[end:]}"
    return brief, text


def _reordered(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    for match in _MOVED.finditer(text):
        where = match["where"] or ""
        opens = _OPENS_WITH.match(match.group())
        wanted = content_words(match["what"])
        if not wanted or not (where or opens):
            continue
        mine = [
            each
            for each in brief.said
            if wanted & content_words(each) and len(wanted & content_words(each)) * 2 >= len(wanted)
        ]
        if not mine:
            continue
        rest = [each for each in brief.said if each not in mine]
        said = tuple([*rest, *mine] if _LAST.match(where) and not opens else [*mine, *rest])
        return replace(brief, said=said), f"{text[: match.start()]} {text[match.end() :]}"
    return brief, text


def _copied(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    match = _COPY.search(text)
    name = next((group for group in match.groups() if group), "") if match is not None else ""
    if (
        match is None
        or not name
        or name.lower() in NOT_NAMES
        or name in ("him", "her", "them")
        or brief.channel is not Channel.EMAIL
    ):
        return brief, text
    stop = re.compile(r"[.!?\n]|$").search(text, match.end())
    end = stop.end() if stop is not None else len(text)
    told = f"I am copying in {name}."
    said = brief.said if told in brief.said else (*brief.said, told)
    return replace(brief, said=said), f"{text[: match.start()]} {text[end:]}"


def _rated(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Put one sum in the place of the only one: "make the rate 300"."""
    match = _RATE.search(text)
    if match is None:
        return brief, text
    new = match["new"].rstrip(".,")

    def swap(told: str) -> str:
        def one(found: re.Match[str]) -> str:
            sign, kilo = found["sign"] or found["sign2"], found["k"] or found["k2"] or ""
            return f"{'' if new[0] in '£$€' else sign}{new}{'' if new.endswith('k') else kilo}"

        return _SUM.sub(one, told)

    facts = tuple(_with_value(fact, swap(fact.value)) for fact in brief.facts)
    changed = replace(brief, facts=facts, said=tuple(map(swap, brief.said)), asked=tuple(map(swap, brief.asked)))
    if changed == brief:
        changed = replace(brief, said=(*brief.said, f"My rate would be {spelled(new)}."))
    return changed, f"{text[: match.start()]} {text[match.end() :]}"


_ABOUT = re.compile(
    r"\b(?:say|make it|make that|put|write) (?P<new>(?:around|about|roughly|up to|at least|at most|over|from"
    r"|under) (?P<sign>[£$€]?)(?P<number>\d[\d.,]*)(?P<k>k?))(?=\s*(?:[.,;!?\n]|$|please|pls|instead))",
    re.IGNORECASE,
)


def _rounded(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Say a number less exactly: "say around 35" where "35k or over" stands."""
    match = _ABOUT.search(text)
    if match is None:
        return brief, text
    number = match["number"].rstrip(".,")
    stands = re.compile(
        rf"(?:(?:around|about|roughly|up to|at least|over|from|under"
        rf"|minimum) )?(?P<sign>[£$€]?){re.escape(number)}(?P<k>k?)\b"
        r"(?: (?:or|and) (?:over|more|above|up|under|less)| plus| minimum|\+)?"
    )

    def swap(told: str) -> str:
        how = match["new"].split(match["number"])[0].rstrip("£$€")
        return stands.sub(lambda old: f"{how}{match['sign'] or old['sign']}{number}{match['k'] or old['k']}", told)

    changed = replace(brief, said=tuple(map(swap, brief.said)), asked=tuple(map(swap, brief.asked)))
    return (changed, f"{text[: match.start()]} {text[match.end() :]}") if changed != brief else (brief, text)


_IS_IN = re.compile(
    r"\b(?:the|my|their|his|her) (?P<noun>\w+) (?:is|was) (?P<how>in|at|on"
    r"|near) (?P<new>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)"
)
_VERB_NOT = re.compile(
    r"\bi(?:'ve| have)? (?P<new>\w+ed) (?:it|that"
    r"|the \w+),? (?:and )?not (?P<old>\w+ed)\b[^.!?\n]*",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"^\W*(?:it'?s |its |no,? |sorry,? )*(?P<new>(?P<letters>[A-Z]{1,4})\d{1,2})\b(?=["
    r" ,]*(?:actually|sorry|not\b|i mean|please|[.!]|$))"
)


def _placed(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Put a place, a deed or a grade right that is told of what stands there: "the creamery is in Axminster"."""
    said = brief.said
    match = _IS_IN.search(text) or _VERB_NOT.search(text) or _GRADE.search(text)
    if match is None:
        return brief, text
    if match.re is _IS_IN:
        stands = rf"(\b{re.escape(match['noun'])} )(?:in|at|on|near) [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"
        said = tuple(re.sub(stands, lambda old: f"{old[1]}{match['how']} {match['new']}", each) for each in said)
    elif match.re is _VERB_NOT:
        said = tuple(re.sub(rf"\b{match['old']}\b", lambda _: match["new"], each) for each in said)
    else:
        said = tuple(re.sub(rf"\b{match['letters']}\d{{1,2}}\b", lambda _: match["new"], each) for each in said)
    return (
        (replace(brief, said=said), f"{text[: match.start()]} {text[match.end() :]}")
        if said != brief.said
        else (brief, text)
    )


_GONE = re.compile(
    r"\b(?:not|no) (?P<what>[^,.;!?\n]{2,30}),? (?:it's|it is|its|that's|they're|it has|it's been) (?:run out"
    r"|expired|out of date|gone|lapsed|over|old|no longer|cancelled|private)[^.!?\n]*",
    re.IGNORECASE,
)


def _ungone(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Leave out what does not hold any more: "not first aid, it's run out"."""
    match = _GONE.search(text)
    if match is None:
        return brief, text
    changed = without(brief, [match["what"]])
    return (changed, f"{text[: match.start()]} {text[match.end() :]}") if changed != brief else (brief, text)


def _with_value(fact: DraftFact, value: str) -> DraftFact:
    return fact if value == fact.value else replace(fact, value=value)
