"""Echoes: the person's own words turned from "I" to "you", and the check that one is true.

An echo is true when it says one stretch of one sentence of the message, word for word
but for the turned pronouns: so numbers, names, negations and who did what are intact by
construction. What others said or wrote, questions, hypotheticals, self-attacks and
accusations are never echoed. When in doubt there is no echo.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from coach.reply.asking import asked_echo
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
from coach.reply.news import news_echoes, pasted_echo
from coach.reply.pronouns import ANY_PERSON, GENERIC, PERSON, expanded, is_mark, tokens, turned, word_set
from coach.reply.telling import DANGLING, judged, weight, written
from coach.reply.told import told_echoes
from coach.reply.topic import topic_echo

_LONGEST = 20
_CUTS = word_set("because bc cos at from for with today yesterday tonight this last again where which who")
# Words that only the person's own sentence may end with: "the job I applied for".
_LAST = word_set("of to for at with from by that not")
# Anywhere before a stretch, these make it what somebody said or thought.
_SPEECH = word_set(
    "maybe perhaps think thought guess suppose hope hoped hoping wish feel felt wonder wondering said says "
    "say saying "
    "tell told tells wrote writes claims claimed believe believed reckon reckoned assume assumed expected dreamed "
    "dreamt apparently seems seemed"
)
# Before a stretch in its clause, these make it a wish or its opposite.
_HEDGES = _SPEECH | word_set(
    "might could would should feels almost nearly probably want wanted wants going gonna wanna because bc "
    "cos what how "
    "why whatever not never no nor nobody without until i'd you'd YOU'd"
)
_JOINED = re.compile(r", (?:and|but) (?P<then>then )?")
_DIGITS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
}
NEVER = re.compile(
    r"\b(?:useless|worthless|stupid|idiots?|fail(?:ed|ures?|ing)?|losers?|pathetic|thick|dumb|hopeless|frauds?"
    r"|jokes?|ugly|fat|"
    r"crazy|insane|kill\w*|die[ds]?|dying|dead|death|suicid\w*|hate[sd]?|racis\w*|sexis\w*|ageis\w*|bias\w*|"
    r"discriminat\w*|rigged|nepotis\w*|nephew|niece|favou?rit\w*|liars?|lied|lying|lies|cheat\w*|stole|stolen|steal\w*"
    r"|unfair\w*|"
    r"fuck\w*|shit\w*|bitch\w*|bastards?|cunts?|arse\w*|ass|wank\w*|crap|bloody|lol|lmao|haha\w*|too (?:old|young)|"
    r"good enough|waste\w*|ruin\w*|sucks?|deserve\w*|god|damn|wrong|(?:my|your) fault|burden|mess(?:ed)?|screw\w*|"
    r"stuffed|blew|bombed|botched|choked|desperate|unemployable|cursed|embarrass\w*|smug|cowards?|clowns?"
    r"|ghouls?|mug|"
    r"(?:they|he|she|boss|manager|company) (?:just |only |really |clearly )?(?:want\w*|think|thinks|thought"
    r"|prefer\w*))\b",
    re.IGNORECASE,
)


_BEFORE_MARK = re.compile(r" (?=[,;:)])()")


def is_true_echo(sentence: str, message: str) -> bool:
    """Whether a sentence says a stretch of the message, or two joined by "and" or "but", pronouns turned."""
    sources = [(expanded(part), after) for part, after in own_sentences(message)]
    if _place(sentence, sources) is not None:
        return True
    joined = _JOINED.search(sentence)
    if joined is None:
        return False
    first, second = (_place(part, sources) for part in (sentence[: joined.start()], sentence[joined.end() :]))
    # "Then" says which came first, so it has to be told in that order.
    return first is not None and second is not None and (first < second or (second < first and not joined["then"]))


def said_back(sentence: str) -> str | None:
    """Return a sentence in the first person turned to the one who said it; None where it is not, or reads oddly.

    A weak model often copies the person's words and forgets to turn them. Whether they are true is judged elsewhere.
    """
    source = tokens(sentence)
    told = turned(source)
    if not {token.lower() for token in source} & ANY_PERSON or any(token.startswith(GENERIC) for token in told):
        return None
    text = _BEFORE_MARK.sub(r"\1", " ".join(told)).replace(PERSON, "you")
    return None if judged(text) else f"{text[0].upper()}{text[1:]}."


def _place(sentence: str, sources: Sequence[tuple[list[str], bool]]) -> int | None:
    """Return which of the person's sentences holds a stretch that an echo says, None where none does."""
    echo = _fit_words(sentence)
    if not echo:
        return None
    return next((place for place, (source, after) in enumerate(sources) if _lies_in(echo, source, after)), None)


def built_echoes(message: str, most: int = 2) -> list[str]:
    """Return up to ``most`` sentences turned from clauses of the message, in its order, the most telling ones kept.

    All of them are true echoes; only clauses that tell what happened are used. Where there is none, a sentence
    that names the job or what is asked stands in.
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
    if not best:
        told = (text for text in told_echoes(message) if not NEVER.search(text) and is_true_echo(text, message))
        return [*islice(told, most), *_others(message)][:most]
    return [sentence for sentence in built if sentence in best]


def _others(message: str) -> list[str]:
    """Return sentences that name the news, the job or the question, the most telling first."""
    topic = topic_echo(message)
    news = list(dict.fromkeys(news_echoes(message)))
    found = [*news, topic] if topic and not topic.startswith("You") else [topic, *news]
    found += [pasted_echo(message), asked_echo(message)]
    return [sentence for sentence in found if sentence is not None and not NEVER.search(sentence)]


def _fit_words(sentence: str) -> list[str]:
    """Return the words of a sentence that can be an echo at all; none of one that cannot."""
    echo = [word for word in expanded(tokens(sentence)) if not is_mark(word)]
    fits = 3 <= len(echo) <= _LONGEST and "?" not in sentence
    return echo if fits and not NEVER.search(sentence) and not set(echo) & ANY_PERSON else []


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
        while (
            at < len(source)
            and not _agree(word, source[at], starts=False)
            and (source[at] in FILLERS or source[at] in (",", "&"))
        ):
            at += 1
        if at == len(source) or not _agree(word, source[at], starts=place == 0 or echo[place - 1] == "and"):
            return None
        at += 1
    return at


def _agree(word: str, source: str, *, starts: bool) -> bool:
    # "You" as the one who acts comes from "I"; from "me" it would swap who did what.
    if source.startswith(PERSON):
        return word == source.lower()
    return _DIGITS.get(word, word) == _DIGITS.get(source, source) and not (starts and word == "you")


def _may_end(source: Sequence[str], end: int) -> bool:
    while end < len(source) and source[end] in FILLERS:
        end += 1
    if source[end - 1] in DANGLING and not (end == len(source) and source[end - 1] in _LAST):
        return False
    if end == len(source) or is_mark(source[end]) or source[end] in _CUTS or ends_at_joint(source, end):
        return True
    return list(source[end : end + 2]) in (["to", "say"], ["to", "tell"])
