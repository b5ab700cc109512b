"""Requests that name the kind of draft in so many words, whatever else they tell."""

from __future__ import annotations

import re

from coach.draft import DraftKind

_TO_WHOM = r"(?: (?:to|for) [\w .'-]{1,30}?)?"

_PLAIN: tuple[tuple[DraftKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            DraftKind.INTRODUCTION_REQUEST,
            r"\b(?:to|he|she|would|could|can|will|ask|make) introduce me\b|\b(?:ask|asking"
            r"|for) (?:\w+ ){0,3}(?:an )?intro(?:duction)?\b"
            r"|\b(?:ask|asking|get|want) (?:\w+ ){0,3}to (?:put in a (?:good )?word|put me in touch|connect me"
            r"|refer me)\b",
        ),
        (
            DraftKind.HOT_WITHDRAWAL,
            r"\b(?:called (?:him|her|them|the \w+|[A-Z]\w+)(?: \w+){0,4}? an? (?!back)|swore at|shouted at"
            r"|snapped at|yelled at"
            r"|hung up on|ranted|was rude|been rude|insulted|abus\w+|(?:nasty|vile|rude|angry|horrible) (?:e-?mail"
            r"|message|text|comment))"
            r"[^?]*\b(?:sorry|apologi[sz]e|take (?:it|that) back|withdraw)\b"
            r"|\b(?:say sorry|apologi[sz]e)\b[^?]*\b(?:swore|shouted|snapped|yelled|ranted|rude|insult\w*|abus\w+)\b",
        ),
        (
            DraftKind.RESCHEDULE,
            r"\b(?:ask|asking|need|want|request) (?:\w+ ){0,3}(?:more|extra|extend\w*|another|a few|few|two|three"
            r"|\d+|couple of) (?:more |extra )?"
            r"(?:time|days?|weeks?)\b(?! (?:of|a|per|old|ago|work))|\breschedul|\bpostpone|\b(?:can'?t|cannot"
            r"|won'?t|wont|not able to) make"
            r" (?:it|the (?:call|meeting|chat|interview|appointment)|our)\b|\bmove (?:the|our|my) (?:call|chat"
            r"|meeting|appointment)\b",
        ),
        (
            DraftKind.REJECTION_REPLY,
            r"\b(?:what|how) (?:do|should|would|can|could|to|shall|must) (?:i |we |u )?(?:say|text|write|reply"
            r"|answer|respond|message|email)"
            r" back\b|\b(?:reply|respond|answer|response) to (?:the|this|that|their|his|her|a|my) (?:no|rejection"
            r"|refusal|decline)\b"
            r"|\banswer (?:the|their|his|her|this) (?:no|rejection)\b|\bunder a no\b"
            r"|\b(?:got|had|received|came|with) (?:a |an |the |their )?(?:\w+ ){0,4}no\b[^?]{0,200}\b(?:like|want"
            r"|going|have|ought) to"
            r" (?:answer|reply|respond|write back)\b",
        ),
        (
            DraftKind.FEEDBACK_REQUEST,
            r"\b(?:ask|asking|request|requesting) (?:\w+ ){0,4}for (?:\w+ ){0,2}feedback\b(?! call)"
            r"|\bfeedback (?:request|email|mail|message|ask|note)\b"
            r"|\bask(?:ing)? (?:\w+ ){0,4}(?:what|where|why) (?:i|my|it) (?:\w+ )?(?:was missing|lacked|lack"
            r"|went wrong|did wrong|fell short"
            r"|could (?:improve|do better)|should (?:improve|work on)|can improve)",
        ),
        (
            DraftKind.KEEP_IN_TOUCH,
            r"\b(?:want|like|love|wish|glad|hope|just|to) (?:\w+ ){0,3}(?:keep|stay|remain) in (?:touch|contact"
            r"|with)\b|\b(?:keep|bear|have) me in mind\b"
            r"|\b(?:be )?(?:thought of|considered|remembered) (?:for )?(?:the )?(?:next time|next round|in future"
            r"|again)\b"
            r"|\bstay(?:ing)? on (?:his|her|their|the) (?:radar|list|books)\b|\bkeep[- ]in[- ]touch\b"
            r"|\bconnection request\b",
        ),
        (
            DraftKind.THANK_YOU,
            r"\b(?:just|only|simply) a (?:thank[- ]?you|thanks)\b|\bthank[- ]?you (?:note|e-?mail|mail|letter|card"
            r"|text|message)\b|\b(?:a|one|some) thank[- ]?you"
            rf"{_TO_WHOM}(?=\s*(?:[.,;!?]|$))|\bthank (?:him|her|them|my \w+"
            rf"|[A-Z]\w+)\b[^.!?]{{0,60}}\bfor (?:helping|the help|(?:his|her|their) help"
            r"|the reference|training|coaching|practis|practic|the tips|the advice)",
        ),
    )
)


_THROUGH_OTHERS = re.compile(r"\b(?:recruit\w+|agency|agent|head ?hunter|consultant)\b", re.IGNORECASE)


def plainly(text: str) -> DraftKind | None:
    """Return the one kind of draft that a message names; None where it names none, or several."""
    named = [kind for kind, pattern in _PLAIN if pattern.search(text)]
    if DraftKind.FEEDBACK_REQUEST in named and _THROUGH_OTHERS.search(text):
        return None
    return named[0] if len(named) == 1 else None
