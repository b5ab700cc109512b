"""Tells in which language a message is, as far as the coach has to know: English, or one of ten others.

Scripts tell most; between languages in Latin letters, the commonest small words decide. A
library that knows 75 languages costs 100 MB or guesses on short texts, and only ten have a
line to answer with. How often this is right is measured in ``tests/safety/test_language.py``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from coach.errors import KnowledgeError
from coach.text import words

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_LEAST_SHARE = 0.5
"""Share of a message's letters in another script that makes it that language."""

# Small words that no other of these languages, and not English, uses; chosen by hand.
_SMALL_WORDS = {
    "en": (
        "the and i my is it was they to of for not but with this that you me have what how do did got so "
        "be am are can we job interview email rejected no just an at from after don't i'm didn't "
        "feedback"
    ),
    "es": (
        "el los las una que por para con pero muy más mi me no lo del fue ha he soy estoy trabajo "
        "entrevista cómo qué porque ya ahora todo nada quiero han sido rechazado después y se su "
        "en de si mis"
    ),
    "fr": (
        "le les des une et est pas je j'ai mon ma mes pour avec mais dans que qui on ils elle nous suis "
        "c'est n'ai du au entretien emploi poste refus refusé après très été comment pourquoi aux sur"
    ),
    "de": (
        "der die das und ist nicht ich mein meine mir mich für mit aber ein eine habe hat war wie was "
        "auf bei nach noch auch zu sehr absage stelle bewerbung gespräch warum wurde werde bin den dem "
        "keine im"
    ),
    "pt": (
        "o os as uma não que por para com mas muito mais minha meu fui foi estou eu ele eles isso "
        "emprego vaga entrevista como porque já agora depois quero tenho do da em um e"
    ),
    "it": (
        "il gli le una che non per con ma molto più mio mia sono è ho hanno stato lavoro colloquio "
        "perché come dopo ora tutto niente voglio mi ti della del di e questo"
    ),
    "nl": (
        "de het een en ik niet is mijn voor met maar van dat was ze hij heb ben wat hoe waarom "
        "sollicitatie baan gesprek afgewezen weer nog ook naar op te geen zijn"
    ),
    "pl": (
        "nie się jest i w na z że to do mnie mam jak ale czy po od praca pracy rozmowa rozmowie "
        "odrzucili dlaczego już jestem był była moja mój przez"
    ),
    "tr": (
        "bir ve bu ben için ama çok ne değil mi iş mülakat başvuru neden nasıl bana beni benim oldu "
        "şimdi sonra artık reddedildim ile da de gibi kadar"
    ),
}
_SMALL = {language: frozenset(text.split()) for language, text in _SMALL_WORDS.items()}
_ENGLISH_TOO = frozenset(
    words(
        "on as come was war die bin hat me no do per pour ale o um e hoe he im sur to is het"
        " dem di ha na mi su w ya ma po i"
    )
)
"""Words of another language's list that people who write English use too, also without apostrophes or in dialect."""
_LEAST_WORDS = 3


def language_of(text: str) -> str | None:
    """Return the two letters of a message's language (ISO 639), or None where it cannot be told.

    A short message in Latin letters is taken for English, unless its words say otherwise.
    """
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return None
    for language, script in _SCRIPTS:
        share = sum(1 for char in letters if script.match(char)) / len(letters)
        if share >= _LEAST_SHARE or (language == "ja" and share >= 0.15):
            return language
    tokens = [token.replace("’", "'") for token in words(text)]
    # "He hugged me" and "yeah go on": a language needs a word that is not English as well.
    told = {"en", *(language for language, small in _SMALL.items() if (small - _ENGLISH_TOO) & set(tokens))}
    scores = {language: sum(token in _SMALL[language] for token in tokens) for language in _SMALL if language in told}
    best = max(scores, key=scores.__getitem__)
    if best == "en" or scores[best] <= scores["en"]:
        return "en"
    alone = len(tokens) <= _LEAST_WORDS and scores["en"] == 0
    return best if scores[best] >= 2 or alone else "en"


def in_other_letters(text: str) -> bool:
    """Whether most letters of a text are not Latin ones."""
    # Styled letters ("𝐈 𝐚𝐦") are Latin ones.
    letters = [char for char in unicodedata.normalize("NFKC", text) if char.isalpha()]
    other = sum(not (char.isascii() or unicodedata.name(char, "").startswith("LATIN")) for char in letters)
    return other > len(letters) / 2


@lru_cache(maxsize=4)
def _lines(path: Path) -> dict[str, str]:
    try:
        return {str(key): str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path}: the lines in other languages cannot be read: {error}.") from error


def foreign_line(text: str, folder: Path) -> str | None:
    """Return the fixed line for a message in another language; None for English or what cannot be told.

    Args:
        text: The message, cleaned.
        folder: ``knowledge/safety``.
    """
    language = language_of(text)
    return None if language in (None, "en") else _lines(folder / "languages.toml").get(language or "")
