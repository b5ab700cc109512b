"""The page's web server: only this computer, only this page, only what the page needs.

Gradio brings many endpoints (uploads, file serving, monitoring, an API description) and
answers whoever asks. ``guarded`` wraps its app, so that a request passes only when it
names this computer, comes from this page, is small, and asks for a path the page uses.
Nothing here knows Gradio.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import re
import socket
import threading
from collections.abc import Callable

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.errors import CoachError, PortTaken, SettingsError

PORTS_TO_TRY = 50
BODY_LIMIT = 2_000_000
"""Bytes of one request; a note of 1 MB has room, with its line breaks escaped twice."""

HOSTS = ("localhost", "127.0.0.1", "[::1]")
HEADERS = {
    # Gradio puts the page's configuration in an inline script and styles in attributes.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

_READ = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt"
    r"|/(assets|static)/[^\\]+"
    r"|/gradio_api/(heartbeat/[\w-]+|queue/data)"
)
_WRITE = re.compile(r"/gradio_api/(queue/join|cancel|reset/?|run/predict/?)")


def quiet_environment() -> None:
    """Set this process's variables so that Gradio calls nobody and obeys only this program.

    Takes effect on modules imported later.
    """
    for name in [name for name in os.environ if name.startswith("GRADIO_") and name != "GRADIO_TEMP_DIR"]:
        del os.environ[name]
    os.environ |= {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }


def loopback(host: str) -> str:
    """Return ``host`` as an address of this computer: "127.0.0.1", "::1" ...

    Raises:
        SettingsError: Other computers could reach the page at that address.
    """
    name = host.strip().strip("[]").lower()
    if name == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        address = None
    if address not in (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")):
        raise SettingsError(
            f"The page cannot be opened on {host!r}: other computers could read your conversations there.",
            hint="Use the host 127.0.0.1, which only this computer can reach.",
        )
    return str(address)


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket on ``port``, or on the next free port after it.

    Raises:
        PortTaken: None of the ports tried is free.
        SettingsError: This computer has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port + PORTS_TO_TRY, 65536)
    for candidate in range(port, last):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two programs share a port otherwise
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise SettingsError(f"The page cannot be opened on {host}: {error.strerror}.") from error
        else:
            return listener
    raise PortTaken(f"The ports {port} to {last - 1} are all in use.")


def guarded(app: ASGIApp) -> ASGIApp:
    """Return ``app`` behind the checks of this module."""
    return _WithHeaders(TrustedHostMiddleware(_Guard(app), allowed_hosts=HOSTS, www_redirect=False))


class _WithHeaders:
    """Adds the security headers to every answer, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _Guard:
    """Refuses foreign origins, paths that the page does not use, and large bodies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        refusal = _refusal(scope)
        if refusal is None and scope["method"] == "POST":
            body = await _read(receive)
            if body is None:
                refusal = PlainTextResponse("Too large", status_code=413)
            else:
                receive = _Replay(body, receive)
        await (refusal or self._app)(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    if any(origin.lower() != f"http://{headers['host'].lower()}" for origin in origins):
        return PlainTextResponse("Foreign origin", status_code=403)
    allowed = {"GET": _READ, "HEAD": _READ, "POST": _WRITE}.get(scope["method"])
    if allowed is None:
        return PlainTextResponse("Method not allowed", status_code=405)
    path = scope["path"]
    if not allowed.fullmatch(path) or ".." in path.split("/"):
        return PlainTextResponse("Not found", status_code=404)
    return None


async def _read(receive: Receive) -> bytes | None:
    """Read a body; None when it is larger than the limit."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            return None
        if not message.get("more_body"):
            return bytes(body)


class _Replay:
    """Hands a body that was read already to the app, then whatever comes next."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._first: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._receive = receive

    async def __call__(self) -> Message:
        first, self._first = self._first, None
        return first if first is not None else await self._receive()


class Server:
    """A running web server.

    Args:
        app: The ASGI app; it is wrapped by ``guarded`` here.
        listener: A listening socket, which the server closes at its end.
        on_close: Called first when closing, to end what is still being answered.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, *, on_close: Callable[[], None] | None = None) -> None:
        self._listener = listener
        self._on_close = on_close
        config = uvicorn.Config(
            guarded(app),
            # A request that nobody's browser sends must not fill the terminal with tracebacks.
            log_level="warning" if os.environ.get("COACH_DEBUG") else "critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="web server", daemon=True
        )

    @property
    def url(self) -> str:
        """The page's address, with a slash at its end."""
        host, port = self._listener.getsockname()[:2]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def start(self) -> None:
        """Begin to answer, and return once it does.

        Raises:
            CoachError: The server did not start.
        """
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise CoachError("The page's web server did not start.")
            self._thread.join(timeout=0.01)

    def wait(self) -> None:
        """Return when the server has ended."""
        while self._thread.is_alive():
            self._thread.join(timeout=1)  # Windows heeds Ctrl-C only between waits

    def close(self) -> None:
        """Stop answering; open connections get a second to end."""
        if self._on_close is not None:
            self._on_close()
        self._server.should_exit = True
        self._thread.join(timeout=5)
        with contextlib.suppress(OSError):
            self._listener.close()
