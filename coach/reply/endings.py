"""Where a stretch of a sentence may end so that, cut out, it says what the sentence says.

After it nothing may be missing, and nothing may take it back. All words are turned and expanded as
``pronouns`` does it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.reply.clauses import ends_at_joint
from coach.reply.pronouns import PERSON, is_mark, word_set
from coach.reply.stated import ADVERBS, COORDINATING, DAYS, FILLERS, JOINTS, SUBJECTS
from coach.reply.telling import DANGLING

_CUTS = word_set(f"because at from for with this last again where which who {DAYS}")
# Words that only the person's own sentence may end with: "the job I applied for".
_LAST = word_set("of to for at with from by that")
_BEFORE_QUOTATION = word_set("said says saying wrote writes called like told")
_ASKING = word_set("what where who how why which when")
_CUTS_AFTER_OBJECT = word_set("on in about as that before during via asking saying")
_OBJECT = word_set("the a an your his her their its this two three four five six seven eight nine ten")
_NO_OBJECT = word_set("same bit way lot kind sort good part only one right such as")
_NARROWED = word_set("who which that where in")
"""What these words add may turn a statement about all or none into its opposite."""
_WIDE = word_set("only first best most worst every all any none nobody no nothing never not")
_OFTEN_IDLE = {
    "in": word_set("theory case dreams my your hopes principle"),
    "on": word_set("paper condition"),
    "as": word_set("if though long soon"),
}
_NOT_DONE_AT_ALL = word_set(
    "get got hear heard selected shortlisted successful chosen picked hired pass offered told been"
)
_DEGREES = word_set("so very too really quite pretty still not all happily there")
_DONE_TO = word_set(
    "rejected told turned ghosted interviewed shortlisted selected picked chosen hired invited passed offered beaten "
    "waiting here out back sitting standing working crying home second third"
)
_LEFT_ASIDE = word_set("mine yours me you not one two for only nobody")
_AUXILIARIES = word_set("did was were has have had do does could can would will is are")
_BE = word_set("is are was were")
_AFTER_SO = SUBJECTS | word_set("please now how what do can")
_TAGS = word_set(
    "well wait scratch rather apart bar apparently supposedly maybe perhaps allegedly unless except "
    "hopefully probably nearly almost"
)
_OUTCOME = re.compile(
    r"(?:you (?:have |had )?(?:got|get|landed|won|had|been offered|were offered|were given|were promised|accepted)"
    r"|\w+ (?:offered|gave|promised) you) "
    r"(?:it$|(?:the|an?|your|that|this) (?:(?!no |rejection |interview |email |call )\w+ ){0,2}"
    r"(?:job|offer|post|role|place|position|promotion|contract)(?: (?:at|with|from|in|offer) .*)?$)"
)
_A_NO = word_set("no not never declined rejected")
_AFTER_AND = SUBJECTS | word_set("not no then got still now when so was were said told did have had there")
_OR_NOT = word_set("so nearly almost maybe not is was were did do at two three four five six seven eight nine ten")
_HALF = word_set("really quite exactly at")
_LIMITS = frozenset({"on paper", "in theory", "in your", "for a", "at first", "according to", "as if", "as though"})
_TAG_SUBJECTS = frozenset({PERSON}) | word_set("they he she it everyone everybody someone")
_TAG_VERBS = word_set(
    "think thought guess suppose hope hoped wish believe believed reckon assume assumed said says told swear dream "
    "imagine pray bet wished prayed felt feel"
)
_TOLD_APART = re.compile(r"not|nearly|almost|jokes?|wish|dreams?|kidding|or|supposedly|allegedly|maybe|never|hopefully")


def may_end(source: Sequence[str], end: int) -> bool:
    """Whether a stretch that ends before ``end`` is whole, and nothing after it takes it back."""
    if (
        source[end - 1] not in DANGLING
        and source[end : end + 1] == ["so"]
        and set(source[end + 1 : end + 2]) & _AFTER_SO
    ):
        return True
    while end < len(source) and source[end] in FILLERS:
        end += 1
    last = source[end - 1]
    if source[end : end + 1] == ["&"]:
        # "Harrow & Pike" is one name.
        return last not in DANGLING and bool(set(source[end + 1 : end + 2]) & _AFTER_AND)
    if end == len(source) or is_mark(source[end]):
        return _may_be_last(source, end) and _is_left_standing(source, end)
    if last in DANGLING or (source[end] in _NARROWED and _is_wide(source, end)):
        return False
    if source[end] in COORDINATING:
        # "Over and over" is not cut in two.
        twice = last in ("over", "on", "more", "again", "round") and source[end + 1 : end + 2] == [last]
        return not twice and (source[end] != "but" or _goes_on(source, end + 1))
    if _is_negated(source, end) or (source[end] in _CUTS and _is_state(source, end)):
        return False
    if source[end] in _CUTS or ends_at_joint(source, end):
        return True
    if source[end] in (PERSON, "they", "he", "she") and last in ADVERBS and source[end - 2] not in ("the", "every"):
        # "I applied twice | they never rang": nobody put a full stop there.
        return True
    if source[end] in _CUTS_AFTER_OBJECT:
        return _ends_with_object(source, end)
    return list(source[end : end + 2]) in (["to", "say"], ["to", "tell"])


def may_be_cut(stretch: Sequence[str], source: Sequence[str], end: int) -> bool:
    """Whether a stretch still holds without the rest: not "you got the job", nor half of what was said."""
    rest = next((place for place in range(end, len(source)) if not is_mark(source[place])), len(source))
    text = " ".join(stretch)
    if rest < len(source) and _OUTCOME.match(text):
        return False
    promising = bool(set(stretch) & {"said", "told", "promised"}) and not set(stretch) & _A_NO
    return not (promising and source[rest : rest + 1] in (["but"], ["until"], ["though"]))


def _may_be_last(source: Sequence[str], end: int) -> bool:
    """Whether the word before a mark can be the last of a sentence."""
    last = source[end - 1]
    if source[end : end + 1] == ["|"] and last in _BEFORE_QUOTATION:
        return False
    if last == "not":
        # "And you weren't." is whole.
        return end > 2 and source[end - 2] in _AUXILIARIES
    if last in ("is", "are", "was", "were"):
        # "What sort of people they are" is whole.
        return bool(set(source[max(end - 6, 0) : end]) & _ASKING)
    return last not in DANGLING or last in _LAST


def _is_negated(source: Sequence[str], end: int) -> bool:
    """Whether a "not" may belong to what follows: "I didn't apply | for the money"."""
    back = end
    while back and end - back < 12 and not is_mark(source[back - 1]) and source[back - 1] not in COORDINATING:
        back -= 1
    place = next((at for at in range(back, end) if source[at] in ("not", "never", "hardly")), None)
    if place and source[end] == "because" and source[place - 1] in ("have", "has", "can"):
        return False
    return place is not None and not set(source[place + 1 : place + 3]) & _NOT_DONE_AT_ALL


def _is_state(source: Sequence[str], end: int) -> bool:
    """Whether a state is limited by what follows: "I was happy | for about a week", "I'm good | at it"."""
    if source[end] not in ("for", "with", "at"):
        return False
    if source[end - 1] in ("there", "then"):
        end -= 1
    be = next((at for at in (end - 2, end - 3) if at >= 0 and source[at] in _BE), None)
    if be is None or (be == end - 3 and source[end - 2] not in _DEGREES):
        return False
    return source[end - 1] not in _DONE_TO


def _is_wide(source: Sequence[str], end: int) -> bool:
    """Whether a statement about all or none is narrowed by what follows: "the only one | who did not cry"."""
    back = end
    while back and end - back < 12 and not is_mark(source[back - 1]):
        back -= 1
    return bool(set(source[back:end]) & _WIDE)


def _goes_on(source: Sequence[str], after: int) -> bool:
    """Whether "but" begins a clause, and not what is left out: "everyone's hand but mine"."""
    following = source[after : after + 2]
    if not following or following[0] in _LEFT_ASIDE:
        return False
    return "|" in following or (len(following) == 2 and not is_mark(following[1]))


def _ends_with_object(source: Sequence[str], end: int) -> bool:
    """Whether what comes before ends with the object of its verb: "told the agency | about it"."""
    marked = next((at for at in range(end - 2, max(end - 5, 0), -1) if source[at] in _OBJECT), None)
    if marked is None or is_mark(source[marked - 1]) or source[marked - 1] in JOINTS | FILLERS:
        return False
    if source[end - 1] in _NO_OBJECT | _OBJECT:
        return False
    return not set(source[end + 1 : end + 3]) & _OFTEN_IDLE.get(source[end], frozenset())


def _is_left_standing(source: Sequence[str], end: int) -> bool:
    """Whether what follows a mark is not of the kind that takes back: ", I hope", "(not)", ", or nearly"."""
    before = source[max(end - 3, 0) : end]
    while end < len(source) and (is_mark(source[end]) or source[end] in FILLERS) and source[end] not in "(|[":
        end += 1
    if end == len(source) or source[end] == "|":
        return True
    if source[end] in "([":
        return not any(_TOLD_APART.fullmatch(word) for word in source[end + 1 : end + 7])
    following = [*source[end : end + 5], ",", ","]
    tag = next(place for place in range(7) if is_mark(following[place]))
    if f"{following[0]} {following[1]}" in _LIMITS:
        return False
    if tag == 1 and following[0] in ("obviously", "clearly", "naturally", "sure"):
        return False
    if following[0] == "or" and (following[1] in _OR_NOT or following[1].isdigit()):
        return False
    if following[0] in _TAGS or (following[0] == "not" and (tag == 1 or following[1] in _HALF)):
        return False
    if following[tag] in ("|", ":"):
        return True
    if following[1] == "and" and set(before) & _BE:
        # "I was reliable, | punctual and slow" goes on.
        return False
    verb = next((place for place in (1, 2) if following[place] in _TAG_VERBS), 5)
    return not (following[0] in _TAG_SUBJECTS and 0 < tag - verb <= 2)
