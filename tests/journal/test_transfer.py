from __future__ import annotations

import json

import pytest
from journal_trials import fill

from coach.errors import InputError
from coach.journal import migrations, repair, transfer
from coach.journal.engine import Database
from coach.journal.migrations import migrate
from coach.journal.store import Journal


def rows(journal: Journal) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(journal.database.value(f"SELECT count(*) FROM {table}")) for table in migrations.TABLES}


@pytest.fixture
def full(journal, say):
    """Something in every table: versions, corrections, bytes, odd characters."""
    fill(journal, 5, turns=3)
    record = journal.record()
    say(record, "They said “no”,\nagain 🙃 \\ \u2028 x.", "That hurts.")
    first = say(record, "Two.", "Answer.")
    record.undo()
    say(record, "Two, edited.", "Answer.")
    record.begin("Never answered.")
    record.understand({"employer": "Northwind"})
    record.correct("employer", None)
    record.revise(record.keep("Dear team"), "Dear all")
    record.keep("Fools", hot=True)
    record.report("untrue", "no", turn_id=first)
    journal.delete(journal.conversations()[-1].id)
    journal.pin(record.conversation_id)
    journal.vault.put("notes/cv", bytes(range(256)))
    assert all(rows(journal).values())
    return journal


def content(journal: Journal) -> dict[str, object]:
    values: dict[str, object] = json.loads(transfer.to_json(journal))
    del values["exported"]
    return values


def test_an_import_gives_back_what_was_exported(full):
    with Journal.in_memory() as other:
        done = transfer.from_json(other, transfer.to_json(full))
        assert (done.new, done.present) == (6, 0)
        assert content(other) == content(full)
        assert repair.sound(other.database)
        for summary in full.conversations(archived=None):
            assert other.read(summary.id) == full.read(summary.id)
        assert other.search("dear all") == full.search("dear all")


def test_what_is_here_already_stays_as_it_is(full):
    export = transfer.to_json(full)
    newest = full.conversations()[0].id
    full.record(newest).begin("Said since.")
    before = content(full)
    done = transfer.from_json(full, export)
    assert (done.new, done.present) == (0, 6)
    assert content(full) == before


def test_two_journals_become_one_even_if_they_used_the_same_microseconds(full, say):
    with Journal.in_memory() as other:
        now = iter(range(1_790_000_000, 1_800_000_000))
        record = other.record(clock=lambda: next(now))
        say(record, "Elsewhere.", "Answer.")
        record.keep("Dear elsewhere")
        record.understand({"employer": "Elsewhere"})
        taken = full.database.rows("SELECT id FROM passage ORDER BY id LIMIT 3")
        own = other.database.rows("SELECT id FROM passage WHERE role != 'draft' ORDER BY id")
        for (mine,), (theirs,) in zip(own, taken, strict=True):
            other.database.run("UPDATE passage SET id = ? WHERE id = ?", (theirs, mine))
        export, expected = transfer.to_json(other), other.read(record.conversation_id)
    before = full.read(full.conversations()[0].id)
    done = transfer.from_json(full, export)
    assert (done.new, done.present) == (1, 0)
    assert full.read(record.conversation_id) == expected
    assert full.read(before.summary.id) == before
    assert repair.sound(full.database)


@pytest.mark.parametrize("schema", range(1, len(migrations.STEPS)))
def test_exports_of_earlier_versions_are_read(full, schema):
    values = json.loads(transfer.to_json(full))
    with Journal.in_memory() as other:
        old = Database(None)
        migrate(old, upto=schema)
        there = {row[0] for row in old.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        old.close()
        values["schema"] = schema
        values["tables"] = {name: rows for name, rows in values["tables"].items() if name in there}
        transfer.from_json(other, json.dumps(values))
        summary = full.conversations()[0]
        assert other.read(summary.id).turns == full.read(summary.id).turns
        assert other.search("edited") == full.search("edited")


def altered(text: str, change) -> str:
    values = json.loads(text)
    change(values)
    return json.dumps(values)


BROKEN = {
    "no format": lambda values: values.pop("format"),
    "no schema": lambda values: values.pop("schema"),
    "schema 0": lambda values: values.update(schema=0),
    "schema text": lambda values: values.update(schema="3"),
    "newer": lambda values: values.update(schema=99),
    "no tables": lambda values: values.pop("tables"),
    "tables list": lambda values: values.update(tables=[]),
    "other table": lambda values: values["tables"].update(sqlite_master=[]),
    "rows object": lambda values: values["tables"].update(turn={}),
    "row list": lambda values: values["tables"]["turn"].append([]),
    "column more": lambda values: values["tables"]["turn"][0].update(x=1),
    "column less": lambda values: values["tables"]["turn"][0].pop("id"),
    "wrong type": lambda values: values["tables"]["turn"][0].update(number="three"),
    "a list": lambda values: values["tables"]["turn"][0].update(id=[1]),
    "not base64": lambda values: values["tables"]["vault"][0].update(body={"base64": "%%"}),
    "an object": lambda values: values["tables"]["vault"][0].update(body={"x": 1}),
    "base64 number": lambda values: values["tables"]["vault"][0].update(body={"base64": 3}),
    "twice": lambda values: values["tables"]["turn"].append(values["tables"]["turn"][0]),
    "loose end": lambda values: values["tables"].update(conversation=values["tables"]["conversation"][1:]),
    "huge number": lambda values: values["tables"]["turn"][0].update(number=2**80),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_export_changes_nothing(full, change):
    export = altered(transfer.to_json(full), change)
    with Journal.in_memory() as other:
        with pytest.raises(InputError) as caught:
            transfer.from_json(other, export)
        assert str(caught.value).startswith(("This is not an export", "The export was written by a newer"))
        assert not any(rows(other).values())


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '"x"', "[" * 100_000])
def test_what_is_no_export_is_refused(journal, text):
    with pytest.raises(InputError, match="not an export"):
        transfer.from_json(journal, text)


def test_markdown_shows_the_conversation_as_it_stands(full):
    text = transfer.to_markdown(full.read(full.conversations()[0].id))
    assert text.startswith("# They said “no”,\n\nBegun ")
    assert "> They said “no”,\n> again 🙃 \\" in text
    assert "That hurts." in text
    assert "> Two, edited." in text
    assert "> Two.\n" not in text
    assert "(The answer broke off here.)" in text
    assert "> Dear all" in text
    assert "Dear team" not in text
    assert "Kept, not for sending" in text
