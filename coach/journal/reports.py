"""Reports of wrong replies: kept on this computer, for the user to read, take along or remove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.errors import InputError
from coach.events import SafetyReply, Sentence, to_json
from coach.journal import codec, columns
from coach.journal.engine import Database
from coach.types import Card

_QUERY = """
    SELECT report.id, report.at, report.reason, report.comment, turn.id, conversation.id,
        (SELECT text FROM passage WHERE turn_id = turn.id AND role = 'user'),
        (SELECT text FROM passage WHERE conversation_id = conversation.id AND role = 'title')
    FROM report JOIN turn ON turn.id = report.turn_id JOIN conversation ON conversation.id = turn.conversation_id
    WHERE conversation.deleted IS NULL ORDER BY report.at DESC, report.id
"""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A reply that the user called wrong, as it was shown then.

    ``at`` is in seconds since 1970; ``sentences`` are those of the reply, each with its origin.
    """

    id: str
    at: float
    reason: str
    comment: str
    conversation_id: str
    title: str
    message: str
    sentences: tuple[Sentence | SafetyReply, ...]

    @property
    def reply(self) -> str:
        """The reply's text."""
        return "".join((each.lead if isinstance(each, Sentence) else "") + each.text for each in self.sentences)

    def plain(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "id": self.id,
            "at": self.at,
            "reason": self.reason,
            "comment": self.comment,
            "conversation": self.conversation_id,
            "message": self.message,
            "reply": self.reply,
            "sentences": [to_json(each) for each in self.sentences],
        }


def read_reports(database: Database, cards: Mapping[str, Card] | None = None) -> list[Reported]:
    """Return all reports of conversations that are not deleted, the latest first."""
    with database.reading():
        return [_reported(database, row, cards) for row in database.rows(_QUERY)]


def remove_report(database: Database, report_id: str | None) -> int:
    """Remove a report for good, or (None) all of them; return how many. The conversations stay.

    Raises:
        InputError: There is no report with that id.
    """
    with database.writing() as writing:
        gone = writing.run("DELETE FROM report WHERE id = coalesce(?, id)", (report_id,))
    if report_id is not None and not gone:
        raise InputError(f"There is no report {report_id!r}.", hint="Run `coach journal reports` to see them.")
    database.forget_removed()
    return gone


def _reported(database: Database, row: tuple[Any, ...], cards: Mapping[str, Card] | None) -> Reported:
    bodies = database.rows("SELECT body FROM event WHERE turn_id = ? ORDER BY number", (row[4],))
    events = [codec.decode(columns.text(body), cards) for (body,) in bodies]
    return Reported(
        id=columns.text(row[0]),
        at=columns.moment(row[1]),
        reason=columns.text(row[2]),
        comment=columns.text(row[3]),
        conversation_id=columns.text(row[5]),
        title=columns.text_or_none(row[7]) or "",
        message=columns.text_or_none(row[6]) or "",
        sentences=tuple(event for event in events if isinstance(event, Sentence | SafetyReply)),
    )
