"""Trials of the journal that tests run small and ``make measure`` runs long: kills and damaged files.

Run as a program, it is the process that is killed: it keeps one conversation in the
folder named by its first argument and tells each step on standard output once it is done.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coach.errors import CoachError
from coach.events import Event, Sentence, Timings, TurnDone
from coach.journal import encryption, repair
from coach.journal.files import Folder
from coach.journal.store import Journal
from coach.types import Level, Origin, Part

PASSPHRASE = "seven quiet lamps"  # noqa: S105 - it protects made-up conversations
_SENTENCES = 4

_WORDS = tuple(
    re.findall(
        r"\w+",
        "after four rounds with Northwind the email said no and gave no reason so I keep reading it again on the train "
        "while my sister asks what went wrong in the panel interview about the night roster for the ward in Leeds",
    )
)


def words(chance: random.Random, count: int) -> str:
    """Return a sentence of so many words, that chance picks."""
    return " ".join(chance.choice(_WORDS) for _ in range(count)).capitalize() + "."


def sentence(text: str, *, first: bool) -> Sentence:
    """Return a sentence as the turn yields it."""
    return Sentence(text=text, lead="" if first else " ", origin=Origin.PHRASE, part=Part.ADVICE, decoded=False)


def done(reply: str) -> TurnDone:
    """Return the end of a turn."""
    return TurnDone(
        reply=reply, floor=True, model_share=0.0, cards=(), level=Level.L0, stopped=False, timings=Timings()
    )


def answer(number: int) -> list[str]:
    """Return the sentences that answer message ``number``."""
    return [f"Sentence {part} of answer {number}." for part in range(_SENTENCES)]


def talk(folder: Path, passphrase: str | None) -> None:
    """Talk without end, and tell each step that is on disk."""
    journal = Journal.open(folder, passphrase)
    record = journal.record()
    print("open", record.conversation_id, flush=True)
    number = 0
    while True:
        turn = record.begin(f"Message {number}.")
        print("begin", number, flush=True)
        texts = answer(number)
        for part, text in enumerate(texts):
            turn.add(sentence(text, first=part == 0))
            print("sentence", number, part, flush=True)
        turn.add(done(" ".join(texts)))
        turn.end()
        print("end", number, flush=True)
        number += 1


@dataclass(kw_only=True)
class Kills:
    """What became of the journals of killed processes."""

    kills: int = 0
    turns: int = 0
    in_flight: int = 0
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def kill(folder: Path, count: int, *, encrypted: bool = False, seed: int = 0) -> Kills:
    """Kill so many processes in the middle of a conversation, and look for what each had told was on disk."""
    chance = random.Random(seed)
    passphrase = PASSPHRASE if encrypted else None
    if encrypted:
        encryption.encrypt(folder, PASSPHRASE)
    result = Kills()
    for _ in range(count):
        told = _killed(folder, passphrase, chance.uniform(0.0, 0.15))
        result.kills += 1
        with Journal.open(folder, passphrase) as journal:
            if journal.notices or not repair.sound(journal.database):
                result.damaged.append(str(journal.notices))
            _compare(journal, told, result)
    return result


def _killed(folder: Path, passphrase: str | None, after_s: float) -> list[list[str]]:
    command = [sys.executable, __file__, str(folder), *([passphrase] if passphrase else [])]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after_s)
        child.kill()
        rest = child.stdout.read()
    return [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def _compare(journal: Journal, told: list[list[str]], result: Kills) -> None:
    conversation_id = told[0][1]
    begun = [int(step[1]) for step in told if step[0] == "begin"]
    if not begun:
        return
    turns = journal.read(conversation_id).turns
    result.turns += len(begun)
    # One turn, or one sentence, may have been written in the moment before it could be told.
    if len(turns) not in (len(begun), len(begun) + 1):
        result.lost.append(f"{conversation_id}: {len(begun)} told, {len(turns)} there")
    ended = {int(step[1]) for step in told if step[0] == "end"}
    for number in begun:
        told_parts = sum(step[0] == "sentence" and int(step[1]) == number for step in told)
        there = re.findall(r"Sentence \d+ of answer \d+\.", turns[number].reply)
        whole = turns[number].message == f"Message {number}." and turns[number].reply == " ".join(there)
        if not whole or there != answer(number)[: len(there)] or len(there) not in (told_parts, told_parts + 1):
            result.lost.append(f"{conversation_id}, turn {number}: {told_parts} sentences told, {there} there")
        if number in ended and turns[number].partial:
            result.lost.append(f"{conversation_id}, turn {number}: its end is missing")
        result.in_flight += turns[number].partial


def fill(journal: Journal, conversations: int, *, turns: int = 5, sentences: int = _SENTENCES, seed: int = 0) -> None:
    """Write so many conversations, as a record writes them, in few transactions; each answer has 40 words."""
    chance = random.Random(seed)
    now = 1_790_000_000.0
    for start in range(0, conversations, 250):
        with journal.database.writing():
            for number in range(start, min(start + 250, conversations)):
                now += chance.uniform(600, 6000)
                _conversation(journal, chance, now, number, turns, sentences)


def _conversation(journal: Journal, chance: random.Random, now: float, number: int, turns: int, sentences: int) -> None:
    ticks = iter(range(10_000))
    record = journal.record(clock=lambda: now + next(ticks))
    for _ in range(turns):
        turn = record.begin(f"{words(chance, 12)} {words(chance, 18)}")
        texts = [words(chance, 40 // sentences) for _ in range(sentences)]
        for event in _events(texts):
            turn.add(event)
        turn.end()
    record.understand({"employer": f"Employer{number}"})
    record.keep(f"Dear team{number}, {words(chance, 40)}")


def _events(texts: list[str]) -> Iterator[Event]:
    for part, text in enumerate(texts):
        yield sentence(text, first=part == 0)
    yield done(" ".join(texts))


@dataclass(kw_only=True)
class Fuzz:
    """What became of damaged files. ``bad`` are those that ended in anything but an answer or a message."""

    files: int = 0
    opened: int = 0
    mended: int = 0
    rescued: int = 0
    begun_anew: int = 0
    refused: int = 0
    bad: list[str] = field(default_factory=list)


def fuzz(source: Path, work: Path, count: int, *, passphrase: str | None = None, seed: int = 0) -> Fuzz:
    """Damage copies of a closed journal, one after the other, and use each as the program does."""
    chance = random.Random(seed)
    result = Fuzz()
    original = Folder(path=source).database.read_bytes()
    for number in range(count):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(source, work)
        what, content = damage(original, chance)
        Folder(path=work).database.write_bytes(content)
        result.files += 1
        try:
            _used(work, passphrase, content, result)
        except Exception as error:  # noqa: BLE001 - whatever gets out is what we are looking for
            result.bad.append(f"{number}, {what}: {error!r}")
    shutil.rmtree(work, ignore_errors=True)
    return result


def damage(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Return what was done, and the content with bits flipped, a stretch overwritten, or its end cut off."""
    changed = bytearray(content)
    kind = chance.choice(("bits", "bits", "head", "stretch", "zeros", "cut"))
    if kind == "cut":
        return kind, bytes(changed[: chance.randrange(len(changed))])
    if kind in ("stretch", "zeros"):
        length = chance.choice((16, 512, 4096, 20_000))
        start = chance.randrange(len(changed))
        length = min(length, len(changed) - start)
        changed[start : start + length] = bytes(length) if kind == "zeros" else chance.randbytes(length)
        return kind, bytes(changed)
    for _ in range(chance.choice((1, 1, 3, 30))):
        changed[chance.randrange(4096 if kind == "head" else len(changed))] ^= 1 << chance.randrange(8)
    return kind, bytes(changed)


def _used(folder: Path, passphrase: str | None, content: bytes, result: Fuzz) -> None:
    """Open, use, and if the use finds damage, open and use again: that must work, or be refused in words."""
    try:
        try:
            notices = _session(folder, passphrase)
        except CoachError:
            notices = _session(folder, passphrase)
    except CoachError:
        result.refused += 1
        _require(Folder(path=folder).database.read_bytes() == content, "a refused file was changed")
        return
    if not notices:
        result.opened += 1
        return
    copies = [copy.read_bytes() for copy in Folder(path=folder).aside.glob("*-journal.db")]
    _require(len(copies) >= 1, "there is no copy")
    if "could be mended" in notices[0]:
        result.mended += 1
    elif "were rescued" in notices[0]:
        result.rescued += 1
    else:
        result.begun_anew += 1


def _session(folder: Path, passphrase: str | None) -> tuple[str, ...]:
    with Journal.open(folder, passphrase) as journal:
        for summary in journal.conversations(archived=None):
            for stored in journal.read(summary.id).turns:
                stored.events()
        journal.search("northwind")
        journal.search("no", limit=5)
        record = journal.record()
        turn = record.begin("One more message.")
        turn.add(sentence("One more sentence.", first=True))
        turn.end()
        if record.trouble is not None:
            raise record.trouble
        _require(journal.read(record.conversation_id).turns[0].message == "One more message.", "nothing was kept")
        return journal.notices


def _require(true: bool, otherwise: str) -> None:
    if not true:
        raise AssertionError(otherwise)


if __name__ == "__main__":
    talk(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
