"""Drafts as files and links: .eml for mail programs, .txt for all else, mailto for a click."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from coach.draft import Channel
from coach.errors import InputError
from coach.events import Draft

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def checked_address(address: str) -> str:
    """Return an email address as it may stand in a header or link.

    Raises:
        InputError: It is none. A line break in it could smuggle in a header.
    """
    address = address.strip(" \t")
    if not _ADDRESS.fullmatch(address):
        raise InputError(f"{address!r} is no email address.", hint="Write it as name@example.org.")
    return address


def as_eml(draft: Draft, *, to: str = "") -> bytes:
    """Return an email draft as a file that mail programs open, ready to be looked at and sent by hand.

    Args:
        draft: The draft.
        to: The address of the reader; may be empty.

    Raises:
        InputError: The address is none, or the draft is no email.
    """
    if draft.channel is not Channel.EMAIL:
        raise InputError("Only an email can be written as .eml.", hint="Choose a file name that ends in .txt.")
    message = EmailMessage(policy=SMTP)
    if to:
        message["To"] = Address(addr_spec=checked_address(to))
    message["Subject"] = _one_line(draft.subject)
    # Mail programs open a file with this header for editing instead of reading.
    message["X-Unsent"] = "1"
    message.set_content(draft.body + "\n")
    return message.as_bytes()


def as_txt(draft: Draft) -> bytes:
    """Return a draft as plain text, UTF-8."""
    return f"{draft.text}\n".encode()


def mailto(draft: Draft, *, to: str = "") -> str:
    """Return a link that opens the draft in a mail program. Everything in it is escaped.

    Raises:
        InputError: The address is none.
    """
    address = quote(checked_address(to), safe="@") if to else ""
    body = draft.body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{address}?subject={quote(_one_line(draft.subject), safe='')}&body={quote(body, safe='')}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
