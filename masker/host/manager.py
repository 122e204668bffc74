"""The plugin host: find plugins, load each behind a guard, and collect what they hand over.

pluggy discovers, the host calls. One raising implementation aborts a whole pluggy call and one failing import aborts
`load_setuptools_entrypoints`, so entry points are loaded one at a time and hooks are called plugin by plugin: a broken
plugin is reported by name and cannot take the others along.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib.metadata
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import attrs
import pluggy

from masker import hookspecs
from masker.core.kinds import KIND_NAME, Kind, distribution_for
from masker.detection.detector import Detector
from masker.errors import MissingKinds, PluginError

__all__ = ["GROUP", "PluginHost", "PluginStatus", "create_plugin_host"]

#: Entry-point group and pluggy project name.
GROUP: Final = "masker"

State = Literal["active", "blocked", "broken"]


@attrs.frozen
class PluginStatus:
    """What became of one plugin.

    Args:
        name: Entry-point name.
        dist: Distribution that provides it, or ``None`` when registered by hand.
        version: Version of the distribution.
        state: ``active``, ``blocked`` by the configuration (never imported), or ``broken``.
        reason: Why it is blocked or broken; exception types and our own words, never an exception's message from a
            detector at work.
        kinds: Kinds its detectors find, sorted.
        detectors: Names of its detectors, sorted.
        module: Import name of the plugin's module, ``None`` when it is no module.
    """

    name: str
    dist: str | None = None
    version: str | None = None
    state: State = "active"
    reason: str = ""
    kinds: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    module: str | None = None


class PluginHost:
    """The plugins of one process: their kinds, detectors, statuses, and the hooks of the active ones.

    Build one with `create_plugin_host`.

    Attributes:
        kinds: Every registered kind by name.
        detectors: Every active detector, sorted by name.
        hook: pluggy's hook relay, for decision and observation hooks.
    """

    def __init__(self, settings: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.kinds: dict[str, Kind] = {}
        self.detectors: tuple[Detector, ...] = ()
        self._settings = settings or {}
        self._statuses: dict[str, PluginStatus] = {}
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(hookspecs)
        self._providers: dict[str, str] = {}  # detector name -> plugin name

    @property
    def hook(self) -> Any:
        """Hook relay of pluggy over the active plugins."""
        return self._manager.hook

    @property
    def statuses(self) -> tuple[PluginStatus, ...]:
        """What became of each plugin, sorted by name."""
        return tuple(self._statuses[name] for name in sorted(self._statuses))

    @property
    def versions(self) -> str:
        """Names and versions of the active plugins in one string; part of the span cache's key."""
        return ";".join(f"{s.name}={s.version}" for s in self.statuses if s.state == "active")

    def provider_of(self, detector: str) -> PluginStatus | None:
        """Return the plugin that provides a detector."""
        return self._statuses.get(self._providers.get(detector, ""))

    def covered(self) -> frozenset[str]:
        """Return the kinds that an active detector finds."""
        return frozenset(kind for detector in self.detectors for kind in detector.kinds)

    def check(self, required: Iterable[str]) -> None:
        """Make sure that nothing is broken and every required kind is covered.

        Args:
            required: Kinds that must have an active detector.

        Raises:
            PluginError: A plugin is broken; the message names it, its distribution and the reason.
            MissingKinds: A required kind has no detector; the message names the distribution to install.
        """
        for status in self.statuses:
            if status.state == "broken":
                raise PluginError(f'plugin "{status.name}" ({_dist(status)}) is broken: {status.reason}')
        missing = sorted(set(required) - self.covered())
        if missing:
            hints = sorted({distribution_for(kind) or f"a plugin that finds {kind}" for kind in missing})
            raise MissingKinds(
                f"no active detector for required kind{'s' * (len(missing) > 1)} {', '.join(missing)}; "
                f"install {' '.join(hints)}, or take the kind out of the policy's required_kinds"
            )

    # --- loading -----------------------------------------------------------------------------------------------------

    def block(self, status: PluginStatus) -> None:
        """Note a plugin that the configuration blocks."""
        self._statuses[status.name] = attrs.evolve(status, state="blocked", reason="blocked by configuration")

    def break_(self, status: PluginStatus, reason: str) -> None:
        """Note a plugin that cannot be used."""
        self._statuses[status.name] = attrs.evolve(status, state="broken", reason=reason)

    def add(self, status: PluginStatus, plugin: object) -> None:
        """Register an imported plugin, collect its kinds and detectors, and note what became of it."""
        problem = _hook_problem(plugin)
        if problem:
            self.break_(status, problem)
            return
        try:
            self._manager.register(plugin, name=status.name)
        except (ValueError, pluggy.PluginValidationError) as error:
            self.break_(status, f"cannot be registered: {_first_line(error)}")
            return
        try:
            with _guarded("raised {} while registering"):
                self._take_kinds(self._collect("masker_register_kinds", plugin))
                table = dict(self._settings.get(status.name, {}))
                detectors = self._collect("masker_register_detectors", plugin, settings=table)
                found = self._take_detectors(status, detectors)
        except PluginError as error:
            self._manager.unregister(plugin)
            self.break_(status, str(error))
        else:
            self.detectors = tuple(sorted((*self.detectors, *found), key=lambda d: d.name))
            self._statuses[status.name] = attrs.evolve(
                status,
                kinds=tuple(sorted({kind for d in found for kind in d.kinds})),
                detectors=tuple(sorted(d.name for d in found)),
                module=getattr(plugin, "__name__", None),
            )

    def tell(self, hook: str, **arguments: Any) -> None:
        """Call an observing hook of every plugin, each on its own: one that fails neither hurts nor silences others."""
        for plugin in [impl.plugin for impl in getattr(self.hook, hook).get_hookimpls()]:
            others = [other for other in self._manager.get_plugins() if other is not plugin]
            with contextlib.suppress(Exception, SystemExit):
                self._manager.subset_hook_caller(hook, remove_plugins=others)(**arguments)

    def _collect(self, hook: str, plugin: object, **arguments: Any) -> list[Any]:
        others = [other for other in self._manager.get_plugins() if other is not plugin]
        caller = self._manager.subset_hook_caller(hook, remove_plugins=others)
        return [item for answer in caller(**arguments) if answer is not None for item in answer]

    def _take_kinds(self, kinds: Sequence[Any]) -> None:
        for kind in kinds:
            if not isinstance(kind, Kind):
                raise PluginError(f"masker_register_kinds returned a {type(kind).__name__}, not a masker.Kind")
            known = self.kinds.get(kind.name)
            if known is not None and known != kind:
                raise PluginError(f"kind {kind.name} is already registered with another category or title")
        self.kinds.update((kind.name, kind) for kind in kinds)

    def _take_detectors(self, status: PluginStatus, detectors: Sequence[Any]) -> list[Detector]:
        for detector in detectors:
            name = getattr(detector, "name", None)
            if not isinstance(detector, Detector) or not isinstance(name, str) or name != name.lower() or not name:
                raise PluginError(
                    f"{type(detector).__name__} is no detector: it needs name (lower case), kinds, detect"
                )
            taken = self._providers.get(name)
            if taken is not None:
                raise PluginError(f'detector "{name}" is already provided by plugin "{taken}"')
            if not detector.kinds:
                raise PluginError(f'detector "{name}" declares no kinds')
            for kind in sorted(detector.kinds):
                if not KIND_NAME.fullmatch(kind) or kind not in self.kinds:
                    raise PluginError(f'detector "{name}" declares kind {kind}, which is not registered')
            self._providers[name] = status.name
        return list(detectors)


def create_plugin_host(
    *,
    load_entrypoints: bool = True,
    blocked: Iterable[str] = (),
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    plugins: Mapping[str, object] | None = None,
) -> PluginHost:
    """Find and load plugins.

    Args:
        load_entrypoints: Whether to load the installed distributions' entry points of group ``masker``.
        blocked: Entry-point names that must not be imported.
        settings: Per plugin its table ``[plugins.NAME]``.
        plugins: Plugins to register by hand, by name, after the installed ones.

    Returns:
        The host. Broken plugins do not raise here; `PluginHost.check` does.
    """
    host = PluginHost(settings)
    refused = set(blocked)
    points = importlib.metadata.entry_points(group=GROUP) if load_entrypoints else ()
    seen: dict[str, str] = {}
    for point in sorted(points, key=lambda p: (p.name, p.value)):
        status = PluginStatus(
            point.name,
            dist=point.dist.name if point.dist else None,
            version=point.dist.version if point.dist else None,
        )
        if point.name in seen:
            if seen[point.name] != point.value:
                host.break_(status, f"two distributions provide entry point {point.name}")
            continue
        seen[point.name] = point.value
        if point.name in refused:
            host.block(status)
            continue
        try:
            with _guarded("import raised {}"):
                plugin = point.load()
        except PluginError as error:
            host.break_(status, str(error))
            continue
        host.add(status, plugin)
    for name, plugin in (plugins or {}).items():
        if name in refused:
            host.block(PluginStatus(name))
        else:
            host.add(PluginStatus(name, version=getattr(plugin, "__version__", None)), plugin)
    return host


def _dist(status: PluginStatus) -> str:
    return f"{status.dist} {status.version}" if status.dist else "registered by hand"


@contextlib.contextmanager
def _guarded(problem: str) -> Iterator[None]:
    """Run a third party's code: whatever it raises, `SystemExit` too, is the plugin's failure and not ours.

    Args:
        problem: What to call it, with ``{}`` for what was raised.

    Raises:
        PluginError: It failed.
    """
    try:
        yield
    except (KeyboardInterrupt, PluginError):
        raise
    except BaseException as error:
        raise PluginError(problem.format(_first_line(error))) from error


def _first_line(error: BaseException) -> str:
    """Return an exception's type and the first line of what it says, if that can be said."""
    told = str(traceback.TracebackException(type(error), error, None))  # which says so where str() itself raises
    text = told.split("\n", 1)[0][:200]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _hook_problem(plugin: object) -> str:
    """Return what is wrong with a plugin's hook names, or an empty string."""
    known = [name for name in vars(hookspecs) if name.startswith("masker_")]
    for name in dir(plugin):
        if not name.startswith("masker_"):
            continue
        member = getattr(plugin, name, None)
        if not callable(member):
            continue
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            return f"unknown hook {name}" + (f"; did you mean {near[0]}?" if near else "")
        if not hasattr(member, f"{GROUP}_impl"):
            return f"{name} is not marked with @masker.hookimpl"
    return ""
