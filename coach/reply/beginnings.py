"""Where a stretch of a sentence may begin so that, cut out, it is still a fact.

Nothing before it may make it what somebody said, thought, feared or wished. All words are turned and
expanded as ``pronouns`` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.reply.pronouns import PERSON, is_mark, word_set
from coach.reply.stated import ADVERBS, COORDINATING, FILLERS, JOINTS, LEADS, OPENERS, SUBJECTS
from coach.reply.telling import DANGLING

_THOUGHT = word_set("thought hoped hoping expected assumed felt")
_AFRAID = word_set("figured scared afraid worried terrified convinced certain")
_SAID = _AFRAID | word_set("goes said says wrote told felt feel feels")
# Anywhere before a stretch, these make it what somebody said or thought.
_SPEECH = _SAID | word_set(
    "maybe perhaps think thought guess suppose hope hoped hoping wish wonder wondering say saying tell tells "
    "writes claims claimed believe believed reckon reckoned assume assumed expected dreamed dreamt apparently "
    "seems seemed if whether pretended clearly obviously surely evidently presumably sure fear feared worry "
    "suspect suspected doubt bet thinks thinking assumes assuming guessing believes reckons "
    "expects insists insisted swears implied hinted suggested suggests joked promised promises claim claiming "
    "reportedly"
)
# Before a stretch in its clause, these make it a wish or its opposite.
_HEDGES = word_set(
    "might would should feels probably want wanted wants going gonna wanna because what how why whatever until"
)
_NEGATIONS = word_set("not never no nor nobody without almost nearly could")
"""These too, but not over "and they ...", which is a clause by itself."""
_NOT_RELEASED = word_set("that like as because think")
_INVERTED = word_set("is are was were do does did should can could would will shall am")
_TEXTS = word_set(
    "this it only grammar says reads saying back following write translate wrote "
    "feedback reply email verdict response answer"
)
_VOCATIVES = word_set("mate madam pal coach dude bruh love")
_PREPOSITIONS = word_set("on at in after for since last this during over from by")
_ADVERBIAL = 7
_COMPLEMENT = 20
_CLAUSAL = frozenset({PERSON}) | word_set(
    "they he she it that this there is are was were has have had will would can could should did do does not never how "
    "what why whether if like as"
)
_NOT_SET_OFF = (_CLAUSAL - {"this"}) | word_set(
    "head heads mind dream dreams theory paper principle first world words life universe opinion view "
    "hope hopes case account who which where when time way all what everything anything nothing"
)
_PLAIN_WORDS = {
    "said": word_set("no yes nothing sorry thanks thank hello goodbye |"),
    "wrote": word_set("to back again a the it down your her his their them him |"),
}
_PLAIN_AFTER_TOLD = word_set(
    "your their the them him her hr everyone everybody no not yesterday today tonight on at in by over about this last"
)


def open_starts(source: Sequence[str]) -> Iterator[int]:
    """Yield the places where a stretch may begin."""
    said: set[str] = set()
    hedged: set[str] = set()
    leading, before, begins = True, ",", 0
    for place, word in enumerate(source):
        if is_mark(before):
            hedged, leading = set(), True
            said -= {"forbidden"} if word == PERSON else set()
        if is_mark(before) or before in COORDINATING or (leading and before in FILLERS | OPENERS):
            begins = place
        may_begin = leading or before in JOINTS | FILLERS | OPENERS or _is_set_off(source, begins, place)
        frees = before in COORDINATING and word in SUBJECTS and not hedged & _NOT_RELEASED
        if may_begin and not said and not hedged & (_HEDGES if frees else _HEDGES | _NEGATIONS):
            yield place
        if word in COORDINATING:
            said -= {"closed", "thought"} if word == "but" else {"closed"}
        if word in _SPEECH or _quotes(source, place):
            said.add(_kind_of_speech(source, place))
        if leading and word in _INVERTED and set(source[place + 1 : place + 2]) & SUBJECTS:
            # "Do they" asks, question mark or not.
            hedged.add("would")
        if word == "that" and not set(source[place + 1 : place + 2]) & SUBJECTS:
            pass
        elif word in _HEDGES | _NEGATIONS | _NOT_RELEASED and not (leading and word == "no"):
            hedged.add(word)
        leading = leading and (word in LEADS or is_mark(word))
        before = word


def _is_set_off(source: Sequence[str], begins: int, place: int) -> bool:
    """Whether what comes before in the clause only says when or where: "on Monday | I have to ..."."""
    before = source[begins:place]
    if source[place] not in SUBJECTS or not before:
        return False
    if len(before) == 1:
        return before[0] in _VOCATIVES
    if source[place] in (PERSON, "they", "he", "she") and before[-1] in ADVERBS and before[-2] not in ("the", "every"):
        # "got the email this morning | i cried": nobody put a full stop there.
        return True
    if len(before) > _ADVERBIAL:
        return False
    if before[0] == "when" and len(before) > 2 and not set(before) & _HEDGES:
        return PERSON not in before and source[place] in (PERSON, "they", "he", "she")
    if before[-1] in ("moment", "second", "minute", "while"):
        return False
    when = before[0] in _PREPOSITIONS or before[-1] in ("ago", "later")
    return when and not set(before) & _NOT_SET_OFF and before[-1] not in DANGLING


def _quotes(source: Sequence[str], place: int) -> bool:
    """Whether what follows a mark is a text, or what somebody said: "write this: ...", "he was like, ..."."""
    word = source[place]
    if word == ":":
        return bool(set(source[max(place - 2, 0) : place]) & _TEXTS)
    opens = word == "went" or (word == "like" and source[place - 1] in ("was", "is", "were", "all", "just"))
    return opens and place + 1 < len(source) and is_mark(source[place + 1])


def _kind_of_speech(source: Sequence[str], place: int) -> str:
    """Return what may end that something was said or thought: a joint, "but", the person's next clause or nothing."""
    word = source[place]
    if word in _SAID and _is_closed(source, place):
        return "closed"
    if word in ("tell", "say") and list(source[max(place - 2, 0) : place]) == ["do", "not"]:
        return "forbidden"
    return "thought" if word in _THOUGHT else "open"


def _is_closed(source: Sequence[str], place: int) -> bool:
    """Whether what was said or felt is named in a word or two, so that no clause after "and" can belong to it."""
    word = source[place]
    complement: list[str] = []
    for following in source[place + 1 : place + 1 + _COMPLEMENT]:
        if following in COORDINATING:
            break
        complement.append(following)
    else:
        if place + 1 + _COMPLEMENT < len(source):
            return False
    plain = _PLAIN_WORDS.get("wrote" if word == "wrote" else "said")
    if set(complement) & _CLAUSAL or not (complement or word in _AFRAID):
        return False
    if word in ("said", "says", "wrote", "goes"):
        return plain is not None and complement[0] in plain
    if word == "told":
        whom = 1 if complement[0] == "you" else 0
        return "to" not in complement and set(complement[whom : whom + 1]) <= _PLAIN_AFTER_TOLD
    return True
