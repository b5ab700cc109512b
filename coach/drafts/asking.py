"""Tell who asks how to put something from who only tells, or will not write."""

from __future__ import annotations

import re

from coach.drafts.anger import TAKES_BACK

UNDECIDED = re.compile(
    r"\b(?:i )?(?:wonder|wondering|not sure|unsure|don'?t know|dont know|can'?t decide|undecided) (?:if"
    r"|whether) (?:i|to|it)\b[^.?!\n]*"
    r"[.?!]?|\bwould you\?",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:i|but i|and i) (?:won'?t|will not|wouldn'?t|shan'?t)"
    r"(?: (?:write|ring|reply|answer|call|do it|do that|be))?[.!]?\s*$"
    r"|\b(?:don'?t|do not|dont|never) (?:want|wanna|feel like|plan)(?: to)? (?:writ|send|repl|contact|messag"
    r"|e-?mail|text)\w*"
    r"(?: (?:to|back))*(?: (?:any(?:one|body|thing)|him|her|them))?[.!]?\s*$",
    re.IGNORECASE,
)
HOW = re.compile(
    r"\bhow (?:do|should|can|could|would|shall|to|might) (?:i |you |we |one )?(?:\w+ ){0,2}?(?:ask|thank|answer"
    r"|apologi[sz]e"
    r"|say|put|word|tell|let|write|reply|introduce|offer|float|take|come back|start|keep)\b"
    r"|\bwhat (?:do|should|can|could|would|does|shall) (?:i|you|we|one) (?:\w+ )?(?:say|send|put|write|reply|answer"
    r"|type|tell"
    r"|text)\b|\bhelp me (?:say|put|ask|word|tell)\b|\b(?:words|a line or two|something short) ?(?:please"
    r"|of thanks)?[.?!]"
    r"|\bi'?d (?:just |only |rather )?(?:text|e-?mail|write to|message|ring|call|dm|whatsapp) (?:him|her|them"
    r"|(?-i:[A-Z]))"
    r"|\bwhat (?:do|would|should) (?:i|you) (?:even |actually )?(?:say|write|put|answer"
    r"|reply)(?: back)?(?: to (?:him|her|them|that))?\b"
    r"|\bwhat goes in the\b|\bword it\b|\ba (?:dm|text|note|line)\?|\bi'd like to ask (?:them|him|her)\b|\bput it\b"
    r"|\bwrite to\b|\bone (?:to|for|where|about|that)\b",
    re.IGNORECASE,
)
_WANTS_NONE = re.compile(
    r"\b(?:don'?t|do not|dont) (?:want|need|fix)\b[^.!?]*\b(?:letters?|e-?mails?|messages?|drafts?|to write|touch"
    r"|it)\b",
    re.IGNORECASE,
)


_HAS_WRITTEN = re.compile(
    r"\b(?:i|i've|ive|i have|we) (?:\w+ ){0,2}?(?:sent|posted|e-?mailed|replied|texted|wrote|written|answered"
    r"|thanked|rang"
    r"|called|messaged|asked)\b(?! (?:if|whether|me)\b)|\b(?:it's|its|it is) (?:already )?(?:sent|gone)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\?|\b(?:want|wanna|need|i'd|would|like to|help|fix|how|what|please|pls|can|could|should|again|now|something"
    r"|regret\w*"
    r"|sorry|asham\w+|shouldn'?t|another|write|draft|one)\b",
    re.IGNORECASE,
)


_WROTE_THEM = re.compile(r"^\W*i (?:wrote|sent|emailed|thanked|answered)\b", re.IGNORECASE)


def only_tells(text: str) -> bool:
    """Whether a message tells that something was written, and wants nothing."""
    return _HAS_WRITTEN.search(text) is not None and not _WANTS.search(text) and not TAKES_BACK.search(text)


def wants_none(text: str) -> bool:
    """Whether a message wants nothing written, or tells of what was."""
    return bool(_WANTS_NONE.search(text) or only_tells(text) or _WROTE_THEM.search(text))
