"""A journal in an empty folder, and events to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from journal_trials import done, sentence

from coach.journal.record import Record
from coach.journal.store import Journal


@pytest.fixture
def folder(own_folders: Path) -> Path:
    """The folder of the journal; it does not exist yet."""
    return own_folders / "journal"


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    """An open, empty, plain journal."""
    with Journal.open(folder) as opened:
        yield opened


@pytest.fixture
def say() -> Callable[..., str]:
    """A whole turn: say(record, message, *sentences) returns its id."""

    def run(record: Record, message: str, *sentences: str) -> str:
        turn = record.begin(message)
        for number, text in enumerate(sentences):
            turn.add(sentence(text, first=number == 0))
        turn.add(done(" ".join(sentences)))
        turn.end()
        return turn.id

    return run
