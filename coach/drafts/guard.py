"""The draft guard: judges a whole draft against the conversation before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.draft import Channel, DraftKind
from coach.drafts.assemble import LINKEDIN_CHARACTERS
from coach.drafts.steering import RUDE
from coach.drafts.templates import Template
from coach.drafts.wording import spelled
from coach.events import Draft
from coach.facts.lexicon import word_set
from coach.text import words

LONGEST_EMAIL = 200
LONGEST_TEXT = 75
MOST_QUESTIONS = 3
"""One ask, which may hold an either-or, and one that the person added."""


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """What is wrong with a draft: the reason, and the words that show it."""

    reason: str
    words: str


_CLOSES = re.compile(
    r"\b(?:never (?:apply|work|contact)|do not contact me|last you(?: wi|')ll hear|not interested any ?more"
    r"|no longer interested|good riddance|your loss)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\b(?:i (?:demand|insist|require)|(?<!can )(?<!should )i expect|you (?:must|have to|owe)|immediately|at once"
    r"|within \d+ (?:hours|days)|reconsider|change your (?:mind|decision)|why (?:did|was|were) (?:you|i) "
    r"(?:not )?(?:reject|chosen|pick))\b",
    re.IGNORECASE,
)
_FLATTERY = re.compile(
    r"\b(?:admire|amazing|incredible|dream (?:job|company)|prestigious|world[- ]class|honou?red to|passionate about)\b",
    re.IGNORECASE,
)
_NO_THANKS_NEEDED = frozenset(
    {
        DraftKind.INTRODUCTION_REQUEST,
        DraftKind.RESCHEDULE,
        DraftKind.HOT_WITHDRAWAL,
        DraftKind.RECRUITER_MESSAGE,
        DraftKind.NEW_OPENING,
    }
)
_WORDS = re.compile(r"[^\W_]+(?:['’&/.-][^\W_]+)*")
_BRACKET = re.compile(r"\[[^\[\]]*\]")
"""What is yet to be filled in: "[your name]"."""
_NUMBER = re.compile(r"\d+")
_CONTRACTED = frozenset({"m", "d", "ve", "ll", "re", "s"})
"""What an apostrophe leaves of a word: "I'm", "I'd"."""
_OPENS = re.compile(r"(?:^|[.?!:]\s+|\n\s*)$")


def flaws(draft: Draft, said: Iterable[str], vocabulary: frozenset[str]) -> list[Flaw]:
    """Return all that is wrong with a draft, nothing if it may be shown.

    Args:
        draft: The draft.
        said: The person's messages.
        vocabulary: Words that the templates use themselves.
    """
    found: list[Flaw] = []
    text = f"{draft.subject}\n{draft.body}"
    unknown = invented(text, said, vocabulary)
    if unknown:
        found.append(Flaw(reason="invented", words=" ".join(unknown)))
    for reason, pattern in (("rude", RUDE), ("demand", _DEMANDS), ("flattery", _FLATTERY), ("closes_door", _CLOSES)):
        if (match := pattern.search(text)) is not None:
            found.append(Flaw(reason=reason, words=match.group()))
    low = set(words(_BRACKET.sub(" ", text)))
    for each in draft.brief.left_out:
        kept = set(words(each)) - _COMMON
        if kept and kept <= low:
            found.append(Flaw(reason="leak", words=each))
    if "!" in text:
        found.append(Flaw(reason="tone", words="!"))
    if text.count("?") > MOST_QUESTIONS and draft.channel is not Channel.PHONE:
        found.append(Flaw(reason="asks", words="?"))
    if (
        draft.kind not in _NO_THANKS_NEEDED
        and not re.search(r"\bthank|\bgrateful|\bappreciate", text, re.IGNORECASE)
        and not draft.brief.said
    ):
        found.append(Flaw(reason="no_thanks", words=""))
    if (draft.channel is Channel.EMAIL) != bool(draft.subject):
        found.append(Flaw(reason="subject", words=draft.subject))
    if (too_long := _length(draft)) is not None:
        found.append(too_long)
    return found


_COMMON = word_set("the a an my your i you to of and that it is was in on for with me")


def _length(draft: Draft) -> Flaw | None:
    count = len(words(draft.body))
    if draft.channel is Channel.LINKEDIN and len(draft.body) > LINKEDIN_CHARACTERS:
        return Flaw(reason="length", words=f"{len(draft.body)} characters")
    if (draft.channel is Channel.EMAIL and count > LONGEST_EMAIL) or (
        draft.channel is Channel.TEXT and count > LONGEST_TEXT
    ):
        return Flaw(reason="length", words=f"{count} words")
    return None


def invented(text: str, said: Iterable[str], vocabulary: frozenset[str]) -> list[str]:
    """Return names and numbers of a text that nobody said."""
    known = set(vocabulary)
    for each in said:
        known |= {word.lower() for word in _WORDS.findall(each)} | {
            word.lower() for word in _WORDS.findall(spelled(each))
        }
    known |= {part for word in known for part in re.split(r"['’&/.-]", word)} | _CONTRACTED
    # "Not Fridays" makes "Friday" known, and "41" makes "£41k" so.
    known |= {word.removesuffix("s") for word in known}
    numbers = {number for each in known for number in _NUMBER.findall(each)}
    unknown: list[str] = []
    bare = _BRACKET.sub(" ", text)
    for match in _WORDS.finditer(bare):
        word = match.group()
        starts = bool(_OPENS.search(bare[: match.start()]))
        named = word[0].isupper() and not starts
        figures = set(_NUMBER.findall(word))
        if not (named or figures) or word.lower() in known or (figures and figures <= numbers):
            continue
        base = re.sub(r"['’]s$", "", word.lower())
        if base not in known and not all(part in known for part in re.split(r"['’&/.-]", base)):
            unknown.append(word)
    return unknown


def vocabulary_of(templates: Mapping[DraftKind, Template]) -> frozenset[str]:
    """Return the words that templates use themselves, in lower case."""
    found = {"could", "can", "and", "i", "would", "ref", "subject"}
    for template in templates.values():
        for ways in template.parts.values():
            for line in ways:
                found |= {word.lower() for word in _WORDS.findall(re.sub(r"\{[^{}]*\}", " ", line.text))}
    return frozenset(found)
