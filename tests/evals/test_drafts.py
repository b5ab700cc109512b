from __future__ import annotations

import json
from typing import cast

from coach.evals.drafts import answer_requests, summary
from coach.session import Session
from coach.wiring import Engine
from tests.talk import NeverAhead, scripted_turns

ROWS = [
    {
        "id": "a",
        "turns": ["feedback email to Ms Bell at Cobalt Freight", "text version"],
        "kind": "feedback_request",
        "channel": "text",
    },
    {"id": "b", "turns": ["thank you email to Jo", "actually don't, I'll ring"], "kind": "none", "channel": ""},
    {"id": "c", "turns": ["They said no an hour ago."], "kind": "thank_you", "channel": "email"},
]


class ScriptedEngine:
    def new_session(self, conversation_id: str | None = None, *, off_record: bool = False) -> Session:
        return Session(scripted_turns("You had a no."), NeverAhead())


def test_the_draft_after_the_last_turn_is_written_and_counted(tmp_path):
    out = tmp_path / "out.jsonl"
    done = answer_requests(cast(Engine, ScriptedEngine()), ROWS, out, lambda step: None)
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == done
    first, off, none = done
    assert set(first) == {"id", "kind", "subject", "body", "channel", "missing", "withheld", "reply"}
    assert first["kind"] == "feedback_request"
    assert first["channel"] == "text"
    assert first["subject"] == ""
    assert first["body"] in first["reply"]
    assert off["kind"] == none["kind"] == "none"
    assert off["body"] == none["body"] == ""
    told = summary(ROWS, done)
    assert "3 requests, 1 drafts" in told
    assert "kind as labelled: 2 of 3; not: c" in told
