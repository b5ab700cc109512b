"""Find the people of a message: who writes, and to whom. Better nobody than a wrong name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coach.facts.lexicon import POSITIONS, word_set
from coach.facts.names import ANY, NAME, SALUTATION, TITLE_WORD, TITLED, TITLED_LOW, WORD, is_company, is_name, tidy

_POS = rf"(?i:(?<![\w-]){POSITIONS}(?![\w-]))"


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
    found: dict[str, Person] = {}
    for pattern, score in _OTHERS:
        for match in pattern.finditer(text):
            begin, end = match.span("name")
            if own is not None and begin < own[1] and own[0] < end:
                continue
            person = _person(match["name"], score, begin)
            if person is not None and not person.title and text[max(0, begin - 4) : begin].lower() == "the ":
                continue
            if person is None or _OF_THEIRS.match(text, end - 2) or _OF_THEIRS.match(text, end):
                continue
            position = (match.groupdict().get("position") or "").strip()
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
    return sorted(found.values(), key=lambda person: person.start)


_OF_THEIRS = re.compile(
    r"['’]s (?:mate|friend|boss|brother|sister|son|daughter|wife|husband|team|colleague|assistant|pal)\b", re.IGNORECASE
)


_CORRECTED = re.compile(r"\b(?:no wait|no, wait|actually|sorry,|i mean|instead)\b", re.IGNORECASE)


_SOMEBODY_ELSE = re.compile(
    r"(?:(?:old|former|ex)[- ])?(?:friend|colleague|mentor|boss|cousin|uncle|aunt|mate|neighbour|brother|sister"
    r"|teacher)",
    re.IGNORECASE,
)


def _weighed(score: int, position: str, text: str, place: int) -> int:
    """Return how surely somebody is the one to write to, with what stands around them."""
    if _CORRECTED.search(text[:place]):
        score += 4
    if position and _SOMEBODY_ELSE.match(position) and score < 5:
        score = 1
    return score


def _merged(one: Person, other: Person) -> Person:
    longer = other if len(other.full) > len(one.full) else one
    return replace(
        longer,
        title=one.title or other.title,
        position=one.position or other.position,
        score=max(one.score, other.score) + 1,
        start=min(one.start, other.start),
    )


LOWER = 8
"""The score of what may be a name though it has no capital letter."""


_NO_PERSON = word_set("hotel restaurant bar cafe school company firm agency nursery canadian australian german")


_ADDRESS = (
    r"(?i:\b(?:to|email|mail|write(?: to)?|message|text|ring|call|phone|contact|answer|told|tell|promised"
    r"|reply to|address(?:ed)? (?:it )?to|send (?:it |this )?to"
    r"|recipient|addressee|attn|thank|for|dm|whatsapp|ask|remind)\b)\s*[:=]?\s+(?:(?i:the|my|her|his)\s+)?"
)


_OTHERS: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(
            rf"(?i:\b(?:write|draft|e-?mail|mail|message|text|msg|note|letter|send (?:it|this)|script|reply)\b"
            rf"(?: \w+){{0,2}}? to)\s+(?:(?i:the|my)\s+)?(?:(?P<position>{_POS})[ ,:=(]+)?(?P<name>{ANY})(?=\s*"
            rf"(?:[(,.;:!?]|$|\bat\b|\bfrom\b|\bin\b|\bwho\b|\band\b|\babout\b|\bpls\b|\bplease\b))"
        ),
        9,
    ),
    (
        re.compile(
            rf"(?i:\b(?:to|address(?:ed)? to|recipient|addressee|attn|contact(?: person)?)\b)\s*[:=]\s*(?P<name>{ANY})"
        ),
        9,
    ),
    (re.compile(rf"{_ADDRESS}(?:(?P<position>{_POS})[,:]?\s+)?(?P<name>{TITLED}|{TITLED_LOW})"), 7),
    (re.compile(rf"{_ADDRESS}(?P<position>{_POS})[ ,:=(]+(?P<name>{NAME})"), 7),
    (
        re.compile(
            rf"{_ADDRESS}(?P<name>{NAME})(?=\s*(?:[(,.;:!?]|$|\bat\b|@|\bfrom\b|\bin\b|\bwho\b|\bof\b|\band\b"
            rf"|\bnow\b|\binstead\b|\bto\b|\babout\b|\bfor\b|\bthat\b|\bthe\b|\bplease\b|\bpls\b|\bon\b|\bre\b"
            rf"|\bid\b|\bi'd\b|\ban\b|\bonly\b|\bby\b|\w+ing\b|[-–—]))"
        ),
        5,
    ),
    (
        re.compile(
            rf"(?i:\b(?:no|call|e-?mail|letter|message|text|answer|reply|rejection)(?: was| came)? from) "
            rf"(?P<name>{NAME})(?=,? (?:at|in|from)\b|\s*[.,(]| and\b|$)"
        ),
        3,
    ),
    (re.compile(rf"(?i:who (?:interviewed|met|saw|showed) me)(?: \w+){{0,2}}[ ,:(–-]+(?P<name>{NAME})"), 5),
    (re.compile(rf"(?P<name>{NAME}) (?i:is (?:his|her|the|their) name)"), 5),
    (
        re.compile(
            rf"(?P<position>{_POS}) (?i:at|of|in|from|for) (?i:the |our |their )?[\w '-]{{1,25}}? (?i:is|was|=) "
            rf"(?P<name>{ANY})"
        ),
        5,
    ),
    (re.compile(rf"(?:^|[.!?\n]\s*)(?P<name>{WORD}), the (?=[a-z])"), 2),
    (
        re.compile(
            rf"(?i:\b(?:regards|sincerely|wishes|faithfully|truly)),?\s+(?P<name>{ANY})(?=[.,\n\"”'’ ]*[\"”'’])"
        ),
        6,
    ),
    (
        re.compile(
            rf"(?P<position>{_POS})(?:'s|’s)?(?:\s+name)?\s*(?:'s|is|was|=|:|,|-|–|—|\(|called|named|is called"
            rf"|was called|goes by|there)*\s*[\"'“‘(]?(?P<name>{ANY})"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:(?<!they're )(?<!theyre )(?<!they are )(?<!company )(?<!firm )(?<!agency )(?<!outfit )"
            rf"(?<!place )(?<!it's )\b(?:called|named|name is|name's|name’s|names|name was|name =|name:"
            rf"|by the name of))\s+(?P<name>{ANY})"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?P<name>{ANY})(?:\s*[,(]\s*|\s+(?i:the|from|in|is|was)\s+)(?:(?i:the|my|their|our|from|in|is|was"
            rf"|an?|[a-z]+)\s+){{0,3}}(?P<position>{_POS}|(?i:ops|operations|team))\b(?!\s*(?:is|was|=|:|'s))"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:to|email|ask|text|call|ring|message)) (?P<name>[a-z]{{3,12}}),? \(?(?i:the|my) "
            rf"(?P<position>{_POS})"
        ),
        LOWER,
    ),
    (re.compile(rf"(?i:\bsigned(?: by)?(?: an?)?) (?P<name>{ANY}),"), 5),
    (
        re.compile(
            rf"(?i:\b(?:the|a) (?:guy|woman|man|person|lady|bloke|one)) who [\w' ]{{1,30}} (?:is|was) (?P<name>{NAME})"
        ),
        5,
    ),
    (re.compile(rf"(?i:\bthe (?:\w+ )?(?:brother|sister|one|other)) (?:is|was) (?P<name>{NAME})"), 3),
    (re.compile(rf"(?i:\b(?:mainly|especially|particularly)) (?P<name>{NAME})"), 6),
    (
        re.compile(
            rf"(?i:\b(?:interviewed by|interview with|with|met|by|saw|seen by|under|through|via|spoke to"
            rf"|talked to|thank))\s+(?P<name>{ANY})"
        ),
        2,
    ),
    (
        re.compile(
            rf"(?P<name>{ANY}),?\s+(?:who\s+)?(?i:interviewed|called me|rang|phoned|wrote|emailed|said|told"
            rf"|showed|offered|led|ran|shook|posted|turned me|rejected me|answered|asked|texted|messaged|watched"
            rf"|picked|chaired|mentioned|promised|gave|sent|replied|put me|introduced|signed|liked)\b"
        ),
        3,
    ),
    (re.compile(rf"(?P<name>{TITLED})"), 3),
    (re.compile(rf"(?P<name>{TITLED_LOW})"), 3),
)


def _person(words: str, score: int, start: int) -> Person | None:
    words = tidy(words)
    title, _, rest = words.partition(" ")
    if rest and TITLE_WORD.fullmatch(title):
        shown = title if title[0].isupper() else title.capitalize()
        name = rest if not rest.islower() else rest.title()
        # "the chef Ignacio" is no form of address in a letter; "Chef Ignacio" is.
        keeps = not SALUTATION.fullmatch(title.rstrip(".")) or title[0].isupper()
        if not is_name(name, low=True) or is_company(name):
            return None
        return Person(name=name, title=shown if keeps else "", score=score + 1, start=start)
    if not is_name(words, low=score == LOWER) or is_company(words) or words.lower().split()[0] in _NO_PERSON:
        return None
    return Person(name=words.title() if words.islower() else words, score=score, start=start)
