"""Read by rules what a message asks for in so many words, and short turns that need the conversation before them."""

from __future__ import annotations

import re
from enum import StrEnum

from coach.cues import Cue
from coach.text import QUOTED, words

_PASTED = re.compile(
    r"\bdear"
    r" [\w{][^?]{0,3000}?(?:regards|sincerely|wishes|faithfully|team|hr)\b[^\n]*",
    re.IGNORECASE,
)


class Ask(StrEnum):
    """What a message asks for by its words."""

    NOTHING = "nothing"
    STEPS = "steps"
    HOW = "how"
    WHAT_NOW = "what_now"
    WORDS = "words"
    WHETHER = "whether"
    WHY = "why"
    MEANING = "meaning"
    OTHER = "other"


_RULES: tuple[tuple[Ask, re.Pattern[str]], ...] = tuple(
    (ask, re.compile(pattern, re.IGNORECASE))
    for ask, pattern in (
        (
            Ask.STEPS,
            r"\bsteps?\b(?! (?:back|down|up|in|further))|\bstep by step\b|\b(?:a|my|the) plan (?:for|to)\b"
            r"|\bneed a plan\b"
            r"|\bmake (?:me )?a plan\b|\bhelp me plan\b|\bplan (?:my|the) (?:week|day|next)",
        ),
        (
            Ask.WORDS,
            r"\bwhat (?:do|should|shall|can|could|would) (?:i|you) (?:even )?(?:say|write|tell|reply|answer|put)\b"
            r"|\bhow (?:do|should|can|would) (?:i|you) (?:even )?(?:say|word|phrase|tell|explain|answer|reply)\b"
            r"|(?<!know )\bwhat to (?:say|write|tell|answer)\b(?=[^.!]*\?)",
        ),
        (
            Ask.HOW,
            r"\bhow (?:do|can|should|could|would|might) (?:i|you|we|one|a person|anyone)\b|\bhow to\b|\bhow not to\b"
            r"|\b(?:any|give me|got|some) (?:\w+ )?(?:tips|advice|ideas|pointers)\b|\bwhat (?:helps|can help"
            r"|would help)\b"
            r"|\bhelp me (?:to )?(?:prepare|get|find|look|go|figure|work|understand|decide|practi[sc]e|stop"
            r"|sort|start|with)\b",
        ),
        (
            Ask.WHAT_NOW,
            r"\bwhat (?:now|next|then)\b|\bwhat (?:should|shall|can|do|would) (?:i|you|we) (?:even )?do\b|\bnow what\b"
            r"|\bwhere (?:do|should|would) i (?:even )?(?:start|begin)\b|\bwhat am i supposed to do\b"
            r"|\bwhat else (?:can|should)\b|\bwhat to do\b",
        ),
        (
            Ask.MEANING,
            r"\bwhat (?:do|does|did|is|are)\b[^.?!]{0,60}\bmean(?:s|t)?\b|\bmeans?\s*\?|\bis (?:there|that)"
            r" (?:any )?hope\b"
            r"|\bcode for\b|\bread (?:into|between)\b|\bexplain what\b",
        ),
        (
            Ask.WHY,
            r"\bwhy (?:did|didn'?t|do|don'?t|was|wasn'?t|won'?t|would|wouldn'?t|is|isn'?t|am|not|me|they|he|she"
            r"|put|bother|call"
            r"|the|are)\b|\bwhat (?:did i do wrong|went wrong|was wrong|have i done)\b|\bis that why\b|\bthe"
            r" reason\b[^.?!]*\?",
        ),
        (
            Ask.WHETHER,
            r"\b(?:should|shall|could|can|may|might|must|do|did|would) (?:i|we)\b(?! (?:even )?(?:believe|know"
            r"|say))[^.!]*\?"
            r"|^(?:should|shall|could|can|may|do) i\b|\bam i (?:allowed|better|wrong to|supposed)\b|\bworth"
            r" (?:it|\w+ing)\b"
            r"|\b(?:is|was|would) (?:it|that|this) (?:even |really |still |too |a )?(?:ok|okay|weird|wrong|rude"
            r"|bad|fine|normal"
            r"|wise|smart|legal|allowed|possible|better|late|soon|early|stupid|desperate|mistake|good|fair|true"
            r"|crazy|odd)\b"
            r"|\bwould (?:a|an|it|that)\b[^.!]*\?|\b(?:do|would) you (?:think|recommend)\b|\bor (?:should|do"
            r"|not)\b[^.!]*\?"
            r"|\bor (?:leave|drop|let|keep|just|is|wait)\b[^.!]*\?|\bhow (?:long|soon|many|often|much|late)\b",
        ),
    )
)


def read_ask(text: str) -> Ask:
    """Return what a message asks for; what it quotes or pastes asks for nothing."""
    plain = _PASTED.sub(" ", QUOTED.sub(" ", text.replace("’", "'")))
    for ask, rule in _RULES:
        if rule.search(plain):
            return ask
    return Ask.OTHER if "?" in plain else Ask.NOTHING


_WRITES = re.compile(
    r"\b(?:write|draft|compose|reword|rewrite|word|template|proofread|polish|phrase|type|shorten)\b|\bhelp me"
    r" (?:reply|answer|ask|say)\b"
    r"|\b(?:need|want|give me|send me|make me) (?:an?|me an?|some) (?:\w+ ){0,3}(?:e?mail"
    r"|message|msg|text|note|letter"
    r"|reply|draft|script|wording)\b|\b(?:e?mail|message|msg|text|note|letter|reply|linkedin)\b[^.?!]{0,30}"
    r" (?:please|pls|plz)\b"
    r"|^(?:please |pls )?(?:an? )?(?:short |polite |quick )?(?:e?mail|message|msg|text|note|letter|reply) (?:to"
    r"|for|asking|back)\b",
    re.IGNORECASE,
)


def asks_for_writing(text: str) -> bool:
    """Whether a message has words by which people ask for a message to send."""
    return bool(_WRITES.search(_PASTED.sub(" ", QUOTED.sub(" ", text.replace("’", "'")))))


_REQUEST = re.compile(
    r"\?|\b(?:please|pls|plz|(?:can|could|would|will) (?:you|u|we)"
    r"|(?:help|give|tell|show|make|do|send|get|write|find) (?:me|us|it)"
    r"|(?:i|we)(?:'d| would)? (?:need|want|like) (?:an?|one|some|the|to|it|you)|draft|version|plan|words for"
    r"|(?:what|how|which|whether|where|when|why|who) (?:do|does|to|should|can|could|would|is|are|if|about|i)\b)\b",
    re.IGNORECASE,
)


def may_request(text: str) -> bool:
    """Whether a message may want something of the coach, by any word for it: it is not met with a mere nod then."""
    return bool(_REQUEST.search(QUOTED.sub(" ", text.replace("’", "'"))))


_GREETING = re.compile(
    r"^(?:hi+|hello|hey+|good (?:morning|evening|afternoon|day)|hi there|hey there|hello"
    r" there)[\s.!,]*$",
    re.I,
)


def is_greeting(text: str) -> bool:
    """Whether a message is a greeting and nothing else."""
    return bool(_GREETING.match(text))


class Offer(StrEnum):
    """What the coach's last reply offered or asked at its end."""

    NOTHING = "nothing"
    DRAFT = "draft"
    STEP = "step"
    QUESTION = "question"


_DRAFT = re.compile(
    r"\bdraft\b|\bshort message (?:to|for)\b|\bcalm version\b|\bwrite (?:the offer|it) (?:together|with)\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"\b(?:small|next|first) step\b|\bplan for (?:one|this) week\b|\bplan something\b", re.IGNORECASE)
_END = re.compile(r"(?:^|[.!?\n]\s*)([^.!?\n]+[.!?]*)\s*$")


def offer_of(reply: str) -> Offer:
    """Return what a reply offers or asks in its last sentence."""
    match = _END.search(reply.rstrip())
    last = match.group(1) if match else reply
    if _DRAFT.search(last):
        return Offer.DRAFT
    if "?" not in last:
        return Offer.NOTHING
    return Offer.STEP if _STEP.search(last) else Offer.QUESTION


_LONGEST = 7
_POLITE = r"(?:,? (?:please|pls|then|thanks|thank you|i think|i guess|i suppose|actually|ok|okay))*[.!…]*$"
_LEAD = r"^(?:well|oh|um+|hm+|erm|ok|okay|alright)?,? ?"
_SHORT: tuple[tuple[Cue, re.Pattern[str]], ...] = tuple(
    (cue, re.compile(pattern, re.IGNORECASE))
    for cue, pattern in (
        (
            Cue.YES,
            rf"{_LEAD}(?:yes|yeah|yep|yup|ye|ya|sure|please|please do|go ahead|go on then|why not|i would(?:"
            rf" like (?:that|to|it))?"
            r"|i'?d like (?:that|to|it)|do it|let'?s do (?:it|that|this)|let'?s|sounds good|absolutely"
            r"|definitely|of course"
            rf"|(?:yes|yeah|sure),? (?:i would|i do|let'?s|do(?: it)?|go ahead|that would be (?:good|great"
            rf"|nice)|draft it)){_POLITE}",
        ),
        (
            Cue.NO,
            rf"{_LEAD}(?:no|nope|nah|no thanks|no thank you|not now|not really|not yet|not today|rather not"
            rf"|i'?d rather not"
            rf"|maybe later|later|don'?t|no need|no,? (?:not now|leave it|i'?m (?:ok|fine|good))){_POLITE}",
        ),
        (
            Cue.UNSURE,
            rf"{_LEAD}(?:i (?:really |honestly )?(?:don'?t|dont|do not) know(?: (?:really|yet|anymore|what to"
            rf" say|how))?|idk|dunno"
            rf"|no idea|no clue|not sure|i'?m not sure|maybe|perhaps|hard to say|can'?t say|i can'?t say|either"
            rf"|whatever|don'?t know)"
            rf"{_POLITE}",
        ),
        (
            Cue.UNCLEAR,
            r"^(?:what|wdym|huh|sorry\?|pardon)\??$|\bwhat do you mean\b|\bwhat does that mean\b"
            r"|\b(?:don'?t|dont|do not|didn'?t) (?:understand|get (?:it|that|you))\b|^(?:meaning|in what way"
            r"|how so|such as|like what)\??$"
            r"|\bwhat are you (?:saying|talking about)\b",
        ),
        (
            Cue.SHORTER,
            rf"{_LEAD}(?:make it |can you make it |a bit )?(?:shorter|briefer)\b|\btoo (?:long|much text)\b"
            rf"|^(?:that'?s|thats) a lot\b"
            r"|^tl;?dr\b|\bless text\b|^just (?:one|the) (?:thing|short version)\b",
        ),
        (
            Cue.MORE,
            r"^(?:and|and then|then|then what|what then|what else|anything else|more|tell me more|go on|and now"
            r"|next|what next|so"
            r"|is that (?:all|it)|something else|another one|any more)\s*[?.!…]*$",
        ),
        (
            Cue.BYE,
            r"^(?:ok |okay |thanks,? |thank you,? )?(?:bye|goodbye|bye bye|good ?night|night|see (?:you|ya)"
            r"|gotta go|i have to go"
            r"|i'?m off|ttyl|talk later|that'?s all(?: for (?:now|today))?)\b[\w ]*[.!]*$",
        ),
        (
            Cue.THANKS,
            r"^(?:ok|okay|great|good|cool|alright|right|perfect|lovely|nice|[ ,.])*"
            r"(?:thanks|thank you|thx|ty|cheers|ta|many thanks|thank"
            r" u)\b[\w ,']*[.!]*$",
        ),
        (
            Cue.OK,
            r"^(?:ok|okay|k|fine|right|alright|all right|got it|i see|hm+|mm+|yeah ok|fair|fair enough|true"
            r"|good|sure ok|will do"
            r"|understood|makes sense|that makes sense|ok,? i'?ll try(?: that| it)?|i'?ll try(?: that|"
            r" it)?)\s*[.!…]*$",
        ),
    )
)

SHORT_CUES = tuple(cue for cue, _ in _SHORT)
"""What ``short_cue`` tells."""


def short_cue(text: str) -> Cue | None:
    """Return what a short message says that means nothing without the one before it; None for any other message."""
    if len(words(text)) > _LONGEST:
        return None
    plain = text.replace("’", "'").strip()
    return next((cue for cue, rule in _SHORT if rule.search(plain)), None)
