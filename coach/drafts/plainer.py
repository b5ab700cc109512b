"""Say an order more plainly before it is read: without what stands between its verb and its content."""

from __future__ import annotations

import re

from coach.drafts.dictated import as_orders

_NAME = r"(?-i:[A-Z][\w'’-]*)(?: (?-i:[A-Z][\w'’-]*)){0,2}"
_VERB = (
    r"(?:ask|asking|tell|telling|thank|thanking|write(?: to)?|writing to|e-?mail|message|text|remind|let|know|to|for"
    r"|mail)"
)
_SUBSTITUTES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
        (
            r"\bso (?:that )?(?P<who>he|she|they) (?:can |could |will |would )?(?P<verb>ask|tell|pass|put|send"
            r"|give|mention|introduce)(?:es|s)? ",
            r". Ask \g<who> to \g<verb> ",
        ),
        (r", which (?:i|we) (?:see|saw|have seen|noticed)[^,.;!?\n]{0,60},", ""),
        (
            r"(?P<keep>\b(?:enquire|inquire|check)) (?:with|of|from) (?:the )?(?:[A-Z][\w'’.]*[ ]?){1,4}(?:at"
            r"|from|of) (?:the )?(?:[A-Z][\w'’.]*[ ]?){1,3}(?=if|whether|what|how|when)",
            r"\g<keep> ",
        ),
        (
            r"(?<=[a-z]),? (?P<verb>declin|accept)ing (?=the |his |her |their |my |an? )",
            r". Say that I would like to \g<verb>e ",
        ),
        (r"\bto accepte\b", "to accept"),
        (
            r"\bi want that (?P<who>he|she|they) (?P<verb>\w+?)s? (?=(?:her|him|them|my|the|me|his|their)\b)",
            r"Ask \g<who> to \g<verb> ",
        ),
        (rf"\b(?P<keep>offer) to (?:the|my) [\w ]{{3,30}}, {_NAME}, (?=to )", r"\g<keep> "),
        (rf"(?P<keep>\b(?:want|need|like|love|ask|get) {_NAME}), who [^,.;!?\n]{{3,50}},(?= to\b)", r"\g<keep>"),
        (
            r"\b(?P<keep>[Tt]ell|[Aa]sk|[Ww]rite to|[Tt]ext|[Ee]mail) my (?:recruiter|agent|consultant"
            r"|contact)(?: [A-Z]\w+)?(?: by (?:text|e-?mail))? (?=that\b|if\b|whether\b)",
            r"\g<keep> them ",
        ),
        (r"\be\.?g\.", "for example"),
        (r"\bi\.?e\.", "that is"),
        # What is spelled as it is spoken.
        (r"(?<= )n(?= [a-z])", "and"),
        (r"\bcud\b", "could"),
        (r"\bcudn'?t\b", "couldn't"),
        (r"\bwud\b", "would"),
        (r"\bshud\b", "should"),
        (r"\bwats\b", "what's"),
        (r"\b(?:wat|wot)\b", "what"),
        (r"\bwiv\b", "with"),
        (r"\bda(?= [a-z])", "the"),
        (r"\b(?P<keep>in|to|for|the|me) yr\b", r"\g<keep> your"),
        # What somebody says of another in brackets, in the middle of an order.
        (r" ?\((?:he|she|they|who|the|their|his|her|it was|its|it's)\b[^()\n]{0,80}\)", ""),
        (r"(?P<keep>\b(?:tell|ask|write to|e-?mail|text|message|thank) (?:the|my) \w+) \([^()\n]{3,80}\)", r"\g<keep>"),
        # "ask Helena Frost, partner at Birch Low, what it would take"
        (
            rf"(?P<keep>\b{_VERB} {_NAME}), (?!(?:and|that|if|whether|what|how|i"
            rf"|please)\b)[a-z][\w' -]{{2,40}}(?: {_NAME})?,"
            r"(?= (?:if|whether|what|how|which|when|where|why|that|to|for|was|is|did|does|can|could|would)\b)",
            r"\g<keep>",
        ),
        (
            rf"(?P<keep>\b(?:tell|ask|thank|email|text|message|write to)) (?:the (?:one|other|woman|man|guy"
            rf"|lady|first)|one of them), (?P<name>{_NAME})(?: (?:at|from|of|in) {_NAME})?,",
            r"\g<keep> \g<name>",
        ),
        (rf"(?P<keep>\b(?:want|need|like|love|prefer) {_NAME}) (?:at|from|of) (?:the )?{_NAME}(?= to\b)", r"\g<keep>"),
        # "tell Kim at Saltire Glass that": the firm is no part of the order.
        (
            rf"(?P<keep>\b{_VERB} {_NAME}) (?:at|from|of|in) (?:the )?{_NAME}(?: (?:&"
            rf"|and) {_NAME})?(?=,? (?:by|on|via|in|if|whether"
            rf"|what|how|that|for|to)\b)",
            r"\g<keep>",
        ),
        # How it goes is no part of it either.
        (
            rf"(?P<keep>\b{_VERB} (?:{_NAME}|him|her|them)),? (?:by|via|on|in|over) (?:an? |the |my )?(?:short "
            rf"|quick |little )?"
            r"(?:text|e-?mail|mail|whats ?app|linked ?in|message|letter|note|phone)(?: message)?,?",
            r"\g<keep>",
        ),
        (r"\b(?P<keep>(?:ask|tell) (?:him|her|them)) one (?:thing|question)(?: only)?:", r"\g<keep>"),
        (r"\b(?P<keep>want|need|wish|like) (?=(?:ask|tell|thank|say|write|offer)\b)", r"\g<keep> to "),
        (r", honestly,? (?:that'?s|this is) all[^.!?\n]*", ""),
    )
)


def said_plainly(text: str) -> str:
    """Return a message without what stands between the verb of an order and what is ordered."""
    for pattern, better in _SUBSTITUTES:
        text = pattern.sub(better, text)
    text = _ITS_OVER.sub(_what_is_over, _GOT_IT.sub(_what_it_is, text))
    return as_orders(text)


_GOT_IT = re.compile(
    r"(?P<lead>(?:\b[Ii](?:'ve| have)?|(?:(?<=[.!?;,] )|(?<=^))(?=(?:got|passed|done|finished"
    r"|completed) it (?:in|last|on|this)\b))(?: now| just| since| finally| already)* ?(?:got|passed|did|done"
    r"|finished|completed|have|hold)) (?P<it>it|that|one|them|mine)\b"
    r"(?P<rest> (?:now|last|this|on|in|since|yesterday|today|a (?:week|month)|two|three)\b|\s*[.,;!?\n])"
)
_HELD = re.compile(
    r"\b(?P<thing>(?:my|an?|the|their|his|her) (?:[\w'-]+ ){0,3}(?:DBS|CSCS|SIA|CPC|papers|permit|visa"
    r"|licen[cs]es?|certificates?|tickets?|cards?"
    r"|NVQ|degree|diploma|clearance"
    r"|qualifications?|exams?|test|course|level \d|registration|PIN|accreditation|charter\w*|Meister))\b"
)


_ITS_OVER = re.compile(
    r"\b(?:they're|they are|theyre|it's|its|it is|that's) (?P<rest>(?:all )?(?:over|done|finished|behind me"
    r"|sorted)(?: now| with)?)\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\bmy (?P<thing>(?:\w+ )?(?:exams?|course|degree|training|contract|notice|apprenticeship|studies|finals"
    r"|season|probation|placement))\b",
    re.IGNORECASE,
)


def _what_is_over(match: re.Match[str]) -> str:
    """Return "they're over now" with what is over, where a thing of theirs was told of right before."""
    things = [*_MINE.finditer(match.string[max(0, match.start() - 120) : match.start()])]
    if not things:
        return match.group()
    thing = things[-1]["thing"]
    return f"my {thing} {'are' if thing.endswith('s') else 'is'} {match['rest']}"


def _what_it_is(match: re.Match[str]) -> str:
    """Return "I got it last Friday" with what was told of before for "it"."""
    things = [*_HELD.finditer(match.string[max(0, match.start() - 250) : match.start()])]
    if not things:
        return match.group()
    own = re.sub(r"^(?:the|their|his|her)\b", "the", things[-1]["thing"])
    lead = match["lead"] if re.match(r"[Ii]\b", match["lead"]) else f"I {match['lead']}"
    return f"{lead} {own}{match['rest']}"
