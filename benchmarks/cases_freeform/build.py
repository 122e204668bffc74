"""Turn the marked sources of the free-form cases into the rows that the scorer reads.

A source file is plain text. ``=== DOMAIN`` opens a conversation, one turn per line (``S:`` system, ``A:`` assistant, ``U:`` user,
``T:`` tool); ``=== DOMAIN text`` opens one text; ``@DOMAIN`` opens a list of texts, one per line. Marks: ``⟦KIND:value⟧`` is an
identifier, ``⟦?:value⟧`` neither required nor wrong; inside a value ``~filler~`` splits the identifier around words that do not
count. Weekdays, bare years and the written year inside a date never count.

Every third row of each file is *kept aside* (``aside.jsonl``): detectors are not tuned on it. The rest is ``seen.jsonl``.
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
ROLES = {"S": "system", "A": "assistant", "U": "user", "T": "tool"}
MARK = re.compile(r"⟦(\?|[A-Z_]+):([^⟧]*)⟧|([^⟦]+)")
FREE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?<![\d-])(?:19|20)\d\d(?![\d-])|\byo\b|(?<=\d)yo\b|\bTues\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?(?=\S)", re.IGNORECASE
)
YEAR = re.compile(r"^(?:19|20)\d\d(?=\D)|(?<=\D)(?:19|20)\d\d$|(?<=[A-Z])(?:19|20)\d\d$")


def parse(marked: str) -> tuple[str, list[dict], list[dict]]:
    """The text of a marked source, its identifiers and what does not count."""
    text, spans, free = "", [], []
    for kind, value, plain in MARK.findall(marked):
        if plain:
            text += plain
            continue
        for index, part in enumerate(value.split("~")):
            start, piece = len(text), part
            text += piece
            bare = piece.strip()
            if not bare:
                continue
            start += piece.index(bare)
            if kind == "DATE":  # a weekday before a date is no part of it
                led = WEEKDAY.match(bare)
                start, bare = (start + led.end(), bare[led.end() :]) if led else (start, bare)
            if kind == "NAME" and bare.endswith("'s"):  # nor is the possessive ending part of a name
                bare = bare[:-2]
            span = {"start": start, "end": start + len(bare)}
            if index % 2 or kind == "?":
                free.append(span)
                continue
            span["kind"] = kind
            year = YEAR.search(bare) if kind == "DATE" else None
            if year:
                span["optional"] = [start + year.start(), start + year.end()]
            spans.append(span)
    inside = {i for s in spans for i in range(s["start"], s["end"])}
    for match in FREE.finditer(text):
        if (
            match.start() not in inside
            or match.group().lower() in ("yo", "tues")
            or match.group().lower().endswith("day")
        ):
            free.append({"start": match.start(), "end": match.end()})
    return text, spans, free


def rows(path: Path):
    """The rows of one source file, in order."""
    listed, block = "", []

    def close():
        if not block:
            return
        head, *body = block
        domain, *rest = head.split()
        if rest:
            text, spans, free = parse("\n".join(body).strip("\n"))
            yield {"domain": domain, "text": text, "spans": spans, "ignore": free}
            return
        messages, spans, free = [], [], []
        for line in body:
            role, _, content = line.partition(": ")
            if role not in ROLES:
                raise ValueError(f"{path.name}: a turn without a role: {line[:40]}")
            text, found, ignored = parse(content)
            spans += [s | {"message": len(messages)} for s in found]
            free += [s | {"message": len(messages)} for s in ignored]
            messages.append({"role": ROLES[role], "content": text})
        yield {"domain": domain, "messages": messages, "spans": spans, "ignore": free}

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            yield from close()
            listed, block = "", [line[4:]]
        elif line.startswith("@"):
            yield from close()
            listed, block = line[1:].strip(), []
        elif listed:
            if line.strip():
                text, spans, free = parse(line)
                yield {"domain": listed, "text": text, "spans": spans, "ignore": free}
        elif block and (line.strip() or block[0].endswith("text")):
            block.append(line)
    yield from close()


def main() -> None:
    """Write ``seen.jsonl`` and ``aside.jsonl`` beside this file."""
    parts: dict[str, list[str]] = {"seen": [], "aside": []}
    for path in sorted((HERE / "source").glob("*.txt")):
        for index, row in enumerate(rows(path)):
            numbered = {"id": f"f-{path.stem}-{index:03d}", **row}
            parts["aside" if index % 3 == 2 and not path.stem.startswith("more") else "seen"].append(
                json.dumps(numbered, ensure_ascii=False)
            )
    for name, lines in parts.items():
        (HERE / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
