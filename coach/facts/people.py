"""Find the people of a message: who writes, and to whom. Better nobody than a wrong name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coach.facts.addressees import LOWER
from coach.facts.lexicon import BUSINESS, NOT_NAMES, word_set
from coach.facts.mentions import MENTIONS
from coach.facts.names import SALUTATION, TITLE_WORD, WORD, before, is_company, is_endless, is_name, tidy, without_long


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody named in a message.

    ``title`` is "Mr" and the like, empty without one; ``position`` what they are, as the message says it;
    ``score`` how surely they are the one to write to; ``start`` their place in the message.
    """

    name: str
    title: str = ""
    position: str = ""
    score: int = 0
    start: int = 0

    @property
    def full(self) -> str:
        """Title and name."""
        return f"{self.title} {self.name}".strip()


def people(text: str, own: tuple[int, int] | None = None) -> list[Person]:
    """Return the people named in a message other than the one who writes, in order of their places.

    Args:
        text: The message.
        own: The place of the writer's own name.
    """
    text = without_long(text)
    found: dict[str, Person] = {}
    for pattern, score in MENTIONS:
        for match in pattern.finditer(text):
            begin, end = match.span("name")
            if is_endless(match["name"]) or (own is not None and begin < own[1] and own[0] < end):
                continue
            person = _person(match["name"], score, begin)
            if person is not None and (month := _MONTH_NAME.match(match["name"])) is not None:
                person = replace(person, name=f"{month['name']} {person.name}")
            if person is not None and not person.title and text[max(0, begin - 4) : begin].lower() == "the ":
                continue
            if person is not None and not person.title and _is_of_a_firm(text, begin):
                continue
            if person is None or _OF_THEIRS.match(text, end - 2) or _OF_THEIRS.match(text, end):
                continue
            position = (match.groupdict().get("position") or "").strip()
            if position.lower() in _KIN and not person.title:
                person = replace(person, name=f"{position.capitalize()} {person.name}")
            person = replace(person, position=position, score=_weighed(person.score, position, text, begin))
            key = person.name.lower()
            known = found.get(key) or next(
                (each for name, each in found.items() if name.split()[-1] == key.split()[-1] or name.split()[0] == key),
                None,
            )
            if known is None:
                found[key] = person
            else:
                found[known.name.lower()] = _merged(known, person)
    for match in _TWO.finditer(text):
        names = [tidy(match[name]) for name in ("one", "other")]
        both = [name for name in names if name and is_name(name, low=False) and not is_company(name)]
        if len(both) == len(names) and not (own is not None and match.start("one") < own[1] and own[0] < match.end()):
            found["both"] = Person(name=" and ".join(both), score=_SURE, start=match.start("one"))
    for match in _TWO_OF_THEM.finditer(text):
        if all(is_name(match[name], low=False) and not is_company(match[name]) for name in ("one", "other")):
            found["both"] = Person(name=f"{match['one']} and {match['other']}", score=_SURE, start=match.start("one"))
    if (couple := _COUPLE.search(text)) is not None:
        found["both"] = Person(name=couple.group(), score=_SURE, start=couple.start())
    for match in _LIKE_A_MONTH.finditer(text):
        if not found and not (own is not None and match.start("name") == own[0]):
            found["month"] = Person(name=match["name"], score=3, start=match.start("name"))
    if not found and _TO_ONE.search(text):
        found = _acting(text, own)
    if not found:
        found = _only_name(text, own)
    return sorted(found.values(), key=lambda person: person.start)


_MONTH_NAME = re.compile(r"(?P<name>Jan|April|May|June|August) (?=[A-Z][a-z])")
"""A first name that is a month too, right before a surname."""
_TWO = re.compile(
    rf"(?i:\b(?:to|e-?mail|mail|write(?: to)?|message|text|thank|tell|ask|sent|e-?mailed|texted|messaged"
    rf"|both(?: of them)?:?))"
    rf",? (?P<one>{WORD}) (?:and|&) (?P<other>{WORD})(?![ ]?[A-Z&])(?! (?:limited|ltd|co|sons)\b)"
)
_TWO_OF_THEM = re.compile(
    rf"(?i:\b(?:two|both|people|women|men|ladies|guys|nurses|managers|interviewers|colleagues|directors"
    rf"|partners|owners))\b"
    rf"[^.;!?\n]{{0,60}}(?:, |: |\()(?P<one>{WORD}) and (?P<other>{WORD})(?=\s*(?:[,.;!?)\n]|$))"
)
_COUPLE = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr) (?:and|&) (?:Mr|Mrs|Ms|Dr)\.? {WORD}")
_SURE = 8
_LIKE_A_MONTH = re.compile(
    r"(?<!in )(?<!of )(?<!by )(?<!since )(?<!last )(?<!next )(?<!until )(?<!from )\b(?P<name>Jan|April|May|June"
    r"|August) "
    r"(?:who|at|said|wrote|rang|texted|told|emailed|messaged|called|interviewed|from (?!\d|the \d))\b"
)
_KIN = frozenset({"auntie", "aunt", "uncle"})
"""What stands before a first name in a greeting too."""
_TO_ONE = re.compile(
    r"\b(?:text|e-?mail|mail|message|msg|tell|ask|thank|answer|remind|offer|(?:write|reply|back|say"
    r"|note) ?(?:back )?(?:to)?)"
    r" (?:him|her)\b|\b(?:to|for|with) (?:him|her)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"(?:^|[.!?\n]\s*|\bbut |\band )(?P<name>{WORD}(?: {WORD})?) (?:took|gave|chose|picked|went|has|had|let|wants"
    rf"|would|found|got|hired)\b"
)


def _acting(text: str, own: tuple[int, int] | None) -> dict[str, Person]:
    """Return the one person who does something, where "text him" needs somebody and nobody else is named."""
    acting = [match for match in _ACTS.finditer(text) if own is None or match.start("name") != own[0]]
    persons = [_person(match["name"], 3, match.start("name")) for match in acting]
    named = {person.name.lower(): person for person in persons if person is not None}
    return named if len(named) == 1 else {}


_ONE_NAME = re.compile(
    rf"(?:\b(?:if|whether|that|could|can|would|will|does|and|but|because|as|so) |, |(?:^"
    rf"|[.!?\n] *))(?P<name>{WORD}(?: {WORD})?)"
    rf"(?= (?:would|could|can|will|might|is|was|has|had|does|did|said|told|likes?|knows?|mentioned)\b)"
    rf"|\b(?:my|her|his|their|the) (?:[a-z'’-]+ ){{1,3}}(?P<name2>{WORD})(?= (?:to|would|could|can|if|who|is"
    rf"|has|at|about)\b)"
)


def _only_name(text: str, own: tuple[int, int] | None) -> dict[str, Person]:
    """Return the one person who is named at all, where nothing else tells who is to be written to."""
    found: dict[str, Person] = {}
    for match in _ONE_NAME.finditer(text):
        name = match["name"] or match["name2"]
        start = match.start("name") if match["name"] else match.start("name2")
        if own is not None and own[0] <= start < own[1]:
            continue
        person = _person(name, 2, start)
        if person is not None and not _is_of_a_firm(text, start) and person.name.lower().split()[0] not in NOT_NAMES:
            found.setdefault(person.name.lower(), person)
    return found if len(found) == 1 else {}


_OF_THEIRS = re.compile(
    r"['’]s (?:mate|friend|boss|brother|sister|son|daughter|wife|husband|team|colleague|assistant"
    r"|pal)\b",
    re.IGNORECASE,
)


_CORRECTED = re.compile(r"\b(?:no wait|no, wait|actually|sorry,|i mean|instead)\b", re.IGNORECASE)


_INTRODUCED_TO = re.compile(
    r"\b(?:introduc\w+|intro|connect(?:ing)?|put) (?:me |us |him |her )?(?:in touch )?(?:to|with)"
    r"(?: (?:his|her|their|the|my|one|a|your)(?: [\w-]+){0,3}?)? $",
    re.IGNORECASE,
)
_WORKS_FOR = re.compile(
    r"\b(?:moved?(?: back)?|moving(?: back)?|relocat\w+|travel\w*|commut\w+|driv\w+|flew|went|going|came"
    r"|work(?:s|ed|ing)?|job"
    r"|role|post|position|appl(?:y|ied|ying)|interview(?:ed|ing)?|there) (?:for|at|with|to) "
    r"(?:the )?$",
    re.IGNORECASE,
)
_NAME_OF_A_FIRM = re.compile(
    r"\b(?:company|firm|agency|employer|business|place|hotel|school|shop|trust)(?:'s|s'?)? (?:name(?: is|'s)?|is"
    r"|was)? ?"
    r"(?:called|named|is|was)? ?$",
    re.IGNORECASE,
)


_FROM_A_FIRM = re.compile(
    r"\b(?:no|rejection|refusal|interviews?|interviewed|rounds?|job|trial|application|applied|turned down"
    r"|rejected|luck)"
    r" (?:from|with|by|to|at|for)(?: the)? $",
    re.IGNORECASE,
)
_IS_SOMEBODY = re.compile(rf"{WORD}(?: {WORD})?,? (?:at|from|of|who|she|he|in HR|herself|himself)\b")
"""What stands before the name of an employer more often than before that of a person."""
_SOMEBODY_ELSE = re.compile(
    r"(?:(?:old|former|ex)[- ])?(?:friend|colleague|mentor|boss|cousin|uncle|aunt|mate|neighbour|brother|sister"
    r"|teacher)",
    re.IGNORECASE,
)


def _weighed(score: int, position: str, text: str, place: int) -> int:
    """Return how surely somebody is the one to write to, with what stands around them."""
    if _INTRODUCED_TO.search(before(text, place)):
        # Who somebody is to be introduced to is not who is asked for it.
        return 0
    if _CORRECTED.search(text, 0, place):
        score += 4
    if _FROM_A_FIRM.search(before(text, place)) and not _IS_SOMEBODY.match(text, place):
        score = min(score, 1)
    if position and _SOMEBODY_ELSE.match(position) and score < 5:
        score = 1
    return score


def _is_of_a_firm(text: str, place: int) -> bool:
    ahead = before(text, place)
    at = re.search(
        r"\b(?<!shouted )(?<!swore )(?<!yelled )(?<!snapped )at (?:the )?(?:[A-Z][\w'’-]+ (?:& |and )?){0,3}$", ahead
    )
    return bool(at or _WORKS_FOR.search(ahead) or _NAME_OF_A_FIRM.search(ahead))


def _merged(one: Person, other: Person) -> Person:
    longer = other if len(other.full) > len(one.full) else one
    return replace(
        longer,
        title=one.title or other.title,
        position=one.position or other.position,
        score=max(one.score, other.score) + 1,
        start=min(one.start, other.start),
    )


_NO_PERSON = word_set("hotel restaurant bar cafe school company firm agency nursery canadian australian german")
_NO_LOW_NAME = word_set(
    "update chase remind thank tell email contact person people woman guy girl lad bloke lady chap somebody"
    " work place bank hiring office head deputy chair owner "
    "nurse doctor sister coach chef father council college university hospital clinic library museum museums client "
    "interviewer assistant secretary mate friend cousin brother mentor tutor colleague everybody those whoever none"
)


_TITLED_LAST = re.compile(r"^(?:[A-Z][\w'’-]+ )+(?=(?:Sister|Mother|Father|Dr|Mr|Mrs|Ms|Professor) [A-Z][\w'’-]+$)")
"""What stands before the title that a person is addressed by: "Mother Superior Sister Clare"."""


def _person(words: str, score: int, start: int) -> Person | None:
    words = _TITLED_LAST.sub("", tidy(words))
    title, _, rest = words.partition(" ")
    if rest and TITLE_WORD.fullmatch(title):
        shown = title if title[0].isupper() else title.capitalize()
        name = rest if not rest.islower() else rest.title()
        # "the chef Ignacio" is no form of address in a letter; "Chef Ignacio" is.
        keeps = not SALUTATION.fullmatch(title.rstrip(".")) or title[0].isupper() or rest.islower()
        if not is_name(name, low=True) or is_company(name):
            return None
        return Person(name=name, title=shown if keeps else "", score=score + 1, start=start)
    low = words.islower()
    if low and (words in _NO_LOW_NAME or words in BUSINESS):
        return None
    if not is_name(words, low=score == LOWER) or is_company(words) or words.lower().split()[0] in _NO_PERSON:
        return None
    return Person(name=words.title() if words.islower() else words, score=score, start=start)
