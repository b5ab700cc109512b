"""The Chroma store. The only module that imports ``chromadb``."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from coach.errors import IndexUnavailable
from coach.types import Vector

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import chromadb
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.types import Embeddings
from chromadb.config import Settings
from chromadb.errors import ChromaError

_NAME = "cards"
_BATCH = 1000
# Denser than the default, which misses some of many near-equal views; see docs/retrieval.md for recall and cost.
_GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 400,
    "max_neighbors": 32,
}
# What Chroma raises on damaged files: its own errors, and those of SQLite and the Rust core.
_FAILURES = (ChromaError, ValueError, RuntimeError, OSError, KeyError, AttributeError)


@contextlib.contextmanager
def _failing_as(what: str) -> Iterator[None]:
    """Turn whatever Chroma raises into ``IndexUnavailable``."""
    try:
        yield
    except _FAILURES as error:
        raise IndexUnavailable(f"{what}: {error}.") from error
    except BaseException as error:
        # At some damaged pages the Rust core panics, with an error that is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(f"{what}: {error}.") from error


def _client(folder: Path) -> Client:
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    if not isinstance(client, Client):
        raise IndexUnavailable("Chroma opened a client of another kind.", hint="Run `coach doctor`.")
    return client


class Store:
    """A persistent collection of unit vectors, each with an id and the id of its card."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        with _failing_as(f"The index in {folder} cannot be opened"):
            self._client = _client(folder)
            if create:
                self._collection = self._client.create_collection(
                    _NAME, configuration={"hnsw": _GRAPH}, embedding_function=None
                )
            else:
                self._collection = self._client.get_collection(_NAME, embedding_function=None)

    def add(self, ids: Sequence[str], vectors: Vector, cards: Sequence[str]) -> None:
        """Add rows; ids have to be new."""
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            metadata: list[Mapping[str, str | int | float | bool]] = [{"card": card} for card in cards[part]]
            embeddings: Embeddings = list(vectors[part])
            self._collection.add(ids=list(ids[part]), embeddings=embeddings, metadatas=list(metadata))

    def digest(self) -> str:
        """Return a digest of every row's id, card and vector, read back from the files."""
        digest = hashlib.sha256()
        with _failing_as("The index cannot be read"):
            for start in range(0, self._collection.count(), _BATCH):
                rows = self._collection.get(limit=_BATCH, offset=start, include=["metadatas", "embeddings"])
                digest.update(json.dumps([rows["ids"], rows["metadatas"]]).encode())
                digest.update(np.asarray(rows["embeddings"], dtype=np.float32).tobytes())
        return digest.hexdigest()

    def query(self, vector: Vector, most: int) -> list[tuple[str, float]]:
        """Return the card ids of the nearest rows with their cosine similarity, best first."""
        embeddings: Embeddings = [vector]
        with _failing_as("The index cannot be searched"):
            found = self._collection.query(
                query_embeddings=embeddings, n_results=most, include=["metadatas", "distances"]
            )
        metadata, distances = found["metadatas"], found["distances"]
        if metadata is None or distances is None:
            return []
        return [(str(row["card"]), 1.0 - far) for row, far in zip(metadata[0], distances[0], strict=True)]

    def close(self) -> None:
        """Release the files."""
        self._client.close()
