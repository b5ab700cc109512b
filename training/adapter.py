"""Train the coach adapter: ``python -m training``. How it was made and how to make it again: docs/adapter.md.

Needs the packages of the extras group ``train`` and the default model (``coach setup``). A run that was killed goes
on where it was when started again with the same settings. At the end the best weights become a GGUF LoRA in
``models/adapters``, with the run card beside it.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch

from coach import settings
from coach.llm import catalog, digests
from training.export import AGREEMENT, agreement, file_facts, read_adapter, write_adapter
from training.material import Material, read_material
from training.tuning import Interrupted, Recipe, Tuner
from training.weights import load_base

_ROOT = Path(__file__).resolve().parent.parent
_RUN = _ROOT / "build" / "adapter"
_RESULT = _ROOT / "models" / "adapters" / "coach.gguf"


def main() -> None:
    """Read the command line, train, write the adapter and its run card, and compare PyTorch with llama.cpp."""
    options = _parser().parse_args()
    recipe = Recipe(**{field.name: getattr(options, field.name) for field in fields(Recipe)})
    located = catalog.require(options.model, settings.load())
    digests.ensure_verified(located, settings.load())
    material = read_material(located.path, longest=options.longest, files=options.files)
    count = sum(len(sample.tokens) for sample in material.learnt)
    print(f"{len(material.learnt)} samples, {count} tokens; {len(material.held_out)} held out", flush=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    base = load_base(located.path)
    base.to(device)  # type: ignore[arg-type]
    tuner = Tuner(base, recipe, material.prefix, material.learnt, material.held_out, options.run)
    if options.start:
        tuner.begin_with(read_adapter(options.start))
    try:
        if tuner.resume():
            print(f"goes on after {tuner.progress.packs} packs", flush=True)
    except Interrupted as problem:
        sys.exit(str(problem))
    tuner.run()
    print(f"best validation loss {tuner.progress.best:.4f}", flush=True)
    card = run_card(tuner, material, located.entry.id, located.entry.sha256, longest=options.longest)
    card |= {
        "files": options.files,
        "begun_from": file_facts(options.start)["adapter_sha256"] if options.start else None,
    }
    equal = _publish(tuner, material, located.path, options.out, card)
    if equal < AGREEMENT:
        sys.exit("PyTorch and llama.cpp do not agree: the file is not what was trained.")


def _publish(tuner: Tuner, material: Material, base: Path, out: Path, card: dict[str, Any]) -> float:
    """Write the best adapter and its card, and return the share of equal choices."""
    weights = tuner.best_weights()
    write_adapter(weights, out, alpha=tuner.recipe.alpha, architecture="qwen2", name=out.stem)
    equal, places = agreement(tuner.model, base, out, material.prefix, material.held_out[:12])
    card |= file_facts(out) | {"agreement": {"places": places, "equal": round(equal, 4)}}
    out.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    print(f"{out.name}: {card['adapter_bytes']} bytes, SHA-256 {card['adapter_sha256']}")
    print(f"PyTorch and llama.cpp choose the same next token at {equal:.3f} of {places} places")
    return equal


def run_card(tuner: Tuner, material: Material, base: str, base_sha256: str, *, longest: int) -> dict[str, Any]:
    """Return what is worth knowing of a run, for JSON."""
    progress = tuner.progress
    return {
        "base": base,
        "base_sha256": base_sha256,
        "data_sha256": material.digest,
        "samples": len(material.learnt),
        "sample_tokens": sum(len(sample.tokens) for sample in material.learnt),
        "answer_tokens": sum(sum(sample.counts) for sample in material.learnt),
        "held_out_samples": len(material.held_out),
        "longest_sample": longest,
        "recipe": asdict(tuner.recipe),
        "packs_in_plan": tuner.total,
        "packs_done": progress.packs,
        "tokens_done": progress.tokens,
        "seconds": round(progress.seconds),
        "validation": [[packs, round(loss, 4)] for packs, loss in progress.judged],
        "best_validation": round(progress.best, 4),
        "training": [[packs, round(loss, 4)] for packs, loss in progress.losses],
        "machine": f"{platform.machine()}, {torch.get_num_threads()} threads, {tuner.device.type}",
        "torch": torch.__version__,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the coach adapter.")
    parser.add_argument("--model", default=settings.DEFAULT_MODEL, help="catalog id of the base")
    parser.add_argument("--run", type=Path, default=_RUN, help="folder of the run: its state and best weights")
    parser.add_argument("--out", type=Path, default=_RESULT, help="the adapter's file")
    parser.add_argument("--start", type=Path, help="an earlier adapter to begin from, instead of from nothing")
    parser.add_argument("--files", default="*.jsonl", help="which files of dialogues to learn from")
    parser.add_argument("--longest", type=int, default=320, help="tokens of the longest sample that is used")
    for field in fields(Recipe):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    return parser


if __name__ == "__main__":
    main()
