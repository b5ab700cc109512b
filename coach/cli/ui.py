"""``coach ui``: the page in the browser."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from coach import settings
from coach.cli.journal import passphrase_of, tell_start


def ui(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; if taken, the next free one.")] = None,
    host: Annotated[str | None, typer.Option(help="Address; only this computer's own is allowed.")] = None,
    browser: Annotated[bool | None, typer.Option(help="Open the page in a browser where there is a desktop.")] = None,
    model: Annotated[str | None, typer.Option(help="Catalog id or GGUF file that answers.")] = None,
) -> None:
    """Open the page in the browser, and keep it running until Ctrl-C."""
    chosen = settings.load({"port": port, "host": host, "open_browser": browser, "model": model})
    # Gradio takes two seconds to import, and no other command needs it.
    from coach.ui import texts
    from coach.ui.app import serve
    from coach.wiring import Engine, journal_needs_passphrase

    # Without a file that holds the passphrase, the page asks for it.
    asked = not (journal_needs_passphrase(chosen) and chosen.passphrase_file)
    engine = Engine(chosen, passphrase=None if asked else passphrase_of(chosen))
    if not engine.kept.locked:
        tell_start(engine.journal())
    server = None
    # A plain `kill` ends the page as Ctrl-C does, so that nothing is left half-written.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server, url = serve(engine, chosen.port, chosen.open_browser and has_desktop())
        if f":{chosen.port}/" not in url:
            typer.echo(texts.OTHER_PORT.format(wanted=chosen.port))
        typer.echo(texts.READY_AT.format(url=url))
        typer.echo(texts.HOW_TO_END)
        server.wait()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        if server is not None:
            server.close()
        engine.close()


def has_desktop() -> bool:
    """Whether a browser window can be opened here."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
