"""Confidence intervals for what evals count."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class Share:
    """A count of hits with its 95 % Wilson interval."""

    hits: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, in 0..1."""
        return wilson(self.hits, self.total)

    def __str__(self) -> str:
        if not self.total:
            return "none"
        low, high = self.interval
        return f"{self.hits} of {self.total} ({self.hits / self.total:.3f}; 95 % interval {low:.3f} to {high:.3f})"

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        low, high = self.interval
        value = self.hits / self.total if self.total else None
        return {"hits": self.hits, "total": self.total, "share": value, "low": low, "high": high}
