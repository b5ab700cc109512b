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
from coach.reply.beginnings import open_starts
from coach.reply.clauses import clauses, own_sentences
from coach.reply.endings import may_be_cut, may_end
from coach.reply.news import news_echoes, pasted_echo
from coach.reply.pronouns import (
    ANY_PERSON,
    GENERIC,
    PERSON,
    expanded,
    is_mark,
    speaks_as_person,
    tokens,
    turned,
    word_set,
)
from coach.reply.quoted import LEFT_OUT, said_as_quoted
from coach.reply.stated import FILLERS
from coach.reply.subjects import given_subject, person_is_meant
from coach.reply.telling import judged, weight, written
from coach.reply.told import told_echoes
from coach.reply.topic import topic_echo
from coach.reply.unsaid import is_unsaid

_LONGEST = 20
_JOINED = re.compile(r", (?:and|but) (?P<then>then )?")
_PAUSES = frozenset({",", "&", "(", ")", ";", "-", "–", "—", "/"})
_NAMED_BEFORE = re.compile(r"(?:he|she|it|his|her|its)\b", re.IGNORECASE)
_COUNTING = word_set("few little bit one only first second third last best most other same")
_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
)
_DIGITS = {word: str(number) for number, word in enumerate(_SMALL.split(), 2)}
_DIGITS |= {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "eighty": "80"}


_BEFORE_MARK = re.compile(r" (?=[,;:)])()")


def is_true_echo(sentence: str, message: str) -> bool:
    """Whether a sentence says a stretch of the message, or two joined by "and" or "but", pronouns turned."""
    said = said_as_quoted(sentence, message)
    if said is None or is_unsaid(sentence.replace("’", "'")):
        return False
    sources = [(expanded(part), after) for part, after in own_sentences(message)]
    if _place(said, sources) is not None:
        return True
    joined = _JOINED.search(said)
    if joined is None:
        return sentence.startswith("You are asking") and sentence == asked_echo(message)
    first, second = (_place(part, sources) for part in (said[: joined.start()], said[joined.end() :]))
    if first is None or second is None or first == second:
        return False
    if _NAMED_BEFORE.match(said, joined.end()):
        # "He" is whoever the sentence before it names.
        return first < second and second[0] - first[0] <= 2
    # "Then" says which came first, so it has to be told in that order.
    return first < second or not joined["then"]


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


def _place(sentence: str, sources: Sequence[tuple[list[str], bool]]) -> tuple[int, int] | None:
    """Return which of the person's sentences holds a stretch that an echo says, and where; None where none does."""
    echo = _fit_words(sentence)
    if not echo:
        return None
    found = ((number, _start_in(echo, source, after)) for number, (source, after) in enumerate(sources))
    return next(((number, start) for number, start in found if start is not None), None)


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
            if echo and not is_unsaid(sentence) and _start_in(echo, expanded(part), after) is not None:
                built[sentence] = weight(sentence)
    best = sorted(built, key=lambda sentence: -built[sentence])[:most]
    if not best:
        told = (text for text in told_echoes(message) if is_true_echo(text, message))
        return [*islice(told, most), *_others(message)][:most]
    return [sentence for sentence in built if sentence in best]


def _others(message: str) -> list[str]:
    """Return sentences that name the news, the job or the question, the most telling first."""
    topic = topic_echo(message)
    news = list(dict.fromkeys(news_echoes(message)))
    found = [*news, topic] if topic and not topic.startswith("You") else [topic, *news]
    found += [pasted_echo(message), asked_echo(message)]
    return [sentence for sentence in found if sentence is not None and not is_unsaid(sentence)]


def _fit_words(sentence: str) -> list[str]:
    """Return the words of a sentence that can be an echo at all; none of one that cannot."""
    spoken = tokens(sentence)
    echo = [word for word in expanded(spoken) if word == LEFT_OUT or not is_mark(word)]
    fits = len(echo) >= 3 and sum(not is_mark(word) for word in spoken) <= _LONGEST and "?" not in sentence
    return echo if fits and not is_unsaid(sentence) and not speaks_as_person(echo) else []


def _start_in(echo: list[str], source: list[str], after_other: bool) -> int | None:
    """Return where the echo begins as a whole stretch of the turned source, fillers and marks aside."""
    for start in open_starts(source):
        end = _end_of_match(echo, source, start)
        if end is None and (given := given_subject(source, start)) is not None:
            words, left_out = given
            if echo[: len(words)] == words and person_is_meant(source, start, after_other):
                # "Just got the no" may keep its "just".
                begin = start - (
                    len(echo) > len(words) and source[start - 1 : start] == echo[len(words) : len(words) + 1]
                )
                end = _end_of_match(echo[len(words) :], source, begin + left_out)
        if end is not None and may_end(source, end) and may_be_cut(echo, source, end):
            return start
    return None


def _end_of_match(echo: Sequence[str], source: Sequence[str], start: int) -> int | None:
    """Return where the source goes on after the echo, or None where they differ."""
    at = start
    for place, word in enumerate(echo):
        before = echo[place - 1] if place else ""
        while at < len(source) and not _agree(word, source[at], starts=False):
            if source[at] == "(" and not (at + 1 < len(source) and _agree(word, source[at + 1], starts=False)):
                at = _after_bracket(source, at)
            elif source[at] in _PAUSES or (source[at] in FILLERS and source[at - 1] not in ("not", "never")):
                # "I didn't really want it" is not "you didn't want it".
                at += 1
            else:
                break
        if before == "it" and word == "is" and source[at - 1] == "its":
            continue
        if at < len(source) and word == "it" and source[at] == "its" and echo[place + 1 : place + 2] == ["is"]:
            at += 1
            continue
        starts = place == 0 or (before == "and" and place + 1 < len(echo))
        # "Me and my sister drove" has the person for one of its subjects.
        starts = starts and not (place == 0 and source[at : at + 2] == ["you", "and"])
        if at == len(source) or not _agree(word, source[at], starts=starts):
            if _may_be_added(echo, place):
                continue
            return None
        at += 1
    return at


def _may_be_added(echo: Sequence[str], place: int) -> bool:
    """Whether a word makes no difference: "told you (that) you were second", "applied for (the) job"."""
    if echo[place] == "that":
        return place > 0
    return echo[place] in ("a", "an", "the") and not set(echo[place + 1 : place + 2]) & _COUNTING


def _after_bracket(source: Sequence[str], opening: int) -> int:
    """Return where a sentence goes on after a short remark in brackets; its end where it is long."""
    closing = next((at for at in range(opening, min(opening + 12, len(source))) if source[at] == ")"), None)
    return len(source) if closing is None else closing + 1


def _agree(word: str, source: str, *, starts: bool) -> bool:
    # "You" as the one who acts comes from "I"; from "me" it would swap who did what.
    if source.startswith(PERSON):
        return word == source.lower()
    # People leave out apostrophes: "my nans shop".
    word, source = word.replace("'", ""), source.replace("'", "")
    if word == "and" and source == "&":
        return True
    return _DIGITS.get(word, word) == _DIGITS.get(source, source) and not (starts and word == "you")
