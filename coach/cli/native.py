"""Looks at the compiled language model engine, from outside.

A wheel built for another processor ends the process that imports it, so the import
happens in a process of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass

from coach.errors import CoachError

LIMIT_S = 120
_ASK = "import llama_cpp; print(llama_cpp.__version__); print(llama_cpp.llama_print_system_info().decode())"
REBUILD = (
    "python -m pip install --force-reinstall --no-deps --no-cache-dir --no-binary llama-cpp-python llama-cpp-python"
)


@dataclass(frozen=True, kw_only=True)
class NativeEngine:
    """The engine's version, and the processor features it was compiled to use, such as "AVX2"."""

    version: str
    features: tuple[str, ...]


def look_at_engine() -> NativeEngine:
    """Import the engine in a process of its own.

    Raises:
        CoachError: It is not installed, or does not run on this processor.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ASK], capture_output=True, text=True, timeout=LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CoachError("llama.cpp does not start.", hint=_hint()) from error
    lines = done.stdout.splitlines()
    if done.returncode == 0 and len(lines) >= 2:
        features = re.findall(r"(\w+) = 1\b", lines[-1])
        return NativeEngine(version=lines[-2].strip(), features=tuple(features))
    if "ModuleNotFoundError: No module named 'llama_cpp'" in done.stderr:
        raise CoachError(
            "llama.cpp is not installed.", hint="Install it with `python -m pip install llama-cpp-python`."
        )
    if done.returncode < 0:
        raise CoachError("llama.cpp was compiled for another processor than this one.", hint=_hint())
    reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
    raise CoachError(f"llama.cpp does not load: {reason}", hint=_hint())


def _hint() -> str:
    return f"Compile it again on this machine: `{REBUILD}`."
