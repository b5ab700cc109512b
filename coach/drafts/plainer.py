"""Say an order more plainly before it is read: without what stands between its verb and its content."""

from __future__ import annotations

import re

_NAME = r"(?-i:[A-Z][\w'’-]*)(?: (?-i:[A-Z][\w'’-]*)){0,2}"
_VERB = (
    r"(?:ask|asking|tell|telling|thank|thanking|write(?: to)?|writing to|e-?mail|message|text|remind|let|know|to|for"
    r"|mail)"
)
_SUBSTITUTES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
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
        # "tell Kim at Saltire Glass that": the firm is no part of the order.
        (
            rf"(?P<keep>\b{_VERB} {_NAME}) (?:at|from|of|in) (?:the )?{_NAME}(?=,? (?:by|on|via|in|if|whether"
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
        (r"\b(?P<keep>want|need|wish|like) (?=(?:ask|tell|thank|say|write)\b)", r"\g<keep> to "),
        (r", honestly,? (?:that'?s|this is) all[^.!?\n]*", ""),
    )
)


def said_plainly(text: str) -> str:
    """Return a message without what stands between the verb of an order and what is ordered."""
    for pattern, better in _SUBSTITUTES:
        text = pattern.sub(better, text)
    return text
