from __future__ import annotations

import pytest


@pytest.fixture
def talked(journal, say):
    record = journal.record()
    say(record, "Northwind said no after the panel interview in Zürich.", "You had a panel interview.")
    say(record, "My sister's café is closed; she says don't worry.", "That is kind of her.")
    record.keep("Dear Ms Bell, thank you for the interview.")
    record.keep("You utter fools", hot=True)
    return journal


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("northwind", ["user", "title"]),
        ("NORTHW", ["user", "title"]),
        ("zurich", ["user", "title"]),
        ("cafe", ["user"]),
        ("don't", ["user"]),
        ("interview panel", ["assistant", "user", "title"]),
        ("bell", ["draft"]),
        ("fools", ["hot"]),
        ("north", ["user", "title"]),
        ("orthwind", []),
        ("northwind sister", []),
        ("", []),
        ("?!*", []),
        ('"', []),
        ("northwind*", ["user", "title"]),
        ("text: northwind", []),
        ("NEAR(northwind)", []),
        ("northwind OR sister", []),
        ("northwind\0sister", []),
    ],
)
def test_all_words_in_any_order_the_latest_first(talked, words, roles):
    assert [hit.role for hit in talked.search(words)] == roles


def test_a_hit_shows_where_the_words_are(talked):
    hit = talked.search("panel zür")[0]
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["panel", "Zürich"]
    assert hit.snippet == "Northwind said no after the panel interview in Zürich."
    assert hit.turn_id == talked.read(hit.conversation_id).turns[0].id


def test_a_limit_keeps_the_latest(talked):
    assert [hit.role for hit in talked.search("interview", limit=1)] == ["draft"]


def test_sentences_are_found_while_the_answer_is_written(journal):
    from journal_trials import sentence

    turn = journal.record().begin("They said no.")
    turn.add(sentence("That hurts.", first=True))
    turn.add(sentence("Rest today.", first=False))
    assert [hit.snippet for hit in journal.search("hurts today")] == ["That hurts. Rest today."]


def test_other_scripts_are_found(journal, say):
    say(journal.record(), "Я получила отказ от Северного ветра.", "Это больно.")
    assert [hit.role for hit in journal.search("отказ")] == ["user", "title"]
