"""The news that a message brings, in few words: a no, silence, an offer taken back, how many there were.

For messages none of whose clauses can be said back. Only what the person's own sentences state is
told; what others may have said, hopes and questions are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.reply.clauses import own_sentences
from coach.reply.pronouns import GENERIC, PERSON, expanded, is_mark

_PERSON = re.escape(PERSON)
_NOT_TOLD = re.compile(
    rf"\b(?:might|could|would|will|going to|maybe|perhaps|hope|hoping|afraid|wonder|think|thinking|expect"
    rf"|probably|know|knew|"
    rf"wish|waiting|tell me|say yes|imagine|scared|sure|pretty|because|friend|brother|sister|mate|wife"
    rf"|husband|son|daughter"
    rf"|flatmate|cousin|colleague|unless|until|when they|every time|each time)\b|{re.escape(GENERIC)}"
)
_NO = re.compile(
    rf"\b(?:(?:they|she|he|client|company|manager|panel|boss|bank|board|council|school|hospital|firm|hotel"
    rf"|office) (?:have |has |had |just |"
    rf"then |also |now )?(?:(?:said|say|says) no(?![-\w])(?! (?:no|problem|worries|way|need|thanks|thank|more"
    rf"|one|to (?:your|my|her|his)))|rejected you\b|reject you\b|turned you down|passed on you\b|(?:did"
    rf"|do) not (?:take|pick|choose|select|"
    rf"hire|want) you|chose someone else|picked someone else|went with (?:someone|somebody) else)"
    rf"|{_PERSON} (?:was |were |am |are |got |have been |just got )*(?:rejected|turned down|not selected"
    rf"|knocked back|passed over"
    rf"|unsuccessful)(?! (?:them|him|her|it|the|their|an?)\b)"
    rf"|(?:say|says|said) (?:{_PERSON} (?:are|were|am) )?not (?:selected|successful|this time)"
    rf"|{_PERSON} (?:did not|not) (?:get it|get in|pass)|^(?:just )?(?:got )?(?:rejected|turned down"
    rf"|knocked back|not selected)(?! the\b)"
    rf"|(?:it is|it was|its|now|then|and|still) (?:just )?a no(?![-\w])|(?:the|a) no (?:landed|came|arrived)"
    rf"|got (?:a|the|another) no(?![-\w])"
    rf"|your (?:last|latest) (?:no|rejection)\b)"
)
_NOT_SO = re.compile(
    r"\b(?:not|never|nobody|without)(?: \w+){0,2} (?:said no|rejected|turned down|a no|unsuccessful)\b"
)
_SILENCE = re.compile(
    r"\b(?:radio silence|heard nothing|hear nothing|no (?:reply|answer|response)\b(?! address)|(?:they|he|she"
    r"|company|recruiter|manager) (?:have|has|did) not (?:replied|answered|reply|answer)"
    r"|never (?:replied|answered|called back|wrote back|got back)|(?:gone|went) quiet)\b"
)
_WITHDRAWN = re.compile(
    r"\b(?:offer (?:was |is |has been |got |then )?(?:withdrawn|pulled|rescinded|revoked|cancelled)"
    r"|(?:pulled|withdrew|rescinded|revoked|cancelled) (?:the|your|their) offer)\b"
)
_HELD = re.compile(
    r"\b(?P<what>job|post|role|position|hiring|vacancy) (?:was |is |has been |got )?(?P<state>frozen|paused"
    r"|on hold|cancelled)\b"
)
_WHEN = re.compile(r"\b(?:today|yesterday|this (?:morning|afternoon|evening)|last (?:night|week)|tonight)\b")
_COUNTED = re.compile(
    r"(?P<number>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty) "
    r"(?:more )?(?P<what>rejections|rejection letters|noes|no's|applications|interviews|rounds)\b(?! (?:in"
    r"|ahead|left|to go|coming|next))"
)
_PER_TIME = re.compile(r"\b(?:a|per|each|every) (?:day|week|month)\b|\b(?:next|coming|want|do|send)\b")


def news_echoes(message: str) -> Iterator[str]:
    """Yield what a message tells, the most telling sentence first."""
    told = [
        " ".join(word for word in expanded(source) if not is_mark(word))
        for source, after_other in own_sentences(message)
        if not after_other
    ]
    told = [text for text in told if not _NOT_TOLD.search(text)]
    if any(_WITHDRAWN.search(text) for text in told):
        yield "The offer was withdrawn."
    for text in told:
        counted = _COUNTED.search(text)
        if counted is not None and not _PER_TIME.search(text) and "they" not in text[: counted.start()].split()[-2:]:
            did = "sent" if counted["what"] == "applications" else "had"
            yield f"You {did} {counted['number']} {counted['what']}."
    for text in told:
        if _NO.search(text) and not _NOT_SO.search(text):
            yield f"You got a no{_said_when(text)}."
    if any(_SILENCE.search(text) for text in told):
        yield "You have had no answer."
    for text in told:
        if (held := _HELD.search(text)) is not None:
            yield f"The {held['what']} {'is' if held['state'] == 'on hold' else 'was'} {held['state']}."


def _said_when(text: str) -> str:
    """Return when the no came, where the words for it stand next to it."""
    no = _NO.search(text)
    if no is None:
        return ""
    for when in _WHEN.finditer(text):
        between = text[no.end() : when.start()] if when.start() >= no.end() else text[when.end() : no.start()]
        if len(between.split()) <= 1 and "and" not in between.split():
            return f" {when[0]}"
    return ""


_ASKS_MEANING = re.compile(
    r"\b(?:decode|translate|mean(?:s|ing)?|understand|is this (?:a )?(?:no|yes|bad|good|polite)|what does)\b",
    re.IGNORECASE,
)
_LONG_QUOTE = re.compile(r"(?<!\w)[\"“'‘](?=[A-Z])[^\"“”]{80,}[\"”'’]|\bdear [A-Z]", re.IGNORECASE)


def pasted_echo(message: str) -> str | None:
    """Return what a person with a pasted message asks, or None where nothing long is pasted, or nothing asked."""
    if not _LONG_QUOTE.search(message):
        return None
    return "You are asking what their message means." if _ASKS_MEANING.search(message) else None
