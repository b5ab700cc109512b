"""Run ``python -m coach``."""

from __future__ import annotations

from coach.cli import run

if __name__ == "__main__":
    run()
