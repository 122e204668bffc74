"""What announces a name beyond doubt: "my name is", a title, a greeting before a word nobody knows.

The model knows these too; the rules are its safety net where a name is an ordinary word ("my name is will", "mrs
early") or where the few words around are all there is ("good morning, Thandeka").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from masker_tagger import Lexicon

from masker import Reading
from masker_name.lists import LABELS, MONTHS, NEVER
from masker_name.persons import Persons
from masker_name.slips import OFFICES
from masker_name.things import is_phrase

__all__ = ["find", "with_initials"]

_W: Final = r"[^\W\d_]+(?:[-'\u2019](?!s\b)[^\W\d_]+)*"
_INTRODUCED: Final = re.compile(
    rf"\b(?:(?:my|his|her|their|your|first|1st|last|middle|full|maiden|family|given|christian|legal|real|actual"
    rf"|birth|married"
    rf"|preferred|patient'?s|child'?s"
    rf"|baby'?s|son'?s|daughter'?s|husband'?s|wife'?s|mother'?s|father'?s|mum'?s|mom'?s|dad'?s"
    rf"|partner'?s|sister'?s|brother'?s|caller'?s) ?name|surname|forename)(?:'?s| is| was)(?: spelled)?[,:]?"
    rf" (?:(?:uh|um|uhm|er|erm|like|actually)[, ]+)*(?P<name>{_W}(?:[ ]{_W}){{0,4}})",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    (
        rf"\b(?:(?P<mr>mr|mrs|ms|miss|mister|missus|mx)|doctor|dr|professor|prof"
        rf"|pt|(?-i:Fr|Rev|Sr)(?=\. ))\b\.? (?P<name>(?-i:(?:[A-Z]\.? ){{1,2}})?{_W}(?: {_W})?)"
    ),
    re.IGNORECASE,
)
_GREETED: Final = re.compile(
    r"(?:^|[\n.?!] *|: )(?:(?:okay|ok|oh|um|uh|yes|yeah|no|well|so|right)[, ]+)?(?:good (?:morning"
    r"|afternoon|evening)|hello|hi|hey|hiya|thanks|thank you(?: so much| very much)?|cheers|bye|bye bye"
    r"|goodbye"
    rf"|sorry|right|alright|all right|okay|ok|no worries|no problem|of course|take care|welcome"
    rf"|morning)(?: then| there| again)?,? (?P<name>{_W})(?=[.?!,]|$|\n)",
    re.IGNORECASE | re.MULTILINE,
)
#: Words that begin a title, and of which each greeting holds one.
_TITLES: Final = frozenset("mr mrs ms miss mister missus mx doctor dr professor prof pt fr rev sr".split())
_GREETINGS: Final = frozenset(
    "good hello hi hey hiya thanks thank cheers bye goodbye sorry right alright okay ok worries problem course care"
    " welcome morning".split()
)
#: "Dr. V only", "tell doctor k": one letter is all that some go by.
_BY_LETTER: Final = re.compile(
    r"\b(?:doctor|dr)\.? (?P<name>[b-hj-z])(?![\w.'\u2019/-]| [a-z](?:\s|\Z)|\d)", re.IGNORECASE
)
#: A letter that is called an initial: "last initial b", "b for the middle initial".
_INITIAL: Final = re.compile(
    r"\b(?:first|1st|last|middle) initial(?:'?s| is| was|:)?,? (?:(?:uh|um|er) )?"
    r"(?P<name>[a-z])(?![\w'\u2019])(?! (?:was|am|think)\b)"
    r"|(?<![\w'\u2019])(?P<before>[b-hj-z]) (?:for|as|is) (?:the|my|his|her|your) (?:first|last|middle) initial\b"
    r"|\binitials?(?: is|:)? (?P<whole>[b-hj-z])(?![\w'\u2019]|[ -]rays?\b)",
    re.IGNORECASE,
)
#: One behind a first name, before what goes on with the sentence: "you spoke with denise w yesterday".
_INITIAL_AFTER: Final = re.compile(
    r" [b-hj-z](?=[.,?!]|\s*\Z| (?:and|or|from|at|in|is|was|with|for|to|on|i|she|he|here|said|called|yesterday|today"
    r"|again|dob|born|calling)\b)"
)
#: A word behind a first name with which the sentence ends, or before what begins another: "faith brown i'm calling".
_LAST_AFTER: Final = re.compile(
    r" (?P<last>[^\W\d_]{3,})(?=\W*\Z|[.;!?]"
    r"|,? (?:i|i'm|i've|i'd|i'll|we|she|he|and (?:i|my|the|this|we|she|he|his|her)|calling|speaking|here|my"
    r"|date of birth|dob|d o b|birthday|on behalf)\b)"
)
#: A last name's share of names from which on many are called so, of nine.
_COMMON_LAST: Final = re.compile("l[4-9]")
#: Which of several with the same name.
_GENERATION: Final = re.compile(
    r",? (?:junior|senior|jr|sr)(?![\w-]| (?:high|doctor|nurse|partner|year|citizen)s?\b)", re.IGNORECASE
)
#: What follows "my name is" or a title without being a name.
_STOP: Final = frozenset(
    "on in not the a an at spelled spelt spelling under with for of my your his her their our there"
    " correct right wrong different that this it its it's what and or"
    " i i'm i've i'd we you he she they who whose was were am are be been is has had have do did does"
    " done say said says see saw seen called calls call calling told tell"
    " misspelled still also just already listed pronounced short like too very so common changed missing"
    " unknown to from by about but if when then because please can could"
    " would should um uh er erm ah oh okay ok yes yeah no nope sure fine hi hello thanks sorry well now"
    " here today yesterday tomorrow only mine ours always never as well"
    " one two three four five six seven eight nine ten number date first last middle name names surname"
    " birth".split()
)
#: Names said in their parts: "first name will last name turner".
_IN_PARTS: Final = re.compile(
    rf"\b(?:first|1st) name (?:is )?(?P<first>{_W}),? (?:and )?(?:the |my )?last (?:name )?(?:is )?(?P<last>{_W})",
    re.IGNORECASE,
)
#: Whose telephone or home it is: "you've reached the brubakers".
_HOUSEHOLD: Final = re.compile(
    r"\breached the (?P<name>[^\W\d_]{3,}s)(?=['\u2019]|\W*\Z|[.,!?]| (?:we|please|leave|residence|home|house"
    r"|household|family)\b)",
    re.IGNORECASE,
)
#: Words that follow a title as verbs although they are also names.
_VERBS: Final = frozenset("will may can has says said long see wants day grant mark bill hope rob".split())


#: "Hi will what's the last name": a name that is also a word, between a greeting and a question.
_HAILED: Final = re.compile(
    r"^(?:hi|hello|hey|hiya|thanks|thank you) (?P<name>[^\W\d_]{2,12})"
    r" (?:what's|what|how's|how|i|i'm|it's|this is|who|which|when|where|thanks|so|let me|let's|can i|may i)\b",
    re.IGNORECASE,
)


#: Whom people greet without a name.
_ANYBODY: Final = frozenset("doc docs team all there again boss chief ladies gents folks".split())
#: The same before the speaker's own name: "yeah hi tiff it's warrick".
_HAILED_BY: Final = re.compile(
    r"^(?:(?:yeah|yes|oh|ah|uh|um|okay|well)[, ]+)?(?:hi|hello|hey|hiya|morning|evening) (?P<name>[^\W\d_]{2,14}),? "
    r"(?:it'?s|this is|it is) (?!(?:about|a|an|the|just|only|me|my|not|been|so|to|for|regarding|in|on)\b)[^\W\d_]{2,}",
    re.IGNORECASE,
)


_MAY_I: Final = re.compile(r"\w+,? may (?:i|we)\b", re.IGNORECASE)


#: A capitalised name of up to two words, an initial before it.
_CAPITAL: Final = r"(?:[A-Z]\. ?)?[A-Z][\w'\u2019-]{1,40}+"
_CAPITALS: Final = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})?)"
#: Notes name a person behind a role or behind what one did: "PCP Okwuosa notified", "seen by Okwuosa (ortho)", ...
_ROLES: Final = frozenset(
    "dtr dau gf bf mgm mgf pgm pgf counselor counsellor coordinator proband pcp rn lpn cna np crna aprn"
    " interpreter scribe attending resident intern fellow hospitalist surgeon nurse midwife"
    " doula caregiver aide neighbor neighbour roommate boyfriend girlfriend fiance fiancee partner spouse wife husband"
    " son daughter mother father mom mum dad brother sister aunt uncle niece nephew cousin grandson granddaughter"
    " grandmother grandfather guardian nok pastor chaplain therapist pharmacist dietitian".split()
)
_NOTED: Final = re.compile(
    rf"(?<![\w-])(?:(?P<before>[A-Za-z]+(?: out)?|follow[- ]up|f/u) (?P<by>by|with)"
    rf"|(?P<role>[A-Za-z]+)(?:[- ]in[- ]law)?),? (?:Drs?\.? )?{_CAPITALS}(?=[ ,.;:()\n/]|$)"
)
#: A role that is one of those: others stand before capitals, too.
_ROLE_NAMED: Final = re.compile(r"[A-Za-z]+(?:[- ]in[- ]law)?,? (?:Drs?\.? )?[A-Z]")
_DONE_BY: Final = frozenset(
    "seen evaluated examined reviewed requested ordered performed signed dictated transcribed assisted supervised"
    " covered accompanied interpreted referred followed staffed assessed admitted discharged approved completed entered"
    " prescribed administered witnessed verified notified".split()
) | {"signed out"}
_DONE_WITH: Final = frozenset(("discussed", "spoke", "followup", "follow-up", "follow up", "f/u", "consulted"))
#: ... or behind a short word that drugs and methods may follow too: "d/w Teague", "per Ndiaye".
_SHORT: Final = re.compile(
    rf"(?<!\w)(?i:d/w|w/|per|attn:?) (?:Drs?\.? )?{_CAPITALS}(?=[ ,.;:()\n/]|$)"
    r"(?! (?:criteria|scores?|protocol|guidelines?|scale|classification|formula|law|rules?|sign|test|method|policy"
    r"|clinic|hospital|pharmacy|health|medical|center|team|unit|disease|syndrome|device|monitor)\b)"
)
_BY_SOMEONE: Final = re.compile(r" (?:[Bb]y|[Ww]ith),? [A-Z]")
_SHORTS: Final = frozenset(("d", "w", "per", "attn"))
_SELVES: Final = frozenset("it its this i im here".split())
_HAILS: Final = ("hi", "hello", "hey", "morning")
_CAPITAL_RUN: Final = re.compile(r"[A-Z][A-Z],? [A-Z]{2}")
_POSSESSIVES: Final = frozenset("my his her our their your".split())
#: The last words of a message: "thanks! - Will", "-- Marisol Vega".
_SIGNED: Final = re.compile(rf"(?:(?<=[.!?,\n] )|(?<=\n)|(?<=[.!?,\n]))[-~]{{1,2}} ?{_CAPITALS}[.!]?\s*\Z")
#: "referral from A. Kruger", and not "E. Coli".
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_INITIALED: Final = re.compile(r"(?<![\w.])(?<!\d )[A-Z]\. (?P<name>[A-Z][a-z][\w'\u2019-]{1,40}+)(?![\w.]*\d)")
#: Who wrote a line of a log: "3/2/24 16:05 - ONeill: patient ambulated".
_LOGGED: Final = re.compile(rf"\d:?\d\d(?: ?(?:hrs|[ap]m))? ?[-\u2013] {_CAPITALS}: ")
#: What someone is called by others: "they call me bubba", "goes by Trey".
_CALLED: Final = re.compile(
    r"\b(?:calls? me|goes by|go by|nicknamed) (?P<name>[^\W\d_]{2,14})\b(?!['\u2019](?:t|ll|re|ve|d|m)\b)",
    re.IGNORECASE,
)
#: A speaker's own name with its capital: "hey doc its Will, knee still swollen".
_HERE: Final = re.compile(
    r"(?i:\b(?:it'?s|this is|i'?m|i am|here is)) (?P<name>[A-Z][a-z]+)(?=[,.!?\n]|$| (?:here|again|calling|from)\b)"
)
#: Relations that people speak of; a word behind one names the person: "my wife's fatoumata", "my friend sky rolled".
_KIN_WORDS: Final = frozenset(
    "wife husband son daughter mother father mom mum mam dad brother sister aunt auntie uncle niece nephew cousin"
    " friend neighbor neighbour roommate flatmate boyfriend girlfriend partner fianc\u00e9 fianc\u00e9e fiance fiancee"
    " grandson granddaughter grandma grandpa grandmother grandfather nan nana gran baby twin kid child boss buddy mate"
    " dog cat carer caregiver nanny stepson stepdaughter ex".split()
)
_KIN: Final = f"(?:{'|'.join(sorted(_KIN_WORDS, reverse=True))})"  # "nana" is tried before "nan"
_STAFF: Final = tuple(
    "student nurse doctor surgeon therapist midwife pharmacist resident assistant interpreter receptionist".split()
)
_CARERS: Final = ("aide", "carer", "caregiver", "helper", "key ?worker", "(?:social|support|care) worker", "cleaner")
#: One of these stands beside a name ("sanjay the medical student"), or somebody is told of it.
_STANDING: Final = _KIN_WORDS.union(_STAFF)
_TELLING: Final = frozenset(("tell", "told", "let"))
#: What people say of a name: "i am major it's my first name", "mum's called hope", "hi it's will i will be late".
_SAID_OF: Final = re.compile(
    r"\b(?P<name>[^\W\d_]{2,14}),? (?:it'?s|that'?s|that is|is) my (?:first|1st|last|middle|sur|maiden|real) ?name\b"
    rf"|\b{_KIN}(?:'s| is| was) called (?P<called>[^\W\d_]{{2,14}})\b"
    r"|\A(?:hi|hello|hey|morning),? (?:it'?s|this is) (?P<own>[^\W\d_]{2,14})(?= (?:i|from|calling|here|and|about)\b)",
    re.IGNORECASE,
)
#: What is booked stands under a name: "my appointment's under hortense state", "the golojuch party of three".
_UNDER: Final = re.compile(
    r"\bunder (?:the name (?:of )?|the last name |last name )?(?P<name>[^\W\d_]{2,16}(?:[- ][^\W\d_]{2,16})?)"
    r"(?=[.,?!]| |$)"
    r"|\b(?:booking|reservation|appointment|table|slot|booked) for (?P<whom>[^\W\d_]{3,16}(?: [^\W\d_]{3,16})?)"
    r"(?=[.,?!]| |$)"
    r"|\bthe (?P<party>[^\W\d_]{3,16}(?: [^\W\d_]{3,16})?) (?:party|family)\b",
    re.IGNORECASE,
)
_BOOKED: Final = frozenset(
    "under booking reservation appointment table slot booked party family account household".split()
)
#: The words with which those begin.
_BOOKERS: Final = frozenset("under booking reservation appointment table slot booked the".split())
#: "... Yours sincerely," and the next line is who signs.
_CLOSING: Final = re.compile(
    r"(?i:sincerely|faithfully|regards|respectfully|thanks|thank you|best|cheers|best wishes|yours truly),?\s*\n\s*"
    r"(?P<name>(?:[A-Z]\.? ?){0,3}[A-Z][\w'\u2019-]{1,30}(?: [A-Z][\w'\u2019-]{1,30}){0,2})(?=,|\s*\n|\s*\Z)"
)
#: Records in capitals: "SUBSCRIBER HARLOW JUNE ID", "DEP HARLOW MAX REL", "RX 6-114 SKOGLUND, PER".
_CAPITALS_LABEL: Final = re.compile(
    r"\b(?:SUBSCRIBER|DEPENDENT|DEP|PATIENT|PT|MEMBER|INSURED|GUARANTOR|CARDHOLDER"
    r"|NAME) (?P<name>[A-Z]{2,20} [A-Z]{2,20}(?: [A-Z])?)"
    r"(?= (?:ID|DOB|REL|GRP|SEX|MBR|MRN|ACCT|GROUP|POLICY|PLAN|\d)|$|[,;\n])"
    r"|(?<![\w,])(?P<both>[A-Z][A-Z'-]{1,20}, [A-Z]{3,20}(?: [A-Z])?)(?![\w-]|, [A-Z]{2}\b)"
)
#: People to ask for: "ask for sunny or mercy".
_ASK_FOR: Final = re.compile(
    r"\b(?:ask|asking|asked|looking) for (?P<name>[^\W\d_]{2,14})"
    r"(?: (?:or|and) (?P<other>[^\W\d_]{2,14}))?(?= (?:at|in|on|when|from|if|and)\b|[,.!?]|$)",
    re.IGNORECASE,
)
#: Words that are names of whom one is put through to, or tells that one called, and what somebody goes by.
_REACHED: Final = re.compile(
    r"\b(?:put (?:me|us|him|her|them) (?:back )?through to|(?:speak|speaking|talk|talking)(?: directly)? to"
    r"|(?:transfer|connect) (?:me|us|him|her|them)(?: over)? to) (?P<name>[^\W\d_]{2,14})"
    r"(?=[.,?!]|\s*\Z| (?:please|in|from|at|about|again|regarding)\b)"
    r"|\b(?:can|could|may|just|please|to) call me (?P<called>[^\W\d_]{2,14})(?=[.,!]|\s*\Z| (?:for short|and i)\b)"
    r"|\btell (?P<told>[^\W\d_]{2,14}) (?:i|that i|we) (?:called|rang|need|am|will)\b"
    r"|\A(?:(?:hi|hello|hey|yes|yeah),? )?(?:i'?m|i am) (?P<month>april|may|june|august) and (?:i|my|i'm)\b",
    re.IGNORECASE,
)
_REACHING: Final = frozenset("put speak speaking talk talking transfer connect call tell april may june august".split())
#: The words with which those begin.
_REACHERS: Final = frozenset(
    "put speak speaking talk talking transfer connect can could may just please to tell hi hello hey yes yeah i"
    " im".split()
)
_ASKERS: Final = frozenset(("ask", "asking", "asked", "looking"))
#: A message that begins with a name and a date: "keisha m 3.14.95".
_WITH_DATE: Final = re.compile(
    r"\A\W*(?P<name>[^\W\d_]{2,14}(?: [^\W\d_]{1,14}){0,2}),? +(?:(?:dob|d\.o\.b\.?|born)[ :]*)?"
    r"\d{1,2}([./-])\d{1,2}\2\d{2,4}\b",
    re.IGNORECASE,
)


_RELATED: Final = re.compile(
    rf"\b(?:my|his|her|our|their|your) (?:best |old |late |youngest |oldest |eldest |little |big "
    rf"|other )?(?:{_KIN}|{'|'.join(_CARERS)})(?P<is>'?s| is|,)? "
    r"(?P<name>[^\W\d_]{2,14})(?= (?:and i'?m|and i|who|is|was|has|had|just|will|[a-z]+ed|fell|got|can't|didn't|doesn't"
    r"|isn't|wants|needs|says|said|told|came|went|took|gave|brought|thinks|keeps|has been)\b|[,.?!]|$)",
    re.IGNORECASE,
)
#: "sanjay the medical student", "tell her forrest came by".
_BESIDE: Final = re.compile(
    r"\b(?:and|with|is|was|it's) (?P<name>[^\W\d_]{3,14}),? (?:the|my|our|your) (?:\w+ )?"
    rf"(?:{'|'.join(_STAFF)}|{_KIN})\b"
    r"|\b(?:tell|told|let) (?:her|him|them) (?P<told>[^\W\d_]{3,14}) (?:came|called|stopped|is|was|said|says"
    r"|needs|wants|phoned|rang)\b",
    re.IGNORECASE,
)
_BESIDERS: Final = frozenset("and with is was it tell told let".split())
#: Pedigrees and lists put a name in brackets behind its person: "mother II-4 (Inmaculada)".
_BRACKETED: Final = re.compile(
    rf"\b(?i:proband|patient|pt"
    rf"|{_KIN})(?: [IVX]{{1,4}}-\d{{1,2}})? \((?P<name>[A-Z][\w'\u2019-]{{1,30}}(?: [A-Z][\w'\u2019-]{{1,30}})?)\)"
)
#: Who did it or whom it is about, before a mark: "Asst: Waters", "SLP (Wood)", "Certifier: T. Grove". None of these
#: speaks in a transcript, so what stands behind the mark is no speech. The last word of an office is enough.
_OFFICERS: Final = frozenset(
    "anesth anaesth asst assistant scrub circulator circ certifier claimant applicant decedent deceased slp rn lpn lvn"
    " cna crna lcsw licsw lmft emt paramedic medic dispatcher phlebotomist sonographer radiographer hygienist"
    " optometrist optician podiatrist dentist caseworker worker manager supervisor coordinator supervising attending"
    " resident registrar sho fellow preceptor examiner assessor operator technician driver passenger owner handler"
    " landlord tenant teacher principal headteacher solicitor attorney notary keyworker proxy poa dpoa sponsor insured"
    " beneficiary policyholder employee student donor recipient visitor witness".split()
)
_SPECIALIST: Final = re.compile(r"[a-z]{3,14}(?:ologist|iatrist|aesthetist|esthetist)")
_WORDED: Final = r"(?:[A-Z]\.? ?){0,2}[A-Z][\w'\u2019-]{1,30}+"
_OFFICER: Final = re.compile(
    rf"(?<![\w-])(?P<office>[A-Za-z]{{2,20}})(?: \d)?(?:: ?| ?\(| ?[-\u2013] | =|=)(?:Drs?\.? )?"
    rf"(?P<name>{_WORDED}(?:,? {_WORDED}){{0,2}})(?= ?(?:[.;,)(/|\n]|[-\u2013] |  |\Z))(?![.,]\d)"
)
#: A name before what its bearer has learned: "J. Whirlwind RN", "Alder, DPT".
_CREDENTIALED: Final = re.compile(
    rf"(?<![\w.-])(?P<name>{_WORDED}(?: {_WORDED}){{0,2}})(?P<comma>,)? (?:RN|LPN|LVN|MD|NP|FNP|PA-C|PharmD|DDS|DMD|PhD"
    rf"|PsyD|LCSW|LICSW|LMFT|CRNA|CNA|OTR|DPT|CCC-SLP|RDN|MBBS|FRCS|MRCP)\b(?![\w-])"
)
_GOES_ON: Final = re.compile(r" [a-z]")
_DEGREES: Final = frozenset(
    "rn lpn lvn md np fnp pa pharmd dds dmd phd psyd lcsw licsw lmft crna cna otr dpt ccc rdn mbbs frcs mrcp".split()
)
#: "Patient Goode, Temperance / 11-Apr-1963", "Name SAVAGE, BEN-ODE | MR# ...": a label without a mark, last name first.
_LABELLED: Final = re.compile(
    r"\b(?:[Pp]atient|[Pp]t|[Nn]ame|[Cc]lient|[Mm]ember|[Rr]esident|[Cc]laimant|[Ss]ubscriber|[Ii]nsured|[Ee]mployee"
    r"|[Ss]tudent|[Dd]onor|PATIENT|NAME|RESIDENT|CLAIMANT|CLIENT|MEMBER"
    r"|(?:[Rr]ecords?|[Cc]hart|[Ff]ile|[Nn]otes) (?:of|for))[ \t]{1,8}"
    r"(?P<name>[A-Z][\w'\u2019-]{1,30}+, [A-Z][\w'\u2019-]{1,30}+(?: [A-Z]\b\.?)?)"
    r"(?=\s*(?:[|/;(\n]|\Z|\d|DOB|MRN|[MF]\b)|  |\t)"
)
#: "Interpreter for Mehmet Akbulut: ...".
_MADE_FOR: Final = re.compile(
    r"\b(?:[Ii]nterpreter|[Ll]etter|[Rr]eferral|[Rr]eport|[Ss]ummary|[Nn]otes?|[Cc]hart|[Rr]ecords?) (?:for|of) "
    r"(?P<name>[A-Z][\w'\u2019-]{1,30} [A-Z][\w'\u2019-]{1,30})(?=[:.,;]|\s*(?:\n|\Z))"
)
#: A full name right before a dose is nobody's drug ("gave Ada Finch 5 mg"), and whom one gives it to is somebody.
_DOSE: Final = re.compile(
    r"(?<= )\d[\d.,/]{0,8}+ ?(?:m[gl]|mcg|milli[gl]\w*|micrograms?|units?|tab(?:let)?s?|puffs?|drops|capsules?)\b"
)
_MEDICATED: Final = re.compile(
    rf"(?:\b(?P<to>[Gg]iven|[Aa]dministered|[Dd]ispensed|[Ii]njected) to )?(?<![\w-]){_CAPITALS}\Z"
)
_REACH: Final = 100
#: How the labels and those papers begin.
_LABELS: Final = frozenset(
    "patient pt name client member resident claimant subscriber insured employee student donor record records chart"
    " file notes".split()
)
_PAPERS: Final = frozenset("interpreter letter referral report summary note notes chart record records".split())
#: A full name of two words, both with a capital and no other such word beside ("Mark Young labs pending").
_WORDED_NAME: Final = re.compile(
    r"(?P<first>[A-Z][a-z]{2,13}) (?P<last>[A-Z][a-z]{2,13})(?![\w'\u2019&/-](?!s\b)| [A-Z][a-z])"
)
_WORD_BEFORE: Final = re.compile(r"(?:(?P<begins>(?:\A|[.!?:\n] ?))|[^\w\s] ?| )(?P<word>[\w'\u2019-]+) \Z")
#: So frequent are the two together, of five each.
_BOTH: Final = 8
#: The second of these is a place's name as often, behind words that tell where.
_GROUNDS: Final = frozenset(
    "park hill hills lake church bay beach street hall bridge bridges field fields ford wood woods rivers house meadows"
    " banks temple castle marsh land lane garden".split()
)
_WHERE: Final = frozenset("in at to near of by from the on via".split())
_DEAR: Final = re.compile(r"\bDear (?P<name>[A-Z][a-z]{1,20})(?=[,:!]| *\n)")
#: "Dr. Two Bears", which is read "Dr. 2 Bears".
_TITLED_NUMBER: Final = re.compile(
    r"\b(?:[Dd]r|[Dd]octor|[Mm]rs?|[Mm]s|[Mm]iss)\.? "
    r"(?P<name>(?:[A-Z][\w'\u2019]{1,30}[ -])?[1-9][ -][A-Z][a-z]{2,30})\b"
)


def find(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score), in offsets of the plain form, for every name that the words before it announce."""
    text, words = reading.text, reading.words
    cased = not text.islower()
    if "name" in reading.low:
        for match in _INTRODUCED.finditer(text):
            yield from _words(match, lexicon, strong=True, most=3, score=0.9)
    for match in reading.matches(_TITLED, _TITLES):
        named = match["name"].split(" ")[0]
        if is_phrase(text[match.start() : match.start("name")] + named) or is_phrase(match[0]):
            continue  # "Dr. Pepper"
        yield from _words(match, lexicon, strong=match["mr"] is not None, most=2, score=0.85)
    for match in reading.matches(_TITLED_NUMBER, _TITLES) if cased and reading.has_digit else ():
        yield *match.span("name"), 0.85
    for match in _BY_LETTER.finditer(text) if "dr" in words or "doctor" in words else ():
        yield *match.span("name"), 0.6
    for match in _INITIAL.finditer(text) if "initial" in words or "initials" in words else ():
        yield *match.span(match.lastgroup or "name"), 0.7
    done = "by" in words or "with" in words
    named = cased and bool(reading.matches(_ROLE_NAMED, _ROLES))
    noted = named or (cased and done and _BY_SOMEONE.search(text) is not None)
    for match in _NOTED.finditer(text) if noted else ():
        if _noted(match) and _nobody_else(match["name"], lexicon, -1.0, place=True):
            yield *match.span("name"), 0.7
    for match in _SHORT.finditer(text) if cased and not _SHORTS.isdisjoint(words) else ():
        if _nobody_else(match["name"], lexicon, 0.5):
            yield *match.span("name"), 0.7
    yield from _own_names(reading, lexicon)
    if cased:
        yield from _written_names(reading, lexicon)
    hailed = _HAILED.match(text)
    told = hailed is not None and hailed["name"].lower() not in NEVER and not _MAY_I.match(text)
    if hailed is not None and told and _is_first_name(hailed["name"], lexicon):
        yield *hailed.span("name"), 0.75
    by = _HAILED_BY.match(text)
    if by is not None and by["name"].lower() not in NEVER | _STOP | _ANYBODY:
        yield *by.span("name"), 0.75
    for match in _GREETED.finditer(text) if not _GREETINGS.isdisjoint(words) else ():
        kind = lexicon.describe(match["name"])[1] if match["name"].lower() not in NEVER else "c1"
        if kind in ("N", "n", "r", "pn") or (
            kind in ("oov", "odd", "foreign") and lexicon.nameness(match["name"].lower()) > 0.1
        ):
            yield *match.span("name"), 0.75


def with_initials(text: str, found: list[tuple[int, int, float]], lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield what was found, first names with the initial or the last name behind them that is an everyday word."""
    for start, end, score in found:
        if _is_first_name(text[start:end], lexicon):
            after = _INITIAL_AFTER.match(text, end) or _last_after(text, end, lexicon)
        else:
            after = None
        after = after or _GENERATION.match(text, end)
        yield start, after.end() if after is not None else end, score


def _last_after(text: str, end: int, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the everyday word behind a first name that many are called by, where it can be nothing else."""
    after = _LAST_AFTER.match(text, end)
    if after is None:
        return None
    low = after["last"].lower()
    common = _COMMON_LAST.search(lexicon.codes.get(low, "")) is not None
    return after if common and low not in MONTHS and low not in _STOP | NEVER else None


def _noted(match: re.Match[str]) -> bool:
    """Return whether a capitalised name stands behind a role or behind what was done by or with someone."""
    if match["role"]:
        return match["role"].lower() in _ROLES
    return match["before"].lower() in (_DONE_BY if match["by"].lower() == "by" else _DONE_WITH)


def _own_names(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield names that people give of themselves, or of whom they want, in a form that leaves no other reading."""
    text, words = reading.text, reading.words
    for match in reading.matches(_ASK_FOR, _ASKERS):
        for group in ("name", "other"):
            if match[group] and _is_first_name(match[group], lexicon):
                yield *match.span(group), 0.7
    for match in reading.matches(_REACHED, _REACHERS) if not _REACHING.isdisjoint(words) else ():
        group = match.lastgroup or "name"
        if _is_first_name(match[group], lexicon) and (group == "month" or match[group].lower() not in MONTHS):
            yield *match.span(group), 0.7
    for match in _IN_PARTS.finditer(text) if "name" in words and "last" in words else ():
        if not _STOP.intersection((match["first"].lower(), match["last"].lower())):
            yield *match.span("first"), 0.75
    for match in _HOUSEHOLD.finditer(text) if "reached" in words else ():
        low = match["name"].lower()
        if lexicon.describe(low)[1] not in ("c1", "d", "b") and "l" in lexicon.codes.get(low[:-1], ""):
            yield *match.span("name"), 0.7
    for match in reading.matches(_RELATED, _POSSESSIVES):
        if _is_said_name(match["name"], lexicon, announced=match["is"] is not None):
            yield *match.span("name"), 0.7
    beside = not (_TELLING.isdisjoint(words) and _STANDING.isdisjoint(words))
    for match in reading.matches(_BESIDE, _BESIDERS) if beside else ():
        group = "name" if match["name"] else "told"
        if _is_said_name(match[group], lexicon, announced=False):
            yield *match.span(group), 0.7
    for match in reading.matches(_UNDER, _BOOKERS) if not _BOOKED.isdisjoint(words) else ():
        yield from _booked(match, lexicon)
    own = ("name" in words and " my " in text) or "called" in words or text[:7].lower().startswith(_HAILS)
    for match in _SAID_OF.finditer(text) if own else ():
        group = match.lastgroup or "name"
        if match[group].lower() in _STOP or (group == "name" and match[group].lower() in NEVER):
            continue
        if group == "name" or _is_first_name(match[group], lexicon):
            yield *match.span(group), 0.75
    for match in _CALLED.finditer(text) if " me " in text or " by " in text or "nicknamed" in text else ():
        if lexicon.may_name(match["name"]) and match["name"].lower() not in _STOP | NEVER:
            yield *match.span("name"), 0.7
    dated = _WITH_DATE.match(text) if reading.has_digit else None
    if dated is not None and _is_dated_name(dated["name"].split(" "), lexicon):
        yield *dated.span("name"), 0.75


def _is_dated_name(words: list[str], lexicon: Lexicon) -> bool:
    """Return whether the words before a date are a first name, and no others than those of a name behind it."""
    return _is_first_name(words[0], lexicon) and all(len(word) == 1 or lexicon.may_name(word) for word in words[1:])


def _booked(match: re.Match[str], lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield the name that something is booked under: one word that is no ordinary one, and whatever follows it."""
    group = match.lastgroup or "name"
    first, _, second = match[group].partition(" ")
    kind = lexicon.describe(first)[1]
    namelike = kind in ("N", "n", "r", "pn", "oov", "odd", "foreign") or _is_first_name(first, lexicon)
    if not namelike or first.lower() in _STOP | NEVER or (kind == "oov" and lexicon.nameness(first.lower()) < 0.1):
        return
    if group == "party" and kind == "n":
        return  # "the royal family"
    start, end = match.span(group)
    low = second.lower()
    if second and (low in _STOP | NEVER | _AFTER_BOOKED or lexicon.describe(low)[1] in ("c1", "d", "y", "b", "#")):
        end = start + len(first)
    yield start, end, 0.7


#: What people say behind the name of a booking.
_AFTER_BOOKED: Final = frozenset(
    "tomorrow tonight next last morning afternoon evening noon lunch dinner"
    " party people booking reservation appointment"
    " table account name around between before after because since please still about".split()
)


def _written_names(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield names that capitals show: signatures, initials, brackets, log lines, records in capitals."""
    text, words = reading.text, reading.words
    signed = _SIGNED.search(text, max(0, len(text) - 60)) if "-" in text[-60:] or "~" in text[-60:] else None
    if signed is not None and _is_first_name(signed["name"].split(" ")[0], lexicon):
        yield *signed.span("name"), 0.8
    for match in _DEAR.finditer(text) if "dear" in words else ():
        if "f" in lexicon.codes.get(match["name"].lower(), ""):
            yield *match.span("name"), 0.8  # also who is called as a drug is: "Dear Yasmin,"
    for match in reading.matches(_WORDED_NAME, _word_names(lexicon)):
        if _is_worded_name(match, lexicon):
            yield *match.span(), 0.7
    for match in reading.matches(_HERE, _SELVES):
        if _is_first_name(match["name"], lexicon):
            yield *match.span("name"), 0.75
    for match in _CLOSING.finditer(text) if "\n" in text else ():
        if _nobody_else(match["name"], lexicon, -1.0):
            yield *match.span("name"), 0.8
    for match in _CAPITALS_LABEL.finditer(text) if _CAPITAL_RUN.search(text) else ():
        group = match.lastgroup or "name"
        parts = re.findall(r"[A-Z]{2,}", match[group])
        if group == "both" and all(len(part) < 5 for part in parts):
            continue  # "GERD, ANA"
        if all(_is_surname_or_unknown(word, lexicon) for word in parts):
            yield *match.span(group), 0.8
    marked = not _MARKED.isdisjoint(text) and not (_OFFICERS.isdisjoint(words) and "ist" not in reading.low)
    for match in _OFFICER.finditer(text) if marked else ():
        office = match["office"].lower()
        if (office in _OFFICERS or _SPECIALIST.fullmatch(office)) and _may_be_called(match["name"], lexicon):
            yield *match.span("name"), 0.7
    for match in reading.matches(_LABELLED, _LABELS) if ", " in text else ():
        if _may_be_called(match["name"], lexicon):
            yield *match.span("name"), 0.8
    for dose in reading.at_numbers(_DOSE):
        before = dose.start() - 1
        if text[text.rfind(" ", 0, before) + 1 : before].islower():
            continue  # as most drugs are written
        given = _MEDICATED.search(text, max(0, before - _REACH), before)
        if given is None or is_phrase(given["name"]):
            continue
        if Persons(lexicon).is_full_name(given["name"].split(" "), known=given["to"] is None):
            yield *given.span("name"), 0.7
    for match in reading.matches(_MADE_FOR, _PAPERS):
        if _may_be_called(match["name"], lexicon) and all(map(lexicon.may_name, match["name"].split(" "))):
            yield *match.span("name"), 0.7
    for match in _CREDENTIALED.finditer(text) if not _DEGREES.isdisjoint(words) else ():
        word = not match["comma"] or (_GOES_ON.match(text, match.end()) and not _is_surname(match["name"], lexicon))
        if _may_be_called(match["name"], lexicon) and (not word or _is_no_word(match["name"], lexicon)):
            yield *match.span("name"), 0.7
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        if _nobody_else(match["name"], lexicon, -1.0):
            yield *match.span("name"), 0.75
    for match in _INITIALED.finditer(text) if "." in text and not _LETTERS.isdisjoint(words) else ():
        if _nobody_else(match["name"], lexicon, 0.3):
            yield *match.span(), 0.75
    for match in _LOGGED.finditer(text) if ": " in text else ():
        if _nobody_else(match["name"], lexicon, 0.0):
            yield *match.span("name"), 0.75


@cache
def _word_names(lexicon: Lexicon) -> frozenset[str]:
    """Return the frequent first names that are everyday words, but for months and verbs that help others."""
    words = (word for word, code in lexicon.codes.items() if code[:2] in _EVERYDAY)
    return frozenset(word for word in words if _is_first_name(word, lexicon)) - NEVER - MONTHS


_EVERYDAY: Final = frozenset(("e1", "e2", "e3", "e4"))


def _is_worded_name(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether two capitalised words are a full name and no heading, place or thing."""
    if _frequency(match["first"], "f", lexicon) + _frequency(match["last"], "l", lexicon) < _BOTH:
        return False
    before = _WORD_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    word = before["word"] if before is not None else ""
    if word.istitle() and word.lower() not in _TITLES and before is not None and before["begins"] is None:
        return False
    if match["last"].lower() in _GROUNDS and word.lower() in _WHERE:
        return False
    return not is_phrase(match[0])


def _frequency(word: str, part: str, lexicon: Lexicon) -> int:
    """Return how frequent a word is as a first ("f") or a last name ("l"): 0 (never) to 5."""
    code = lexicon.codes.get(word.lower(), "")
    return int(code[code.index(part) + 1]) if part in code else 0


#: Of these a label is followed by one.
_MARKED: Final = frozenset(":(=-\u2013")


def _may_be_called(name: str, lexicon: Lexicon) -> bool:
    """Return whether a capitalised value where only a person fits is none of the things that stand there for nobody."""
    words = re.findall(r"[^\W\d_]{2,}", name)
    lows = [word.lower() for word in words]
    if not words or any(low in _STOP or low in NEVER or low in _NOBODY for low in lows):
        return False
    codes = [lexicon.codes.get(low, "") for low in lows]
    if any(not {"d", "m", "b"}.isdisjoint(code) for code in codes):
        return False
    return len(words) > 1 or not words[0].isupper() or "l" in codes[0] or "f" in codes[0]


def _is_no_word(name: str, lexicon: Lexicon) -> bool:
    """Return whether a capitalised name is more than one ordinary word ("Notify RN")."""
    words = re.findall(r"[^\W\d_]+", name)
    return len(words) > 1 or lexicon.describe(words[0])[1][0] != "c"


#: What stands behind an office when nobody is named.
_NOBODY: Final = frozenset(
    "unknown none pending self staff nurse doctor physician team clinic hospital department unit office service"
    " services department school company agency care home same various multiple vacant tbc tbd np pa md rn"
    " present absent assigned available required requested needed ordered complete completed done ready male female"
    " yes no lab laboratory pharmacy emergency intensive medical surgical ward floor day night shift evening"
    " total".split()
)


def _is_surname(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is somebody's name, whatever else it is ("Young, MD", unlike "Normal, MD")."""
    return not {"f", "l"}.isdisjoint(lexicon.codes.get(word.lower(), ""))


def _is_surname_or_unknown(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word in capitals can be part of a name: no ordinary word that is no name, no drug or term."""
    code = lexicon.codes.get(word.lower(), "")
    if not {"d", "m", "y", "b"}.isdisjoint(code) or word.lower() in NEVER | _STOP:
        return False
    return "f" in code or "l" in code or (not code and len(word) > 3)


def _is_said_name(word: str, lexicon: Lexicon, *, announced: bool) -> bool:
    """Return whether a word behind a relation is the person's name: a first name, or a word that nobody knows.

    Args:
        word: The word.
        lexicon: Public facts.
        announced: Whether it was said to be one ("my wife's fatoumata"), not merely beside ("my friend sky").
    """
    low = word.lower()
    if low in _STOP or low in NEVER:
        return False
    code = lexicon.codes.get(low, "")
    if "f" in code and code[code.index("f") + 1] in "2345":
        return not announced or code[:1] != "e" or code[1] not in "12"
    return lexicon.describe(low)[1] in ("oov", "n", "N", "odd", "foreign") and lexicon.nameness(low) > (
        -0.3 if announced else 0.0
    )


def _is_first_name(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a first name that is at least fairly frequent, and none of the words never meant so."""
    code = lexicon.codes.get(word.lower(), "")
    return "f" in code and code[code.index("f") + 1] in "2345" and word.lower() not in _STOP


def _nobody_else(name: str, lexicon: Lexicon, letters: float, *, place: bool = False) -> bool:
    """Return whether a capitalised name in a person's place is no drug, disease, place or ordinary word.

    Args:
        name: The words; the last one decides.
        lexicon: Public facts.
        letters: How much like a name's the letters of a word in no list have to look.
        place: Whether the name of a place will do: behind "mum" it is a person's.
    """
    word = name.rsplit(" ", maxsplit=1)[-1]
    code = lexicon.codes.get(word.lower(), "")
    if not {"d", "m", "y", "b"}.isdisjoint(code) or word.isupper() or word.lower() in NEVER:
        return False
    kind = lexicon.describe(word)[1]
    if kind == "c4":
        return "l" in code or "f" in code
    return kind in ("N", "n", "r", "pn", *(("p",) if place else ())) or (
        kind in ("oov", "oove", "odd", "foreign", "a3", "a4", "b4") and lexicon.nameness(word.lower()) > letters
    )


def _words(
    match: re.Match[str], lexicon: Lexicon, *, strong: bool, most: int, score: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the run of words of ``match["name"]`` that can be a name.

    Args:
        match: Group ``name`` holds the words.
        lexicon: Public facts.
        strong: Whether even an ordinary word counts as the first one.
        most: How many words at most.
        score: Score of the finding.
    """
    base = match.start("name")
    end = None
    for number, word in enumerate(re.finditer(_W, match["name"])):
        low = word.group().lower()
        kind = lexicon.describe(low)[1]
        if number and len(low) == 1 and low != "i":
            continue  # "norbert a wojtowicz"
        if number == most or low in _STOP or kind in ("d", "b") or (kind == "y" and match.re is not _INTRODUCED):
            break
        if number == 0:
            if low in LABELS and word.group().isupper():
                break  # "pt MRN 882-10-4"
            if len(low) < 2 or (match.re is _TITLED and (low in _VERBS or low in OFFICES)):
                break
            # "Dr. Quickly does": with both capitals it is a name whatever the word means.
            written = match.re is _TITLED and match[0][0].isupper() and word.group().istitle()
            if not written and not (lexicon.may_name(low) if not strong else kind[0] != "c" or match.re is _INTRODUCED):
                break
            if not written and not strong and kind[0] in "ab" and kind[-1] in "12":
                break
        elif kind not in ("N", "n", "r", "oov", "odd", "foreign", "pn", "a2", "a3", "b3") and not (
            word.group()[0].isupper() and kind[0] != "c"
        ):
            break
        end = base + word.end()
    if end is not None:
        yield base, end, score
