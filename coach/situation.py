"""Read a message's situation: kind, wants, time since the no, feelings and signs.

Kind, wants and stage come from linear classifiers on the message's vector and its words
(trained by ``python -m training.situation`` on ``data/situation/train.jsonl``). A time
that the message states, a feeling that it names and the signs are read by rules: they
are claims about the person, and a wrong one hurts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coach.acts import Act, ActReading
from coach.asks import Ask, Offer, asks_for_writing, is_greeting, offer_of, read_ask, short_cue
from coach.cues import Cue
from coach.feelings import named_feelings
from coach.heads import Heads, word_features
from coach.signs import read_signs
from coach.text import words
from coach.times import stated_stage
from coach.types import Kind, Message, Sign, Situation, Stage, Vector, Vectors, Wants

_SHORT = 6
"""A message of at most so many words, without a clear kind of its own, goes on with the topic before it."""

_TOLD = 14
"""The same for a message that asks nothing: it may answer the coach's question."""

_SURE = 0.5
_CLEAR = 0.5

_REFERS = re.compile(r"^(?:\S+\s+){0,6}(?:it|that|this|one)\b[^\n]{0,20}$", re.IGNORECASE)
_CERTAIN = 0.9
_OWN = frozenset({Kind.IDENTITY, Kind.OFF_TOPIC, Kind.THANKS})
# Without one of these words, a message is not what its kind claims.
_EVIDENCE = {
    Kind.ASK_FEEDBACK: re.compile(
        r"\b(?:feedback|why|ask\w*|reasons?|improve|learn|score[sd]?|critique|tell me what)\b", re.IGNORECASE
    ),
    Kind.IDENTITY: re.compile(
        r"\b(?:you|u|ur|your|yours|this|it|here|chat ?gpt|bot|robot|human|person|ai|machine|program|app"
        r"|computer|internet|sav\w+"
        r"|stor\w+|privat\w*|anyone|anybody|somebody|who|mensch)\b",
        re.IGNORECASE,
    ),
    Kind.REFUSES_ADVICE: re.compile(
        r"\b(?:advi[cs]e\w*|tips?|steps?|suggest\w*|fix\w*|solutions?|solv\w+|help\w*|cheer|positiv\w+|plans?"
        r"|lists?|lessons?"
        r"|learn|listen|vent|rant|let me|practical|pep|want(?:ed)? to (?:say|tell|type|write)|be heard|nothing"
        r" from you|stop|thats all"
        r"|that'?s all|just (?:say|saying|telling|typing|needed|wanted|want|need)|don'?t (?:tell|say|ask)"
        r"|silver lining|bright side"
        r"|questions?|usual)\b",
        re.IGNORECASE,
    ),
    Kind.THANKS: re.compile(
        r"\b(?:thank\w*|thx|ty|cheers|ta|appreciat\w+|help(?:ed|s|ful)|grateful|obliged|merci|gracias|danke|you"
        r" were right|update"
        r"|bye|good ?night|weight off|sorted|kind of you|did it|sent it|got (?:it|the|an?))\b",
        re.IGNORECASE,
    ),
}
_OF_A_JOB = re.compile(
    r"\b(?:interview\w*|reject\w*|recruiter\w*|turned me down|employers?|job (?:offer"
    r"|application)|(?:not|n't) (?:been )?(?:selected|shortlisted|chosen|hired|appointed|accepted)"
    r"|(?:refused|declined) me|(?:get|got) the (?:job|post|position|role))\b",
    re.IGNORECASE,
)
_OF_THEMSELVES = re.compile(
    r"\b(?:do|don'?t|would|did|can) (?:you|u) (?:even |really )?(?:think|say|reckon|believe|agree|see why) (?:that )?"
    r"(?:i|i'm|im|my|me|they|he|she)\b",
    re.IGNORECASE,
)
_ASKED = frozenset({Wants.ADVICE, Wants.PLAN, Wants.DECISION, Wants.DRAFT})
_LITERAL = {
    Ask.STEPS: Wants.PLAN,
    Ask.HOW: Wants.ADVICE,
    Ask.WHAT_NOW: Wants.ADVICE,
    Ask.WORDS: Wants.ADVICE,
    Ask.WHETHER: Wants.DECISION,
    Ask.WHY: Wants.EXPLANATION,
    Ask.MEANING: Wants.EXPLANATION,
}


class SituationReader:
    """Reads situations with the classifiers in a file made by ``training.situation``."""

    def __init__(self, path: Path) -> None:
        self._heads = Heads(path, ("kind", "wants", "stage"))

    def read(
        self,
        text: str,
        history: Sequence[Message],
        vectors: Vectors,
        before: Situation | None,
        act: ActReading | None = None,
    ) -> Situation:
        """Return the situation of a message.

        Args:
            text: The message, cleaned.
            history: What was said before it.
            vectors: Its vectors.
            before: The situation of the turn before, for what goes on from it.
            act: What the message does in the talk; None at its start.
        """
        row = word_features(text, vectors.whole)
        kind, kind_confidence = self._best("kind", row)
        wants, wants_confidence = self._best("wants", row)
        stage, stage_confidence = stated_stage(text), 1.0
        if stage is None:
            guessed, stage_confidence = self._best("stage", row)
            stage = Stage(guessed) if stage_confidence >= _SURE else Stage.UNKNOWN
        if before is not None and stage is Stage.UNKNOWN:
            stage, stage_confidence = before.stage, before.stage_confidence
        read_kind, read_wants = Kind(kind), Wants(wants)
        feelings = named_feelings(text)
        signs = read_signs(text)
        ask = read_ask(text)
        read_wants = _literal(text, ask, read_wants, wants_confidence)
        instead = before.kind if before is not None and before.kind not in _OWN else Kind.FRESH_REJECTION
        read_kind, kind_confidence = _plausible(text, ask, read_kind, kind_confidence, instead)
        if Sign.NO_ADVICE in signs:
            read_kind, kind_confidence, read_wants = Kind.REFUSES_ADVICE, 1.0, Wants.COMFORT
        if before is not None:
            found = _Found(read_kind, kind_confidence, read_wants, wants_confidence)
            read_kind, kind_confidence, read_wants = _going_on(text, ask, found, before, history, act)
            passing = {Sign.ASKS_WHY, Sign.SELF_ATTACK, Sign.PASTED_EMAIL, Sign.WANTS_TO_SEND_ANGER}
            if read_wants in _ASKED and ask is not Ask.NOTHING:
                # Who asks for advice wants some, whatever they said before.
                passing.add(Sign.NO_ADVICE)
            signs |= before.signs - passing
        return Situation(
            kind=read_kind,
            kind_confidence=kind_confidence,
            wants=read_wants,
            stage=stage,
            stage_confidence=stage_confidence,
            feelings=feelings,
            signs=frozenset(signs),
            draft_share=1.0 if read_wants is Wants.DRAFT else self._heads.shares("wants", row)[Wants.DRAFT],
        )

    def _best(self, head: str, row: Vector) -> tuple[str, float]:
        shares = self._heads.shares(head, row)
        best = max(shares, key=shares.__getitem__)
        return best, shares[best]


def _plausible(text: str, ask: Ask, kind: Kind, confidence: float, instead: Kind) -> tuple[Kind, float]:
    """Take back a kind that the words of a message rule out, for ``instead``."""
    if is_greeting(text):
        return Kind.IDENTITY, 1.0
    said = _EVIDENCE.get(kind)
    if kind is Kind.ASK_FEEDBACK and ask is not Ask.NOTHING:
        said = None
    if said is not None and not said.search(text):
        return instead, confidence
    if kind is Kind.IDENTITY and _OF_THEMSELVES.search(text):
        # "Do you think I lack vision?" asks about them, and not about the program.
        return instead, confidence
    if kind is Kind.OFF_TOPIC and _OF_A_JOB.search(text) and confidence < _CERTAIN:
        return instead, confidence
    return kind, confidence


def _literal(text: str, ask: Ask, wants: Wants, confidence: float) -> Wants:
    """Let what a message asks in so many words outweigh what the classifier guesses when it is unsure."""
    if confidence >= _CLEAR or wants is Wants.EXPLANATION or (wants is Wants.DRAFT and asks_for_writing(text)):
        return wants
    if ask is Ask.NOTHING:
        return Wants.COMFORT
    return _LITERAL.get(ask, wants)


class _Found(NamedTuple):
    """What the classifiers found, as far as the words allow it."""

    kind: Kind
    kind_confidence: float
    wants: Wants
    wants_confidence: float


def _going_on(
    text: str, ask: Ask, found: _Found, before: Situation, history: Sequence[Message], act: ActReading | None
) -> tuple[Kind, float, Wants]:
    """Return kind, its confidence and wishes of a later message, which may go on with the topic before it."""
    kept = before.kind, before.kind_confidence
    if history and (cue := short_cue(text)) is not None:
        return _of_short_turn(cue, before, history)
    if history and asks_for_writing(text) and _REFERS.search(text):
        return *kept, Wants.DRAFT
    if history and _goes_on(text, found.kind, found.kind_confidence):
        if act is not None and ask is Ask.NOTHING and act.of(Act.ASKS, Act.MORE) < _ASKS_TOO:
            return *kept, Wants.COMFORT
        own = found.wants_confidence >= _SURE or ask is not Ask.NOTHING
        return *kept, found.wants if own else before.wants
    by_act = _by_act(act, found, before) if act is not None else None
    kind, confidence = by_act or (found.kind, found.kind_confidence)
    return kind, confidence, found.wants


def _by_act(act: ActReading, found: _Found, before: Situation) -> tuple[Kind, float] | None:
    """Return the kind of a later message by what it does, and its confidence; None where that says nothing."""
    likely = act.act
    if act.of(likely) >= _SURE and (own := _OF_ACT.get(likely)) is not None:
        return own, act.of(likely)
    if (both := _BY_BOTH.get(found.kind)) is not None and (found.kind_confidence + act.of(both[0])) / 2 >= both[1]:
        return found.kind, found.kind_confidence
    instead = before.kind if before.kind not in _OWN else Kind.FRESH_REJECTION
    apart = found.kind in _OWN and act.of(*_OF_ACT) < _SURE
    if apart or (act.of(*_PASSING) >= _SURE and act.of(Act.ASKS) < _ASKS_TOO):
        return instead, before.kind_confidence
    return None


_BY_BOTH = {Kind.IDENTITY: (Act.PROGRAM, 0.55), Kind.OFF_TOPIC: (Act.ASIDE, 0.6)}
"""The act that goes with a kind, and the mean of both probabilities from which a message is of it: of 2,255 turns whose
authors were left out, 28 of 35 about the program are found with 3 others, and 25 of 55 asides with 7 others."""
_OF_ACT = {
    Act.ASIDE: Kind.OFF_TOPIC,
    Act.PROGRAM: Kind.IDENTITY,
    Act.THANKS: Kind.THANKS,
    Act.BYE: Kind.THANKS,
    Act.NO_ADVICE: Kind.REFUSES_ADVICE,
}
_ASKS_TOO = 0.25
_PASSING = (
    Act.RECALLS,
    Act.AGREES,
    Act.DECLINES,
    Act.UNSURE,
    Act.REACTS,
    Act.PUZZLED,
    Act.SHORTER,
    Act.MORE,
    Act.OBJECTS,
    Act.MENDS,
    Act.CORRECTS,
    Act.DECIDES,
)
"""Acts that go on with the case that is talked of."""


def _of_short_turn(cue: Cue, before: Situation, history: Sequence[Message]) -> tuple[Kind, float, Wants]:
    """Return kind, its confidence and wishes of a short turn, which go on from those before it."""
    if cue in (Cue.THANKS, Cue.BYE):
        return Kind.THANKS, 1.0, Wants.COMFORT
    offer = offer_of(history[-1].text)
    if cue is Cue.YES and offer is Offer.DRAFT:
        return before.kind, before.kind_confidence, Wants.DRAFT
    if cue is Cue.YES and offer is Offer.STEP:
        return before.kind, before.kind_confidence, Wants.PLAN
    wants = Wants.COMFORT if before.wants is Wants.DRAFT else before.wants
    return before.kind, before.kind_confidence, wants


def _goes_on(text: str, kind: Kind, confidence: float) -> bool:
    """Whether a short message goes on with the topic before it instead of opening one."""
    if kind in (Kind.THANKS, Kind.REFUSES_ADVICE, Kind.IDENTITY, Kind.BLAME_BAIT) and confidence >= 0.3:
        return False
    return len(words(text)) <= (_SHORT if read_ask(text) is not Ask.NOTHING else _TOLD) and confidence < 0.6
