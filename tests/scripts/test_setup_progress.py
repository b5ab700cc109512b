from __future__ import annotations

import io
import os
import sys

import pytest
from machine import Lack
from setup_progress import Reporter


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def reporter(tmp_path, out) -> Reporter:
    return Reporter(log=tmp_path / "folder" / "setup.log", out=out, every_s=0.05)


def run(reporter, code: str) -> None:
    reporter.run("a step", [sys.executable, "-c", code], os.environ)


def test_a_step_shows_that_it_is_at_work_and_how_long_it_took(reporter, out):
    run(reporter, "import time; time.sleep(0.4); print('quiet')")
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("  a step ... ")
    assert lines[-1].startswith("  done: a step (")
    assert "quiet" not in out.getvalue()
    assert "quiet" in reporter.log.read_text()


def test_a_failed_step_shows_the_end_of_its_log(reporter):
    with pytest.raises(Lack, match=r"(?s)failed: a step.*no such wheel") as raised:
        run(reporter, "import sys; print('x\\n' * 50); sys.exit('no such wheel')")
    assert len(str(raised.value).splitlines()) < 20


def test_a_step_reads_no_standard_input(tmp_path, reporter):
    typed = tmp_path / "typed"
    typed.write_text("y")
    own = os.dup(0)
    with typed.open() as keyboard:
        os.dup2(keyboard.fileno(), 0)
    try:
        run(reporter, "import sys; print('read', repr(sys.stdin.read()))")
    finally:
        os.dup2(own, 0)
        os.close(own)
    assert "read ''" in reporter.log.read_text()


def test_a_terminal_gets_one_line_that_ticks_in_place(tmp_path):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    run(Reporter(log=tmp_path / "log", out=out, every_s=0.05), "import time; time.sleep(0.3)")
    assert out.getvalue().count("\r") >= 2
    assert out.getvalue().count("\n") == 1
