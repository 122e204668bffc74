"""Real talk for training: meetings of the AMI and ICSI corpora, with the few names in them marked.

The transcripts keep the capitals of names, so a name is a capitalised word inside a sentence that stands in the list
below, which was read by hand. A sentence with any other such word is left out, so nothing doubtful is trained on.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from fill import CLOSE, OPEN

__all__ = ["utterances"]

#: Persons that are spoken of or to.
PERSONS = frozenset(
    """
Jane Dan Adam Dave Andreas Morgan Liz Chuck Stephane Don Robert Keith Brian David Jose Nancy Jerry Kate John Christine Michael Eva
Sebastian Matthew Taylor Ed Eric Barry Ellis Mari Carmen Javier Steve Joe Sarah Bob Craig Hans Andrew Jeff George Carlos Tim Harry Saul
Catherine Paul Norman Johnson Larry Ryan Kendra Anna Agnes Lila Heather Pedro Ben Roger Peter William Gabriel Courtney Danny
Jonathan Jeremy Sue Tara Genevieve Tom Fletcher Mary Jim Martin Manuel Phil Marcus Jan Daphne Andy Deborah Ian James
Jason Louisa Bart Corinne Francina Francine Veronica Daniel Charles Chang Susan Yen Helen Pierre Ron Susanne Monty Nigel Tony Claudia
Luther Allen Alex Kevin Fred Trent Bernie Stephanie Ada Melissa Florence Nick Royce Morris Eileen Betsy Jana Dirk Floyd Ike Ervin
Diane Carol Victoria Markus Petra Alan Stuart Simon Irena Irina Reyes Clinton Collin Julia Victor Elmo Lori Andre Wally Rob Christie
Dennis Krista Laura Hal Rick Amina Mandy Sam Jill Katie Robin Alice Miranda Guillermo Charlotte Fabian Eddie Jeanne Betty Frank
Garfield Richard Ross Philip Julian Jerome Xavier Abigail Ellen
Thilo Hynek Sunil Johno Fey Bhaskara Gelbart Guenter Landay Hari Steph Srini Ohala Raj Tilman Pratibha Fiscus Chafe Liberman Avendano
Reissa Hamed Wu Ralf Renals Flores Herve Feldman Hermansky Nixon Alima Jurafsky Litonya Dekai Heckerman Tomasello Prashant Tannen
Birger Kollmeier Kingsbury Fillmore Porzel Kleinschmidt Gabor Petre Wolfgang Wahlster Haas Munson Stolcke Gurevich Gildea Rouww
Janin Dalan Rahim Borge Espen Katrin Bever Byrne Narayanan Sangita Waibel Fauconnier Talmy Chiara Florent Frahan Damman Wiezer Martijn
Jens Arlo Iain Fenella Fabien Jurgen Guido Antek Joost Ruud Poppy
""".split()
)
#: Capitalised words that are no persons.
THINGS = frozenset(
    """
Yeah Well Euros Oh English Euro No Right Designer Okay Italian Bayes Mm Interface User Industrial Spanish Expert Yes Marketing Real French
Let Reaction Car Manager Gaussian Project Recorder Friday Finnish Telecom Transcriber Source Enter July Sorry Broadcast News Doh
Eurospeech Goal Tuesday Path Bluetooth Mmm Windows Play Monday Heidelberg Linux Excel Wednesday God Gaussians Midland Wall Street Waves
Java Yep Nokia Sony Journal Thursday Ah Europe Cuz Approach American Germany Berkeley Hub Tcl York State View Japanese Spain
Alright Google Intel Documents Mississippi Tower Dutch Danish Microsoft Saturday Ericsson Munich University Robustness Perl
Powder Crown North Snack Wait Vista California Boston Noisy Alcatel England Internet Tango Japan Cambridge Washington Discourse Oregon South
Mando January Markov Sunday Info Apple Pounds September However Location States European British Key Christmas February Status Map
City Struct Region Midwest Northern Chicago Oops Endpoint Italy Viterbi Indian November Quicknet Bay Mode Sicily Western Praat
Switzerland Amsterdam Fourier Amtrak Prague Whoops Tuesdays Solaris Goodbye Deep International Timing Mandarin Chinese
Scheme Dance Excuse Date Kansas Northwest Texas Britain Tech Nah Belgian African China Sponge Hello Taiwan Festival
Thursdays Customs Series National Denmark Prosody Confirm Combining United Institute None Swiss Labs Communicator March Unix October
Mexican Ravioli Mustard Shall Belgium Wizard Hebrew Scotland Macs Experts Ninja Reactions Mom Brother Leader So German France
Paris America India Geneva Florida Asia Canada Canadian Canadians Greek Portuguese Hungarian Czech Norway Australia London Edinburgh
Pound Evening Science Description Film Graduate Workshop Python Hey Ooh Whoa Amazon Game Samsung Panasonic Dolby Siemens Nike December
Matlab Graphical Southern Liverpool School Evidence Beauty Hmm Huh
I I'm I'd I'll I've OK A B C D E F G H
""".split()
)


def _marked(sentence: str, common: Counter[str]) -> str | None:
    """Return a sentence with its names marked, or nothing when it has a word of which that is not known."""
    out: list[str] = []
    inside = False
    for number, match in enumerate(re.finditer(r"\S+", sentence)):
        word = match.group()
        letters = re.sub(r"^[^A-Za-z']+|(?:'s)?[^A-Za-z]*$", "", word)
        person = letters in PERSONS and common[letters.lower()] < 20
        capital = letters[:1].isupper() and (number > 0 or common[letters.lower()] < 5)
        if capital and not person and letters not in THINGS and not (letters.isupper() and len(letters) > 1):
            return None
        if person:
            lead, _, tail = word.partition(letters)
            if inside and out[-1].endswith(CLOSE):
                out[-1] = out[-1].removesuffix(CLOSE)
                out.append(f"{lead}{letters}{CLOSE}{tail}")
            else:
                out.append(f"{lead}{OPEN}{letters}{CLOSE}{tail}")
        else:
            out.append(word)
        inside = person
    return " ".join(out)


def utterances(path: Path, most: int = 60) -> list[str]:
    """Return the marked utterances of a JSON file of meetings (``[{"id": ..., "turns": [[speaker, text], ...]}, ...]``).

    Args:
        path: The file.
        most: How many words an utterance has at most; longer ones are cut between sentences.
    """
    meetings = json.loads(path.read_text(encoding="utf-8"))
    texts = [text for meeting in meetings for _, text in meeting["turns"]]
    common = Counter(w for text in texts for w in re.findall(r"[A-Za-z']+", text) if w.islower())
    found: list[str] = []
    for text in texts:
        here: list[str] = []
        for sentence in re.split(r"(?<=[.?!]) ", text):
            marked = _marked(sentence, common)
            if marked is None or sum(len(s.split()) for s in here) + len(marked.split()) > most:
                if here:
                    found.append(" ".join(here))
                here = []
            if marked is not None:
                here.append(marked)
        if here:
            found.append(" ".join(here))
    return [utterance for utterance in found if 1 <= len(utterance.split()) <= 2 * most]
