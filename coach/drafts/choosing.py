"""Choose the kind of a new draft: by what the messages say, and by who is to read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.draft import DraftKind
from coach.drafts.asides import read_asides
from coach.drafts.classifier import DraftReading
from coach.drafts.facts import merged, read_facts
from coach.drafts.kinds import kind_of
from coach.drafts.plainer import said_plainly
from coach.drafts.quoted import own_words
from coach.types import Situation

_TO_AGENCIES = frozenset(
    {DraftKind.FEEDBACK_REQUEST, DraftKind.THANK_YOU, DraftKind.KEEP_IN_TOUCH, DraftKind.NEW_OPENING}
)


_ENOUGH = 14
_SURELY, _LIKELY = 0.9, 0.5


def chosen_kind(
    every: Sequence[str], situation: Situation | None, reading: DraftReading | None, *, agency: bool
) -> DraftKind:
    """Return the kind of draft that the messages ask for, the newest last."""
    shares = reading.shares if reading is not None else None
    told = "\n".join(every)
    if shares is not None:
        # Of work without a post speaks nobody who has no word for it, nor of a regret or of another day.
        never = {kind.value for kind, said in _SAID.items() if shares[kind.value] <= _SURELY and not said.search(told)}
        shares = {name: 0.0 if name in never else share for name, share in shares.items()}
    kind = kind_of(_asking(every), situation, shares, every=told)
    if reading is None:
        return DraftKind.RECRUITER_MESSAGE if kind in _TO_AGENCIES and agency else kind
    own = _asking(every)
    if (
        kind in _NO_THANKS
        and (kind is DraftKind.CONTRACT_INQUIRY or reading.shares[kind.value] < _LIKELY)
        and _TO_THANK.search(own)
        and not _ANSWER.search(own)
    ):
        kind = DraftKind.THANK_YOU
    if (
        kind is DraftKind.REJECTION_REPLY
        and not _ANSWERS.search(own)
        and read_asides(said_plainly(own), frozenset(), whole=True)
    ):
        kind = DraftKind.KEEP_IN_TOUCH
    if kind is DraftKind.RESCHEDULE and _SEEKS.search(own) and _reads_at_agency(every):
        kind = DraftKind.RECRUITER_MESSAGE
    at_agency = kind in _NOT_AT_AGENCIES or (kind is DraftKind.FEEDBACK_REQUEST and not _ASKS_WHY.search(own))
    return DraftKind.RECRUITER_MESSAGE if at_agency and _reads_at_agency(every) else kind


_SAID = {
    DraftKind.CONTRACT_INQUIRY: re.compile(
        r"\b(?:freelanc\w*|contract\w*|temp\w*|part[- ]time|hours|days? a (?:week|month)|two days|three days|one day"
        r"|mornings?|cover\w*"
        r"|locum|relief|bank|(?:day )?rates?|invoice\w*|projects?|short[- ]term|fixed[- ]term|casual\w*|seasonal"
        r"|shifts?|consult\w*"
        r"|self[- ]employed|backlog|swamped|overflow|maternity|stand(?:ing)? in|subs?|supply|propos\w*|offer\w*"
        r"|hire me|one[- ]off"
        r"|external|workshops?|by the (?:day|hour|piece)|commission\w*|fees?|per|paid by|an? (?:day|sheet|piece|hour"
        r"|session)|pilot|trial|extra (?:hands|help)"
        r"|(?:help|fill) (?:\w+ )?(?:out|in)|busy|rush|short of|weekends?|evenings?|nights|holidays?|gaps?"
        r"|do (?:their|her|his|the) \w+)\b"
        r"|[£€$]\s?\d",
        re.IGNORECASE,
    ),
    DraftKind.HOT_WITHDRAWAL: re.compile(
        r"\b(?:sorry|apolog\w*|regret\w*|ang(?:ry|er)|furious|sw(?:or|ear)\w*|rude\w*|shout\w*|yell\w*|abus\w+|nasty"
        r"|temper|lost (?:it|my)|take (?:it|that|this|all \w+|everything|back|my)|asham\w+|embarrass\w+|uns(?:end|ay)"
        r"|withdraw\w*|delet\w+|(?:take|took) it (?:down|out)|rant\w*|insult\w*|called (?:him|her|them|you|the)"
        r"|(?:i|i've|have) (?:sent|wrote|texted|emailed|posted|left)|told (?:him|her|them) (?:where|what|to|off)"
        r"|sent|posted|commented|voicemail|hung up|drunk"
        r"|wine|rage|stupid|idiots?|fool|clowns?|coward|liars?|should(?: not|n'?t) have|out of order|too far"
        r"|snapp\w+|let rip|went off|undo|ignore my|retract)\b",
        re.IGNORECASE,
    ),
    DraftKind.RESCHEDULE: re.compile(
        r"\b(?:mov\w+|shift\w*|postpon\w*|re-?schedul\w*|(?:an)?other (?:day|time|slot|date|week)|more time|exten\w+"
        r"|delay\w*|push\w*|put (?:it |that )?off|can'?t|cannot|couldn'?t|unable|won'?t|instead|later|earlier|until"
        r"|till|til|deadline|swap\w*|chang\w*|clash\w*|overlap\w*|late|longer|sooner|answer|decide|decision|promis\w+|when"
        r"|to?morrow|tonight|weeks?|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thurs?|fri|\d+)\b",
        re.IGNORECASE,
    ),
}
"""Words of which one stands in every talk that wants such a draft."""
_NO_THANKS = frozenset({DraftKind.CONTRACT_INQUIRY, DraftKind.REJECTION_REPLY, DraftKind.KEEP_IN_TOUCH})
_TO_THANK = re.compile(
    r"\b(?:want|wish|would like|'d like|need|wanna|like) to (?:\w+ )?thank\b|\b(?:e-?mail|message|note|letter"
    r"|card|line|text)\b[^.;!?\n]{0,40}"
    r"\b(?:thanking|thank you for|to thank|saying thank)\b|^(?:please |can you |could you )?thank (?!you\b)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:repl(?:y|ied|ies|ying)|answer(?:ing)?|respon[ds]\w*|write back|ask|asking|whether|if (?:he|she|they)"
    r"|no hard feelings"
    r"|stay in|keep in|in touch|feedback)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:repl(?:y|ies|ied)|answer\w*|respon[ds]\w*|back|thank\w*|no hard feelings|sorry)\b", re.IGNORECASE
)


_SEEKS = re.compile(r"\bstill (?:after|looking|up for|interested|want)\b|\blooking for\b|\bavailable\b", re.IGNORECASE)
_NOT_AT_AGENCIES = frozenset({DraftKind.CONTRACT_INQUIRY, DraftKind.NEW_OPENING, DraftKind.KEEP_IN_TOUCH})


_ASKS_WHY = re.compile(
    r"\bfeedback\b|\bask\b[^.!?\n]*\b(?:why|what|how|if|whether|was)\b|\bwhy\b|\bknow (?:why|what|whether|if|how)\b",
    re.IGNORECASE,
)


def _reads_at_agency(every: Sequence[str]) -> bool:
    """Whether the reader is said to be at an agency: "Bex at Harbour Staffing"."""
    facts = merged(read_facts(each) for each in every).facts
    if "recipient" not in facts or "agency" not in facts:
        return False
    name, firm = facts["recipient"].value.split()[-1], facts["agency"].value
    near = (
        rf"{re.escape(name)}(?:,| \(|, (?:who is )?)? ?(?:at|from|of|in|with|,|\()? ?(?:the )?(?:agency "
        rf"|recruiters? )?{re.escape(firm)}"
    )
    return re.search(rf"{near}|{re.escape(firm)}(?:,| \()? {re.escape(name)}\b", "\n".join(every)) is not None


def _asking(every: Sequence[str]) -> str:
    """Return the words that tell what kind of draft is wanted: the message's, with those before where it is short."""
    own = own_words(every[-1])
    return own if len(own.split()) > _ENOUGH or len(every) == 1 else "\n".join([own_words(every[-2]), own])
