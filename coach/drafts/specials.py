"""Facts that only one kind of draft needs: the work offered, the person to be introduced to, the date to be moved."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.draft import DraftKind
from coach.drafts.dates import promised_dates
from coach.drafts.facts import merged, read_facts
from coach.drafts.introductions import read_target
from coach.drafts.offers import offered_work
from coach.drafts.openings import read_opening
from coach.drafts.steering import PRIVATE
from coach.drafts.thanks import deeds, helped
from coach.drafts.wording import addressed, spelled
from coach.facts.roles import role
from coach.text import sentences, words

_LOOKING = re.compile(
    r"\b(?:looking for|look for|want|i want|seeking|open to) (?P<value>(?:live[- ]in (?:work|only)|(?:morning"
    r"|night|evening|day|weekend) shifts|[\w -]+? (?:roles?|work|jobs?|shifts|positions?)(?: (?:in|near"
    r"|around) [A-Z]\w+)?))(?=[.,;!?\n]|$| and\b| only\b)",
    re.IGNORECASE,
)


_IM_A = re.compile(
    r"\b(?:i'?m|i am) (?:a|an) (?P<value>[\w -]+?)(?=[.,;!?\n]|$| with\b| for\b| in\b| looking\b| from\b|,? \d)",
    re.IGNORECASE,
)


_PLACES = re.compile(
    r"\b(?P<value>(?:within \d+ (?:miles|km) of|near|around|in) [A-Z][\w-]+(?:(?:,| and| or|, and) [A-Z][\w-]+)*)"
)
_OF_WORK = re.compile(r"\b(?:similar|else|roles?|jobs?|work|looking|open|available)\b", re.IGNORECASE)
_UNWANTED = re.compile(r"\b(?:keeps? \w+ing|no more|not|never)\b")


def _places(text: str) -> str:
    """Return where work is looked for, as "near Hull or Leeds"; empty where that is not said."""
    match = _PLACES.search(text)
    if match is None:
        return ""
    before = text[max(0, match.start() - 60) : match.start()]
    if not _OF_WORK.search(before) or _UNWANTED.search(before):
        return ""
    return re.sub(r",(?= [A-Z][\w-]+$)", " or", match["value"])


def _search(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if (match := _LOOKING.search(text)) is not None:
        value = spelled(match["value"]).strip()
        if (
            not re.search(r"\b(?:that|him|her|them|to|feedback|the client|his|actual)\b", value, re.IGNORECASE)
            and len(words(value)) <= 7
        ):
            found["looking"] = value
    if places := _places(text):
        found["places"] = places
    if "looking" in found:
        found["looking"] = re.sub(r"^live[- ]in(?: work)?(?: only)?$", "live-in work only", found["looking"])
    if (match := re.search(r"\b(?P<value>\d+) ?(?:yrs|years|yr)\b", text, re.IGNORECASE)) is not None:
        found["years"] = match["value"]
    if re.search(r"\bfeedback\b", text, re.IGNORECASE):
        found["wants_feedback"] = "yes"
    if re.search(r"\bwithdraw\w*\b|\bpull(?:ing)? out\b", text, re.IGNORECASE):
        found["withdraw"] = "yes"
    if re.search(r"\bsummary\b", text, re.IGNORECASE):
        found["summary"] = "yes"
        found |= _summed(text)
        if lasted := re.match(r"(?P<value>\d+ (?:minutes|hours?)),? (?:and )?(?P<rest>.+)", found.get("details", "")):
            found |= {"lasted": lasted["value"], "details": lasted["rest"]}
    if (
        match := re.search(
            r"\bno (?P<value>sundays?|saturdays?|weekends?|nights?|mornings?|evenings?)\b", text, re.IGNORECASE
        )
    ) is not None:
        found["never"] = (
            match["value"].capitalize() if match["value"].lower().startswith("s") else match["value"].lower()
        )
    if (match := _IM_A.search(text)) is not None and len(words(match["value"])) <= 4:
        found["own_job"] = match["value"].strip()
    if re.search(
        r"\bnew agency|never spoken|never met|don'?t know (?:them|her|him)\b|\bone staffing firm\b|\ba "
        r"(?:specialist )?(?:recruitment )?agency\b|\bdifferent recruiter\b|\bnew recruiter\b",
        text,
        re.IGNORECASE,
    ):
        found["new"] = "yes"
    if re.search(
        r"\b(?:hasn'?t (?:replied|answered|got back|been in touch)|gone quiet|not heard|haven'?t heard|no "
        r"(?:reply|answer|news)|ghosted|no communication|no updates?|(?<!want )(?<!wants )(?<!give )(?:any"
        r"|an) update|update me on"
        r"|never (?:got|came) back to me|never replied|any news|went quiet|silence|left me on read|polite poke)\b",
        text,
        re.IGNORECASE,
    ):
        found["quiet"] = "yes"
    if re.search(r"\bapplied direct(?:ly)?\b", text, re.IGNORECASE):
        found["direct"] = "yes"
    return found


def _summed(text: str) -> dict[str, str]:
    """Return what an interview held, from a list in the message: how long it was, what was shown and asked."""
    for part in sentences(text):
        if not re.search(r"\b(?:round|interview|panel)\b", part, re.IGNORECASE) or part.count(",") < 2:
            continue
        items = [
            re.split(r"\s+(?:which|that|and then|where|who)\b", item)[0].strip(" .") for item in part.split(",")[1:]
        ]
        kept = [spelled(item) for item in items if item and not role(item + ".") and len(words(item)) <= 8]
        if len(kept) > 1:
            return {"details": f"{', '.join(kept[:-1])} and {kept[-1]}"}
    return {}


_SENT = re.compile(
    r"\b(?P<value>last night|yesterday|this morning|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|earlier today"
    r"|today)\b",
    re.IGNORECASE,
)


def _sent(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    match = re.search(r"\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", text, re.IGNORECASE)
    if match is not None:
        found["when"] = spelled(match.group()[0].lower() + match.group()[1:])
    for mark, pattern in (
        (
            "comment",
            r"\bcomment(?:ed)?\b|\bposted\b[^.!?\n]{0,40}\b(?:under|below|on (?:their|the|his|her|linkedin"
            r"|facebook))\b",
        ),
        ("voice", r"\bvoice (?:note|message|memo)\b"),
        ("copied", r"\b(?:in cc|cc'?d|copied)\b"),
        (
            "deleted",
            r"\bdeleted\b|\btaken (?:it |that )?(?:off|down)\b|\btook it (?:off|down)\b|\b(?:it is|it'?s) gone\b",
        ),
        ("texted", r"\b(?:texted|text)\b"),
        (
            "spoke",
            r"\bon the phone\b|\bi (?:rang|phoned|shouted|swore)\b|\bi called (?:him|her|them|up|in"
            r"|the \w+)\b(?! (?:an?|the)\b)|\bvoicemail\b|\bto (?:his|her|their) face\b"
            r"|\bgave (?:\w+ ){1,4}hell\b|\bhung up\b",
        ),
    ):
        if re.search(pattern, text, re.IGNORECASE):
            found[mark] = "yes"
    if "spoke" in found and (
        "voice" in found or re.search(r"\b(?:sent|wrote|posted|e-?mailed)\b", text, re.IGNORECASE)
    ):
        found.pop("spoke")
    if (sorry := _SORRY_FOR.search(text)) is not None and not PRIVATE.search(sorry["what"]):
        found["sorry_for"] = addressed(spelled(sorry["what"]))
    return found


_SORRY_FOR = re.compile(
    r"(?:\b(?:apologi[sz]e|sorry|apology)(?: to (?:him|her|them|[A-Z]\w+))? (?:for|about)"
    r"|(?<!n't )(?<!not )\btak(?:e|ing) back(?= (?:the tone|my words|what i said|how i)\b))"
    r" (?P<what>(?:the|my|that|what i|how i|\w+ing)\b[^.,;!?\n]{0,50}?)(?=\s*(?:[.,;!?\n]|$| but | and | not ))",
    re.IGNORECASE,
)


def _thanks(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    match = re.search(
        r"\b(?:we|i|they|she|he)? ?talked (?:lots |a lot )?about (?P<value>[^.;!?\n]+)", text, re.IGNORECASE
    )
    if match is not None and len(words(match["value"])) <= 10:
        found["talk"] = addressed(spelled(match["value"])).strip()
    known = merged(read_facts(each) for each in text.split("\n")).facts
    reader, position = (known[name].value if name in known else "" for name in ("recipient", "position"))
    if told := deeds(text, reader, position):
        found["deed"] = told + _above_all(text)
    if re.search(r"\b(?:feedback|advice|honest (?:e-?mail|message)|tips)\b", text, re.IGNORECASE):
        found["advice"] = "yes"
    elif re.search(
        r"\b(?:got me the interview|put (?:me|my name)|recommended me|answered my message|referee"
        r"|reference|letters|(?:neighbour|friend|sister|brother|mum|dad|girls|lads|teacher|tutor|coach"
        r"|colleagues?)\b[^.;!?]{0,20}"
        r"\bwho)\b",
        text,
        re.IGNORECASE,
    ) or helped(text, reader, position):
        found["help"] = "yes"
    return found


def _above_all(text: str) -> str:
    """Return what they are thankful for above all, as the end of a sentence."""
    match = re.search(
        r"\b(?P<how>especially|above all|in particular) (?:for )?(?P<what>[^.,;!?\n]{4,60}?)(?=\s*(?:[.,;!?\n]"
        r"|$| and ))",
        text,
        re.IGNORECASE,
    )
    if match is None or PRIVATE.search(match["what"]):
        return ""
    return f", {match['how'].lower()} {addressed(spelled(match['what']))}"


SPECIALS: dict[DraftKind, Callable[[str], dict[str, str]]] = {
    DraftKind.CONTRACT_INQUIRY: offered_work,
    DraftKind.INTRODUCTION_REQUEST: read_target,
    DraftKind.RESCHEDULE: promised_dates,
    DraftKind.NEW_OPENING: read_opening,
    DraftKind.RECRUITER_MESSAGE: _search,
    DraftKind.HOT_WITHDRAWAL: _sent,
    DraftKind.THANK_YOU: _thanks,
}
