"""Anger in a message: something furious to be sent, already sent, or to be made calm."""

from __future__ import annotations

import re

SENT_HOT = re.compile(
    r"\b(?:i (?:sent|wrote|texted|emailed|replied|send|posted|commented|called (?:him|her|them)|left a)|(?:^"
    r"|[.!?,]\s*)(?:sent|commented|posted|texted)|commented|i've sent|i already sent)\b[^\n]{0,160}?(?:bad "
    r"(?:e-?mail|mail|message|text)|racist|stupid|furious"
    r"|angry|anger|rude|rant|\bshove\b|clown|idiot|jobsworth|circus|amateurs?|embarrassing company|liar|coward"
    r"|pathetic|joke|swear|hot-headed|nasty|horrible|awful|drunk|at \d ?am|2am|1am|3am|midnight|in the night"
    r"|in a rage)",
    re.IGNORECASE | re.DOTALL,
)


TAKES_BACK = re.compile(
    r"\b(?:take (?:it|that|this|my \w+) back|(?:i|now i|and i|i now|i really|already) regret(?:s|ted|ting)?\b"
    r"|regret (?:it|that|sending|what i)\b|apologi[sz]\w+|apology|(?:want|need|like|must) (?:to )?(?:say )?sorry"
    r"|sorry for what i|unsend|withdraw (?:it|my "
    r"(?:email|message|text))|i've deleted|make it right|climb into a drain|undo it|want to reply to (?:her|him"
    r"|them))\b",
    re.IGNORECASE,
)


_HOT = re.compile(
    r"\b(?:make it sting|tell (?:them|him|her) (?:they'?re|they are|he'?s|she'?s) (?:an? |all )?(?:\w+ )?"
    r"(?:cowards?|liars?|clowns?|idiots?|frauds?|jokes?)|both barrels|give (?:them|him|her) (?:a piece|hell)|let "
    r"(?:them|him|her) have it|tell "
    r"(?:them|him|her) exactly (?:what|how)|piece of my mind"
    r"|call (?:him|her|them) an? (?:\w+ )?(?:liar|coward|clown|idiot|fraud|joke)|cc the (?:whole )?(?:board"
    r"|director|ceo|company)|make (?:it|this) (?:meaner|nastier|hurt)|so (?:he|she|they) feels? it"
    r"|(?:really |properly )?(?:angry|furious|nasty|nastiest|scathing|savage|brutal) (?:email|reply|message|text"
    r"|letter|review)|name and shame|tell (?:every|all of) (?:one|them)|wipe the floor|destroy them|make them "
    r"(?:pay|sweat|squirm|regret)"
    r"|(?:burn|roast|rip into) (?:them|him|her))\b",
    re.IGNORECASE,
)


_CALM = re.compile(
    r"\b(?:calm|civil(?:ised|ized)?|decent|polite(?:ly)?|professional|sendable|something i can send|without "
    r"(?:sounding|being)|isn'?t passive|not bitter|cool(?:er)?|grown[- ]?up|diplomatic|nicely|gracious\w*)\b",
    re.IGNORECASE,
)


def is_hot(text: str) -> bool:
    """Whether a message wants something furious to be sent, and not a calm version of it."""
    plain = text.replace("’", "'")
    if _INSULTS.search(" ".join(_QUOTES.findall(plain))) and _SENDS.search(plain) and not _COOLED.search(plain):
        return True
    return bool(_HOT.search(plain)) and not _CALM.search(plain) and not SENT_HOT.search(plain)


_QUOTES = re.compile(r"[\"“][^\"“”]{8,}[\"”]|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){8,}'(?!\w)")


_SENDS = re.compile(
    r"\b(?:about to send|hit(?:ting)? send|press(?:ing)? send|going to send|gonna send|want to send|wanna send"
    r"|send(?:ing)? (?:this|it)\b|finger is on send|before i send|thoughts)\b",
    re.IGNORECASE,
)


_INSULTS = re.compile(
    r"\b(?:joke\b|your loss|do better|one job|wast(?:ed|ing) \w+|frauds?|shame on|clowns?|idiots?|liars?|cowards?"
    r"|stupid"
    r"|useless|shove|pathetic|fuck\w*|shit\w*|hope your|how dare|disgust\w+|swearing|destroy (?:them|him|her)"
    r"|break (?:the |my )?laptop|something stupid|utter|ashamed of yourselves|unprofessional)\b",
    re.IGNORECASE,
)


_COOLED = re.compile(
    r"\b(?:turn (?:this|it|that) into|something i can send|calm(?:er)? (?:email|version|message|reply|letter)"
    r"|civil(?:ised|ized)?\b|make (?:it|this) (?:decent|calm|polite|civil|sendable|nice)|(?:fix|check) (?:the "
    r"|my )?grammar|rewrite|reword|soften|tone (?:it|this) down|clean (?:it|this) up|complain about"
    r"|complaint about|complaint (?:letter|email|to)\b|letter of complaint|complain to\b"
    r"|without sounding (?:like a lunatic|angry|bitter|mad))\b",
    re.IGNORECASE,
)


def wants_calm(text: str) -> bool:
    """Whether a message wants something furious turned into something that can be sent, or a complaint made civil."""
    plain = text.replace("’", "'")
    cooled = _COOLED.search(plain)
    return cooled is not None and (bool(_INSULTS.search(plain)) or "complain" in cooled.group().lower())


def complains(text: str) -> bool:
    """Whether a message wants to complain about how an application was handled."""
    return bool(re.search(r"\bcomplain(?:t|ts|ing)?\b", text, re.IGNORECASE))


def takes_back(text: str) -> bool:
    """Whether something furious was sent and is regretted."""
    plain = text.replace("’", "'")
    return bool(SENT_HOT.search(plain) and TAKES_BACK.search(plain))
