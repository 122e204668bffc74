"""Names to train on: Census names, names from many countries, and names that nobody bears.

The last kind matters most: letters drawn at random (by syllable, or by a letter chain over the other lists) make words
that no list knows, so the model learns where names stand and not which names exist. Some locales are kept for
evaluation and never trained on.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections import defaultdict
from functools import cache
from itertools import accumulate

import anyascii
import faker.providers.person
from lexicon import census, english, first_names

#: Locales whose names are only used to evaluate.
HELD_OUT = (
    "fi_FI",
    "hu_HU",
    "ka_GE",
    "tw_GH",
    "ne_NP",
    "th_TH",
    "lt_LT",
    "hy_AM",
    "ga_IE",
    "sw",
    "si_LK",
    "is_IS",
    "az_AZ",
    "zu_ZA",
)

_ONSETS = "b bh br c ch chr cz d dh dj dr dz f fl fr g gh gr gw h hl hr hw j k kh kl kr kw l lh ll m mb mc mw n nd ng nj ny o p ph pl q qu r rh s sh sk sl st sz t th tl tr ts tsh v vl w wh x xh y z zh zs".split()
_VOWELS = "a e i o u a e i o u aa ae ai ao au ea ee ei eo eu ia ie io iu oa oe oi oo ou ua ue ui uo y".split()
_CODAS = [*([""] * 24), *"b ch ck d g h k l ll m n n n ng nk nt r r rd rt s s sh sk ss st t tz v x z sz cz".split()]
_PARTICLES = [
    "de la",
    "dela",
    "del",
    "de",
    "da",
    "dos",
    "van",
    "van der",
    "van der",
    "van den",
    "van de",
    "von",
    "von der",
    "de los",
    "do",
    "bint",
    "al",
    "el",
    "bin",
    "ibn",
    "abu",
    "ben",
    "di",
    "le",
    "la",
    "du",
    "ter",
    "ap",
    "ni",
    "ter",
    "san",
    "st",
    "santa",
]
_PREFIXES = ["Mc", "Mac", "O'", "Al-", "El-", "D'", "De", "Fitz", "Abdul", "Ter"]
_BEFORE_ANIMAL = "Two Three Red Little Black White Big Running Sitting Standing Walking Flying Lone High Spotted Yellow Swift Strong Iron Blue Good Many Kicking Crow Long".split()
_ANIMALS = "Wolf Crow Crows Eagle Eagles Horse Horses Bear Bears Hawk Hawks Cloud Moon Thunder River Feather Fox Deer Buffalo Bull Elk Tree Water Bird Owl Dog Shield Arrow Star Stone".split()
_MULTI = ["Jr", "Jr.", "Sr", "III", "II", "junior"]
_WORDY = """Will Rose Grace May April June Mark Hope Bill Faith Joy Frank Jack Summer Autumn Dawn Crystal Ruby Pearl Iris Violet Daisy Ivy
Heather Hazel Olive Lily Jasmine Holly Ginger Robin Rusty Sandy Penny Dean Grant Drew Pat Rob Chase Hunter Mason Rich Art Gene Chip Ray Sue
Miles King Destiny Angel Melody Carol Charity Chance Christian Cliff Clay Dale Dusty Earl Glen Guy Harry Herb Jade Jewel Josh Jay Kitty Lance
Major Mercy Misty Nick Norm Patience Peg Prince Rocky Rod Rusty Sage Sky Star Stormy Sunny Tab Trey Wade Ward Woody Blessing Gift Precious
Goodness Innocent Justice Prosper Fortune Sunday Monday Friday Wednesday""".split()
_WORDY_LAST = """Young Long White Brown Green Black Gray Baker King Hill Wood Woods Rivers Stone Day Price Bush Rice Love Short Little Best Strong Cook
Page Field Fields Bell Ball Wolf Fox Lamb Marsh Lake Banks Street Church Temple House Park Walls Sharp Savage Noble Hardy Christian Cross Moon
Bishop Major Pope Knight Duke Abbott Mason Carter Cooper Fisher Hunter Porter Potter Taylor Turner Walker Weaver Webb Wheeler Butcher Butler
Cash Coin Case Chance Early Easter English French German Irish Welsh Frost Snow Winter Summers Sommers Weeks Pain Payne Ache Cough Head Hand Legg
Foote Heart Blood Bone Back Sellers Gross Grant May March Rush Small Swift Speed Means Good Goode Held Hurt Ho Do So An In To Lo Hy Ma Yu He She""".split()


@cache
def locale_names(held_out: bool) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return (first names, last names) of each training or held-out locale, in Latin letters."""
    found = []
    for info in sorted(pkgutil.iter_modules(faker.providers.person.__path__), key=lambda m: m.name):
        if (info.name in HELD_OUT) != held_out:
            continue
        provider = importlib.import_module(f"faker.providers.person.{info.name}").Provider
        lists: dict[str, set[str]] = {"first": set(), "last": set()}
        for attribute in dir(provider):
            part = (
                "first"
                if attribute.startswith("first_") and "romanized" not in attribute
                else "last"
                if attribute.startswith("last_")
                else None
            )
            if attribute.startswith(("first_romanized", "last_romanized")):
                part = attribute.split("_")[0]
            value = getattr(provider, attribute)
            if part is None or not isinstance(value, (tuple, list, set, frozenset, dict)):
                continue
            for raw in sorted(map(str, value)):
                latin = raw if re.fullmatch(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' -]+", raw) else anyascii.anyascii(raw)
                latin = re.sub(r"[^A-Za-z\u00c0-\u024f\u1e00-\u1eff' -]", "", latin).strip(" -'")
                if 2 <= len(latin) <= 22 and latin.count(" ") <= 1:
                    lists[part].add(latin[0].upper() + latin[1:])
        if len(lists["first"]) >= 10:
            last = lists["last"] or lists["first"]
            found.append((tuple(sorted(lists["first"])), tuple(sorted(last))))
    return tuple(found)


@cache
def _census() -> tuple[list[str], list[float], list[str], list[float]]:
    first, last = first_names(), census("all.last")
    return (
        list(first),
        list(accumulate(v + 0.004 for v in first.values())),
        list(last),
        list(accumulate(v + 0.0008 for v in last.values())),
    )


@cache
def _chain() -> dict[str, str]:
    follow: dict[str, list[str]] = defaultdict(list)
    rng = random.Random(7)
    pool = [n for first, last in locale_names(False) for n in (*first, *last)]
    pool += rng.sample(_census()[2], 6000) + rng.sample(_census()[0], 2500)
    for name in pool:
        padded = f"^^{anyascii.anyascii(name).lower()}$"
        for i in range(len(padded) - 2):
            follow[padded[i : i + 2]].append(padded[i + 2])
    return {k: "".join(v) for k, v in follow.items()}


@cache
def _ordinary() -> list[str]:
    return sorted(w for w, n in english().items() if 2 <= n <= 5 and 3 <= len(w) <= 8)


def invented(rng: random.Random) -> str:
    """Return a name that nobody bears."""
    while True:
        if rng.random() < 0.5:
            word = "".join(
                rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
                for _ in range(rng.choice((1, 2, 2, 2, 3)))
            )
            if rng.random() < 0.25:
                word = rng.choice("aeiouy") + word
        else:
            chain, word = _chain(), "^^"
            while not word.endswith("$") and len(word) < 14:
                word += rng.choice(chain[word[-2:]])
            word = word.strip("^$ -'")
        if 2 <= len(word) <= 12 and english().get(word, 9) > 6:
            return word[0].upper() + word[1:]


class People:
    """Draws names.

    Args:
        rng: The dice.
        held_out: Draw only what training never draws: held-out locales and freshly invented names.
    """

    def __init__(self, rng: random.Random, *, held_out: bool = False) -> None:
        self.rng = rng
        self.held_out = held_out

    def _raw(self, part: int) -> str:
        rng = self.rng
        dice = rng.random()
        if self.held_out:
            if dice < 0.35:
                return invented(rng)
            return rng.choice(rng.choice(locale_names(True))[part])
        if dice < 0.30:
            return invented(rng)
        if dice < 0.58:
            return rng.choice(rng.choice(locale_names(False))[part])
        if dice < 0.68:
            return rng.choice(_WORDY_LAST if part else _WORDY)
        names, weights = _census()[2 * part], _census()[2 * part + 1]
        name = rng.choices(names, cum_weights=weights)[0] if dice < 0.90 else rng.choice(names)
        return name.capitalize()

    def first(self) -> str:
        """Return a first name, now and then a double one."""
        name = self._raw(0)
        if self.rng.random() < 0.04:
            name += self.rng.choice(("-", " ")) + self._raw(0)
        return name

    def last(self) -> str:
        """Return a last name, now and then with a particle, a prefix or a second part."""
        rng, name = self.rng, self._raw(1)
        dice = rng.random()
        if dice < 0.06:
            particle = rng.choice(_PARTICLES)
            return f"{particle if rng.random() < 0.6 else particle.title()} {name}"
        if dice < 0.075:
            # Names translated into words, as many Native American families bear them.
            return f"{rng.choice(_BEFORE_ANIMAL)} {rng.choice(_ANIMALS)}"
        if dice < 0.105:
            prefix = rng.choice(_PREFIXES)
            return prefix + (name if rng.random() < 0.7 else name.lower())
        if dice < 0.175:
            return name + rng.choice(("-", "-", " ")) + self._raw(1)
        return name

    def full(self) -> str:
        """Return first and last name, now and then with an initial, a middle name or a suffix."""
        rng = self.rng
        first, last = self.first(), self.last()
        dice = rng.random()
        if dice < 0.06:
            first += f" {rng.choice('ABCDEFGHJKLMNPRSTW')}" + rng.choice(("", "."))
        elif dice < 0.11:
            first += f" {self._raw(0)}"
        elif dice < 0.13:
            last += f" {rng.choice(_MULTI)}"
        elif dice < 0.16:
            first = f"{rng.choice('ABCDEFGHJKLMNPRSTW')}."
        return f"{first} {last}"

    def any(self) -> str:
        """Return a name as it is said: full or first only."""
        return self.full() if self.rng.random() < 0.62 else self.first()

    def heard(self) -> str:
        """Return a name, or now and then ordinary words a recogniser heard in its place."""
        if self.rng.random() < 0.05:
            return " ".join(self.rng.choice(_ordinary()).capitalize() for _ in range(self.rng.choice((1, 2, 2))))
        return self.any() if self.rng.random() < 0.8 else self.last()
