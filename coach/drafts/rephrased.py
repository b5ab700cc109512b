"""Put a phrase in the place of one that stands in a draft, where a message only says it again, otherwise.

"Spring or summer gangs", "make that at one week's notice", "put 'presentation on the burial ground accounts'",
"not evenings. Weekends.": what is replaced is told by the words that both have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.trimming import content_words
from coach.drafts.values import NUMBER
from coach.drafts.wording import addressed, spelled
from coach.text import words

_QUOTED = re.compile(r"(?:^|(?<=[\s(]))[\"“'‘](?P<new>(?:[^\"”'’\n]|['’](?=\w)){4,120})[\"”'’](?=[\s.,;!?)]|$)")
_MAKE_IT = re.compile(
    r"(?:^|[.!?,\n]\s*|\b(?:no|sorry|actually|and|please|oh|just),? )(?:just )?(?:make|call|change|say|put"
    r"|do)(?: (?:it|that"
    r"|this)(?: to)?)?"
    r":? (?:at |on |in |for |by )?(?P<new>\w(?:[^.,;!?\n]|\.(?=\d)){1,60})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:(?:no|oh|sorry|actually|wait|well|it'?s|its)[, ]+)*(?P<new>\w[^.;!?\n]{2,60}?)\W*", re.IGNORECASE
)
_FILLER = re.compile(r"[, ]+(?:haha|lol|please|pls|actually|sorry|i mean|instead|rather|then|ha)\W*$", re.IGNORECASE)
_NO_PHRASE = re.compile(
    r"^(?:i|i'm|i've|i'd|my|he|she|they|we|you|can|could|would|should|is|are|was|do|does|add|mention|ask|tell"
    r"|thank|thanks"
    r"|take|leave|drop|remove|cut|not|don'?t|write|send|more|less|a (?:bit|little)|shorter|longer|only|just|yes"
    r"|no|ok|undo|go)\b|.*\bin (?:brackets|quotes|bold|capitals|italics)\b",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"(?:^|[.!?\n]\s*)(?:not"
    r"|no) (?P<old>[\w'-]+(?: [\w'-]+)?)\b(?P<why>[^.!?\n]*)[.!?\n]\s*(?P<new>[\w'-]+(?: [\w'-]+){0,2})"
    r"\W*(?:$|please|pls)",
    re.IGNORECASE,
)
_KEPT = frozenset({"recipient", "sender", "company", "agency"})
_LONGEST, _WIDER, _MOST_ADDED = 9, 4, 2
_SEASON_AND_YEAR = 2


def rephrased(text: str, brief: DraftBrief) -> tuple[DraftBrief, str]:
    """Return the brief with a phrase of a message in the place of the one that stands there for the same thing.

    The other value is the message without that phrase.
    """
    if (swap := _NOT_THIS.search(text)) is not None:
        changed = _swapped(brief, swap["old"], swap["new"])
        if changed != brief:
            return changed, f"{text[: swap.start()]} {text[swap.end() :]}"
    for new, (start, end) in _phrases(text):
        for value in (*brief.said, *brief.asked, *(f.value for f in brief.facts if f.name not in _KEPT)):
            if (told := _aligned(value, new)) is not None and told != value:
                return _with(brief, value, told), f"{text[:start]} {text[end:]}"
    return brief, text


def _phrases(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the phrases that a message may put in place of others, each with the place that it has there."""
    quoted = [*_QUOTED.finditer(text)]
    found = [*quoted, *_MAKE_IT.finditer(text)]
    if (bare := _BARE.fullmatch(text)) is not None:
        found.append(bare)
    for match in found:
        each = match["new"]
        while (shorter := _FILLER.sub("", each)) != each:
            each = shorter
        told = spelled(each.strip(" ,"))
        told = told if match in quoted else addressed(told)
        if match not in quoted and re.search(r"\b(?:is|was|are|were|has|have)\b", told):
            continue
        told = f"in {told}" if re.match(r"\w+ (?:weeks?|days?|months?)['’]? time\b", told) else told
        if 1 < len(told.split()) <= _LONGEST and not _NO_PHRASE.match(told):
            yield told, match.span()


def _aligned(value: str, new: str) -> str | None:
    """Return a sentence with a phrase in place of the one that begins or ends alike; None where none does."""
    said, stands = new.split(), value.split()
    plain = [_plain(word) for word in stands]
    first, last = _plain(said[0]), _plain(said[-1])
    shared = content_words(new) & content_words(value)
    if new.startswith("in "):
        # "in two weeks' time" for the "next week" that stands there.
        return re.sub(r"\b(?:next|this) (?:week|month)\b", new, value) if "week" in new or "month" in new else None
    if not shared or " ".join(map(_plain, said)) in " ".join(plain):
        return None
    if " or " in new or " and " in new:
        head = [_plain(word) for word in re.split(r" (?:or|and) ", new)[0].split()]
        for at in range(len(plain) - len(head) + 1):
            if plain[at : at + len(head)] == head and last not in plain:
                return _put(stands, at, at + len(head) - 1, new)
    for start in range(1, min(len(said) - 1, _MOST_ADDED + 1)):
        # "Scottish personal licence" for the "personal licence" that stands there.
        tail = [_plain(word) for word in said[start:]]
        for at in range(len(plain) - len(tail) + 1):
            if plain[at : at + len(tail)] == tail and first not in plain and content_words(tail[0]):
                return _put(stands, at, at + len(tail) - 1, new)
    if len(said) == _SEASON_AND_YEAR and _SEASON.match(first):
        # "autumn 2028" for the "summer 2028" that stands there.
        tail = [_plain(word) for word in said[1:]]
        at = next(
            (at for at in range(1, len(plain)) if _SEASON.match(plain[at - 1]) and plain[at : at + len(tail)] == tail),
            0,
        )
        return _put(stands, at - 1, at + len(tail) - 1, new) if at else None
    if not (len(shared) > 1 or NUMBER.match(said[0])):
        return None
    for at, word in enumerate(plain):
        if word != first and not (NUMBER.match(first) and NUMBER.match(word)):
            continue
        reach = range(min(len(plain), at + len(said) + _WIDER) - 1, at, -1)
        end = next((place for place in reach if plain[place] in shared_ends(said)), None)
        if end is not None:
            return _put(stands, at, end, new)
    return None


_SEASON = re.compile(r"(?:spring|summer|autumn|winter|fall|early|mid|late)$")


def shared_ends(said: list[str]) -> frozenset[str]:
    """Return the words of a phrase, without its first, at which the one that it stands for may end."""
    return frozenset(_plain(word) for word in said[1:] if content_words(word))


def _plain(word: str) -> str:
    return re.sub(r"['’]s$|(?<=\w\w\w)s$", "", word.lower().strip(".,;:?!()\"'“”")) or word.lower()


def _put(stands: list[str], start: int, end: int, new: str) -> str:
    close = re.search(r"[.,;:?!)]*$", stands[end])
    told = new if start else new[0].upper() + new[1:]
    return " ".join([*stands[:start], told + (close.group() if close else ""), *stands[end + 1 :]])


def _swapped(brief: DraftBrief, old: str, new: str) -> DraftBrief:
    """Return the brief with one word for another, in its sentences, questions and facts but for names."""
    if not content_words(old) or len(words(new)) > _WIDER or _NO_PHRASE.match(new):
        return brief
    pattern = re.compile(rf"\b{re.escape(old)}\b(?: too| either)?", re.IGNORECASE)
    told = spelled(new).strip()
    told = told if told.split()[0][1:].lower() != told.split()[0][1:] or _is_day(told) else told[0].lower() + told[1:]

    def swap(value: str) -> str:
        return pattern.sub(lambda _: told, value)

    return replace(
        brief,
        said=tuple(map(swap, brief.said)),
        asked=tuple(map(swap, brief.asked)),
        facts=tuple(f if f.name in _KEPT else replace(f, value=swap(f.value)) for f in brief.facts),
    )


def _is_day(told: str) -> bool:
    return re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b", told) is not None


def _with(brief: DraftBrief, old: str, new: str) -> DraftBrief:
    return replace(
        brief,
        said=tuple(new if each == old else each for each in brief.said),
        asked=tuple(new if each == old else each for each in brief.asked),
        facts=tuple(replace(f, value=new) if f.value == old and f.name not in _KEPT else f for f in brief.facts),
    )
