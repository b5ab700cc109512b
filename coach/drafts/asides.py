"""Find what somebody tells of themselves beside an order, and the reader should know: what they can, hold and will do.

Only what stands in the sentence of the order or after it counts, and only such plain statements; what happened, what
they feel, and what is said to the coach stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.draft import DraftKind
from coach.drafts.dictated import as_own
from coach.drafts.news import as_statements
from coach.drafts.steering import PRIVATE, RUDE, private_spans
from coach.text import sentences, words

WITH_ASIDES = frozenset(DraftKind) - {DraftKind.RESCHEDULE, DraftKind.HOT_WITHDRAWAL}
"""Kinds into which belongs what they can, hold and will do, where it is told beside the order."""
_SELF = r"(?:i|i'm|im|i've|ive|i'd|i'll|my|mine|we|we've)\b"
_SMALL = r"(?: (?:actually|also|now|still|already|just|only|do|even|always|both|all|certainly|since))*"
_CUT = re.compile(
    rf"[.;!?\n]+\s*|\s[-–—]+\s|[,:]?\s+(?:and|but|because|cos|coz|bc|since|as|so|plus|though|although)\s+(?=(?:also "
    rf"|actually |now |still |that )*{_SELF})|[,:(]\s*(?=(?:and |also |actually |now |but )*{_SELF})"
    r"|,\s*(?:and |also |but )*(?=(?:got|have|can|could|passed|finished|free|available|based|happy to"
    r"|willing to|able to|fluent) \w)"
    r"|,?\s+(?=(?:put|include|get|work|add|mention) (?:that|this|it)\b|(?:that|this|it) (?:should|must|could"
    r"|can|needs|has"
    r"|ought)\b)|\s+(?:and|but|,)?\s*(?=(?:not(?! before| after| until| on\b| in\b| at\b| more| less| later"
    r"| earlier| only| \w+days?\b)|don'?t|dont|please|pls|ask|say|tell|thank|mention|add|make|keep"
    r"|could (?:he|she"
    r"|they)|can (?:he|she|they|you)) )|,?\s+(?:but(?! only| not| no\b| never| (?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)days?)|so|because|cos|which|who)\s+"
    r"|,?\s+and\s+(?=(?:whether|if|what|how|when|where)\b)",
    re.IGNORECASE,
)
_DATED = r"(?:on|in|at|by|from|until|till|this|next|early|late|mid|my|the|a|an|level|nights|days|weekends)\b"
_STATES = re.compile(
    r"(?:(?:in the meantime|meanwhile|since then|lately|recently|this year|this summer|last (?:week|month|year"
    r"|summer|spring|autumn|winter)|these days|at the moment"
    r"|by now|since)[, ]+)?(?:(?:and|but|also|plus|well|oh|ok|okay|now|btw|by the way|that|actually|(?:the )?(?:thing"
    r"|truth) is)[, ]+)*(?P<said>"
    r"i (?:just |really |did |so )*(?:liked|enjoyed|loved|learned|learnt|appreciated) (?=\w+ing\b|the |how "
    r"|what |your |a lot|every)"
    r"|what (?:has |have )?(?:\w+ )(?:with |to |for )?me (?:most |the most |above all )?(?:was|is)\b"
    r"|i'?m (?:an? |after |looking for |keen on )"
    r"|(?:i've|ive|i have) (?=(?:[a-z]+ ){1,3}(?:insurance|experience|qualifications?|tickets?|licen[cs]e"
    r"|clearance|training)\b)|"
    rf"(?:i|we){_SMALL} (?:can(?!'t|not)|could(?!n't)|know (?=(?-i:[A-Z][\w-])|how to|the|all|every|my way"
    rf"|both)|speak|own|live(?! with| at home| off| on)"
    r"|drive|commute|am able|would (?:also |still |even )?(?:move|go|relocate|travel|take|do|work|come|start|accept|be"
    r" (?:free|happy|able|available|up for))"
    rf"|(?:hold|have|have got)(?= (?:an?|my|the|own|full|clean|level|both|\d|two|three|four|five|six|seven"
    rf"|eight|nine|ten|twelve|fifteen|twenty|several|many|over|computer|(?-i:[A-Z])))"
    rf"|(?:start|begin|finish|sit|take|qualify|graduate)(?= .*{_DATED})"
    r"|(?:will|shall) (?:have|be|finish|start|get|pass|complete|sit|take|move|qualify))\b"
    rf"|(?:i'm|i am|im|we're){_SMALL} (?:free|available|qualified|taking|doing|sitting|starting|finishing|studying"
    r"|training|learning|based|fluent|open|happy|willing|able|ready|interested|keen|good|flexible|insured"
    r"|registered|certified|licen[cs]ed"
    r"|used|local|moving|around|already living|living|working|running|managing|covering|teaching|leading|back"
    r"|due|booked|trained|just (?:down|up|round)|\d+ min(?:ute)?s?)\b"
    rf"|(?:i've|i have|ive|we've){_SMALL} (?:kept|got|had|done|passed|finished|completed|moved|booked|started|renewed"
    r"|signed|bought|worked|run|taught|learned|learnt|been (?:trained|working|doing|learning|practising"
    r"|running|covering|teaching|managing|training|leading|building"
    r"|studying|volunteering|supervising|driving|helping|asked|promoted|made|on|with|at|in|leading|freelancing|raising)"
    r"|raised|reached|released|published|written|won|designed|earned|gained|improved|qualified|translated"
    r"|organi[sz]ed|managed|led|grown|opened|launched|accepted|exchanged"
    r"|taken|joined|built|my|an?|the|own|full|both|two|three|\d+)\b"
    r"|i (?:did|worked|spent|ran|taught|managed|led)(?= (?:for )?(?:\d+|an?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve) (?:\w+ )?(?:years?|months?|weeks?|seasons?|summers?"
    r"|winters?|terms?|days?)\b)"
    r"|i (?:just |finally |now |also |only )?(?:requalified|passed|finished|completed|qualified|resat"
    r"|graduated|started|began|submitted|renewed|joined|retrained|published|released"
    r"|built|set up)\b|i'?m \d\d (?:on|in)\b"
    r"|i (?:do not|don'?t) want (?=(?-i:[A-Z])|nights?\b|weekends?\b|shifts?\b|sales\b|zero|any more (?:jobs|roles))"
    r"|i (?:do not|don'?t) mind\b|(?:i'm|i am|im) not (?:afraid|scared|bothered|fussed|fussy|picky)\b"
    r"|i'll (?:bring|return|have|be|finish|start|get|pass|complete|sit|take|move|qualify)\b"
    r"|i'd (?:also |still |even )?(?:move|go|relocate|travel|take|do|work|come|start|accept|be (?:free|happy|able"
    r"|available|up for))\b"
    r"|(?:my|mine)\b(?=[^.;!?\n]{0,40}(?: is| are| was|'s| will| has| runs| expires| comes| starts| ends) )"
    r")(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_NO_USE = re.compile(
    r"\b(?:interviews?|reject\w*|refus\w+|feeling|doubts?|idea|headache|cold|zoom|call|meeting|appointment"
    r"|message|draft"
    r"|e-?mail|nothing|problem|mum|mom|dad|mother|father|wife|husband|partner|boyfriend|girlfriend|parents|son"
    r"|daughter|child(?:ren)?|baby|name|address|number|boss|time to|no|not|never|chance|turned|told|said|heard|it back"
    r"|friend|landlord|doctor|think|feel|guess|believe|worried|over it|bad|my english|head|heart|luck|life|mood"
    r"|mind|fault|family|house|flat|split|breakdown|relationship|marriage|sleep|pills|weight|confidence|barely"
    r"|hardly|cry|eat|breathe|stand|cope|afford|face|bear|drink\w*|drunk|god|church|alone|on my own|lodger"
    r"|hostel|shelter|sofa|homeless|sack(?:ed)?|fired|redundan\w+|two jobs|crazy|mad|nuts|anyone|anybody"
    r"|by (?:text|e-?mail|phone)|on (?:linkedin|whatsapp)"
    r"|do it by|part of why|write|writing|bills?|visa|pay|body|back pain|age|old"
    r"|questions?|answer|point|plan|worry|fear|hope|dream|guess)\b"
    r"|\b(?:got|have|has|done|passed|finished) (?:it|that|them|one)\b|\bhow (?:to|do|can|should)\b|\b(?:it|this"
    r"|that)\s*$|\bthat (?:bad|much)\b|n't\b",
    re.IGNORECASE,
)
ORDER = re.compile(
    r"\b(?:write|draft|ask|say|tell|script|voicemail|text|e-?mail|message|mail|note|mention|reply|answer|letter"
    r"|word it|(?:stay|keep|remain) in (?:touch|contact)|know (?:if"
    r"|whether|why|what)|let (?:him|her|them) know|thank|put|add|send|msg|dm|whatsapp)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:tell (?:him|her|them)(?: (?:that|this|so))?|say (?:so|that|this|it)|let (?:him|her|them) know"
    r"|put (?:that|it|this)"
    r"|word (?:it|that|this))(?: (?:please|pls|then|now|nicely|politely|in|to|by|on)\b[^.!?\n]{0,30})?\s*(?:[.,;!?]|$)",
    re.IGNORECASE,
)
"""An order that points back to what was told before it."""
_LOST = re.compile(
    r",? (?:and |but )?(?:just |only |recently )?(?:lost out|got (?:a no|rejected|turned)|was (?:rejected|turned))\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:DBS|licen[cs]e|certificate|ticket|CPC|CSCS|SIA|NVQ|degree|diploma|clearance|minutes from"
    r"|across the road|card|insurance|qualified"
    r"|passed|level \d)\b",
    re.IGNORECASE,
)
"""What somebody holds is of use wherever in a message it is told."""
_HAS = re.compile(
    r"(?:(?:i|we)(?:'ve| have| hold|ve)(?: also| now| still| just)*(?: got)?(?: an?| my| the| own| full| both"
    r"| two| three| \d+)|my)\b",
    re.IGNORECASE,
)
_USEFUL = re.compile(
    r"\b(?:DBS|licen[cs]es?|certificates?|tickets?|CPC|CSCS|SIA|NVQ|degree|diploma|clearance|cards?|insurance"
    r"|qualif\w+|passed|levels?|band|own"
    r"|packages|computer|software|languages?|KCSE|GCSEs?|grade|cert|tools?|car|van|bike|transport|kit"
    r"|experience|years?|references?|portfolio|samples?|skills?|training|course|papers?|articles?|thesis"
    r"|permit|boots"
    r"|notice|rate|exam|test|resit|results?|shifts?|hours|contract|availability|thing|field|trade"
    r"|speciality)\b|(?-i:\b[A-Z]{2,})",
    re.IGNORECASE,
)
"""What somebody has that a reader may want to know of; of other things it is not for them."""
_IS_A = re.compile(r"i'?m an? ", re.IGNORECASE)
_TRADE = re.compile(
    r"^(?!.*\b(?:widower|parent|drinker|smoker|offender|prisoner|loner|learner|survivor|sufferer|loser|migrant"
    r"|immigrant|foreigner|tenant"
    r"|debtor|gambler|pensioner|member|believer|beginner|claimant|stranger|burden|number"
    r"|over)\b).*\b(?:\w{3,}(?:er|or|ist|ian|ant|ent)|nurse|clerk|chef|cook|band \d|level \d|grade \d)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:because|cos|coz|bc|since|as|though|although)\s+$", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|reject\w*|turned|refused?|declined|didn'?t (?:get|want|take))\b", re.IGNORECASE)
_FEWEST, MOST = 3, 24


def read_asides(text: str, keeps: frozenset[str], *, whole: bool = False) -> list[str]:
    """Return what a message tells of its writer beside an order, as sentences to the reader.

    Args:
        text: The message.
        keeps: Words for others than the reader, see ``addressed``.
        whole: Whether all of the message is read, though no order comes before.
    """
    private = private_spans(text)
    found: list[str] = []
    told_from = next((match.start() for match in ORDER.finditer(text)), len(text))
    for start, clause, before in _clauses(text, whole=whole):
        match = _STATES.fullmatch(clause)
        if match is None and whole and start > told_from and _WORKISH.search(clause):
            # What they do is taken up after the order only: before it, people tell of their lives.
            match = _PLAINLY.fullmatch(clause) or _DONE.fullmatch(clause)
        if match is None or any(begin <= start < end for begin, end in private):
            continue
        said = match["said"] + match["rest"]
        said = _LOST.split(said)[0]
        told = _MINDS_NOT.sub("", said)
        if _OF_NO_USE.search(told):
            said = said.partition(",")[0]
            told = _MINDS_NOT.sub("", said)
        if PRIVATE.search(said) or RUDE.search(said) or _OF_NO_USE.search(told):
            continue
        if (_IS_A.match(said) and not _TRADE.search(said)) or (_HAS.match(said) and not _USEFUL.search(said)):
            continue
        if not _FEWEST <= len(words(said)) <= MOST:
            continue
        if said.lower().startswith("mine "):
            thing = _THING.search(before)
            if thing is None:
                continue
            said = f"my {thing['name']}{said[4:]}"
        found += as_statements(said, keeps)
    return found


_PLAINLY = re.compile(
    r"(?:(?:and|but|also|plus|well|oh|ok|okay|now|actually)[, ]+)*(?P<said>(?:i|we) (?:also |now |still "
    r"|already |just |only |mostly |mainly |even )*"
    r"(?!want to|want (?:the|this|that) (?:job|role|post|position)|want (?:him|her|them|it|this|that"
    r"|an? (?:\w+ )?(?:e-?mail|message|note|text|letter|draft|word"
    r"|line|favour))|need|think|thought|guess|feel|felt|suppose|wonder|believe|reckon|hate|was"
    r"|were|went|had|did|got|get|heard|saw|read|applied|asked|told|said|say|tried|lost|missed|failed|cried"
    r"|meant|mean|see|wish|prefer to (?:write|not)|would|could|can't|cannot|couldn't|don'?t|do not"
    r"|didn'?t|wasn'?t|know|hope|like (?:him|her|them|it)|love (?:him|her|them|it)|am|'m|ask|tell|write|email"
    r"|text|send|sound|come across|look (?:like|bad|silly)|understand|remember|regret|owe|met|knew"
    r"|liked|spent|sat|should|must|might|may|have to|keep|kept|came|fell|rang|called|emailed|wrote|sent"
    r"|turned)(?:[a-z]+)\b)(?P<rest> .*)",
    re.IGNORECASE | re.DOTALL,
)
"""What they do, in the present: "I sew for a theatre in Lyon", "I want days only"."""
_DONE = re.compile(
    r"(?:(?:and|but|also|plus|well|oh|now|actually)[, ]+)*(?P<said>(?:i've|ive|i have) (?:also |now |just "
    r"|since |already )*"
    r"(?!had|been|decided|noticed|asked|tried|applied|called|emailed|turned|failed|received|lost|wanted|always"
    r"|never|cried|given|forgotten|heard|written|told)"
    r"\w{3,}(?:ed|en|own|ught)\b|(?:i'm|i am) (?:on|in|at|near|by)\b)(?P<rest> .*)",
    re.IGNORECASE | re.DOTALL,
)
"""What they have done, and where they are."""
_STILL = re.compile(r"(?:still|happy to|free|available|keen|willing to|open to|able to|based)\b", re.IGNORECASE)
"""How a sentence may begin whose subject is its writer."""
_WORKISH = re.compile(
    r"\b(?:jobs?|work\w*|roles?|shifts?|days?|nights?|hours?|weekends?|mornings?|evenings?|part[- ]time"
    r"|full[- ]time|permanent|temp\w*|contract|remote|hybrid|miles|salary|notice|for an? \w+"
    r"|trade|business|customers?|clients?|machines?|tools?|kitchens?|cook|bake|sew|build|teach|drive|clean"
    r"|care|sell|repair|paint|code|design|write|translate|run|manage|supervise"
    r"|leader|supervisor|manager|assistant|\w{3,}(?:ing)|level \d|theatre|school|hospital|farm|garage|shop"
    r"|warehouse|office|site|hotel|restaurant)\b|(?-i:\b[A-Z]{2,}\b)"
)
_MINDS_NOT = re.compile(
    r"\bnot (?:before|after|until) |\bno (?=\d|nights?\b|weekends?\b|sundays?\b|saturdays?\b|agenc|shifts?\b"
    r"|travel|car\b)|^(?:i (?:do not"
    r"|don'?t) (?:mind|want)|(?:i'm|i am|im) not (?:afraid|scared|bothered|fussed|fussy|picky))\b",
    re.IGNORECASE,
)


_THING = re.compile(r"\b(?:the|an?|my|your) (?P<name>[\w-]+(?: [\w-]+)?)\W*$", re.IGNORECASE)
"""What stands last before "mine is": the thing of which theirs is one."""


def _clauses(text: str, *, whole: bool) -> Iterator[tuple[int, str, str]]:
    """Yield the clauses that may tell something of the writer: place, words, and what stands before in the sentence."""
    place, ordered = 0, whole or _BACK.search(text) is not None
    for part in sentences(text):
        begin = text.find(part, place)
        begin = begin if begin >= 0 else place
        place = begin + len(part)
        here = whole or ORDER.search(part) is not None
        ordered = ordered or here
        start = cut_at = 0
        begun = False
        for cut in [*_CUT.finditer(part), None]:
            stop = cut.start() if cut is not None else len(part)
            clause = part[start:stop].strip(" ,.;:!?()\"'")
            # Why something was is told of the past, where the sentence holds no order.
            past = not here or _NO.search(part[:start])
            reason = _BECAUSE.search(part[:start]) if past else None
            if (
                clause
                and (begun or (not start and _STILL.match(clause)))
                and not re.match(_SELF, clause, re.IGNORECASE)
            ):
                clause = as_own(clause) or clause
            begun = begun or re.match(_SELF, clause, re.IGNORECASE) is not None
            if clause and reason is None and (ordered or _HELD.search(clause)):
                yield begin + start, clause, part[:cut_at]
            cut_at = stop
            start = cut.end() if cut is not None else stop
