"""Find what somebody would like to do with the reader or for them, how the reader knows them, and on which number."""

from __future__ import annotations

import re

from coach.drafts.news import as_statements
from coach.drafts.steering import PRIVATE, RUDE, private_spans

_NUMBER = re.compile(
    r"\b(?:i'?m on|i am on|reach me on|ring me on|call me on|(?:i'?m|reach me) at|my (?:phone |mobile "
    r"|cell )?(?:number|mobile|phone)(?: is|'s)?) (?P<number>\+?\d[\d ]{5,14}\d)",
    re.IGNORECASE,
)


_SEEN = re.compile(
    r"(?:^|[.!?;,\n]\s*|\b(?:and|because|as|since) )(?P<said>(?:he|she|they)(?:'s|'ve| has| have) (?:seen"
    r"|known|watched|worked with|taught|trained|supervised|managed)"
    r" (?:me|my work|my \w+)\b[^.;!?\n]{0,80})(?=\s*(?:[.;!?\n]|$))",
    re.IGNORECASE,
)


def read_known(text: str, keeps: frozenset[str]) -> list[str]:
    """Return how the reader knows them: "she's seen me with her grandchildren every Friday"."""
    match = _SEEN.search(text)
    if match is None or PRIVATE.search(match["said"]) or RUDE.search(match["said"]):
        return []
    return as_statements(re.sub(r", (?:say|mention|put|add) .*$", "", match["said"]), keeps)


def read_number(text: str) -> list[str]:
    """Return the number on which they can be reached, where they give it, as a sentence."""
    match = _NUMBER.search(text)
    return [f"You can reach me on {match['number'].strip()}."] if match is not None else []


_WISH = re.compile(
    r"(?:^|[.!?;,\n]\s*|\b(?:and|but|so|that) )(?P<said>(?:i(?:'d| would)? (?:also |still |really "
    r"|just )*(?:like|love|want|wish) to"
    r"|i'?m (?:still )?(?:happy|glad|willing|keen|ready) to|(?:still |also )?(?:happy|glad|willing|keen) to)"
    r" (?=(?:be considered|be thought of|be kept|run|have (?:a|another) (?:go|try|chance)|apply|try again"
    r"|talk about|come|volunteer|work|help|join|visit|shadow|train|cover|return|bring|give|hear about|start|do"
    r"|try"
    r"|take part|keep in touch"
    r"|stay in touch|stay connected|meet|see you|see them|see the)\b)[^.;!?\n]{3,110}?)"
    r"(?=\s*(?:[.;!?\n]|$|,? (?:and|but) (?:ask|say|tell|thank|do|does|can|could|is|are|what|how|if|whether|i"
    r"|please)\b|, (?:so|because|cos)\b))",
    re.IGNORECASE,
)


_TO_THEM = re.compile(
    r"\b(?:him|her|them|he|she|they|you)\b|\b(?:come|volunteer|work|help|join|visit|shadow|train|cover"
    r"|hear about|start|try|return|considered|thought of|run|apply|kept|go|chance)\b",
    re.IGNORECASE,
)


_NOT_FOR_THEM = re.compile(
    r"\b(?:draft|message|e-?mail|letter|script|note|text|interview again|scream|cry|forget|home|bed|word it"
    r"|this right|plan|job search)\b",
    re.IGNORECASE,
)


_NO_SELF = re.compile(r"(?:still |also )?(?:happy|glad|willing|keen)\b", re.IGNORECASE)


def read_wishes(text: str) -> list[str]:
    """Return what somebody would like to do with the reader or for them, as "I'd like to volunteer"."""
    private = private_spans(text)
    found: list[str] = []
    for match in _WISH.finditer(text):
        said = match["said"]
        hidden = any(begin <= match.start("said") < end for begin, end in private)
        if (
            hidden
            or PRIVATE.search(said)
            or RUDE.search(said)
            or _NOT_FOR_THEM.search(said)
            or not _TO_THEM.search(said)
        ):
            continue
        said = re.sub(
            r"^i (?:also |still |really |just )*(?:want|wish|like|love) to",
            "I would like to",
            said,
            flags=re.IGNORECASE,
        )
        if _NO_SELF.match(said):
            said = f"I am {said[0].lower()}{said[1:]}"
        found += as_statements(said, frozenset())
    return found
