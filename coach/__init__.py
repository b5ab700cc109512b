"""Rebound: a private coach for the hours and weeks after a job rejection."""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__"]
