from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from typer.testing import CliRunner

from coach.cli.app import app
from coach.draft import Channel, DraftKind
from coach.errors import InputError, StorageError

RUN = CliRunner()
FLAGS = ["--to", "Ms Osei", "--role", "shift supervisor", "--company", "Cobalt Freight", "--sender", "Ines"]


@pytest.mark.parametrize("kind", [kind.value for kind in DraftKind])
def test_every_kind_is_printed(kind):
    done = RUN.invoke(app, ["draft", kind, *FLAGS])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Subject: ")
    assert "Ms Osei" in done.stdout


@pytest.mark.parametrize("channel", [channel.value for channel in Channel])
def test_every_channel_is_printed_and_says_what_is_missing(channel):
    done = RUN.invoke(app, ["draft", "thank_you", "--channel", channel])
    assert done.exit_code == 0, done.output
    assert "[name]" in done.stdout
    assert "Still to fill in: " in done.stderr


def test_it_is_written_as_an_email(tmp_path):
    file = tmp_path / "note.eml"
    done = RUN.invoke(app, ["draft", "thank_you", *FLAGS, "--address", "osei@example.org", "--out", str(file)])
    assert done.exit_code == 0, done.output
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "osei@example.org"
    assert "shift supervisor" in message["Subject"]
    assert "Ms Osei" in message.get_content()


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("mine", "utf-8")
    done = RUN.invoke(app, ["draft", "thank_you", *FLAGS, "--out", str(file)])
    assert isinstance(done.exception, StorageError)
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["note.pdf", "note"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    done = RUN.invoke(app, ["draft", "thank_you", *FLAGS, "--out", str(tmp_path / name)])
    assert isinstance(done.exception, InputError)
    assert list(tmp_path.iterdir()) == []


def test_what_is_asked_and_added_is_in_it():
    done = RUN.invoke(
        app, ["draft", "feedback_request", *FLAGS, "--add", "I can start in May.", "--ask", "Was it the rota plan?"]
    )
    assert "I can start in May." in done.stdout
    assert "Was it the rota plan?" in done.stdout


def test_what_the_guard_stops_is_left_out_and_said():
    done = RUN.invoke(app, ["draft", "feedback_request", *FLAGS, "--add", "You are idiots."])
    assert done.exit_code == 0, done.output
    assert "idiots" not in done.stdout
    assert "Left out" in done.stderr


def test_hidden_characters_and_line_breaks_in_flags_do_no_harm():
    done = RUN.invoke(app, ["draft", "thank_you", "--to", "Ms\nOsei\u202e", "--role", "shift\tlead"])
    assert done.exit_code == 0, done.output
    assert "Dear Ms Osei," in done.stdout
    assert "\u202e" not in done.stdout
