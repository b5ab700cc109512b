"""The second check of what the model wrote: no dangerous fact, no diagnosis, no promise it cannot keep."""

from __future__ import annotations

from coach.safety.plain import plain
from coach.safety.wording import read_wording

_NEVER = read_wording("output")


def output_fault(sentence: str) -> str | None:
    """Return why a sentence must not be shown ("dangerous_facts", "diagnosis", "promises"), None where it may."""
    words = plain(sentence)
    return next((fault for fault, pattern in _NEVER.items() if pattern.search(words)), None)


def unsafe_output(sentence: str) -> bool:
    """Whether a sentence that the model wrote must not be shown."""
    return output_fault(sentence) is not None
