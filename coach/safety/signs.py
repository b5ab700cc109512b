"""What speaks for a level in a message, as far as the rules can tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.safety.benign import DENIED, PAST, is_past, without_idioms
from coach.safety.passages import Passage, neighbours, passages
from coach.safety.plain import plain
from coach.safety.rule import rules
from coach.types import Level


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something that spoke for a level: a rule, or the classifier with its probability."""

    level: Level
    kind: str
    reason: str
    passage: Passage
    words: str
    by_rule: bool = True


def rule_signs(text: str) -> list[Sign]:
    """Return what the rules find in a message."""
    parts = passages(text)
    message = plain(text)
    found: list[Sign] = []
    for passage in [*parts, *neighbours(parts, text)]:
        found.extend(_in_passage(passage, message))
    return found


def _in_passage(passage: Passage, message: str) -> list[Sign]:
    marked = without_idioms(plain(passage.text))
    past = is_past(marked, message)
    found: list[Sign] = []
    if past or DENIED in marked or PAST in marked:
        found.append(
            Sign(level=Level.L1, kind="denied or past", reason="denied or past", passage=passage, words=passage.text)
        )
    hits = [(rule, match) for rule in rules() if (match := rule.search(marked, message)) is not None]
    other = any(rule.kind == THIRD_PERSON for rule, _ in hits)
    for rule, match in hits:
        if past and rule.level in _OWN_RISK:
            continue
        if other and rule.level in _GRAVE and not _SELF.search(marked, max(0, match.start() - _BEFORE), match.end()):
            continue
        found.append(Sign(level=rule.level, kind=rule.kind, reason=rule.name, passage=passage, words=match.group()))
    return found


THIRD_PERSON = "third person"
_OWN_RISK = frozenset({Level.L2, Level.L3, Level.L4})
_GRAVE = frozenset({Level.L3, Level.L4})
_SELF = re.compile(r"\b(?:i|me|myself|my (?:own |arms?|wrists?|life))\b")
_BEFORE = 25
"""Characters before grave words in which "I" makes them the person's own; else they are about somebody else."""
