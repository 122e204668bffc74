"""What is judged: the detectors of a plugin with their examples, or a rehydrator.

Plugins are loaded here through their entry point, apart from masker's own host, so that the suite also judges a
plugin that the host would refuse.
"""

from __future__ import annotations

import inspect
import json as json_
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlparse

import attrs
import pluggy

from masker import Detector, Kind, Segment, Span, hookspecs
from masker_conformance.errors import FixtureError, OptOutError, SubjectError
from masker_conformance.fixtures import Case, detection_cases, example_cases, shared_kinds

__all__ = [
    "CAPABILITIES",
    "THRESHOLD",
    "Rehydrator",
    "RehydratorSubject",
    "Subject",
    "detects",
    "expected_failures",
    "installed_plugins",
    "plugin_subject",
    "subject_of",
]

#: What a detector can declare in its ``capabilities``. One that declares nothing claims all of them.
CAPABILITIES: Final = frozenset({"written", "spoken", "context"})

#: The score from which on the default policy masks a span; weaker spans are no findings.
THRESHOLD: Final = 0.5


@attrs.define
class Subject:
    """The detectors of one plugin.

    Args:
        name: The plugin's name, or the detector's when one was handed over.
        detectors: What is judged.
        registered: The kinds that the plugin registered; ``None`` when a bare detector was handed over.
        own: The cases of its ``examples.json``.
        distribution: Name and version of the distribution it came from, or empty.
        expected: The expected failures: ``RULE:case`` to the reason.
        memo: What one check computed and others need again.
    """

    name: str
    detectors: tuple[Detector, ...]
    registered: frozenset[str] | None = None
    own: tuple[Case, ...] = ()
    distribution: str = ""
    version: str = ""
    expected: Mapping[str, str] = attrs.field(factory=dict)
    memo: dict[str, Any] = attrs.field(factory=dict, init=False, repr=False)
    _found: dict[str, tuple[Span, ...] | BaseException] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that one of the detectors declares."""
        return frozenset(kind for detector in self.detectors for kind in detector.kinds)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the detectors say they can do, all together."""
        found: set[str] = set()
        for detector in self.detectors:
            found |= frozenset(getattr(detector, "capabilities", CAPABILITIES))
        return frozenset(found)

    @property
    def scopes(self) -> Mapping[str, str]:
        """The kinds of which the detectors claim a part only, and which part (their ``scope``)."""
        found: dict[str, str] = {}
        for kind in self.kinds:
            of_kind = {str(getattr(each, "scope", None) or "") for each in self.detectors if kind in each.kinds}
            if "" not in of_kind:
                found[kind] = min(of_kind)
        return found

    @property
    def invented(self) -> frozenset[str]:
        """The declared kinds without shared positives: there the author's own examples carry the proof."""
        scopes = self.scopes
        return frozenset(
            kind
            for kind in self.kinds
            if kind not in shared_kinds() or (kind in scopes and not detection_cases(kind, scope=scopes[kind]))
        )

    def cases(self) -> tuple[Case, ...]:
        """Return the shared cases of the declared kinds, then the plugin's own.

        Of a kind that is claimed in part, the positives of that part; all negatives, because what is harmless is so
        for every part.
        """
        scopes = self.scopes
        shared: list[Case] = []
        for kind in sorted(self.kinds):
            whole = detection_cases(kind)
            shared += [case for case in whole if kind not in scopes or not case.positive]
            if kind in scopes:
                shared += detection_cases(kind, scope=scopes[kind])
        return (*shared, *self.own)

    def able(self, case: Case) -> bool:
        """Return whether the detectors claim what the case needs."""
        return case.needs <= self.capabilities

    def detect(self, segment: Segment) -> tuple[Span, ...]:
        """Return what all detectors find, in a fixed order; whatever a detector raises passes through."""
        return tuple(
            sorted(
                (span for detector in self.detectors for span in detector.detect(segment)),
                key=lambda span: (span.start, span.end, span.kind, span.score),
            )
        )

    def found(self, case: Case) -> tuple[Span, ...]:
        """Return the findings of a case that count (score at or over `THRESHOLD`); remembered for the next rule.

        Raises:
            Exception: What the detector raised.
        """
        if case.id not in self._found:
            try:
                self._found[case.id] = tuple(span for span in self.detect(case.segment) if span.score >= THRESHOLD)
            except Exception as error:  # noqa: BLE001  # any failure of a detector is a finding about it
                self._found[case.id] = error
        result = self._found[case.id]
        if isinstance(result, BaseException):
            raise result
        return result


class Rehydrator(Protocol):
    """What `RehydratorConformance.make_rehydrator` returns."""

    def feed(self, chunk: str, /) -> str:
        """Take the next piece and return what is certain by now."""

    def flush(self) -> str:
        """Return the rest; nothing more will come."""


@attrs.frozen
class RehydratorSubject:
    """A way to make rehydrators: from the live tokens and whether the text is that of a JSON document."""

    name: str
    make: Callable[[Mapping[str, str], bool], Rehydrator]
    distribution: str = ""
    version: str = ""
    expected: Mapping[str, str] = attrs.field(factory=dict)


def installed_plugins() -> tuple[str, ...]:
    """Return the names of all installed plugins, whether they load or not."""
    return tuple(sorted({entry.name for entry in metadata.entry_points(group="masker")}))


def detects(name: str) -> bool:
    """Return whether a plugin means to detect: it implements the hook, or does not even load."""
    for entry in metadata.entry_points(group="masker"):
        if entry.name == name:
            try:
                return hasattr(entry.load(), "masker_register_detectors")
            except Exception:  # noqa: BLE001  # judging it will say why
                return True
    return True


@lru_cache(maxsize=64)
def plugin_subject(name: str) -> Subject:
    """Load an installed plugin and return what there is to judge.

    Raises:
        SubjectError: No such plugin, several of that name, it does not load, or it has no detectors.
        FixtureError: Its ``examples.json`` is broken.
        OptOutError: Its expected failures are broken.
    """
    entries = [entry for entry in metadata.entry_points(group="masker") if entry.name == name]
    if not entries:
        known = ", ".join(installed_plugins()) or "none"
        raise SubjectError(f'unknown plugin "{name}"; installed: {known}')
    if len({entry.value for entry in entries}) > 1:
        raise SubjectError(f'plugin "{name}" is provided {len(entries)} times; uninstall all but one')
    entry = entries[0]
    try:
        module = entry.load()
    except Exception as error:
        raise SubjectError(f'plugin "{name}" does not load: {type(error).__name__}') from error
    kinds, detectors = _ask(name, module)
    if not detectors:
        raise SubjectError(f'plugin "{name}" has no detectors; implement masker_register_detectors')
    dist = entry.dist
    folder = _project_folder(dist) if dist else None
    return Subject(
        name=name,
        detectors=detectors,
        registered=frozenset(kind.name for kind in kinds),
        own=_own_examples(module),
        distribution=dist.name if dist else "",
        version=dist.version if dist else "",
        expected=expected_failures(folder) if folder else {},
    )


def _ask(name: str, module: object) -> tuple[tuple[Kind, ...], tuple[Detector, ...]]:
    """Return the kinds and detectors that a plugin registers."""
    manager = pluggy.PluginManager("masker")
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name)
        manager.check_pending()
        kinds: list[Iterable[Kind]] = manager.hook.masker_register_kinds()
        detectors: list[Iterable[Detector]] = manager.hook.masker_register_detectors(settings={})
        return tuple(kind for each in kinds for kind in each), tuple(one for each in detectors for one in each)
    except Exception as error:
        raise SubjectError(f'plugin "{name}" cannot be registered: {type(error).__name__}: {error}') from error


def subject_of(detector: Detector, examples: Path | None = None, expected: Mapping[str, str] | None = None) -> Subject:
    """Return what there is to judge about one detector object.

    Args:
        detector: The detector.
        examples: Its ``examples.json``; by default the file of that name beside the module of its class.
        expected: Its expected failures.

    Raises:
        FixtureError: The examples are broken.
    """
    module = inspect.getmodule(type(detector))
    own = example_cases(examples) if examples is not None else _own_examples(module)
    return Subject(str(getattr(detector, "name", "detector")), (detector,), own=own, expected=expected or {})


def _own_examples(module: object) -> tuple[Case, ...]:
    source = getattr(module, "__file__", None)
    if source is None:
        return ()
    path = Path(source).parent / "examples.json"
    return example_cases(path) if path.exists() else ()


def _project_folder(dist: metadata.Distribution) -> Path | None:
    """Return the source folder of an editable installation; a wheel brings no pyproject and so no excuses."""
    direct = dist.read_text("direct_url.json")
    if not direct:
        return None
    url = json_.loads(direct)
    if not url.get("dir_info", {}).get("editable"):
        return None
    return Path(unquote(urlparse(url["url"]).path))


def expected_failures(folder: Path) -> dict[str, str]:
    """Return ``[tool.masker.conformance.expected_failures]`` of the pyproject in a folder or above it.

    Raises:
        OptOutError: An entry has no reason or is not of the form ``"RULE:case" = "reason"``.
        FixtureError: The pyproject is no TOML.
    """
    for candidate in (folder, *folder.parents):
        path = candidate / "pyproject.toml"
        if path.is_file():
            break
    else:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise FixtureError(f"{path}: {error}") from error
    entries = table.get("tool", {}).get("masker", {}).get("conformance", {}).get("expected_failures", {})
    for key, reason in entries.items():
        rule_id, colon, case = key.partition(":")
        if not (rule_id and colon and case):
            raise OptOutError(f'{path}: expected failure "{key}" must name one case, as in "D1:own-p03"')
        if not isinstance(reason, str) or not reason.strip():
            raise OptOutError(f'{path}: expected failure "{key}" has no reason')
    return dict(entries)
