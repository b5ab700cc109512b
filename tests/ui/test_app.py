"""The real page, asked over HTTP without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from coach.errors import SettingsError
from coach.ui import texts
from coach.ui.app import build_page, serve
from coach.ui.desk import Desk
from coach.ui.server import Server
from tests.ui.fake_engine import FakeEngine


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FakeEngine, Server]]:
    engine = FakeEngine()
    server, _ = serve(engine, 17900, open_browser=False)
    yield engine, server
    server.close()


@pytest.fixture
def client(served: tuple[FakeEngine, Server]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served[1].url, trust_env=False, timeout=10) as one:
        yield one


def config_of(client: httpx.Client) -> dict[str, object]:
    config: dict[str, object] = client.get("/config").json()
    return config


def test_the_page_is_served_with_its_own_style_and_script(client: httpx.Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "--paper" in answer.text
    assert "aria-live" in answer.text
    assert texts.BOX_LABEL in answer.text


def test_the_page_names_no_outside_address_that_it_would_fetch(client: httpx.Client) -> None:
    page = client.get("/").text

    for part in ('src="http', 'href="http', "src='http", "href='http", "preconnect", "dns-prefetch", "@import"):
        assert part not in page


def test_gradio_is_told_to_report_and_share_nothing(client: httpx.Client) -> None:
    config = config_of(client)

    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert config["space_id"] is None


def test_nothing_on_the_page_needs_evaluated_script(client: httpx.Client) -> None:
    """The policy forbids it: such a handler or component would break the page."""
    config = json.loads(json.dumps(config_of(client)))

    assert [one["id"] for one in config["dependencies"] if one["js"]] == []
    assert [one["id"] for one in config["components"] if one["type"] == "html"] == []


def test_loading_waits_for_the_page(served: tuple[FakeEngine, Server]) -> None:
    engine, _ = served

    assert engine.opened is not None
    assert not engine.opened.is_set(), "nobody has opened the page in a browser"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"fn_index": 9999}', b'{"fn_index": "x", "data": 1}', b"\xff\xfe", b'{"data": [[[[]]]]}'],
)
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/run/predict"])
def test_a_malformed_request_gets_no_stack_trace(client: httpx.Client, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers={"content-type": "application/json"})

    assert 400 <= answer.status_code < 600
    assert "Traceback" not in answer.text
    assert "site-packages" not in answer.text
    # The server closes the connection of such a request, so this asks through a new one.
    assert httpx.get(client.base_url, trust_env=False).status_code == 200


@pytest.mark.parametrize("path", ["/openapi.json", "/gradio_api/openapi.json", "/gradio_api/info", "/monitoring"])
def test_no_description_of_itself_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_another_host_is_refused_before_anything_starts() -> None:
    engine = FakeEngine(host="0.0.0.0")
    with pytest.raises(SettingsError, match="other computers"):
        serve(engine, 17950, open_browser=False)
    assert engine.opened is None


def test_a_second_page_moves_to_the_next_port(served: tuple[FakeEngine, Server]) -> None:
    first = httpx.URL(served[1].url).port or 0
    server, url = serve(FakeEngine(), first, open_browser=False)
    try:
        assert (httpx.URL(url).port or 0) > first
        assert httpx.get(url, trust_env=False).status_code == 200
    finally:
        server.close()


def test_a_page_can_be_built_without_serving_it() -> None:
    assert build_page(Desk(FakeEngine())).title == texts.NAME
