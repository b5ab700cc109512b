"""Put words right in a brief: a name, a number, a day, what somebody said.

What a message puts right is found by its shape ("X, not Y", "change Y to X", "you wrote Y, I said X"), and taken only
where Y stands in the draft: so a sentence that merely looks like a correction changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from coach.draft import DraftBrief, DraftEdit, DraftFact, DraftKind
from coach.drafts.naming import readdressed, respelled, retitled
from coach.drafts.pairs import EMPTY, Pair, pairs
from coach.drafts.values import DATE, NUMBER, WEEKDAY, exchanged
from coach.facts.lexicon import ROLE_HEADS, TITLES
from coach.facts.names import is_name


def reworded(text: str, brief: DraftBrief, blocks: Mapping[str, str]) -> DraftBrief:
    """Return the brief with words of the templates put right by hand, as in "CV, not resume" or "Hi instead of Dear".

    Args:
        text: The message.
        brief: The brief.
        blocks: The blocks of its draft by name.
    """
    edits = {edit.part: edit for edit in brief.by_hand}
    if (ends_ := _ENDS_WITH.search(text)) is not None and "closing" in blocks:
        name = blocks["closing"].rpartition("\n")[2]
        edits["closing"] = DraftEdit(part="closing", text=f"{ends_['how']},\n{name}")
    for pair in pairs(text):
        quoted = re.search(rf"[\"“'‘]{re.escape(pair.old)}[\"”'’]", text, re.IGNORECASE)
        if not (quoted or pair.old.lower() in _FORMS) or len(pair.new.split()) > _FEW:
            continue
        for name, block in blocks.items():
            match = _standing(pair.old).search(block)
            if match is not None and not re.search(r"\[[^\]]*$", block[: match.start()]):
                edits[name] = DraftEdit(part=name, text=_exchanged(block, pair.old, pair.new))
                break
    return replace(brief, by_hand=tuple(edits.values()))


_ENDS_WITH = re.compile(
    r"\b(?i:end|close|finish|sign off)(?i: it| the email| this)? (?i:with) [\"“'‘]?(?P<how>[A-Z][a-z]+(?: [a-z]+){0,2})"
)
_FEW = 4
_FORMS = frozenset({"dear", "hello", "hi", "hey", "kind regards", "best wishes", "regards", "yours sincerely"})


def corrected(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Return the brief with words put right, and the message without the words that are wrong."""
    rest, found = text, False
    for pair in pairs(text):
        placed = _placed(brief, pair)
        found = found or placed != brief
        if placed != brief or pair.old.lower() not in pair.new.lower():
            start, end = pair.span
            rest = rest[:start] + " " * (end - start) + rest[end:] if placed != brief else rest
        brief = placed
    if (quoted := _QUOTED.search(text)) is not None:
        brief = _requoted(brief, quoted["new"])
    brief = retitled(text, brief)
    brief = brief if found else readdressed(text, brief)
    if not found:
        brief = respelled(text, brief)
        bare = [*_RATHER.finditer(text), *_FIRST_OF_ALL.finditer(text)]
        told = [match["new"].strip() for match in (*_INSTEAD.finditer(text), *bare)]
        if bare and brief.kind is DraftKind.RESCHEDULE and _A_DAY.match(bare[-1]["new"]):
            # A bare day is the one proposed, and not the one that cannot be kept.
            return _proposed(brief, re.split(r"[,;!]|\.(?!\d)", text[bare[-1].start("new") :], maxsplit=1)[0]), rest
        told = [f"in {new}" if _FROM_NOW.match(new) else new for new in told]
        for place, new in enumerate(told):
            if place < len(told) - len(bare) or NUMBER.match(new.split()[0]):
                brief = _mapped(brief, partial(exchanged, new=new))
    return brief, re.sub(r"\b(?:not|instead of|rather than)\s{3,}", " ", rest)


_A_DAY = re.compile(rf"(?:(?:end of|after|before|by|from) )?{DATE.pattern}", re.IGNORECASE)


def _proposed(brief: DraftBrief, when: str) -> DraftBrief:
    when = _AROUND_A_DAY.sub("", when.strip(" \n?:…-")).strip(" ?:…-")
    if not when:
        return brief
    facts = {fact.name: fact for fact in brief.facts}
    day = WEEKDAY.match(when)
    ways = facts["newtime"].value.split(" or ") if "newtime" in facts else []
    only = re.search(r"\bonly\b", when, re.IGNORECASE) is not None
    when = re.sub(r"\s*\bonly\b", "", when, flags=re.IGNORECASE)
    if day is not None and not only and len(ways) > 1 and any(day.group().lower() in way.lower() for way in ways):
        # Of two times that were proposed, only the one on that day is put right.
        when = " or ".join(when if day.group().lower() in way.lower() else way for way in ways)
    if "own" in facts.get("case", DraftFact(name="", value="")).value or "own" in brief.marks:
        when = f"{when[0].lower()}{when[1:]}" if not WEEKDAY.match(when) else when
        when = when if re.match(r"(?:by|on|before|after|tomorrow|today|tonight|next)\b", when) else f"by {when}"
    else:
        when = when[0].upper() + when[1:]
    facts["newtime"] = DraftFact(name="newtime", value=when, source=when)
    return replace(brief, facts=tuple(facts.values()))


_FROM_NOW = re.compile(r"\w+ (?:weeks?|days?|months?)['’]? time\b", re.IGNORECASE)
_AROUND_A_DAY = re.compile(
    r"^(?:no|oh|sorry|wait|on|make it|it'?s)\b,? |,? (?:please|pls|sorry|i mean|instead|then)$", re.IGNORECASE
)


def _placed(brief: DraftBrief, pair: Pair) -> DraftBrief:
    """Return the brief with a pair's new words where the old ones, or the most of them that stand there, were."""
    if re.fullmatch(TITLES, pair.old.rstrip("."), re.IGNORECASE):
        return brief
    values = [*(fact.value for fact in brief.facts), *brief.said, *brief.asked, *(edit.text for edit in brief.by_hand)]
    if _both_jobs(pair) and not any(_standing(pair.old).search(value) for value in values):
        # Another job than the one that was understood; words of it in other sentences stay.
        return replace(brief, facts=tuple(replace(f, value=pair.new) if f.name == "role" else f for f in brief.facts))
    for part in parts_of(pair.old):
        if _says_how_far(brief, part) and not _HOW_FAR.search(pair.new):
            return _as_stage(brief, "interview")
        if not _is_person(pair) and any(_standing(part).search(fact.value) for fact in _persons(brief)):
            return brief
        if any(_standing(part).search(value) for value in values):
            return _replaced(brief, part, pair.new)
    return _named(brief, pair)


def _both_jobs(pair: Pair) -> bool:
    return all(
        words_.split()[-1].lower().rstrip("s") in ROLE_HEADS and " " in words_ for words_ in (pair.old, pair.new)
    )


def _replaced(brief: DraftBrief, old: str, new: str) -> DraftBrief:
    """Return the brief with new words for old ones that stand there."""
    last = old.rsplit(maxsplit=1)[-1]
    if last != old and NUMBER.match(new) and NUMBER.match(last):
        # "not level 3 in June, it's July": only the month is another one.
        old = last
    newtime = next((fact.value for fact in brief.facts if fact.name == "newtime"), "")
    if _standing(old).search(newtime) and _A_DAY.match(new) and len(new.split()) > 1:
        return _proposed(brief, new)
    if DATE.match(old) and DATE.match(new):
        return _mapped(brief, partial(_dated, old=old, new=new))
    new = _one(new, last) if len(new.split()) > 1 else new
    return _mapped(brief, partial(_exchanged, old=old, new=new))


def _persons(brief: DraftBrief) -> Iterator[DraftFact]:
    return (fact for fact in brief.facts if fact.name in ("recipient", "sender"))


def _is_person(pair: Pair) -> bool:
    """Whether the new words can be a name or a team; in small letters only where the old ones are written so too."""
    team = re.fullmatch(r"(?:hiring|recruit\w+|hr|talent|people) team", pair.new, re.IGNORECASE)
    return team is not None or (len(pair.new.split()) < _FEW and is_name(pair.new, low=pair.old.islower()))


def _one(new: str, word: str) -> str:
    """Return new words with an old one for the "one" at their end."""
    return re.sub(r"\bone$", lambda _: word, new)


def _dated(value: str, old: str, new: str) -> str:
    return exchanged(value, new) if _standing(old).search(value) else value


_HOW_FAR = re.compile(
    r"\b(?:interview|chat|call|talk|meeting|round|test|task|screen|day|shift|trial|presentation|lesson|visit|form"
    r"|panel|demo|audition|tour"
    r"|workshop|observation|assessment|stage|exercise|centre|center|class)\b",
    re.IGNORECASE,
)


def _says_how_far(brief: DraftBrief, part: str) -> bool:
    return any(fact.name == "stage" and part.lower() in fact.value.lower() for fact in brief.facts)


def _as_stage(brief: DraftBrief, stage: str) -> DraftBrief:
    facts = tuple(replace(fact, value=stage) if fact.name == "stage" else fact for fact in brief.facts)
    return replace(brief, facts=facts)


def parts_of(phrase: str) -> Iterator[str]:
    """Return the runs of words in a phrase, longest first, but for those that say nothing."""
    said = phrase.split()
    for length in range(len(said), 0, -1):
        for start in range(len(said) - length + 1):
            part = said[start : start + length]
            if not {word.lower() for word in part} <= EMPTY:
                yield " ".join(part)


def _standing(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){re.escape(part)}(?![\w])", re.IGNORECASE)


def _exchanged(value: str, old: str, new: str) -> str:
    def swap(match: re.Match[str]) -> str:
        first = match.group().split()[0]
        large = first[0].isupper() and not NUMBER.match(match.group()) and not (first.isupper() and new[0].islower())
        capital = large or (match.start() == 0 and match.group()[0].isupper()) or WEEKDAY.match(new)
        told = " ".join(word.capitalize() if _SHOUTED.fullmatch(word) else word for word in new.split())
        told = told[0].upper() + told[1:] if capital and told[0].islower() else told
        before = match.string[: match.start()].split()
        if len(told.split()) > 1 and before and before[-1].lower() == told.split()[0].lower():
            # "Bell Archive" for the second word of "Bell Collection".
            told = told.split(maxsplit=1)[1]
        # "three weeks" for the "two" of "two weeks", "Carrick Credit Union" for the first word of another one.
        said, after = told.split(), match.string[match.end() :]
        for place in range(1, len(said)):
            if after.lower().startswith(f" {' '.join(said[place:])}".lower()):
                return " ".join(said[:place])
        return told

    if _PLACING.match(new):
        # "as a stage" for the "free" of "for free".
        value = re.sub(rf"\b(?:for|as|in|on|at|by|with) (?={re.escape(old)}\b)", "", value, flags=re.IGNORECASE)
    return _BEFORE_WHEN.sub("", _standing(old).sub(swap, value))


_PLACING = re.compile(r"(?:as|for|in|on|at|by|with|from) (?:an?|the|my|one|two|three|\d)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"[A-Z]{5,}")
"""A word in capitals that is no short form: said loudly, and not spelled so."""
_BEFORE_WHEN = re.compile(r"\b(?:on|in|at) (?=(?:last|next|this) \w+|tomorrow\b|yesterday\b)", re.IGNORECASE)


def _named(brief: DraftBrief, pair: Pair) -> DraftBrief:
    """Put a name right that stands in the draft with more to it: "it's Ginny, not Ms Hargreaves"."""
    if not _is_person(pair):
        return brief
    old = set(pair.old.lower().replace(".", "").split())

    def swap(value: str) -> str:
        return pair.new if old and old <= set(value.lower().replace(".", "").split()) else value

    facts = tuple(
        replace(fact, value=swap(fact.value)) if fact.name in ("recipient", "sender") else fact for fact in brief.facts
    )
    return replace(brief, facts=facts)


_RATHER = re.compile(
    r"(?:^|[.!?,;\n]\s*|\b(?:no|wait|oh)[, ]+)(?:from |on |in |at |for |by "
    r"|it'?s )?(?:the )?(?P<new>[\w£$€%.:]+(?: \w+){0,3}?),?"
    r" (?:sorry|i mean(?:t)?|actually|rather|instead)\b",
    re.IGNORECASE,
)
_FIRST_OF_ALL = re.compile(
    r"^\W*(?:no,? |oh,? )?(?:from |on |in |at |by |until |till |it'?s )?(?:the )?"
    r"(?P<new>(?:[\w£$€%.:]|,(?=\d{3}))+(?: \w+){0,2}?)(?=\s*(?:[,;.!]|$))",
    re.IGNORECASE,
)
"""A day or number with which a message begins puts right the one that stands there."""
_INSTEAD = re.compile(
    r"\b(?:actually|no,? wait,?|wait,?|oh no,?|make (?:that|it)|i mean(?:t)?|sorry,?|correction:?|rather"
    r"|no,? it(?:'s| is| was)|it was"
    r"|should be|change (?:it|that) to|wrong (?:day|month|date|time|number),?|(?:say|do) it'?s)"
    r"\s+(?:it(?:'s| is| was)\s+)?(?:an?\s+|the\s+|in\s+|on\s+|at\s+)*(?P<new>[\w£$€](?:[^.;!?\n,]|\.(?=\d)"
    r"|,(?=\d{3})){0,40})",
    re.IGNORECASE,
)


_QUOTED = re.compile(r"\b(?:said|wrote|told me)[:,]? ?[\"“](?P<new>[^\"”]{3,60})[\"”]", re.IGNORECASE)


def _requoted(brief: DraftBrief, new: str) -> DraftBrief:
    """Put the reader's words right: "he said 'maybe next year'" where "next year" stood."""
    said = new.split()
    for length in range(len(said) - 1, 0, -1):
        tail = " ".join(said[-length:])
        if len(tail) > 3 and any(
            tail.lower() in fact.value.lower() for fact in brief.facts if fact.name == "mentioned"
        ):
            return _mapped(brief, partial(_exchanged, old=tail, new=new.lower() if new[0].isupper() else new))
    return brief


def _mapped(brief: DraftBrief, swap: Callable[[str], str]) -> DraftBrief:
    return replace(
        brief,
        facts=tuple(
            fact if fact.name == "reference" else replace(fact, value=swap(fact.value)) for fact in brief.facts
        ),
        said=tuple(swap(each) for each in brief.said),
        asked=tuple(swap(each) for each in brief.asked),
        by_hand=tuple(DraftEdit(part=edit.part, text=swap(edit.text)) for edit in brief.by_hand),
    )
