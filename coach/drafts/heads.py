"""What opens a list of clauses in an order: "ask her if", "tell them that", "thank him for"."""

from __future__ import annotations

import re

_PERSON = (
    r"(?:her|him|them|she|he|they|everyone|(?:the|his|her|their) (?:[a-z-]+ ){0,4}(?:team|crew|staff|panel"
    r"|people|group|class"
    r"|department|office)(?: (?:at|in|of) [A-Z]\w+)?|(?:the|my|his|her|their) (?!feedback)[a-z]\w+(?: (?!(?:that|if|for"
    r"|how|what|whether|and|who|can|could|would|is|are|was"
    r"|were|to|in|at|on|about|i|we|know|knows|so)\b)[a-z]\w+)?"
    r"|(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Sister|Father|Sir|Madam)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
_SMALL = (
    r"(?: (?:also|just|too|please|pls|maybe|only|nicely|politely|again|back|there|in it|specifically|straight out"
    r"|straight|directly|outright))*"
)
WH = r"(?:if|whether|what|which|how|when|where|who|why)"
AUX = r"(?:is|are|was|were|do|does|did|can|could|would|will|has|have|should)"
SELF = r"(?:i|i'm|im|i've|ive|i'd|i'll|my|we|we're|we've)\b"

_STARTS = r"(?!(?i:in|to|into|on|up|down|off|out|as|for|one|way|email|note|was|is|bit|thing)\b)\w"
_OF_READER = (
    r"(?i:(?:his|her|their|the) [^.,;!?\n]{3,60}?"
    r" (?:was|were|is|are|helped|made|meant|gave|showed|taught|did|had|has|have)\b)"
)
HEADS: dict[str, re.Pattern[str]] = {
    "thank": re.compile(
        rf"\b(?i:thank(?:s|ing)?(?: you)?|thx|cheers|say (?:thanks|thank you|ta|cheers))\b{_SMALL}"
        rf"(?: to)?(?: {_PERSON}(?: and {_PERSON})?)?{_SMALL} for (?=\w)",
    ),
    "ask": re.compile(
        rf"(?<!like )\b(?i:ask(?:ing)?|enquire|inquire|check|find out|see(?= (?:if"
        rf"|whether)\b))\b{_SMALL}(?: (?:with |from )?{_PERSON})?"
        rf"{_SMALL}"
        rf"(?:, (?i:with|if) [a-z ]{{3,20}},)?"
        rf"(?i:,? (?:on|by|via|over|in) (?:an? |the )?(?:linkedin|e-?mail|text|whatsapp|message|note|reply|letter))?"
        rf"(?:,? (?i:once|clearly|plainly|kindly|honestly|openly),?)*"
        rf"(?:(?i: about))?[:,]? (?=(?i:(?:(?:by|in|at|on) )?{WH}|{AUX}|for)\b)"
        rf"|\b(?i:(?:want|like|love|need|keen|wish|curious|wanna|good)(?:ed)?(?: to)? (?:know|hear|understand"
        rf"|learn|find"
        rf" out)(?: is|:| more about)?|(?:i'm |im |just )?(?:wondering|curious)|i wonder)\b{_SMALL}"
        rf"(?: from {_PERSON})?,? (?=(?i:(?:(?:by|in|at|on) )?{WH}|{AUX})\b)"
        r"|\b(?i:email|message|text|note|letter|please|pls|mail)(?: \w+){0,3}: (?=(?i:was|is|were|did|does|do"
        r"|has|have) )"
        rf"|\b(?i:e-?mail|mail|message|text|note|letter|line"
        rf"|script)(?: to {_PERSON})?(?i:,? (?:asking )?)(?=(?i:if|whether)\b)"
        rf"|\b(?i:(?:straight|honest|clear|plain|proper) answer(?: on| as to| about)?) (?=(?i:if|whether)\b)"
        rf"|\b(?i:rather (?:he|she|they) (?:just |simply |only )?(?:told|tell|let) me )(?=(?i:{WH})\b)"
        rf"|\b(?i:my (?:only |main |one |first |real |big )?questions? (?:is|are|was"
        rf"|would be)[:,]? )(?=(?i:{WH}|{AUX})\b)",
    ),
    "say": re.compile(
        rf"\b(?i:say|saying|mention|add)(?i: that)? (?={_OF_READER})|"
        rf"\b(?i:say|saying|send)(?: (?:him|her|them|my|a|some))?(?i: thanks| thank you| hi| hello| cheers| ta"
        rf"| sorry),? "
        rf"(?i:and|but) (?:that )?(?=(?i:{SELF}))|"
        rf"\b(?i:my (?:line|reply|answer|message)(?: is| would be)?: (?:thank you|thanks|hi"
        rf"|hello)[,.:]? ?(?:and |but )?)(?=(?i:{SELF}))|"
        rf"\b(?i:(?:she|he|they|[A-Z]\w+) (?:should|must|ought to|needs to|need to|has to|have to) (?:also )?know"
        rf" (?:that )?)(?=(?i:{SELF}|it|there)\b)|"
        rf"(?:^|(?<=[.!?\n] ))(?i:just|only|mainly|basically) that (?=(?i:{SELF}))|"
        rf"\b(?i:say|saying|tell {_PERSON})(?i: look| hi| hello| well| basically| something like)[,:]?"
        rf" (?=(?i:{SELF}))|"
        rf"\b(?i:say|saying|tell|telling|mention|mentioning|add|adding|include|note|explain|state|let(?="
        rf" {_PERSON} know))"
        rf"\b{_SMALL}(?: (?:to )?{_PERSON})?(?i: know| in)?{_SMALL}"
        rf"(?:(?i:[:,]? that|:)? (?=(?i:{SELF}|it|it's|its|there)\b)|(?i: that) (?={_STARTS})"
        rf"|:? (?={_OF_READER}))"
        rf"|\b(?i:write|email|mail|message|text|reply|answer|put|dm)\b{_SMALL}(?: (?:to |back to )?{_PERSON})?{_SMALL}"
        rf"(?i:,? (?:on|by|via|over|in) (?:an? |the )?(?:linkedin|e-?mail|text|whatsapp|message|note|reply|letter))?"
        rf"(?i:,? (?:that|saying(?: that)?)) (?={_STARTS})"
        rf"|\b(?i:write|email|mail|message|text|reply|answer|dm)\b(?: (?:to )?{_PERSON})?(?i: there)?:"
        rf" ?(?i:sorry,? (?:and |that |but )?)?"
        rf"(?=(?i:{SELF}|it)\b)"
        rf"|\b(?i:write|draft|send|do|make|prepare|compose)\b[^.;!?\n]{{0,40}}? (?i:email|mail|message|note"
        rf"|letter|text|line|dm)"
        rf"(?: (?:to|for) {_PERSON})?,? that (?=(?i:{SELF}))"
        rf"|\b(?i:text|tell|message|email) (?:her|him|them) (?=(?i:i'?m|i've|ive|i'll|i can|my)\b)"
        rf"|\b(?i:so(?: that)?|just so|want|like|for) {_PERSON}(?i:(?: to)? knows?)(?i: that)? (?=(?i:{SELF}|it"
        rf"|there)\b)"
        rf"|\b(?i:tell) {_PERSON}(?i: without \w+) (?i:that )?(?=(?i:{SELF}))",
    ),
    "request": re.compile(
        rf"\b(?i:ask(?:ing)?|get|remind){_SMALL} {_PERSON}{_SMALL}"
        r"(?i: (?:on|by|via|over|in) (?:linkedin|e-?mail|text|whatsapp|the phone|phone|message))? (?:(?i:not)"
        r" )?(?i:to) (?=\w)"
        rf"|\b(?i:want|like|love|need|prefer) {_PERSON} (?i:to) (?!(?i:know|think|feel|understand|see|believe"
        rf"|regret|notice"
        rf"|reali[sz]e|remember|forget|like|enjoy|keep in touch|be|hear|read|learn|have|get|suffer|pay|say)\b)(?=\w)",
    ),
    "myself": re.compile(
        r"\b(?i:ask(?:ing)?)(?i: on the phone| by email)? (?i:to) (?=(?:go|be|have|come|join|get|meet|speak|talk"
        r"|apply|visit|sit)\b)"
    ),
    "view": re.compile(
        r"\b(?i:value|appreciate|like|love|want|hear|ask for|get) (?=(?:her|his|their|your) (?:honest )?(?:view"
        r"|opinion|thoughts|take)"
        r" (?:of|on|about)\b)"
    ),
    "tell me": re.compile(
        r"\b(?i:mail|email|message|letter|note|text|write)\b[^.;!?\n]{0,90}? (?i:to) (?=tell me\b)(?!tell me"
        r" (?:how|what) to)",
    ),
    "offer": re.compile(
        r"\b(?i:offer(?:ing)?|propos(?:e|ing)|suggest(?:ing)?)\b(?: (?:to )?(?:her|him|them"
        r"|[A-Z]\w+(?: [A-Z]\w+)?(?: (?:at|from|of)(?: the)?(?: [A-Z&][\w&']*)+)?))?(?i: that|:)? "
        r"(?!(?:[A-Z][\w'’]+ ?)+[,.;:!?]|to (?:(?i:the|my|his|her|their)|[A-Z])|(?i:at|from|of|in|for|with|by"
        r"|on) )(?!(?i:my|myself|meself|me|it"
        r"|that|them|himself|her|him|an? (?:new|other) (?:time|day|date)"
        r"|some (?:help|time|day|feedback|advice|thanks)"
        r"|something|(?:mon|tues|wednes|thurs|fri|satur|sun)day|to (?:meet|talk|call))\b)(?=\w)",
    ),
}
"""What opens a list of clauses; names keep their capitals, the rest is read in any case."""
