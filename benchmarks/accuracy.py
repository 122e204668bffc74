"""Accuracy: what `masker detect` misses and what it masks for nothing, on labelled cases.

Definitions. Only letters and digits count; spaces and punctuation never matter.

- A labelled span is *leaked* when one of its characters is left unmasked, whatever kind the rest was masked as.
- A predicted span is *right* when at least half of its characters are labelled, and *strictly right* when they are
  labelled as its own kind; a labelled span is *strictly found* when predictions of its own kind cover it.
- What a case says to ``ignore`` (a year alone, a weekday, an insurer) and the ``optional`` part of a span (the year
  inside a date) is never required and never a false alarm; a prediction of nothing else is not counted at all.
- A *false alarm* is a predicted span that is not right; they are counted per 1,000 words.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.results import at_percentile, median

__all__ = ["Score", "evaluate", "load_cases", "load_mts", "tables", "worst", "write_evidence"]

Row = dict[str, Any]

#: What `masker detect` is run as.
COMMAND = [sys.executable, "-c", "from masker.cli import main; main()", "detect", "--format", "jsonl"]


@attrs.define
class Score:
    """Counts over some cases."""

    rows: int = 0
    words: int = 0
    labelled: int = 0
    leaked: int = 0
    strictly_found: int = 0
    predicted: int = 0
    right: int = 0
    strictly_right: int = 0
    milliseconds: list[float] = attrs.field(factory=list)

    @property
    def leak_rate(self) -> float | None:
        return self.leaked / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        return self.right / self.predicted if self.predicted else None

    @property
    def strict_f1(self) -> float | None:
        if not (self.labelled and self.predicted):
            return None
        recall, precision = self.strictly_found / self.labelled, self.strictly_right / self.predicted
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    @property
    def alarms_per_1000(self) -> float | None:
        return 1000 * (self.predicted - self.right) / self.words if self.words else None

    def as_dict(self) -> dict[str, Any]:
        timed = {"ms_p50": median(self.milliseconds), "ms_p95": at_percentile(self.milliseconds, 95)}
        return {
            **{field: getattr(self, field) for field in ("rows", "words", "labelled", "leaked", "predicted", "right")},
            "leak_rate": self.leak_rate,
            "precision": self.precision,
            "strict_f1": self.strict_f1,
            "false_alarms_per_1000_words": self.alarms_per_1000,
            **(timed if self.milliseconds else {}),
        }


@attrs.frozen
class Mistake:
    """One leak or false alarm; the cases are invented, so its text may be shown."""

    case: str
    template: str
    domain: str
    what: str
    kind: str
    text: str
    around: str


@attrs.define
class Evaluation:
    """The scores by domain and by kind (of a domain), and every mistake."""

    domains: dict[str, Score] = attrs.field(factory=lambda: defaultdict(Score))
    kinds: dict[tuple[str, str], Score] = attrs.field(factory=lambda: defaultdict(Score))
    mistakes: list[Mistake] = attrs.field(factory=list)


def load_cases(folder: Path) -> list[Row]:
    """Return the cases of every ``*.jsonl`` in a folder."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise SystemExit(f"no *.jsonl in {folder}")
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def load_mts(csv: Path) -> list[Row]:
    """Return MTS-Dialog's validation set with the hand labels of ``cases/mts_dialog_labels.json``."""
    script = Path(__file__).parent / "cases" / "mts_dialog.py"
    made = subprocess.run([sys.executable, str(script), str(csv)], capture_output=True, check=True, text=True)
    return [json.loads(line) for line in made.stdout.splitlines()]


def evaluate(rows: Sequence[Row], progress: Any = iter) -> Evaluation:
    """Run `masker detect` over cases, one in flight, and score what it answers."""
    found = Evaluation()
    for row, (spans, milliseconds) in zip(rows, _answers(progress(rows)), strict=True):
        for domain in (row["domain"], "all"):
            score = found.domains[domain]
            score.rows += 1
            score.milliseconds.append(milliseconds)
        texts = [row["text"]] if "text" in row else [message["content"] for message in row["messages"]]
        for index, text in enumerate(texts):
            gold, ignored, predicted = (
                [span for span in many if (span.get("message") or 0) == index]
                for many in (row["spans"], row.get("ignore", ()), spans)
            )
            found.mistakes += _score(found, row, text, gold, ignored, predicted)
    return found


def _answers(rows: Iterable[Row]) -> Iterator[tuple[list[Row], float]]:
    """Yield the spans of each case and how long the answer took."""
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        warm = json.dumps({"id": "warm", "text": "my name is Ann Example, call 415-555-0134 on May 4th"}) + "\n"
        for line in [warm] * 5:
            process.stdin.write(line)
        process.stdin.flush()
        for _ in range(5):
            process.stdout.readline()
        for row in rows:
            given = {key: row[key] for key in ("id", "text", "messages") if key in row}
            started = time.perf_counter()
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            took = (time.perf_counter() - started) * 1000
            if not line:
                raise SystemExit(f"masker detect ended at case {row['id']}")
            yield json.loads(line)["spans"], took
        process.stdin.close()


def _score(
    found: Evaluation, row: Row, text: str, gold: list[Row], ignored: list[Row], predicted: list[Row]
) -> Iterator[Mistake]:
    """Count one text in its domain and overall, and yield its mistakes."""
    counted = [char.isalnum() for char in text]
    for span in gold:
        for at in range(*span.get("optional", (0, 0))):
            counted[at] = False
    for span in ignored:
        for at in range(span["start"], span["end"]):
            counted[at] = False
    labels: dict[int, str] = {}
    for span in gold:
        labels.update(dict.fromkeys(range(span["start"], span["end"]), span["kind"]))
    covering: dict[int, set[str]] = defaultdict(set)
    for span in predicted:
        for at in range(span["start"], span["end"]):
            covering[at].add(span["kind"])
    domains = (row["domain"], "all")
    for domain in domains:
        found.domains[domain].words += len(text.split())
    for span in gold:
        # An "ignore" inside a labelled span does not excuse a leak of the span; its "optional" part does.
        optional = range(*span.get("optional", (0, 0)))
        places = [at for at in range(span["start"], span["end"]) if text[at].isalnum() and at not in optional]
        leaked = any(not covering.get(at) for at in places)
        strict = all(span["kind"] in covering.get(at, ()) for at in places)
        for score in _scores(found, domains, span["kind"]):
            score.labelled += 1
            score.leaked += leaked
            score.strictly_found += strict
        if leaked:
            yield _mistake(row, text, span, "leak")
    for span in predicted:
        places = [at for at in range(span["start"], span["end"]) if counted[at]]
        if not places:
            continue
        right = 2 * sum(at in labels for at in places) >= len(places)
        strict = 2 * sum(labels.get(at) == span["kind"] for at in places) >= len(places)
        for score in _scores(found, domains, span["kind"]):
            score.predicted += 1
            score.right += right
            score.strictly_right += right and strict
        if not right:
            yield _mistake(row, text, span, "false alarm")


def _scores(found: Evaluation, domains: Iterable[str], kind: str) -> Iterator[Score]:
    for domain in domains:
        yield found.domains[domain]
        yield found.kinds[domain, kind]


def _mistake(row: Row, text: str, span: Row, what: str) -> Mistake:
    start, end = span["start"], span["end"]
    around = f"{text[max(0, start - 30) : start]}⟦{text[start:end]}⟧{text[end : end + 30]}".replace("\n", "⏎")
    return Mistake(row["id"], row.get("template", ""), row["domain"], what, span["kind"], text[start:end], around)


# --- What is written -------------------------------------------------------------------------------------------------


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def tables(title: str, found: Evaluation) -> str:
    """Return a set's results as Markdown."""
    lines = [
        f"### {title}\n",
        "| domain | cases | identifiers | leaked | precision | strict F1 | false alarms / 1,000 words | ms p50 / p95 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for domain, score in sorted(found.domains.items(), key=lambda item: (item[0] == "all", item[0])):
        times = f"{median(score.milliseconds):.1f} / {at_percentile(score.milliseconds, 95):.1f}"
        lines.append(
            f"| {domain} | {score.rows} | {score.labelled} | {_percent(score.leak_rate)} | {_percent(score.precision)}"
            f" | {_percent(score.strict_f1)} | {_number(score.alarms_per_1000)} | {times} |"
        )
    names = [domain for domain in found.domains if domain != "all" and found.domains[domain].labelled]
    if names:
        lines += ["", "Leak rate (identifiers) by kind and domain, and precision over all domains:\n"]
        lines += [f"| kind | {' | '.join(names)} | all | precision |", "|---" * (len(names) + 3) + "|"]
        for kind in sorted({kind for _, kind in found.kinds}):
            cells = []
            for domain in (*names, "all"):
                score = found.kinds.get((domain, kind))
                known = score is not None and score.labelled
                cells.append(f"{_percent(score.leak_rate)} ({score.labelled})" if score and known else "–")
            total = found.kinds.get(("all", kind), Score())
            lines.append(f"| {kind} | {' | '.join(cells)} | {_percent(total.precision)} |")
    return "\n".join(lines)


def worst(found: Evaluation, count: int = 10) -> str:
    """Return the mistakes that are most frequent, by kind and template, each with one example."""
    groups: dict[tuple[str, str, str], list[Mistake]] = defaultdict(list)
    for mistake in found.mistakes:
        groups[mistake.what, mistake.kind, mistake.template or mistake.case].append(mistake)
    lines = ["| what | kind | domain | times | example (invented) |", "|---|---|---|---|---|"]
    for (what, kind, _), group in sorted(groups.items(), key=lambda item: -len(item[1]))[:count]:
        shown = group[0].around.replace("|", "\\|")
        lines.append(f"| {what} | {kind} | {group[0].domain} | {len(group)} | {shown} |")
    kinds = Counter((mistake.what, mistake.kind) for mistake in found.mistakes)
    total = ", ".join(f"{kind} {what} {number}" for (what, kind), number in kinds.most_common(12))
    return "\n".join([*lines, "", f"Most frequent by kind: {total or 'none'}."])


def write_evidence(root: Path, found: Evaluation, title: str) -> list[Path]:
    """Write each first-party plugin's ``evidence.json``: what was measured for its kinds; hand-written gaps stay.

    Args:
        root: The repository.
        found: What was measured.
        title: What it was measured on.
    """
    written = []
    for examples in sorted(root.glob("plugins/*/src/masker_*/examples.json")):
        path = examples.with_name("evidence.json")
        old: Mapping[str, Mapping[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        new = {kind: dict(entry) for kind, entry in old.items()}
        for kind in _kinds_of(examples.parent.name):
            score = found.kinds.get(("all", kind))
            if score is None or not score.labelled:
                continue
            text = f"leaked {_percent(score.leak_rate)} of {score.labelled}, precision {_percent(score.precision)} ({title})"
            entry = new.setdefault(kind, {})
            entry["measured"] = text
            entry.setdefault("gaps", "")
        if new:
            path.write_text(json.dumps(new, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            written.append(path)
    return written


def _kinds_of(module: str) -> list[str]:
    """Return the kinds that a plugin's detectors report."""
    from masker.host.manager import create_plugin_host

    host = create_plugin_host()
    kinds: set[str] = set()
    for detector in host.detectors:
        provider = host.provider_of(detector.name)
        # A detector of a part of a kind is not answerable for the whole of it.
        if provider is not None and provider.module == module and not getattr(detector, "scope", None):
            kinds |= detector.kinds
    return sorted(kinds)
