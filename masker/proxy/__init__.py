"""The HTTP proxy: a thin shell of Quart and httpx around the engine."""
