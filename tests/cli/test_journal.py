from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from journal_trials import PASSPHRASE, done, sentence
from typer.testing import CliRunner, Result

from coach.cli import notes as notes_commands
from coach.cli.journal import app
from coach.errors import CoachError, InputError, JournalLocked, JournalTooNew
from coach.journal import keys
from coach.journal.store import Journal
from coach.settings import load


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Derive keys with less work."""
    monkeypatch.setattr(keys.KeyFile.__init__, "__kwdefaults__", {"n": 2**10, "r": 8, "p": 1, "check": ""})


@pytest.fixture
def folder(own_folders):
    return own_folders / "journal"


@pytest.fixture
def said(folder: Path) -> list[str]:
    """Two conversations on disk; returns their ids, the older first."""
    ids = []
    with Journal.open(folder) as journal:
        now = iter(range(1_790_000_000, 1_800_000_000))
        for message, reply in (("Northwind said no.", "That hurts."), ("Should I ask [bold]why[/bold]?", "You can.")):
            record = journal.record(clock=lambda: next(now))
            turn = record.begin(message)
            turn.add(sentence(reply, first=True))
            turn.add(done(reply))
            turn.end()
            ids.append(record.conversation_id)
    return ids


def coach(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=answer)


def done_by(*arguments: str, answer: str | None = None) -> str:
    """Run a command that succeeds, and return what it printed on standard output."""
    result = coach(*arguments, answer=answer)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def refused(*arguments: str, answer: str | None = None) -> CoachError:
    """Run a command that ends in an error made for users, and return it."""
    result = coach(*arguments, answer=answer)
    assert result.exit_code != 0
    assert isinstance(result.exception, CoachError), result.exception
    assert str(result.exception).endswith(".")
    assert result.exception.hint
    return result.exception


@pytest.fixture
def secret(tmp_path, monkeypatch) -> Path:
    """A passphrase file that the environment names."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    path.chmod(0o600)
    monkeypatch.setenv("COACH_PASSPHRASE_FILE", str(path))
    return path


def test_the_list_is_a_table_or_json(said):
    lines = done_by("list").splitlines()
    assert lines[0].split() == ["id", "last", "said", "title"]
    assert lines[1].startswith(said[1][:8])
    assert lines[1].rstrip().endswith("Should I ask [bold]why[/bold]?")
    values = json.loads(done_by("list", "--json"))
    assert [each["id"] for each in values] == said[::-1]
    assert set(values[0]) == {"id", "title", "created", "updated", "pinned", "archived", "deleted", "level"}
    assert len(json.loads(done_by("list", "--json", "--limit", "1"))) == 1


def test_an_empty_journal_is_said_to_be_one():
    assert done_by("list") == "There are no conversations here.\n"
    assert json.loads(done_by("list", "--json")) == []
    assert json.loads(done_by("search", "no", "--json")) == []


def test_a_conversation_is_shown_by_the_beginning_of_its_id(said, folder):
    with Journal.open(folder) as journal:
        record = journal.record(said[0])
        record.undo()
        record.begin("Northwind said no, by phone.").end()
        record.correct("employer", "Northwind")
    text = done_by("show", said[0][:6])
    assert "> Northwind said no, by phone." in text
    assert "- employer: Northwind" in text
    assert "That hurts." not in text
    assert "That hurts." in done_by("show", said[0], "--versions")
    values = json.loads(done_by("show", said[0], "--json"))
    assert values["turns"][0]["message"] == "Northwind said no, by phone."
    assert values["earlier"][0]["events"][0]["text"] == "That hurts."
    assert values["corrected"] == ["employer"]
    assert "There is no conversation" in str(refused("show", "zz"))


def test_search_names_the_conversation_and_who_said_it(said):
    lines = done_by("search", "northw").splitlines()
    assert [line.split()[0] for line in lines] == [said[0][:8]] * 2
    assert [line.split()[3] for line in lines] == ["you", "title"]
    assert done_by("search", "northwind", "why") == "Nothing was found.\n"
    hit = json.loads(done_by("search", "hurts", "--json"))[0]
    assert (hit["conversation_id"], hit["role"], hit["spans"]) == (said[0], "assistant", [[5, 10]])


def test_conversations_are_renamed_pinned_and_archived(said):
    done_by("rename", said[0], "The", "ward")
    done_by("pin", said[0])
    assert done_by("list").splitlines()[1].rstrip().endswith("The ward  (pinned)")
    done_by("pin", said[0], "--off")
    done_by("archive", said[0])
    assert [each["id"] for each in json.loads(done_by("list", "--json"))] == [said[1]]
    assert [each["id"] for each in json.loads(done_by("list", "--archived", "--json"))] == [said[0]]
    done_by("archive", said[0], "--off")
    assert len(json.loads(done_by("list", "--json"))) == 2


def test_a_deleted_conversation_can_be_restored_until_a_date(said):
    text = done_by("delete", said[0])
    assert text.startswith("Deleted. Until 20")
    assert f"coach journal restore {said[0][:8]}" in text
    assert len(json.loads(done_by("list", "--json"))) == 1
    assert json.loads(done_by("list", "--deleted", "--json"))[0]["id"] == said[0]
    done_by("restore", said[0][:8])
    assert len(json.loads(done_by("list", "--json"))) == 2
    assert "no deleted conversation" in str(refused("restore", said[0]))


def test_deleting_now_asks_and_is_for_good(said, folder):
    assert "Nothing was deleted" in done_by("delete", said[0], "--now", answer="n\n")
    assert b"Northwind" in (folder / "journal.db").read_bytes()
    assert "Gone for good" in done_by("delete", said[0], "--now", answer="y\n")
    assert b"Northwind" not in (folder / "journal.db").read_bytes()
    done_by("delete", said[1])
    assert "Gone for good" in done_by("delete", said[1], "--now", "--yes")
    assert json.loads(done_by("list", "--deleted", "--json")) == []


def test_everything_is_exported_and_imported(said, folder, tmp_path, monkeypatch):
    target = tmp_path / "everything.json"
    done_by("export", "--to", str(target))
    assert target.stat().st_mode & 0o077 == 0
    assert json.loads(target.read_text("utf-8"))["format"] == "rebound-journal"
    assert "exists" in str(refused("export", "--to", str(target)))
    done_by("export", "--to", str(target), "--replace")
    assert json.loads(done_by("export"))["tables"] == json.loads(target.read_text("utf-8"))["tables"]
    assert done_by("import", str(target)) == "0 conversations came in; 2 were here already.\n"
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "elsewhere"))
    assert done_by("import", "-", answer=target.read_text("utf-8")) == "2 conversations came in; 0 were here already.\n"
    assert json.loads(done_by("export"))["tables"] == json.loads(target.read_text("utf-8"))["tables"]


def test_one_conversation_is_exported_as_markdown(said, tmp_path):
    assert done_by("export", said[0][:8]).startswith("# Northwind said no\n")
    target = tmp_path / "no" / "folder.md"
    assert "cannot be written" in str(refused("export", said[0], "--to", str(target)))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", None])
def test_a_file_that_is_no_export_is_refused(tmp_path, content):
    file = tmp_path / "file.json"
    if content is not None:
        file.write_bytes(content)
    assert isinstance(refused("import", str(file)), InputError)


def test_erasing_everything_asks_and_takes_the_notes_along(said, own_folders, folder):
    notes = own_folders / "notes"
    (notes / "cv").mkdir(parents=True)
    (notes / "cv" / "cv.md").write_text("My CV")
    assert "Nothing was removed" in done_by("erase-all", answer="\n")
    assert (notes / "cv" / "cv.md").exists()
    assert "Erased." in done_by("erase-all", answer="y\n")
    assert not notes.exists()
    assert [path.name for path in folder.iterdir()] == ["journal.lock"]
    assert "Erased." in done_by("erase-all", "--yes")


def test_an_encrypted_journal_is_erased_without_its_passphrase(said, secret, folder, monkeypatch):
    done_by("encrypt", "--yes")
    monkeypatch.delenv("COACH_PASSPHRASE_FILE")
    done_by("erase-all", "--yes")
    assert not (folder / "journal.key").exists()


def test_encrypting_says_first_that_a_forgotten_passphrase_is_final(said, folder):
    result = coach("encrypt", answer="n\n")
    assert "If you forget it, nobody can open the journal again" in result.output
    assert "Nothing was changed" in result.output
    assert not (folder / "journal.key").exists()
    result = coach("encrypt", answer=f"y\n{PASSPHRASE}\nsomething else\n{PASSPHRASE}\n{PASSPHRASE}\n")
    assert result.exit_code == 0, result.output
    assert PASSPHRASE not in result.output
    assert "The journal and your notes are encrypted." in result.output
    assert b"Northwind" not in (folder / "journal.db").read_bytes()


def test_a_script_unlocks_with_a_file_and_nobody_can_be_asked_without_one(said, secret, monkeypatch):
    done_by("encrypt", "--yes")
    assert len(json.loads(done_by("list", "--json"))) == 2
    secret.write_text("some other passphrase\n")
    assert isinstance(refused("list"), JournalLocked)
    monkeypatch.delenv("COACH_PASSPHRASE_FILE")
    error = refused("show", said[0])
    assert isinstance(error, JournalLocked)
    assert "COACH_PASSPHRASE_FILE" in error.hint


def test_the_passphrase_is_changed_and_taken_away(said, secret, tmp_path, folder):
    done_by("encrypt", "--yes")
    new = tmp_path / "new"
    new.write_text("another seven lamps\n")
    new.chmod(0o600)
    done_by("encrypt", "--yes", "--new-passphrase-file", str(new))
    assert isinstance(refused("list"), JournalLocked)
    secret.write_text("another seven lamps\n")
    assert len(json.loads(done_by("list", "--json"))) == 2
    assert "no longer encrypted" in done_by("decrypt", "--yes")
    assert "is not encrypted" in done_by("decrypt", "--yes")
    assert b"Northwind" in (folder / "journal.db").read_bytes()


def test_an_export_of_an_encrypted_journal_is_said_to_be_plain(said, secret, tmp_path):
    done_by("encrypt", "--yes")
    result = coach("export", "--to", str(tmp_path / "plain.json"))
    assert "The journal is encrypted; this file is not." in result.output


@pytest.mark.parametrize("command", ["list", "show", "search", "export", "import", "delete", "encrypt", "decrypt"])
def test_no_command_takes_a_passphrase_as_an_argument(command):
    text = coach(command, "--help").output
    assert "--passphrase " not in text
    assert "--password" not in text


def test_a_repair_is_told_once(said, folder):
    with (folder / "journal.db").open("r+b") as file:
        file.write(bytes(100))
    result = coach("list")
    assert result.exit_code == 0
    assert "2 conversations with 2 messages were rescued" in result.stderr
    assert len(result.stdout.splitlines()) == 3
    assert coach("list").stderr == ""


def test_a_newer_journal_is_refused(said, folder):
    with Journal.open(folder) as journal:
        journal.database.run("PRAGMA user_version = 99")
    assert isinstance(refused("list"), JournalTooNew)


def test_days_of_undo_are_a_setting(said, monkeypatch):
    done_by("delete", said[0])
    monkeypatch.setenv("COACH_UNDO_DAYS", "0")
    assert load().undo_days == 0
    assert json.loads(done_by("list", "--deleted", "--json")) == []


def test_notes_are_learned_into_an_encrypted_journal(said, secret, own_folders, tmp_path, monkeypatch):
    monkeypatch.setattr(notes_commands, "_embed", lambda texts: np.ones((len(texts), 384), dtype=np.float32))
    commands = typer.Typer()
    commands.command("learn")(notes_commands.learn)
    commands.command("forget")(notes_commands.forget)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(commands, list(arguments))
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    for name in ("before", "after"):
        (tmp_path / f"{name}.md").write_text(
            "# Zephyrine\n\nZephyrine experience, in a sentence long enough to keep.\n"
        )
    run("learn", str(tmp_path / "before.md"))
    done_by("encrypt", "--yes")
    run("learn", str(tmp_path / "after.md"))
    listed = run("forget")
    assert "before.md" in listed
    assert "after.md" in listed
    kept = b"".join(path.read_bytes() for path in own_folders.rglob("*") if path.is_file())
    assert b"ephyrine" not in kept
    assert not (own_folders / "notes").exists()
    run("forget", "before.md")
    assert "before.md" not in run("forget")
