"""The server answers this computer and this page, and nobody and nothing else."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from coach.errors import PortTaken, SettingsError
from coach.ui.server import BODY_LIMIT, HEADERS, Server, bound, loopback

SECRET = "answered"


async def everything(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers whatever it is asked, so that a refusal can only come from the guard."""
    if scope["type"] == "http":
        size = len(await Request(scope, receive).body())
        await Response(f"{SECRET} {size}")(scope, receive, send)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server(everything, bound("127.0.0.1", 17860))
    running.start()
    yield running
    running.close()


def ask(server: Server, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Response:
    """Send a request exactly as given; httpx would tidy the path."""
    host = httpx.URL(server.url)
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    sent = {"Host": f"127.0.0.1:{host.port}", "Content-Length": str(len(body))} | (headers or {})
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    response = Response(answer.read(), status_code=answer.status)
    response.headers.update(dict(answer.getheaders()))
    connection.close()
    return response


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css?v=1", "/assets/a-B_1.js", "/gradio_api/heartbeat/a1b2"])
def test_what_the_page_reads_is_answered(server: Server, path: str) -> None:
    answer = ask(server, "GET", path)

    assert answer.status_code == 200
    assert SECRET.encode() in bytes(answer.body)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:7860", "a@127.0.0.1", ""])
def test_another_host_is_refused(server: Server, host: str) -> None:
    answer = ask(server, "GET", "/", {"Host": host})

    assert answer.status_code == 400
    assert SECRET.encode() not in bytes(answer.body)


def test_localhost_is_this_computer_too(server: Server) -> None:
    assert ask(server, "GET", "/", {"Host": "localhost:7860"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:1", "http://localhost:17860", ""])
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("POST", "/gradio_api/queue/join")])
def test_another_origin_is_refused(server: Server, origin: str, method: str, path: str) -> None:
    answer = ask(server, method, path, {"Origin": origin})

    assert answer.status_code == 403
    assert SECRET.encode() not in bytes(answer.body)


def test_the_pages_own_origin_is_answered(server: Server) -> None:
    origin = server.url.rstrip("/")

    assert ask(server, "POST", "/gradio_api/queue/join", {"Origin": origin}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/openapi.json",
        "/docs",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/openapi.json",
        "/gradio_api/info",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://evil.example/",
        "/gradio_api/proxy=http://evil.example/",
        "/gradio_api/upload_progress",
        "/gradio_api/runs",
        "/gradio_api/deep_link",
        "/gradio_api/call/x/y",
        "/gradio_api/startup-events",
        "/assets/../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fetc/passwd",
        "/static/..%5c..%5cwindows",
        "/assets//etc/passwd/..",
        "//evil.example/",
        "/gradio_api/heartbeat/a/b",
    ],
)
def test_what_the_page_does_not_read_is_not_found(server: Server, path: str) -> None:
    assert ask(server, "GET", path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/vibe-edit", "/gradio_api/call/x", "/gradio_api/component_server", "/login"],
)
def test_what_the_page_does_not_send_is_not_found(server: Server, path: str) -> None:
    assert ask(server, "POST", path, body=b"{}").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    assert ask(server, method, "/").status_code == 405


def test_a_body_reaches_the_page_whole_up_to_the_limit(server: Server) -> None:
    answer = ask(server, "POST", "/gradio_api/queue/join", body=b"x" * BODY_LIMIT)

    assert bytes(answer.body) == f"{SECRET} {BODY_LIMIT}".encode()


def test_a_larger_body_is_refused(server: Server) -> None:
    answer = ask(server, "POST", "/gradio_api/queue/join", body=b"x" * (BODY_LIMIT + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize(("headers", "status"), [({}, 200), ({"Host": "evil"}, 400), ({"Origin": "null"}, 403)])
def test_every_answer_carries_the_security_headers(server: Server, headers: dict[str, str], status: int) -> None:
    answer = ask(server, "GET", "/", headers)

    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_the_policy_lets_nothing_come_from_or_go_elsewhere() -> None:
    rules = dict(part.strip().split(" ", 1) for part in HEADERS["content-security-policy"].split(";"))

    assert rules["default-src"] == "'self'"
    assert rules["connect-src"] == "'self'"
    assert rules["img-src"] == "'self' data: blob:"
    assert "unsafe-eval" not in rules["script-src"]
    assert not any("http" in rule or "*" in rule for rule in rules.values())


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        (" LOCALHOST ", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
    ],
)
def test_this_computers_addresses_are_accepted(host: str, address: str) -> None:
    assert loopback(host) == address


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "example.com", "", "127.0.0.1.nip.io", "localhost.evil"]
)
def test_another_address_is_refused_with_a_sentence(host: str) -> None:
    with pytest.raises(SettingsError, match="other computers could read") as caught:
        loopback(host)
    assert "127.0.0.1" in caught.value.hint


def test_a_taken_port_moves_to_the_next_free_one() -> None:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]
        try:
            second.bind(("127.0.0.1", port + 1))
            second.listen()
        except OSError:
            pytest.skip("another program holds the port beside ours")
        with bound("127.0.0.1", port) as listener:
            assert listener.getsockname()[1] >= port + 2


def test_no_free_port_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.ui.server.PORTS_TO_TRY", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"{port} to {port} are all in use"):
            bound("127.0.0.1", port)


def test_the_server_listens_on_this_computer_alone(server: Server) -> None:
    others = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, family=socket.AF_INET)]
    port = httpx.URL(server.url).port
    for address in {str(other) for other in others if not str(other).startswith("127.")}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, port or 0), timeout=2)


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_the_ipv6_address_works() -> None:
    try:
        listener = bound("::1", 17870)
    except SettingsError:
        pytest.skip("no IPv6 loopback here")
    running = Server(everything, listener)
    running.start()
    try:
        assert running.url.startswith("http://[::1]:")
        assert httpx.get(running.url, trust_env=False).text.startswith(SECRET)
    finally:
        running.close()


def test_a_closed_server_frees_its_port() -> None:
    listener = bound("127.0.0.1", 17880)
    port = listener.getsockname()[1]
    closed: list[bool] = []
    running = Server(everything, listener, on_close=lambda: closed.append(True))
    running.start()
    running.close()

    assert closed == [True]
    with bound("127.0.0.1", port) as again:
        assert again.getsockname()[1] == port


def test_gradios_variables_do_not_override() -> None:
    code = (
        "import os\n"
        "from coach.ui.server import quiet_environment\n"
        "quiet_environment()\n"
        "print(sorted((k, v) for k, v in os.environ.items() if k.startswith(('GRADIO', 'HF_HUB'))))\n"
    )
    environment = os.environ | {
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "GRADIO_SHARE": "True",
        "GRADIO_ANALYTICS_ENABLED": "True",
    }
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)

    assert result.stdout.strip() == str(
        [("GRADIO_ANALYTICS_ENABLED", "False"), ("HF_HUB_DISABLE_TELEMETRY", "1"), ("HF_HUB_OFFLINE", "1")]
    )
