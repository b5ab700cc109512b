"""Leave out of a draft what a person wants out of it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from coach.draft import DraftBrief, DraftEdit, DraftFact
from coach.drafts.facts import read_facts
from coach.drafts.steering import words_left_out
from coach.drafts.trimming import OF_MONEY, content_words, holds, rest_of, rest_of_question, unfigured, unpriced
from coach.facts.stages import STAGES, stage_of

_BY_NAME = {
    "company": "company",
    "employer": "company",
    "agency": "agency",
    "role": "role",
    "job": "role",
    "date": "day",
    "day": "day",
    "reference": "reference",
    "surname": "recipient",
}
"""Facts by the words that name them: "take out the date"."""
_LESS = re.compile(r"\bless (?P<words>hurt|sad|disappointed|needy|desperate|bitter|upset|gutted)\b", re.IGNORECASE)
_NO_THIS = re.compile(r"^\W*no (?P<words>[\w' -]{3,30}?)(?: yet| please| now)?, (?:just|only) ", re.IGNORECASE)
_ALTOGETHER = re.compile(
    r"[, ]*\b(?:altogether|completely|entirely|actually|please|pls|obviously|again|too|then|now"
    r"|though)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:drop|cut|remove|delete|lose|skip|scrap|leave out|take out|without|don'?t (?:need|want)) (?:the |that )?"
    r"(?P<which>first|second|last|final|closing|opening) (?:sentence|line|bit|paragraph|part)\b",
    re.IGNORECASE,
)


def to_leave_out(text: str) -> list[str]:
    """Return the words that a message wants out of a draft that stands."""
    wanted = (_ALTOGETHER.sub("", each) for each in words_left_out(text))
    bare = [match["words"] for pattern in (_LESS, _NO_THIS) for match in pattern.finditer(text)]
    return [*(each for each in wanted if each), *bare]


def without(brief: DraftBrief, wanted: Iterable[str]) -> DraftBrief:
    """Return the brief without what is to be left out; of a sentence that says more, the rest stays."""
    for each in wanted:
        gone = content_words(each)
        if not gone:
            continue
        if re.match(r"why\b", each):
            brief = replace(brief, said=tuple(_REASON.sub(".", said) for said in brief.said))
            continue
        if gone <= _QUESTIONS:
            brief = replace(brief, asked=(), marks=tuple(sorted({*brief.marks, "no_ask"})))
            continue
        if _WHERE.search(each):
            brief = replace(brief, said=tuple(_PLACED.sub("", said) for said in brief.said))
            continue
        if gone <= OF_MONEY and (less := tuple(map(unpriced, brief.said))) != brief.said:
            brief = replace(brief, said=tuple(said for said in less if said), left_out=(*brief.left_out, each))
            continue
        if gone <= _DATES and (less := tuple(map(_undated, brief.said))) != brief.said:
            brief = replace(brief, said=less)
            continue
        if gone <= _FIGURES and (reach := tuple(said for said in brief.said if not _REACHED.match(said))) != brief.said:
            brief = replace(brief, said=reach)
            continue
        if gone <= _FIGURES:
            brief = replace(brief, said=tuple(map(unfigured, brief.said)), asked=tuple(map(unfigured, brief.asked)))
            continue
        brief = _without_source(brief, gone)
        brief = replace(
            brief,
            said=tuple(rest for said in brief.said if (rest := rest_of(said, gone))),
            asked=tuple(rest for asked in brief.asked if (rest := rest_of_question(asked, gone))),
            facts=tuple(_facts_without(brief.facts, gone)),
            marks=tuple(mark for mark in brief.marks if mark not in read_facts(each).marks),
            left_out=tuple(dict.fromkeys([*brief.left_out, each])),
            by_hand=tuple(replace(edit, text=_block_without(edit.text, gone)) for edit in brief.by_hand),
        )
    return brief


def cut(text: str, brief: DraftBrief, blocks: Mapping[str, str], wanted: Iterable[str]) -> DraftBrief:
    """Return the brief with sentences of the templates taken out by hand: by their words or by their place.

    Args:
        text: The message.
        brief: The brief.
        blocks: The blocks of its draft by name, in order.
        wanted: Words that are to go.
    """
    edits = {edit.part: edit for edit in brief.by_hand}
    inner = {name: block for name, block in blocks.items() if name not in ("greeting", "closing")}
    for each in wanted:
        gone = content_words(each)
        for name, block in inner.items():
            rest = _block_without(block, gone) if gone else block
            if rest != block:
                edits[name] = DraftEdit(part=name, text=rest)
    if (match := _PLACE.search(text)) is not None and inner:
        first = match["which"].lower() in ("first", "opening")
        name = next(iter(inner)) if first or match["which"].lower() == "second" else list(inner)[-1]
        parts = _sentences(inner[name])
        place = 0 if first else 1 if match["which"].lower() == "second" else len(parts) - 1
        edits[name] = DraftEdit(part=name, text=" ".join(part for at, part in enumerate(parts) if at != place))
    return replace(brief, by_hand=tuple(edits.values()))


_DATES = frozenset({"start", "date", "day", "starting"})
_DATED = re.compile(
    r",? (?:start(?:ing)?|begin(?:ning)?|from|on) (?:on )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z]\w+"
    r"|[A-Z]\w+ \d{1,2}(?:st|nd|rd|th)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?=[.,]| and\b)"
)


def _undated(said: str) -> str:
    """Return a sentence without the date at which something starts."""
    return _DATED.sub("", said)


_QUESTIONS = frozenset({"question", "ask"})
_REASON = re.compile(r",? (?:because|cos|coz|since|as|due to)\b[^.]*\.$", re.IGNORECASE)
_WHERE = re.compile(r"\bwhere i(?:'ve| have|'m| am)? (?:was |been |did )?\w+", re.IGNORECASE)
_PLACED = re.compile(r" (?:in|at|for|with) (?:the )?[A-Z][\w'’&-]*(?: (?:& |and )?[A-Z][\w'’&-]*)*")
"""The place or employer that "where I worked" is."""
_REACHED = re.compile(r"(?:You can reach me|My (?:phone |mobile )?number is)\b")
_FIGURES = frozenset({"number", "figure", "amount"})


def _without_source(brief: DraftBrief, gone: frozenset[str]) -> DraftBrief:
    """Return the brief without how far it went, where that was told in the sentence that is to be left out."""
    values = " ".join([*brief.said, *brief.asked, *(fact.value for fact in brief.facts if fact.name != "day")])
    if gone & content_words(values) or not any(
        fact.name == "stage" and gone <= content_words(fact.source) for fact in brief.facts
    ):
        return brief
    facts = tuple(
        fact for fact in brief.facts if not (fact.name in ("stage", "day") and gone <= content_words(fact.source))
    )
    marks = tuple(mark for mark in brief.marks if mark not in STAGES)
    return replace(brief, facts=facts, marks=tuple(sorted({*marks, "not_before"})))


def _facts_without(facts: Iterable[DraftFact], gone: frozenset[str]) -> Iterable[DraftFact]:
    named = {_BY_NAME[word] for word in gone if word in _BY_NAME}
    for fact in facts:
        if fact.name in named:
            continue
        if fact.name == "sender" or not holds(fact.value, gone):
            yield fact
        elif fact.name == "stage" and (stage := _stage_besides(fact, gone)) is not None:
            yield stage


def _stage_besides(fact: DraftFact, gone: frozenset[str]) -> DraftFact | None:
    """Return the other stage that the same sentence tells of; None where it tells of no other."""
    said = re.sub(r"[\w'-]+", lambda word: "" if content_words(word.group()) & gone else word.group(), fact.source)
    other = stage_of(said)
    return replace(fact, value=other[0]) if other is not None and other[0] != fact.value else None


_ONLY = re.compile(
    r"\b(?:only|just) (?:keep |leave |ask |have |want )*(?:the )?(?:question|one|bit|part|ask|thing)s? (?:about"
    r"|on|with) (?P<what>[^.,;!?\n]+)"
    r"|\b(?:only|just) (?:keep |leave |ask (?:about )?)(?P<what2>the [^.,;!?\n]+)",
    re.IGNORECASE,
)


def only_about(text: str, asked: list[str]) -> list[str]:
    """Return the questions, or of one question the alternatives, that are about what alone is to be asked."""
    match = _ONLY.search(text)
    wanted = content_words(match["what"] or match["what2"]) if match is not None else frozenset()
    kept = [each for each in asked if wanted & content_words(each)]
    if not kept:
        return asked
    narrowed = []
    for each in kept:
        body, end = each[:-1], each[-1]
        ways = re.split(r",? or (?=too |the |my |because |that |it )", body)
        opens = re.match(r"(?:.*?\b(?:if|whether|was it|is it|were|was)) ", body)
        hit = [place for place, way in enumerate(ways) if wanted & content_words(way)]
        if len(ways) > 1 and hit == [0]:
            narrowed.append(ways[0] + end)
        elif len(ways) > 1 and hit == [1] and opens is not None and re.match(r"(?:the|my|because|that) ", ways[1]):
            narrowed.append(f"{opens.group()}{ways[1]}{end}")
        else:
            narrowed.append(each)
    return narrowed


def _block_without(block: str, gone: frozenset[str]) -> str:
    kept = [part for part in _sentences(block) if not (gone and holds(part, gone))]
    greeting = _GREETING.match(block)
    if greeting is not None and kept and not kept[0].startswith(greeting.group()):
        first = kept[0] if re.match(r"I\b", kept[0]) else kept[0][0].lower() + kept[0][1:]
        kept[0] = f"{greeting.group()}{first}"
    return " ".join(kept)


_GREETING = re.compile(r"(?:Hi|Hello|Dear) [A-Z][\w'’.-]*(?: [A-Z][\w'’-]+){0,3}, ")


def _sentences(block: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", block.strip()) if part]
