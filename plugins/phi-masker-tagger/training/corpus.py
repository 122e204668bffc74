"""Put the training set together: sentences from templates, dialogues without names, and labelled tweets."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fill import CLOSE, CLOSES, DRUGS, OPEN, OPENS, Filler, Span, unmark
from people import People
from templates import ADDRESSED, AFTER, ANSWERS, BEFORE, CHAT, CLINICAL, ENDINGS, NEGATIVE, SPEECH

from masker import Segment, Turn

#: The lines of `NEGATIVE` that stand in notes and records.
RECORD_LINES = NEGATIVE[37:46]


#: A marked name.
_MARKED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")


class Example(NamedTuple):
    """A segment and where its names and addresses are (offsets into its text, label)."""

    segment: Segment
    spans: list[Span]


_TITLED = re.compile(
    r"\b((?:Doctor|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Mister|Misses|Missus|Nurse|Professor)\s+)((?:[A-Z][A-Za-z'-]*)(?:\s+[A-Z][A-Za-z'-]*)*)"
)
#: Capitalised words after a title that are no names ("Doctor Okay"); everything else was checked by hand.
_NOT_AFTER_TITLE = {"I", "Patient", "Doctor", "Okay", "Yes", "No", "What", "The", "And", "Guest", "Guest_family"}


def label_titled(text: str) -> str:
    """Return a dialogue with the names after titles marked."""

    def mark(match: re.Match[str]) -> str:
        kept = []
        for word in match[2].split():
            if word in _NOT_AFTER_TITLE:
                break
            kept.append(word)
        if not kept:
            return match[0]
        name = " ".join(kept)
        rest = match[2][len(name) :] if match[2].startswith(name) else ""
        return f"{match[1]}{OPEN}{name}{CLOSE}{rest}"

    return _TITLED.sub(mark, text)


#: Turns with a date in them are left out: dates are not labelled here.
_DATED = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b"
    r"|\d[/-]\d{1,2}[/-]\d|\b\w+(?:st|nd|rd|th) of (?:May|March|April)\b|\bMay \d"
)


def dialogues(corpora: Path, file: str = "TrainingSet.csv") -> list[list[tuple[str, str]]]:
    """Return MTS-Dialog as lists of (speaker, marked utterance)."""
    found = []
    with (corpora / "mts-dialog" / file).open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            turns = []
            for part in re.split(
                r"(?:^|\s)(?=(?:Doctor|Patient|Guest_\w+|Doctor_\d|Gest_family|Docotr_2)\s?:)", row["dialogue"]
            ):
                match = re.match(r"(\w+)\s?:\s*(.*)", part.strip(), re.DOTALL)
                if match and match[2].strip() and not _DATED.search(match[2]):
                    turns.append((match[1], label_titled(" ".join(match[2].split()))))
            if turns:
                found.append(turns)
    return found


def notes(corpora: Path) -> list[str]:
    """Return the clinical notes of MTS-Dialog with titled names marked."""
    with (corpora / "mts-dialog/TrainingSet.csv").open(encoding="utf-8") as rows:
        return [
            label_titled(row["section_text"]) for row in csv.DictReader(rows) if not _DATED.search(row["section_text"])
        ]


#: Labels of places in the tweets: of a town and of a country alike, so a sentence with one teaches nothing.
_PLACES = ("LOC", "location")


def conll(path: Path, tag: str) -> Iterator[str]:
    """Yield marked sentences of a CoNLL file, but those that speak of places."""
    words: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        cells = line.strip().split("\t")
        if len(cells) == 2:
            words.append((cells[0], cells[1]))
        elif any(label.endswith(_PLACES) for _, label in words):
            words = []
        elif words:
            out = []
            for i, (word, label) in enumerate(words):
                ends = label.endswith(f"-{tag}") and (i + 1 == len(words) or words[i + 1][1] != f"I-{tag}")
                out.append(f"{OPEN if label == f'B-{tag}' else ''}{word}{CLOSE if ends else ''}")
            yield re.sub(r" (['\u2019](?:s|m|re|ll|ve|d|t)\b|n't|[.,!?;:])", r"\1", " ".join(out))
            words = []


def tweets(corpora: Path) -> list[str]:
    """Return the marked sentences of Broad Twitter and WNUT17."""
    found = [s for p in sorted((corpora / "broad-twitter").glob("*.conll")) for s in conll(p, "PER")]
    found += [s for p in sorted((corpora / "wnut17").glob("*.conll")) for s in conll(p, "person")]
    return found


def clean(marked: str) -> bool:
    """Return whether a marked text's marks pair up."""
    return sum(map(marked.count, OPENS)) == sum(map(marked.count, CLOSES))


_KIN = "husband|wife|son|daughter|mother|father|mom|dad|sister|brother|grandmother|grandfather|aunt|uncle|cousin|boyfriend|girlfriend|friend|partner|niece|nephew|boss|grandson|granddaughter|baby"
_CLINICIAN = "doctor|physician|surgeon|dentist|therapist|nurse|provider|specialist|cardiologist|neurologist|dermatologist|oncologist|psychiatrist|urologist|gynecologist|pediatrician|pharmacist"
_VERBS = "is|was|has|had|does|did|said|says|will|can|could|would|takes|took|goes|went|told|gets|got|wants|needs|lives|died|passed|came|comes|gave|put|also|still|just|never|used|started|may|might|feels|felt|looks|seems|denies|reports|states|complains|continues|presents|returns|underwent"
#: Where people are spoken of, and what may stand there instead.
_MENTIONS = [
    (re.compile(rf"\b[Hh]e\b(?= (?:{_VERBS})\b)|\b[Ss]he\b(?= (?:{_VERBS})\b)"), ("{F}", "{F}", "{F}", "{FL}", "Mr. {L}", "Mrs. {L}")),
    (re.compile(r"\bhim\b"), ("{F}", "{F}", "{FL}", "doctor {L}")),
    (re.compile(r"\bhe's\b|\b[Ss]he's\b"), ("{F}'s", "{F} is", "{F} has")),
    (re.compile(r"\bhis\b"), ("{F}'s", "{F}'s", "{L}'s", "doctor {L}'s")),
    (re.compile(rf"\b([Mm]y|[Yy]our|[Hh]is|[Oo]ur) ({_KIN})\b(?!')"), (r"\1 \2 {F}", r"\1 \2 {F}", r"\1 \2, {F},", "{F}", "{F}", "{FL}", r"\1 \2 {FL}")),
    (re.compile(rf"\b([Mm]y|[Yy]our|[Tt]he|[Aa]) ({_CLINICIAN})\b(?!')"), ("doctor {L}", "Dr. {L}", "{F}", "Dr {FL}", r"\1 \2 {L}", r"\1 \2, Dr. {L},", r"\1 \2 {F}", "{FL}")),
    (re.compile(r"\b[Tt]hey (?=(?:said|told|gave|did|put|called|wanted|took|found|prescribed|recommended|think|thought)\b)"), ("{F} ", "{FL} ", "doctor {L} ")),
    (re.compile(r"\b(?:someone|somebody|a friend|my friend|a man|a woman|anyone|everyone)\b"), ("{N}", "{F}", "{F} and {F}", "a friend called {F}")),
    (re.compile(r"\b(?:[Tt]he|[Yy]our|[Tt]his) patient\b(?!')"), ("{F}", "{FL}", "Mr. {L}", "Ms. {L}", "Miss {L}", "Mrs. {L}", "the patient, {FL},", "{F} {L}")),
    (re.compile(r"\bMom\b|\bDad\b|\bmother\b(?= (?:is|was|has|had|said))"), ("{F}",)),
]  # fmt: skip
#: Drugs and tablets of the dialogues.
_SWAPS = re.compile(rf"\b(?:{'|'.join(sorted(w for w in DRUGS if len(w) > 4))})\b", re.IGNORECASE)


class Builder:
    """Makes examples.

    Args:
        rng: The dice.
        people: Where names come from.
        carriers: Utterances without names, to set names and sentences into.
    """

    def __init__(self, rng: random.Random, people: People, carriers: list[str]) -> None:
        self.rng = rng
        self.people = people
        self.filler = Filler(rng, people)
        self.carriers = carriers
        self.with_drugs = [c for c in carriers if _SWAPS.search(c)] or carriers

    def example(self, marked: str, style: str, **context: object) -> Example:
        """Return a marked text in a style as an example."""
        if style == "typed" and self.rng.random() < 0.07:
            # Capitals everywhere but where a name would have them.
            marked = _MARKED.sub(lambda m: m[0].lower(), marked)
            style = "kept"
        text, spans = unmark(self.filler.render(marked, style))
        return Example(Segment(text=text, **context), spans)  # type: ignore[arg-type]

    def speech(self) -> Example:
        """Return a spoken sentence with names, alone or amid other talk."""
        rng = self.rng
        marked = self.filler.fill(rng.choice(SPEECH))
        dice = rng.random()
        if dice < 0.22:
            marked = f"{rng.choice(self.carriers)} {marked}"
        elif dice < 0.44:
            marked = f"{marked}. {rng.choice(self.carriers)}"
        elif dice < 0.52:
            marked = f"{marked}. {self.filler.fill(rng.choice(SPEECH))}"
        return self.example(
            marked,
            rng.choices(("asr", "typed", "lower", "bare"), (60, 24, 8, 8))[0],
            role=rng.choice(("user", "assistant")),
        )

    def vocative(self) -> Example:
        """Return ordinary talk that addresses or mentions somebody."""
        rng, carrier = self.rng, self.rng.choice(self.carriers)
        name = f"{OPEN}{self.people.first() if rng.random() < 0.85 else self.people.full()}{CLOSE}"
        if rng.random() < 0.12:
            name = f"{rng.choice(('Mr', 'Mrs', 'Ms', 'Miss', 'Doctor', 'Dr.'))} {OPEN}{self.people.last()}{CLOSE}"
        dice = rng.random()
        if rng.random() < 0.08:
            name = rng.choice(ADDRESSED)
        if dice < 0.45:
            lead = rng.choice(BEFORE)
            if rng.random() < 0.3:
                lead += f" {rng.choice([*BEFORE, 'bye', 'take care', 'talk soon', 'of course', 'no problem'])}"
            marked = (
                f"{lead}{rng.choice((',', ',', ''))} {name}, {rng.choice((rng.choice(AFTER) + ' ', '', ''))}{carrier}"
            )
        elif dice < 0.52:
            marked = f"{name}, {carrier}"
        elif dice < 0.6:
            # The clause would be whole without its last word.
            marked = f"{rng.choice(ENDINGS)}{rng.choice((',', ''))} {name}{rng.choice(('.', '?', '', ''))}"
        elif dice < 0.8:
            marked = f"{carrier.rstrip('.?! ')}, {name}{rng.choice('.?!')}"
        else:
            words = carrier.split()
            at = next((i for i, w in enumerate(words[:-1]) if w[-1] in ",.?" and OPEN not in w), None)
            if at is None:
                marked = f"{rng.choice(BEFORE)}, {name}, {carrier}"
            else:
                marked = " ".join(
                    [*words[: at + 1], rng.choice(("", "", "okay,", "so,", "thanks,")), name + ",", *words[at + 1 :]]
                )
        return self.example(
            marked,
            rng.choices(("asr", "typed", "lower", "bare"), (60, 25, 5, 10))[0],
            role=rng.choice(("user", "assistant")),
        )

    def mention(self) -> Example:
        """Return real talk in which a pronoun or relation became a name: names wherever people are spoken of."""
        rng = self.rng
        for _ in range(40):
            carrier = rng.choice(self.carriers)
            found = [(m, how) for pattern, how in _MENTIONS for m in pattern.finditer(carrier)]
            if found:
                break
        else:
            return self.vocative()
        rng.shuffle(found)
        marked = carrier
        taken: list[tuple[int, int]] = []
        for match, how in sorted(found[: rng.choice((1, 1, 2))], key=lambda f: -f[0].start()):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            marked = marked[: match.start()] + self.filler.fill(match.expand(rng.choice(how))) + marked[match.end() :]
        return self.example(
            marked,
            rng.choices(("asr", "typed", "lower", "bare"), (35, 30, 5, 30))[0],
            role=rng.choice(("user", "assistant")),
        )

    def swap(self) -> Example:
        """Return real talk with its drugs and places changed to others, known and unknown."""
        rng = self.rng
        marked = _SWAPS.sub(lambda _: self.filler.fill("{drug}"), rng.choice(self.with_drugs))
        return self.example(
            marked, rng.choices(("typed", "lower", "bare"), (40, 5, 55))[0], role=rng.choice(("user", "assistant"))
        )

    def answer(self) -> Example:
        """Return an answer to a question, bare more often than not."""
        rng = self.rng
        question, _, marked = rng.choice(ANSWERS).removeprefix("Q:").partition("=>")
        filled, _ = unmark(self.filler.render(self.filler.fill(question), rng.choice(("typed", "bare"))))
        if rng.random() < 0.15:
            marked = f"{rng.choice(('yes', 'okay', 'sure', 'oh', 'um', 'sorry', 'hi'))} {marked}"
        marked = self.filler.fill(marked)
        style = rng.choices(("asr", "typed", "lower", "bare"), (55, 22, 8, 15))[0]
        if rng.random() < 0.25:
            text, spans = unmark(self.filler.render(marked, style))
            head = f"{filled}{rng.choice(('?', ''))}\n"
            if rng.random() < 0.5:
                head = f"{rng.choice(('Agent', 'Assistant', 'Nurse', 'AI', 'Bot', 'Receptionist', 'Doctor'))}: {filled}\n{rng.choice(('Caller', 'User', 'Patient'))}: "
            return Example(
                Segment(text=head + text, role="user"), [(a + len(head), b + len(head), label) for a, b, label in spans]
            )
        since: tuple[Turn, ...] = ()
        if rng.random() < 0.12:
            since = (
                Turn("user", rng.choice(("um", "yeah", "hold on", "okay"))),
                Turn("assistant", rng.choice(("mm hmm", "go ahead", "take your time"))),
            )
        return self.example(marked, style, role="user", question=Turn("assistant", filled), since=since)

    def clinical(self) -> Example:
        """Return a line of a note, form or record, alone or amid others."""
        rng = self.rng
        lines = [
            rng.choice(CLINICAL) if rng.random() < 0.72 else rng.choice(RECORD_LINES)
            for _ in range(rng.choice((1, 1, 1, 2, 3)))
        ]
        marked = rng.choice(("\n", "\n", " ", ". ")).join(self.filler.fill(line) for line in lines)
        style = rng.choices(("typed", "lower", "upper", "bare"), (78, 10, 7, 5))[0]
        text, spans = unmark(
            marked.upper() if style == "upper" else self.filler.render(marked, style) if style != "typed" else marked
        )
        return Example(Segment(text=text), spans)

    def chat(self) -> Example:
        """Return a typed message."""
        rng = self.rng
        marked = self.filler.fill(rng.choice(CHAT))
        if rng.random() < 0.3:
            marked = (
                f"{marked} {rng.choice(self.carriers)}"
                if rng.random() < 0.6
                else f"{rng.choice(self.carriers)} {marked}"
            )
        return self.example(marked, rng.choices(("typed", "lower", "bare", "upper"), (58, 24, 15, 3))[0], role="user")

    def negative(self) -> Example:
        """Return a sentence without names that looks as if it had some."""
        rng = self.rng
        parts = [self.filler.fill(rng.choice(NEGATIVE)) for _ in range(rng.choice((1, 1, 2)))]
        if rng.random() < 0.3:
            parts.insert(rng.randint(0, 1), rng.choice(self.carriers))
        return self.example(
            ". ".join(parts),
            rng.choices(("asr", "typed", "lower", "bare", "upper"), (38, 38, 12, 10, 2))[0],
            role=rng.choice(("user", "assistant", None)),
        )

    def key(self) -> Example:
        """Return a JSON leaf."""
        rng = self.rng
        if rng.random() < 0.6:
            name = rng.choice((self.people.full, self.people.first, self.people.last, self.people.any))()
            if rng.random() < 0.2:
                name = name.upper() if rng.random() < 0.5 else name.lower()
            return Example(
                Segment(
                    text=name,
                    key=rng.choice(
                        ("patient_name", "name", "given", "family", "display", "contact", "first_name", "lastName")
                    ),
                ),
                [(0, len(name), "N")],
            )
        text, spans = unmark(
            self.filler.render(
                self.filler.fill(
                    rng.choice(
                        (
                            "{drug}",
                            "{hosp}",
                            "{brand}",
                            "{city}",
                            "{cond}",
                            "{epo}",
                            "{street}",
                            "book_appointment",
                            "check_slots",
                            "get weather",
                            "[new|returning|active|final|none|unknown|yes|cardiology|front desk|main office|follow up|no show]",
                        )
                    )
                ),
                "typed",
            )
        )
        return Example(
            Segment(text=text, key=rng.choice(("name", "display", "text", "value", "provider", "contact", "answer"))),
            spans,
        )


def plain_examples(builder: Builder, talks: list[list[tuple[str, str]]]) -> Iterator[Example]:
    """Yield the dialogues as they are: turn by turn and whole, typed and as a recogniser writes them."""
    rng = builder.rng
    for turns in talks:
        question = None
        for speaker, marked in turns:
            context = {"role": "assistant" if speaker.startswith("Doctor") else "user", "question": question}
            yield builder.example(marked, "bare" if rng.random() < 0.85 else "asr", **context)
            if rng.random() < 0.4:
                yield builder.example(marked, rng.choice(("typed", "typed", "lower")), **context)
            question = Turn("assistant", unmark(marked)[0]) if speaker.startswith("Doctor") else None
        if rng.random() < 0.25:
            text, spans = unmark("\n".join(f"{s}: {m}" for s, m in turns))
            yield Example(Segment(text=text), spans)
        else:
            yield builder.example(" ".join(m for _, m in turns), "bare")
