"""The patterns by which facts of a message are found. Made for precision: what is not plainly said is not a fact."""

from __future__ import annotations

import re


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUOTED = re.compile(r"[\"“][^\"“”]{1,4000}[\"”]|(?<!\w)[‘'](?:[^'‘’\n]|(?<=\w)['’](?=\w)){2,2000}['’](?!\w)")
PASTED = re.compile(
    r"\b(?:dear|hi|hello) [\w. ]{1,30},|\bwe regret\b|\bunfortunately,? (?:we|on this)\b|^\s*>", re.I | re.M
)
# What may be, what others did, and what is ahead are not facts of this case.
NOT_THIS_CASE = re.compile(
    r"\b(?:if|imagine|pretend|suppose|what if|hypothetically|would|my (?:friend|sister|brother|husband|wife|partner|"
    r"flatmate|cousin|son|daughter|mum|mom|dad|ex)|next week|tomorrow|coming up|upcoming|offers? me|should i take)\b",
    re.IGNORECASE,
)
HEAD_NOUNS = (
    "manager|supervisor|technician|tech|assistant|analyst|engineer|developer|designer|nurse|teacher|officer|clerk|"
    "driver|chef|cook|cashier|receptionist|coordinator|administrator|apprentice|intern|lecturer|librarian|electrician|"
    "plumber|planner|translator|reporter|editor|accountant|bookkeeper|buyer|consultant|trainee|barista|waiter"
    "|waitress|"
    "cleaner|carer|porter|guide|mechanic|pharmacist|associate|specialist|representative|agent|adviser|advisor|"
    "inspector|steward|operator|picker|packer|scientist|researcher|tutor|foreman|fitter|writer|copywriter|secretary|"
    "paralegal|lawyer|solicitor|therapist|paramedic|educator|architect|surveyor|welder|carpenter|hairdresser"
    "|caretaker|"
    "midwife|radiographer|dentist|producer|director|trainer|auditor|fundraiser|merchandiser|tester|curator|baker|"
    "handler|executive|lead|worker|labourer|gardener|programmer|controller|instructor|counsellor|marketer"
)
ROLE_WORD = r"[a-z][\w&+/'-]*"
ROLES = (
    re.compile(
        rf"\b(?:role|post|position|job) (?:was|is) (?:an? )?(?P<role>(?:{ROLE_WORD} ){{0,3}}?(?:{HEAD_NOUNS}))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:for|from|as|about|get|got|lost|the|a|an|their) (?:the |an? |their )?(?P<role>(?:{ROLE_WORD} ){{1,4}}?)"
        r"(?:role|post|position|job|vacancy|opening|placement)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:applied|interviewed|rejected|turned down|interview|application|passed over|went) (?:\w+ ){{0,2}}?"
        rf"(?:for|as|to be)(?: the| an?)? (?P<role>(?:{ROLE_WORD} ){{0,3}}?(?:{HEAD_NOUNS}))\b(?! ?(?:at me"
        rf"|told|said|who))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|[,.:(–-] ?)(?P<role>(?:{ROLE_WORD} ){{0,3}}?(?:{HEAD_NOUNS}))(?= (?:at|with|in) (?:an? |the"
        rf" )?\w|[.,;)]|$)",
        re.IGNORECASE,
    ),
)
APPLIED = re.compile(
    r"\b(?:interview|round|stage|applied|application|trial|panel|rejected|turned down)\b", re.IGNORECASE
)
NO_ROLE = _word_set(
    "new same other another next last first second third dream whole real good better great perfect different similar "
    "right full part time full-time part-time permanent temporary paid my own this that one any some every no what "
    "which big best only old current former open actual the a an of for at in on to and or but not i they he"
    " she we it "
    "you with got get rejected rejection interview final job role post only single normal ideal proper entire exact "
    "hiring hr head line store area general interviewer panel said told because so their our your his her about as "
    "from realistic likely very just really stupid silly bloody damn fucking offer"
)
NAME_WORD = r"[A-Z][\w&'’.-]*[\w]"
NAME = rf"{NAME_WORD}(?: (?:{NAME_WORD}|&|and(?= [A-Z])|of(?= [A-Z]))){{0,3}}"
COMPANY_AT = re.compile(rf"\b(?P<before>[\w'’]+ )?(?:at|with|from|for) (?:the )?(?P<name>{NAME})")
COMPANY_SAID = re.compile(
    rf"(?:^|[.!?] |\b(?:and|but|then|so) )(?P<name>{NAME}) (?:has |have )?(?:just )?"
    r"(?:rejected me|turned me down|ghosted me|passed on me|hired someone|went with|chose someone)"
)
COMPANY_IS = re.compile(rf"\bthe (?:company|firm|employer)(?: is| was|'s|’s)(?: called| named)? (?P<name>{NAME})")
ABOUT_A_JOB = re.compile(
    r"\b(?:interview\w*|appl(?:y|ied|ying|ication\w*)|roles?|jobs?|posts?|positions?|rounds?|stages?|panel|reject\w*|"
    r"turned (?:me )?down|no\b|nos\b|offer\w*|ghosted|hir(?:e|ed|ing)|vacancy|contract|trial|cv"
    r"|resume|rejection|clerk|final)",
    re.IGNORECASE,
)
OWN_EMPLOYER = re.compile(
    r"\b(?:i(?:'m|’m| am| was)?(?: currently)? (?:work\w*|employed)|worked|years|my (?:current |old |last"
    r" )?(?:job|boss|role)|"
    r"i(?:'m|’m| am|m)|come|live|moved|recruiter|agency|laid off|redundant|degree|studied|graduated|friend"
    r"|shift)\b[\w ,]*$",
    re.IGNORECASE,
)
NO_COMPANY = _word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december i i'm i've i'd i'll hr cv linkedin zoom teams skype google indeed whatsapp "
    "christmas easter english german french spanish polish excel sql python java ks1 ks2 ks3 a-level gcse phd"
    " msc ba bsc "
    "god covid uk us usa eu england scotland wales ireland germany france spain london who what why how the"
    " they he she "
    "it we you my dear hi ok okay no yes mr mrs ms dr prof sir madam human resources nhs band mum dad it's ceo cto cfo"
    " powerpoint word outlook gmail email dm facebook instagram reddit glassdoor"
)
POSITIONS = (
    r"hiring manager|line manager|area manager|store manager|manager|interviewer|recruiter|head ?teacher|head"
    r" of [a-z]+|"
    r"director|supervisor|team lead|boss|founder|owner|panel chair|chair|principal|consultant|ward manager|matron|chef"
)
TITLED = re.compile(rf"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor)\.? {NAME_WORD}(?: {NAME_WORD})?)")
POSITIONED = (
    re.compile(rf"\b(?P<role>{POSITIONS}),? (?:was |is |called |named |, )?(?P<name>{NAME_WORD}(?: {NAME_WORD})?)\b"),
    re.compile(
        rf"\b(?P<name>{NAME_WORD}(?: {NAME_WORD})?),? (?:is |was )?(?:the|my|their|our) (?P<role>{POSITIONS})\b"
    ),
)
ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
DIGIT = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth"}
STAGE = re.compile(
    r"\b(?P<stage>(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|final|last)(?:[ -](?:round"
    r"|interview|stage))"
    r"|phone (?:screen|interview)|panel interview|technical (?:interview|test|round)|assessment (?:centre|center|day)"
    r"|trial (?:shift|day)|group interview|video interview)\b",
    re.IGNORECASE,
)
STAGE_NOT = re.compile(
    r"\b(?:next|another|a|an|my next|if|before|for a|have an?|got an?|get an?|without|never (?:got|made it"
    r"|reached)(?: to)?(?: the)?"
    r"|not even) $",
    re.IGNORECASE,
)
COUNT = (
    r"(?P<number>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
)
NUMBER = re.compile(
    rf"\b(?:{COUNT} (?:job )?(?:rejections|no's|nos|rejection (?:emails|letters))\b"
    rf"|(?:rejected|turned down) {COUNT.replace('number', 'times')} times)",
    re.IGNORECASE,
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WHEN = re.compile(
    rf"\b(?P<when>(?:on|last|this) {WEEKDAY}(?: (?:morning|afternoon|evening|night))?|yesterday(?: (?:morning"
    rf"|evening))?"
    r"|this (?:morning|afternoon|evening)|last (?:night|week|month)|today|tonight"
    r"|(?:\d+|an?|two|three|four|five|six|half an?) (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago)\b",
    re.IGNORECASE,
)
BARE_DAY = re.compile(rf"\b(?P<when>{WEEKDAY}(?: (?:morning|afternoon|evening))?)\b", re.IGNORECASE)
ASKS = re.compile(r"^(?:please |pls |can you |could you )?(?:give|write|draft|help|tell|make|plan)\b", re.IGNORECASE)
CUTS = re.compile(r"[,;:()]|\b(?:and|but|so|then|because)\b")
THE_NO = re.compile(
    r"\b(?:reject\w*|turned (?:me )?down|said no|a no|the no|(?:email|letter|call|text)\w*|rang|phoned|told|ghosted"
    r"|interview\w*|heard|found out|got it)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:i have|i've got|there's|next|another|going to|will|starts?|deadline|due|by) (?:\w+ ){0,4}$", re.I
)
CHANNELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("voicemail", r"\bvoicemail\b"),
        ("letter", r"\bby letter\b|\b(?:got|sent me|received) (?:an?|the) letter\b"),
        ("text message", r"\bby text\b|\btexted me\b|\bin a text\b|\b(?:got|sent me) an? text\b"),
        ("LinkedIn", r"\b(?:on|via|over|through) linkedin\b"),
        (
            "phone",
            r"\b(?:they|he|she|hr|recruiter|manager|\w+) (?:just )?(?:rang|phoned|called) me\b|\b(?:by|over"
            r" the) phone\b"
            r"|\b(?:after|on|got) the call\b",
        ),
        (
            "email",
            r"\bby e?mail\b|\be-?mailed me\b|\b(?:got|received|opened|sent me|read) (?:the|an?|their)(?:"
            r" \w+){0,3}? e?mail\b"
            r"|\brejection e?mail\b|\b(?:two|one|three)-line e?mail\b|\be?mail (?:came|said|says)\b",
        ),
    )
)
SAID = re.compile(
    r"\b(?P<who>they|he|she|hr|the (?:recruiter|manager|hiring manager|panel|interviewer|agency|feedback)|my"
    r" (?:recruiter|boss"
    r"|manager)|recruiter|it) (?:just |only |also |then )?(?:said|told me|wrote|says|mentioned)(?: (?:to me|me))?"
    r"(?: that|:|,)? (?P<what>[^.!?\n;]{6,160})",
    re.IGNORECASE,
)
TRIED = re.compile(
    r"\bI(?:'ve|’ve| have)? (?:already |even )?(?P<what>(?:already (?:asked|emailed|wrote|sent|tried|called"
    r"|applied|did)"
    r"|emailed (?:them|him|her|hr)|wrote (?:to )?(?:them|him|her|hr)|asked (?:them|him|her|hr|for feedback)"
    r"|chased|followed up|signed up|tried)\b[^.!?\n;,]{0,60})",
    re.IGNORECASE,
)
COUNTRIES = (
    "the UK|UK|England|Scotland|Wales|Northern Ireland|Ireland|the US|the USA|the United States|America|Canada"
    "|Australia|"
    "New Zealand|Germany|France|Spain|Portugal|Italy|the Netherlands|Belgium|Austria|Switzerland|Poland|Sweden|Norway|"
    "Denmark|Finland|Greece|Turkey|Romania|India|Pakistan|Bangladesh|Sri Lanka|Nigeria|Ghana|Kenya|South Africa|Egypt|"
    "Morocco|Brazil|Argentina|Mexico|Chile|Colombia|Japan|China|Singapore|Malaysia|Indonesia|the Philippines|Vietnam|"
    "Dubai|the UAE|Qatar|Saudi Arabia|Ukraine|Czechia|Hungary|Israel"
)
COUNTRY = re.compile(
    rf"\b(?:[Hh]ere in|I(?:'m|’m| am) in|I live in|based in|living in|we are in) (?P<country>{COUNTRIES})\b"
)
