"""The page: a Gradio app over ``Visits``. The only module that knows Gradio.

Importing it sets the environment that keeps Gradio quiet: it would report its use to
its makers and take addresses from variables otherwise.
"""

from __future__ import annotations

import json
import tomllib
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from coach.resources import shipped
from coach.safety.resources import Resources
from coach.ui import render, texts
from coach.ui.server import Server, bound, loopback, quiet_environment
from coach.ui.visits import View, Visit, Visits

quiet_environment()

import gradio as gr  # noqa: E402 - reads the environment while it is imported
from fastapi import FastAPI  # noqa: E402 - imported by Gradio anyway

if TYPE_CHECKING:
    import threading

    from coach.settings import Settings
    from coach.ui.visits import Talk

_HERE = Path(__file__).parent
_TICK_S = 0.5


class Engine(Protocol):
    """The part of ``coach.wiring.Engine`` that the page uses."""

    @property
    def settings(self) -> Settings:
        """Effective settings."""
        ...

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        """Load everything once ``after`` is set or the seconds have passed."""
        ...

    def loading(self) -> render.LoadingState:
        """Return how far loading is."""
        ...

    def new_session(self) -> Talk:
        """Open a conversation."""
        ...


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
    visits = Visits(engine.new_session)
    server = Server(_mounted(build_page(engine, visits)), listener, on_close=visits.close)
    server.start()
    engine.load_in_background(after=visits.opened)
    if open_browser:
        webbrowser.open(server.url)
    return server, server.url


def build_page(engine: Engine, visits: Visits | None = None) -> gr.Blocks:
    """Return the page, not yet served."""
    page = _Page(engine, visits or Visits(engine.new_session))
    return page.blocks


class _Page:
    """The page's components and what happens on each event."""

    def __init__(self, engine: Engine, visits: Visits) -> None:
        self._engine = engine
        self._visits = visits
        self._citations = _citations()
        resources = Resources(shipped("knowledge", "safety", "resources.toml"), engine.settings.country)
        self._lines = (*resources.find("emergency"), *resources.find("crisis"))
        self.blocks: gr.Blocks = gr.Blocks(title=texts.NAME, fill_width=True, analytics_enabled=False)
        with self.blocks:
            gr.Markdown(render.header(), elem_id="head")
            self._status = gr.Markdown(elem_id="status")
            # Above the conversation and outside its scroll area, so that nothing in the chat can push it away.
            self._help = gr.Markdown(elem_id="help", sanitize_html=False)
            with gr.Row(elem_id="room"):
                with gr.Column(scale=3, min_width=280, elem_id="talk"):
                    self._build_talk()
                with gr.Column(scale=2, min_width=280, elem_id="side"):
                    self._cards = gr.Markdown(render.cards(None, self._citations), elem_id="cards")
            gr.Markdown(render.footer(), elem_id="foot")
            self._newest = gr.Markdown(elem_id="newest")
            self._timer = gr.Timer(_TICK_S)
            self._shown = [
                self._chat,
                self._cards,
                self._newest,
                self._notice,
                self._box,
                self._again,
                self._starters_row,
                self._help,
            ]
            self._connect()

    def _build_talk(self) -> None:
        self._chat = gr.Chatbot(
            label=texts.CHAT_LABEL,
            show_label=False,
            elem_id="chat",
            render_markdown=False,
            latex_delimiters=[],
            buttons=["copy"],
            feedback_options=None,
            height="100%",
            placeholder=f"<h2>{texts.EMPTY_TITLE}</h2><p>{texts.EMPTY_TEXT}</p>",
        )
        with gr.Row(elem_id="starters") as self._starters_row:
            self._starters = [gr.Button(text, variant="secondary", size="sm") for text in texts.STARTERS]
        self._notice = gr.Markdown(elem_id="notice")
        self._box = gr.Textbox(
            label=texts.BOX_LABEL,
            placeholder=texts.BOX_PLACEHOLDER,
            elem_id="message",
            lines=1,
            max_lines=8,
            autofocus=True,
            submit_btn=texts.SEND,
        )
        self._again = gr.Button(texts.AGAIN, elem_id="again", variant="secondary", size="sm", visible=False)

    def _connect(self) -> None:
        shown = self._shown
        quick: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        slow: dict[str, Any] = {**quick, "queue": True, "concurrency_limit": None}
        begun = [
            self._box.submit(self._say, self._box, shown, **quick),
            self._again.click(self._say_again, None, shown, **quick),
            *(button.click(self._say, button, shown, **quick) for button in self._starters),
        ]
        for event in begun:
            event.then(self._answer, None, shown, **slow)
        self._box.stop(self._stop, None, None, **quick)
        self._timer.tick(self._look, None, [self._status, self._timer], **quick)
        self.blocks.load(self._open, None, [self._status, self._timer], **quick)
        self.blocks.unload(self._leave)

    def _open(self) -> tuple[Any, Any]:
        self._visits.opened.set()
        return self._look()

    def _look(self) -> tuple[Any, Any]:
        loading = self._engine.loading()
        return render.status(loading), gr.Timer(active=not render.settled(loading))

    def _leave(self, request: gr.Request) -> None:
        self._visits.leave(request.session_hash or "")

    def _visit(self, request: gr.Request) -> Visit:
        return self._visits.of(request.session_hash or "")

    def _say(self, text: str, request: gr.Request) -> list[Any]:
        return self._updates(self._visit(request).say(text))

    def _say_again(self, request: gr.Request) -> list[Any]:
        return self._updates(self._visit(request).again())

    def _answer(self, request: gr.Request) -> Iterator[list[Any]]:
        # Gradio empties the outputs of a generator that yields nothing, as for a message that was refused.
        yield [gr.skip() for _ in self._shown]
        for view in self._visit(request).answer():
            yield self._updates(view)

    def _stop(self, request: gr.Request) -> None:
        self._visit(request).stop()

    def _updates(self, view: View) -> list[Any]:
        """Return new values in the order of ``_shown``."""
        box: dict[str, Any] = {"submit_btn": False if view.busy else texts.SEND}
        box["stop_btn"] = texts.STOP if view.busy else False
        if view.box is not None:
            box["value"] = view.box
        return [
            render.chat(view.exchanges),
            render.cards(view.reply, self._citations),
            render.line(view.reply.newest if view.reply else ""),
            render.line(view.notice),
            gr.update(**box),
            gr.update(visible=bool(view.exchanges) and not view.busy),
            gr.update(visible=not view.exchanges),
            render.help_panel(view.exchanges, self._lines, self._engine.settings.country),
        ]


def _mounted(page: gr.Blocks) -> FastAPI:
    """Return the page as a web app, without what Gradio adds for other uses."""
    names = {
        "chat": texts.CHAT_LABEL,
        "box": texts.BOX_LABEL,
        "safety": texts.SAFETY_LABEL,
        "cards": texts.CARDS_TITLE,
        "foot": texts.FOOTER_LABEL,
        "starters": texts.STARTERS_LABEL,
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


def _citations() -> dict[str, str]:
    """Return what each source key on a card stands for."""
    sources = tomllib.loads(shipped("knowledge", "sources.toml").read_text("utf-8"))
    return {"practice": texts.SOURCE_PRACTICE} | {key: str(row["citation"]) for key, row in sources.items()}
