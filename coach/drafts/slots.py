"""What fills the slots of the templates, and what holds for their conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coach.draft import DraftBrief, DraftKind
from coach.facts.lexicon import TITLES
from coach.facts.roles import is_place

_TITLED = re.compile(rf"(?P<title>{TITLES}\.?) (?P<rest>.+)", re.IGNORECASE)


_ADDRESSED_BY_FIRST = re.compile(r"(?:sir|madam|mam|mbak|kru|sister|chef|miss|dl|big)\.?$", re.IGNORECASE)


_TEAM = re.compile(r"\b(?:team|panel|committee|office|department|operations|people)\b", re.IGNORECASE)


_CALLED = re.compile(r"(?:roles?|jobs?|posts?|positions?|vacanc(?:y|ies)|scheme|traineeship|work)$", re.IGNORECASE)


def slots_of(brief: DraftBrief) -> dict[str, str]:
    """Return what fills the slots of the templates, by name."""
    slots = {fact.name: fact.value for fact in brief.facts if fact.value}
    if role := slots.get("role"):
        slots["the_role"] = f"the {role}" if is_place(role) or _CALLED.search(role) else f"the {role} role"
        slots["role_start"] = role[0].upper() + role[1:]
        slots["a_role"] = f"{'an' if role[0].lower() in 'aeiou' else 'a'} {role}"
        slots["for_role"] = f" for {slots['the_role']}"
    else:
        slots["for_role"] = ""
    if opening := slots.get("opening"):
        slots["the_opening"] = (
            f"the {opening}" if is_place(opening) or _CALLED.search(opening) else f"the {opening} role"
        )
        slots["opening_start"] = slots["the_opening"][4].upper() + slots["the_opening"][5:]
    company = slots.get("company", "")
    slots["at_company"] = f" at {company}" if company and company.lower() not in slots.get("role", "").lower() else ""
    if stage := slots.get("stage"):
        # "the demo lesson with class 2B" was one; what comes is "a demo lesson".
        bare = re.split(r" (?:with|on) ", stage)[0]
        slots["a_stage"] = f"{'an' if bare[0].lower() in 'aeiou' else 'a'} {bare}"
    slots["day"] = f" {slots['day']}" if "day" in slots else ""
    slots["asked_on"] = f" {slots['asked_on']}" if "asked_on" in slots else ""
    slots["about"] = f" about {slots['about']}" if "about" in slots else ""
    slots["places"] = f" {slots['places']}" if "places" in slots else ""
    slots["years_of"] = f", with {slots['years']} years of experience," if "years" in slots else ","
    if work := slots.get("work"):
        slots["work_start"] = work[0].upper() + work[1:]
    if looking := slots.get("looking"):
        slots["looking_start"] = looking[0].upper() + looking[1:]
    slots |= _names(slots.get("recipient", ""))
    return slots


def _names(recipient: str) -> dict[str, str]:
    """Return the forms of address: in a greeting, in a formal one, in full, and when called."""
    if not recipient:
        return {"recipient_call": "[name]"}
    titled = _TITLED.fullmatch(recipient) if " and " not in recipient else None
    if titled is None:
        short = recipient if _TEAM.search(recipient) or re.search(r",| and ", recipient) else _first(recipient)
        return {"recipient": short, "recipient_full": recipient, "recipient_call": short}
    title, rest = titled["title"], titled["rest"]
    last = rest if _ADDRESSED_BY_FIRST.fullmatch(title) else _last(rest)
    formal = f"{title} {last}"
    return {
        "recipient": formal,
        "recipient_formal": formal,
        "recipient_full": f"{title} {rest}",
        "recipient_call": formal,
    }


def _first(name: str) -> str:
    parts = name.split()
    return (
        name
        if parts[0].endswith(".") or len(parts[0]) < 3 or parts[0].lower() in ("big", "uncle", "auntie")
        else parts[0]
    )


def _last(name: str) -> str:
    parts = name.split()
    for place, part in enumerate(parts):
        if place and part.islower():
            return " ".join(parts[place:])
    return name if len(parts[-1].rstrip(".")) < 2 else parts[-1]


_SAID = {
    "told_no": re.compile(
        r"\b(?:the|a) no\b|\bturned (?:me )?down\b|\brejected\b|\bdid not get\b|\bnot (?:chosen|picked"
        r"|selected)\b|\bfell through\b"
        r"|\bunsuccessful\b|\bsaid no\b|\b(?:went|gone) (?:to|with) (?:some|another)|\bdid not (?:want|take"
        r"|choose|hire) me\b",
        re.IGNORECASE,
    ),
    "eased": re.compile(
        r"\b(?:fine|okay|ok|all right|no problem|understand|mind)\b.*\bif (?:you|not|it)\b|\bno pressure\b"
        r"|\b(?:would|'d) rather not\b|\bif you say no\b",
        re.IGNORECASE,
    ),
    "unavailable": re.compile(
        r"\bno longer (?:free|available|looking|searching)\b|\bnot (?:looking|available) (?:any more|anymore"
        r"|at the moment|now)\b|\bstopp\w+ looking\b"
        r"|\b(?:found|accepted|taken|got|have) (?:a|another|the) (?:\w+ )?(?:job|role|post|position)\b"
        r"|\bfound something\b|\baccepted an offer\b|\blike to decline\b|\bwithdraw(?:ing|n)?\b",
        re.IGNORECASE,
    ),
}
"""What their own sentences tell, so that no line of a template says it again or speaks against it."""


def conditions_of(brief: DraftBrief, slots: Mapping[str, str]) -> frozenset[str]:
    """Return what holds for the lines of a template."""
    found = set(brief.marks) | {brief.tone.value, brief.channel.value}
    found |= {name for name in slots if slots[name].strip()}
    if brief.short:
        found.add("short")
    if brief.said:
        found.add("said")
    if brief.asked:
        found.add("asked")
    if any("feedback" in each for each in brief.asked):
        found.discard("wants_feedback")
    found |= {name for name, pattern in _SAID.items() if any(pattern.search(each) for each in brief.said)}
    if any(" still " in each for each in brief.said):
        found.add("still")
    if slots.get("position", "").startswith(("hr", "human")):
        found.add("hr")
    recipient = slots.get("recipient", "")
    if recipient:
        found.add("team" if _TEAM.search(recipient) else "named")
        if "recipient_formal" in slots:
            found.add("titled")
    if "stage" in slots and "never_met" not in found:
        found.add("met")
    if "never_met" in found:
        found -= {"met", "stage"}
    if (
        brief.kind in (DraftKind.RECRUITER_MESSAGE, DraftKind.INTRODUCTION_REQUEST)
        or "agency" in found
        or "help" in found
        or (brief.kind is DraftKind.THANK_YOU and "deed" in found and "met" not in found)
    ):
        found.add("alone")
    return frozenset(found)
