"""The patterns by which facts of a message are found. Made for precision: what is not plainly said is not a fact."""

from __future__ import annotations

import re

PASTED = re.compile(
    r"\b(?:dear|hi|hello) [\w. ]{1,30},|\bwe regret\b|\bunfortunately,? (?:we|on this)\b|^\s*>", re.I | re.M
)
# What may be, what others did, and what is ahead are not facts of this case.
NOT_THIS_CASE = re.compile(
    r"\b(?:if|imagine|pretend|suppose|what if|hypothetically|would|my (?:friend|sister|brother|husband|wife|partner|"
    r"flatmate|cousin|son|daughter|mum|mom|dad|ex)|next week|tomorrow|coming up|upcoming|offers? me|should i take)\b",
    re.IGNORECASE,
)
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
