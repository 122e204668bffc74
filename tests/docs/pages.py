"""Read Markdown the way the documentation tests need it: headings, fences, tables, links."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
#: Pages whose links, commands and examples are checked.
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CONTRIBUTING.md"])

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_INDENTED = re.compile(r"^(?: {4}|\t)+(\S.*)$", re.MULTILINE)


class Fence(NamedTuple):
    page: Path
    language: str
    body: str

    @property
    def name(self) -> str:
        first = next((line for line in self.body.splitlines() if line.strip()), "")
        return f"{self.page.relative_to(ROOT)}: {first.strip()[:40]}"


def fences(page: Path, language: str | None = None) -> list[Fence]:
    found = [
        Fence(page, match["language"], textwrap.dedent(match["body"]))
        for match in _FENCE.finditer(page.read_text(encoding="utf-8"))
    ]
    return [fence for fence in found if language is None or fence.language == language]


def all_fences(language: str) -> list[Fence]:
    return [fence for page in PAGES for fence in fences(page, language)]


def prose(page: Path) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    return [match[2] for match in _HEADING.finditer(prose(page))]


def anchors(page: Path) -> set[str]:
    """Return the fragments that a page's headings can be linked by, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings(page)}


def section(page: Path, heading: str) -> str:
    """Return what stands under a heading, up to the next one of any level; fences included."""
    text = page.read_text(encoding="utf-8")
    match = re.search(rf"^#+ +{re.escape(heading)}\s*$", text, re.MULTILINE)
    assert match, f"{page.name} has no heading {heading!r}"
    rest = text[match.end() :]
    following = next((m for m in _HEADING.finditer(rest) if not _inside_fence(rest, m.start())), None)
    return rest[: following.start()] if following else rest


def _inside_fence(text: str, position: int) -> bool:
    return text.count("```", 0, position) % 2 == 1


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row in a text, without headers' rules."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.fullmatch(r"[|\-: ]+", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def codes(cell: str) -> list[str]:
    """Return what stands between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def shell_lines(page: Path) -> list[str]:
    """Return the lines of code blocks that could be typed into a shell."""
    typed = [
        line
        for fence in fences(page)
        if fence.language in {"", "sh", "bash", "shell", "console"}
        for line in fence.body.splitlines()
    ]
    return [*typed, *(match[1] for match in _INDENTED.finditer(prose(page)))]
