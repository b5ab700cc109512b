"""The ways in which a job is mentioned in a message."""

from __future__ import annotations

import re

from coach.facts.lexicon import ROLE_HEADS

_HEADS = "|".join(sorted(ROLE_HEADS, key=len, reverse=True))


MODIFIER = r"[\w/&+'’-]+"


HEAD = re.compile(
    rf"(?<![\w@/-])(?P<before>(?:{MODIFIER} ){{0,4}}?)(?P<head>(?:chef de partie|commis chef|sous chef"
    rf"|product owner|front desk|front of house|(?:assistant|deputy|trainee|junior|apprentice) (?:(?!and |or |at "
    rf"|in |for |with |to |who |i |is |was )[a-z-]+ )?(?:{_HEADS})"
    rf"|(?:trainee|apprentice|junior|senior|deputy) [a-z]{{3,}}(?:er|or|ist|ian|man)"
    rf"|(?:{_HEADS})(?:[ /](?:{_HEADS}))*|head(?= of)"
    rf"|vp(?= of)|data entry|customer (?:support|service|success)))(?P<after>(?: \([\w -]{{2,20}}\))?(?: (?:of"
    rf"|in) (?!the |a |an |my |our |\d)(?:(?:{MODIFIER})(?: (?:and |& )?{MODIFIER}){{0,2}}))?)(?![\w-])",
    re.IGNORECASE,
)


PLACED = re.compile(
    rf"\b(?:the|a|an|for|their|this|that|as|my|your|in) (?P<role>(?:{MODIFIER} ){{1,4}}?)(?P<noun>role|job|post"
    rf"|position|vacancy|gig|spot|opening|thing(?=,? (?:at|with|there|in)\b|[.,]))\b",
    re.IGNORECASE,
)


SAID_ROLE = re.compile(
    rf"\b(?:role|post|position|job|vacancy)(?: title)?\s*(?:was|is|as|:|=)\s+(?:for )?(?:an? |the )?"
    rf"(?P<role>{MODIFIER}(?: {MODIFIER}){{0,4}}?)(?=\s*(?:[.,;()!?\n]|$| at | with | in | and | but ))",
    re.IGNORECASE,
)


BARE_POST = re.compile(
    rf"(?:^|[.,;!?(\n]\s*)(?P<role>(?:{MODIFIER} ){{1,4}}?)(?:post|job|role|position|vacancy|gig)\b", re.IGNORECASE
)


NO_FOR = re.compile(
    rf"\b(?:no|another|someone else|rounds|interviews|reject(?:ed|s)?(?: me)?|refused?(?: me)?|turned down"
    rf"|turned me down|passed on me|picked"
    rf"|chosen|applied|interview(?:ed)?|not selected|screen) (?:to me |me )?for (?:an? |the )?"
    rf"(?P<role>{MODIFIER}(?: {MODIFIER}){{0,3}}?)(?=\s*(?:[.,;!?\n(]|$| at | of | in (?!the)| by | with | cos "
    rf"| bc | because ))",
    re.IGNORECASE,
)


NOT_GOT = re.compile(
    rf"\b(?:did(?: not|n['’]?t)|not) (?:get|got) (?:the |an? )?(?P<role>(?:{MODIFIER} ){{0,2}}?{MODIFIER})"
    rf"(?=\s*(?:[.,;!?\n(]|$| at | with | after | there | in the | job| but | and ))",
    re.IGNORECASE,
)


RANK = re.compile(r"(?:deputy|assistant|junior|senior|head|lead|trainee|apprentice|chief|principal) \w", re.IGNORECASE)


NO_ROLE = re.compile(
    r"^(?:hiring|same|exact|other|another|new|full[ -]?time|part[ -]?time|permanent|perm|first|last|next|perfect"
    r"|dream|whole|"
    r"real|paid|different|similar|better|good|right|second|third|what|which|\d+(?:st|nd|rd|th)?|big|one|no|main"
    r"|own|hell of a)$",
    re.IGNORECASE,
)
