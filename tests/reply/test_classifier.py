"""The guard's classifier: what it looks at, its file, and that it tells cruel from kind at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError
from coach.reply.classifier import OF_MESSAGE, SIGNALS, Classifier, added, hashed, signals, weighed
from coach.resources import shipped
from coach.retrieval.embed import Embedder
from coach.types import Fault

MESSAGE = "Eight months of looking and today the bakery said no. I'm tired."


def test_signals_tell_what_the_message_does_not_hold():
    lean = signals("The bakery said no after eight months.", MESSAGE, 0.5)
    strange = signals("Anna will call you in 14 days, usually.", MESSAGE, 0.5)
    assert lean.shape == strange.shape == (SIGNALS,)
    assert lean[0] < strange[0] == 1.0
    assert (lean[1], lean[2]) == (0.0, 1.0)
    assert (strange[1], strange[2]) == (1.0, 0.0)
    assert signals("Ask Anna.", MESSAGE, 0.5)[3] == 1.0
    assert lean[6] == 0.5


def test_quotations_count_where_they_come_from():
    assert list(signals('"Said no" is all it says.', MESSAGE, 0.0)[4:6]) == [1.0, 0.0]
    assert list(signals('"Not ready" is all it says.', MESSAGE, 0.0)[4:6]) == [0.0, 1.0]


def test_what_a_sentence_adds_is_a_unit_vector_away_from_the_message():
    one, other = np.array([0.6, 0.8], np.float32), np.array([1.0, 0.0], np.float32)
    assert added(one, other) == pytest.approx([0.0, 1.0])
    assert added(other, other) == pytest.approx(other)


def test_words_are_hashed_in_their_order():
    assert set(hashed("You can rest.")) != set(hashed("Rest you can."))
    assert len(hashed("")) == 1


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes):
    path = tmp_path / "guard.npz"
    path.write_bytes(content)
    with pytest.raises(CoachError, match="cannot be read"):
        Classifier(path)


def test_a_file_of_something_else_is_told(tmp_path: Path):
    np.savez(tmp_path / "guard.npz", other=np.zeros(3))
    with pytest.raises(CoachError, match="cannot be read"):
        Classifier(tmp_path / "guard.npz")


def test_cruel_sentences_score_above_kind_ones(embedder: Path):
    classifier = Classifier(shipped("models", "classifiers", "guard.npz"))
    embed = Embedder(embedder).embed
    kind = ("Eight months is a long time to be looking.", "You do not have to feel better about it today.")
    cruel = (
        "Eight months suggests that people see something missing in you.",
        "More effort with every form would have spared you those eight months.",
    )
    message, *vectors = embed([MESSAGE, *kind, *cruel])
    ok = [
        classifier.shares(sentence, vector, MESSAGE, message)["ok"]
        for sentence, vector in zip((*kind, *cruel), vectors, strict=True)
    ]
    assert min(ok[:2]) > max(ok[2:])
    assert classifier.fault(kind[0], vectors[0], MESSAGE, message) is None
    assert classifier.fault(cruel[0], vectors[2], MESSAGE, message) in set(Fault)
    # What reads both together has its say, for better and worse.
    assert classifier.fault(cruel[0], vectors[2], MESSAGE, message, {"ok": 0.0, "misfit": 1.0}) is Fault.MISFIT
    assert classifier.fault(cruel[0], vectors[2], MESSAGE, message, {"ok": 1.0}) is None


def test_both_classifiers_together_have_all_labels():
    both = weighed({"ok": 1.0, "blame": 0.0}, {"ok": 0.0, "misfit": 1.0})
    assert set(both) == {"ok", "blame", "misfit"}
    assert sum(both.values()) == pytest.approx(1.0)
    assert both["misfit"] > 0.0 == both["blame"]


def test_a_sentence_without_a_message_is_judged_too(embedder: Path):
    classifier = Classifier(shipped("models", "classifiers", "guard.npz"))
    (vector,) = Embedder(embedder).embed(["That hurts."])
    shares = classifier.shares("That hurts.", vector, "", None)
    assert np.isfinite(list(shares.values())).all()
    assert sum(shares.values()) == pytest.approx(1.0, abs=0.05)
    assert OF_MESSAGE < SIGNALS
