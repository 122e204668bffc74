"""Commands that plugins add to the command line."""

from __future__ import annotations

import sys
import textwrap

import pytest
from click.testing import CliRunner

from masker.cli import root


@pytest.fixture
def masker(tmp_path, monkeypatch):
    """Run the command line in an empty folder, with one installed plugin that adds ``badges``."""
    source = """
        import click
        from masker import hookimpl

        @hookimpl
        def masker_register_commands(group):
            @group.command()
            def badges():
                click.echo("B-00000")
    """
    (tmp_path / "plugin_badges.py").write_text(textwrap.dedent(source))
    info = tmp_path / "plugin_badges-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin-badges\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[masker]\nbadges = plugin_badges\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    known = dict(root.cli.commands)
    root._register()
    yield lambda *arguments: CliRunner().invoke(root.cli, list(arguments), prog_name="masker")
    root.cli.commands.clear()
    root.cli.commands.update(known)
    sys.modules.pop("plugin_badges", None)


def test_a_plugin_adds_a_command(masker):
    """What a plugin registers runs, takes ``--config``, and stands in the help."""
    result = masker("badges")
    assert result.exit_code == 0
    assert result.output == "B-00000\n"
    assert "badges" in masker("--help").output
    assert "--config" in masker("badges", "--help").output


def test_a_blocked_plugin_adds_nothing(masker, tmp_path):
    """The configuration keeps a plugin's commands out, too."""
    (tmp_path / "masker.toml").write_text('[plugins]\nblocked = ["badges"]\n')
    result = masker("badges")
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_help_is_there_with_a_broken_configuration(masker, tmp_path):
    """An operator with a typing error in masker.toml still gets the list of commands."""
    (tmp_path / "masker.toml").write_text("no_such_key = 1\n")
    result = masker("--help")
    assert result.exit_code == 0
    assert "serve" in result.output


def test_an_unknown_command_is_a_usage_error(masker):
    """Asking plugins for a command that nobody has ends as click ends it."""
    assert masker("no-such-command").exit_code == 2
