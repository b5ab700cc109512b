from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from training.packing import grouped, packed  # noqa: E402
from training.render import Sample  # noqa: E402

PREFIX = [5, 6, 7, 8]


def sample(*tokens: int, learnt: int = 2) -> Sample:
    counts = [False] * (len(tokens) - learnt) + [True] * learnt
    return Sample(dialogue="d", tokens=tokens, counts=tuple(counts))


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    config = transformers.Qwen2Config(
        vocab_size=50,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
    )
    return transformers.Qwen2ForCausalLM(config).eval()


def logits_of(model, pack):
    with torch.no_grad():
        hidden = model.model(
            input_ids=pack.tokens, position_ids=pack.positions, attention_mask=pack.mask, use_cache=False
        ).last_hidden_state
        return model.lm_head(hidden[0, pack.read_at])


def test_a_sample_in_a_pack_is_read_as_if_it_alone_followed_the_prefix(model):
    samples = [sample(10, 11, 12, 13), sample(20, 21, 22), sample(30, 31, 32, 33, 34)]
    together = logits_of(model, packed(samples, PREFIX))
    alone = []
    for one in samples:
        with torch.no_grad():
            out = model(torch.tensor([[*PREFIX, *one.tokens]])).logits[0]
        alone.append(out[-3:-1])
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_what_a_pack_wants_is_what_counts():
    pack = packed([sample(10, 11, 12, 13), sample(20, 21, 22)], PREFIX)
    assert pack.wanted.tolist() == [12, 13, 21, 22]
    assert pack.positions[0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6]


def test_groups_keep_to_the_room_and_lose_nothing():
    samples = [sample(*range(length)) for length in (4, 5, 9, 3, 3, 12, 2)]
    groups = grouped(samples, 10)
    assert [one for group in groups for one in group] == samples
    assert all(len(group) == 1 or sum(len(one.tokens) for one in group) <= 10 for group in groups)
