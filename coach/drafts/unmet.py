"""Tell what a message asked of a draft and the draft does not show, so that the person can put it right by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.drafts.removals import to_leave_out
from coach.drafts.request import calls_off
from coach.drafts.style import channel_of, tone_of, wants_short
from coach.drafts.trimming import content_words
from coach.drafts.wording import spelled
from coach.events import Draft
from coach.facts.lexicon import word_set
from coach.text import words

_CUT = re.compile(
    r"[.;!?\n]+\s*|,?\s+(?:and|but|plus)\s+(?=(?:also |then |please )*(?:add|mention|say|put|ask|tell|thank"
    r"|change|make|take"
    r"|leave|drop|cut|remove|don'?t|not|sign|that|only)\b)"
    r"|,\s*(?=(?:i|i'm|i've|he|she|they|that|that's|it|it's|because|as|cos|since|so)\b)",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:(?:and|also|please|pls|can you|could you|can u|oh|but|then|actually|maybe|so|no|ok|okay|wait|sorry"
    r"|just)[, ]+)*"
    r"(?:add|mention|include|put|say|tell (?:him|her|them)|ask|thank|change|make (?:it|that)|not |instead of"
    r"|work in|squeeze in)\b"
    r"|.*\b(?:put|get|include|work) (?:that|this|it) in\b|.*\b(?:should|must|ought to) (?:be in|know|go in)\b",
    re.IGNORECASE,
)
_TALK = word_set(
    "add adding mention include put say saying tell telling ask asking thank thanks change make instead also "
    "should be know "
    "take leave drop remove cut not sign only please pls just can could you it that this there in out at end start top "
    "bit part line sentence too as well actually sorry no yes ok okay oh wait mean meant want wanted need like "
    "i i'd i'll "
    "him her them he she they his their let and but or so then maybe something somewhere one word words more less very "
    "don't dont do does did is was were are am been have has had will would a an the my me to of for on with about by "
    "version draft message email mail text note letter linkedin whatsapp short shorter warmer formal simple nicer "
    "nothing spelled spelt written name better would its let first second last question don shouldn now again "
    "still even really haha lol thing things stuff if whether what how when which who because "
    "send write wrote said call called name rather never keep kept everything rest same put's think guess"
)
_ENOUGH = 0.5


def unmet(text: str, draft: Draft) -> list[str]:
    """Return what a message asked of a draft and the draft does not show, in the person's words; empty if all is there.

    Only the surface is compared: a clause counts as met where half of its telling words stand in the draft.

    Args:
        text: The message.
        draft: The draft as it stands after it.
    """
    if calls_off(text):
        return []
    shown = _telling(f"{draft.subject} {draft.body} {spelled(draft.body)}")
    gone = [each for each in to_leave_out(text) if (out := content_words(each)) and out <= content_words(draft.body)]
    return [*gone, *(clause for clause in _clauses(text) if not _is_met(clause, shown, gone))]


def _clauses(text: str) -> Iterator[str]:
    place = 0
    clauses = []
    for cut in [*_CUT.finditer(text), None]:
        clauses.append(text[place : cut.start() if cut is not None else len(text)].strip(" ,.;:!?\"'"))
        place = cut.end() if cut is not None else place
    yield from (clause for clause in clauses if clause and _ORDERS.match(clause))


def _is_met(clause: str, shown: frozenset[str], gone: list[str]) -> bool:
    if to_leave_out(clause) or any(each in clause for each in gone):
        return True
    if tone_of(clause) is not None or channel_of(clause) is not None or wants_short(clause):
        return True
    # "X, not Y": only X is to be there.
    clause = re.sub(r"^\W*(?:not|no longer) [^,.;]*(?:[,.;]\s*|$)", "", clause, flags=re.IGNORECASE)
    asked = _telling(spelled(re.sub(r",? (?:not|instead of|rather than|than) .*$", "", clause, flags=re.IGNORECASE)))
    return not asked or len(asked & shown) >= _ENOUGH * len(asked)


def _telling(text: str) -> frozenset[str]:
    """Return the words of a text that tell something, without their endings."""
    return frozenset(
        re.sub(r"(?:'s|s|ed|ing)$", "", word) if len(word) > 4 else word for word in words(text) if word not in _TALK
    )
