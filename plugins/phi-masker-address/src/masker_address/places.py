"""Places behind a label, a column's title or a cue, and towns that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker_tagger import shared_tagger

from masker_address import patterns
from masker_address.growing import Found, is_place_key, is_region, is_town, is_town_under
from masker_address.states import States
from masker_address.vocabulary import AMBIGUOUS, COMMON, FUNCTION_WORDS, NAME_STOP, STATES, TOWNS

__all__ = ["Places"]


#: Who chooses one of several says so in few characters: "the gahanna one".
_SHORT: Final = 100


class Places(States):
    """Finds towns, counties and neighbourhoods."""

    def labels(self) -> None:
        """Find what a form's label announces: "City: Fresno"."""
        if (":" not in self.text and "=" not in self.text) or not self._has(patterns.LABEL_WORDS):
            return
        for match in patterns.LABEL.finditer(self.text):
            begin, value = match.start("value"), match["value"]
            quoted = patterns.QUOTED.match(value)
            if quoted is not None:
                begin, value = begin + quoted.start("said"), quoted["said"]
            end = patterns.LABEL_END.search(value)
            value = value[: end.start()] if end else value
            value = value.rstrip(" ,.\t")
            label = match["label"].lower()
            region = is_region(value) and not is_town_under(label, value)
            if label.startswith(
                ("city", "town", "county", "village", "suburb", "hometown", "neighb", "local", "place", "birthplace")
            ):
                cut = re.search(r",? (?:and|my|the|phone|is|for|with|so|but|i)\b| \(", value)
                value = value[: cut.start()] if cut else value
            if patterns.IN_TYPE.match(value) or patterns.OF_CODE.match(value):
                continue  # its value is read under its key
            if not value.strip() or "@" in value or "://" in value or region or not re.search(r"\w", value):
                continue
            if patterns.NO_VALUE.fullmatch(value.strip()):
                continue
            if label in ("line", "address", "addr") and not re.search(r"\d|[A-Z]", value):
                continue
            if label == "line" and patterns.SOURCE_LINE.match(value.strip()):
                continue
            if re.search(
                r"(?i)\b(?:e-?mail|ip|mac|web|url)[ _]?$",
                self.text[max(0, match.start("label") - 8) : match.start("label")],
            ):
                continue
            lead = len(value) - len(value.lstrip())
            start = begin + lead
            stop = begin + len(value)
            if value[-3:-2] in " ," and re.fullmatch(patterns.CODES_ANY, value[-2:]):
                stop = begin + len(value[:-2].rstrip(" ,"))
            self.found.append(Found(start, stop, 0.9))

    def columns(self) -> None:
        """Find the columns of a comma-separated table whose header says that they hold an address."""
        if "," not in self.text or "\n" not in self.text:
            return
        columns: list[int] = []
        width = 0
        at = 0
        for line in self.text.splitlines(keepends=True):
            cells = line.rstrip("\r\n").split(",")
            named = (
                [i for i, cell in enumerate(cells) if is_place_key(cell.strip(' "').lower())] if len(cells) > 2 else []
            )
            if named:
                columns, width = named[:8], len(cells)  # a table has few such columns; keeps the work linear
            elif len(cells) == width:
                for column in columns:
                    value = cells[column].strip(' "')
                    if value and not is_region(value):
                        start = at + len(",".join(cells[:column])) + bool(column)
                        start += cells[column].index(value)
                        self.found.append(Found(start, start + len(value), 0.85))
            at += len(line)

    def places(self) -> None:
        """Find towns from the words in front of them."""
        text = self.text
        openers = [openers for needed, openers in patterns.SURE_OPENERS if not needed.isdisjoint(self.words)]
        if openers:
            for match in self.segment.reading.matches(patterns.SURE_CUE, frozenset().union(*openers)):
                self._place(match)
        if self._has(patterns.WEAK_WORDS):
            for match in self.segment.reading.matches(patterns.SOMEWHERE, patterns.SOMEWHERE_OPENERS):
                self._somewhere(match.end())
            for match in self.segment.reading.matches(patterns.WEAK_CUE, patterns.WEAK_OPENERS):
                self._known_town(match)
        if patterns.COMMA_CODE.search(text) or (", " in text and self._has(patterns.STATE_WORDS)):
            for match in patterns.TOWN_STATE.finditer(text):
                self._town_state(match)
        self.coded()
        for match in self.segment.reading.matches(patterns.STATE_NAME, patterns.STATE_WORDS):
            self._before_state(match)
        if self._has(patterns.COUNTY_WORDS):
            self._counties()
        if self._has(patterns.HOOD_WORDS):
            self._neighbourhoods()
        for match in self.segment.reading.matches(patterns.ON_STREET, patterns.ON_OPENERS):
            self._shop_on(match)
        if self._has(patterns.BRANCHES) or "1" in self.segment.reading.words:  # "the gahanna one"
            for match in self.segment.reading.matches(patterns.BRANCH, patterns.BRANCH_OPENERS):
                self._branch(match)

    def _shop_on(self, match: re.Match[str]) -> None:
        """Take the street that a shop is on; it has no type: "the walgreens on halsted", "the davita on prospect"."""
        text = self.text
        left = patterns.SHOP_LEFT.search(text, max(0, match.start() - 32), match.start())
        if left is None or not (left["shop"].lower() in patterns.SHOPS or _has_code(left["shop"], "b")):
            return
        road = patterns.NUMBERED_ROAD.match(text, match.end())
        if road is not None:
            self.found.append(Found(*road.span(), 0.6))
            return
        for word, start, end in self._street_words(match.end()):
            if patterns.STREET_NEXT.match(text, end):
                known = is_town(word.lower()) and word.lower() not in AMBIGUOUS
                named = known if match[0][:2].lower() == "at" else not _is_idiom(word)
                if named and not self._taken(start, end):
                    self.found.append(Found(match.end(), end, 0.6))
                return

    def _street_words(self, at: int) -> Iterator[tuple[str, int, int]]:
        """Yield up to three words that can be those of a street's name, as far as they go."""
        for word, start, end in self._words_at(at)[:3]:
            plain = word.lower()
            if plain in FUNCTION_WORDS or (plain in COMMON and plain not in patterns.STREET_NAMES):
                return
            yield word, start, end

    def _branch(self, match: re.Match[str]) -> None:
        """Take the town that one of several branches is called after: "our clovis location"."""
        words = match["name"].split(" ")
        for size in range(len(words), 0, -1):
            name = " ".join(words[-size:]).lower()
            street = size > 1 and (words[-1].lower() == "st" or patterns.STRONG.fullmatch(words[-1]) is not None)
            if match["one"] and (len(self.text) > _SHORT or shared_tagger().lexicon.describe(name)[1][0] == "a"):
                return  # "a gray one"
            if street or (is_town(name) and name not in COMMON and name not in AMBIGUOUS and not is_region(name)):
                start = match.end("name") - len(name)
                if not self._taken(start, match.end("name")):
                    self.found.append(Found(start, match.end("name"), 0.6))
                return

    def _counties(self) -> None:
        text = self.text
        for match in patterns.COUNTY.finditer(text):
            self._county(match)
        for match in patterns.COUNTY_UK.finditer(text):
            group = "name" if match["name"] else "short"
            word = match[group]
            if (
                word.lower() not in COMMON
                and (word[0].isupper() or patterns.SURE_CUE.search(self._left(match.start())))
                and not self._taken(*match.span())
            ):
                self.found.append(Found(*match.span(group), 0.7))

    def _neighbourhoods(self) -> None:
        text = self.text
        for match in patterns.HOOD.finditer(text):
            name = match["name"].strip()
            words = [w for w in name.split() if w.lower() != "the"]
            if (
                words
                and not any(
                    w.lower() in COMMON or w.lower() in NAME_STOP or w.lower() in patterns.NO_NAMES for w in words
                )
                and not is_region(name)
            ):
                first = text.index(words[0], match.start("name"))
                self.found.append(Found(first, match.end("name") - 1, 0.7))

    def _words_at(self, at: int) -> list[tuple[str, int, int]]:
        words: list[tuple[str, int, int]] = []
        pos = at
        while len(words) < 4:
            match = patterns.WORD.match(self.text, pos)
            if match is None:
                break
            words.append((match[0], match.start(), match.end()))
            pos = match.end()
            if self.text[pos : pos + 1] != " ":
                break
            pos += 1
        return words

    def _place(self, match: re.Match[str]) -> None:
        """Take what a sure cue announces, and the other end of a move."""
        text = self.text
        mods = patterns.MODS_RE.match(text, match.end())
        words = self._words_at(mods.end() if mods else match.end())
        if not words or self._taken(words[0][1], words[0][2]):
            return
        end = self._place_or_word(words)
        if end is not None and not patterns.OTHER_NEXT.match(text, end):
            self.found.append(Found(words[0][1], self._code_after(end), 0.85))
        else:
            end = _region_end(text, words)
        if end is not None and patterns.MOVES.search(match[0]):
            state = patterns.COMMA_STATE.match(text, end)
            then = patterns.THEN_TO.match(text, state.end() if state else end)
            second = self._words_at(then.end()) if then else []
            other = self._place_or_word(second)
            if other is not None:
                self.found.append(Found(second[0][1], self._code_after(other), 0.85))

    def _place_or_word(self, words: list[tuple[str, int, int]]) -> int | None:
        """Return the end of a place name; a word of English will do if a town is called so ("reading")."""
        if not words or _region_end(self.text, words):
            return None
        end = self._place_end(words, after_comma=True)
        first = words[0][0].lower()
        landscape = len(words) > 1 and words[1][0].lower() in patterns.LANDSCAPE
        if end is None and landscape and first not in FUNCTION_WORDS | patterns.NO_NAMES:
            return words[1][2]
        if end is None and first in TOWNS and first not in FUNCTION_WORDS and first not in patterns.MONTHS:
            return words[0][2]
        return end

    def _somewhere(self, at: int) -> None:
        """Take a capitalised place after "she's in": the towns that no one has heard of."""
        words = self._words_at(at)
        if (
            words
            and patterns.HERE_NOW.match(self.text, words[0][2])
            and words[0][0].lower() in TOWNS
            and words[0][0].lower() not in FUNCTION_WORDS
        ):
            self.found.append(Found(words[0][1], words[0][2], 0.6))
            return
        if not words or not words[0][0][0].isupper() or self._taken(words[0][1], words[0][2]):
            return
        end = self._place_end(words, after_comma=False, strict=True)
        if end is None:
            return
        name = self.text[words[0][1] : end]
        if (
            name.isupper()
            or not _capital_place(name)
            or patterns.OTHER_NEXT.match(self.text, end)
            or _region_end(self.text, words)
        ):
            return
        self.found.append(Found(words[0][1], self._code_after(end), 0.6))

    def _known_town(self, match: re.Match[str]) -> None:
        """Take a town that the list knows and English does not, behind "in", "near" or "from"."""
        text = self.text
        first_word = patterns.WORD.match(text, match.end())
        if first_word is None or first_word[0] in FUNCTION_WORDS:
            return
        words = self._words_at(match.end())
        for size in range(len(words), 0, -1):
            first, last = words[0][1], words[size - 1][2]
            name = text[first:last].lower().rstrip(".")
            if not is_town(name) or (size == 1 and (name in COMMON or name in AMBIGUOUS or len(name) < 4)):
                continue
            loose = match[0].split()[0].lower() in ("to", "which", "says", "is")
            if (
                self._taken(first, last)
                or is_region(text[first:last])
                or patterns.FACILITY.match(text, last)
                or patterns.OTHER_NEXT.match(text, last)
                or patterns.PHONE_NEXT.match(text, first)
            ):
                return
            if (
                loose
                and " " not in name
                and not text[first].isupper()
                and not (patterns.MOVEMENT.search(self._left(match.start(), 40)) or match[0][:2].lower() != "to")
            ):
                return
            self.found.append(Found(first, self._code_after(last), 0.6))
            return

    def _code_after(self, end: int) -> int:
        """Extend a town over the state and code that follow."""
        gap = patterns.BLANK2.match(self.text, end)
        if gap is None:
            return end
        state = patterns.STATE.match(self.text, gap.end()) or patterns.STATE_BEFORE_ZIP.match(self.text, gap.end())
        at = state.end() if state else end
        gap = patterns.BLANK2.match(self.text, at)
        code = patterns.TAIL_CODE.match(self.text, gap.end()) if gap else None
        return code.end() if code else end

    def _before_state(self, match: re.Match[str]) -> None:
        """Find "fresno oklahoma": a known town, or an unknown word after "in", before a state's full name."""
        text = self.text
        before = patterns.THREE_BEFORE.search(text, max(0, match.start() - 60), match.start())
        if before is None:
            return
        words = list(patterns.WORD.finditer(text, before.start(), before.end()))
        if (
            match[0].split()[0].lower() in patterns.SURNAME_STATES
            and not match["zip"]
            and not patterns.TO_PLACE.search(text, max(0, before.start() - 12), before.end())
        ):
            return
        for skip in range(len(words)):
            name = text[words[skip].start() : words[-1].end()].lower()
            known = is_town(name) and name not in COMMON and not re.fullmatch(STATES, name)
            placed = (
                all(w[0].lower() not in COMMON and w[0].lower() not in FUNCTION_WORDS for w in words[skip:])
                and re.search(r"\b(?:in|from|near|to|of|at)\s$", text[: words[skip].start()][-8:], re.IGNORECASE)
                is not None
                and not is_region(name)
            )
            if known or placed:
                end = match.end() if match["zip"] else words[-1].end()
                self.found.append(Found(words[skip].start(), end, 0.8))
                return

    def _county(self, match: re.Match[str]) -> None:
        words: list[re.Match[str]] = []
        for word in reversed(list(patterns.WORD.finditer(self.text, match.start("name"), match.end("name")))):
            plain = word[0].lower()
            capital = word[0][0].isupper() and match["type"][0].isupper()
            if (
                plain in FUNCTION_WORDS
                or plain in patterns.NO_NAMES
                or (plain in COMMON and plain not in patterns.PLACE_WORDS and not capital)
            ):
                break
            words.insert(0, word)
        if not words or is_region(words[-1][0]):
            return
        name = self.text[words[0].start() : words[-1].end()]
        lower = name == name.lower()
        if lower and not (
            re.search(r"\b(?:in|from|of|is|near|it's|to)\s$", self.text[: words[0].start()][-8:], re.IGNORECASE)
            or words[0].start() == 0
        ):
            return
        if lower and match["type"].lower() != "county":
            return
        if not lower and not name[0].isupper():
            return
        self.found.append(Found(words[0].start(), match.end("type"), 0.75))


def _capital_place(name: str) -> bool:
    return all(
        word[0].isupper() for word in name.split() if word.lower() not in ("of", "on", "the", "de", "la", "upon")
    )


def _has_code(word: str, code: str) -> bool:
    return code in shared_tagger().lexicon.codes.get(word.lower(), "")


def _is_idiom(word: str) -> bool:
    """Return whether a word behind "on" is no street's name: "on campus", "on holidays", "on warfarin", "on zoom"."""
    low = word.lower()
    lexicon = shared_tagger().lexicon
    kind = lexicon.describe(low)[1]
    known = is_town(low) or low in patterns.STREET_NAMES
    return (
        len(low) < 4
        or low in patterns.MONTHS
        or low.endswith(("day", "days"))
        or not {"d", "m", "y", "b"}.isdisjoint(lexicon.codes.get(low, ""))
        or (kind[0] == "c" and not known and (kind == "c1" or low.endswith("s")))
    )


def _region_end(text: str, words: list[tuple[str, int, int]]) -> int | None:
    """Return the end of the state or country that the words begin with."""
    for size in range(min(3, len(words)), 0, -1):
        if is_region(text[words[0][1] : words[size - 1][2]]):
            return words[size - 1][2]
    return None
