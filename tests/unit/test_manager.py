"""The plugin host finds plugins through entry points and keeps a broken one from harming the rest."""

import sys
import textwrap

import pytest

from masker import Kind, PatternDetector, hookimpl
from masker.errors import MissingKinds, PluginError
from masker.host.manager import create_plugin_host

GOOD = """
    import re
    from masker import Kind, PatternDetector, Rule, hookimpl

    @hookimpl
    def masker_register_kinds():
        return [Kind("BADGE", None, "badge number")]

    @hookimpl
    def masker_register_detectors(settings):
        return [PatternDetector(settings.get("name", "badge"), [Rule("BADGE", re.compile("badge-[0-9]+"))])]
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a distribution with one plugin on sys.path, as pip would."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name, source, module=None):
        module = module or f"plugin_{name.replace('-', '_')}"
        (tmp_path / f"{module}.py").write_text(textwrap.dedent(source))
        info = tmp_path / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[masker]\n{name} = {module}\n")
        return module

    yield write
    for module in [m for m in sys.modules if m.startswith("plugin_")]:
        del sys.modules[module]


def status(host, name):
    return next(s for s in host.statuses if s.name == name)


def test_an_installed_plugin_is_found(install):
    """A distribution with an entry point is discovered, with its version and kinds."""
    install("badge", GOOD)
    host = create_plugin_host()
    found = status(host, "badge")
    assert ("plugin_badge", "1.2", "active", ("BADGE",)) == (found.dist, found.version, found.state, found.kinds)
    assert "badge" in [d.name for d in host.detectors]
    host.check({"BADGE"})


def test_settings_reach_the_plugin(install):
    """The plugin gets its own table of masker.toml."""
    install("badge", GOOD)
    host = create_plugin_host(settings={"badge": {"name": "renamed"}})
    assert ("renamed",) == status(host, "badge").detectors


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("raise RuntimeError('no model')", "import raised RuntimeError: no model"),
        ("import sys; sys.exit(3)", "import raised SystemExit"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        (GOOD.replace("masker_register_kinds", "masker_register_kind"), "did you mean masker_register_kinds"),
        (GOOD.replace("@hookimpl\n    def masker_register_kinds", "def masker_register_kinds"), "not marked"),
        (GOOD.replace('"BADGE", re', '"BADGES", re'), "BADGES, which is not registered"),
        (GOOD.replace('return [Kind("BADGE", None, "badge number")]', "raise OSError('gone')"), "OSError: gone"),
        (GOOD.replace('return [Kind("BADGE", None, "badge number")]', "raise SystemExit(0)"), "SystemExit: 0"),
        (GOOD.replace('return [Kind("BADGE", None, "badge number")]', "raise GeneratorExit"), "raised GeneratorExit"),
        ("class E(Exception):\n    def __str__(self):\n        raise ValueError\nraise E", "import raised E"),
        (GOOD.replace('return [Kind("BADGE", None, "badge number")]', "return ['BADGE']"), "not a masker.Kind"),
        (GOOD.replace("return [PatternDetector", "return [object(), PatternDetector"), "object is no detector"),
        (GOOD.replace("(settings)", "(setings)"), "cannot be registered"),
    ],
)
def test_a_broken_plugin_is_reported_and_stops_start_up(install, source, reason):
    """A plugin that cannot be used is named with the reason; the others stay active."""
    install("badge", source)
    install("fine", GOOD.replace("BADGE", "DESK").replace('"badge"', '"desk"'))
    host = create_plugin_host()
    assert "broken" == status(host, "badge").state
    assert reason in status(host, "badge").reason
    assert "active" == status(host, "fine").state
    with pytest.raises(PluginError, match="badge"):
        host.check(())


def test_a_blocked_plugin_is_not_imported(install):
    """Blocking keeps a plugin's code from running at all."""
    install("badge", "raise RuntimeError('imported')")
    host = create_plugin_host(blocked=["badge"])
    assert "blocked" == status(host, "badge").state
    host.check(())


def test_a_missing_kind_names_what_to_install():
    """A required kind without a detector says which distribution has one."""
    host = create_plugin_host(load_entrypoints=False)
    with pytest.raises(MissingKinds, match="phi-masker-phone"):
        host.check({"PHONE"})


def test_two_detectors_of_one_name_clash():
    """The second of two equal names is broken, and the first is named."""

    class Plugin:
        @staticmethod
        @hookimpl
        def masker_register_kinds():
            return [Kind("A")]

        @staticmethod
        @hookimpl
        def masker_register_detectors(settings):
            detector = PatternDetector("a", [])
            detector.kinds = frozenset({"A"})
            return [detector]

    class Other(Plugin):
        pass

    host = create_plugin_host(load_entrypoints=False, plugins={"one": Plugin, "two": Other})
    assert 'already provided by plugin "one"' in status(host, "two").reason
