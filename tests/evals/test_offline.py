"""When the report of ``coach doctor --prove-offline`` is a proof, and when it says that it is none."""

from __future__ import annotations

import dataclasses

import pytest

from coach.evals.offline import MESSAGES, Proof, Turn

PROOF = Proof(
    alone=True,
    interfaces=("lo",),
    turns=tuple(Turn(message=message, words=20, seconds=1.0) for message in MESSAGES),
    attempts=(),
    listening=("127.0.0.1:7860",),
)


def test_the_report_says_what_was_done() -> None:
    report = "\n".join(PROOF.lines())
    assert "in a network of its own, with nothing but lo" in report
    assert MESSAGES[1] in report
    assert "  none" in report
    assert "127.0.0.1:7860" in report
    assert "Nothing left this computer." in report
    assert "sockets watched" in "\n".join(dataclasses.replace(PROOF, alone=False).lines())


@pytest.mark.parametrize(
    "change",
    [
        {"attempts": ("getaddrinfo huggingface.co",)},
        {"turns": PROOF.turns[:2]},
        {"listening": ("0.0.0.0:7860",)},
        {"listening": ("127.0.0.1:7860", "192.168.1.5:7860")},
        {"listening": ()},
    ],
)
def test_anything_else_is_no_proof(change: dict[str, tuple[str, ...]]) -> None:
    seen = dataclasses.replace(PROOF, **change)  # type: ignore[arg-type]
    assert not seen.proved
    assert "This is no proof" in seen.lines()[-1]
    assert all(attempt in "\n".join(seen.lines()) for attempt in seen.attempts)
