"""Knows what a set-up in ``.venv`` holds, so that a second one does nothing.

The stamp is written after each finished half of a set-up: the packages, then the data
(models and index). Standard library only, and few modules of it: this runs at every start.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_DATA_VARIABLES = ("COACH_DATA_DIR", "COACH_CONFIG_DIR", "COACH_MODEL", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME")


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What is in place.

    ``packages`` is the digest of what was asked for, ``extras`` the optional sets installed,
    ``place`` the digest of the variables that say where the data lies, ``files`` the data's
    paths, ``test_model`` whether the tests' model is among them.
    """

    packages: str = ""
    extras: tuple[str, ...] = ()
    place: str = ""
    files: tuple[str, ...] = ()
    test_model: bool = False


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A checkout and its virtual environment."""

    root: Path
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @property
    def venv(self) -> Path:
        """The virtual environment's folder."""
        return self.root / ".venv"

    @property
    def scripts(self) -> Path:
        """The folder of the environment's programs."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def python_version(self) -> str:
        """The version of the environment's Python, such as "3.11.7"; "" where there is none."""
        try:
            lines = (self.venv / "pyvenv.cfg").read_text("utf-8").splitlines()
        except OSError:
            return ""
        rows = dict(line.split(" = ", 1) for line in lines if " = " in line)
        return rows.get("version", "") if self.python.exists() else ""

    def packages_digest(self) -> str:
        """Return the digest of all that decides which packages a set-up installs."""
        digest = hashlib.sha256()
        for name in ("pyproject.toml", "constraints.txt"):
            digest.update((self.root / name).read_bytes())
        digest.update(f"{self.python_version} {self.root}".encode())
        return digest.hexdigest()

    def place_digest(self) -> str:
        """Return the digest of the variables that say where the data lies."""
        values = [f"{name}={self.environ.get(name, '')}" for name in _DATA_VARIABLES]
        return hashlib.sha256("\n".join(values).encode()).hexdigest()

    def read_stamp(self) -> Stamp:
        """Return the stamp; an empty one where there is none or it is damaged."""
        try:
            row: dict[str, Any] = json.loads(self._stamp_file.read_text("utf-8"))
            return Stamp(**{**row, "extras": tuple(row["extras"]), "files": tuple(row["files"])})
        except (OSError, ValueError, TypeError, KeyError):
            return Stamp()

    def write_stamp(self, stamp: Stamp) -> None:
        """Write the stamp."""
        self._stamp_file.write_text(json.dumps(asdict(stamp), indent=1), "utf-8")

    @property
    def _stamp_file(self) -> Path:
        return self.venv / "set-up.json"


def packages_in_place(checkout: Checkout, stamp: Stamp, extras: Sequence[str]) -> bool:
    """Whether the packages asked for are installed."""
    return (
        set(extras) <= set(stamp.extras)
        and checkout.python_version != ""
        and stamp.packages == checkout.packages_digest()
    )


def data_in_place(checkout: Checkout, stamp: Stamp, *, test_model: bool) -> bool:
    """Whether models and index lie where a set-up left them."""
    return (
        bool(stamp.files)
        and (stamp.test_model or not test_model)
        and stamp.place == checkout.place_digest()
        and all(Path(name).exists() for name in stamp.files)
    )
