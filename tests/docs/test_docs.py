"""What the documentation says is what the code does: names, tables, links and examples are compared with it."""

from __future__ import annotations

import inspect
import re
import types
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from masker import hookspecs
from masker.core import policy as policy_module
from masker.core.kinds import FIRST_PARTY, distribution_for
from masker.core.policy import ACTIONS, ROLES, Policy
from masker.errors import ERROR_CODES
from masker.host.engine import Engine
from masker.host.manager import create_plugin_host
from masker.host.settings import SETTINGS, load_settings
from masker.wire import envelope
from tests.docs.pages import (
    DOCS,
    PAGES,
    ROOT,
    Fence,
    all_fences,
    anchors,
    codes,
    fences,
    headings,
    prose,
    rows,
    section,
    shell_lines,
)

HOOKS = {
    name: list(inspect.signature(member).parameters)
    for name, member in vars(hookspecs).items()
    if name.startswith("masker_")
}


# --- Names and tables ------------------------------------------------------------------------------------------------


def test_every_hook_is_documented_with_its_signature() -> None:
    """The headings of the hooks page are the hook specifications, arguments included, and no others."""
    documented = {}
    for heading in headings(DOCS / "hooks.md"):
        if match := re.fullmatch(r"`(masker_\w+)\((.*)\)`", heading):
            documented[match[1]] = [name.strip() for name in match[2].split(",") if name.strip()]
    assert HOOKS == documented


@pytest.mark.parametrize("hook", sorted(HOOKS))
def test_a_hook_says_what_it_gets_what_none_means_and_what_an_error_does(hook: str) -> None:
    """Each hook's section explains every argument, ``None`` and errors, and shows a complete example."""
    text = section(DOCS / "hooks.md", f"`{hook}({', '.join(HOOKS[hook])})`")
    assert "**None:**" in text
    assert "**On error:**" in text
    assert f"def {hook}(" in text
    for argument in HOOKS[hook]:
        assert f"`{argument}`" in text


def test_every_error_code_is_documented_with_its_status() -> None:
    """The table of errors is `ERROR_CODES`."""
    documented = {
        codes(row[1])[0]: int(row[0]) for row in rows(section(DOCS / "http-api.md", "Errors")) if row[0] != "status"
    }
    assert {code: entry.status for code, entry in ERROR_CODES.items()} == documented


def test_every_setting_is_documented_with_its_default() -> None:
    """The table of settings is `SETTINGS`: variable, default, sentence, in the same order."""
    documented = [row for row in rows(section(DOCS / "configuration.md", "Settings")) if row[0] != "variable"]
    expected = [[f"`{s.env}`", f"`{s.default}`" if s.default else "", s.help] for s in SETTINGS]
    assert expected == documented


def test_every_policy_key_is_documented() -> None:
    """The table of policy keys has each top-level key once, and every key below them is named."""
    text = section(DOCS / "policy.md", "Keys")
    assert set(policy_module._TOP) == {codes(row[0])[0] for row in rows(text) if row[0] != "key"}
    assert {"action", "min_score", "kind", "role", "tool", "words", "patterns"} <= set(codes(text))


def test_every_action_and_role_is_documented() -> None:
    """The table of actions is `ACTIONS`, and each role that a rule may name is listed."""
    assert list(ACTIONS) == [
        codes(row[0])[0] for row in rows(section(DOCS / "policy.md", "Actions")) if row[0] != "action"
    ]
    assert set(ROLES) <= set(codes(section(DOCS / "policy.md", "Rules")))


def test_every_kind_is_documented_with_its_category_and_distribution() -> None:
    """The table of kinds is `FIRST_PARTY`."""
    documented = [row for row in rows(section(DOCS / "policy.md", "Kinds")) if row[0] != "kind"]
    expected = [[f"`{name}`", kind.category, f"`{distribution_for(name)}`"] for name, (kind, _) in FIRST_PARTY.items()]
    assert expected == documented


def test_every_command_is_documented(commands: dict[tuple[str, ...], click.Command]) -> None:
    """The headings of the command line page are the commands, and no others."""
    documented = {tuple(h.strip("`").split()[1:]) for h in headings(DOCS / "cli.md") if h.startswith("`masker ")}
    assert set(commands) == documented


def test_every_option_is_documented(commands: dict[tuple[str, ...], click.Command]) -> None:
    """Each command's table lists its options, and no others; ``--config`` and ``--help`` are told once for all."""
    for path, command in commands.items():
        text = section(DOCS / "cli.md", f"`masker {' '.join(path)}`")
        documented = {code.split()[0] for row in rows(text) for code in codes(row[0])}
        options = [p for p in command.params if isinstance(p, click.Option)]
        expected = {name for option in options for name in (*option.opts, *option.secondary_opts)} - {"--config"}
        assert expected == documented, path


def test_every_endpoint_is_documented() -> None:
    """The table of endpoints is the application's routes."""
    source = (ROOT / "masker/proxy/app.py").read_text(encoding="utf-8")
    routes = set(re.findall(r'add_url_rule\(\s*"([^"]+)"', source))
    first_table = rows((DOCS / "http-api.md").read_text(encoding="utf-8").split("## ", 1)[0])
    documented = {codes(row[0])[0].split()[1] for row in first_table if codes(row[0])}
    assert {route.replace("<", "{").replace(">", "}") for route in routes} == documented


def test_the_metrics_are_documented() -> None:
    """Every instrument is named on the deployment page as Prometheus shows it, and none that is not there."""
    from masker.proxy.metrics import Metrics

    names = set()
    for family in Metrics().registry.collect():
        names.add(f"{family.name}_total" if family.type == "counter" else family.name)
    documented = set(re.findall(r"`(masker_[a-z_]+)`", section(DOCS / "deployment.md", "Watching")))
    assert names == documented


@pytest.mark.parametrize("page", ["vapi", "elevenlabs"])
def test_the_fields_that_a_platform_adds_are_named(page: str) -> None:
    """A platform's page lists every field of its envelope that is taken off."""
    fields = {"vapi": envelope._VAPI, "elevenlabs": envelope._ELEVENLABS}[page]
    assert set(fields) <= set(codes(section(DOCS / f"platforms/{page}.md", "What masker takes off")))


@pytest.mark.parametrize("page", sorted((DOCS / "platforms").glob("*.md")), ids=lambda page: page.stem)
def test_a_platform_page_says_what_is_taken_off_and_which_of_key_and_signature_to_use(page: Path) -> None:
    """Every platform page has the two sections that a reader of another one looks for."""
    assert {"What masker takes off", "Key or signature"} <= set(headings(page))


def test_the_glossary_has_the_words_of_the_project() -> None:
    """The words that code, documentation and commit messages share are explained, in alphabetical order."""
    words = (
        "kind span segment detector score resolve mask tokenize redact surrogate rehydrate vault policy agent upstream "
        "feed flush held reading seed sweep"
    )
    listed = [row[0].strip("*") for row in rows((DOCS / "glossary.md").read_text(encoding="utf-8"))[1:]]
    assert set(words.split()) <= set(listed)
    assert sorted(listed) == listed


def test_the_architecture_page_names_every_module() -> None:
    """The tree on the architecture page is the tree of the package."""
    (tree,) = (fence.body for fence in fences(DOCS / "architecture.md") if fence.body.startswith("masker/"))
    documented = set()
    package = ""
    for line in tree.splitlines()[1:]:
        if not line.startswith(" "):
            break
        for word in line.split():
            if word.endswith("/"):
                package = word
            else:
                documented.add(word if line.startswith("  __init__") else package + word)
    actual = {
        str(path.relative_to(ROOT / "masker"))
        for path in (ROOT / "masker").rglob("*.py")
        if "templates" not in path.parts
    }
    assert {path for path in actual if path.count("/") == 0 or not path.endswith("__init__.py")} == documented


# --- What a reader must not miss -------------------------------------------------------------------------------------

#: By page and heading: sentences without which somebody would rely on what is not there.
SAID = {
    ("docs/platforms/retell.md", "Retell"): (
        "masker does not serve that websocket yet", "pasting a proxy URL into Retell does not work"
    ),
    ("docs/README.md", "Voice platforms"): ("[Retell](platforms/retell.md): not served directly",),
    ("docs/privacy-officer.md", "What you may not claim"): (
        '- Not "de-identified".', '- Not "no PHI reaches the model".', '- Not "HIPAA compliant".',
        '- Not "no agreement needed".', "the business associate agreement with the operator stays",
    ),
    ("SECURITY.md", "What masker does not defend against"): (
        "- Detectors miss things.", "it is not de-identification under 45 CFR 164.514(b)",
        "a business associate agreement with the upstream stays necessary", "- Meaning.", "- Inference from what stays:",
        "- Audio and images.", "- The network between voice platform and proxy: put TLS in front.",
        "whoever reads the process's memory reads PHI", "The agent id in the URL is a bearer secret",
        "- A malicious plugin or operator.",
    ),
    ("docs/deployment.md", "Redis"): (
        "rediss://", "`maxmemory-policy noeviction`", "Persistence is not needed", "one more burst per agent"
    ),
    ("docs/deployment.md", "The load balancer"): ("A POST that was sent must not be sent again",),
}  # fmt: skip


@pytest.mark.parametrize(("page", "heading"), SAID)
def test_what_a_reader_must_not_miss_is_said(page: str, heading: str) -> None:
    """What is not served, not claimed, not defended against, and lost without it."""
    text = " ".join(section(ROOT / page, heading).replace("**", "").split())
    assert [] == [sentence for sentence in SAID[page, heading] if sentence not in text]


def test_every_platform_has_its_page() -> None:
    """Six of them, each linked from the index and from the first page that anybody reads."""
    stems = {page.stem for page in (DOCS / "platforms").glob("*.md")}
    assert {"vapi", "elevenlabs", "livekit", "pipecat", "bolna", "retell"} == stems
    index, readme = section(DOCS / "README.md", "Voice platforms"), (ROOT / "README.md").read_text(encoding="utf-8")
    assert stems == set(re.findall(r"\(platforms/(\w+)\.md\)", index))
    assert stems == set(re.findall(r"\(docs/platforms/(\w+)\.md\)", readme))


# --- Links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file or folder of the repository, every fragment one of its headings."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, fragment = unquote(target).partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{target} leads nowhere"
        assert found.is_relative_to(ROOT), f"{target} leaves the repository"
        if fragment:
            assert fragment in anchors(found), f"{target} has no such heading"


def test_the_index_lists_every_page() -> None:
    """No page is an orphan: the index names it, or the folder it stands in."""
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in re.findall(r"\]\(([^):]+)\)", index)}
    pages = {page for page in DOCS.rglob("*.md") if page != DOCS / "README.md"}
    assert set() == {page for page in pages if page not in linked and page.parent not in linked}


# --- Examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", all_fences("toml"), ids=lambda fence: fence.name)
def test_toml_examples_are_read(example: Fence, tmp_path: Path) -> None:
    """A policy example is a policy, a configuration example a configuration."""
    import tomllib

    table = tomllib.loads(example.body)
    if {"project", "build-system", "tool"} & set(table):
        return
    if set(table) <= set(policy_module._TOP):
        Policy.from_toml(example.body)
        return
    file = tmp_path / "masker.toml"
    file.write_text(example.body, encoding="utf-8")
    assert load_settings(file, environ={"GROQ_API_KEY": "invented"})


@pytest.mark.parametrize("example", all_fences("python"), ids=lambda fence: fence.name)
def test_python_examples_compile(example: Fence) -> None:
    """Every Python example is Python."""
    compile(example.body, example.name, "exec")


@pytest.mark.parametrize("example", all_fences("json"), ids=lambda fence: fence.name)
def test_json_examples_are_json(example: Fence) -> None:
    """Every JSON example is JSON, or one JSON document a line."""
    import json

    try:
        json.loads(example.body)
    except json.JSONDecodeError:
        lines = [json.loads(line) for line in example.body.splitlines()]
        assert len(lines) > 1


@pytest.mark.parametrize("example", fences(DOCS / "hooks.md", "python"), ids=lambda fence: fence.name)
def test_hook_examples_work(example: Fence) -> None:
    """Each example of the hooks page is a plugin that loads, and with which a request is masked and answered."""
    module = types.ModuleType("example")
    exec(compile(example.body, "example", "exec"), vars(module))
    base = types.ModuleType("base")
    vars(base).update(_phone_plugin())
    host = create_plugin_host(load_entrypoints=False, plugins={"base": base, "example": module})
    assert ["active", "active"] == [status.state for status in host.statuses], host.statuses
    host.hook.masker_configure.call_historic(kwargs={"settings": {"max_body_bytes": 1}})
    group = click.Group("masker")
    host.hook.masker_register_commands(group=group)
    call = Engine(host).open(
        {"model": "m", "messages": [{"role": "user", "content": "call 415-555-0123"}]},
        policy=Policy(),
        agent="a",
        request_id="r",
    )
    assert list(call.steps())
    assert "415-555-0123" not in str(call.body)
    call.close()


def _phone_plugin() -> dict[str, object]:
    """Return a small plugin, so that the examples have something to decide about."""
    from masker import Kind, PatternDetector, Rule, hookimpl

    def masker_register_kinds() -> list[Kind]:
        return [Kind("PHONE", "D", "phone number")]

    def masker_register_detectors() -> list[PatternDetector]:
        return [PatternDetector("digits", [Rule("PHONE", re.compile(r"\b\d{3}-\d{3}-\d{4}\b"))])]

    return {hook.__name__: hookimpl(hook) for hook in (masker_register_kinds, masker_register_detectors)}


_COMMAND = re.compile(r"(?:^|[|] *|/bin/|(?:^|\s)CONTAINER +|&& *)masker +(?!is )([a-z-][^|#]*)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_shell_examples_name_real_commands_and_options(
    page: Path, commands: dict[tuple[str, ...], click.Command]
) -> None:
    """Every ``masker ...`` in a code block, or between backticks, is a command with options that it takes."""
    lines = [*shell_lines(page), *codes(prose(page))]
    for line in lines:
        for typed in _COMMAND.findall(line.removeprefix("$ ")):
            _check_command(typed.split(), commands, line)


def _check_command(words: list[str], commands: dict[tuple[str, ...], click.Command], line: str) -> None:
    if words[0] in {"--version", "--help", "-h"}:
        return
    while words[0] == "--config":
        words = words[2:]
        if not words:
            return
    groups = {path[:1] for path in commands if len(path) == 2}
    if (words[0],) in groups and (len(words) == 1 or words[1].startswith("-")):
        return
    path = tuple(words[:2]) if (words[0],) in groups else (words[0],)
    assert path in commands, f"no such command: {line}"
    known = {name for p in commands[path].params for name in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
    used = {word.strip("[]").partition("=")[0] for word in words if word.strip("[").startswith("--")}
    assert used <= known, f"no such option: {line}"
