"""Dates and ages over 89, in writing and in speech.

45 CFR 164.514(b)(2)(i)(C) names "all elements of dates (except year) for dates directly related to an individual",
"all ages over 89 and all elements of dates (including year) indicative of such age". So a day or a month makes a
date, a bare year does not, unless it is the birth year of someone of ninety.

Everything is matched on the segment's reading, in which "the eleventh of the seventh eighty eight" already says
"the 11th of the 7th 88". Three scans follow:

- *months*: every month name is looked at with the numbers around it; without a number it counts only where a month,
  and no verb or given name, can stand ("in march", not "march in place");
- *numbers*: groups of digits that can be a date. A separator and a plausible day and month suffice for
  ``4/21/1950``; loose groups ("6 12 80") need a cue, or the open question for a date;
- *ages*: a number from 90 to 129 in any of the ways in which people state an age.

What the operator calls the current date is left alone, since nobody's date it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from masker import Segment, Span, asked, read

__all__ = ["DateDetector"]

# --- Vocabulary ------------------------------------------------------------------------------------------------------

#: Months that are nothing else, in full (with the misspellings that people type) and in other languages.
_PLAIN: Final = (
    r"january|february|september|october|november|december|july"
    r"|janurary|janury|febuary|feburary|febrary|septmber|setpember|octobre|novemeber|decemeber|decmber"
    r"|enero|febrero|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|janvier|f[ée]vrier|avril|juillet|ao[uû]t|septembre|novembre|d[ée]cembre"
    r"|januar|februar|m[äa]rz|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|janeiro|fevereiro|mar[çc]o|maio|junho|julho|setembro|outubro|novembro|dezembro|marzo"
)
#: Months that are also verbs, adjectives or given names, and abbreviations: alone they need a cue.
_AMBIGUOUS: Final = r"march|april|may|june|august|juin|juni|juli|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|okt|dez|mars|mai|ene|abr|dic"
#: Months of other languages whose names are words of English or given names: only beside a day.
_MONTH: Final = rf"(?:{_PLAIN}|{_AMBIGUOUS})"

_FILLER: Final = r"(?:(?:uh|um|uhm|er|erm|eh|like|you know|so|well|let me see|let's see|i think|is it)[ ,]+)*"
_ORD: Final = r"(?:st|nd|rd|th|er|º|ª|\.)"
#: The reading leaves "second" alone, which is mostly a unit of time; beside a month it is a day.
_DAY: Final = r"(?:0?[1-9]|[1-3]\d|second)"
#: What, after a number, makes it an amount, a time or a rank rather than a day or year.
_AMOUNT: Final = (
    r"mg|mcg|ug|g|kg|ml|mls|cc|l|lbs?|oz|cm|mm(?! h?mm)|iu|units?|percent|%|milli\w+|micro\w+|grams?|kilos?|pounds?|ounces?|inch(?:es)?"
    r"|feet|foot|ft|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|times|tablets?|tabs?|pills?"
    r"|capsules?|caps|puffs?|drops?|doses?|sprays?|degrees?|dollars|bucks|cents|points?|people|visits?|refills?|cups?|teaspoons?|tablespoons?"
    r"|drinks?|packs?|cigarettes?|beats|bpm|mmhg|per|out of|over|o'?clock|a\.?m\b|p\.?m\b|am|pm|or so|liters?|litres?|miles?|steps|calories"
    r"|bottles?|boxes|vials?|shots?|kids?|children|grade|floor|street|avenue|road|st|ave|rd"
)
_UNIT: Final = rf"(?:{_AMOUNT}|years?|yrs?|y/?o)"
_NO_UNIT: Final = rf"(?! ?-?{_UNIT}\b| ?%|:\d| ?/\d|[.,]\d|\d)"
#: A year in the reading: "1982", "19 82" (two spoken numbers), "'82", "82". A spoken time ("10 30 am") is none.
_YEAR4: Final = r"(?:(?:18|19|20)[ ]?\d\d|(?:19|20) ?0 ?\d)(?!\d)"
_YEAR: Final = rf"(?:{_YEAR4}|'\d\d|\d\d(?!(?: \d\d)? ?(?:[ap]\.? ?m\b|o'?clock)|[:.]\d))(?![\d/])(?! ?(?:mg|mcg|ml|percent|%|year|yr|y/?o\b))"
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"

# --- Cues --------------------------------------------------------------------------------------------------------------

#: Words that announce a birth date. "Birth weight" and the like announce something else.
_BIRTH: Final = re.compile(
    rf"\bd\.? ?o\.? ?b\b|date of,? {_FILLER}birth|\bbirth ?(?:date|day)|\bbirth(?=\W*$)|\bborn\b|\bb-?day\b"
    r"|\bfecha de nacimiento|\bnacid[oa]|\bnaissance|\bgeboren|\bgeburtsdatum|\bbirthdate|\bbirth\b(?! ?(?:weight|control|rate|plan|defect))",
    re.IGNORECASE,
)
#: A question for a birth date; "where were you born" and "happy birthday" are none.
_ASKS_BIRTH: Final = re.compile(
    rf"\bd\.? ?o\.? ?b\b|\bdates? of,? {_FILLER}birth|\bbirth ?dates?\b|\bbirthdays?\b(?<!happy birthday)(?<!belated birthday)(?! (?:coming|soon|party|today))"
    r"|\b(?:when|what|which|year|month|day)\b[^.?!\n]{0,24}\bborn\b|\bborn on\b|\bfecha de nacimiento|\b(?:month|year|day) of birth|\bborn in\W*$|\b(?:day|month),? and (?:the )?(?:day|month|year)\b",
    re.IGNORECASE,
)
_ASKS_EXPIRY: Final = re.compile(r"\bexp(?:ir(?:y|es?|ation))?\b", re.IGNORECASE)
#: A question for more than the year of birth.
_ASKS_DAY: Final = re.compile(r"\b(?:month|day|date|dates|d\.? ?o\.? ?b|birthday|birthdate)\b", re.IGNORECASE)
#: A question for some other date: its answer may be a bare month or "the 23rd".
_WHEN: Final = re.compile(
    r"\bwhen\b|\bwhat (?:day|date|month)|\bwhich (?:day|date|month)|\bdates?\b|\bhow soon\b|\b(?:first|last) day\b|\bhow long ago\b",
    re.IGNORECASE,
)
#: Other things that are answered in digits: beside them a bare run of digits is nobody's birth date for sure.
_OTHER_NUMBER: Final = re.compile(
    r"\b(?:phone|telephone|numbers?|zip|post ?code|address|social|member|mrn|account|card|i ?d|pain|scale|how (?:many|much|long|often)"
    r"|dose|weight|height|pressure|temperature|blood|pills?|tablets?|medication\w*|symptoms?)\b",
    re.IGNORECASE,
)
#: What can stand right before a day and month in digits ("on 4/22").
_DATE_WORD: Final = re.compile(
    r"(?:\b(?:on|by|until|till|til|since|before|after|due|dated?|dates|appt|appointment|visit|seen|admitted|discharged|scheduled|rescheduled"
    r"|effective|starting|started|through|thru|between|born|birthday|collected|received|signed|implanted|submitted|surgery|admission|discharge|onset|lmp"
    r"|edd|dos|doa|dod|period|fell|fill(?:ed)?|refill(?:ed)?|bm|last|next|this|(?:week|visit|exam|note|labs|encounter|report) of|as of|of service|for the|date is|date was|moved (?:it )?to|back on)"
    rf"(?: on| is| was| for| from)?|\b{_WEEKDAY}),?[:\s(\"=]*(?:the )?$",
    re.IGNORECASE,
)
_DATE_LABEL: Final = re.compile(
    r"\b(?:date|dated|dob|d o b|dos|doa|dod|lmp|edd|admit\w*|discharg\w*|expir\w*|exp|due)\b[\w ]{0,14}[:\s\"=(]*$",
    re.I,
)
#: "from 3/4 to 3/9": scores ("from 8/10 to 4/10") share the second number.
_OPENS_RANGE: Final = re.compile(r" ?(?:-|to|through|thru) ?\d{1,2}/(\d{1,2})(?!\d)", re.IGNORECASE)
_FROM_TO: Final = re.compile(r"(?:\b(?:from|to|and|or|between)|-|,)\s*$", re.IGNORECASE)
#: Before a fraction or score.
_SCORE: Final = re.compile(
    r"\b(?:pain|strength|score|scale|rated?|rates|rating|apgar|gcs|reflex\w*|motor|pulses?|level|severity|grade|murmur|bp|blood pressure|pressure"
    r"|ratio|vision|acuity|moca|mmse|phq|gad|ards|discomfort|anxiety|power|out of)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
#: Right before digits that are an identifier, a version or a sum.
_NOT_A_DATE: Final = re.compile(
    r"(?:\b(?:sort ?code|account|acct|mrn|m r n|ssn|social|phone|fax|cell|number|no|ref\w*|lot|version|ver|build|ratio|model|release|room|suite|apt|unit|ext\w*|code"
    r"|zip|id|i d|icd|cpt|api-version|claim|policy|member|group|order|invoice|dose|score|price|cost|pages?|chapter|section|schedule)\b(?: ?(?:is|was|number|no|id))?[:.#\s\"=]*|[#$€£])$",
    re.IGNORECASE,
)
#: The operator's "today is".
_TODAY: Final = re.compile(
    rf"(?:\btoday(?:'s)?(?: date)?|\b(?:current|present|system|local|server)[ _-]?(?:date|day|time)(?:[ _-]?time)?(?: and time)?(?: for [\w ]{{1,20}})?"
    rf"|\bdate today|\bnow|\bthe (?:date|time)(?: and time)?(?: right)? (?:now|today))[\"']?(?:\s*(?:is|as|:|=|-|\(|\"|,|on|it's|now|right|currently|\w+ \d\d?:\d\d(?: ?[ap]m)?(?: on)?))*\s*"
    rf"(?:{_WEEKDAY},?\s*)?(?:the )?$|\bit(?:'s| is)(?: now| currently)? {_WEEKDAY},? (?:the )?$"
    rf"|\b(?:current|present) (?:date|time)\b[^.\n]{{0,40}}$",
    re.IGNORECASE,
)
_IS_TODAY: Final = re.compile(r",? (?:is|being) (?:today|the current date|now)\b|,? \(today\)", re.IGNORECASE)
_TODAY_KEY: Final = re.compile(
    r"^(?:today|now|(?:current|server|system|local)[_ -]?(?:date|time|date[_ -]?time|timestamp)|todays?[_ -]?date)$",
    re.I,
)
_DATE_KEY: Final = re.compile(
    r"birth|dob|bday|date|month|(?:^|[_ -])(?:day|on)$|admi(?:t|ss)|discharg|deceased|[a-z]On$|[a-z]Date|period|effective",
    re.IGNORECASE,
)
_AGE_KEY: Final = re.compile(
    r"(?:^|[_ -])age(?:$|[_ -](?:in[_ -])?(?:y|value))|[a-z]Age(?:$|InY)|^age(?:In)?(?:Years)?$|patient_?age",
    re.IGNORECASE,
)

# --- Months ------------------------------------------------------------------------------------------------------------

_JOIN: Final = r"[ ]?[.,/-]?[ ]?"
#: Recognisers punctuate where a speaker pauses: "twenty third of, the, third".
_OF: Final = r",? (?:of|de|in),? (?:the,? )?(?:month of )?"
_HUM: Final = r"(?:(?:uh|um|er|erm),? )?"
#: A month's name; what stands left and right of it is looked at separately, which keeps the scan cheap.
_MONTH_NAME: Final = re.compile(
    rf"(?<![^\W\d_])(?:(?<=mid-)|(?<=late-)|(?<=early-)|(?<![^\W\d_]-)){_MONTH}(?![^\W\d_])", re.IGNORECASE
)
_BEFORE_MONTH: Final = re.compile(
    rf"(?<![\w/@.:$-])(?:(?P<year>{_YEAR4}|'\d\d)[ ,/.-]{{0,2}}(?:the )?)?"
    rf"(?:(?P<day>{_DAY})(?P<ord>{_ORD})?(?: day)?(?P<of>{_OF}{_HUM}|{_JOIN}{_HUM}))?$",
    re.IGNORECASE,
)
_AFTER_MONTH: Final = re.compile(
    rf"(?:(?:\.?,? ?(?:of )?(?:the,? )?{_HUM}|[./-])(?P<day>{_DAY})(?P<ord>{_ORD})?(?![\w:%]|[.,]\d| ?%)"
    rf"(?: ?(?:-|to|through|thru) ?(?:the )?{_DAY}(?:st|nd|rd|th)?(?![\w:/%]|[.,]\d| ?{_UNIT}\b))?)?"
    rf"(?P<tail>(?:,? ?(?:of|in|del?)?,? ?{_HUM}|[./-])(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
#: "the 3rd and 4th of may".
_FIRST_OF_TWO: Final = re.compile(
    r"(?<![\w.])(?P<day>\d{1,2}(?:st|nd|rd|th)?) (?:and|or|to|through|until) (?:the )?$", re.IGNORECASE
)
_MONTH_CUE: Final = (
    r"(?:in|since|until|till|til|last|next|past|coming|early|late|mid|during|around|back in|(?:end|beginning|start|middle|rest|month|first|week|half|part) of"
    r"|before|after|every|each|by|through|on)"
)
#: Before a month that stands alone. "To march", "this may", "from april" are no dates.
_MONTH_BEFORE: Final = re.compile(
    rf"\b{_MONTH_CUE}[ -](?:(?:the|early|late|mid|about|like|uh|um|of)[ -]|{_WEEKDAY} )?$", re.IGNORECASE
)
_MODAL_AFTER: Final = re.compile(
    r" (?:i|we|you|not|be|have|need|cause|want|help|also|take|still|in place|on (?:the spot|toward)|forward|around|up|down|out|or may not|as well)\b",
    re.IGNORECASE,
)
_MARCHES: Final = re.compile(r" (?:on|forward|in|around|up|down|out|with|to)\b", re.IGNORECASE)
_SUBJECT_BEFORE: Final = re.compile(
    r"\b(?:i|you|we|he|she|they|it|this|that|which|who|there|these|those|patients?|one|and|to|or)\s$", re.IGNORECASE
)
_MONTH_RANGE: Final = re.compile(
    rf"(?: ?- ?| (?:to|through|thru|until|till|and|or) )(?P<month>{_MONTH})(?![\w])", re.IGNORECASE
)
_NATO: Final = re.compile(
    r"\b(?:alph?a|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu)\b",
    re.IGNORECASE,
)
_IS_PLAIN: Final = re.compile(_PLAIN, re.IGNORECASE)
#: Months that are verbs or given names or abbreviate other words: a bare number before them proves nothing.
_VERBS: Final = frozenset(("may", "march", "mar", "dec", "sep"))
_UNIT_AFTER: Final = re.compile(rf" ?-?{_UNIT}(?![a-z])", re.IGNORECASE)

# --- Numbers -----------------------------------------------------------------------------------------------------------

_S: Final = r"(?P<sep>[ ]?[/.-][ ]?|[ ](?:slash|dash|hyphen|stroke|dot|point)[ ])"
_SEP_DATE: Final = re.compile(
    rf"(?<![\w/.])(?<![\d\w]-)(?P<a>\d{{1,4}}){_S}(?P<b>\d{{1,2}})(?P=sep)(?P<c>(?:19|20) \d\d|\d{{4}}|\d\d?)(?=[Tt]\d|(?![\w/]|-\w|\.\d))"
)
_MONTH_YEAR: Final = re.compile(r"(?<![\w/.-])(?:0?[1-9]|1[0-2])(?:/|-| slash )(?:19|20) ?\d\d(?![\w/-]|\.\d)")
_YEAR_MONTH: Final = re.compile(r"(?<![\w/.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\w/-]|\.\d)")
_DAY_MONTH: Final = re.compile(r"(?<![\w/.$-])(?P<a>\d{1,2})(?P<sep>[/-]| slash )(?P<b>\d{1,2})(?![\w/%-]|\.\d|:)")
_PACKED: Final = re.compile(
    r"(?<![\w.-])(?P<date>(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[Tt]?\d{4}(?:\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d{4})?)?(?![\w-])"
)
_RUN: Final = re.compile(
    r"(?<![\w/:.$€£#@'-])\d{1,8}(?:st|nd|rd|th)?\b(?:(?:,? (?:of,? (?:the,? )?|the,? |and (?:the )?(?=\d+th|\d+rd|\d+nd|\d+st))?)\d{1,4}(?:st|nd|rd|th)?\b|(?<=2000),? and \d{1,2}\b)*(?![\w/%@]|[:.-]\d)"
)
_GROUP: Final = re.compile(r"(\d+)(st|nd|rd|th)?")
_ORDINAL_DAY_BEFORE: Final = re.compile(
    rf"(?:\b(?:on|by|until|till|since|before|after|for|from|through|to|between|and|or|of|is|was)\s(?:about |like |uh |um |maybe )?|{_WEEKDAY},?\s)the $|\b{_WEEKDAY},? $",
    re.IGNORECASE,
)
#: Of these, what may as well stand before the third pill or the fourth of four.
_VAGUE_BEFORE: Final = re.compile(r"\b(?:is|was|of|and|or|to)\s(?:about |like |uh |um |maybe )?the $", re.IGNORECASE)
_NOT_DAY_BEFORE: Final = re.compile(
    r"(?:\b(?:is|was|are|were|be|being|been|'s|'re|'m|am|of|in|at|with|came|comes?|finish\w*|my|your|his|her|than)\s|^)(?:only |like |about |just )?the $",
    re.IGNORECASE,
)
_ORDINAL_DAY_AFTER: Final = re.compile(
    r"\s*(?:$|[.,;?!)\n]|(?:and|at|if|or|to|because|but|is|so|then|would|will|please|when|i|we|with|works?|instead|was|that|though|around|in the|between|okay|ok"
    r"|for (?:my|a|the|his|her)|right|does|should|can|could|after|before|through|from|he|she|it|they|my|until|not|this month|next month|of (?:this|next|last|the|each|every) month)\b)",
    re.IGNORECASE,
)
#: "The 24th" as the subject of an appointment: "the 24th works", "the 9th is no good", "let's say the 15th then".
_SUITS: Final = re.compile(
    r" (?:works?|suits|at \d|(?:is|would be|was|looks|sounds) (?:no |not |also |perfectly )?(?:good|fine|great|okay|ok|free|open|available|booked|full|better|best|perfect|out|busy)|then\b|instead|in the (?:morning|afternoon|evening)|of (?:this|next|last) month)",
    re.IGNORECASE,
)
_PROPOSES: Final = re.compile(
    r"\b(?:say|do|try|make it|how about|what about|prefer|take|choose|maybe|moved? it|have|offer|got)(?: you)? the $",
    re.IGNORECASE,
)
_SCHEDULE: Final = re.compile(
    r"\b(?:appointments?|appt|schedul\w*|reschedul\w*|seen|visit\w*|surgery|admitted|discharged|come in|came in|book\w*|available|opening|slot|due|birthday|date|refill\w*|saw|month|cancel\w*|move)\b",
    re.IGNORECASE,
)
#: "Second" stays a word in the reading.
_THE_SECOND: Final = re.compile(rf"\b(?:on|until|till|til|by|since|{_WEEKDAY},?) the (?P<day>second)\b", re.IGNORECASE)
_CORRECTION: Final = re.compile(
    rf"[ ,.]+(?:(?:no|wait|sorry|actually|rather|or|i mean|i meant|scratch that|make that|excuse me|not|correction|my mistake|oops)[ ,.]+)+(?:it's |the |that's |is )*(?P<value>\d{{1,2}}(?:st|nd|rd|th)?(?: {_YEAR4})?)\b{_NO_UNIT}",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL_TALK: Final = frozenset(
    "uh um er erm uhm so yeah yes yep sure okay ok it's its it is the of that's that well like you know i think let me see the year date birth my was born on in and"
    " something ish or no sorry wait oh a an mm hmm right correct day month nineteen twenty thousand hundred hi thanks please actually mean to for".split()
)
_HOLIDAY: Final = re.compile(
    r"(?<=[ :])(?:christmas(?: eve| day)?|new year'?s(?: eve| day)?|halloween|valentine'?s day|boxing day|st\.? patrick'?s day|independence day|juneteenth|april fool'?s(?: day)?)\b",
    re.IGNORECASE,
)
_HOLIDAY_CUE: Final = re.compile(
    r"\b(?:born|birthday|admitted|discharged|died|passed(?: away)?|surgery|fell|operated|delivered)\b[^.\n]{0,24} $",
    re.IGNORECASE,
)

# --- Ages --------------------------------------------------------------------------------------------------------------

_OLD: Final = r"(?P<age>9\d|1[0-2]\d)"
_PERSON: Final = (
    r"(?:he|she|i|they|we|you|who|patient|pt|mother|father|mom|mum|mama|dad|papa|grand(?:mother|father|ma|pa|mom|dad|parent)|granny|nana|nan|gran|husband"
    r"|wife|aunt(?:ie|y)?|uncle|sister|brother|neighbou?r|lady|gentleman|woman|man|resident|member|client|son|daughter|friend|cousin|mr\.? \w+|mrs\.? \w+|ms\.? \w+)"
)
_NOT_AGE: Final = rf"(?! last (?:year|time|visit)|[\d/%:]|[.,-]\d|-?(?:mg|ml|kg|lbs?)\b| ?(?:%|percent|/)| (?:over|on (?:room|\d|oxygen|o2|the|ra)|(?:{_AMOUNT}))\b| point| f\b| degrees|°)"
_AGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "92 year old", "99yo", "91 y/o", "94 years of age", "94-year-old", "96 years young"
        rf"(?<![\w.$/-]){_OLD}[ -]?(?:and a half |plus )?(?:years?|yrs?\.?|y)[ -]?(?:/ ?o\b|o\b|old|of age|young|\. ?o\.?)",
        # "she's 101", "my grandmother will be 97", "he just turned 94"
        rf"\b{_PERSON}(?:'s|'ll be| is| was| are|'re|'m| am| were| will be| would be| would have been| be| gonna be| going to be| just)*(?: (?:now|just|about|almost|nearly|only|already|like|currently|over|actually|around|uh|um|going to be|going on|gonna be|soon to be|close to|pushing|well over|past|approaching|a|be|turning|turned|turn|turns|reached|reaching|reaches|live to|lived to(?: be)?|made it to)[ ,]*)* (?<![.,;] ){_OLD}(?![\d-]){_NOT_AGE}",
        rf"\b(?:turn(?:ed|s|ing)?|aged?|age (?:is|was|of)|age of|at the age of|reached)(?: (?:about|almost|nearly|over|just|uh|um|is|was|now))*[:=\s\"]{{1,4}}{_OLD}\b{_NOT_AGE}",
        # "age: 93", "Age/Sex: 93 F"
        rf"\bage\b[^\d\n.;]{{0,12}}?[:=]\s*\"?{_OLD}\b{_NOT_AGE}",
        # "93F with", "a 93 M presents", "93-year M": not "101 F"
        rf"(?<![\w.$/-]){_OLD}[ -]?(?:female|male|woman|man|lady|gentleman|(?:[FM](?=,? (?:with|w/|who|presents?|presenting|pmh|h/o|hx|s/p|admitted|c/o|here|from|adm|brought|found|referred)\b)))\b",
        # "her 95th birthday"
        r"(?<![\w.])(?P<age>(?:9\d|1[0-2]\d)(?:st|nd|rd|th))(?= (?:birthday|b-?day))",
        r"\b(?P<age>(?:one )?hundredth)(?= (?:birthday|b-?day))",
        # "in her nineties", "in his late 90s"
        r"\b(?:in|into) (?:his|her|their|my|your|the) (?:early |mid |late |mid-|upper |low )?(?P<age>nineties|90'?s|hundreds|1[01]0'?s)\b",
        r"\b(?P<age>(?:nona|cente|supercente)n?(?:ge|te)?narians?)\b",
        rf"\btiene {_OLD} a[ñn]os",
        rf"\bage ?/ ?(?:sex|gender)\b\W{{1,4}}{_OLD}(?!\d)",
        # "at 96 I don't want": not "sats at 96"
        rf"(?<!sats )(?<!sat )(?<!o2 )(?<!rate )(?<!is )(?<!oxygen )(?<!was )(?<!pulse )\bat {_OLD}(?=,? (?:i|you|he|she|we|what|it's|my|his|her|with no|still)\b)",
        rf"\bgoing on {_OLD}(?!\d){_NOT_AGE}",
        rf"(?<![\w.$/-]){_OLD}(?=,? (?:believe it or not|can you believe|and counting|years young))",
        rf"(?<![\w.$/-]){_OLD}(?: years)?(?= and (?:still|sharp|lives|living|frail|going strong))",
    )
)
#: What every age over 89 holds; most texts hold none.
_OVER_89: Final = re.compile(r"(?<!\d)(?:9\d|1[0-2]\d)(?!\d)|nineties|90'?s|hundred|narian|1[01]0'?s", re.IGNORECASE)
_HOW_OLD: Final = re.compile(
    r"\bhow old\b|\b(?:what|which) age\b|\b(?:your|his|her|their|patient'?s|the|current) age\b|\bage\?|\bage\b(?= (?:please|of))",
    re.IGNORECASE,
)
_BARE_AGE: Final = re.compile(rf"(?<![\w.$/-]){_OLD}\b{_NOT_AGE}", re.IGNORECASE)
_BIRTH_YEAR: Final = re.compile(
    rf"(?:\b(?:i'm|i am|he's|he is|she's|she is|they're) from|\bborn\b(?:,? (?:like|uh|um|er|erm|you know),?)*(?: and raised)?(?: back| way back)?(?: in| around| about| circa|,)?(?: (?:the year|early|late|about|around|like|uh|um|\w{{3,12}} (?:in|of)))*|\byear of birth(?: is| was)?|\bbirth ?year(?: is| was)?|\bd\.? ?o\.? ?b\.?(?: is| was)?|\bbirth ?date(?: is| was)?|\bdate of birth(?: is| was)?|\bb\.)[:=\s\"]{{1,4}}(?P<year>(?:18|19) ?\d\d|'?\d\d)(?![\w/:.-]| ?\d)",
    re.IGNORECASE,
)

_PREFILTER: Final = re.compile(
    rf"\d|\b{_MONTH}\b|the second|nineties|narian|christmas|halloween|valentine|new year|boxing day|juneteenth|hundred",
    re.IGNORECASE,
)


_EXPIRY: Final = re.compile(r"\bexp(?:\.|ir(?:y|es?|ing|ation|ed))?\b[^.\n]{0,24}$", re.IGNORECASE)
#: An "oh" that the reading leaves alone, because it may be an interjection, is the zero of a date it precedes.
_LEADING_OH: Final = re.compile(r"(?<![^\W_])(oh|o),? $", re.IGNORECASE)
_SAYS_AGE: Final = re.compile(
    r"\b(?:i'm|i am|he's|she's|he is|she is|they're|age|aged)\W+(?:like |about |now |just )?$", re.IGNORECASE
)
#: A spoken time of day after loose digits.
_TIME_AFTER: Final = re.compile(r" ?(?:[ap]\.? ?m\b|o'?clock)", re.IGNORECASE)
#: The date is being said again.
_REPEATS: Final = re.compile(
    r"\b(?:again|repeat|sorry|no|wait|correct\w*|i mean|actually|meant|confirm|right\?|so that'?s)\b", re.IGNORECASE
)
#: A whole date in an earlier answer, after which later numbers are no part of it.
_COMPLETE: Final = re.compile(
    rf"\d{{1,4}} ?[/.-] ?\d{{1,2}} ?[/.-] ?\d{{2,4}}|{_MONTH}\W+(?:the )?\d{{1,2}}\w{{0,2}}\W+(?:of )?(?:\d\d|\d{{4}})\b"
    rf"|\d{{1,2}}\w{{0,2}} (?:of )?{_MONTH}\W+(?:\d\d|\d{{4}})\b|\b\d{{1,2}}\w{{0,2}},? (?:of (?:the )?)?\d{{1,2}}\w{{0,2}},? (?:\d{{4}}|\d\d)\b",
    re.IGNORECASE,
)


def _plausible(first: int, second: int) -> bool:
    """Return whether two numbers can be a day and a month, in either order."""
    return 0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12


def _is_year(group: str) -> bool:
    return len(group) == 4 and group[:2] in ("18", "19", "20")


def _date_groups(groups: list[str], *, lenient: bool) -> bool:
    """Return whether groups of digits are one whole date: day, month and year in some order.

    Args:
        groups: The digit groups as said; a spoken year may be two (``19 60``), day and month may be one (``108``).
        lenient: Accept a two-digit year, all digits in one group, and days and months that do not exist: callers
            misspeak and recognisers mishear, and the question makes it a date all the same.
    """
    if (
        len(groups) >= 2
        and groups[-2] in ("18", "19", "20")
        and len(groups[-1]) == 2
        and len(groups) > 2 - (len(groups[0]) > 2)
    ):
        joined = [*groups[:-2], groups[-2] + groups[-1]]
        if len(joined) in (2, 3) and joined != groups and _date_groups(joined, lenient=lenient):
            return True
    if len(groups) == 4 and groups[0] in ("18", "19", "20"):
        return _date_groups([groups[0] + groups[1], *groups[2:]], lenient=lenient)
    if len(groups) == 3:
        if _is_year(groups[0]):
            return len(groups[1]) <= 2 and len(groups[2]) <= 2 and _plausible(int(groups[1]), int(groups[2]))
        if len(groups[0]) > 2 or len(groups[1]) > 2:
            return False
        if not _is_year(groups[2]) and not (lenient and len(groups[2]) == 2):
            return False
        return lenient or _plausible(int(groups[0]), int(groups[1]))
    if (
        len(groups) == 2
        and len(groups[0]) in ((2, 3, 4) if lenient and _is_year(groups[1]) else (3, 4))
        and (_is_year(groups[1]) or (lenient and len(groups[1]) == 2))
    ):
        head = groups[0]
        return any(_plausible(int(head[:cut]), int(head[cut:])) for cut in (1, 2) if 1 <= len(head) - cut <= 2)
    if len(groups) == 1 and lenient and len(groups[0]) in (6, 8):
        digits = groups[0]
        if len(digits) == 8 and _is_year(digits[:4]):
            return _plausible(int(digits[4:6]), int(digits[6:]))
        return _plausible(int(digits[:2]), int(digits[2:4])) and (len(digits) == 6 or _is_year(digits[4:]))
    return False


def _is_dated(digits: list[str]) -> bool:
    """Return whether groups end in a year of four digits, said as one or two numbers."""
    return len(digits) > 1 and (
        _is_year(digits[-1]) or (len(digits) > 2 and _is_year(digits[-2] + digits[-1]) and len(digits[-1]) == 2)
    )


class DateDetector:
    """Finds DATE and AGE.

    Args:
        today: The day from which ages are counted; by default the day on which the detector is made.
    """

    name = "date"
    kinds = frozenset({"DATE", "AGE"})

    def __init__(self, today: dt.date | None = None) -> None:
        #: Born in this year or before: over 89 now or within the year.
        self._old_year = (today or dt.datetime.now(tz=dt.UTC).date()).year - 90

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every date and every age over 89 of a segment."""
        text = segment.reading.text
        if not _PREFILTER.search(text):
            return
        if segment.key is not None and _TODAY_KEY.match(segment.key):
            return
        source = segment.reading.source
        for start, end, score in self._dates(segment, text):
            yield Span(*source(start, end), "DATE", score, self.name)
        for start, end, score in _ages(segment, text):
            first, last = source(start, end)
            if (
                segment.text[first : first + 7].lower() == "hundred"
                and segment.text[max(0, first - 2) : first].lower() == "a "
            ):
                first -= 2  # "a hundred and two" is read "a 102"
            yield Span(first, last, "AGE", score, self.name)

    def _dates(self, segment: Segment, text: str) -> Iterator[tuple[int, int, float]]:
        scan = _Scan(segment, text, self._old_year)
        scan.months()
        scan.separated()
        scan.runs()
        scan.birth_years()
        scan.holidays()
        scan.corrections()
        yield from scan.found


class _Scan:
    """One look at one segment: what the context says, and what was found so far (offsets into the reading)."""

    def __init__(self, segment: Segment, text: str, old_year: int) -> None:
        self.segment = segment
        self.text = text
        self.old_year = old_year
        self.ordinal_found = False
        self.found: list[tuple[int, int, float]] = []
        key = segment.key or ""
        self.birth_key = _BIRTH.search(key.replace("_", " ")) is not None
        self.date_key = self.birth_key or _DATE_KEY.search(key) is not None
        self.asked_birth = asked(segment, _ASKS_BIRTH)
        self.expiry = asked(segment, _ASKS_EXPIRY)
        self.asked_when = self.asked_birth or (
            segment.question is not None and _WHEN.search(segment.question.text) is not None
        )

    # --- context

    def _left(self, start: int, reach: int = 60) -> str:
        return self.text[max(0, start - reach) : start]

    def _add(self, start: int, end: int, score: float) -> bool:
        """Keep a finding unless it is the operator's current date or lies within an earlier one."""
        if any(s <= start and end <= e for s, e, _ in self.found[-24:]):
            return True
        if self.segment.role != "user" and (_TODAY.search(self._left(start)) or _IS_TODAY.match(self.text, end)):
            return False
        if score > 0.55 and (self.expiry or _EXPIRY.search(self._left(start, 32))):
            score = 0.55  # a card's expiry, if the account plugin says so
        zero = _LEADING_OH.search(self.text, max(0, start - 6), start)
        self.found.append((zero.start(1) if zero and self.text[start].isdigit() else start, end, score))
        return True

    def _is_taken(self, start: int, end: int) -> bool:
        return any(s < end and start < e for s, e, _ in self.found[-24:])

    def _birth_cue(self, start: int) -> bool:
        """Return whether a birth date is announced just before ``start``, and no other number stands between."""
        if self.birth_key:
            return True
        left = self._left(start, 72)
        cue = None
        for cue in _BIRTH.finditer(left):
            pass
        return cue is not None and _OTHER_NUMBER.search(left, cue.end()) is None and left.count("\n", cue.end()) < 3

    # --- months

    def months(self) -> None:
        """Find dates that name their month."""
        for match in _MONTH_NAME.finditer(self.text):
            if not self._is_taken(*match.span()):
                self._month(match)

    def _month(self, match: re.Match[str]) -> None:
        text = self.text
        start, end = match.span()
        month = match[0].lower()
        plain = _IS_PLAIN.fullmatch(month) is not None
        before = _BEFORE_MONTH.search(text, max(0, start - 32), start)
        after = _AFTER_MONTH.match(text, end)
        first = before if before and before["day"] and self._day_first(before, after, month, plain) else None
        second = after if after and after["day"] and self._day_second(after, month, start, plain) else None
        if first or second:
            if before and before["year"] and (first or not before["day"]):
                start = before.start()
            elif first:
                start = first.start("day")
            if second or (after and after["year"] and not after["day"]):
                end = after.end() if after else end
            self._add(start, end, 0.95)
            other = _FIRST_OF_TWO.search(text, max(0, start - 24), start) if first else None
            if other is not None:
                self._add(*other.span("day"), 0.9)
            return
        if after and after["year"] and not after["day"] and self._month_year(after["year"], start, plain):
            self._add(start, after.end(), 0.9)
            return
        self._month_alone(match, plain)

    def _day_first(self, before: re.Match[str], after: re.Match[str] | None, month: str, plain: bool) -> bool:
        """Return whether the number before the month is its day: not "1 may feel"."""
        if (
            plain
            or before["ord"]
            or before["day"].lower() == "second"
            or before["of"].strip()
            or (after and after["year"])
            or before["year"]
        ):
            return True
        if month in _VERBS or (after and after["day"]):
            left = self.text[max(0, before.start("day") - 40) : before.start("day")]
            return bool(_DATE_WORD.search(left)) or self.date_key or self.asked_when
        return True

    def _day_second(self, after: re.Match[str], month: str, start: int, plain: bool) -> bool:
        """Return whether the number after the month is its day: not "you may 2 times", "may 10 mg"."""
        if (
            after["ord"]
            or after["day"].lower() == "second"
            or after["year"]
            or (plain and not _UNIT_AFTER.match(self.text, after.end("day")))
        ):
            return True
        if _UNIT_AFTER.match(self.text, after.end("day")):
            return False
        follows = any(0 <= start - e <= 8 for _, e, _ in self.found[-2:])
        return (
            month not in ("may", "march", "mar")
            or follows
            or (self.text[start].isupper() and start > 2 and self.text[start - 2] not in ".?!")
            or not _SUBJECT_BEFORE.search(self._left(start, 20))
            or bool(_DATE_WORD.search(self._left(start)))
        )

    def _month_year(self, year: str, start: int, plain: bool) -> bool:
        if len(year.replace(" ", "")) == 4 or year.startswith("'"):
            return True
        # "december 85": two digits that are no day
        return plain or bool(_MONTH_BEFORE.search(self._left(start))) or self.asked_when

    def _month_alone(self, match: re.Match[str], plain: bool) -> None:
        text = self.text
        start, end = match.span()
        left = self._left(start)
        month = match[0].lower()
        cued = _MONTH_BEFORE.search(left) is not None or self.date_key
        if any(0 <= start - e <= 12 and _MONTH_RANGE.match(text, e) for _, e, _ in self.found[-2:]):
            cued = (
                month not in ("may", "march", "mar")
                or re.search(r"(?:-|\b(?:to|through|until|till)) ?$", left) is not None
            )
        if not cued and _MONTH_RANGE.match(text, end) and not _MODAL_AFTER.match(text, end):
            cued = plain or re.search(r"\b(?:from|between) $", left, re.IGNORECASE) is not None
        if month in ("may", "march", "mar"):
            answers = month == "march" and self.asked_when and start < 12 and not _MARCHES.match(text, end)
            if (_MODAL_AFTER.match(text, end) and not answers) or (
                left.rstrip().lower().endswith(("this", "on", "by")) and month != "march"
            ):
                cued = False
        elif plain and month not in ("mayo", "julio", "abril", "marzo"):
            cued = cued or not (month == "november" and _NATO.search(text, max(0, start - 14), end + 14))
        if (
            not cued
            and self.asked_when
            and len(text) < 60
            and (not _MODAL_AFTER.match(text, end) or (month == "march" and not _MARCHES.match(text, end)))
        ):
            cued = _SUBJECT_BEFORE.search(left) is None or plain
        if cued and not (
            len(month) <= 4 and month not in ("june", "july", "sept", "may") and text[end : end + 1].isalpha()
        ):
            self._add(start, end, 0.7)

    # --- numbers

    def separated(self) -> None:
        """Find dates in digits with separators, and packed ones."""
        for match in _SEP_DATE.finditer(self.text):
            self._separated(match)
        for match in _PACKED.finditer(self.text):
            left = self._left(match.start(), 24)
            if not _NOT_A_DATE.search(left) or self.date_key:
                self._add(match.start("date"), match.end("date"), 0.9 if self._packed_cue(match) else 0.6)
        for pattern, score in ((_MONTH_YEAR, 0.75), (_YEAR_MONTH, 0.0)):
            for match in pattern.finditer(self.text):
                if self._is_taken(*match.span()):
                    continue
                left = self._left(match.start())
                cued = (
                    self.date_key or _DATE_WORD.search(left) or _DATE_LABEL.search(left) or re.search(r"\bin $", left)
                )
                if not _NOT_A_DATE.search(left) and (cued or score):
                    self._add(*match.span(), score if not cued else 0.85)
        for match in _THE_SECOND.finditer(self.text):
            if _ORDINAL_DAY_AFTER.match(self.text, match.end()):
                self._add(*match.span("day"), 0.6)
        for match in _DAY_MONTH.finditer(self.text):
            self._day_month(match)

    def _packed_cue(self, match: re.Match[str]) -> bool:
        around = self.text[max(0, match.start() - 2) : match.start()] + self.text[match.end() : match.end() + 2]
        return (
            self.date_key
            or "|" in around
            or "T" in match[0]
            or bool(_DATE_LABEL.search(self._left(match.start())))
            or self._birth_cue(match.start())
        )

    def _separated(self, match: re.Match[str]) -> None:
        a, b, c = match["a"], match["b"], match["c"].replace(" ", "")
        left = self._left(match.start())
        birth = self.asked_birth or self._birth_cue(match.start())
        cued = birth or self.date_key or _DATE_WORD.search(left) is not None or _DATE_LABEL.search(left) is not None
        if len(a) == 4:
            if not _is_year(a) or len(c) > 2 or not (_plausible(int(b), int(c)) or cued):
                return
            score = 0.95
        elif len(a) <= 2 and (_is_year(c) or len(c) == 2):
            if not _plausible(int(a), int(b)) and not birth:
                return
            score = 0.95 if len(c) == 4 else 0.85
            slash = "/" in match["sep"]
            if len(c) == 2 and not slash and not cued:
                # "12-34-56" may be a sort code and "6.12.80" a version: two full pairs and the look of a date
                score = 0.6 if len(a) == len(b) == 2 and match["sep"] in ".-" else 0.0
        else:
            return
        if not cued and _NOT_A_DATE.search(left) and ("/" not in match["sep"] or len(c) == 2):
            return
        if score:
            self._add(*match.span(), score)

    def _day_month(self, match: re.Match[str]) -> None:
        """Find "4/22", which is a date only behind a word that says so."""
        start, end = match.span()
        a, b = int(match["a"]), int(match["b"])
        if self._is_taken(start, end) or not _plausible(a, b):
            return
        left = self._left(start)
        birth = self._birth_cue(start) or self.asked_birth
        if not birth:
            if (
                (a, b) == (24, 7)
                or _SCORE.search(left)
                or _UNIT_AFTER.match(self.text, end)
                or self.text.startswith(" of ", end)
                or _NOT_A_DATE.search(left)
            ):
                return
            ranged = _FROM_TO.search(left) is not None and any(0 < start - e < 8 for _, e, _ in self.found[-2:])
            if not (ranged or self.date_key or _DATE_WORD.search(left) or _DATE_LABEL.search(left)):
                opens = _OPENS_RANGE.match(self.text, end) if left[-5:].lower() == "from " else None
                if not (opens and int(opens[1]) != b) and not (self.asked_when and len(self.text) < 60):
                    return
            if match["sep"] == "-" and (a < b and b <= 12) and not _DATE_LABEL.search(left) and not self.date_key:
                # "on 2-3" may be "2 to 3": wait for a word that only dates have
                return
        self._add(start, end, 0.85 if birth else 0.75)

    def runs(self) -> None:
        """Find dates said as loose groups of digits: "6 12 80", "the 11th of the 7th", "the 23rd"."""
        self._bare_left = 4
        for match in _RUN.finditer(self.text):
            if not self._is_taken(*match.span()):
                self._run(match)

    def _run(self, match: re.Match[str]) -> None:
        groups = [
            (m[1], m[2] or "", match.start() + m.start(), match.start() + m.end()) for m in _GROUP.finditer(match[0])
        ]
        if len(groups) > 12:
            return
        after_unit = _UNIT_AFTER.match(self.text, match.end())
        if after_unit and not groups[-1][1]:
            groups.pop()
        if not groups:
            return
        digits = [g[0] for g in groups]
        start, end = groups[0][2], groups[-1][3]
        left = self._left(start)
        birth = self._birth_cue(start)
        open_birth = self.asked_birth and not birth
        ordinals = sum(1 for g in groups if g[1])
        if birth or open_birth:
            size = self._whole_date(digits)
            if size:
                first, last = size
                if sum(map(len, digits)) <= 10:
                    first, last = 0, len(groups)  # "08 20 3 19 84" is the 23rd with a pause in it
                self._add(groups[first][2], groups[last - 1][3], 0.92 if birth else 0.85)
                return
        elif (
            len(digits) <= 5
            and _date_groups(digits, lenient=_is_dated(digits) and _DATE_WORD.search(left) is not None)
            and not _NOT_A_DATE.search(left)
            and not _TIME_AFTER.match(self.text, end)
        ):
            self._add(start, end, 0.7)
            return
        elif self._name_and_date(digits, ordinals, start, end):
            self._add(start, end, 0.55)
            return
        if ordinals >= 2 and self._ordinal_pair(groups):
            return
        if birth and self._partial(groups, end, label=True):
            return
        if open_birth and self._partial(groups, end, label=False):
            return
        if len(digits) == 2 and not ordinals and self._spoken_day_month(digits, left, start, end):
            return
        if len(groups) == 1 and ordinals:
            self._ordinal_day(groups[0], left)

    def _name_and_date(self, digits: list[str], ordinals: int, start: int, end: int) -> bool:
        """Return whether a turn is a name and a date in three pairs of digits: "tendai dlamini 21 10 42"."""
        if ordinals or [len(d) for d in digits] != [2, 2, 2] or not _plausible(int(digits[0]), int(digits[1])):
            return False
        if self.text[end:].strip(" .,!?") or max(int(digits[0]), int(digits[1])) <= 12:
            return False
        words = _WORD.findall(self.text[:start])
        return (
            1 < len(words) <= 4
            and _OTHER_NUMBER.search(self.text) is None
            and not any(w.lower() in _SMALL_TALK for w in words)
        )

    def _whole_date(self, digits: list[str]) -> tuple[int, int] | None:
        """Return the range of groups that make a whole date, the longest first."""
        if sum(map(len, digits)) > 9 and len(digits) <= 4 and any(len(d) == 3 for d in digits):
            return None  # a telephone number
        for size in range(min(5, len(digits)), 0, -1):
            for at in range(len(digits) - size + 1):
                if _date_groups(digits[at : at + size], lenient=True):
                    return at, at + size
        return None

    def _ordinal_pair(self, groups: list[tuple[str, str, int, int]]) -> bool:
        """Find "the 11th of the 7th 88": two ordinals, joined by "of" or followed by a year."""
        for (a, a_ord, start, a_end), (b, b_ord, b_start, end) in zip(groups, groups[1:], strict=False):
            between = self.text[a_end:b_start]
            if not (a_ord and b_ord and _plausible(int(a), int(b))):
                continue
            year = [g for g in groups if g[2] >= end and not g[1]]
            if "of" in between or (year and "and" not in between) or self.asked_birth or self._birth_cue(start):
                last = end
                if year and len(year) <= 2 and (len(year[0][0]) in (2, 4)):
                    last = year[-1][3]
                self._add(start, last, 0.85)
                return True
        return False

    def _partial(self, groups: list[tuple[str, str, int, int]], end: int, *, label: bool) -> bool:
        """Find parts of a date after its label, or in the answer to its question: "the 11th", "93", "6 12"."""
        digits = "".join(g[0] for g in groups)
        ordinal = any(g[1] for g in groups)
        if len(digits) > 8 or _UNIT_AFTER.match(self.text, end):
            return False
        if label:
            if self.birth_key and self.text.strip() == digits and len(digits) <= 2:
                self._add(groups[0][2], groups[-1][3], 0.8)  # {"birth_month": "7"}
                return True
            if len(digits) < 2 and not ordinal:
                return False
            if len(groups) <= 2 and not ordinal and _is_year(digits):
                return False  # a bare year; `birth_years` knows which of them count
            if ordinal and len(groups) == 1 and int(digits) == 1 and not self.text[end:].strip(" .,?!"):
                return False  # "can i take your date of birth first"
            if groups[-1][1] and re.match(
                r"(?: of)? ?(?:line|part|name|thing|time|letter|half|four|three|two|bit)\b", self.text[end : end + 12]
            ):
                return False
            if ordinal and len(groups) == 1 and not _ORDINAL_DAY_AFTER.match(self.text, end):
                return False  # "date of birth and the first line of your address"
            gap = re.split(
                r"\b(?:birth|born|dob|b|birthday|birthdate|bday)\b", self._left(groups[0][2], 72), flags=re.I
            )[-1]
            if any(word not in _SMALL_TALK for word in _WORD.findall(gap.lower())):
                return False
            self._add(groups[0][2], groups[-1][3], 0.8)
            return True
        question = self.segment.question
        if question is None or ((len(groups) == 1 or self.segment.role != "assistant") and self._complete()):
            return False
        left = self._left(groups[0][2], 24)
        if not ordinal and (_OTHER_NUMBER.search(left) or _SAYS_AGE.search(left)):
            return False
        following = _WORD.match(self.text, end + 1)
        if (
            not ordinal
            and following
            and following[0].lower() not in _SMALL_TALK
            and not re.fullmatch(_MONTH, following[0], re.IGNORECASE)
        ):
            return False  # "451 south halsted avenue"
        if len(groups) <= 2 and _is_year(digits) and int(digits) <= self.old_year:
            return self._add(groups[0][2], groups[-1][3], 0.8)  # "so it's 1934", wherever it stands
        if (
            not ordinal
            and len(digits) == 4
            and len(groups) <= 2
            and _is_year(digits)
            and not self.segment.since
            and not _ASKS_DAY.search(question.text)
        ):
            return int(digits) <= self.old_year and self._add(groups[0][2], groups[-1][3], 0.8)
        if (
            not ordinal
            and (_OTHER_NUMBER.search(question.text) or any(_OTHER_NUMBER.search(t.text) for t in self.segment.since))
            and len(groups) == 1
            and len(digits) not in (2, 4)
        ):
            return False
        if len(digits) == 1 and not ordinal and len(self.text.split()) > 3:
            return False
        words = [w for w in _WORD.findall(self.text.lower()) if w not in _SMALL_TALK and not re.fullmatch(_MONTH, w)]
        leads = not [
            w
            for w in _WORD.findall(self.text[: groups[0][2]].lower())
            if w not in _SMALL_TALK and not re.fullmatch(_MONTH, w)
        ]
        asks = self.segment.role == "assistant" and "?" in self.text and not leads
        if asks or (len(words) > 3 and not (leads and len(self.text) < 80)):
            return False
        if self.segment.role == "assistant" and len(groups) == 1 and not ordinal and not leads:
            return False
        self._add(groups[0][2], groups[-1][3], 0.75)
        return True

    def _complete(self) -> bool:
        """Return whether a turn since the question already gave the whole date."""
        said = [turn for turn in self.segment.since if turn.role != "assistant"]
        if _REPEATS.search(self.text) or (self.segment.since and _REPEATS.search(self.segment.since[-1].text)):
            return False
        return any(_COMPLETE.search(read(turn.text).text) for turn in said)

    def _spoken_day_month(self, digits: list[str], left: str, start: int, end: int) -> bool:
        """Find "appointment on 4 22": no more than an "on" in a sentence about appointments."""
        if not _plausible(int(digits[0]), int(digits[1])) or max(map(len, digits)) > 2:
            return False
        if (
            not re.search(r"\bon (?:the )?$", left, re.I)
            or not _SCHEDULE.search(left)
            or _TIME_AFTER.match(self.text, end)
        ):
            return False
        self._add(start, end, 0.6)
        return True

    def _ordinal_day(self, group: tuple[str, str, int, int], left: str) -> None:
        """Find "the 23rd", where a day of the month can stand."""
        number, _, start, end = group
        if not 0 < int(number) <= 31:
            return
        free = _ORDINAL_DAY_AFTER.match(self.text, end) is not None
        small = int(number) <= 3
        if re.search(r"\bthe $", left, re.IGNORECASE) is None:
            spoken = self.asked_when and free and not small and len(self.text) < 80
            if spoken or (free and re.search(rf"{_WEEKDAY},? $", left, re.IGNORECASE)):
                self._add(start, end, 0.65)
            return
        around = _SCHEDULE.search(self.text, max(0, start - 80), end + 40) is not None
        score = 0.0
        if (self.asked_when and free and len(self.text) < 80) or re.search(rf"{_WEEKDAY},? the $", left, re.IGNORECASE):
            score = 0.65
        elif _ORDINAL_DAY_BEFORE.search(left) is not None and free:
            vague = _VAGUE_BEFORE.search(left) is not None
            sure = re.search(r"\b(?:on|until|till|by|since) the $", left, re.IGNORECASE) is not None
            score = 0.65 if around or (not vague and (sure or not small)) else 0.0
        if not score and free and not _VAGUE_BEFORE.search(left) and self.ordinal_found:
            score = 0.6  # "the 9th is no good, the 11th"
        if not score and _SUITS.match(self.text, end) and not _VAGUE_BEFORE.search(left):
            score = 0.6
        if not score and free and not small and (_PROPOSES.search(left) or (start <= 4 and len(self.text) < 40)):
            score = 0.6
        if score:
            self.ordinal_found = self._add(start, end, score)

    # --- years, holidays, corrections

    def birth_years(self) -> None:
        """Find a birth year that shows an age over 89."""
        for match in _BIRTH_YEAR.finditer(self.text):
            digits = match["year"].replace(" ", "").lstrip("'")
            year = int(digits) if len(digits) == 4 else 1900 + int(digits)
            # Two digits may be a year of this century: "born in 19" is a child, "born in 31" is not.
            if (
                year <= self.old_year
                and (len(digits) == 4 or year > self.old_year - 10)
                and not _UNIT_AFTER.match(self.text, match.end())
            ):
                self._add(*match.span("year"), 0.85)
        key = self.segment.key
        if key is not None and re.search(r"birth[_ -]?year|year[_ -]?of[_ -]?birth|\byob\b", key, re.I):
            digits = self.text.strip()
            if digits.isascii() and digits.isdigit() and len(digits) == 4 and int(digits) <= self.old_year:
                at = self.text.index(digits)
                self._add(at, at + 4, 0.9)

    def holidays(self) -> None:
        """Find a holiday that stands for the day of a personal event."""
        for match in _HOLIDAY.finditer(self.text):
            if _HOLIDAY_CUE.search(self._left(match.start(), 40)) or (self.asked_birth and len(self.text) < 60):
                self._add(*match.span(), 0.6)

    def corrections(self) -> None:
        """Find the other day or year that follows a date and a word of correction."""
        for _, end, score in list(self.found):
            match = _CORRECTION.match(self.text, end)
            if match:
                self._add(*match.span("value"), min(score, 0.8))


def _ages(segment: Segment, text: str) -> Iterator[tuple[int, int, float]]:
    """Yield the ages over 89, as offsets into the reading."""
    if not _OVER_89.search(text):
        return
    taken: set[tuple[int, int]] = set()
    for pattern in _AGES:
        for match in pattern.finditer(text):
            span = match.span("age")
            if span not in taken:
                taken.add(span)
                yield *span, 0.9
    keyed = segment.key is not None and _AGE_KEY.search(segment.key) is not None
    if keyed or asked(segment, _HOW_OLD):
        for match in _BARE_AGE.finditer(text[:80]):
            if match.span("age") not in taken:
                yield *match.span("age"), 0.9 if keyed else 0.75
