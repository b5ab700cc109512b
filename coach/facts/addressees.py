"""Mentions of people that tell outright whom something is for, and those that only tell who somebody is."""

from __future__ import annotations

import re

from coach.facts.lexicon import POSITIONS
from coach.facts.names import NAME, WORD

POS = rf"(?i:(?<![\w-]){POSITIONS}(?![\w-]))"

LOWER = 8
"""The score of what may be a name though it has no capital letter."""

ADDRESSEES: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(
            r"(?:^|[.!?\n] *)(?P<name>[a-z]{3,12}) the (?:manager|boss|owner|supervisor|head|gaffer|chef"
            r"|foreman)\b"
        ),
        LOWER,
    ),
    (
        re.compile(
            rf"(?i:\b(?:text|e-?mail|message|note|letter|line|write|whatsapp|dm) to (?:my|his|her|their|the)"
            rf" (?:[a-z-]+ ){{0,4}}[a-z-]+), (?P<name>{NAME})(?=[,.;!?]|$)"
        ),
        9,
    ),
    (
        re.compile(
            rf"(?i:\b(?:want|need|like|love)) (?P<name>{NAME})(?: (?:at|from"
            rf"|of) (?:the )?(?:{WORD}(?: (?:& )?{WORD})*))?(?:, who [^,.;!?\n]{{3,50}},)?"
            rf" (?i:to) [a-z]"
        ),
        7,
    ),
    (
        re.compile(
            rf"(?i:\b(?:the|my|a|somebody|someone) [a-z -]{{2,40}}), (?P<name>{WORD}(?: {WORD})?),"
            rf" (?i:(?:is|who is|who's|she's|he's) (?:the one|in charge))\b"
        ),
        6,
    ),
    (
        re.compile(
            rf"(?i:\b(?:the|my|a|somebody|someone) [a-z -]{{2,40}}), (?P<name>{WORD}(?: {WORD})?),"
            rf" (?i:is|who|who's|she|he|runs|has|gave|sent|took|let|wrote|rang|told|said|[a-z]{{3,}}ed)\b"
        ),
        2,
    ),
    (
        re.compile(
            rf"(?:^|[.!?\n] *|, |\band |\bbut )(?P<name>{WORD}(?: {WORD})?) (?i:there|over there) (?i:was|is"
            rf"|has|had|said|told|did|seemed|\w+ed)\b"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:texted|wrote|messaged|e-?mailed|said"
            rf"|sent)\b)[^\"“'‘\n]{{0,40}}[\"“'‘][^\"”\n]{{15,300}}[.?!,]\s*(?P<name>{WORD})\s*[\"”'’](?=\s|$"
            rf"|[.,])"
        ),
        6,
    ),
    (re.compile(rf"(?i:\b(?:get|have|let|persuade|convince)) (?P<name>{NAME}) (?i:to) [a-z]"), 6),
    (
        re.compile(
            rf"(?i:\b(?:tell|ask|thank|email|text|message) (?:the (?:one|other|first)|one of them)), (?P<name>{NAME})"
        ),
        8,
    ),
    (re.compile(rf"(?i:\b(?:drop|send|give|write|shoot|ping|owe)) (?P<name>{NAME}) (?i:a|an|some|one|the|my)\b"), 6),
    (
        re.compile(
            r"(?:^|[.!?\n] *|\band |\bto |\bplease |\bpls |\byou |\bu |\bi |\bjust )(?:e-?mail|text|message"
            r"|ring|write to|ask|whatsapp|msg|tell) "
            r"(?P<name>(?!him\b|her\b|them\b|back\b|me\b|the\b|this\b|that\b|please\b|pls\b|it\b|for\b|if\b"
            r"|to\b|an?\b|my\b|his\b|their\b|our\b|your\b|some|any|every"
            r"|about\b|what|how|why|when|who|which|rather|only|just|form|message|script|note|letter|version"
            r"|draft|call|e-?mail|and\b|or\b|in\b|on\b|by\b|is\b|will\b|would\b|people|both\b|us\b|you\b"
            r"|again\b|first\b|now\b|then\b"
            r"|instead|version|one\b|saying|asking|whether|hr\b|reception|support|also\b|\w+ly\b|maybe|ideally"
            r"|best\b|fine\b|good\b|please|short|again|later|soon|today|tomorrow|tonight|there\b"
            r"|not\b)[a-z]{3,12})"
            r"(?=\s*(?:[.,!?(]|$)|,? (?:and|to|if|whether|for|please|pls|that i|i|about|so)\b)"
        ),
        LOWER,
    ),
    (
        # "My cousin's wife Sunniva", "my brother in law Gaz"
        re.compile(
            rf"(?i:\bmy) (?:[a-z]+['’]s (?:old |ex-|ex )?[a-z]+|(?:brother|sister|mother|father|son"
            rf"|daughter)[ -]in[ -]law"
            rf"|ex[ -](?:flatmate|colleague|boss|housemate|manager)|(?:old )?(?:flatmate|housemate"
            rf"|neighbour)),? (?P<name>{WORD})(?= [a-z])"
        ),
        3,
    ),
    (
        re.compile(
            rf"(?i:\b(?:ringing|ring|calling|call|phoning|phone|texting|emailing"
            rf"|messaging)) (?P<name>{NAME})(?= (?i:at|from"
            rf"|of|in|tomorrow|today|tonight|now|about|on|back|after|before)\b|[.,;!?]|$)"
        ),
        6,
    ),
    (re.compile(rf"[a-z]+: (?P<name>{WORD}(?: {WORD})?) (?i:at|from) (?i:the )?{WORD}"), 4),
    (
        re.compile(
            rf"(?P<position>{POS}) (?i:at|from|in|of) (?i:the )?(?:{WORD}(?: (?:& "
            rf"|and )?{WORD}){{0,3}}), (?P<name>{WORD}(?: {WORD})?)(?=[.,;!?]|$)"
        ),
        5,
    ),
    (
        re.compile(
            r"\b(?:my|an|the) (?:old |ex-|ex |former |friend |mate )*(?:manager|boss|mate|friend|colleague"
            r"|cousin|neighbour|tutor|teacher|mentor|workmate|supervisor"
            r"|recruiter|sister|brother) (?P<name>[a-z]{3,12}) (?:for|who|at|is|works|knows|if|an?|about|to)\b"
        ),
        LOWER,
    ),
    (
        # "Neil Abara at Fenwick Rail, he turned me down"
        re.compile(
            rf"(?P<name>{WORD} {WORD})(?: (?:at|from|of) [^.,;!?\n]{{2,40}})?(?:, | - | – )(?i:(?:he"
            rf"|she)(?:['’]s|['’]d)?) [a-z]"
        ),
        4,
    ),
)
"""The patterns, each with how surely it tells who is to be written to."""
