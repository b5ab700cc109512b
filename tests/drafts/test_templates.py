from __future__ import annotations

import re
import shutil

import pytest

from coach.draft import Channel, DraftKind
from coach.drafts.templates import read_templates
from coach.errors import KnowledgeError
from coach.resources import shipped


def test_every_kind_has_a_layout_for_every_channel():
    templates = read_templates(shipped("prompts", "drafts"))
    assert set(templates) == set(DraftKind)
    for template in templates.values():
        assert set(template.layout) == set(Channel)


def test_every_part_ends_with_a_line_that_always_fits_or_may_be_left_out():
    templates = read_templates(shipped("prompts", "drafts"))
    for kind, template in templates.items():
        for names in template.layout.values():
            for part in names:
                last = template.parts[part.name][-1]
                assert not last.needs | last.bars, (kind, part.name)
                assert set(last.slots) <= {"recipient_call", "at_company", "places"}, (kind, part.name)


def test_no_line_demands_flatters_or_shouts():
    for template in read_templates(shipped("prompts", "drafts")).values():
        for ways in template.parts.values():
            for line in ways:
                assert "!" not in line.text
                assert not re.search(r"\b(?:demand|reconsider|admire|dream|why did you)\b", line.text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("## layout\n- email thanks\n", r"thank_you\.md:2"),
        ("## layout\n- fax: thanks\n", r"thank_you\.md:2"),
        ("## layout\n- email: wish\n", "no layout for linkedin"),
        ("## layout\n- email: nowhere\n- linkedin: thanks\n- text: thanks\n- phone: thanks\n", "nowhere"),
        ("## thanks\nThank you.\n", r"thank_you\.md:2"),
    ],
)
def test_a_wrong_line_is_named_with_file_and_place(tmp_path, broken, message):
    folder = tmp_path / "drafts"
    shutil.copytree(shipped("prompts", "drafts"), folder)
    (folder / "thank_you.md").write_text(broken, "utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read_templates(folder)


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    with pytest.raises(KnowledgeError, match=r"common\.md is missing"):
        read_templates(tmp_path)
