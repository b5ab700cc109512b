"""Fixtures for tests with the default model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.settings import load
from coach.wiring import Engine
from tests.browser.conftest import browser, open_tab
from tests.program import Coach

__all__ = ["browser", "open_tab"]


@pytest.fixture(scope="module")
def engine(real_program: Coach) -> Iterator[Engine]:
    """The engine on the default model, loaded."""
    engine = Engine(load({"data_dir": str(real_program.data), "model": real_program.model}))
    loading = engine.load()
    assert loading.model_ready, loading.problem
    yield engine
    engine.close()
