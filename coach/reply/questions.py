"""Reads what a message asks or mentions that the phrase bank has an answer to."""

from __future__ import annotations

import functools
import re

from coach.cues import Cue
from coach.text import shortened

_YOU = r"(?:you|u)"
_ARE_YOU = r"\b(?:are|r) (?:you|u)"
_RECRUITERS = r"(?:recruit\w+|agenc\w+|head-?hunters?)"
_WRITE = r"(?:writ\w+|email|ask|message|contact|send|reply|call)"

_ASKS: dict[Cue, tuple[str, ...]] = {
    Cue.WHY: (
        r"\bwhy (?:did|didn'?t|was|wasn'?t|won'?t|would|wouldn'?t) (?:they|he|she|i|it|nobody|no one|the)\b",
        r"\bwhy (?:they|he|she|me|not me)\b",
        r"\bwhat (?:did i do wrong|went wrong)\b",
        r"\breal reason\b",
    ),
    Cue.IS_IT_ME: (
        r"\b(?:is|was) it (?:just |really )?(?:me|my fault|something i (?:did|said))\b",
        r"\bam i the problem\b",
        r"\b(?:so|then|maybe|and) it'?s (?:just |really )?me\b",
        r"\bwhat(?:'?s| is) wrong with me\b",
    ),
    Cue.AGE: (
        r"\b(?:i'?m|i am) (?:4[5-9]|5\d|6\d)\b",
        r"\b(?:am i|i'?m|i am) (?:just |simply )?too old\b",
        r"\bmy age\b",
        r"\bage(?:ism|ist)\b",
        r"\b(?:over|past) (?:4[05]|5[05]|6[05])s?\b",
        r"\b(?:nobody|no one) (?:hires|wants)[^.?!]{0,20}\b(?:old|\d\d)\b",
    ),
    Cue.CHOSE_OTHER: (
        r"\b(?:other|another|different|stronger) (?:candidates?|applicants?)\b",
        r"\b(?:chosen|decided to appoint|offered the (?:role|position|post) to|proceed(?:ing)? with|gone"
        r" with) (?:another|someone)",
    ),
    Cue.NO_FURTHER: (
        r"\bnot (?:been )?(?:(?:be )?(?:progress|tak|mov|shortlist|invit|proceed|select)\w*|successful)\b",
        r"\b(?:unsuccessful|unable to (?:offer|progress|proceed|take)|will not be)\b",
    ),
    Cue.ASK_FEEDBACK: (
        r"\b(?:ask(?:ing)?|email(?:ing)?|request(?:ing)?|want|worth|get)\b[^.?!]{0,40}"
        r"\b(?:feedback|why|reasons?|what went wrong)\b",
        r"\bfeedback\b[^.?!]{0,40}\?",
    ),
    Cue.ANSWER_THE_NO: (
        r"\b(?<!not )(?:reply|answer|respond|write back) (?:to )?(?:it|this|them|her|him|the|a|that|rejections?)\b",
        r"\b(?:thank|answer) (?:them|her|him|people)\b",
        r"\breply or\b",
        r"\bhave to (?:reply|answer|respond)\b",
    ),
    Cue.SEND_IT: (
        r"\b(?:should|shall|can|do|shd) i (?:just |really )?(?:send|post|hit send)\b",
        r"\bsend (?:it|this)\b",
        r"\bhit(?:ting)? send\b",
    ),
    Cue.APPLY_AGAIN: (
        r"\b(?:can|could|should|shall|may|allowed to|worth|before) (?:i )?(?:\w+ ){0,2}"
        r"(?:re-?apply\w*|apply\w*\b[^.?!]{0,30}\bagain)\b",
        r"(?:^|[.,!?] *)(?:apply|applying)\b[^.?!]{0,20}\bagain\b[^.!]*\?",
    ),
    Cue.USE_RECRUITER: (
        r"\b(?:use|using|try|worth|go (?:to|thru|through|with|via)|bother|need|get|any (?:use|good|point))\b"
        rf"[^.?!]{{0,40}}\b{_RECRUITERS}\b",
        rf"\b{_RECRUITERS}:? (?:worth|or)\b",
    ),
    Cue.MEANING: (
        r"\bwhat (?:do|does|did|is)\b[^.?!]{0,60}\b(?:mean|meant|supposed to mean)\b",
        r"\bmeans?\s*\?",
        r"\bmeaning of\b",
        r"\bdecode\b",
        r"\bread(?:ing)? between\b",
    ),
    Cue.WHEN_TO_WRITE: (
        rf"\bwhen (?:should|shall|can|do|would|is (?:it|the)|to)\b[^.?!]{{0,40}}\b{_WRITE}\b",
        r"\b(?:today|now) or (?:wait|tomorrow|later|monday)\b",
    ),
    Cue.HOW_LONG: (
        r"\bhow long\b[^.?!]{0,40}\b(?:wait|leave|before|give|take)\b",
        r"\bhow (?:many|much) (?:days|weeks|time)\b",
    ),
    Cue.GREETING: (r"^(?:hi+|hello|hey+|good (?:morning|evening|afternoon|day))(?: there)?[\s.!,]*$",),
    Cue.WHO_ARE_YOU: (
        r"\b(?:who|what) (?:are|r) (?:you|u)\b(?! (?:going|doing|saying|talking))",
        rf"\bwhat is this (?:for|thing)?\s*\??$|\bwhat can {_YOU} (?:actually )?do\b",
        r"\b(?:your|got a) name\b",
    ),
    Cue.A_PERSON: (
        rf"{_ARE_YOU} (?:an? )?(?:real|human|person|bot|robot|machine|ai|program|alive)\b",
        r"\b(?:real|actual) (?:person|human)\b",
        r"\bperson (?:typing|answering|there)\b",
        r"\b(?:mensch|máquina|maquina|humano|humain)\b",
    ),
    Cue.REMEMBERS: (
        rf"\b(?:do|will|can) {_YOU} (?:still )?(?:remember|know|recall|recogni[sz]e) (?:me|us|what|who|my|our|from)\b",
        r"\bwhat i (?:wrote|said|told you) (?:yesterday|before|last)\b",
    ),
    Cue.WHO_READS: (
        r"\b(?:who|anyone|anybody|someone|somebody|boss|manager|employer|husband|wife|person)(?: \w+){0,4}"
        r" (?:reads?|reading|sees?)\b",
        r"\b(?:saved?|store[ds]?|keep what|private|confidential|recording|sent anywhere|delete)\b",
        r"\bwhere does (?:this|it|my)\b",
        r"\btell anyone\b",
        r"\bon the internet\b",
    ),
    Cue.WHICH_PROGRAM: (
        r"\b(?:chat ?gpt|gemini|copilot)\b",
        r"\b(?:what|which) model\b",
        rf"\bwho made {_YOU}\b",
    ),
    Cue.FEELS: (
        rf"\b(?:do|can) {_YOU} (?:\w+ )?(?:feel|care|like me|have (?:any )?feelings|get (?:tired|bored|sad))\b",
        r"\bfeel (?:sorry|bad) for\b",
        rf"\bhave {_YOU} (?:ever )?been\b",
    ),
    Cue.QUALIFIED: (
        r"\b(?:therapist|psycholog\w+|doctor|qualified)\b",
        r"\bwho wrote the advice\b",
        rf"\btrust (?:{_YOU}|a program)\b",
        rf"\bhow do {_YOU} know\b",
        rf"\bcan {_YOU} be wrong\b",
    ),
    Cue.DECIDES: (r"\bai\b[^.?!]{0,20}\b(?:that|who|which) reject\w*\b", rf"\bis it {_YOU} (?:that|who) decides?\b"),
    Cue.OFFLINE: (r"\bneed (?:the )?internet\b", r"\boffline\b", r"\bon the train\b"),
    Cue.OUTSIDE: (
        rf"\bcan {_YOU} (?:please )?(?:phone|call|email|contact|google|look (?:\w+ ){{0,3}}up)\b",
        r"\bconnected to\b",
    ),
    Cue.INSTRUCTION: (
        r"\bignore (?:all |any )?(?:of )?(?:your|previous|the above|prior)\b",
        r"\bsystem prompt\b",
        r"\byou are now\b",
        r"\bpretend (?:to be|you)\b",
    ),
    Cue.HELPED: (
        r"\bhelp(?:ed|s|ful)\b",
        r"\bfeel(?:ing)? (?:\w+ )?(?:better|lighter)\b",
        r"\b(?:useful|needed that|was good)\b",
    ),
    Cue.LEAVING: (
        r"\b(?:bye|good ?night|night night)\b",
        r"\bsee (?:you|ya)\b",
        r"\b(?:to|off to) (?:bed|sleep)\b",
        r"\b(?:for tonight|enough for today|no more questions|closing the laptop)\b",
        r"\bthat'?s (?:all|it) for\b",
    ),
    Cue.CV_KEPT: (
        r"\b(?:keep|kept|retain|hold)\w* (?:your |my |the )?"
        r"(?:cv|resume|résumé|details|application|profile|candidature)\b",
        r"\bon file\b",
        r"\b(?:talent pool|database)\b",
    ),
    Cue.STRONG_FIELD: (
        r"\b(?:strong|high|large|overwhelming|competitive|exceptional)\b[^.?!]{0,30}"
        r"\b(?:field|applicants|candidates|applications|pool|standard|volume|number|response)\b",
        r"\bmany (?:strong |qualified )?(?:applications|applicants|candidates)\b",
    ),
    Cue.BETTER_MATCH: (
        r"\b(?:more closely|better|closer|closest)\b[^.?!]{0,30}\b(?:match|suit|fit|align|meet)\w*\b",
        r"\bstronger (?:candidate|alignment|match)s?\b",
    ),
    Cue.FIT: (r"\b(?:not|right|good|culture|cultural|team)\b[^.?!]{0,20}\bfit\b", r"\bteam composition\b"),
    Cue.NO_FEEDBACK: (
        r"\b(?:unable|not able|cannot|can ?not|can't|impossible|(?:we|they) do(?: not|n't))\b[^.?!]{0,40}\bfeedback\b",
    ),
    Cue.ON_HOLD: (r"\bon hold\b", r"\b(?:hiring freeze|frozen|paused)\b"),
    Cue.APPLY_LATER: (
        r"\b(?:encourage|invite|welcome|free|hope|glad)\b[^.?!]{0,40}\b(?:apply|application|reapply)\b",
        r"\bapply (?:again )?(?:for|to) (?:future|other)\b",
        r"\bfuture (?:roles|vacancies|openings|opportunities|positions)\b",
        r"\bnext (?:intake|round)\b",
    ),
    Cue.RUNNER_UP: (
        r"\brunner.?up\b",
        r"\b(?:close|came|ranked|placed) second\b",
        r"\bsecond (?:choice|place)\b",
        r"\breserve list\b",
    ),
    Cue.GOOD_WISHES: (r"\bwish you\b", r"\b(?:best of luck|every success|all the best)\b"),
    Cue.OTHER_DIRECTION: (r"\b(?:different|another|other) direction\b",),
    Cue.UNFORTUNATELY: (r"\bunfortunately\b", r"\bregret to\b"),
    Cue.MONEY: (
        r"\b(?:rent|mortgage|savings|bills|debts?|broke|overdraft)\b",
        r"\b(?:need|no|out of|short of|run(?:ning)? out of|weeks of|months of) (?:the )?money\b",
    ),
    Cue.PERMIT: (r"\bvisas?\b", r"\b(?:work|residence) permit\b", r"\bsponsor\w*\b", r"\bright to work\b"),
    Cue.ALREADY_SENT: (
        r"\bi(?:'ve| have)? (?:already |just )?(?:sent|posted|hit send on|fired off)"
        r" (?:it|them|him|her|that|the|an?|my)\b",
        r"\balready (?:sent|posted|fired)\b",
    ),
    Cue.TRIAL: (
        r"\bunpaid\b",
        r"\bwithout (?:pay|salary)\b",
        r"\btrial (?:shift|day|week|task|project)s?\b",
        r"\bfor free\b",
    ),
    Cue.FEE: (
        r"\b(?:registration|placement|processing|training) fee\b",
        r"\bpay (?:them |her |him )?(?:£|\$|€|n|rs\.? ?)?\d[\d,.]*\b",
        r"\b(?:bank details|ssn|photo of my id|copy of my \w+|driver'?s licen[cs]e)\b",
    ),
    Cue.AGENCY: (rf"\b{_RECRUITERS}\b",),
    Cue.LINKEDIN: (
        r"\b(?:add|adding|connect|connecting|invite)\b[^.?!]{0,40}\blinked ?in\b",
        r"\blinked ?in (?:request|note|message|msg)\b",
        r"\bconnect(?:ion)? (?:with|request)\b",
    ),
    Cue.TELLING_OTHERS: (
        r"\b(?:tell|telling|told) (?:my |the )?(?:mum|mom|dad|parents?|family|wife|husband|partner|kids|son|daughter"
        r"|nan|mother|father|friends?|everyone|people|colleagues)\b",
        r"\b(?:everyone|everybody|people|family|friends|my \w+)"
        r"(?:'s|'ll| is| are| will| keeps?)? (?:all )?ask(?:ing|s)?\b",
    ),
    Cue.COMPARING: (
        r"\b(?:everyone|everybody|all my friends|my (?:friends?|sister|brother|classmates?|cousin|gf|bf)) (?:else )?"
        r"(?:\w+ ){0,3}(?:jobs?|offers?|placements?|hired|promoted|promotion)\b",
        r"\bthrilled to announce\b",
    ),
    Cue.SLEEPLESS: (
        r"\b(?:can'?t|cannot|couldn'?t|not|no) sleep\w*\b",
        r"\bawake\b",
        r"(?:^|\b(?:it'?s|at|since|till|past) )[1-5](?:[.:]\d\d)? ?a\.?m\b",
    ),
    Cue.CRYING: (
        r"\bi(?:'m|'ve been| am| was| have been)? (?:\w+ ){0,2}(?:cry|crying|cried|sobb\w+|bawl\w+)\b",
        r"(?:^|[.,!?] *)(?:been |just |still )?(?:crying|cried|sobbing)\b",
        r"\b(?:in|my|back|done) (?:tears|crying)\b",
    ),
    Cue.OFFER_WITHDRAWN: (
        r"\b(?:pulled|withdrew|withdrawn|rescinded|cancelled|took back)\b[^.?!]{0,20}\boffer\b",
        r"\boffer (?:was |is |has been |got )?(?:pulled|withdrawn|rescinded|cancelled|taken back)\b",
    ),
    Cue.MISTAKE: (
        r"\bi (?:froze|blanked|rambled|stammered|panicked|forgot|messed up|bombed|blew it|ruined|talked too much)\b",
        r"\b(?:mind|head) went blank\b",
        r"\bi was (?:\w+ )?late\b",
        r"\bmy (?:mistake|wrong answer|bad answer)\b",
    ),
    Cue.GAP: (
        r"\b(?:cv|career|the|my|a) gap\b",
        r"\byears? (?:at home|off|out|away)\b",
    ),
    Cue.PUBLIC: (
        r"\b(?:posting|post (?:it|this|that|about|on|under)|linkedin post|tweet\w*|publish\w*|viral)\b",
        r"\b(?:one|1|zero) stars?\b",
        r"\breviews? (?:site|online|on)\b",
        r"\btag (?:them|the|him|her)\b",
    ),
    Cue.IN_PERSON: (
        r"\b(?:ring|ringing|phone|phoning|call|calling) (?:him|her|them|the|that)\b",
        r"\bgo(?:ing)? (?:up to|back there|down there|over there|round there|in there)\b",
        r"\bgo(?:ing)? to (?:the|their|his|her) (?:shop|offices?|house)\b",
        r"\bto (?:my|his|her|their) face\b",
        r"\bgive (?:him|her|them) (?:a|an) (?:serve|earful|piece)\b",
    ),
    Cue.STOPGAP: (
        r"\b(?:bar work|temp work|any job|stopgap|survival job|stack(?:ing)? shelves)\b",
        r"\b(?:go|apply|aim(?:ing)?) (?:for )?(?:junior|lower)\b",
    ),
    Cue.BREAK: (
        r"\b(?:week|month|day|time) off\b",
        r"\b(?:take|need|taking|have) a (?:\w+ )?(?:break|pause)\b",
        r"\bstop applying\b",
    ),
    Cue.HOW_MANY: (r"\bhow many\b", r"\bapply (?:more|less)\b", r"\b\d+ (?:in )?a (?:week|day)\b"),
    Cue.MAY_I_ASK: (
        r"\b(?:can|could|should|may|shall) i (?:\w+ )?(?:ask|offer|suggest|propose|pitch)\b",
        r"\b(?:desperate|rude|weird|naive|cheeky)\b[^.?!]{0,40}\b(?:ask|write|offer|messag|contact|email"
        r"|pitch)\w*|\bworth asking\b",
    ),
    Cue.REMINDER: (
        r"\b(?:ask|write|email|message|text|call) (?:to )?(?:them |her |him )?again\b",
        r"\bre-?send\b|\b(?:remind|poke|chase|nudge|follow up with|ping) (?:them|her|him|again)\b",
        r"\b(?:second|third|another|send a) (?:message|email|reminder|follow.?up)\b",
    ),
    Cue.REGRET: (r"\bmy (?:own )?fault\b|\bi (?:lied|cheated|made it up|exaggerated)\b",),
    Cue.PROTECTED: (
        r"\bi(?:'m| am| was) (?:\d+ (?:weeks|months) )?(?:visibly )?(?:pregnant|deaf|blind|disabled)\b",
        r"\bi (?:wear|use) (?:a |an |my )?(?:hijab|headscarf|turban|wheelchair)\b|\b(?:maternity|paternity"
        r"|parental) leave\b",
        r"\bmy (?:disability|race|religion|pregnancy|hijab|headscarf)\b",
        r"\bremove (?:my |the )?(?:hijab|headscarf|turban)\b",
    ),
}
_READ = 6_000
"""Characters of a message that are read, its middle left out: a question stands at the start or at the end."""
_QUESTIONS = {cue: re.compile("|".join(patterns), re.IGNORECASE) for cue, patterns in _ASKS.items()}


@functools.lru_cache(maxsize=1)
def questions(message: str) -> frozenset[Cue]:
    """Return what a message may ask or mention, as cues of the phrases that answer it."""
    plain = shortened(message, _READ).replace("’", "'")
    return frozenset(cue for cue, asks in _QUESTIONS.items() if asks.search(plain))
