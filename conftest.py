"""What every test of this repository runs under."""

pytest_plugins = ["tests.canary.plugin", "pytester"]
