"""``coach ask`` and ``coach chat``: the coach in the terminal."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from coach import settings
from coach.cli.journal import passphrase_of, tell_start, tell_trouble
from coach.cli.journal_view import ID_LETTERS
from coach.errors import CoachError, InputError
from coach.events import CardsFound, Draft, Event, SafetyReply, Sentence, TurnDone, TurnFailed, Withheld, to_json
from coach.settings import Settings
from coach.text import readable
from coach.types import FoundNote

if TYPE_CHECKING:
    from coach.session import Session
    from coach.wiring import Engine, Loading

_WELCOME = (
    "Rebound. A program for the time after a job rejection; not therapy. What you write stays on this computer.\n"
    "In danger, or thinking about ending your life: call your local emergency number, or see findahelpline.com.\n"
    "Write a message and press Enter. Ctrl-C stops an answer; an empty line or Ctrl-D ends the chat.\n"
)
BREAK = "\n\n"
_Explain = Annotated[bool, typer.Option("--explain", help="Also show what was understood and what was withheld.")]
_Model = Annotated[str | None, typer.Option(help="Catalog id or GGUF file that answers.")]
_OffRecord = Annotated[bool, typer.Option("--off-record", help="Keep nothing of this conversation.")]


def ask(
    message: Annotated[list[str] | None, typer.Argument(help="What to ask; by default standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one event a line, as JSON.")] = False,
    explain: _Explain = False,
    model: _Model = None,
    off_record: _OffRecord = False,
) -> None:
    """Ask once and print the answer."""
    text = readable(" ".join(message) if message else _standard_input())
    chosen = settings.load({"model": model})
    unasked = off_record or _answers_unasked(chosen, text)
    with _engine(chosen, off_record=unasked) as engine:
        failure = None
        printer = _Printer(explain=explain)
        session = engine.new_session(off_record=unasked)
        if not session.answers_at_once(text):
            _load(engine)
        for event in session.send(text, stopped=lambda: False):
            if as_json:
                typer.echo(json.dumps(to_json(event), ensure_ascii=False))
            else:
                printer.show(event)
            if isinstance(event, TurnFailed):
                failure = event
        if not as_json:
            printer.end()
        if session.trouble is not None and engine.journal().trouble is None:
            tell_trouble(session.trouble)
        if unasked and not off_record:
            typer.echo("This was not kept: the journal needs its passphrase.", err=True)
    if failure is not None:
        raise CoachError(failure.message, hint=failure.hint)


def chat(
    explain: _Explain = False,
    model: _Model = None,
    go_on: Annotated[
        str | None, typer.Option("--continue", metavar="ID", help="Go on with a conversation of `coach journal list`.")
    ] = None,
    off_record: _OffRecord = False,
) -> None:
    """Talk in the terminal."""
    if go_on is not None and off_record:
        raise InputError("A kept conversation cannot go on off the record.", hint="Leave one of the two options out.")
    typer.echo(_WELCOME)
    with _engine(settings.load({"model": model}), off_record=off_record) as engine:
        conversation_id = engine.journal().find(go_on) if go_on is not None else None
        session = engine.new_session(conversation_id, off_record=off_record)
        for turn in engine.journal().read(conversation_id).turns if conversation_id is not None else ():
            typer.echo(f"You: {turn.message}\n{turn.reply}{' [broke off]' if turn.partial else ''}\n")
        troubled = False
        # What is slow is loaded while the person writes, after all that a crisis reply needs.
        engine.load_in_background()
        while text := _line():
            _answer(engine, session, text, explain=explain)
            if session.trouble is not None and not troubled and engine.journal().trouble is None:
                tell_trouble(session.trouble)
            troubled = session.trouble is not None
        if session.conversation_id is not None and session.messages and engine.journal().kept and not troubled:
            short = session.conversation_id[:ID_LETTERS]
            typer.echo(f"Kept on this computer. To go on later: coach chat --continue {short}", err=True)


def _answer(engine: Engine, session: Session, text: str, *, explain: bool) -> None:
    with _stop_on_interrupt() as stopped:
        if not engine.loading().settled and not session.answers_at_once(text):
            _load(engine, stopped.is_set)
        printer = _Printer(explain=explain)
        try:
            for event in session.send(text, stopped=stopped.is_set):
                printer.show(event)
                if isinstance(event, TurnFailed):
                    typer.echo(f"{event.message} {event.hint}", err=True)
        except InputError as error:
            typer.echo(f"{error} {error.hint}", err=True)
        printer.end()


class _Printer:
    """Writes a reply as it comes, sentence by sentence."""

    def __init__(self, *, explain: bool) -> None:
        self._explain = explain
        self._open = False
        self._notes: tuple[FoundNote, ...] = ()

    def show(self, event: Event) -> None:
        if isinstance(event, SafetyReply):
            self._write(event.text)
            self._write("\n\n")
        elif isinstance(event, Sentence):
            self._write(event.lead + event.text)
        elif isinstance(event, Draft):
            self._write(f"{BREAK if self._open else ''}{event.text}")
        elif isinstance(event, CardsFound) and event.notes:
            self._notes = event.notes
        elif isinstance(event, TurnDone):
            if event.stopped:
                self._write(" [stopped]")
        elif self._explain:
            self._tell(event)

    def end(self) -> None:
        if self._open:
            typer.echo("\n")
        for note in self._notes:
            typer.echo(f"From your notes ({note.file}, {note.place}): {note.text}\n")

    def _write(self, text: str) -> None:
        self._open = True
        typer.echo(text, nl=False)
        sys.stdout.flush()

    def _tell(self, event: Event) -> None:
        if isinstance(event, Withheld):
            typer.echo(f"\n  [withheld, {event.reason}: {event.text}]", err=True)
        elif isinstance(event, CardsFound):
            listed = ", ".join(f"{found.card.id} {found.score:.2f}" for found in event.cards)
            typer.echo(f"  [cards: {listed or 'none'}]", err=True)
        else:
            typer.echo(f"  [{json.dumps(to_json(event), ensure_ascii=False, default=sorted)}]", err=True)


@contextmanager
def _engine(chosen: Settings, *, off_record: bool) -> Iterator[Engine]:
    """Open the program with its journal. Nothing slow is loaded yet."""
    from coach.wiring import Engine, journal_needs_passphrase

    locked = not off_record and journal_needs_passphrase(chosen)
    engine = Engine(chosen, passphrase=passphrase_of(chosen) if locked else None)
    try:
        if not off_record:
            tell_start(engine.journal())
        yield engine
    finally:
        engine.close()


def _load(engine: Engine, stopped: Callable[[], bool] = lambda: False) -> None:
    """Load everything, with progress on standard error; what failed is told and the rest goes on."""
    with Console(stderr=True).status("Getting ready") as status:

        def look(loading: Loading) -> None:
            status.update(loading.message or "Getting ready")

        loading = engine.load(look, stopped=stopped)
    if loading.problem and loading.gate_ready:
        typer.echo(f"{loading.problem} {loading.hint or ''}", err=True)


def _answers_unasked(chosen: Settings, text: str) -> bool:
    """Whether a message is too grave to ask for the journal's passphrase before it is answered."""
    from coach.wiring import journal_needs_passphrase, open_look

    if not journal_needs_passphrase(chosen) or chosen.passphrase_file:
        return False
    return open_look(chosen).gate.check(text, (), None).level.stops_coaching


@contextmanager
def _stop_on_interrupt() -> Iterator[threading.Event]:
    """Make Ctrl-C set the event instead of ending the program."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _line() -> str:
    """Return the next message; "" at the end of the chat."""
    try:
        return input("You: ").strip()
    except (EOFError, KeyboardInterrupt):
        typer.echo("")
        return ""


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("There is no message.", hint='Run `coach ask "..."`, or pipe a text into it.')
    return sys.stdin.buffer.read().decode("utf-8", "replace")
