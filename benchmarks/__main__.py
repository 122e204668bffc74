"""``python -m benchmarks``: one command for every benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.progress import track

from benchmarks import results

ROOT = Path(__file__).parent.parent


def _progress(title: str) -> Any:
    return lambda rows: track(rows, description=title)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure accuracy and speed; results go to benchmarks/RESULTS.md and benchmarks/results/."""


@main.command()
@click.option(
    "--cases",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder of labelled *.jsonl cases; may be given several times.",
)
@click.option("--only", is_flag=True, help="Leave our own cases out.")
@click.option(
    "--mts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="MTS-Dialog's ValidationSet.csv, for false alarms in real consultations.",
)
@click.option("--every", default=1, show_default=True, help="Take every n-th case only.")
@click.option("--write-evidence", is_flag=True, help="Write what was measured into the plugins' evidence.json.")
@click.option("--dry-run", is_flag=True, help="Print, and leave RESULTS.md as it is.")
def accuracy(
    folders: Sequence[Path], only: bool, mts: Path | None, every: int, write_evidence: bool, dry_run: bool
) -> None:
    """Score `masker detect` on labelled cases."""
    from benchmarks import accuracy as scoring

    sets = [] if only else [("Own cases", scoring.load_cases(ROOT / "benchmarks" / "cases"))]
    for title, name in (
        ("Free-form cases", "cases_freeform"),
        ("Cases by hand", "cases_by_hand"),
        ("Fresh cases", "cases_fresh"),
        ("Everyday cases", "cases_everyday"),
        ("Odd cases", "cases_odd"),
    ):
        if not only:
            sets.append((title, scoring.load_cases(ROOT / "benchmarks" / name)))
    sets += [(f"Given with --cases, {number}", scoring.load_cases(folder)) for number, folder in enumerate(folders, 1)]
    sets += [("MTS-Dialog, validation set", scoring.load_mts(mts))] if mts else []
    parts, data = [], {}
    for title, rows in sets:
        found = scoring.evaluate(rows[::every], _progress(title))
        parts += [
            scoring.tables(title, found),
            "\nThe ten most frequent mistakes that remain:\n",
            scoring.worst(found),
            "",
        ]
        data[title] = {
            "domains": {domain: score.as_dict() for domain, score in found.domains.items()},
            "kinds": {f"{domain}/{kind}": score.as_dict() for (domain, kind), score in found.kinds.items()},
            "mistakes": [[m.case, m.what, m.kind, m.text] for m in found.mistakes],
        }
        if write_evidence and title == "Own cases":
            for path in scoring.write_evidence(ROOT, found, "benchmarks/cases, invented, not used for training"):
                click.echo(f"wrote {path.relative_to(ROOT)}")
    click.echo("\n".join(parts))
    if not dry_run:
        results.write_section("Accuracy", "\n".join(parts))
        results.store("accuracy", data)


@main.command()
@click.option("--quick", is_flag=True, help="Fewer rounds.")
def detectors(quick: bool) -> None:
    """Measure each detector on 200 B, 2 KB and 20 KB."""
    from benchmarks import parts

    text, data = parts.detectors(quick=quick, progress=_progress("detectors"))
    _keep("Detectors", "detectors", text, data)


@main.command()
@click.option("--quick", is_flag=True, help="Fewer rounds.")
def rehydrator(quick: bool) -> None:
    """Measure the rehydrator, chunk by chunk."""
    from benchmarks import parts

    text, data = parts.rehydrator(quick=quick)
    _keep("Rehydrator", "rehydrator", text, data)


@main.command()
@click.option("--quick", is_flag=True, help="Fewer rounds; ends in about two minutes.")
def proxy(quick: bool) -> None:
    """Measure `masker serve` end to end: latency, streams, throughput, memory, growth."""
    from benchmarks import proxy as end_to_end

    text, data = end_to_end.run(quick=quick, say=lambda what: click.echo(f"· {what}", err=True))
    _keep("Proxy", "proxy", text, data)
    leaked = data["leak_check"]["planted_values_that_reached_the_upstream"]
    if leaked:
        raise SystemExit(f"{leaked} planted values reached the upstream")


@main.command()
@click.option("--quick", is_flag=True, help="Fewer calls.")
def shares(quick: bool) -> None:
    """Profile where the engine's time goes."""
    from benchmarks import shares as profile

    text, data = profile.run(quick=quick)
    _keep("Where the time goes", "shares", text, data)


@main.command()
@click.option("--requests", default=100_000, show_default=True, help="How many requests to watch the memory over.")
@click.option("--workers", default=2, show_default=True, help="How many workers to compare with one.")
def endurance(requests: int, workers: int) -> None:
    """Measure memory over many requests, and throughput with more workers."""
    from benchmarks import endurance as long_run

    text, data = long_run.run(requests=requests, workers=workers, say=lambda what: click.echo(f"· {what}", err=True))
    _keep("Endurance", "endurance", text, data)


@main.command()
@click.option(
    "--program",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An installed masker; default: built from here.",
)
@click.option("--quick", is_flag=True, help="Fewer of everything.")
def faults(program: Path | None, quick: bool) -> None:
    """Hold requests, inject faults, try bad inputs and hostile connections against the installed wheels."""
    from benchmarks import faults as harm

    text, data = harm.run(program=program, quick=quick, say=lambda what: click.echo(f"· {what}", err=True))
    _keep("Load and faults", "faults", text, data)
    if wrong := [what for what, row in data.items() if row["lost"] or row["leaked"]]:
        raise SystemExit(f"lost or leaked: {', '.join(wrong)}")


@main.command(name="all")
@click.option("--quick", is_flag=True, help="Fewer rounds.")
@click.pass_context
def everything(context: click.Context, quick: bool) -> None:
    """Run all benchmarks, accuracy on our own cases."""
    context.invoke(
        accuracy, every=5 if quick else 1, folders=(), only=False, mts=None, write_evidence=False, dry_run=False
    )
    context.invoke(detectors, quick=quick)
    context.invoke(rehydrator, quick=quick)
    context.invoke(shares, quick=quick)
    context.invoke(proxy, quick=quick)


def _keep(section: str, name: str, text: str, data: dict[str, Any]) -> None:
    click.echo(text)
    results.write_section(section, text)
    results.store(name, data)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
