from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from coach.draft import Channel, DraftBrief, DraftKind
from coach.drafts.mail import as_eml, as_txt, checked_address, mailto
from coach.errors import InputError
from coach.events import Draft

DRAFT = Draft(
    kind=DraftKind.THANK_YOU,
    channel=Channel.EMAIL,
    subject="Thank you & a question: 100 % Zoë?",
    body="Dear Zoë,\n\nOne line; no more.\n\nInes",
    missing=(),
    brief=DraftBrief(kind=DraftKind.THANK_YOU, channel=Channel.EMAIL),
)


def test_a_mail_program_reads_back_what_was_written():
    message = message_from_bytes(as_eml(DRAFT, to="zoe.b+x@example.org"), policy=default)
    assert message["To"] == "zoe.b+x@example.org"
    assert message["Subject"] == DRAFT.subject
    assert message.get_content().replace("\r\n", "\n").strip() == DRAFT.body
    assert message["X-Unsent"] == "1"


def test_no_header_gets_in_through_subject_or_address():
    sly = replace(DRAFT, subject="Thanks\r\nBcc: all@example.org")
    message = message_from_bytes(as_eml(sly), policy=default)
    assert message["Bcc"] is None
    for address in ("a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", "a b@c.org", "@b.org", ""):
        with pytest.raises(InputError):
            checked_address(address)


def test_only_an_email_is_written_as_one():
    with pytest.raises(InputError):
        as_eml(replace(DRAFT, channel=Channel.TEXT, subject=""))


def test_a_link_holds_everything_escaped():
    link = mailto(DRAFT, to="zoe@example.org")
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert parts.path == "zoe@example.org"
    values = parse_qs(parts.query)
    assert values["subject"] == [DRAFT.subject]
    assert values["body"] == [DRAFT.body.replace("\n", "\r\n")]
    assert set(values) == {"subject", "body"}
    for mark in (" ", "\n", '"', "<"):
        assert mark not in link


def test_a_link_takes_no_further_headers():
    link = mailto(replace(DRAFT, subject="x&bcc=all@example.org"))
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}
    with pytest.raises(InputError):
        mailto(DRAFT, to="a@b.org?bcc=c@d.org")


def test_text_is_the_draft_as_shown():
    assert as_txt(DRAFT).decode() == f"Subject: {DRAFT.subject}\n\n{DRAFT.body}\n"
