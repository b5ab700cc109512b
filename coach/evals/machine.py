"""What a measurement was made on: the machine, how busy it was, and the versions of what was measured."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path
from typing import Any

import psutil

from coach import __version__

_PACKAGES = ("llama-cpp-python", "sentence-transformers", "torch", "chromadb", "gradio")


def describe() -> dict[str, Any]:
    """Return processor, cores, memory in bytes, system, and the load averages of now."""
    memory = psutil.virtual_memory()
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_bytes": memory.total,
        "memory_free_bytes": memory.available,
        "system": platform.platform(),
        "load_before": [round(load, 2) for load in psutil.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Return the versions of this program, Python and the libraries that do the work."""
    found = {"rebound-coach": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


class Neighbours:
    """Tells how much of the processor others took since this was made."""

    def __init__(self) -> None:
        self._before = psutil.cpu_times()

    def stolen(self) -> float | None:
        """Return the share of processor time, in 0..1, that other virtual machines took; None where that is unknown."""
        now = psutil.cpu_times()
        if not hasattr(now, "steal"):
            return None
        total = sum(now) - sum(self._before)
        return float((now.steal - self._before.steal) / total) if total else 0.0


def _processor() -> str:
    """Return the processor's name; Python's own answer is empty on most Linux machines."""
    try:
        rows = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.machine()
