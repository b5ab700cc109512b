"""Measure the journal: processes killed while they talk, damaged files, 10,000 conversations, plain and encrypted."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from journal_trials import PASSPHRASE, Fuzz, Kills, fill, fuzz, kill, sentence
from measurements import Result, Row, deliver, look

from coach.journal import encryption, opening
from coach.journal.files import Folder
from coach.journal.keys import Key
from coach.journal.store import Journal

_REPEAT = 20
_METHOD = (
    "Kills: a process talks without end and tells each step once it is on disk; SIGKILL ends it at a random moment, "
    "and the journal is searched for every turn and sentence it had told. "
    "Damaged files: bits flipped, stretches overwritten, ends cut off, one file in six damaged in its first page; each "
    "is opened, listed, read, searched and written to, and where that finds damage, opened again, when all must work. "
    f"Times are medians of {_REPEAT}; opening and closing are counted without unlocking."
)


def measure(options: argparse.Namespace) -> Result:
    """Run all trials; with ``quick`` a twentieth of each."""
    share = 20 if options.quick else 1
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        look("kills")
        kills = {
            "plain": kill(place / "plain", 200 // share),
            "encrypted": kill(place / "secret", 40 // share, encrypted=True),
        }
        look("damaged files")
        damaged = _fuzzed(place, share)
        look("many conversations")
        sizes, about = _sizes(place, 10_000 // share)
    rows = [_kills(*item) for item in kills.items()] + [_damaged(*item) for item in damaged.items()]
    for name in sizes["encrypted"]:
        rows.append(_times(name, sizes["plain"].get(name), sizes["encrypted"][name]))
    return Result(
        title="Journal",
        method=f"{_METHOD} {about}",
        rows=rows,
        data={
            "kills": {name: asdict(found) for name, found in kills.items()},
            "damaged": {name: asdict(found) for name, found in damaged.items()},
            "milliseconds": sizes,
        },
    )


def _kills(name: str, found: Kills) -> Row:
    bad = f"{len(found.lost)} lost turns or sentences, {len(found.damaged)} damaged files"
    return f"{found.kills} kills, {name}", bad, f"{found.turns} turns told, {found.in_flight} answers in flight"


def _damaged(name: str, found: Fuzz) -> Row:
    ends = {
        "opened": found.opened,
        "mended": found.mended,
        "rescued in part or whole": found.rescued,
        "set aside and begun anew": found.begun_anew,
        "refused in words": found.refused,
    }
    told = ", ".join(f"{count} {end}" for end, count in ends.items())
    return f"{found.files} damaged files, {name}", f"{len(found.bad)} tracebacks or lost copies", told


def _times(name: str, plain: float | None, encrypted: float) -> Row:
    if plain is None:
        return name, f"{encrypted:.0f} ms", "encrypted only"
    return name, f"plain {plain:.1f} ms, encrypted {encrypted:.1f} ms", f"{encrypted / plain:.2f} times"


def _fuzzed(work: Path, share: int) -> dict[str, Fuzz]:
    source = work / "small"
    with Journal.open(source) as journal:
        fill(journal, 30, turns=3)
    plain = fuzz(source, work / "fuzz", 1000 // share)
    look("damaged files, encrypted")
    encryption.encrypt(source, PASSPHRASE)
    Journal.open(source, PASSPHRASE).close()
    return {"plain": plain, "encrypted": fuzz(source, work / "fuzz", 200 // share, passphrase=PASSPHRASE)}


def _sizes(work: Path, conversations: int) -> tuple[dict[str, dict[str, float]], str]:
    folder = work / "large"
    with Journal.open(folder) as journal:
        fill(journal, conversations, sentences=1)
    megabytes = Folder(path=folder).database.stat().st_size / 1e6
    plain = times(folder, None)
    started = time.perf_counter()
    encryption.encrypt(folder, PASSPHRASE)
    took = time.perf_counter() - started
    about = f"{conversations:,} conversations of 5 exchanges, {megabytes:.0f} MB; encrypting them took {took:.0f} s."
    return {"plain": plain, "encrypted": times(folder, PASSPHRASE)}, about


def times(folder: Path, passphrase: str | None) -> dict[str, float]:
    """Return medians in milliseconds by what was done."""
    taken: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[..., object], *arguments: object, **options: object) -> None:
        started = time.perf_counter()
        act(*arguments, **options)
        taken.setdefault(name, []).append((time.perf_counter() - started) * 1000)

    place = Folder(path=folder)
    key = opening.unlocked(place, passphrase)
    for number in range(_REPEAT):
        if passphrase is not None:
            timed("unlock", opening.unlocked, place, passphrase)
        timed("open and close", _open_and_close, place, key)
        with Journal.open(folder, passphrase) as journal:
            timed("search for a rare word", journal.search, f"team{number}")
            timed("search for two common words", journal.search, "northwind interview")
            timed("list all", journal.conversations)
            timed("list the first 50", journal.conversations, limit=50)
            one = journal.conversations(limit=50)[number % 50].id
            timed("read one", journal.read, one)
            record = journal.record()
            turn = record.begin("A message of the usual length, to see what it costs.")
            timed("write a sentence", turn.add, sentence("A sentence that passed the guard.", first=True))
            journal.delete(record.conversation_id)
            timed("delete one for good", journal.purge)
    return {name: sorted(values)[len(values) // 2] for name, values in taken.items()}


def _open_and_close(place: Folder, key: Key | None) -> None:
    """What ``Journal.open`` does but for deriving the key, and closing."""
    with place.locked():
        opening.finish_replacing(place)
        database, _ = opening.connected(place, key)
    database.close()


if __name__ == "__main__":
    sys.exit(deliver(measure))
