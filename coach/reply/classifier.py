"""The small classifier beside the guard's rules: whether a sentence may be said to the person who wrote a message.

Kernel ridge regression. Two sentences are alike when they point the same way, when what they add to
their messages points the same way, when they share words, and when they lean on their messages alike
(``signals``): "you might be happier away from customers" is kind to one person and cruel to another.
Trained by ``python -m training.guard`` on the ``train*.jsonl`` of ``data/guard``. Where the encoder that reads
message and sentence together is loaded (``coach.retrieval.pairs``), what it says is weighed in.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import CoachError
from coach.reply.pronouns import word_set
from coach.types import Fault, Vector

BUCKETS = 32768
"""Hashed words, pairs and triples; see ``hashed``."""

GAMMA = 1.0
"""Width of the Gaussians on vectors: exp(-2 GAMMA (1 - cosine))."""

SCALE = 400.0
"""Unit vectors are stored as whole numbers of 1 / SCALE."""

ADDED_WEIGHT, WORD_WEIGHT, SIGNAL_WEIGHT = 0.5, 0.5, 1.0
"""Weights of the parts of the kernel beside the sentence's own Gaussian, which has 1."""

THRESHOLD = 0.72
"""Share of all faults from which a sentence is withheld; chosen by cross-validation on the training lines."""

PAIR_WEIGHT = 0.5
"""What the reader of pairs counts where there is one; the kernels have the rest."""

PAIR_THRESHOLD = 0.7
"""As ``THRESHOLD``, where the reader of pairs has its say."""

OK = "ok"
"""The label of a sentence that may be shown; every other label is a ``Fault``."""

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,:]*%?|[?!,;:\"“”\[\]#<>|*]")
_NAME = re.compile(r"(?<!^)(?<![.?!:\"“] )\b[A-Z][a-z]+")
_DAYS = word_set("i monday tuesday wednesday thursday friday saturday sunday")
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
_COMMON = word_set(
    "i you he she it we they me him her us them my your his its our their yours mine this that these those a an the "
    "and or but so because if when while until than as of to in on at for from with without by about into out up "
    "down off over not no never nothing nobody none any some every all each both one two once more most less least "
    "much many few other another same such own is are was were be been being am do does did done have has had will "
    "would can could may might must shall should ought need who what which why how where there here then now just "
    "only even still yet also too very really perhaps maybe probably simply clearly always usually often sometimes "
    "ever again already before after someone something anyone anything everyone everything people person like "
    "rather instead either neither though although since between through against during back away say said says "
    "tell told tells think know feel make makes made go get got take give let want wants ask asked mean means seem "
    "seems look next time today tonight tomorrow week month year first last better best worse right wrong good "
    "enough kind sort thing way part you've you're you'd you'll they're they've they'd they'll it's that's don't "
    "doesn't didn't can't won't isn't aren't wasn't weren't wouldn't couldn't shouldn't haven't hasn't hadn't i'm "
    "i've i'll i'd there's who's let's"
)
_NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand half third quarter percent"
)
_ENDINGS = ("ings", "ing", "ies", "es", "ed", "s")
_WORDS_THAT_TELL = tuple(
    word_set(row)
    for row in (
        "they them their",
        "you your",
        "i me my",
        "we our",
        "will they'll you'll",
        "could can may might",
        "because",
        "always never every all everyone nobody usually most nearly",
        "nothing nobody neither not doesn't isn't can't don't no",
    )
)
_OFFERS = re.compile(r"you could|you can|if you|one |another time|what ")
_MEETS = re.compile(r"(?:you|it makes sense|being|waiting|that)\b")


def hashed(sentence: str) -> npt.NDArray[np.int64]:
    """Return the buckets of a sentence's words, pairs and triples of words, each once; its ends count as words."""
    tokens = ["^", *_tokens(sentence), "$"]
    grams = {" ".join(tokens[i : i + size]) for size in (1, 2, 3) for i in range(len(tokens) - size + 1)} - {"^", "$"}
    return np.unique(np.fromiter((zlib.crc32(gram.encode()) % BUCKETS for gram in grams), np.int64, len(grams)))


def signals(sentence: str, message: str, closeness: float) -> Vector:
    """Return how a sentence leans on a message, shape (SIGNALS,).

    The first ``OF_MESSAGE`` need the message: the share of new words, new and known numbers, new names,
    quotations from it and from elsewhere, and ``closeness``, the cosine of their vectors. The rest are
    about the sentence alone.
    """
    tokens = _tokens(sentence)
    known = set(_tokens(message))
    stems = {_stem(word) for word in known}
    content = [word for word in tokens if word[0].isalnum() and word not in _COMMON]
    new = [word for word in content if _stem(word) not in stems]
    numbers = [word for word in tokens if word[0].isdigit() or word in _NUMBERS]
    new_numbers = [word for word in numbers if word not in known]
    names = [name for name in _NAME.findall(sentence) if name.lower() not in known | _DAYS]
    quoted = _QUOTED.findall(sentence)
    from_message = [text for text in quoted if set(_tokens(text)) - {",", "."} <= known]
    there = set(tokens)
    return np.array(
        [
            len(new) / max(len(content), 1),
            bool(new_numbers),
            len(numbers) > len(new_numbers),
            bool(names),
            bool(from_message),
            bool(quoted) and not from_message,
            closeness,
            len(content) / 12,
            len(tokens) / 20,
            "?" in sentence,
            "!" in sentence,
            bool(_OFFERS.match(sentence.lower())),
            bool(_MEETS.match(sentence.lower())),
            *(bool(there & some) for some in _WORDS_THAT_TELL),
        ],
        dtype=np.float32,
    )


OF_MESSAGE = 7
SIGNALS = 13 + len(_WORDS_THAT_TELL)


def added(vector: Vector, message: Vector) -> Vector:
    """Return what a sentence's unit vector adds to its message's, as a unit vector."""
    rest = vector - float(vector @ message) * message
    length = float(np.linalg.norm(rest))
    return np.asarray(rest / length if length > 1e-6 else vector, dtype=np.float32)


def likeness(vectors: Vector, support: Vector) -> Vector:
    """Return the Gaussian kernel, shape (n, m), of unit vectors of shapes (n, d) and (m, d)."""
    close = np.clip(vectors @ support.T, -1.0, 1.0)
    return np.asarray(np.exp(2 * GAMMA * (close - 1.0)), dtype=np.float32)


def leaning(rows: Vector, support: Vector) -> Vector:
    """Return the Gaussian kernel, shape (n, m), of standardised signals of shapes (n, SIGNALS) and (m, SIGNALS)."""
    apart = (rows**2).sum(axis=1)[:, None] + (support**2).sum(axis=1)[None] - 2 * rows @ support.T
    return np.asarray(np.exp(-np.maximum(apart, 0.0) / (2 * SIGNALS)), dtype=np.float32)


class Classifier:
    """The trained weights in a file.

    Raises:
        CoachError: The file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as stored:
                self._support = _unit(stored["support"])
                self._added = _unit(stored["added"])
                self._signals = stored["signals"].astype(np.float32)
                self._centre = stored["centre"].astype(np.float32)
                self._spread = stored["spread"].astype(np.float32)
                self._duals = stored["duals"].astype(np.float32)
                self._words = stored["words"].astype(np.float32)
                self._means = stored["means"].astype(np.float32)
                self._labels = tuple(str(label) for label in stored["labels"])
                for label in self._labels:
                    if label != OK:
                        Fault(label)
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise CoachError(
                f"The guard's classifier {path} cannot be read: {error}.",
                hint="Install Rebound again: its files are incomplete.",
            ) from error

    def shares(self, sentence: str, vector: Vector, message: str, message_vector: Vector | None) -> dict[str, float]:
        """Return how much each label is spoken for, about 0..1.

        Args:
            sentence: The sentence to judge.
            vector: Its unit vector, shape (dimensions,).
            message: What the person wrote.
            message_vector: Its unit vector; None where no message is known.
        """
        if message_vector is None:
            rest, leans = vector, signals(sentence, message, 0.0)
            # What is not known is taken to be as usual.
            leans[:OF_MESSAGE] = self._centre[:OF_MESSAGE]
        else:
            rest = added(vector, message_vector)
            leans = signals(sentence, message, float(vector @ message_vector))
        kernel = likeness(vector[None], self._support) + ADDED_WEIGHT * likeness(rest[None], self._added)
        kernel += SIGNAL_WEIGHT * leaning(((leans - self._centre) / self._spread)[None], self._signals)
        buckets = hashed(sentence)
        scores = kernel[0] @ self._duals + self._words[buckets].sum(axis=0) / np.sqrt(max(len(buckets), 1))
        return dict(zip(self._labels, map(float, scores + self._means), strict=True))

    def fault(
        self,
        sentence: str,
        vector: Vector,
        message: str,
        message_vector: Vector | None,
        pair: Mapping[str, float] | None = None,
    ) -> Fault | None:
        """Return what is most likely wrong with a sentence, None where it may be shown; see ``shares``.

        ``pair`` holds the share of each label that the reader of pairs found, where it is loaded.
        """
        shares = self.shares(sentence, vector, message, message_vector)
        if pair is not None:
            shares = weighed(shares, pair)
        if 1.0 - shares[OK] < (THRESHOLD if pair is None else PAIR_THRESHOLD):
            return None
        return Fault(max((label for label in shares if label != OK), key=lambda label: shares[label]))


def weighed(shares: Mapping[str, float], pair: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of the kernels and of the reader of pairs together."""
    return {
        label: (1.0 - PAIR_WEIGHT) * shares.get(label, 0.0) + PAIR_WEIGHT * pair.get(label, 0.0)
        for label in (*shares, *(label for label in pair if label not in shares))
    }


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("’", "'"))


def _stem(word: str) -> str:
    return next((word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), word)


def _unit(stored: npt.NDArray[np.int8]) -> Vector:
    rows = stored.astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
