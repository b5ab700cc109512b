"""What is never said back to a person: attacks on themselves, accusations, forecasts, how the world goes.

A person may call themselves a fool; a coach that says "You are a fool." does the same to them.
"""

from __future__ import annotations

import re

NEVER = re.compile(
    r"\b(?:useless|worthless|stupid|idiots?|fail(?:ed|ures?|ing)?|losers?|pathetic|thick|dumb|hopeless|frauds?"
    r"|(?:is|are|was|were|be|'s|'re|such|just|complete|total|absolute|only|big) (?:an? )?jokes?|jokes? of|ugly|fat|"
    r"crazy|insane|kill\w*|die[ds]?|dying|dead|death|suicid\w*|hate[sd]?|racis\w*|sexis\w*|ageis\w*|bias\w*|"
    r"discriminat\w*|rigged|nepotis\w*|(?<!your )(?:nephew|niece)|favou?rit\w*|liars?|lied|lying|lies|cheat\w*|stole"
    r"|stolen|steal\w*|unfair\w*|"
    r"fuck\w*|shit\w*|bitch\w*|bastards?|cunts?|arse\w*|ass|wank\w*|crap|bloody|lol|lmao|haha\w*|too (?:old|young)|"
    r"good enough|waste\w*|ruin\w*|sucks?|deserve\w*|god|damn|(?:my|your) fault|burden|mess(?:ed)?|screw\w*|"
    r"wrong(?! (?:\w+ )?(?:name|room|building|floor|day|date|time|address|platform|train|interview|link|logo|number))|"
    r"stuffed|blew|bombed|botched|choked|desperate|unemployable|cursed|embarrass\w*|smug|cowards?|clowns?"
    r"|ghouls?|(?:an?|like|such|total|right) mug|mugs (?:me|you)|better off|"
    r"(?:they|he|she|boss|manager|company) (?:just |only |really |clearly )?(?:want\w*|think|thinks|thought"
    r"|prefer\w*))\b",
    re.IGNORECASE,
)
"""Words that no echo has, in any sense that is not plainly harmless."""

_YOU_ARE = (
    r"\byou(?:'re| are|'ve been| have been| were|r life is) (?:just |so |a |an |such |the |not |never |really |always "
    r"|only |a bit |quite |clearly |simply |obviously |basically |apparently )*(?:\w+ and )?"
)
_NOT_WORD = r"(?:n't| not| never)"
_ATTACKS = (
    rf"{_YOU_ARE}(?:problem|disappointments?|impost[eo]r|fool|nobody|nothing(?! but| like)|no use|no good|disgrace"
    rf"|let-?down|liability|write-off|has-been|dinosaur|finished|done for|past it|over the hill|washed up|rubbish|awful"
    rf"|terrible|dreadful|shocking|clever|smart|bright|slow|weak|weird|needy|boring|dull|worth|enough|cut out|up to it"
    rf"|unlovable|broken|lazy|invisible|arrogant|rude|clumsy|naive|greedy|selfish|monster|parasite|fake|phon[ey]+"
    rf"|damaged|the reason|to blame"
    rf"|too (?!scared|tired|worn|upset|angry|polite|busy|late|cross|sad|ill|shaken|exhausted|nice)\w+)\b",
    rf"\byou(?:'re| are| were){_NOT_WORD} (?:clever|smart|bright|worth|cut out|made for|up to|built for|leader)",
    r"\byou aren't (?:clever|smart|bright|worth|cut out|made for|up to|any good)",
    r"\blet (?:everyone|everybody|them|him|her|people|yourself|(?:your|the) \w+)(?: all)? down\b",
    r"\byou (?:talk|speak|care|try|say|expect|ask|think|apologi[sz]e|smile)(?:ed|d)? too \w+",
    r"\byou (?:interview|perform|speak|present|test|write|come across) (?:badly|poorly|terribly|awfully)\b",
    r"\banything right\b|\bfool of yourself\b|\byou(?:'ve| have| had)?(?: got)? no (?:\w+ )?(?:talents?|skills?|brains?"
    r"|spine|backbone|future|hope|chance|value|use|personality|class)\b",
    r"\b(?:never|not|n't) (?:ever )?(?:going to|gonna) (?:get|make|find|be|amount|have|work)\b",
    r"\b(?:over|under)sold yourself\b|\bpriced yourself\b|\bcame (?:across|over) as\b|\bmade a (?:mistake|mess)\b",
    r"\byou always (?:come second|come last|lose|end up|never|get it)\b|\bowe (?:them|him|her) an apology\b",
    r"\b(?:they|he|she|everyone)(?:'re| are| were|'s| is| was) (?:probably |so |all )?right\b",
    r"\b(?:nobody|no one)(?: \w+){0,3} (?:wants?|hires?|loves?|likes?|needs?|cares?|listens?)\b",
    r"\byour (?:own )?(?:life|career|face|brain|whole life) (?:is|was)\b|\bcost you (?:it|the|this|that)\b",
    r"\byour (?:\w+ )?(?:english|accent|cv|age|stammer|weight|hair) (?:is|was|isn't|wasn't)(?:n't| not)? "
    r"(?:bad|poor|weak|terrible|awful|good|too|so|never|thin|shameful)\b",
)
_QUESTIONS = (
    r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|have|has|am) (?:you|it|they|he|she|this|that)\b",
    r"^(?:why|how|what|who|where|when) (?:is|are|do|did|does|was|were|should|can|would)\b",
)
_FORECASTS = (
    r"\byou(?:'re| are) going to (?:be|lose|end up|have nothing)\b|\bregret it\b",
    r"\byou (?:\w+ ){0,3}(?:burn|smash|punch|stab) (?:it|the|that|them|him|her|his|their)\b|\brevenge\b",
    r"\byou(?:'ll| will) (?:never|always|be|get|have|end|die|lose|work|find|make|fail|regret)\b",
    r"\byou must (?:be|have (?:been|done|said|come|sounded|looked|seemed|upset|missed|made))\b",
    r"(?:^|, |\band |\bbut )you (?:should|ought)\b",
)
_ACCUSATIONS = (
    r"\b(?:used|fooled|played|conned|robbed|shafted|stitched|fobbed|mocked|humiliated|exploited|tricked) you\b",
    r"\btook one look at\b|\bnever (?:intended|meant|planned|really)\b|\blook(?:ed|s)? down on\b|\bstring\w* you\b",
    r"\b(?:they|he|she) (?:didn't|did not) (?:care|bother|respect|trust|listen)\b",
    r"\b(?:they|he|she) (?:don't|do not|never|only|just) "
    r"(?:like|hire|hired|want|care|cared|respect|trust|value|bother)\b(?! back)",
    r"\bsaw your (?:surname|age|accent|name|wheelchair|belly|bump|headscarf|hijab|skin|passport|photo|date|address)\b",
    r"\b(?:was|is|all|been) fixed\b|\ba fix\b|\bstitch-?up\b|\ba set-?up\b|\bdone deal\b|\bold boys\b",
    # A reason for the no is a guess about others, or a judgement of the person.
    r"^(?!you\b).*\bbecause (?:of )?you(?:r|'\w+)?\b",
    r"\b(?:due to|on account of|down to|thanks to|over|for) (?:being|your (?:age|accent|name|weight|gap|gender|race"
    r"|religion|disability|pregnancy|skin|looks|hair|stammer|children|kids|baby))\b",
    r"\b(?:boss|manager|owner|director|ceo|chairman|head|foreman|chef)'?s (?:own |best )?(?:mate|son|daughter|friend"
    r"|cousin|wife|husband|brother|sister|girlfriend|boyfriend|pal|godson|golf\w*)\b",
    r"\b(?:got|gave|hired|chose|picked|took|promoted|went)\b.*\bbecause (?:of )?(?:he|she|they|his|her|their)\b",
    r"^(?!you\b).*\bon purpose\b|\bbull(?:y|ied|ying)\b|\bblacklist\w*",
    r"\b(?:rejected|turned|binned|passed|lost|dropped|ghosted|sacked|didn't|not) (?:\w+ ){0,6}because\b",
)
_GENERAL = (
    r"^(?:only |all |most |every |no )?(?:people|companies|firms|employers|recruiters|women|men|jobs)\b(?!.*\byour?\b)",
    r"^(?:everyone|everybody|nobody|no one)\b(?!.*\byour?\b)",
)
_SARCASM = (
    r"^(?:of course|oh|clearly|obviously|apparently|lucky|brilliant|fantastic|wonderful|charming|sure|yeah|surely"
    r"|no doubt|bravo)\b",
)
_PATTERNS = re.compile(
    "|".join((*_ATTACKS, *_FORECASTS, *_ACCUSATIONS, *_GENERAL, *_SARCASM, *_QUESTIONS)), re.IGNORECASE
)


def is_unsaid(sentence: str) -> bool:
    """Whether a sentence says what is never said back."""
    return NEVER.search(sentence) is not None or _PATTERNS.search(sentence) is not None
