"""What cards bring into a reply: their notes, steps and perspectives, where they fit this person closely enough."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.asks import Ask
from coach.reply.fits import is_about
from coach.reply.slots import Brief, Candidate, Slot
from coach.text import alike, sentences, words
from coach.types import FoundCard, Origin, Part, Wants

FITS = 0.55
"""Score from which a card fits somebody who asked for something. Of the top cards above it, .96 have a strategy that a
reader accepts, and .74 are cards that a reader named (``python -m training.relevance data/retrieval/dev.jsonl``)."""

FITS_CLOSELY = 0.7
"""Score from which a card fits somebody who asked for nothing: .97 and .74 of those above it."""

_CLOSE_RIVAL = 0.08
"""Score by which a second card's note may trail the first and still be offered for choice."""

_IN_STEPS = frozenset({Ask.STEPS, Ask.HOW, Ask.WHAT_NOW})
_ONE = re.compile(r"\b(?:one|a|single|just one|small) (?:small |tiny |single )?(?:thing|step)\b", re.IGNORECASE)
_MOST_STEPS = 3
_STEP_WORDS = 75


def fitting(brief: Brief, *, asked: bool) -> tuple[FoundCard, ...]:
    """Return the cards that fit closely enough to be used; none is better than a wrong one."""
    least = FITS if asked else FITS_CLOSELY
    return tuple(found for found in brief.cards if found.score >= least and is_about(found.card.id, brief))


def advice_slots(brief: Brief, cards: Sequence[FoundCard], ask: Ask) -> tuple[Slot, ...]:
    """Return the advice of cards that fit: numbered steps for who asked how, else a note; empty without a card."""
    new = [found for found in cards if not was_said(found.card.note, brief)]
    if not new:
        return ()
    if ask in _IN_STEPS and brief.situation.wants in (Wants.ADVICE, Wants.PLAN):
        most = 1 if _ONE.search(brief.text) else _MOST_STEPS
        if steps := step_slots(brief, most=most, cards=new[:1]):
            return steps
    near = [found for found in new if found.score >= new[0].score - _CLOSE_RIVAL][:2]
    notes = tuple(Candidate(text=found.card.note, origin=Origin.CARD, card_id=found.card.id) for found in near)
    return (Slot(part=Part.ADVICE, candidates=notes),)


def step_slots(brief: Brief, *, most: int, cards: Sequence[FoundCard] | None = None) -> tuple[Slot, ...]:
    """Return the next steps of the best card that were not said yet, each with its time; numbered where several."""
    for found in brief.cards if cards is None else cards:
        texts: list[str] = []
        for step in found.card.steps:
            text = f"{step.when}: {step.text}"
            if not any(said.endswith(text) for said in brief.said):
                texts.append(text)
        texts = _fewest(texts[:most])
        if texts:
            numbered = [f"{number}. {text}" for number, text in enumerate(texts, 1)] if len(texts) > 1 else texts
            return tuple(
                Slot(
                    part=Part.ADVICE,
                    candidates=(Candidate(text=text, origin=Origin.CARD, card_id=found.card.id),),
                    lead="\n" if len(texts) > 1 else " ",
                )
                for text in numbered
            )
    return ()


def perspective_of(brief: Brief, cards: Sequence[FoundCard] | None = None) -> tuple[Candidate, ...]:
    """Return the perspective of the best card, if it was not said yet."""
    for found in (brief.cards if cards is None else cards)[:1]:
        text = found.card.perspective
        if not was_said(text, brief) and not any(alike(text, one) for one in sentences(found.card.note)):
            return (Candidate(text=text, origin=Origin.CARD, card_id=found.card.id),)
    return ()


def was_said(text: str, brief: Brief) -> bool:
    """Whether every sentence of a text was shown in this conversation."""
    return text in brief.said or all(one in brief.said for one in sentences(text))


def _fewest(texts: list[str]) -> list[str]:
    """Drop steps from the end while they are too long together."""
    while len(texts) > 2 and sum(len(words(text)) for text in texts) > _STEP_WORDS:
        texts.pop()
    return texts
