"""The user's own notes: copies that the coach keeps, and the search in them.

Everything goes through ``Blobs``, so that one class is all that encryption has to cover.
The vectors are a cache beside the copies, compared and made again like the card index;
they are searched in memory, as Chroma could only keep them in the open.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np

from coach.errors import InputError, StorageError
from coach.retrieval.passages import Passage, checked_note, note_files, passages, read_note
from coach.types import FoundNote, Vector

_COPY = "note-"
_VECTORS = "vectors.npz"
_NEAR = 0.35
"""Cosine similarity from which a passage has to do with a message."""

Embed = Callable[[Sequence[str]], Vector]


class Blobs(Protocol):
    """Keeps named bytes."""

    def names(self) -> list[str]:
        """Return the names of everything kept."""
        ...

    def get(self, name: str) -> bytes:
        """Return what is kept under a name; raises OSError."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, whole or not at all; raises OSError."""
        ...

    def delete(self, name: str) -> None:
        """Remove a name, if it is there; raises OSError."""
        ...


class FolderBlobs:
    """Keeps bytes as files in a folder that only its owner can open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names of everything kept."""
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if not path.name.startswith("."))

    def get(self, name: str) -> bytes:
        """Return what is kept under a name."""
        return (self._folder / name).read_bytes()

    def put(self, name: str, data: bytes) -> None:
        """Write a file beside the old one, then put it in its place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        # mkstemp makes files that only the owner can read.
        handle, draft = tempfile.mkstemp(prefix=".", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self._folder / name)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._folder / name).unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A file of notes that the coach has a copy of."""

    key: str
    file: str
    learned_on: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What came of learning: the notes that went in, and one clear line for each file that did not."""

    notes: tuple[Note, ...]
    problems: tuple[str, ...]


class Notes:
    """The user's notes.

    Args:
        blobs: Keeps the copies and the vectors.
        embedder: Digest of the embedding model.
    """

    def __init__(self, blobs: Blobs, embedder: str) -> None:
        self._blobs = blobs
        self._embedder = embedder
        self._rows: list[tuple[Note, Passage]] = []
        self._vectors: Vector = np.zeros((0, 0), dtype=np.float32)
        self.problems: tuple[str, ...] = ()

    def listed(self) -> list[Note]:
        """Return the notes by file name; a copy that cannot be read becomes one of ``problems``."""
        notes, problems = [], []
        for name in self._blobs.names():
            if name.startswith(_COPY):
                try:
                    notes.append(_from_copy(name, self._blobs.get(name)))
                except (OSError, ValueError, KeyError, TypeError, AttributeError):
                    problems.append(f"The copy {name} of a note cannot be read. Run `coach learn` on the file again.")
        self.problems = tuple(problems)
        return sorted(notes, key=lambda note: (note.file, note.key))

    def learn(self, path: Path, embed: Embed) -> Learned:
        """Copy a file, or every note file of a folder; a file learned before is replaced.

        Raises:
            InputError: There is nothing to learn at the path.
            StorageError: The copies cannot be written.
        """
        notes, problems = [], []
        for file in note_files(path):
            try:
                notes.append(self._copy(str(file.resolve()), file.name, read_note(file)))
            except InputError as error:
                problems.append(str(error))
        self.ready(embed)
        return Learned(notes=tuple(notes), problems=tuple(problems))

    def learn_text(self, name: str, text: str, embed: Embed) -> Note:
        """Keep a text under a file name; a text kept under that name before is replaced.

        Raises:
            InputError: The name is not that of a note, or the text is none.
            StorageError: The copy cannot be written.
        """
        name = Path(name.replace("\\", "/")).name
        note = self._copy(name, name, checked_note(name, text.encode("utf-8", "surrogatepass")))
        self.ready(embed)
        return note

    def forget(self, names: Sequence[str] | None, embed: Embed) -> list[Note]:
        """Remove the notes with these file names or keys, or all of them for None, and return what was removed.

        Raises:
            InputError: A name is unknown; then nothing is removed.
            StorageError: A copy cannot be removed.
        """
        notes = self.listed()
        known = {name for note in notes for name in (note.file, note.key)}
        for name in names or ():
            if name not in known:
                raise InputError(f"There are no notes named {name!r}.", hint="Run `coach forget` to list them.")
        gone = [note for note in notes if names is None or note.file in names or note.key in names]
        try:
            if names is None:
                for each in self._blobs.names():
                    self._blobs.delete(each)
            for note in gone:
                self._blobs.delete(note.key)
        except OSError as error:
            raise StorageError(f"The notes cannot be removed: {error.strerror or error}.") from error
        self.ready(embed)
        return gone

    def ready(self, embed: Embed) -> None:
        """Load the vectors, and make them anew from the copies where they do not fit.

        Raises:
            StorageError: They cannot be written.
        """
        self._rows = [(note, passage) for note in self.listed() for passage in note.passages]
        texts = [passage.text for _, passage in self._rows]
        if not texts:
            self._vectors = np.zeros((0, 0), dtype=np.float32)
            self._delete_vectors()
            return
        content = _digest([self._embedder, *texts])
        kept = self._kept_vectors(content, len(texts))
        if kept is None:
            kept = np.asarray(embed(texts), dtype=np.float32)
            packed = io.BytesIO()
            np.savez(packed, allow_pickle=False, vectors=kept, content=content, sum=_sum(kept))
            self._put(_VECTORS, packed.getvalue())
        self._vectors = kept

    def find(self, vector: Vector, *, most: int = 2) -> tuple[FoundNote, ...]:
        """Return the passages nearest to a message's embedding, best first; none when nothing is near."""
        if not self._rows:
            return ()
        near = self._vectors @ vector
        return tuple(
            FoundNote(
                text=self._rows[row][1].text,
                file=self._rows[row][0].file,
                place=self._rows[row][1].place,
                score=float(near[row]),
            )
            for row in np.argsort(-near)[:most]
            if near[row] >= _NEAR
        )

    def _copy(self, path: str, name: str, text: str) -> Note:
        key = f"{_COPY}{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"
        name = name.encode("utf-8", "replace").decode("utf-8")
        copy = {"file": name, "learned_on": date.today().isoformat(), "text": text}
        data = json.dumps(copy, ensure_ascii=False).encode("utf-8")
        self._put(key, data)
        return _from_copy(key, data)

    def _kept_vectors(self, content: str, rows: int) -> Vector | None:
        """Return the stored vectors if they are of this content, whole and unchanged."""
        try:
            with np.load(io.BytesIO(self._blobs.get(_VECTORS)), allow_pickle=False) as stored:
                vectors = stored["vectors"]
                fits = str(stored["content"]) == content and str(stored["sum"]) == _sum(vectors)
        except Exception:  # noqa: BLE001 -- a damaged archive raises almost anything, and is then made anew
            return None
        return np.asarray(vectors, dtype=np.float32) if fits and len(vectors) == rows else None

    def _put(self, name: str, data: bytes) -> None:
        try:
            self._blobs.put(name, data)
        except OSError as error:
            raise StorageError(f"The notes cannot be written: {error.strerror or error}.") from error

    def _delete_vectors(self) -> None:
        try:
            self._blobs.delete(_VECTORS)
        except OSError as error:
            raise StorageError(f"The notes cannot be removed: {error.strerror or error}.") from error


def _from_copy(key: str, data: bytes) -> Note:
    copy = json.loads(data)
    return Note(
        key=key,
        file=str(copy["file"]),
        learned_on=str(copy["learned_on"]),
        passages=tuple(passages(str(copy["text"]))),
    )


def _digest(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _sum(vectors: Vector) -> str:
    return hashlib.sha256(np.ascontiguousarray(vectors).tobytes()).hexdigest()
