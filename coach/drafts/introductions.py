"""What a request for an introduction needs: to whom, through whom, and what the two share."""

from __future__ import annotations

import re

from coach.drafts.facts import read_persons
from coach.drafts.wording import addressed, spelled
from coach.text import words

_TARGET = re.compile(
    r"\bintroduc(?:e|es|ing|ed)(?: me)?(?: to)? (?P<value>(?!me\b|us\b|myself\b|you\b|by\b|and\b)(?:her|his|their|the"
    r"|someone|somebody|a|an|[A-Z])[^.;!?\n,(]*?)(?=\s*(?:[.;,!?\n(]|$|,? (?:but|and i|because|i was|we)\b))"
    r"|\b(?:put me in (?:touch|contact) with|connect me (?:to|with)|intro to|put me in with|introduction to"
    r"|(?:pass|link|walk) me (?:on |up )?(?:to|with)|mention me to|get me in with) "
    r"(?P<value2>[^.;!?\n,(]+?)(?=\s*(?:[.;,!?\n(]|$|,? (?:but|and i|because)\b))",
    re.IGNORECASE,
)


_KNOWS = re.compile(
    r"\b(?:knows|plays? \w+ with|works with|is friends with|mates with|works for|knows of) (?P<value>(?:the "
    r"|their |(?-i:[A-Z])(?![ ']))[^.;!?\n,]*?)"
    r"(?=\s*(?:[.;,!?\n]|$| and )| at the| at )",
    re.IGNORECASE,
)


_THROUGH = re.compile(
    r"\b(?P<value>(?:Uncle|Aunt|Auntie) [A-Z][\w-]+|(?<=my )(?:friend|cousin|brother|sister|neighbour"
    r"|colleague) [A-Z][\w-]+"
    r"|[A-Z][\w-]+)'s (?:mate|friend|colleague|pal|brother|sister|boss|teacher)\b"
)


def read_target(text: str) -> dict[str, str]:
    """Return to whom somebody would be introduced, what they share with the reader, and how they ask."""
    match = _TARGET.search(text)
    value = next((group for group in match.groups() if group), "") if match is not None else ""
    if not value or value.lower() in ("him", "her", "them"):
        known = _KNOWS.search(text)
        value = re.sub(r"^their\b", "the", known["value"]) if known is not None else ""
        value = "" if re.match(r"the (?:company|firm|place|school|agency)\b", value) else value
    value = addressed(spelled(value)).strip(" '\"")
    value = "" if re.match(r"(?:you|me|us)\b", value) else value
    value = _named(value, text)
    found = {"target": value} if value and len(words(value)) <= 14 else {}
    if re.search(
        r"\b(?:offered to introduce|(?:said|says|told me|offered)\b[^.;!?]{0,40}(?:could|can|would|'d) introduce"
        r"|take up the offer|take (?:her|him|them) up)\b",
        text,
        re.IGNORECASE,
    ):
        found["offered_intro"] = "yes"
    shared = [each.group().strip() for each in _SHARED.finditer(text) if not _APART.search(each.group())]
    if shared:
        also = f" and {re.sub(r'^we were', 'were', shared[1], flags=re.IGNORECASE)[3:]}" if len(shared) > 1 else ""
        first = re.sub(
            r"^(?:(?:he|she|they) and (?:i|me)|(?:i|me) and (?:him|her|them))\b", "we", shared[0], flags=re.IGNORECASE
        )
        found["shared"] = spelled(first[0].upper() + first[1:] + also)
    if (
        not shared
        and (
            school := re.search(r"\bi was at (?P<where>school|uni|university|college|work) with\b", text, re.IGNORECASE)
        )
        is not None
    ):
        found["shared"] = f"We were at {spelled(school['where'])} together"
    if (
        field := re.search(
            r"\bmy (?:field|area|background|speciality|specialty|trade) is [^.;!?\n,]{3,50}", text, re.IGNORECASE
        )
    ) is not None:
        found["field"] = spelled(field.group()[0].upper() + field.group()[1:])
    if (through := _THROUGH.search(text)) is not None:
        found["through"] = spelled(through["value"])
    if re.search(r"\b(?:who|she|he) (?:rejected|turned|(?:was|sat) on (?:the|my) panel)\b", text, re.IGNORECASE):
        found["turned"] = "yes"
    if re.search(
        r"(?<!than he )(?<!than she )(?<!than they )\b(?:put in a (?:good )?word|put a (?:good )?word in)\b",
        text,
        re.IGNORECASE,
    ):
        found["word"] = "yes"
    return found


_SHARED = re.compile(
    r"\b(?:we|(?:he|she|they) and (?:i|me)|(?:i|me) and (?:him|her|them)) (?:both )?(?:did|worked|studied"
    r"|trained|were|shared|went|ran|played|started)\b [^.;!?\n,]{3,60}",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:not|never|rejected|turned|no|together once)\b", re.IGNORECASE)


_DESCRIBED = re.compile(
    r"(?:(?:her|his|their) name(?: is|'s)|name of|(?:he|she)(?:'s| is) called"
    r"|(?<=[a-z]), an?) (?P<name>(?:(?:Dr|Mr|Mrs|Ms|Professor) )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|(?:man|woman|person|lady|guy|one|chap|bloke) (?:who |that )(?:runs|leads|heads|manages"
    r"|owns) [^,;.!?\n]{3,40}, (?P<name3>[A-Z][\w'’-]+ [A-Z][\w'’-]+)"
    r"|(?P<name2>[A-Z][\w'’-]+ [A-Z][\w'’-]+),? (?:who |the one who )?(?P<does>(?:runs|leads|heads|manages"
    r"|owns) (?:the )?[^.,;!?\n]{3,40}"
    r"|(?:is )?(?:the |their )?(?:head|director|manager|lead|chief|owner|founder|boss) (?:of|there"
    r"|at)\b[^.,;!?\n]{0,30})",
)
_THEIRS = re.compile(
    r"\b(?:pass|send|give|forward|show)(?:es|s)? (?:on )?my (?:cv|name|details"
    r"|letter) (?:on )?to (?P<value2>(?:his|her|their|the) (?:[\w-]+ ){0,2}?[\w-]+)(?=\s*(?:[.,;!?\n]|$| if\b"
    r"| and\b| there\b| at\b))"
    r"|\b(?:tell|tells|ask|asks|mention (?:me|my name) to|speak to|speaks to|talk to|talks to|pass (?:it"
    r"|my name|my cv) (?:on )?to|put me in touch with"
    r"|introduce me to|a word (?:to|with|in with)|word in (?:to|with)) (?P<value>(?:his|her|their"
    r"|the) (?:[\w-]+ ){0,2}?"
    r"(?:leader|boss|manager|head|owner|supervisor|team(?! lead| manager| boss)|foreman|director|chief|lead"
    r"|people|editor))\b",
    re.IGNORECASE,
)


def _named(value: str, text: str) -> str:
    """Return whom they would be introduced to, with the name and the work that a message tells of them elsewhere."""
    if not value:
        if (theirs := _THEIRS.search(text)) is not None:
            return addressed(spelled(theirs["value"] or theirs["value2"]))
        match = _DESCRIBED.search(text)
        if match is not None and match["name3"]:
            return match["name3"]
        if match is not None and match["name"]:
            does = re.search(
                r"\b(?:with|knows|of|is) (?P<does>the [^,.;!?\n]{3,50})(?:, (?:name of |called |named )?$|, an? $)",
                text[: match.start("name")],
            )
            return f"{match['name']}, {does['does']}" if does is not None else match["name"]
        if match is None or not match["name2"]:
            return ""
        reader = max(read_persons(text), key=lambda each: each.score, default=None)
        if reader is not None and reader.name in match["name2"]:
            return ""
        work = match["does"].strip()
        work = work.removeprefix("is ")
        return (
            f"{match['name2']}, {'who ' if re.match(r'(?:runs|leads|heads|manages|owns)', work) else ''}{work}".rstrip()
        )
    if value.startswith("the ") and (match := _DESCRIBED.search(text)) is not None and match["name"]:
        return f"{match['name']}, {value},".rstrip(",")
    return value
