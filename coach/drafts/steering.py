"""What a person wants kept out of a draft, and what is private."""

from __future__ import annotations

import re

from coach.text import sentences, words

LONGEST = 28
"""Words that a sentence of theirs may have in a draft."""

STOP = (
    r"(?=\s*(?:[.;!?\n]|$|, (?:after|because|as|since|cos|so)\b|,? (?:and|but|then) (?:(?:ask|say|tell|thank|mention"
    r"|add|make|keep|take)s?|also ask|that's|thats|nothing|not|"
    r"don't|dont|pls|please|sign)\b|,? (?:please|pls|plz)\b|, (?:but|that's|thats)\b|,? but (?:idk|i\b|not)|, "
    r"(?:i|he|she|they|we)\b|, (?:give|write|make|draft|do|send) (?:me|us|it|an?)\b"
    r"| without (?:saying|mentioning|sounding|pushing|begging|being|looking|crying"
    r"|seeming|making)\b| - | – ))"
)


_CLAUSE_END = (
    r"(?=\s*(?:[.;!?\n,]|$| and (?:add|say|make|mention|put|also|instead|then|tell|ask|write|change|keep)\b| but ))"
)


_LEAVE = re.compile(
    r"\b(?:don'?t|do not|dont|not to|never|without|no need to|shouldn'?t|must not|mustn'?t)\s+(?:say(?:ing)?"
    r"|mention(?:ing)?|write|tell (?:her|him|them)|bring(?:ing)? up|include|including|put|quote|quoting|give"
    r"|giving|state"
    r"|talk about|name)\s*(?:in |that |about |the word )*\s*(?P<words>[^.;!?\n]*?)(?=\s*(?:[.;!?\n]|$|,| but "
    r"| and | say\b|please|pls))"
    r"|\b(?:leave|keep|take|drop|cut|remove|lose|delete|skip|scrap|bin|strike"
    r"|ditch)\s+(?:out\s+)?(?P<words2>(?:the |my |that |any |her "
    r"|his |their |about )?[^.;!?\n,]*?)\s+(?:out(?: of (?:it|this|there))?|to yourself|away)\b"
    r"|\b(?:leave out|take out|drop|cut out|cut|remove|lose|delete|skip|scrap|bin|strike"
    r"|ditch)\s+(?P<words3>(?:the|my|that|any|about"
    r"|what|'|\"|“|anything)[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\b(?:take out|leave out|cut out|remove|delete) (?P<words11>[a-z][^.;!?\n,]{2,40}?)"
    + _CLAUSE_END
    + r"|\b(?:without|minus|less) (?:the |that |any )?(?:bit|part|line|sentence|thing|stuff|paragraph) (?:about|on|of"
    r"|with|where) "
    r"(?P<words5>[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\b(?:i )?(?:don'?t|do not|dont) (?:want|need) (?P<words6>[^.;!?\n,]*?) (?:in (?:there|it|this|the \w+)"
    r"|mentioned)\b"
    r"|\b(?:don'?t|do not|dont) repeat (?P<words7>[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\bi (?:did not|didn'?t|never) (?:say|said|tell you|told you|mention(?:ed)?|write|wrote) (?:that )?(?:i was "
    r"|i'?m |i am )?"
    r"(?P<words8>[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|(?:^|[.;!?\n]\s*|, ?|\band )(?P<words9>the [^.;!?\n,]{3,40}?) (?:can|must|should|has to|needs to) (?:go"
    r"|come out|be taken out)\b"
    r"|(?:^|[.!?\n,]\s*|\bin fact |\bactually )not because of (?P<words13>[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\b(?:undo|reverse|revert) (?:that |the )?(?:last )?(?:bit|part|line|thing|change|sentence"
    r"|stuff) (?:about|with|on|of) (?P<words12>[^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\bnever ?mind (?:about )?(?P<words10>(?:the|that|my) [^.;!?\n,]*?)"
    + _CLAUSE_END
    + r"|\b(?:nothing"
    r"|no mention|not a word|nothing at all|no word)\s+(?:about|of|on)\s+(?P<words4>[^.;!?\n,]*?)" + _CLAUSE_END,
    re.IGNORECASE,
)


PRIVATE = re.compile(
    r"\b(?:don'?t|do not|dont)\s+(?:say|mention|tell|want (?:him|her|them) (?:to know|knowing)|bring)"
    r"|\bconfidential|\bkeep (?:that|this|it) "
    r"(?:to yourself|between|out|quiet|private)|\bsecret(?:s|ly)?\b"
    r"|\b(?:doesn'?t|don'?t|dont|doesnt|does not|do not) know\b"
    r"|\bbetween us\b|\bprivately\b"
    r"|\b(?:cried|crying|cry|in tears|sob|sick|ill\b(?! (?:be|have|do|go|come|start|take|bring|get|send|call"
    r"|ring|let|make|see|try|miss|never|always|also|not"
    r"|still|need|finish|wait|keep|give|move|stay)\b)|illness|injur\w+|stress(?:ed)?\b|burn(?:ed|t) out"
    r"|bad (?:back|knees?|hips?|heart|chest|leg|shoulder)"
    r"|nerves|nervous|anxi\w+|depress\w*|panic|therap\w+"
    r"|hiv|chemo\w*|epilep\w*|burnout|probation|convict\w*|criminal|arrest\w*|bail|rehab|autism|dialysis|miscarr\w*"
    r"|antidepress\w*|breakdown|drunk|alcoholi\w+|hung ?over|gambl\w+|food ?bank|universal credit|overdraft"
    r"|arrears|bailiffs?|custody|ivf"
    r"|suicid\w*|psychiatr\w*|sectioned|evict\w*"
    r"|pregnan\w*|cancer|(?<!gp )(?<!vet )(?<!vets )(?<!vet's )(?<!dental )(?<!doctors )surgery"
    r"|funeral|died|death|divorc\w+|benefits?\b|debt|rent\b|skint|broke\b|money|mortgage|lonely|asham\w+"
    r"|embarrass\w+|humiliat\w+|gutted"
    r"|heartbroken|devastat\w+|furious|angry|bitter|hate\b|idiots?|clown|liar|coward|stupid|useless|rubbish"
    r"|shit\w*|fuck\w*|damn|bloody|crap"
    r"|hurt\b|sad\b|upset|desperate|begging|grovel\w*|autis\w+|adhd|disab\w+|kids?\b|children got|divorce"
    r"|not relevant|badmouth\w*|biased"
    r"|still employed|my boss|haven'?t slept|(?<!not )scared|(?<!not )afraid|terrified|wrist|prison"
    r"|bankrupt\w*|tribunal|grievance|suspended|weed|(?<=\bi )smoke|signed off|stopped eating|eating disorder"
    r"|(?:first|second|third|final|written|verbal) warning|warning at work"
    r"|inflated|(?:visa|court|tribunal) hearing|in court|in hospital|into hospital|through the pain|in pain"
    r"|gained weight|cash in hand|badly under pressure|by myself"
    r"|lying about|on a tag|food bank|sober|relapse\w*|addict\w*|detox|in recovery|medication|diagnos\w+"
    r"|frightened|petrified|livid|mortified|worthless|hopeless|knackered|tearful|weeping|wept|shaking|(?:a|such a"
    r"|total) failure"
    r"|(?:quite|so|very|really|bit|pretty|feel|feeling|felt|been) low\b(?! (?:paid|cost|key|level|pay))"
    r"|on (?:fumes|empty)"
    r"|(?:wits'?|my) (?:end|tether)|giving up|jealous|failing me|redundancy money"
    r"|living in (?:my|a) (?:car|van|tent)|sleeping (?:rough|in)|sofa[- ]surf\w*|day'?s pay|last (?:\w+ )?(?:quid"
    r"|pounds)"
    r"|let (?:him|her|them|everyone|everybody) down|midlife|worth nothing|nightmare"
    r"|disaster(?! (?:recovery|relief|response|management|planning))|hole about)\b",
    re.IGNORECASE,
)


def private_spans(text: str) -> list[tuple[int, int]]:
    """Return the places of sentences that are private; "don't say that" makes the sentence before it private too."""
    spans: list[tuple[int, int]] = []
    place = 0
    before: tuple[int, int] | None = None
    for part in sentences(text):
        start = text.index(part, place) if part in text[place:] else place
        span = (start, start + len(part))
        place = span[1]
        if PRIVATE.search(part):
            spans.append(span)
            if before is not None and _THAT_ONE.search(part):
                spans.append(before)
        before = span
    return spans


_THAT_ONE = re.compile(
    r"\b(?:that|this|it)\b(?: either| though| to yourself)?\s*[.!]?\s*$|\b(?:that|this)'?s (?:confidential"
    r"|private)|not relevant",
    re.IGNORECASE,
)


RUDE = re.compile(
    r"\b(?:idiots?|clowns?|liars?|cowards?|stupid|useless|rubbish|shit\w*|fuck\w*|damn|bloody|crap|pathetic"
    r"|shame on|hate|joke of|unfair|"
    r"should have|wasted|waste of|disgust\w+|unprofessional|amateurs?|discriminat\w+|biased?|rigged"
    r"|(?-i:sue)|lawyer)\b",
    re.IGNORECASE,
)


def without_leaving(text: str) -> str:
    """Return a message without the words that it wants kept out."""
    return _LEAVE.sub(" ", text)


_NAMES_NOTHING = re.compile(r"(?:bit|part|line|thing|stuff|sentence|one|last bit|last part)s?", re.IGNORECASE)


_RUNS_ON = re.compile(
    r"(?<=\w) (?<!that )(?<!what )(?<!how )(?<!why )(?<!when )(?<!where )(?<!who )(?<!which )"
    r"(?:she|he)(?:['’](?:d|ll|s))? "
    r"(?:(?:do|does|did|is|was|are|were|would|has|have)(?:n['’]?t| not)|would|will|might|may|never|hates?|knows?)\b.*$",
    re.IGNORECASE,
)
"""The reason that some write behind what is to be left out, without a comma: "dont mention dad he would hate it"."""


def words_left_out(text: str) -> list[str]:
    """Return the words that a message wants kept out of a draft."""
    found: list[str] = []
    for match in _LEAVE.finditer(text):
        told = next((group for group in match.groups() if group), "").strip(" ,.'\"“”")
        told = re.sub(
            r"^(?:that|it|this|about|the|my|her|his|their|any|anything about|word)\s*\b", "", told, flags=re.IGNORECASE
        ).strip(" '\"“”")
        told = _RUNS_ON.sub("", told)
        if told and len(words(told)) <= 8 and not _NAMES_NOTHING.fullmatch(told.strip(" )(")):
            found.append(told)
    return found
