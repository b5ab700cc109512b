"""The page: a Gradio app over a ``Desk``. The only module that knows Gradio.

Importing it sets the environment that keeps Gradio quiet: it would report its use to
its makers and take addresses from variables otherwise.
"""

from __future__ import annotations

import json
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from coach.ui import frame, listing, settings_pane, side, texts
from coach.ui.actions import act
from coach.ui.desk import LOOKED_AT, Desk, Parts
from coach.ui.engine import Engine
from coach.ui.server import Server, bound, loopback, quiet_environment
from coach.ui.visits import all_cards

quiet_environment()

import gradio as gr  # noqa: E402 - reads the environment while it is imported
from fastapi import FastAPI  # noqa: E402 - imported by Gradio anyway

_HERE = Path(__file__).parent
_TICK_S = 0.5
_OPENED_S = 5.0
"""Longest wait for a first window before the cards are read."""


def serve(engine: Engine, port: int, open_browser: bool) -> tuple[Server, str]:
    """Start the page and, once it is open in a browser, the loading of what it needs.

    Args:
        engine: Answers; its setting ``host`` says where.
        port: The port wanted; the next free one is taken.
        open_browser: Whether to open the page.

    Returns:
        The running server, to be closed before the engine, and the page's address.

    Raises:
        SettingsError: Others could reach the page at that host.
        PortTaken: No port was free.
    """
    listener = bound(loopback(engine.settings.host), port)
    desk = Desk(engine)
    server = Server(_mounted(build_page(desk)), listener, on_close=desk.visits.close)
    server.start()
    engine.load_in_background(after=desk.visits.opened)
    # Past conversations show their cards; reading them all takes a moment that no click should wait for.
    threading.Thread(target=_read_cards, args=(desk.visits.opened,), name="read cards", daemon=True).start()
    if open_browser:
        webbrowser.open(server.url)
    return server, server.url


def _read_cards(opened: threading.Event) -> None:
    opened.wait(_OPENED_S)  # the first window would wait for it
    all_cards()


def build_page(desk: Desk) -> gr.Blocks:
    """Return the page, not yet served."""
    return _Page(desk).blocks


class _Page:
    """The page's components, by the names of the parts that a desk returns."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._parts: dict[str, Any] = {}
        self.blocks: gr.Blocks = gr.Blocks(title=texts.NAME, fill_width=True, analytics_enabled=False)
        with self.blocks:
            gr.Markdown(frame.header(), elem_id="head", sanitize_html=False)
            self._html("preferences")
            self._html("status")
            # Above everything else and outside its scroll areas, so that nothing can push it away.
            self._html("help")
            self._html("lock")
            with gr.Row(elem_id="room"):
                with gr.Column(scale=2, min_width=200, elem_id="conversations"):
                    gr.Markdown(listing.top(), elem_id="list-top", sanitize_html=False)
                    self._html("list")
                with gr.Column(scale=5, min_width=280, elem_id="talk"):
                    self._build_talk()
                with gr.Column(scale=3, min_width=240, elem_id="side"):
                    for name in ("facts", "cards", "notes"):
                        self._html(name)
                    gr.Markdown(side.add_notes(), elem_id="add-notes", sanitize_html=False)
                    self._html("drafts")
            with gr.Column(elem_id="settings"):
                gr.Markdown(settings_pane.top(), sanitize_html=False)
                for name in ("told", "choices", "passphrase", "reports", "data"):
                    self._html(name)
            gr.Markdown(frame.footer(), elem_id="foot")
            self._html("newest")
            self._html("place")
            self._html("heard")
            self._wire = gr.Textbox(elem_id="wire", show_label=False, container=False)
            self._parts["timer"] = gr.Timer(_TICK_S)
            self._connect()

    def _html(self, name: str) -> None:
        # Everything in these is escaped where it is made; the sanitizer would take the buttons away.
        self._parts[name] = gr.Markdown(elem_id=name, sanitize_html=False)

    def _build_talk(self) -> None:
        self._html("record")
        self._parts["earlier"] = gr.Button(texts.EARLIER, elem_id="earlier", size="sm", visible=False)
        self._parts["chat"] = gr.Chatbot(
            label=texts.CHAT_LABEL,
            show_label=False,
            elem_id="chat",
            render_markdown=False,
            sanitize_html=False,
            latex_delimiters=[],
            buttons=[],
            feedback_options=None,
            autoscroll=False,  # page.js follows, and keeps the beginning of a long reply in view
            height="100%",
            placeholder=frame.empty_chat(first_start=False),
        )
        with gr.Row(elem_id="starters") as self._parts["starters"]:
            self._starters = [gr.Button(text, variant="secondary", size="sm") for text in texts.STARTERS]
        self._html("notice")
        with gr.Row(elem_id="turn", visible=False) as self._parts["turn"]:
            self._again = gr.Button(texts.AGAIN, elem_id="again", size="sm")
            self._edit = gr.Button(texts.EDIT, elem_id="edit", size="sm")
            self._undo = gr.Button(texts.UNDO, elem_id="undo", size="sm")
        self._parts["box"] = gr.Textbox(
            label=texts.BOX_LABEL,
            placeholder=texts.BOX_PLACEHOLDER,
            elem_id="message",
            lines=1,
            max_lines=8,
            autofocus=True,
            submit_btn=texts.SEND,
        )

    def _connect(self) -> None:
        every = list(self._parts.values())
        quick: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        slow: dict[str, Any] = {**quick, "queue": True, "concurrency_limit": None}
        box, desk = self._parts["box"], self._desk
        begun = [
            box.submit(self._say, box, every, **quick),
            self._again.click(self._visit(lambda tab: desk.do(tab, lambda visit: visit.again())), None, every, **quick),
            *(button.click(self._say, button, every, **quick) for button in self._starters),
            self._wire.submit(self._act, self._wire, every, trigger_mode="multiple", **quick),
        ]
        for event in begun:
            event.then(self._answer, None, every, **slow)
        for button, pressed in (
            (self._edit, lambda tab: desk.do(tab, lambda visit: visit.edit())),
            (self._undo, lambda tab: desk.do(tab, lambda visit: visit.undo())),
            (self._parts["earlier"], lambda tab: desk.do(tab, lambda visit: visit.show_all())),
        ):
            button.click(self._visit(pressed), None, every, **quick)
        box.stop(self._stop, None, None, **quick)
        # Few parts, because each one that an event names is touched in the browser every time.
        looked = [self._parts[name] for name in LOOKED_AT]
        self._parts["timer"].tick(self._look, None, looked, **quick)
        self.blocks.load(self._open, None, every, **quick)
        self.blocks.unload(self._leave)

    def _open(self, request: gr.Request) -> list[Any]:
        conversation_id = request.query_params.get("c")
        return self._updates(self._desk.open(_tab(request), conversation_id))

    def _look(self, request: gr.Request) -> list[Any]:
        parts = self._desk.look(_tab(request))
        return [_update(name, parts) for name in LOOKED_AT]

    def _visit(self, pressed: Callable[[str], Parts]) -> Callable[[gr.Request], list[Any]]:
        def handle(request: gr.Request) -> list[Any]:
            return self._updates(pressed(_tab(request)))

        return handle

    def _say(self, text: str, request: gr.Request) -> list[Any]:
        return self._updates(self._desk.say(_tab(request), text))

    def _act(self, sent: str, request: gr.Request) -> list[Any]:
        return self._updates(act(self._desk, _tab(request), sent))

    def _answer(self, request: gr.Request) -> Iterator[list[Any]]:
        # Gradio empties the outputs of a generator that yields nothing, as for a message that was refused.
        yield [gr.skip() for _ in self._parts]
        for parts in self._desk.answer(_tab(request)):
            yield self._updates(parts)

    def _stop(self, request: gr.Request) -> None:
        self._desk.stop(_tab(request))

    def _leave(self, request: gr.Request) -> None:
        self._desk.leave(_tab(request))

    def _updates(self, parts: Parts) -> list[Any]:
        """Return new values in the order of the components."""
        return [_update(name, parts) for name in self._parts]


def _tab(request: gr.Request) -> str:
    return request.session_hash or ""


def _update(name: str, parts: Parts) -> Any:
    if name not in parts:
        return gr.skip()
    value = parts[name]
    if name == "box":
        busy = value["busy"]
        buttons: dict[str, Any] = {
            "submit_btn": False if busy else texts.SEND,
            "stop_btn": texts.STOP if busy else False,
        }
        return gr.update(**buttons, **({"value": value["value"]} if "value" in value else {}))
    if name == "chat":
        return gr.update(value=value, placeholder=parts["placeholder"])
    if name == "timer":
        return gr.Timer(active=value)
    if name in ("turn", "starters", "earlier"):
        return gr.update(visible=value)
    return value


def _mounted(page: gr.Blocks) -> FastAPI:
    """Return the page as a web app, without what Gradio adds for other uses."""
    names = {
        "chat": texts.CHAT_LABEL,
        "box": texts.BOX_LABEL,
        "safety": texts.SAFETY_LABEL,
        "conversations": texts.LIST_TITLE,
        "side": texts.SIDE_LABEL,
        "settings": texts.SETTINGS_TITLE,
        "foot": texts.FOOTER_LABEL,
        "starters": texts.STARTERS_LABEL,
        "copied": texts.COPIED,
    }
    data = json.dumps(names).replace("&", "&amp;").replace("'", "&#39;")
    script = (_HERE / "page.js").read_text("utf-8")
    style = (_HERE / "page.css").read_text("utf-8")
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        show_error=False,
        max_file_size=1,
        app_kwargs={"openapi_url": None},
        theme=_theme(),
        head=f"<style>{style}</style><script data-names='{data}'>{script}</script>",
    )
    return app


def _theme() -> gr.themes.Base:
    # Plain strings name fonts that are on the computer already; nothing is fetched.
    theme = gr.themes.Base(
        font=["system-ui", "Segoe UI", "Noto Sans", "Liberation Sans", "sans-serif"],
        font_mono=["ui-monospace", "Liberation Mono", "monospace"],
    )
    # The colours themselves are in page.css, for light and dark.
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--soft)",
        "background_fill_primary": "var(--paper)",
        "background_fill_secondary": "var(--sheet)",
        "block_background_fill": "var(--sheet)",
        "block_label_text_color": "var(--soft)",
        "border_color_primary": "var(--line)",
        "border_color_accent": "var(--accent)",
        "color_accent_soft": "var(--yours)",
        "input_background_fill": "var(--sheet)",
        "link_text_color": "var(--accent)",
    }
    return theme.set(**colours, **{f"{name}_dark": colour for name, colour in colours.items()})
