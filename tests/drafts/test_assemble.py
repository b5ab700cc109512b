from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone
from coach.drafts.assemble import LINKEDIN_CHARACTERS, assemble
from coach.events import Draft
from tests.drafts.made import DRAFTS

FACTS = {
    "recipient": "Ms Ada Osei",
    "company": "Cobalt Freight",
    "role": "shift supervisor",
    "sender": "Tomasz",
    "stage": "panel interview",
}
EVERY = list(itertools.product(DraftKind, Channel, Tone))


def brief(
    kind: DraftKind,
    facts: Mapping[str, str],
    channel: Channel = Channel.EMAIL,
    tone: Tone = Tone.PLAIN,
) -> DraftBrief:
    return DraftBrief(
        kind=kind,
        channel=channel,
        tone=Tone.PLAIN if tone is Tone.SHORT else tone,
        short=int(tone is Tone.SHORT),
        facts=tuple(DraftFact(name=name, value=value) for name, value in facts.items()),
        marks=("panel", "theirs") if facts else ("theirs",),
    )


def made(asked: DraftBrief) -> Draft:
    return assemble(asked, DRAFTS.templates[asked.kind])


@pytest.mark.parametrize(("kind", "channel", "tone"), EVERY)
def test_every_kind_comes_in_every_channel_and_tone_without_a_model(kind, channel, tone):
    draft, withheld = DRAFTS.make(brief(kind, FACTS, channel, tone), list(FACTS.values()))
    assert withheld == ()
    assert draft is not None
    assert "Osei" in draft.body
    assert "{" not in draft.text
    assert "  " not in draft.body
    assert bool(draft.subject) == (channel is Channel.EMAIL)
    assert not [name for name in draft.missing if name in ("name", "your name", "role")]
    if channel is Channel.LINKEDIN:
        assert len(draft.body) <= LINKEDIN_CHARACTERS


@pytest.mark.parametrize(("kind", "channel", "tone"), EVERY)
def test_without_facts_there_are_brackets_and_nothing_invented(kind, channel, tone):
    draft, _ = DRAFTS.make(brief(kind, {}, channel, tone), [])
    assert draft is not None
    assert draft.missing
    assert "None" not in draft.text


@pytest.mark.parametrize("kind", [DraftKind.FEEDBACK_REQUEST, DraftKind.REJECTION_REPLY, DraftKind.THANK_YOU])
def test_an_email_has_a_decent_length_and_one_ask(kind):
    draft = made(brief(kind, FACTS))
    assert 25 <= len(draft.body.split()) <= 130
    assert draft.body.count("?") <= 1
    assert draft.body.startswith("Dear Ms Osei,")
    assert draft.body.endswith("Kind regards,\nTomasz")


def test_the_question_fits_how_far_it_went():
    def ask(mark: str, stage: str) -> str:
        facts = (*brief(DraftKind.FEEDBACK_REQUEST, FACTS).facts, DraftFact(name="stage", value=stage))
        return made(DraftBrief(kind=DraftKind.FEEDBACK_REQUEST, channel=Channel.EMAIL, facts=facts, marks=(mark,))).body

    assert "trial shift" in ask("trial", "trial shift")
    assert "panel" in ask("panel", "panel interview")
    assert "portfolio" in ask("portfolio", "portfolio chat")
    assert (
        len({ask(*each) for each in (("demo", "demo lesson"), ("test", "coding test"), ("screen", "phone screen"))})
        == 3
    )


def test_shorter_is_shorter_in_every_kind():
    for kind in DraftKind:
        plain, short = made(brief(kind, FACTS)), made(brief(kind, FACTS, tone=Tone.SHORT))
        assert len(short.body) <= len(plain.body)


def test_an_apprenticeship_needs_no_role_after_it():
    draft = made(brief(DraftKind.FEEDBACK_REQUEST, {"role": "plumbing apprenticeship"}))
    assert "the plumbing apprenticeship" in draft.body
    assert "apprenticeship role" not in draft.body


def test_forms_of_address_follow_title_and_tone():
    plain = made(brief(DraftKind.THANK_YOU, {"recipient": "Ingrid Lund", "sender": "Ada"}))
    formal = made(brief(DraftKind.THANK_YOU, {"recipient": "Ingrid Lund", "sender": "Ada"}, tone=Tone.FORMAL))
    titled = made(brief(DraftKind.THANK_YOU, {"recipient": "Prof. Radmila Kovar", "sender": "Ada"}))
    assert plain.body.startswith("Dear Ingrid,")
    assert formal.body.startswith("Dear Ingrid Lund,")
    assert titled.body.startswith("Dear Prof. Kovar,")


def test_a_phone_script_says_what_to_do_with_a_voicemail():
    draft = made(brief(DraftKind.FEEDBACK_REQUEST, FACTS, Channel.PHONE))
    assert draft.body.startswith("When they answer:\nHello Ms Osei, this is Tomasz.")
    assert "If you reach the voicemail:" in draft.body
