"""Words by which names of people, companies and roles are told apart. Lower case throughout."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


TITLES = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|madame|mam|ma'am|sister|matron|captain|chef|kru|dl|arq|mbak|"
    r"rev|reverend|fr|sr|sra|señor|señora|herr|frau|lord|lady|matron|sergeant|pastor|dean|judge|coach|father|engr|barr|"
    r"alhaji|alhaja|hajia|canon|vicar|bishop|imam|rabbi|colonel|councillor|cllr)"
)
"""A pattern for what stands before a name."""

POSITIONS = (
    r"(?:head ?hunter|(?:old|former|ex)[- ](?:colleague|boss|manager|friend|team lead|lecturer|tutor)|cousin"
    r"|uncle|aunt|auntie|mate|neighbour|brother|sister|referee|gaffer|foreman|clinic leader|hiring (?:manager"
    r"|mgr)|line manager|area manager|general manager|store manager|office manager|practice manager|"
    r"unit manager|ward manager|home manager|facility manager|ops manager|hr manager|hr lady|hr person|hr partner|"
    r"hr officer|hr|human resources|manager|boss|co-?owner|owner|founder|head chef|exec chef|head of \w+(?: "
    r"(?!at\b|in\b|is\b|was\b|and\b)\w+)?|"
    r"head teacher|headteacher|head guide|head|chef|principal|dean|in-house recruiter|recruiter|recruitment "
    r"consultant|agency consultant|consultant|talent partner|director|supervisor|super|team lead|tech lead|"
    r"design lead|team manager|mgr|panel lead|creative lead|ops lead|lead|team leader|leader|editor|partner"
    r"|interviewer|panel chair|"
    r"search chair|chair|chairman|chairwoman|pi|ceo|cfo|coo|cto|cmo|vp|gm|ed|md|reviewer|assessor|foreman|"
    r"facilitator|agent|contact person|contact|panell?ist|matron|curator|keeper|coordinator|captain|superintendent|"
    r"would-be supervisor|reference|agency (?:bloke|guy|woman|lady|man|girl)|lady|guy|bloke|woman|person|man|gal|"
    r"watch manager|personnel manager|project manager|early careers|talent team|engineer|scheduler|"
    r"master mason|mentor|colleague|friend|old boss|old team lead|former boss|ex-boss|ex-colleague)"
)
"""A pattern for what people are at work, as they are spoken of."""

AGENCY = word_set(
    "staffing talent recruitment recruiting recruiters resourcing manpower personnel search contracts agency"
)
"""Last words of the names of agencies."""

BUSINESS = AGENCY | word_set(
    "foods food freight logistics insurance group ltd limited inc llc gmbh bank hotel hotels hospital clinic dental "
    "bakery bakehouse kitchen kitchens cafe café restaurant bistro school college university academy institute museum "
    "aquarium zoo studio studios systems solutions tech technologies technology software softlabs labs lab cloud "
    "digital media partners energy air airways airlines rail trams transport motors autos garage electrical heating "
    "plumbing engineering construction builders homes housing health healthcare care pharma chemists pharmacy "
    "diagnostics services consulting consultants associates council trust foundation relief charity retail outfitters "
    "stores supermarket market finance finserv microfinance capital pay maps tiles winery hospice nursery rovers "
    "united gears post weekly times news subtitles words telecom packaging textiles cruises resort camp lodge farm "
    "farms gardens events industries holdings manufacturing fabrication robotics aerospace automation agro civil salon "
    "spa gym theatre theater orchestra embassy ministry department dept library cathedral works storage supply trading "
    "exports company co corp corporation security cleaning catering brewery distillery marine shipping ports terminals "
    "analytics data metrics games interactive design designs architects legal law llp accountants hardware tools parts "
    "bikes print printing press books publishing bookshop laundry florist flowers nurseries veterinary vets animal "
    "surgery practice centre center airport networks network mobile wireless power water utilities mining resources "
    "timber steel glass paper plastics chemicals materials interiors furniture fashion apparel textile optics vision "
    "travel tours wholesale distribution couriers express deliveries dairy seafood fisheries farms coffee tea brewing "
    "wines spirits productions films pictures records sound animation publishers institute federation association "
    "estate estates manor "
    "society housing hostel inn tavern grill house charities bus buses coaches express line lines ferries "
    "primary infirmary kennels solicitors"
)
"""Last words of the names of companies."""

UNMISTAKEN = word_set(
    "foods freight logistics ltd limited inc llc gmbh bakehouse kitchen studios systems solutions technologies "
    "software "
    "labs digital partners airlines rail motors autos electrical heating plumbing homes healthcare pharma diagnostics "
    "services consulting associates trust foundation outfitters stores supermarket finserv tiles winery hospice rovers "
    "packaging textiles farms industries holdings manufacturing fabrication robotics aerospace staffing talent brewery "
    "distillery shipping terminals analytics interactive architects accountants dental"
)
"""Those that make a company's name out of words without capital letters."""

NOT_NAMES = word_set(
    "he'd she'd they'd he's she's they're we'd i i'm im i've ive i'd id i'll the a an and or but so if then they "
    "them their he she his her him we us our you "
    "your it its it's this that these those there here my me mine who what when where which why how not no yes ok okay "
    "please pls plz thanks thank hi hello hey dear email mail message msg text letter linkedin whatsapp sms note draft "
    "write help can could would will shall should may might must do does did is are was were be been have has had got "
    "get make need want just also too very really still now today tomorrow yesterday tonight monday tuesday wednesday "
    "thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer "
    "autumn winter christmas easter morning afternoon evening english spanish french german polish portuguese italian "
    "arabic hindi chinese american british irish indian filipino nigerian brazilian european hr ceo cfo coo cto cmo vp "
    "pi gm cv resume uk us usa eu it ai ux ui qa sen nhs phd rn lpn ota "
    "formal polite short simple warm plain quick brief casual professional urgent friendly neutral respectful "
    "subject name role job post position company tone length from to for with by at in on of re sorry sir madam mam "
    "maam team talent panel recruitment recruiter manager boss director chair everyone anyone somebody someone nobody "
    "something anything nothing both all any some many most more less one two three four five six seven eight nine ten "
    "first second third final last next rejected rejection unfortunately feedback interview interviewed applied final "
    "gutted angry sad tired furious devastated hurt fine good great nice perfect love wow oh ah well yep yeah nope "
    "actually maybe perhaps honestly basically literally still only even never always again because since after before "
    "while until though although however anyway meanwhile instead same other another new old signed sign signature "
    "best kind regards cheers sincerely yours respectfully ta x xx xo ps btw fyi asap lol haha let's lets ask tell say "
    "call ring phone add put include mention keep cut change shorten reduce runner-up zilch zero none neither either "
    "out off up down over under about into onto per via etc mum mom dad gcse btec level grade year band "
    "weekends weekdays mornings afternoons evenings nights mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays daytime anytime whenever "
    "asked told sent wrote met got tried went said yes sure hmm um er right thats that's what's whats nah aye yo "
    "respected god jesus christ sending send sent asking back already let"
)
"""Words with a capital letter that are nobody's name."""

ROLE_HEADS = word_set(
    "manager supervisor technician assistant analyst engineer developer designer nurse teacher officer clerk driver "
    "chef cook sous cashier receptionist coordinator administrator admin apprentice apprenticeship apprenticship "
    "intern "
    "internship lecturer lectureship librarian keeper welder electrician plumber planner animator photographer "
    "translator reporter editor accountant bookkeeper buyer consultant coach trainee traineeship dispatcher adjuster "
    "handler executive exec director postdoc studentship curator baker barista waiter waitress server housekeeper "
    "housekeeping cleaner caregiver carer porter guide mechanic technologist pharmacist associate specialist "
    "representative rep agent advisor adviser controller inspector joiner mason stonemasonry gardener groomer steward "
    "crew pilot operator picker packer scientist researcher tutor lead foreman fitter cfo coo cto cmo ceo merchandiser "
    "tester writer copywriter marketer secretary paralegal lawyer solicitor teller stylist therapist physio "
    "physiotherapist paramedic firefighter dispenser optician head-gardener learnership placement graduate educator "
    "assessor underwriter actuary architect surveyor scheduler machinist labourer carpenter roofer painter decorator "
    "butcher florist hairdresser barber beautician caretaker janitor guard warden counsellor counselor midwife "
    "radiographer dietitian dentist hygienist vet playworker nanny childminder dev devops sysadmin programmer admin "
    "strategist recruiter producer director principal interpreter proofreader producer stagehand usher lifeguard "
    "trainer instructor demonstrator fellow fellowship residency postgraduate facilitator registrar bursar estimator "
    "draughtsman merchandising dispatch reception payroll pharmacist barback bartender sommelier host hostess "
    "auditor treasurer worker hand videographer illustrator sailor deckhand stocker storekeeper warehouseman "
    "superintendent custodian concierge linguist economist statistician chemist biologist geologist ecologist "
    "grower loader banksman rigger metallurgist archivist toolmaker broker organist biologist diver scheme "
    "physicist mathematician modeller tailor seamstress weaver potter jeweller watchmaker locksmith glazier "
    "plasterer "
    "prof professor violinist cellist musician programmer tiler bricklayer scaffolder rigger crane-driver "
    "telemarketer negotiator draughtsperson draughtswoman ranger valuer marshal fundraiser campaigner organiser "
    "organizer"
)
"""Last words of what jobs are called."""

ROLE_IS_PLACE = word_set(
    "apprenticeship apprenticship internship lectureship traineeship studentship learnership placement fellowship "
    "residency postdoc"
)
"""Jobs whose name says already that they are one: "the internship", not "the internship role"."""

NOT_ROLE_WORDS = word_set(
    "the a an my our their his her this that these for as is was were be been to at of and or with on in by from i im "
    "i'm you they he she it we got get applied apply went turned down rejected hiring about me them him us who what "
    "not no yes so but because cos if when then than just only really very please pls write draft email mail message "
    "text note letter need want job role post position being become becoming did didn't didnt don't dont had has have "
    "like said told asked asking wrote rang called call named one two three another other same new next last first "
    "final interview interviewed offer offered sent send thank thanks feedback full time full-time part-time part "
    "permanent perm future senior- whole dream current own old former would-be great good best nice kind lovely "
    "dear hello hi also "
    "failed missed lost passed finished ran tried wanted between over under after before into your its it's apart why "
    "how where which all any some every each experienced freelance casual temporary temp seasonal as an are am "
    "rejection reject application 1st 2nd 3rd called: role: job: position: post: someone somebody went thats that's "
    "want wants ask asks says say saying does do can could will would should shall may might must let make made still "
    "even never always now today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday runner-up "
    "place of out off up few lot lots bit kindly again too only since year's years yrs year ago weeks week months month"
)
"""Words that do not belong into the name of a job."""
