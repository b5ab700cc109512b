"""The base model's weights for PyTorch, dequantized from the very GGUF file that llama.cpp runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from transformers import Qwen2Config, Qwen2ForCausalLM

_OUTER = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
MODULES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
"""The matrices of a layer: their names in a GGUF file, and in PyTorch."""

_INNER = {**MODULES, "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm"}


def load_base(path: Path) -> Qwen2ForCausalLM:
    """Return the model of a Qwen2 GGUF file in bfloat16, without gradients.

    Raises:
        ValueError: The file is of another architecture.
    """
    reader = GGUFReader(path)
    config = _config(reader)
    with torch.device("meta"):
        model = Qwen2ForCausalLM(config)
    state = {}
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32, copy=False)
        state[torch_name(tensor.name)] = torch.from_numpy(np.array(values)).to(torch.bfloat16)
    if config.tie_word_embeddings:
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
    model.load_state_dict(state, strict=True, assign=True)
    model.model.rotary_emb = type(model.model.rotary_emb)(config)
    model.eval()  # type: ignore[no-untyped-call]
    model.requires_grad_(False)
    return model


def torch_name(name: str) -> str:
    """Return the PyTorch name of a tensor of a GGUF file."""
    if name in _OUTER:
        return _OUTER[name]
    _, layer, module, kind = name.split(".")
    return f"model.layers.{layer}.{_INNER[module]}.{kind}"


def _config(reader: GGUFReader) -> Qwen2Config:
    def field(name: str) -> Any:
        return reader.fields[name].contents()

    if field("general.architecture") != "qwen2":
        raise ValueError(f"The model is of the architecture {field('general.architecture')}, not qwen2.")
    names = {tensor.name for tensor in reader.tensors}
    vocabulary = next(int(tensor.shape[-1]) for tensor in reader.tensors if tensor.name == "token_embd.weight")
    return Qwen2Config(
        vocab_size=vocabulary,
        hidden_size=field("qwen2.embedding_length"),
        intermediate_size=field("qwen2.feed_forward_length"),
        num_hidden_layers=field("qwen2.block_count"),
        num_attention_heads=field("qwen2.attention.head_count"),
        num_key_value_heads=field("qwen2.attention.head_count_kv"),
        rms_norm_eps=field("qwen2.attention.layer_norm_rms_epsilon"),
        rope_parameters={"rope_type": "default", "rope_theta": field("qwen2.rope.freq_base")},
        tie_word_embeddings="output.weight" not in names,
    )
