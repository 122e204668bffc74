"""Section 2 of the contract: the command line, its output as other programs read it, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from masker.cli import root

TEXT = "Call Sarah Chen at 415-555-2671.\r\n"
AGENT = ("agents", "create", "front desk", "--upstream", "stub:a,b")


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An empty folder, and no setting but the store's."""
    for name in [name for name in os.environ if name.startswith("MASKER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MASKER_DATABASE_URL", f"sqlite:///{tmp_path}/masker.db")
    monkeypatch.chdir(tmp_path)
    return dict(os.environ)


@pytest.fixture
def masker(environ: dict[str, str]) -> Iterator[Callable[..., Result]]:
    """Run a command in this process, errors mapped to exit codes as for a user."""
    known = dict(root.cli.commands)

    class Command(type(root.cli)):  # type: ignore[misc]  # click's runner wants a command; ours is a function
        def main(self, args: Any = None, prog_name: str | None = None, **extra: Any) -> Any:
            return root.run(list(args), **extra)

    front = Command("masker")

    def run(*arguments: str, text: str | bytes = b"") -> Result:
        result = CliRunner().invoke(front, list(arguments), input=text)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    yield run
    root.cli.commands.clear()
    root.cli.commands.update(known)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_a_line(environ: dict[str, str]) -> None:
    """Not by a traceback, and not by silence."""
    command = Path(sys.executable).with_name("masker")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [command, "detect"], env=environ, input=b"hi", stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert 1 == done.returncode
    assert b"masker: the output cannot be written: No space left on device\n" == done.stderr


def program(environ: dict[str, str], *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the installed command as a process of its own."""
    command = Path(sys.executable).with_name("masker")
    return subprocess.Popen(
        [str(command), *arguments], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options
    )


class TestAgents:
    def test_an_agent_is_created(self, masker: Any) -> None:
        """Its id, its URL and, this once, its key."""
        row = json.loads(masker(*AGENT, "--with-key", "--json").stdout)
        assert re.fullmatch(r"agt_[0-9A-HJKMNP-TV-Z]{26}", row["id"])
        assert {"name": "front desk", "upstream": "stub:a,b", "models": ["a", "b"]}.items() <= row.items()
        assert row["proxy_url"].endswith(f"/proxy/{row['id']}/v1")
        assert row["key"]
        shown = masker("agents", "show", "front desk", "--json").stdout
        assert row["key"] not in shown
        assert {name: value for name, value in row.items() if name != "key"} == json.loads(shown)

    def test_id_and_name_both_name_it(self, masker: Any) -> None:
        """In every command; a list is in order of creation."""
        first = json.loads(masker(*AGENT, "--json").stdout)
        masker("agents", "create", "second", "--upstream", "stub:*")
        assert ["front desk", "second"] == [
            row["name"] for row in json.loads(masker("agents", "list", "--json").stdout)
        ]
        for name in (first["id"], "front desk"):
            assert first == json.loads(masker("agents", "show", name, "--json").stdout)
            assert 0 == masker("agents", "disable", name).exit_code
            assert json.loads(masker("agents", "show", name, "--json").stdout)["disabled"]
            assert 0 == masker("agents", "enable", name).exit_code
        assert "front desk" in masker("agents", "list").stdout
        assert first["proxy_url"] in masker("agents", "show", first["id"]).stdout

    def test_an_agent_is_changed(self, masker: Any, tmp_path: Path) -> None:
        """Only what is given; a policy file is copied."""
        masker(*AGENT)
        policy = tmp_path / "p.toml"
        policy.write_text('media = "allow"\n')
        options = ("--timeout-ms", "900", "--policy", str(policy), "--upstream", "stub:c", "--name", "desk")
        row = json.loads(masker("agents", "update", "front desk", *options, "--json").stdout)
        policy.unlink()
        assert {
            "name": "desk",
            "timeout_ms": 900,
            "policy": 'media = "allow"\n',
            "models": ["c"],
        }.items() <= row.items()
        assert 2 == masker("agents", "update", "desk").exit_code

    @pytest.mark.parametrize(("given", "kept"), [("5/s", "5/s burst 10"), ("5/s burst 7", "5/s burst 7")])
    def test_the_burst_defaults_to_twice_the_rate(self, masker: Any, given: str, kept: str) -> None:
        """As ``MASKER_RATE_LIMIT`` does."""
        assert kept == json.loads(masker(*AGENT, "--rate-limit", given, "--json").stdout)["rate_limit"]

    def test_deleting_asks(self, masker: Any) -> None:
        """Where nobody can be asked it needs --yes."""
        masker(*AGENT)
        assert 2 == masker("agents", "delete", "front desk").exit_code
        assert 0 == masker("agents", "show", "front desk").exit_code
        assert 0 == masker("agents", "delete", "front desk", "--yes").exit_code
        assert 1 == masker("agents", "delete", "front desk", "--yes").exit_code

    def test_a_signing_secret_comes_from_a_variable(self, masker: Any, monkeypatch: Any) -> None:
        """It is shown nowhere."""
        assert 2 == masker(*AGENT, "--signing-secret-env", "DESK_SECRET").exit_code
        monkeypatch.setenv("DESK_SECRET", "s3cret")
        result = masker(*AGENT, "--signing-secret-env", "DESK_SECRET", "--json")
        assert json.loads(result.stdout)["signed"]
        assert "s3cret" not in result.output

    def test_a_secret_that_is_no_text_is_told(self, masker: Any, monkeypatch: Any) -> None:
        """Bytes that are no UTF-8, which Python keeps as lone surrogates: for one agent, and for the process."""
        monkeypatch.setenv("DESK_SECRET", "s3cret\udcff")
        result = masker(*AGENT, "--signing-secret-env", "DESK_SECRET")
        assert 2 == result.exit_code
        assert "DESK_SECRET is not UTF-8" in result.output
        monkeypatch.setenv("MASKER_VAPI_WEBHOOK_SECRET", "s3cret\udcff")
        assert 3 == masker("agents", "list").exit_code


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ("--version",)),
        (0, ("agents", "list")),
        (1, ("agents", "show", "nobody")),
        (1, ("agents", "disable", "nobody")),
        (2, ("no-such-command",)),
        (2, ("agents", "create", "desk")),
        (2, ("agents", "create", "desk", "--upstream", "stub")),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--rate-limit", "5/m")),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--rate-limit", "0/s")),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--timeout-ms", "0")),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--timeout-ms", "9" * 20)),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--policy", "missing.toml")),
        (2, ("agents", "create", "desk", "--upstream", "stub:*", "--with-key", "--pass-authorization")),
        (3, ("agents", "create", "desk", "--upstream", "nobody:*")),
        (3, ("agents", "create", "desk", "--upstream", "stub:*", "--policy", "bad.toml")),
        (3, ("agents", "create", "desk", "--upstream", "stub:*", "--policy", "widget.toml")),
        (2, ("serve", "--bind", "nonsense")),
        (2, ("serve", "--bind", "")),
        (3, ("serve", "--bind", "\u00e9..x:80")),
        (2, ("serve", "--bind", "127.0.0.1:99999")),
        (2, ("serve", "--workers", "0")),
        (2, ("quickstart", "--bind", "0.0.0.0:8080")),
        (2, ("detect", "missing.txt")),
        (2, ("detect", "--format", "xml")),
        (2, ("unmask",)),
        (3, ("policy", "validate", "bad.toml")),
        (3, ("policy", "validate", "widget.toml")),
        (3, ("detect", "--policy", "widget.toml")),
        (3, ("mask", "--policy", "widget.toml")),
        (3, ("policy", "show", "bad.toml")),
        (3, ("serve", "--config", "typo.toml")),
        (3, ("serve", "--bind", "127.0.0.1:0", "--config", "keyless.toml")),
        (3, ("--config", "typo.toml", "agents", "list")),
        (3, ("agents", "list", "--config", "typo.toml")),
        (2, ("--config", "missing.toml", "agents", "list")),
        (2, ("plugins", "new", "acme")),
        (2, ("conformance", "no-such-plugin")),
    ],
)
def test_exit_codes(masker: Any, tmp_path: Path, code: int, arguments: tuple[str, ...]) -> None:
    """0 ok, 1 error, 2 usage, 3 policy or configuration; errors on stderr, in a sentence."""
    (tmp_path / "bad.toml").write_text('preset = "none such"\n')
    (tmp_path / "widget.toml").write_text('required_kinds = ["WIDGET"]\n')
    (tmp_path / "keyless.toml").write_text('[providers.x]\nbase_url = "http://x.example/v1"\napi_key_env = "X_KEY"\n')
    (tmp_path / "typo.toml").write_text('log_levell = "info"\n')
    result = masker(*arguments)
    assert code == result.exit_code, result.output
    if code:
        assert "" == result.stdout
        assert result.stderr
        assert "Traceback" not in result.stderr


def test_a_policy_that_names_no_kind_is_never_stored(masker: Any, tmp_path: Path) -> None:
    """Neither with a new agent nor with an old one; the nearest kind is named."""
    (tmp_path / "typo.toml").write_text('[kinds.NAMEE]\naction = "redact"\n')
    assert 0 == masker("agents", "create", "old", "--upstream", "stub:*").exit_code
    for arguments in (("create", "new", "--upstream", "stub:*"), ("update", "old")):
        result = masker("agents", *arguments, "--policy", "typo.toml")
        assert (3, True) == (result.exit_code, 'the nearest known one is "NAME"' in result.stderr)
    assert ["old"] == [row["name"] for row in json.loads(masker("agents", "list", "--json").stdout)]
    assert json.loads(masker("agents", "show", "old", "--json").stdout)["policy"] is None


@pytest.mark.parametrize("variable", ["MASKER_DATABASE_URL", "MASKER_REDIS_URL"])
def test_what_cannot_be_reached_is_5(masker: Any, monkeypatch: Any, variable: str) -> None:
    """Its password is not shown."""
    scheme = {"MASKER_DATABASE_URL": "postgresql", "MASKER_REDIS_URL": "redis"}[variable]
    monkeypatch.setenv(variable, f"{scheme}://u:s3cret@127.0.0.1:9/0")
    result = masker("serve", "--bind", "127.0.0.1:0")
    assert 5 == result.exit_code
    assert "s3cret" not in result.output


def test_the_missing_distribution_is_named(masker: Any, tmp_path: Path) -> None:
    """A required kind of ours without its plugin says what to install."""
    (tmp_path / "masker.toml").write_text('[plugins]\nblocked = ["ssn"]\n')
    for arguments in (("detect",), ("mask",), ("serve",), ("policy", "validate")):
        result = masker(*arguments)
        assert 3 == result.exit_code
        assert "SSN" in result.stderr
        assert "phi-masker-ssn" in result.stderr


def test_the_configuration_goes_before_or_after_the_command(masker: Any, tmp_path: Path) -> None:
    """And masker.toml is read where nothing is named."""
    (tmp_path / "other.toml").write_text('public_url = "https://phi.example.org"\n')
    row = json.loads(masker("--config", "other.toml", *AGENT, "--json").stdout)
    assert row["proxy_url"].startswith("https://phi.example.org/")
    shown = masker("agents", "show", row["id"], "--config", "other.toml", "--json")
    assert row == json.loads(shown.stdout)
    (tmp_path / "other.toml").rename(tmp_path / "masker.toml")
    assert row == json.loads(masker("agents", "show", row["id"], "--json").stdout)


class TestDetect:
    def test_offsets_count_code_points_of_the_given_text(self, masker: Any, tmp_path: Path) -> None:
        """Beyond the basic plane and with CR LF line ends, from a file and from standard input."""
        text = f"\N{WAVING HAND SIGN} hi\r\n{TEXT}"
        (tmp_path / "call.txt").write_bytes(text.encode())
        for result in (
            masker("detect", "call.txt", "--format", "json"),
            masker("detect", "--format", "json", text=text.encode()),
        ):
            spans = json.loads(result.stdout)["spans"]
            assert [("NAME", "Sarah Chen"), ("PHONE", "415-555-2671")] == [
                (span["kind"], text[span["start"] : span["end"]]) for span in spans
            ]
            assert [{"start", "end", "kind", "score", "detector"}] * 2 == [set(span) for span in spans]

    def test_text_shows_each_kind(self, masker: Any) -> None:
        """Behind what was found."""
        assert "Call Sarah Chen NAME at 415-555-2671 PHONE." in masker("detect", text=TEXT).stdout

    def test_lines_with_messages_say_which(self, masker: Any) -> None:
        """The context of the conversation counts: an answer is read with its question."""
        messages = [{"role": "assistant", "content": "Your name?"}, {"role": "user", "content": "sarah chen"}]
        rows = [{"id": "a", "messages": messages}, {"id": None, "text": ""}, {"id": [1], "text": "415-555-2671"}]
        result = masker("detect", "--format", "jsonl", text="\n".join(map(json.dumps, rows)) + "\n\n")
        first, second, third = map(json.loads, result.stdout.splitlines())
        assert [("a", 1, 0, 10)] == [(first["id"], s["message"], s["start"], s["end"]) for s in first["spans"]]
        assert {"id": None, "spans": []} == second
        assert [([1], 0, 12, False)] == [(third["id"], s["start"], s["end"], "message" in s) for s in third["spans"]]

    @pytest.mark.parametrize(
        "line",
        [b"Sarah Chen", b"[]", b'{"id": 1}', b'{"id": 1, "text": 5}', b'{"id": 1, "messages": [{"role": "user"}]}',
         b'{"id": 1, "text": "\xff"}', b"[" * 100_000, b'{"id": NaN, "text": "hi"}'],
    )  # fmt: skip
    def test_a_wrong_line_is_named_and_not_quoted(self, masker: Any, line: bytes) -> None:
        """Lines before it are answered."""
        result = masker("detect", "--format", "jsonl", text=b'{"id": 0, "text": "hi"}\n' + line)
        assert 1 == result.exit_code
        assert '{"id": 0, "spans": []}\n' == result.stdout
        assert "line 2" in result.stderr
        assert "Sarah" not in result.stderr

    @pytest.mark.parametrize("command", [("detect",), ("detect", "--format", "json"), ("mask",)])
    def test_text_that_is_no_utf8_is_an_error(self, masker: Any, command: tuple[str, ...]) -> None:
        """Told in a sentence that quotes nothing."""
        result = masker(*command, text=b"Sarah Chen \xff")
        assert (1, "") == (result.exit_code, result.stdout)
        assert "UTF-8" in result.stderr
        assert "Sarah" not in result.stderr

    def test_each_line_is_answered_before_the_next(self, environ: dict[str, str]) -> None:
        """A program can hold a conversation with it over pipes."""
        with program(environ, "detect", "--format", "jsonl") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for number in range(3):
                process.stdin.write(json.dumps({"id": number, "text": "it is 415-555-2671"}).encode() + b"\n")
                process.stdin.flush()
                answer = json.loads(process.stdout.readline())
                assert (number, [(6, 18)]) == (answer["id"], [(s["start"], s["end"]) for s in answer["spans"]])
            process.stdin.close()
            assert 0 == process.wait(30)


class TestMask:
    def test_a_text_goes_to_tokens_and_back(self, masker: Any, tmp_path: Path) -> None:
        """The map is readable by its owner alone; line ends stay."""
        masked = masker("mask", "--map", "map.json", text=TEXT.encode())
        assert b"Call [NAME_1] at [PHONE_1].\r\n" == masked.stdout_bytes
        assert {"[NAME_1]": "Sarah Chen", "[PHONE_1]": "415-555-2671"} == json.loads(Path("map.json").read_text())
        assert 0o600 == stat.S_IMODE((tmp_path / "map.json").stat().st_mode)
        assert TEXT.encode() == masker("unmask", "--map", "map.json", text=masked.stdout_bytes).stdout_bytes

    @pytest.mark.parametrize("found", ["Sarah Chen", "[]", '{"[NAME_1]": 5}', "[" * 100_000, '{"[NAME_1]": "\\ud800"}'])
    def test_what_is_no_map_is_refused(self, masker: Any, found: str) -> None:
        """Without quoting it."""
        Path("map.json").write_text(found)
        result = masker("unmask", "--map", "map.json", text="[NAME_1]")
        assert (1, "") == (result.exit_code, result.stdout)
        assert "Sarah" not in result.stderr

    def test_a_map_that_cannot_be_written_is_an_error(self, masker: Any) -> None:
        """And nothing is printed."""
        result = masker("mask", "--map", "missing/map.json", text=TEXT)
        assert (1, "") == (result.exit_code, result.stdout)


class TestPlugins:
    def test_the_list_tells_what_became_of_each(self, masker: Any, tmp_path: Path) -> None:
        """Name, distribution, version, kinds, state, reason."""
        (tmp_path / "masker.toml").write_text('[plugins]\nblocked = ["fax", "phone"]\n')
        rows = {row["name"]: row for row in json.loads(masker("plugins", "list", "--json").stdout)}
        assert {"name", "dist", "version", "kinds", "state", "reason"} <= rows["name"].keys()
        assert ("phi-masker-name", ["NAME"], "active") == tuple(rows["name"][key] for key in ("dist", "kinds", "state"))
        assert "blocked" == rows["phone"]["state"]
        assert "phi-masker-name" in masker("plugins", "list").stdout.replace("\n", "")

    def test_a_new_project_lies_in_its_folder(self, masker: Any, tmp_path: Path) -> None:
        """It is not written over."""
        assert 0 == masker("plugins", "new", "acme-badge", "--kind", "BADGE").exit_code
        assert (tmp_path / "acme-badge" / "pyproject.toml").exists()
        assert 0 != masker("plugins", "new", "acme-badge", "--kind", "BADGE").exit_code

    def test_conformance_writes_its_report(self, masker: Any, tmp_path: Path) -> None:
        """In the contract's shape."""
        assert 0 == masker("conformance", "ip", "--report", "report.json").exit_code
        report = json.loads((tmp_path / "report.json").read_text())
        (plugin,) = report["plugins"]
        wanted = {"name", "version", "cases", "passed", "failed", "skipped", "expected_failures"}
        assert wanted <= plugin.keys()
        assert ("ip", []) == (plugin["name"], plugin["failed"])
        assert plugin["cases"] > 0
        assert "suite" in report


class TestPolicy:
    def test_show_tells_the_action_and_who_covers_it(self, masker: Any, tmp_path: Path) -> None:
        """With the version of the plugin, and what it is known to miss."""
        (tmp_path / "p.toml").write_text('[kinds.PHONE]\naction = "redact"\n')
        rows = {row["kind"]: row for row in json.loads(masker("policy", "show", "p.toml", "--json").stdout)}
        assert "redact" == rows["PHONE"]["action"]
        assert "tokenize" == rows["NAME"]["action"]
        assert re.match(r"name \d+\.\d+", rows["NAME"]["covered_by"][0])
        assert rows["NAME"]["gaps"]
        assert "PHONE" in masker("policy", "show", "p.toml").stdout

    def test_a_good_policy_is_valid(self, masker: Any) -> None:
        """The default one is."""
        assert 0 == masker("policy", "validate").exit_code


def test_quickstart_prints_a_curl_line_that_works(environ: dict[str, str], tmp_path: Path) -> None:
    """On a line of its own; beside the turn stand both sides of it, and SIGTERM ends it well."""
    with program(environ, "quickstart", "--bind", "127.0.0.1:0", stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith(b"curl ")).decode()
        address = re.search(r"http://\S+", line)
        data = re.search(r"-d '(.*)'\n", line)
        assert address is not None
        assert data is not None
        body = json.loads(data[1].replace("'\\''", "'"))
        answer = httpx.post(address[0], json=body, timeout=20, trust_env=False).json()
        assert "Sarah Chen" in answer["choices"][0]["message"]["content"]
        process.terminate()
        shown = process.stdout.read().decode()
        assert 0 == process.wait(30)
    assert "this is Sarah Chen" in shown
    assert "this is [NAME_1]" in shown
    assert not list(tmp_path.iterdir())
