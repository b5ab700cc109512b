"""A BERT of four small layers with a vocabulary of its own, for tests of what reads messages and sentences together."""

from __future__ import annotations

from pathlib import Path

_TEXT = "they said no to me today . you were told that it is your fault a long day can rest i am tired"


def write_bert(folder: Path) -> Path:
    """Write the model and its tokenizer to a folder, and return the folder."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]

    folder.mkdir(parents=True, exist_ok=True)
    known = _TEXT.split()
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *known]), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=5 + len(known),
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=200,
        initializer_range=0.2,
    )
    BertModel(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder
