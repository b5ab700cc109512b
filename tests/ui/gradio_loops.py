"""Closes what Gradio leaves open, so that warnings stay errors in tests of the page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def gradios_loops() -> Iterator[None]:
    """Close the event loop that Gradio opens for each app built outside one."""
    made: list[asyncio.AbstractEventLoop] = []
    opened = asyncio.new_event_loop

    def recorded() -> asyncio.AbstractEventLoop:
        made.append(opened())
        return made[-1]

    asyncio.new_event_loop = recorded
    yield
    asyncio.new_event_loop = opened
    asyncio.set_event_loop(None)
    for loop in made:
        if not loop.is_running():
            loop.close()
