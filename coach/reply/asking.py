"""A sentence that says what a person asks, turned from their own question or request.

"should i email her back or leave it" becomes "You are asking whether to email her back."
Only questions whose grammar these rules know are turned.
"""

from __future__ import annotations

import re

from coach.reply.clauses import own_text
from coach.reply.pronouns import ANY_PERSON, GENERIC, PERSON, is_mark, tokens, turned, word_set
from coach.reply.telling import DANGLING, judged
from coach.text import sentences

_LONGEST = 11
_ENDS = word_set(
    "or and but without because bc cos since when if after before so though although while like lol haha pls please"
)
_BEGINS_VERB = re.compile(r"[a-z]+")
_ODD = word_set("should would could ill im ive wont u ur wot between")
_LOOSE = word_set("even just without if when next only still please also maybe")
"""Words that a cut question does not end with."""

_VAGUE = word_set("do say be go feel move cope handle deal make get it that this look")
_DOABLE = (
    "ask|write|send|reply|answer|thank|stay|keep|apply|reapply|know|understand|learn|go through|look at|look "
    "back|practise"
    "|practice|change|find|improve|debrief|message|email|call|ring|phone|text|chase|tell|mention|offer|accept"
    "|wait|start"
    "|take|say|review|plan|prepare|update|respond|follow up|connect|work out|rewrite|sign|register|show|explain"
)
_BEFORE = "so |and |but |ok |also |then |or |anyway |now "
_QUESTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (
        re.compile(rf"^(?:{_BEFORE}){{0,2}}{pattern}(?<![a-z](?=[a-z]))\s*(?P<rest>[a-z].*)$"),
        answer,
    )
    for pattern, answer in (
        (r"(?:should|shall) (?:YOU|i)(?: just| even| still| maybe| really| also)?", "You are asking whether to"),
        (
            r"how (?:(?:do|can|should|would|could|shall) (?:YOU|i)|to)(?: even| best| actually| possibly)?",
            "You are asking how to",
        ),
        (r"(?:can|could|may|might) YOU(?: still| just| even| also)?", "You are asking if you can"),
        (r"do YOU (?:really )?(?P<kept>have to|need to)", "You are asking if you"),
        (rf"do YOU (?:just |even |still |also )?(?=(?:{_DOABLE})\b)", "You are asking whether to"),
        (r"what (?:do|should|can|could|shall|would) (?:YOU|i)(?: even| actually)?", "You are asking what to"),
        (r"(?P<kept>how long) (?:do|should|must|shall|would) (?:YOU|i)", "You are asking"),
        (r"(?P<kept>when) (?:do|should|can|must|shall|could) (?:YOU|i)", "You are asking"),
        (r"(?P<kept>who) (?:do|should|can|would|could) (?:YOU|i)(?: even)?", "You are asking"),
        (r"is it (?P<kept>worth)(?= \w+ing\b)", "You are asking if it is"),
        (r"(?:is there )?(?P<kept>any point in)(?= \w+ing\b)", "You are asking if there is"),
        (r"(?:please |can ~?you |could ~?you |pls )?help (?:you|me) (?:to )?", "You want help to"),
        (
            rf"(?:YOU (?:just |really |only |also )?want|YOU'd (?:just |really "
            rf"|also )?like) to (?=(?:{_DOABLE})\b)",
            "You want to",
        ),
        (
            r"is it (?P<kept>(?:too |so |very |a bit )?(?:weird|okay|ok|late|early|desperate|rude|normal"
            r"|worth it|bad|mad"
            r"|pushy|appropriate|proper|possible|silly|wrong|fine|unprofessional|creepy|strange|good) to)",
            "You are asking if it is",
        ),
        (
            r"(?:would|will) it be (?P<kept>(?:too )?(?:weird|okay|ok|desperate|rude|bad|mad|pushy|silly"
            r"|wrong|strange|odd)"
            r" to)",
            "You are asking if it would be",
        ),
    )
)
_REQUEST = re.compile(
    r"\b(?P<what>email|e-mail|mail|message|msg|text|note|letter|reply|card|script|thank[- ]?you)\b"
    r"(?: (?:for me|pls|please|from me))? (?:to|for) (?P<whom>(?:(?:the|my|our|a"
    r"|an) )?(?:[\w-]+ ){0,3}?(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam)\.? )?"
    r"(?:[A-Z][\w'’-]+|recruiter|manager|agency|lady|woman|man|guy|owner|boss|chef|interviewer|director|team|panel))"
)
_REQUESTS = re.compile(
    r"\b(?:write|draft|script|need|want|please|pls|plz|kindly|help|can (?:you|u)|could (?:you|u)|give me)\b",
    re.IGNORECASE,
)
_NOT_WHOM = word_set("say ask thank tell send be get me you i who that him her them it about and or from")
_FEEDBACK = re.compile(
    r"\b(?:ask|asks|asking|request|requesting)\b (?:(?:them|her|him|for|the|some|a|any|hr|manager|mr|mrs|ms"
    r"|email|one|short|\w+ly) ){0,4}feedback\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"(?:\b(?:not|never|dont|wont|without|no)|n['’]t)\b", re.IGNORECASE)
_WHAT = {"e-mail": "email", "mail": "email", "msg": "message", "text": "text message"}


def asked_echo(message: str) -> str | None:
    """Return what the message asks, or None where no question or request in it can be turned."""
    parts = sentences(own_text(message))
    for read in (_request, _turned_question):
        for part in parts:
            if (said := read(part)) is not None:
                return said
    for part in parts:
        if _FEEDBACK.search(part) and "?" not in part and not _REFUSED.search(part):
            return "You are asking about feedback."
    return None


def _request(part: str) -> str | None:
    """Return what is to be written to whom, where a sentence asks for it."""
    request = _REQUEST.search(part)
    if request is None or "?" in part.rstrip("?")[: request.start()] or _REFUSED.search(part[: request.end()]):
        return None
    if not (_REQUESTS.search(part) or part.lower().startswith(request["what"])):
        return None
    whom = request["whom"].split()
    if {word.lower() for word in whom} & _NOT_WHOM:
        return None
    what = _WHAT.get(request["what"].lower(), request["what"].lower())
    if len(whom) == 1 and whom[0].islower():
        whom = ["the", *whom]
    spoken = " ".join("your" if word.lower() in ("my", "our") else word for word in whom)
    return f"You want {'an' if what[0] in 'aeiou' else 'a'} {what} to {spoken}."


def _turned_question(part: str) -> str | None:
    source = turned(tokens(part))
    for piece in _pieces(source):
        text = " ".join(word if word == PERSON else word.lower() for word in piece)
        for pattern, beginning in _QUESTIONS:
            match = pattern.match(text)
            if match is None:
                continue
            kept = match.groupdict().get("kept") or ""
            rest = piece[len(piece) - len(match["rest"].split()) :]
            ending = _cut(rest, needs_object=not kept)
            if ending is not None:
                linked = f"{kept} to" if kept in ("how long", "when", "who") else kept
                return " ".join(filter(None, (beginning, linked, ending))) + "."
    return None


def _pieces(source: list[str]) -> list[list[str]]:
    """Return the stretches of a sentence between its marks."""
    pieces: list[list[str]] = [[]]
    for word in source:
        if is_mark(word) and word not in "&/-":
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [piece for piece in pieces if piece]


def _cut(rest: list[str], *, needs_object: bool) -> str | None:
    """Return the words of a question up to where another clause begins; None where they say too little."""
    ending: list[str] = []
    for word in rest:
        if word.lower() in _ENDS and len(ending) > 1:
            # What ends the question by itself may be "to" or "from"; where it is cut, that would hang in the air.
            while ending and ending[-1].lower() in DANGLING | _LOOSE:
                ending.pop()
            break
        ending.append("you" if word == PERSON else word)
    while ending and ending[-1].lower() in _LOOSE:
        ending.pop()
    if len(ending) < 2 or ending[0].lower() == "not":
        return None
    lower = [word.lower() for word in ending]
    odd = any(word.startswith(GENERIC) or word in ANY_PERSON or word in _ODD for word in lower) or (
        lower[0] in ("be", "have") and lower[1:2] and lower[1].endswith(("ing", "ed", "said", "done"))
    )
    vague = (needs_object and len(ending) < 3 and lower[0] in _VAGUE) or lower[-1] == "you"
    if odd or vague or len(ending) > _LONGEST or not _BEGINS_VERB.fullmatch(lower[0]) or judged(" ".join(lower)):
        return None
    return " ".join([lower[0], *ending[1:]])
