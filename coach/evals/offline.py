"""Proves that the program asks no other machine: runs the real page where there is none, and notes every attempt.

``prove`` starts this module as a process of its own, in a network that has only the loopback
interface where the system allows that; there the process starts the page, takes three turns
on it as a browser would, and prints what it saw.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from coach.errors import CoachError
from coach.evals.children import Look, environment, listen, started, tell
from coach.evals.page import coach_page, comes_up, free_port
from coach.evals.page_client import PageClient
from coach.settings import Settings

MESSAGES = (
    "They said no after three interviews. It hurts.",
    "How do I ask them for feedback?",
    "Thank you.",
)
_ALONE = ("unshare", "--map-root-user", "--net")
_LOOK_S = 0.05

WATCH = """
import os, sys

def heard(event, details):
    if event == "socket.connect" and isinstance(details[1], tuple):
        host = details[1][0]
    elif event == "socket.getaddrinfo":
        host = details[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host and host not in ("localhost", "::1") and not str(host).startswith("127."):
        with open(os.environ["WATCHED"], "a") as notes:
            notes.write(f"{event.removeprefix('socket.')} {host}\\n")

sys.addaudithook(heard)
"""
"""What Python runs before a program as ``sitecustomize``. Each name and address outside this machine that is asked for
is noted in the file ``WATCHED``."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One message to the page. ``words`` counts those of the answer."""

    message: str
    words: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was seen.

    ``alone`` tells whether there was no other machine to ask; ``attempts`` are names and
    addresses outside this machine that were asked for; ``listening`` are the addresses at
    which the program could be reached.
    """

    alone: bool
    interfaces: tuple[str, ...]
    turns: tuple[Turn, ...]
    attempts: tuple[str, ...]
    listening: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether everything was answered, nobody was asked, and nobody else could ask."""
        local = all(ipaddress.ip_address(each.rpartition(":")[0]).is_loopback for each in self.listening)
        return len(self.turns) == len(MESSAGES) and not self.attempts and local and bool(self.listening)

    def lines(self) -> list[str]:
        """Return the report for people."""
        how = (
            f"in a network of its own, with nothing but {', '.join(self.interfaces)}"
            if self.alone
            else "on the machine's network, with its sockets watched, as no network of its own is allowed here"
        )
        took = [f'  "{each.message}": {each.words} words after {each.seconds:.1f} s' for each in self.turns]
        asked = [f"  {each}" for each in self.attempts] or ["  none"]
        heard = [f"  {each}" for each in self.listening]
        verdict = "Nothing left this computer." if self.proved else "This is no proof: see above."
        return [
            f"The page ran {how}.",
            "Turns:",
            *took,
            "Other machines that the program tried to reach:",
            *asked,
            "Addresses at which the page could be reached:",
            *heard,
            verdict,
        ]


def prove(settings: Settings, look: Look) -> Proof:
    """Run the page with nothing kept, take three turns, and return what was seen.

    Raises:
        CoachError: The page did not start or did not answer.
    """
    alone = _can_be_alone()
    with tempfile.TemporaryDirectory(prefix="rebound-") as folder:
        watched = Path(folder, "asked.txt")
        Path(folder, "sitecustomize.py").write_text(WATCH, "utf-8")
        environ = environment(settings, COACH_JOURNAL="false", WATCHED=str(watched))
        environ["PYTHONPATH"] = os.pathsep.join([folder, environ["PYTHONPATH"]])
        seen = listen("coach.evals.offline", ["alone"] if alone else [], environ, look, before=_ALONE if alone else ())
        noted = watched.read_text("utf-8").splitlines() if watched.exists() else []
    return Proof(
        alone=alone,
        interfaces=tuple(seen["interfaces"]),
        turns=tuple(Turn(**each) for each in seen["turns"]),
        attempts=tuple(dict.fromkeys([*noted, *seen["remote"]])),
        listening=tuple(seen["listening"]),
    )


def _can_be_alone() -> bool:
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    return subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode == 0


def _switch_loopback_on() -> None:
    """A new network has a loopback interface, but it is off."""
    import fcntl

    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name = b"lo".ljust(16, b"\0")
        flags = struct.unpack("16sh", fcntl.ioctl(any_socket, get_flags, name + bytes(16))[:18])[1]
        fcntl.ioctl(any_socket, set_flags, name + struct.pack("h", flags | up) + bytes(14))


@contextmanager
def _sockets(process: psutil.Process) -> Iterator[dict[str, set[str]]]:
    """Watch the sockets of a process and its children."""
    seen: dict[str, set[str]] = {"remote": set(), "listening": set()}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK_S):
            with contextlib.suppress(psutil.Error):
                for each in (process, *process.children(recursive=True)):
                    for one in each.net_connections(kind="inet"):
                        if one.status == psutil.CONN_LISTEN:
                            seen["listening"].add(f"{one.laddr.ip}:{one.laddr.port}")
                        elif not _is_here(one.raddr):
                            seen["remote"].add(f"connect {one.raddr.ip}")

    thread = threading.Thread(target=watch, name="watch sockets", daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def _is_here(address: Any) -> bool:
    """Whether an address, empty for a socket without one, is of this machine."""
    return not address or ipaddress.ip_address(address.ip).is_loopback


def _take_turns(client: PageClient) -> list[Turn]:
    turns = []
    for number, message in enumerate(MESSAGES, 1):
        tell(f"turn {number} of {len(MESSAGES)}")
        began = time.perf_counter()
        reply = client.say(message)
        turns.append(Turn(message=message, words=len(reply.split()), seconds=time.perf_counter() - began))
    return turns


def main(arguments: list[str]) -> None:
    """Run the page in this process's network and print what was seen as JSON.

    Raises:
        CoachError: The page did not start or did not answer.
    """
    if "alone" in arguments:
        _switch_loopback_on()
    tell("starting the page")
    port = free_port()
    output = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with started(coach_page(port), os.environ, **output) as process, _sockets(psutil.Process(process.pid)) as seen:
        if not comes_up(process, port):
            raise CoachError("The page did not start.")
        tell("loading the model")
        client = PageClient(f"http://127.0.0.1:{port}/")
        client.load()
        turns = _take_turns(client)
        client.close()
    found = {
        "interfaces": sorted(psutil.net_if_addrs()),
        "turns": [asdict(each) for each in turns],
        "remote": sorted(seen["remote"]),
        "listening": sorted(seen["listening"]),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CoachError as error:
        sys.exit(f"{error} {error.hint}")
