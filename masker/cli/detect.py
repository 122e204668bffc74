"""``masker detect``: what would be masked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import click

from masker.cli.state import State, fail, file_argument, policy_option, read_text
from masker.core.policy import Policy
from masker.core.segments import Turn
from masker.core.spans import Span
from masker.host.engine import Engine

__all__ = ["detect"]


@click.command(short_help="Show what would be masked.")
@file_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="text: highlighted; json: the spans of the whole text; jsonl: one JSON object in and out per line.",
)
@policy_option
@click.pass_obj
def detect(state: State, file: BinaryIO, form: str, policy_path: Path | None) -> None:
    """Show what would be masked in FILE (default: standard input).

    With --format jsonl each line is {"id", "text"} or {"id", "messages": [{"role", "content"}, ...]}, and each answer
    {"id", "spans": [{"start", "end", "kind", "score", "detector", "message"}]} with offsets in code points.
    """
    policy = state.policy(policy_path)
    engine = state.engine(policy)
    if form == "jsonl":
        _stream(engine, policy, file)
        return
    text = read_text(file)
    (spans,) = engine.detect([Turn(None, text)], policy)
    if form == "json":
        click.echo(json.dumps({"spans": [_as_dict(span) for span in spans]}))
    else:
        _highlight(text, spans)


def _stream(engine: Engine, policy: Policy, lines: Iterable[bytes]) -> None:
    """Answer line by line, flushed (as click does), so that a caller can wait for each answer."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _row(line, number)
        if "messages" in row:
            turns = [Turn(message.get("role"), message["content"]) for message in row["messages"]]
            found = engine.detect(turns, policy)
            spans = [dict(_as_dict(s), message=i) for i, many in enumerate(found) for s in many]
        else:
            (many,) = engine.detect([Turn(None, row["text"])], policy)
            spans = [_as_dict(span) for span in many]
        click.echo(json.dumps({"id": row.get("id"), "spans": spans}, ensure_ascii=True))


def _refuse(name: str) -> NoReturn:
    """Refuse what Python reads and JSON does not know: ``NaN``."""
    raise ValueError(name)


def _row(line: bytes, number: int) -> dict[str, Any]:
    """Read one line; what is wrong with it is told without quoting it."""
    try:
        row = json.loads(line.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):  # what is not UTF-8 is a ValueError, too
        fail(f"line {number} is not JSON")
    messages = row.get("messages") if isinstance(row, dict) else None
    good = isinstance(row, dict) and (
        isinstance(row.get("text"), str)
        if messages is None
        else isinstance(messages, list)
        and all(isinstance(m, dict) and isinstance(m.get("content"), str) for m in messages)
    )
    if not good:
        fail(f'line {number} has neither "text" nor "messages" with "content", all strings')
    return row  # type: ignore[no-any-return]  # checked just above


def _as_dict(span: Span) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "kind": span.kind,
        "score": round(span.score, 4),
        "detector": span.detector,
    }


def _highlight(text: str, spans: Sequence[Span]) -> None:
    """Print the text with every span in reverse and its kind behind it."""
    from rich.console import Console
    from rich.text import Text

    shown = Text()
    at = 0
    for span in spans:
        shown.append(text[at : span.start])
        shown.append(text[span.start : span.end], style="bold reverse")
        shown.append(f" {span.kind}", style="dim cyan")
        at = span.end
    shown.append(text[at:])
    Console(soft_wrap=True, highlight=False).print(shown, end="" if text.endswith("\n") else "\n")
