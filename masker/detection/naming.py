"""Naming: which key tells what a value of a JSON document is.

It need not be the key before it. It may stand further up (``{"mrn": {"integerValue": "4471"}}``), beside the value
(``{"slot": "mrn", "value": "4471"}``) or at the head of its column (``{"columns": ["mrn"], "rows": [["4471"]]}``).
Whatever programs call the parts of such shapes, they are known by their build: what says nothing by itself and is a
bare number, a text that names a kind, a row that is as wide as a header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from masker.detection.keys import (
    TYPES,
    is_field_name,
    is_measure,
    is_town,
    key_words,
    kind_of_key,
    plain_key,
    says_nothing,
)
from masker.detection.queries import parameters
from masker.detection.snapshots import HOLDS, ROLES

__all__ = ["Names", "Told", "describing_key", "label_of", "says_value"]

#: Keys that say nothing by themselves; the key above them says it: ``{"address": {"line": ...}}``.
_GENERIC: Final = frozenset(
    (
        "value text display line lines full raw formatted content data answer first last middle number given family"
        " area prefix exchange suffix group serial year month day yyyy mm dd id home work primary secondary"
    ).split()
)
#: Keys above a "name" that is a thing's or an organisation's, with what they say of it.
_NAMED_THINGS: Final = {
    **dict.fromkeys(
        "payer payers payor payors insurer insurers insurance plan plans carrier carriers".split(), "payer"
    ),
    **dict.fromkeys("pharmacy pharmacies".split(), "pharmacy"),
    **dict.fromkeys("hospital hospitals facility facilities".split(), "hospital"),
    **dict.fromkeys(
        "medication medications med meds medicine medicines drug drugs prescriptions".split(), "medication"
    ),
}
#: Those under which all of it stands, and no part.
_WHOLE: Final = frozenset("value text display full raw formatted content data answer".split())
#: The same of what somebody answered, or a tool.
_ANSWERED: Final = _WHOLE | frozenset("result output transcript speech utterance message said heard digits".split())
#: Words of keys whose value a sibling, or the key above, tells: ``value``, ``newValue``, ``answer``, ``valueInteger``.
_VALUES: Final = frozenset(
    "value values val answer answers response input received old new before after previous prior original".split()
)
_SHORT_VALUES: Final = frozenset("va")
#: What is in each of those words, so that most keys need not be parted into words.
_IN_VALUES: Final = (
    *("val", "answer", "response", "input", "received"),
    *("old", "new", "before", "after", "prior", "orig", "prev"),
)
#: The two sides of a change of a field, where both are there: elsewhere who sends and who gets it.
_SIDES: Final = frozenset("from to fromString toString from_value to_value".split())
#: Words of keys that name a number of their own: that of ``{"id": "48213", "name": "Phone visit"}`` is no phone's.
_OWN_NUMBER: Final = frozenset("id ids code key no nr num number".split())
#: Keys whose value says what a sibling called ``value`` is: ``{"system": "phone", "value": ...}``.
_LABELS: Final = {
    label: rank
    for rank, label in enumerate(
        "system label name key field type code trait_type attribute property question title".split()
    )
}
_SYSTEMS: Final = {
    "us-ssn": "ssn",
    "us-npi": "npi",
    "us-mbi": "medicare id",
    "us-medicare": "medicare id",
    "us-medicaid": "medicaid id",
    "mrn": "mrn",
    "passport": "passport number",
    "driver": "driver license number",
}
#: Those of them that name a field, and nothing else.
_FIELDS: Final = frozenset(_LABELS[label] for label in "label key field attribute property".split())
#: The key of what a page shows.
_SHOWN: Final = "text"
_MAX_LABEL: Final = 60
_MAX_ADDRESS: Final = 120
#: A place in a document, as JSON Pointer and its like write it: its last name says what stands there.
_POINTER: Final = re.compile(r"/?(?:[\w~-]+[/.])*([A-Za-z_][\w-]*)(?:[/.][0-9-]+)*")
#: What programs call the array that names a table's columns, beside the one that holds its rows.
_HEADERS: Final = frozenset("columns cols colnames fields headers header heading headings keys labels names".split())
#: Between which values a laboratory's result is normal, and the key with which it stands beside that. Elsewhere that is
#: the key of a reference number.
_LIMITS: Final = re.compile(r"[<>\u2264\u2265]=? ?\d[\d.]{0,7}|\d[\d.]{0,7} ?[-\u2013] ?\d[\d.]{0,7}")
_MEASURED: Final = re.compile(r"[<>\u2264\u2265]?=? ?\d{1,6}(?:\.\d{1,4})?")
_LIMITS_KEYS: Final = frozenset(("ref", "reference"))
_LIMITS_KEY: Final = "reference range"
#: A code of a public vocabulary, by the system or the words beside it: FHIR's ``Coding`` and the concepts of its value
#: sets (https://hl7.org/fhir/R4/datatypes.html#Coding). FHIR's identifiers of persons stand under ``value``.
_VOCABULARY: Final = re.compile(
    r"snomed|loinc|rxnorm|icd-?(?:9|10|11)|\bcpt\b|hcpcs|\bndc\b|cvx|terminology\.hl7\.org|unitsofmeasure|ama-assn|nucc"
    r"|\batc\b|2\.16\.840\.1\.113883\.6\.",
    re.IGNORECASE,
)
_PUBLIC_CODE: Final = re.compile(r"[A-Z]{0,3}[0-9]{1,18}(?:[.-][0-9A-Z]{1,7})?")
_PUBLIC_KEY: Final = "snomed code"

#: What is nothing but somebody's number, if anything says so; four digits that may be a year are none.
_BARE: Final = re.compile(r"(?!(?:19|20)[0-9]{2}\Z)(?=(?:[A-Za-z-]*[0-9]){4})[A-Za-z]{0,3}[0-9][0-9A-Za-z-]{3,20}\Z")
_FOUR: Final = re.compile(r"[0-9]{4}")
#: What a key names that has no kind of its own as a number's key: ``{"field": "city", "value": "Reading"}``.
_TOWN: Final = "TOWN"
#: Kinds of which no value is a number, and none.
_NO_NUMBERS: Final = frozenset((None, "NAME", "EMAIL", "URL", _TOWN))
#: Digits of a JSON number that is somebody's, at least: shorter ones are counts.
_NO_COUNT: Final = 5
_MAX_TITLES: Final = 2
_CONDITION: Final = 3
#: What stands between a field and what it is compared with: ``["ssn", "=", 219099999]``.
_COMPARES: Final = re.compile(
    r"[=<>!~]{1,3}|(?:not[ _])?(?:in|i?like)|eq|neq?|nin|is|equals|contains|[lg]te?", re.IGNORECASE
)
#: The shortest phone number, without area code, and the shortest number that nothing but the name of its tool tells.
_PHONE_DIGITS: Final = 7
#: What an age and a birthday look like.
_AGE: Final = re.compile(r"1?[0-9]{2}")
_DAY: Final = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?")
#: An object of more is a record, whose members name themselves.
_MANY: Final = 8


def _kind_of(key: str | None) -> str | None:
    """Return what a key names: a kind, or a town."""
    return kind_of_key(key) or (_TOWN if key is not None and is_town(key) else None)


def _is_value(key: str) -> bool:
    """Return whether a key says of its value no more than that it is one."""
    if len(key) == 1:
        return key in _SHORT_VALUES
    lowered = key.lower()
    if not any(part in lowered for part in _IN_VALUES):
        return False
    words = key_words(key)
    return bool(words) and (words[-1] in _VALUES or (words[0] == "value" and not is_measure(key)))


def says_value(key: str | None) -> bool:
    """Return whether a key says no more than that its value is one, or that it is what was answered."""
    return key is None or _is_value(key) or key in _ANSWERED


def describing_key(key: str | None, above: str | None) -> str | None:
    """Return what to call a value: its key, or the key above where its own says nothing.

    Both, where its own names a part of the whole (``address line``).
    """
    if key is None or above is None:
        return key
    if _is_value(key) or key.lstrip("#@$") in _WHOLE or (len(key) == 1 and not key.islower() and not key.isdecimal()):
        kind = _kind_of(above)
        # What stands under the "text" of somebody named may be what they said.
        if kind is not None and (kind != "NAME" or _is_value(key)):
            return above
    if key in ("name", "names"):
        *_, last = key_words(above) or ("",)
        return f"{_NAMED_THINGS[last]} name" if last in _NAMED_THINGS else key
    return f"{above} {key}" if _is_general(key) and not _is_general(above) else key


def _is_general(key: str) -> bool:
    return key in _GENERIC or len(key) == 1 or key.isdecimal()


def label_of(label: str) -> str | None:
    """Return the key that a label gives to the value beside it: FHIR systems, form labels; ``None`` for sentences."""
    label = plain_key(label.strip(" ?:*")) if len(label) <= _MAX_LABEL else label
    short = 0 < len(label) <= _MAX_LABEL
    if short and ("/" in label or "." in label):
        pointer = _POINTER.fullmatch(label)
        if pointer is not None and _kind_of(pointer[1]) is not None:
            return pointer[1]
    if "/" in label or ":" in label:
        lowered = label.lower()
        known = next((key for part, key in _SYSTEMS.items() if part in lowered), None)
        if known is not None or "://" not in label or len(label) > _MAX_ADDRESS:
            return known
        last = re.split("[/#]", label)[-1]  # FHIR: {"url": "http://example.org/fhir/member-id", "valueString": ...}
        return last if _kind_of(last) is not None else None
    return label if short else None


#: Elements of an array, as far as they can be a row of a table: their leaves, each with its place in the row.
_Cells = list[tuple[int, int]]


class _Row(NamedTuple):
    """What stands in a row: what its elements are called, a string by itself, and its cells."""

    names: Sequence[str | None]
    cells: _Cells

    def __repr__(self) -> str:
        return f"_Row(length={len(self.names)})"


class _Header(NamedTuple):
    """What the columns of a table are called.

    Attributes:
        names: Their names.
        near: Whether it stands beside the rows, which may then be shorter or longer.
        told: How many of them name a kind.
        sure: Whether it is one beyond doubt, and no row of the table.
    """

    names: Sequence[str | None]
    near: bool
    told: int
    sure: bool = True

    def __repr__(self) -> str:
        return f"_Header(length={len(self.names)})"


class Told(NamedTuple):
    """What is said from outside about the values of a document.

    Attributes:
        key: What they may be.
        columns: What its rows have.
    """

    key: str | None = None
    columns: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Told()"


class _Level:
    """One open array or object.

    Attributes:
        key: The key of its own.
        own: The key of the value to come.
        called: What to call it.
        holds: Whether its key says that it is a value, and no more.
        array: Which array it is; 0 for an object.
        label: How telling its label is, and the key that it gives.
        scalars: Its strings and numbers.
        listed: Those of the arrays in it.
        waiting: Those that its label is to name.
        sides: Those that may be what a field was before a change, and after it.
        inner: The same of what is in it.
        path: The key that an array, a path to the value, gives to it: ``{"loc": ["body", "ssn"], "input": ...}``; or
            an object that has a label and no value: ``{"field": {"title": "SSN"}, "value": ...}``.
        code: That which may be one of a public vocabulary.
        explained: Whether it is.
        limits: That which may be a laboratory's limits.
        text: For FHIR's ``type``: its text.
        node: For a node of a page's tree: its role.
        title: The place of its name.
        before: For an array: the text of the node before.
        names: For an array: what its elements are called, a string by itself.
        cells: For an array: its leaves, each with its place.
        described: For an array: whether its elements have labels and no values, as descriptions of columns have.
        rows: The rows of a table in it.
        lines: Arrays in it that may be such a row.
        header: What the columns of its rows are called.
    """

    __slots__ = tuple(
        "array before called cells code described explained header holds inner key label limits lines listed names node"
        " own path rows scalars sides text title waiting".split()
    )

    def __init__(self, key: str | None, array: int = 0) -> None:
        self.key = key
        self.own: str | None = key
        self.called: str | None = key
        self.holds = False
        self.array = array
        self.label: tuple[int, str] | None = None
        self.path: str | None = None
        self.scalars: list[int] = []
        self.listed: list[int] = []
        self.waiting: list[int] = []
        self.sides: list[int] = []
        self.inner: list[int] = []
        self.code: int | None = None
        self.explained = False
        self.limits: int | None = None
        self.text: str | None = None
        self.node: str | None = None
        self.title: int | None = None
        self.before: str | None = None
        self.names: list[str | None] = []
        self.cells: _Cells = []
        self.described = False
        self.rows: list[_Row] = []
        self.lines: list[_Row] = []
        self.header: _Header | None = None


class Names:
    """What the values of one document are called, as it is read from its beginning to its end.

    What a key says is remembered as long.

    Attributes:
        keys: For every string and number its key (see `describing_key`), its label or its column's name; or ``None``.
            Only when all is read it is sure.
    """

    def __init__(self) -> None:
        self.keys: list[str | None] = []
        self._said: list[str] = []
        self._numbers: set[int] = set()
        self._level = _Level(None)
        self._around: list[_Level] = []
        self._arrays = 0
        self._kinds: dict[str | None, str | None] = {None: None}
        self._described: dict[tuple[str | None, str | None], str | None] = {}
        self._values: dict[str | None, bool] = {None: False}

    @property
    def array(self) -> int:
        """Which of the document's arrays is open, counted from 1; 0 in an object."""
        return self._level.array

    def begin(self, *, array: bool) -> None:
        """Take the beginning of an array or object."""
        around = self._level
        self._around.append(around)
        self._arrays += array
        level = self._level = _Level(around.called, self._arrays if array else 0)
        if array:
            self._call(level)

    def end(self) -> None:
        """Take the end of one."""
        closed, self._level = self._level, self._around.pop()
        self._close(closed, self._level)

    def member(self, key: str) -> None:
        """Take the key of what comes next."""
        level = self._level
        level.own = key
        self._call(level)

    def nothing(self) -> None:
        """Take a value that is neither a string nor a number."""
        self._level.names.append(None)  # its column is empty

    def value(self, said: str, *, number: bool) -> None:
        """Take a string or number."""
        level = self._level
        place = len(self.keys)
        self.keys.append(level.called)
        self._said.append(said)
        level.scalars.append(place)
        own = level.own
        if level.holds:
            level.waiting.append(place)
        elif own in _SIDES:
            level.sides.append(place)
        if level.array:
            level.cells.append((place, len(level.names)))
            level.names.append(None if number else said)
        if number:
            self._numbers.add(place)
            return
        if own == "code" and _PUBLIC_CODE.fullmatch(said):
            level.code = place
        elif own == "display" or (own == "system" and _VOCABULARY.search(said)):
            level.explained = True
        elif own == "text" and level.key == "type":
            level.text = label_of(said)
        elif own == "role" and said.lower() in ROLES:
            level.node = said.lower()
        elif own == "name":
            level.title = place
        elif own in _LIMITS_KEYS and _LIMITS.fullmatch(said):
            level.limits = place
        if own in _LABELS and own != level.key:
            rank = _LABELS[own]
            if level.label is None or rank < level.label[0]:
                found = label_of(said)
                if found is not None:
                    level.label = (rank, found)

    @property
    def numbered(self) -> int:
        """How many numbers, and texts with one, there are."""
        return sum(any(map(str.isdecimal, said)) for said in self._said)

    def told(self, told: Told) -> None:
        """Give a key from outside to what it may name, once all is read: to values, or to the one number there is.

        That of ``verify_ssn({"digits": 219099999})`` and of what ``get_mrn`` answers: the tool's name is its key. In an
        object that holds more than that, counts, prices and times have names of their own.

        Args:
            told: What the values may be.
        """
        if told.columns:
            self._level.header = _Header(told.columns, near=False, told=self._telling(told.columns))
            self._name_columns(self._level)
        if told.key is None:
            return
        kind = self._kind(told.key)
        numbers = [
            place
            for place, said in enumerate(self._said)
            if any(map(str.isdecimal, said)) and not is_measure(self.keys[place] or "")
        ]
        for place in numbers:
            own = self.keys[place]
            if (len(numbers) == 1 or says_value(own)) and self._kind(own) is None and self._may_be(kind, place):
                self.keys[place] = told.key

    def _may_be(self, kind: str | None, place: int) -> bool:
        """Return whether a value may be of the kind that nothing but the name of its tool tells."""
        said, own = self._said[place], self.keys[place]
        if kind in _NO_NUMBERS or not _OWN_NUMBER.isdisjoint(key_words(own or "")[-1:]):
            return False
        if kind == "AGE":
            return _AGE.fullmatch(said) is not None
        if kind == "DATE":
            return _DAY.fullmatch(said) is not None
        digits = sum(map(str.isdecimal, said))
        if kind in ("PHONE", "FAX") or (place in self._numbers and not says_value(own)):
            return digits >= _PHONE_DIGITS and (said.isdecimal() or kind not in ("PHONE", "FAX"))
        return _BARE.match(said) is not None if says_value(own) else self._is_bare(place)

    def _kind(self, key: str | None) -> str | None:
        try:
            return self._kinds[key]
        except KeyError:
            kind = self._kinds[key] = _kind_of(key)
            return kind

    def _call(self, level: _Level) -> None:
        """Tell what to call what comes next."""
        own, key = level.own, level.key
        level.holds = self._is_value(own)
        try:
            level.called = self._described[own, key]
        except KeyError:
            called = describing_key(own, key)
            level.called = self._described[own, key] = called and plain_key(called)

    def _is_value(self, key: str | None) -> bool:
        try:
            return self._values[key]
        except KeyError:
            value = self._values[key] = key is not None and _is_value(key)
            return value

    # -- what an array or object means as a whole

    def _close(self, closed: _Level, level: _Level) -> None:
        """Tell what is in an array or object that ends what it is, and the one around what it means there."""
        if closed.array:
            self._name_elements(closed)
        else:
            if closed.code is not None and closed.explained:
                self.keys[closed.code] = _PUBLIC_KEY
            if closed.limits is not None and self._is_measured(closed):
                self.keys[closed.limits] = _LIMITS_KEY
            if len(closed.sides) > 1:
                self._name_sides(closed)
            if closed.node is not None and closed.title is not None:
                self.keys[closed.title] = _SHOWN  # what a part of a page is called is nobody's name
            if closed.node is not None and closed.title is not None and not closed.waiting:
                closed.label, closed.waiting = None, [closed.title]
            else:
                self._name_pair(closed)
            if closed.listed and len(closed.scalars) <= _MANY:
                self._name_parameters(closed)
            self._inherit(closed)
            if closed.key == "type" and closed.text is not None and level.label is None:
                level.label = (len(_LABELS), closed.text)  # FHIR: {"type": {"text": "group"}, "value": ...}
        self._name_columns(closed)
        if level.array:
            self._close_in_array(closed, level)
        else:
            self._close_in_object(closed, level)
        if closed.header is not None and level.header is None and closed.header.sure:
            level.header = closed.header._replace(near=False)

    def _is_measured(self, level: _Level) -> bool:
        """Return whether an object holds one value, a number that nothing calls somebody's."""
        values = level.waiting
        return (
            len(values) == 1 and _MEASURED.fullmatch(self._said[values[0]]) is not None and not self._label_kind(level)
        )

    def _name_pair(self, level: _Level) -> None:
        """Give the values of an object the key that its label names, whatever either is called."""
        values = level.waiting
        if level.path is not None and self._label_kind(level) is None:
            level.label = (len(_LABELS), level.path)
            if not values:
                kind = self._kind(level.path)
                values = [place for place in level.scalars if self._is_answer(place, kind)]
        if (not values or self._label_kind(level) is None) and len(level.scalars) <= _MANY:
            if not (values or level.inner or self._around or any(map(self._is_bare, level.scalars))):
                return  # nothing asks for its label
            others = [place for place in level.scalars if place not in values]
            labels = {place: label for place in others if (label := self._naming(place)) is not None}
            if len(set(labels.values())) == 1:
                if any("://" in self._said[place] for place in labels):  # else what came from there
                    values = [place for place in values if key_words(self.keys[place] or "")[:1] == ("value",)]
                level.label = (len(_LABELS), next(iter(labels.values())))
            answers = [place for place in others if place not in labels and self._is_unnamed(place)]
            if not values and len(labels) == 1:
                kind = self._kind(next(iter(labels.values())))
                sure = {place for place in answers if self._is_answer(place, kind)}
                # One that looks like a year, beside another: {"error": "ssn_last4 wrong", "got": "4967", "is": "1985"}
                beside = all(place in sure or _FOUR.fullmatch(self._said[place]) for place in answers)
                values = answers if sure and beside else []
        if level.label is None:
            return
        _, label = level.label
        telling = self._kind(label) is not None
        for place in values:
            # "home" beside a value says less than "phone" above it.
            if (telling or self._kind(self.keys[place]) is None) and self._said[place] not in TYPES:
                self.keys[place] = label
        for place in level.inner if telling else ():
            # What is missing at a path has no value: beside it stands all that was sent.
            if self._kind(self.keys[place]) is None and (level.path is None or self._is_bare(place)):
                self.keys[place] = label

    def _name_sides(self, level: _Level) -> None:
        """Give what a field was and is the key of the field: its name beside them, or the key above."""
        beside = level.label is not None and level.label[0] in _FIELDS
        name = level.label[1] if level.label is not None and beside else level.key
        if self._kind(name) is not None:
            for place in level.sides:
                self.keys[place] = name

    def _name_parameters(self, level: _Level) -> None:
        """Give the values beside a query the fields that it compares them with."""
        for place in level.scalars:
            fields = parameters(self._said[place])
            if len(fields) == len(level.listed):
                for value, field in zip(level.listed, fields, strict=True):
                    if self._kind(field) is not None:
                        self.keys[value] = field

    def _label_kind(self, level: _Level) -> str | None:
        return None if level.label is None else self._kind(level.label[1])

    def _naming(self, place: int) -> str | None:
        """Return the key that a text gives to the value beside it, if it names a kind."""
        said = self._said[place]
        longest = _MAX_ADDRESS if "://" in said else _MAX_LABEL
        if place in self._numbers or len(said) > longest or said.lower() == said.upper():  # without a letter
            return None
        label = label_of(said)
        return label if self._kind(label) is not None else None

    def _is_bare(self, place: int) -> bool:
        """Return whether a value is a bare number under a key that says nothing."""
        said, key = self._said[place], self.keys[place]
        if _BARE.match(said) is None or (place in self._numbers and len(said) < _NO_COUNT):
            return False
        return key is None or (self._is_unnamed(place) and not is_measure(key))

    def _is_unnamed(self, place: int) -> bool:
        """Return whether its key says nothing of a value, or that it is a name, which no number is ("given")."""
        kind = self._kind(self.keys[place])
        return kind is None or (kind == "NAME" and self._said[place].isdecimal())

    def _is_answer(self, place: int, kind: str | None) -> bool:
        """Return whether what stands beside a label may be what that names; a JSON number may as well be a count."""
        own = key_words(self.keys[place] or "")[-1:]
        short = kind in ("PHONE", "FAX") and sum(map(str.isdecimal, self._said[place])) < _PHONE_DIGITS
        if kind in _NO_NUMBERS:
            return False  # {"from": "caller", "text": "45402"}: who says it
        return not (short or place in self._numbers) and _OWN_NUMBER.isdisjoint(own) and self._is_bare(place)

    def _inherit(self, level: _Level) -> None:
        """Give bare numbers the key above, if the object holds nothing else: ``{"mrn": {"old": "4471", ...}}``."""
        kind = self._kind(level.key)
        if level.key is None or kind in _NO_NUMBERS:
            return
        loose = level.scalars + level.listed
        # Numbers of one system have one length; measurements have any.
        lengths = {len(self._said[place]) for place in loose if place in self._numbers}
        if len(lengths) < 2 and all(self._is_bare(place) for place in loose):
            for place in loose:
                self.keys[place] = level.key

    # -- tables

    def _close_in_object(self, closed: _Level, level: _Level) -> None:
        inner = closed.waiting or (closed.scalars if len(closed.scalars) == 1 else [])
        if closed.array:
            level.listed += closed.scalars
            inner = [place for place in inner if place not in self._numbers]  # numbers are a series
            self._take_array(closed, level)
            level.path = level.path or self._path(closed)
        if self._is_value(level.own):
            level.inner += inner + closed.inner
        elif level.path is None and closed.label is not None and not (closed.array or closed.waiting):
            level.path = closed.label[1] if self._label_kind(closed) is not None else None
        level.lines += closed.lines
        level.rows += closed.rows

    def _path(self, closed: _Level) -> str | None:
        """Return the key that an array gives to the value beside it, if it is the path to that: its last name.

        Behind it places and types may stand (``["body", "ssn", 0, "int"]``), before it whose value it is. A list of
        several names is none.
        """
        if not 0 < len(closed.names) == len(closed.scalars) <= _MANY:
            return None
        names = [name for name in closed.names if name is not None and name not in TYPES and not self._is_value(name)]
        kinds = [self._kind(name) for name in names]
        alike = bool(kinds) and kinds[-1] is not None and set(kinds) <= {None, "NAME", kinds[-1]}
        return names[-1] if alike else None

    def _take_array(self, closed: _Level, level: _Level) -> None:
        """Take an array in an object for a header or for a row."""
        own = level.key if self._is_value(level.own) else level.own  # {"header": {"values": ["SSN", ...]}}
        named = own is not None and not _HEADERS.isdisjoint(key_words(own)[-1:])
        header = _Header(closed.names, named, self._telling(closed.names)) if named or closed.described else None
        if header is not None and (level.header is None or header.told > level.header.told):
            level.header = header
        elif closed.cells and not named:
            level.lines.append(_Row(closed.names, closed.cells))

    def _close_in_array(self, closed: _Level, level: _Level) -> None:
        """Take an element of an array for rows, a cell or the description of a column."""
        at = len(level.names)
        level.names.append(None)
        found = closed.rows + closed.lines
        if closed.array and closed.cells:
            found.append(_Row(closed.names, closed.cells))
        if found:
            header = self._header(found[0].names) if len(found) == 1 and self._is_awaited(level) else None
            if header is None or len(header.names) <= len(level.header.names if level.header else ()):
                level.rows += found
            else:
                level.header, level.rows = header, []
            return
        if closed.array:
            return
        self._name_neighbour(closed, level)
        values = closed.waiting or closed.inner
        level.inner += values if self._is_value(level.own) else []
        if closed.label is not None and (not values or self._label_kind(closed) is not None):
            level.names[at] = closed.label[1]
            level.described = level.described or not values
        elif values:
            level.cells += [(place, at) for place in values]
            if len(values) == 1 and values[0] not in self._numbers:
                level.names[at] = self._said[values[0]]

    def _name_neighbour(self, node: _Level, level: _Level) -> None:
        """Give what a node shows the key that the one before it is."""
        before, level.before = level.before, None
        if node.node is None or node.title is None or node.waiting != [node.title]:
            return
        said = self._said[node.title]
        level.before = said
        label = label_of(before) if before is not None else None
        if label is None or self._kind(label) is None or says_nothing(said, label):
            return
        if self._is_bare(node.title) or node.node in HOLDS:
            self.keys[node.title] = label

    def _telling(self, names: Sequence[str | None]) -> int:
        """Return how many of some names name a kind."""
        return sum(self._kind(name) is not None for name in names)

    def _is_awaited(self, level: _Level) -> bool:
        """Return whether the next row may name the columns: a title and an empty row may stand above it."""
        narrow = level.header is None or (level.header.near and len(level.header.names) < 2)
        return narrow and len(level.rows) <= _MAX_TITLES and all(len(row.names) < 2 for row in level.rows)

    def _header(self, names: Sequence[str | None]) -> _Header | None:
        """Return a row as a header, if it names columns: two of them, or one and nothing but texts beside."""
        told = self._telling(names)
        if told < 1 or (told == 1 and None in names):
            return None
        sure = told > 1 or all(is_field_name((name or "").replace(" ", "_")) for name in names)
        return _Header(names, near=True, told=told, sure=sure)

    def _name_columns(self, level: _Level) -> None:
        """Give the cells of a table the name of their column."""
        header = level.header
        rows = level.rows or (level.lines if header is not None and header.told > 0 else [])
        if header is None or not rows:
            return
        wide = len(header.names)
        widths = {len(names) for names, _ in rows}
        # As many rows as columns, all of another length: each is a column.
        turned = len(rows) == wide and wide not in widths and (min(widths) > wide or not header.near)
        for column, (names, cells) in enumerate(rows):
            if turned or len(names) == wide or header.near:
                for place, at in cells:
                    if turned or at < wide:
                        self._name_cell(place, header.names[column if turned else at], sure=header.sure)
        level.rows, level.lines, level.header = [], [], None

    def _name_cell(self, place: int, name: str | None, *, sure: bool) -> None:
        """Give one cell its column's name, if that names a kind."""
        name = label_of(name or "")
        kind = self._kind(name)
        if place in self._numbers:
            telling = kind not in _NO_NUMBERS
        elif self._is_bare(place):
            # "account" may be anything, but a number under it is one.
            telling = kind is not None or self._kind(f"{name} number") is not None
        else:
            telling = kind is not None and sure
        if telling:
            self.keys[place] = name

    def _name_elements(self, level: _Level) -> None:
        """Give the elements of an array the key that its first one is: ``["SSN", 219099999, 219099998]``."""
        if len(level.names) == _CONDITION and self._name_condition(level):
            return
        name = level.names[0] if level.names else None
        if name is None or len(level.names) < 3 or not len(level.names) == len(level.cells) == len(level.scalars):
            return
        rest = level.scalars[1:]
        # Numbers of one system have one length; measurements have any.
        same = len({len(self._said[place]) for place in rest}) == 1
        if self._kind(name) not in _NO_NUMBERS and same and all(self._is_bare(place) for place in rest):
            for place in rest:
                self.keys[place] = name

    def _name_condition(self, level: _Level) -> bool:
        """Give what a field is compared with the field's key, and return whether an array is a condition."""
        name, sign, _ = level.names
        if name is None or sign is None or _COMPARES.fullmatch(sign) is None:
            return False
        name = label_of(name)
        if self._kind(name) is None:
            return False
        compared = [place for place, at in level.cells if at > 1]
        for place in compared + [place for row in level.rows for place, _ in row.cells]:
            # A word between two may be a word of a list.
            if not sign.isalpha() or any(map(str.isdecimal, self._said[place])):
                self.keys[place] = name
        level.cells, level.rows = [], []  # it is no row of a table
        return True
