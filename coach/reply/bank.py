"""Takes from the phrase bank what is true here and new, with slots filled, as candidates for a place in a reply."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from coach.cues import Cue
from coach.facts.memory import slot_values
from coach.reply.phrases import closeness, shortlist
from coach.reply.slots import Brief, Candidate
from coach.text import alike, sentences
from coach.types import Origin, Part, Phrase, Sign

MOST = 3
"""Phrases offered for one slot: enough for a choice, few enough that the last one fits as well as the first."""

_NEAR = 0.9
"""Closeness by which a phrase may trail the best one and still be offered for choice."""

_NAMED = 0.6
"""Closeness that a phrase gains by naming a fact, where no sentence of the reply names one yet."""

_STALE = 1.8
"""Closeness that a phrase loses for each sign that only an earlier message showed: it is true, and no news."""

_RELEASES = re.compile(
    r"\b(?:nothing (?:has to|is needed)|(?:do|does) not (?:have|need) to (?:do|plan|solve|decide|be (?:planned|solved))"
    r"|you do not need a plan|no advice|no steps|tips out|without doing anything)\b",
    re.IGNORECASE,
)
_OFFERS_A_STEP = re.compile(
    r"\b(?:small(?:est)? step|plan for|plan something|do first|one thing would you like to do)\b", re.I
)


class Bank:
    """The phrase bank, as a reply sees it.

    Args:
        phrases: Every vetted phrase.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases

    def pick(
        self,
        part: Part,
        brief: Brief,
        *,
        taken: Sequence[str] = (),
        answering: bool = False,
        advising: bool = False,
        asking: bool = True,
        cue: Cue | None = None,
        needs: Sign | None = None,
        most: int = MOST,
    ) -> tuple[Candidate, ...]:
        """Return candidates of a part that fit about equally well, the most fitting first.

        Args:
            part: The part of the reply.
            brief: What the turn is about.
            taken: Texts that are in the plan already.
            answering: Only phrases that answer a direct question of the message.
            advising: The reply holds advice, so nothing that releases the person from doing anything fits.
            asking: Whether a question may be among them.
            cue: The short turn that is answered.
            needs: Only phrases that need this sign.
            most: How many at most.
        """
        facts = slot_values(brief.situation.facts)
        plain = not any(value in text for value in facts.values() for text in taken)
        found: list[tuple[float, str]] = []
        for phrase in self._ranked(part, brief, taken, cue, known=frozenset(facts)):
            text = _filled(phrase.text, facts)
            unfit = (advising and _RELEASES.search(text)) or (not asking and "?" in text)
            if unfit or (answering and phrase.answers is None) or (needs is not None and needs not in phrase.needs):
                continue
            if _was_said(text, brief, taken):
                continue
            stale = len(set(phrase.needs) - brief.fresh) if brief.fresh is not None else 0
            named = plain and text != phrase.text
            found.append((closeness(phrase, brief.situation) - _STALE * stale + _NAMED * named, text))
        return tuple(Candidate(text=text, origin=Origin.PHRASE) for text in _nearest(found, brief.text)[:most])

    def _ranked(
        self, part: Part, brief: Brief, taken: Sequence[str], cue: Cue | None, *, known: frozenset[str]
    ) -> list[Phrase]:
        ranked = shortlist(
            self._phrases,
            part,
            brief.situation,
            said=brief.said | set(taken),
            seed=brief.text,
            most=len(self._phrases),
            cue=cue,
            known=known,
        )
        if part is Part.FEELING:
            # What the message shows is named; only without that, what is true of anyone there.
            return [phrase for phrase in ranked if phrase.feelings] or ranked
        return ranked


def offers_a_step(text: str) -> bool:
    """Whether a sentence offers a step or a plan, which nobody wants who refused advice."""
    return bool(_OFFERS_A_STEP.search(text))


def _filled(text: str, facts: dict[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace(f"<{name}>", value)
    return text[:1].upper() + text[1:]


def _was_said(text: str, brief: Brief, taken: Sequence[str]) -> bool:
    """Whether any sentence of a text was shown before, or nearly the same words are in the plan already."""
    if text in taken or any(alike(text, one) for one in taken):
        return True
    return any(one in brief.said for one in (text, *sentences(text)))


def _nearest(found: Sequence[tuple[float, str]], seed: str) -> list[str]:
    """Return the texts that fit about as well as the best one.

    The seed decides their order, so that the same sentence does not come to everybody.
    """
    best = max((fit for fit, _ in found), default=0.0)
    near = [text for fit, text in found if fit >= best - _NEAR]
    return sorted(near, key=lambda text: zlib.crc32(f"{seed}{text}".encode("utf-8", "replace")))
