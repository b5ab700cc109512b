"""Tell whether a message asks for a draft, and for which: kind, channel and tone."""

from __future__ import annotations

import re

from coach.drafts.anger import SENT_HOT, TAKES_BACK
from coach.drafts.asking import HOW, REFUSES, UNDECIDED, only_tells, wants_none
from coach.drafts.kinds import OWN_DATE, RESCHEDULE
from coach.drafts.quoted import own_words
from coach.types import Kind, Situation

_THING = (
    r"(?:e-?mails?|mails?|messages?|msgs?|notes?|letters?|texts?|drafts?|dms?|sms|whatsapps?|scripts?|repl(?:y|ies)"
    r"|answers?|thank[- ]yous?|lines?|something|smth|sth|requests?|feedback|apology|words|voicemail)"
)


WRITE = re.compile(
    rf"\b(?:(?:please |pls |kindly |can (?:you|u) |could (?:you|u) |will you |would you )(?:\w+ )?(?:write|draft"
    rf"|compose|script|word|prepare|make|do|send|text|email|knock up|polish|rewrite|put|do up|answer)"
    rf"|(?:write|draft|compose|script|prepare|word) (?:me |us |it |this |that |one |to |him |her |them |an? |the "
    rf"|my |for |something|asking|up|[A-Z])"
    rf"|^\W*(?:write|draft|compose|prepare|script)\b|\bpa-draft\b|\b(?:draft|write|email|message|mail|letter"
    rf"|script|note)(?: it| this| that)?,? (?:please|pls|plz)\b|\bwrite it\b(?! somewhere| down| off)|\bwrite "
    rf"(?:him|her|them)\b"
    rf"|(?:help|assist) me (?:to )?(?:write|word|draft|compose|answer|reply|say|ask|thank|apologi[sz]e)"
    rf"|(?:need|want|require|request|like|love|after) (?:an?|one|the|some|my)? ?(?:\w+ ){{0,3}}(?:email|mail"
    rf"|message|msg|note|letter|text|draft|script|reply|answer|thank[- ]you|dm|words|voicemail)\b"
    rf"|\bneed an answer to\b|(?:make|do|give) (?:me |us )?(?:an?|the|some|one) (?:\w+ ){{0,2}}{_THING}\b"
    rf"|knock up|put together"
    rf"|(?:what|how) (?:do|should|would|must|can|could|to|shall|am) ?(?:i|you|we)? ?(?:actually |best |even "
    rf"|to )?(?:(?:say|write|reply|respond|text|put|word|phrase|open|answer|ask)\b(?! about| to (?:my|people"
    rf"|friends|someone who))|tell (?:him|her|them|the (?:manager|hr|company|recruiter))\b)"
    rf"|\bwhat i say\b|\bwords to say\b|\bgive me (?:the )?words\b|\bwhat'?s my (?:opening )?line\b"
    rf"|\bmy opening line\b|\bhow (?:must|do) i (?:write|ask)\b"
    rf"|\bturn (?:this|it|that) into\b|\b(?:rewrite|reword|polish|clean up|tone down|soften)\b|\bfix (?:my |the "
    rf"|this )?grammar\b|\bmake (?:it|this) (?:decent|civil|polite|calm|sendable)\b"
    rf"|\b(?:ring|call|phone) script\b|\bscript (?:it|for)\b|\b(?:email|message|letter) template\b|\b(?:can|could"
    rf"|will) (?:u|you) ask (?:her|him|them)\b|\bwrite (?:for|to)\b|\bfor this:|\breply:|\bcan (?:you|u) do (?:it"
    rf"|this|the|an?|me|us)\b|\bdo (?:us|me) an?\b|\b(?:two|three|four|few|\d) (?:sentences|lines) (?:to|for) )",
    re.IGNORECASE | re.MULTILINE,
)


_BARE = re.compile(
    r"(?:^\W*|[.!?]\s+)(?:(?:a|an|the|one|my|short|quick|brief|formal|warm|friendly|polite|simple|easy"
    r"|shortest possible|linkedin|thank[- ]you|thanks|feedback|follow[- ]?up|connection|casual|voicemail|phone"
    r"|ring|whatsapp|new|3 lines?|feedback request)\s+)*"
    r"(?:e-?mail|mail|message|msg|note|letter|text|dm|sms|draft|script|linkedin(?: note| message| msg| request)?"
    r"|whatsapp|connection request|thank[- ]you|request|reply)\b(?: \w+)?(?: (?:please|pls|plz|asking|request))?"
    r"(?:$|[.,!]|\s+(?:to|for|asking|about|pls|please)\b)",
    re.IGNORECASE,
)


_OPENS = re.compile(
    r"(?:^\s*|[.!?\n]\s*|\b(?i:for now|now|just|please|pls|then|so)\s+)(?:(?i:e-?mail|text|message|ring|call"
    r"|phone|whatsapp|dm|mail|write) (?i:to |him|her|them|my |the )?(?:[A-Z]|(?<=him)|(?<=her)|(?<=them)|(?<=my )"
    r"|(?<=the )|(?<=to ))"
    r"|(?i:ask|tell|thank|thanks?(?: to)?|offer|say (?:thanks|thank you|ta)(?: to)?) (?:(?i:him|her|them|my\w*"
    r"|the|a|an|for|to|mr|mrs|ms|miss|dr|prof|recruiter)\b|[A-Z])|(?i:reply (?:to|on|by)|answer (?:him|her|them"
    r"|it|nicely)|reply:))",
    re.MULTILINE,
)


_WISH = re.compile(
    r"\b(?:i(?:'d| would| should|’d)? (?:want|like|need|love|prefer|wish|rather|will|am going|meant|have|plan"
    r"|think i will)|i'm meant|im meant|wanna|i'll|ill|want|id like|like|need|i think i)(?: that i| him| her"
    r"| them)? ?(?:just |now |only )?(?:to )?"
    r"(?:write|reply|answer|respond|ask (?:him|her|them|for|if|whether|about|[A-Z])|thank|say thank|say ta"
    r"|keep in|stay in|remain in|ring\b|call (?:him|her|them|hr|back)|text\b|email\b|message|mail\b|send (?:him"
    r"|her|them|an?)|apologi[sz]e|take it back|take up|check in|get back to|leave a voicemail|offer|propose"
    r"|invite|remind|be introduced)"
    r"|\bwriting to\b|\bwant (?:some |honest )?feedback\b|\bi am asking for\b|\bi think i will\b|\bone more try\b"
    r"|\bi would do\b|\bi'?d (?:happily|honestly|gladly) do\b|\bwant(?:s)? to offer\b|\b(?:i want"
    r"|want) the seasonal\b|\bnow i want to reply\b|\bso i(?:'ll| will|ll) reply\b|\bi want (?:that )?(?:he|she"
    r"|they) (?:remember|ask)",
    re.IGNORECASE,
)


_NO_DRAFT = re.compile(
    r"\b(?:don'?t|do not) know what to (?:say|write)\W*$|\bfeedback from me\b|\bsurvey\b|\bget ready\b"
    r"|\b(?:say to|tell) (?:\w+ )?(?:my|the|our) (?:\w+ )?(?:mum|mom|dad|parents|wife|husband|family|kids|friends)\b|"
    r"\b(?:(?:don'?t|do not|dont) (?:want|need|write|draft)(?: me)? (?:a|an|any|the|it\b(?! to| too)) ?(?:draft"
    r"|message|email|script|letter|note)?(?=\s*(?:[.,!?]|$|from\b|yet\b|for me\b|after all\b|now\b))"
    r"|no (?:draft|message|email|script)\b(?! (?:address|back|yet|from|came|for))|(?:i've|ive|i have|i) already "
    r"(?:sent|written|wrote|replied|answered|emailed|thanked|texted|asked them)|already sent it"
    r"|(?<!should )(?<!to )(?<!can )forget it"
    r"|never ?mind(?! (?:the|that|about|my|his|her)\b)|scrap (?:it|that)|leave it then|i'll leave it|ill leave it"
    r"|not going to (?:write|send)|won'?t "
    r"(?:write|send))\b",
    re.IGNORECASE,
)


_DECISION = re.compile(
    r"(?<!how )(?<!what )\b(?:should|shall|do|can|could|must|may) (?:i|we) (?:\w+ )?(?:write|email|ask|reply"
    r"|answer|send|text|ring|call|contact|thank|wait|leave|message|respond|apologi[sz]e)\b(?:(?!\bif (?:not|so"
    r"|yes|it|email)\b|\band (?:can|what|if)\b)[^.?!\n])*\??|\bis it (?:ok|okay|rude|weird|too late|worth|stupid"
    r"|mad|bad)\b(?:(?!\bif (?:not|so|yes|it|email)\b|\band (?:can|what|if)\b)[^.?!\n])*|\bworth (?:asking"
    r"|writing|emailing)\b|\bany point\b[^.?!\n]*",
    re.IGNORECASE,
)


_OFF_TOPIC = re.compile(
    r"\b(?:homework|recipe|poem|song|essay|birthday|wedding speech|tax return|python|javascript|code for|dating"
    r"|landlord|joke about|translate this menu|cover letter|my cv\b|resume for)\b",
    re.IGNORECASE,
)


_PLAN = re.compile(
    r"\b(?:make|give|write|draft|do) (?:me )?(?:a|the) (?:\w+ )?(?:plan|list|schedule|timetable|summary of my week)\b",
    re.IGNORECASE,
)


_WRITING = frozenset({Kind.ASK_FEEDBACK, Kind.STAY_IN_TOUCH, Kind.CONTRACT_WORK, Kind.RECRUITER})
"""Kinds of messages that are about writing to somebody."""

_LIKELY = 0.05
_POSSIBLE = 0.02
"""Probabilities of a draft being wanted; chosen on ``data/replies/dev.jsonl`` and ``data/drafts/dev.jsonl``."""


_DUE = 0.5
_ASKED = 0.05
"""Probability from which a draft is due, and the same where rules say so too; by cross-validation."""
_SHARED = 0.02
"""How likely a draft has to be to the situation's classifier as well: on ``data/replies/dev.jsonl`` that keeps 3 of 4
drafts back that nobody asked for, and none that was wanted."""


def is_due(text: str, situation: Situation | None, *, asked: float | None = None, signed: bool = False) -> bool:
    """Whether a message asks for a draft, by itself or by what it says it wants to do.

    Args:
        text: The message.
        situation: What was understood of it.
        asked: How likely it asks for one; None where no classifier has read it.
        signed: Whether it names both a reader and the one who writes.
    """
    if asked is None:
        return _is_due_by_words(text, situation, signed=signed)
    plain = own_words(text)
    share = situation.draft_share if situation is not None else None
    if (_is_off_topic(plain) and not (asked > _SURELY and share is not None and share > _ALIKE)) or _PLAN.search(plain):
        return False
    if REFUSES.search(plain) or _is_general(plain, situation, likely=asked > _DUE):
        return False
    if UNDECIDED.search(plain) and not _is_due_by_words(UNDECIDED.sub(" ", plain), situation, signed=signed):
        return False
    if asked > _DUE and (share is None or share >= _SHARED):
        return not only_tells(plain) or _is_due_by_words(text, situation, signed=signed)
    if asked > _DUE and not wants_none(plain) and (HOW.search(plain) or _is_due_by_words(text, None, signed=False)):
        return True
    return asked > _ASKED and _is_due_by_words(text, situation, signed=signed)


def is_other_writing(text: str) -> bool:
    """Whether a message that is likely to ask for a draft is about other writing, or says that none is wanted."""
    plain = own_words(text)
    return bool(_is_off_topic(plain) or _PLAN.search(plain) or REFUSES.search(plain) or only_tells(plain))


def _is_off_topic(text: str) -> bool:
    """Whether a message is about other writing; "my CV" alone is no such thing, where it is to be sent or has a gap."""
    return any(
        match.group().lower() != "my cv" or _ON_CV.search(text[: match.start()]) for match in _OFF_TOPIC.finditer(text)
    )


_ON_CV = re.compile(
    r"\b(?:write|rewrite|improve|fix|polish|update|redo|format|check|review|help with|do) (?:me )?$", re.IGNORECASE
)


def _is_general(text: str, situation: Situation | None, *, likely: bool) -> bool:
    """Whether a message asks how such things are done, or thanks the coach, and names nothing to write.

    Who ``likely`` wants a draft thanks somebody else.
    """
    thanking = situation is not None and situation.kind is Kind.THANKS
    others = likely and not _THANKS_COACH.match(text)
    thanks = thanking and not (others or WRITE.search(text) or _WISH.search(text))
    return thanks or (_HOW_ANYBODY.search(text) is not None and not _TO_WRITE.search(text))


_THANKS_COACH = re.compile(
    r"\W*(?:many |ok,? )?(?:thanks?|thank you|thx|cheers|ta|merci)(?: (?:so|very) much| a lot| again)?\s*(?:[.!,;]|$)",
    re.IGNORECASE,
)
_HOW_ANYBODY = re.compile(
    r"\bhow (?:do|does|would|can|could) (?:you|one|people|anyone|anybody|somebody)\b", re.IGNORECASE
)
_TO_WRITE = re.compile(rf"\b{_THING}\b|\b(?:write|draft|word|phrase|compose)\b", re.IGNORECASE)

_SURELY = 0.8
_ALIKE = 0.3
"""Where a draft is that likely to both classifiers, a landlord or an essay in the message is no other topic."""


def _is_due_by_words(text: str, situation: Situation | None, *, signed: bool) -> bool:
    plain = own_words(text)
    if _NO_DRAFT.search(plain) or _is_off_topic(plain) or _PLAN.search(plain):
        return False
    asks = _DECISION.sub(" ", plain)
    score = 0
    score += 3 * bool(WRITE.search(asks))
    score += 3 * bool(_BARE.search(asks))
    score += 2 * any(
        "reply" in match.group().lower() or not _ends_in_question(asks, match.end()) for match in _OPENS.finditer(asks)
    )
    score += 2 * bool(_WISH.search(asks))
    score += 3 * bool(SENT_HOT.search(plain) and TAKES_BACK.search(plain))
    score += 3 * bool(OWN_DATE.search(plain) and RESCHEDULE.search(plain))
    score += 1 * bool(
        re.search(
            r"\b(?:linkedin|whatsapp|text (?:to|for)|e-?mail\W*$|(?:short|quick) message|opening line|\b300\b)",
            plain,
            re.IGNORECASE,
        )
    )
    score += 1 * bool(_STYLE.search(plain))
    score += 1 * signed
    score -= 2 * bool(_YES_OR_NO.search(plain))
    if situation is None or situation.draft_share is None:
        return score >= 2
    # Who surely wants a draft needs no further sign; who likely does not has to say so plainly.
    share = situation.draft_share
    possible = share > _POSSIBLE and situation.kind in _WRITING
    return score >= (0 if share == 1.0 else 1 if share > _LIKELY else 3 if possible else 5)


def _ends_in_question(text: str, place: int) -> bool:
    end = re.search(r"[.!?\n]|$", text[place:])
    if re.match(r" ?(?:him|her|them)? ?(?:asking|and ask)", text[place:]):
        return False
    return end is not None and end.group() == "?" and "pl" not in text[place : place + end.start()][-8:]


_STYLE = re.compile(
    r"\b(?:to|addressee|recipient|tone|length|sign(?:ed)?|signature|from):|\bletter style\b|\b\d lines max\b"
    r"|\bformal(?:-ish)?[.,]|\b(?:simple|brief|short),? (?:please|pls)\b|\bmsg to\b|\bclosing line\b"
    r"|\bsentences to send\b|\bwarm and \w+",
    re.IGNORECASE,
)


_YES_OR_NO = re.compile(r"\b(?:yes or no|smart or stupid|shd i|good idea or|thoughts)\b\s*[?.!]*\s*$", re.IGNORECASE)


def calls_off(text: str) -> bool:
    """Whether a message says that no draft is wanted, or none any more."""
    plain = text.replace("’", "'").strip()
    if re.match(r"(?:no,? )?(?:actually,? )?(?:don'?t|stop)\b[.!,]?\s*(?:$|i'?ll)", plain, re.IGNORECASE):
        return True
    if _WAITS.fullmatch(plain):
        return True
    dropped = _DROPS_IT.search(plain)
    refused = _NO_DRAFT.search(plain)
    if refused is not None and not _LOOSELY.match(refused.group()):
        return True
    # "Skip it, and say I am free in May" drops what was said last, and wants the draft.
    return any(match is not None and not _ORDERS.search(plain, match.end()) for match in (dropped, refused))


_FIRST = r"(?:(?:no|nah|nope|hm+|actually|oh|ok(?:ay)?|you know what|on second thoughts?|sorry)[,.! ]+)*"
_DROPS_IT = re.compile(
    rf"(?:^|[.!?\n]\s*|\bactually,? ){_FIRST}(?:let'?s |just |i'?d rather |i'?ll |better )?"
    r"(?:(?:leave (?:it|this|that)(?: be| alone| there)?|(?:drop|skip|bin|forget) (?:it|this|that))"
    r"(?: (?:then|please|now|after all))?\s*(?:[.!]|$)"
    r"|(?:don'?t bother|i'?ve changed my mind|changed my mind|i won'?t (?:send|write)(?: (?:it|anything))?)"
    r"(?: (?:then|please|now|after all))?\s*(?:[.!,;]|$))",
    re.IGNORECASE,
)
_WAITS = re.compile(
    rf"{_FIRST}(?:hold on,? )?i'?ll (?:wait|sleep on it|think about it|leave it)(?: (?:till|until|for) \w+)?"
    r"(?: (?:then|now|after all))?[\s.!]*",
    re.IGNORECASE,
)
"""A wait is the person's own, and not the company's, only where the message says nothing else."""
_LOOSELY = re.compile(r"forget|never|scrap|leave|i'?ll leave", re.IGNORECASE)
_ORDERS = re.compile(
    r"(?:(?<=[,.;:!?\n])|\b(?:and|but|just|then|please|pls|rather|or|so|instead))\s*"
    r"(?:(?:say|add|make|put|change|mention|include|shorten|start|begin|end|use|keep|replace|write|send) "
    r"(?!something\b|nothing\b|no\b)|(?:tell|ask|thank|give) (?!me\b|you\b))"
    r"|\bbut (?!thank|ta\b|cheers|i\b|it\b|he\b|she\b|they\b|my\b|he'?s|she'?s|it'?s|i'?m)",
    re.IGNORECASE,
)


CUES = (WRITE, _BARE, _OPENS, _WISH, _NO_DRAFT, _DECISION, _OFF_TOPIC, _PLAN, _STYLE, _YES_OR_NO, SENT_HOT, TAKES_BACK)
"""What speaks for a draft being wanted or not, for the classifier to weigh."""
