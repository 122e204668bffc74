"""Benchmarks: accuracy and speed, by one command (``./dev bench``), into ``RESULTS.md``."""
