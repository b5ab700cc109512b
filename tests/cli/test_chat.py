"""``coach chat``, in a terminal of its own."""

from __future__ import annotations

import contextlib
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from coach.brain import Brain
from tests.program import LIMIT_S, ROOT, Coach
from tests.terminal import Terminal

pty = pytest.importorskip("pty", reason="a pseudo-terminal needs Unix")

HURT = "I was turned down today after the final interview. It hurts."
# Read slowly enough by any model that Ctrl-C comes before the answer.
LONG = " ".join(f"Then came question {number} and I had nothing." for number in range(80))


class Screen:
    """A person at a terminal: reads what is on the screen, types, presses keys."""

    def __init__(self, coach: Coach, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coach", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=coach.environment(TERM="dumb", COLUMNS="10000"),
            start_new_session=True,
            # Makes this its controlling terminal, so that Ctrl-C is typed and not sent.
            preexec_fn=lambda: pty_controls(slave),
        )
        os.close(slave)
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def wait_for(self, pattern: str) -> str:
        """Return what came up to a pattern, which is read off the screen with it."""
        end = time.monotonic() + LIMIT_S
        while not (match := re.search(pattern, self.seen)):
            assert time.monotonic() < end, f"{pattern!r} did not come: {self.seen!r}"
            if select.select([self._master], [], [], 0.5)[0] and not self._read():
                raise AssertionError(f"it ended before {pattern!r} came: {self.seen!r}")
        before, self.seen = self.seen[: match.end()], self.seen[match.end() :]
        return before

    def rest(self) -> str:
        """Return what comes until it ends."""
        while self._read():
            pass
        return self.seen

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that the other side has closed
            return False
        self.seen += data.decode("utf-8", "replace")
        return bool(data)


def pty_controls(descriptor: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(descriptor, termios.TIOCSCTTY, 0)


@pytest.fixture
def screen(program: Coach) -> Iterator[Screen]:
    screen = Screen(program, "chat", "--explain")
    yield screen
    screen.close()


def test_ctrl_c_stops_the_answer_and_keeps_the_chat(screen: Screen) -> None:
    assert "not therapy" in screen.wait_for(r"You: ")

    # A terminal takes lines of 4,095 characters at most.
    assert len(LONG) < 4000
    screen.type(f"{LONG}\n")
    # The model begins to read now; before that, Ctrl-C could be heard as one at the prompt.
    screen.wait_for("SituationRead")
    screen.type("\x03")
    assert "[stopped]" in screen.wait_for(r"You: ")

    screen.type(f"{HURT}\n")
    screen.wait_for("SituationRead")
    answer = screen.wait_for(r"You: ")
    assert "[stopped]" not in answer
    assert len(answer.split()) >= 10

    screen.type("\x04")
    assert "Traceback" not in screen.rest()
    assert screen.process.wait() == 0


def test_ctrl_c_at_the_prompt_ends_the_chat(screen: Screen) -> None:
    screen.wait_for(r"You: ")
    # Python hears no Ctrl-C between the prompt and the wait for a line.
    time.sleep(1)
    screen.type("\x03")
    assert "Traceback" not in screen.rest()
    assert screen.process.wait() == 0


def test_a_chat_can_be_piped(program: Coach) -> None:
    ran = program.run("chat", stdin=f"{HURT}\nthanks\n{'no ' * 9000}\nthank you\n".encode())
    assert ran.code == 0
    assert "You are welcome." in ran.out
    assert "20,000" in ran.err, "a message that is too long ends nothing"
    assert ran.out.count("You: ") == 5


def test_a_first_message_in_crisis_waits_for_nothing(
    terminal: Terminal, program: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.use(monkeypatch)
    monkeypatch.setattr(Brain, "start", lambda *_, **__: None)  # as if loading took for ever
    said = terminal("chat", "--off-record", stdin=b"I want to kill myself over this\n")
    assert said.code == 0
    assert "I am a program and cannot" in said.out.partition("You: ")[2]
    assert "call your local emergency number" in said.out.partition("You: ")[0], "the first lines say where help is"
