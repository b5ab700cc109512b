"""Turns dialogues into exactly the prompts that the model meets in the program.

The prompts come from ``coach.reply.prompts`` and ``coach.llm.templates``, the tokens from llama.cpp's
own tokenizer, piece by piece as the program reads them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.llm.base import Prompt
from coach.llm.templates import Template
from coach.reply.prompts import Prompts
from coach.text import sentences
from coach.types import Message

Tokenize = Callable[[str, bool], list[int]]
"""Returns the tokens of a text; the flag reads control tokens as such."""

_DISTRACTED = 0.25
"""Share of replies that find a card's note before them which does not fit."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A message and its reply, sentence by sentence. ``echo`` tells whether the first one is an echo."""

    message: str
    reply: tuple[str, ...]
    echo: bool
    facts: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A conversation. Where only an echo was written, ``ends`` is false: the reply would go on."""

    id: str
    kind: str
    labels: tuple[str, ...]
    turns: tuple[Turn, ...]
    ends: bool = True


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What follows the shared prefix: tokens, and for each whether it is learnt."""

    dialogue: str
    tokens: tuple[int, ...]
    counts: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class Note:
    """A card's note, and what it is about."""

    text: str
    strategy: str


def read_dialogues(folder: Path, files: str = "*.jsonl") -> list[Dialogue]:
    """Read the files of a folder whose names match, in the order of names and lines.

    Raises:
        ValueError: A line is wrong; the message names it.
    """
    found = []
    for path in sorted(folder.glob(files)):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                found.append(_dialogue(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: {error!r}") from error
    return found


def _dialogue(row: dict[str, object]) -> Dialogue:
    turns = row["turns"]
    if not isinstance(turns, list) or not turns:
        raise ValueError("there are no turns")
    return Dialogue(
        id=str(row["id"]),
        kind=str(row["kind"]),
        labels=tuple(str(label) for label in row.get("labels", ())),  # type: ignore[attr-defined]
        turns=tuple(_turn(turn) for turn in turns),
        ends=bool(row.get("ends", True)),
    )


def _turn(row: dict[str, object]) -> Turn:
    return Turn(
        message=str(row["message"]),
        reply=tuple(sentences(str(row["reply"]))),
        echo=bool(row["echo"]),
        facts=str(row.get("facts", "")),
        notes=tuple(str(note) for note in row.get("notes", ())),  # type: ignore[attr-defined]
    )


class Renderer:
    """Makes samples.

    Args:
        prompts: The program's prompts.
        template: The model family's marks.
        tokenize: The model's tokenizer.
        notes: Notes of cards, of which some are put before replies that do not need them.
        seed: Decides which, for each reply by itself.
    """

    def __init__(
        self, prompts: Prompts, template: Template, tokenize: Tokenize, notes: Sequence[Note] = (), seed: int = 0
    ) -> None:
        self._prompts = prompts
        self._template = template
        self._tokenize = tokenize
        self._notes = notes
        self._seed = seed
        self.prefix = self._tokens(prompts.history((), free=False))

    def samples(self, dialogue: Dialogue) -> list[Sample]:
        """Return a sample of the first reply and, where there are more, one of the last.

        In the second, the echoes of the earlier replies are learnt too; the rest of them is not, because the
        notes that they drew on are no longer there.
        """
        places = {0, len(dialogue.turns) - 1}
        return [self._sample(dialogue, place) for place in sorted(places)]

    def prompt(self, dialogue: Dialogue, place: int) -> Prompt:
        """Return the prompt of a turn, as the program would write it."""
        turn = dialogue.turns[place]
        history = [
            Message(role=role, text=text)
            for earlier in dialogue.turns[:place]
            for role, text in (("user", earlier.message), ("assistant", " ".join(earlier.reply)))
        ]
        notes = self._with_distractor(dialogue, place)
        return self._prompts.turn(history, turn.message, notes, facts=turn.facts, free=False)

    def _sample(self, dialogue: Dialogue, place: int) -> Sample:
        tokens: list[int] = []
        counts: list[bool] = []
        echoes = {" ".join(turn.reply): turn.reply[0] for turn in dialogue.turns[:place] if turn.echo}
        for text, special in self._template.pieces(self.prompt(dialogue, place)):
            echo = echoes.get(text, "") if len(tokens) > len(self.prefix) else ""
            for part, learnt in ((echo, True), (text[len(echo) :], False)):
                row = self._tokenize(part, special) if part else []
                tokens += row
                counts += [learnt] * len(row)
        answer = self._tokenize(" ".join(dialogue.turns[place].reply), False)
        if dialogue.ends:
            answer += self._tokenize(self._template.assistant[1], True)[:1]
        shared = len(self.prefix)
        if tokens[:shared] != self.prefix:
            raise ValueError("the prompt does not begin with the shared prefix")
        return Sample(
            dialogue=dialogue.id,
            tokens=(*tokens[shared:], *answer),
            counts=(*counts[shared:], *([True] * len(answer))),
        )

    def _with_distractor(self, dialogue: Dialogue, place: int) -> tuple[str, ...]:
        notes = dialogue.turns[place].notes
        chance = random.Random(f"{self._seed} {dialogue.id} {place}")
        strangers = [note.text for note in self._notes if note.strategy not in dialogue.labels]
        if not dialogue.ends or not strangers or chance.random() >= _DISTRACTED:
            return notes
        mixed = [*notes, chance.choice(strangers)]
        chance.shuffle(mixed)
        return tuple(mixed)

    def _tokens(self, prompt: Prompt) -> list[int]:
        return [token for text, special in self._template.pieces(prompt) for token in self._tokenize(text, special)]
