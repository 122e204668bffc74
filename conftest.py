"""What every test of this repository runs under."""

pytest_plugins = ["tests.canary.plugin", "tests.fuzz.plugin", "pytester"]
