"""What every test stands on: empty folders of its own, no network by accident, and models found in one place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs
import pytest

from coach import wiring
from coach.llm import catalog
from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.settings import APP, DEFAULT_MODEL, load
from tests.program import Coach
from tests.terminal import terminal

__all__ = ["terminal"]

SMOLLM = "smollm2-135m-instruct"

# The data folder whose models are used. Read before any test changes the environment.
_PLACE = os.environ.get("COACH_TEST_MODELS") or os.environ.get("COACH_DATA_DIR") or platformdirs.user_data_dir(APP)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hold the default model back from all tests but those marked ``real``."""
    for item in items:
        if "default_model" in getattr(item, "fixturenames", ()) and item.get_closest_marker("real") is None:
            raise pytest.UsageError(f"{item.nodeid} uses the default model, so it needs @pytest.mark.real.")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty data folder and an empty config folder, and return the data folder."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("COACH_") and name != "COACH_CI"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COACH_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("COACH_CONFIG_DIR", str(home / "config"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    # Nothing listens there: a test that would ask the real hub fails at once instead.
    monkeypatch.setenv("COACH_HUB_URL", "http://127.0.0.1:9")
    return home / "data"


@pytest.fixture(scope="session")
def models_place() -> str:
    """The data folder whose models the tests use, for a test run inside a test."""
    return str(_PLACE)


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The small model for tests of the plumbing."""
    return _fetched(SMOLLM)


@pytest.fixture(scope="session")
def embedder() -> Path:
    """The folder of the embedding model."""
    return _fetched(catalog.EMBEDDER)


@pytest.fixture(scope="session")
def default_model() -> Path:
    """The model that users get; only for tests marked ``real``."""
    return _fetched(DEFAULT_MODEL)


@pytest.fixture
def small_coach(own_folders: Path, smollm: Path, embedder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which the coach runs on the small model; the index is not built yet."""
    monkeypatch.setenv("COACH_MODEL", SMOLLM)
    return _with_models(own_folders, smollm, embedder)


@pytest.fixture
def real_coach(own_folders: Path, default_model: Path, embedder: Path) -> Path:
    """A data folder in which the coach runs on the default model; the index is not built yet."""
    return _with_models(own_folders, default_model, embedder)


@pytest.fixture(scope="session")
def index(embedder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the card index: that of the set-up where it is in order, else one built now."""
    place = load({"data_dir": _PLACE})
    if wiring.index_health(place) is None:
        return place.index
    data = _with_models(tmp_path_factory.mktemp("index") / "data", embedder)
    own = load({"data_dir": str(data)})
    wiring.build_index(own)
    return own.index


@pytest.fixture(scope="session")
def program(smollm: Path, embedder: Path, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    """A coach on the small model with everything in place, for processes of its own. Tests do not damage it."""
    return _program(tmp_path_factory.mktemp("coach"), SMOLLM, index, smollm, embedder)


@pytest.fixture
def few_cards(monkeypatch: pytest.MonkeyPatch) -> int:
    """Three of the cards in place of all, so that building an index takes no time."""
    cards = read_cards(shipped("knowledge"))[:3]
    for module in ("opening", "wiring", "brain"):
        monkeypatch.setattr(f"coach.{module}.read_cards", lambda _: cards)
    return len(cards)


@pytest.fixture(scope="session")
def real_program(default_model: Path, embedder: Path, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    """The same on the default model; only for tests marked ``real``."""
    return _program(tmp_path_factory.mktemp("real-coach"), DEFAULT_MODEL, index, default_model, embedder)


def _program(home: Path, model: str, index: Path, *models: Path) -> Coach:
    coach = Coach(home=home, model=model)
    _with_models(coach.data, *models)
    coach.config.mkdir()
    shutil.copytree(index, coach.data / "index")
    return coach


def _with_models(data: Path, *models: Path) -> Path:
    (data / "models").mkdir(parents=True)
    for model in models:
        (data / "models" / model.name).symlink_to(model, target_is_directory=model.is_dir())
    return data


def _fetched(name: str) -> Path:
    located = catalog.find(name, load({"data_dir": _PLACE}))
    if not located.present:
        pytest.fail(
            f"{located.path} is missing. Run `coach setup --test-model` in the checkout's .venv.", pytrace=False
        )
    return located.path
