"""Fills the slots of the templates. Every value is invented: telephone numbers from the fictional ranges, addresses of streets
that were put together, documentation ranges for IP addresses, example.org or a big mail provider with an invented local part."""

import re
import string

import people
import places
import speech
from markup import SLOT

FILL = "uh|um|er|uh|um|let me see|you know|like|hang on|i think".split("|")
SHORTFILL = ["uh", "um", "er", "uh", "erm"]
FIX = "sorry|no wait|sorry i mean|no no|i mean|scratch that|hold on no|sorry no|correction|oh wait no|make that|sorry i meant".split(
    "|"
)
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
MONTH = [m.capitalize() for m in speech.MONTHS]
MAIL = [
    "gmail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "example.org",
    "example.com",
    "icloud.com",
    "mail.example.net",
    "example.co.uk",
    "proton.me",
]
DRUGS = "lisinopril|metformin|amoxicillin|gabapentin|Eliquis|atorvastatin|albuterol|sertraline|Ozempic|warfarin|levothyroxine|prednisone|amlodipine|tramadol|Humira|omeprazole|Xarelto|Trulicity|citalopram|ramipril".split(
    "|"
)
CONDITIONS = "hypertension|Crohn's disease|type 2 diabetes|Hodgkin lymphoma|Parkinson's disease|asthma|gout|Graves disease|atrial fibrillation|Raynaud's|COPD|migraine|shingles|Bell's palsy|eczema|Sjogren's".split(
    "|"
)
DOSES = (
    "5 mg BID|10 mg once a day|500 mg twice daily|20 mg at bedtime|2 puffs q6h|75 mcg every morning|40 mg daily".split(
        "|"
    )
)
SPOKEN_DOSES = "five milligrams|ten milligrams a day|five hundred twice a day|twenty at bedtime|two puffs|half a tablet|seventy five micrograms".split(
    "|"
)
KIND_OF = {
    "mrn": "MRN",
    "chart": "MRN",
    "enc": "MRN",
    "acc": "MRN",
    "nhs": "MRN",
    "member": "HEALTH_PLAN",
    "group": "HEALTH_PLAN",
    "mbi": "HEALTH_PLAN",
    "medicaid": "HEALTH_PLAN",
    "medicare": "HEALTH_PLAN",
    "ohip": "HEALTH_PLAN",
    "policy": "HEALTH_PLAN",
    "account": "ACCOUNT",
    "routing": "ACCOUNT",
    "iban": "ACCOUNT",
    "sort": "ACCOUNT",
    "invoice": "ACCOUNT",
    "caseno": "ACCOUNT",
    "card": "CARD",
    "cardlast": "CARD",
    "cvv": "CARD",
    "dl": "LICENSE",
    "passport": "LICENSE",
    "npi": "LICENSE",
    "dea": "LICENSE",
    "lic": "LICENSE",
    "vin": "VEHICLE",
    "plate": "VEHICLE",
    "serial": "DEVICE",
    "udi": "DEVICE",
    "imei": "DEVICE",
    "mac": "DEVICE",
    "conf": "OTHER_ID",
    "order": "OTHER_ID",
    "emp": "OTHER_ID",
    "rx": "OTHER_ID",
    "claim": "OTHER_ID",
    "ref": "OTHER_ID",
    "appt": "OTHER_ID",
    "auth": "OTHER_ID",
    "track": "OTHER_ID",
    "student": "OTHER_ID",
    "ssn": "SSN",
    "itin": "SSN",
    "ssnlast": "SSN",
    "phone": "PHONE",
    "fax": "FAX",
}


def luhn(body):
    t = 0
    for i, c in enumerate(reversed(body)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        t += d - 9 if d > 9 else d
    return body + str(-t % 10)


def label(kind, text):
    return f"[{kind}:{text}]"


def country(template):
    """the country that the words of a template ask for, if any"""
    template = SLOT.sub(lambda m: "" if m.group(1) == "zip" else m.group(), template)
    for c, words in (
        ("us", r"\bzips?\b|\bzip code|social|ssn|medicaid|routing|npi|n p i|medicare (id|number)|deductible"),
        ("uk", r"n ?h ?s\b|sort code|national insurance|number plate|the reg\b|g ps?\b|surgery is"),
        ("in", r"aadhaar"),
        ("ca", r"health card"),
        ("au", r"australia"),
    ):
        if re.search(words, template, re.I):
            return c
    return "uk" if re.search("postcode", template, re.I) else None


class Ctx:
    """the people and values of one case; `style` is 'v' (spoken) or 't' (written)"""

    def __init__(self, rng, style, country=None):
        self.rng, self.style, self.cache = rng, style, {}
        self.country = country or rng.choices(["us", "uk", "ca", "au", "in", "ie"], [60, 16, 7, 6, 6, 5])[0]
        self.months_first = self.country in ("us", "ca")

    # --- plumbing -------------------------------------------------------------------------------------------------
    def fill(self, template):
        s = SLOT.sub(lambda m: self.slot(m.group(1), m.group(2), m.group(3)), template)
        return re.sub(r"\ba \[AGE:(a|one) hundred", "a [AGE:hundred", s)

    def slot(self, base, idx, forms):
        f = forms.strip(".").split(".") if forms else []
        style = self.style
        for s in ("v", "t"):
            if s in f:
                style = s
                f.remove(s)
        fn = getattr(self, "s_" + base, None)
        if fn:
            return fn(idx, f, style)
        return self.code(base, idx, f, style)

    def get(self, base, idx, make):
        k = (base, idx)
        if k not in self.cache:
            self.cache[k] = make()
        return self.cache[k]

    def digits(self, n, first="123456789"):
        return self.rng.choice(first) + "".join(self.rng.choice("0123456789") for _ in range(n - 1))

    def letters(self, n, alphabet="ABCDEFGHJKLMNPRSTUVWXYZ"):
        return "".join(self.rng.choice(alphabet) for _ in range(n))

    def broken(self, kind, words, p=0.1):
        """a value with a filler inside: the pieces are labelled, the filler is not"""
        ws = words.split(" ")
        if len(ws) < 3 or self.rng.random() > p or "<?" in words:
            return label(kind, words)
        k = self.rng.randrange(1, len(ws))
        return f"{label(kind, ' '.join(ws[:k]))} [~:{self.rng.choice(SHORTFILL)}] {label(kind, ' '.join(ws[k:]))}"

    # --- names ----------------------------------------------------------------------------------------------------
    def person(self, idx):
        def make():
            g = self.rng.choices(people.ORDER, people.WEIGHTS)[0]
            f, l = people.GROUPS[g]
            first, last = self.rng.choice(f), self.rng.choice(l)
            if self.rng.random() < 0.12:  # mixed origins
                g2 = self.rng.choice(people.ORDER)
                last = self.rng.choice(people.GROUPS[g2][1])
            if self.rng.random() < 0.05:
                last = last + "-" + self.rng.choice(people.GROUPS[self.rng.choice(people.ORDER)][1]).replace(" ", "-")
            return first, last

        return self.get("person", idx, make)

    def nm(self, s, style):
        return speech.plain(s).replace("-", " " if self.rng.random() < 0.5 else "-") if style == "v" else s

    def name_form(self, raw, f, style):
        if "spell" in f:
            return (
                label("NAME", speech.spell(raw, self.rng))
                if style == "v"
                else label("NAME", "-".join(c for c in raw.upper() if c.isalnum()))
            )
        if "nato" in f or "as" in f:
            return label("NAME", speech.spell(raw, self.rng, "nato" if "nato" in f else "as"))
        if "mis" in f:
            return label("NAME", self.nm(self.get("mis", raw, lambda: self.misheard(raw)), style))
        if "u" in f:
            return label("NAME", raw.upper())
        if "l" in f:
            return label("NAME", raw.lower())
        return label("NAME", self.nm(raw, style))

    def misheard(self, raw):
        s = speech.plain(raw)
        for _ in range(20):
            t, k = s, self.rng.randrange(5)
            v = [i for i, c in enumerate(s) if c in "aeiou"]
            if k == 0 and v:
                i = self.rng.choice(v)
                t = s[:i] + self.rng.choice("aeiou") + s[i + 1 :]
            elif k == 1 and len(s) > 4:
                t = s[:-1]
            elif k == 2:
                t = s + self.rng.choice(["a", "s", "e", "n"])
            elif k == 3 and s[-1] in "aeio":
                t = s[:-1] + self.rng.choice(["ia", "ya", "er", "y"])
            else:
                for a, b in (
                    ("k", "g"),
                    ("sh", "s"),
                    ("v", "b"),
                    ("z", "s"),
                    ("th", "t"),
                    ("d", "t"),
                    ("m", "n"),
                    ("ph", "f"),
                    ("c", "k"),
                ):
                    if a in s:
                        t = s.replace(a, b, 1)
                        break
            if t != s and len(t) > 2:
                return t if self.style == "v" else t.capitalize()
        return s + "o"

    def s_first(self, idx, f, style):
        return self.name_form(self.person(idx)[0], f, style)

    def s_last(self, idx, f, style):
        return self.name_form(self.person(idx)[1], f, style)

    def s_full(self, idx, f, style):
        a, b = self.person(idx)
        if "spell" in f:
            return (
                label("NAME", speech.spell(a, self.rng, "plain"))
                + self.rng.choice([" ", " and then ", " last name "])
                + label("NAME", speech.spell(b, self.rng))
            )
        if style == "v" and self.rng.random() < 0.06:
            return f"{label('NAME', self.nm(a, style))} [~:{self.rng.choice(SHORTFILL)}] {label('NAME', self.nm(b, style))}"
        return self.name_form(f"{a} {b}", f, style)

    def s_lf(self, idx, f, style):
        a, b = self.person(idx)
        return self.name_form(f"{b}, {a}", f, style)

    def s_init(self, idx, f, style):
        a, b = self.person(idx)
        return label("NAME", f"{a[0]}. {b}" if style == "t" else f"{speech.plain(a)[0]} {self.nm(b, style)}")

    def s_nick(self, idx, f, style):
        return self.name_form(self.get("nick", idx, lambda: self.rng.choice(people.NICKS)), f, style)

    # --- dates ----------------------------------------------------------------------------------------------------
    def ymd(self, base, idx, lo, hi):
        return self.get(
            base,
            idx,
            lambda: (
                self.rng.randint(lo, hi),
                self.rng.randint(1, 12),
                self.rng.randint(1, 28 if self.rng.random() < 0.9 else 30),
            ),
        )

    def date(self, ymd, f, style, with_year=True):
        y, m, d = ymd
        if m == 2:
            d = min(d, 28)
        if m in (4, 6, 9, 11):
            d = min(d, 30)
        r, rng = self.rng.random(), self.rng
        if style == "t":
            if "iso" in f:
                return label("DATE", f"<?{y}?>-{m:02d}-{d:02d}")
            if "compact" in f:
                return label("DATE", f"{y}{m:02d}{d:02d}")
            a, b = (m, d) if self.months_first else (d, m)
            if "num" in f:
                return label("DATE", f"{a:02d}/{b:02d}/<?{y}?>") if with_year else label("DATE", f"{a}/{b}")
            mon, month, suf = MON[m - 1], MONTH[m - 1], speech.suffix(d)
            if not with_year:
                return label(
                    "DATE",
                    rng.choice(
                        [f"{month} {d}", f"{month} {suf}", f"{mon} {d}", f"{a}/{b}", f"{d} {month}", f"{suf} {month}"]
                        if not self.months_first
                        else [
                            f"{month} {d}",
                            f"{month} {suf}",
                            f"{mon} {d}",
                            f"{a}/{b}",
                            f"the {suf} of {month}".replace("the ", ""),
                            f"{mon} {suf}",
                        ]
                    ),
                )
            if self.months_first:
                return label(
                    "DATE",
                    rng.choice(
                        [
                            f"{a:02d}/{b:02d}/<?{y}?>",
                            f"{a}/{b}/{y % 100:02d}",
                            f"<?{y}?>-{m:02d}-{d:02d}",
                            f"{month} {d}, <?{y}?>",
                            f"{mon} {d}, <?{y}?>",
                            f"{month} {suf} <?{y}?>",
                            f"{a}-{b}-<?{y}?>",
                            f"{d:02d}-{mon.upper()}-<?{y}?>",
                            f"{mon}. {d}, <?{y}?>" if m != 5 else f"{month} {d}, <?{y}?>",
                        ]
                    ),
                )
            return label(
                "DATE",
                rng.choice(
                    [
                        f"{a:02d}/{b:02d}/<?{y}?>",
                        f"{a}.{b}.<?{y}?>",
                        f"{d} {month} <?{y}?>",
                        f"{suf} {month} <?{y}?>",
                        f"{d} {mon} <?{y}?>",
                        f"{a:02d}-{b:02d}-<?{y}?>",
                        f"<?{y}?>-{m:02d}-{d:02d}",
                        f"{a}/{b}/{y % 100:02d}",
                    ]
                ),
            )
        # spoken
        o, c, mo = speech.ordinal(d), speech.number(d), speech.MONTHS[m - 1]
        zero = rng.choice(["oh", "o", "zero"])
        dz = c if d > 9 else f"{zero} {c}"
        mz = speech.number(m) if m > 9 else f"{zero} {speech.number(m)}"
        yr = speech.year(y, rng)
        if "mf" in f:
            md = f"{mo} {o}"
        elif "on" in f:  # eleventh of the seventh
            md = f"{o} of the {speech.ordinal(m)}"
        elif self.months_first:
            md = rng.choice(
                [
                    f"{mo} {o}",
                    f"{mo} {o}",
                    f"{mo} {c}",
                    f"{mo} the {o}",
                    f"{mz} {dz}",
                    f"{speech.number(m)} {c}",
                    f"{m} {d}",
                    f"{mo} {d}",
                    f"{mo} {speech.suffix(d)}",
                    f"{o} of {mo}",
                    f"{speech.number(m)} {dz}",
                ]
            )
        else:
            md = rng.choice(
                [
                    f"{o} of {mo}",
                    f"{o} of {mo}",
                    f"{mo} the {o}",
                    f"{o} {mo}",
                    f"{dz} {mz}",
                    f"{o} of the {speech.ordinal(m)}",
                    f"{o} of {speech.ordinal(m)}",
                    f"{c} {mz}",
                    f"{d} {mo}",
                    f"{speech.suffix(d)} of {mo}",
                ]
            )
        if "md" in f or not with_year:
            if not with_year and not any(w in md for w in [mo, "of the"]):
                md = f"{mo} {o}" if self.months_first else f"{o} of {mo}"
            return label("DATE", md)
        if "fix" in f:
            d2 = d % 27 + 1
            alt = f"{mo} {speech.ordinal(d2)}" if self.months_first else f"{speech.ordinal(d2)} of {mo}"
            good = f"{mo} {o}" if self.months_first else f"{o} of {mo}"
            return f"[DATE:{alt}] {rng.choice(FIX)} [DATE:{good} <?{yr}?>]"
        if r < 0.08:
            return f"[DATE:{md}] [~:{rng.choice(SHORTFILL)}] [~:{yr}]"
        if r < 0.2:
            yr = str(y)
        return f"[DATE:{md} <?{yr}?>]"

    def s_dob(self, idx, f, style):
        return self.date(self.ymd("dob", idx, 1937, 2019), f, style)

    def s_dobyear(self, idx, f, style):
        y = self.ymd("dob", idx, 1937, 2019)[0]
        return f"[~:{y if style == 't' else speech.year(y, self.rng)}]"

    def s_date(self, idx, f, style):
        return self.date(self.ymd("date", idx, 2019, 2026), f, style)

    def s_md(self, idx, f, style):
        return self.date(self.ymd("md", idx, 2025, 2026), f, style, with_year=False)

    def s_day(self, idx, f, style):
        d = self.get("day", idx, lambda: self.rng.randint(1, 28))
        return label("DATE", speech.ordinal(d) if style == "v" else speech.suffix(d))

    def s_month(self, idx, f, style):
        m = self.get(
            "month",
            idx,
            lambda: self.rng.choice(
                [
                    "january",
                    "february",
                    "april",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december",
                ]
            ),
        )
        return label("DATE", m if style == "v" else m.capitalize())

    def s_monyear(self, idx, f, style):
        y, m, _ = self.ymd("monyear", idx, 2009, 2025)
        return label(
            "DATE",
            f"{speech.MONTHS[m - 1]} <?{speech.year(y, self.rng)}?>" if style == "v" else f"{MONTH[m - 1]} <?{y}?>",
        )

    def s_oldyear(self, idx, f, style):
        y = self.get("oldyear", idx, lambda: self.rng.randint(1921, 1934))
        return label(
            "DATE", str(y) if style == "t" or self.rng.random() < 0.3 else "nineteen " + speech.number(y % 100)
        )

    def s_age(self, idx, f, style):
        a = self.get(
            "age", idx, lambda: self.rng.choice([90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 106])
        )
        if style == "t" or ("w" not in f and self.rng.random() < 0.2):
            return label("AGE", str(a))
        return label(
            "AGE",
            speech.number(a)
            if a < 100
            else self.rng.choice(["a ", "one "]) + ("hundred" if a == 100 else "hundred and " + speech.number(a - 100)),
        )

    def s_time(self, idx, f, style):
        h, m = self.rng.randint(8, 17), self.rng.choice([0, 15, 30, 45])
        return f"{h:02d}:{m:02d}"

    def s_wd(self, idx, f, style):
        w = self.rng.choice("Monday Tuesday Wednesday Thursday Friday".split())
        return f"[~:{w if style == 't' else w.lower()}]"

    # --- places ---------------------------------------------------------------------------------------------------
    def addr(self, idx):
        return self.get("addr", idx, lambda: self._addr())

    def _addr(self):
        r, c = self.rng, self.country
        n = (
            r.choice([r.randint(1, 99), r.randint(100, 999), r.randint(1000, 9999), r.randint(10000, 19999)])
            if c == "us"
            else r.randint(1, 299)
        )
        a = {"num": str(n), "unit": None, "hood": None, "state": None}
        if c == "us":
            a.update(
                street=r.choice(places.US_STREETS),
                city=r.choice(places.US_CITIES),
                state=r.choice(places.US_STATES),
                zip=f"{r.randint(10000, 98999)}" if r.random() < 0.9 else f"0{r.randint(1000, 8999)}",
                county=r.choice(places.COUNTIES),
                hood=r.choice(places.HOODS),
            )
        elif c == "uk":
            a.update(
                street=r.choice(places.UK_STREETS),
                city=r.choice(places.UK_CITIES),
                zip=f"{r.choice(places.UK_POST)}{r.randint(1, 28)} {r.randint(1, 9)}{self.letters(2, 'ABDEFGHJLNPQRSTUWXYZ')}",
                county=r.choice(places.UK_COUNTIES),
                hood=r.choice(places.UK_AREAS),
            )
        elif c == "ca":
            a.update(
                street=r.choice(places.CA_STREETS),
                city=r.choice(places.CA_CITIES),
                state=r.choice(places.CA_PROV),
                zip=f"{r.choice(places.CA_FSA)} {r.randint(1, 9)}{self.letters(1, 'ABCEGHJKLMNPRSTVWXYZ')}{r.randint(1, 9)}",
                county="Simcoe",
                hood="Kensington Market",
            )
        elif c == "au":
            a.update(
                street=r.choice(places.AU_STREETS),
                city=r.choice(places.AU_CITIES),
                state=r.choice(places.AU_STATES),
                zip=f"{r.randint(2000, 6999)}",
                county="Bass Coast",
                hood=r.choice(["Newtown", "Fitzroy", "Bondi"]),
            )
        elif c == "in":
            a.update(
                street=r.choice(places.IN_STREETS),
                hood=r.choice(places.IN_AREAS),
                city=r.choice(places.IN_CITIES),
                zip=f"{r.randint(110, 799)}{r.randint(100, 999):03d}",
                county="Thane",
            )
        else:
            a.update(
                street=r.choice(places.IE_STREETS),
                city=r.choice(places.IE_CITIES),
                zip=f"{r.choice(places.IE_KEYS)} {self.letters(1)}{r.randint(1, 9)}{self.letters(1)}{r.randint(1, 9)}",
                county="County " + r.choice(["Kerry", "Mayo", "Donegal", "Wicklow", "Clare"]),
                hood=r.choice(["Rathmines", "Salthill", "Drumcondra"]),
            )
        if r.random() < 0.25:
            u = r.choice([str(r.randint(1, 40)), f"{r.randint(1, 12)}{r.choice('ABCD')}", r.choice("ABCD")])
            a["unit"] = (
                r.choice(["Apt", "Unit", "#", "Apartment", "Suite"]) if c == "us" else r.choice(["Flat", "Unit"]),
                u,
            )
        return a

    def street_text(self, a, style):
        r = self.rng
        if style == "t":
            st = a["street"]
            if r.random() < 0.4:
                for x, y in (
                    ("Street", "St"),
                    ("Avenue", "Ave"),
                    ("Boulevard", "Blvd"),
                    ("Lane", "Ln"),
                    ("Road", "Rd"),
                    ("Drive", "Dr"),
                    ("Court", "Ct"),
                ):
                    if st.endswith(x):
                        st = st[: -len(x)] + y + r.choice(["", "."] if r.random() < 0.2 else [""])
            s = f"{a['num']} {st}"
            if a["unit"]:
                k, u = a["unit"]
                if k == "Flat":
                    s = f"Flat {u}, {s}"
                elif k == "#":
                    s += f" #{u}"
                else:
                    s += r.choice([" ", ", "]) + f"{k} {u}"
            return s
        s = f"{self.house(a['num'])} {self.say(a['street'])}"
        if a["unit"]:
            k, u = a["unit"]
            un = " ".join(speech.number(int(x)) if x.isdigit() else x.lower() for x in re.findall(r"\d+|[A-Z]", u))
            k = {"#": "number", "Apt": r.choice(["apt", "apartment"])}.get(k, k.lower())
            s = f"flat {un} {s}" if k == "flat" else f"{s} {k} {un}"
        return s

    def say(self, s):
        def num(m):
            n = int(m.group(1))
            return speech.ordinal(n) if m.group(2) else speech.number(n)

        return re.sub(r"(\d+)(st|nd|rd|th)?", num, speech.plain(s)).replace(".", "").replace("-", " ")

    def house(self, n):
        r = self.rng.random()
        if r < 0.12:
            return n
        k = int(n)
        if len(n) <= 2:
            return speech.number(k)
        if len(n) == 3:
            return (
                speech.number(int(n[0]))
                + " "
                + (
                    speech.number(int(n[1:]))
                    if n[1] != "0"
                    else "oh " + speech.number(int(n[2]))
                    if n[2] != "0"
                    else "hundred"
                )
                if r < 0.6
                else speech.number(k)
                if r < 0.7
                else speech.digits(n, self.rng, "single", mis=False)
            )
        if len(n) == 4 and n[2] != "0" and r < 0.6:
            return speech.number(int(n[:2])) + " " + speech.number(int(n[2:]))
        if len(n) == 4 and n[2:] == "00":
            return speech.number(int(n[:2])) + " hundred"
        return speech.digits(n, self.rng, self.rng.choice(["single", "double"]), mis=False)

    def zip_text(self, a, style, form=()):
        if style == "t":
            return a["zip"] if self.country != "us" or self.rng.random() < 0.9 else f"{a['zip']}-{self.digits(4)}"
        how = self.rng.choices(["plain", "as", "nato"], [7, 2, 1])[0] if any(c.isalpha() for c in a["zip"]) else "plain"
        return speech.digits(
            a["zip"],
            self.rng,
            self.rng.choices(["single", "double", "digits"], [6, 2, 1])[0] if how == "plain" else "single",
            how,
            mis=False,
        )

    def s_addr(self, idx, f, style):
        a, r = self.addr(idx), self.rng
        st = self.street_text(a, style)
        city = a["city"] if style == "t" else speech.plain(a["city"]).replace("-", " ")
        z = self.zip_text(a, style)
        hood = ""
        if a["hood"] and self.country in ("in", "uk", "ie") and r.random() < 0.5:
            hood = a["hood"] if style == "t" else self.say(a["hood"])
        sep = ", " if style == "t" else " "
        front = st + (sep + hood if hood else "") + sep + city
        state = a["state"]
        if state and ("nostate" not in f) and r.random() < 0.75:
            s = state[1] if style == "t" and r.random() < 0.6 else state[0] if style == "t" else state[0].lower()
            tail = f" {label('ADDRESS', z)}" if r.random() < 0.85 else ""
            return f"{label('ADDRESS', front)}{sep}[~:{s}]{tail}"
        if style == "v" and r.random() < 0.2 and z[0].isdigit() is False:
            k = r.choice(["zip code", "zip"] if self.country == "us" else ["postcode", "postal code"])
            return f"{label('ADDRESS', front)} {k} {label('ADDRESS', z)}"
        if r.random() < 0.2:
            return label("ADDRESS", front)
        return self.broken(
            "ADDRESS", front + sep.replace(",", "" if self.country == "us" else ",") + z, 0.08 if style == "v" else 0
        )

    def s_street(self, idx, f, style):
        a = self.addr(idx)
        if "fix" in f:
            wrong = str(int(a["num"]) + self.rng.choice([1, 2, 10]))
            return f"{label('ADDRESS', self.house(wrong))} {self.rng.choice(FIX)} {label('ADDRESS', self.street_text(a, style))}"
        if "bare" in f:  # the name of the street only
            return label("ADDRESS", self.say(a["street"]) if style == "v" else a["street"])
        return (
            self.broken("ADDRESS", self.street_text(a, style), 0.08)
            if style == "v"
            else label("ADDRESS", self.street_text(a, style))
        )

    def s_city(self, idx, f, style):
        c = self.addr(idx)["city"]
        return label("ADDRESS", c if style == "t" else self.say(c))

    def s_county(self, idx, f, style):
        c = self.addr(idx)["county"]
        if self.country == "us":
            c += " County"
        return label("ADDRESS", c if style == "t" else self.say(c))

    def s_hood(self, idx, f, style):
        c = self.addr(idx)["hood"]
        return label("ADDRESS", c if style == "t" else self.say(c))

    def s_village(self, idx, f, style):
        c = self.get("village", idx, lambda: self.rng.choice(places.VILLAGES))
        return label("ADDRESS", c if style == "t" else self.say(c))

    def s_zip(self, idx, f, style):
        a = self.addr(idx)
        raw = a["zip"].replace(" ", "")
        for x in f:
            if re.fullmatch(r"c\d", x):
                c = raw[int(x[1:]) - 1] if int(x[1:]) <= len(raw) else raw[-1]
                return label("ADDRESS", speech.digits(c, self.rng, "single", mis=False))
            if re.fullmatch(r"p\d", x):
                h = len(raw) // 2
                return label("ADDRESS", speech.digits(raw[:h] if x == "p1" else raw[h:], self.rng, "single", mis=False))
        if "as" in f or "nato" in f:
            return label(
                "ADDRESS", speech.digits(a["zip"], self.rng, "single", "as" if "as" in f else "nato", mis=False)
            )
        t = self.zip_text(a, style)
        return self.broken("ADDRESS", t, 0.07) if style == "v" else label("ADDRESS", t)

    def s_state(self, idx, f, style):
        s = self.addr(idx)["state"]
        s = s[0] if s else {"uk": "England", "in": "India", "ie": "Ireland"}[self.country]
        return f"[~:{s if style == 't' else s.lower()}]"

    def s_fac(self, idx, f, style):
        s = self.get("fac", idx, lambda: self.rng.choice(places.FACILITIES))
        return f"[~:{s if style == 't' else speech.plain(s).replace('.', '')}]"

    def s_ins(self, idx, f, style):
        s = self.get("ins", idx, lambda: self.rng.choice(places.INSURERS))
        return f"[~:{s if style == 't' else s.lower()}]"

    def s_work(self, idx, f, style):
        s = self.get("work", idx, lambda: self.rng.choice(places.EMPLOYERS))
        return f"[~:{s if style == 't' else s.lower()}]"

    # --- not PHI --------------------------------------------------------------------------------------------------
    def s_drug(self, idx, f, style):
        s = self.get("drug", idx, lambda: self.rng.choice(DRUGS))
        return s if style == "t" else s.lower()

    def s_cond(self, idx, f, style):
        s = self.get("cond", idx, lambda: self.rng.choice(CONDITIONS))
        return s if style == "t" else s.lower()

    def s_dose(self, idx, f, style):
        return self.rng.choice(DOSES if style == "t" else SPOKEN_DOSES)

    def s_n(self, idx, f, style):
        n = self.rng.randint(2, 28)
        return str(n) if style == "t" else speech.number(n)

    def s_fill(self, idx, f, style):
        return self.rng.choice(FILL)

    def s_fix(self, idx, f, style):
        return self.rng.choice(FIX)

    def s_rel(self, idx, f, style):
        return self.rng.choice(
            [
                "mother",
                "father",
                "husband",
                "wife",
                "son",
                "daughter",
                "sister",
                "brother",
                "mom",
                "dad",
                "grandmother",
                "aunt",
                "partner",
                "mum",
                "nephew",
                "neighbor",
            ]
        )

    # --- email, url, user names -----------------------------------------------------------------------------------
    def local(self, idx):
        a, b = (re.sub(r"[^a-z]", "", speech.plain(x)) for x in self.person(idx))
        n = str(self.rng.randint(2, 99))
        return self.rng.choice(
            [
                f"{a}.{b}",
                f"{a}{b}",
                f"{a[0]}{b}",
                f"{a}_{b}",
                f"{a}.{b}{n}",
                f"{a}{n}",
                f"{b}.{a}",
                f"{a[0]}.{b}{n}",
                f"{a}-{b}",
                f"the{b}family",
                f"{b}{n}",
                f"{a}loves{self.rng.choice(['cats', 'tea', 'golf'])}",
            ]
        )

    def say_address(self, s):
        out = []
        for w in re.findall(r"[a-zA-Z]+|\d+|.", s):
            if w.isdigit():
                out.append(
                    speech.number(int(w))
                    if len(w) <= 2 and w[0] != "0" and self.rng.random() < 0.7
                    else speech.digits(w, self.rng, "single", mis=False)
                )
            elif w.isalpha():
                out.append(w)
            else:
                out.append(
                    {
                        ".": "dot",
                        "_": "underscore",
                        "-": self.rng.choice(["dash", "hyphen"]),
                        "/": "slash",
                        ":": "colon",
                        "@": "at",
                        "?": "question mark",
                        "=": "equals",
                    }[w]
                )
        return " ".join(out)

    def email(self, idx):
        return self.get("email", idx, lambda: f"{self.local(idx)}@{self.rng.choice(MAIL)}")

    def s_email(self, idx, f, style):
        e = self.email(idx)
        if "u" in f:
            e = e.upper()
        if style == "t":
            return label("EMAIL", e)
        loc, dom = e.split("@")
        r = self.rng.random()
        if "spell" in f or r < 0.15:
            l = " ".join(
                {".": "dot", "_": "underscore", "-": "dash"}.get(c) or speech.digits(c, self.rng, "single", mis=False)
                for c in loc
            )
        else:
            l = self.say_address(loc)
            parts = [speech.plain(x) for x in self.person(idx)]
            if r < 0.5:  # recognisers split the run-together local part
                for p in parts:
                    p = re.sub(r"[^a-z]", "", p)
                    if len(p) > 3 and p in l.split(" ")[0] and l.split(" ")[0] != p:
                        l = l.replace(p, f" {p} ").strip()
                        l = re.sub(" +", " ", l)
                        break
        if "local" in f:
            return label("EMAIL", l)
        d = self.say_address(dom).replace("co dot uk", "co dot uk")
        if "domain" in f:
            return f"[~:{d}]"
        if self.rng.random() < 0.1:
            return f"[EMAIL:{l}] [~:{self.rng.choice(SHORTFILL)}] [EMAIL:at {d}]"
        return label("EMAIL", f"{l} at {d}")

    def s_user(self, idx, f, style):
        u = self.get("user", idx, lambda: self.local(idx).replace("-", "_") + str(self.rng.randint(1, 99)))
        return label("OTHER_ID", u if style == "t" else self.say_address(u))

    def s_url(self, idx, f, style):
        def make():
            a, b = (re.sub(r"[^a-z]", "", speech.plain(x)) for x in self.person(idx))
            h = self.rng.choice(
                [
                    "mychart.example.org",
                    "portal.example.com",
                    "www.example.net",
                    "photos.example.org",
                    "records.example.com",
                    "health.example.co.uk",
                    "share.example.org",
                    f"{b}family.example.com",
                    f"www.{a}{b}.example.com",
                ]
            )
            p = self.rng.choice(
                [
                    f"/patients/{b}-{self.digits(5)}",
                    f"/u/{a}{b}",
                    f"/p?id={self.digits(6)}",
                    f"/{a}.{b}",
                    f"/visit/{self.digits(7)}",
                    f"/share/{self.letters(6).lower()}{self.digits(2)}",
                    f"/records/{b}/xray.pdf",
                ]
            )
            return h + p

        u = self.get("url", idx, make)
        if style == "t":
            return label("URL", self.rng.choice(["https://", "http://", "https://", ""]) + u)
        u = u.replace("www.", "www.")
        t = self.say_address(u).replace("www dot", self.rng.choice(["www dot", "w w w dot"]))
        if self.rng.random() < 0.2:
            t = "h t t p s colon slash slash " + t
        return label("URL", t)

    def s_ip(self, idx, f, style):
        def make():
            r = self.rng
            return r.choice(
                [
                    f"192.0.2.{r.randint(1, 254)}",
                    f"198.51.100.{r.randint(1, 254)}",
                    f"203.0.113.{r.randint(1, 254)}",
                    f"10.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}",
                    f"172.{r.randint(16, 31)}.{r.randint(0, 255)}.{r.randint(1, 254)}",
                    f"192.168.{r.randint(0, 255)}.{r.randint(1, 254)}",
                    f"203.0.113.{r.randint(1, 254)}",
                    f"100.{r.randint(64, 127)}.{r.randint(0, 255)}.{r.randint(1, 254)}",
                ]
            )

        if "six" in f:
            ip = self.get(
                "ipv",
                idx,
                lambda: (
                    "2001:db8:" + ":".join(f"{self.rng.randrange(65536):x}" for _ in range(6))
                    if self.rng.random() < 0.5
                    else f"2001:db8::{self.rng.randrange(1, 65536):x}:{self.rng.randrange(1, 65536):x}"
                ),
            )
            return label("IP", ip)
        ip = self.get("ip", idx, make)
        if style == "t":
            return label("IP", ip)
        dot = self.rng.choice(["dot", "dot", "point"])
        if self.rng.random() < 0.12:
            return label("IP", ip)

        def say(o):
            if len(o) == 3 and o[1] == "0" and o[2] == "0":
                return speech.number(int(o))
            if len(o) == 3 and self.rng.random() < 0.5:
                return (
                    speech.number(int(o[0]))
                    + " "
                    + (speech.number(int(o[1:])) if o[1] != "0" else "oh " + speech.ONES[int(o[2])])
                )
            return (
                speech.number(int(o))
                if len(o) < 3 or self.rng.random() < 0.3
                else " ".join("oh" if c == "0" else speech.ONES[int(c)] for c in o)
            )

        return self.broken("IP", f" {dot} ".join(say(o) for o in ip.split(".")), 0.06)

    def s_exp(self, idx, f, style):
        m, y = self.get("exp", idx, lambda: (self.rng.randint(1, 12), self.rng.randint(27, 33)))
        if style == "t":
            return label("CARD", self.rng.choice([f"{m:02d}/{y}", f"{m:02d}/20{y}"]))
        return label(
            "CARD",
            self.rng.choice(
                [
                    f"{speech.number(m) if m > 9 else 'oh ' + speech.number(m)} {speech.number(y)}",
                    f"{speech.MONTHS[m - 1]} twenty {speech.number(y)}",
                    f"{speech.number(m)} {speech.number(y)}",
                ]
            ),
        )

    # --- numbers and codes ----------------------------------------------------------------------------------------
    def raw(self, base):
        r, D, L = self.rng, self.digits, self.letters
        c = self.country
        if base in ("phone", "fax"):
            if c == "us" or c == "ca":
                area = r.choice(
                    "212 415 713 918 614 303 502 617 786 206 504 901 608 360".split()
                    if c == "us"
                    else "416 604 514 902 204 306".split()
                )
                return (
                    f"{area}-555-{r.choice(['01' + D(2, '0123456789'), '01' + D(2, '0123456789'), D(4, '0123456789')])}"
                )
            if c == "uk":
                return r.choice(
                    [
                        f"07700 900{D(3, '0123456789')}",
                        f"020 7946 0{D(3, '0123456789')}",
                        f"0113 496 0{D(3, '0123456789')}",
                        f"01632 960{D(3, '0123456789')}",
                    ]
                )
            if c == "au":
                return r.choice([f"0491 570 {D(3)}", f"02 5550 {D(4)}", f"1800 160 {D(3)}"])
            if c == "in":
                return f"9{D(1)}555 01{D(3)}"
            return r.choice([f"020 91{D(1)} {D(4)}", f"085 555 01{D(2)}"])
        if base == "ssn":
            a = r.choice([x for x in range(101, 772) if x != 666])
            return f"{a}-{r.randint(11, 99)}-{r.randint(1000, 9999)}"
        make = {
            "itin": lambda: f"9{D(2, '0123456789')}-{r.choice(['70', '72', '78', '81', '85', '91', '94'])}-{D(4)}",
            "ssnlast": lambda: D(4, "0123456789"),
            "mrn": lambda: r.choice(
                [
                    D(6),
                    D(7),
                    D(8),
                    f"MRN{D(6)}",
                    f"{L(1)}{D(6)}",
                    f"{D(3)}-{D(2)}-{D(2)}",
                    f"{L(2)}-{D(5)}",
                    f"00{D(6)}",
                ]
            ),
            "chart": lambda: r.choice([D(5), D(6), f"C-{D(5)}", f"{L(2)}{D(4)}"]),
            "enc": lambda: r.choice([f"ENC{D(7)}", D(9), f"V{D(8)}", f"E-{D(6)}"]),
            "acc": lambda: r.choice([f"{L(1)}{D(2)}-{D(5)}", f"ACC{D(7)}", f"S-24-{D(5)}", D(8)]),
            "nhs": lambda: f"{D(3)} {D(3)} {D(4)}",
            "member": lambda: r.choice(
                [f"{L(3)}{D(9)}", f"{L(1)}{D(8)}", D(11), f"{L(3)} {D(4)} {D(4)}", f"W{D(9)}", f"{D(9)}-01"]
            ),
            "group": lambda: r.choice([D(6), f"{L(1)}{D(5)}", f"{D(5)}-{D(2)}", f"GRP{D(4)}"]),
            "policy": lambda: r.choice([f"POL-{D(7)}", D(10), f"{L(2)}{D(7)}"]),
            "mbi": lambda: (
                f"{D(1)}{L(1, 'ACDEFGHJKMNPQRTUVWXY')}{r.choice('ACDEFGHJKMNPQRTUVWXY0123456789')}{D(1)}-{L(1, 'ACDEFGHJKMNPQRTUVWXY')}{r.choice('ACDEFGHJKMNPQRTUVWXY0123456789')}{D(1)}-{L(2, 'ACDEFGHJKMNPQRTUVWXY')}{D(2)}"
            ),
            "medicaid": lambda: r.choice([D(10), f"{L(2)}{D(5)}{L(1)}", D(12)]),
            "medicare": lambda: f"{D(4, '23456')} {D(5)} {D(1)}",
            "ohip": lambda: f"{D(4)}-{D(3)}-{D(3)}-{L(2)}",
            "account": lambda: r.choice([D(8), D(10), D(9), D(12), f"{D(4)}-{D(5)}"]),
            "routing": lambda: self._aba(),
            "iban": lambda: self._iban(),
            "sort": lambda: f"{D(2)}-{D(2)}-{D(2)}",
            "invoice": lambda: r.choice([f"INV-{D(6)}", f"INV{D(5)}", D(7), f"{L(2)}-{D(5)}"]),
            "caseno": lambda: r.choice([f"{r.randint(20, 26)}-{D(5)}", D(8), f"CASE-{D(6)}", f"{L(2)}{D(6)}"]),
            "card": lambda: self._card(),
            "cardlast": lambda: D(4, "0123456789"),
            "cvv": lambda: D(3, "0123456789"),
            "dl": lambda: (
                r.choice(
                    [f"{L(1)}{D(7)}", D(8), f"{L(2)}{D(6)}", f"{L(1)}{D(3)}-{D(4)}-{D(4)}", f"{D(3)} {D(3)} {D(3)}"]
                )
                if c != "uk"
                else f"{L(5)}{D(6)}{L(2)}{D(1)}{L(2)}"
            ),
            "passport": lambda: r.choice([D(9), f"{L(1)}{D(8)}", f"{L(2)}{D(6)}", f"{L(1)}{D(7)}"]),
            "npi": lambda: luhn("80840" + "1" + D(8, "0123456789"))[5:],
            "dea": lambda: self._dea(),
            "lic": lambda: r.choice([f"MD{D(6)}", f"{L(1)}{D(5)}", f"RN-{D(6)}", f"ME{D(5)}", D(7)]),
            "vin": lambda: self._vin(),
            "plate": lambda: {
                "us": r.choice([f"{D(1)}{L(3)}{D(3)}", f"{L(3)}-{D(4)}", f"{L(3)} {D(3)}", f"{L(2)}{D(5)}"]),
                "uk": f"{L(2)}{r.randint(10, 74)} {L(3)}",
                "ie": f"{r.randint(131, 242)}-{r.choice(['D', 'C', 'KY', 'G'])}-{D(4)}",
            }.get(c, f"{L(3)} {D(3)}"),
            "serial": lambda: r.choice(
                [f"SN-{D(2)}{L(1)}{D(6)}", f"{L(2)}{D(7)}", f"{L(3)}-{D(3)}-{D(4)}", D(10), f"{L(1)}{D(2)}{L(2)}{D(4)}"]
            ),
            "udi": lambda: f"(01){D(14)}(17){r.randint(26, 29)}0{r.randint(1, 9)}{r.randint(10, 28)}(21){L(1)}{D(6)}",
            "imei": lambda: luhn("35" + D(12, "0123456789")),
            "mac": lambda: ":".join(f"{r.randrange(256):02X}" for _ in range(6)),
            "conf": lambda: r.choice([f"{L(3)}{D(3)}", D(8), f"{L(2)}{D(4)}{L(1)}", L(6), f"{D(3)}-{L(3)}"]),
            "order": lambda: r.choice([D(7), f"ORD-{D(6)}", f"{D(3)}-{D(7)}", f"#{D(6)}"]),
            "emp": lambda: r.choice([f"E{D(5)}", D(6), f"EMP-{D(4)}", f"{L(2)}{D(4)}"]),
            "rx": lambda: r.choice([D(7), f"RX-{D(6)}", f"RX{D(7)}", f"{D(7)}-{D(5)}"]),
            "claim": lambda: r.choice([D(11), f"CLM-{D(7)}", f"{r.randint(20, 26)}{D(9)}", f"CL{D(8)}"]),
            "ref": lambda: r.choice([f"REF{D(6)}", f"{L(2)}-{D(4)}-{L(1)}", D(9), f"R{D(7)}"]),
            "appt": lambda: r.choice([f"{L(3)}{D(3)}", D(8), f"APT-{D(5)}"]),
            "auth": lambda: r.choice([f"PA{D(7)}", f"A{D(8)}", D(10)]),
            "track": lambda: r.choice([f"1Z{L(3)}{D(10)}", D(12), f"{L(2)}{D(9)}US"]),
            "student": lambda: r.choice([f"S{D(7)}", D(8)]),
        }
        return make[base]()

    def _aba(self):
        d = "0" + self.digits(7)
        w = [3, 7, 1, 3, 7, 1, 3, 7]
        return d + str(-sum(int(a) * b for a, b in zip(d, w)) % 10)

    def _iban(self):
        cc, b = self.rng.choice(
            [
                ("GB", "WEST" + self.digits(14)),
                ("DE", self.digits(18)),
                ("IE", "AIBK" + self.digits(14)),
                ("FR", self.digits(23)),
                ("NL", "ABNA" + self.digits(10)),
            ]
        )
        num = "".join(str(int(x, 36)) for x in b + cc + "00")
        s = f"{cc}{98 - int(num) % 97:02d}{b}"
        return " ".join(s[i : i + 4] for i in range(0, len(s), 4)) if self.rng.random() < 0.6 else s

    def _card(self):
        r = self.rng
        b = r.choice(["4", "4", "51", "52", "54", "55", "6011", "37", "34"])
        n = 15 if b[0] == "3" else 16
        s = luhn(b + "".join(r.choice("0123456789") for _ in range(n - 1 - len(b))))
        g = [s[:4], s[4:10], s[10:]] if n == 15 else [s[i : i + 4] for i in range(0, 16, 4)]
        return "-".join(g)

    def _dea(self):
        d = self.digits(6)
        return (
            self.rng.choice("ABFM")
            + self.rng.choice(string.ascii_uppercase)
            + d
            + str((sum(map(int, d[0::2])) + 2 * sum(map(int, d[1::2]))) % 10)
        )

    def _vin(self):
        al = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
        v = [self.rng.choice(al) for _ in range(17)]
        v[0], v[11:] = self.rng.choice("12345JW"), list(self.digits(6, "0123456789"))
        val = dict(
            zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9])
        )
        w = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
        t = sum((int(c) if c.isdigit() else val[c]) * k for c, k in zip(v, w)) % 11
        v[8] = "X" if t == 10 else str(t)
        return "".join(v)

    def code(self, base, idx, f, style):
        kind, r = KIND_OF[base], self.rng
        raw = self.get(base, idx, lambda: self.raw(base))
        if base in ("phone", "fax"):
            return self.tel(kind, raw, f, style)
        alnum = re.sub(r"[^A-Za-z0-9]", "", raw)
        for x in f:
            if re.fullmatch(r"c\d+", x):
                i = int(x[1:]) - 1
                return label(kind, speech.digits(alnum[min(i, len(alnum) - 1)], r, "single", mis=False))
            if re.fullmatch(r"p\d", x):  # three parts
                n, i = len(alnum), int(x[1:]) - 1
                cut = [0, n // 3, 2 * n // 3, n]
                part = alnum[cut[i] : cut[i + 1]]
                return label(
                    kind, speech.digits(part, r, r.choice(["single", "double"]), mis=False) if style == "v" else part
                )
        if "last" in f:
            return label(kind, speech.digits(alnum[-4:], r, "single", mis=False) if style == "v" else alnum[-4:])
        if style == "t":
            if base == "card":
                return label(kind, raw.replace("-", r.choice([" ", "-", "", ""])))
            if base == "ssn":
                return label(kind, raw if r.random() < 0.6 else raw.replace("-", r.choice([" ", ""])))
            if base == "mac" and r.random() < 0.3:
                return label(kind, raw.replace(":", "-").lower())
            return label(kind, raw)
        if base == "udi":
            raw = re.sub(r"\(\d\d\)", " ", raw)
        letters = r.choices(["plain", "as", "nato"], [14, 3, 2])[0]
        if "nato" in f or "as" in f:
            letters = "nato" if "nato" in f else "as"
        say = lambda s: speech.digits(s.replace("#", ""), r, "single" if letters != "plain" else None, letters)
        if "fix" in f:
            k = max(2, len(alnum) - 3)
            wrong = alnum[:k] + "".join(r.choice("0123456789") if c.isdigit() else c for c in alnum[k:])
            return f"{label(kind, speech.digits(wrong, r, 'single', mis=False))} {r.choice(FIX)} {label(kind, speech.digits(alnum[k:], r, 'single', mis=False))}"
        return self.broken(kind, say(raw), 0.1)

    def tel(self, kind, raw, f, style):
        r, c = self.rng, self.country
        g = raw.replace("-", " ").split()
        d = "".join(g)
        for x in f:
            if re.fullmatch(r"c\d+", x):
                return label(kind, speech.digits(d[min(int(x[1:]), len(d)) - 1], r, "single", mis=False))
            if re.fullmatch(r"p\d", x):
                i = int(x[1:]) - 1
                parts = g if len(g) >= 3 else [d[: len(d) // 3], d[len(d) // 3 : 2 * len(d) // 3], d[2 * len(d) // 3 :]]
                part = parts[i] if i < 2 else "".join(parts[2:])
                return label(
                    kind,
                    speech.digits(part, r, r.choice(["single", "double", "pairs"]), mis=False)
                    if style == "v"
                    else part,
                )
        if "last" in f:
            return label(kind, speech.digits(d[-4:], r, "single", mis=False) if style == "v" else d[-4:])
        if style == "t":
            if c in ("us", "ca"):
                a, b, e = g
                t = r.choice(
                    [
                        f"({a}) {b}-{e}",
                        f"{a}-{b}-{e}",
                        f"{a}.{b}.{e}",
                        d,
                        f"+1 {a} {b} {e}",
                        f"+1{d}",
                        f"1-{a}-{b}-{e}",
                        f"{a} {b} {e}",
                    ]
                )
            else:
                cc = {"uk": "44", "au": "61", "in": "91", "ie": "353"}[c]
                nat = d.lstrip("0")
                t = r.choice(
                    [
                        raw,
                        d,
                        f"+{cc} {nat[:3]} {nat[3:6]} {nat[6:]}",
                        f"+{cc}{nat}",
                        raw.replace(" ", "-"),
                        f"({g[0]}) {' '.join(g[1:])}",
                    ]
                )
            if "ext" in f:
                t += r.choice([" ext ", " x", " ext. ", " extension "]) + self.digits(r.choice([2, 3, 4]))
            return label(kind, t)
        if "fix" in f:
            bad = g[:-1] + ["".join(r.choice("0123456789") for _ in g[-1])]
            return f"{label(kind, speech.digits(' '.join(bad), r, 'single', mis=False))} {r.choice(FIX)} {label(kind, speech.digits(g[-1], r, 'single', mis=False))}"
        t = speech.digits(raw, r)
        if c == "us" and r.random() < 0.06 and g[0][1:] == "00":
            t = t
        if r.random() < 0.07 and c in ("us", "ca"):
            t = "one " + t if not t[0].isdigit() else t
        if c not in ("us", "ca") and r.random() < 0.12 and not t[0].isdigit():
            t = (
                "plus "
                + {"uk": "double four", "au": "six one", "in": "nine one", "ie": "three five three"}[c]
                + " "
                + t.split(" ", 1)[1]
            )
        if "ext" in f:
            t += r.choice([" extension ", " ext ", " x "]) + speech.digits(
                self.digits(r.choice([2, 3, 4])), r, "single", mis=False
            )
        return self.broken(kind, t, 0.12)

    def s_nino(self, idx, f, style):
        n = self.get(
            "nino",
            idx,
            lambda: (
                f"{self.letters(2, 'ABCEGHJKLMNPRSTWXYZ')} {self.digits(2)} {self.digits(2)} {self.digits(2)} {self.rng.choice('ABCD')}"
            ),
        )
        return label("OTHER_ID", n if style == "t" else speech.digits(n, self.rng, "single", mis=False))

    def s_aadhaar(self, idx, f, style):
        n = self.get("aadhaar", idx, lambda: f"{self.digits(4, '23456789')} {self.digits(4)} {self.digits(4)}")
        return label("OTHER_ID", n if style == "t" else speech.digits(n, self.rng, "single", mis=False))


def disfluent(s, rng, p=0.02):
    """fillers between words, outside of labelled values"""

    def fn(t):
        ws = t.split(" ")
        out = []
        for i, w in enumerate(ws):
            if i and w and rng.random() < p:
                out.append(rng.choice(["uh", "um", "uh", "um", "er", "like", "you know"]))
            out.append(w)
        return " ".join(out)

    parts = re.split(r"(\[[A-Z_~]+:[^\[\]]*\])", s)
    return "".join(x if x.startswith("[") else fn(x) for x in parts)
