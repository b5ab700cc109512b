"""One table of settings, which feeds the config file, the environment and the flags.

A value comes from the first of: a command's flag, the variable ``COACH_<NAME>``,
``config.toml`` in the config folder, the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

from coach.errors import SettingsError

APP = "rebound-coach"
DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct"

Value = str | int | bool


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One row of the table."""

    name: str
    default: Value
    help: str


TABLE: tuple[Setting, ...] = (
    Setting(
        name="data_dir",
        default="",
        help="Folder for models, the index and settings of this user; empty means the system's usual place.",
    ),
    Setting(
        name="model",
        default=DEFAULT_MODEL,
        help="Catalog id or GGUF file that answers; see `coach model list`.",
    ),
    Setting(name="threads", default=0, help="Threads for the model; 0 means one per core."),
    Setting(name="context", default=4096, help="Context window of the model, in tokens (1024 or more)."),
    Setting(
        name="adapter",
        default=True,
        help="Load the coach adapter with the model it was made for; see docs/adapter.md for what it brings.",
    ),
    Setting(name="writes", default="auto", help="How the model writes: auto, guided or free."),
    Setting(name="host", default="127.0.0.1", help="Address of the page; only this computer's own is allowed."),
    Setting(name="port", default=7860, help="Port of the page; if taken, the next free one is used."),
    Setting(name="journal", default=True, help="Keep conversations on this computer; off means in memory only."),
    Setting(name="undo_days", default=7, help="Days in which a deleted conversation can be brought back."),
    Setting(
        name="passphrase_file",
        default="",
        help="File whose first line opens an encrypted journal, for scripts; empty means to ask.",
    ),
    Setting(
        name="country",
        default="",
        help="Two letters (ISO 3166), such as US or GB, for help lines of your country; empty means unknown.",
    ),
    Setting(name="open_browser", default=True, help="Open the page in a browser where there is a desktop."),
    Setting(name="theme", default="system", help="Colours of the page: system, light or dark."),
    Setting(name="text_size", default="normal", help="Size of the page's text: normal, large or larger."),
    Setting(name="motion", default="system", help="Movement on the page: system or less."),
)
_BY_NAME = {row.name: row for row in TABLE}

given: ContextVar[Mapping[str, Value | None]] = ContextVar("given", default=MappingProxyType({}))
"""Flags given before the command; they hold for every ``load`` of this run."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Effective settings. ``origins`` says where each value came from."""

    data_dir: str
    model: str
    threads: int
    context: int
    adapter: bool
    writes: str
    host: str
    port: int
    journal: bool
    undo_days: int
    passphrase_file: str
    country: str
    open_browser: bool
    theme: str
    text_size: str
    motion: str
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The user's data folder."""
        return Path(self.data_dir).expanduser() if self.data_dir else Path(platformdirs.user_data_dir(APP))

    @property
    def models(self) -> Path:
        """The folder of downloaded weights."""
        return self.data / "models"

    @property
    def index(self) -> Path:
        """The folder of the card index."""
        return self.data / "index"

    @property
    def journal_folder(self) -> Path:
        """The folder of the journal."""
        return self.data / "journal"

    @property
    def notes(self) -> Path:
        """The folder of copies of the user's own notes."""
        return self.data / "notes"

    @property
    def model_threads(self) -> int:
        """Threads for the model, resolved."""
        return self.threads or os.cpu_count() or 2


def config_file() -> Path:
    """Return the path of the user's config file (it need not exist)."""
    folder = os.environ.get("COACH_CONFIG_DIR") or platformdirs.user_config_dir(APP)
    try:
        return Path(folder).expanduser() / "config.toml"
    except RuntimeError as error:
        raise SettingsError(f"COACH_CONFIG_DIR names a home folder that does not exist: {folder!r}.") from error


def load(flags: Mapping[str, Value | None] | None = None) -> Settings:
    """Read settings from flags, environment, config file and defaults.

    Raises:
        SettingsError: The file does not parse, names an unknown setting, or a value is wrong.
    """
    path = config_file()
    own = {name: value for name, value in (flags or {}).items() if value is not None}
    return _merged({**given.get(), **own}, path, _read(path))


def load_without_file() -> Settings:
    """Read settings as ``load`` does, but as if there were no config file, for when it cannot be read.

    Raises:
        SettingsError: A value in the environment is wrong.
    """
    return _merged(given.get(), config_file(), {})


def _merged(flags: Mapping[str, Value | None], path: Path, in_file: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for row in TABLE:
        variable = f"COACH_{row.name.upper()}"
        flag = flags.get(row.name)
        if flag is not None:
            value, origin = flag, "flag"
        elif os.environ.get(variable):
            value, origin = os.environ[variable], variable
        elif row.name in in_file:
            value, origin = in_file[row.name], str(path)
        else:
            value, origin = row.default, "default"
        values[row.name] = _converted(row, value, origin)
        origins[row.name] = origin
    return Settings(**values, origins=origins)


def save(name: str, value: Value) -> Path:
    """Write one setting to the config file, keeping its comments, and return its path.

    Raises:
        SettingsError: The setting is unknown, or the file cannot be read or written.
    """
    row = _BY_NAME.get(name)
    if row is None:
        raise SettingsError(f"There is no setting named {name!r}.")
    path = config_file()
    _read(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        document[name] = _converted(row, value, "command line")
        # A full disk must not cost the settings that are there.
        draft = path.with_suffix(".part")
        draft.write_text(tomlkit.dumps(document), "utf-8")
        draft.replace(path)
    except (OSError, TOMLKitError) as error:
        raise SettingsError(f"The settings file {path} cannot be written: {error}.") from error
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from error
    unknown = sorted(set(values) - set(_BY_NAME))
    if unknown:
        raise SettingsError(f"The settings file {path} has an unknown setting: {unknown[0]}.")
    return values


_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_LIMITS = {"threads": (0, 1024), "context": (1024, 1_000_000), "port": (1, 65535), "undo_days": (0, 3650)}
_COUNTRY = re.compile("(?:[A-Za-z]{2})?")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "writes": ("auto", "guided", "free"),
    "theme": ("system", "light", "dark"),
    "text_size": ("normal", "large", "larger"),
    "motion": ("system", "less"),
}
"""The values of settings that have a closed set of them."""


def _converted(row: Setting, value: Any, origin: str) -> Value:
    """Return the value in the type of its default, or say what is wrong with it."""
    if isinstance(row.default, bool):
        word = str(value).strip().lower()
        if word not in _WORDS:
            raise SettingsError(f"{row.name} from {origin} must be true or false, not {value!r}.")
        return _WORDS[word]
    if isinstance(row.default, int):
        low, high = _LIMITS[row.name]
        try:
            number = int(str(value))
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise SettingsError(f"{row.name} from {origin} must be a whole number from {low} to {high}, not {value!r}.")
        return number
    if not isinstance(value, str):
        raise SettingsError(f"{row.name} from {origin} must be text in quotes, not {value!r}.")
    text = value
    if row.name == "data_dir":
        _check_folder(text, origin)
    if row.name == "country" and not _COUNTRY.fullmatch(text):
        raise SettingsError(f"country from {origin} must be two letters, such as US or GB, or empty, not {text!r}.")
    choices = CHOICES.get(row.name)
    if choices and text not in choices:
        raise SettingsError(f"{row.name} from {origin} must be one of {', '.join(choices)}, not {text!r}.")
    return text


def _check_folder(text: str, origin: str) -> None:
    try:
        Path(text).expanduser()
    except RuntimeError as error:
        raise SettingsError(f"data_dir from {origin} names a home folder that does not exist: {text!r}.") from error
    if "\0" in text:
        raise SettingsError(f"data_dir from {origin} is not the name of a folder: {text!r}.")
