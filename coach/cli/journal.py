"""``coach journal``: what is kept of conversations, and how to find, move, protect and erase it."""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from coach import settings as table
from coach.cli.journal_view import ID_LETTERS, conversation_json, day, found_line, listed
from coach.errors import CoachError, InputError, JournalLocked
from coach.journal import encryption, files, keys, store, transfer
from coach.journal.store import Journal
from coach.settings import Settings

app = typer.Typer(
    help="List, read, search, move, protect and erase your conversations.", no_args_is_help=True, add_completion=False
)

_FORGOTTEN = (
    "The passphrase is kept nowhere. If you forget it, nobody can open the journal again: "
    "not you, not us, not any program."
)

_Id = Annotated[str, typer.Argument(metavar="ID", help="The conversation's id, or its first letters.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON. Times are seconds since 1970.")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
_Off = Annotated[bool, typer.Option("--off", help="Take it back.")]


@app.command("list")
def list_conversations(
    archived: Annotated[bool, typer.Option("--archived", help="Only archived ones.")] = False,
    deleted: Annotated[bool, typer.Option("--deleted", help="Only deleted ones that can be brought back.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    as_json: _Json = False,
) -> None:
    """List conversations, pinned ones first, then the latest first."""
    with opened() as journal:
        found = journal.conversations(archived=None if deleted else archived, deleted=deleted, limit=limit)
    if as_json:
        _print_json([dataclasses.asdict(each) for each in found])
    elif not found:
        typer.echo("There are no conversations here.")
    else:
        _console().print(listed(found))


@app.command()
def show(
    conversation: _Id,
    versions: Annotated[bool, typer.Option("--versions", help="Also what edits and retries left behind.")] = False,
    as_json: _Json = False,
) -> None:
    """Print a conversation, with its facts and drafts."""
    with opened() as journal:
        found = journal.read(journal.find(conversation))
    if as_json:
        _print_json(conversation_json(found))
        return
    typer.echo(transfer.to_markdown(found), nl=False)
    if versions and found.earlier:
        typer.echo("\n## Earlier versions")
        for turn in found.earlier:
            typer.echo(f"\n{transfer.turn_markdown(turn)}")


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words that were said; the last may be a beginning.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: _Json = False,
) -> None:
    """Find passages that have all the words, the latest first."""
    with opened() as journal:
        found = journal.search(" ".join(words), limit=limit)
    if as_json:
        _print_json([dataclasses.asdict(each) for each in found])
    elif not found:
        typer.echo("Nothing was found.")
    for hit in () if as_json else found:
        _console().print(found_line(hit), soft_wrap=True)


@app.command()
def rename(conversation: _Id, title: Annotated[list[str], typer.Argument(help="The new title.")]) -> None:
    """Give a conversation another title."""
    with opened() as journal:
        journal.rename(journal.find(conversation), " ".join(title))


@app.command()
def pin(conversation: _Id, off: _Off = False) -> None:
    """Keep a conversation at the top of the list."""
    with opened() as journal:
        journal.pin(journal.find(conversation), not off)


@app.command()
def archive(conversation: _Id, off: _Off = False) -> None:
    """Take a conversation out of the list without deleting it."""
    with opened() as journal:
        journal.archive(journal.find(conversation), not off)


@app.command()
def delete(
    conversation: _Id,
    now: Annotated[bool, typer.Option("--now", help="For good, at once, also if deleted before.")] = False,
    yes: _Yes = False,
) -> None:
    """Delete a conversation; for some days it can be brought back, then it is gone for good."""
    settings = table.load()
    with opened(settings) as journal:
        if not now:
            conversation_id = journal.find(conversation)
            journal.delete(conversation_id)
            typer.echo(
                f"Deleted. Until {day(time.time() + settings.undo_days * 86_400)} it can be brought back with "
                f"`coach journal restore {conversation_id[:ID_LETTERS]}`."
            )
            return
        conversation_id = _find_any(journal, conversation)
        if yes or typer.confirm("Remove this conversation for good?", default=False):
            journal.delete(conversation_id)
            journal.purge(conversation_id=conversation_id)
            typer.echo("Gone for good.")
        else:
            typer.echo("Nothing was deleted.")


@app.command()
def restore(conversation: _Id) -> None:
    """Bring a deleted conversation back."""
    with opened() as journal:
        journal.restore(journal.find(conversation, deleted=True))


@app.command("export")
def export_journal(
    conversation: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="One conversation, as Markdown; by default everything, as JSON."),
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="File to write; by default standard output.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that exists.")] = False,
) -> None:
    """Export everything as JSON, or one conversation as Markdown. An export is not encrypted."""
    if to is not None and to.exists() and not replace:
        raise InputError(f"The file {to} exists.", hint="Choose another name, or add --replace.")
    with opened() as journal:
        if conversation is None:
            text = transfer.to_json(journal) + "\n"
        else:
            text = transfer.to_markdown(journal.read(journal.find(conversation)))
        encrypted = journal.encrypted
    if to is None:
        typer.echo(text, nl=False)
        return
    files.write_whole(to, text.encode("utf-8", "replace"))
    typer.echo(f"Written to {to}.", err=True)
    if encrypted:
        typer.echo("The journal is encrypted; this file is not.", err=True)


@app.command("import")
def import_journal(
    file: Annotated[Path, typer.Argument(help="A file that `coach journal export` wrote; - for standard input.")],
) -> None:
    """Add the conversations of an export. Those that are here already stay as they are."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {file} cannot be read: {error}.", hint="Choose another file.") from error
    with opened() as journal:
        done = transfer.from_json(journal, text)
    typer.echo(f"{done.new} conversations came in; {done.present} were here already.")


@app.command("erase-all")
def erase_all(yes: _Yes = False) -> None:
    """Remove every conversation and everything kept with them, and your own notes, for good."""
    settings = table.load()
    notes = settings.notes
    if not yes:
        typer.echo(f"This removes the journal in {settings.journal_folder} and your notes in {notes}.")
        if not typer.confirm("Remove all of it for good?", default=False):
            typer.echo("Nothing was removed.")
            return
    store.erase(settings.journal_folder)
    files.wipe_folder(notes)
    typer.echo("Erased.")


@app.command()
def encrypt(
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help="File whose first line is the new passphrase, for scripts.")
    ] = None,
    yes: _Yes = False,
) -> None:
    """Encrypt the journal with a passphrase, or change the passphrase."""
    settings = table.load()
    typer.echo(_FORGOTTEN, err=True)
    if not yes and not typer.confirm("Go on?", default=False):
        typer.echo("Nothing was changed.")
        return
    encrypted = files.Folder(path=settings.journal_folder).encrypted
    old = passphrase_of(settings) if encrypted else None
    if new_passphrase_file is not None:
        new = keys.from_file(new_passphrase_file)
    elif settings.passphrase_file and not encrypted:
        new = keys.from_file(Path(settings.passphrase_file))
    else:
        new = str(typer.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))
    encryption.encrypt(settings.journal_folder, new, passphrase=old, notes=settings.notes)
    typer.echo("The journal and your notes are encrypted. No plain copy is left in their folders.")
    typer.echo("Exports you made earlier, and backups of this computer, are as they were.")


@app.command()
def decrypt(yes: _Yes = False) -> None:
    """Store the journal without encryption again."""
    settings = table.load()
    if not files.Folder(path=settings.journal_folder).encrypted:
        typer.echo("The journal is not encrypted.")
        return
    if not yes and not typer.confirm("Everyone who can read this computer's disk could read it. Go on?", default=False):
        typer.echo("Nothing was changed.")
        return
    encryption.decrypt(settings.journal_folder, passphrase_of(settings), notes=settings.notes)
    typer.echo("The journal is no longer encrypted.")


def opened(settings: Settings | None = None) -> Journal:
    """Open the journal, asking for its passphrase where it has one, and tell what the user should know.

    Raises:
        CoachError: It cannot be opened.
    """
    settings = settings or table.load()
    passphrase = None
    if files.Folder(path=settings.journal_folder).encrypted:
        passphrase = passphrase_of(settings)
    journal = Journal.open(settings.journal_folder, passphrase, undo_days=settings.undo_days)
    tell_start(journal)
    return journal


def tell_start(journal: Journal) -> None:
    """Tell, on standard error, what the user should know about the journal's start."""
    for notice in journal.notices:
        typer.echo(notice, err=True)
    if journal.trouble is not None:
        tell_trouble(journal.trouble)


def tell_trouble(trouble: CoachError) -> None:
    """Tell, on standard error, that what is said is not being kept."""
    typer.echo(f"This conversation is not being kept: {trouble} {trouble.hint}", err=True)


def passphrase_of(settings: Settings) -> str:
    """Return the passphrase from the file that the settings name, or ask for it.

    Raises:
        InputError: The file cannot be used.
        JournalLocked: There is no file and nobody to ask.
    """
    if settings.passphrase_file:
        return keys.from_file(Path(settings.passphrase_file).expanduser())
    if not sys.stdin.isatty():
        raise JournalLocked("The journal is encrypted and needs its passphrase.")
    return str(typer.prompt("Passphrase of the journal", hide_input=True, err=True))


def _find_any(journal: Journal, beginning: str) -> str:
    try:
        return journal.find(beginning)
    except InputError:
        return journal.find(beginning, deleted=True)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _console() -> Console:
    return Console(highlight=False)
