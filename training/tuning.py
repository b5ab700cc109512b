"""The training loop: LoRA on the upper layers of a frozen model, resumable after a kill."""

from __future__ import annotations

import math
import random
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from transformers import Qwen2ForCausalLM

from training.packing import Pack, grouped, packed
from training.render import Sample
from training.weights import MODULES


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Settings of a run. ``minutes`` bounds it: the learning rate reaches its end by then. ``room`` is in tokens."""

    rank: int = 8
    alpha: int = 16
    first_layer: int = 14
    rate: float = 3e-4
    warm_up: float = 0.06
    epochs: int = 1
    minutes: float = 600.0
    room: int = 900
    packs_per_step: int = 1
    judge_every: int = 20
    judged_packs: int = 2
    keep_every: int = 5
    seed: int = 0


@dataclass(kw_only=True)
class Progress:
    """How far a run is; kept with the weights. ``losses`` holds (packs, training loss) and ``judged`` validation."""

    packs: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best: float = math.inf
    losses: list[tuple[int, float]] = field(default_factory=list)
    judged: list[tuple[int, float]] = field(default_factory=list)


class Interrupted(Exception):
    """The kept state belongs to another run."""


class Tuner:
    """One run.

    Args:
        base: The model, frozen.
        recipe: The settings.
        prefix: Tokens that every sample follows.
        samples: What to learn.
        held_out: What to judge by.
        folder: Where the state and the best adapter are kept.
    """

    def __init__(
        self,
        base: Qwen2ForCausalLM,
        recipe: Recipe,
        prefix: Sequence[int],
        samples: Sequence[Sample],
        held_out: Sequence[Sample],
        folder: Path,
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.model = with_adapter(base, recipe)
        self.device = next(base.parameters()).device
        self.progress = Progress()
        self._prefix = prefix
        self._plan = planned(samples, recipe)
        self._held_out = grouped(list(held_out), recipe.room)
        self._folder = folder
        self._trained = [weight for weight in self.model.parameters() if weight.requires_grad]
        self._optimizer = torch.optim.AdamW(self._trained, lr=recipe.rate, weight_decay=0.0, betas=(0.9, 0.98))

    @property
    def total(self) -> int:
        """Packs in all, if the time suffices."""
        return len(self._plan)

    def begin_with(self, weights: dict[str, torch.Tensor]) -> None:
        """Begin from the weights of an earlier adapter of the same shape, under peft's names."""
        set_peft_model_state_dict(self.model, weights)

    def resume(self) -> bool:
        """Go on from the kept state, if there is one.

        Raises:
            Interrupted: It belongs to another recipe or other data.
        """
        path = self._folder / "state.pt"
        if not path.is_file():
            return False
        state = torch.load(path, weights_only=True, map_location=self.device)
        if state["identity"] != self._identity():
            raise Interrupted(f"{path} is of a run with other settings or data; move it away to begin anew.")
        set_peft_model_state_dict(self.model, state["adapter"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])
        return True

    def run(self) -> None:
        """Train to the end of the plan or of the time, judge at intervals, keep the best."""
        if not self.progress.judged:
            self._judge()
        started = time.monotonic() - self.progress.seconds
        while self.progress.packs < self.total and self.progress.seconds < self.recipe.minutes * 60:
            begun = time.monotonic()
            loss, tokens = self._step()
            self.progress.tokens += tokens
            self.progress.losses.append((self.progress.packs, loss))
            self.progress.seconds = time.monotonic() - started
            self._say(loss, tokens / (time.monotonic() - begun))
            steps = len(self.progress.losses)
            if steps % self.recipe.judge_every == 0:
                self._judge()
            self.progress.seconds = time.monotonic() - started
            if steps % self.recipe.keep_every == 0:
                self._keep()
        self._judge()
        self.progress.seconds = time.monotonic() - started
        self._keep()

    def validation_loss(self, groups: Sequence[list[Sample]]) -> float:
        """Return the mean loss over the answers of groups of samples."""
        total, count = 0.0, 0
        with torch.no_grad():
            for group in groups:
                pack = packed(group, self._prefix)
                total += float(self._losses(pack).sum())
                count += len(pack.wanted)
        return total / max(count, 1)

    def best_weights(self) -> dict[str, torch.Tensor]:
        """Put the best adapter seen into the model, and return it."""
        kept: dict[str, torch.Tensor] = torch.load(
            self._folder / "best.pt", weights_only=True, map_location=self.device
        )
        set_peft_model_state_dict(self.model, kept)
        return kept

    def _step(self) -> tuple[float, int]:
        for group in self._optimizer.param_groups:
            group["lr"] = self.recipe.rate * self._share_of_rate()
        chosen = self._plan[self.progress.packs : self.progress.packs + self.recipe.packs_per_step]
        packs = [packed(samples, self._prefix) for samples in chosen]
        answers = sum(len(pack.wanted) for pack in packs)
        total = 0.0
        for pack in packs:
            loss = self._losses(pack).sum() / answers
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.progress.packs += len(packs)
        return total, sum(pack.tokens.numel() for pack in packs)

    def _losses(self, pack: Pack) -> torch.Tensor:
        """Return the loss of each answer token, shape (answers)."""
        pack = pack.to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            hidden = self.model.base_model.model.model(
                input_ids=pack.tokens, position_ids=pack.positions, attention_mask=pack.mask, use_cache=False
            ).last_hidden_state
            logits = self.model.base_model.model.lm_head(hidden[0, pack.read_at])
        return torch.nn.functional.cross_entropy(logits.float(), pack.wanted, reduction="none")

    def _share_of_rate(self) -> float:
        time_spent = self.progress.seconds / (self.recipe.minutes * 60)
        return share_of_rate(max(self.progress.packs / self.total, time_spent), self.recipe.warm_up)

    def _judge(self) -> None:
        self.model.eval()
        loss = self.validation_loss(self._held_out[: self.recipe.judged_packs])
        self.model.train()
        self.progress.judged.append((self.progress.packs, loss))
        print(f"  validation loss {loss:.4f} after {self.progress.packs} packs", flush=True)
        if loss < self.progress.best:
            self.progress.best = loss
            _write(get_peft_model_state_dict(self.model), self._folder / "best.pt")

    def _keep(self) -> None:
        state = {
            "identity": self._identity(),
            "adapter": get_peft_model_state_dict(self.model),
            "optimizer": self._optimizer.state_dict(),
            "progress": asdict(self.progress),
        }
        _write(state, self._folder / "state.pt")

    def _identity(self) -> list[str]:
        """What has to be the same for the kept weights to be of use; the time and the intervals may change."""
        free = {"minutes": 0.0, "judge_every": 0, "judged_packs": 0, "keep_every": 0}
        tokens = sum(len(sample.tokens) for row in self._plan for sample in row)
        return [repr(replace(self.recipe, **free)), str(self.total), str(tokens)]  # type: ignore[arg-type]

    def _say(self, loss: float, rate: float) -> None:
        spent, done = self.progress.seconds, self.progress.packs
        by_plan = spent / done * (self.total - done)
        left = min(by_plan, self.recipe.minutes * 60 - spent) / 60
        print(f"{done}/{self.total}  loss {loss:.3f}  {rate:.0f} tokens/s  {left:.0f} min left", flush=True)


def with_adapter(base: Qwen2ForCausalLM, recipe: Recipe) -> Any:
    """Return the model with fresh LoRA weights in float32 on its upper layers; the others run without gradients."""
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        target_modules=[name.rpartition(".")[2] for name in MODULES.values()],
        layers_to_transform=list(range(recipe.first_layer, base.config.num_hidden_layers)),
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        # peft asks transformers a question in a way that is deprecated.
        warnings.simplefilter("ignore", FutureWarning)
        return get_peft_model(base, config)


def planned(samples: Sequence[Sample], recipe: Recipe) -> list[list[Sample]]:
    """Return the packs of all epochs, each epoch shuffled anew."""
    plan: list[list[Sample]] = []
    for epoch in range(recipe.epochs):
        order = list(samples)
        random.Random(f"{recipe.seed} {epoch}").shuffle(order)
        plan += grouped(order, recipe.room)
    return plan


def share_of_rate(done: float, warm_up: float) -> float:
    """Return the share of the learning rate at a point of the run in 0..1: linear up, then a half cosine to a tenth."""
    if done < warm_up:
        return max(done / warm_up, 0.05)
    fallen = min((done - warm_up) / (1 - warm_up), 1.0)
    return 0.1 + 0.9 * (1 + math.cos(math.pi * fallen)) / 2


def _write(value: Any, path: Path) -> None:
    """Write so that a kill leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    torch.save(value, draft)
    draft.replace(path)
