"""The fixed replies of ``knowledge/safety/``: written with care, never generated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import KnowledgeError
from coach.safety.language import foreign_line
from coach.safety.resources import Resources
from coach.safety.signs import THIRD_PERSON, rule_signs
from coach.types import Answer, Level, Message, SafetyVerdict

_FILES = {
    "l2": ("first", "again", "third", "unclear", "angry", "joke", "later"),
    "l2-other": ("first", "again", "third"),
    "l3": ("first", "again", "third", "yes", "one-no", "angry", "cut"),
    "l4": ("first", "again", "third", "one-no"),
    "v1": ("first", "again", "third", "angry"),
    "v2": ("first", "again", "third", "angry"),
    "a-home": ("first",),
    "a-work": ("first",),
    "f": ("housing", "food", "medicine", "money trap"),
    "d": ("discrimination", "legal"),
    "typed": ("risk", "grave", "violence"),
    "cleared": ("risk", "risk-2", "grave", "violence", "later"),
}
_NEEDS = {Level.A: "abuse", Level.F: "needs", Level.D: "rights"}
_TURNS = ("again", "third")


@dataclass(frozen=True, kw_only=True)
class FixedReply:
    """A fixed text. ``goes_on`` tells whether coaching follows after it in the same turn."""

    text: str
    goes_on: bool


class SafetyReplies:
    """Reads the fixed texts and the resources of a folder.

    Args:
        folder: ``knowledge/safety``.
        country: Two letters (ISO 3166) for the user's own lines; empty shows the international ones.

    Raises:
        KnowledgeError: A text or the resources are missing or wrong.
    """

    def __init__(self, folder: Path, country: str = "") -> None:
        self._texts = {name: _parts(folder / f"{name}.md", wanted) for name, wanted in _FILES.items()}
        self.resources = Resources(folder / "resources.toml", country)
        self._folder = folder

    def reply(self, verdict: SafetyVerdict, history: Sequence[Message]) -> FixedReply | None:
        """Return the fixed part of the reply to a message, None where there is none.

        Args:
            verdict: What the gate found.
            history: What was said before the message.
        """
        if verdict.level.stops_coaching:
            return FixedReply(text=self._stopping(verdict, history), goes_on=False)
        if verdict.before.stops_coaching and verdict.answer is Answer.NO:
            return FixedReply(text=self._cleared(verdict, history), goes_on=False)
        if verdict.level in _NEEDS:
            return self._need(verdict, history)
        return None

    def typed(self, level: Level) -> str:
        """Return the text beside what was typed outside a conversation, at a level that stops coaching."""
        part = {Level.L4: "grave", Level.V1: "violence", Level.V2: "violence"}.get(level, "risk")
        return self._filled(self._texts["typed"][part], "crisis")

    def foreign_line(self, text: str) -> str | None:
        """Return the line that says in a message's own language that the coach works in English, None for English."""
        return foreign_line(text, self._folder)

    def _stopping(self, verdict: SafetyVerdict, history: Sequence[Message]) -> str:
        name = verdict.level.value.lower()
        if verdict.level is Level.L2 and _about_other(verdict, history):
            name = "l2-other"
        rose = verdict.level is not verdict.before
        part = "first" if rose else self._part_when_it_stays(name, verdict, history)
        if verdict.level is Level.L3 and rose and verdict.before is Level.L2 and verdict.answer is Answer.YES:
            part = "yes"
        elif verdict.level is Level.L3 and rose and "self-harm" in verdict.kinds:
            part = "cut"
        text = self._filled(self._texts[name][part], "crisis")
        return f"{text}\n\n{self._texts['l2']['later']}" if rose and name == "l2" and verdict.asks else text

    def _part_when_it_stays(self, name: str, verdict: SafetyVerdict, history: Sequence[Message]) -> str:
        """Return another text than the ones given before, fitting how the question was answered."""
        parts = self._texts[name]
        given = _shown(history)
        fitting = {
            Answer.NO: "one-no",
            Answer.ANGRY: "angry",
            Answer.UNCLEAR: "unclear",
            Answer.JOKE: "joke",
        }.get(verdict.answer, "")
        order = [fitting, *_TURNS, "unclear", "first"]
        fresh = [part for part in order if part in parts and self._filled(parts[part], "crisis") not in given]
        if fresh:
            return fresh[0]
        last = given[-1] if given else ""
        return next(part for part in (*_TURNS, "first") if self._filled(parts[part], "crisis") != last)

    def _cleared(self, verdict: SafetyVerdict, history: Sequence[Message]) -> str:
        parts = self._texts["cleared"]
        if verdict.before in (Level.V1, Level.V2):
            return parts["violence"]
        if verdict.before in (Level.L3, Level.L4):
            return parts["grave"]
        text = parts["risk-2"] if parts["risk"] in "\n".join(_shown(history)) else parts["risk"]
        owed = any(self._texts["l2"]["later"] in shown for shown in _shown(history)[-3:])
        return f"{text}\n{parts['later']}" if owed else text

    def _need(self, verdict: SafetyVerdict, history: Sequence[Message]) -> FixedReply | None:
        """The fixed part on abuse, needs or rights comes once, and again only for another kind of it."""
        name, part = _need_text(verdict.level, verdict.kinds)
        text = self._filled(self._texts[name][part], _NEEDS[verdict.level])
        if any(text in shown for shown in _shown(history)):
            return None
        return FixedReply(text=text, goes_on=True)

    def _filled(self, text: str, purpose: str) -> str:
        text = text.replace("{emergency}", self.resources.emergency())
        return text.replace("{resources}", self.resources.lines(purpose)).strip()


def _need_text(level: Level, kinds: Sequence[str]) -> tuple[str, str]:
    """Return the file and the part for a need; the classifier alone does not know its kind."""
    kind = kinds[0] if kinds else ""
    if level is Level.A:
        return ("a-work", "first") if kind == "work" else ("a-home", "first")
    if level is Level.F:
        return "f", kind if kind in _FILES["f"] else "food"
    return "d", kind if kind in _FILES["d"] else "discrimination"


def _shown(history: Sequence[Message]) -> list[str]:
    return [message.text for message in history if message.role == "assistant"]


def _about_other(verdict: SafetyVerdict, history: Sequence[Message]) -> bool:
    """Whether the level is about somebody else alone, now or when it rose."""
    if verdict.own is Level.L2:
        return THIRD_PERSON in verdict.kinds and "means" not in verdict.kinds
    for message in reversed(history):
        if message.role == "user":
            kinds = [sign.kind for sign in rule_signs(message.text) if sign.level is Level.L2]
            if kinds:
                return THIRD_PERSON in kinds and "means" not in kinds
    return False


def _parts(path: Path, wanted: Sequence[str]) -> dict[str, str]:
    try:
        blocks = path.read_text("utf-8").split("## ")[1:]
    except OSError as error:
        raise KnowledgeError(f"{path}: the safety text cannot be read: {error.strerror}.") from error
    parts: dict[str, str] = {}
    for block in blocks:
        name, _, text = block.partition("\n")
        parts[name.strip()] = text.strip()
    for name in wanted:
        if not parts.get(name):
            raise KnowledgeError(f"{path}: the text '## {name}' is missing.")
    return parts
