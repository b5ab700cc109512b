"""What settles the kind of a draft, or speaks against one, whatever the classifier says."""

from __future__ import annotations

import re

from coach.draft import DraftKind

_TIME = r"(?:half )?\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next week"
_UNMISTAKEN = {
    DraftKind.HOT_WITHDRAWAL: (
        re.compile(
            r"\b(?:angry|rude|nasty|furious|horrible|sharp|snotty|heated) (?:e-?mail|mail|message|text"
            r"|voicemail|letter|reply)\b[^?]*"
            r"\b(?:take back|taking back|sorry|apolog\w+|withdraw)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        re.compile(r"\b(?:they|he|she) (?:sent|wrote) me\b", re.IGNORECASE),
    ),
    DraftKind.REJECTION_REPLY: (
        re.compile(r"\bno hard feelings\b", re.IGNORECASE),
        re.compile(r"\b(?:feedback|sorry for|apologi\w+|freelance|agency)\b", re.IGNORECASE),
    ),
    DraftKind.INTRODUCTION_REQUEST: (
        re.compile(
            r"\b(?:who|whom) (?:to|i should|i can|i could) (?:send|give) my (?:cv|resume|application|details)(?: to)?\b"
            r"|\b(?:give|pass|mention) my name (?:to|on)\b|\b(?:mention|introduce) me to\b|\bput me in touch with\b"
            r"|\b(?:pass|hand|give)(?: on)? my (?:number|cv|letter)(?: on)? to\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:feedback|agency|recruiter)\b", re.IGNORECASE),
    ),
    DraftKind.CONTRACT_INQUIRY: (
        re.compile(
            r"\b(?:always|forever|often|sometimes|usually) short (?:of|at|on)\b|\b(?:is|are|'s"
            r"|'re) short of [a-z]+ (?:drivers|staff|people|invigilators|\w+ers|\w+ors)\b"
            r"|\bextra (?:hands|shifts)\b|\bbank (?:hours|shifts|work)\b|\bcasual (?:work|shifts|hours)\b"
            r"|\btake me on for\b|\bif (?:he|she|they)(?:'s| is|'re| are) (?:ever )?(?:short|stuck)\b"
            r"|\bbe (?:the|a|their) relief\b"
            r"|\bas a volunteer\b|\bthe relief\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:feedback|agency|recruiter|thank)\b", re.IGNORECASE),
    ),
    DraftKind.NEW_OPENING: (
        re.compile(
            r"\b(?:they(?:'ve| have)|theyve|there(?:'s| is| are)|has|have) (?:now |just "
            r"|also )*(?:got )?(?:an? |some |new |more )*(?:[\w-]+ ){1,4}?(?:jobs|posts|vacancies"
            r"|vacancy|roles)\b|"
            r"(?:\bis|\bare|'s|'re) (?:now )?(?:looking for|after|advertising for|recruiting|hiring"
            r"|taking on) (?:an? |new )?(?:[a-z-]+ ){0,3}?[a-z]{2,}"
            r"(?:er|or|ant|ist|ian|nurse|clerk|chef|cook|hand)s?\b(?! than)|\btaking on\b|\b(?:see|saw|seen"
            r"|advertised|listed|posted|put out|put up)\b[^.!?\n]{0,60}\bagain\b|"
            r"\b(?:they|[A-Z]\w+) (?:want|wants|need|needs) an? (?:new )?(?:[a-z-]+ ){0,2}[a-z]+(?:er|or|ant"
            r"|ist|ian|nurse|clerk|chef|cook|hand)\b|"
            r"\b(?:they|[A-Z]\w+)(?:'re| are)? (?:need|needs|looking for|after|short of|hiring"
            r"|advertising)(?: for)? (?:\d+ |new |more |an? )?"
            r"(?-i:[a-z-]+ ){0,2}[a-z]+(?:ers|ors|ants|ists|drivers|nurses|chefs|cooks|staff|clerks)\b|"
            r"\b(?:is|if|whether) (?:the|that|this|their) (?:[\w-]+ ){0,3}?(?:job|role|post|position|place"
            r"|vacancy) (?:is )?still"
            r" (?:free|open|going|available)",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:feedback|agency|recruit\w+|thank|introduc\w+|offer\w*|short of|freelanc\w*|fortnight)\b"
            r"|\bi'?d do\b|[£€]\d",
            re.IGNORECASE,
        ),
    ),
    DraftKind.KEEP_IN_TOUCH: (
        re.compile(
            r"\b(?:come back|try again|get (?:back )?in touch|call back|ring back"
            r"|write again)(?: to \w+)? (?:when|once|after) i\b"
            r"|\b(?:stay|remain|be|keep me|stick) in (?:his|her|their) (?:thoughts|minds?|heads?|good books)\b"
            r"|\bbe thought of\b"
            r"|\b(?:like|want) (?:him|her|them) to (?:know|remember)\b|\bkeep(?:ing)? (?:him|her"
            r"|them) (?:posted|up to date|in the loop)\b"
            r"|\b(?:keep|bear|have) me in mind\b|\b(?:hold|keep) my (?:form|application|cv|details)\b|\b(?:want"
            r"|like|love|just|to) (?:to )?connect\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:feedback|why|reasons?|better|wrong|improve|missing|lacking|agency|recruit\w+|freelance"
            r"|contract|advert\w*"
            r"|vacancy|opening|thank|sorry|introduc\w+|intro|word)\b",
            re.IGNORECASE,
        ),
    ),
    DraftKind.RESCHEDULE: (
        re.compile(
            rf"\b(?:could|can|shall) we (?:do|make it|say|move it|meet|talk)(?: it)?(?: to| on| at)? (?:{_TIME})"
            r"|\b(?:can'?t|cannot|cant|won'?t be able to|not able to) (?:come to|make|do|attend|get to) (?:the "
            r"|our |my |that |his |her )?"
            r"(?:[\w-]+ ){0,2}(?:chat|call|meeting|interview|appointment|session|talk|zoom)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:feedback(?! (?:chat|call|meeting|session|talk|zoom|conversation))|sorry i (?:said|wrote))\b",
            re.IGNORECASE,
        ),
    ),
    DraftKind.FEEDBACK_REQUEST: (
        re.compile(
            r"\b(?:like|want|ask(?:ing)? for|request|need|have|see) (?:to (?:see|have|get) )?(?:my|the"
            r"|our) (?:[\w-]+ ){0,3}?"
            r"(?:scores?|marks|score ?sheet|interview notes|breakdown)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:thank|freelance|introduc\w+)\b", re.IGNORECASE),
    ),
}
"""What settles the kind whatever else is told, and the words with which it does not."""


_OPENS = re.compile(
    r"\b(?:re-?)?adverti\w+|\bopen(?:ing|ings|ed|s)?\b|\bvacanc\w+|\bhiring\b|\brecruit\w*|\bpost(?:ed|ing)\b"
    r"|\blisted\b|\blisting\b"
    r"|\bagain\b|\breappl\w+|\bapply\b|\bnew (?:job|role|post|position|one|team|shop|branch|site)\b"
    r"|\banother (?:job|role|post|position)\b"
    r"|\bstill (?:free|going|looking|open)\b|\bcoming up\b|\bcome up\b|\b(?:ad|card|sign)\b(?!-)|\bgoing at\b"
    r"|\blooking for\b|\bneed(?:s|ing)? \w+"
    r"|\bsaw\b|\bsee\b|\bseen\b|\bback up\b|\bexpand\w*|\bgrow\w*|\bother (?:jobs?|roles?|posts?)\b"
    r"|\bjobs? (?:on|in|there)\b|\bchance\b"
    r"|\banything (?:else|going|similar|for)\b|\bstaff wanted\b|\bposts\b|\bafter an? \w+|\bstill (?:like|love"
    r"|want) to work\b|\bnext (?:year|season|intake|round|time)\b|\bintake\b|\bmore (?:jobs|posts|staff)",
    re.IGNORECASE,
)
"""What has to be told before a draft asks about an opening."""


_LEADS_ON = re.compile(
    r"\bintro\w*|\bword\b|\bpass\w*|\bname\b|\bmention\w*|\brefer\w*|\bput me\b|\bin touch\b|\bconnect\w*"
    r"|\bforward\w*|\bknows? (?!if\b|that\b|i\b|about\b|i'|what\b|how\b|where\b|why\b|it\b)\w+"
    r"|\bcontacts?\b|\bvouch\w*|\brecommend\w*|\bspeak to\b|\btalk to\b|\bwho (?:to|i should|else)\b|\bcall\b"
    r"|\bcoffee\b|\bminutes\b|\bmins\b"
    r"|\bfriends?\b|\bmate\b|\bcousin\b|\bworks\b|\bhelp\b",
    re.IGNORECASE,
)
"""What has to be told before a draft asks to be introduced."""
_OFFERS = re.compile(
    r"\bfreelanc\w*|\bcontract\w*|\bpart[- ]?time\b|\bcasual\w*|\bseason\w*|\btemp\w*|\bshifts?\b|\bad hoc\b"
    r"|\bprojects?\b|\bcover\w*|\bday[- ]?rate|\bconsult\w*"
    r"|\bhour(?:s|ly)?\b|(?<!one )(?<!some )(?<!other )\bdays?\b|\bweekends?\b|\bevenings?\b|\bnights?\b"
    r"|\bmornings?\b|\boffer\w*|\bpropos\w*|\b(?:could|can|would|i'?d|happy to) (?:do|help|take|run|teach|work"
    r"|come|step|fill|give)\b|\binvoice\w*|\bsupply\b|\bfixed[- ]term\b|\bvolunteer\w*|\bstand(?:ing)? in\b"
    r"|\brelief\b|\bbusy\b|\bin the meantime\b|\bpiece\w*|\bper \w+\b"
    r"|\bshort[- ]term\b|\bbit of work\b|\bany work\b|\bsome work\b|\bas an? (?:stage|volunteer|freelancer"
    r"|contractor)\b",
    re.IGNORECASE,
)
"""What has to be told before a draft offers work short of the post."""
_ASKS_BACK = re.compile(
    r"\bfeedback\b|\bwhy\b|\breasons?\b|\bbetter\b|\bimprov\w+|\bwrong\b|\bmiss\w*|\black\w*|\blearn\w*"
    r"|\bstronger\b|\bscor\w+|\bmarks?\b"
    r"|\badvice\b|\btips?\b|\bcomments?\b|\bdecid\w+|\btipp\w+|\bwh(?:at|ich|ether|ere)\b|\bhow\b|\bif (?:it"
    r"|my|i|the|there|they|she|he|that)\b"
    r"|(?:^|[.!?,;:]\s*|\b(?:ask|asking|know|wonder|wondering|curious|him|her|them) )was (?:it|my|i|the|there"
    r"|they|she|he|that)\b"
    r"|\bask\w*|(?<!her to )(?<!him to )(?<!them to )(?<!her )(?<!him )(?<!them )\bknow\b(?! (?:him|her|them"
    r"|the|that i)\b)|\bcurious\b|\bunderstand\b|\bhear\b|\btell me\b|\bone thing\b|\bview\b|\bopinion\b"
    r"|\bexplain\w*|\bfit\b|\bfall short\b|\bfell short\b",
    re.IGNORECASE,
)
"""What has to be told before a draft asks for feedback."""


def _is_said(rule: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> bool:
    return rule[0].search(text) is not None and rule[1].search(text) is None


def settled(text: str) -> DraftKind | None:
    """Return the kind that a message's words settle; None where they settle none."""
    return next((kind for kind, rule in _UNMISTAKEN.items() if _is_said(rule, text)), None)


_IF_EVER = re.compile(
    r"\b(?:if|when|whenever|should|in case|once) (?:there(?:'s| is)? )?(?:\w+ ){0,2}?(?:anything|something|one"
    r"|a (?:\w+ )?(?:job|post|role|place|vacancy)|they|he|she|you)"
    r" (?:\w+ )?(?:opens?|comes?|recruits?|hires?|needs?|advertis\w+|turns?|is|are|ever)\b[^.!?\n,;]*",
    re.IGNORECASE,
)
"""An opening that may come one day is none that is told of."""


_TO_COACH = re.compile(
    r"\b(?:following|as per|thanks for|took|taking|after|with) your advice\b|\byou (?:told|advised) me\b", re.IGNORECASE
)


def untold(every: str) -> set[DraftKind]:
    """Return the kinds of which nothing is told in a conversation: no opening, nothing asked, nobody to lead on."""
    told = (
        (DraftKind.NEW_OPENING, _OPENS),
        (DraftKind.FEEDBACK_REQUEST, _ASKS_BACK),
        (DraftKind.INTRODUCTION_REQUEST, _LEADS_ON),
        (DraftKind.CONTRACT_INQUIRY, _OFFERS),
    )
    every = _TO_COACH.sub(" ", every)
    certain = _IF_EVER.sub(" ", every)
    return {kind for kind, rule in told if rule.search(certain if kind is DraftKind.NEW_OPENING else every) is None}
