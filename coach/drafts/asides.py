"""Find what somebody tells of themselves beside an order, and the reader should know: what they can, hold and will do.

Only what stands in the sentence of the order or after it counts, and only such plain statements; what happened, what
they feel, and what is said to the coach stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.draft import DraftKind
from coach.drafts.news import as_statements
from coach.drafts.steering import PRIVATE, RUDE, private_spans
from coach.drafts.wording import sentence, spelled
from coach.text import sentences, words

WITH_ASIDES = frozenset(DraftKind) - {DraftKind.RESCHEDULE, DraftKind.HOT_WITHDRAWAL}
"""Kinds into which belongs what they can, hold and will do, where it is told beside the order."""
_SELF = r"(?:i|i'm|im|i've|ive|i'd|i'll|my|mine|we|we've)\b"
_SMALL = r"(?: (?:actually|also|now|still|already|just|only|do|even|always|both|all|certainly|since))*"
_CUT = re.compile(
    rf"[.;!?\n]+\s*|\s[-–—]+\s|[,:]?\s+(?:and|but|because|cos|coz|bc|since|as|so|plus|though|although)\s+(?=(?:also "
    rf"|actually |now |still |that )*{_SELF})|[,:(]\s*(?=(?:and |also |actually |now |but )*{_SELF})"
    r"|,?\s+(?=(?:put|include|get|work|add|mention) (?:that|this|it)\b|(?:that|this|it) (?:should|must|could"
    r"|can|needs|has"
    r"|ought)\b)|\s+(?:and|but|,)?\s*(?=(?:not|don'?t|dont|please|pls|ask|say|tell|thank|mention|add|make|keep"
    r"|could (?:he|she"
    r"|they)|can (?:he|she|they|you)) )|,?\s+(?:but|so|because|cos|which|who)\s+"
    r"|,?\s+and\s+(?=(?:whether|if|what|how|when|where)\b)",
    re.IGNORECASE,
)
_DATED = r"(?:on|in|at|by|from|until|till|this|next|early|late|mid|my|the|a|an|level|nights|days|weekends)\b"
_STATES = re.compile(
    r"(?:(?:and|but|also|plus|well|oh|ok|okay|now|btw|by the way|that|actually|(?:the )?(?:thing"
    r"|truth) is)[, ]+)*(?P<said>"
    r"i (?:just |really |did |so )*(?:liked|enjoyed|loved|learned|learnt|appreciated) (?=\w+ing\b|the |how "
    r"|what |your |a lot|every)"
    r"|what (?:has |have )?(?:\w+ )(?:with |to |for )?me (?:most |the most |above all )?(?:was|is)\b"
    r"|i'?m (?:an? |after |looking for |keen on )"
    r"|(?:i've|ive|i have) (?=(?:[a-z]+ ){1,3}(?:insurance|experience|qualifications?|tickets?|licen[cs]e"
    r"|clearance|training)\b)|"
    rf"(?:i|we){_SMALL} (?:can(?!'t|not)|could(?!n't)|know (?=(?-i:[A-Z][\w-])|how to|the|all|every|my way"
    rf"|both)|speak|own|live"
    r"|drive|commute|am able|would (?:also |still |even )?(?:move|go|relocate|travel|take|do|work|come|start|accept|be"
    r" (?:free|happy|able|available|up for))"
    rf"|(?:hold|have|have got)(?= (?:an?|my|the|own|full|clean|level|both|\d|two|three|four|five|(?-i:[A-Z])))"
    rf"|(?:start|finish|sit|take|qualify|graduate)(?= .*{_DATED})"
    r"|(?:will|shall) (?:have|be|finish|start|get|pass|complete|sit|take|move|qualify))\b"
    rf"|(?:i'm|i am|im|we're){_SMALL} (?:free|available|qualified|taking|doing|sitting|starting|finishing|studying"
    r"|training|learning|based|fluent|open|happy|willing|able|ready|flexible|insured|registered|certified|licen[cs]ed"
    r"|used|local|moving|around|back|due|booked|trained|just (?:down|up|round)|\d+ minutes)\b"
    rf"|(?:i've|i have|ive|we've){_SMALL} (?:kept|got|had|done|passed|finished|completed|moved|booked|started|renewed"
    r"|signed|bought|worked|run|taught|learned|learnt|been (?:trained|working|doing|learning|practising)|exchanged"
    r"|taken|joined|built|my|an?|the|own|full|both|two|three|\d+)\b"
    r"|i'll (?:bring|return|have|be|finish|start|get|pass|complete|sit|take|move|qualify)\b"
    r"|i'd (?:also |still |even )?(?:move|go|relocate|travel|take|do|work|come|start|accept|be (?:free|happy|able"
    r"|available|up for))\b"
    r"|(?:my|mine)\b(?=[^.;!?\n]{0,40}(?: is| are| was|'s| will| has| runs| expires| comes| starts| ends) )"
    r")(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_NO_USE = re.compile(
    r"\b(?:interviews?|reject\w*|refus\w+|feeling|doubts?|idea|headache|cold|zoom|call|meeting|appointment|message|draft"
    r"|e-?mail|nothing|problem|mum|mom|dad|mother|father|wife|husband|partner|boyfriend|girlfriend|parents|son"
    r"|daughter|child(?:ren)?|baby|name|address|number|boss|time to|no|not|never|chance|turned|told|said|heard|it back"
    r"|friend|landlord|doctor|think|feel|guess|believe|worried|over it|bad|my english|head|heart|luck|life|mood"
    r"|mind|fault|family|house|flat|split|breakdown|relationship|marriage|sleep|pills|weight|confidence|barely"
    r"|hardly|cry|eat|breathe|stand|cope|afford|face|bear|drink\w*|drunk|god|church|alone|on my own|lodger"
    r"|bills?|visa|pay|body|back pain|age|old"
    r"|questions?|answer|point|plan|worry|fear|hope|dream|guess)\b"
    r"|\b(?:got|have|has|done|passed|finished) (?:it|that|them|one)\b|\bhow (?:to|do|can|should)\b|\b(?:it|this"
    r"|that)\s*$|\bthat (?:bad|much)\b|n't\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:write|draft|ask|say|tell|script|voicemail|text|e-?mail|message|mail|note|mention|reply|answer|letter"
    r"|word it|know (?:if"
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
    r"\b(?:DBS|licen[cs]es?|certificates?|tickets?|CPC|CSCS|SIA|NVQ|degree|diploma|clearance|cards?|insurance|qualif\w+|passed|levels?|band|own"
    r"|tools?|car|van|bike|transport|kit|experience|years?|references?|portfolio|samples?|skills?|training|course|papers?|articles?|thesis|permit|boots"
    r"|notice|rate|exam|test|resit|results?|shifts?|hours|contract|availability|thing|field|trade|speciality)\b|(?-i:\b[A-Z]{2,})",
    re.IGNORECASE,
)
"""What somebody has that a reader may want to know of; of other things it is not for them."""
_IS_A = re.compile(r"i'?m an? ", re.IGNORECASE)
_TRADE = re.compile(
    r"^(?!.*\b(?:widower|parent|drinker|smoker|offender|prisoner|loner|learner|survivor|sufferer|loser|migrant|immigrant|foreigner|tenant"
    r"|debtor|gambler|pensioner|member|believer|beginner|claimant|stranger|burden|number"
    r"|over)\b).*\b(?:\w{3,}(?:er|or|ist|ian|ant|ent)|nurse|clerk|chef|cook|band \d|level \d|grade \d)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(?:because|cos|coz|bc|since|as|though|although)\s+$", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|reject\w*|turned|refused?|declined|didn'?t (?:get|want|take))\b", re.IGNORECASE)
_FEWEST, _MOST = 3, 24


def read_asides(text: str, keeps: frozenset[str], *, whole: bool = False) -> list[str]:
    """Return what a message tells of its writer beside an order, as sentences to the reader.

    Args:
        text: The message.
        keeps: Words for others than the reader, see ``addressed``.
        whole: Whether all of the message is read, though no order comes before.
    """
    private = private_spans(text)
    found: list[str] = []
    for start, clause, before in _clauses(text, whole=whole):
        match = _STATES.fullmatch(clause)
        if match is None or any(begin <= start < end for begin, end in private):
            continue
        said = match["said"] + match["rest"]
        said = _LOST.split(said)[0]
        if _OF_NO_USE.search(said):
            said = said.partition(",")[0]
        if PRIVATE.search(said) or RUDE.search(said) or _OF_NO_USE.search(said):
            continue
        if (_IS_A.match(said) and not _TRADE.search(said)) or (_HAS.match(said) and not _USEFUL.search(said)):
            continue
        if not _FEWEST <= len(words(said)) <= _MOST:
            continue
        if said.lower().startswith("mine "):
            thing = _THING.search(before)
            if thing is None:
                continue
            said = f"my {thing['name']}{said[4:]}"
        found += as_statements(said, keeps)
    return found


_THING = re.compile(r"\b(?:the|an?|my|your) (?P<name>[\w-]+(?: [\w-]+)?)\W*$", re.IGNORECASE)
"""What stands last before "mine is": the thing of which theirs is one."""


_TERMS = re.compile(
    r"\d|\b(?:jobs?|work|roles?|shifts?|days?|nights?|hours?|weekends?|mornings?|evenings?|afternoons?|remote"
    r"|part[- ]time|full[- ]time|temp|perm"
    r"|permanent|contract|under|miles|anything|outside|inside|only|from)\b",
    re.IGNORECASE,
)
_NO_TERMS = re.compile(
    r"\b(?:i|i'm|i've|i'd|me|he|she|they|shes|hes|theyre|we|you|it|this|that|is|are|was|were|had|has|have|did|said|got|went|can|could|would|want"
    r"|please|short|formal|e-?mail|mail|text|message|linkedin|whatsapp|note|letter|lines?|sentences?|words?|characters|draft"
    r"|reject\w*|interview\w*|rounds?|ago|yesterday|today|last|later|nothing (?:more|else|fancy|heavy|big)"
    r"|no (?:reason|reply|name)s?"
    r"|thanks?|sorry|help|came|standard|get|lost|looking|didn'?t|dont|wasn'?t|ask|say|tell|write|mention|add"
    r"|make|keep|put|thank|send|don'?t|not a word)\b",
    re.IGNORECASE,
)
_MOST_TERMS = 10
_LOOKING = re.compile(
    r"(?:now |just |and |still )*looking for (?P<what>(?!a way\b|help\b|someone\b|the word)[^.;!?\n]+)", re.IGNORECASE
)


def read_terms(text: str) -> list[str]:
    """Return the terms on which somebody would work where they only list them: "Nothing under 38k.", "From Monday."."""
    found: list[str] = []
    ordered = False
    for part in sentences(text):
        told = part.strip(" .!?,")
        looking = _LOOKING.match(told)
        if looking is not None and len(words(told)) <= _MOST and not (PRIVATE.search(told) or RUDE.search(told)):
            found.append(sentence(f"I am looking for {spelled(looking['what'])}"))
            continue
        plain = ordered and 1 < len(words(told)) <= _MOST_TERMS and not part.rstrip().endswith("?")
        if plain and _TERMS.search(told) and not (_NO_TERMS.search(told) or PRIVATE.search(told) or RUDE.search(told)):
            told = spelled(told)
            found.append(sentence(f"I could start {told[0].lower()}{told[1:]}" if told.startswith("From ") else told))
        ordered = ordered or _ORDER.search(part) is not None
    return found


_WISH = re.compile(
    r"(?:^|[.!?;,\n]\s*|\b(?:and|but|so|that) )(?P<said>(?:i(?:'d| would)? (?:also |still |really "
    r"|just )*(?:like|love|want|wish) to"
    r"|i'?m (?:still )?(?:happy|glad|willing|keen|ready) to|(?:still |also )?(?:happy|glad|willing|keen) to)"
    r" (?=(?:come|volunteer|work|help|join|visit|shadow|train|cover|return|bring|give|hear about|start|do|try"
    r"|take part|keep in touch"
    r"|stay in touch|stay connected|meet|see you|see them|see the)\b)[^.;!?\n]{3,110}?)"
    r"(?=\s*(?:[.;!?\n]|$|,? (?:and|but) (?:ask|say|tell|thank|do|does|can|could|is|are|what|how|if|whether|i"
    r"|please)\b|, (?:so|because|cos)\b))",
    re.IGNORECASE,
)
_TO_THEM = re.compile(
    r"\b(?:him|her|them|he|she|they|you)\b|\b(?:come|volunteer|work|help|join|visit|shadow|train|cover"
    r"|hear about|start|try|return)\b",
    re.IGNORECASE,
)
_NOT_FOR_THEM = re.compile(
    r"\b(?:draft|message|e-?mail|letter|script|note|text|interview again|scream|cry|forget|home|bed|word it"
    r"|this right|plan|job search)\b",
    re.IGNORECASE,
)


_NO_SELF = re.compile(r"(?:still |also )?(?:happy|glad|willing|keen)\b", re.IGNORECASE)


def read_wishes(text: str) -> list[str]:
    """Return what somebody would like to do with the reader or for them, as "I'd like to volunteer"."""
    private = private_spans(text)
    found: list[str] = []
    for match in _WISH.finditer(text):
        said = match["said"]
        hidden = any(begin <= match.start("said") < end for begin, end in private)
        if (
            hidden
            or PRIVATE.search(said)
            or RUDE.search(said)
            or _NOT_FOR_THEM.search(said)
            or not _TO_THEM.search(said)
        ):
            continue
        said = re.sub(
            r"^i (?:also |still |really |just )*(?:want|wish|like|love) to",
            "I would like to",
            said,
            flags=re.IGNORECASE,
        )
        if _NO_SELF.match(said):
            said = f"I am {said[0].lower()}{said[1:]}"
        found += as_statements(said, frozenset())
    return found


def _clauses(text: str, *, whole: bool) -> Iterator[tuple[int, str, str]]:
    """Yield the clauses that may tell something of the writer: place, words, and what stands before in the sentence."""
    place, ordered = 0, whole or _BACK.search(text) is not None
    for part in sentences(text):
        begin = text.find(part, place)
        begin = begin if begin >= 0 else place
        place = begin + len(part)
        here = whole or _ORDER.search(part) is not None
        ordered = ordered or here
        start = cut_at = 0
        for cut in [*_CUT.finditer(part), None]:
            stop = cut.start() if cut is not None else len(part)
            clause = part[start:stop].strip(" ,.;:!?()\"'")
            # Why something was is told of the past, where the sentence holds no order.
            past = not here or _NO.search(part[:start])
            reason = _BECAUSE.search(part[:start]) if past else None
            if clause and reason is None and (ordered or _HELD.search(clause)):
                yield begin + start, clause, part[:cut_at]
            cut_at = stop
            start = cut.end() if cut is not None else stop
