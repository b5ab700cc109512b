"""Makes a draft from a brief: vetted sentences of the templates with the person's facts in their slots.

The same brief makes the same draft, so a revision is a changed brief.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coach.draft import Channel, DraftBrief, DraftKind, Tone
from coach.drafts.slots import conditions_of, slots_of
from coach.drafts.templates import NOTHING, PartName, Template
from coach.events import Draft
from coach.text import words

LINKEDIN_CHARACTERS = 300
"""Longest note that goes with a request to connect."""


MOST_ASKED = 3


_BRACKET = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a draft as it came out: its name, text and paragraph, and whether it may go."""

    name: str
    text: str
    paragraph: int
    optional: bool


def assemble(brief: DraftBrief, template: Template) -> Draft:
    """Return the draft that a brief makes."""
    making = _Making(brief=brief, template=template)
    subject = making.subject() if brief.channel is Channel.EMAIL else ""
    body = _SEPARATORS[brief.channel].join(text for _, text in making.blocks() if text)
    missing = tuple(dict.fromkeys(_BRACKET.findall(f"{subject}\n{body}")))
    return Draft(kind=brief.kind, channel=brief.channel, subject=subject, body=body, missing=missing, brief=brief)


def blocks_of(brief: DraftBrief, template: Template) -> list[tuple[str, str]]:
    """Return the blocks of a draft's body in order, each with the name under which a hand edit keeps it."""
    return _Making(brief=brief, template=template).blocks()


_SEPARATORS = {Channel.EMAIL: "\n\n", Channel.LINKEDIN: " ", Channel.TEXT: " ", Channel.PHONE: "\n\n"}


@dataclass(kw_only=True)
class _Making:
    """One draft on its way."""

    brief: DraftBrief
    template: Template

    def __post_init__(self) -> None:
        self._slots = slots_of(self.brief)
        self._conditions = conditions_of(self.brief, self._slots)

    def subject(self) -> str:
        own = self._by_hand("subject")
        if own is not None:
            return own
        reference = f" (ref {self._slots['reference']})" if "reference" in self._slots else ""
        return f"{self._way('subject')}{reference}"

    def blocks(self) -> list[tuple[str, str]]:
        whole = self._by_hand("body")
        if whole is not None:
            return [("body", self._with_new(whole))]
        pieces = list(self._pieces())
        if self.brief.channel is Channel.PHONE:
            made = self._script(pieces)
        elif self.brief.channel is Channel.EMAIL:
            closing = f"{self._way('signoff')}\n{self._way('name')}"
            made = [("greeting", self._way("greeting")), *_paragraphs(pieces), ("closing", closing)]
        else:
            made = [("note", self._note(self._fitted(pieces)))]
        return [(name, self._kept(name, text)) for name, text in made]

    def _kept(self, name: str, text: str) -> str:
        """Return a block as the person wrote it, with what they had added since; else as it was made."""
        own = self._by_hand(name)
        if own is None or name in ("greeting", "closing"):
            return text if own is None else own
        new = [
            each for each in (*self.brief.said, *self.brief.asked) if each in text and each.lower() not in own.lower()
        ]
        return " ".join([own, *new])

    def _with_new(self, whole: str) -> str:
        """Return a body that is all theirs, with what they had added since before its last block."""
        new = " ".join(each for each in (*self.brief.said, *self.brief.asked) if each not in whole)
        if not new:
            return whole
        before, gap, last = whole.rpartition("\n\n")
        return f"{before}\n\n{new}{gap}{last}" if before else f"{whole} {new}"

    def _pieces(self) -> Iterator[Piece]:
        brief, layout = self.brief, self.template.layout[self.brief.channel]
        if "verbatim" in self._conditions and brief.said:
            yield Piece(name="also", text=" ".join(brief.said), paragraph=0, optional=False)
            return
        for part in layout:
            if self._is_dropped(part):
                continue
            text = self._part(part)
            if part.name == "also":
                # What a line of the template says already is not said twice.
                made = " ".join(self._part(each) for each in layout if each.name != "also")
                text = " ".join(
                    each for each in re.split(r"(?<=[.?!]) (?=[A-Z\[])", text) if each.rstrip(".") not in made
                )
            if text and not self._is_barred(text, part.name):
                yield Piece(name=part.name, text=text, paragraph=part.paragraph, optional=part.optional)

    def _is_dropped(self, part: PartName) -> bool:
        """Whether a part goes because few words are wanted; the way out and good wishes of an email go last."""
        if not part.optional or (part.name == "also" and (self.brief.said or "thanked" in self._slots)):
            return False
        last = self.brief.channel is Channel.EMAIL and part.name in ("ease", "wish", "close", "keep")
        return self.brief.short > int(last)

    def _part(self, part: PartName) -> str:
        brief = self.brief
        if part.name == "also":
            thanks = any(each.name == "thanks" for each in self.template.layout[brief.channel])
            asks = any(each.name == "ask" for each in self.template.layout[brief.channel])
            return " ".join(
                [*([] if thanks else self._thanks_besides()), *brief.said, *([] if asks else brief.asked[:1])]
            )
        if part.name == "thanks":
            return " ".join([way, *self._thanks_besides()]) if (way := self._way(part.name)) else ""
        if part.name == "ask" and brief.asked:
            return " ".join(filter(None, [self._new_time(), _asked(brief)]))
        return self._way(part.name)

    def _new_time(self) -> str:
        """Return the question for another time, where their own questions are about other things."""
        known = self._slots.get("newtime") or self._slots.get("more", "")
        if self.brief.kind is not DraftKind.RESCHEDULE or not known:
            return ""
        own = set(words(" ".join(self.brief.asked)))
        return "" if any(word in own for word in words(known) if len(word) > _LEAST) else self._way("ask")

    def _thanks_besides(self) -> list[str]:
        """Return the thanks that the person wants in a draft of another kind."""
        thanked = self._slots.get("thanked", "")
        if not thanked or self.brief.kind is DraftKind.THANK_YOU:
            return []
        if "forwarded" in self._conditions and re.match(r"(?:putting|sending) (?:me|my)\b", thanked):
            return []
        stage = self._slots.get("stage", "").lower()
        opens = any(each.name == "thanks" for each in self.template.layout[self.brief.channel])
        told = (
            opens
            and bool(stage)
            and (stage in thanked.lower() or thanked.lower().removeprefix("the ").startswith(stage[:5]))
        )
        if told or re.match(r"(?:your|the|taking the) time\b|letting me know|considering me", thanked):
            return []
        also = " also" if opens or "forwarded" in self._conditions else ""
        return [f"Thank you{also} for {thanked}."]

    def _is_barred(self, text: str, part: str) -> bool:
        """Whether a part holds words that the person wants kept out; without it the rest still stands."""
        if part in ("ask", "thanks", "sorry"):
            return False
        said = set(words(text))
        return any(set(words(each)) and set(words(each)) <= said for each in self.brief.left_out)

    def _way(self, part: str) -> str:
        """Return the first line of a part that fits, filled; empty where the part is left out."""
        for line in self.template.parts[part]:
            fits = line.needs <= self._conditions and not line.bars & self._conditions
            if fits and all(name in self._slots for name in line.slots):
                return "" if line.text == NOTHING else line.text.format_map(self._slots)
        return ""

    def _by_hand(self, part: str) -> str | None:
        return next((edit.text for edit in self.brief.by_hand if edit.part == part), None)

    def _fitted(self, pieces: list[Piece]) -> list[Piece]:
        """Return the parts of a note that is short enough: the optional ones go first, from the end."""
        while self.brief.channel is Channel.LINKEDIN and len(self._note(pieces)) > LINKEDIN_CHARACTERS:
            loose = [piece for piece in pieces if piece.optional]
            shorter = [piece for piece in pieces if piece is not loose[-1]] if loose else _shortened(pieces)
            if shorter is None:
                break
            pieces = shorter
        return pieces

    def _note(self, pieces: list[Piece]) -> str:
        greeting = self._way("greeting")
        name = "" if "verbatim" in self._conditions else self._way("name")
        text = " ".join(text for _, text in _paragraphs(pieces))
        opens = re.match(r"[A-Z][a-z]", text) and not re.match(r"(?:I|I'[a-z]+)\b", text)
        if greeting.endswith(",") and opens:
            text = text[0].lower() + text[1:]
        return " ".join(part for part in (greeting, text, name) if part)

    def _script(self, pieces: list[Piece]) -> list[tuple[str, str]]:
        if "voicemail_only" in self._conditions:
            told = " ".join(piece.text for piece in pieces if piece.name not in _SAID_WHEN)
            name = self._slots.get("sender", "[your name]")
            return [("message", f"Hello {self._slots['recipient_call']}, this is {name}. {told} Goodbye.")]
        for _ in range(self.brief.short):
            pieces = _briefer(pieces)
        by_time: dict[str, list[str]] = {}
        for piece in pieces:
            by_time.setdefault(_SAID_WHEN.get(piece.name, _MAINLY), []).append(piece.text)
        order = dict.fromkeys(["When they answer", _MAINLY, *_SAID_WHEN.values()])
        return [(when, f"{when}:\n{' '.join(by_time[when])}") for when in order if when in by_time]


def _briefer(pieces: list[Piece]) -> list[Piece]:
    """Return a script without the part that it needs least; as it is where all of it is needed."""
    names = {piece.name for piece in pieces}
    least = next((name for name in _NEEDED_LEAST if name in names), None)
    return [piece for piece in pieces if piece.name != least]


_NEEDED_LEAST = ("voicemail", "hint", "feel", "goodbye", "end", "keep")
_MAINLY = "Then"
_SAID_WHEN = {
    "hello": "When they answer",
    "hint": "If they are not sure",
    "goodbye": "To finish",
    "end": "To finish",
    "voicemail": "If you reach the voicemail",
}
_FIRST_TO_GO = ("thanks", "saw", "open", "before", "offer", "interest")


def _asked(brief: DraftBrief) -> str:
    """Return their own questions as one or two sentences."""
    first, *others = brief.asked[:MOST_ASKED]
    if brief.tone is Tone.SIMPLE:
        first = re.sub(r"^Could you tell me", "Can you tell me", first)
    elif brief.tone is Tone.FORMAL and first.startswith("Could you tell me"):
        first = re.sub(r"^Could you tell me", "I would be grateful if you could tell me", first).rstrip("?") + "."
    return " ".join(_joined([first, *others]))


def _joined(questions: Sequence[str]) -> list[str]:
    """Return questions with those that only want to know a thing in one sentence: "tell me if A, and what B"."""
    joined: list[str] = []
    for each in questions:
        more = _TELL_ME.match(each)
        if (
            more is not None
            and joined
            and (begun := _TELL_ME.match(joined[-1])) is not None
            and len(words(each)) < _LONG
        ):
            link = (
                " and " if begun["rest"].split()[0] == more["rest"].split()[0] and "," not in joined[-1] else ", and "
            )
            joined[-1] = f"{joined[-1][:-1]}{link}{more['rest'][:-1]}{joined[-1][-1]}"
        else:
            joined.append(each)
    return joined


_LONG = 30
_LEAST = 3
_TELL_ME = re.compile(r"(?:Could you|Can you|I would be grateful if you could) tell me (?P<rest>.+[?.])$")


def _shortened(pieces: list[Piece]) -> list[Piece] | None:
    """Return the parts with the longest cut by a sentence, or without the first; None when nothing is left to cut."""
    for piece in sorted(pieces, key=lambda each: -len(each.text)):
        parts = re.split(r"(?<=[.?!])\s+", piece.text)
        if len(parts) > 1:
            cut = replace(piece, text=" ".join(parts[:-1]))
            return [cut if each is piece else each for each in pieces]
    for name in _FIRST_TO_GO:
        if len(pieces) > 1 and any(piece.name == name for piece in pieces):
            return [piece for piece in pieces if piece.name != name]
    return None


def _paragraphs(pieces: Iterable[Piece]) -> list[tuple[str, str]]:
    joined: dict[int, list[str]] = {}
    for piece in pieces:
        joined.setdefault(piece.paragraph, []).append(piece.text)
    return [(f"paragraph {number}", " ".join(texts)) for number, texts in sorted(joined.items())]
