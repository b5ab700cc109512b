"""Write LoRA weights as the GGUF file that llama.cpp loads, and check that both say the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gguf
import llama_cpp
import numpy as np
import torch

from coach.llm.llamacpp import silence_log
from training.packing import packed
from training.render import Sample
from training.weights import MODULES

_GGUF_NAMES = {module: name for name, module in MODULES.items()}
_KEY = re.compile(r"layers\.(\d+)\.(.+)\.lora_([AB])(?:\.default)?\.weight$")
_NAME = re.compile(r"blk\.(\d+)\.(.+)\.weight\.lora_([ab])")

AGREEMENT = 0.9
"""Least share of equal choices. llama.cpp rounds what it multiplies with to 8 bits, PyTorch here to bfloat16."""


def agreement(
    model: Any, base: Path, adapter: Path, prefix: Sequence[int], samples: Sequence[Sample]
) -> tuple[float, int]:
    """Return the share of learnt places where PyTorch and llama.cpp find the same token likeliest, and their number."""
    ours = torch_choices(model, prefix, samples)
    theirs = llama_choices(base, adapter, prefix, samples)
    return float(np.mean(np.array(ours) == np.array(theirs))), len(ours)


def file_facts(path: Path) -> dict[str, Any]:
    """Return an adapter file's size and digest, as the run card and the catalog name them."""
    data = path.read_bytes()
    return {"adapter_sha256": hashlib.sha256(data).hexdigest(), "adapter_bytes": len(data)}


def write_adapter(
    weights: Mapping[str, torch.Tensor], path: Path, *, alpha: float, architecture: str, name: str
) -> None:
    """Write LoRA weights, named as peft names them, as a GGUF adapter in float16.

    Raises:
        ValueError: A weight's name is not one of a LoRA on a known matrix.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for key in sorted(weights):
        writer.add_tensor(gguf_name(key), weights[key].float().cpu().numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def gguf_name(key: str) -> str:
    """Return the name in a GGUF adapter of a LoRA weight of peft.

    Raises:
        ValueError: It is not one of a LoRA on a known matrix.
    """
    found = _KEY.search(key)
    if found is None or found[2] not in _GGUF_NAMES:
        raise ValueError(f"{key} is not a LoRA weight of a known matrix")
    return f"blk.{found[1]}.{_GGUF_NAMES[found[2]]}.weight.lora_{found[3].lower()}"


def read_adapter(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a GGUF adapter under peft's names, in float32.

    Raises:
        ValueError: A tensor is not one of a LoRA on a known matrix.
    """
    return {
        torch_key(tensor.name): torch.from_numpy(np.array(tensor.data, dtype=np.float32))
        for tensor in gguf.GGUFReader(path).tensors
    }


def torch_key(name: str) -> str:
    """Return peft's name of a LoRA weight of a GGUF adapter: the other way round from ``gguf_name``.

    Raises:
        ValueError: It is not one of a LoRA on a known matrix.
    """
    found = _NAME.fullmatch(name)
    if found is None or found[2] not in MODULES:
        raise ValueError(f"{name} is not a LoRA weight of a known matrix")
    return f"base_model.model.model.layers.{found[1]}.{MODULES[found[2]]}.lora_{found[3].upper()}.weight"


def torch_choices(model: Any, prefix: Sequence[int], samples: Sequence[Sample]) -> list[int]:
    """Return the token that PyTorch finds likeliest at each learnt place of the samples, in their order."""
    inner = model.base_model.model
    device = next(model.parameters()).device
    model.eval()
    choices: list[int] = []
    for sample in samples:
        pack = packed([sample], prefix).to(device)
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            hidden = inner.model(
                input_ids=pack.tokens, position_ids=pack.positions, attention_mask=pack.mask, use_cache=False
            ).last_hidden_state
            choices += inner.lm_head(hidden[0, pack.read_at]).argmax(-1).tolist()
    return choices


def llama_choices(
    model: Path, adapter: Path | None, prefix: Sequence[int], samples: Sequence[Sample], *, context: int = 2048
) -> list[int]:
    """Return the same for llama.cpp, which reads each sample after the prefix."""
    silence_log()
    llama = llama_cpp.Llama(
        str(model), n_ctx=context, logits_all=True, lora_path=str(adapter) if adapter else None, verbose=False
    )
    choices: list[int] = []
    for sample in samples:
        llama.reset()  # type: ignore[no-untyped-call]
        llama.eval([*prefix, *sample.tokens])
        start = len(prefix)
        places = [start + place - 1 for place, counts in enumerate(sample.counts) if counts and place]
        choices += llama.scores[places].argmax(-1).tolist()
    llama.close()
    return choices
