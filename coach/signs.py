"""Read by rules the signs of what happened, where nothing near them takes them back."""

from __future__ import annotations

import re

from coach.types import Sign

_CLAUSE = re.compile(r"[.!?;:,\n()]|\b(?:but|and then|because|so that)\b|\s[-–—]+\s")
_NEGATED = re.compile(
    r"\b(?:not|never|(?<!the )(?<!a )(?<!another )(?<!day's )no(?! (?:after|from|to|at|today)\b)"
    r"|none|without|hardly|barely|nor|rather than|far from|isnt|dont|didnt|wasnt"
    r"|havent)\b(?:\s+[\w']+){0,4}\s*$"
    r"|n't\b(?:\s+[\w']+){0,4}\s*$",
    re.IGNORECASE,
)
_NOT_TAKEN_BACK = re.compile(r"(?:not (?:only|just)|n[o']t stop|n't help|no wonder)\b[\w' ]*$", re.IGNORECASE)


def clause_before(text: str, place: int) -> str:
    """Return what stands before a place in its clause."""
    begin = max((cut.end() for cut in _CLAUSE.finditer(text, 0, place)), default=0)
    return text[begin:place].strip()


def is_taken_back(before: str) -> bool:
    """Whether what stands before a word in its clause negates it."""
    return bool(_NEGATED.search(before)) and not _NOT_TAKEN_BACK.search(before)


_MANY = (
    r"(?:[3-9]|\d{2,}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?"
    r"|dozens?|"
    r"so many|countless)"
)
_N = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many)"
_KNOWN = (
    r"(?:friend|colleague|cousin|uncle|aunt|sister|brother|mate|someone|contact|neighbou?r|teacher|professor|ex-\w+)"
)
_BAD = (
    r"(?:useless|worthless|stupid|an idiot|a failure|a loser|pathetic|thick|dumb|hopeless|not good enough|too old|"
    r"unemployable|a fraud|a joke|cursed|a burden)"
)
_SIGN_WORDS: dict[Sign, str] = {
    Sign.INTERVIEWED: r"interview(?:s|ed|er|ers)?(?! (?:prep|tips|skills|coach|questions|next|tomorrow"
    r"|on \w+day next))|panel|phone screen"
    r"|trial (?:shift|day)|audition(?:ed)?|final round",
    Sign.SEVERAL_ROUNDS: rf"(?:two|2|{_MANY}) (?:rounds|interviews|stages)|(?:second|2nd|third|3rd) (?:round"
    rf"|interview)",
    Sign.FINAL_ROUND: r"final (?:round|stage|interview)|last (?:round|stage)|runner.?up|(?:came|was|close) second|"
    r"(?:down to|one of) (?:the |us |their )?(?:last|final)? ?(?:two|three|2|3)(?! (?:weeks|months|years|days))",
    Sign.SILENCE: r"ghost(?:ed|ing)|no (?:reply|answer|response|word)(?! (?:needed|address))|(?:radio|their|total"
    r"|just|only|then) silence"
    r"|(?:never|not|\w+n't) (?:yet |even |ever )?(?:heard|hear)|heard nothing|(?:nobody|no one"
    r"|none) (?:\w+ )?(?:replied|answered|wrote)"
    r"|(?:they|he|she|recruiter|company|hr) (?:\w+ )?(?:never|\w+n't) (?:\w+ )?(?:replied|reply|answered|answer"
    r"|responded|got back)",
    Sign.AUTOMATED: r"automat(?:ed|ic)|(?:template|form|canned|standard) (?:email|letter|rejection|reply|response|no)"
    r"|no-?reply|(?:by|from) a (?:bot|machine|robot)",
    Sign.FAST_REPLY: r"(?:minutes|an hour|one hour|two hours|hours) after (?:i|applying|submitting|sending)\b"
    r"|(?:reject\w*|a no|the no|said no|turned (?:me )?down)[^.?!]{0,30} (?:in|within|after) (?:\w+ )?(?:minutes"
    r"|an hour|one hour|two hours)(?! of)"
    r"|same (?:day|night|evening) (?:as )?(?:i|we) (?:applied|sent|submitted)",
    Sign.REASON_GIVEN: r"(?:said|told me|wrote|says|mentioned) (?:that )?(?:i|it|my \w+|we)(?:'m| am| was| were"
    r"| is)? (?:\w+ ){0,2}?"
    r"(?:too|lack\w*|need\w*|did(?:n't| not) have|don'?t have|wasn't|over\w+|under\w+|short of|missing|not (?:enough"
    r"|senior|experienced))"
    r"|(?:wanted|went with|chose|picked|hired|preferred|looking for) (?:someone|somebody|a candidate|a person)"
    r" (?:with|who"
    r"|more|younger|cheaper|closer)"
    r"|the reason (?:they gave|was)|rejected (?:me )?(?:for|because of|due to) [\"'“]|lack of experience"
    r"|hiring freeze|budget",
    Sign.INTERNAL: r"internal (?:application|role|job|post|vacancy|move|transfer|interview|position|competition)"
    r"|applied internally"
    r"|(?:the|a|my|for) promotion|passed over|my own (?:team|company|manager|boss|department|job)",
    Sign.REFERRAL: rf"referred me|{_KNOWN} (?:\w+ )?(?:referred|recommended)|recommended me|(?:got|had|with) a referral"
    rf"|{_KNOWN} (?:\w+ )?put (?:me|my name) (?:forward|in)|put in a (?:good )?word",
    Sign.MANY_REJECTIONS: rf"{_MANY} (?:\w+ )?(?:rejections?|nos|no's|applications)|rejected {_MANY} times"
    rf"|applied (?:to|for) (?:over |about |more than |around )?{_MANY} (?:\w+ )?(?:jobs|companies|places|roles"
    rf"|positions)"
    r"|(?:reject\w*|no|turned down) (?:again and again|every (?:single )?time)|every single (?:one|application)",
    Sign.PASTED_EMAIL: r"dear [\w{][^?]{0,600}?(?:unfortunately|regret"
    r"|other candidates|not (?:been )?(?:selected|progress\w*|successful)|unsuccessful)"
    r"|we regret|thank you for (?:your (?:interest|application)|applying)|unfortunately,? (?:we|on this)"
    r"|(?:move|moving|proceed) forward with (?:other|another)|we have decided (?:not )?to",
    Sign.WANTS_TO_SEND_ANGER: r"tell them exactly|make it sting|give them a piece|let them have it|(?:angry|furious"
    r"|nasty) (?:email|reply|message)"
    r"|want to (?:reply|write|send).{0,40}(?:idiots|fuck|shame|cowards|liars)",
    Sign.ASKS_WHY: r"why (?:did|didn't|do|don't|won't|was|wasn't|am) (?:they|he|she|i|nobody|no one|anyone|it|the"
    r"|my)\b|why me"
    r"|why (?:not me|wasn't it me)|what (?:did i do wrong|went wrong|was wrong)|what'?s wrong with me|(?:know"
    r"|wonder\w*) why"
    r"|reason\b.{0,20}\?",
    Sign.SELF_ATTACK: rf"(?:i'?m|i am|i was)(?: (?!not\b)\w+){{0,3}}? {_BAD}|am i (?:just |really )?{_BAD}"
    rf"|i'?m (?:the|a) problem"
    r"|i am the problem|i suck|(?:no ?one|nobody) (?:will|would) (?:ever )?(?:hire|want) me|what'?s wrong with me",
    Sign.CLAIMS_BIAS: r"biased?|(?<!anti-)discriminat\w+|racis\w+|sexis\w+|ageis\w+|rigged|nepotis\w+|favou?ritism"
    r"|(?:boss|manager|owner|director|ceo|chairman)(?:'?s|es)? (?:son|daughter|niece|nephew|cousin|friend|brother"
    r"|sister|mate)"
    r"|(?:his|her|their) (?:nephew|niece|son|daughter|cousin)",
    Sign.OFFERS_DOOR_OPEN: r"keep (?:your|my) (?:cv|resume|details|application|number)"
    r"|(?:said|asked|told|invited|encouraged|encourage|welcome|want|free|hope|please"
    r"|do)\b[^.?!]{0,30}? (?:apply again|reapply|stay in touch|keep in touch)"
    r"|keep (?:you|me) in mind|(?:consider|contact) (?:you|me) for future|(?:you|your|me"
    r"|my)\b[^.?!]{0,40} future (?:roles|openings|opportunities|vacancies)"
    r"|offered (?:me )?(?:\w+ ){0,3}feedback",
    Sign.NO_ADVICE: r"(?:no|without|spare me the|enough) (?:more )?(?:advice|tips|steps|lists?|suggestions|pep talks?)"
    r"(?! (?:yet|from|about|on))|(?:don'?t|do not|dont) (?:want|need|give me) (?:any |your |more )?(?:advice"
    r"|tips|steps|"
    r"suggestions|help|a pep talk)|(?:don'?t|do not|dont) (?:suggest|advise|tell me what to do|try to fix|fix)"
    r"|just (?:want|need|wanted) to (?:vent|say it|be heard|rant)",
    Sign.NO_CONTACT: r"(?:never|not|without|didn'?t|no one|nobody)\b[^.?!]{0,20}"
    r" (?:talk(?:ed|ing)?|spoke|speak(?:ing)?|met|meet"
    r"|see(?:n|ing)?) (?:to |with )?(?:any|some)?(?:one|body|a person|them)|(?:just|only) (?:an? |the"
    r" )?(?:online )?(?:form|application"
    r"|cv)|online form|(?:no|without an?|didn'?t (?:even )?get an|never got an) interview|(?:at|after) (?:the"
    r" )?(?:cv|application) (?:stage|screen)",
    Sign.ASKED_ALREADY: r"(?:already |have |i'?ve )?(?:asked|emailed|wrote)(?: \w+){0,3} (?:for|about) feedback",
    Sign.BAD_MOMENT: r"(?:blank(?:ed)?|froze|frozen|stumbled|stammered|rambled|waffled|panicked"
    r"|messed (?:it |that |up)|bombed"
    r"|fluffed|choked|mumbled|stuttered|cried|dried up|lost my (?:words|thread|train)|went (?:red|badly|wrong)"
    r"|talked too much"
    r"|said something stupid|couldn'?t (?:answer|speak|think|explain)|got (?:it|that|the \w+) wrong|wrong"
    r" answer|was (?:awful|terrible)"
    r"|made a (?:fool|mess|mistake)|(?:nervous|shaking|shaky))",
    Sign.LONG_WAIT: rf"(?:waited|waiting)(?: \w+)? {_N} (?:weeks|months)|(?:heard nothing|silence|no (?:word|reply"
    rf"|answer)) for {_N} (?:weeks|months)"
    rf"|{_N} (?:weeks|months) (?:of (?:waiting|silence|nothing)|to (?:say|tell|reply|answer|decide))"
    rf"|after {_N} (?:weeks|months),? (?:they|i got|a no)",
}
_SIGN_RULES = {sign: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for sign, pattern in _SIGN_WORDS.items()}
# Their words hold the negation themselves, or a question holds it.
_SAY_NO = frozenset(
    {
        Sign.BAD_MOMENT,
        Sign.NO_ADVICE,
        Sign.NO_CONTACT,
        Sign.SILENCE,
        Sign.PASTED_EMAIL,
        Sign.ASKS_WHY,
        Sign.AUTOMATED,
        Sign.MANY_REJECTIONS,
        Sign.INTERNAL,
    }
)
_AHEAD = re.compile(
    r"\b(?:mock|next|another|future|any|get|getting|land|if|for an?|have an?|got an?|before (?:the|an"
    r"|my))\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LATER = re.compile(r"[^.!?]{0,20}\b(?:tomorrow|next (?:week|month|\w+day)|later today|coming up)\b", re.IGNORECASE)
_THEN_A_NO = re.compile(
    r"[^.!?]{0,60}\b(?:then|until|finally|before)\b[^.!?]{0,40}\b(?:no|reject\w+|email|letter)\b", re.IGNORECASE
)
_MEETINGS = frozenset({Sign.INTERVIEWED, Sign.SEVERAL_ROUNDS, Sign.FINAL_ROUND})


def read_signs(text: str) -> set[Sign]:
    """Return the signs that a message shows."""
    plain = text.replace("’", "'")
    return {
        sign for sign, rule in _SIGN_RULES.items() if any(_holds(sign, plain, match) for match in rule.finditer(plain))
    }


def _holds(sign: Sign, text: str, match: re.Match[str]) -> bool:
    before = clause_before(text, match.start())
    if sign not in _SAY_NO and is_taken_back(before):
        return False
    if sign in _MEETINGS:
        return not (
            _AHEAD.search(f"{before} ") and match.group().lower() in ("interview", "interviews")
        ) and not _LATER.match(text, match.end())
    if sign is Sign.SILENCE:
        own = re.search(r"\b(?:i|i've|we)\b[\w' ]*$", before, re.IGNORECASE) and re.search(
            r"repl|answ", match.group(), re.IGNORECASE
        )
        return not own and not _THEN_A_NO.match(text, match.end())
    if sign is Sign.OFFERS_DOOR_OPEN or sign is Sign.WANTS_TO_SEND_ANGER:
        return not re.search(r"\b(?:can|could|should|how do|do) i\b", before, re.IGNORECASE)
    return True
