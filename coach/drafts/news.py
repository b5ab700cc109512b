"""What somebody says of themselves that belongs into news of them: done since, held, spoken, and when they can work."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.drafts.steering import LONGEST, PRIVATE, RUDE
from coach.drafts.wording import addressed, sentence, spelled
from coach.text import words

_OWN_NEWS = re.compile(
    r"(?:^|[.;!?\n,]\s*|\b(?:and|since then|since|now|but)\s+)(?P<said>(?:(?:since then,? |since,? )?(?:i(?:'ve|"
    r" have|ve)?|ive|i'm"
    r"|i am|im)\s+(?:since |now |also |just |already )*"
    r"(?:finished|completed|passed|done|got|booked|started|qualified|gained|earned|learned|renewed|shot|made|led"
    r"|run|worked|managed|supervised|trained|taught|moved(?= (?:back )?to (?-i:[A-Z]))|looked after|retrained|improved"
    r"|know|learnt|handed in|submitted|defended|won"
    r"|built|written|published|have a|have my|have an|hold|speak|took)|(?:got|passed|finished|completed|booked"
    r"|have)(?= my\b)|just (?:finished|passed|completed|got)|got(?=[^.;!?\n,]{0,40} now\b))\s+"
    r"(?:the |my |a |an |his |her |their )?(?!(?:the |a |an |my )?(?:no\b|news|email|letter|rejection|call|text"
    r"|interview|job|turned|rejected|told|it\b|that|nothing|two|three|final|second|knocked|message|mail|reply"
    r"|feedback|answer|through|to the|this|hurt|cut|refused|nope|standard|same)\b)[^.;!?\n,]{3,70}?)(?=\s*"
    r"(?:[.;!?\n]|$|, (?!and)|,? (?:and|but|so) (?:i|she|he|they|we|want|would|could|can|that)\b))",
    re.IGNORECASE,
)


_CAN = re.compile(
    r"(?:^|[.;!?\n,(:]\s*|\b(?:and|also|so|that|well|now|then|but)\s+)(?P<said>(?:i |we |im |i'm |i am |i'd |i would )?"
    r"(?:can|could|would be able to|am available|available|am free|free|would|(?:i'd|i would) (?=(?:do|help|take"
    r"|work|come|edit|write|cover|teach|run) )|(?:be |am )?(?:up for|happy to|willing to"
    r"|able to))\s+(?:also |now |still |only )?(?:do|doing|start|work|come|join|help|offer|take|cover|drive"
    r"|travel|invoice"
    r"|be there|only|from|on|for|as|again|run|teach|give|bring|make|build|train|supervise|to start)\b[^.;!?\n]{2,100}?)"
    r"(?=\s*(?:[.;!?\n)]|$|, (?:put|add|say|mention|include|write|tell|but|so|because|as|i|i'm|my|they|he|she"
    r"|what|where|which)\b"
    r"|,? (?:but|so|because|as) (?:i|he|she|they)\b))",
    re.IGNORECASE,
)


def read_news(text: str, kept: Callable[[re.Match[str], str | int], bool], keeps: frozenset[str]) -> list[str]:
    """Return what a message says of the person themselves, as sentences to the reader.

    Args:
        text: The message.
        kept: Whether a group of a match may be taken up.
        keeps: Words for others than the reader, see ``addressed``.
    """
    own = re.sub(r"[\"“][^\"”]{1,600}[\"”]", lambda match: " " * len(match.group()), text)
    told = [match for pattern in (_OWN_NEWS, _CAN) for match in pattern.finditer(own) if kept(match, "said")]
    said: list[str] = []
    for match in sorted(told, key=lambda each: each.start("said")):
        if not _OF_THE_NO.search(match["said"]) and not PRIVATE.search(match["said"]):
            said += as_statements(_own(match["said"]), keeps)
    return said + _papers(own, kept)


def as_statements(said: str, keeps: frozenset[str]) -> list[str]:
    """Return what is to be said as one sentence to the reader; nothing where it makes none."""
    if re.fullmatch(r"no hard feelings\W*", said, re.IGNORECASE):
        return ["There are no hard feelings."]
    said = _TO_COACH.sub(
        "", re.sub(r"^(?:(?:and |also )*(?:that|about)|and)\s+", "", said.strip(), flags=re.IGNORECASE)
    )
    told = sentence(addressed(spelled(said), keeps=keeps))
    told = re.sub(
        r"\bwithdrawing from your (other )?(clients?)\b", r"withdrawing from the process with your \1\2", told
    )
    told = re.sub(r"^(My (?:[\w-]+ ){0,2}[\w-]+)'s (?=[£$€\d])", r"\1 is ", told)
    told = re.sub(r"^It (?:is|was) (?:a )?no\.$", "I did not get the job.", told)
    told = re.sub(r"^I am (still )?looking, ", r"I am \1looking: ", told)
    told = re.sub(r",? so (?:you|he|she|they) (?:should|would|could|must|can|do|did|need)(?: not|n't)?\.$", ".", told)
    told = re.sub(
        r"^I look still (?:for )?", "I am still looking for ", re.sub(r"^I look for ", "I am looking for ", told)
    )
    told = re.sub(r",? (?:because|cos|since|as) (?:the|my|their|your|his|her) \w+\.$", ".", told)
    told = re.sub(r"\bsalary thing\b", "salary expectation", told)
    told = re.sub(r"\bfor there\b", "for a post there", told)
    told = re.sub(r", (can|could|am|have) ", r" and \1 ", told)
    if _FOR_COACH.match(told) or re.search(r"\b(?:and|or|but|if|the|a|my|your|of)\.$", told):
        return []
    if re.search(r"\b(?:have|got|want|need|do|did) (?:it|that|them)(?=[.,])", told):
        return []
    if re.search(r"\b(?:to|then|that|it|so)\.$", told) and not re.search(
        r"\b(?:with|for|about|of|in|on|to|miss) it\.$|\b(?:until|till|by|since|before) then\.$", told
    ):
        return []
    if re.match(r"I (?:will|would|can|could|must|should) \w+\.$", told) or re.search(
        r"\b(?:number|address)\b|\blet (?:me|you) down\b", told
    ):
        return []
    if _NO_VERB.fullmatch(told) and not _A_VERB.search(told):
        return [f"I have {told[0].lower()}{told[1:]}"] if _USEFUL.search(told) else []
    told = _BARE_NOUN.sub(_with_article, told)
    if re.match(r"(?:That|This) is (?:in|on|at|from)\b|My [\w' -]+ in\.$", told):
        return []
    length = len(words(told))
    return [told] if 2 < length <= LONGEST and not RUDE.search(told) else []


_TO_COACH = re.compile(
    r",? (?:is|would) (?:that|it|this) (?:be )?(?:worth|ok|okay|too|all right|good|bad|enough|wise"
    r"|a good)\b.*$|,? if that'?s (?:ok|okay|all right)\b.*$|,? do you think\b.*$"
    r"|,? worth (?:a line|saying|mentioning)\b.*$",
    re.IGNORECASE,
)
"""A question to the coach at the end of what is to be said."""


def _with_article(match: re.Match[str]) -> str:
    """Return "I have driving licence" with the article that it lacks."""
    noun = match["noun"]
    vowel = noun[0].lower() in ("aefhilmnorsx" if noun.isupper() else "aeio")
    return f"{match['have']} {'an' if vowel else 'a'} {noun}"


_NO_VERB = re.compile(r"(?:My|The|Our) (?:[\w'-]+ ){0,2}[\w'-]+\.")
_A_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|can|could|will|would|do|does|did|may|might|must|should|went|got"
    r"|came|ran|said|fell|took|runs?"
    r"|ends?|starts?|expires?|begins?|comes?|needs?|wants?|works?|lives?|stays?|remains?)\b|\b\w{3,}ed\b(?! \w+\.$)",
    re.IGNORECASE,
)
_USEFUL = re.compile(
    r"\b(?:licen[cs]es?|certificates?|tickets?|cards?|NVQ|degree|diploma|clearance|insurance|qualifications?"
    r"|level \d|own|tools?|car|van|references?"
    r"|experience|training|papers?|permits?|DBS|CSCS|HGV|grade|cert)\b",
    re.IGNORECASE,
)
"""What somebody can have that a reader may want to know of."""
_BARE_NOUN = re.compile(
    r"\b(?P<have>(?:I have|I hold|I got)(?: also| now)?) (?P<noun>(?!an? |my |the |own |full |no |not |this "
    r"|that |\d|two |three |all |both |some |had |got |been |done )"
    r"(?:[\w-]+)(?= (?:driving |personal |forklift |class \w+ )?(?:licen[cs]e|certificate|degree|diploma"
    r"|permit|card)\b))",
)
"""What is held, without its article: "I have driving licence"."""
_OF_THE_NO = re.compile(
    r"\b(?:told|said|wrote|reject\w*|recruiter|turned|words|letter|parents|mum|mom|dad|mother|father|wife"
    r"|husband|partner"
    r"|baby|doctor|hospital appointment|operation|clinic|court|debts?|loan|jobcentre|sober|dry)\b",
    re.IGNORECASE,
)
"""What is of the no, or of their own life: no news for the reader."""
_FOR_COACH = re.compile(
    r"I (?:still |just |also |really )*(?:need|want|would like) to know\b|"
    r"I (?:want|would like|need|have|must|am going|wanted|meant|do not want) to (?:write|email|text|message|ring"
    r"|call|phone|send"
    r"|reply|answer|ask|thank|say|tell|apologi[sz]e|sound|look|seem)\b|I have got to\b"
    r"|I (?:want|would like|need) (?:an?|the|some|one|this) (?:\w+ )?(?:email|mail|message|note|text|letter"
    r"|draft|script)\b"
)
"""What a person says they want to do now: a word to the coach, not to the reader."""
_PAPERS = re.compile(
    r"(?:^|[.;!?\n,]\s*|\b(?:have|hold|got) (?:an? |my |own )?)(?P<said>DBS\b[^.;!?\n,]{0,30}|(?:[A-Za-z]+ ){0,2}"
    r"(?:licen[cs]e|certificate|forklift paper|clearance|own (?:car|van|transport|tools))\b(?: since \d{4})?)"
    r"(?=\s*(?:[.;!?\n,]|$| and\b))",
    re.IGNORECASE,
)
_TONGUES = re.compile(
    r"(?:^|[.;!?\n]\s*|\bbilingual \(?)(?P<said>(?:(?:English|French|German|Spanish|Portuguese|Italian|Dutch"
    r"|Polish|Arabic|Hindi|Welsh"
    r"|Irish|Turkish|Russian|Ukrainian|Mandarin|Swahili|Tagalog)(?:,? and |, |$|(?=[.;!?\n])))+)(?=[.;!?\n]|$)",
)


def _papers(text: str, kept: Callable[[re.Match[str], str | int], bool]) -> list[str]:
    """Return what they hold and speak, where a message lists it without a verb."""
    found = []
    for match in _PAPERS.finditer(text):
        said = spelled(match["said"]).strip()
        if kept(match, "said") and not re.search(
            r"\b(?:i|no|not|never|his|her|their|your|the|lost|got|have|my|a|an|with)\b", said, re.IGNORECASE
        ):
            own = re.sub(r"^own ", "my own ", said, flags=re.IGNORECASE)
            article = "" if re.match(r"DBS|my |forklift paper|\w+ clearance|clearance", own) else "a "
            found.append(sentence(f"I have {article}{own}"))
    if (tongues := _TONGUES.search(text)) is not None and " and " in tongues["said"]:
        found.append(sentence(f"I work in {tongues['said'].strip(' .')}"))
    return found


def _own(said: str) -> str:
    """Return a statement with the person as its subject, where they left that out."""
    said = said.strip()
    if re.match(r"(?:i|i'm|im|i've|ive|we|since)\b", said, re.IGNORECASE):
        return said
    low = said.lower()
    said = said[0].lower() + said[1:]
    if low.startswith("just "):
        return f"I have {said}"
    if low.startswith(("got ", "booked ", "passed ", "finished ", "completed ")):
        return f"I have {said}" if not low.startswith("got ") else f"I have {said[4:]}"
    if low.startswith(("available", "free", "up for", "happy to", "willing to", "able to")):
        return f"I am {said}"
    return f"I {said}"
