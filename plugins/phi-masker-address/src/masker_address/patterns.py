"""The patterns of the address detector, in the order in which it uses them; all run on the reading."""

from __future__ import annotations

import re
from typing import Final

from masker import HESITATION, WHERE
from masker_address.vocabulary import STATE_CODES, STATES, STRONG_TYPES, UNITS, WEAK_TYPES

IGNORE: Final = re.IGNORECASE

# --- Pieces ------------------------------------------------------------

FILLER: Final = rf"(?:(?:{HESITATION}|like|so|well|okay|oh|yeah|yes|it's|its|that's|that is|it is),? )*"
TYPE: Final = re.compile(rf"(?<=[ ,])(?P<type>{STRONG_TYPES}|{WEAK_TYPES})(?![^\W_])\.?", IGNORE)
STRONG: Final = re.compile(rf"(?:{STRONG_TYPES})\.?", IGNORE)
NAME_WORD: Final = r"(?:[^\W\d_][\w'.-]*|\d{1,3}(?:st|nd|rd|th)|de la|\d{1,2}(?=th|st|nd|rd))"
NUMBER: Final = r"(?:\d{1,6}(?:[ ]?-[ ]?\d{1,5}|/\d{1,5}|[ ]\d/\d)?(?: \d{1,5}){0,3}(?:-?[a-z]| [a-d](?= [a-z]{3}))?)"
#: What stands before a street type: house number and name; searched backwards from the type.
BEFORE_TYPE: Final = re.compile(
    rf"(?<![\w.$/:,%-])(?<!\d,)(?P<number>#?{NUMBER}|(?:{UNITS})\.? (?:number )?(?=[a-z]?-?\d)"
    rf"[\w/-]{{1,8}}(?: {NUMBER})?),? (?:{HESITATION},? )?(?:the )?(?P<name>{NAME_WORD}(?:,? "
    rf"(?:{HESITATION},? )?{NAME_WORD}){{0,3}}),? (?:{HESITATION},? )?$",
    IGNORE,
)
#: "Creek" in "Cedar Creek Parkway" is a name.
STRONG_FOLLOWS: Final = re.compile(
    rf",? (?:{STRONG_TYPES}|drive|court|place|way|circle|trail|close|grove|loop)(?![^\W_])(?!\.? ?\d)", IGNORE
)
STREET_ONLY: Final = re.compile(
    r"(?P<name>(?:(?:[NSEW]|North|South|East|West|St|Mt|Old|New|Upper|Lower)\.? )?(?:[A-Z][\w'-]+"
    r"|\d{1,3}(?:st|nd|rd|th))(?: [A-Z][\w'-]+){0,2}) $"
)
STREET_SPOKEN: Final = re.compile(
    r"\b(?:on|off|along|onto|down|to|from|corner of|and|(?P<other>or)|know|at)\s(?P<name>(?:(?:north|south|east"
    r"|west|old|new|upper|lower|saint|mount),? )?(?:[^\W\d_][\w'-]{2,}|\d{1,3}(?:st|nd|rd|th)),?(?: "
    r"[^\W\d_][\w'-]{2,})?) $",
    IGNORE,
)
#: "Just off the holloway road".
STREET_THE: Final = re.compile(r"\b(?:on|off|along|onto|down|up) the (?P<name>[^\W\d_][\w'-]{2,}) $", IGNORE)
#: Two streets that meet: "the corner of fifth and jefferson", "on mlk and third".
CORNER: Final = re.compile(
    r"\b(?:corner|intersection|junction|crossing) of (?P<first>(?:(?:north|south|east|west) )?(?:\d{1,3}(?:st|nd|rd|th)"
    r"|[^\W\d_][\w'-]+))(?: (?:street|st|avenue|ave|road|rd|boulevard|drive|lane))? and "
    r"(?P<second>(?:(?:north|south|east|west) )?(?:\d{1,3}(?:st|nd|rd|th)|[^\W\d_][\w'-]+))"
    r"|\b(?:on|at|near) (?P<named>[^\W\d_][\w'-]+) and (?P<numbered>\d{1,3}(?:st|nd|rd|th))(?![\w'])",
    IGNORE,
)
#: The words with which it begins.
CORNER_OPENERS: Final = frozenset("corner intersection junction crossing on at near".split())
#: A turn that begins with a street: "mill lane by the church".
STREET_OPENS: Final = re.compile(
    rf"^{FILLER}(?P<name>(?:(?:north|south|east|west|old|new|upper|lower|saint|mount),? )"
    rf"?(?:[^\W\d_][\w'-]{{2,}}|\d{{1,3}}(?:st|nd|rd|th)),?(?: [^\W\d_][\w'-]{{2,}})?) $",
    IGNORE,
)
ON: Final = re.compile(r"\b(?:on|at|off|along)\s[^,.]*$", IGNORE)
#: Common words that streets are called by.
STREET_NAMES: Final = frozenset(
    (
        "mill main high church park school station north south east west first second third old new hill "
        "river bridge green king queen market spring oak pine maple cedar lake"
    ).split()
)
UNIT_BEFORE: Final = re.compile(
    rf"\b(?:{UNITS})\.?,? ?(?:number |no\.? ?|#)?(?:[a-z]?\d{{1,5}} ?[a-z]?|[a-z])(?:,? |, ?|\n)"
    rf"(?:at |in |of )?(?:(?:[A-Z][\w'-]+ ){{1,3}}(?:house|court|towers|apartments|mansions|building"
    r"|lodge),? )?$",
    IGNORE,
)
NO_NAMES: Final = frozenset(
    (
        "the this that my your his her our their a an same one two-way one-way dead back side main high "
        "busy quiet private country local dirt gravel wrong right left other next street road"
        " city whole every any main some public clear long rocky bumpy open each another across wall sesame"
    ).split()
)
DIRECTION: Final = r"(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]|[ns][ew])\.?"
GAP: Final = rf"(?:[ ]?[,;]?[ \n]+|,)(?:(?:{HESITATION}|like|and then|that's|that's in|it's in|in|over in|and),? )*"
TAIL_DIRECTION: Final = re.compile(rf",? {DIRECTION}(?![\w'])", IGNORE)
TAIL_UNIT: Final = re.compile(
    rf"(?:[ ]?[,;-]?[ \n]*)(?:(?:{HESITATION},?|it's|that's|and it's|and) )*(?:(?:{UNITS}|number|no\.)\.?(?: "
    rf"number| no\.?| is)?(?:,? {HESITATION},?)? ?#? ?(?:[a-z]{{0,2}}-?\d{{1,5}}(?: \d{{1,3}})?[ -]?(?:[a-z]{{1,2}}\b"
    r"(?<! in)(?<! on)(?<! at)(?<! so)(?<! an))?|(?:one|two|three|four|five|six|seven|eight|nine|ten)"
    rf"[a-z]?|[a-z])(?![\w'])|#[ ]?(?:[a-z]?\d{{1,5}}[a-z]?|[a-z])(?![\w'])|\d{{1,2}}(?:st|nd|rd|th) "
    r"floor|(?:ground|first|second|third|top|basement) (?:floor|flat))",
    IGNORE,
)
WORD: Final = re.compile(r"(?:St|Mt|Ft|Pt|Ste)\.(?= [A-Z])|[^\W\d_](?:[\w'-]|\.(?=\w))*")
CODES_ANY: Final = rf"(?:{STATE_CODES})"
STATE: Final = re.compile(rf"(?:(?i:{STATES})(?![\w'])|{CODES_ANY}(?![\w']))\.?")
STATE_BEFORE_ZIP: Final = re.compile(rf"(?:{CODES_ANY})(?=\.?,? {{1,2}}\d{{5}}(?!\d))", IGNORE)
ZIP_WORD: Final = (
    rf"(?:(?:the |my |with |and )*(?:zip|post|postal|area|pin)[ -]?(?:code)?(?: is| of|:)? (?:{HESITATION},? )?)?"
)
UK_CODE: Final = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
CA_CODE: Final = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d"
EIRCODE: Final = r"[ACDEFHKNPRTVWXY]\d[\dW] ?[A-Z](?:[A-Z\d]{3})"
#: A US ZIP as digits or as said in groups ("9 25 53"), with the four further digits.
ZIP: Final = r"(?:\d{5}(?:[ ]?-[ ]?\d{4}| \d{4})?|\d(?: ?\d){4}(?:[ -]\d{4})?)"
#: A postcode with the pauses that a recogniser writes: "wv, 6 5qj"; or in the NATO alphabet.
SPOKEN_CODE: Final = (
    r"[a-z]{1,2},? ?\d[a-z\d]?,? \d,? ?[a-z]{2}|[a-z]{1,2},? \d{1,2},? ?\d?[a-z]{2}"
    r"|(?:tango|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    r"|november|oscar|papa|quebec|romeo|sierra|uniform|victor|whiskey|yankee|zulu)(?:,? (?:\d{1,2}"
    r"|[a-z]{1,2}\d?|\d[a-z]{1,2}|tango|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india"
    r"|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|uniform|victor|whiskey|x-?ray"
    r"|yankee|zulu)(?!\w)){2,7}"
)
TAIL_CODE: Final = re.compile(
    rf"{ZIP_WORD}(?P<code>{UK_CODE}|{CA_CODE}|{EIRCODE}|{ZIP}|\d{{6}}|\d{{3}} \d{{3}}"
    rf"|{SPOKEN_CODE})(?![\w]|[.,]\d)",
    IGNORE,
)
#: States of Australia and cities of New Zealand, whose codes have four digits.
ANTIPODES: Final = re.compile(
    r"\b(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT|victoria|queensland|wales|australia|auckland|wellington|christchurch|hamilton"
    r"|tauranga|dunedin|zealand)$",
    IGNORE,
)
TAIL_AU: Final = re.compile(r"\d{4}(?!\w)")
ENDS: Final = re.compile(r"[.?!;:]|\n")

# --- Postcodes, boxes ------------------------------------------------------------

POSTCODE: Final = re.compile(rf"(?<![\w-])(?:(?P<uk>{UK_CODE})|(?P<ca>{CA_CODE})|(?P<eir>{EIRCODE}))(?![\w-])", IGNORE)
ZIP_CUE: Final = re.compile(
    r"\b(?:zip|zipcode|zip ?code|post ?code|postal(?: code)?|pin ?code|eircode|area code for mail)\b", IGNORE
)
CODE_CUE: Final = re.compile(
    r"(?<![^\W_])(?:zip(?: ?code)?|post ?code|postal(?: ?code)?|pin ?code|eir ?code|z i p)(?:'?s)?\b(?: on "
    rf"file| there| here)?[\"']?(?:\s*(?:is|was|of|:|=|\"|'|-|#|it's|now|to|{HESITATION}|like|so|well|okay"
    r"|actually|sorry|wait|would be|,|should be|changed|still|the same|same))*"
    r"(?:(?: (?:[a-z']{1,12}|1)){1,5}? (?:is|was|it's))?\s*"
    r"(?P<code>\d{1,6}(?: ?-? ?\d{1,4})*|[a-z]{1,2} ?\d[a-z]? ?\d[a-z]{2}"
    r"|[a-z]{1,2}\d[a-z\d]{0,2}(?: ?\d?[a-z]{2}| ?\d[a-z]\d)?)(?![\w])",
    IGNORE,
)
FIVE: Final = re.compile(r"(?<![\w.$/-])\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)")
STATE_LEFT: Final = re.compile(rf"\b(?:(?:{CODES_ANY})|(?i:{STATES}))\.?,? $")
FOLLOWED: Final = re.compile(r" (?:people|patients|residents|dollars|times|feet|units)\b", IGNORE)
ZIP4: Final = re.compile(r"(?<![\w-])\d{5}-\d{4}(?![\w-])")
NEAR_ZIP: Final = re.compile(
    r"\b(?:near|around|close to|closer to|closest to|nearest to|live in|lives in"
    r"|(?:moved|moving|relocated|relocating) (?:[a-z]{2,12} )?(?:to|from)|in area) "
    r"(?P<code>\d{5}(?:-\d{4})?)(?![\w-]|[.,]\d| (?:people"
    r"|dollars|patients|feet))(?:,? (?:back |over )?to (?P<second>\d{5}(?:-\d{4})?)(?![\w-]|[.,]\d))?",
    IGNORE,
)
BOX: Final = re.compile(
    r"\b(?:(?:p\.?[ ]?o\.?[ ]?|post(?:al)?(?: office)? |p o |gpo |private |locked )(?:box|bag)(?: "
    r"number| no\.?| #)?(?: is| as| was)?|box(?= \d+ (?:route|rr))|(?:rural route|rural delivery|r\.?r\.?|hc|star "
    r"route|highway contract)"
    r"(?: number| no\.?| #)? ?\d{1,4},?(?: box)|psc \d+,? box) ?#?(?:\d[\d ]{0,8}\d|\d)[a-z]?(?![\w])"
    r"|\b(?:rural route|star route|rural delivery) \d{1,3}\b"
    r"|(?:(?<=door number )|(?<=house number )|(?<=door number is )|(?<=house number is ))\d{2,5}[a-z]?(?![\w])",
    IGNORE,
)
HL7: Final = re.compile(
    r"(?<=\|)(?P<street>[^|^\n~]*)\^[^|^\n]*\^(?P<city>[^|^\n]*)\^(?P<state>[^|^\n]*)"
    r"\^(?P<zip>[A-Za-z0-9 -]{3,10})(?=[|^~\n]|$)"
)
#: A road's number, also as it is said: "state route one twenty three".
ROAD_NUMBER: Final = r"(?:\d \d\d(?![\w'])(?! (?:miles?|minutes?|mins?|hours?|yards|feet|am|pm|o'clock)\b)|\d{1,5})"
ROUTES: Final = re.compile(
    rf"(?<![\w.$/-])(?P<number>{NUMBER}) (?:{DIRECTION} )?(?:county road|county rd|state road"
    r"|state route|state highway|highway|hwy|us highway|route|rte|fm|farm road|ranch road"
    r"|concession road|concession|range road|township road|rural road|line|avenue|ave|road|loop)\.? "
    rf"(?:{ROAD_NUMBER}|[a-z](?= |,|\.|$))(?![\w])",
    IGNORE,
)
#: "The eight hundred block of monroe": so far tells where somebody is, without a house.
BLOCK: Final = re.compile(
    rf"(?<![\w.$/:,%-])(?P<number>\d{{1,3}}00) block (?:of|on) (?:{DIRECTION} )?(?P<street>[^\W\d_][\w'-]{{2,}})",
    IGNORE,
)
#: A street without its type, known by direction and unit: "500 west madison suite 210".
DIRECTED: Final = re.compile(
    r"(?<![\w.$/-])(?P<number>\d{1,6}(?: \d{1,3})?) (?:north|south|east|west|[nsew])\.? [^\W\d_][\w'-]{2,}"
    rf"(?=,? (?:{UNITS}|floor)\.? ?(?:number |#)?\w{{1,5}}(?![\w']))",
    IGNORE,
)
#: A numbered country road, which is an address without any house number.
COUNTRY_ROAD: Final = re.compile(
    r"\b(?:county|concession|range|township|state|rural|farm|ranch) (?:road|rd|highway|hwy|route)\.? "
    rf"{ROAD_NUMBER}(?![\w])",
    IGNORE,
)
FOREIGN: Final = re.compile(
    r"(?<![\w.$/-])(?:(?P<number>\d{1,4}(?: ?(?:bis|ter|[a-c]))?),? )?(?P<type>rue|chemin|all[ée]e"
    r"|impasse|quai|calle|avenida|av\.|carrera|camino|paseo|calzada|via|viale|piazza|corso|rua"
    r"|travessa|pra[çc]a|ul\.|ulica) "
    r"(?:(?:de|la|las|los|le|les|du|des|del|dos|da|do|di|della|dei|d'|l') ?)*(?:[^\W\d_][\w'.-]+)"
    r"(?:(?<=saint) [^\W\d_][\w'-]+|(?<=sainte) [^\W\d_][\w'-]+|(?: (?:de |la |del |y )"
    r"*(?-i:[A-ZÀ-Ü])[\w'.-]+){0,3})(?:,? (?:#|no\.? ?|n° ?|num(?:ero|ber) )"
    r"?(?P<after>\d{1,5}[a-z]?))?(?![\w])",
    IGNORE,
)
GERMAN: Final = re.compile(
    r"\b(?:[A-ZÄÖÜ][\w-]*|(?:am|im|an der|auf der) [A-ZÄÖÜ][\w-]*)(?:stra(?:ß|ss)e|str\.|weg|platz"
    r"|gasse|allee|ring|damm|ufer|straat|laan|gade|gatan|vej) ?\d{1,4} ?[a-z]?\b(?:, ?\d{5} "
    r"[A-ZÄÖÜ][\w-]+)?"
)
#: Of which each of those holds one.
GERMAN_PARTS: Final = tuple(
    "straße strasse str. weg platz gasse allee ring damm ufer straat laan gade gatan vej".split()
)

# --- Cues ------------------------------------------------------------

MODS: Final = (
    r"(?:(?:just|right|over|out|down|up|here|back|now|currently|still|both|all|alone|together"
    r"|actually|near|outside|outside of|around|downtown|somewhere|uh|um|er|like|you know|of|in"
    r"|the city of|the town of|the village of|beautiful|a town called|a place called|a small "
    r"town called|a suburb of|a suburb called|called),? )*"
)
#: A place follows, known or not: "i live in", "resident of", "we moved from", "City:".
SURE_CUE: Final = re.compile(
    r"\b(?:"
    r"(?:are|is|were) (?:you|ye|you people|you all|you lot|y'all|he|she|they)(?: (?:all|both|now))?"
    r"(?: still)? (?:over|out|down|up|based|living|staying) (?:in|at)"
    r"|(?:you|ye|people|all|lot|they|we|she|he|mum|mom|dad)(?:'re|'s| are| is) still"
    r"(?: (?:over|out|down|up|based|living|staying) (?:in|at)| at)"
    r"|(?:live|lives|lived|living|reside[sd]?|residing|settled|relocat(?:e[sd]?|ing)|grew up|brought "
    r"up|raised|born(?: and raised)?)"
    r"(?: (?!in |from |to |at |of |near |on )[\w']+){0,4}? (?:in|near|outside|outside of|over in|out "
    r"in|down in|up in|out of|around|from)"
    r"|(?:resident|residents|native|citizen|city|town|village|suburb|borough|township|county"
    r"|neighbou?rhood|hamlet|municipality) of"
    r"|(?:live|lives|lived|living|reside[sd]?)(?: over| out)? (?:by|close to|not far from)"
    r"|mov(?:e|ed|ing)(?: (?:back|out|here|away|down|up|over|recently|there|house|all the way))* (?:from|to)"
    r"|moved(?: (?:back|over|down|up))* into?"
    r"|relocat(?:ed|ing) (?:from|to)"
    r"|(?:call(?:ing)?(?: you)?(?: in)?|originally|hail[s]?) from"
    r"|(?:i'm|i am|we're|we are|he's|she's|they're|live|lives|living|am|are) (?:over|out|down|up) in"
    r"|just outside(?: of)?"
    r"|(?:lives?|lived|resides?)(?-i:(?= [A-Z]))"
    r"|now (?:i'm|i am|we're|we are) (?:in|near)"
    r"|(?:my|the|your|our|his|her|their|home|which|what) ?(?:city|town|village|suburb|hometown|county"
    r"|neighbou?rhood)(?: name)?(?:'s|s)? ?(?:is|was|would be|will be|on file is|listed as)"
    r"|(?:city|town|village|suburb|hometown|county|neighbou?rhood|locality|district|village|parish"
    r"|borough|catchment)(?: of (?:residence|birth))?\"? ?[:=]"
    r"|(?:town|village|city|suburb|neighbou?rhood) (?:called|named|known as)"
    r")[ \"]+",
    IGNORE,
)
#: Someone is somewhere: what follows is a place if it is a known town, or capitalised.
SOMEWHERE: Final = re.compile(
    r"\b(?:(?:i'm|i am|we're|we are|he's|she's|they're|is|are|family|based|located|stay(?:s|ed|ing)?"
    r"|house|place|home|visiting)"
    r"(?: (?:now|currently|still|here|back|over|right))* in|discharged(?: home)?(?: back)? to"
    r"|transferred (?:from|to)|driv(?:e|es|ing)(?: \w+)? from|(?:come|comes|came|coming)(?: \w+)? "
    r"from) ",
    IGNORE,
)
#: Little words before a town that must be known, and no word of English.
WEAK_CUE: Final = re.compile(
    r"\b(?:in|near|from|around|outside(?: of)?|says|is that|which|to) (?:downtown |nearby |uh |um |er )?", IGNORE
)
#: A shop or clinic before the street that it is on: "the rite aid over on mulberry", "the one on highway 15".
ON_STREET: Final = re.compile(r"\b(?:on|off|at) ", IGNORE)
SHOP_LEFT: Final = re.compile(
    r"\b(?P<shop>[^\W\d_]{2,20}|the (?:one|1)|rite aid|h e b)(?: (?:right|over|out|up|down|back|just))? \Z", IGNORE
)
ON_OPENERS: Final = frozenset(("on", "off", "at"))
SHOPS: Final = frozenset(
    "pharmacy drugstore chemist chemist's dispensary clinic lab branch store shop office supermarket hospital center"
    " centre surgery dialysis optician dentist".split()
) | {"the one", "the 1", "rite aid", "h e b"}
#: What follows the name of a street: nothing, or a word that goes on with the sentence.
STREET_NEXT: Final = re.compile(
    r"\W*\Z|[.,?!]|,? (?:please|right|correct|and|or|by|in|near|past|next|behind|opposite|across|at|is|that|for|if|i|so"
    r"|now|still|yes|thanks|thank|okay|before|after|because|but|to|with|you|we|they|it)\b",
    IGNORE,
)
NUMBERED_ROAD: Final = re.compile(
    rf"(?:route|highway|hwy|state road|county road) {ROAD_NUMBER}(?![\w'])", IGNORE
)
#: What a branch of several is called after: "our clovis location".
BRANCH: Final = re.compile(
    r"\b(?:the|our|your|my|their|that|this|same|a) (?P<name>[^\W\d_][\w'-]{2,20}(?: [^\W\d_][\w'-]{1,20})?) "
    r"(?:(?:location|office|branch|store|site|shop|campus)s?\b|(?P<one>(?:1|ones?)\b"
    r"(?=\W*\Z|[.,;?!]| (?:is|was|on|in|please|for|or|and|that|if|near|works|would|i|we|he|she|open|closes|opens)\b)))",
    IGNORE,
)
BRANCHES: Final = frozenset(
    "location office branch store site shop campus locations offices branches stores sites shops one ones".split()
)
BRANCH_OPENERS: Final = frozenset("the our your my their that this same a".split())
THEN_TO: Final = re.compile(rf",? (?:over |back |down |up |here |out )?(?:to|from|in) {MODS}", IGNORE)
STREET_CUE: Final = re.compile(
    r"\b(?:address(?:es)?|(?:live|lives|lived|living|reside[sd]?|staying|stays|located|residence"
    r"|residing|stay|house is|home is|apartment is|delivered|deliver it|ship it|send it|mail it"
    r"|shipped|mailed|delivery)(?: (?:now|currently|over|up|down|there|here))*(?: at| on| to)?"
    r"|still(?: at| in| on)?(?: the)?|(?:in |out )?front of|outside"
    r"|street|moved to|moving to|discharged(?: home)? to|pick (?:me|him|her) up (?:at|from)|home at"
    r"|property at|house number|lives|come to|sent to)\b",
    IGNORE,
)
ADDRESS_IS: Final = re.compile(
    r"\b(?:(?:street |home |mailing |billing |postal |current |new |old |shipping |work |full |my "
    r"|the |his |her |our |their )*address(?: on file| now| there| here)?\"?(?: ?(?:is|was|to"
    r"|should be|would be|changed to|has changed to|will be)|:|=)|(?:live|lives|lived|living"
    r"|reside[sd]?|staying|residing) at|(?:moved|moving|shipped|ship it|send it|mail it"
    rf"|deliver(?:ed)?(?: it)?|discharged home|discharged|come|sent) to)[:\s\"]+{FILLER}(?:now )"
    r"?(?=\d|#|flat|apartment|apt|unit|suite|[A-Z]|the |[a-z]+ (?:house|cottage|farm|lodge|court"
    r"|manor|barn|towers))",
    IGNORE,
)
ASKS_AGE: Final = re.compile(r"\b(?:what|your|her|his) age\b|\bhow old\b", IGNORE)
#: A town is asked for; a state or country, perhaps along with it.
ASKS_TOWN: Final = re.compile(r"\b(?:city|town|village|hometown)\b", IGNORE)
ASKS_REGION: Final = re.compile(r"\b(?:state|country|province|region)\b", IGNORE)
ASKS_UNIT: Final = re.compile(
    r"\b(?:(?:which|what|and(?: the)?|your) (?:unit|suite)\b(?=\W*\Z)|(?:unit|suite) number\b)", IGNORE
)
ASKS_UNIT_WORDS: Final = frozenset(("unit", "suite"))
ASKS_PLACE: Final = re.compile(
    r"\b(?:house number|street|apartment|unit number|city|town|village|county|suburb|hometown"
    r"|neighbou?rhood|borough|locality)\b|\bwhere (?:do|are|does|did|is|were|was|have)"
    r"?\b[^.?!\n]{0,24}\b(?:live|living|lives|located|based|from|reside|staying|born|grow up|calling "
    r"from|moved?)\b"
    r"|\bstill (?:at|in|living|live|on"
    r"(?= (?:the )?(?:\d|\w+ (?:street|road|avenue|lane|drive))))\b"
    r"|\byou(?:'re)? (?:(?:live|living|still live|based) (?:in|at|on)|still (?:in|at))\b"
    r"|\blocal\b|\bwhereabouts\b|\bnearest\b|\bwhat (?:part|area|side) of (?:town|the "
    r"(?:city|country|state|county|world))\b|\b(?:which|what) area\b|\baddress\b|\bwhere at\b"
    rf"|{WHERE}",
    IGNORE,
)
ASKS_STREET: Final = re.compile(
    r"\bstill (?:at|on"
    r"(?= (?:the )?(?:\d|\w+ (?:street|road|avenue|lane|drive))))\b"
    r"|\b(?:(?<!email )(?<!e-mail )(?<!mail )(?<!ip )(?<!i p )(?<!mac )(?<!a c )address(?! (?:is )?(?:for|of)"
    r" your email)|street|house number|apartment|where (?:do|does|are|is|did)"
    r"\b[^.?!\n]{0,16}\b(?:live|living|staying))\b",
    IGNORE,
)
#: Words of which each of those cues holds one; so for the other ``..._WORDS``.
ASKS_PLACE_WORDS: Final = frozenset(
    "house street apartment unit city town village county suburb hometown neighborhood neighbourhood borough locality"
    " where still live living based local whereabouts nearest part area side address location".split()
)
ASKS_STREET_WORDS: Final = frozenset("still address street house apartment where".split())
ASKS_CODE_WORDS: Final = frozenset("zip zipcode post postcode postal pin pincode eir eircode z".split())
ASKS_CODE: Final = re.compile(r"\b(?:zip|zipcode|post ?code|postal|pin ?code|eir ?code|z i p)\b", IGNORE)
ASKS_WHERE: Final = re.compile(WHERE, IGNORE)
ASKS_WHERE_WORDS: Final = frozenset(("where", "whereabouts", "location"))
#: A question that only a place answers, so that even ordinary words are one.
ASKS_NAMELY: Final = re.compile(
    r"\b(?:what|which|the|your|her|his|their|and|confirm|verify|have|get)\b[^.?!\n]{0,30}\b(?:address|street|town|city"
    r"|village|county|suburb|neighbou?rhood|borough|hometown)\b"
    r"(?! (?:on file|is(?! (?:still )?missing)|was|of birth|line|book))"
    r"|\bwhere (?:do|does|did) (?:you|she|he|they) live\b|\bwhereabouts is (?:that|it)\b",
    IGNORE,
)
#: Words of answers that are no place: refusals, other subjects, talk.
STREET_TYPES: Final = re.compile(STRONG_TYPES, IGNORE)
_HUM: Final = r"(?:h+m+|m+h*m+|u+h+m*|u+m+|hu+h+|o+h+)"
#: "mm", "uhm", and what is hummed in two: "mm-hmm", "uh-huh".
HUM: Final = re.compile(rf"{_HUM}(?:-{_HUM})*", re.IGNORECASE)
NO_PLACE: Final = frozenset(
    "no nah not same before yes yeah yep yup don't dont can't cant won't know sure rather"
    " say said why what who how when which"
    " work home house bungalow hospital clinic doctor pharmacy sorry pardon repeat again hold"
    " second minute moment already gave told file"
    " correct right that's thats it email phone nearby close far back left"
    " knee shoulder head chest stomach thing question"
    " okay ok um uh hmm think guess maybe mind please thanks thank hi hello me you we"
    " they he she i i'm i've i'd my your his"
    " her our their is are was were be been have has had do does did will would could should need want anything nothing"
    " none nope never hang wait let see just like um wrong different new"
    " old moved need ask talk speak there here somewhere elsewhere everything account card bank payment"
    " refill appointment prescription".split()
)
PLAIN_WORDS: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
HOUSE_NUMBER: Final = re.compile(r"(?<![\w.$/-])\d{1,6}[a-z]?(?= )", IGNORE)
#: What people say after an address.
ANSWER_ENDS: Final = re.compile(
    r"[ ,.]+(?:please|thanks|thank you|i suppose|i think|i guess|okay|yeah|yes|sir|ma'?am|love|now|currently|still"
    r"|that's it|that's right|right now|at the moment)[ .,!?]*$",
    IGNORE,
)
LEAD_IN: Final = re.compile(
    r"(?:(?:uh|um|uhm|er|erm|so|oh|yeah|yes|yep|no|well|okay|sure|like|you know|it's|its|that's|it is"
    r"|that is|that would be|the|city|town|is|in|i'm|i am|we're|we|i|live|living|lives|he|she|they"
    r"|he's|she's|from|at|near|just|outside|of|out|over|here|currently|right now|now|let me see|i "
    r"think|my|county|address|street|moved to|to|and|zip|just outside|actually|still|believe|sorry"
    r"|please|hi|um it's|mm|hmm|right|downtown|calling|originally|mainly|mostly|we're in|born"
    r"|(?:it |that )?should be|it'd be|that'd be|it says|you should have|we've got|i've got)[ ,]+)*",
    IGNORE,
)
#: "1900 brookhaven": a number and one or two words are all that an answer needs.
ANSWER_STREET: Final = re.compile(
    r"(?P<part>\d{1,5}[a-z]? (?P<word>[^\W\d_]{3,40}(?: [^\W\d_]{3,40})?))[\s.,!?]{0,9}$", IGNORE
)
#: ... and what a house and its street are anywhere in the answer to where somebody is.
ANSWER_HOUSE: Final = re.compile(
    rf"(?<![\w.$/:,%-])#?{NUMBER},? (?:{DIRECTION} )?(?P<street>[^\W\d_][\w'-]{{2,}})(?P<more> [^\W\d_][\w'-]{{2,}})?",
    IGNORE,
)
#: A unit anywhere in such an answer: "avenue i think we've got unit b".
ANSWER_UNIT: Final = re.compile(rf"\b(?:{UNITS})\.? (?:number )?(?:\d\w{{0,4}}|[a-z])(?![\w'])", IGNORE)
KEY: Final = re.compile(
    r"(?:^|[_\- ])(?:address|addr|address[_\- ]?line[_\- ]?\d?|line[_\- ]?\d?|street|street[_\- "
    r"]?(?:address|name|number)|city|town|county|zip|zip[_\- ]?code|postal|postal[_\- ]?code|postcode"
    r"|post[_\- ]?code|suburb|neighbou?rhood|locality|house[_\- ]?(?:number|no)|apt|apartment"
    r"|unit[_\- ]?number|municipality|borough|village|pin[_\- ]?code|eircode|hometown|birth[_\- "
    r"]?place|place[_\- ]?of[_\- ]?birth|district)$"
    r"|(?-i:(?:[a-z])(?:Address|AddressLine\d?|Line\d|Street|City|Town|County|Zip|ZipCode|PostalCode"
    r"|Postcode)\d?)$|^(?:addressLine\d?|streetAddress|postalCode|zipCode|streetName|houseNumber"
    r"|birthPlace)$",
    re.IGNORECASE,
)
#: The end of one that names a postcode, which has digits.
CODE_KEY: Final = re.compile(r"(?:zip|zip[_\- ]?code|post[_\- ]?code|postal[_\- ]?code|eircode)\Z", IGNORE)
#: The end of a place's key, or label, that names a town.
TOWN_KEY: Final = re.compile(r"(?:city|town|village|suburb|locality|municipality)\Z", IGNORE)
#: What is added to the key above a value: ``{"zip": {"value": ...}}``, ``{"zip": {"N": ...}}``; and a question's end.
GENERAL: Final = re.compile(
    r"(?<=\w) (?:value|text|data|content|display|full|raw|formatted|home|work|primary|secondary|[A-Z]|[a-z]+Value)\Z"
    r"|[?: ]{1,3}\Z"
)
NOT_KEY: Final = re.compile(
    r"e-?mail|\bip\b|(?<!z)ip_|mac|web|url|wallet|memory|return_address_type|unit$|_type$|state"
    r"|country|facility|clinic|line_?item|online|dead|base|time|head|out",
    IGNORE,
)
LABEL: Final = re.compile(
    # Some blanks and a word; where there are more, the place after two of them is a beginning, too: padding is long.
    r"(?:^|[\n\t;|,{\"\[(]|  )[ \t\"]{0,3}+(?=[A-Za-z])(?:(?:home|mailing|billing|street|residential|postal|current"
    r"|permanent|patient|patient's|new|previous|work|shipping|employer|full|legal)[ _]){0,3}"
    r"(?P<label>address(?:[ _]?line)?[ _]?\d?|addr|street(?:[ _](?:address|name))?|line|city(?:/town)"
    r"?|town|county|zip(?:[ _/-]?(?:code|postal|postcode))?|zipcode|postal[ _]?code|postalcode|post[ "
    r"_]?code|suburb|neighbou?rhood|locality|city,? state,? (?:and )?zip|village|hometown|place of "
    r"birth|birthplace|eircode|pin ?code)\"?[ \t]*[:=][ \t]*(?:\[[ ]*)?\"?(?P<value>[^\n\""
    r"|;\]}{]{1,90})",
    IGNORE,
)
#: What stands in a field instead of a value.
NO_VALUE: Final = re.compile(
    r"n/?a|none|nil|unknown|same|yes|no|null|undefined|redacted|not given|not provided|missing|-+|string|true|false"
    r"|\{\w*|same as above|see (?:above|below)|on file|declined|required|pending|confirmed"
    r"|internal|external|optional|text|varchar|object|integer|int|char",
    IGNORE,
)
#: A value as Python and shells quote it.
QUOTED: Final = re.compile(r"[bBeEnNuU]?'(?P<said>[^'\n]*(?:'\w[^'\n]*)*)'(?!\w)")
#: A value as programs print it in its type: "Some(", "Optional[".
IN_TYPE: Final = re.compile(
    r"(?:Some|Ok|Just|Right|Nullable|Optional|Option|Maybe|String|Text|Value|Decimal|UUID)[(\[]"
)
#: What servers say: no gate of theirs is a street.
STATUS: Final = re.compile(r"(?:(?:\d{3} )?(?:Bad Gateway|Gateway Time-?out)\b\W{0,4}){1,4}", IGNORE)
#: Behind "line:" the place of an error: "7, column: 15".
SOURCE_LINE: Final = re.compile(r"\d{1,7}(?=[ \t]*(?:[,)]|\Z))(?:,? ?(?:col|char|pos|offset)|[ \t)]*\Z)", IGNORE)
#: What stands behind a name in code: "city === 'all'", "city = city.title()".
OF_CODE: Final = re.compile(r"\s*=|\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(|\s*[A-Za-z_]\w*\.[a-z_]\w*")
LABEL_WORDS: Final = frozenset(
    "address addressline addr street streetaddress streetname line city town county zip zippostal zippostcode zipcode"
    " postal postalcode post postcode suburb neighborhood neighbourhood locality village hometown place birthplace"
    " eircode pin pincode".split()
)
LABEL_END: Final = re.compile(
    r"(?:[ \t]{2,}|[ \t][A-Za-z_]\w{0,30}="
    r"|,?[ \t]+(?:phone|tel|telephone|mobile|cell|fax|e-?mail|dob|d\.o\.b|date of birth"
    r"|mrn|ssn|sex|gender|age|insurance|member|group|state|country|city|zip|zip ?code|county|contact"
    r"|name|emergency|employer|occupation|postcode|postal code|id|language|race|pcp|provider)\b[ "
    r"\w]{0,16}[:=#]|\.[ \t]+[A-Z]|\.?[ \t]*$|\t|,[ \t]*(?:phone|tel|email|dob)\b)",
    IGNORE,
)
TOWN_STATE: Final = re.compile(
    rf"(?P<town>[A-Z](?<!\w.)[\w'.-]+(?: (?:[A-Z][\w'.-]+|of|on|the|de|la|del)){{0,3}}), "
    rf"(?:(?P<code>{CODES_ANY})|(?P<state>(?i:{STATES})))(?![\w'])(?P<zip>,? \d{{5}}(?:-\d{{4}})"
    r"?(?!\w))?"
)
#: What it does not do without, unless it is the full name of a state.
COMMA_CODE: Final = re.compile(r", [A-Z]{2}(?![\w'])")
#: One said in pairs of which one may be two digits: "six seventy two three" is 67023 as well as 6 72 3.
PAIRED_ZIP: Final = r"(?:\d [2-9][1-9] \d|[2-9][1-9] \d \d|(?!19|20)\d\d [2-9][1-9])(?! ?\d)"
STATE_NAME: Final = re.compile(rf"(?<![\w'-])(?:{STATES})(?![\w'])(?P<zip> (?:{ZIP}|{PAIRED_ZIP})(?!\w))?", IGNORE)
THREE_BEFORE: Final = re.compile(r"(?:[^\W\d_][\w'-]* ){1,3}$")
#: States that are surnames: "Tyrone Washington" is a person.
SURNAME_STATES: Final = frozenset(("washington", "virginia", "georgia", "victoria", "montana", "maine"))
COUNTY: Final = re.compile(
    r"\b(?P<name>(?:(?:[A-Z][\w'.-]+|st\.?) ){1,3}|(?:[^\W\d_][\w'-]+ ){1,2})(?P<type>county|parish"
    r"|borough|township)(?![\w'])",
    IGNORE,
)
COUNTY_UK: Final = re.compile(
    r"\bcounty (?P<name>[^\W\d_][\w'-]{2,})(?![\w'])|\bco\.? (?P<short>[A-Z][a-z]{3,})\b", IGNORE
)
HOOD: Final = re.compile(
    r"\b(?:in|near|from|around|of|on) (?P<name>(?:the )?(?:[A-Z][\w'-]+ ){1,3}|(?:the )"
    r"?(?:[^\W\d_][\w'-]+ ){1,2})(?:neighbou?rhood|suburb|subdivision|housing estate|estate|village"
    r"|trailer park|mobile home park|reservation)\b",
    IGNORE,
)
CREDENTIALS: Final = frozenset(
    ("MD", "PA", "MA", "MS", "DE", "ME", "OR", "IN", "CO", "OK", "HI", "ID", "AL", "LA", "PE", "ON", "PT")
)
FACILITY: Final = re.compile(
    r"[ ]?(?:'s )?(?:(?!(?:but|and|my|the|our|your|his|her|to|from|in|at|with|for|so|because|near|i|we|has|have)\b)"
    r"[A-Z][\w'-]+ ){0,3}(?:hospital|clinic|medical|health|healthcare|pharmacy|general"
    r"|memorial|university|college|school|surgery|practice|center|centre|hospice|care|labs?|imaging"
    r"|orthopedics|cardiology|dental|church|airport|institute|infirmary|urgent|children's"
    r"|presbyterian|methodist|regional|rehab|radiology)\b",
    IGNORE,
)
OTHER_NEXT: Final = re.compile(
    r" (?:grade|number|phone|is \d|syndrome|disease|fever|virus|spotted|blue cross|law|time|times"
    r"|accent|flu|medicaid|state|board)\b",
    IGNORE,
)
# --- Hints: words without which a pattern need not be tried ---------------------------------------

TYPES: Final = frozenset(f"{STRONG_TYPES}|{WEAK_TYPES}".split("|"))
ADDRESS_WORDS: Final = frozenset(
    (
        "address live lives lived living reside resides resided residing staying moved moving shipped ship send mail"
        " deliver delivered discharged come sent"
    ).split()
)
DIRECTIONS: Final = frozenset("north south east west n s e w".split())
BOX_WORDS: Final = frozenset(("box", "bag", "route", "delivery", "rr", "hc", "psc", "r", "door", "house"))
SURE_WORDS: Final = frozenset(
    (
        "live lives lived living reside resides resided residing settled relocate relocates relocated relocating grew"
        " brought raised born resident residents native citizen city town village suburb borough township county"
        " neighborhood neighbourhood hamlet municipality still based staying"
        " move moved moving call calling originally hail hails over out"
        " down up outside hometown locality district parish catchment"
    ).split()
)
WEAK_WORDS: Final = frozenset("in near from around outside says that which to discharged transferred".split())
STATE_WORDS: Final = frozenset(state.split()[0] for state in STATES.split("|"))
#: The words with which a match of each pattern can begin; there alone it is tried. Of this one, by what else it needs.
_OWNERS: Final = "my the your our his her their home which what".split()
_CITIES: Final = "city town village suburb hometown county neighborhood neighbourhood".split()
_JOINED: Final = frozenset(
    owner + city for owner in _OWNERS for city in _CITIES
)  # where a recogniser left the blank out
SURE_OPENERS: Final = (
    (SURE_WORDS, SURE_WORDS),
    (_JOINED, _JOINED),
    (frozenset(_CITIES), frozenset(_OWNERS)),
    (
        frozenset("over out down up based living staying still".split()),
        frozenset("i we he she they you ye people all lot mum mom dad am are is were".split()),
    ),
    (frozenset(["outside"]), frozenset(["just"])),
    (frozenset(["now"]), frozenset(["now"])),
)
SOMEWHERE_OPENERS: Final = frozenset(
    (
        "i we he she they is are family based located stay stays stayed staying house place home visiting discharged"
        " transferred drive drives driving come comes came coming"
    ).split()
)
WEAK_OPENERS: Final = frozenset("in near from around outside says is which to".split())
ADDRESS_OPENERS: Final = ADDRESS_WORDS | frozenset(
    "street home mailing billing postal current new old shipping work full my the his her our their".split()
)
ZIP_OPENERS: Final = frozenset("zip zipcode post postcode postal postalcode pin pincode eir eircode z".split())
NEAR_OPENERS: Final = frozenset(
    "near around close closer closest nearest live lives moved moving relocated relocating in".split()
)
ROAD_WORDS: Final = frozenset(("road rd route rte highway hwy fm line avenue ave loop concession").split())
FOREIGN_WORDS: Final = frozenset(
    (
        "rue chemin allee allée impasse quai calle avenida av carrera camino paseo calzada via viale piazza corso rua"
        " travessa praca praça ul ulica"
    ).split()
)
COUNTY_WORDS: Final = frozenset("county parish borough township co".split())
HOOD_WORDS: Final = frozenset("neighborhood neighbourhood suburb subdivision estate village park reservation".split())
#: What no postcode of letters and digits can do without; how many digits no ZIP can.
LETTER_DIGIT: Final = re.compile(r"(?<=[A-Za-z])\d")
ZIP_DIGITS: Final = 5
TRIGGERS: Final = TYPES | ADDRESS_WORDS | SURE_WORDS | WEAK_WORDS | STATE_WORDS | {"zip", "postcode", "of", "postal"}
PLAIN_NAME: Final = re.compile(r"[^a-z ]")
#: What may stand between a house and its street, a street and its town: "ashgrove house on tanyard hill".
LEADS_ON: Final = re.compile(r" (?:on|in|at|off|just off)(?: the)? ", IGNORE)
#: What may stand between two parts of one address.
BETWEEN: Final = re.compile(rf"[ ,\n^]{{1,4}}(?:(?:{CODES_ANY}|(?i:{STATES}))[ ,.\n^]{{1,3}})?")
OTHER_ADDRESS: Final = re.compile(r"\b(?:mac|ip|e-?mail|web|url|i p|website|wallet)\s?$", IGNORE)
COMMON_TYPES: Final = frozenset(
    ("drive", "court", "place", "way", "circle", "trail", "close", "grove", "gardens", "square")
)
UNITS_AFTER: Final = re.compile(
    r" ?(?:mg|ml|milli\w+|micro\w+|grams?|units?|dollars|years|days|times|percent|pills?|weeks?"
    r"|months?|hours?|minutes?|steps?|people|feet)\b",
    IGNORE,
)
NATO: Final = (
    r"alph?a|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november"
    r"|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|whisky|x-?ray|yankee|zulu"
)
#: Postcode characters as said: letters, digits, joined or not, NATO words, "n for nancy".
CODE_RUN: Final = re.compile(
    rf"(?<![\w'-])(?:{NATO}|[a-z\d]{{0,7}}x-?ray|(?=[a-z]*\d)(?!\d+(?:st|nd|rd|th)\b)[a-z\d]{{1,8}}"
    rf"|[a-z]{{1,2}}(?= (?:for|as in|like) )|[b-hj-z])(?:,? (?:(?:uh|um|er),? )?(?:(?:for|as in|like)"
    rf" [a-z-]{{3,}}|{NATO}|[a-z\d]{{0,7}}x-?ray|(?=[a-z]*\d)[a-z\d]{{1,8}}|[a-z](?![\w'])|(?!(?:is"
    r"|it|in|on|at|to|so|no|ok|my|or|of|we|he|me|uh|um|er|up|us|as|an|am|be|by|do|go|if|hi)\b)"
    rf"[a-z]{{2}}(?![\w'])))*(?![\w'])",
    IGNORE,
)
CODE_FILLER: Final = re.compile(
    r"\b(?:uh|um|er|erm|and|it's|its|the|is|that's|yeah|yes|yep|okay|ok|so|then|right|sorry|no|wait"
    r"|code|zip|postcode|my|oh|i think|please|sure|mm|hmm|what)\b|[^\w]+",
    IGNORE,
)
WHOLE_CODE: Final = re.compile(rf"(?<!\w)(?:{UK_CODE}|{CA_CODE}|\d{{5}}(?:-?\d{{4}})?|\d{{6}})(?!\w)", IGNORE)
ANSWER_NUMBER: Final = re.compile(rf"(?P<part>#?{NUMBER}|(?:{UNITS})\.? (?:number )?[\w-]{{1,5}})[\s.,!?]*$", IGNORE)
ANSWER_REST: Final = re.compile(
    rf"(?P<part>(?:(?:{UNITS})\.? (?:number )?(?:\d\w{{0,4}}|[a-z])|(?:{STRONG_TYPES})))(?![\w'])", IGNORE
)
ASKS_NAME: Final = re.compile(r"\bnames?\b|\bwho\b|\bcalled\b", IGNORE)
ASKS_NAME_WORDS: Final = frozenset("name names who called".split())
NUMBER_BEFORE: Final = re.compile(r"(?<![\w.$/-])\d{1,6},? (?:(?:uh|um|er),? )?$", IGNORE)
#: A house number taken back: "278 oh wait no 276 barrington street".
TAKEN_BACK: Final = re.compile(
    r"(?<![\w.$/-])(?P<number>\d{1,6}(?: \d{1,4})?),? (?:(?:oh|no|wait|sorry|i mean|actually|uh|um|er"
    r"|hang on|scratch that|make that),? ){1,5}$",
    IGNORE,
)
HERE_NOW: Final = re.compile(
    r" (?:now|these days|at the moment|anymore|(?:this|next|all) (?:week|weekend|month)|until|till|visiting"
    r"|staying with)\b",
    IGNORE,
)
#: "We are ... is the eircode".
CODE_AFTER: Final = re.compile(
    r" (?:is|would be|was|that's) (?:the|my|our|his|her|your) (?:zip|post ?code|postal code|eir ?code|pin ?code)",
    IGNORE,
)
#: The stage of a tumour, which Canadian postcodes look like.
TUMOUR_STAGE: Final = re.compile(r"T[0-4]N[0-3]M[01]")
#: Eyes, voice, movement on the Glasgow coma scale.
COMA_SCALE: Final = re.compile(r"E[1-4CN]T?V[1-5TN]M[1-6]", IGNORE)
#: Where an address may begin inside an answer: "she moved in with us it's six the paddocks".
ANSWER_BEGINS: Final = re.compile(
    r"\b(?:it's|its|it is|at|to|in|now|is|number) (?=\d{1,4}[a-z]? (?:the )?[^\W\d_]{3})", IGNORE
)
#: A FHIR address in XML.
XML: Final = re.compile(
    (
        r"<(?:line\d?|city|district|postalCode|postcode|zip(?:code)?|birthPlace|streetName|street\d?|addr(?:ess)?\d?"
        r"|town)(?: [^<>]{0,80})?(?: value=\"|>)(?P<value>[^\"<>]{2,90})"
    ),
    IGNORE,
)
ONLY_DIGITS: Final = re.compile(r"\d(?:[, ]*\d){0,6}[\s.,!?]*")
TO_PLACE: Final = re.compile(
    r"\b(?:in|from|near|to|of|at|street|avenue|road|drive|lane|court|live|city|address)\b", IGNORE
)
BLANK2: Final = re.compile(r"[ ,.]{1,2}")
BLANK3: Final = re.compile(r"[ ,.\n]{1,3}")
CODE_GAP: Final = re.compile(r"(?:[ ]?[,;.]?[ \n]{1,2}|,)(?:(?:uh|um|er|and|the|my|so|that's|like),? )*", IGNORE)
TOWN_LEFT: Final = re.compile(r"(?P<town>[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|on|upon|in|the|le))*),? $")
#: How drugs and wards end: "moved from metformin to insulin", "calling from cardiology".
DRUG_OR_WARD: Final = re.compile(
    r"(?:formin|pril|sartan|olol|statin|azole|mycin|cillin|codone|morphone|contin|gliptin|gliflozin"
    r"|tidine|oxetine|triptan|azepam|parin|xaban|[tz]umab|ximab|tinib|sulin"
    r"|gabalin|pentin|dipine|thiazide|semide|setron|tropium|terol|isone|olone|profen|phen|adol|etine"
    r"|aline|opram|zodone|apine|idone|glutide|coxib|cycline|floxacin|ology|iatry|iatrics|p(?:a)?edics"
    r"|therapy|surgery|ectomy|itis|osis|emia|aemia|pathy)$",
    IGNORE,
)
ASKS_HOME: Final = re.compile(r"\b(?:city|town|street|home|live|living|mailing|postal|house|zip)\b", IGNORE)
ASKS_OTHER: Final = re.compile(
    r"\b(?:e-?mail|i ?p|web|m ?a ?c|page|site|website|blocked|server|link|url|portal)\b", IGNORE
)
ASKS_BODY: Final = re.compile(
    r"\b(?:pains?|painful|hurts?|hurting|rash|lump|aches?|aching|sore|swelling|swollen|tender\w*"
    r"|feel\w*|mole|numb(?:ness)?|radiat\w*|bleed\w*|itch\w*|cough|symptoms?|wound|fracture|tumou?r"
    r"|spread\w*)\b",
    IGNORE,
)
COMMA_STATE: Final = re.compile(rf",? (?:{CODES_ANY}|(?i:{STATES}))\b")
MODS_RE: Final = re.compile(MODS, IGNORE)
MOVES: Final = re.compile(r"mov|relocat|from", IGNORE)
MOVEMENT: Final = re.compile(
    r"\b(?:driv\w*|drove|fly\w*|flew|mov\w+|travel\w*|transfer\w*|discharg\w*|going|go|went"
    r"|relocat\w*|from \w+|commut\w*|trip)\b",
    IGNORE,
)
TAIL_GAP: Final = re.compile(
    r"(?:[ ]?[,;][ ]?\n?|[ ]|\n|[ ]-[ ])(?:(?:uh|um|er|erm|like|you know|that's in|it's in|in|over in"
    r"|the city is|city is|city of|the town of)[ ,]+)*",
    IGNORE,
)
PHONE_NEXT: Final = re.compile(
    r"(?:mobile|cell|phone|tel|fax|home|work|email|dob|mrn|ssn)\b(?: number)?(?: is)?[: ]+\(?[\d+]"
    r"|(?:mobile|cell|phone) (?:number|phone|is)\b",
    IGNORE,
)
#: What places are called behind an everyday word: "yellow springs".
LANDSCAPE: Final = frozenset("springs falls grove heights hills valley creek river bay island lake beach".split())
#: Kinds of home and states of health, which no one's town is called by.
NO_TOWNS: Final = frozenset(
    (
        "bungalow cottage maisonette hostel shelter sheltered supported warden residential hospice rehab remission"
        " lockdown traction recovery isolation quarantine withdrawal caravan houseboat dormitory barracks squalor"
    ).split()
)
PLACE_WORDS: Final = frozenset(
    (
        "city new north south east west saint st san santa los las el la fort port mount mt lake great "
        "upper lower old big little grand royal beach springs falls park grove heights hills valley "
        "creek river bay point island center village town bridge field wood woods on upon le under by "
        "the of"
    ).split()
)
MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
STARTERS: Final = frozenset(
    (
        "on at in from to near off the my our his her live lives living address patient home dr mr mrs "
        "ms lives and with for i"
    ).split()
)
VERBISH: Final = frozenset(
    (
        "will would can could please good bad hard first last own big small high low new test food blood "
        "family full final right left fun nice great only"
    ).split()
)
NOT_HOUSE: Final = re.compile(
    r"(?:[#$€£]|\b(?:icd|cpt|version|page|chapter|step|age|aged|about|like|(?<!front )of|bp|code|dose|score"
    r"|level|type|grade|stage|phase|under|over|than|take|takes)[- ]?\d*\s?)$",
    IGNORE,
)
NOT_STREET: Final = re.compile(
    r"\b(?:mg|mcg|ml|percent|pounds|years?|months?|weeks?|days?|hours?|minutes?|am|pm|o'clock|times"
    r"|units?)\b",
    IGNORE,
)
HOUSE: Final = re.compile(
    r"\b(?:house|cottage|farm|lodge|manor|barn|towers|court|villa|villas|mansions|hall|croft|grange"
    r"|mews|rectory|vicarage|apartments|estate|place|mill)\b",
    IGNORE,
)
#: The street behind a house's name: "the old rectory church lane".
HOUSE_STREET: Final = re.compile(
    rf",? (?:{NAME_WORD} ){{0,2}}(?:{STRONG_TYPES}|drive|court|place|way|close|grove|hill)(?![^\W_])", IGNORE
)
CUED_ADDRESS: Final = re.compile(
    rf"(?P<unit>(?:{UNITS})\.? ?(?:number |no\.? ?|#)?(?:[a-z]{{0,2}}\d{{1,5}} ?[a-z]?|[a-z])\b,? "
    rf"?(?:at |in )?)?(?P<number>#?{NUMBER},? )?(?P<name>(?:the )?{NAME_WORD}(?:,? {NAME_WORD})"
    rf"{{0,4}})",
    IGNORE,
)
#: A street whose type goes without saying, with a direction: "i'm at 1100 south lamar number 206".
CUED_DIRECTION: Final = re.compile(
    r"\b(?:(?:i'm|i am|we're|he's|she's|they're|live|lives|living|stay(?:ing|s)?|located|over|down|address is"
    r"|it's|moved"
    r"|house is|apartment is) (?:now |over |up |down )?(?:at|to)?|at|address is) ?(?:uh |um )?(?P<part>\d{2,5} "
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]\.?) (?!side\b|of\b|end\b|wing\b|coast\b)"
    rf"{NAME_WORD}(?:,? (?:number|no\.?|{UNITS})\.? ?#?\w{{1,5}})?)(?![\w'])",
    IGNORE,
)
BEFORE_DIRECTION: Final = re.compile(r"\d{1,6} [nsewNSEW]")
DIRECTION_WORDS: Final = frozenset("north south east west northeast northwest southeast southwest n s e w".split())
#: A town whose name goes on behind a preposition: "stow on the wold", "newcastle upon tyne", "ashby de la zouch".
TOWN_GOES_ON: Final = re.compile(
    (
        r"[ -](?:upon|on[ -]the|under|de[ -]la|le|next[ -]the)[ -](?!(?:my|your|phone|left|right|way|weekend"
        r"|other)\b)[a-z]{3,12}\b"
    ),
    IGNORE,
)
#: X12 transactions (837, 271): street lines in N3, town, state and ZIP in N4.
X12_STREET: Final = re.compile(r"\bN3\*(?P<street>[^*~\n]{3,55})(?:\*(?P<more>[^*~\n]{1,55}))?")
X12_TOWN: Final = re.compile(r"\bN4\*(?P<town>[^*~\n]{2,30})\*(?:[A-Z]{2})?\*(?P<code>[A-Z0-9 -]{3,15})?")
ANSWER_CODE: Final = re.compile(
    r"(?<![\w.$/-])(?:\d{5}(?:[ -]{1,3}\d{4})?|\d(?: ?\d){2,8}|[a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]{2})?"
    r"|[a-z]\d[a-z] ?\d[a-z]\d)(?![\w/%]|[.,:]\d)",
    IGNORE,
)
ID_CUE: Final = re.compile(
    r"\b(?:id|number|mrn|code|member|policy|plate|registration|licen[cs]e|confirmation|serial"
    r"|reference|ref|account|order|claim|case|badge|username|login)\b[^.\n]{0,20}$",
    IGNORE,
)
