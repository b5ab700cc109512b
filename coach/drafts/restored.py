"""Bring back into a draft what was left out of it: "mention it after all", "put the bit about Derby back in"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.news import as_statements
from coach.drafts.trimming import content_words
from coach.events import Draft
from coach.text import sentences

_BACK = re.compile(
    r"\b(?:mention|say|include|add|tell (?:him|her|them)(?: about)?|put|keep|have"
    r"|use) (?:in )?(?P<what>[^.,;!?\n]{2,60}?)(?: back)?(?: in)? after all\b"
    r"|\bafter all,? (?:do |please |you can |you may )?(?:mention|say|include|add|tell (?:him|her|them)"
    r"|put(?: in)?|keep) (?P<what2>[^.,;!?\n]{2,60})"
    r"|^\W*(?:(?:ok|okay|fine|right|actually|all right)[,.]? )?(?:the )?(?P<what6>[^.,;!?\n]{2,40}) after all\b"
    r"|\b(?:put|bring|get|add|want|have|need) (?P<what3>[^.,;!?\n]{2,60}?) back(?: in)?(?!"
    r" to\b)(?=\s*(?:[.,;!?\n]|$|please|pls|and\b|but\b|now\b|after\b))"
    r"|\bput back (?:in )?(?P<what4>[^.,;!?\n]{2,60})|\bbring back (?P<what5>[^.,;!?\n]{2,60})",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:it|that|this|them|those|the (?:bit|part|line|sentence)|that (?:bit|part|line|sentence)|what (?:i|you) .*)",
    re.IGNORECASE,
)
"""Words that only point at what was left out."""
_CUT = re.compile(r"[,;]\s*|\s+(?:and|but|because|so|though|although)\s+(?=(?:i|i'm|i've|my)\b)", re.IGNORECASE)
_OWN = re.compile(r"(?:i|i'm|im|i've|ive|i'd|i'll|my|we|there)\b", re.IGNORECASE)
_FORBIDS = re.compile(
    r"\b(?:don'?t|do not|dont|not|never|leave|take|without|no need)\b.*\b(?:mention|say|tell|include|out|put|bring)\b",
    re.IGNORECASE,
)


def restored(text: str, versions: Sequence[Draft], every: Sequence[str]) -> tuple[DraftBrief | None, str]:
    """Return the brief with what a message wants back in it, None where it wants nothing back, and what else it says.

    Args:
        text: The message.
        versions: The drafts so far, the newest last.
        every: All messages of the person, the newest last.
    """
    text = text.replace("’", "'")
    match = _BACK.search(text)
    if match is None:
        return None, text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    what = next(group for group in match.groups() if group).strip()
    wanted = frozenset[str]() if _POINTS.fullmatch(what) else content_words(what)
    brief = versions[-1].brief
    for old in reversed(versions[:-1]):
        said = _merged(brief.said, old.brief.said, wanted)
        asked = _merged(brief.asked, old.brief.asked, wanted)
        if said != brief.said or asked != brief.asked:
            return replace(brief, said=said, asked=asked, left_out=_still_out(brief, wanted)), rest
    for gone in reversed(brief.left_out):
        if wanted and not wanted & content_words(gone):
            continue
        told = next(_told(gone, every), f"[{gone}].")
        left_out = tuple(each for each in brief.left_out if each != gone)
        return replace(brief, said=(*brief.said, told), left_out=left_out), rest
    return None, text


def _merged(now: tuple[str, ...], before: tuple[str, ...], wanted: frozenset[str]) -> tuple[str, ...]:
    """Return sentences with those of an earlier version that are wanted back, in the order that they had there."""
    back = [each for each in before if each not in now and (not wanted or wanted & content_words(each))]
    if not back:
        return now
    # What is left of a sentence gives way to the whole one.
    rest = [each for each in now if not any(content_words(each) <= content_words(whole) for whole in back)]
    return (*(each for each in before if each in back or each in rest), *(each for each in rest if each not in before))


def _still_out(brief: DraftBrief, wanted: frozenset[str]) -> tuple[str, ...]:
    if not wanted:
        return brief.left_out[:-1]
    return tuple(each for each in brief.left_out if not wanted & content_words(each))


def _told(gone: str, every: Sequence[str]) -> Iterator[str]:
    """Yield the sentences in which what was to be left out was told, the newest first."""
    if _OWN.match(gone):
        yield from as_statements(gone, frozenset())
    words_ = content_words(gone)
    for message in reversed(every[:-1]):
        for part in sentences(message.replace("’", "'")):
            for clause in _CUT.split(part):
                told = clause.strip(" .!?")
                if words_ and words_ <= content_words(told) and _OWN.match(told) and not _FORBIDS.search(told):
                    yield from as_statements(told, frozenset())
