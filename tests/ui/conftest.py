"""Fixtures for tests of the page."""

from __future__ import annotations

from tests.ui.gradio_loops import gradios_loops

__all__ = ["gradios_loops"]
