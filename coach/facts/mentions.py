"""The ways in which people are mentioned in a message, and how surely each tells who is to be written to."""

from __future__ import annotations

import re

from coach.facts.addressees import ADDRESSEES, LOWER, POS
from coach.facts.names import ANY, NAME, TITLED, TITLED_LOW, WORD

_ADDRESS = (
    r"(?i:\b(?:to|email|mail|write(?: to)?|message|text|ring|call|phone|contact|answer|told|tell|promised"
    r"|reply to|address(?:ed)? (?:it )?to|send (?:it |this )?to"
    r"|recipient|addressee|attn|thank|for|dm|whatsapp|ask|remind)\b)\s*[:=]?\s+(?:(?i:the|my|her|his)\s+)?"
)


_LOW_ADDRESSED = re.compile(
    r"\b(?:message|msg|email|mail|text|note|reply|answer|write|whatsapp|dm|say|back)(?: (?:back|something))? to "
    r"(?P<name>[a-z]{3,12})(?=,? (?:at|from|who|of)\b|,? (?:he|she)(?:'s| is)\b)"
)
_LOW_TELLING = re.compile(
    r"(?:^|[.!?\n] *|\band )(?P<name>[a-z]{3,12})(?: (?:the|our|their) (?:[a-z]+ ){0,2}[a-z]+)? (?:at"
    r"|from) (?:the )?[\w'&-]+(?: [\w'&-]+){0,3}? (?:just |has )?"
    r"(?:wrote|messaged|emailed|texted|rang|called|phoned|told|said|turned|rejected|interviewed|sent|let me)\b"
)
"""A name without a capital letter, in a message whose writer uses none."""


_DOES = (
    "interviewed|rang|phoned|wrote|emailed|texted|messaged|said|told|showed|offered|led|ran|runs|turned me|rejected"
    "|answered|asks|asked|wants|needs|let me|gave me|gave us|sent|replied|introduced|promised|liked|chose"
    "|was (?:gonna|going to)|will|took|has taken|works|worked|went|helped|put me|called me|has written|signed|thanked"
)
"""What somebody does who can be the one to write to."""


MENTIONS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"(?:^|[.!?\n]\s*)To (?P<name>{ANY})\s*[.!]?\s*$"), 9),
    (
        re.compile(
            rf"(?i:\b(?:write|draft|e-?mail|mail|message|text|msg|note|letter|send (?:it|this)|script|reply)\b"
            rf"(?: \w+){{0,2}}? to)\s+(?:(?i:the|my)\s+)?(?:(?P<position>{POS})[ ,:=(]+)?(?P<name>{ANY})(?=\s*"
            rf"(?:[(,.;:!?]|$|\bat\b|\bfrom\b|\bin\b|\bwho\b|\band\b|\babout\b|\bpls\b|\bplease\b))"
        ),
        9,
    ),
    (
        re.compile(
            rf"(?i:\bmy (?:reply|draft|e-?mail|mail|letter|answer|note|message)\b[^.!?]{{0,60}})[\"“'](?i:dear|hi"
            rf"|hello) "
            rf"(?P<name>{ANY})"
        ),
        9,
    ),
    (
        re.compile(
            rf"(?i:\b(?:to|address(?:ed)? to|recipient|addressee|attn|contact(?: person)?)\b)\s*[:=]\s*(?P<name>{ANY})"
        ),
        9,
    ),
    (re.compile(rf"{_ADDRESS}(?:(?P<position>{POS})[,:]?\s+)?(?P<name>{TITLED}|{TITLED_LOW})"), 7),
    (re.compile(rf"{_ADDRESS}(?P<position>{POS})[ ,:=(]+(?P<name>{NAME})"), 7),
    (
        re.compile(
            rf"{_ADDRESS}(?P<name>{NAME})(?=\s*(?:[(,.;:!?]|$|\bat\b|@|\bfrom\b|\bin\b|\bwho\b|\bof\b|\band\b"
            rf"|\bnow\b|\binstead\b|\bto\b|\babout\b|\bfor\b|\bthat\b|\bthe\b|\bplease\b|\bpls\b|\bon\b|\bre\b"
            rf"|\bid\b|\bi'd\b|\ban\b|\bonly\b|\bby\b|\w+ing\b|[-–—]"
            rf"|\b(?:[Ii]|if|whether|can|how|what|why|my|a|as|not|with|back|there|so|make|tonight|tomorrow|today"
            rf"|we)\b))"
        ),
        5,
    ),
    (
        re.compile(
            rf"(?i:\b(?:e-?mailed|texted|messaged|phoned|rang|shouted at|swore at|wrote (?:back )?to|replied to|sent"
            rf"|answered)) (?P<name>{ANY})(?=\s*(?:[(,.;:!?]|$|\b[a-z]))"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:no|call|e-?mail|letter|message|text|answer|reply|rejection)(?: was| came)? from) "
            rf"(?P<name>{NAME})(?=,? (?:at|in|from)\b|\s*[.,(]| and\b| please\b| pls\b| for\b| this\b| about\b|$)"
        ),
        3,
    ),
    (re.compile(rf"(?i:who (?:interviewed|met|saw|showed) me)(?: \w+){{0,2}}[ ,:(–-]+(?P<name>{NAME})"), 5),
    (re.compile(rf"(?P<name>{NAME}) (?i:is (?:his|her|the|their) name)"), 5),
    (
        re.compile(
            rf"(?P<position>{POS}) (?i:at|of|in|from|for) (?i:the |our |their )?[\w '-]{{1,25}}? (?i:is|was|=) "
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
            rf"(?P<position>{POS})(?:'s|’s)?(?:\s+name)?\s*(?:'s|is|was|=|:|,|-|–|—|\(|called|named|is called"
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
            rf"|an?|[a-z]+)\s+){{0,3}}(?P<position>{POS}|(?i:ops|operations|team))\b(?!\s*(?:is|was|=|:|'s))"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?i:\b(?:to|email|ask|text|call|ring|message)) (?P<name>[a-z]{{3,12}}),? \(?(?i:the|my) "
            rf"(?P<position>{POS})"
        ),
        LOWER,
    ),
    (_LOW_ADDRESSED, LOWER),
    (_LOW_TELLING, LOWER),
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
    (re.compile(rf"(?i:\b(?:it'?s|it is|that'?s)) (?P<name>{NAME}) (?i:i'?d|i would|i'?ll|i want|i should)\b"), 6),
    (re.compile(rf"(?P<name>{NAME}),? (?i:who (?:{_DOES}))\b"), 3),
    (
        re.compile(
            rf"(?P<name>{NAME}) (?i:from|at|of) [^.,;!?\n]{{2,40}}?(?: \([^)]*\))? (?i:(?:just |has |had |who"
            rf" )?(?:{_DOES}))\b"
        ),
        4,
    ),
    (
        re.compile(
            rf"(?:^|[.!?\n] *|, )(?P<name>{WORD} {WORD})(?: \([^)]*\))?,? (?i:(?:just |has |had |even )?(?:{_DOES}))\b"
        ),
        3,
    ),
    (
        re.compile(
            rf"(?i:\bmy (?:(?:old|former|ex-?|dear|good) )?(?:colleague|cousin|friend|neighbour|mentor|tutor"
            rf"|teacher|brother"
            rf"|sister|boss|manager|referee|uncle|aunt|flatmate|classmate)) (?P<name>{NAME})"
        ),
        3,
    ),
    (re.compile(rf"(?:^|[.!?\n] *)(?P<name>{WORD}) (?:{_DOES}|recommended|taught|trained|drove) (?:me|my|us)\b"), 3),
    (
        re.compile(
            rf"(?:^|[.!?\n] *)(?P<name>{WORD}) (?:at|from) (?:the )?[\w' -]{{2,25}}? (?:gave|went through"
            rf"|has|is|was)\b"
        ),
        3,
    ),
    (re.compile(rf"(?i:\bask) (?P<name>{WORD})(?= (?:straight|directly|outright))"), 4),
    (
        re.compile(
            rf"(?i:\b(?:guy|woman|man|lady|girl|person|bloke|lad|chap|colleague|contact)\b)[^.;!?\n,]{{0,30}}, "
            rf"(?P<name>{NAME})(?=\s*[,.;(])"
        ),
        4,
    ),
    (re.compile(rf"(?i:\b(?:girl|lad|chap|gal|adviser|advisor|founder|organiser)) (?:is|was|=) (?P<name>{NAME})"), 4),
    (re.compile(rf"(?i:\b(?:interviewed|met|saw|rang|trained|dealt with) me),? (?P<name>{NAME})(?=,| and\b|\.)"), 4),
    (re.compile(rf"(?i:\b(?:it'?s|it was)) (?P<name>{NAME}) (?i:i(?! meant| mean| said| wrote)|who|that|we) "), 6),
    (re.compile(rf"(?P<name>{NAME}),? (?i:the|our|their) [a-z][a-z -]{{2,30}}(?:,|\))"), 3),
    (
        re.compile(
            rf"(?i:\b(?:rang|called|phoned|e-?mailed|wrote|texted|messaged|said no)), (?P<name>{NAME})(?=[,.;])"
        ),
        5,
    ),
    (
        re.compile(
            rf"(?P<name>{NAME}) (?i:is|was|'s) (?i:handling|dealing|in charge|running|looking after|doing"
            rf"|the contact|my contact"
            rf"|the one|the person|head|who)\b"
        ),
        5,
    ),
    (
        re.compile(
            rf"(?i:\bname of (?:one|the other)(?: of them)?,? |\bone of them (?:is|was|called) )(?P<name>{NAME})"
        ),
        4,
    ),
    (
        re.compile(
            r"\b(?:tell|ask|thank|msg|ring|write(?: to)?) (?P<name>(?!came|back|him|her|them|that|this|out|went"
            r"|was|some)[a-z]{3,12}) (?:at"
            r"|from) (?:the |my |our )?\w"
        ),
        LOWER,
    ),
    (
        re.compile(
            r"\b(?P<name>(?!info|hr\b|jobs?|careers?|recruit|admin|office|contact|hello|team|no-?reply|mail"
            r"|enquir|people"
            r"|talent|hiring)[a-z]{3,12})@"
        ),
        LOWER,
    ),
    (
        re.compile(
            rf"\b[Ii] (?:wrote|told|texted|e-?mailed|messaged|sent|called|rang) (?P<name>{NAME})(?= [a-z]|[,.;]|$)"
        ),
        4,
    ),
    (re.compile(rf"(?i:\bsend(?:ing)?|\bfor|\bto) (?P<name>{NAME}) (?i:who|whom|he|she)\b"), 5),
    (re.compile(rf"(?i:\b(?:it'?s|it is|contact is|to)) (?P<name>{WORD} {WORD}) (?i:at|from|in) (?i:the )?\w"), 4),
    (re.compile(rf"(?i:\bowe) (?P<name>{NAME}) (?i:an?|the|my|one)\b"), 6),
    (
        re.compile(
            rf"\b[Mm]y (?:(?!at\b|in\b|for\b|with\b|to\b|from\b|on\b|by\b|of\b|company\b|job\b|role\b|interview\b)"
            rf"[a-z-]+ ){{1,3}}(?P<name>{NAME}) (?:(?:has|had|once|always|kindly|also) )*(?:{_DOES}|sat|\w+ed)\b"
        ),
        3,
    ),
    (re.compile(rf"\b[Mm]y (?:[a-z-]+ ){{0,2}}[a-z-]+(?: there| here)?, (?P<name>{NAME}),"), 3),
    (re.compile(rf"(?:^|[.!?\n:]\s*)(?P<name>{WORD} {WORD}), (?=[A-Z])"), 3),
    *ADDRESSEES,
    (re.compile(rf"(?P<name>{TITLED})"), 3),
    (re.compile(rf"(?P<name>{TITLED_LOW})"), 3),
)
