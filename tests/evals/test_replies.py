"""Running files through the pipeline: what is written, and what bad files are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import CoachError, EmbedderUnavailable, InputError
from coach.evals.replies import answer, answer_messages, answer_scripts, read_messages, read_scripts, repeated, summary
from coach.llm.scripted import ScriptedModel
from coach.session import Session
from tests.program import Coach
from tests.talk import NeverAhead, scripted_turns
from tests.terminal import Terminal

TEXT = "I applied to eleven companies in May. None replied."
ECHO = "You applied to eleven companies in May."
FIELDS = {
    "reply",
    "sentences",
    "cards",
    "kind",
    "wants",
    "level",
    "withheld",
    "floor",
    "model_share",
    "first_text_s",
    "total_s",
}


@pytest.fixture(autouse=True)
def nothing_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages give no echo to choose from, so that the scripted model is heard."""
    monkeypatch.setattr("coach.reply.row.particular_echoes", lambda _: [])


class OneEngine:
    """Opens sessions whose model says the same each time, and counts them."""

    def __init__(self, *said: str) -> None:
        self.said = said
        self.opened = 0

    def new_session(self, conversation_id: str | None = None, *, off_record: bool = False) -> Session:
        assert off_record, "nothing of an eval is kept"
        self.opened += 1
        return Session(scripted_turns(*self.said), NeverAhead())


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def written(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_turn_is_written_with_the_origin_of_each_sentence():
    row = answer(Session(scripted_turns(ECHO), NeverAhead()), TEXT)
    assert set(row) == FIELDS
    assert row["sentences"][0] == {"text": ECHO, "origin": "yours", "part": "echo", "decoded": True, "card": None}
    assert row["reply"].startswith(ECHO)
    assert {each["origin"] for each in row["sentences"][1:]} <= {"phrase", "card"}
    assert 0 < row["model_share"] <= 1
    assert row["floor"] is False


def test_what_was_withheld_is_written_with_its_reason():
    row = answer(Session(scripted_turns("You failed because you are weak."), NeverAhead()), TEXT)
    assert row["withheld"][0]["text"] == "You failed because you are weak."
    assert row["withheld"][0]["reason"] == "personalizing"
    assert "weak" not in row["reply"]


def test_fixed_text_is_a_sentence_of_its_own_and_part_of_the_reply():
    row = answer(Session(scripted_turns(ECHO), NeverAhead()), "L3 now")
    assert row["reply"] == "Fixed text for L3."
    assert row["sentences"] == [
        {"text": "Fixed text for L3.", "origin": "safety", "part": "fixed", "decoded": False, "card": None}
    ]
    assert (row["kind"], row["level"]) == (None, "L3")


def test_a_failed_turn_ends_the_eval_and_says_why():
    with pytest.raises(CoachError, match="gone"):
        answer(Session(scripted_turns(error=EmbedderUnavailable("gone")), NeverAhead()), TEXT)


def test_each_message_has_a_conversation_of_its_own(tmp_path: Path):
    rows = read_messages(lines(tmp_path / "in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
    engine, told = OneEngine(ECHO), list[str]()
    done = answer_messages(engine, rows, tmp_path / "out.jsonl", told.append)  # type: ignore[arg-type]
    assert engine.opened == 2
    assert written(tmp_path / "out.jsonl") == done
    assert [row["id"] for row in done] == ["a", "b"]
    # A second conversation does not know what was said in the first.
    assert done[0]["reply"] == done[1]["reply"]
    assert len(told) == 2


def test_an_eval_goes_on_where_it_was_cut_off(tmp_path: Path):
    rows = read_messages(lines(tmp_path / "in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
    out = lines(tmp_path / "out.jsonl", {"id": "a", "reply": "kept"})
    engine = OneEngine(ECHO)
    done = answer_messages(engine, rows, out, lambda _: None, resume=True)  # type: ignore[arg-type]
    assert engine.opened == 1
    assert done[0] == {"id": "a", "reply": "kept"}
    assert [row["id"] for row in written(out)] == ["a", "b"]


def test_turns_of_a_script_share_one_conversation(tmp_path: Path):
    rows = read_scripts(lines(tmp_path / "in.jsonl", {"id": "a", "turns": [TEXT, "They said no again in June."]}))
    engine = OneEngine(ECHO)
    [done] = answer_scripts(engine, rows, tmp_path / "out.jsonl", lambda _: None)  # type: ignore[arg-type]
    assert engine.opened == 1
    assert [turn["text"] for turn in done["turns"]] == rows[0]["turns"]
    assert set(done["turns"][0]) == {"text", *FIELDS}


def test_repetition_is_counted_without_drafts():
    said = {"text": "One.", "origin": "phrase"}
    draft = {"text": "Dear [name],", "origin": "draft"}
    assert repeated([{"sentences": [said, draft]}, {"sentences": [said, draft]}]) == 1


def test_a_summary_counts_what_was_shown_and_withheld():
    good = answer(Session(scripted_turns(ECHO), NeverAhead()), TEXT)
    bad = answer(Session(scripted_turns("You failed because you are weak."), NeverAhead()), TEXT)
    floor = answer(Session(scripted_turns(model=ScriptedModel(error=CoachError("x"))), NeverAhead()), "L3 now")
    told = summary([good, bad, floor])
    assert told.startswith("3 replies, 2 with coaching; 0 empty")
    assert "withheld: personalizing 1" in told
    assert "fixed text 1" in told
    assert "floor: 0 of 2 (0.00)" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "has no lines"),
        ("not json\n", "line 1: this is not JSON"),
        ("[1]\n", "line 1: this is not a JSON object"),
        ('{"id": "a"}\n', "line 1: text is missing"),
        ('{"id": 3, "text": "x"}\n', "line 1: id is missing or is not a str"),
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n', "'a' is there twice"),
    ],
)
def test_bad_files_get_a_clear_sentence(tmp_path: Path, content: str, told: str):
    path = tmp_path / "in.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=told):
        read_messages(path)


def test_files_that_are_not_there_or_no_text_get_a_clear_sentence(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        read_messages(tmp_path / "none.jsonl")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_messages(tmp_path / "bytes.jsonl")


def test_turns_have_to_be_texts(tmp_path: Path):
    with pytest.raises(InputError, match="have to be texts"):
        read_scripts(lines(tmp_path / "in.jsonl", {"id": "a", "turns": [1]}))


def test_the_command_answers_a_file_without_a_model(
    terminal: Terminal, program: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    program.use(monkeypatch)
    source = lines(tmp_path / "in.jsonl", {"id": "a", "text": "They turned me down an hour ago."})
    said = terminal("eval", "replies", str(source), "--out", str(tmp_path / "out.jsonl"), "--floor")
    assert said.code == 0
    [row] = written(tmp_path / "out.jsonl")
    assert row["floor"] is True
    assert row["reply"]
    assert row["model_share"] == 0
    assert "1 of 1 (1.00)" in said.out


def test_the_command_says_what_is_wrong_with_a_file(terminal: Terminal, tmp_path: Path):
    said = terminal("eval", "replies", str(lines(tmp_path / "in.jsonl", "x")), "--out", str(tmp_path / "out.jsonl"))
    assert said.code != 0
    assert "line 1" in said.err
    assert "Traceback" not in said.err
