"""Decides which build of torch to install, before anything is downloaded.

On Linux, pip's own pick may be the build for NVIDIA GPUs, which is several gigabytes and
useless without one. Standard library only.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
INDEX_LIMIT_S = 3.0
_GPU_ONLY = ("nvidia-", "cuda-", "triton")
_UNKNOWN_SIZE = "about 3 GB"
_GB = 1_000_000_000

Pip = Callable[[Sequence[str]], str]
"""Runs pip with these arguments and returns what it printed; raises CalledProcessError when pip fails."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How to install torch: further arguments for ``pip install``, and what to tell the user first."""

    arguments: tuple[str, ...] = ()
    notice: str = ""


def choose(
    requirement: str,
    pip: Pip,
    *,
    environ: Mapping[str, str],
    gpu: bool,
    platform: str = sys.platform,
    cpu_index: str = CPU_INDEX,
) -> Choice:
    """Return how to install ``requirement`` (such as ``torch==2.13.0``) on this machine."""
    own = environ.get("TORCH_INDEX_URL", "").strip()
    if own:
        return _from_index(own)
    if platform != "linux" or gpu or is_cpu_build(requirement, pip):
        return Choice()
    if answers(cpu_index) and is_cpu_build(requirement, pip, ("--index-url", cpu_index)):
        return _from_index(cpu_index)
    size = download_size(requirement, pip)
    if size == 0:
        return Choice()
    amount = f"{size / _GB:.1f} GB" if size else _UNKNOWN_SIZE
    return Choice(
        notice=f"Only torch's build for GPUs can be had here: {amount} to download. "
        "It works without a GPU too; TORCH_INDEX_URL can name an index that has the CPU build."
    )


def has_nvidia_gpu() -> bool:
    """Whether this machine has an NVIDIA driver at work."""
    return Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None


def is_cpu_build(requirement: str, pip: Pip, index: Sequence[str] = ()) -> bool:
    """Whether the build that pip would take is made for CPUs."""
    try:
        if _reports_without_download(pip):
            chosen = _report([requirement, "--no-deps", *index], pip)[0]
            url = str(chosen["download_info"]["url"])
            return str(chosen["metadata"]["version"]).endswith("+cpu") or "/cpu/" in url
        name, version = requirement.split("==")
        listed = pip(["index", "versions", name, *index])
    except (subprocess.CalledProcessError, LookupError, ValueError):
        return False
    # Newest first, and a local label counts as newer than none: the first match is pip's pick.
    match = re.search(
        rf"(?<![\w.]){re.escape(version)}(\+[\w.]+)?(?![\w.])", listed.partition("Available versions:")[2]
    )
    return match is not None and match[1] == "+cpu"


def answers(url: str, limit_s: float = INDEX_LIMIT_S) -> bool:
    """Whether an index answers in time; name look-ups count, which urllib's own limit leaves out."""
    found = threading.Event()

    def ask() -> None:
        try:
            with urllib.request.urlopen(f"{url.rstrip('/')}/torch/", timeout=limit_s):  # noqa: S310
                found.set()
        except (OSError, ValueError):
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(limit_s)
    return found.is_set()


def download_size(requirement: str, pip: Pip) -> int | None:
    """Return the bytes of the GPU build and all that comes with it.

    0 means that it is no GPU build after all; None, that the size cannot be known beforehand.
    """
    try:
        if not _reports_without_download(pip):
            return None
        rows = _report([requirement], pip)
    except (subprocess.CalledProcessError, LookupError, ValueError):
        return None
    if not any(str(row["metadata"]["name"]).lower().startswith(_GPU_ONLY) for row in rows):
        return 0
    try:
        return sum(_length(str(row["download_info"]["url"])) for row in rows)
    except (OSError, ValueError):
        return None


def _from_index(url: str) -> Choice:
    # The index may lack the other packages or hold other versions of them: those come from the usual place.
    return Choice(arguments=("--index-url", url, "--no-deps"))


def _reports_without_download(pip: Pip) -> bool:
    """Whether pip reads only metadata in a dry run; before 23.3 it downloaded everything."""
    major, minor = re.findall(r"\d+", pip(["--version"]))[:2]
    return (int(major), int(minor)) >= (23, 3)


def _report(arguments: Sequence[str], pip: Pip) -> list[dict[str, Any]]:
    text = pip(["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", *arguments])
    rows: list[dict[str, Any]] = json.loads(text)["install"]
    return rows


def _length(url: str) -> int:
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310
    with urllib.request.urlopen(request, timeout=INDEX_LIMIT_S) as answer:  # noqa: S310
        return int(answer.headers.get("Content-Length", ""))
