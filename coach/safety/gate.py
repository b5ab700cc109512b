"""The gate: what level a message has, given the conversation. No language model, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from coach.safety.answers import read_answer
from coach.safety.benign import DENIED, PAST, is_past, without_idioms
from coach.safety.classifier import GROUPS, THRESHOLDS, Classifier, Neighbour
from coach.safety.language import in_other_letters, language_of
from coach.safety.levels import GRAVITY, level_after
from coach.safety.passages import Passage
from coach.safety.plain import plain
from coach.safety.rule import rules
from coach.safety.signs import Sign, rule_signs
from coach.types import Answer, Level, Message, SafetyVerdict, Vector, Vectors

_DENIED_THRESHOLD = 0.7
"""A passage in which the person denies the risk needs this much from the classifier alone."""


_NEVER_DROPPED = frozenset({Level.L0, Level.L1, Level.L3, Level.L4})
_DROPPED = 0.3
"""Share below which the classifier overrules an indirect rule; chosen as the thresholds were."""

_LEAST_CLOSE = 0.4
"""The classifier says nothing of passages further than this from all it has learnt; 99 % of the development lines
are nearer."""

_REQUEST = re.compile(
    r"\b(?:e-?mail|cover letter|cv|r[eé]sum[eé]|feedback|thank-?you (?:note|letter)|linkedin|interview question"
    r"|draft|reply to (?:them|the)|word (?:it|this))\b",
    re.IGNORECASE,
)
"""Something harmless that a message may ask for beside the risk."""


class Gate:
    """Rules joined with the classifier in a file (see ``training.safety``)."""

    def __init__(self, classifier: Path) -> None:
        self._classifier = Classifier(classifier)
        rules()

    def check(self, text: str, history: Sequence[Message], vectors: Vectors | None) -> SafetyVerdict:
        """Return the level in force after a message, with what led to it.

        Args:
            text: The message, cleaned.
            history: What was said before, with the level in force after each message.
            vectors: The message's vectors; None while the embedder is not there, then rules alone decide.
        """
        signs = self.signs(text, vectors)
        if history and history[-1].level.stops_coaching and read_answer(text) is Answer.NO:
            # "No, I don't want to die" is near the lines it denies: a direct no outweighs the classifier.
            signs = [sign for sign in signs if sign.by_rule or not sign.level.stops_coaching]
        own = max((sign.level for sign in signs), key=GRAVITY.index, default=Level.L0)
        speaking = [sign for sign in signs if sign.level is own and own is not Level.L0]
        level, answer = level_after(text, own, history)
        return SafetyVerdict(
            level=level,
            evidence=tuple(dict.fromkeys(sign.passage.text[:300] for sign in speaking)),
            own=own,
            kinds=tuple(dict.fromkeys(sign.kind for sign in speaking)),
            spans=tuple(dict.fromkeys((sign.passage.start, sign.passage.end) for sign in speaking)),
            reasons=tuple(dict.fromkeys(sign.reason for sign in speaking)),
            answer=answer,
            before=history[-1].level if history else Level.L0,
            asks=bool(_REQUEST.search(text)),
        )

    def signs(self, text: str, vectors: Vectors | None) -> list[Sign]:
        """Return everything in a message that speaks for a level above L0."""
        found = rule_signs(text)
        if vectors is None or language_of(text) not in (None, "en"):
            return found
        views = views_of(text, vectors)
        # The classifiers know Latin letters; in any others, everything is near to everything else. Where no rules know
        # the language either, that is better than nothing.
        foreign = [
            sentence
            for sentence in vectors.sentences
            if in_other_letters(sentence) and language_of(sentence) not in (None, "en")
        ]
        known = [
            number
            for number, (passage, _) in enumerate(views)
            if not any(sentence in passage.text for sentence in foreign)
        ]
        shares = self._classifier.shares([passage.text for passage, _ in views], np.stack([row for _, row in views]))
        if vectors.levels is not None:
            shares = _joined(shares, vectors.levels)
        # A rule for what is indirect gives way where the classifier sees nothing of the kind; grave words never do.
        kept = [sign for sign in found if sign.level in _NEVER_DROPPED or _spoken_for(sign.level, shares) >= _DROPPED]
        views, shares = [views[number] for number in known], [shares[number] for number in known]
        return [*kept, *self._classifier_signs(text, views, shares)]

    def nearest(self, vector: Vector, count: int = 3) -> list[Neighbour]:
        """Return the training lines nearest to a vector."""
        return self._classifier.nearest(vector, count)

    def _classifier_signs(
        self, text: str, views: Sequence[tuple[Passage, Vector]], shares_of: Sequence[dict[Level, float]]
    ) -> list[Sign]:
        if not views:
            return []
        near = self._classifier.closeness(np.stack([vector for _, vector in views]))
        message = plain(text)
        found: list[Sign] = []
        for (passage, _), shares, closeness in zip(views, shares_of, near, strict=True):
            if closeness < _LEAST_CLOSE:
                continue
            marked = without_idioms(plain(passage.text))
            calm = DENIED in marked or PAST in marked or is_past(marked, message)
            for name, levels in GROUPS.items():
                share = sum(shares[level] for level in levels)
                threshold = THRESHOLDS[name]
                if share < (max(_DENIED_THRESHOLD, threshold) if calm else threshold):
                    continue
                level = max(levels, key=shares.__getitem__)
                found.append(
                    Sign(
                        level=level,
                        kind=name,
                        reason=f"classifier ({name} {share:.2f})",
                        passage=passage,
                        words=passage.text,
                        by_rule=False,
                    )
                )
            if calm or shares[Level.L1] > max(0.4, shares[Level.L0]):
                found.append(
                    Sign(
                        level=Level.L1,
                        kind="distress",
                        reason=f"distress ({shares[Level.L1]:.2f})",
                        passage=passage,
                        words=passage.text,
                        by_rule=False,
                    )
                )
        return found


def _joined(shares: Sequence[dict[Level, float]], levels: Vector) -> list[dict[Level, float]]:
    """Return the means of what the classifier and the reader of levels say of each view (see ``views_of``)."""
    each = levels[1:]
    # Two neighbours speak for a level as much as the one of them that speaks louder.
    rows = [*each, *np.maximum(each[:-1], each[1:]), levels[0]]
    return [
        {level: (row[level] + float(read)) / 2 for level, read in zip(Level, reading, strict=True)}
        for row, reading in zip(shares, rows, strict=False)
    ]


def _spoken_for(level: Level, shares: Sequence[dict[Level, float]]) -> float:
    """Return how much the classifier's views speak for a level's group, at most."""
    groups = [levels for levels in GROUPS.values() if level in levels]
    return max((sum(row[one] for one in levels) for levels in groups for row in shares), default=1.0)


def views_of(text: str, vectors: Vectors) -> list[tuple[Passage, Vector]]:
    """Return what the classifier looks at: each sentence, each pair of neighbours, and a short message whole."""
    parts: list[Passage] = []
    cursor = 0
    for sentence in vectors.sentences:
        start = max(text.find(sentence, cursor), cursor)
        cursor = start + len(sentence)
        parts.append(Passage(text=sentence, start=start, end=cursor))
    views = list(zip(parts, vectors.each, strict=True))
    if len(parts) == 1:
        return views
    for (one, first), (other, second) in pairwise(views.copy()):
        both = first + second
        pair = Passage(text=text[one.start : other.end], start=one.start, end=other.end)
        views.append((pair, (both / np.linalg.norm(both)).astype(np.float32)))
    if len(parts) <= _WHOLE:
        views.append((Passage(text=text, start=0, end=len(text)), vectors.whole))
    return views


_WHOLE = 4
"""A message of at most so many sentences is also looked at whole."""
