"""From a passphrase to the journal's key.

The key is derived by scrypt with the parameters that OWASP's password storage cheat sheet
gives first (N = 2**17, r = 8, p = 1: 128 MiB of memory for each guess) and handed to
SQLCipher as a raw key. Parameters, salt and a check value lie in ``journal.key`` beside the
database, so that a wrong passphrase and a damaged database can be told apart. The salt is
also the database's own first 16 bytes: either of the two files can lose it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from coach.errors import InputError, JournalLocked
from coach.journal import files

SALT_BYTES = 16
SHORTEST = 8
"""Fewest characters of a new passphrase."""

_N, _R, _P = 2**17, 8, 1
_MOST_N, _MOST_R, _MOST_P = 2**22, 32, 16
_MEMORY = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Key:
    """A raw key of 32 bytes and the database's salt of 16. Never shown: ``repr`` hides both."""

    raw: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "Key(...)"

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    @property
    def check(self) -> str:
        """A value that tells this key from others and says nothing about it."""
        return hmac.digest(self.raw, b"rebound journal key check", "sha256").hex()


@dataclass(frozen=True, kw_only=True)
class KeyFile:
    """What ``journal.key`` holds; ``check`` is empty where that file was lost."""

    salt: bytes
    n: int = _N
    r: int = _R
    p: int = _P
    check: str = ""

    def unlock(self, passphrase: str) -> Key:
        """Return the key.

        Raises:
            JournalLocked: The passphrase is wrong.
        """
        key = Key(raw=_derived(passphrase, self), salt=self.salt)
        if self.check and not hmac.compare_digest(key.check, self.check):
            raise wrong_passphrase()
        return key


def wrong_passphrase() -> JournalLocked:
    """Return the error for a passphrase that does not fit."""
    return JournalLocked("That passphrase does not open the journal.", hint="Check capitals and layout, and try again.")


def new_key(passphrase: str) -> tuple[Key, KeyFile]:
    """Return a key from a new passphrase, with a fresh salt.

    Raises:
        InputError: The passphrase is too short.
    """
    if len(_normal(passphrase)) < SHORTEST:
        raise InputError(
            f"A passphrase needs at least {SHORTEST} characters.", hint="Four or five random words are a good one."
        )
    blank = KeyFile(salt=secrets.token_bytes(SALT_BYTES))
    key = Key(raw=_derived(passphrase, blank), salt=blank.salt)
    return key, KeyFile(salt=key.salt, check=key.check)


def write(path: Path, key_file: KeyFile) -> None:
    """Write the key file so that a crash leaves the old one or the new one.

    Raises:
        StorageError: The folder cannot be written.
    """
    values = {
        "version": 1,
        "kdf": "scrypt",
        "n": key_file.n,
        "r": key_file.r,
        "p": key_file.p,
        "salt": key_file.salt.hex(),
        "check": key_file.check,
    }
    files.write_whole(path, json.dumps(values, indent=2).encode())


def read(path: Path, database: Path) -> KeyFile:
    """Read the key file; if it is missing or damaged, go by the database's first bytes and today's parameters."""
    try:
        values = json.loads(path.read_bytes())
        found = KeyFile(
            salt=bytes.fromhex(values["salt"]),
            n=int(values["n"]),
            r=int(values["r"]),
            p=int(values["p"]),
            check=str(values["check"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return KeyFile(salt=files.head(database, SALT_BYTES))
    return found if _plausible(found) else KeyFile(salt=files.head(database, SALT_BYTES))


def _plausible(found: KeyFile) -> bool:
    """Whether the numbers are ones that somebody would have chosen, so that a flipped digit costs no gigabytes."""
    power = found.n > 1 and found.n & (found.n - 1) == 0
    small = found.n <= _MOST_N and 0 < found.r <= _MOST_R and 0 < found.p <= _MOST_P
    return power and small and len(found.salt) == SALT_BYTES and found.n * found.r * 128 < _MEMORY


def _derived(passphrase: str, key_file: KeyFile) -> bytes:
    return hashlib.scrypt(
        _normal(passphrase).encode(),
        salt=key_file.salt,
        n=key_file.n,
        r=key_file.r,
        p=key_file.p,
        maxmem=_MEMORY,
        dklen=32,
    )


def _normal(passphrase: str) -> str:
    """The same passphrase from every keyboard: composed characters, as RFC 8265 asks."""
    return unicodedata.normalize("NFC", passphrase.encode("utf-8", "replace").decode())


def from_file(path: Path) -> str:
    """Read a passphrase from a file's first line, for scripts.

    Raises:
        InputError: The file cannot be read, is empty, or can be read by others.
    """
    try:
        mode = path.stat().st_mode
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The passphrase file {path} cannot be read: {error}.", hint="Check its path.") from error
    if os.name == "posix" and mode & 0o077:
        raise InputError(f"Others can read the passphrase file {path}.", hint=f"Run `chmod 600 {path}` first.")
    if not lines or not lines[0]:
        raise InputError(f"The passphrase file {path} is empty.", hint="Put the passphrase into its first line.")
    return lines[0]
