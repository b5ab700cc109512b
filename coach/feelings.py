"""Read by rules the feelings that a message names.

They are claims about the person that a reply is built on, and a wrong one hurts. So a
word counts only where nothing near it takes it back: no negation, nobody else's
feeling, no idiom, no wish.
"""

from __future__ import annotations

import re

from coach.signs import clause_before, is_taken_back
from coach.text import QUOTED
from coach.types import Feeling

_SUPPOSED = re.compile(
    r"\b(?:if|would|should i|might|sound(?:s|ing)?|seem(?:s|ing)?|look(?:s|ing)?|come across|appear|used to|what if"
    r"|are you|do you|is (?:it|that|this))\b"
    r"[\w' ]*$",
    re.IGNORECASE,
)
_PEOPLE = (
    "he|she|they|you|we all|his|her|their|your|everyone|everybody|someone|somebody|people|who|"
    "mum|mom|dad|mother|father|wife|husband|partner|friend|sister|brother|boss|manager|interviewer|recruiter|"
    "panel|boyfriend|girlfriend|nan|daughter|son|kids|parents|family|colleague|colleagues|team|flatmate"
)
_SUBJECT = re.compile(rf"\b(?P<own>i|i'm|im|i've|ive|i'd|me|myself|my|am)\b|\b(?P<other>{_PEOPLE})\b", re.IGNORECASE)

_ME = r"(?:i'?m|i am|i feel|feel|feeling|am|still|so|very|really|quite|pretty|(?:a )?bit|just|rather)"
_WORDS: dict[Feeling, tuple[str, ...]] = {
    Feeling.ANGRY: (
        r"angry|furious|fuming|livid|raging|pissed(?: off)?|mad at|(?:so|hopping) mad|outraged|seething",
        r"incensed|infuriated",
        rf"{_ME} (?:cross|boiling|steaming|irate)(?! (?:the|over|a|my)\b)|my blood (?:is boiling|boils)|seeing red",
        r"(?:want to|could) scream|spitting feathers",
    ),
    Feeling.ASHAMED: (
        r"ashamed|embarrassed|embarrassing|humiliated|humiliating|mortified|mortifying",
        r"(?:the|my|of|with|feel|such) shame",
        r"(?:feel|felt|feeling) (?:so |such |really |very |a bit |like |a |an |the |total |complete |right )*"
        r"(?:stupid|foolish|daft|silly|idiot|fool|small|ridiculous|numpty|pathetic)",
        r"cringing|wincing|squirming|(?:i|makes me|still) (?:cringe|wince|squirm)|hot in the face|went (?:bright )?red",
        r"want(?:ed)? (?:the ground|to crawl|to sink|to hide|to disappear)",
    ),
    Feeling.TIRED: (
        r"tired|exhausted|exhausting|worn out|drained|knackered|burnt out|burned out|shattered|weary|wearying|sleepy",
        rf"(?:{_ME}|dead) beat|wrung out|wiped out|{_ME} (?:all|done) in|no energy|running on empty",
    ),
    Feeling.ANXIOUS: (
        r"anxious|worried|scared|afraid(?= (?:of|to)\b|[.,!?;)]|$)|terrified|panicking|panicky|nervous|stressed",
        r"frightened(?! (?:the|my|them|him|her|a)\b)|on edge|can'?t breathe|my stomach (?:flips|is in knots|turns)",
        r"dreading|sick with worry",
    ),
    Feeling.SAD: (
        r"sad|sadder|crying|cried|in tears|tearful|weepy|wept|weeping|sobb(?:ed|ing)|could (?:weep|cry)|made me cry",
        r"heart ?broken|heartsick|miserable|gutted|devastated|down about",
        rf"{_ME} (?:low|down)(?= about| and|[.,!;]|$)|broke my heart",
        r"my heart(?: is| was|'s)?(?: a bit| a little)? (?:broken|breaks?|broke|breaking)",
    ),
    Feeling.HURT: (
        rf"hurt|hurts|hurting|stings|stung|crushed|wounded|wounding|{_ME} sore(?= about| over|[.,!;]|$)",
        r"a (?:real |hard |heavy )?blow|slap in the face|(?:kick|punch) in the (?:teeth|guts?|stomach)",
    ),
    Feeling.DISAPPOINTED: (
        r"disappointed|disappointing|disappointment|let[ -]down|bummed|deflated|crestfallen|gutted",
        rf"{_ME} flat(?= about| and| since|[.,!;]|$)|my heart (?:just )?(?:sank|dropped)|i'?d so hoped",
        r"(?:had|got) my hopes up|wanted (?:it|that|this|the)(?: \w+)? so (?:much|badly|bad)",
    ),
    Feeling.NUMB: (
        r"numb|(?:feel|felt|feeling) (?:nothing|empty|blank)|no (?:feeling|reaction)(?: at all)?|feels like nothing",
        r"(?:do|did|ca)n[o']?t (?:really )?(?:feel|seem to feel) (?:anything|much|a thing|my face)",
        r"not feeling (?:anything|much|a thing)|(?:is|has)n[o']?t (?:really )?(?:sinking|sunk) in|like cotton wool",
    ),
    Feeling.CONFUSED: (
        r"confused|confusing|confuses me|do(?:n'?t| not) (?:understand|get (?:it|why|this))|makes no sense|baffled",
        r"puzzled|perplexed|bewildered|can'?t make (?:sense|head)|all over the place",
        rf"{_ME} (?:completely |totally |a bit )?lost(?= with| as| here|[.,!;]|$)",
    ),
    Feeling.RELIEVED: (
        r"relieved|(?:a|such|feel|felt|feeling|my|with|pure|of) relief|phew|thank (?:god|goodness|heavens)|weight off",
        r"(?:quietly |secretly |so |really )?glad (?:about the no|(?:that )?i (?:didn'?t|wasn'?t)|to be rid"
        r"|(?:that )?they (?:didn'?t|said no)|it'?s (?:a no|over))",
        r"(?:feel|feeling|felt) (?:so |much |a bit |a lot )?light(?:er)?",
    ),
}
_RULES = {
    feeling: re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) for feeling, patterns in _WORDS.items()
}
_IDIOM_AFTER = re.compile(
    r"\s+(?:to (?:see|say|report|hear|ask|try|apply)|excuse|story|song|face|truth|it\b|my (?:chances|back|knee|leg"
    r"|application|cv|career)|"
    r"(?:\w+ )?(?:email|reply|message|letter|version|customer|client|note|post|review)|anyone|teacher|on (?:you"
    r"|them))",
    re.IGNORECASE,
)
_IN_THE_PAST = re.compile(
    r"\s+(?:\w+ )?(?:in|during|at|before|when|about) (?:\w+ )?(?:interviews?|panel|presenting|they asked)",
    re.IGNORECASE,
)
# "The actor who played an angry relative": the word belongs to the noun after it.
_ADJECTIVES = re.compile(r"angry|furious|nervous|anxious|tired|stressed|confused|scared|worried", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the|some|every)$", re.IGNORECASE)
_OF_THINGS = re.compile(r"hurts?|stings|stung|\w+ing|makes no sense|a relief", re.IGNORECASE)


def named_feelings(text: str) -> tuple[Feeling, ...]:
    """Return the feelings that a message names in so many words as the person's own, now."""
    plain = QUOTED.sub(" ", text.replace("’", "'"))
    return tuple(
        feeling for feeling, rule in _RULES.items() if any(_is_own(plain, match) for match in rule.finditer(plain))
    )


def _is_own(text: str, match: re.Match[str]) -> bool:
    before = clause_before(text, match.start())
    after = text[match.end() : match.end() + 40]
    if is_taken_back(before) or _SUPPOSED.search(before) or _IDIOM_AFTER.match(after):
        return False
    if _ADJECTIVES.fullmatch(match.group()) and _ARTICLE.search(before) and re.match(r"\s+[a-z]", after):
        return False
    if match.group().lower() in ("nervous", "anxious", "stressed", "scared") and _IN_THE_PAST.match(after):
        return False
    subjects = list(_SUBJECT.finditer(before))
    if subjects and subjects[-1].group("other"):
        return bool(re.fullmatch(r"hurts?|stung|\w+ing", match.group(), re.IGNORECASE)) and after.startswith(" me")
    if subjects and subjects[-1].group().lower() == "my" and not _OF_THINGS.fullmatch(match.group()):
        # "My friend is angry" is hers; "my head is tired" is rare enough to lose.
        return not re.search(r"\bmy [\w' ]+$", before, re.IGNORECASE)
    return True
