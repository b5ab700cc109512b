"""The sentence guard: where a sentence comes from, and whether it may be shown. Pure.

In the guided mode every sentence is vetted text or a checked echo. What a model wrote in its
own words, where a model has earned that, is judged by the wording rules below and then by a
classifier that also sees the message. Vetted text skips both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.reply.classifier import Classifier
from coach.reply.echo import is_true_echo
from coach.safety.output import unsafe_output
from coach.text import words
from coach.types import Fault, Origin, Vector


@dataclass(frozen=True, kw_only=True)
class GuardVerdict:
    """A verdict on one sentence; it may be shown when ``fault`` is None."""

    origin: Origin
    fault: Fault | None = None

    @property
    def passes(self) -> bool:
        """Whether the sentence may be shown."""
        return self.fault is None


@dataclass(frozen=True, kw_only=True)
class Judge:
    """The classifier and the vectors it needs, to judge one sentence.

    Args:
        classifier: The trained classifier.
        sentence: The sentence's unit vector, shape (dimensions,).
        message: The message's unit vector; None where no message is known.
        pair: Share of each label for the sentence under its message, read together; None where nothing reads pairs.
    """

    classifier: Classifier
    sentence: Vector
    message: Vector | None
    pair: Mapping[str, float] | None = None


_YOU_ARE = r"\byou(?:'re| are| were|'ll be| will be| seem| come across as| sound| look| lack| lacked)\b"
_SOFTLY = r"(?: (?:just|simply|probably|perhaps|maybe|clearly|rather|a bit|too|not|still|really)){0,3}"
_RULES: tuple[tuple[Fault, str], ...] = (
    (
        Fault.PERSONALIZING,
        rf"{_YOU_ARE}{_SOFTLY} (?:\w+ )?(?:old|young|weak|slow|shy|aggressive|arrogant|cold|odd|lazy|stupid|useless"
        r"|inexperienced|overqualified|underqualified|unprepared|nervous|emotional|sensitive|good enough|cut out|suited"
        r"|leadership|qualified|skilled|confident|material|confidence|skills?|experience|charisma|ability|talent)\b"
        rf"|{_YOU_ARE} not (?:\w+ )?(?:ready|quiet|enough)\b"
        r"|\b(?:people|someone|a person|a man|a woman) (?:like|in) you(?:r position)?\b|\bthe problem is you\b"
        r"|\b(?:suit|suits|fit|kinder to|realistic for|easier for) you (?:better|right now|more)\b"
        r"|\bsuits? your (?:level|age)\b"
        r"|\byour (?:real|actual|own|true) (?:level|limits|self)\b|\bat your (?:level|age)\b|\bnatural (?:home"
        r"|setting|authority|warmth)\b"
        r"|\byour (?:personality|character|attitude|accent|weakness)\b|\bbecause of (?:you|your)\b|\bnot your thing\b"
        r"|\b(?:quiet|shy|talkative|sensitive|anxious|older|emotional) people\b|\bexpect a little less\b|\baim lower\b"
        r"|\bwhy you(?:'re| are| were)? (?:not )?(?:rejected|chosen|hired|selected)\b|\bnot a good fit\b",
    ),
    (
        Fault.BLAME,
        r"\byou (?:should(?:n't)?|could|ought to|needed to) (?:not )?have (?!to\b|one\b|a\b)\w+(?:ed|en|n|t|ne|ought"
        r"|ade)\b"
        r"|\bif you had (?:only |just )?(?:only|just|prepared|practi[sc]ed|tried|checked|read|asked|listened|done)\b"
        r"|\byou (?:only )?have (?:only )?yourself to blame\b"
        r"|\byou failed (?:to|at|because)\b|(?<!not make it )(?<!n't make it )(?<!not )"
        r"\byour (?:own )?(?:fault|failure)\b|\byou ruined\b|\bon yourself\b"
        r"|(?<!mean )\byou (?:made|did) (?:a|the|something) (?:mistake|wrong|error)\b|\bwhere you went wrong\b"
        r"|\bnext time,? don'?t\b|\byou didn'?t (?:prepare|try|practi[sc]e|show|do enough)\b|\byou chose not to\b"
        r"|\b(?:was|were) (?:\w+ )?(?:avoidable|careless|foolish)\b|\bno excuse\b"
        r"|\b(?:cost|lost) you the (?:role|job|offer|post)\b"
        r"|\byou (?:haven't|have not|hadn't|had not|weren't|were not)(?: been)? (?:prepar|putting|trying|tried"
        r"|put)\w*\b",
    ),
    (
        Fault.EMPLOYER_BLAME,
        r"\bthey (?:were|are|felt) (?:biased|intimidated|jealous|threatened|unfair|wrong|blind|idiots?|fools?)\b"
        r"|\btheir loss\b(?! of)|\b(?:rigged|liars?|lied|lying(?! (?:down|in bed|there|awake)\b)|a grudge|spiteful"
        r"|disposable|goalposts|closed shop|strung you along)\b"
        r"|\b(?:was|is|were) (?:so |very |really )?(?:unfair|unprofessional|fixed)\b|\bunprofessional of them\b"
        r"|\bdodged a bullet\b"
        r"|\bthey (?:don'?t|didn'?t) (?:deserve|appreciate|recogni[sz]e|value)\b|\bnever meant to\b"
        r"|\bpolite way of saying\b"
        r"|\b(?:afraid|scared) of (?:talent|being|you)\b|\ba favourite all along\b|\bhad picked someone before\b"
        r"|\bwho you know\b"
        r"|\b(?:employers|banks|hospitals|firms|companies|depots|teams|they|people)(?: \w+){0,2} (?:don'?t|do not"
        r"|only) (?:want|trust)\b",
    ),
    (
        Fault.TOXIC_POSITIVITY,
        r"\bblessing\b|(?<!for )(?<!of )\bat least (?!one\b|two\b|a\b|\d)|\bstay positive\b|\bpositive frame\b"
        r"|\beverything happens\b"
        r"|\bbright side\b|\bsilver lining\b|\bcheer up\b|\bmeant to be\b|\bone door closes\b|\bthe universe\b"
        r"|\bwinners\b|\bsuperhero"
        r"|\bopportunity (?:for growth|to grow)\b|\bdon'?t (?:worry|be sad|be upset|let this|give up)\b"
        r"|\bno need to be (?:sad|upset|angry)\b"
        r"|\b(?:keep|hold) your (?:head|chin) (?:up|high)\b|\byou'?ve got this\b|\bit(?:'s| is) (?:only|just) (?:one"
        r"|a) (?:job|role)\b"
        r"|\bfunny side\b|\bshake it off\b|\bbe grateful\b|\bwork out in the end\b|\ball that matters\b"
        r"|\bwill look like a gift\b|!",
    ),
    (
        Fault.SYCOPHANCY,
        r"\byou'?(?:re| are) (?:absolutely |completely |so )?right\b|\bright call\b|\bsend it (?:now|today|anyway)\b"
        r"|^send it\b"
        r"|\byou(?:'re| are) (?:amazing|brilliant|incredible|perfect|the best)\b|\bsounds (?:excellent|perfect"
        r"|brilliant)\b"
        r"|\bknow more than everybody\b|\bthey(?:'re| are) idiots\b",
    ),
    (
        Fault.INVENTED,
        r"\byou(?:'ll| will) (?:get|find|land|be hired|succeed|be in work)\b|\bthey(?:'ll| will) (?:\w+ )?(?:reply"
        r"|call|hire|answer|take|let|send"
        r"|have|keep|offer|give)\b|\bthere will be (?:another|a)\b|\bguarantee|\bi promise\b|\bwithin a (?:week"
        r"|month) they\b"
        r"|\b(?:is|was) the reason\b(?! (?:they|he|she|in|you) )"
        r"|\bthe reason (?:is|was) (?!still|uncomfortable|unknown)"
        r"|\bmost likely\b"
        r"|\bon average\b|\baverage person\b"
        r"|\bthey (?:rejected|chose|turned) (?:\w+ ){0,4}because\b|\bthey (?:probably|must have|surely)\b"
        r"|\b\d+ ?(?:%|percent|per cent)"
        r"|\bper cent\b|\bstudies show\b|\b(?:always|nearly always|usually) (?:ranked|called|keep|kept|does|promote"
        r"|take)\b|\bexpect an answer\b",
    ),
    (
        Fault.UNSAFE,
        r"\b(?:depression|adhd|ptsd|(?<!on being )autis\w+|bipolar|panic disorder|traumati[sz]ed|burnout"
        r"|medication|diagnos\w+|a disorder)\b"
        r"|\bunlawful\b|\billegal\b|\b(?:equality|employment) law\b|\blibel\b|\bsue\b|\bdata breach\b"
        r"|\bcompensation\b|\bdiscrimination\b"
        r"|\bconfidential\b|\bi(?:'ll| will| can) (?:call|contact|email|tell)\b|\bkill\b"
        r"|\bbridge\b(?! (?:engineer|design|inspect|operator|officer|project|crew|club|loan)\w*)|\bpills\b",
    ),
    (
        Fault.LEAK,
        r"\bwe (?:regret|have decided|are unable|received|reviewed|appreciate|thank)\b|\bour (?:team|company"
        r"|position|hiring)\b"
        r"|\bdear (?:candidate|applicant)\b|\bi (?:applied|was rejected|interviewed|got rejected)\b"
        r"|\bmy own (?:first )?rejection\b"
        r"|\bas an ai\b|\blanguage model\b|\bmy (?:instructions|guidelines)\b|\bthe user\b|^(?:assistant|user"
        r"|system):|\bnotes?:|\bsystem prompt\b"
        r"|\ba human coach\b|\byears in recruitment\b|\bi understand how you feel\b|\bsorry to hear\b"
        r"|\bimportant to remember\b|\bit'?s okay to\b",
    ),
)
_COMPILED = tuple((fault, re.compile(pattern, re.IGNORECASE)) for fault, pattern in _RULES)
_BROKEN = re.compile(r"[#*_`<>|\[\]{}\\]|https?:|www\.|[^\x00-ɏ -⁯€]")
_LONGEST_WORDS = 40
_OF_THE_PERSON = frozenset({Fault.PERSONALIZING, Fault.BLAME})
_AS_THEIRS = re.compile(
    r"^You (?:call|say|said|think|feel|felt|worry|wonder|fear|joke|wrote)\b[^,;.]*[,;]", re.IGNORECASE
)


# Neither an invention nor a diagnosis where it is the person's own word.
_OF_THEIR_OWN = re.compile(r"%| (?:percent|per cent)\b|\bautistic\b ?", re.IGNORECASE)


def vet_vetted(sentence: str, origin: Origin, said: frozenset[str]) -> GuardVerdict:
    """Judge a sentence of the bank or a card: its wording is vetted, so only repetition counts; a draft may repeat."""
    repeated = sentence in said and origin is not Origin.DRAFT
    return GuardVerdict(origin=origin, fault=Fault.REPEAT if repeated else None)


def vet_echo(sentence: str, message: str, said: frozenset[str]) -> GuardVerdict:
    """Judge a sentence that has to be an echo of the message."""
    if sentence in said:
        return GuardVerdict(origin=Origin.YOURS, fault=Fault.REPEAT)
    fault = wording_fault(_OF_THEIR_OWN.sub("", sentence))
    if fault is None and not is_true_echo(sentence, message):
        fault = Fault.MISFIT
    return GuardVerdict(origin=Origin.YOURS, fault=fault)


def vet_free(
    sentence: str, message: str, vetted: Sequence[str], said: frozenset[str], judge: Judge | None = None
) -> GuardVerdict:
    """Judge a sentence in the model's own words; without a ``judge`` by rules alone."""
    if sentence in said:
        return GuardVerdict(origin=Origin.FREE, fault=Fault.REPEAT)
    if sentence in vetted:
        return GuardVerdict(origin=Origin.PHRASE)
    if is_true_echo(sentence, message):
        return GuardVerdict(origin=Origin.YOURS, fault=wording_fault(sentence))
    return GuardVerdict(origin=Origin.FREE, fault=_free_fault(sentence, message, judge))


def _free_fault(sentence: str, message: str, judge: Judge | None) -> Fault | None:
    own = words(sentence)
    if len(own) > 5 and " ".join(own) in " ".join(words(message)):
        return Fault.LEAK
    fault = wording_fault(sentence)
    if fault is not None:
        return fault
    if unsafe_output(sentence):
        return Fault.UNSAFE
    if judge is None:
        return None
    return judge.classifier.fault(sentence, judge.sentence, message, judge.message, judge.pair)


def wording_fault(sentence: str) -> Fault | None:
    """Return what is wrong with a sentence's wording, whatever it is about."""
    plain = sentence.replace("’", "'")
    if (
        not sentence.rstrip("\"'”’)").endswith((".", "?"))
        or _BROKEN.search(plain)
        or len(words(plain)) > _LONGEST_WORDS
    ):
        return Fault.BROKEN
    # What the person is said to think or say is theirs: "You call it your own fault, and ..." does not blame.
    told = _AS_THEIRS.sub("", plain)
    for fault, rule in _COMPILED:
        if rule.search(told if fault in _OF_THE_PERSON else plain):
            return fault
    return None
