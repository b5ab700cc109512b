"""Tell which kind of draft fits what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coach.draft import DraftKind
from coach.drafts.anger import takes_back
from coach.drafts.plainly import plainly
from coach.drafts.quoted import own_words
from coach.drafts.settled import settled, untold
from coach.types import Kind, Situation

_RECRUITER = re.compile(
    r"\b(?:(?:specialist|temp|staffing|recruitment) agenc(?:y|ies)|staffing firm|recruiters?|head ?hunters?"
    r"|staffing|recruitment (?:agency|consultant|firm)|agency (?:bloke|guy|woman|lady|man|consultant)|my "
    r"(?:agency|consultant)|new agency|temp agency|job agency|the agency|search firm|employment agency"
    r"|placement agency)\b",
    re.IGNORECASE,
)


_NOT_RECRUITER = re.compile(
    r"\b(?:their|in-house|company'?s|company’s|own) recruiter\b|\brecruiter (?:at|from) (?:the )?(?:company"
    r"|firm)\b|\bdidn'?t use a recruiter\b",
    re.IGNORECASE,
)


_INTRO = re.compile(
    r"\bintroduc(?:e|es|ed|ing|tion)\b(?! (?:myself|yourself))|\bintro to\b|\bput me in (?:touch|contact|with)\b"
    r"|\bput in a (?:good )?word\b|\bput a (?:good )?word in\b|\brefer me\b|\bconnect me (?:to|with)\b|\bpass "
    r"(?:on )?my (?:cv|name) to\b|\breferral from\b",
    re.IGNORECASE,
)


_CONTRACT = re.compile(
    r"\b(?:freelanc\w*|contract(?:or|ing|s)?(?: work| basis| role| job)?\b(?<!signed contract)|part[- ]?time"
    r"|casuals?\b(?! (?:tone|but|text|email|message))|seasonal|season work|temp work|temping|bank shifts?|ad hoc"
    r"|clean[- ]?up project|\d[- ]week (?:\w+ )*project|holiday (?:cover|courses?)|day[- ]rate|maternity cover"
    r"|cover teaching|(?:sick|relief|reception|holiday|event|evening) cover|consult(?:ing|ancy)|hourly|(?:one|two"
    r"|three|\d) (?:days?|hours|hrs) (?:a|per|/) ?(?:week|wk)|pitch(?:es)?\b|project basis|zero hours|supply "
    r"(?:work|teaching)|shifts\b|labouring|short[- ]term|playscheme|per diem|locum)\b",
    re.IGNORECASE,
)


_NEW = re.compile(
    r"\b(?:re-?advertis\w+|re-?opened|re-?posted|readvert\w+|advertis\w+ (?:it |the |again)|(?:is|are|'s) back up"
    r"|back online|up again|open(?:s|ed)? again|new (?:\w+ ){0,2}(?:job|role|post|vacancy|opening|position|intake"
    r"|traineeship|ad|advert)\b|(?:vacancy|job|role|post|position) (?:up|open|going|out|came up|has come up|is up"
    r"|is open|just opened)"
    r"|(?:they'?(?:re|ve)|theyre|now|today|are) (?:\w+ )?(?:advertis\w+|hiring|recruiting|looking for)"
    r"|growing the|(?:is|hes|he's|she's|shes|they're|theyre) after an?\b|another (?:role|job|post|opening"
    r"|vacancy)\b(?! (?:comes|opens))|saw (?:that )?(?:on linkedin|they|you|the)|someone (?:left|is leaving)"
    r"|left after|same (?:job|role|post|position)\b|apply again|check(?:ing)? (?:in|if).{0,30}(?:open|vacanc))",
    re.IGNORECASE,
)


_ASKS_FEEDBACK = re.compile(
    r"\b(?:ask(?:ing|s)? (?:\w+ )?(?:\([^)]*\) )?(?:for|4) (?:\w+ )?feedback|feedback (?:request|email|mail"
    r"|message|ask|note)|request(?:ing)? feedback|ask(?:ing)? (?:him |her |them |\w+ )?(?:what|which|why)\b|"
    r"(?:what|wot) (?:i |to |2 )(?:could |can |should )?(?:improve|work on|fix|do better|learn)|to ask feedback"
    r"|ask feedback|ask(?:ing)? about (?:the|my) (?:\w+ )?(?:demo|test|lesson|interview|task|panel|role play|talk"
    r"|trial)|want (?:to )?ask:)",
    re.IGNORECASE,
)


_READVERTISED = re.compile(
    r"\b(?:re-?advertis\w+|re-?opened|re-?posted|back up|new (?:post|vacancy|job|role)|worth (?:me )?applying)\b",
    re.IGNORECASE,
)


_TOUCH = re.compile(
    r"\b(?:(?:on|off) (?:her|his|their) radar|still looking|(?:call|ring|try|check) (?:back |again )?in (?:the )?"
    r"(?:spring|summer|autumn|winter)|keep(?:ing)? in (?:touch|contact|with)|stay(?:ing|s)? in (?:touch|contact)"
    r"|remain in (?:touch|contact)"
    r"|be in touch again|keep the door|door open|with (?:my |some )?new work|update (?:him|her|them)\b"
    r"|i have it now|remembers? me|remember who|forget me|keep me in mind|kept in mind|check(?:ing|in)? in\b"
    r"|check back|keep (?:it|things) (?:warm|open)|still (?:be )?interested|first call|database"
    r"|connection request|ring any time|future intake|autumn intake|stay connected|keep you in mind"
    r"|lose this chance|keep open)\b",
    re.IGNORECASE,
)


_THANKS = re.compile(
    r"\b(?:thank(?:s|ing)?\b(?! (?:in advance|anyway))|thank[- ]?you\b|say ta\b|grateful)", re.IGNORECASE
)


_FEEDBACK = re.compile(
    r"\b(?:feedback|what (?:i|to|2) (?:could|can|should|must|fix|improve|work|learn|brush|practi[sc]e)|improve\b"
    r"|work on\b|shortcomings|what (?:was|went) wrong|made me stronger|stronger|brush up|to ask\b|ask (?:him|her"
    r"|them)?,? ?(?:if|whether|what|which|was|why|about (?:my|the|how))|was it the|whether it was|know (?:if"
    r"|whether|what|which|the reason|why)|reasons?\b|scores?\b|marks\b|follow[- ]?up|one observation|learn from"
    r"|comments?\b|which part|what i must learn)\b",
    re.IGNORECASE,
)


_REPLY = re.compile(
    r"\b(?:(?<!no-)(?<!not )reply (?:to|back|by|on|:)|(?<!no-)(?<!not )(?<!they )(?<!no )reply\b|answer(?:ing)? "
    r"(?:to|it|him|her|them|the|nicely|[A-Z]\w+)|respond|(?:say|write) back|response to|answer to a rejection"
    r"|should i answer|leave a voicemail back|accept (?:it|the decision)|acknowledge)\b",
    re.IGNORECASE,
)


RESCHEDULE = re.compile(
    r"\b(?:reschedul\w*|postpone|put (?:it )?off|move (?:the|our|my|it|that) ?(?:call|chat|meeting|interview"
    r"|answer|appointment)?|can'?t make (?:it|the|that)|and i can'?t\b|cannot make|another (?:day|time|date|slot)"
    r"|need (?:until|till|to \w+day)|until (?:monday|tuesday|wednesday|thursday|friday|next|the)\b.{0,30}"
    r"(?:answer|decide|because)|more (?:time|days)|(?:two|2|three|3|few) (?:more )?days (?:more|longer|for)|"
    r"(?:told|promised|said to) (?!me\b)\w+ (?:id|i'd|i would|i’d|an answer)|promised (?:me |an? |her |him |them )?"
    r"(?:an )?(?:answer|feedback|reply|decision)|(?:hear|know|call(?:ed)?|answer|decide|reply) (?:from them )?by "
    r"(?:monday|tuesday|wednesday|thursday|friday|the|last|end|now)|said (?:i'?d|they'?d|she'?d|he'?d) (?:hear"
    r"|let|call|ring|get back|know)|deadline|yes by \d)",
    re.IGNORECASE,
)


OWN_DATE = re.compile(
    r"\b(?:reschedul\w*|can'?t make|i can'?t\b|cannot make|need (?:until|till|more|to)|two more days|more days"
    r"|more time|told (?!me\b)\w+ (?:id|i'd|i would)|i (?:promised|said)|yes by)\b",
    re.IGNORECASE,
)


_HELPED = re.compile(
    r"\b(?:referee|my reference|got me the interview|answered my message|put (?:me|my name) (?:forward|in)"
    r"|recommended me|who helped|helped me|mentor|tutor|for (?:the|her|his|their) (?:feedback|advice|help|letters"
    r"|tips)|feedback call|honest email|reception(?:ist)?)\b",
    re.IGNORECASE,
)


_REJECTED = re.compile(
    r"\b(?:reject\w*|turned? (?:me )?down|(?:got|the|a|said|with the|my) no\b|said no|not (?:selected|chosen"
    r"|successful|picked)|wasn'?t (?:picked|chosen|selected)|didnt? get|didn'?t get|went (?:to|with) some"
    r"|someone else|unsuccessful|chose|regret|won'?t be proceeding|knocked back)\b",
    re.IGNORECASE,
)


ALREADY_SENT = re.compile(
    r"\b(?:i|i've|ive|i have|already|just) (?:\w+ ){0,2}?(?:sent|posted|emailed|replied|texted|shouted|swore|fired off"
    r"|left (?:him|her|them|a)|called (?:him|her|them)|told (?:him|her|them))\b"
    r"|\b(?:it's|its|it is) (?:already )?(?:sent|out|gone)\b",
    re.IGNORECASE,
)
"""Something was sent or said; of a message about anger it may be what is regretted."""


_IN_WORDS = 0.15
"""What it counts beside a probability that the words tell a kind; by cross-validation."""
_NAMED = 0.5
"""The same for words that name it outright; of those in ``data/drafts/train.jsonl`` 9 in 10 are right."""


_BETWEEN = re.compile(
    r"\b(?:agenc(?:y|ies)|recruit\w*|head ?hunt\w*|staffing|consultan\w+|clients?|candidates?|placed? me"
    r"|put(?:ting)? me forward"
    r"|sell me|(?:their|his|her) (?:books|list|database)|temp\w*|hays|reed|adecco|randstad|manpower|placement|agent"
    r"|robert (?:walters|half)"
    r"|michael page|brook street|office angels|blue arrow|(?:does|fills|handles|places) (?:\w+ ){0,3}(?:roles|jobs"
    r"|people))\b",
    re.IGNORECASE,
)
_NOT_THROUGH = re.compile(
    r"\b(?:don'?t|do not|dont|not|rather not|without|instead of)(?: (?:want|wish|need"
    r"|like))?(?: to)? (?:go(?:ing)? |use |using |do it )?(?:back )?(?:through|via|using)?"
    r" ?(?:the|an?|my) (?:agency|recruiter|agent)\b(?! (?:to|know|think|find))",
    re.IGNORECASE,
)
_UNTOLD = 0.5
"""What a kind loses where nothing that it is about is told."""
_NOBODY_BETWEEN = 0.4
"""What it counts against a message to a recruiter that nothing speaks of one: so with 2 of 87 in the data."""


def kind_of(
    text: str, situation: Situation | None, shares: Mapping[str, float] | None = None, *, every: str = ""
) -> DraftKind:
    """Return the kind of draft that fits what was said.

    Args:
        text: What was said.
        situation: What was understood of it.
        shares: How likely each kind is by the classifier; without it the words decide, the most specific first.
        every: All that was said in the conversation; by default the same as ``text``.
    """
    if takes_back(text):
        return DraftKind.HOT_WITHDRAWAL
    if shares is None and (kind := settled(own_words(text))) is not None:
        return kind
    if shares is not None:
        said, named = _kind_by_words(own_words(text)), plainly(own_words(text))
        without = _NOT_THROUGH.search(f"{every}\n{text}") is not None
        said = None if without and said is DraftKind.RECRUITER_MESSAGE else said
        between = not without and (said is DraftKind.RECRUITER_MESSAGE or _BETWEEN.search(f"{every}\n{text}"))

        def weight(kind: DraftKind) -> float:
            against = _NOBODY_BETWEEN * (kind is DraftKind.RECRUITER_MESSAGE and not between)
            return shares[kind.value] + _IN_WORDS * (kind is said) + _NAMED * (kind is named) - against

        none = untold(f"{every}\n{text}")
        return settled(own_words(text)) or max(DraftKind, key=lambda kind: weight(kind) - _UNTOLD * (kind in none))
    if situation is not None and situation.kind is Kind.ANGRY_REPLY and ALREADY_SENT.search(text):
        return DraftKind.HOT_WITHDRAWAL
    # What is quoted counts only where nothing else tells: it is mostly the rejection.
    own = own_words(text)
    found = _kind_by_words(own) or _kind_by_words(text.replace("’", "'"))
    if found is None and own != text.replace("’", "'"):
        return DraftKind.REJECTION_REPLY
    if found is None and situation is not None:
        found = _BY_SITUATION.get(situation.kind)
    return found or DraftKind.FEEDBACK_REQUEST


def _kind_by_words(plain: str) -> DraftKind | None:
    recruiter = _RECRUITER.search(plain) and not _NOT_RECRUITER.search(plain)
    thanks = _THANKS.search(plain)
    signs: tuple[tuple[DraftKind, object], ...] = (
        (DraftKind.RESCHEDULE, RESCHEDULE.search(plain) and (OWN_DATE.search(plain) or not _FEEDBACK.search(plain))),
        (DraftKind.INTRODUCTION_REQUEST, _INTRO.search(plain)),
        (DraftKind.RECRUITER_MESSAGE, recruiter),
        (DraftKind.FEEDBACK_REQUEST, _ASKS_FEEDBACK.search(plain) and not _READVERTISED.search(plain)),
        (DraftKind.CONTRACT_INQUIRY, _CONTRACT.search(plain)),
        (DraftKind.NEW_OPENING, _NEW.search(plain)),
        (DraftKind.THANK_YOU, _HELPED.search(plain) and thanks),
        (
            DraftKind.REJECTION_REPLY,
            _REPLY.search(plain) or (thanks and _NO_CAME.search(plain) and not _THANK_NOTE.search(plain)),
        ),
        (DraftKind.KEEP_IN_TOUCH, _TOUCH.search(plain)),
        (DraftKind.FEEDBACK_REQUEST, _FEEDBACK.search(plain)),
        (DraftKind.THANK_YOU, thanks),
    )
    return next((kind for kind, sign in signs if sign), None)


_NO_CAME = re.compile(r"\b(?:got|received|with|had|came) (?:the|a|my|their) (?:no|rejection|refusal)\b", re.IGNORECASE)


_THANK_NOTE = re.compile(
    r"\bthank[- ]?you (?:e-?mail|note|text|message|letter|card|after)|\bthank[- ]you to\b|\bsay (?:thanks|ta) to\b",
    re.IGNORECASE,
)


_BY_SITUATION = {
    Kind.ASK_FEEDBACK: DraftKind.FEEDBACK_REQUEST,
    Kind.STAY_IN_TOUCH: DraftKind.KEEP_IN_TOUCH,
    Kind.CONTRACT_WORK: DraftKind.CONTRACT_INQUIRY,
    Kind.RECRUITER: DraftKind.RECRUITER_MESSAGE,
    Kind.THANKS: DraftKind.THANK_YOU,
    Kind.ANGRY_REPLY: DraftKind.REJECTION_REPLY,
}


CUES = (
    _RECRUITER,
    _NOT_RECRUITER,
    _INTRO,
    _CONTRACT,
    _NEW,
    _ASKS_FEEDBACK,
    _READVERTISED,
    _TOUCH,
    _THANKS,
    _FEEDBACK,
    _REPLY,
    RESCHEDULE,
    OWN_DATE,
    _HELPED,
    _REJECTED,
    ALREADY_SENT,
    _NO_CAME,
    _THANK_NOTE,
)
"""What speaks for a kind, for the classifier to weigh."""
