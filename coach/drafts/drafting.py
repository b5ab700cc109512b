"""Drafts: the one entry. A message, what was said before, and the draft that stands; a draft or nothing comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coach.acts import Act, ActReading
from coach.draft import DraftBrief, DraftKind, Tone
from coach.drafts.anger import complains, is_hot, takes_back, wants_calm
from coach.drafts.another import other_company
from coach.drafts.assemble import assemble
from coach.drafts.briefs import new_brief
from coach.drafts.classifier import REVISION, DraftReader
from coach.drafts.concerns import is_of_a_draft
from coach.drafts.content import Content, read_content
from coach.drafts.edits import edited
from coach.drafts.facts import read_facts
from coach.drafts.furious import FURIOUS, is_angry
from coach.drafts.guard import flaws, vocabulary_of
from coach.drafts.kinds import kind_of
from coach.drafts.mending import mended
from coach.drafts.quoted import own_words, visible
from coach.drafts.request import calls_off, is_due
from coach.drafts.restored import restored
from coach.drafts.revision import asks_for_change, revised, wants_undo
from coach.drafts.slots import conditions_of, slots_of
from coach.drafts.templates import Line, read_lines, read_templates
from coach.drafts.told import DraftAnswer, Told
from coach.drafts.unmet import unmet
from coach.events import Draft, Withheld
from coach.text import ends, shortened, words
from coach.types import Message, Situation, Stage, Vector

_AGREES = re.compile(
    r"^\W*(?:yes|yeah|yep|ok(?:ay)?|please|sure|go on|do it|alright|all right|fine|calm version|the calm"
    r"|yes please)\b",
    re.IGNORECASE,
)
_CALM_ONE = re.compile(r"\bcalm(?:er)? (?:version|one|email|message)|\bcivil|\bdecent\b|\bnicer version", re.IGNORECASE)
_INSISTS = re.compile(r"\W*(?:no|nope|nah|i'?m (?:not|sending)|send)\b", re.IGNORECASE)
_KEEP = re.compile(r"^\W*(?:keep this|keep it|hot version)\s*:\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_TWICE = re.compile(r"\btwice\b|\bthree times\b|\bthird time\b", re.IGNORECASE)


class Drafts:
    """Makes drafts from the templates in a folder.

    Args:
        folder: ``prompts/drafts``.
        reader: Tells which draft a message asks for; without one its words decide.

    Raises:
        KnowledgeError: A template is missing or wrong.
    """

    def __init__(self, folder: Path, reader: DraftReader | None = None) -> None:
        self._reader = reader
        self.templates = read_templates(folder)
        self._lead: Mapping[str, tuple[Line, ...]] = read_lines(folder / "before.md")
        self._vocabulary = vocabulary_of(self.templates)

    def answer(
        self,
        text: str,
        history: Sequence[Message],
        situation: Situation | None,
        versions: Sequence[Draft],
        *,
        recent: Sequence[Vector] = (),
        fixed: Mapping[str, str] | None = None,
        act: ActReading | None = None,
    ) -> DraftAnswer | None:
        """Return what a message about a draft is answered with; None where no draft is due.

        Args:
            text: The message.
            history: What was said before it.
            situation: What was understood of it; None where nothing was read.
            versions: The drafts of this conversation, the newest last; empty when none stands.
            recent: Vectors of the newest messages, oldest first, this one last; empty where nothing was embedded.
            fixed: Facts that the person put right by hand, by name; they hold whatever messages say.
            act: What the message does in the talk; None at its start.
        """
        text, history = visible(text), [replace(said, text=visible(said.text)) for said in history]
        answer = self._answer(text, history, situation, versions, recent=recent, fixed=fixed, act=act)
        if answer is None or answer.draft is None or ends(text) == text:
            return answer
        return replace(answer, before=f"{answer.before} {self._say('long')}")

    def _answer(
        self,
        text: str,
        history: Sequence[Message],
        situation: Situation | None,
        versions: Sequence[Draft],
        *,
        recent: Sequence[Vector],
        fixed: Mapping[str, str] | None,
        act: ActReading | None,
    ) -> DraftAnswer | None:
        whole, text = text, ends(text)
        said = tuple(ends(message.text) for message in history if message.role == "user")
        reading = self._reader.read(text, recent, said) if self._reader is not None and recent else None
        told = Told(text=text, said=said, situation=situation, fixed=fixed or {}, reading=reading, act=act)
        standing = versions[-1] if versions else None
        if (match := _KEEP.match(whole)) is not None:
            return DraftAnswer(before=self._say("hot_kept"), draft=standing, hot=match["text"].strip())
        if standing is not None and calls_off(text):
            return DraftAnswer(before=self._say("called_off"), called_off=True)
        if wants_calm(text) and not takes_back(text):
            return self._calm(told)
        if is_hot(text):
            return DraftAnswer(before=self._say("hot"))
        if self._was_hot(history):
            return self._after_hot(told)
        if act is not None and not is_of_a_draft(text, act, reading, history, standing=standing is not None):
            # While a draft stands, people tell, ask and joke as before.
            return None
        if standing is not None:
            return self._go_on(told, versions)
        if is_angry(text, situation):
            # A polite draft that nobody asked for is no answer to anger; the reply has one.
            return None
        decided = act is not None and reading is not None
        asked = reading.due if reading is not None else None
        if decided or is_due(text, situation, asked=asked, signed=_signed(text)):
            return self._checked(new_brief(told.every, told.situation, reading=reading), told)
        return None

    def edited(self, draft: Draft, subject: str, body: str) -> Draft:
        """Return a draft as a person has rewritten it; later revisions keep what they wrote."""
        return edited(draft, subject, body, self.templates)

    def make(self, brief: DraftBrief, said: Sequence[str]) -> tuple[Draft | None, tuple[Withheld, ...]]:
        """Return the draft of a brief after the guard, mended where it can be; None where it cannot be shown."""
        withheld: list[Withheld] = []
        # What they gave as a fact or wrote by hand is theirs, whether or not they said it in the conversation.
        own = [fact.value for fact in brief.facts if not fact.source] + [edit.text for edit in brief.by_hand]
        for _ in range(_TRIES):
            draft = assemble(brief, self.templates[brief.kind])
            found = flaws(draft, [*said, *own], self._vocabulary)
            if not found:
                return draft, tuple(withheld)
            better = mended(brief, found[0])
            withheld.append(Withheld(text=found[0].words or draft.text, reason=f"draft_{found[0].reason}"))
            if better == brief:
                break
            brief = better
        return None, tuple(withheld)

    def _go_on(self, told: Told, versions: Sequence[Draft]) -> DraftAnswer | None:
        text = told.text
        standing = versions[-1]
        if wants_undo(text):
            before = versions[-2] if len(versions) > 1 else standing
            return DraftAnswer(before=self._say("revised", {"undone"}), draft=before, undone=True)
        reading = told.reading
        another = told.act is not None and told.act.of(Act.DRAFT_NEW) > _SURELY_NEW
        if (
            not other_company(text)
            and not _CHANGES.match(text)
            and (another or is_due(text, told.situation, asked=reading.due if reading is not None else None))
        ):
            shares = reading.shares if reading is not None else None
            kind = kind_of(own_words(text), told.situation, shares, every="\n".join(told.every))
            surely = reading is not None and reading.shares[kind.value] > _SURELY_ANOTHER
            if another or (kind is not standing.kind and (surely or _ANOTHER.search(text))):
                return self._checked(new_brief(told.every, told.situation, kind=kind, reading=reading), told)
        back, rest = restored(text, versions, told.every)
        brief = revised(rest, back or standing.brief, self.templates[standing.kind]) or back
        if brief is None:
            if told.act is not None:
                likely = told.act.of(Act.DRAFT_CHANGE) > _LIKELY_CHANGE
            else:
                likely = reading is not None and reading.shares[REVISION] > _LIKELY_CHANGE
            unclear = (likely or _orders_change(text)) and asks_for_change(text)
            return DraftAnswer(before=self._say("unclear"), draft=standing) if unclear else None
        answer = self._checked(replace(brief, read=len(told.every)), told, again=True)
        left = unmet(text if back is None else rest, answer.draft) if answer.draft is not None else []
        return replace(answer, before=f"{answer.before} {self._left(left)}") if left else answer

    def _checked(self, brief: DraftBrief, told: Told, *, again: bool = False, calm: bool = False) -> DraftAnswer:
        draft, withheld = self.make(told.put_right(brief), told.every)
        if draft is None:
            return DraftAnswer(before=self._say("failed"), withheld=withheld)
        holds = set(conditions_of(draft.brief, slots_of(draft.brief)))
        holds |= {"brackets"} if draft.missing else set()
        holds |= {"twice"} if _TWICE.search(told.text) else set()
        holds |= {"calm"} if calm else set()
        holds |= {"withdrawal"} if brief.kind is DraftKind.HOT_WITHDRAWAL else set()
        if told.situation is not None and told.situation.stage in (Stage.MINUTES, Stage.HOURS):
            holds.add("fresh")
        section = "revised" if again else brief.kind.value if brief.kind.value in self._lead else "other"
        return DraftAnswer(before=self._say(section, holds), draft=draft, withheld=withheld)

    def _was_hot(self, history: Sequence[Message]) -> bool:
        last = next((message.text for message in reversed(history) if message.role == "assistant"), "")
        return any(line.text in last for name in ("hot", "hot_again", "hot_kept") for line in self._lead[name])

    def _after_hot(self, told: Told) -> DraftAnswer | None:
        text = told.text
        if calls_off(text):
            return None
        if _AGREES.match(text) or _CALM_ONE.search(text):
            return self._calm(told)
        return DraftAnswer(before=self._say("hot_again")) if _INSISTS.match(text) else None

    def _calm(self, told: Told) -> DraftAnswer:
        """Return a calm version of what somebody wanted to say in anger; of the angry words nothing is used."""
        brief = new_brief(told.every, told.situation, kind=DraftKind.REJECTION_REPLY)
        civil = not (is_hot(told.text) or FURIOUS.search(told.text))
        own = read_content(told.text, news=False) if civil else Content()
        brief = replace(
            brief,
            marks=(*brief.marks, "calm", *(["complaint"] if complains(told.text) else [])),
            said=own.said,
            asked=own.asked,
            tone=Tone.PLAIN,
            short=0,
        )
        return self._checked(brief, told, calm=True)

    def _left(self, left: Sequence[str]) -> str:
        return self._say("left").replace("[what]", "; ".join(f'"{shortened(each, _LONGEST_LEFT)}"' for each in left))

    def _say(self, section: str, holds: set[str] | frozenset[str] = frozenset()) -> str:
        return next((line.text for line in self._lead[section] if line.needs <= holds and not line.bars & holds), "")


_TRIES = 6
_LONGEST_LEFT = 160
_LONGEST_ORDER = 25


def _orders_change(text: str) -> bool:
    """Whether a short message opens as a change does, so that it is none of another kind."""
    return _CHANGES.match(text) is not None and len(words(text)) <= _LONGEST_ORDER


_SURELY_NEW = 0.6
"""Probability from which a message asks for another draft while one stands, of whichever kind."""
_SURELY_ANOTHER = 0.8
"""Probability from which a message asks for another kind of draft, though one stands that it could change."""
_LIKELY_CHANGE = 0.7
"""Probability from which a message that changes nothing is taken for a change that was not understood."""
_CHANGES = re.compile(
    r"\W*(?:and|also|plus|oh|then) (?!now\b|one\b|for\b)|\W*(?:(?:and|also|oh|please|pls|ok|okay|maybe|can you"
    r"|could you)[, ]+)*(?:say|add|mention|put|include"
    r"|make (?:it|that)|change"
    r"|leave|take out|drop|remove|tell (?:him|her|them) (?:that|i)\b|shorter|warmer)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:another|now (?:write|draft|one|an? (?:e-?mail|message|note|letter|text|thank|reply))\b|also (?:write"
    r"|draft|one|an? (?:e-?mail|message|note|letter|text|thank|reply))\b|new (?:email|draft|message)|a (?:separate"
    r"|different|second)|write (?:me )?(?:a|an) )",
    re.IGNORECASE,
)


def _signed(text: str) -> bool:
    facts = read_facts(text).facts
    return "sender" in facts and "recipient" in facts
