"""Closes what tests of the page leave open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.fake_engine import FakeEngine


@pytest.fixture(autouse=True)
def closed_engines() -> Iterator[None]:
    """Close every engine that a test has made."""
    before = set(FakeEngine.unclosed)
    yield
    for engine in FakeEngine.unclosed - before:
        engine.close()
