"""Without any network but the machine's own loopback interface, and without so much as asking for one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.evals.offline import WATCH
from tests.program import ROOT, Coach

# Runs first in the new network: switches its loopback interface on, then becomes the program.
_START = """
import fcntl, os, socket, struct, sys
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    name = b"lo".ljust(16, b"\\0")
    flags = struct.unpack("16sh", fcntl.ioctl(any_socket, SIOCGIFFLAGS, name + bytes(16))[:18])[1]
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, name + struct.pack("h", flags | IFF_UP) + bytes(14))
os.execvp(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture(scope="module")
def offline() -> list[str]:
    """Words before a command that give it a network of its own."""
    words = ["unshare", "--map-root-user", "--net", sys.executable, "-c", _START]
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        pytest.skip("a network of one's own needs Linux and the program unshare")
    tried = subprocess.run([*words, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        said = f"no network of one's own is allowed here: {tried.stderr.strip()}"
        if os.environ.get("COACH_CI") == "1" and os.geteuid() == 0:
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    return words


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """Variables of a process whose questions to the network are noted in the file ``WATCHED``."""
    folder = tmp_path / "watch"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WATCH)
    return {"PYTHONPATH": str(folder), "WATCHED": str(tmp_path / "asked.txt")}


def assert_asked_nobody(watched: dict[str, str]) -> None:
    notes = Path(watched["WATCHED"])
    assert not notes.exists(), notes.read_text()


def test_the_watch_hears_what_is_asked(offline: list[str], watched: dict[str, str]) -> None:
    code = "import urllib.request as r\ntry: r.urlopen('http://198.51.100.7/')\nexcept OSError: pass"
    subprocess.run([*offline, sys.executable, "-c", code], check=True, env={**os.environ, **watched})
    assert "198.51.100.7" in Path(watched["WATCHED"]).read_text()


def test_a_question_is_answered(program: Coach, offline: list[str], watched: dict[str, str]) -> None:
    asked = program.run("ask", "--json", "How do I ask them for feedback?", before=offline, variables=watched)
    assert (asked.code, asked.err) == (0, "")
    assert json.loads(asked.lines[-1])["floor"] is False
    assert_asked_nobody(watched)


def test_the_doctor_finds_nothing_wrong(program: Coach, offline: list[str], watched: dict[str, str]) -> None:
    looked = program.run("doctor", "--json", before=offline, variables=watched)
    assert looked.code == 0
    states = {row["name"]: row["state"] for row in json.loads(looked.out)}
    assert "problem" not in states.values()
    assert states["index"] == states["model"] == states["embedder"] == states["offline"] == "ok"
    assert_asked_nobody(watched)


@pytest.mark.real
@pytest.mark.timeout(300)
def test_the_proof_runs_the_page_and_finds_nobody_asked(real_program: Coach, offline: list[str]) -> None:
    ran = real_program.run("doctor", "--prove-offline", "--json")
    assert ran.code == 0, ran.out + ran.err
    proof = json.loads(ran.out)
    assert (proof["proved"], proof["alone"], proof["interfaces"], proof["attempts"]) == (True, True, ["lo"], [])
    assert all(turn["words"] > 3 for turn in proof["turns"])
    assert len(proof["turns"]) == 3
    assert all(address.startswith("127.0.0.1:") for address in proof["listening"])


@pytest.mark.browser
def test_the_page_answers_in_a_browser(
    offline: list[str], watched: dict[str, str], models_place: str, tmp_path: Path
) -> None:
    report = tmp_path / "report.xml"
    one = "tests/browser/test_page.py::test_an_answer_comes_sentence_by_sentence"
    done = subprocess.run(
        [*offline, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", one],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **watched, "COACH_TEST_MODELS": models_place},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if 'skipped="1"' in report.read_text():
        pytest.skip("no browser tests: Chromium is not installed (on Debian: sudo apt-get install chromium)")
    assert 'tests="1"' in report.read_text()
    assert_asked_nobody(watched)
