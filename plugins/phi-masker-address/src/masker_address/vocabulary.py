"""What the detector knows by heart: street types, states, countries, and two word lists from ``data/``.

The lists are weak evidence on purpose. A town is found from where it stands ("we moved from X to Y"); `TOWNS` only
settles whether a word of English can be one ("i live in reading"), `COMMON` whether a word ends a town's name.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from typing import Final

__all__ = [
    "AMBIGUOUS",
    "COMMON",
    "COUNTRIES",
    "FUNCTION_WORDS",
    "NAMESAKES",
    "NAME_STOP",
    "STATES",
    "STATE_CODES",
    "STRONG_TYPES",
    "TOWNS",
    "TOWN_OPENERS",
    "UK_AREAS",
    "UNITS",
    "WEAK_TYPES",
    "plain_name",
]


def _lines(name: str) -> frozenset[str]:
    text = resources.files("masker_address").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


def plain_name(name: str) -> str:
    """Return a lower-case name without accents and hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join(bare.replace("-", " ").replace("'", " ").replace("’", " ").replace(".", " ").split())


TOWNS: Final = frozenset(form for name in _lines("towns.txt") for form in (name, plain_name(name)))
#: Towns that are also words written in lower case, such as "reading".
AMBIGUOUS: Final = _lines("ambiguous.txt")
#: Function words that no place name starts or ends with, whatever the lists say.
FUNCTION_WORDS: Final = frozenset(
    (
        "a an and are as at be been but by can could did do does for from had has have he her hers him "
        "his how i i'd i'll i'm i've if in into is it it's its"
        " just like me mine my no not now of off okay on or our ours out over she she's so some "
        "ourselves yourself myself himself herself themselves itself someone everyone nobody mine "
        "alright fine good perfect lovely great nothing none anyway cool awesome brilliant cheers ta bye "
        "hiya hello goodbye gotcha absolutely exactly indeed cheers hang hold sorry oh ah ooh aye nope "
        "nah http https www ftp ip mac url than that that's the their them then there these they they're"
        " this those to too um uh up us was we we're well were what when where which who whom why will "
        "with would yes yeah yep you you're your yours er erm hmm mm"
        " also because about after again before between during each few more most other same such until "
        "very since ok please thanks thank here than only own while"
        " let's don't didn't doesn't isn't wasn't can't won't couldn't actually currently right really "
        "still already always never ever maybe probably dr doctor mr mrs ms"
    ).split()
)
COMMON: Final = (_lines("words.txt") | FUNCTION_WORDS) - {"normal", "young", "nice", "bath"}

#: The first letters of every town whose name, all by itself, can be nothing else.
TOWN_OPENERS: Final = frozenset(
    re.findall(r"[^\W\d_]+", name)[0] for name in TOWNS - COMMON - AMBIGUOUS if len(name) > 4
)

#: Street types that hardly mean anything else behind a number and a name.
STRONG_TYPES: Final = (
    "street|avenue|ave|av|road|rd|lane|ln|boulevard|blvd|boulavard|parkway|pkwy|highway|hwy|crescent"
    "|cres|terrace|tce|gdns|grdns|crt|ter|turnpike|tpke|expressway|esplanade"
    "|freeway|streets|avnue|stret|steet|causeway|broadway|byway|alameda|nagar|marg|salai|strasse|straße"
)
#: Street types that are also everyday words: they need a house number of some size, capitals, a cue or a town behind.
WEAK_TYPES: Final = (
    "drive|dr|court|ct|place|pl|way|circle|cir|square|sq|trail|trl|path|close|grove|gardens|garden"
    "|mews|row|hill|hills|rise|walk|wharf|quay|park|view|run|ridge"
    "|crossing|xing|loop|pike|alley|aly|plaza|plz|st|cove|cv|point|pt|heights|hts|hollow|landing"
    "|meadow|meadows|glen|green|fields|bend|pass|gate|manor|villas"
    "|parade|pde|vale|yard|chase|mount|bank|croft|fold|cottage|cottages|lodge|towers|house|mansions"
    "|common|cross|link|bridge|bypass|colony|layout|extension"
    "|enclave|sector|residency|apartments|creek|canyon|estate|estates|village|springs|station|trace"
    "|knoll|commons|oval|promenade|concourse|spur|track"
)
_DIRECTION: Final = "north|south|east|west|northeast|northwest|southeast|southwest|n|s|e|w|ne|nw|se|sw"
UNITS: Final = (
    "apartment|apt|appt|unit|suite|ste|flat|room|rm|building|bldg|floor|fl|lot|trailer|space|spc"
    "|penthouse|ph|basement|block|tower|door|dorm|cabin|villa|plot|wing|shop|level"
)

#: What streets are named after beside all that is known as a place.
NAMESAKES: Final = frozenset(
    "dogwood sycamore poplar hemlock locust sequoia mulberry alder acorn juniper magnolia beech lilac birch ash"
    " hawthorn canal railroad water front depot academy monument".split()
)

#: Words that no street name holds: amounts, pronouns, verbs of the consulting room.
NAME_STOP: Final = frozenset(
    (
        "dont doesnt didnt cant wont couldnt wouldnt isnt wasnt "
        "i you he she it we they me him them my your his her its our their this that these those a an is "
        "are was were be been am do does did have has had"
        " will would can could should may might must and or but if so because when while then than as at "
        "by for from in into on onto to with without about after before"
        " during until since off out over under up down again very more most less some any all both each "
        "few many much other such no not only same too just also now here"
        " there what which who how why where yes yeah okay please thanks um uh er minute minutes hour "
        "hours day days week weeks month months year years seconds times time"
        " mg mcg ml g kg gram grams units tablet tablets pill pills capsule capsules puff puffs dose "
        "doses drop drops percent pounds lbs pound dollars cents bucks inches inch feet foot"
        " miles mile block blocks blood take takes took taking times daily twice once weekly pain go "
        "goes going went gone come came get got drive drove walk walked ran run runs turn"
        " turned made make makes long short whole little bit half way ways different every another lot "
        "lots kind sort hundred thousand million point january february march april june"
        " july september october november december monday tuesday wednesday thursday friday saturday "
        "sunday chest head abdominal abdomen pelvic brain spine lumbar sinus"
        " cardiac coronary contrast out-of people kids children patients visits refills call called "
        "calls years-old year-old said say says see saw seen need needs want wants"
        " colon dash slash dot underscore hyphen like it's i'm i've don't didn't that's he's she's we're "
        "they're you're i'll phone number zip code date birth across"
    ).split()
)

STATES: Final = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii"
    "|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine"
    "|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new "
    "hampshire|new jersey|new mexico|new york|north carolina"
    "|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota"
    "|tennessee|texas|utah|vermont|virginia|washington|west virginia"
    "|wisconsin|wyoming|puerto rico|district of columbia|ontario|quebec|québec|british columbia"
    "|alberta|manitoba|saskatchewan|nova scotia|new brunswick"
    "|newfoundland|prince edward island|yukon|new south wales|victoria|queensland|tasmania|western "
    "australia|south australia|northern territory"
    "|maharashtra|karnataka|tamil nadu|kerala|gujarat|rajasthan|punjab|haryana|telangana|andhra "
    "pradesh|uttar pradesh|west bengal|bihar|odisha|assam"
)
STATE_CODES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY"
    "|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
    "|ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|YT|NSW|VIC|QLD|TAS|ACT|NT"
)
COUNTRIES: Final = frozenset(
    (
        "usa|us|u.s|america|united states|united kingdom|uk|britain|great britain|england|scotland|wales"
        "|ireland|northern ireland|canada|mexico|australia|new zealand|india"
        "|china|japan|korea|south korea|north korea|vietnam|thailand|philippines|the philippines"
        "|indonesia|malaysia|singapore|taiwan|hong kong|pakistan|bangladesh|sri lanka|nepal|iran|iraq"
        "|israel|palestine|lebanon|syria|jordan|turkey|egypt|morocco|algeria|tunisia|libya|sudan|ethiopia"
        "|eritrea|somalia|kenya|uganda|tanzania|rwanda|congo|nigeria"
        "|ghana|cameroon|senegal|liberia|sierra leone|south africa|zimbabwe|zambia|russia|ukraine|poland"
        "|germany|france|spain|portugal|italy|greece|austria|switzerland"
        "|belgium|netherlands|the netherlands|holland|denmark|sweden|norway|finland|iceland|romania"
        "|bulgaria|hungary|serbia|croatia|bosnia|albania|kosovo|slovakia|slovenia|czechia|czech republic"
        "|lithuania|latvia|estonia|belarus|moldova|georgia|armenia|azerbaijan|kazakhstan|uzbekistan"
        "|afghanistan|brazil|argentina|chile|peru|colombia|venezuela|ecuador"
        "|bolivia|paraguay|uruguay|guatemala|honduras|el salvador|nicaragua|costa rica|panama|cuba|haiti"
        "|jamaica|dominican republic|the dominican republic|puerto rico|trinidad|barbados|bahamas"
        "|europe|asia|africa|north america|south america|latin america|central america|the middle east"
        "|middle east|saudi arabia|kuwait|qatar|dubai|yemen|oman|myanmar|burma|cambodia|laos|mongolia"
        "|fiji|guam|hawaii"
        "|the us|the usa|the uk|the states|the united states|the u.s|the midwest|midwest|new england|the "
        "south|the north|overseas|abroad"
    ).split("|")
)
#: Postcode areas of the United Kingdom (Royal Mail): the letters that a postcode can begin with.
UK_AREAS: Final = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE"
    " KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG "
    "RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR"
    " TS TW UB W WA WC WD WF WN WR WS WV YO ZE".split()
)
