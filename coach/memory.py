"""How much memory this process has used at most."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil


def peak_bytes() -> int:
    """Return the peak of resident memory of this process so far, in bytes; mapped weights count.

    Where the system does not tell the peak, it is what is resident now.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        # getrusage would pass on the peak of the program that started this one.
        line = next(row for row in status.read_text("utf-8").splitlines() if row.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    now = psutil.Process().memory_info()
    return int(getattr(now, "peak_wset", now.rss))
