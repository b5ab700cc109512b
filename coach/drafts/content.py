"""Find what a person wants in their message: what to say, what to ask, what to thank for, what to keep out.

Only what they ask for in so many words, or say of themselves where it belongs into such a message, becomes a part of
a draft, in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.drafts.asides import read_asides
from coach.drafts.clauses import read_clauses
from coach.drafts.news import as_statements, read_news
from coach.drafts.plainer import said_plainly
from coach.drafts.questions import clause_question, read_questions
from coach.drafts.quoted import without_letters
from coach.drafts.statements import SOMETHING_LIKE, negated, to_say, wondered
from coach.drafts.steering import PRIVATE, STOP, private_spans, words_left_out
from coach.drafts.terms import read_terms
from coach.drafts.trimming import content_words, rest_of
from coach.drafts.wishes import read_number, read_wishes
from coach.drafts.wording import addressed, sentence, spelled
from coach.facts.lexicon import word_set
from coach.text import words

_ABOUT = re.compile(
    rf"\b(?:(?:want|like|love|need) to (?:know|hear)|ask(?:ing|s)?|check(?:ing)? in(?: with)?|enquir\w+"
    rf"|inquir\w+|feedback|question|one"
    rf" word|comments?|know more|hear)\b(?: (?:her"
    rf"|him|them|for feedback|specifically|only|(?!(?:her|him|them|for|specifically|only)\b)(?-i:[A-Z])[\w-]+"
    rf")){{0,8}},?(?: (?:mainly|mostly|especially|particularly|above all|specifically))?\s+(?:about|on"
    rf"|regarding)\s+(?P<topic>(?:the|my"
    rf"|how my|how the|bank|wedding|a|any|their)\b[^.,;!?\n]*?|[a-z][\w -]*?shifts|(?<=ask about"
    rf" )[a-z][\w -]{{3,40}}?){STOP}",
    re.IGNORECASE,
)


_THANK = re.compile(
    r"\b(?:thank|thanks|thank you|thanking|ta)\b(?: (?:to|you))?(?: (?:her|him|them|both|all|the \w+|(?:Mr|Mrs|Ms"
    r"|Dr|Prof|Miss)\.? [A-Z][\w-]+(?: [A-Z][\w-]+)?|[A-Z][\w-]+(?: [A-Z][\w-]+)?))?\s+for (?P<thanked>(?:the|her"
    r"|his|their|an?|coming|being|taking|showing|giving|letting|meeting|that|all|seeing)\b[^.,;!?\n(]*?)(?=\s*"
    r"(?:[.,;!?\n(]|$|,? (?:and|but|though|also) ))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a message asks a draft to hold.

    ``said`` are sentences, ``asked`` questions, both as the reader would read them. ``topic`` is what a question is
    about, ``thanked`` what is thanked for; both are in words to the reader. ``did`` is what they presented
    or made. ``left_out`` are words to keep out. ``verbatim`` says that they gave the whole message in their own words.
    """

    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    topic: str = ""
    thanked: str = ""
    did: str = ""
    left_out: tuple[str, ...] = ()
    verbatim: bool = False


def read_content(
    text: str,
    *,
    news: bool,
    keeps: frozenset[str] = frozenset(),
    asides: bool = False,
    whole: bool = False,
    terms: bool = False,
) -> Content:
    """Return what a message asks a draft to hold.

    Args:
        text: The message.
        news: Whether what they have done since, and when they could work, belongs into it.
        keeps: Words for others than the reader, see ``addressed``.
        asides: Whether what they can, hold and will do belongs into it, where it stands beside the order.
        whole: Whether all of the message is such an order.
        terms: Whether the terms on which they would work belong into it.
    """
    plain = said_plainly(without_letters(text).replace("’", "'"))
    left_out = words_left_out(plain)
    private = private_spans(plain)

    def kept(match: re.Match[str], group: str | int) -> bool:
        begin = match.start(group)
        return not any(start <= begin < end for start, end in private)

    ordered = _ordered(plain, private, keeps)
    said = ordered["say"] + to_say(plain, kept, keeps) + (read_news(plain, kept, keeps) if news else [])
    said += read_asides(plain, keeps, whole=whole) if asides else []
    said += read_terms(plain) if terms else []
    said += [*read_wishes(plain), *read_number(plain)] if asides else []
    asked = read_questions(plain, kept, keeps, negated=negated, before=ordered["ask"])
    said = [each for each in said if not _NOT_TO_SAY.search(each)]
    if _NOT_LIKE_THAT.search(plain):
        said = [_WHY.sub(".", each) for each in said]
    blocked = frozenset(
        word for each in left_out for word in words(each) if len(word) > _SHORT or content_words(word) & _KIN
    )
    return Content(
        said=_in_order(
            _distinct(each if not blocked & _bare(each) else _without(each, blocked) for each in said), plain
        ),
        asked=_distinct(each for each in asked if not blocked & _bare(each)),
        topic=next(
            (
                topic
                for match in _ABOUT.finditer(plain)
                if not negated(plain, match.start()) and (topic := _topic(match["topic"], keeps))
            ),
            "",
        ),
        thanked=" and for ".join(ordered["thank"][:2])
        or next((_noun(match["thanked"], keeps) for match in _THANK.finditer(plain)), ""),
        did=_did(plain),
        verbatim=any(not _JUST_SAY.search(plain[: match.start()]) for match in SOMETHING_LIKE.finditer(plain)),
        left_out=tuple(each for each in left_out if not _NO_WORDS.match(each)),
    )


def _in_order(said: Iterable[str], text: str) -> tuple[str, ...]:
    """Return sentences in the order in which their longest words stand in the message."""
    low = text.lower()

    def place(told: str) -> int:
        longest = max(words(told), key=len, default="")
        found = low.find(longest)
        return found if found >= 0 else len(low)

    return tuple(sorted(said, key=place))


def _without(told: str, blocked: frozenset[str]) -> str:
    """Return a sentence without the phrase that holds what is to be kept out; empty where that cannot be cut."""
    rest = rest_of(told, frozenset(blocked & _bare(told)))
    return "" if blocked & _bare(rest) else rest


def _bare(told: str) -> frozenset[str]:
    """Return the words of a sentence, with and without the "'s" at their end: "my dad's better" holds "dad"."""
    return frozenset(words(told)) | frozenset(re.sub(r"['’]s$", "", word) for word in words(told))


_THIRD = frozenset({"him", "her", "his", "he", "she"})
_OF_SOMEBODY = re.compile(
    r"\b(?:for|with|to|of|and|as) (?!I\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[A-Z][a-z]+\b"
    r"[^.]*\b(?:him|her|his|he|she)\b"
)
"""A clause that names somebody else: its "him" is not the reader."""
_DEMAND = re.compile(
    r"\b(?:give me (?:the|this|that|my|a) (?:job|role|post|position)|hire me|change (?:your|their|her|his) minds?)\b",
    re.IGNORECASE,
)
"""What nobody can ask of those who said no."""
_MUST = re.compile(
    r"(?:that )?(?:he|she|they) (?:must|has to|have to|should|needs? to|ought to) (?P<no>not"
    r" )?(?P<deed>(?!have\b)\w.+)",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r",? but (?:polite|nice|nicely|friendly|short|kind|formal|warm|not)\w*.*$|,? (?:most humbly"
    r"|straight(?! with| away| talk| answer| bat| to)|if (?:it'?s|that'?s|it is|that is) (?:possible|ok|okay"
    r"|allowed))\b.*$|,? and"
    r" (?:not|stay|sound|be|leave it|keep it)\b.*$|,? nothing (?:heavy|more|fancy|big|else|pushy|dramatic)\b.*$"
    r"|,? except (?:that |when |if )?(?:i|i'?m|my|he|she|they)\b.*$| than (?:he|she|they)\b.*$"
    r"|,? in a (?:\w+ )?way\b.*$|,? do you think\b.*$"
    r"|,? no (?:pressure|worries|rush|hurry)\b.*$|,? (?:even (?:if"
    r"|though)|though|although) (?:i'?m|i am|i do|i"
    r" was|it'?s) ?(?:not|n't)?\b.*$"
    r"|,? (?:and |but )?without (?:saying|mentioning|sounding|pushing|begging|being|looking|telling (?!me\b)|crying"
    r"|seeming|making|going on|grovel\w+|bothering|pressuring|coming across|complaining|moaning|blaming|accusing|naming"
    r"|seem\w+|repeating|using|putting|giving|writing|demanding|boasting|bragging|whining|rambling|pestering"
    r"|nagging)\b.*$"
    r"|,? (?:no matter|as if|like) (?:that )?(?:it'?s|i'?m|it is|i am|a) (?:a )?(?:no|begging|desperate)\b.*$",
    re.IGNORECASE,
)
"""What follows a clause as a word to the coach: how it is meant, what it must not show."""


def _ordered(text: str, private: list[tuple[int, int]], keeps: frozenset[str]) -> dict[str, list[str]]:
    """Return what the clauses of an order say, ask and thank for, in words to the reader."""
    found: dict[str, list[str]] = {"say": [], "ask": [], "thank": []}
    for clause in read_clauses(text):
        told = _NOT_MEANT.sub("", clause.text).strip(" ,")
        if clause.way == "thank":
            told = re.sub(r"\s+and (?:wish|say|ask|tell|add|what|how|if)\w*\b.*$|, sorry\b.*$", "", told)
            found["thank"] += [noun] if (noun := _noun(told, keeps)) else []
        elif (wish := _MUST.match(told)) is not None and clause.way == "say":
            if not PRIVATE.search(told) and not _DEMAND.search(told):
                found["ask"].append(clause_question(f"{wish['no'] or ''}{wish['deed']}", "request", "", keeps))
        elif clause.way == "say" and wondered(text, clause.start, told):
            continue
        elif clause.way == "say":
            found["say"] += as_statements(told, keeps | (_THIRD if _OF_SOMEBODY.search(told) else frozenset()))
        elif clause.way == "please":
            bid = re.sub(r"^(?:please|pls) ", "", told, flags=re.IGNORECASE)
            found["say"] += [] if PRIVATE.search(told) else [sentence(f"Please {addressed(spelled(bid), keeps=keeps)}")]
        elif clause.way == "offer":
            found["say"] += [] if PRIVATE.search(told) else _offer(told, keeps)
        elif not PRIVATE.search(told) and not any(start <= clause.start < end for start, end in private):
            question = clause_question(told, clause.way, text[: clause.start], keeps)
            found["ask"] += [question] if question else []
    return found


def _offer(words_: str, keeps: frozenset[str]) -> list[str]:
    """Return an offer as a sentence: "to do the books" as "I could do the books", a noun after "offer"."""
    if (
        doing := re.match(r"(?:to|i|i can|i could) (?P<rest>(?!be\b|am\b|have\b)[a-z].+)", words_, re.IGNORECASE)
    ) is not None:
        return as_statements(f"I could {doing['rest']}", keeps)
    return as_statements(f"I would like to offer {words_}", keeps) if len(words(words_)) <= 14 else []


_NO_WORDS = re.compile(r"(?:him|her|them|me|us) (?:an?|the)\b|\w+ing$", re.IGNORECASE)
"""What looks like words to leave out and is none: "drop them a line", "I keep losing out"."""


_NOT_TO_SAY = re.compile(r"\bdo(?: not|n't) (?:say|mention|tell|put|include)\b", re.IGNORECASE)
"""A word to the coach in the middle of a thing to say: "(don't say that bit)"."""
_NOT_LIKE_THAT = re.compile(
    r"\b(?:don'?t|do not|dont|not) (?:put|say|word|phrase|write) (?:it|that) (?:like that|that way"
    r"|quite like that|so bluntly)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r",? (?:if|because|since|as|even (?:if|though)|when|in case) (?!it\b)[^.]*\.$", re.IGNORECASE)
"""The end of a sentence that says why or in which case: what is meant where "don't put it like that" follows."""
_SHORT = 3
_KIN = frozenset({"dad", "mum", "mom", "son", "kid", "ex", "boy", "gp", "job"})
"""Short words that are none of grammar: what is to be kept out may be one of them."""
_JUST_SAY = re.compile(r"\b(?:don'?t|do not|dont|not|instead of|rather than)\b[^.!?\n]{0,40}$", re.IGNORECASE)
"""Before "just say": it puts a word right and gives no message."""


_DID = re.compile(
    r"\bi (?P<did>(?:presented|gave|showed|prepared|built|taught|demoed|pitched|wrote|made) (?:an?|the|my|them"
    r"|him|her) [^.;!?\n,]{3,60})(?=\s*(?:[.;!?\n,]|$))",
    re.IGNORECASE,
)


def _did(text: str) -> str:
    match = _DID.search(text)
    if (
        match is None
        or PRIVATE.search(match["did"])
        or re.search(r"\b(?:mistake|mess|fool|email|message|call)\b", match["did"])
    ):
        return ""
    return addressed(spelled(match["did"]))


_NO_TOPIC = re.compile(r"\b(?:the \d+\w*|feedback|role|job|position|post|application|openings?|vacancy|interview)\b")


def _topic(words_: str, keeps: frozenset[str]) -> str:
    told = re.split(r" and (?:about|how|what|if|why)\b", _noun(words_, keeps))[0]
    return "" if _NO_TOPIC.search(told) or len(words(told)) > 9 else told


def _noun(words_: str, keeps: frozenset[str]) -> str:
    told = addressed(spelled(words_), keeps=keeps).strip(" ,.;:!?'\"")
    if re.match(r"(?:all )?(?:that|it|this|all|nothing|the no)\b|(?:me|us|him|her|them)$", told, re.IGNORECASE):
        return ""
    told = re.sub(r" (?:by (?:e-?mail|text|phone)|on linkedin)$", "", told, flags=re.IGNORECASE)
    told = re.sub(r" (?:specifically|only|please|too|pls|first|first of all)$", "", told)
    return told if 0 < len(words(told)) <= 12 and not PRIVATE.search(told) else ""


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    """Return sentences without those that say again what one before or a longer one says."""
    kept: list[str] = []
    for each in dict.fromkeys(each for each in items if each):
        new = _bearing(each)
        if any(len(new & _bearing(other)) >= _SAME * min(len(new), len(_bearing(other))) for other in kept):
            continue
        kept.append(each)
    return tuple(kept)


_SAME = 0.7
_WEIGHTLESS = word_set(
    "i am have has had you your my me the a an is are was were to of and that it for in on could tell would can will be"
)


def _bearing(text: str) -> frozenset[str]:
    return frozenset(words(text)) - _WEIGHTLESS
