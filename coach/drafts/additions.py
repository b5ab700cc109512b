"""Take up what a person asks to add to a draft that stands, where ``content`` reads no statement or question of it."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.draft import DraftBrief
from coach.drafts.dictated import as_own
from coach.drafts.news import as_statements
from coach.drafts.steering import RUDE
from coach.drafts.wording import addressed, sentence, spelled
from coach.facts.lexicon import TITLES
from coach.text import words

_ADD = re.compile(
    r"(?:^|[.!?;,:\n]\s*|\b(?:and|also|please|pls|just|maybe|can you|could you|can u|but|then)\s+)"
    r"(?P<verb>add|adding|mention|include|put(?: in)?|say|tell (?:him|her|them)|write|let (?:him|her|them) know"
    r"|start with"
    r"|begin with|open with|thank (?:him|her|them)|ask(?: (?:him|her|them))?)\b(?: (?:in|too|also|a (?:line"
    r"|sentence|word) (?:about"
    r"|on|saying)|one (?:line|sentence) (?:about|on|saying)|something about|somewhere|there|at the (?:end|start"
    r"|top)))*[:,]?"
    r"\s+(?P<rest>[^.!?\n;]+)",
    re.IGNORECASE,
)
_ALSO_THAT = re.compile(
    r"(?:^|[.!?\n]\s*)(?:(?:(?:and|also|plus|oh|maybe) )+|(?:one more|another) thing(?: in there)?[:,]? )"
    r"(?P<verb>that) (?P<rest>[^.!?\n;]+)",
    re.IGNORECASE,
)
_PUT_THAT_IN = re.compile(
    r"(?:^|[.!?\n]\s*|\b(?:actually|also|and|oh),? )(?P<rest>(?:i|i'?ve|i'?m|i'?d|my|we"
    r"|we'?ve)\b[^.,;!?\n]{4,90}),? (?:so |please |can you "
    r"|could you )?(?:(?P<verb>put|get|include|work) (?:that|this|it)(?: in| too| there)+"
    r"|(?:that|this|it) (?:should|must|could|can|needs to|has to|ought to) (?:be|go|stand)(?: in\b| there\b"
    r"| mentioned| said)+)",
    re.IGNORECASE,
)
_AND_IS = re.compile(
    r"(?:^|[.!?\n]\s*)(?:oh,? )?(?:and|also|plus|ps|p\.s\.|one more thing)[:,]? (?P<rest>(?!(?:that|this|it"
    r"|can|could|please|make|take|add|say|put|he|she|they|you|i|i'm"
    r"|i've|i'd|no|not|the (?:email|draft|tone|message)|his name|her name)\b)(?:[\w'-]+ ){1,4}(?:is|are|was"
    r"|were|will|would|can)\b[^.!?\n;]{3,80})(?P<verb>)",
    re.IGNORECASE,
)
_GREETS = re.compile(r"(?:sorry|thanks|thank you) to (?P<name>[A-Z][\w'’-]+)")
_TAIL = re.compile(
    r"[, ]+(?:please|pls|plz|too|as well|also|somewhere|at the (?:end|start|top|beginning)|in (?:it|there)|first"
    r"|will you"
    r"|can you|if you can|ok|okay)$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:a |my |our )?(?:thanks?|thank[- ]you|thx|ta)(?: (?:to )?(?:him|her|them|you))? (?P<how>for"
    r"|that) (?P<what>.+)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"^(?:that )?(?:i|i'm|im|i've|ive|i'd|id|i'll|my|we|our|it|it's|there|he|she|they|the \w+|part[- ]time|\w+ing"
    r"|\w+s)\b"
    r".*\b(?:am|is|are|was|were|have|has|had|can|could|will|would|do|did|like|love|want|hope|know|need|liked|loved"
    r"|enjoyed"
    r"|\w{3,}ed|i'm|im|i've|ive|i'd|id|i'll|it's|'m|'s|'ll|'ve|'d)\b",
    re.IGNORECASE,
)
_NOUN_IS = re.compile(
    r"(?:[\w'’-]+ ){1,3}(?:is|was|are|were|would be|will be|has been)\b(?! (?:it|that|this)\b)", re.IGNORECASE
)
_ABOUT_THE_DRAFT = re.compile(
    r"\b(?:it|this|that)\b (?:in|into|on|as|more|less|shorter|so|like|to|for|with|by)\b|\b(?:simple|simpler|easy"
    r"|short|shorter"
    r"|formal|polite|nice|warm|english|words|tone|email|linkedin|text|whatsapp|letter|hi|dear|hello|thanks|thank)\b"
    r"|^(?:no|nothing|less|more"
    r"|not|him|her|them|something|anything|so|why|again|another|one)\b|^(?:it|this|that)$",
    re.IGNORECASE,
)


_WHEN = re.compile(
    r"\W*(?:only |just )?(?P<when>(?:mornings|afternoons|evenings|nights|weekends|weekdays|school hours|(?:mon|tues"
    r"|wednes|thurs|fri"
    r"|satur|sun)days|\w+ (?:days|hours) (?:a|per) week)(?: (?:and|or) \w+)?)(?P<only> only)?(?: please| pls)?\W*",
    re.IGNORECASE,
)


_HOW_TO_SAY_IT = re.compile(r"(?:it|this|that)(?: \w+){0,4}", re.IGNORECASE)
"""What follows "say it" is how, unless it says what "it" is or does."""


def when_only(text: str) -> str:
    """Return a message of few words that says when somebody could work as a sentence; else nothing."""
    match = _WHEN.fullmatch(text)
    if match is None:
        return ""
    only = " only" if re.search(r"\bonly\b", text, re.IGNORECASE) else ""
    return sentence(f"I could do {spelled(match['when'])}{only}")


def added(text: str, said: tuple[str, ...], asked: tuple[str, ...], keeps: frozenset[str]) -> list[str]:
    """Return what a message asks to add, as sentences to the reader, or as a bracket that names it.

    Args:
        text: The message, without what it wants left out or put right.
        said: Statements that were read of it already.
        asked: Questions that were.
        keeps: Words for others than the reader, see ``addressed``.
    """
    found: list[str] = []
    known = frozenset(word for each in (*said, *asked) for word in words(each) if len(word) > _SHORT)
    for match in (
        *_ADD.finditer(text),
        *_ALSO_THAT.finditer(text),
        *_PUT_THAT_IN.finditer(text),
        *_AND_IS.finditer(text),
    ):
        # Why they want it there is said to the coach.
        rest = re.sub(r", (?:he|she|they|it|because|since|cos|as|that's)\b.*$", "", match["rest"]).strip(" ,:")
        if (match["verb"] or "").lower().startswith("put"):
            rest = re.sub(r" in$", "", rest)
        while not _IS_FINE.search(rest) and (shorter := _TAIL.sub("", rest)) != rest:
            rest = shorter
        if re.match(r"(?:that )?(?:was|is|were|are|has|had)\b", rest, re.IGNORECASE):
            continue
        turned = words(f"{rest} {addressed(spelled(rest), keeps=keeps)}")
        telling = [word for word in words(rest) if len(word) > _SHORT]
        if telling and all(word in known or word not in turned[len(words(rest)) :] for word in telling):
            continue
        if telling and sum(word in known for word in telling) * 2 >= len(telling):
            continue
        if not telling and not _FINITE.match(rest):
            continue
        if _HOW_TO_SAY_IT.fullmatch(rest) and not re.search(r"\b(?:is|was|were|are|would|will|has|had)\b", rest):
            continue
        if new := _sentence((match["verb"] or "put").lower(), rest, keeps):
            found.append(new)
    return found


_SHORT = 3


def _sentence(verb: str, rest: str, keeps: frozenset[str]) -> str:
    if RUDE.search(rest):
        return ""
    if (greets := _GREETS.match(rest)) is not None:
        if rest.lower().startswith("sorry"):
            return f"Please tell {greets['name']} that I am sorry."
        return f"Please pass on my thanks to {greets['name']}."
    if verb.startswith("thank"):
        rest = f"thanks {rest}"
    if (thanks := _THANKS.match(rest)) is not None:
        what = addressed(spelled(thanks["what"]), keeps=keeps).strip()
        return sentence(f"Thank you for {what}" if thanks["how"].lower() == "for" else f"I was grateful that {what}")
    if verb.startswith("ask"):
        if re.match(r"(?:if|whether|what|which|how|when|where|why|who)\b", rest, re.IGNORECASE):
            return sentence(f"Could you tell me {addressed(spelled(rest), keeps=keeps)}", end="?")
        return ""
    if (wish := _GERUND.match(rest)) is not None:
        how = {"hoping": "I hope", "wishing": "I wish", "congratulating": "I congratulate"}[wish["how"].lower()]
        return sentence(f"{how} {addressed(spelled(wish['what']), keeps=keeps)}")
    bare = re.sub(r"^(?:that|how|about how|about)\s+", "", rest, flags=re.IGNORECASE)
    if _NOUN_IS.match(bare) and not re.match(
        r"(?:it|this|that|he|she|they|we|i|there|all|both|either)\b", bare, re.IGNORECASE
    ):
        plain = addressed(spelled(bare), keeps=keeps)
        article = (
            ""
            if re.match(r"(?:the|an?|my|your|our|[A-Z]|\w+s\b|\d)", bare)
            or " would " in bare
            or re.match(r"(?:no|yes|he|she)\b", bare, re.IGNORECASE)
            else "the "
        )
        return sentence(f"{article}{plain}")
    if _FINITE.match(bare):
        statements = as_statements(bare, keeps)
        return statements[0] if statements else sentence(addressed(spelled(bare), keeps=keeps))
    if _IS_FINE.search(bare):
        return sentence(addressed(spelled(bare), keeps=keeps))
    if (
        _ONLY_A_NAME.fullmatch(bare)
        or _ABOUT_THE_DRAFT.search(rest)
        or (verb.startswith(("write", "put")) and len(words(rest)) > _NAMED)
    ):
        return ""
    if (own := as_own(bare)) is not None and own != bare:
        return next(iter(as_statements(own, keeps)), "")
    if (reach := _REACH.fullmatch(bare)) is not None:
        return f"You can reach me {'at' if 'mail' in reach['what'] else 'on'} [{_named(bare)}]."
    if verb.startswith(("write", "put")) and re.match(r"[£€$]?\d", bare):
        return ""  # "write 28 pounds not 25" puts right what stands there
    return f"[{_named(bare)}]."


_GERUND = re.compile(
    r"(?:an? |one )?(?:(?:line|sentence|word|bit|note) )?(?P<how>hoping|wishing|congratulating) (?P<what>.+)",
    re.IGNORECASE,
)
_NAMED = 6
_IS_FINE = re.compile(r"\b(?:both|all|either|are|is) (?:ok|okay|fine|possible|good)$", re.IGNORECASE)
_REACH = re.compile(
    r"(?:my|the) (?P<what>(?:phone |mobile |cell )?number|phone|mobile|e-?mail(?: address)?)", re.IGNORECASE
)
_ONLY_A_NAME = re.compile(rf"(?i:{TITLES})\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")


def _named(rest: str) -> str:
    """Return words of the person as the name of what only they know: "my number" becomes "your number"."""
    swapped = {"my": "your", "i": "you", "me": "you", "mine": "yours", "i'm": "you are", "im": "you are", "am": "are"}
    return " ".join(swapped.get(word.lower(), word) for word in rest.replace("[", "").replace("]", "").split())


_VALUE = re.compile(
    r"\W*(?:it'?s|it is|that'?s|(?:my|the) [\w ]{2,30} (?:is|was))[: ]+[\"“'‘]?(?P<value>[^\n]{2,80}?)[\"”'’]?[\s.!]*",
    re.IGNORECASE,
)


def filled(text: str, brief: DraftBrief) -> DraftBrief:
    """Return the brief with what a message tells in the one bracket of what they had asked to add."""
    match = _VALUE.fullmatch(text)
    open_ = [each for each in brief.said if each.count("[") == 1]
    if match is None or len(open_) != 1:
        return brief
    alone = re.fullmatch(r"\[your (?P<what>[^\]]+)\]\.", open_[0])
    told = (
        f"My {alone['what']} is {match['value']}."
        if alone
        else re.sub(r"\[[^\]]*\]", lambda _: match["value"], open_[0])
    )
    return replace(brief, said=tuple(told if each == open_[0] else each for each in brief.said))
