"""Which draft a message asks for, by the classifiers."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from coach.acts import Act, ActReading
from coach.draft import Channel, DraftKind
from coach.drafts.choosing import chosen_kind
from coach.drafts.classifier import NONE, REVISION, UNSAID, DraftReader, DraftReading, draft_features
from coach.drafts.concerns import share_of_a_draft
from coach.drafts.drafting import Drafts
from coach.resources import shipped
from coach.types import Message, Vector

LABELS = [NONE, REVISION, *(kind.value for kind in DraftKind)]
ONE = np.array([1.0, 0.0], dtype=np.float32)
OTHER = np.array([0.0, 1.0], dtype=np.float32)


@pytest.fixture
def reader(tmp_path: Path) -> DraftReader:
    """Return a reader: a vector along the first axis means thanks, one along the second a draft of any kind."""
    size = len(draft_features("x", [ONE]))
    kinds = np.zeros((len(LABELS), size), dtype=np.float32)
    kinds[LABELS.index("thank_you"), 0] = 9.0
    kinds[:2, 1] = -9.0
    channels = np.zeros((2, size), dtype=np.float32)
    channels[1, 0] = 9.0
    path = tmp_path / "drafts.npz"
    np.savez(
        path,
        kind_weights=kinds,
        kind_bias=np.zeros(len(LABELS), dtype=np.float32),
        kind_labels=np.array(LABELS),
        channel_weights=channels,
        channel_bias=np.zeros(2, dtype=np.float32),
        channel_labels=np.array([UNSAID, "phone"]),
    )
    return DraftReader(path)


def test_a_message_gets_the_likeliest_kind_and_channel(reader: DraftReader):
    found = reader.read("zzz", [ONE])
    assert (found.kind, found.channel) == (DraftKind.THANK_YOU, Channel.PHONE)
    assert sum(found.shares.values()) == pytest.approx(1.0)


def test_a_short_message_leaves_the_kind_to_the_one_before(reader: DraftReader):
    found = reader.read("Yes, write it", [ONE, OTHER], ["zzz"])
    assert found.kind is DraftKind.THANK_YOU
    assert found.due > 0.9


def test_earlier_messages_have_a_say_in_the_kind_and_none_in_whether_one_is_due(reader: DraftReader):
    alone = reader.read("zz zz zz zz zz zz zz zz", [OTHER])
    later = reader.read("zz zz zz zz zz zz zz zz", [ONE, OTHER, OTHER], ["zzz", "zz"])
    assert later.shares["thank_you"] > 2 * alone.shares["thank_you"]
    assert (later.shares[NONE], later.shares[REVISION]) == pytest.approx(
        (reader.read("zz zz zz zz zz zz zz zz", [ONE, OTHER, OTHER]).shares[NONE],) * 2, abs=1e-3
    )


def test_a_long_message_tells_its_kind_itself(reader: DraftReader):
    alone = reader.read("zz zz zz zz zz zz zz zz", [OTHER, ONE], ["zzz"])
    assert alone.kind is DraftKind.THANK_YOU


def test_what_stood_before_changes_the_features():
    alone, later = draft_features("zzz", [ONE]), draft_features("zzz", [OTHER, ONE])
    assert alone.shape == later.shape
    assert not np.allclose(alone, later)


def test_a_revision_is_none_where_no_draft_stands():
    reading = DraftReading(shares=dict.fromkeys(LABELS, 0.0) | {REVISION: 0.8, "thank_you": 0.15, NONE: 0.05})
    assert reading.due == pytest.approx(0.75)


def test_the_shipped_classifiers_know_every_kind_and_channel():
    found = DraftReader(shipped("models", "classifiers", "drafts.npz")).read(
        "thank you text to the receptionist please", [np.zeros(384, dtype=np.float32)]
    )
    assert set(found.shares) == set(LABELS)


class SaysIntroduction:
    """Takes every message for a request for an introduction by text."""

    def read(self, text: str, recent: list[Vector], said: tuple[str, ...]) -> DraftReading:
        shares = dict.fromkeys(LABELS, 0.0) | {"introduction_request": 1.0}
        return DraftReading(shares=shares, channel=Channel.TEXT)


def test_drafts_follow_the_classifier_and_not_the_words():
    drafts = Drafts(shipped("prompts", "drafts"), cast(DraftReader, SaysIntroduction()))
    text = "My neighbour plays golf with the owner of the brewery. I'd like him to mention me"
    assert drafts.answer(text, [], None, ()) is None
    answer = drafts.answer(text, [], None, (), recent=[ONE])
    assert answer is not None
    assert answer.draft is not None
    assert (answer.draft.kind, answer.draft.channel) == (DraftKind.INTRODUCTION_REQUEST, Channel.TEXT)


def test_an_apology_for_what_was_sent_is_certain():
    drafts = Drafts(shipped("prompts", "drafts"), cast(DraftReader, SaysIntroduction()))
    answer = drafts.answer("I sent him a furious email last night and I regret it", [], None, (), recent=[ONE])
    assert answer is not None
    assert answer.draft is not None
    assert answer.draft.kind is DraftKind.HOT_WITHDRAWAL


def reading(**shares: float) -> DraftReading:
    return DraftReading(shares=dict.fromkeys(LABELS, 0.0) | shares)


@pytest.mark.parametrize(
    ("kind", "bare", "told"),
    [
        ("hot_withdrawal", "we walked round the reservoir", "I shouted at him on the phone"),
        ("reschedule", "we walked round the reservoir", "Could it be on Friday instead"),
        ("contract_inquiry", "we walked round the reservoir", "I could freelance for them"),
    ],
)
def test_nobody_apologises_or_moves_a_day_without_a_word_of_it(kind, bare, told):
    unsure = reading(**{kind: 0.6, "feedback_request": 0.4})
    assert chosen_kind([bare, "yes please, email"], None, unsure, agency=False) is not DraftKind(kind)
    assert chosen_kind([told, "yes please, email"], None, unsure, agency=False) is DraftKind(kind)


def test_two_classifiers_tell_whether_a_later_message_is_of_a_draft():
    history = [Message(role="user", text="they said no"), Message(role="assistant", text="That hurts.")]
    act = ActReading(shares={Act.DRAFT_NEW: 0.6, Act.TELLS: 0.4})
    assert share_of_a_draft(act, None, history, standing=False) == pytest.approx(0.6)
    both = share_of_a_draft(act, reading(none=0.8, thank_you=0.2), history, standing=False)
    assert both == pytest.approx(0.4)


def test_a_first_draft_comes_in_a_talk_where_both_are_sure():
    class Reads:
        def __init__(self, none: float) -> None:
            self._none = none

        def read(self, text: str, recent: list[Vector], said: tuple[str, ...]) -> DraftReading:
            return reading(none=self._none, thank_you=1 - self._none)

    history = [Message(role="user", text="Glyn showed me round"), Message(role="assistant", text="That hurts.")]
    act = ActReading(shares={Act.DRAFT_NEW: 0.7, Act.TELLS: 0.3})
    for none, comes in ((0.1, True), (0.9, False)):
        drafts = Drafts(shipped("prompts", "drafts"), cast(DraftReader, Reads(none)))
        answer = drafts.answer("thank Glyn then", history, None, (), recent=[ONE, ONE], act=act)
        assert (answer is not None) == comes
    drafts = Drafts(shipped("prompts", "drafts"), cast(DraftReader, Reads(0.1)))
    refused = "no thanks, I don't want to write to anyone"
    assert drafts.answer(refused, history, None, (), recent=[ONE, ONE], act=act) is None
