"""Find the terms on which somebody would work where a message only lists them."""

from __future__ import annotations

import re

from coach.drafts.asides import MOST, ORDER
from coach.drafts.steering import PRIVATE, RUDE
from coach.drafts.wording import sentence, spelled
from coach.text import sentences, words

_TERMS = re.compile(
    r"\d|\b(?:jobs?|work|roles?|shifts?|days?|nights?|hours?|weekends?|mornings?|evenings?|afternoons?|remote"
    r"|part[- ]time|full[- ]time|temp|perm"
    r"|permanent|contract|under|miles|anything|outside|inside|only|from)\b",
    re.IGNORECASE,
)


_NO_TERMS = re.compile(
    r"^no (?:to|place|luck|job|joy|room|post|chance)\b|\b(?:i|i'm|i've|i'd|me|he|she|they|shes|hes|theyre|we"
    r"|you|it|this|that|is|are|was|were|had|has"
    r"|have|did|said|got|went|can|could|would|want"
    r"|please|short|formal|e-?mail|mail|text|message|linkedin|whatsapp|note|letter|lines?|sentences?|words?"
    r"|characters|draft"
    r"|reject\w*|interview\w*|rounds?|ago|yesterday|today|last|later|nothing (?:more|else|fancy|heavy|big)"
    r"|no (?:reason|reply|name)s?"
    r"|thanks?|sorry|help|came|standard|get|lost|looking|didn'?t|dont|wasn'?t|ask|say|tell|write|mention|add"
    r"|make|keep|put|thank|send|don'?t|not a word)\b",
    re.IGNORECASE,
)


_MOST_TERMS = 10


_LOOKING = re.compile(
    r"(?:now |just |and |still )*looking for (?P<what>(?!a way\b|help\b|someone\b|the word)[^.;!?\n]+)", re.IGNORECASE
)


def read_terms(text: str) -> list[str]:
    """Return the terms on which somebody would work where they only list them: "Nothing under 38k.", "From Monday."."""
    found: list[str] = []
    ordered = False
    for part in sentences(text):
        told = part.strip(" .!?,")
        looking = _LOOKING.match(told)
        if looking is not None and len(words(told)) <= MOST and not (PRIVATE.search(told) or RUDE.search(told)):
            found.append(sentence(f"I am looking for {spelled(looking['what'])}"))
            continue
        plain = ordered and 1 < len(words(told)) <= _MOST_TERMS and not part.rstrip().endswith("?")
        if plain and _TERMS.search(told) and not (_NO_TERMS.search(told) or PRIVATE.search(told) or RUDE.search(told)):
            told = spelled(told)
            found.append(sentence(f"I could start {told[0].lower()}{told[1:]}" if told.startswith("From ") else told))
        ordered = ordered or ORDER.search(part) is not None
    return found
