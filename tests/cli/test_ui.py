"""``coach ui``: where the page is opened, and other commands while it is open."""

from __future__ import annotations

import socket

import httpx
import pytest

from coach.ui import texts
from tests.program import Coach, Page
from tests.terminal import Terminal


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org", ""])
def test_a_host_that_others_can_reach_is_refused(terminal: Terminal, host: str) -> None:
    said = terminal("--host", host, "ui", "--no-browser")
    assert said.code == 1
    assert "other computers" in said.err
    assert "127.0.0.1" in said.err
    assert said.out.strip() == ""


def test_a_taken_port_moves_on_and_ask_works_while_the_page_is_open(program: Coach) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        page = Page(program, "--port", str(port))
        try:
            assert texts.OTHER_PORT.format(wanted=port) in page.lines
            moved = httpx.URL(page.url)
            assert moved.host == "127.0.0.1"
            assert (moved.port or 0) > port
            assert httpx.get(page.url, trust_env=False).status_code == 200

            asked = program.run("ask", "I was turned down today after the final interview. It hurts.")
            assert (asked.code, asked.err) == (0, "")
            assert len(asked.out.split()) >= 10
            assert httpx.get(page.url, trust_env=False).status_code == 200
        finally:
            assert page.end() == 0
    assert page.errors == ""
