"""Say what somebody asks and wants more gently, where they find that a draft sounds rude."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief

_SOFTER = re.compile(
    r"\b(?:nicer|softer|soften|gentler|politer|more polite(?:ly)?|kinder|less (?:rude|blunt|pushy|demanding"
    r"|harsh|direct|sharp|bossy|aggressive)"
    r"|(?:sounds?|is|comes across|looks?|too|a bit|bit) (?:a bit |too |very |so |kind of )?(?:rude|blunt|pushy"
    r"|demanding|harsh|bossy|sharp|curt|abrupt"
    r"|cheeky|aggressive|cross|moany))\b",
    re.IGNORECASE,
)


_SOFTENED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), better)
    for pattern, better in (
        (r"\bI would like you not to\b", "I would be grateful if you did not"),
        (r"\bI want you not to\b", "I would be grateful if you did not"),
        (r"\bI (?:would like|want|need) you to\b", "I would be grateful if you could"),
        (r"^Please (?:do not|don't)\b", "I would be grateful if you did not"),
        (r"^Could you not\b", "I would be grateful if you did not"),
        (r"\bI (?:do not|don't) want\b", "I would rather not have"),
        (r"\bI will not do\b", "I would rather not do"),
        (r"\bI will not\b", "I would rather not"),
        (r"\bI want\b", "I would like"),
        (r"\bI need\b", "I would need"),
        (r"\bI expect\b", "I would hope for"),
        (r"^Could you\b", "Would you be able to"),
        (r"^Please (?=[a-z])", "If you can, please "),
    )
)


def softened(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with its own sentences said more gently, where a message asks for that."""
    if _SOFTER.search(text) is None:
        return brief

    def soft(told: str) -> str:
        for pattern, better in _SOFTENED:
            if pattern.search(told):
                changed = pattern.sub(better, told, count=1)
                return changed.rstrip("?") + "." if told.endswith("?") and changed.startswith("I ") else changed
        return told

    only_last = re.search(r"\blast (?:bit|part|line|sentence|thing|one)\b", text, re.IGNORECASE) is not None
    said = (
        (*brief.said[:-1], *map(soft, brief.said[-1:]))
        if only_last and not brief.asked
        else tuple(map(soft, brief.said))
    )
    return replace(
        brief, said=said, asked=brief.asked if only_last and said != brief.said else tuple(map(soft, brief.asked))
    )
