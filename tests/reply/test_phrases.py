from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.errors import KnowledgeError
from coach.reply.guard import wording_fault
from coach.reply.phrases import read_phrases, shortlist
from coach.resources import shipped
from coach.text import ends_sentence, sentences, words
from coach.types import Feeling, Kind, Part, Phrase, Sign, Situation, Stage, Wants

BANK = read_phrases(shipped("knowledge", "phrases"))
OWN = {Kind.OFF_TOPIC, Kind.IDENTITY, Kind.THANKS}
NOTHING: frozenset[str] = frozenset()


def situation(
    kind: Kind = Kind.FRESH_REJECTION,
    wants: Wants = Wants.COMFORT,
    stage: Stage = Stage.UNKNOWN,
    feelings: tuple[Feeling, ...] = (),
    signs: frozenset[Sign] = frozenset(),
) -> Situation:
    return Situation(
        kind=kind,
        kind_confidence=1.0,
        wants=wants,
        stage=stage,
        stage_confidence=1.0,
        feelings=feelings,
        signs=signs,
    )


def phrase(name: str, part: Part = Part.FEELING, **conditions: tuple[object, ...]) -> Phrase:
    empty: dict[str, tuple[object, ...]] = {"kinds": (), "feelings": (), "stages": (), "wants": (), "needs": ()}
    return Phrase(id=name, part=part, text=f"{name}.", **(empty | conditions))  # type: ignore[arg-type]


def ids(found: list[Phrase]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize("one", BANK, ids=lambda one: one.id)
def test_every_phrase_would_pass_the_guard_as_free_text(one: Phrase) -> None:
    assert ends_sentence(one.text)
    for sentence in sentences(one.text):
        assert wording_fault(sentence) is None, sentence
    assert not re.search(r"[<>\[\]{}!]|  ", one.text)


def test_no_phrase_is_there_twice() -> None:
    texts = [tuple(words(one.text)) for one in BANK]
    assert len(set(texts)) == len(texts)
    assert len({one.id for one in BANK}) == len(BANK)


def test_questions_stand_only_at_the_end_of_a_reply() -> None:
    asking = {one.id: one.part for one in BANK if "?" in one.text}
    assert set(asking.values()) <= {Part.CLOSE, Part.IDENTITY}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OWN])
@pytest.mark.parametrize("part", [Part.OPENING, Part.FEELING, Part.PERSPECTIVE, Part.CLOSE])
def test_there_are_two_phrases_for_every_part_when_nothing_else_is_known(kind: Kind, part: Part) -> None:
    for wants in Wants:
        found = shortlist(BANK, part, situation(kind, wants), said=NOTHING, seed="x")
        assert len(found) >= 2, wants


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OWN | {Kind.REFUSES_ADVICE}])
def test_there_is_advice_for_those_who_ask(kind: Kind) -> None:
    for wants in (Wants.ADVICE, Wants.PLAN):
        assert len(shortlist(BANK, Part.ADVICE, situation(kind, wants), said=NOTHING, seed="x")) >= 2, wants


@pytest.mark.parametrize("kind", sorted(OWN))
def test_kinds_of_their_own_have_their_own_answers_and_nothing_else(kind: Kind) -> None:
    assert len(shortlist(BANK, Part.IDENTITY, situation(kind), said=NOTHING, seed="x")) >= 2
    for part in (Part.FEELING, Part.PERSPECTIVE, Part.ADVICE):
        assert not shortlist(BANK, part, situation(kind), said=NOTHING, seed="x")


def test_who_refuses_advice_is_given_none() -> None:
    for wants in Wants:
        refusing = situation(Kind.REFUSES_ADVICE, wants, signs=frozenset(Sign), feelings=tuple(Feeling))
        assert not shortlist(BANK, Part.ADVICE, refusing, said=NOTHING, seed="x")


def test_a_phrase_needs_all_its_conditions() -> None:
    bank = [
        phrase("kind", kinds=(Kind.DEBRIEF,)),
        phrase("feeling", feelings=(Feeling.SAD, Feeling.HURT)),
        phrase("stage", stages=(Stage.HOURS,)),
        phrase("wants", wants=(Wants.PLAN,)),
        phrase("needs", needs=(Sign.SILENCE, Sign.REFERRAL)),
        phrase("other part", part=Part.CLOSE),
    ]
    assert ids(shortlist(bank, Part.FEELING, situation(), said=NOTHING, seed="x", most=9)) == []
    one_sign = situation(signs=frozenset({Sign.SILENCE}))
    assert ids(shortlist(bank, Part.FEELING, one_sign, said=NOTHING, seed="x", most=9)) == []
    full = situation(
        Kind.DEBRIEF, Wants.PLAN, Stage.HOURS, (Feeling.HURT,), frozenset({Sign.SILENCE, Sign.REFERRAL, Sign.INTERNAL})
    )
    assert set(ids(shortlist(bank, Part.FEELING, full, said=NOTHING, seed="x", most=9))) == {
        "kind",
        "feeling",
        "stage",
        "wants",
        "needs",
    }


def test_the_phrase_that_speaks_to_most_comes_first_and_none_comes_twice() -> None:
    bank = [phrase("any"), phrase("sad", feelings=(Feeling.SAD,)), phrase("silence", needs=(Sign.SILENCE,))]
    known = situation(feelings=(Feeling.SAD,), signs=frozenset({Sign.SILENCE}))
    assert ids(shortlist(bank, Part.FEELING, known, said=NOTHING, seed="x")) == ["silence", "sad", "any"]
    said = frozenset({"silence."})
    assert ids(shortlist(bank, Part.FEELING, known, said=said, seed="x", most=1)) == ["sad"]


def test_messages_vary_what_comes_first_and_one_message_does_not() -> None:
    bank = [phrase(str(number)) for number in range(6)]
    firsts = {ids(shortlist(bank, Part.FEELING, situation(), said=NOTHING, seed=str(n)))[0] for n in range(40)}
    assert len(firsts) > 2
    again = [ids(shortlist(bank, Part.FEELING, situation(), said=NOTHING, seed="\ud800")) for _ in range(2)]
    assert again[0] == again[1]


def write_bank(folder: Path, text: str) -> Path:
    for part in ("opening", "feeling", "perspective", "advice", "close", "identity"):
        (folder / f"{part}.toml").write_text("phrase = []\n", "utf-8")
    (folder / "close.toml").write_text(text, "utf-8")
    return folder


GOOD = '[[phrase]]\nid = "a"\ntext = "Fine."\nkinds = []\nfeelings = []\nstages = []\nwants = []\nneeds = []\n'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nonsense", ["close.toml"]),
        ("other = 1", ["close.toml", "phrase"]),
        ("phrase = 3", ["close.toml"]),
        ("phrase = ['a']", ["close.toml"]),
        (GOOD.replace('"Fine."', "7"), ["close.toml", "'a'"]),
        (GOOD.replace("kinds = []", 'kinds = ["wrong"]'), ["close.toml", "'a'", "wrong"]),
        (GOOD.replace("kinds = []", "kinds = 5"), ["close.toml", "'a'"]),
        (GOOD.replace("needs = []\n", ""), ["close.toml", "'a'", "needs"]),
        (GOOD + GOOD, ["close.toml", "'a'", "twice"]),
    ],
)
def test_a_wrong_file_is_named_with_its_phrase(tmp_path: Path, text: str, names: list[str]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_phrases(write_bank(tmp_path, text))
    for name in names:
        assert name in str(caught.value)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    assert [one.id for one in read_phrases(write_bank(tmp_path, GOOD))] == ["a"]
    (tmp_path / "close.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(KnowledgeError, match=r"close\.toml"):
        read_phrases(tmp_path)
    (tmp_path / "opening.toml").unlink()
    with pytest.raises(KnowledgeError, match=r"opening\.toml"):
        read_phrases(tmp_path)
