"""Chooses what of a person's own words a reply says back: the most particular of all that is true.

Besides whole clauses (``coach.reply.echo``) two more things can be said as they stand: a piece
of a sentence that begins with a number ("Four rounds with two panels."), and a short passage
that the person quotes of what was said to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.reply.clauses import own_sentences
from coach.reply.echo import built_echoes
from coach.reply.pronouns import GENERIC, PERSON, expanded, is_mark, tokens
from coach.reply.quoted import HARSH
from coach.reply.subjects import is_number
from coach.reply.telling import DANGLING, judged, weight
from coach.reply.unsaid import NEVER
from coach.text import sentences, words

MOST = 2
"""Echoes offered for choice."""

_READ = 8
"""Echoes looked at before the most particular are kept."""

_NEAR = 0.8
_TELLING_WORDS = 5
"""Fewest words of an echo that says something where a question has just been answered."""

_FEWEST, _LONGEST = 3, 12
_QUOTE = re.compile(r"[\"“]([^\"“”\n]{6,90})[\"”]")
_SPOKEN = re.compile(
    r"\b(?:(?:they|she|he|it|who|email|letter|feedback|manager|boss|recruiter|chair|head|panel|text|message|mail|line)"
    r"\b[^.?!]{0,30}\b(?:said|told|tells|wrote|writes|says|replied|goes|reads|called|calls|were|was|is|put)|verbatim"
    r"|word for word|they'd|in writing)\b[^.?!\"“]{0,30}$",
    re.IGNORECASE,
)
_OWN_SPEECH = re.compile(r"\b(?:i|we|i'd|i'll|i've)(?: \w+){0,3}$", re.IGNORECASE)
_NO_PIECE = re.compile(
    r"\b(?:ago|old|am|pm|next|left|please|steps?|tips|if|maybe|or|of (?:them|you|it)|people|things?|minutes? of"
    r"|\d+ to \d+)\b"
    r"|^\d+[.:]\d+|\bon\.?$|^(?:20|19)\d\d|^\d+(?:st|nd|rd|th)",
    re.IGNORECASE,
)
_SECOND = re.compile(r"^(?:second|2nd|third) (?:choice|place)\b", re.IGNORECASE)
_HAD = re.compile(
    rf"^(?:(?:and|but|so) )?{PERSON}'d (?P<rest>(?:already |just |even |only |also )*"
    r"(?:bought|picked|named|told|booked|planned|chosen|found|packed|started|cleaned|ironed|practised|learnt|learned"
    r"|looked|moved|sold|given|saved|paid|rehearsed|written|built|driven|flown|taken|turned|waited|worked) .+)$"
)
_UNSAID = re.compile(
    r"^you (?:feel|felt|thought|called|lost (?:control|marks|your)|shouted|said no|will|can|should|must|might"
    r"|could|would|may|ought|need to)\b"
    r"|^you got a no\.$|^you are asking .* (?:it|that|this|her|him|them)\.$"
    r"|^you are \w+ (?:them|it|that|there)\.$|^they rejected you (?:to|because)\b|\bto steal\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b(?:HIM|HER|THEM|THEY|HE|SHE|HIS|THEIR|FIVE|FOUR|THREE|SIX|SEVEN|TEN|EVERY|LISTEN|THE|NOT)\b")
_THIN = re.compile(
    r"^(?:you (?:are (?:asking|from|so|very|not)|got a no\.|have to|have \w+ years|go |want(?:ed)? (?:an? \w+ to|help))"
    r"|this is about|they said no\.|you didn't get it\.|you had your)",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:came|comes|went) up [\w ]*[A-Z]|\b(?:him|her|it|this|that|them) (?:you|they|he|she)\b"
    # Said back, a slip of grammar reads as mockery.
    r"|\b(?:was|were|are|is) (?:do|go|get|come|make|have|take|give|see|know|tell|ask|want|apply|say|think|speak)\b"
    r"|\b(?:did|didn't|don't|does|doesn't|do not|did not) (?:\w+ed|got|went|came|took|gave|told|said|was|were)\b"
    r"|\b(?:will|can|must|should|could|would) (?:went|came|took|gave|told|said|got)\b"
)
_NUMBERS = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|forty"
    r"|fifty|hundred)\b",
    re.IGNORECASE,
)


def particular_echoes(message: str) -> list[str]:
    """Return up to ``MOST`` true sentences in the person's own words, the most particular first; [] without any."""
    found = dict.fromkeys((*built_echoes(message, _READ), *_pieces(message), *_quoted(message)))
    scored = {_calm(text): _particularity(text) for text in found if not (_BROKEN.search(text) or _UNSAID.search(text))}
    # A sentence with no content of its own, such as "He rang him.", says less than none.
    kept = {text: score for text, score in scored.items() if score > 0}
    best = max(kept.values(), default=0.0)
    near = [text for text, score in kept.items() if score >= best - _NEAR]
    # "You had picked a desk" and "You'd picked a desk" are one.
    once: dict[str, str] = {}
    for text in near:
        once.setdefault(" ".join(expanded(tokens(text))), text)
    return sorted(once.values(), key=lambda text: -kept[text])[:MOST]


def says_enough(text: str, others: Sequence[str], *, answered: bool) -> bool:
    """Whether an echo is worth saying beside others that could be said, or after an answer to a question."""
    if _UNSAID.search(text) or _BROKEN.search(text):
        return False
    if answered and (text.startswith("You are asking") or len(words(text)) < _TELLING_WORDS):
        return False
    if any(other.lower().endswith(f" {text.lower()}") for other in others):
        return False  # the same without its subject
    best = max(map(_particularity, others), default=0.0)
    return 0 < _particularity(text) >= best - _NEAR


def _particularity(text: str) -> float:
    spoken = words(text)
    score = min(len(spoken), 9) / 3 + 1.2 * bool(_NUMBERS.search(text)) + 0.4 * weight(text)
    score += 1.0 * bool(re.search(r"(?<=[a-z,] )[A-Z][a-z]", text)) + 1.0 * ('"' in text)
    if len(spoken) < 4 and not _NUMBERS.search(text):
        score -= 1.6
    return score - 1.6 * bool(_THIN.search(text))


def _calm(text: str) -> str:
    spoken = _SHOUTED.sub(lambda match: match[0].lower(), text)
    return spoken[:1].upper() + spoken[1:]


def _pieces(message: str) -> Iterator[str]:
    """Yield stretches that begin with a number and stand between marks: "Eighteen years in family mediation"."""
    for source, _ in own_sentences(message):
        pieces: list[list[str]] = [[]]
        for token in source:
            if is_mark(token) and token not in ("-", "–", "/", "&"):
                pieces.append([])
            else:
                pieces[-1].append(token)
        if counted := _counted(pieces):
            yield counted
        for piece in pieces:
            text = " ".join(piece)
            if _is_piece(piece, text):
                yield f"{text[:1].upper()}{text[1:]}."
            elif (planned := _HAD.match(text)) and _FEWEST < len(piece) <= _LONGEST and _may_be_said(piece, text):
                yield f"You had {planned['rest'].replace(PERSON, 'you')}."


def _counted(pieces: list[list[str]]) -> str | None:
    """Return numbers of things that stand side by side: "63 applications, 9 interviews"."""
    listed = [" ".join(piece) for piece in pieces if 2 <= len(piece) <= 4 and is_number(piece[0].lower())]
    text = ", ".join(listed)
    fits = len(listed) > 1 and not (_NO_PIECE.search(text) or NEVER.search(text) or PERSON in text or GENERIC in text)
    return f"{text[:1].upper()}{text[1:]}." if fits else None


def _is_piece(piece: list[str], text: str) -> bool:
    if not _FEWEST <= len(piece) <= _LONGEST or not (is_number(piece[0].lower()) or _SECOND.match(text)):
        return False
    lower = [word.lower() for word in piece]
    if any(word.startswith((GENERIC, PERSON)) for word in piece):
        return False
    unfit = lower[-1].isdigit() or set(lower) & {"that", "which", "who", "would", "could"}
    return not (unfit or _NO_PIECE.search(text)) and _may_be_said(piece, text)


def _may_be_said(piece: list[str], text: str) -> bool:
    generic = any(word.startswith(GENERIC) for word in piece)
    return not (generic or piece[-1].lower() in DANGLING or NEVER.search(text) or judged(text))


def _quoted(message: str) -> Iterator[str]:
    """Yield what the person quotes of what others said or wrote, where it is short and no judgement."""
    for sentence in sentences(message.replace("’", "'")):
        for match in _QUOTE.finditer(sentence):
            before, quote = sentence[: match.start()], match[1].strip(" .,!")
            if (
                not _SPOKEN.search(before)
                or _OWN_SPEECH.search(before.rstrip(" ,:"))
                or re.search(r"\?|\bdid you\b", quote)
            ):
                continue
            if 2 <= len(words(quote)) <= _LONGEST and not (HARSH.search(quote) or NEVER.search(quote)):
                yield f'The words were "{quote}".'
