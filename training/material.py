"""What there is to learn: the dialogues, rendered and split."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import llama_cpp

from coach.llm.llamacpp import silence_log
from coach.llm.templates import template_for
from coach.reply.prompts import Prompts
from coach.retrieval.cards import read_cards
from training.render import Dialogue, Note, Renderer, Sample, read_dialogues

_ROOT = Path(__file__).resolve().parent.parent
DIALOGUES = _ROOT / "training" / "dialogues"

HELD_OUT = 0.05
"""Share of conversations that are for validation."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """Rendered dialogues. ``digest`` is of the files and prompts that they were made from."""

    prefix: list[int]
    learnt: list[Sample]
    held_out: list[Sample]
    digest: str


def read_material(model: Path, *, longest: int, files: str = "*.jsonl") -> Material:
    """Render the dialogues of files whose names match; samples of more than ``longest`` tokens are left out."""
    renderer = renderer_for(model)
    dialogues = read_dialogues(DIALOGUES, files)
    learnt, held_out = split(dialogues)
    return Material(
        prefix=renderer.prefix,
        learnt=_rendered(renderer, learnt, longest),
        held_out=_rendered(renderer, held_out, longest),
        digest=_digest([*sorted(DIALOGUES.glob(files)), *sorted((_ROOT / "prompts").glob("*.md"))]),
    )


def renderer_for(model: Path) -> Renderer:
    """Return the renderer with the tokenizer and marks of a GGUF file, and every card's note."""
    silence_log()
    vocabulary = llama_cpp.Llama(str(model), vocab_only=True, verbose=False)

    def tokenize(text: str, special: bool) -> list[int]:
        return list(vocabulary.tokenize(text.encode("utf-8"), add_bos=False, special=special))

    notes = [Note(text=card.note, strategy=card.strategy.value) for card in read_cards(_ROOT / "knowledge")]
    template = template_for(str(vocabulary.metadata.get("tokenizer.chat_template", "")))
    return Renderer(Prompts(_ROOT / "prompts"), template, tokenize, notes)


def split(dialogues: Sequence[Dialogue]) -> tuple[list[Dialogue], list[Dialogue]]:
    """Share conversations out to training and validation; which goes where depends on its id alone."""

    def is_held_out(dialogue: Dialogue) -> bool:
        number = int.from_bytes(hashlib.sha256(dialogue.id.encode("utf-8")).digest()[:4])
        return number < HELD_OUT * 2**32

    return [one for one in dialogues if not is_held_out(one)], [one for one in dialogues if is_held_out(one)]


def _rendered(renderer: Renderer, dialogues: Sequence[Dialogue], longest: int) -> list[Sample]:
    samples = [sample for dialogue in dialogues for sample in renderer.samples(dialogue)]
    return [sample for sample in samples if len(sample.tokens) <= longest]


def _digest(paths: Sequence[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
