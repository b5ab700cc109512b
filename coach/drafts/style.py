"""How a draft is wanted: the channel, the tone, and whether in few words."""

from __future__ import annotations

import re

from coach.draft import Channel, Tone
from coach.drafts.anger import takes_back
from coach.drafts.quoted import own_words
from coach.drafts.request import WRITE

_CHANNELS: tuple[tuple[Channel, re.Pattern[str]], ...] = (
    (
        Channel.LINKEDIN,
        re.compile(
            r"\blinked ?in\b|\b300 ?(?:chars?|characters|thing|limit)?\b(?! (?:a|per|people|euro|words))|<300"
            r"|connection (?:request|note)|\bnote box\b|\binmail\b|(?<!insta )(?<!instagram )\bdms?\b(?! on insta)"
            r"|\b(?:we're|we are|we’re) (?:connected|linked)\b|\bon there\b",
            re.IGNORECASE,
        ),
    ),
    (
        Channel.PHONE,
        re.compile(
            r"\b(?:voicemail|(?:ring|call|phone|calling) script|script|opening line|words to say|(?:i'?m|im|i am"
            r"|i'll|i want to|want to|i'd rather|rather|meant to|when i|to|i can|can i) (?:ring|call|phone)"
            r"(?:ing)?\b(?! it| this| me|ed| or )|ringing\b|ring (?:hr|him|her|them|the|reception)|(?:say|talk"
            r"|speak) to the receptionist|message with reception|on phones?"
            r"|(?:by|on the|over the) phone\b|phone (?:him|her|them|the)\b|must (?:call|ring|phone)"
            r"|^(?:calling|phoning|call to|phone)\b|rather i (?:phoned|rang|called)"
            r"|when (?:he|she) (?:answers|picks up)|says? (?:to )?(?:ring|phone)\b|what i'?d say\b|say (?:it "
            r"|this )?out loud)",
            re.IGNORECASE,
        ),
    ),
    (
        Channel.TEXT,
        re.compile(
            r"\b(?:text(?: message)? (?:to|for|him|her|them|back|[A-Z]\w+)|text him|text her|a text\b"
            r"|text version|text message|texts? (?:chef|mick|the)|whats ?app|sms|zalo|viber|telegram"
            r"|insta\b|imessage|ask her text|short text|send (?:him|her|them) a text|text re\b|by text"
            r"|messenger\b|facebook (?:message|dm)|signal\b|^text\b|(?<=[.,;] )text(?: please| pls)?\s*[.!]?$)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (Channel.EMAIL, re.compile(r"\be-?mails?\b|\bmail\b|\bletter\b|\binbox\b", re.IGNORECASE)),
)


_MINE = re.compile(
    r"\b(?:reply|answer|write|write back|ask|send it|respond)(?: (?:back|him|her|them|to him|to her))? (?:by|on"
    r"|via|in|over) (?:a )?$",
    re.IGNORECASE,
)


_NOT_MINE = re.compile(
    r"(?:\b(?:said|told me|heard|rang me|let me know|explained|spoke|mentioned)\b[^.;!?\n]{0,20} (?:on|over|by) the $)"
    r"|(?:(?:said|saying|came|told|got|rejected me|wrote|sent|rang|a no|no|answered|messaged|found|saw|posted"
    r"|only found (?:her|him)|asked)\b[^.;!?\n]{0,30}\b(?:by|on|via|over|through)\s+(?:an? )?$)|(?:\b(?:rejection"
    r"|standard|no-reply|honest|kind|furious|their|her|his|that|a very honest|regret|form|copy-paste|sent a"
    r"|sent the|got a|got an|the|from the|gave me his|by)\s+$)|(?:\b(?:not|no|instead of|never got an"
    r"|don'?t have (?:an|her|his))\s+$)"
    r"|(?:\b(?:i'?ll|i will|we'?ll|i can) (?:\w+ )?(?:tell|say|discuss|talk|explain|mention)\b[^.!?]*$)",
    re.IGNORECASE,
)


_ORDERED = re.compile(
    r"(?:^|[.!?\n]\s*)(?:please |pls |can you |could you |just |so |kindly |now )*(?P<how>text|whatsapp|sms|e-?mail) "
    r"(?:him|her|them|mr|mrs|ms|dr|[A-Z]\w+)\b(?! (?:is|was|came|says|said)\b)",
    re.IGNORECASE,
)
"""What somebody tells the coach to do; what they said of calls in the same message counts for less."""


_CALLS = re.compile(
    r"\b(?:i'?ll|i will|i have to|i must|i need to|i want to|i'?d rather) (?:phone|ring|call)\b(?! (?:it|this|me"
    r"|myself)\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:just|only|simply) (?:an? )?(?P<how>text|whatsapp|sms|e-?mail)\b(?! (?:back )?(?:that|if))", re.IGNORECASE
)


_BARE = re.compile(
    r"(?:^|[.!?\n]\s*|\b(?:write|do|draft|make|put|send|compose) (?:it|one|that|this|something|her|him|them),\s*)"
    r"(?:(?:just|by|on|via|as|make it|it'?s for|for|an?|short|quick|so|ok|okay) )*(?P<how>text"
    r"|whats ?app|sms|e-?mail|linked ?in)"
    r"(?: (?:message|form|note|please|pls|i guess|i think|i suppose|will do|is fine|is best|would do|thanks))*,?"
    r"(?: (?:sorry|please|pls|thanks|then|two|three|short|very|few|brief|formal|polite|quick|nice|friendly"
    r"|simple|not|but|max|\d)[\w ,]{0,40})?\s*(?=[.!?\n]|$)",
    re.IGNORECASE,
)
"""The channel as a sentence of its own: "Text.", "An email I guess."."""
_WANTED = re.compile(
    r"\b(?:need|want|like|write|draft|do|make|get|give me|have|prepare|send) (?:me |him |her |them )?(?:an?"
    r"|the) (?:short |quick |formal |polite |nice |proper )*"
    r"(?P<how>text|whats ?app|sms|e-?mail|linked ?in)(?: message| note)?(?= (?:to|for)\b)",
    re.IGNORECASE,
)
"""The channel as what is wanted: "I need an email to ..."."""
_NAMES = {
    "text": Channel.TEXT,
    "sms": Channel.TEXT,
    "whatsapp": Channel.TEXT,
    "email": Channel.EMAIL,
    "linkedin": Channel.LINKEDIN,
}


_IN_A = re.compile(
    r"\b(?:write|put|say|do|tell|ask|send|word|let|drop|explain|reply|answer|propose|offer"
    r"|thank)\b[^.!?\n]{0,60} (?:in|by|via|as|over) (?:an? )?(?:short |quick |nice |polite |formal )*"
    r"(?P<how>text|whats ?app|sms|e-?mail)\b(?! (?:from|that (?:he|she|they)|they|he|she|me))",
    re.IGNORECASE,
)
"""The channel as the way to write: "put that to her in an email"."""


_ON_PHONE = re.compile(
    r"\bmessage (?:on|to|by) (?:the |her |his |their )?(?:phone|mobile)\b"
    r"|\bwhat'?s the text\b|\bphone message to\b",
    re.IGNORECASE,
)
"""A text message, in other words."""


def told_channel(text: str) -> Channel | None:
    """Return the channel that somebody tells the coach to use in so many words; None where they do not."""
    plain = own_words(text)
    if _ON_PHONE.search(plain):
        return Channel.TEXT
    if (bare := _BARE.search(plain) or _WANTED.search(plain)) is not None:
        return _NAMES[bare["how"].lower().replace("-", "").replace(" ", "")]
    if (way := _IN_A.search(plain)) is not None and not re.search(
        r"\b(?:don'?t|not|never|said|told me)\b", way.group()
    ):
        return _NAMES[way["how"].lower().replace("-", "").replace(" ", "").replace("whatsapp", "text")]
    if (ordered := _ORDERED.search(plain) or _ONLY.search(plain)) is not None:
        return Channel.TEXT if ordered["how"].lower() in ("text", "whatsapp", "sms") else Channel.EMAIL
    return Channel.PHONE if _CALLS.search(plain) and not re.search(r"\b(?:text|e-?mail|linkedin)\b", plain) else None


_LATER = re.compile(
    r"\b(?:i'?ll|i will|we'?ll|i can) (?:\w+ )?(?:tell|say|discuss|talk|explain|mention)\b[^.!?]*$", re.IGNORECASE
)
"""What is kept for a talk is not to be said on the phone now."""


def channel_of(text: str) -> Channel | None:
    """Return the channel that the draft is wanted for; None where nothing is said of it."""
    plain = own_words(text)
    if (told := told_channel(text)) is not None:
        return told
    for channel, pattern in _CHANNELS:
        for match in pattern.finditer(plain):
            before = plain[: match.start()]
            if _MINE.search(before):
                return channel
            if _NOT_MINE.search(before) and not (
                channel is Channel.EMAIL and WRITE.search(before[-25:] + match.group())
            ):
                if channel is not Channel.PHONE:
                    continue
                if re.search(r"\b(?:not|no|don'?t)\s+$", before) or _LATER.search(before):
                    continue
            if (
                channel is Channel.PHONE
                and re.search(r"\b(?:they|she|he|hr|who|recruiter|manager)(?: \w+)?\s+$", before, re.IGNORECASE)
                and re.match(r"ring|call|phone", match.group(), re.IGNORECASE)
                and not re.search(r"script", match.group(), re.IGNORECASE)
            ):
                continue
            return channel
    if takes_back(text):
        return (
            Channel.TEXT if re.search(r"\b(?:texted|sent (?:\w+ )?a text|whatsapped)\b", plain, re.IGNORECASE) else None
        )
    return (
        Channel.TEXT if re.search(r"\b(?:id|i'd|i would) let (?:him|her|them) know\b", plain, re.IGNORECASE) else None
    )


_TONES: tuple[tuple[Tone, re.Pattern[str]], ...] = (
    (
        Tone.SIMPLE,
        re.compile(
            r"\b(?:simple(?:r)?(?: (?:english|words|please))?|easy (?:english|words|email)|easier (?:words"
            r"|english)|(?:a child|a kid|anyone|anybody|everyone|my \w+) (?:can|could|would) (?:read|understand)"
            r"|plain english|small english|english (?:is )?(?:small|not so good|not good|not first)"
            r"|my english|understand every word|basic english|able to say it|simple)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Tone.FORMAL,
        re.compile(
            r"\b(?:(?:more |most |very |a bit more |write |be )?formal(?:ly|-ish)?|official|(?:short and|and"
            r"|more) proper(?:ly)?|proper (?:email|letter|english)|old school|dignified|dignity|peer-to-peer"
            r"|respectful(?:ly)?|respected sir|professor|stiff|(?:more |even more )?humbler?|(?:more "
            r"|most )?professional(?:ly)?"
            r"|(?:more polite|politer)(?:ly)?|business-?like|posher)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Tone.WARM,
        re.compile(
            r"\b(?:warm(?:er|ly)?|friendl(?:y|ier)|nice(?:r|ly)?\b(?! (?:words|to me|about|lady|abt))|sweet|kind"
            r"(?:er)?\b(?! (?:of|personal|to me|regards|words|to))|less (?:stiff|formal|cold)|casual|chatty|human"
            r"|gracious|private tone|like a chef|more (?:spoken|relaxed|personal|natural|like me|like i talk)"
            r"|softer|looser"
            r"|how i (?:talk|speak)|don'?t (?:talk|speak|write) like (?:that|this))\b",
            re.IGNORECASE,
        ),
    ),
)


_SHORT = re.compile(
    r"\b(?:short(?:er|est)?|brief(?:ly)?|shrink|cut (?:it|this)(?: down)?|reduce|half (?:that|of it|the)|(?:two"
    r"|three|four|2|3|4|few|couple of|five|5) (?:lines|sentences)|quick|too long|that'?s an essay|thats an essay"
    r"|not too long|few words|less text|a third of|one line|tighten|trim|man of few words|hates reading"
    r"|under 100 words|no waffle|20 seconds|very light)\b",
    re.IGNORECASE,
)


_NOT_TONE = re.compile(
    r"\b(?:not|isn'?t|less|too|no|without|nothing|don'?t be|never|not too)(?: \w+){0,4} $", re.IGNORECASE
)


_PRAISE = re.compile(r"^\s*(?:nice|lovely|good|great|perfect|sick|love it|sweet)\b[!., ]+", re.IGNORECASE)


def tone_of(text: str) -> Tone | None:
    """Return the tone that is asked for; None where nothing is said of it."""
    plain = _PRAISE.sub("", text.replace("’", "'"))
    for tone, pattern in _TONES:
        for match in pattern.finditer(plain):
            if not _NOT_TONE.search(plain[: match.start()]):
                return tone
    if re.search(
        r"\b(?:curt|abrupt|brusque)\b|\b(?:too|less|not (?:so|as|that|too)) (?:blunt|harsh|pushy|direct|sharp"
        r"|demanding|rude"
        r"|aggressive)\b|\b(?:too|less|not (?:so|as|that|too|quite so)) (?:formal|stiff|cold|polite"
        r"|posh|official)\b",
        plain,
        re.IGNORECASE,
    ):
        return Tone.WARM
    return (
        Tone.PLAIN
        if re.search(
            r"\b(?:less (?:warm|sweet|grovell?y|soft|sorry|sugar|gushing|gushy|humble|apologetic|emotional|needy"
            r"|hurt|keen)"
            r"|too (?:sweet|soft|warm|nice|grovell?y|sorry|humble|gushing|emotional|needy|keen|much)\b(?! for)"
            r"|grovell?y"
            r"|crawling|(?:more|a bit|bit) confident|tone (?:it|this) down|normal tone|neutral|matter of fact"
            r"|factual|plainer)\b",
            plain,
            re.IGNORECASE,
        )
        else None
    )


def wants_short(text: str) -> bool:
    """Whether a message asks for few words."""
    return bool(_SHORT.search(text.replace("’", "'")))
