"""Fixtures for tests of the page."""

from __future__ import annotations

from tests.ui.engines import closed_engines
from tests.ui.gradio_loops import gradios_loops

__all__ = ["closed_engines", "gradios_loops"]
