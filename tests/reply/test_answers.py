from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError, KnowledgeError
from coach.llm import catalog
from coach.reply.answers import Answer, read_answers
from coach.reply.fits import needed_words
from coach.reply.guard import wording_fault
from coach.reply.matching import Answers, Learnt, all_asks, key, worth_of
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.tuning import embedder_identity
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


LEARNT = shipped("models", "classifiers", "answers.npz")


def learnt_for(folder: Path, *entries: Answer, kinds: Sequence[float] = (1.0,)) -> Learnt:
    """Return a model that likes likeness, patterns and the right kind, for entries that are all for asking feedback."""
    path = folder / "answers.npz"
    np.savez(
        path,
        key=np.array(key(all_asks(entries), "model")),
        vectors=np.ones((len(all_asks(entries)), 4), np.int8),
        weights=np.array([[-9.0, 6.0, 3.0, 0.0, 3.0, 0.0, 0.0]] * 2, np.float32),
        ids=np.array([entry.id for entry in entries]),
        kinds=np.array([Kind.ASK_FEEDBACK.value]),
        wants=np.array([Wants.DECISION.value]),
        of_kinds=np.array([[share] for share in kinds] * (len(entries) // len(kinds))),
        of_wants=np.ones((len(entries), 1)),
    )
    return Learnt(path)


def weighed(folder: Path, text: str, *entries: Answer, kinds: Sequence[float] = (1.0,)) -> list[str]:
    answers = Answers(entries, letters, learnt_for(folder, *entries, kinds=kinds))
    return [one.id for one in answers.find(text, vectors(text), ASKED)]


def test_of_two_entries_as_near_the_one_for_such_messages_comes_first(tmp_path: Path):
    other = entry(id="other")
    assert weighed(tmp_path, "Should I ask them for feedback?", other, entry(), kinds=(0.0, 1.0)) == [
        "ask-once",
        "other",
    ]


def test_an_entry_whose_patterns_do_not_all_hold_has_to_be_worth_more(tmp_path: Path):
    half = entry(about=(re.compile("feedback"), re.compile("visa")))
    assert weighed(tmp_path, "Should I ask them for feedback?", half, kinds=(1.0,)) == ["ask-once"]
    assert weighed(tmp_path, "Should I ask them for feedback?", half, kinds=(0.0,)) == []
    assert weighed(tmp_path, "Should I ask them for feedback?", entry(), kinds=(0.0,)) == ["ask-once"]


def test_what_may_not_be_said_keeps_an_entry_out_at_any_worth(tmp_path: Path):
    barred = entry(about=(re.compile("feedback"), re.compile(r"\A(?!.*visa)")))
    assert weighed(tmp_path, "Should I ask them for feedback?", barred) == ["ask-once"]
    assert weighed(tmp_path, "Should I ask them for feedback? visa", barred) == []


def test_worth_grows_with_the_signals():
    weights = np.array([[-1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]] * 2, np.float32)
    assert 0.0 < worth_of([0.0] * 6, weights) < worth_of([1.0] * 6, weights) < 1.0


def test_stored_vectors_are_of_exactly_the_texts_and_the_model(tmp_path: Path):
    learnt = learnt_for(tmp_path, entry())
    stored = learnt.vectors(all_asks([entry()]), "model")
    assert stored is not None
    assert stored.shape == (1, 4)
    assert learnt.vectors(["Something else"], "model") is None
    assert learnt.vectors(all_asks([entry()]), "other model") is None


def test_what_is_shipped_was_learnt_from_the_shipped_answers():
    identity = embedder_identity(catalog.load()[catalog.EMBEDDER].sha256)
    assert Learnt(LEARNT).vectors(all_asks(SHIPPED), identity) is not None


def test_a_damaged_file_is_named(tmp_path: Path):
    path = tmp_path / "answers.npz"
    path.write_bytes(b"damaged")
    with pytest.raises(CoachError, match=re.escape(str(path))):
        Learnt(path)


def test_a_file_says_at_its_top_that_it_is_for_later_messages(tmp_path: Path):
    row = '[[answer]]\nid = "a"\nquestion = true\nabout = ["x"]\nasks = ["b"]\ntexts = ["c"]'
    for head, later in (("", False), ("later = true\n", True)):
        (tmp_path / "one.toml").write_text(head + row)
        assert [one.later for one in read_answers(tmp_path)] == [later]


def test_what_is_for_later_messages_stays_out_of_the_first():
    later = entry(id="later", later=True)
    answers = Answers((entry(), later), letters)
    text = "Should I ask them for feedback?"
    assert [one.id for one in answers.find(text, vectors(text), ASKED)] == ["ask-once"]
    assert {one.id for one in answers.find(text, vectors(text), ASKED, later=True)} == {"ask-once", "later"}


def test_where_entries_are_weighed_too_the_first_message_gets_none_for_later_ones(tmp_path: Path):
    later = entry(id="later", later=True)
    answers = Answers((later,), letters, learnt_for(tmp_path, later))
    text = "Should I ask them for feedback?"
    assert not answers.find(text, vectors(text), ASKED)
    assert [one.id for one in answers.find(text, vectors(text), ASKED, later=True)] == ["later"]
