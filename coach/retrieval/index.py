"""The card index: a cache that is rebuilt from the cards at any doubt.

Each build goes into a new folder, which is published by replacing ``manifest.json``; a
published folder is never written again, so several programs can read it at once. At
every start the published vectors are compared with the digest in the manifest.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import filelock
import numpy as np

from coach.errors import IndexUnavailable, StorageError
from coach.types import Card, Vector

_MANIFEST = "manifest.json"
_FORMAT = 2
_DATABASE = "chroma.sqlite3"
_GRAPH = "index_metadata.pickle"
_LEAST_FREE = 20_000_000
"""Free bytes under which a failed build is put down to the disk."""


class _Store(Protocol):
    def add(self, ids: Sequence[str], vectors: Vector, cards: Sequence[str]) -> None: ...
    def digest(self) -> str: ...
    def query(self, vector: Vector, most: int) -> list[tuple[str, float]]: ...
    def close(self) -> None: ...


class OpenStore(Protocol):
    """Opens or creates a store in a folder."""

    def __call__(self, folder: Path, *, create: bool = False) -> _Store:
        """Return the store."""
        ...


Embed = Callable[[Sequence[str]], Vector]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a published folder holds.

    ``content`` is the digest of the cards, ``embedder`` of the embedding model, ``files`` of the published files
    and ``stored`` of what the store answers when it is read whole.
    """

    format: int
    content: str
    embedder: str
    rows: int
    folder: str = ""
    files: str = ""
    stored: str = ""

    def is_for(self, other: Manifest) -> bool:
        """Whether this is an index of the same cards by the same embedder."""
        return self._unpublished() == other._unpublished()

    def _unpublished(self) -> Manifest:
        return replace(self, folder="", files="", stored="")


def views(card: Card) -> list[str]:
    """Return the texts by which a card is found."""
    return [f"{card.title}. {card.perspective}", card.note, *card.sayings]


def wanted(cards: Sequence[Card], embedder: str) -> Manifest:
    """Return the manifest that an index of these cards has to have."""
    digest = hashlib.sha256()
    for card in cards:
        digest.update("\x1f".join([card.id, *views(card), "\x1e"]).encode())
    rows = sum(len(views(card)) for card in cards)
    return Manifest(format=_FORMAT, content=digest.hexdigest(), embedder=embedder, rows=rows)


class CardIndex:
    """The index below ``root``.

    Args:
        root: Folder of the index, made when missing.
        cards: What the index has to hold.
        embedder: Digest of the embedding model.
        open_store: Opens a folder as a store.
    """

    def __init__(self, root: Path, cards: Sequence[Card], embedder: str, open_store: OpenStore) -> None:
        self._root = root
        self._cards = cards
        self._wanted = wanted(cards, embedder)
        self._open_store = open_store
        self._published = Manifest(format=0, content="", embedder="", rows=0)
        self._store: _Store | None = None

    def problem(self) -> str | None:
        """Return why the published index cannot be used, or None when it can."""
        try:
            manifest = self._read()
        except IndexUnavailable as error:
            return str(error)
        if not manifest.is_for(self._wanted):
            return "The index is of other cards or another embedder."
        if _files_digest(self._root / manifest.folder) != manifest.files:
            return "The index files are damaged."
        return None

    def ready(self, embed: Embed) -> None:
        """Open the published index, and rebuild it first where it does not fit or does not answer.

        Raises:
            IndexUnavailable: It cannot be built.
            StorageError: The folder cannot be written.
        """
        if self._opens(embed):
            return
        with self._building():
            # Another program may have built it while this one waited.
            if self._opens(embed):
                return
            self._build(embed)
        if not self._opens(embed):
            raise IndexUnavailable("The index was built but does not answer.")

    def build(self, embed: Embed) -> None:
        """Build into a new folder and publish it, whatever is there already.

        Raises:
            StorageError: The folder cannot be written.
        """
        with self._building():
            self._build(embed)

    def query(self, vector: Vector, most: int) -> list[tuple[str, float]]:
        """Return (card id, cosine similarity) of the nearest views, best first."""
        self._follow()
        if self._store is None:
            raise IndexUnavailable("The index is not open.")
        return self._store.query(vector, most)

    def close(self) -> None:
        """Release the files."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @contextlib.contextmanager
    def _building(self) -> Iterator[None]:
        """Hold the lock of whoever builds."""
        lock = filelock.FileLock(self._root / "build.lock")
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def _build(self, embed: Embed) -> None:
        folder = self._root / f"build-{uuid.uuid4().hex[:12]}"
        try:
            self._publish(folder, self._fill(folder, embed))
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise self._unwritable(error) from error
        except IndexUnavailable:
            shutil.rmtree(folder, ignore_errors=True)
            # Chroma says of a full disk whatever its database said; people need the reason.
            if shutil.disk_usage(self._root).free < _LEAST_FREE:
                raise StorageError(f"The index cannot be written to {self._root}: the disk is full.") from None
            raise

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(f"The index cannot be written to {self._root}: {error.strerror or error}.")

    def _opens(self, embed: Embed) -> bool:
        """Open the published folder and ask it for a card that it must know."""
        if self.problem() is not None:
            return False
        try:
            manifest = self._read()
            store = self._open_store(self._root / manifest.folder)
        except IndexUnavailable:
            return False
        try:
            probe = self._cards[0]
            found = store.query(embed([views(probe)[0]])[0], 3)
            answers = probe.id in [card for card, _ in found] and store.digest() == manifest.stored
        except IndexUnavailable:
            answers = False
        if not answers:
            store.close()
            return False
        self.close()
        self._store, self._published = store, manifest
        return True

    def _follow(self) -> None:
        """Reopen when another program has published a newer index of the same cards."""
        try:
            manifest = self._read()
            if manifest == self._published or not manifest.is_for(self._wanted):
                return
            store = self._open_store(self._root / manifest.folder)
        except IndexUnavailable:
            return  # What is open goes on answering; the next start rebuilds.
        self.close()
        self._store, self._published = store, manifest

    def _fill(self, folder: Path, embed: Embed) -> str:
        """Write every view into a new store and return the store's digest."""
        texts, ids, cards = [], [], []
        for card in self._cards:
            for number, text in enumerate(views(card)):
                texts.append(text)
                ids.append(f"{card.id}#{number}")
                cards.append(card.id)
        store = self._open_store(folder, create=True)
        try:
            store.add(ids, np.asarray(embed(texts), dtype=np.float32), cards)
            return store.digest()
        finally:
            store.close()

    def _publish(self, folder: Path, stored: str) -> None:
        try:
            before = self._read().folder
        except IndexUnavailable:
            before = ""
        manifest = replace(self._wanted, folder=folder.name, files=_files_digest(folder), stored=stored)
        draft = self._root / f"{_MANIFEST}.new"
        draft.write_text(json.dumps(asdict(manifest)), "utf-8")
        draft.replace(self._root / _MANIFEST)
        # The folder published before stays for readers that have it open; older ones go.
        for old in self._root.glob("build-*"):
            if old.is_dir() and old.name not in (folder.name, before):
                shutil.rmtree(old, ignore_errors=True)

    def _read(self) -> Manifest:
        path = self._root / _MANIFEST
        try:
            manifest = Manifest(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnavailable(f"The index has no usable {path}.") from error
        if not manifest.folder or not (self._root / manifest.folder).is_dir():
            raise IndexUnavailable(f"The index folder {manifest.folder or '(none)'} is missing.")
        return manifest


def _files_digest(folder: Path) -> str:
    """Return a digest of the published files, less those that change when they are only read.

    Chroma writes into the database whenever it is opened, and a small collection's graph is not kept in files at
    all: theirs hold nothing yet. What both hold is compared through the store instead.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and (path.parent / _GRAPH).exists() and not path.name.startswith(_DATABASE):
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    except OSError:
        return "unreadable"
    return digest.hexdigest()
