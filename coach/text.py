"""Clean what people type, and split text into sentences."""

from __future__ import annotations

import re
import unicodedata

from coach.errors import InputError

MAX_CHARACTERS = 20_000
"""Longest message that is read; a pasted thread fits."""

QUOTED = re.compile(r"[\"“][^\"“”]{1,4000}[\"”]|(?<!\w)[‘'](?:[^'‘’\n]|(?<=\w)['’](?=\w)){2,2000}['’](?!\w)")
"""A quotation in double or single quotation marks; an apostrophe opens and ends none."""

# Control characters but tab and line break, zero-width and bidirectional marks, tags: nobody types them on purpose,
# and they can hide text from a reader.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\u115f\u1160\u3164\uffa0\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")
_CLOSED = re.compile(r"[.!?…][\"'”’)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|e\.g|i\.e|vs|approx)\.$")
_NUMBERED = re.compile(r"(?:^|\n)\s*\d{1,2}\.$")
# Marks by which chat templates tell whose turn it is: <|im_start|>, [INST], <<SYS>>, <start_of_turn>, </s> and kin.
_TEMPLATE = re.compile(
    r"<[|\uff5c]([^|\uff5c<>]{1,40})[|\uff5c]>|\[(/?INST)\]|<<(/?SYS)>>"
    r"|</?((?:start|end)_of_(?:turn|text|role)|im_(?:start|end)|bos|eos|s|system|assistant|human)>",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return the text without hidden characters, with plain line breaks and outer space removed.

    Surrogates that cannot be encoded are replaced, so that every later stage can rely on valid text.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _HIDDEN.sub("", _BREAKS.sub("\n", text))
    # Again and again, because taking a mark apart can put another one together.
    while (plain := _TEMPLATE.sub(_bare, text)) != text:
        text = plain
    return unicodedata.normalize("NFC", text).strip()


def _bare(match: re.Match[str]) -> str:
    return str(next(filter(None, match.groups())))


def readable(text: str) -> str:
    """Return a message as the stages read it: clean, and of a length that can be read.

    Raises:
        InputError: There is nothing to answer, or too much.
    """
    message = clean(text)
    if not message:
        raise InputError("The message is empty.")
    if len(message) > MAX_CHARACTERS:
        raise InputError(
            f"The message has {len(message):,} characters, and {MAX_CHARACTERS:,} can be read at once.",
            hint="Send it in parts, or leave out what matters less.",
        )
    return message


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence ends, not at an abbreviation or the number of a list item."""
    text = text.rstrip()
    return bool(_CLOSED.search(text)) and not _ABBREVIATION.search(text) and not _NUMBERED.search(text)


def sentences(text: str) -> list[str]:
    """Split a text into sentences; a line break ends one too."""
    parts: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].strip()
        if "\n" not in match.group() and piece and not ends_sentence(piece):
            continue
        if piece:
            parts.append(piece)
        start = match.end()
    rest = text[start:].strip()
    if rest:
        parts.append(rest)
    return parts


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, apostrophes straight and kept inside a word."""
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.lower().replace("’", "'"))


def alike(one: str, other: str) -> bool:
    """Whether two sentences of some length say nearly the same words, in any order."""
    left, right = set(words(one)), set(words(other))
    shorter = min(len(left), len(right))
    return shorter >= _ALIKE_WORDS and len(left & right) >= _ALIKE * shorter


_ALIKE_WORDS = 5
_ALIKE = 0.7


def shortened(text: str, limit: int) -> str:
    """Return a text of at most about ``limit`` characters, with the middle left out."""
    if len(text) <= limit:
        return text
    head = text[: limit * 2 // 3].rsplit(" ", 1)[0]
    tail = text[len(text) - limit // 3 :].split(" ", 1)[-1]
    return f"{head} [...] {tail}"


READ_FIRST, READ_LAST = 2_000, 4_000
"""Characters at the beginning and at the end of a message that are read closely."""
_QUOTE = re.compile('["“”]')


def ends(text: str) -> str:
    """Return what is read closely of a message: all of it, or the beginning and the end of a long one.

    Both are cut where a sentence ends, or else at a space, and what a cut leaves of a quotation is left out: half a
    sentence can say the contrary of the whole, and the words of somebody else are not the person's own.
    """
    if len(text) <= READ_FIRST + READ_LAST:
        return text
    head, start = text[:READ_FIRST], len(text) - READ_LAST
    tail = text[start:]
    if len(quotes := _QUOTE.findall(head)) % 2:
        head = head[: head.rfind(quotes[-1])]
    if len(_QUOTE.findall(text[:start])) % 2 and (closing := _QUOTE.search(tail)) is not None:
        tail = tail[closing.end() :]
    stops = [match.end() for match in _END.finditer(head)]
    head = head[: stops[-1]] if stops else head.rpartition(" ")[0]
    stop = _END.search(tail)
    tail = tail[stop.end() :] if stop is not None and stop.end() < len(tail) else tail.partition(" ")[2]
    return f"{head.strip()}\n{tail.strip()}".strip()
