from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from coach.errors import JournalTooNew
from coach.journal import migrations, repair
from coach.journal.engine import Database
from coach.journal.files import Folder
from coach.journal.migrations import APPLICATION_ID, STEPS, TABLES, migrate
from coach.journal.store import Journal
from coach.journal.stored import State

SCHEMAS = Path(__file__).parent / "schemas"


def statements(number: int) -> tuple[list[str], list[str]]:
    """The frozen statements of a step, and those that fill its tables."""
    text = (SCHEMAS / f"{number}.sql").read_text("utf-8")
    schema, rows = text.split("-- What a user of that version had.\n")
    schema = re.sub(r"^--.*\n", "", schema, flags=re.MULTILINE)
    ends = re.split(r";\n(?=CREATE|INSERT|\Z|\n)", schema.rstrip() + "\n")
    return [each.strip() for each in ends if each.strip()], rows.strip().removesuffix(";").split(";\n")


def written_by(folder: Path, version: int) -> None:
    """Write a journal as that version did, from the frozen files alone."""
    place = Folder(path=folder)
    place.prepare()
    place.create(place.database)
    with contextlib.closing(Database(place.database)) as database:
        database.run(f"PRAGMA application_id = {APPLICATION_ID}")
        for number in range(1, version + 1):
            for part in statements(number):
                for statement in part:
                    database.run(statement)
        if version:
            database.run(f"PRAGMA user_version = {version}")


def schema_of(database: Database) -> list[tuple[object, ...]]:
    return sorted(database.rows("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"), key=str)


def test_released_steps_are_as_they_were():
    assert len(list(SCHEMAS.glob("*.sql"))) == len(STEPS)
    for number, step in enumerate(STEPS, 1):
        assert list(step) == statements(number)[0]


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_every_earlier_file_becomes_what_a_new_one_is(folder, version):
    written_by(folder, version)
    with Journal.open(folder) as journal, contextlib.closing(Database(None)) as fresh:
        migrate(fresh)
        assert schema_of(journal.database) == schema_of(fresh)
        assert journal.database.value("PRAGMA user_version") == len(STEPS)
        assert journal.notices == ()
        assert repair.sound(journal.database)


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_what_was_in_an_earlier_file_is_still_there(folder, version):
    written_by(folder, version)
    with Journal.open(folder) as journal:
        found = journal.read("c1")
        assert [turn.message for turn in found.turns] == ["Northwind said no.", "I cannot sleep."]
        assert [turn.state for turn in found.turns] == [State.DONE, State.OPEN]
        assert len(found.turns[0].events()) == 1
        assert {hit.role for hit in journal.search("northwind")} == {"user", "title"}
        assert len(journal.search("zurich")) == (2 if version >= 2 else 0)
        assert found.facts == ({"employer": "Southwind"} if version >= 3 else {})
        assert journal.vault.get("notes/cv") == (b"\x00\xff" if version >= 3 else None)
        journal.record("c1").begin("It goes on.").end()
        assert len(journal.read("c1").turns) == 3


def test_tables_are_all_named():
    with contextlib.closing(Database(None)) as database:
        migrate(database)
        names = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in names if not name.startswith("search")} == set(TABLES)


def test_a_newer_file_is_refused_and_not_touched(folder):
    written_by(folder, len(STEPS))
    database = Folder(path=folder).database
    with contextlib.closing(Database(database)) as opened:
        opened.run(f"PRAGMA user_version = {len(STEPS) + 1}")
    before = database.read_bytes()
    with pytest.raises(JournalTooNew, match="newer Rebound") as caught:
        Journal.open(folder)
    assert "newer Rebound" in caught.value.hint
    assert database.read_bytes() == before
    assert not Folder(path=folder).aside.exists()
    assert not Folder(path=folder).doubt.exists()


@pytest.mark.parametrize("broken", range(1, len(STEPS) + 1))
def test_a_step_that_fails_in_the_middle_leaves_the_file_as_it_was(folder, monkeypatch, broken):
    written_by(folder, broken - 1)
    database = Folder(path=folder).database
    steps = [*STEPS[: broken - 1], (*STEPS[broken - 1][:2], "SELECT * FROM missing"), *STEPS[broken:]]
    with contextlib.closing(Database(database)) as opened:
        before = schema_of(opened)
        with monkeypatch.context() as patched:
            patched.setattr(migrations, "STEPS", tuple(steps))
            with pytest.raises(Exception, match="no such table"):
                migrate(opened)
        assert schema_of(opened) == before
        assert opened.value("PRAGMA user_version") == broken - 1
        migrate(opened)
        assert repair.sound(opened)
