"""Numbers and letters as people say them and as recognisers write them."""

import unicodedata

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORD = {
    1: "first",
    2: "second",
    3: "third",
    5: "fifth",
    8: "eighth",
    9: "ninth",
    12: "twelfth",
    20: "twentieth",
    30: "thirtieth",
}
MONTHS = "january february march april may june july august september october november december".split()
NATO = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu".split(),
    )
)
ASIN = {
    "a": "apple alice adam",
    "b": "boy bob baker",
    "c": "cat charlie car",
    "d": "dog david dad",
    "e": "elephant edward egg",
    "f": "frank fox friday",
    "g": "george girl good",
    "h": "henry hotel house",
    "i": "igloo ice india",
    "j": "john jack juliet",
    "k": "king kite kilo",
    "l": "larry love lemon",
    "m": "mary mother mike",
    "n": "nancy nora november",
    "o": "orange oscar olive",
    "p": "peter paul papa",
    "q": "queen",
    "r": "robert red roger",
    "s": "sam sugar sierra",
    "t": "tom tango thomas",
    "u": "umbrella uncle",
    "v": "victor violet",
    "w": "william water whiskey",
    "x": "x-ray",
    "y": "yellow young yankee",
    "z": "zebra zulu",
}
HOMOPHONES = {
    "two": ["to", "too"],
    "four": ["for", "fore"],
    "eight": ["ate"],
    "one": ["won"],
    "six": ["sicks"],
    "three": ["free", "the"],
    "nine": ["mine"],
    "zero": ["hero"],
    "seven": ["heaven"],
}


def plain(s):
    """lower case, no accents: how a recogniser writes a name"""
    s = s.translate(
        str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "Þ": "Th", "þ": "th", "đ": "d", "ß": "ss"})
    )
    return "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).lower()


def number(n):
    """0..999 in words"""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("" if n % 10 == 0 else " " + ONES[n % 10])
    return ONES[n // 100] + " hundred" + ("" if n % 100 == 0 else " and " + number(n % 100))


def ordinal(n):
    if n in ORD:
        return ORD[n]
    if n < 20:
        return ONES[n] + "th"
    return TENS[n // 10] + " " + ordinal(n % 10)


def suffix(n):
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def year(y, rng):
    """a year in words"""
    hi, lo = divmod(y, 100)
    if hi == 20:
        if lo == 0:
            return "two thousand"
        if lo < 10:
            return rng.choice(["two thousand and ", "two thousand "]) + ONES[lo]
        return rng.choice(["twenty ", "twenty ", "two thousand and "]) + number(lo)
    if lo == 0:
        return "nineteen hundred"
    if lo < 10:
        return f"nineteen {rng.choice(['oh', 'o'])} {ONES[lo]}"
    r = rng.random()
    return number(lo) if r < 0.2 else f"nineteen hundred and {number(lo)}" if r < 0.25 else "nineteen " + number(lo)


def group(d, rng, zero):
    """a group of two to four digits, spoken as one number where that is natural"""
    if len(d) == 2 and d[0] != "0":
        return number(int(d))
    if len(d) == 4 and d[2:] == "00" and d[0] != "0" and d[1] != "0":
        return number(int(d[:2])) + " hundred"
    if len(d) == 4 and d[0] != "0" and d[2] != "0":
        return number(int(d[:2])) + " " + number(int(d[2:]))
    return None


def digits(s, rng, mode=None, letters="plain", mis=True):
    """letters and digits of `s` as spoken; `-` and spaces separate groups"""
    mode = mode or rng.choices(["single", "double", "pairs", "digits", "compact"], [6, 3, 2, 1, 0.6])[0]
    if mode == "compact":
        return s.replace("-", "").replace(" ", "").lower()
    zero = rng.choice(["oh", "oh", "zero", "o"])
    out = []
    groups = [g for g in s.replace("-", " ").replace(".", " ").replace("/", " ").split() if g]
    if mode == "digits":
        return " ".join(groups).lower() if rng.random() < 0.6 else " ".join(" ".join(g) for g in groups).lower()
    for g in groups:
        i = 0
        while i < len(g):
            c = g[i]
            if c.isdigit():
                run = 1
                while i + run < len(g) and g[i + run] == c and run < 3:
                    run += 1
                word = zero if c == "0" else ONES[int(c)]
                if mode == "double" and run > 1:
                    out.append({2: "double", 3: rng.choice(["triple", "treble"])}[run] + " " + word)
                    i += run
                    continue
                if mode == "pairs" and len(g) in (2, 4) and g.isdigit() and i == 0:
                    w = group(g, rng, zero)
                    if w:
                        out.append(w)
                        break
                out.append(word)
            elif c.isalpha():
                if letters == "nato":
                    out.append(NATO[c.lower()])
                elif letters == "as":
                    out.append(
                        f"{c.lower()} {rng.choice(['as in', 'for', 'like'])} {rng.choice(ASIN[c.lower()].split())}"
                    )
                else:
                    out.append(c.lower())
            else:
                out.append({"_": "underscore", ":": "colon"}.get(c, ""))
            i += 1
    words = " ".join(w for w in out if w).split()
    if mis and len(words) > 5 and rng.random() < 0.06:  # a misheard digit
        k = rng.randrange(1, len(words))
        words[k] = rng.choice(HOMOPHONES.get(words[k], [words[k]]))
    return " ".join(words)


def spell(s, rng, how=None):
    """a name letter by letter"""
    s = [c for c in plain(s) if c.isalnum() or c in "-'"]
    how = how or rng.choice(["plain", "plain", "some", "double"])
    word = {"-": "hyphen", "'": "apostrophe"}
    if how == "nato":
        return " ".join(word.get(c) or NATO[c] for c in s)
    if how == "as":
        return " ".join(word.get(c) or f"{c} as in {rng.choice(ASIN[c].split())}" for c in s)
    out, i = [], 0
    k = rng.randrange(len(s))
    conn = rng.choice(["as in", "as in", "for", "like"])
    while i < len(s):
        c = s[i]
        if c in word:
            out.append(word[c])
        elif how == "double" and i + 1 < len(s) and s[i + 1] == c:
            out.append("double " + c)
            i += 1
        elif how == "some" and i == k:
            out.append(f"{c} {conn} {rng.choice(ASIN[c].split())}")
        else:
            out.append(c)
        i += 1
    return " ".join(out)
