"""Read the user's own note files and cut them into passages that can be found and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import InputError
from coach.text import clean, sentences, words

ENDINGS = (".md", ".markdown", ".txt")
MOST_BYTES = 1_000_000
_LONGEST = 90
"""Words of a passage; what is longer says several things and is found for none."""

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*$")
_HINT = f"Notes are Markdown or plain text ({', '.join(ENDINGS)}) of up to 1 MB, in UTF-8."


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of a note file, and where it stands."""

    text: str
    place: str


def note_files(path: Path) -> list[Path]:
    """Return the note files at a path: the file itself, or every note file below a folder, by name.

    Raises:
        InputError: There is nothing there, or no note file in the folder.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(f"There is no file or folder {path}.", hint="Check the path and run the command again.")
    found = sorted(
        each
        for each in path.rglob("*")
        if each.suffix.lower() in ENDINGS and each.is_file() and not _is_hidden(each.relative_to(path))
    )
    if not found:
        raise InputError(f"There are no notes in {path}.", hint=_HINT)
    return found


def read_note(path: Path) -> str:
    """Return a note file's text, cleaned.

    Raises:
        InputError: It cannot be read as text; the message says why.
    """
    check_ending(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", hint=_HINT) from error
    return checked_note(str(path), data)


def check_ending(path: Path) -> None:
    """Make sure that a name is that of a note.

    Raises:
        InputError: It is not.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"{path} is neither Markdown nor plain text.", hint=_HINT)


def checked_note(name: str, data: bytes | None) -> str:
    """Return the text of a note, cleaned; ``data`` is None for what was too large to read.

    Raises:
        InputError: It cannot be read as text; the message says why.
    """
    check_ending(Path(name))
    if data is None or len(data) > MOST_BYTES:
        raise InputError(f"{name} is larger than 1 MB.", hint=_HINT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not text in UTF-8.", hint=_HINT) from error
    if "\x00" in text:
        raise InputError(f"{name} is not text.", hint=_HINT)
    text = clean(text)
    if not text:
        raise InputError(f"{name} is empty.", hint=_HINT)
    return text


def passages(text: str) -> list[Passage]:
    """Cut a text into passages at headings and empty lines, and long ones between sentences."""
    found: list[Passage] = []
    for heading, line, block in _blocks(text):
        place = f"{heading}, line {line}" if heading else f"line {line}"
        found += [Passage(text=piece, place=place) for piece in _pieces(block)]
    return found


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield (heading above, line of its start, text) for each paragraph."""
    heading, start = "", 0
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        head = _HEADING.match(line)
        if line.strip() and not head:
            start = start if block else number
            block.append(line.strip())
            continue
        if block:
            yield heading, start, " ".join(block)
            block = []
        if head:
            heading = head.group(1)


def _pieces(block: str) -> Iterator[str]:
    piece: list[str] = []
    count = 0
    for sentence in sentences(block):
        size = len(words(sentence))
        if piece and count + size > _LONGEST:
            yield " ".join(piece)
            piece, count = [], 0
        piece.append(sentence)
        count += size
    if piece:
        yield " ".join(piece)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
