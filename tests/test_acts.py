"""What a later message does in a talk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.acts import Act, ActReader, ActReading, Before, Tone, act_features, said_before
from coach.errors import CoachError
from coach.resources import shipped
from coach.retrieval.pairs import talks_file
from coach.retrieval.tuned import read_trained

VECTOR = np.array([1.0, 0.0], dtype=np.float32)
REPLY = Before(reply="That hurts. Shall I draft it with you?")
STANDING = Before(reply="Here is a draft for [name].", standing=True, shown=True)


def test_a_reading_sums_up_acts() -> None:
    reading = ActReading(shares={Act.TELLS: 0.5, Act.ASKS: 0.3, Act.BYE: 0.2})
    assert reading.act is Act.TELLS
    assert reading.of(Act.ASKS, Act.BYE) == pytest.approx(0.5)
    assert reading.of(Act.THANKS) == 0.0


def test_what_stands_before_a_message_is_a_part_of_its_features() -> None:
    alone, offered, standing = (
        act_features("she's called Niamh", VECTOR, before) for before in (Before(reply="Go on."), REPLY, STANDING)
    )
    assert alone.shape == offered.shape == standing.shape
    assert (alone != offered).any()
    assert (offered != standing).any()


def test_words_and_spelling_of_marks_count_as_they_do_elsewhere() -> None:
    assert (act_features("it’s", VECTOR, REPLY) == act_features("it's", VECTOR, REPLY)).all()


def test_the_shipped_classifier_knows_every_act_and_tone() -> None:
    reader = ActReader(shipped("models", "classifiers", "acts.npz"))
    reading = reader.read("shorter, and I'm Bethan by the way", np.zeros(384, dtype=np.float32), STANDING)
    # Nobody greets in the middle of a talk.
    assert set(reading.shares) == set(Act) - {Act.GREETS}
    assert set(reading.tones) == set(Tone)
    assert sum(reading.shares.values()) == pytest.approx(1.0)


def test_what_reads_both_texts_has_half_a_say() -> None:
    reader = ActReader(shipped("models", "classifiers", "acts.npz"))
    vector = np.zeros(384, dtype=np.float32)
    alone = reader.read("Two things, you said", vector, REPLY)
    together = dict.fromkeys(Act, 0.0) | {Act.MORE: 1.0}
    joined = reader.read("Two things, you said", vector, REPLY, {act.value: share for act, share in together.items()})
    assert joined.of(Act.MORE) == pytest.approx((alone.of(Act.MORE) + 1.0) / 2)
    assert sum(joined.shares.values()) == pytest.approx(1.0)
    assert joined.tones == alone.tones


def test_the_shipped_reader_of_talks_knows_every_act() -> None:
    assert read_trained(talks_file(), "It").labels == tuple(act.value for act in Act)


def test_the_reader_of_talks_sees_whether_a_draft_stands_and_how_the_reply_ends() -> None:
    assert said_before(Before(reply="One. Two. Three?")) == "No draft. Two. Three?"
    assert said_before(STANDING) == "A draft stands. Here is the draft."


@pytest.mark.parametrize(
    ("text", "before", "act"),
    [
        ("And when?", REPLY, Act.MORE),
        ("put that i have my slinger ticket", STANDING, Act.DRAFT_CHANGE),
    ],
)
def test_words_alone_tell_plain_cases(text: str, before: Before, act: Act) -> None:
    """Without any vector, what the words say has to be near the top."""
    reader = ActReader(shipped("models", "classifiers", "acts.npz"))
    reading = reader.read(text, np.zeros(384, dtype=np.float32), before)
    assert act in sorted(reading.shares, key=reading.shares.__getitem__)[-4:]


def test_a_missing_classifier_is_told(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="cannot be read"):
        ActReader(tmp_path / "none.npz")
