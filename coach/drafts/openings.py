"""A new opening: which job, and whether it is the same as before."""

from __future__ import annotations

import re

from coach.drafts.wording import spelled
from coach.facts.roles import role
from coach.text import sentences, words

_OPENING = re.compile(
    r"\bnew (?:post|job|role|vacancy|position)(?: up)?(?: at the same \w+| there)?[,:.]? (?P<value>"
    r"(?:[\w'-]+ ){0,3}[\w'-]+(?: \([\w -]+\))?)(?=[.,;!?\n]|$)"
    r"|\b(?:after|hiring|advertis\w+|looking for|recruiting|posted) (?:for )?an? (?:new )?(?P<value2>"
    r"(?!new\b)[\w -]+?)(?: role| job| post| position)?(?=[.,;!?\n]|$| and\b| at\b| now\b| in\b)"
    r"|\bnew (?P<value3>(?:\w+ ){1,3}?(?:job|role|post|position|vacancy))\b",
    re.IGNORECASE,
)


_SAME = re.compile(
    r"\b(?:again (?:released|advertised|published|posted|put|opened)|same (?:job|role|post|position)"
    r"|re-?advertis\w+|re-?opened|re-?posted|readvert\w+|(?:is|'s"
    r"|are) back up|open again|up again|exact same|(?:in the window|live|out|online|advertised|listed|posted"
    r"|going) again"
    r"|(?:advertis\w+|looking|hiring|recruiting|needs?|wants?)(?: for)?(?: an?)? (?!to\b)(?:[\w-]+ ){1,4}?again"
    r"|(?:vacancy|advert|ad"
    r"|job|post|position|card)"
    r"(?:'s| is| has| up)?[^.;!?\n]{0,30} again|(?:vacancy|post|job|position|role|it)(?: is|'s) (?:back|out now))\b",
    re.IGNORECASE,
)


def read_opening(text: str) -> dict[str, str]:
    """Return the new job, the one of the no where both are told, and whether it is the same one again."""
    found = _two_jobs(text)
    if _SAME.search(text):
        named = _AGAIN.search(text)
        again = named["value"].strip() if named is not None and len(words(named["value"])) <= 4 else ""
        return {"same": "yes", "advertised": "yes"} | (
            {"role": _one(spelled(again))} if again and "opening" not in found else {}
        )
    if found:
        return found
    match = _OPENING.search(text)
    value = next((group for group in match.groups() if group), "").strip() if match is not None else ""
    if (
        value
        and len(words(value)) <= 5
        and not re.search(r"\b(?:one|it|them|people|someone|to|the|i|he|she|they)\b", value, re.IGNORECASE)
    ):
        return {"opening": spelled(value), "advertised": "yes"}
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
