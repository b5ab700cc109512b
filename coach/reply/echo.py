"""Echoes: the person's own words turned from "I" to "you", and the check that one is true.

An echo is true when it says one stretch of one sentence of the message, word for word
but for the turned pronouns: so numbers, names, negations and who did what are intact by
construction. What others said or wrote, questions, hypotheticals, self-attacks and
accusations are never echoed. When in doubt there is no echo.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.reply.clauses import (
    FILLERS,
    JOINTS,
    OPENERS,
    clauses,
    ends_at_joint,
    given_subject,
    own_sentences,
    person_is_meant,
)
from coach.reply.pronouns import ANY_PERSON, PERSON, expanded, is_mark, tokens, word_set
from coach.reply.telling import DANGLING, weight, written

_LONGEST = 20
_CUTS = word_set("because bc cos at from for with today yesterday tonight this last again where which who")
# Anywhere before a stretch, these make it what somebody said or thought.
_SPEECH = word_set(
    "maybe perhaps think thought guess suppose hope hoped hoping wish feel felt wonder wondering said says say saying "
    "tell told tells wrote writes claims claimed believe believed reckon reckoned assume assumed expected dreamed "
    "dreamt apparently seems seemed"
)
# Before a stretch in its clause, these make it a wish or its opposite.
_HEDGES = _SPEECH | word_set(
    "might could would should feels almost nearly probably want wanted wants going gonna wanna because bc cos what how "
    "why whatever not never no nor nobody without until i'd you'd YOU'd"
)
_NEVER = re.compile(
    r"\b(?:useless|worthless|stupid|idiots?|fail(?:ed|ures?|ing)?|losers?|pathetic|thick|dumb|hopeless|frauds?"
    r"|jokes?|ugly|fat|"
    r"crazy|insane|kill\w*|die[ds]?|dying|dead|death|suicid\w*|hate[sd]?|racis\w*|sexis\w*|ageis\w*|bias\w*|"
    r"discriminat\w*|rigged|nepotis\w*|nephew|niece|favou?rit\w*|liars?|lied|lying|lies|cheat\w*|stole|stolen"
    r"|unfair\w*|"
    r"fuck\w*|shit\w*|bitch\w*|bastards?|cunts?|arse\w*|ass|wank\w*|crap|bloody|lol|lmao|haha\w*|too (?:old|young)|"
    r"good enough|waste\w*|ruin\w*|sucks?|deserve\w*|god|damn|wrong|(?:my|your) fault|burden|mess(?:ed)?|screw\w*|"
    r"stuffed|blew|bombed|botched|choked|desperate|unemployable|cursed|embarrass\w*|smug|cowards?|clowns?|ghouls?|mug|"
    r"(?:they|he|she|boss|manager|company) (?:just |only |really |clearly )?(?:want\w*|think|thinks|thought"
    r"|prefer\w*))\b",
    re.IGNORECASE,
)


def is_true_echo(sentence: str, message: str) -> bool:
    """Whether a sentence says one stretch of the message, with only the pronouns turned."""
    echo = _fit_words(sentence)
    return bool(echo) and any(_lies_in(echo, expanded(part), after) for part, after in own_sentences(message))


def built_echoes(message: str, most: int = 2) -> list[str]:
    """Return up to ``most`` sentences turned from clauses of the message, in its order, the most telling ones kept.

    All of them are true echoes; only clauses that tell what happened are used.
    """
    built: dict[str, int] = {}
    for part, after in own_sentences(message):
        for clause in clauses(part):
            sentence = written(clause)
            if sentence is None or sentence in built:
                continue
            echo = _fit_words(sentence)
            if echo and _lies_in(echo, expanded(part), after):
                built[sentence] = weight(sentence)
    best = sorted(built, key=lambda sentence: -built[sentence])[:most]
    return [sentence for sentence in built if sentence in best]


def _fit_words(sentence: str) -> list[str]:
    """Return the words of a sentence that can be an echo at all; none of one that cannot."""
    echo = [word for word in expanded(tokens(sentence)) if not is_mark(word)]
    fits = 3 <= len(echo) <= _LONGEST and "?" not in sentence
    return echo if fits and not _NEVER.search(sentence) and not set(echo) & ANY_PERSON else []


def _lies_in(echo: list[str], source: list[str], after_other: bool) -> bool:
    """Whether the echo is a whole stretch of the turned source, fillers and marks aside."""
    clause = 0
    for start in range(len(source)):
        if start and not is_mark(source[start - 1]) and source[start - 1] not in JOINTS | FILLERS | OPENERS:
            continue
        if start and is_mark(source[start - 1]):
            clause = start
        if set(source[:start]) & _SPEECH or set(source[clause:start]) & _HEDGES:
            continue
        given = given_subject(source, start)
        if given is not None and echo[: len(given)] == given and person_is_meant(source, start, after_other):
            end = _end_of_match(echo[len(given) :], source, start)
        else:
            end = _end_of_match(echo, source, start)
        if end is not None and _may_end(source, end):
            return True
    return False


def _end_of_match(echo: Sequence[str], source: Sequence[str], start: int) -> int | None:
    """Return where the source goes on after the echo, or None where they differ."""
    at = start
    for place, word in enumerate(echo):
        while at < len(source) and source[at] != word and (source[at] in FILLERS or source[at] == ","):
            at += 1
        if at == len(source) or not _agree(word, source[at], starts=place == 0 or echo[place - 1] == "and"):
            return None
        at += 1
    return at


def _agree(word: str, source: str, *, starts: bool) -> bool:
    # "You" as the one who acts comes from "I"; from "me" it would swap who did what.
    return word == source.lower() if source.startswith(PERSON) else word == source and not (starts and word == "you")


def _may_end(source: Sequence[str], end: int) -> bool:
    while end < len(source) and source[end] in FILLERS:
        end += 1
    if source[end - 1] in DANGLING:
        return False
    if end == len(source) or is_mark(source[end]) or source[end] in _CUTS or ends_at_joint(source, end):
        return True
    return list(source[end : end + 2]) in (["to", "say"], ["to", "tell"])
