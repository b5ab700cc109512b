"""How long a page takes from the start of its process to its first answer, and an empty Gradio page beside it."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import Any

from coach.errors import CoachError
from coach.evals.children import started

LIMIT_S = 180.0
_LOOK_S = 0.02

EMPTY_PAGE = """
import sys
import gradio as gr
with gr.Blocks() as page:
    gr.Textbox(label="Message")
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True, inbrowser=False)
"""
"""The smallest page with a text box, as a program that gets its port as an argument."""

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}


def free_port() -> int:
    """Return a port of this computer that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def empty_page(port: int) -> list[str]:
    """Return the command that serves the empty page."""
    return [sys.executable, "-c", EMPTY_PAGE, str(port)]


def coach_page(port: int) -> list[str]:
    """Return the command that serves the coach's page."""
    return [sys.executable, "-m", "coach", "ui", "--port", str(port), "--no-browser"]


def seconds_to_page(command: Sequence[str], port: int, environ: Mapping[str, str]) -> float:
    """Start a page, and return the seconds until it answers; it is ended then.

    Raises:
        CoachError: It ended early, or did not answer within ``LIMIT_S``.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        began = time.perf_counter()
        with started(command, environ, **options) as process:
            if not comes_up(process, port):
                output.seek(0)
                told = output.read().strip().splitlines() or ["it said nothing"]
                raise CoachError(f"A page did not start: {told[-1]}")
            return time.perf_counter() - began


def comes_up(process: subprocess.Popen[str], port: int, *, limit_s: float = LIMIT_S) -> bool:
    """Wait until a page is served on a port; false where its process ends or the time is up first."""
    end = time.monotonic() + limit_s
    while not answers(port):
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(_LOOK_S)
    return True


def answers(port: int) -> bool:
    """Whether a page is served on that port of this computer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
