"""Folding: take off what hides a character without changing what a reader sees.

Zero-width and soft-hyphen characters, full-width forms, digits of other scripts, look-alike letters inside words of
another script, HTML entities, percent-encoding and backslash escapes all read as the plain character, also where one
was written in the other; control characters and a terminal's colours read as nothing. Every plain character remembers
the stretch of source text that it stands for.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from masker.core.markup import MARKUP

__all__ = ["Folded", "fold", "is_plain", "is_shown"]


class Folded(NamedTuple):
    """Plain text and, unless it is the source itself, the source range of each of its characters."""

    text: str
    starts: list[int] | None
    ends: list[int] | None


#: Letters of other scripts that look like an ASCII letter; folded only in a word that also holds ASCII.
_LOOKALIKES: Final = dict(
    zip(
        "аеорсухіјѕһкмтвнгАВЕКМНОРСТХУІЈЅԁԛԝοανρικτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıƖ",
        "aeopcyxijshkmtbhrABEKMHOPCTXYIJSdqwoavpiktuxyABEZHIKMNOPTYXgil",
        strict=True,
    )
)

#: Letters in filled circles and boxes, flags' letters, small capitals: what makes plain text look fancy.
_FANCY: Final = {
    **{chr(first + at): chr(65 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)},
    **{chr(0x249C + at): chr(97 + at) for at in range(26)},  # in brackets
    **{chr(0x1F110 + at): "ABCDEFGHIJKLMNOPQRSTUVWXYZSCR"[at] for at in range(29)},
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True)),
}
#: Invisible copies of ASCII, which models read all the same.
_TAGS: Final = {chr(0xE0000 + code): chr(code) for code in range(0x20, 0x7F)}
#: What shows nothing, or strikes out, underlines or crowns a sign without making another letter of it.
_SHOWS_NOTHING: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
#: Numbers said digit by digit in Chinese, four digits and more: fewer are words. What may stand between two digits.
_HAN: Final = "○〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸"
_HAN_SIGNS: Final = "、，,·;/|~:"
_HAN_DIGITS: Final = str.maketrans(_HAN + _HAN_SIGNS, "000123456789123456789236" + " " * len(_HAN_SIGNS))
_HAN_NUMBER: Final = re.compile(rf"[{_HAN}](?:[ \-.{_HAN_SIGNS}]{{0,3}}[{_HAN}]){{3,}}")
#: Dates of East Asia: "1961年3月14日", "一九六一年三月十四日", "1961년 3월 14일".
_EAST_DATE: Final = re.compile(
    rf"(?:(?<!\d)(?:(?P<year>(?:19|20)\d\d|[{_HAN}]{{4}}) ?[年년] ?)?"
    rf"(?P<month>(?<!\d)\d{{1,2}}|(?<![{_HAN}十])[{_HAN}十]{{1,2}}) ?[月월]"
    rf" ?(?P<day>\d{{1,2}}|[{_HAN}十]{{1,3}}) ?[日号號일])"
)
_MONTHS: Final = "January February March April May June July August September October November December".split()
_QUOTES: Final = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"'}

#: Control characters that are no space, and what switches a terminal's colours.
_CONTROL: Final = r"\x1b\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1b\x7f]"
_ESCAPED: Final = (
    r"&(?P<entity>(?:\#0{0,12}\d{1,7}|\#[xX]0{0,12}[0-9a-fA-F]{1,6});?|[A-Za-z]{2,31}\d{0,2};)"
    r"|(?P<percent>(?!(?<=['\"])%[^%'\"\n]{2,80}%['\"])(?:%[0-9A-Fa-f]{2})+)"  # no pattern of SQL: '%4155550134%'
    r"|(?P<bytes>(?:\\{1,64}(?:x[0-9A-Fa-f]{2}|[0-3][0-7]{2}))+)"
    r"|(?:\\{1,64}u|%u)(?P<high>[dD][89abAB][0-9A-Fa-f]{2})(?:\\{1,64}u|%u)(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|(?:\\{1,64}u|%u)(?P<unicode>[0-9A-Fa-f]{4})|\\{1,64}(?:u\{|U)(?P<code>[0-9A-Fa-f]{1,8})(?:\}|(?<=U.{8}))"
    r"|\\(?P<escape>[nrt\"/])"
)
#: UTF-8 that somebody took for the code of Windows: "JosÃ©", "415â€“555". Letters of Europe and punctuation only, and
#: without the quotation marks and dashes that may well stand behind a letter as themselves: “Groß”.
_TRAIL: Final = "\x80-\xbf\u20ac\u0192\u2020\u2021\u02c6\u2030\u0160\u0152\u017d\u02dc\u2122\u0161\u0153\u017e\u0178"
_MARKS: Final = "\u201a\u201e\u2026\u2039\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u203a"
_GARBLED: Final = rf"[\xc2-\xc5][{_TRAIL}]|\u00e2[\u0080\u20ac][{_TRAIL}{_MARKS}]"
#: The flags of England, Scotland and Wales: a black one, and in tags whose. The only use of tags that anybody sees.
_COUNTRIES: Final = "|".join("".join(chr(0xE0000 + ord(char)) for char in code) for code in ("eng", "sct", "wls"))
_FLAG: Final = f"\U0001f3f4\U000e0067\U000e0062(?:{_COUNTRIES})\U000e007f"
_SPOKEN_MARKUP: Final = rf" {{0,4}}(?:(?:{MARKUP}) {{0,4}}){{1,8}}"
_HAS_MARKUP: Final = re.compile(MARKUP)
_SPECIAL: Final = re.compile(
    rf"(?P<markup>{_SPOKEN_MARKUP})|(?P<flag>{_FLAG})"
    rf"|(?P<garbled>{_GARBLED})|(?P<cluster>[^\x00-\x7f])|(?P<control>{_CONTROL})|{_ESCAPED}",
    re.DOTALL,
)
#: The fields of a form as it is sent: "name=Ann+Example&phone=...". A semicolon stands for the sign between fields, a
#: blank for that between words. What begins like one is read to its end, so that no part of it is read again; whether
#: it is one, with a further field or with words joined, is asked of it then.
_FIELD: Final = r"[\w.\[\]-]{1,40}="
_BEGINS_FIELD: Final = r"(?<![^\s\"'?(])"
_FORM: Final = re.compile(rf"{_BEGINS_FIELD}{_FIELD}[^\s&\"'<>]*(?P<more>(?:&{_FIELD}[^\s&\"'<>]*)*)")
_JOINED_WORDS: Final = re.compile(rf"{_BEGINS_FIELD}{_FIELD}[\w.@%-]+\+")
_FORM_SIGNS: Final = str.maketrans("&+", "; ")
#: What stands around each line of something quoted, and between the lines of subtitles.
_FRAME: Final = re.compile(r"^(?:> ?){1,8}|^(?:\d{1,6}\n)?[\d:.,]{5,16} --> [\d:.,]{5,16}[^\n]{0,80}$", re.MULTILINE)
_AGAIN: Final = re.compile(_ESCAPED, re.DOTALL)
_HAS_CONTROL: Final = re.compile(_CONTROL)
#: The first byte that is no control character.
_FIRST_PRINTED: Final = 0x20
_BYTE: Final = re.compile(r"\\+(?:x(..)|(...))")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "/": "/"}
_MIXED_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> Folded:
    """Return the plain form of ``text`` with the source range of every character.

    Never raises, on any text; takes linear time.
    """
    if "=" in text and ("&" in text or "+" in text):
        text = _FORM.sub(_words_of_form, text)
    if ">" in text and _FRAME.search(text) is not None:
        text = _FRAME.sub(lambda match: " " * len(match[0]), text)
    if "_" in text or "*" in text or "`" in text:
        text = _EMPHASIS.sub(_said_plainly, text)
    folded = _fold(text)
    if folded.starts is None or folded.ends is None or not _has_escape(folded.text) or not _AGAIN.search(folded.text):
        return folded
    # An escape within an escape: "&amp;#52;", "%2534".
    again = _fold(folded.text)
    if again.starts is None or again.ends is None:
        return folded
    return Folded(
        again.text, [folded.starts[start] for start in again.starts], [folded.ends[end - 1] for end in again.ends]
    )


#: Markdown's emphasis whose signs would be read as a letter of the word, or between a number and what it counts.
_EMPHASIS: Final = re.compile(
    r"(?<!\w)(?P<mark>_{1,3})(?=[^\W_])(?P<said>[^_\n]{1,200})(?<=[^\s_])(?P=mark)(?!\w)"
    r"|(?<![\w*`])(?P<stars>\*{1,3}|`)(?P<number>\d{1,3})(?P=stars)(?![\w*`])"
    r"|(?<!\w)(?P<begun>_)(?P<word>[A-Z][a-z]+(?= |$))"  # emphasis that ends further on
)


def _said_plainly(match: re.Match[str]) -> str:
    if match["begun"]:
        return " " + match["word"]
    blanks = " " * len(match["mark"] or match["stars"])
    return blanks + (match["said"] or match["number"]) + blanks


def _words_of_form(match: re.Match[str]) -> str:
    """Return what begins like a form with blanks and semicolons between its words and fields, where it is one."""
    said = match[0]
    if match["more"]:
        return said.translate(_FORM_SIGNS)
    words = _JOINED_WORDS.search(said)
    return said if words is None else said[: words.start()] + said[words.start() :].translate(_FORM_SIGNS)


def is_shown(char: str) -> bool:
    """Return whether a character shows a letter or a digit, be it in a box or a circle."""
    return char.isalnum() or "\u2460" <= char <= "\u24ff" or "\U0001f100" <= char <= "\U0001f1ff" or char in _TAGS


def _has_escape(text: str) -> bool:
    return "&" in text or "%" in text or "\\" in text


def is_plain(text: str) -> bool:
    """Return whether nothing in a text can stand for anything else: ASCII without an escape, as most of it is."""
    if not text.isascii() or _has_escape(text) or not (text.isprintable() or _HAS_CONTROL.search(text) is None):
        return False
    return not _has_markup(text)


def _has_markup(text: str) -> bool:
    """Return whether a text tells a speech engine how to say it."""
    return ("<" in text or "pause]" in text) and _HAS_MARKUP.search(text) is not None


def _fold(text: str) -> Folded:
    if is_plain(text):
        return Folded(text, None, None)
    first = _SPECIAL.search(text)
    if first is None:
        return Folded(text, None, None)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def copy(start: int, end: int) -> None:
        out.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    match: re.Match[str] | None = first
    while match is not None:
        start, end = match.span()
        garbled = _ungarbled(match["garbled"]) if match["garbled"] else None
        if match["cluster"] or (match["garbled"] and garbled is None):
            end = start + 1
            # A base may be ASCII with marks behind it ("e" + combining acute): compose it with them.
            if start > at and unicodedata.combining(text[start]):
                start -= 1
            # Normalising sorts marks by insertion; a bounded cluster keeps hostile stacks of them linear.
            while end < len(text) and end - start < 32 and unicodedata.combining(text[end]):
                end += 1
        plain = _plain_cluster(garbled) if garbled is not None else _plain(text, start, end, match)
        copy(at, start)
        if plain is None:
            copy(start, end)
        else:
            out.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))
        at = end
        match = _SPECIAL.search(text, at)
    copy(at, len(text))
    return _fold_lookalikes("".join(out), starts, ends)


def _plain(text: str, start: int, end: int, match: re.Match[str]) -> str | None:
    """Return what a special stretch stands for, or ``None`` when it stands for itself."""
    if match["markup"]:
        return " "
    if match["flag"]:
        return match[0][0]
    if match["entity"]:
        plain = html.unescape(match[0])
        return None if plain == match[0] else _plain_cluster(plain)
    if match["percent"]:
        return _plain_cluster(_decoded(unquote_to_bytes(match[0])))
    if match["bytes"]:
        codes = _BYTE.findall(match[0])
        raw = bytes(int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in codes)
        if "x" not in match[0] and max(raw) < _FIRST_PRINTED and text[start - 1 : start].isdigit():
            return None  # a group of a number, as in "415\\555\\0134"
        return _plain_cluster(_decoded(raw))
    if match["high"]:
        code = 0x10000 + ((int(match["high"], 16) - 0xD800) << 10) + int(match["low"], 16) - 0xDC00
        return _plain_cluster(chr(code))
    if match["unicode"]:
        return _plain_cluster(chr(int(match["unicode"], 16)))
    if match["code"]:
        code = int(match["code"], 16)
        return _plain_cluster(chr(code)) if code <= sys.maxunicode else None
    if match["control"]:
        return ""
    if match["escape"]:
        return _ESCAPES[match["escape"]]
    return _plain_cluster(text[start:end])


def _ungarbled(text: str) -> str | None:
    """Return what was garbled, or ``None`` where nothing was."""
    try:
        return bytes(ord(c) if "\x80" <= c <= "\x9f" else c.encode("cp1252")[0] for c in text).decode()
    except UnicodeError:
        return None


def _decoded(data: bytes) -> str:
    """Return what bytes say: in UTF-8, else in the code of old systems, in which every byte says something."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _plain_cluster(cluster: str) -> str:
    """Return the plain form of a base character with its combining marks (or of a short decoded stretch)."""
    plain = []
    if cluster in _FANCY:
        return _FANCY[cluster]
    if len(cluster) == 1 and unicodedata.category(cluster) == "No" and unicodedata.numeric(cluster, -1.0) in range(10):
        return str(int(unicodedata.numeric(cluster)))  # in brackets, too, or with a full stop
    for char in unicodedata.normalize("NFKC", cluster):
        if char in _TAGS:
            plain.append(_TAGS[char])
            continue
        category = unicodedata.category(char)
        if category in ("Cf", "Me") or _SHOWS_NOTHING.match(char):
            continue  # formats, joiners, fillers, variation selectors and frames show nothing
        if category in ("Nd", "No"):
            number = unicodedata.numeric(char, -1.0)
            plain.append(str(int(number)) if number in range(10) else char)
        elif char in _FANCY:
            plain.append(_FANCY[char])
        elif category == "Pd" or char == "−":
            plain.append("-")
        elif category == "Zs" or char == "\u2800":
            plain.append(" ")
        elif category in ("Zl", "Zp"):
            plain.append("\n")
        else:
            plain.append(_QUOTES.get(char, char))
    return "".join(plain)


def _fold_lookalikes(text: str, starts: list[int], ends: list[int]) -> Folded:
    """Replace look-alike letters in words that mix them with ASCII (a Cyrillic name stays Cyrillic)."""
    if text.isascii():
        return Folded(text, starts, ends)

    def ascii_word(match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii() or not any("0" <= c <= "z" for c in word):
            return word
        return "".join(_LOOKALIKES.get(c, c) for c in word)

    if "月" in text or "월" in text:
        text, starts, ends = _with_dates(text, starts, ends)
    text = _HAN_NUMBER.sub(lambda match: match[0].translate(_HAN_DIGITS), text)
    return Folded(_MIXED_WORD.sub(ascii_word, text), starts, ends)


def _with_dates(text: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Return a text with the dates of East Asia as "March 14, 1961", each of whose characters stands for the whole."""
    pieces: list[str] = []
    begins: list[int] = []
    stops: list[int] = []
    done = 0
    for match in _EAST_DATE.finditer(text):
        month, day = _counted(match["month"]), _counted(match["day"])
        if not 1 <= month <= len(_MONTHS):
            continue
        start, end = match.span()
        year = f", {match['year'].translate(_HAN_DIGITS)}" if match["year"] else ""
        date = f" {_MONTHS[month - 1]} {day}{year} "  # no blanks are written around it in these scripts
        pieces += text[done:start], date
        begins += starts[done:start] + [starts[start]] * len(date)
        stops += ends[done:start] + [ends[end - 1]] * len(date)
        done = end
    return "".join((*pieces, text[done:])), begins + starts[done:], stops + ends[done:]


def _counted(number: str) -> int:
    """Return a number below a hundred in digits or as it is said in Chinese: "31", "三十一"."""
    tens, ten, ones = number.translate(_HAN_DIGITS).rpartition("十")
    return int(tens or bool(ten)) * 10 + int(ones or 0)
