"""``coach learn`` and ``coach forget``: the user's own notes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach import settings as table
from coach.cli import journal
from coach.errors import CoachError, InputError
from coach.journal import files
from coach.journal.vault import Shelf
from coach.llm import catalog
from coach.retrieval.notes import Blobs, FolderBlobs, Note, Notes
from coach.retrieval.tuning import embedder_identity
from coach.types import Vector, Vectors

if TYPE_CHECKING:
    from coach.retrieval.embed import Embedder
    from coach.safety.typed import Look


def learn(
    path: Annotated[Path, typer.Argument(metavar="FILE-or-FOLDER", help="Markdown or plain text files.")],
) -> None:
    """Copy your own notes into the coach's data folder, so that replies can use them."""
    from coach.wiring import open_look

    look = open_look(table.load())
    learned = open_notes().learn(path.expanduser(), _embed)
    for note in learned.notes:
        typer.echo(f"{note.file}: {_count(len(note.passages), 'passage')}")
        _look_at(note, look)
    for problem in learned.problems:
        typer.echo(problem, err=True)
    if not learned.notes:
        raise InputError("Nothing was learned.", hint="Run `coach forget` to see what the coach has of yours.")


def forget(
    names: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="File names as listed.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove all of them.")] = False,
) -> None:
    """List your own notes, or remove the copies of those named; your files stay where they are."""
    notes = open_notes()
    if not names and not everything:
        _list(notes.listed())
        for problem in notes.problems:
            typer.echo(problem, err=True)
        return
    gone = notes.forget(None if everything else names, _embed)
    for note in gone:
        typer.echo(f"{note.file}: forgotten")
    if not gone:
        typer.echo("There was nothing to forget.")


def open_notes() -> Notes:
    """Return the notes of this user, from the vault where the journal is encrypted.

    Raises:
        JournalLocked: The passphrase is missing or wrong.
    """
    settings = table.load()
    encrypted = files.Folder(path=settings.journal_folder).encrypted
    blobs: Blobs = Shelf(journal.opened(settings).vault) if encrypted else FolderBlobs(settings.notes)
    return Notes(blobs, embedder_identity(catalog.load()[catalog.EMBEDDER].sha256))


def _look_at(note: Note, look: Look) -> None:
    """Say where help is when a note reads as if someone is in danger. It is learned all the same."""
    text = "\n\n".join(passage.text for passage in note.passages)
    help_now = look.typed(text, _vectors)
    if help_now is not None:
        typer.echo(f"\n{help_now.text}\n")


def _embed(texts: Sequence[str]) -> Vector:
    return _embedder().embed(texts)


def _vectors(text: str) -> Vectors | None:
    """Return a text's vectors; None without the embedder, and then the rules decide alone."""
    try:
        return _embedder().vectors(text)
    except CoachError:
        return None


def _embedder() -> Embedder:
    return _loaded(catalog.require(catalog.EMBEDDER, table.load()).path)


@functools.cache
def _loaded(folder: Path) -> Embedder:
    # Loaded only when there is something to embed: it takes seconds.
    from coach.retrieval.embed import Embedder

    return Embedder(folder)


def _list(notes: Sequence[Note]) -> None:
    if not notes:
        typer.echo("The coach has no notes of yours. `coach learn FILE-or-FOLDER` adds some.")
        return
    # Two files of one name in different folders are told apart by their keys.
    names = [note.file for note in notes]
    for note in notes:
        key = f"  ({note.key})" if names.count(note.file) > 1 else ""
        typer.echo(f"{note.file}{key}: {_count(len(note.passages), 'passage')}, learned on {note.learned_on}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
