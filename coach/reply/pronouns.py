"""Turn a person's sentence from "I" to "you", token by token, with the verbs that go with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


PERSON = "YOU"
"""The person as the one who acts, from "I" or "we"; "you" is the person from "me" or "us"."""

GENERIC = "~"
"""Before a "you" or "your" that the message itself uses: it is not the person, or not surely."""

ANY_PERSON = word_set("i i'm i've i'd i'll im ive me my mine myself we we're we've we'd we'll us our ours ourselves")
"""First-person words, in lower case. A sentence of the coach that has one speaks as the person."""

_TOKEN = re.compile(
    r"[£$€]?[^\W_]+(?:(?:['.,/&-]|(?<=\d):(?=\d))[^\W_]+)*(?:%|\+|(?<=s)'(?=\s))?|[,;:()\[\]|–—…]|\.{2,}|-+(?=\s)|[/\"&+\U0001f300-\U0001faff]"
)
_MARK = re.compile(r"\W+")
_WITH = re.compile(r"\bw/(?=\s)")
_ALONE = {
    "i": PERSON,
    "we": PERSON,
    "i'm": f"{PERSON} are",
    "im": f"{PERSON} are",
    "we're": f"{PERSON} are",
    "i've": f"{PERSON} have",
    "ive": f"{PERSON} have",
    "we've": f"{PERSON} have",
    "i'd": f"{PERSON}'d",
    "we'd": f"{PERSON}'d",
    "i'll": f"{PERSON} will",
    "we'll": f"{PERSON} will",
    "me": "you",
    "us": "you",
    "my": "your",
    "our": "your",
    "mine": "yours",
    "ours": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
}
_OF_ORE = word_set("the a this that coal gold copper iron tin salt silver diamond lithium open")
_GENERIC = word_set("you your yours yourself u ur you're you've you'd you'll ya ye")
_COUNTRIES = frozenset({"US"})
_AGREE = {"was": "were", "am": "are", "wasn't": "weren't", "wasnt": "weren't"}
_BETWEEN = word_set("just so really actually very literally also still even never only already once then")
_JOINING = frozenset({"and", "but", "or"})
_OTHERS = word_set("they he she it who which that there this")
_LONG = {
    "you're": "you are",
    "you've": "you have",
    "you'll": "you will",
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "won't": "will not",
    "wont": "will not",
    "they're": "they are",
    "they've": "they have",
    "theyre": "they are",
    "theyve": "they have",
    "it's": "it is",
    "that's": "that is",
    "thats": "that is",
    "there's": "there is",
    "theres": "there is",
    "w": "with",
    "abt": "about",
    "n": "and",
    "bc": "because",
    "cos": "because",
    "coz": "because",
    "cuz": "because",
    "tmrw": "tomorrow",
    "noone": "no one",
    "hrs": "hours",
    "mins": "minutes",
    "yrs": "years",
}
_LONG |= {f"{who}{mark}s": f"{who} is" for who in ("he", "she", "who", "what", "where", "here") for mark in ("'", "")}
_LONG |= {"gonna": "going to", "wanna": "want to", "thru": "through", "min": "minutes"}
_LONG |= {"hr": "hour", "yr": "year", "wk": "week", "wks": "weeks", "b4": "before", "ppl": "people", "mgr": "manager"}
_LONG |= {"1st": "first", "2nd": "second", "3rd": "third"}
_WOULD = re.compile(r"(i|you|YOU|they|he|she|we|it)'d|(they|he|she)d")
_HAD = re.compile(
    r"(?!(?:need|feed|speed|bleed|succeed|proceed|exceed)$)\w+ed|been|had|done|got|kept|told|given|taken|sent|made|gone|seen|found|left|lost|bought|built|written|said"
    r"|known|paid|won|heard|held|spent|driven|flown|worn|slept"
)
"""After "I'd" or "they'd", these show that "had" is meant, not "would"."""
_ADVERBS = word_set("already just even only also never always not really finally once")
_AFTER_ID = re.compile(rf"never|already|just|even|only|love|like|{_HAD.pattern}")
_ITS = re.compile(
    r"(?:an?|no|not|been|over|just|only|the|so|still|raining|gone|done|your|my|\d\S*|two|three|four|five|six)"
)
"""After a clause's "its", these show that "it is" is meant."""
_NOT = re.compile(r"(did|do|does|was|were|is|are|have|has|had|could|would|should|need|must)n'?t", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """Split a sentence into words, with their numbers, currency and case intact, and inner punctuation marks."""
    return _TOKEN.findall(_WITH.sub("with", text.replace("’", "'").replace("‘", "'")))


def speaks_as_person(words: Sequence[str]) -> bool:
    """Whether words in lower case have "I", "my" or the like; "the mine" is a pit."""
    return any(
        word in ANY_PERSON and not (word == "mine" and before in _OF_ORE) for before, word in pairwise(["", *words])
    )


def is_mark(token: str) -> bool:
    """Whether a token is punctuation."""
    return _MARK.fullmatch(token) is not None


def turned(source: Sequence[str]) -> list[str]:
    """Return a sentence's tokens spoken to the person who said them; see ``PERSON`` and ``GENERIC``."""
    out: list[str] = []
    acts = False
    for place, token in enumerate(source):
        word = token.lower()
        if word == "mine" and place and source[place - 1].lower() in _OF_ORE:
            out.append(token)
        elif word in _GENERIC:
            out.append(GENERIC + word)
        elif (
            word == "id"
            and token.islower()
            and place + 1 < len(source)
            and _AFTER_ID.fullmatch(source[place + 1].lower())
        ):
            out.append(f"{PERSON}'d")
            acts = True
        elif word in _ALONE and token not in _COUNTRIES:
            out += _ALONE[word].split()
            acts = acts or out[-1].startswith(PERSON) or PERSON in out[-2:]
        elif word in _AGREE:
            out.append(_AGREE[word] if _goes_with_person(out, acts) else token)
        else:
            acts = acts and word not in _OTHERS
            out.append(token)
    return out


def _goes_with_person(before: Sequence[str], acts: bool) -> bool:
    """Whether a verb after these tokens belongs to the person."""
    last = next((token for token in reversed(before) if token.lower() not in _BETWEEN), "")
    return last == PERSON or (acts and last.lower() in _JOINING)


_APOSTROPHE = re.compile(r"(?P<not>\w+)nt|(?P<who>they|it|that|there|he|she|who|what)(?P<be>s|ve|re|d)", re.IGNORECASE)
_SPELLED = {"w": "with", "abt": "about", "n": "and", "thru": "through"}
_NT = word_set("did do does was were is are have has had could would should ca wo")


def spelled(token: str, following: str = "") -> str:
    """Return a word spelled out: "didn't" for "didnt", "about" for "abt", "it's" for "its" before "a no"."""
    match = _APOSTROPHE.fullmatch(token)
    if match is None:
        return _SPELLED.get(token, token)
    if match["not"]:
        return f"{match['not']}n't" if match["not"].lower() in _NT else token
    known = token.lower() in _LONG or (token.lower() == "its" and _ITS.fullmatch(following.lower()))
    return f"{match['who']}'{match['be']}" if known or token.lower() == "theyd" else token


def expanded(source: Sequence[str]) -> list[str]:
    """Return tokens in lower case with contractions written out; ``PERSON`` keeps its case."""
    out: list[str] = []
    for place, token in enumerate(source):
        word = token if token.startswith(PERSON) else token.lower()
        following = [other.lower() for other in source[place + 1 : place + 4]]
        if word == "its" and following and _ITS.fullmatch(following[0]):
            word = "it's"
        negated, would = _NOT.fullmatch(word), _WOULD.fullmatch(word)
        if negated:
            out += f"{negated[1]} not".split()
        elif would:
            verb = next((other for other in following if other not in _ADVERBS), "")
            out += [would[1] or would[2], "had" if _HAD.fullmatch(verb) else "would"]
        else:
            out += _LONG.get(word, word).split()
    return out
