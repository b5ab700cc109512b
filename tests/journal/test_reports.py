"""Reports of wrong replies: what they hold, and that they can be removed."""

from __future__ import annotations

import pytest
from journal_trials import done, sentence

from coach.errors import InputError
from coach.events import TakenBack
from coach.journal.reports import read_reports, remove_report


@pytest.fixture
def reported(journal):
    record = journal.record()
    for message, reply in (("One.", "You should have known."), ("Two.", "Fine.")):
        turn = record.begin(message)
        turn.add(sentence(reply, first=True))
        turn.add(done(reply))
        turn.end()
    record.report("felt wrong", "too harsh", number=0)
    record.take_back(0, TakenBack(text="Gone."), "Gone.")
    return record.conversation_id


def test_a_report_keeps_the_message_the_reply_and_its_origins_though_the_reply_is_gone(journal, reported):
    (report,) = read_reports(journal.database)
    stored = journal.read(reported)

    assert (report.message, report.reply) == ("One.", "You should have known.")
    assert (report.reason, report.comment, report.title) == ("felt wrong", "too harsh", "One")
    assert report.plain()["sentences"][0]["origin"] == sentence("x", first=True).origin.value
    assert [turn.reply for turn in stored.turns] == ["Gone.", "Fine."]
    assert stored.turns[0].events()[-1] == TakenBack(text="Gone.")
    assert journal.search("known") == []


def test_reports_are_removed_one_by_one_or_all_and_the_conversation_stays(journal, reported):
    journal.record(reported).report("felt wrong")
    first, second = read_reports(journal.database)
    assert remove_report(journal.database, first.id) == 1
    assert [each.id for each in read_reports(journal.database)] == [second.id]
    assert remove_report(journal.database, None) == 1
    assert read_reports(journal.database) == []
    assert len(journal.read(reported).turns) == 2


def test_an_unknown_report_is_told(journal, reported):
    with pytest.raises(InputError, match="no report"):
        remove_report(journal.database, "nothing")


def test_reports_of_deleted_conversations_are_not_shown(journal, reported):
    journal.delete(reported)
    assert read_reports(journal.database) == []
