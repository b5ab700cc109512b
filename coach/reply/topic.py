"""A sentence that says what a message is about, for messages none of whose clauses can be said back.

Everything in it is the person's own word for the job, behind "You got a no for" where their own
sentences tell of one, else behind "This is about".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.reply.clauses import own_sentences
from coach.reply.pronouns import GENERIC, PERSON, is_mark, word_set

_JOB = word_set(
    "job post role position apprenticeship traineeship internship vacancy placement promotion fellowship residency gig"
)
_TITLES = word_set(
    "accountant actuary administrator adviser advisor analyst animator apprentice architect archivist artist "
    "assistant "
    "associate auditor baker barista barber bartender beautician biologist bookkeeper bricklayer buyer "
    "caregiver carer "
    "caretaker carpenter cashier chef chemist childminder cleaner clerk coach consultant controller cook coordinator "
    "counsellor courier curator dentist designer developer dietitian dispatcher docker doctor dressmaker driver "
    "economist editor electrician engineer estimator executive farmhand fitter florist firefighter forester gardener "
    "geologist groomer guard guide hairdresser housekeeper hygienist illustrator inspector instructor interpreter "
    "janitor joiner journalist judge keeper labourer lawyer lecturer librarian lifeguard machinist manager mason "
    "mechanic merchandiser midwife miner musician nanny nurse nutritionist officer operative operator "
    "optician optometrist "
    "packer painter paralegal paramedic pharmacist phlebotomist photographer physicist physio physiotherapist picker "
    "pilot planner plasterer plumber porter postdoc practitioner printer producer programmer psychologist "
    "radiographer "
    "ranger receptionist registrar reporter researcher retoucher roofer scaffolder scheduler scientist seamstress "
    "secretary server sonographer steward stylist superintendent supervisor surveyor tailor tanner "
    "technician technologist "
    "teacher teller tester therapist trainee trainer translator tutor typist underwriter vet waiter waitress warden "
    "welder writer crew worker"
)
_BEFORE = word_set(
    "senior junior lead head deputy chief assistant associate graduate trainee part-time full-time permanent "
    "temporary "
    "shift night nights day team store shop office lab laboratory data business project product quality "
    "marketing sales "
    "finance financial digital software systems security network web customer service support care primary secondary "
    "school special needs early years nursery kitchen pastry sous restaurant hotel museum gallery library "
    "archive film "
    "video sound graphic motion interior fashion content social media press policy research clinical medical dental "
    "veterinary animal theatre surgical ward community mental health radiology pharmacy maternity forklift truck bus "
    "train tram crane delivery van lorry warehouse logistics supply chain stock inventory production process "
    "mechanical "
    "electrical civil structural chemical site construction maintenance plant grounds park garden landscape estate "
    "property letting housing legal compliance risk tax credit bank banking insurance claims payroll hr recruitment "
    "talent events event travel tour flight cabin airport port harbour railway police prison fire ambulance "
    "youth family "
    "parish charity fundraising volunteer education learning teaching maths science english history art "
    "music language "
    "labs test qa it ict devops backend frontend full-stack java python machine ai cloud database ux ui user "
    "seo account "
    "accounts key regional area branch general operations ops procurement purchasing category export import trade "
    "quantity seahorse aquarium zoo bakery bar cellar wine food beauty spa hair salon retail floor front "
    "desk reception "
    "call centre center contact back-office admin administrative executive personal technical field home weekend rota"
)
_TOO_WIDE = word_set(
    "manager officer assistant coach associate trainee apprentice artist operator operative executive "
    "coordinator guide "
    "server supervisor director crew worker head chief deputy judge writer doctor waiter"
)
"""Titles that say little alone, or may be somebody else's."""

_DETERMINERS = word_set("the a an for as")
_NOT_AFTER = word_set(
    "my your their his her our hiring line old new ex former the this that these those ~your ~you who"
)
_NEWS = re.compile(
    r"\b(?:reject(?:ed|ion)|turned down|knocked back|passed over|not (?:been )?(?:selected|successful"
    r"|shortlisted|chosen|hired)"
    r"|unsuccessful|did not (?:get|make)|got a no|a no(?![-\w])|said no|no from|no for|went with (?:someone|another)"
    r"|gone with|chose (?:someone|another)|went to (?:someone|somebody|an?)|got the no|the no\b)"
)
_LONGEST = 4
_COMMON = word_set(
    "i you he she it we they this that these those my your his her our their is are was were be been am do "
    "does did have "
    "has had will would can could may might should not no never any some every all each both one other "
    "another same new "
    "old dream real proper whole first last next current and or but so because if when while of to in on at "
    "with from by about "
    "than then just only even still yet also too very hi hello dear please thanks thank sorry ok yes got get "
    "applied apply "
    "applying rejected interviewed interview email write draft message text ask asked want wanted need said "
    "says call "
    "called remote ex former virtual hiring hr practice line general who what which whose how why where "
    "today yesterday tonight now"
)


def topic_echo(message: str) -> str | None:
    """Return a sentence about the job that a message names, or None where it names none, or more than one."""
    parts = [source for source, _ in own_sentences(message)]
    jobs = list(dict.fromkeys(job for source in parts for job in _jobs(source)))
    if len(jobs) != 1:
        return None
    told = any(_NEWS.search(" ".join(word for word in source if not is_mark(word)).lower()) for source in parts)
    return f"{'You got a no for' if told else 'This is about'} the {jobs[0]}."


def _jobs(source: list[str]) -> Iterator[str]:
    """Yield the jobs that a turned sentence names: "ward educator post", "pastry chef job"."""
    lower = [word.lower() for word in source]
    for place, word in enumerate(lower):
        after = lower[place + 1] if place + 1 < len(lower) else ""
        if word in _JOB and not (word == "post" and place and source[place][0].isupper()):
            first = _start(lower, place)
            named = lower[first:place]
            if named and not (len(named) == 1 and named[0] in _TOO_WIDE) and not _is_other(lower, first):
                yield _name(source[first : place + 1])
        elif word in _TITLES and after not in _JOB and after not in _TITLES:
            first = _start(lower, place)
            if first == place and word in _TOO_WIDE:
                continue
            if _is_for(lower, first) or _stands_alone(source, first, place):
                yield f"{_name(source[first : place + 1])} job"


def _name(source: list[str]) -> str:
    return " ".join(word if word.isupper() and len(word) < 5 else word.lower() for word in source)


def _start(lower: list[str], end: int) -> int:
    """Return where the words begin that say which job it is."""
    first = end
    while first and end - first < _LONGEST and (lower[first - 1] in _BEFORE or lower[first - 1] in _TITLES):
        first -= 1
    if not first or not lower[first - 1].isalpha() or lower[first - 1] in _DETERMINERS | _COMMON:
        return first
    # One word more that no list knows, where it is plain that the name of the job begins there.
    begins = first == 1 or is_mark(lower[first - 2]) or lower[first - 2] in _DETERMINERS
    return first - 1 if begins else first


def _is_other(lower: list[str], first: int) -> bool:
    return first > 0 and lower[first - 1] in _NOT_AFTER - {"the", "this", "that"}


def _is_for(lower: list[str], first: int) -> bool:
    """Whether "for", "for a" or the like comes before."""
    before = [word for word in lower[max(first - 2, 0) : first] if word not in ("a", "an", "the")]
    return bool(before) and before[-1] in ("for", "as") and "work" not in lower[max(first - 4, 0) : first]


def _stands_alone(source: list[str], first: int, last: int) -> bool:
    """Whether the words are a fragment by themselves, such as "Forklift driver, Leeds"."""
    starts = first == 0 or is_mark(source[first - 1])
    ends = last + 1 == len(source) or is_mark(source[last + 1])
    said = {PERSON, f"{GENERIC}you"} & set(source[:first])
    return starts and ends and not said
