"""Confidence intervals for what evals count."""

from __future__ import annotations

import math

_Z95 = 1.959964


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share, (0, 1) for no observations.

    Source: Wilson 1927, JASA 22:209-212.
    """
    if total == 0:
        return 0.0, 1.0
    share = hits / total
    scale = 1 + _Z95**2 / total
    centre = (share + _Z95**2 / (2 * total)) / scale
    half = _Z95 / scale * math.sqrt(share * (1 - share) / total + _Z95**2 / (4 * total**2))
    return max(0.0, centre - half), min(1.0, centre + half)
