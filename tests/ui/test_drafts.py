"""Drafts on the page: the block in the chat, and the panel with versions."""

from __future__ import annotations

import base64
import re

import pytest

from coach.ui import drafts, texts
from coach.ui.desk import Desk
from tests.ui.fake_engine import BY_WORD, DRAFT, FakeEngine
from tests.ui.test_desk import chat_of, do, talk
from tests.ui.test_render import Reader


def test_a_draft_is_a_block_that_can_be_copied_saved_mailed_and_revised() -> None:
    block = drafts.block(DRAFT, standing=True)
    shown = Reader(block)

    assert "Subject: A question <after> our talk" in shown.text
    assert "after" not in shown.tags
    for name in (
        texts.COPY,
        texts.DRAFT_TXT,
        texts.DRAFT_EML,
        texts.DRAFT_MAIL,
        *(row[0] for row in texts.DRAFT_REVISIONS),
    ):
        assert name in shown.text
    files = [base64.b64decode(each) for each in re.findall(r"data-bytes='([^']*)'", block)]
    assert files[0].decode() == f"{DRAFT.text}\n"
    assert b"X-Unsent: 1" in files[1]
    assert "href='mailto:?subject=A%20question" in block
    assert "\n" not in block
    assert set(shown.tags) == {"div", "p", "br", "button", "a"}


def test_an_older_draft_is_not_revised() -> None:
    assert texts.DRAFT_REVISIONS[0][0] not in Reader(drafts.block(DRAFT, standing=False)).text


@pytest.mark.parametrize("revision", texts.DRAFT_REVISIONS)
def test_only_the_last_draft_can_be_revised(revision: tuple[str, str]) -> None:
    desk = Desk(FakeEngine(by_word=BY_WORD))
    talk(desk, "draft one")
    talk(desk, "draft two")
    shown = chat_of(desk.whole("a"))
    assert shown.count(f">{revision[0]}</button>") == 1
    assert shown.rindex("class='draft'") < shown.index(f">{revision[0]}</button>")


def test_a_draft_is_kept_with_its_versions_and_changed_by_hand() -> None:
    desk = Desk(FakeEngine(by_word=BY_WORD))
    shown = talk(desk, "draft one")["drafts"]
    assert texts.DRAFT_VERSION.format(number=1, author=texts.DRAFT_AUTHORS["coach"]) in shown
    assert "<textarea id='draft-body' name='body' rows='8'>Dear Mara,&#10;&#10;thank you &amp; the team." in shown
    kept = do(desk, "edit_draft", subject="A question", body="Dear Mara,\n\n<b>hello</b>.\n\nBest,\nJo")["drafts"]
    assert texts.DRAFT_KEPT in kept
    assert texts.DRAFT_VERSION.format(number=2, author=texts.DRAFT_AUTHORS["you"]) in kept
    assert "&lt;b&gt;hello&lt;/b&gt;" in kept
    assert "<b>" not in kept
    assert "is empty" in do(desk, "edit_draft", subject="", body=" ")["notice"]
    assert "There is no draft" in do(Desk(FakeEngine()), "edit_draft", subject="x", body="y")["notice"]
