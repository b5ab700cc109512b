from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("peft", reason="needs the extras group train")
gguf = pytest.importorskip("gguf")

from transformers import Qwen2Config, Qwen2ForCausalLM  # noqa: E402

from training.export import gguf_name, read_adapter, torch_key, write_adapter  # noqa: E402
from training.render import Sample  # noqa: E402
from training.tuning import Interrupted, Recipe, Tuner, planned, share_of_rate  # noqa: E402

PREFIX = [1, 2, 3]
SAMPLES = [
    Sample(dialogue=str(n), tokens=(10 + n % 7, 11, 12, 20 + n % 7, 21), counts=(False, False, False, True, True))
    for n in range(40)
]
RECIPE = Recipe(rank=4, alpha=8, first_layer=2, rate=2e-2, epochs=2, room=20, judge_every=5, keep_every=4, warm_up=0.1)


def base() -> Qwen2ForCausalLM:
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=64,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.3,
    )
    return Qwen2ForCausalLM(config).eval().requires_grad_(False)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """On busy cores, two threads wait for each other longer than such small sums take."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tuner(folder, recipe: Recipe = RECIPE) -> Tuner:
    return Tuner(base(), recipe, PREFIX, SAMPLES, SAMPLES[:6], folder)


def weights_of(one: Tuner):
    return {name: weight.detach().clone() for name, weight in one.model.named_parameters() if weight.requires_grad}


def test_it_learns_and_keeps_the_best(tmp_path):
    one = tuner(tmp_path)
    one.run()
    assert one.progress.best < one.progress.judged[0][1] / 2
    assert one.progress.packs == one.total
    assert (tmp_path / "best.pt").is_file()


def test_only_the_upper_layers_have_gradients(tmp_path):
    names = list(weights_of(tuner(tmp_path)))
    assert names
    assert all("layers.2." in name or "layers.3." in name for name in names)


def test_a_killed_run_goes_on_to_the_same_weights(tmp_path, monkeypatch):
    whole = tuner(tmp_path / "whole")
    whole.run()
    killed = tuner(tmp_path / "killed")
    step, done = killed._step, []

    def dying():
        done.append(1)
        if len(done) == 7:
            raise KeyboardInterrupt
        return step()

    monkeypatch.setattr(killed, "_step", dying)
    with pytest.raises(KeyboardInterrupt):
        killed.run()
    again = tuner(tmp_path / "killed")
    assert again.resume()
    assert again.progress.packs == 4
    again.run()
    for name, weight in weights_of(whole).items():
        assert torch.allclose(weight, weights_of(again)[name], atol=1e-3), name


def test_a_state_of_another_run_is_refused(tmp_path):
    tuner(tmp_path)._keep()
    with pytest.raises(Interrupted):
        tuner(tmp_path, replace(RECIPE, rank=8)).resume()
    assert tuner(tmp_path, replace(RECIPE, minutes=1.0)).resume()


def test_no_time_left_ends_the_run_with_a_result(tmp_path):
    one = tuner(tmp_path, replace(RECIPE, minutes=0.0))
    one.run()
    assert one.progress.packs == 0
    assert (tmp_path / "best.pt").is_file()


def test_every_epoch_has_every_sample_in_another_order():
    plan = planned(SAMPLES, RECIPE)
    names = [sample.dialogue for group in plan for sample in group]
    assert sorted(names[:40]) == sorted(names[40:]) == sorted(sample.dialogue for sample in SAMPLES)
    assert names[:40] != names[40:]


def test_the_rate_rises_and_falls():
    shares = [share_of_rate(done / 100, 0.1) for done in range(101)]
    assert max(shares) == shares[10] == 1.0
    assert shares[:11] == sorted(shares[:11])
    assert shares[10:] == sorted(shares[10:], reverse=True)
    assert shares[-1] == pytest.approx(0.1)


def test_an_adapter_file_holds_the_trained_weights(tmp_path):
    from peft import get_peft_model_state_dict

    one = tuner(tmp_path)
    weights = get_peft_model_state_dict(one.model)
    path = tmp_path / "a.gguf"
    write_adapter(weights, path, alpha=8, architecture="qwen2", name="a")
    reader = gguf.GGUFReader(path)
    assert reader.fields["adapter.type"].contents() == "lora"
    assert reader.fields["adapter.lora.alpha"].contents() == 8
    held = {tensor.name: tensor for tensor in reader.tensors}
    assert len(held) == len(weights) == 2 * 7 * 2
    for key, weight in weights.items():
        tensor = held[gguf_name(key)]
        assert tensor.data.shape == tuple(weight.shape)
        assert np.allclose(tensor.data, weight.numpy(), atol=1e-3)


def test_other_weights_are_not_exported():
    with pytest.raises(ValueError, match="not a LoRA weight"):
        gguf_name("model.layers.1.self_attn.q_norm.weight")


def test_a_run_begins_from_an_earlier_adapter(tmp_path):
    earlier = tuner(tmp_path / "earlier")
    earlier.run()
    path = tmp_path / "a.gguf"
    write_adapter(earlier.best_weights(), path, alpha=8, architecture="qwen2", name="a")
    later = tuner(tmp_path / "later")
    fresh = later.validation_loss([SAMPLES[:6]])
    later.begin_with(read_adapter(path))
    assert later.validation_loss([SAMPLES[:6]]) == pytest.approx(earlier.progress.best, abs=0.05)
    assert earlier.progress.best < fresh / 2


def test_foreign_weights_are_not_read():
    with pytest.raises(ValueError, match="not a LoRA weight"):
        torch_key("blk.1.attn_q_norm.weight.lora_a")


def test_a_run_card_is_json(tmp_path):
    from training.adapter import run_card
    from training.material import Material

    one = tuner(tmp_path, replace(RECIPE, minutes=0.0))
    one.run()
    material = Material(prefix=PREFIX, learnt=SAMPLES, held_out=SAMPLES[:6], digest="d")
    card = json.loads(json.dumps(run_card(one, material, "base", "b" * 64, longest=320)))
    assert card["answer_tokens"] == 80
    assert card["recipe"]["rank"] == 4
