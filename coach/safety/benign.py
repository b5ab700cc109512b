"""Ways of speaking that sound dangerous and are not; they are taken out before rules read a sentence.

Taking the words out, instead of excusing the whole sentence, keeps "career suicide, and
I want to kill myself" from hiding behind its first half. The wording is in
``wording/benign.toml``.
"""

from __future__ import annotations

import re

from coach.safety.wording import read_wording

DENIED = " _denied_ "
"""Stands where the person said that there is no such risk: "not suicidal"."""
PAST = " _past_ "
"""Stands where the risk took somebody else: "lost my brother to suicide"."""

_SAID = read_wording("benign")
_USED_TO = re.compile(r"\b(?:used to|once)\b")


def without_idioms(sentence: str) -> str:
    """Return plain text with harmless phrases taken out, and denials and losses marked."""
    sentence = _SAID["bereaved"].sub(PAST, sentence)
    sentence = _SAID["denials"].sub(DENIED, sentence)
    return _SAID["idioms"].sub(" _idiom_ ", sentence)


def is_past(sentence: str, message: str) -> bool:
    """Whether a sentence tells of something long ago that the message says is over."""
    if not _SAID["long_ago"].search(sentence) and not _USED_TO.search(sentence):
        return False
    return bool(_SAID["well_now"].search(message)) and not _SAID["present"].search(sentence)
