"""The small adapter that comes with Rebound: for which model it is, and whether it is whole."""

from __future__ import annotations

from pathlib import Path

from coach.errors import ModelError
from coach.llm import catalog
from coach.llm.digests import sha256
from coach.llm.entries import Adapter, Entry
from coach.settings import Settings

_HINT = "Install Rebound again, or turn the adapter off: `coach config set adapter false`."


def ready(entry: Entry, settings: Settings) -> Path | None:
    """Return the checked adapter file to load with a model; None where it has none, or adapters are turned off.

    Raises:
        ModelError: The file is missing or is not the one the catalog names.
    """
    if entry.adapter is None or not settings.adapter:
        return None
    path = located(entry.adapter)
    if not path.is_file():
        raise ModelError(f"The adapter {path.name} of {entry.id} is missing, so the model runs without it.", hint=_HINT)
    if sha256(path, f"Checking {path.name}") != entry.adapter.sha256:
        raise ModelError(
            f"The adapter {path} is not the file the catalog names, so the model runs without it.", hint=_HINT
        )
    return path


def located(adapter: Adapter) -> Path:
    """Return where an adapter of the catalog lies."""
    return catalog.home() / "adapters" / adapter.file


def described(entry: Entry, settings: Settings) -> str:
    """Return a line about adapters for a model that is in use; "" where the catalog has none at all."""
    if entry.adapter is not None:
        state = "is loaded with it" if settings.adapter else "is not loaded (setting `adapter`)"
        return f"The adapter {entry.adapter.file}, made for {entry.id}, {state}."
    others = [other for other in catalog.load().values() if other.adapter is not None]
    if not others or others[0].adapter is None:
        return ""
    return f"{entry.id} runs without an adapter: {others[0].adapter.file} is made for {others[0].id}."
