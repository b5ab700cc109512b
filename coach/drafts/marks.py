"""What a message says is so besides its facts: how it went, who stands between, what was offered."""

from __future__ import annotations

import re

_MARKS: dict[str, re.Pattern[str]] = {
    "forwarded": re.compile(
        r"(?<!would )(?<!could )(?<!can )(?<!to )(?<!she )(?<!he )(?<!they )\b(?:put|sent|submitted|proposed)"
        r" (?:me|my (?:cv|name|details))\b(?! (?:a|an|the|my|no|up|on|off|in)\b)"
        r"|\b(?:who|she|he|they|agency|recruiter|agent)(?: had| has)? (?:put|sent|submitted|proposed) (?:me|my"
        r" (?:cv|name"
        r"|details)) (?:for|to|forward)\b|\b(?:got|was|been) put forward\b|\bputting me forward\b",
        re.IGNORECASE,
    ),
    "no_ask": re.compile(
        r"\b(?:keep(?:ing)? (?:him|her|them) (?:posted|up to date|in the loop)|nothing (?:more|else)|no asking"
        r"|no more\b(?! than)|(?:don'?t|do not) (?:need|want) (?:anything|to ask)"
        r"|ask(?:ing)? for nothing)\b",
        re.IGNORECASE,
    ),
    "no_excuse": re.compile(r"\b(?:no|without|any) (?:excuses?|reasons?|explaining|explanation)\b", re.IGNORECASE),
    "called": re.compile(
        r"\b(?:he|she|they|hr|manager|recruiter|boss|principal|owner)(?: \w+)? (?:rang|called|phoned)\b(?! (?:me )?"
        r"(?:an?\b|their|it|in|her|him))|\bthe call was\b|\bgot a call\b|\bleft (?:me )?a voicemail\b",
        re.IGNORECASE,
    ),
    "nobody": re.compile(
        r"\bdon'?t know (?:anybody|anyone|any name|the name|who)|\b(?:only|just) an inbox\b|\brecruitment inbox\b"
        r"|\bthe inbox\b|\bhr@|\binfo@|\bno name given\b|\bno names?\b",
        re.IGNORECASE,
    ),
    "emails": re.compile(r"\bsent the emails\b|\bemailed me\b", re.IGNORECASE),
    "voicemail_only": re.compile(
        r"\bleave (?:him |her |them )?a voicemail\b|\bvoicemail (?:back|for|to)\b", re.IGNORECASE
    ),
    "reception": re.compile(
        r"\breception(?:ist)?\b[^.;!?]{0,40}(?:message|pass)|(?:say|talk|speak) to the receptionist|pass on a message",
        re.IGNORECASE,
    ),
    "referee": re.compile(
        r"\b(?:my referee|my reference|reference letter|her letters|his letters|their letters)\b", re.IGNORECASE
    ),
    "ring_any": re.compile(
        r"\b(?:ring|call|phone|bell me) (?:\w+ )?(?:any ?time|whenever)\b|\bcall back if i like\b", re.IGNORECASE
    ),
    "close": re.compile(
        r"\b(?:runner[- ]?up|came (?:close )?second|second choice|2nd choice|(?:final|last) (?:two|three|2|3|4)\b"
        r"|down to (?:two|2|three|3|the last)|one of two|finalists?|very close|reserve list)\b",
        re.IGNORECASE,
    ),
    "internal": re.compile(
        r"\b(?:internal (?:panel|application|role|job|post|vacancy)|my own (?:ward|team|company|department)"
        r"|i'?ve been here|i work there|work(?:ed)? here|passed over|promotion|my (?:own )?ward)\b",
        re.IGNORECASE,
    ),
    "door": re.compile(
        r"\b(?:(?:said|says|wrote|told me|offered|asked|invited)\b[^.;!?\n]{0,60}(?:keep in touch|stay in touch"
        r"|keep in contact|ring any ?time|call any ?time|try again|apply again|reapply|check back|keep (?:my|your|you"
        r"|me)|think of me|first call|get in touch)|keep your (?:cv|details|profile)|please do stay in touch)\b",
        re.IGNORECASE,
    ),
    "offered": re.compile(
        r"\b(?:said|says|told me|mentioned|muttered|wrote)\b[^.;!?\n]{0,60}(?:freelance|ad hoc|cover|casuals?"
        r"|contract|part[- ]time|pitches|overloaded|scramble|busy season|need people|hard to fill)\b",
        re.IGNORECASE,
    ),
    "again": re.compile(
        r"\b(?:second ask|asked (?:[\w.'-]+ ){0,4}?(?:for feedback )?(?:twice|already|before"
        r"|(?:\d+|an?|one|two|three|four|five|six|some|a few|several) (?:days?|weeks?|months?) ago"
        r"|on \d)|asked [^.;!?\n]{0,60}\b(?:nobody|no ?one|never|none of them)"
        r" (?:answer|repli|wrote|respond|got back)\w*"
        r"|i (?:asked|wrote|emailed)\b[^.;!?\n]{0,60}(?:feedback)[^.;!?\n]{0,60}(?:nothing|no (?:reply|answer)"
        r"|zilch|silence)|nudge|one more try|follow[- ]?up|(?:asked"
        r"|wrote to)\b[^.;!?]{0,60}feedback[^?]{0,60}\b(?:zilch|nothing|tumbleweed|no reply))\b",
        re.IGNORECASE,
    ),
    "rounds": re.compile(r"\b(?:\d|two|three|four|five|six|seven) (?:rounds|interviews|stages)\b", re.IGNORECASE),
    "noreply": re.compile(r"\bno-?reply\b|\bdo not reply\b|\bunattended\b|\bautomat\w+\b", re.IGNORECASE),
    "standard": re.compile(
        r"\b(?:standard|template|automat\w+|form|copy[- ]paste|canned|generic) (?:\w+ )?(?:email|letter|rejection"
        r"|reply|no\b|mail)\b|\bnever got past the form\b|\bonline form\b",
        re.IGNORECASE,
    ),
    "angry": re.compile(
        r"\b(?:livid|fuming|raging|seething|i want blood|(?:i'?m|im|i am|so|feel|feeling|really) (?:so |really "
        r"|still )?(?:angry|furious|pissed|mad))\b",
        re.IGNORECASE,
    ),
    "never_met": re.compile(
        r"\b(?:never|haven'?t|not) (?:actually )?(?:met|spoke|spoken|seen|talked)\b|\bnever met\b"
        r"|\bonly sent the emails\b",
        re.IGNORECASE,
    ),
    "form": re.compile(
        r"\b(?:never got past the form|only the form|screened out|application stage|before (?:any|an) interview"
        r"|no interview)\b",
        re.IGNORECASE,
    ),
    "no": re.compile(
        r"\b(?:reject\w*|turned (?:me )?down|(?:got|the|a|this|said|with the|my) no\b|not (?:selected|chosen"
        r"|successful|picked)|wasn'?t (?:picked|chosen|selected)|didnt? get|binned (?:me|by|my)|was binned"
        r"|didn'?t get|didn'?t (?:choose|pick"
        r"|select|want|take|appoint|hire|have) me|did not (?:choose|pick|select|want|take|appoint|hire) me"
        r"|(?:went|gone|goes|going)"
        r" (?:to|with) (?:some"
        r"|other|an |a |another|the other|internal)|fell through|(?:it|that)'?s a no\b|is a no\b|said no\b|going"
        r" another way"
        r"|gave (?:it|the \w+(?: \w+)?) to\b|someone else|other person|other girl|unsuccessful|chose|regret"
        r"|knocked back|gone with|passed on me"
        r"|not this time|refused?|none worked out|didn'?t work out|rejected there)\b",
        re.IGNORECASE,
    ),
    "silent": re.compile(
        r"\b(?:haven'?t heard|not heard|heard nothing|no (?:answer|reply|word|news)|gone quiet|silence|ghosted"
        r"|nothing since)\b",
        re.IGNORECASE,
    ),
}


def marks_of(text: str) -> set[str]:
    """Return what is so besides the facts, by the names of the templates' conditions."""
    return {mark for mark, rule in _MARKS.items() if rule.search(text)}
