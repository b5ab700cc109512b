from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from coach.errors import KnowledgeError
from coach.reply.answers import Answer, read_answers
from coach.reply.fits import needed_words
from coach.reply.guard import wording_fault
from coach.reply.matching import Answers, kept
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.text import sentences
from coach.types import Fault, Kind, Situation, Vector, Vectors, Wants
from tests.reply.made import situation

SHIPPED = read_answers(shipped("knowledge", "answers"))
FAULTS = {Fault.PERSONALIZING, Fault.EMPLOYER_BLAME, Fault.TOXIC_POSITIVITY, Fault.UNSAFE, Fault.LEAK}
ASKED = situation(Kind.ASK_FEEDBACK, Wants.DECISION)


TOLD = "An automatic mail came at noon."


def letters(texts: Sequence[str]) -> Vector:
    """Stand in for an embedder: alike texts have many words in common."""
    rows = np.zeros((len(texts), 512), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in re.findall(r"\w+", text.lower()):
            row[sum(map(ord, word)) % 512] += 1
        row /= np.linalg.norm(row) or 1
    return rows


def vectors(text: str) -> Vectors:
    parts = tuple(sentences(text))
    return Vectors(whole=letters([text])[0], sentences=parts, each=letters(parts))


def entry(**changes: object) -> Answer:
    given: dict[str, object] = {
        "id": "ask-once",
        "question": True,
        "about": (re.compile("feedback", re.I),),
        "asks": ("Should I ask them for feedback?",),
        "texts": ("Yes, once.",),
    }
    return Answer(**given | changes)  # type: ignore[arg-type]


def found(text: str, *entries: Answer, read: Situation = ASKED) -> list[str]:
    return [one.id for one in Answers(entries, letters).find(text, vectors(text), read)]


def test_an_entry_is_found_by_likeness():
    assert found("Should I ask them for feedback?", entry()) == ["ask-once"]
    assert found("My cat is grey.", entry(about=(re.compile("cat"),))) == []


def test_an_entry_whose_patterns_do_not_hold_is_never_found():
    assert found("Should I ask them for feedback?", entry(about=(re.compile("visa"),))) == []


def test_every_pattern_has_to_hold_but_in_nearly_the_same_words():
    both = (re.compile("feedback"), re.compile("visa"))
    assert found("Should I now really ask for their feedback?", entry(about=both[:1])) == ["ask-once"]
    assert found("Should I now really ask for their feedback?", entry(about=both)) == []
    assert found("Should I ask them for feedback?", entry(about=both)) == ["ask-once"]


def test_a_slot_is_filled_from_the_persons_own_words():
    waited = entry(
        question=False,
        about=(re.compile(r"(?P<n>\w+) weeks"),),
        asks=("Seven weeks and then a no",),
        texts=("<n> weeks is long.",),
    )
    text = "Seven weeks and then a no"
    (one,) = Answers([waited], letters).find(text, vectors(text), situation())
    assert one.texts == ("Seven weeks is long.",)


def test_an_answer_to_a_question_counts_less_for_what_is_only_told():
    told = entry(id="told", question=False)
    text = "I did ask them for feedback. How do I sleep?"
    scores = {one.id: one.score for one in Answers([entry(), told], letters).find(text, vectors(text), ASKED)}
    assert scores.get("ask-once", 0.0) < scores["told"]


def test_what_can_be_said_to_any_such_question_comes_only_where_nothing_is_near():
    general = entry(id="any", default=True, asks=(), about=(re.compile("."),), kinds=(Kind.ASK_FEEDBACK,))
    assert found("Should I ask them for feedback?", entry(), general) == ["ask-once"]
    assert found("Should I wear the green hat?", entry(), general) == ["any"]
    assert found("I wear the green hat.", entry(), general) == []


def test_other_kinds_and_wishes_are_left_alone():
    assert found("Should I ask them for feedback?", entry(), read=situation(Kind.OFF_TOPIC)) == []
    assert found("Should I ask them for feedback?", entry(wants=(Wants.PLAN,))) == []


def test_vectors_are_kept_and_computed_anew_when_the_texts_or_the_file_change(tmp_path: Path):
    path, asked = tmp_path / "answers.npz", []

    def embed(texts: Sequence[str]) -> Vector:
        asked.append(list(texts))
        return letters(texts)

    first = kept(path, "model", embed)(["one two"])
    assert np.array_equal(kept(path, "model", embed)(["one two"]), first)
    assert len(asked) == 1
    kept(path, "model", embed)(["three"])
    kept(path, "other", embed)(["three"])
    path.write_bytes(b"damaged")
    kept(path, "other", embed)(["three"])
    assert len(asked) == 4


def test_a_disk_that_fills_up_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(file, **arrays):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert kept(tmp_path / "answers.npz", "model", letters)(["one"]).shape == (1, 512)
    assert list(tmp_path.iterdir()) == []


def test_a_question_is_answered_though_words_on_what_is_told_are_nearer():
    told = [
        entry(id=f"told-{number}", question=False, about=(re.compile("automatic"),), asks=(TOLD,))
        for number in range(3)
    ]
    general = entry(id="general", about=(re.compile("."),), asks=(), default=True)
    assert found(f"{TOLD} Should I ask why?", *told, general) == ["told-0", "told-1", "told-2", "general"]
    assert found(TOLD, *told, general, read=situation(Kind.ASK_FEEDBACK, Wants.COMFORT)) == [
        "told-0",
        "told-1",
        "told-2",
    ]


def test_reply_in_a_no_reply_address_is_no_reply():
    written = entry(about=(re.compile(r"\breply\b"),), asks=("The no came from a no-reply address.",))
    assert found("The no came from a no-reply address.", written) == []


def test_who_wants_no_advice_gets_only_what_was_written_for_that():
    steps = entry(about=(re.compile("now"),), asks=("What do I do now?",))
    refuses = situation(Kind.REFUSES_ADVICE, Wants.COMFORT)
    assert found("What do I do now?", steps) == ["ask-once"]
    assert found("What do I do now?", steps, read=refuses) == []


def test_vectors_are_computed_where_nothing_can_be_kept(tmp_path: Path):
    assert kept(tmp_path / "nowhere" / "answers.npz", "model", letters)(["one"]).shape == (1, 512)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing = 1", "no answers"),
        ('[[answer]]\nid = "a"\nquestion = true\nabout = ["("]\nasks = ["b"]\ntexts = ["c"]', "'a' is wrong"),
        ('[[answer]]\nid = "a"\nquestion = true\nabout = ["x"]\nasks = ["b"]\ntexts = ["<n> weeks"]', "slot 'n'"),
        ('[[answer]]\nid = "a"\nquestion = true\nabout = ["x"]\nasks = []\ntexts = ["c"]', "may not be empty"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str):
    (tmp_path / "one.toml").write_text(text)
    with pytest.raises(KnowledgeError, match=re.escape(said)):
        read_answers(tmp_path)


def test_no_shipped_answer_breaks_a_rule_of_wording():
    # What is said in quotation marks is for them to say to somebody else.
    for answer in SHIPPED:
        for text in (*answer.texts, *answer.more, *answer.steps):
            plain = re.sub(r"\"[^\"]*\"", "that", re.sub(r"<\w+>|\[[^\]]*\]", "seven", text))
            for sentence in sentences(plain):
                assert wording_fault(sentence) not in FAULTS, (answer.id, sentence)
            assert "!" not in text, answer.id


def test_every_shipped_wording_is_there_once():
    texts = [text for answer in SHIPPED for text in (*answer.texts, *answer.more, *answer.steps)]
    assert len(texts) == len(set(texts))


def test_every_example_of_a_statement_has_words_that_its_patterns_ask_for():
    for answer in SHIPPED:
        if not answer.default:
            held = [ask for ask in answer.asks if all(pattern.search(ask) for pattern in answer.about)]
            assert held, answer.id


def test_every_card_with_needed_words_exists():
    cards = {card.id for card in read_cards(shipped("knowledge"))}
    assert set(needed_words(shipped("knowledge", "card-fits.toml"))) <= cards
