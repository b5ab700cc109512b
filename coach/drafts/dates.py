"""Dates that were promised and have to be moved."""

from __future__ import annotations

import re

from coach.drafts.wording import addressed, spelled

_DATES = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:(?: the)? \d{1,2}(?:st|nd|rd|th))?|mon|tues?|weds?|thurs?"
    r"|fri|sat|sun|tonight|today|tomorrow|the day after|later (?:in the|this|that) week"
    r"|the following (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|the \d{1,2}(?:st|nd|rd|th)?(?: (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec)\w*|end of (?:the |next )?(?:week|month|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day)|(?:the|next|after the) weekend"
    r"|noon tomorrow|tomorrow noon|(?:noon|midday) (?:on )?(?:mon|tues|wednes|thurs|fri)day"
    r"|next week|(?:early|mid|late) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|spring|summer|autumn)\w*)"
)


_TIME = (
    rf"{_DATES}(?: (?:(?:in the )?(?:mornings?|afternoons?|evenings?)|dinner time|lunchtime|noon|midday|before"
    rf" noon|any ?time|any ?day"
    rf"|(?:from|after|before) (?:\d+(?: ?[ap]m)?|noon|lunch|school|work)|at \d+(?:[.:]\d+)?"
    rf"(?: ?[ap]m)?|\d{{1,2}}[.:]\d\d|\d{{1,2}} ?[ap]m))*"
)


_BY = re.compile(
    rf"\b(?:(?:answer|hear|reply|decision|know|get back|ring|call|feedback|yes|back)\b[^.;!?\n]{{0,120}}?|let "
    rf"(?:him|her|them) know )(?P<value>(?:\bby |\bon |\bbefore |\bat the )?\b{_TIME})\b",
    re.IGNORECASE,
)


_UNTIL = re.compile(
    rf"\b(?:need|like|want) (?:it )?(?:until|till|til|to have until) (?P<value>{_TIME})|\b(?:could"
    rf"|can) (?:i )?(?:answer|tell "
    rf"(?:him|her|them)|say|let (?:him|her|them) know|do it) (?:on |by )?(?P<value2>{_TIME})",
    re.IGNORECASE,
)


_MORE = re.compile(
    r"\b(?P<value>(?:two|three|2|3|a few|a couple of|one|four|five) more (?:days?|weeks?)|more time)\b", re.IGNORECASE
)


_CAN_DO = re.compile(
    rf"\b(?:i can (?:do|make)|can do|could do|free|available|i could (?:do|make)|would suit|prefer) (?:on )?"
    rf"(?P<value>{_TIME}(?:,? (?:or|and) (?:any ?time )?(?:on )?{_TIME})*)",
    re.IGNORECASE,
)


_BOOKED = re.compile(
    rf"\b(?:booked|arranged|set|planned|fixed|scheduled|is|call|meeting|chat)\b[^.;!?\n]{{0,24}}? (?:for|on|at) "
    rf"(?P<value>{_TIME})",
    re.IGNORECASE,
)


_THEIRS = re.compile(
    r"\b(?:they|she|he|hr|manager|recruiter|company|panel|firm|you)(?:'d| had| have| has|'ve)?(?: \w+)? "
    r"(?:promised|said|told|would|wrote|was going)\b(?! (?:it'?s a |me )?no\b)|\b(?:nothing|silence|not heard"
    r"|haven'?t heard"
    r"|heard nothing|no (?:news"
    r"|answer|reply|word)|late|overdue|deadline|waiting|still no)\b",
    re.IGNORECASE,
)
_A_TALK = re.compile(
    r"\b(?:call|chat|meeting|talk|appointment|interview|feedback|visit|session|coffee)\b", re.IGNORECASE
)


_OWN_ANSWER = re.compile(
    r"\bi(?:'d|'ve| had| have)? (?:promised|told|said)\b[^.!?\n]{0,60}\b(?:answer|decide|decision|know|yes|reply)\b",
    re.IGNORECASE,
)


def promised_dates(text: str) -> dict[str, str]:
    """Return whose promise it is (``case``), the day it was for, and the new one, as far as they are said."""
    if not _OWN_ANSWER.search(text) and re.search(
        r"\b(?:call|chat|meeting|appointment|interview)\b[^.;!?\n]{0,60}\b(?:and i can'?t|can'?t make|cannot"
        r"|booked|move|reschedul)|\bcan'?t (?:make|do|come)\b|\bmove (?:the|our|my)|reschedul|postpone"
        r"|\bput (?:it |the \w+ )?off\b"
        r"|\banother (?:time|slot|hour|day)\b|\bsupposed to (?:see|meet|ring|call|talk)\b|\brunning late\b"
        r"|\bcan(?:'t| not|not) take the call\b|\bmove it\b"
        r"|\bhour later\b|\b(?:on shift|no good|driving|i'?ll be (?:on|in|at)|won'?t be free"
        r"|not free|out all day)\b",
        text,
        re.IGNORECASE,
    ):
        return _meeting(text)
    if re.search(
        r"\b(?:(?:i|id|i'd) (?:promised|told|said)|i promised|promised \w+ (?:at |an )|told (?!me\b)\w+ (?:id"
        r"|i'd)|need "
        r"(?:until|till|til)|(?:wants?|needs?) (?:to know|an answer|my answer|a decision)(?: [\w-]+){0,6}? by|gave me"
        r" (?:until|till)|i'?ve (?:got )?to let (?:him|her|them|the \w+) know|more days|more time|want a yes"
        r"|yes by)\b",
        text,
        re.IGNORECASE,
    ):
        return _own_answer(text)
    if not _THEIRS.search(text):
        return _meeting(text) if _A_TALK.search(text) or all(_old_and_new(text)) else {"case": "own"}
    found = {"case": "theirs"}
    if (match := _BY.search(text)) is not None:
        value = spelled(match["value"])
        own = re.search(
            r"\bi (?:must|have to|need to|should|will|can)\b[^.!?\n]*$", text[: match.start("value")], re.IGNORECASE
        )
        if own is None and not re.search(r"\b(?:tonight|today|tomorrow|yesterday|next week)\b", value, re.IGNORECASE):
            found["promised"] = value if re.match(r"(?:by|on|before|at) ", value, re.IGNORECASE) else f"by {value}"
    return found


def _own_answer(text: str) -> dict[str, str]:
    """Return what is said of an answer that the person owes."""
    found = {"case": "own"}
    if not _OWN_ANSWER.search(text) and re.search(
        r"\b(?:wants?|needs?|asked|gave) [^.;!?\n]{0,40}\b(?:by|until|till)\b", text, re.IGNORECASE
    ):
        found["asked_by"] = "yes"
    if (match := _UNTIL.search(text)) is not None:
        value = spelled(next(group for group in match.groups() if group))
        found["newtime"] = (
            value
            if value.lower().startswith(("by", "on", "tomorrow"))
            else ("by " + value if not re.match(r"(?:tonight|today)", value) else value)
        )
    elif (match := _MORE.search(text)) is not None:
        found["more"] = match["value"].lower()
    elif new := _old_and_new(text)[1]:
        found["newtime"] = (
            new if re.match(r"(?:by|on|tomorrow|tonight|today|next)\b", new, re.IGNORECASE) else f"by {new}"
        )
    if (match := _BY.search(text)) is not None and "more" not in found:
        value = spelled(match["value"])
        if not re.search(r"\b(?:tonight|today|tomorrow|yesterday)\b", value, re.IGNORECASE):
            found["promised"] = value
    if (
        match := re.search(
            r"(?<!tell her )(?<!tell him )(?<!tell them )(?<!know )\babout (?P<value>(?:the|our|my"
            r"|their) (?!offer|job|role|other)[\w ]{3,30}?)(?=\s*(?:[.;,!?\n(]|$))",
            text,
            re.IGNORECASE,
        )
    ) is not None:
        found["about"] = addressed(spelled(match["value"]))
    if re.search(r"\boffer(?:ing|ed)?\b|\bsecond-choice job\b|\bsmaller job\b", text, re.IGNORECASE):
        found["offer"] = "yes"
    return found


def _meeting(text: str) -> dict[str, str]:
    """Return what is said of a talk that has to be moved."""
    found = {"case": "meeting"}
    if (match := _BOOKED.search(text)) is not None:
        found["when"] = (
            "on " + re.sub(r"(?<=day) (?=\d)", " at ", spelled(match["value"]))
            if not match["value"].lower().startswith(("tomorrow", "today", "next"))
            else spelled(match["value"])
        )
    old, new = _old_and_new(text)
    if old and "when" not in found:
        found["when"] = old if re.match(r"(?:tomorrow|today|next|tonight|on|at)\b", old, re.IGNORECASE) else f"on {old}"
    if "when" not in found and (clock := _AT.search(text)) is not None:
        found["when"] = f"at {clock['value']}"
    if "when" in found:
        found["when"] = re.sub(r"(?<=day) (?=\d{1,2} ?[ap]m|\d{1,2}[.:]\d\d)", " at ", found["when"])
    if new:
        found["newtime"] = (
            new[0].lower() + new[1:] if re.match(r"(?:Next|Tomorrow|The|Later|Early|Mid|Late)\b", new) else new
        )
    elif (match := _CAN_DO.search(text) or _CLOCK.search(text)) is not None:
        found["newtime"] = spelled(match["value"])
    if (talk := _TALK.search(text)) is not None:
        found["talk"] = re.sub(r"^(?:(?:the|our|my|that) |interview (?=feedback))", "", talk.group().lower())
    return found


_AT = re.compile(
    r"\b(?:can'?t|cannot|won'?t) (?:make|do|come at) (?P<value>(?:half )?\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)?)\b(?!"
    r" \w*(?:days?|weeks?))",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:the|our|my|that) (?:feedback |phone |video )?(?:chat|talk|meeting|call)\b(?! (?:to|back|me|him|her|them)\b)|"
    r"\b(?:(?:interview )?feedback |phone |video |zoom |teams |follow-up )?(?:call|chat|meeting|appointment|discussion"
    r"|interview|visit|coffee)\b(?! (?:to|the|his|my|back|me|him|her|them|on|at|in sick))",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"\b{_TIME}(?:(?:,| or|,? and|, or| any ?time)(?: also)?(?: on)? {_TIME})*\b", re.IGNORECASE)
_FREE_BEFORE = re.compile(
    r"\b(?:(?:could|can|shall) we (?:do|make|say|talk|meet)"
    r"|can (?:only )?(?:do|make|talk|come)|could (?:do|make|talk|come)|free|available|suits?(?: me)?|prefer"
    r"|rather|instead|(?:ha(?:s|ve)|needs?) to be"
    r"|(?:move|change|shift|push|put|switch)(?: \w+){0,4}? (?:to|till|until)|(?:need|have|give me|wait)(?: \w+)?"
    r" (?:until|till|til)|how about|what about|if|whether"
    r"|ask(?:ing)?(?: (?:her|him|them))? for|would|to)(?: be)?(?: is)?(?: for)?(?: on)? $",
    re.IGNORECASE,
)
_FREE_AFTER = re.compile(
    r"^,?(?: \w+)? (?:is|are|would|will|works?|suits?|be)\b(?: \w+)? ?(?:good|fine|ok|okay|better|possible|best"
    r"|for me|do|work|suit|me)?\b"
    r"|^ (?:ok|okay|fine|good|instead|any ?time|is|would)\b",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"\b(?:can'?t|cannot|not|don'?t|won'?t|no)\b[^.;!?\n]{0,25}$", re.IGNORECASE)


_ALONE_BEFORE = re.compile(r"(?:^|[.!?\n]\s*)(?:(?:on|or|maybe|else|ideally|preferably|any) )*$", re.IGNORECASE)
"""A sentence that is only a time says when they could."""
_CLOCK = re.compile(
    r"\b(?:could|can|shall|would) (?:we|he|she|they|you) (?:do|make it|say|move it to|meet at"
    r"|make that)(?: at)? (?P<value>(?:half )?\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?\b(?: the same day| that day)?"
    rf"(?:,? or (?:on )?{_TIME})?)(?! (?:days?|weeks?))",
    re.IGNORECASE,
)


def _old_and_new(text: str) -> tuple[str, str]:
    """Return the time of a talk as it was fixed and as the person could do it; empty where one is not said."""
    old = new = ""
    for match in _SPAN.finditer(text):
        if re.search(r"\b(?:until|till|til|since)(?: the)? $", text[: match.start()]) and not _FREE_BEFORE.search(
            text[: match.start()]
        ):
            continue
        if re.fullmatch(
            r"\d{1,2}(?:st|nd|rd|th)? (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w+",
            match.group(),
            re.IGNORECASE,
        ):
            continue
        before, after = text[: match.start()], text[match.end() :]
        alone = _ALONE_BEFORE.search(before) and re.match(r"\s*(?:[.!?\n]|$)", after)
        free = _FREE_BEFORE.search(before) or _FREE_AFTER.search(after) or (old and alone)
        if free and not _NOT_FREE.search(before):
            new = new or spelled(match.group())
        elif "," in match.group() and _FREE_AFTER.search(after):
            first, _, last = match.group().rpartition(",")
            old, new = old or spelled(first), new or spelled(last.strip())
        elif new and re.search(r"\b(?:or|and)(?: on| else)? $", before):
            new = f"{new} or {spelled(match.group())}"
        else:
            old = old or spelled(match.group())
    return old, new
