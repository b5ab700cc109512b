"""Says in one sentence each what a machine lacks for a set-up. Standard library only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GB = 1_000_000_000


class Lack(Exception):
    """Something a set-up needs is not there; the message is for the user."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a set-up takes. Bytes."""

    models: int
    memory: int


def read_needs(catalog: Path) -> Needs:
    """Return what the default models need, as the catalog says."""
    rows = tomllib.loads(catalog.read_text("utf-8")).values()
    wanted = [row for row in rows if row.get("default") or row["purpose"] == "embedder"]
    return Needs(models=sum(row["bytes"] for row in wanted), memory=sum(row["memory"] for row in wanted))


def check_compiler(environ: Mapping[str, str], *, platform: str = sys.platform) -> None:
    """Find a C++ compiler.

    On Windows the build finds Microsoft's compiler by itself, off the PATH, so nothing is checked.

    Raises:
        Lack: There is none.
    """
    path = environ.get("PATH", "")
    names = [environ["CXX"].split()[0]] if environ.get("CXX", "").strip() else ["c++", "g++", "clang++"]
    if platform == "win32" or any(shutil.which(name, path=path) for name in names):
        return
    if platform == "darwin":
        way = "Install one with `xcode-select --install`"
    elif shutil.which("apt-get", path=path):
        way = "Install one with `sudo apt-get install g++`"
    else:
        way = "Install g++ or clang++ with this system's package manager"
    raise Lack(f"A C++ compiler is needed to build llama.cpp, and there is none. {way}, then run this again.")


def check_venv_module() -> None:
    """Find the modules that make a virtual environment; Debian ships them apart from Python.

    Raises:
        Lack: They are missing.
    """
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    raise Lack(
        "This Python cannot make virtual environments, because its venv module is missing. "
        "On Debian and Ubuntu install it with `sudo apt-get install python3-venv`, then run this again."
    )


def check_disk(needed: Mapping[Path, int]) -> None:
    """Compare what each folder will take with what its disk has; folders need not exist yet.

    Raises:
        Lack: A disk is too small; the message names needed and free.
    """
    totals: dict[int, int] = {}
    places: dict[int, Path] = {}
    for folder, size in needed.items():
        place = next(each for each in (folder, *folder.parents) if each.exists())
        device = place.stat().st_dev
        totals[device] = totals.get(device, 0) + size
        places.setdefault(device, place)
    for device, size in totals.items():
        free = shutil.disk_usage(places[device]).free
        if free < size:
            raise Lack(
                f"The set-up needs {size / GB:.1f} GB on the disk of {places[device]}, "
                f"and {free / GB:.1f} GB are free. Free some space, then run this again."
            )


def check_memory(needed: int, total: int | None) -> None:
    """Compare the models' need with the machine's memory; an unknown total passes.

    Raises:
        Lack: There is too little.
    """
    if total is not None and total < needed:
        raise Lack(
            f"Rebound's model needs {needed / GB:.1f} GB of memory, and this machine has {total / GB:.1f} GB. "
            "Use a machine with more memory."
        )


def total_memory() -> int | None:
    """Return the machine's memory in bytes, or None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
