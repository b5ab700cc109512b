"""``coach doctor``: looks at everything the coach needs and says what to do where something is wrong.

It has to run where parts are missing, so each check imports what it looks at by itself.
"""

from __future__ import annotations

import importlib.metadata
import json as json_format
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli import offline
from coach.cli.native import look_at_engine
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.settings import Settings

GB = 1_000_000_000
ROOM = GB // 2
"""Free bytes under which the data folder's disk is called short."""

_REINSTALL = "Run `make setup` in the checkout, or `python -m pip install .` again."


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found. ``hint`` says what to do; "" where there is nothing to do."""

    name: str
    state: State
    text: str
    hint: str = ""


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read every model file again from start to end.")] = False,
    prove_offline: Annotated[
        bool, typer.Option("--prove-offline", help="Run the page without a network, and report what it tried to reach.")
    ] = False,
) -> None:
    """Check this installation; exit code 1 when something is broken."""
    if prove_offline:
        offline.prove(as_json=json)
        return
    findings = examine(full=full)
    if json:
        typer.echo(json_format.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            _show(finding)
    if any(finding.state is State.PROBLEM for finding in findings):
        raise typer.Exit(1)


def examine(*, full: bool = False) -> list[Finding]:
    """Run every check; ``full`` hashes model files even where they are remembered as good."""
    findings = [
        _guarded("python", check_python),
        _guarded("packages", check_packages),
        _guarded("llama.cpp", check_engine),
    ]
    settings, settings_finding = _read_settings()
    findings.append(settings_finding)
    if settings is None:
        return findings
    checks: dict[str, Callable[[Settings], Finding]] = {
        "data folder": check_data_folder,
        "disk": check_disk,
        "memory": check_memory,
        "model": lambda each: check_model(each.model, each, full=full),
        "embedder": lambda each: check_embedder(each, full=full),
        "index": check_index,
        "help lines": check_help_lines,
        "offline": lambda _: check_offline(),
    }
    for name, check in checks.items():
        findings.append(_guarded(name, lambda check=check: check(settings)))  # type: ignore[misc]
    return findings


def check_python() -> Finding:
    """Python's version; older ones are refused at installation."""
    return _ok("python", f"Python {platform.python_version()} at {sys.executable}")


def check_packages() -> Finding:
    """Every package that the program names as its own need is installed."""
    try:
        required = importlib.metadata.requires("rebound-coach") or []
    except importlib.metadata.PackageNotFoundError:
        return _bad("packages", State.WARNING, "Rebound runs without being installed.", _REINSTALL)
    names = [re.split(r"[^\w.-]", row, maxsplit=1)[0] for row in required if "extra ==" not in row]
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        return _bad("packages", State.PROBLEM, f"Missing: {', '.join(missing)}.", _REINSTALL)
    return _ok("packages", f"all {len(names)} installed")


def check_engine() -> Finding:
    """llama.cpp imports, and uses what this processor has."""
    engine = look_at_engine()
    text = f"llama-cpp-python {engine.version}; processor features: {' '.join(engine.features) or 'none'}"
    fast = {"AVX2", "NEON", "METAL", "ARM_FMA"} & set(engine.features)
    if fast:
        return _ok("llama.cpp", text)
    return _bad(
        "llama.cpp", State.WARNING, text, "This processor has no fast vector instructions: answers will be slow."
    )


def check_data_folder(settings: Settings) -> Finding:
    """The data folder, or the nearest folder above it, can be written."""
    folder = settings.data
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        hint = "Mend its permissions, or choose another folder with COACH_DATA_DIR."
        return _bad("data folder", State.PROBLEM, f"{folder} cannot be written: {error.strerror}.", hint)
    return _ok("data folder", f"{folder}" if place == folder else f"{folder} (not made yet)")


def check_disk(settings: Settings) -> Finding:
    """The data folder's disk has room for the models that are not there yet."""
    from coach.llm import catalog

    place = next(each for each in (settings.data, *settings.data.parents) if each.exists())
    free = shutil.disk_usage(place).free
    wanted = [catalog.find(name, settings) for name in (settings.model, catalog.EMBEDDER)]
    missing = sum(located.entry.bytes for located in wanted if not located.present)
    text = f"{free / GB:.1f} GB free at {place}"
    if free < missing:
        return _bad("disk", State.PROBLEM, f"{text}, and the models need {missing / GB:.1f} GB.", "Free some space.")
    if free - missing < ROOM:
        return _bad("disk", State.WARNING, f"{text}: that is little.", "Free some space.")
    return _ok("disk", text)


def check_memory(settings: Settings) -> Finding:
    """The machine has the memory that the chosen model needs, and has it free."""
    import psutil

    from coach.llm import catalog

    needed = sum(catalog.find(name, settings).entry.memory for name in (settings.model, catalog.EMBEDDER))
    memory = psutil.virtual_memory()
    text = f"{memory.total / GB:.1f} GB, {memory.available / GB:.1f} of it free; needed {needed / GB:.1f}"
    if memory.total < needed:
        return _bad("memory", State.PROBLEM, text, "Choose a smaller model: see `coach model list`.")
    if memory.available < needed:
        return _bad("memory", State.WARNING, text, "Close other programs if the coach is slow.")
    return _ok("memory", text)


def check_model(name: str, settings: Settings, *, full: bool, label: str = "model") -> Finding:
    """A model is there and is the file that the catalog names."""
    from coach.llm import catalog, digests

    located = catalog.require(name, settings)
    if full:
        digests.verify(located.path, located.entry)
    else:
        digests.ensure_verified(located, settings)
    known = "digest as in the catalog" if located.entry.sha256 else "your own file, so no digest to compare"
    return _ok(label, f"{located.path}; {known}")


def check_embedder(settings: Settings, *, full: bool) -> Finding:
    """The embedder is there and is the right one."""
    from coach.llm import catalog

    return check_model(catalog.EMBEDDER, settings, full=full, label="embedder")


def check_index(settings: Settings) -> Finding:
    """The card index matches the cards and the embedder."""
    from coach.wiring import index_health

    problem = index_health(settings)
    if problem is None:
        return _ok("index", str(settings.index))
    return _bad(
        "index", State.WARNING, problem, "It is rebuilt at the next start, or now with `coach index --rebuild`."
    )


def check_help_lines(settings: Settings) -> Finding:
    """The help lines were looked at within a year, and there are some for the user's country."""
    import datetime

    from coach.resources import shipped
    from coach.safety.resources import Resources

    resources = Resources(shipped("knowledge", "safety", "resources.toml"), settings.country)
    stale = resources.stale(datetime.datetime.now(tz=datetime.UTC).date())
    if stale:
        names = ", ".join(line.id for line in stale)
        return _bad("help lines", State.WARNING, f"Not looked at for over a year: {names}.", "Update Rebound.")
    if not settings.country:
        return _ok("help lines", "international ones only; `coach config set country` with two letters adds yours")
    if resources.country not in resources.known:
        return _ok("help lines", f"none for {resources.country}; the international ones are shown")
    return _ok("help lines", f"for {resources.country}, and the international ones")


def check_offline() -> Finding:
    """The variables that keep libraries from calling out, as the program sets them."""
    from coach.ui.server import quiet_environment

    wanted = {"HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"}
    before = dict(os.environ)
    try:
        quiet_environment()
        found = {name: os.environ.get(name) for name in wanted}
    finally:
        os.environ.clear()
        os.environ.update(before)
    text = ", ".join(f"{name}={value}" for name, value in found.items())
    if found != wanted:
        return _bad("offline", State.PROBLEM, f"Libraries may call out: {text}.", _REINSTALL)
    return _ok("offline", text)


def _read_settings() -> tuple[Settings | None, Finding]:
    """Settings, as far as they can be read, so that the other checks can go on."""
    try:
        from coach import settings as table
    except ImportError as error:
        return None, _missing("settings", error)
    try:
        return table.load(), _ok("settings", str(table.config_file()))
    except CoachError as error:
        finding = _bad("settings", State.PROBLEM, str(error), error.hint)
    try:
        return table.load_without_file(), finding
    except CoachError:
        return None, finding


def _guarded(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except CoachError as error:
        return _bad(name, State.PROBLEM, str(error), error.hint)
    except ImportError as error:
        return _missing(name, error)


def _missing(name: str, error: ImportError) -> Finding:
    return _bad(
        name, State.PROBLEM, f"The package {(error.name or 'it needs').partition('.')[0]} cannot be loaded.", _REINSTALL
    )


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _ok(name: str, text: str) -> Finding:
    return Finding(name=name, state=State.OK, text=text)


def _bad(name: str, state: State, text: str, hint: str) -> Finding:
    return Finding(name=name, state=state, text=text, hint=hint)


_COLOURS = {State.OK: typer.colors.GREEN, State.WARNING: typer.colors.YELLOW, State.PROBLEM: typer.colors.RED}


def _show(finding: Finding) -> None:
    state = typer.style(f"{finding.state.value:8}", fg=_COLOURS[finding.state])
    typer.echo(f"{state} {finding.name:12} {finding.text}")
    if finding.hint:
        typer.echo(f"{'':21} -> {finding.hint}")
