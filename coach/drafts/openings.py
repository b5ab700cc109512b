"""A new opening: which job, and whether it is the same as before."""

from __future__ import annotations

import re

from coach.drafts.wording import addressed, spelled
from coach.facts.roles import role
from coach.text import sentences, words

_OPENING = re.compile(
    r"\bnew (?:post|job|role|vacancy|position)(?: up)?(?: at the same \w+| there)?[,:.]? (?P<value>"
    r"(?:[\w'-]+ ){0,3}[\w'-]+(?: \([\w -]+\))?)(?=[.,;!?\n]|$)"
    r"|\b(?:after|hiring|advertis\w+|looking for|recruiting|posted) (?:for )?an? (?:new )?(?P<value2>"
    r"(?!new\b)[\w -]+?)(?: role| job| post| position)?(?=[.,;!?\n]|$| and\b| at\b| now\b| in\b| again\b)"
    r"|\b(?:has|have|'ve|ve|got|put|is|there'?s|see|saw|seen)(?: got)?(?: an?| the| another)? (?:ad|advert"
    r"|notice|sign|card|vacancy|job|post|role|opening|position)"
    r"(?: (?:up|out|on|in|there|online|listed|open|going|their|the|window|website|site|page|indeed"
    r"|linkedin))* (?:for|as) (?:an? |the )?"
    r"(?P<value4>(?!me\b|this\b|that\b|which\b)[\w -]+?)(?=[.,;!?\n(]|$| and\b| at\b| now\b| closing\b"
    r"| which\b| that\b| but\b| so\b| again\b| with\b)"
    r"|\b(?:they|(?-i:[A-Z])\w+) (?:want|wants|need|needs) (?:an? )?(?:new )?(?P<value5>(?!other|more|help|any"
    r"|some|him|her|me|us|to\b|you)(?:[a-z-]+ ){0,2}?(?-i:(?!other|after|never|ever|better|over|under|under"
    r"|however|whether)(?:nurse|clerk|chef|cook|hand|guard|[a-z]{2,}(?:er|or|ant|ist|ian)))(?: for (?:weekends"
    r"|nights|mornings|evenings))?)\b(?! than)"
    r"|\bnew (?P<value3>(?:\w+ ){1,3}?(?:job|role|post|position|vacancy))\b",
    re.IGNORECASE,
)


_SAME = re.compile(
    r"\b(?:again (?:released|advertised|published|posted|put|opened)|(?:which|that) i (?:see"
    r"|saw)\b[^.;!?\n]{0,50}\bagain|there it is again|there again|same (?:[\w-]+ )?(?:job|role|post|position)"
    r"|re-?advertis\w+|re-?opened|re-?posted|readvert\w+|(?:is|'s"
    r"|are) back up|open again|up again|exact same|(?:in the window|live|out|online|advertised|listed|posted"
    r"|going) again"
    r"|(?:advertis\w+|looking|hiring|recruiting|needs?|wants?)(?: for)?(?: an?)? (?!to\b)(?:[\w-]+ ){1,4}?again"
    r"|(?:vacancy|advert|ad"
    r"|job|post|position|card)"
    r"(?:'s| is| has| up)?[^.;!?\n]{0,30} again|(?:vacancy|post|job|position|role|it|ad|advert|listing)(?: is"
    r"|'s) (?:back|out now))\b",
    re.IGNORECASE,
)


def read_opening(text: str) -> dict[str, str]:
    """Return the new job, the one of the no where both are told, and whether it is the same one again."""
    found = _two_jobs(text)
    if news := _news(text):
        found["opening_news"] = news
    if _SAME.search(text):
        named = _AGAIN.search(text)
        again = named["value"].strip() if named is not None and len(words(named["value"])) <= 4 else ""
        return {"same": "yes", "advertised": "yes"} | (
            {"role": _one(spelled(again))} if again and "opening" not in found else {}
        )
    if "opening" in found:
        return found
    match = _OPENING.search(text)
    value = next((group for group in match.groups() if group), "").strip() if match is not None else ""
    if (
        value
        and len(words(value)) <= 5
        and not re.search(
            r"\b(?:one|it|them|people|someone|to|the|i|he|she|they)\b",
            re.sub(r" (?:in|on) the ", " ", value),
            re.IGNORECASE,
        )
    ):
        return found | {"opening": spelled(value), "advertised": "yes"}
    if "opening_news" in found:
        return found | {"advertised": "yes"}
    if re.search(r"\bgrow(?:ing|s) (?:the|our|a|their|his|her)\b", text, re.IGNORECASE):
        return {"growing": "yes"}
    if re.search(
        r"\b(?:up|open|out|online) again\b|\bback (?:up|online|in the window)\b|\bput out again\b", text, re.IGNORECASE
    ):
        return {"same": "yes", "advertised": "yes"}
    if re.search(
        r"\b(?:new (?:post|job|role|vacancy|position|opening|intake|advert)|advertis\w+|hiring|recruiting)\b"
        r"|\bstaff wanted\b"
        r"|\b(?:now there'?s (?:one|another)|there'?s (?:one|another) (?:in|at|going)|they(?:'re| are| will"
        r"| ?'ll)? open(?:ing)?)\b",
        text,
        re.IGNORECASE,
    ):
        return {"advertised": "yes"}
    return {}


_NEWS = re.compile(
    r"(?:\b(?:(?:a|my) (?:friend|mate|neighbour|cousin|colleague)|somebody|someone|people) (?:says|said"
    r"|told me|tells me|reckons) (?:that )?(?P<said>(?:they|he|she)(?:'re| are|'s| is)? [^.;!?\n,]{4,60})"
    r"|(?:\b(?:i|we) |(?:^|[.!?\n]\s*))(?:hear|heard|see|saw|read|noticed|was told|have heard|have seen"
    r"|been told)(?: from [^.,;!?\n]{3,30}?)? (?:that )?"
    r"(?P<told>(?:the|a|an|another|their|his|her|they|he|she|there|(?-i:[A-Z])\w+(?= (?:have|has|are"
    r"|is)\b))\b [^.;!?\n]{6,90}?)"
    r"|(?:^|[.!?\n,]\s*|\b(?:and|but|now|that) )(?P<plain>(?:they|he|she)(?:'re|'ve| are| is| have| has"
    r"|'s) (?:got )?(?:an? |another |the )?(?:[\w-]+ ){0,4}?"
    r"(?:open(?:s|ing|ed)|start(?:s|ing)?|launch(?:es|ing)|expand(?:s|ing)|build(?:s|ing)|mov(?:es"
    r"|ing)) [^.;!?\n]{3,70}?))"
    r"(?=\s*(?:[.,;!?\n]|$| and (?:i|i'd|i'm|want|would|could)\b| so i\b))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:open(?:s|ing|ed)?|start(?:s|ing)?|launch\w*|expand\w*|new|second|another|build\w*|mov\w+|grow\w*"
    r"|retir\w*|leaving|left|taking on|hiring|recruiting|looking)\b",
    re.IGNORECASE,
)


def _news(text: str) -> str:
    """Return what they have heard of the reader's plans, as a clause to the reader: "a second depot opens in March"."""
    for match in _NEWS.finditer(text):
        told = (match["told"] or match["said"] or match["plain"]).strip(" ,")
        if _OPENS.search(told) and not re.search(
            r"\b(?:i|me|my|no|not|reject\w*|turned|interview\w*)\b|n't\b", told, re.IGNORECASE
        ):
            told = re.sub(
                r"^[A-Z]\w+ (?:have|has|are|is)\b",
                lambda firm: "they have" if firm.group().split()[1] in ("have", "has") else "they are",
                told,
            )
            told = addressed(spelled(re.sub(r"\b(they|he|she)'ve\b", r"\1 have", told)))
            return re.sub(r"^the (?=second|new|other|third)", "a ", told) if len(words(told)) <= 16 else ""
    return ""


def _one(job: str) -> str:
    """Return the name of one job for that of several: "junior developers" as "junior developer"."""
    return job[:-1] if re.search(r"(?:er|or|ist|ant|ent|ian|an|ee)s$", job) else job


_AGAIN = re.compile(
    r"\b(?:advertis\w+|looking for|look for|hiring|recruiting|needs?|wants?)(?: for)?(?: an?)? (?!to\b|me\b|us\b"
    r"|it\b|the\b|again\b|my\b|that\b)"
    r"(?P<value>(?:[\w-]+ ){0,3}?[\w-]+) again\b",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:rejected|turned (?:me )?down|said no|a no|no to me|didn'?t get|lost)\b", re.IGNORECASE)


def _two_jobs(text: str) -> dict[str, str]:
    """Return the new job and the one of the no, where a message tells of both in sentences of their own."""
    old = new = ""
    for part in sentences(text):
        job = role(part)
        if job is None:
            continue
        if _OLD.search(part):
            old = old or job.value
        else:
            new = new or job.value
    if old and new and old.lower() != new.lower():
        return {"opening": new, "role": old, "advertised": "yes"}
    return {}
