"""Makes text plain for the rules: undoes what hides a word, and writes short forms out.

Accents, look-alike letters and digits, spaced-out or stretched letters, marks inside words,
common misspellings and contractions all end in one spelling, so that a rule needs one pattern.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "!": "i", "|": "i"}
)
# Letters of other scripts that look like Latin ones; used only inside words that mix scripts.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁѡαεικνορτυχ", "abekmhopctyxijsdwaeiknoptux")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0670]")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .*_-]{1,2}){3,}[^\W_](?![^\W_])")
_INSIDE = re.compile(r"(?<=[a-z])[*_~+](?=[a-z])")
_DOTTED = re.compile(r"(?<![a-z])[a-z]+(?:\.[a-z]+)+")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u2010-\u2015](?=[a-z])")
_DISGUISED = re.compile(
    r"(?<![\w$@])(?=[\w$@!|]*[a-z])(?=[\w$@!|]*[0-9$@|]|[a-z]+![a-z])[a-z0-9$@]+(?:[!|][a-z0-9$@]+)*(?![\w$@])"
)
_STRETCHED = re.compile(r"([a-z])\1{2,}")

_SHORT_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"\bcan'?t\b", "can not"),
        (r"\bcannot\b", "can not"),
        (r"\bwon'?t\b", "will not"),
        (r"\b(?:shan't|ain'?t)\b", "is not"),
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|should|could|need|might)n'?t\b", r"\1 not"),
        (r"\bi'?m\b|\bima\b", "i am"),
        (r"\bi'?ve\b", "i have"),
        (r"\bi'll\b", "i will"),
        (r"\bi'd\b|\bid(?= (?:be|rather|never|like|love|just|die|do|end|kill)\b)", "i would"),
        (r"\b(they|you|we|he|she|it|that|who|everyone|everybody|people)'(?:ll)\b", r"\1 will"),
        (r"\b(they|you|we|he|she|it|that|who|everyone|everybody|people)'(?:d)\b", r"\1 would"),
        (r"\b(they|you|we)'(?:re|ve)\b", r"\1 are"),
        (r"\bit'?s\b|\bits(?= (?:over|pointless|hopeless|too|not|all|the|my|tonight)\b)", "it is"),
        (r"\b(that|there|what|he|she|who|where)'s\b", r"\1 is"),
        (r"\b(?:wanna|wana|wnna|wanan)\b", "want to"),
        (r"\bwant 2\b", "want to"),
        (r"\b(?:gonna|gona|gunna|finna|fixing to|fixin to)\b", "going to"),
        (r"\b(?:gotta|gota)\b", "got to"),
        (r"\bdon t\b", "do not"),
        (r"\banymore\b", "any more"),
        (r"\btmrw\b|\btmr\b|\btomorow\b|\btommorow\b", "tomorrow"),
        (r"\b(?:2nite|tonite|2night)\b", "tonight"),
        (
            r"\b(?:my self(?! (?:employ|esteem|respect|confid|doubt|worth|control|image|care|taught|made|assess"
            r"|evaluat|review|study|intro))|mysef|myslef|meself|myselve|mysel|mysefl)\b",
            "myself",
        ),
        (r"\b(\w{3,})in'?(?= (?:myself|me|my|it|him|her|them)\b)", r"\1ing"),
        (r"\b(?:cuz|coz|bc|cos)\b", "because"),
        (r"\bppl\b", "people"),
    )
)
_KEYWORDS = ("suicide", "suicidal", "overdose", "overdosing", "unalive")
_OWN_WORDS = frozenset({"suicides", "overdosed", "overdoses"})


def fold(text: str) -> str:
    """Return lower-case text without accents and look-alikes; no words are changed."""
    text = unicodedata.normalize(
        "NFKD", text.lower().replace("’", "'").replace("‘", "'").replace("`", "'").replace("ß", "ss")
    )
    text = text.replace("ı", "i").replace("ł", "l").replace("ø", "o")
    text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    return re.sub(r"\w+", lambda match: _one_script(match.group()), text)


def plain(text: str) -> str:
    """Return text as the rules read it (see the module's description)."""
    text = fold(text)
    text = _SPACED.sub(lambda match: re.sub(r"[ .*_-]", "", match.group()), text)
    text = _DOTTED.sub(lambda match: _undotted(match.group()), _HYPHEN.sub(" ", _INSIDE.sub("", text)))
    text = _DISGUISED.sub(lambda match: _undisguised(match.group()), text)
    text = _STRETCHED.sub(r"\1", text)
    for pattern, written in _SHORT_FORMS:
        text = pattern.sub(written, text)
    text = re.sub(r"[a-z]{6,11}", lambda match: _corrected(match.group()), text)
    return re.sub(r"[ \t]+", " ", text)


def _one_script(word: str) -> str:
    if word.isascii() or not re.search(r"[a-z]", word):
        return word
    return word.translate(_LOOKALIKES)


def _undotted(words: str) -> str:
    """Join "sui.cide"; part "done.then", where a space is missing."""
    joined = words.replace(".", "")
    return joined if _corrected(joined) in _KEYWORDS else words.replace(".", ". ")


def _undisguised(word: str) -> str:
    """Digits stay where they are numbers with a unit, such as "25m" or "3x"."""
    if re.fullmatch(r"\d+[a-z]{1,3}|[a-z]\d+", word):
        return word
    return word.translate(_LEET)


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """Return the keyword that a misspelled word was meant to be, or the word."""
    if len(word) < 6 or word in _KEYWORDS or word in _OWN_WORDS or word[0] not in "sou":
        return word
    for keyword in _KEYWORDS:
        # Two slips would make "overdue" an overdose; hardly a word is near "suicidal".
        allowed = 2 if keyword == "suicidal" else 1
        if abs(len(word) - len(keyword)) <= allowed and _distance(word, keyword) <= allowed:
            return keyword
    return word


def _distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours."""
    rows = [list(range(len(other) + 1))]
    for i, char in enumerate(one, 1):
        row = [i]
        for j, target in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (char != target))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == target:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
