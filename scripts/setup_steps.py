"""The steps of a set-up, each skipped when it is done. Started by ``bootstrap.py``.

Standard library only: nothing is installed yet.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from setup_stamp import Checkout, data_in_place, packages_in_place

if TYPE_CHECKING:
    from setup_progress import Reporter

# The other modules are imported only where there is work to do, so that a second start takes no time.

GB = 1_000_000_000
TORCH_DISK = int(1.8 * GB)
LLAMA_DISK = int(0.7 * GB)
REST_DISK = int(1.7 * GB)
"""Room for the installed files, pip's downloads and the build, measured on Linux with the CPU build of torch."""


def main(arguments: Sequence[str]) -> int:
    """Set up this checkout and return the exit code."""
    options = _parser().parse_args(arguments)
    checkout = Checkout(root=Path(__file__).resolve().parent.parent)
    stamp = checkout.read_stamp()
    extras = ("dev",) if options.dev else ()
    packages_done = packages_in_place(checkout, stamp, extras)
    data_done = options.no_models or data_in_place(checkout, stamp, test_model=options.dev)
    if packages_done and data_done:
        return 0
    return _work(checkout, extras=extras, packages=not packages_done, data=not data_done, test_model=options.dev)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up Rebound in this checkout.")
    parser.add_argument("--dev", action="store_true", help="also install what tests and checks need")
    parser.add_argument("--no-models", action="store_true", help="install the packages only")
    return parser


def _work(checkout: Checkout, *, extras: Sequence[str], packages: bool, data: bool, test_model: bool) -> int:
    from machine import Lack

    for stream in (sys.stdout, sys.stderr):
        # A console that cannot print a character must not end the set-up.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if packages:
            install_packages(checkout, extras, first_data=data)
        return fetch_data(checkout, test_model=test_model) if data else 0
    except Lack as lack:
        print(lack, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The set-up cannot write what it needs: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command to go on from here.", file=sys.stderr)
        return 130


def install_packages(checkout: Checkout, extras: Sequence[str], *, first_data: bool) -> None:
    """Make the virtual environment and install every package into it.

    Raises:
        Lack: The machine lacks something, or a step failed.
    """
    import setup_progress

    torch, llama = _pinned(checkout, "torch"), _pinned(checkout, "llama-cpp-python")
    check_machine(checkout, llama=llama, torch=torch, first_data=first_data)
    reporter = setup_progress.Reporter.for_stdout(checkout.venv / "setup.log")
    reporter.say(f"Setting up Rebound in {checkout.venv}")
    environ = _pip_environ(checkout)
    if not checkout.python_version:
        reporter.run("virtual environment", [sys.executable, "-m", "venv", "--clear", str(checkout.venv)], environ)
    pip = [str(checkout.python), "-m", "pip", "install", "--no-input", "-c", str(checkout.root / "constraints.txt")]
    if not _installed(checkout, torch):
        _install_torch(checkout, torch, pip, environ, reporter)
    if not _installed(checkout, llama):
        reporter.run("llama.cpp, compiled for this machine (about 4 minutes on two cores)", [*pip, llama], environ)
    wanted = sorted({*extras, *checkout.read_stamp().extras})
    target = str(checkout.root) + (f"[{','.join(wanted)}]" if wanted else "")
    reporter.run("all other packages", [*pip, "-e", target], environ)
    stamp = replace(checkout.read_stamp(), packages=checkout.packages_digest(), extras=tuple(wanted))
    checkout.write_stamp(stamp)


def check_machine(checkout: Checkout, *, llama: str, torch: str, first_data: bool) -> None:
    """Check all that the steps still to be done will need, before the first of them.

    Raises:
        Lack: Something is missing.
    """
    import machine

    needs = machine.read_needs(checkout.root / "models" / "catalog.toml")
    machine.check_memory(needs.memory, machine.total_memory())
    if not checkout.python_version:
        machine.check_venv_module()
    rest = 0 if checkout.read_stamp().packages else REST_DISK
    if not _installed(checkout, llama):
        machine.check_compiler(checkout.environ)
        rest += LLAMA_DISK
    if not _installed(checkout, torch):
        rest += TORCH_DISK
    data = Path(checkout.environ.get("COACH_DATA_DIR") or Path.home()).expanduser()
    machine.check_disk({checkout.venv: rest, data: needs.models if first_data and rest else 0})


def fetch_data(checkout: Checkout, *, test_model: bool) -> int:
    """Run ``coach setup``, which shows its own progress, and note what it put where."""
    listing = checkout.venv / "set-up.files"
    command = [str(checkout.scripts / "coach"), "setup", "--list-to", str(listing)]
    if test_model:
        command.append("--test-model")
    code = subprocess.run(command, check=False).returncode
    if code == 0:
        files = tuple(listing.read_text("utf-8").splitlines())
        stamp = replace(checkout.read_stamp(), place=checkout.place_digest(), files=files, test_model=test_model)
        checkout.write_stamp(stamp)
    return code


def _install_torch(
    checkout: Checkout, torch: str, install: Sequence[str], environ: dict[str, str], reporter: Reporter
) -> None:
    import torch_build

    def pip(arguments: Sequence[str]) -> str:
        command = [str(checkout.python), "-m", "pip", "--no-input", *arguments]
        return subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout

    choice = torch_build.choose(torch, pip, environ=environ, gpu=torch_build.has_nvidia_gpu())
    if choice.notice:
        reporter.say(f"  {choice.notice}")
    reporter.run("torch", [*install, *choice.arguments, torch], environ)


def _pip_environ(checkout: Checkout) -> dict[str, str]:
    environ = dict(checkout.environ)
    environ.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count() or 2))
    environ.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    environ.pop("PYTHONPATH", None)
    return environ


def _pinned(checkout: Checkout, name: str) -> str:
    """Return the line of constraints.txt for a package, such as ``torch==2.13.0``."""
    for line in (checkout.root / "constraints.txt").read_text("utf-8").splitlines():
        if line.partition("==")[0].lower().replace("_", "-") == name:
            return line.strip()
    raise LookupError(f"constraints.txt has no line for {name}")


def _installed(checkout: Checkout, pinned: str) -> bool:
    name, version = pinned.split("==")
    folder = f"{name.replace('-', '_')}-{version}"
    site_packages = [checkout.venv / "Lib" / "site-packages", *checkout.venv.glob("lib/python*/site-packages")]
    # A local label, as in 2.13.0+cpu, names a build of the same version.
    return any(any(place.glob(f"{folder}{label}.dist-info")) for place in site_packages for label in ("", "+*"))
