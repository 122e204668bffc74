"""The patterns of the date detector, in the order in which it uses them; all run on the reading."""

from __future__ import annotations

import re
from typing import Final

from masker import HESITATION

# --- Vocabulary ------------------------------------------------------------

#: Months that are nothing else, in full (with the misspellings that people type) and in other languages.
PLAIN: Final = (
    r"january|february|september|october|november|december|july"
    r"|janurary|janury|febuary|feburary|febrary|septmber|setpember|octobre|novemeber|decemeber|decmber"
    r"|enero|febrero|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|janvier|février|fevrier|avril|juillet|août|aout|septembre|novembre|décembre"
    r"|januar|februar|märz|marz|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre"
    r"|ottobre|dicembre"
    r"|janeiro|fevereiro|março|marco|maio|junho|julho|setembro|outubro|novembro|dezembro|marzo"
)
#: Months that are also verbs, adjectives or given names, and abbreviations: alone they need a cue.
AMBIGUOUS: Final = (
    r"march|april|may|june|august|juin|juni|juli|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    r"|okt|dez|mars|mai|ene|abr|dic"
)
#: "take your date of birth first", "one second", "one may feel dizzy".
NO_DATE: Final = re.compile(r"(?:the )?(?:1st|first|2nd|second)|1 (?:may|march|second)|24/7", re.IGNORECASE)
BEFORE_DATE: Final = frozenset("the on of in at and or since from for by until till to it's is was uh um".split())
MONTH_VERBS: Final = frozenset(("may", "march", "mar"))
NUMBER: Final = re.compile(r"\d+")
DECIMAL: Final = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")
MONTH_WORDS: Final = frozenset(f"{PLAIN}|{AMBIGUOUS}".split("|"))
MONTH: Final = rf"(?:{PLAIN}|{AMBIGUOUS})"
FILLER: Final = rf"(?:(?:{HESITATION}|like|so|well|i think|is it)[ ,]+)*"
ORD: Final = r"(?:st|nd|rd|th|er|º|ª|\.)"
#: The reading leaves "second" alone, which is mostly a unit of time; beside a month it is a day.
DAY: Final = r"(?:0?[1-9]|[1-3]\d|second)"
#: What, after a number, makes it an amount, a time or a rank rather than a day or year.
AMOUNT: Final = (
    r"mg|mcg|ug|g|kg|ml|mls|cc|l|lbs?|oz|cm|mm(?! h?mm)|iu|units?|percent|%|milli\w+|micro\w+|grams?"
    r"|kilos?|pounds?|ounces?|inch(?:es)?"
    r"|feet|foot|ft|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|times"
    r"|tablets?|tabs?|pills?"
    r"|capsules?|caps|puffs?|drops?|doses?|sprays?|degrees?|dollars|bucks|cents|points?|people"
    r"|visits?|refills?|cups?|teaspoons?|tablespoons?"
    r"|drinks?|packs?|cigarettes?|beats|bpm|mmhg|per|out of|over|o'?clock|a\.?m\b|p\.?m\b|am|pm|or so"
    r"|liters?|litres?|miles?|steps|calories"
    r"|bottles?|boxes|vials?|shots?|kids?|children|grade|floor|street|avenue|road|st|ave|rd"
)
UNIT: Final = rf"(?:{AMOUNT}|years?|yrs?|y/?o)"
NO_UNIT: Final = rf"(?! ?-?{UNIT}\b| ?%|:\d| ?/\d|[.,]\d|\d)"
#: A year in the reading: "1982", "19 82" (two spoken numbers), "'82", "82". A spoken time ("10 30 am") is none.
YEAR4: Final = r"(?:(?:18|19|20)[ ]?\d\d|(?:19|20) ?0 ?\d)(?!\d)"
YEAR: Final = (
    rf"(?:{YEAR4}|'\d\d|\d\d(?!(?: \d\d)? ?(?:[ap]\.? ?m\b|o'?clock)|[:.]\d))(?![\d/])(?! ?(?:mg"
    r"|mcg|ml|percent|%|year|yr|y/?o\b))"
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?"

# --- Cues ------------------------------------------------------------

#: Words that announce a birth date. "Birth weight" and the like announce something else.
BIRTH: Final = re.compile(
    rf"\bd\.? ?o\.? ?b\b|date of,? {FILLER}birth|\bbirth ?(?:date|day)|\bbirth(?=\W*$)|\bborn\b|\bb-?day\b"
    r"|\bfecha de nacimiento|\bnacid[oa]|\bnaissance|\bgeboren|\bgeburtsdatum|\bbirthdate"
    r"|\bbirth\b(?! ?(?:weight|control|rate|plan|defect))",
    re.IGNORECASE,
)
#: Each of those holds one of these letters ("d o b"), or of these parts of words.
BIRTH_LETTERS: Final = frozenset(("d", "dob", "do"))
BIRTH_STEMS: Final = ("birth", "born", "bday", "b-day", "fecha", "nacid", "naissance", "geb")
#: The announcement comes after: "six twelve eighty is my birthday".
BIRTH_AFTER: Final = re.compile(
    (
        r",? (?:(?:is|was|would be|that's|it's) )(?:my|his|her|their|the|our) (?:\w+'?s? )?(?:date of birth"
        r"|birth ?da(?:te|y)|d\.?o\.?b|b-?day)\b"
    ),
    re.IGNORECASE,
)
#: A question for a birth date; "where were you born" and "happy birthday" are none.
ASKS_BIRTH: Final = re.compile(
    rf"\bd\.? ?o\.? ?b\b|\bdates? of,? {FILLER}birth|\bbirth ?dates?\b|\bbirthdays?\b(?<!happy "
    r"birthday)(?<!belated birthday)(?! (?:coming|soon|party|today))"
    r"|\b(?:when|what|which|year|month|day)\b[^.?!\n]{0,24}\bborn\b|\bborn on\b|\bfecha de nacimiento"
    # "what day?", once the month was said
    r"|^\W*(?:(?:and|okay|ok|so|right|sorry|uh|um) )*(?:the |what |which |what's the )?(?:day|month)"
    r"(?: (?:was|is) (?:it|that)| please)?\W*$"
    r"|\b(?:month|year|day) of birth|\bborn in\W*$|\b(?:day|month),? and (?:the )?(?:day|month|year)"
    r"\b",
    re.IGNORECASE,
)
#: Words of which each of those cues holds one; so for the other ``..._WORDS``.
BIRTH_WORDS: Final = frozenset(
    "dob d dates date birth birthdate birthdates birthday birthdays born fecha day month".split()
)
#: A question that says "date": digits alone answer it.
ASKS_DATE: Final = re.compile(r"\b(?:what|which|the|your|their|his|her) (?:\w+ )?dates?\b|\bdate of\b", re.IGNORECASE)
ASKS_EXPIRY: Final = re.compile(r"\bexp(?:ir(?:y|es?|ation))?\b", re.IGNORECASE)
EXPIRY_WORDS: Final = frozenset("exp expiry expire expires expiration".split())
#: A question for more than the year of birth.
ASKS_DAY: Final = re.compile(r"\b(?:month|day|date|dates|d\.? ?o\.? ?b|birthday|birthdate)\b", re.IGNORECASE)
#: A question for some other date: its answer may be a bare month or "the 23rd".
WHEN: Final = re.compile(
    r"\bwhen\b|\bwhat (?:day|date|month)|\bwhich (?:day|date|month)|\bdates?\b|\bhow soon\b"
    r"|\b(?:first|last) day\b|\bhow long ago\b",
    re.IGNORECASE,
)
#: Other things that are answered in digits: beside them a bare run of digits is nobody's birth date for sure.
OTHER_NUMBER: Final = re.compile(
    r"\b(?:phone|telephone|numbers?|zip|post ?code|address|social|member|mrn|account|card|i ?d|pain"
    r"|scale|how (?:many|much|long|often)"
    r"|dose|weight|height|pressure|temperature|blood|pills?|tablets?|medication\w*|symptoms?)\b",
    re.IGNORECASE,
)
#: What can stand right before a day and month in digits ("on 4/22").
DATE_WORD: Final = re.compile(
    r"(?:\b(?:on|by|until|till|til|since|before|after|due|dated?|dates|appt|appointment|visit|seen"
    r"|admitted|discharged|scheduled|rescheduled|mov(?:e|ed|ing)|d/?c(?:'?d)?|surg|procedure|dose|open(?:s|ed)?"
    r"|alert|labs?"
    r"|cxr|echo|ekg|ecg|ct|mri|cath|biopsy|note|message|msg|ends?|ended|expires?|doi|injury|accident|incident"
    r"|mv[ac]|leaving"
    r"|arriv(?:ed|ing|es?)|cancel(?:led|ed)?|bill(?:ed)?|closed|eff|w/e|see you|resched|postponed|booked"
    r"|confirmed|tested"
    r"|effective|starting|started|through|thru|between|born|birthday|collected|received|signed"
    r"|implanted|submitted|surgery|admission|discharge|onset|lmp"
    r"|edd|dos|doa|dod|f/u|rtc|follow[- ]?up|period|called|phoned|rang|spoke|emailed|e-mailed|faxed"
    r"|removed|repeated|drawn"
    r"|reviewed|updated|dictated|transcribed|ordered|seen by \w+|drink|sent"
    r"|fell|fill(?:ed)?|refill(?:ed)?|bm|last|next|this|(?:week|visit|exam"
    r"|note|labs|encounter|report) of|as of|of service|for the|date is|date was|moved (?:it )?to"
    r"|back on|fall|placed|inserted|extubated|intubated|transferred|stopped|given|patch|bx|plan|clinic|strip|log"
    r"|cleaning|culture|swab|repair|beats|vt|run"
    # procedures, tests that are drawn or taken, and calls: none of them has a score
    r"|cabg|orif|appy|chole|[a-z]{2,16}(?:ectomy|oscopy|plasty|ostomy|otomy)|(?:ct|mri|cxr|eye) [a-z]{2,10}"
    r"|dexa|mammo|tdap|a1c|bmp|cbc|cmp|edc|lvm|call|recheck|no show|pod ?0)"
    rf"(?: on| is| was| for| from)?|\b{WEEKDAY}),?[:\s(\"=]*(?:the )?$",
    re.IGNORECASE,
)
DATE_LABEL: Final = re.compile(
    r"\b(?:date|dated|dob|d o b|dos|doa|dod|lmp|edd|admit\w*|discharg\w*|expir\w*|exp|due)\b[\w "
    r"]{0,14}[:\s\"=(]*$",
    re.IGNORECASE,
)
#: Before a day and month that can be no score, since one of them is over twelve: any word but one of measure.
PLAIN_WORD_BEFORE: Final = re.compile(r"(?<![^\W_])(?P<word>[^\W\d_]{2,})[,:]? $")
MEASURES: Final = frozenset(
    "was is are of a an the va re le od os ou eye eyes right left vision acuity score scored scores power pain grade"
    " scale level moca mmse phq gad nihss apgar gcs got gets fraction ratio about over under only did took take takes"
    " than and to or at for bp pressure sats cat audit epworth barthel waterlow news curb stage class number no"
    " dose".split()
)
#: "from 3/4 to 3/9": scores ("from 8/10 to 4/10") share the second number.
#: "7/4 23:10", "2/14 0330 RN": a clock time follows a date, or a line of a note begins with one.
TIME_FOLLOWS: Final = re.compile(
    r",? (?:@ ?|at )?(?:\d{1,2}:\d\d(?!\d)|[0-2]\d[0-5]\d (?:hrs?|rn|md|lpn|np|note|pt)\b)", re.IGNORECASE
)
LINE_FOLLOWS: Final = re.compile(r" ?[:\u2013-] ?[A-Za-z]| [0-2]\d[0-5]\d\b")
FROM: Final = re.compile(r"\bfrom $", re.IGNORECASE)
FROM_FOLLOWS: Final = re.compile(r" ?[,.;)]| ?$| (?:was|were|is|for|visit|through|thru|until|and)\b")
OPENS_RANGE: Final = re.compile(r" ?(?:-|to|through|thru) ?\d{1,2}/(\d{1,2})(?!\d)", re.IGNORECASE)
#: "11/6-11/8": dates share the first number, scores the second.
NOTED_RANGE: Final = re.compile(r" ?(?:-|to|through|thru) ?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])", re.IGNORECASE)
COLUMN_FOLLOWS: Final = re.compile(r" ?[|\t;]")
CLOCK_FOLLOWS: Final = re.compile(r" [0-2]\d[0-5]\d(?![\w/.-])")
SIGNED_BEFORE: Final = re.compile(r"(?:^|[.\n] ?)(?:[A-Z]\.? ?){1,2}[A-Z][a-z'-]+, $")
NAME_BEFORE: Final = re.compile(r"(?:[^\W\d_][\w'-]* ){2,3}")
#: Right before a fraction that is none.
#: "RAVLT 12/15", "PS 10/5", "ER 8/8 PR 6/8".
TEST_BEFORE: Final = re.compile(r"(?:\b\w{0,12}[A-Z]{2,}|\b(?:bipap|cpap)) $")
#: A second drug before a fraction, which is how much there is of either: "amlodipine/benazepril 5/20".
SECOND_DRUG: Final = re.compile(r"[^\W\d_]{4,}/(?P<word>[^\W\d_]{3,}) $")
APART_BEFORE: Final = re.compile(r"(?:^|[(\s,;])$")
#: What scores, grades and durations are written over ("4/5", "6/52", "2/7").
DENOMINATORS: Final = frozenset(("2", "3", "4", "5", "6", "10", "12"))
FRACTION: Final = re.compile(r"\d{1,2}/\d{1,2}")
SCORED: Final = re.compile(
    r"\b(?:score|pain|strength|power|bp|vision|va|wong-baker|acuity|odds)\b[^.\n]{0,16}$", re.IGNORECASE
)
WEEKDAY_BEFORE: Final = re.compile(rf"\b{WEEKDAY},? $", re.IGNORECASE)
NO_DAY_AFTER: Final = re.compile(r" (?:and last )?(?:name|line|letter|time|part|initial)\b", re.IGNORECASE)
FROM_TO: Final = re.compile(r"(?:\b(?:from|to|and|or|between)|-|,)\s*$", re.IGNORECASE)
#: Before a fraction or score.
SCORE: Final = re.compile(
    r"\b(?:pain|strength|score|scale|rated?|rates|rating|apgar|gcs|reflex\w*|motor|pulses?|level"
    r"|severity|grade|murmur|bp|blood pressure|pressure"
    r"|ratio|vision|acuity|moca|mmse|phq|gad|ards|discomfort|anxiety|power|out of)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
#: Right before digits that are an identifier, a version or a sum.
NOT_A_DATE: Final = re.compile(
    r"(?:\b(?:sort ?code|account|acct|mrn|m r n|ssn|social|phone|fax|cell|number|no|ref(?:erence)?s?|lot"
    r"|version|ver|build|ratio|model|release|room|suite|apt|unit|ext(?:ension|n)?|code"
    r"|zip|id|i d|icd|cpt|api-version|claim|policy|member|group|order|invoice|dose|score|price|cost"
    r"|pages?|chapter|section|schedule)\b(?: ?(?:is|was|number|no|id))?[:.#\s\"=]*|[#$€£])$",
    re.IGNORECASE,
)
#: The same before what is a complete date with its year: other numbers' labels may stand before a date, too
#: ("claim 2026-03-02 was denied").
NEVER_A_DATE: Final = re.compile(
    r"(?:\b(?:sort ?code|lot|version|ver|v|build|model|release|api[ _-]?version|dose|price|cost|ratio)\b"
    r"(?: ?(?:is|was|number|no|id))?[:.#\s\"=]*|[#$€£])$",
    re.IGNORECASE,
)
#: What platforms call the moment of a call, in words and as a name: "current date", "system__time_utc", "date_today".
_NOW: Final = (
    r"(?:today(?:'?s)?(?:[ _-]?date)?|date[ _-]?today|(?:(?:date|time) )?(?:right )?now"
    r"|(?:current|present|system|local|server)[ _-]{0,2}(?:(?:utc|gmt|local)[ _-])?(?:date|day|time)"
    r"(?:[ _-]?(?:time|stamp))?(?:[ _-](?:utc|gmt|iso|local))?(?: and time)?"
    r"|the (?:date|time)(?: and time)?(?: right)? (?:now|today))"
)
#: The operator's "today is": what stands between those words and the date is links, signs, a time zone, a time of day.
TODAY: Final = re.compile(
    rf"(?:(?<![^\W_]){_NOW}|\bit(?:'s| is) (?=currently)|(?<![^\n ] )\b(?=currently[ :]))"
    r"[\"'}>\])]{0,3}(?:\s*(?:is|as|:|=|-|\(|\"|\||,|on|it's|now|right|currently"
    r"|(?:in|for) [\w/]{1,24}(?: [\w/]{1,12})?|\([\w /]{1,24}\)|\w+ \d\d?:\d\d(?: ?[ap]m)?(?: on)?))*\s*"
    rf"(?:{WEEKDAY},?\s*)?(?:the )?$|\bit(?:'s| is)(?: now| currently)? {WEEKDAY},? (?:the )?$"
    rf"|\b(?:current|present) (?:date|time)\b[^.\n]{{0,40}}$",
    re.IGNORECASE,
)
IS_TODAY: Final = re.compile(r",? (?:is|being) (?:today|the current date|now)\b|,? \(today\)", re.IGNORECASE)
TODAY_KEY: Final = re.compile(rf"{_NOW}|currentDate(?:Time)?|currentTime(?:stamp)?", re.IGNORECASE)
DATE_KEY: Final = re.compile(
    r"birth|dob|bday|date|month|(?:^|[_ -])(?:day|on)$|admi(?:t|ss)|discharg|deceased|[a-z]On$"
    r"|[a-z]Date|period|effective",
    re.IGNORECASE,
)
AGE_KEY: Final = re.compile(
    r"(?:^|[_ -])ages?(?:$|[_ -](?:in[_ -])?(?:y|value|max|min))|[a-z]Age(?:$|InY)|^age(?:In)?(?:Y(?:ea)?rs?)?$"
    r"|patient_?age|^(?:edad|alter|idade|eta)$",
    re.IGNORECASE,
)

# --- Months ------------------------------------------------------------

JOIN: Final = r"[ ]?[.,/-]?[ ]?"
#: Recognisers punctuate where a speaker pauses: "twenty third of, the, third".
HUM: Final = rf"(?:{HESITATION},? )?"
OF: Final = rf",? {HUM}(?:of|de|in),? (?:the,? )?(?:month of )?"
#: A month's name; what stands left and right of it is looked at separately, which keeps the scan cheap.
MONTH_NAME: Final = re.compile(rf"(?<![^\W\d_]){MONTH}(?![^\W\d_])", re.IGNORECASE)
#: The word that a hyphen joins a month to: which part of it, or another ("x-may").
HYPHENED: Final = re.compile(r"(?:(?:mid|late|early)|(?P<joined>[^\W\d_]))-\Z", re.IGNORECASE)
BEFORE_MONTH: Final = re.compile(
    rf"(?<![\w/@:$-])(?<![^.]\.)(?:(?P<year>{YEAR4}|'\d\d)[ ,/.-]{{0,2}}{HUM}(?:the )?)?"
    rf"(?:(?P<day>{DAY})(?P<ord>{ORD})?(?: day)?(?P<of>{OF}{HUM}|{JOIN}{HUM}))?$",
    re.IGNORECASE,
)
AFTER_MONTH: Final = re.compile(
    rf"(?:(?:\.?,? ?{HUM}(?:of )?(?:the,? )?{HUM}|[./-])(?P<day>{DAY})(?P<ord>{ORD})?(?![\w%]|[:.,]\d| ?%)"
    rf"(?: ?(?:-|to|through|thru) ?(?:the )?{DAY}(?:st|nd|rd|th)?(?![\w:/%]|[.,]\d| ?{UNIT}\b))?)?"
    rf"(?P<tail>(?:,? ?(?:of|in|del?)?,? ?{HUM}|[./-])(?P<year>{YEAR}))?",
    re.IGNORECASE,
)
#: Day and year said digit by digit, behind a month: "july four one nine two three".
DIGITS_AFTER: Final = re.compile(r",? (?:the )?(?:0?[1-9]|[12]\d|3[01]) ?(?:18|19|20) ?\d\d(?!\d)")
#: "the 3rd and 4th of may".
FIRST_OF_TWO: Final = re.compile(
    r"(?<![\w.])(?P<day>\d{1,2}(?:st|nd|rd|th)?) (?:and|or|to|through|until) (?:the )?$", re.IGNORECASE
)
MONTH_CUE: Final = (
    r"(?:in|since|until|till|til|last|next|past|coming|early|late|mid|during|around|back in|(?:end"
    r"|beginning|start|middle|rest|month|first|week|half|part) of"
    r"|before|after|by|through|on)"
)
#: Before a month that stands alone. "To march", "this may", "from april" are no dates.
MONTH_BEFORE: Final = re.compile(
    rf"\b{MONTH_CUE}[ -](?:(?:the|early|late|mid|about|like|uh|um|of)[ -]|{WEEKDAY} )?$", re.IGNORECASE
)
#: Before a month that is nobody's: the one that it is, one to come, one of every year.
NOBODYS_MONTH: Final = re.compile(
    r"\b(?:it'?s|it is|until|till?|before|after|every|each|dry|sober|no shave|(?<!to )see (?:you|ya) in)"
    r" (?:uh |um |like |now |about |already )?$",
    re.IGNORECASE,
)
MONTHS_AFTER: Final = re.compile(
    rf",? (?:uh |um )?(?:{PLAIN}|{AMBIGUOUS}),? (?:uh |um )?(?:{PLAIN}|{AMBIGUOUS})\b", re.IGNORECASE
)
MONTHS_BEFORE: Final = re.compile(
    rf"\b(?:{PLAIN}|{AMBIGUOUS}),? (?:uh |um )?(?:{PLAIN}|{AMBIGUOUS}),? (?:uh |um )?$", re.IGNORECASE
)
SPANISH: Final = re.compile(r"\b(?:de|en|el|\d) $", re.IGNORECASE)
MODAL_AFTER: Final = re.compile(
    r" (?:i|we|you|not|be|have|need|cause|want|help|also|take|still|in place|on (?:the spot|toward)"
    r"|forward|around|up|down|out|or may not|as well)\b",
    re.IGNORECASE,
)
MARCHES: Final = re.compile(r" (?:on|forward|in|around|up|down|out|with|to)\b", re.IGNORECASE)
SUBJECT_BEFORE: Final = re.compile(
    r"\b(?:i|you|we|he|she|they|it|this|that|which|who|there|these|those|patients?|one|and|to|or)\s$", re.IGNORECASE
)
MONTH_RANGE: Final = re.compile(
    rf"(?: ?- ?| (?:to|through|thru|until|till|and|or) )(?P<month>{MONTH})(?![\w])", re.IGNORECASE
)
NATO: Final = re.compile(
    r"\b(?:alph?a|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|oscar"
    r"|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu)\b",
    re.IGNORECASE,
)
IS_PLAIN: Final = re.compile(PLAIN, re.IGNORECASE)
#: Months that are verbs or given names or abbreviate other words: a bare number before them proves nothing.
VERBS: Final = frozenset(("may", "march", "mar", "dec", "sep"))
UNIT_AFTER: Final = re.compile(rf" ?-?{UNIT}(?![a-z])", re.IGNORECASE)

# --- Numbers ------------------------------------------------------------

S: Final = r"(?P<sep>[ ]?[/.-][ ]?|[ ](?:slash|dash|hyphen|stroke|dot|point)[ ])"
#: In a path or a file's name ("/visits/2026-10-28/notes") a date begins with its year; behind the slash of its label
#: ("admission date/03/02/2026") with any part.
SEP_DATE: Final = re.compile(
    rf"(?:(?<![\w/.])|(?<=[/_])(?=(?:19|20)\d\d-\d\d-)|(?<=[A-Za-z]/)(?=\d\d?/\d\d?/\d))(?<![\d\w]-)"
    rf"(?P<a>\d{{1,4}}){S}(?P<b>\d{{1,2}})(?P=sep)(?P<c>(?:19|20) \d\d(?!:)"
    rf"|\d{{4}}|\d\d?)(?=[Tt]\d|(?<=-\d\d)[/_](?!\d)|(?<=/\d\d)(?:[AaPp][Mm]\b|[Xx]\d|-\d{{4}}(?!\d))"
    r"|(?![\w/]|-\w|\.\d))"
)
_ON_DAY: Final = r"(?:\d{4}(?P<%s>[-/.])\d\d?(?P=%s)\d\d?|\d\d?(?P<%s>[-/.])\d\d?(?P=%s)(?:\d{4}|\d\d%s))(?!\d)"
_AT_TIME: Final = r"(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
#: Two complete dates that a sign joins, as claims, stays and ISO 8601's intervals are written: "10/28/26-10/30/26",
#: "2026-10-28T09:00Z/2026-10-30T10:00Z", "28.10.-30.10.2026"; or one and how long it lasts: "2026-10-28/P3D".
DATE_RANGE: Final = re.compile(
    rf"(?<![^\W_])(?<![\w/.][-/.])(?P<from>{_ON_DAY % ('f', 'f', 'g', 'g', '|(?<=[.])')}){_AT_TIME}(?:/(?=P\d)"
    rf"|(?:--?|/|\.\.\.?|[_~\u2013\u2014]|->)(?P<to>{_ON_DAY % ('t', 't', 'u', 'u', '')}){_AT_TIME}(?![^\W_]|[-/.]\d))"
)
#: "06 21 1941", as the boxes of a form are copied.
SPACED: Final = re.compile(r"(?<![\w.,$/:-])(?<!\d )(?P<a>\d\d) (?P<b>\d\d) (?:18|19|20)\d\d(?![\w/-]| \d)")
MONTH_YEAR: Final = re.compile(r"(?<![\w/.-])(?:0?[1-9]|1[0-2])(?:/|-| slash )(?:19|20) ?\d\d(?![\w/-]|\.\d)")
YEAR_MONTH: Final = re.compile(r"(?<![\w/.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\w/-]|\.\d)")
DAY_MONTH: Final = re.compile(
    r"(?:(?<![\w/.$-])|(?<=/\d-)|(?<=/\d\d-))(?P<a>\d{1,2})(?P<sep>[/-]| slash )(?P<b>\d{1,2})"
    r"(?![\w/%]|-(?!\d{1,2}/\d)|\.\d|:\d)"
)
#: Milliseconds since 1970, as .NET writes them: ``/Date(-277776000000+0000)/``.
MILLISECONDS: Final = re.compile(r"(?:(?<=/Date\()|(?<=/Date\(-))\d{5,15}(?=(?:[+-]\d{4})?\)\\?/)")
#: A date as a program makes it, whatever follows: ``datetime.datetime(1961, 3, 14, 0, 0)``, ``Date.new(1961, 3, 14)``.
CONSTRUCTED: Final = re.compile(r"(?:18|19|20)\d\d, ?\d\d?, ?\d\d?(?= ?[,)])")
CONSTRUCTS: Final = re.compile(r"date(?:time)?(?:\.[a-z]{1,8})?\( ?\Z", re.IGNORECASE)
_PART: Final = r"[\"']?(?:year|month|day|tm_(?:year|mon|mday))[\"']?\s{0,2}[:=]\s{0,2}[\"']?"
_PART_VALUE: Final = r"(?:\d{1,4}(?!\d)|[A-Za-z]{3,9}(?![A-Za-z]))"
#: A birthday in parts, as programs print records: ``birth_date { year: 1961 month: 3 day: 14 }``; any date in three.
PARTED_BIRTH: Final = re.compile(
    r"(?:birth_?da(?:te|y)|date_?of_?birth|dob)[\"']?\s{0,3}(?:[:=]\s{0,3})?(?:[A-Za-z_.]{0,30}\(|\{)\s{0,12}"
    rf"(?P<parts>(?:{_PART}{_PART_VALUE}[\"']?[,;\s]{{0,12}}){{2,3}})",
    re.IGNORECASE,
)
PARTED_DATE: Final = re.compile(
    rf"(?:date(?:time)?|struct_time)\(\s{{0,12}}(?P<parts>(?:{_PART}{_PART_VALUE}[\"']?[,;\s]{{0,12}}){{3}})",
    re.IGNORECASE,
)
PART_OF_DATE: Final = re.compile(rf"{_PART}(?P<value>{_PART_VALUE})", re.IGNORECASE)
PACKED: Final = re.compile(
    r"(?<![\w.-])(?P<date>(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[Tt]?\d{4}(?:\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d{4})?)?(?![\w-])"
)
RUN: Final = re.compile(
    r"(?<![\w/:.$€£#@'-])\d{1,8}(?:st|nd|rd|th)?\b(?:(?:,? (?:of,? (?:the,? )?|the,? |and (?:the )"
    r"?(?=\d+th|\d+rd|\d+nd|\d+st))?)\d{1,8}(?:st|nd|rd|th)?\b|(?<=2000),? and \d{1,2}\b)*(?![\w/%@]"
    r"|[:.-]\d)"
)
#: What each of those dates but the packed one holds.
SEPARATED: Final = re.compile(
    r"\d{1,4}(?:[ ]?[/.-][ ]?\d|[ ](?:slash|dash|hyphen|stroke|dot|point)[ ]\d|\d[ ]\d\d[ ]\d{4})", re.IGNORECASE
)
#: Day, month and a year of four digits between signs that no date is written with, twice the same: "03 · 14 · 1961".
_SIGNS: Final = r"(?:</?\w{1,12}>|[^\w<>]| x (?=\d)){1,12}"
SIGNED_DATE: Final = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<gap>{_SIGNS})(?P<b>\d{{1,2}})(?P=gap)(?:18|19|20)\d\d(?!\d)"
    rf"|(?:18|19|20)\d\d(?P<apart>{_SIGNS})(?P<c>\d{{1,2}})(?P=apart)(?P<d>\d{{1,2}})(?!\d)"
)
GROUP: Final = re.compile(r"(\d+)(st|nd|rd|th)?")
ORDINAL_DAY_BEFORE: Final = re.compile(
    r"(?:\b(?:on|by|until|till|since|before|after|for|from|through|to|between|and|or|of|is|was)"
    rf"\s(?:about |like |uh |um |maybe )?|{WEEKDAY},?\s)the $|\b{WEEKDAY},? $",
    re.IGNORECASE,
)
#: Of these, what may as well stand before the third pill or the fourth of four.
VAGUE_BEFORE: Final = re.compile(r"\b(?:is|was|of|and|or|to)\s(?:about |like |uh |um |maybe )?the $", re.IGNORECASE)
NOT_DAY_BEFORE: Final = re.compile(
    r"(?:\b(?:is|was|are|were|be|being|been|'s|'re|'m|am|of|in|at|with|came|comes?|finish\w*|my|your"
    r"|his|her|than)\s|^)(?:only |like |about |just )?the $",
    re.IGNORECASE,
)
#: "The fourth and fifth fingers".
COUNTED_PAIR: Final = re.compile(
    r" (?:and|or|to|through) (?:the )?\d+(?:st|nd|rd|th) [a-z]{3,}s\b(?<!works)(?<!suits)(?<!does)(?<!was)",
    re.IGNORECASE,
)
ORDINAL_DAY_AFTER: Final = re.compile(
    r"(?! to the \d+(?:st|nd|rd|th)\b)"
    r"\s*(?:$|[.,;:?!()/\n\u2013-]|(?:yes|no|yeah|suit|and|at|if|or|to|because|but|is|so|then|would|will|please|when|i|we|with"
    r"|works?|instead|was|that|though|around|in the|between|okay|ok"
    r"|for (?:my|a|the|his|her)|right|does|should|can|could|after|before|through|from|he|she|it|they"
    r"|my|until|not|i've|i'm|you|there|the \d+(?:st|nd|rd|th)|and the|this month|next month|of (?:this|next"
    r"|last|the|each"
    r"|every) month)\b)",
    re.IGNORECASE,
)
WEEKDAYS: Final = frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday".split()
)
#: "Mon 12 til fri 16", one of them no hour.
WEEKDAYS_FROM_TO: Final = re.compile(
    rf"\b{WEEKDAY} (?P<a>\d{{1,2}}) ?(?:til|till|to|until|thru|through"
    rf"|-) ?{WEEKDAY} (?P<b>\d{{1,2}})(?![\w:/.-])",
    re.IGNORECASE,
)
#: "9.6. 9:00", "03.06 09:01", "14.2. at ten".
DOTTED_DAY: Final = re.compile(
    r"(?P<a>\d(?<![\w.,/:-]\d)\d?)\.(?P<b>\d{1,2})(?:\.(?= (?:at|um|bis|and \d|\d{1,2}:\d\d))|(?= \d\d:\d\d))"
)
#: Lines of a diary begin with a day.
DIARY: Final = re.compile(r"^\d{1,2}(?:st|nd|rd|th)\b", re.MULTILINE)
ON_THE: Final = re.compile(r"\b(?:on|since|until|till?|by) the $", re.IGNORECASE)
FROM_THE: Final = re.compile(r"\b(?:from|to|before|after|around|for) the $", re.IGNORECASE)
#: A participle before a day and month: "retaken 6/11", "steroids done 4/5".
DONE_BEFORE: Final = re.compile(
    r"\b(?!scored|rated|graded|improved|increased|decreased|reduced|remained|used|need)(?:[a-z]{3,}ed|done|given|taken|retaken|call|blood"
    r"|frm|from|seen|due)(?: on)? $",
    re.IGNORECASE,
)
#: What "on the 20th" counts when it is no day: "on the 20th floor".
AT_CLOCK: Final = re.compile(r",? at \d", re.IGNORECASE)
#: A date with its year is told, not agreed on.
WITH_YEAR: Final = re.compile(r"\d{4}")
#: "The nineteenth ten am", "24th 10 15".
CLOCK_AFTER: Final = re.compile(r" (?:at )?(?:1[0-2]|[1-9])(?: [0-5]\d| o'?clock| ?[ap]\.? ?m\b)", re.IGNORECASE)
#: Before a day that stands without "the".
BARE_DAY_BEFORE: Final = re.compile(
    r"(?:^(?:okay |so |then |no |yes |yeah )*|\b(?:meeting|clinic|appointment|appt|surgery|it's|is it|then"
    r"|to|from|until"
    r"|till|by|on) )$",
    re.IGNORECASE,
)
#: Before a rank or a part: "in the 18th", "the score at the 12th".
RANKED_BEFORE: Final = re.compile(
    r"\b(?:in|at|with|came|come|finish\w*|than|above|below|over|under|near|past|c|t|l) the $", re.IGNORECASE
)
COUNTED: Final = re.compile(
    r" (?:floor|street|st|avenue|ave|road|anniversary|week|day|attempt|time|(?:per)?centile|century|birthday|hole|row"
    r"|page|line|visit|cycle|dose|of|one|try|session|question|tooth|rib|nerve|vertebra|trimester|form|part|side|day)\b",
    re.IGNORECASE,
)
#: "The 24th" as the subject of an appointment: "the 24th works", "the 9th is no good", "let's say the 15th then".
SUITS: Final = re.compile(
    r" (?:works?|suits|at \d|(?:is|would be|was|looks|sounds) (?:no |not |also |perfectly )?(?:good"
    r"|fine|great|okay|ok|free|open|available|booked|full|better|best|perfect|out|busy)|then\b"
    r"|instead|in the (?:morning|afternoon|evening)|of (?:this|next|last) month)",
    re.IGNORECASE,
)
#: A day of the month that was said in the turn before: "you called on the second" / "and the seventh".
DAY_SAID: Final = re.compile(
    r"\b(?:on|and|by|until|since|for|'s|is) the (?:\d{1,2}(?:st|nd|rd|th)|(?:twenty |thirty )?(?:first|second|third"
    r"|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|twelfth|eleventh|twentieth|thirtieth))\b"
    r"(?! (?:time|floor|one|person|year|week|grade|dose))",
    re.IGNORECASE,
)
PROPOSES: Final = re.compile(
    r"\b(?:say|do|try|make it|how about|what about|prefer|take|choose|maybe|moved? it|have|offer|got|keep|kept|want"
    r"|need|cancel|drop|switch(?: it)? to|back to|change(?:d)?(?: it)? to)"
    r"(?: you)? the $",
    re.IGNORECASE,
)
SCHEDULE: Final = re.compile(
    r"\b(?:appointments?|appt|schedul\w*|reschedul\w*|seen|visit\w*|surgery|admitted|discharged|come "
    r"in|came in|book\w*"
    r"|message|msg|letter|email|voicemail|called|rang|phoned|wrote|available|opening|slot|due|birthday|date"
    r"|refill\w*|saw|month|cancel\w*|move)"
    r"\b",
    re.IGNORECASE,
)
#: "Second" stays a word in the reading.
THE_SECOND: Final = re.compile(rf"\b(?:on|until|till|til|by|since|{WEEKDAY},?) the (?P<day>second)\b", re.IGNORECASE)
#: ... and as the whole answer to a question for a day.
ANSWERS_SECOND: Final = re.compile(
    r"\W*(?:(?:uh|um|er|oh|so|yeah|yes|well|i think|it was|it's|that was|maybe|on)[\s,.]+){0,4}"
    r"the (?P<day>second)(?:[\s,.]+(?:i think|i believe|of this month|of last month|this month|last month|thanks"
    r"|please|maybe|or so))?\W*",
    re.IGNORECASE,
)
CORRECTION: Final = re.compile(
    r"[ ,.]+(?:(?:no|wait|sorry|actually|rather|or|i mean|i meant|scratch that|make that|excuse me"
    rf"|not|correction|my mistake|oops)[ ,.]+)+(?:it's |the |that's |is )*(?P<value>\d{{1,2}}(?:st|nd"
    rf"|rd|th)?(?: {YEAR4})?)\b{NO_UNIT}",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W\d_]+")
SMALL_TALK: Final = frozenset(
    (
        "s uh um er erm uhm so yeah yes yep sure okay ok it's its it is the of that's that well like you know i think"
        " let me see the year date birth my was born on in and something ish or no sorry wait oh a an mm hmm right"
        " correct day month nineteen twenty thousand hundred hi thanks please actually mean to for"
    ).split()
)
HOLIDAY: Final = re.compile(
    r"(?<![^\s:(,\"])(?:christmas(?: eve| day)?|new year'?s(?: eve| day)?|halloween|valentine'?s day"
    r"|boxing day|memorial day|labou?r day|easter (?:sunday|monday)|good friday|thanksgiving(?: day)?"
    r"|st\.? patrick'?s day|independence day|juneteenth|april fool'?s(?: day)?)\b"
    rf"(?P<year>,? (?:of |in )?{YEAR})?",
    re.IGNORECASE,
)
HOLIDAY_WORDS: Final = frozenset(
    "christmas year years halloween valentine valentines boxing patrick patricks independence juneteenth fool"
    " fools memorial labor labour easter friday thanksgiving".split()
)
HOLIDAY_CUE: Final = re.compile(
    r"\b(?:born|birthday|admitted|discharged|died|passed(?: away)?|surgery|fell|operated|delivered|started"
    r"|stopped|collapsed)"
    r"\b[^.\n]{0,24} $",
    re.IGNORECASE,
)

# --- Ages ------------------------------------------------------------

OLD: Final = r"(?P<age>9\d|1[0-2]\d)"

KIN: Final = (
    r"(?:(?:mother|father|mom|mum|mama|dad|papa|pops?|poppa|grand(?:mother|father|ma|pa|mom|dad|parent)|grandad|gramps"
    r"|granny|nana|nanny|nan|gran|nonna|nonno|abuel[ao]|oma|opa|babcia|husband|wife|aunt(?:ie|y)?|uncle|sister|brother"
    r"|twin|neighbou?r|cousin|partner|spouse|parent|friend|widow|widower|mgm|mgf|pgm|pgf)(?:[- ]in[- ]law)?)"
)
KIN_WORDS: Final = (
    "mother father mom mum mama dad papa pop pops poppa grandmother grandfather grandma grandpa grandmom granddad"
    " grandparent grandad gramps granny nana nanny nan gran nonna nonno abuela abuelo oma opa babcia husband wife aunt"
    " auntie aunty uncle sister brother twin neighbor neighbour cousin partner spouse parent friend widow widower mgm"
    " mgf pgm pgf"
)
PERSON: Final = (
    r"(?:hes|shes|im|theyre|he|she|i|they|we|you|who|patient|pt|mother|father|mom|mum|mama|dad|papa|grand(?:mother"
    r"|father|ma|pa|mom|dad|parent)|granny|nana|nan|gran|husband"
    r"|wife|aunt(?:ie|y)?|uncle|sister|brother|neighbou?r|lady|gentleman|woman|man|resident|member"
    r"|client|son|daughter|friend|cousin|parents?|caller|spouse|partner|widow|widower|twin|(?:pt|patient)'?s \w+"
    r"|mr\.? \w+|mrs\.? \w+|ms\.? \w+)"
)
PERSON_WORDS: Final = (
    "hes shes im theyre he she i they we you who patient patients pt pts mother father mom mum mama dad papa"
    " grandmother grandfather grandma grandpa grandmom granddad grandparent granny nana nan gran husband wife aunt"
    " auntie aunty uncle sister brother neighbor neighbour lady gentleman woman man resident member client son"
    " daughter friend cousin parent parents caller spouse partner widow widower twin mr mrs ms"
)
#: What follows belongs to the name of a form's next field: "Age: 97 Days since visit: 3".
NEXT_FIELD: Final = r"(?: \w{1,20}){0,3} ?[:=]"
#: Of what there would be ninety and more: in the plural, and "per" something ("97 per her license" is an age).
_COUNTED: Final = (
    AMOUNT.replace("s?", "s")
    .replace("|per|", r"|per (?:min|hour|day|week|month|\d)|")
    .replace("|out of|over|", r"|out of \d|over \d|")
    .replace(r"|a\.?m\b|", r"|a\.?m\b(?! i\b)|")
    .replace("|am|", r"|am\b(?! i\b)|")
)
NOT_AGE: Final = (
    rf"(?! last (?:year|time|visit)|[\d/%:]|[.,-]\d|-?(?:mg|ml|kg|lbs?)\b| ?(?:%|percent)(?!{NEXT_FIELD})| / ?\d| "
    r"(?:on (?:room|\d|oxygen|o2|ra|the (?:monitor|finger|vent|machine|scale))"
    rf"|(?:{_COUNTED})(?!_|{NEXT_FIELD}))\b| point(?!s?{NEXT_FIELD})| f\b| degrees|°)"
)
#: What laboratories measure.
ANALYTE: Final = (
    r"(?:ldl|hdl|platelets?|ha?emoglobin|ferritin|sodium|potassium|creatinine|a1c|alt|alp|ast|bun|bnp|ck|crp|egfr|esr|gfr"
    r"|inr|psa|wbc|tsh|triglycerides?|lipase|amylase|bilirubin|albumin|calcium|magnesium|phosph\w+|iron|lactate|chloride"
    r"|bicarb\w*|co2|troponin|glucose)"
)
#: What is measured in numbers, so that a number after it is no age.
MEASURED: Final = (
    r"(?:it|that|this|there|here|what|which|sugars?|pressure|temp|temperature|fever|rate|sats?|oxygen|levels?|weight|bp"
    r"|glucose|glu|readings?|score|number|room|door|gate|total|price|cost|balance|copay|bill|results?|pulse|heart"
    r"|count|width"
    r"|dose|code|extension|zip|area|address|house|street|channel|page|form|bus|route|highway|apartment|apt|flat|unit"
    r"|percentage|deductible|limit|answer|o2|spo2|saturation|systolic|diastolic|cholesterol|waist|height|iq|grade"
    rf"|{ANALYTE}"
    r"|been|up|visit|consultation|appointment|session|crown|filling|cleaning|exam|test|scan|plan"
    r"|bpm|output|volume|amount|charge|payment|fee|suite|bed|case|ticket|version|step|time|distance)\b"
)


#: Words behind "age" that make something else of it, or begin another statement: "the age limit", "at your age a rate
#: of 97".
_NO_AGE_BEHIND: Final = (
    r"(?:groups?|ranges?|brackets?|gap|cutoff|minimum|maximum|and|but|or|so|because|if|when|while|with|at|for|about|than|past"
    r"|over|under|below|above|until|till|after|before|requirement|adjusted|related|appropriate|category|took"
    r"|takes?|weighs?|an?|the|my|your|his|her|their|i'm|you're|he's|she's)\b"
)
#: One of them and its sign right before a number: "ESR: 104", "| ESR | 104 |".
MEASURED_BEFORE: Final = re.compile(rf"\b{ANALYTE} ?[:=|]\s{{0,2}}\Z", re.IGNORECASE)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


#: What goes on with an age, said anew or made exact: "she's ninety ninety three nearly ninety four".
AGE_AGAIN: Final = re.compile(
    r"(?:,? (?:no|nope|wait|sorry|well|nearly|almost|just|going on|coming up(?: to| on)?|actually|or))*,? "
    rf"{OLD}\b{NOT_AGE}",
    re.IGNORECASE,
)
#: Statements of an age that begin with it.
AGES_FIRST: Final = _compiled(
    # "92 year old", "99yo", "91 y/o", "94 years of age", "94-year-old", "96 years young"
    rf"(?<![\w.$/-]){OLD}[ -]?(?:and a half |plus )?(?:years?|yrs?\.?|y)[ -]?(?:/ ?o\b|o\b|old|of age|young|\. ?o\.?)",
    # "93F with", "a 93 M presents", "93-year M": not "101 F"
    (
        rf"(?<![\w.$/-]){OLD}[ -]?(?:female|male|woman|man|lady|gentleman|(?:[FM](?=,? (?:with|w/|who"
        r"|presents?|presenting|pmh|h/o|hx|s/p|admitted|c/o|here|from|adm|brought|found|referred)\b)))\b"
    ),
    # "Palliative: 92M, CHF"
    rf"(?:(?<![^\n])|(?<=[:;.|] )){OLD} ?(?-i:[FM])(?=, \w)",
    # "95 yrs", "93 Jahre", "90+ year old", "92yom", "95y": a number of years that nobody waits for
    (
        rf"(?<![\w.$/-])(?<!for )(?<!in )(?<!next )(?<!last ){OLD}\+?[ -]?"
        r"(?:(?:years?|yrs?|yo|jahre|a[ñn]os|ans|anos|anni)\b|y(?:/?o)?[mf]?\b)(?!\.\w)"
        r"(?! (?:ago|later|from|before|after|since|war|warranty|anniversary|of (?!age)|in\b|together|prior))"
    ),
    # "93/F", "Pt: 92 M": not "101 F"
    rf"(?<![\w.$/:-]){OLD}(?: ?/ ?[mf]|(?: ?/ ?|, ?)(?:male|female))\b(?!/)",
    # "ninety seven that's how old she is", "ninety something"
    rf"(?<![\w.$/-]){OLD}(?=,? (?:that's |is )?how old\b| (?:last|next|this) birthday\b)",
    rf"(?<![\w.$/-]){OLD}[ -](?:something|ish|odd)\b",
    # "her 95th birthday"
    r"(?<![\w.])(?P<age>(?:9\d|1[0-2]\d)(?:st|nd|rd|th))(?= (?:birthday|b-?day|year\b(?! anniv)))",
    rf"(?<![\w.$/-]){OLD}(?=,? (?:believe it or not|can you believe|and counting|years young))",
    rf"(?<![\w.$/-]){OLD}(?: years)?(?= and (?:still|sharp|lives|living|frail|going strong))",
)
#: Statements that begin with one of some words (runs of letters), where alone they are tried.
AGES_AFTER: Final = tuple(
    (frozenset(openers.split()), re.compile(pattern, re.IGNORECASE))
    for openers, pattern in (
        # "she's 101", "my grandmother will be 97", "he just turned 94"
        (
            PERSON_WORDS,
            (
                rf"\b{PERSON}(?:'s|'ll be|'d be|'d have been| is| was| are|'re|'m| am| were| will be| would be"
                rf"| would have been| be| also| too"
                r"| gonna be| going to be| just)*(?: (?:now|just|about|almost|nearly|only|already|like|currently"
                rf"|over|actually|around|{HESITATION}|going to be|going on|gonna be|soon to be|close to|pushing|well "
                r"over|hit|hits|past|approaching|a|be|turning|turned|turn|turns|reached|reaching|reaches|live to|lived "
                rf"to(?: be)?|made it to)[ ,]*)* (?<![.,;] ){OLD}(?![\d-]){NOT_AGE}"
            ),
        ),
        (
            "turn turned turns turning age aged at reached",
            (
                r"\b(?:turn(?:ed|s|ing)?|aged?|age (?:is|was|of)|age of|at the age of|reached)(?: (?:about"
                rf"|almost|nearly|over|just|uh|um|is|was|now))*[:=\s\"]{{1,4}}{OLD}\b{NOT_AGE}"
            ),
        ),
        # "age: 93", "Age/Sex: 93 F"
        ("age", rf"\bage\b[^\d\n.;]{{0,12}}?[:=]\s*\"?{OLD}\b{NOT_AGE}"),
        # "the age changed to 97", "you have my age as 97", "her age which is 97": what is said of somebody's age
        (
            "age",
            (
                r"(?:(?<=\bmy )|(?<=\byour )|(?<=\bhis )|(?<=\bher )|(?<=\btheir )|(?<=\bthe )|(?<='s ))age"
                rf"(?:,? (?:which|that|it|been|(?!{MEASURED}|{_NO_AGE_BEHIND})[a-z']{{1,12}})){{1,6}}?"
                rf",? {OLD}\b(?![\w-]){NOT_AGE}"
            ),
        ),
        # "Age 97 F", "Sex/Age F 97", "Sex: F 97": a sex, no degrees
        ("age aged", rf"\baged?\b[^\w\n.;]{{1,6}}{OLD}(?= ?(?-i:[FM])\b)"),
        (
            "sex gender",
            rf"\b(?:sex|gender)(?: ?[/,&-] ?age)?\b[^\w\n.;]{{1,4}}(?-i:[FMXU])[^\w\n]{{0,3}}{OLD}\b{NOT_AGE}",
        ),
        ("male female", rf"\b(?:fe)?male,? {OLD}\b{NOT_AGE}"),
        # "my mom, 92, fell", "my aunt (91)", "mother d. 95", "father died 91"
        (KIN_WORDS, rf"\b{KIN}(?:,| -)? ?\(?{OLD}(?=[),;]| -|$| y)"),
        (KIN_WORDS, rf"\b{KIN} (?:d\.?|died|dec'?d|deceased|passed)(?: (?:at|of|@|age))* ?{OLD}\b{NOT_AGE}"),
        ("my", rf"\bmy (?:\w+ )?{KIN},? (?:uh |um )?\w*,? ?{OLD},"),
        # "pt. 96, lives", "F, 92, widowed"
        ("pt patient", rf"\b(?:pt|patient)\.?,? {OLD}(?=,)"),
        ("f m", rf"(?-i:\b[FM]), {OLD}\b{NOT_AGE}"),
        # "a woman of ninety three", "approx 95"
        (
            "man woman lady gentleman person resident male female",
            rf"\b(?:man|woman|lady|gentleman|person|resident|male|female) of {OLD}\b{NOT_AGE}",
        ),
        ("approx approximately", rf"\bapprox(?:imately|\.)? {OLD}(?=$|[.,;)])"),
        # "age_years: 97", "Age (yrs) 93", "Age at admission: 91"
        (
            "age ageyear ageyears ageyr ageyrs ageinyears ageinyrs ageinyr agemax agemin",
            (
                rf"(?<![a-z])age(?:[_ ]?(?:in[_ ]?)?(?:years|yrs?|max|min)| \([a-z]{{1,8}}\)"
                rf"| at \w+)?\\?\"?\s?[:=]?\s?\\?\"?{OLD}\b{NOT_AGE}"
            ),
        ),
        # "not bad for ninety one", "how old is he? ninety three", "alive at 97"
        (
            "not good great well sharp fit spry pretty amazing alive independent",
            (
                rf"\b(?:not (?:too )?bad|good|great|well|sharp|fit|spry|pretty|amazing|alive|independent)"
                rf" (?:for|at|until|till) (?:a |age )?{OLD}\b{NOT_AGE}"
            ),
        ),
        (
            "how",
            (
                rf"\bhow old\b[^?\n]{{0,40}}\?\W*(?:(?:uh|um|oh|he's|she's|i'm|i am|he is|she is|they're"
                rf"|she'll be)\W+)*{OLD}\b{NOT_AGE}"
            ),
        ),
        # "Age | 92", "AGE|96", "Alter 93"
        (
            "age edad alter idade",
            rf"\b(?:age|edad|alter|idade)\b(?:[ _](?:in )?(?:years|yrs?))?\W{{1,6}}{OLD}\b{NOT_AGE}",
        ),
        # "ages": [41, 99, 12]
        ("ages", rf"\bages\b\W{{1,6}}(?:\d{{1,3}}, ?){{0,8}}?{OLD}\b(?![.-]?\d|%)"),
        ("one hundredth", r"\b(?P<age>(?:one )?hundredth)(?= (?:birthday|b-?day|year\b))"),
        # "in her nineties", "in his late 90s"
        (
            "in into",
            (
                r"\b(?:in|into) (?:his|her|their|my|your|our|the) (?:early |mid |late |mid-|upper |low )"
                r"?(?P<age>nineties|90'?s|hundreds|1[01]0'?s)\b"
            ),
        ),
        # "At 95, doses are usually lower"
        ("at", rf"(?:(?<![^\n])|(?<=[.!?])|(?<=[.!?] ))at {OLD}, (?=[a-z])"),
        # "MRN 469-095, 105F, needs O2"
        ("mrn dob", rf"(?-i:\b(?:MRN|DOB)\b[^,\n]{{2,20}}, ){OLD}(?-i:[FM])(?=[,;.\n]|$)"),
        ("tiene", rf"\btiene {OLD} a[ñn]os"),
        ("age", rf"\bage ?/ ?(?:sex|gender)\b\W{{1,4}}{OLD}(?!\d)"),
        # "at 96 I don't want": not "sats at 96"
        (
            "at",
            (
                rf"(?<!sats )(?<!sat )(?<!o2 )(?<!rate )(?<!is )(?<!oxygen )(?<!was )(?<!pulse )\bat {OLD}(?=,? "
                r"(?:i|you|he|she|they|we|what|it's|my|his|her|with no|still)\b)"
            ),
        ),
        (
            "died passed passes lived deceased",
            (
                rf"\b(?:died|passed(?: away)?|passes|lived|deceased)(?: \w+){{0,2}} at (?:age |the age of )?{OLD}\b"
                rf"{NOT_AGE}"
            ),
        ),
        ("shell hell shes hes", rf"\b(?:shell|hell) be {OLD}\b{NOT_AGE}"),
        ("going", rf"\bgoing on {OLD}(?!\d){NOT_AGE}"),
        # "alive, 96, hard of hearing", "mrs lamb ninety five"
        ("alive living widowed deceased", rf"\b(?:alive|living|widowed|deceased),? {OLD}(?=[,;.)])(?!\.\d)"),
        (
            "mrs mr miss ms missus mister",
            rf"\b(?:mrs|mr|miss|ms|missus|mister)\.? [a-z'-]{{2,20}}(?: [a-z'-]{{2,20}})? {OLD}\b(?! ?-?\d){NOT_AGE}",
        ),
    )
)
#: Statements that hold one of some words (runs of letters).
AGES_AROUND: Final = tuple(
    (frozenset(words.split()), re.compile(pattern, re.IGNORECASE))
    for words, pattern in (
        # "Pt: 92 M"
        (
            "m f",
            (
                rf"(?:^|\n|\bpt:? |\bpatient:? |\b(?:triage|admit|adm|consult|handover|bed \d+): |\()"
                rf"{OLD} ?[mf]\b(?![\w/])"
            ),
        ),
        # "Brandt, H.  91F": not "Temp 98F"
        ("m f", rf"(?-i:\b(?!T(?:emp|max|m)?\b)[^\W\d_][\w'-]{{0,24}}\.?,?)\s{{1,4}}{OLD}(?-i:[FM])\b(?![/-])"),
        # "the old man's ninety seven", "they're both ninety one", "which makes her ninety five": nobody measures these
        (
            "s is are re was were makes turns turned",
            (
                rf"(?<![a-z'])(?!{MEASURED})[a-z]{{2,}},?(?:'s| is| are|'re| was| were| makes (?:her|him|me|them)"
                rf"| turn(?:s|ed))"
                r"(?: (?:a young|a|only|just|about|like|what|approx|both|now|uh|um|around|over|almost|nearly|maybe"
                rf"|probably|already|actually))* {OLD}(?=$|[.,;!?\n]| (?:and|but|so|now|years?|yeah|today|last|come"
                rf"|this|next|or|he|she"
                rf"|i|they|who|with|bless|believe)\b)(?!,? ?\d){NOT_AGE}"
            ),
        ),
        # "a nonagenarian"
        (
            " ".join(
                f"{stem}{n}{link}narian{s}"
                for stem in ("nona", "cente", "supercente")
                for n in ("", "n")
                for link in ("", "ge", "te")
                for s in ("", "s")
            ),
            r"\b(?P<age>(?:nona|cente|supercente)n?(?:ge|te)?narians?)\b",
        ),
    )
)
#: Statements behind a name, which has a capital.
AGES_NAMED: Final = _compiled(
    # "Mrs Lamb, 94, lives", "Ida Krause (97)"
    rf"(?-i:[A-Z](?<!\w.)[a-z'-]+)(?:,? \(|, ){OLD}(?=\)|, [a-z])",
    # a list: "Ada Finch 103, Melchior 95, Sr. Mary Benedict 90, all stable"
    (
        rf"(?-i:\b(?!(?:Room|Rm|Bed|Unit|Apt|Suite|Highway|Hwy|Route|Ward|Bay|Box|Flat|Grade|Temp|Pulse|Day|Page)\b)"
        rf"[A-Z][a-z]+) {OLD}(?=, (?-i:[A-Z])[^,\n]{{2,40}} (?:9\d|10\d),)"
    ),
    (
        r"(?-i:(?!(?:Glu|Gluc|Na|Cl|Ca|Cr|Alb|Alp|Alt|Ast|Bun|Hgb|Hct|Plt|Mg|Phos|Trig|Chol|Mcv|Sats?|Spo|Hr|Rr)\b)"
        rf"[A-Z](?<=\d, .)[a-z][\w. ]{{1,30}}) {OLD}(?=,)"
    ),
    # "Alphonse Gauthreaux, 101.", "(aunt, Zoya, 90; colon)"
    rf"(?-i:[A-Z](?<!\w.)[\w'-]{{1,24}} [A-Z][\w'-]{{1,24}}), {OLD}(?=[.;])(?!\.\d)",
    rf"(?-i:[A-Z](?<=, .)[a-z]{{1,24}}), {OLD}(?=[;)])",
)
#: The sex beside an age in records; behind it only, it may be degrees as well.
SEXES: Final = frozenset(("f", "m", "female", "male"))
#: What every age over 89 holds; most texts hold none.
OVER_89: Final = re.compile(r"(?:9\d|1[0-2]\d)(?!\d)|\d{0,3}(?:90|1[01]0)'?[sS]")
OVER_89_WORDS: Final = ("nineties", "hundred", "narian")
HOW_OLD: Final = re.compile(
    r"\bhow old\b|\b(?:what|which) age\b|\b(?:your|his|her|their|patient'?s|the|current) age\b"
    r"|\bage\?|\bage\b(?= (?:please|of|and|or)\b|,)|^\W*(?:\d{1,2}\W+)?age\W*$"
    r"|^\W*(?:and |so |okay )*(?:the |your )?age(?: (?:sir|ma'?am|madam|please|love))?\W*$",
    re.IGNORECASE | re.MULTILINE,
)
AGE_WORDS: Final = frozenset(("old", "age"))
#: Said digit by digit: a weight ("nine two"), never an age.
#: "93 72", "93 1972", "93 19 72", "0409 19": month and day in one group as the reading has them, and the year.
BIRTH_SAID: Final = re.compile(r"(?P<month>0[1-9]|[1-9])(?P<day>0[1-9]|[1-9]) (?:(?:19|20) ?)?\d\d")
#: A question for what an instrument shows.
ASKS_READING: Final = re.compile(
    r"\b(?:oxygen|pulse|ox|o2|spo2|sats?|saturation|heart rate|bpm|weight|weighs?|blood pressure|bottom number"
    r"|top number|systolic|diastolic|sugars?|glucose|temperature|temp|reading|peak flow)\b",
    re.IGNORECASE,
)
READING_WORDS: Final = frozenset(
    "oxygen pulse ox o2 spo2 sat sats saturation heart bpm weight weigh weighs blood bottom top systolic diastolic"
    " sugar sugars glucose temperature temp reading peak".split()
)
DIGIT_BY_DIGIT: Final = re.compile(
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
    r"(?: (?:zero|oh|one|two|three|four|five|six|seven|eight|nine))+",
    re.IGNORECASE,
)
#: An age said again: "ninety four yeah".
SAME_AGE: Final = re.compile(
    rf"\W*(?:(?:yeah|yes|yep|okay|ok|right|so|oh|and|she's|he's|wow|gosh|goodness|my"
    rf"|uh|um|is she|is he|that's right)\W+)*{OLD}\b"
    r"(?:\W+(?:yes|yeah|and|in|but|last|bless|i|she|he|i've|she's|he's)\b.*|\W+(?:yeah|yes|yep|okay|ok|right"
    r"|wow|bless (?:her|him)|that's right|is she|is he"
    r"|that's (?:wonderful|amazing|great|fantastic|incredible|impressive|marvell?ous|lovely)\b.*))*\W*",
    re.IGNORECASE,
)
#: "Twelfth of next month".
OF_MONTH: Final = re.compile(r" of (?:this|next|last|the same|the following) month\b", re.IGNORECASE)
#: A number that is no age over 89, and what makes it one of fewer years, or an hour.
SMALL: Final = re.compile(r"\d{1,2}")
YEARS_OLD: Final = re.compile(r"[ -]?(?:y/?o\b|yrs?\b|years?\b|o'?clock\b|[MF]\b(?!/))", re.IGNORECASE)
AGED: Final = re.compile(r"\b(?:aged?|turned|turning)[ :]{1,2}\Z", re.IGNORECASE)
#: Days, weeks and months as British notes have them: "6/7", "3/52", "2/12".
DURATION: Final = re.compile(r"\d{1,2}/(?:7|52|12)")
LASTS: Final = re.compile(r"(?:\bfor|\bin|\bx|hx:|\bover|\bpast|\blast) \Z", re.IGNORECASE)
#: "A hundred years ago": no age.
LONG_AGO: Final = re.compile(
    r" (?:years?|days?|weeks?|months?|minutes?|hours?) (?:ago|later|from|before|since|in)\b", re.IGNORECASE
)
#: What stands before the number of a line or of an error: "hook.go:118", "ResetError(104, ...".
BEFORE_CODE: Final = re.compile(r"(?:\w\.[a-z]\w{0,4}:|(?:Error|Exception)\()\Z")
BARE_AGE: Final = re.compile(rf"(?<![\w.$/-]){OLD}\b{NOT_AGE}", re.IGNORECASE)
BIRTH_YEAR: Final = re.compile(
    r"(?:\b(?:i'm|i am|he's|he is|she's|she is|they're) from|\bborn\b(?:,? (?:like|uh|um|er|erm|you "
    r"know),?)*(?: and raised)?(?: back| way back)?(?: in| around| about| circa|,)?(?: (?:the year"
    r"|early|late|about|around|like|uh|um|\w{3,12} (?:in|of)))*|\byear of birth(?: is| was)?"
    r"|\bbirth ?year(?: is| was)?|\bd\.? ?o\.? ?b\.?(?: is| was)?|\bbirth ?date(?: is| was)?|\bdate "
    r"of birth(?: is| was)?|\bb\.)[:=\s\"]{1,4}(?P<year>(?:18|19) ?\d\d|'?\d\d)(?![\w/:.-]| ?\d)",
    re.IGNORECASE,
)
BIRTH_YEAR_WORDS: Final = frozenset("from born birth birthyear birthdate d dob do b".split())
#: The words with which it begins.
BIRTH_YEAR_OPENERS: Final = (BIRTH_YEAR_WORDS - {"from"}) | frozenset("i he she they year date".split())
#: Words that make a text without digits and months worth a look.
OTHER_WORDS: Final = frozenset(
    (
        "second nineties nonagenarian nonagenarians centenarian centenarians supercentenarian hundred hundreds"
        " hundredth"
        " memorial labor labour easter friday thanksgiving christmas halloween valentine valentines boxing "
        "juneteenth year independence april patrick patricks"
    ).split()
)
EXPIRY: Final = re.compile(r"\bexp(?:\.|ir(?:y|es?|ing|ation|ed))?\b[^.\n]{0,24}$", re.IGNORECASE)
#: An "oh" that the reading leaves alone, because it may be an interjection, is the zero of a date it precedes.
LEADING_OH: Final = re.compile(r"(?<![^\W_])(oh|o),? $", re.IGNORECASE)
SAYS_AGE: Final = re.compile(
    r"\b(?:i'm|i am|he's|she's|he is|she is|they're|age|aged)\W+(?:like |about |now |just )?$", re.IGNORECASE
)
#: A spoken time of day after loose digits.
TIME_AFTER: Final = re.compile(r" ?(?:[ap]\.? ?m\b|o'?clock)", re.IGNORECASE)
#: The date is being said again.
REPEATS: Final = re.compile(
    r"\b(?:again|repeat|sorry|no|wait|correct\w*|i mean|actually|meant|confirm|right\?|so that'?s)\b", re.IGNORECASE
)
#: A whole date in an earlier answer, after which later numbers are no part of it.
COMPLETE: Final = re.compile(
    rf"\d{{1,4}} ?[/.-] ?\d{{1,2}} ?[/.-] ?\d{{2,4}}|{MONTH}\W+(?:the )?\d{{1,2}}\w{{0,2}}\W+(?:of )"
    rf"?(?:\d\d|\d{{4}})\b"
    rf"|\d{{1,2}}\w{{0,2}} (?:of )?{MONTH}\W+(?:\d\d|\d{{4}})\b|\b\d{{1,2}}\w{{0,2}},? (?:of (?:the "
    rf")?)?\d{{1,2}}\w{{0,2}},? (?:\d{{4}}|\d\d)\b",
    re.IGNORECASE,
)
#: Properties of a vCard that hold a date, and how it is written: "19610305", "--03-05", "1961-03"; no year alone.
CARD_DATES: Final = ("BDAY", "ANNIVERSARY", "DEATHDATE")
CARD_DATE: Final = re.compile(r"(?!\d{4}(?!\d|-\d))(?:\d{4}-?|--)?(?:\d\d?-?\d{0,2}|-\d\d)(?!\d)")
