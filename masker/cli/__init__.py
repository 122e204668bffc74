"""The command line: click and rich around the engine, one command a file.

A detector author installs `phi-masker` with attrs and pluggy alone; the command line comes with an extra, so this
module imports nothing of it and says what to install when it is missing.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command ``masker``.

    Exit codes: 0 ok, 1 error, 2 usage, 3 policy or configuration invalid or a required kind without detector, 5 the
    configured database or Redis cannot be reached.
    """
    try:
        import click  # noqa: F401
        import rich  # noqa: F401
    except ImportError as error:
        sys.stderr.write(f"masker: {error.name} is missing; install the command line: pip install 'phi-masker[cli]'\n")
        raise SystemExit(1) from None
    from masker.cli.root import run

    run()
