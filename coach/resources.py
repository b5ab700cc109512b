"""The one place that finds the files shipped with the program.

In a checkout they lie beside the package; in an installed wheel they lie inside it,
under ``coach/shipped`` (see ``[tool.hatch.build.targets.wheel.force-include]``).
"""

from __future__ import annotations

from pathlib import Path

from coach.errors import CoachError

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``shipped("knowledge")``.

    Raises:
        CoachError: The file is in neither place, so the installation is damaged.
    """
    for root in (_PACKAGE / "shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise CoachError(
        f"The program's own file {'/'.join(parts)} is missing.",
        hint="Install Rebound again: its files are incomplete.",
    )
