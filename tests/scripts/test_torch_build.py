from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch_build
from torch_build import choose

WANTED = "torch==2.13.0"
NOWHERE = "http://127.0.0.1:9"


class FakePip:
    """Answers as pip would: one build from the usual place, another from the CPU index."""

    def __init__(self, *, version: str = "26.0", usual: str, cpu: str = "", extra: Sequence[str] = (), url: str = ""):
        self.version, self.usual, self.cpu, self.extra, self.url = version, usual, cpu, extra, url
        self.commands: list[list[str]] = []

    def __call__(self, arguments: Sequence[str]) -> str:
        self.commands.append(list(arguments))
        if arguments[0] == "--version":
            return f"pip {self.version} from /somewhere (python 3.11)\n"
        build = self.cpu if "--index-url" in arguments else self.usual
        if not build:
            raise subprocess.CalledProcessError(1, "pip")
        if arguments[0] == "index":
            return f"torch (2.15.0)\nAvailable versions: 2.15.0, {build}, 2.12.0\n"
        names = ["torch"] if "--no-deps" in arguments else ["torch", "filelock", *self.extra]
        return json.dumps({"install": [self._row(name, build) for name in names]})

    def _row(self, name: str, build: str) -> dict[str, object]:
        url = f"{self.url or 'https://files.example'}/{name}.whl"
        return {"download_info": {"url": url}, "metadata": {"name": name, "version": build}}


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/torch/" else 404)
        self.end_headers()

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1500000000")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def chosen(
    pip: FakePip,
    *,
    environ: dict[str, str] | None = None,
    gpu: bool = False,
    platform: str = "linux",
    cpu_index: str = NOWHERE,
):
    return choose(WANTED, pip, environ=environ or {}, gpu=gpu, platform=platform, cpu_index=cpu_index)


@pytest.mark.parametrize("version", ["23.2.1", "26.0"])
def test_pips_own_pick_is_taken_when_it_is_the_cpu_build(version):
    pip = FakePip(version=version, usual="2.13.0+cpu")
    assert chosen(pip) == torch_build.Choice()


def test_a_build_under_a_cpu_address_is_a_cpu_build_without_a_label():
    pip = FakePip(usual="2.13.0", url="https://mirror.example/whl/cpu")
    assert chosen(pip) == torch_build.Choice()


@pytest.mark.parametrize("version", ["23.2.1", "26.0"])
def test_the_cpu_index_is_taken_when_pip_would_take_the_gpu_build(version, index):
    pip = FakePip(version=version, usual="2.13.0", cpu="2.13.0+cpu", extra=["nvidia-cublas"])
    assert chosen(pip, cpu_index=index) == torch_build.Choice(arguments=("--index-url", index, "--no-deps"))


def test_an_index_that_answers_without_the_build_is_not_taken(index):
    pip = FakePip(usual="2.13.0", cpu="", extra=["nvidia-cublas"], url=index)
    assert chosen(pip, cpu_index=index).arguments == ()


def test_the_gpu_build_is_announced_with_its_size(index):
    pip = FakePip(usual="2.13.0", extra=["nvidia-cublas"], url=index)
    choice = chosen(pip)
    assert choice.arguments == ()
    assert "4.5 GB" in choice.notice


def test_the_gpu_build_is_announced_roughly_when_sizes_cannot_be_read():
    pip = FakePip(usual="2.13.0", extra=["nvidia-cublas"], url=NOWHERE)
    assert "about 3 GB" in chosen(pip).notice


def test_an_old_pip_is_never_asked_for_a_dry_run_which_would_download():
    pip = FakePip(version="23.2.1", usual="2.13.0")
    assert "about 3 GB" in chosen(pip).notice
    assert not [command for command in pip.commands if command[0] == "install"]


def test_a_build_without_gpu_packages_needs_no_announcement():
    assert chosen(FakePip(usual="2.13.0")) == torch_build.Choice()


def test_another_version_with_the_same_beginning_is_not_mistaken():
    pip = FakePip(version="23.2.1", usual="2.13.0.1+cpu, 2.13.0")
    assert "GPU" in chosen(pip).notice


@pytest.mark.parametrize(("gpu", "platform"), [(True, "linux"), (False, "darwin"), (False, "win32")])
def test_pip_is_not_asked_where_its_pick_is_right_anyway(gpu, platform):
    pip = FakePip(usual="2.13.0")
    assert chosen(pip, gpu=gpu, platform=platform) == torch_build.Choice()
    assert pip.commands == []


@pytest.mark.parametrize("gpu", [True, False])
def test_torch_index_url_always_wins(gpu):
    pip = FakePip(usual="2.13.0+cpu")
    choice = chosen(pip, environ={"TORCH_INDEX_URL": "https://mine.example/whl"}, gpu=gpu)
    assert choice.arguments == ("--index-url", "https://mine.example/whl", "--no-deps")
    assert pip.commands == []


def test_a_silent_index_is_given_up_after_the_limit():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert not torch_build.answers(f"http://127.0.0.1:{silent.getsockname()[1]}", limit_s=0.2)


def test_a_failing_pip_is_no_cpu_build():
    assert not torch_build.is_cpu_build(WANTED, FakePip(usual=""))
